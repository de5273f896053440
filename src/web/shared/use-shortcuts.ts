// The keys of a page: one listener for its life, which always asks the newest answer.
import { useEffect, useRef } from "react";
import { comboOf } from "./keys.ts";

/** `press` gets the combination (`Ctrl+S`, `F8`) and the event with its target; true when the key was meant for the page. */
export function useShortcuts(press: (combo: string, event: KeyboardEvent) => boolean): void {
  const newest = useRef(press);
  useEffect(() => {
    newest.current = press;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (newest.current(comboOf(event), event)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
