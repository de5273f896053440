// How far a late case has climbed, and until when that level has it.
import type { ReactNode } from "react";
import { usePhrases } from "../../shared/words.ts";
import { moreWords } from "./more-words.ts";

export function ClimbTag({ row }: { readonly row: { readonly state: string; readonly climbed: number; readonly climbDueOn?: string } }): ReactNode {
  const say = usePhrases(moreWords);
  if (row.climbed === 0 || row.state === "closed") return null;
  return (
    <span className="fault-explain number" data-climbed={row.climbed} style={{ display: "block", whiteSpace: "nowrap" }}>
      {say(row.climbed === 1 ? "climbed1" : "climbed2", { date: row.climbDueOn ?? "" })}
    </span>
  );
}
