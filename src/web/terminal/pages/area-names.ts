// Names of areas as the terminal holds them: the village with its township.
import { useMemo } from "react";
import { formatAreaCode, levelOf, parentOf } from "../../../core/area-code.ts";
import { useTerminal } from "./terminal-context.tsx";

/** A function that gives the name of an area: township and village; the code where no name is held. */
export function useAreaName(): (code: number) => string {
  const { core, status } = useTerminal();
  const held = status.stage === "open" ? core.areas() : undefined;
  return useMemo(() => {
    const names = new Map((held?.rows ?? []).map(([code, name]) => [Number(code), name]));
    return (code) => {
      const own = names.get(code);
      if (own === undefined) return formatAreaCode(code);
      return levelOf(code) === 5 ? `${names.get(parentOf(code) ?? 0) ?? ""}${own}` : own;
    };
  }, [held]);
}
