// People in a list: who, where, how they stand at the office, and what was done here. Each row opens the person.
import type { ReactNode } from "react";
import { maskId } from "../../../core/citizen-id.ts";
import { states, type State } from "../../../modules/records/rules.ts";
import { StateTag } from "../../shared/record-marks.tsx";
import { usePhrases } from "../../shared/words.ts";
import type { PersonRow } from "../ports.ts";
import { terminalWords } from "../words.ts";
import { useAreaName } from "./area-names.ts";
import { hashOf } from "./place.ts";

const WORK = { draft: "workDraft", finished: "workFinished", packed: "workPacked", refused: "workRefused", "kept-apart": "workKeptApart" } as const;
export const isState = (state: string): state is State => (states as readonly string[]).includes(state);

/** What was done here and is not confirmed yet. */
export function WorkTag({ work }: { readonly work: PersonRow["work"] }): ReactNode {
  const say = usePhrases(terminalWords);
  return work === undefined ? null : (
    <span className={`work-tag work-${work}`} data-work={work}>
      {say(WORK[work])}
    </span>
  );
}

export function PersonRows({ rows, label }: { readonly rows: readonly PersonRow[]; readonly label: string }): ReactNode {
  const say = usePhrases(terminalWords);
  const areaName = useAreaName();
  return (
    <ul className="people" aria-label={label}>
      {rows.map((row) => (
        <li key={row.record}>
          <a href={hashOf({ page: "person", record: row.record })} data-record={row.record}>
            <span className="who">{row.name === "" ? say("unnamed") : row.name}</span>
            <span className="number">{maskId(row.idNumber)}</span>
            <span className="where">{areaName(row.area)}</span>
            <span className="marks">
              <WorkTag work={row.work} />
              {row.returned && row.state !== "returned" ? <span className="work-tag work-refused">{say("markReturned")}</span> : null}
              {isState(row.state) ? <StateTag state={row.state} /> : null}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
