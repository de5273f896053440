// A draft against its base: every change in a sentence with its effect, and the records that cite the base by state.
import { Alert } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { compareDraft } from "../../../modules/drafting/contract.ts";
import { type State, stateLabels } from "../../../modules/records/rules.ts";
import { useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import type { Draft } from "./use-draft.ts";

type Comparison = ReplyOf<typeof compareDraft>;
type Change = Comparison["changes"][number];

const effects: Readonly<Record<string, { readonly word: "effectAdded" | "effectRemoved" | "effectNarrowed" | "effectWidened" | "effectWorded" | "effectChanged"; readonly look: string }>> = {
  added: { word: "effectAdded", look: "effect effect-more" },
  removed: { word: "effectRemoved", look: "effect effect-less" },
  narrowed: { word: "effectNarrowed", look: "effect effect-tight" },
  widened: { word: "effectWidened", look: "effect effect-loose" },
  worded: { word: "effectWorded", look: "effect" },
  changed: { word: "effectChanged", look: "effect effect-other" },
};

function Citing({ records, version }: { readonly records: Comparison["records"]; readonly version: string }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const lang = useLang();
  const all = records.reduce((sum, row) => sum + row.count, 0);
  return (
    <section className="panel">
      <h2>{say("openRecords", { version })}</h2>
      <p className="quiet">{say("openRecordsHelp")}</p>
      {all === 0 ? (
        <Nothing text={say("noCiting")} />
      ) : (
        <table className="beside" style={{ maxWidth: 640 }}>
          <thead>
            <tr>
              <th scope="col">{say("state")}</th>
              <th scope="col" className="to-right">{say("count")}</th>
              <th scope="col" className="to-right">{say("share")}</th>
            </tr>
          </thead>
          <tbody>
            {records.map((row) => (
              <tr key={row.state}>
                <td>{read(stateLabels[row.state as State])}</td>
                <td className="number to-right">{count(row.count, lang)}</td>
                <td className="to-right">
                  <Rate part={row.count} base={all} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function ComparisonView({ draft }: { readonly draft: Draft }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const query = useRoute(compareDraft, { params: { id: draft.id } }, { staleTime: 0 });
  return (
    <Loaded query={query}>
      {({ changes, records }) => (
        <>
          <Citing records={records} version={draft.baseVersion} />
          <section className="panel">
            <h2>{say("changes", { n: changes.length })}</h2>
            {changes.some((change) => change.breaks) ? <Alert type="warning" showIcon title={say("breaks")} style={{ marginBottom: 12 }} /> : null}
            <RowTable<Change>
              rows={changes}
              empty={say("noChanges")}
              rowKey={(row) => `${row.code} ${row.path}`}
              wraps
              columns={[
                {
                  title: say("effect"),
                  key: "effect",
                  width: 100,
                  render: (_, row) => {
                    const effect = effects[row.effect];
                    return <span className={effect?.look ?? "effect"}>{effect ? say(effect.word) : row.effect}</span>;
                  },
                },
                {
                  title: say("what"),
                  key: "sentence",
                  render: (_, row) => (
                    <span data-change={row.code}>
                      {read(row.sentence)} {row.breaks ? <span className="effect effect-less">{say("breaks")}</span> : null}
                      <span className="quiet" style={{ display: "block", fontSize: 14, overflowWrap: "anywhere" }}>
                        <code>{row.path}</code>
                      </span>
                    </span>
                  ),
                },
                { title: say("before"), key: "was", render: (_, row) => read(row.was) },
                { title: say("after"), key: "now", render: (_, row) => read(row.now) },
              ]}
            />
          </section>
        </>
      )}
    </Loaded>
  );
}
