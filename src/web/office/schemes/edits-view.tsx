// Every edit of a draft: who, when, where, what was there and what is there now.
import type { ReactNode } from "react";
import { moment } from "../../shared/figures.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import type { Draft } from "./use-draft.ts";

type Edit = Draft["edits"][number];
type Worded = { readonly zh: string; readonly en: string };
const isWorded = (value: unknown): value is Worded => typeof value === "object" && value !== null && "zh" in value && "en" in value;

function Shown({ value }: { readonly value: unknown }): ReactNode {
  const read = useText();
  if (value === undefined || value === null) return <span className="quiet">—</span>;
  if (isWorded(value)) return read(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object" && "label" in value && isWorded(value.label)) return read(value.label);
  return <code style={{ overflowWrap: "anywhere", fontSize: 14 }}>{JSON.stringify(value)}</code>;
}

export function EditsView({ draft }: { readonly draft: Draft }): ReactNode {
  const say = usePhrases(draftWords);
  return (
    <section className="panel">
      <h2>{say("edits")}</h2>
      <RowTable<Edit>
        rows={draft.edits}
        empty={say("noEdits")}
        rowKey="revision"
        wraps
        columns={[
          { title: say("when"), key: "at", width: 160, render: (_, row) => <span className="number">{moment(row.at)}</span> },
          { title: say("who"), key: "who", render: (_, row) => row.who },
          { title: say("path"), key: "path", render: (_, row) => <code style={{ overflowWrap: "anywhere" }} data-edit={row.path}>{row.path === "scheme" ? say("whole") : row.path}</code> },
          { title: say("before"), key: "was", render: (_, row) => <Shown value={row.was} /> },
          { title: say("after"), key: "now", render: (_, row) => <Shown value={row.now} /> },
        ]}
      />
    </section>
  );
}
