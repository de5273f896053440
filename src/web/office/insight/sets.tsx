// Sets of cutoffs and weights: what is in each, which one is computed with, and its way from a draft over a trial to force.
import { Button, Popconfirm, Tag } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { approveSet, dropSet, endSet, listSets, trySet } from "../../../modules/insight/contract.ts";
import { type ParameterSet, setStateLabels } from "../../../modules/insight/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { SetEditor } from "./set-editor.tsx";
import { operatorWords, setWords } from "./set-words.ts";
import { insightWords } from "./words.ts";

type Known = ReplyOf<typeof listSets>;
type Row = Known["rows"][number];

/** Every indicator with its cutoff, weight and share. */
function Contents({ set, measures }: { readonly set: ParameterSet; readonly measures: Known["measures"] }): ReactNode {
  const [say, sayInsight, sayOperator] = [usePhrases(setWords), usePhrases(insightWords), usePhrases(operatorWords)];
  const read = useText();
  const lang = useLang();
  const whole = set.indicators.reduce((sum, { measure, weight }) => sum + (measure === undefined ? 0 : weight), 0);
  return (
    <details style={{ margin: "4px 0" }}>
      <summary>{say("inIt", { n: set.indicators.length, k: `${set.k.of}/${set.k.in}` })}</summary>
      <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={read(set.label)}>
        <table className="beside by-name">
          <thead><tr><th scope="col">{say("dimension")}</th><th scope="col">{sayInsight("indicator")}</th><th scope="col">{say("cutoff")}</th><th scope="col" className="to-right">{say("weight")}</th><th scope="col" className="to-right">{say("share")}</th></tr></thead>
          <tbody>
            {set.indicators.map((each) => {
              const measure = measures.find(({ key }) => key === each.measure);
              return (
                <tr key={each.key}>
                  <td>{read(set.dimensions.find(({ key }) => key === each.dimension)?.label)}</td>
                  <th scope="row" style={{ textAlign: "start" }}>{read(each.label)}</th>
                  <td>{each.measure === undefined ? <span className="quiet">{say("notCounted")}</span> : measure?.yes ? say("isSo") : `${sayOperator(each.operator)} ${count(each.cutoff, lang)} ${read(measure?.unit)}`}</td>
                  <td className="number to-right">{each.weight}</td>
                  <td className="number to-right">{each.measure === undefined ? "—" : `${((100 * each.weight) / whole).toFixed(1)}%`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** A question before what does not come back. */
function Sure({ title, help, onYes, children }: { readonly title: string; readonly help: string; readonly onYes: () => void; readonly children: ReactNode }): ReactNode {
  const say = usePhrases(setWords);
  return <Popconfirm title={title} description={<span style={{ display: "block", maxWidth: 320 }}>{help}</span>} okText={say("yes")} cancelText={say("no")} onConfirm={onYes}>{children}</Popconfirm>;
}

export function Sets({ scheme }: { readonly scheme: string }): ReactNode {
  const [say, sayInsight] = [usePhrases(setWords), usePhrases(insightWords)];
  const mark = useMarks();
  const read = useText();
  const lang = useLang();
  const [maySet, mayApprove] = [useMay("insight.set"), useMay("insight.approve")];
  const sets = useRoute(listSets, { query: { scheme } });
  const [attempt, approve, drop, end] = [useCall(trySet, ["/api/parameter-sets"]), useCall(approveSet, ["/api/parameter-sets"]), useCall(dropSet, ["/api/parameter-sets"]), useCall(endSet, ["/api/parameter-sets"])];
  const [editor, setEditor] = useState<{ readonly of?: ParameterSet; readonly draft?: string }>();
  const three = (n: number): string => n.toFixed(3);
  const moves = ({ id, set, state, mine }: Row): ReactNode => {
    const draft = id !== undefined && (state === "draft" || state === "tried");
    return (
      <span className="no-print" style={{ display: "inline-flex", flexWrap: "wrap", gap: 8 }}>
        {draft && maySet && state === "draft" ? <Button size="small" data-move="try-set" loading={attempt.isPending && attempt.variables.params.id === id} onClick={() => attempt.mutate({ params: { id }, body: { scheme } })}>{sayInsight("tryIt")}</Button> : null}
        {draft && mayApprove && state === "tried" && !mine ? <Button size="small" type="primary" data-move="approve-set" onClick={() => approve.mutate({ params: { id }, body: {} })}>{sayInsight("approve")}</Button> : null}
        {draft && state === "tried" && mine ? <span className="quiet">{say("twoPeople")}</span> : null}
        {draft && maySet && mine ? <Button size="small" data-move="edit-set" onClick={() => setEditor({ of: set, draft: id })}>{say("edit")}</Button> : null}
        {draft && maySet && mine ? <Sure title={say("drop")} help={say("dropHelp")} onYes={() => drop.mutate({ params: { id } })}><Button size="small" data-move="drop-set">{say("drop")}</Button></Sure> : null}
        {maySet && state === "in-force" ? <Button size="small" data-move="revise-set" onClick={() => setEditor({ of: set })}>{say("revise")}</Button> : null}
        {id !== undefined && mayApprove && state === "in-force" ? <Sure title={say("end")} help={say("endHelp")} onYes={() => end.mutate({ params: { id }, body: {} })}><Button size="small" data-move="end-set">{say("end")}</Button></Sure> : null}
      </span>
    );
  };
  return (
    <section className="panel">
      <div style={{ display: "flex", flexWrap: "wrap", gap: 16, justifyContent: "space-between", alignItems: "center" }}>
        <h2 style={{ margin: 0 }}>{sayInsight("sets")}</h2>
        {maySet && sets.data ? <Button data-move="write-set" className="no-print" onClick={() => setEditor({})}>{say("write")}</Button> : null}
      </div>
      <ProblemView error={attempt.error ?? approve.error ?? drop.error ?? end.error} />
      <Loaded query={sets}>
        {(known) => (
          <>
            <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
              {known.rows.map((row) => {
                const { id, set, state, shipped, from, tried, applies } = row;
                return (
                  <li key={id ?? `${from ?? ""}${set.key}${set.version}`} data-set={set.key} data-version={set.version} data-state={state} data-applies={applies} style={{ padding: "12px 0", borderTop: "1px solid #d5dde5" }}>
                    <div style={{ display: "flex", flexWrap: "wrap", gap: 8, alignItems: "center" }}>
                      <b>{read(set.label)} v{set.version}</b>
                      <Tag>{shipped ? sayInsight("shipped") : from === undefined ? say("own") : say("fromAbove", { area: from })}</Tag>
                      {shipped ? null : <Tag>{read(setStateLabels[state])}</Tag>}
                      {applies ? <Tag color="success">{say("applies")}</Tag> : state === "in-force" ? <span className="quiet">{say("replaced")}</span> : null}
                      {moves(row)}
                    </div>
                    <div className="quiet">{read(set.source)}</div>
                    {tried ? <div>{sayInsight("tried", { before: three(tried.before), after: three(tried.after), base: count(tried.base, lang) })}{mark.gap}</div> : null}
                    <Contents set={set} measures={known.measures} />
                  </li>
                );
              })}
            </ul>
            {editor ? <SetEditor scheme={scheme} known={known} of={editor.of} draft={editor.draft} onDone={() => setEditor(undefined)} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
