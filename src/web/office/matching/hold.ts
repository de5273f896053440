// The last decision about a pair is held for a few seconds, so that a slip of the finger can be taken back; then it is sent.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Queued } from "./pairs.ts";

/** Seconds in which a decision can be taken back. */
export const HOLD_SECONDS = 6;

export type Held = { readonly pair: Queued; readonly same: boolean; readonly at: number; readonly settles: boolean; readonly note: string };
export type Hold = {
  readonly held: Held | undefined;
  /** Seconds left, whole. */
  readonly left: number;
  /** Holds a decision; one that was held before is sent at once. */
  readonly put: (held: Held) => void;
  /** Takes the held decision back and gives it to the caller; undefined when none is held. */
  readonly take: () => Held | undefined;
};

/** `send` is called once for each decision that is not taken back: after the time, with the next decision, or when the page is left. */
export function useHold(send: (held: Held) => void): Hold {
  const [held, setHeld] = useState<Held>();
  const [left, setLeft] = useState(0);
  const current = useRef<Held>(undefined);
  const sender = useRef(send);
  useEffect(() => {
    sender.current = send;
  });
  const release = useCallback((): void => {
    const last = current.current;
    current.current = undefined;
    if (last) sender.current(last);
  }, []);
  useEffect(() => () => release(), [release]);
  useEffect(() => {
    if (!held) return undefined;
    setLeft(HOLD_SECONDS);
    const timer = setInterval(() => {
      setLeft((seconds) => seconds - 1);
    }, 1000);
    const end = setTimeout(() => {
      release();
      setHeld(undefined);
    }, HOLD_SECONDS * 1000);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [held, release]);
  return {
    held,
    left,
    put: (next) => {
      release();
      current.current = next;
      setHeld(next);
    },
    take: () => {
      const last = current.current;
      current.current = undefined;
      setHeld(undefined);
      return last;
    },
  };
}
