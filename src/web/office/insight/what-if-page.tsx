// What if: move cutoffs, weights, k or the line of topping up, and see who enters and leaves, what it costs, where the cliff is.
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getAidPlan } from "../../../modules/aid/contract.ts";
import { listSets, whatIf } from "../../../modules/insight/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment, today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { Choose, NumberIn } from "./choose.tsx";
import { SetEditor } from "./set-editor.tsx";
import { type Known, WithSnapshot } from "./snapshot-bar.tsx";
import { Files, Print } from "./standing.tsx";
import { insightWords } from "./words.ts";

type Found = ReplyOf<typeof whatIf>;
type Sets = ReplyOf<typeof listSets>;

function Outcome({ found, asked, known }: { readonly found: Found; readonly asked: unknown; readonly known: Known }): ReactNode {
  const say = usePhrases(insightWords);
  const mark = useMarks();
  const lang = useLang();
  const cell = (n: number | null): string => (n === null ? "＊" : count(n, lang));
  const { money } = found;
  const head = useRef<HTMLHeadingElement>(null);
  // The answer stands below a long form: whoever asked is taken to it.
  useEffect(() => head.current?.scrollIntoView(), [found]);
  // The deepest step down, not the first: neighbours of a few households differ by chance.
  const falls = money?.bands.map((band, i) => (i > 0 && band.resources !== null ? (money.bands[i - 1]!.resources ?? 0) - band.resources : 0)) ?? [];
  const drop = Math.max(0, ...falls) > 0 ? falls.indexOf(Math.max(...falls)) : -1;
  return (
    <>
      <section className="panel" data-what-if>
        <h2 ref={head} style={{ scrollMarginTop: 70 }}>{say("outcome")}</h2>
        <p role="status" style={{ fontSize: 18 }}>{say("outcomeWords", { n: count(found.households, lang), enter: cell(found.whole.enter), leave: cell(found.whole.leave) })}</p>
        <table className="beside by-name">
          <thead><tr><th scope="col">{say("areaAxis")}</th>{(["enter", "leave", "stay", "never"] as const).map((key) => <th key={key} scope="col" className="to-right">{say(key)}</th>)}</tr></thead>
          <tbody>
            {[...found.areas.map(({ name, ...moves }) => ({ name, moves })), { name: say("total"), moves: found.whole }].map(({ name, moves }) => (
              <tr key={name}>
                <th scope="row" style={{ textAlign: "start" }}>{name}</th>
                {(["enter", "leave", "stay", "never"] as const).map((key) => <td key={key} className="number to-right" data-moves={key}>{cell(moves[key])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="quiet">{say("asOf", { at: moment(found.asOf), records: count(found.households, lang), people: count(found.people, lang), digest: known.snapshot?.digest.slice(0, 8) ?? "" })}{mark.gap}{say("fictional")}</p>
        <Files at="/api/what-if" question={asked}><Print /></Files>
      </section>
      {money ? (
        <section className="panel" data-money>
          <h2>{say("money")}</h2>
          <table className="beside" style={{ maxWidth: 560 }}>
            <tbody>
              {(["before", "after"] as const).map((key) => (
                <tr key={key}>
                  <th scope="row" style={{ textAlign: "start" }}>{say(key)}</th>
                  <td className="number to-right">{cell(money[key].households)} {say("households")}</td>
                  <td className="number to-right">{say("yuan", { n: cell(money[key].topUp) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {money.cliff.loss > 0 ? <p role="status" data-cliff>{say("cliff", { line: count(money.cliff.upTo, lang), n: cell(money.cliff.households), loss: count(money.cliff.loss, lang) })}</p> : null}
          <h3>{say("resources")}</h3>
          <ul className="bars" style={{ maxWidth: 980 }}>
            {money.bands.map((band, i) => (
              <li key={band.from} style={{ gridTemplateColumns: "9em minmax(80px, 1fr) 18em" }}>
                <span className="number">{count(band.from, lang)}–{count(band.to, lang)}</span>
                <span className="bar-ground" aria-hidden><span style={{ width: `${(100 * (band.resources ?? 0)) / Math.max(1, ...money.bands.map(({ resources }) => resources ?? 0))}%` }} /></span>
                <span className="number">{cell(band.resources)} · {cell(band.households)} {say("households")}{i === drop ? ` ▼ ${say("dropsHere", { n: count(falls[i]!, lang) })}` : ""}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function Form_({ known, sets }: { readonly known: Known; readonly sets: Sets }): ReactNode {
  const say = usePhrases(insightWords);
  const read = useText();
  const may = useMay("insight.set");
  const open = sets.rows.filter(({ applies }) => applies).map(({ set }) => set);
  const [key, setKey] = useState(open.some((set) => set.key === "register") ? "register" : (open[0]?.key ?? ""));
  const set = open.find((each) => each.key === key);
  const [cutoffs, setCutoffs] = useState<Readonly<Record<string, string>>>({});
  const [weights, setWeights] = useState<Readonly<Record<string, string>>>({});
  const [k, setK] = useState("");
  // The line that is tried starts from the area's own allowance line where one is set and may be read; else from an example, which is said.
  const plan = useRoute(getAidPlan, { query: { scheme: known.scheme } }, { enabled: useMay("aid.read") });
  const lines = (plan.data?.standards ?? []).filter((each) => each.key === "allowance-line" && each.from <= today() && (each.to === undefined || each.to >= today()));
  const local = (lines.find((each) => each.area.code === known.area) ?? lines.at(-1))?.value;
  const [typed, setLine] = useState<{ readonly from?: string; readonly to?: string; readonly attached?: string }>({});
  const line = { from: String(local ?? 6400), to: String(local === undefined ? 7000 : local + Math.round(local / 1000) * 100), attached: "3000", ...typed };
  const run = useCall(whatIf);
  const [editing, setEditing] = useState(false);
  if (!set) return null;
  const indicators = set.indicators.filter(({ measure }) => measure !== undefined);
  const unitOf = (measure: string | undefined): string => read(known.measures.find((each) => each.key === measure)?.unit);
  const numbers = (given: Readonly<Record<string, string>>): Record<string, number> => Object.fromEntries(Object.entries(given).flatMap(([name, text]) => (text.trim() !== "" && Number.isFinite(Number(text)) ? [[name, Number(text)]] : [])));
  const kMoved = k.trim() === "" ? undefined : { of: Math.round(Number(k) * 10), in: 1000 };
  const body = { scheme: known.scheme, campaign: known.campaign, set: key, cutoffs: numbers(cutoffs), weights: numbers(weights), ...(kMoved && { k: kMoved }), line: { from: Number(line.from), to: Number(line.to), attached: Number(line.attached) } };
  const moved = { ...set, ...(kMoved && { k: kMoved }), indicators: set.indicators.map((each) => ({ ...each, cutoff: body.cutoffs[each.key] ?? each.cutoff, weight: body.weights[each.key] ?? each.weight })) };
  return (
    <>
      <form
        className="panel no-print"
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate({ body });
        }}
      >
        <p>{say("move")}</p>
        <div style={{ display: "flex", flexWrap: "wrap", gap: 16, marginBottom: 12 }}>
          <Choose label={say("set")} name="set" value={key} options={open.map((each): [string, string] => [each.key, `${read(each.label)} v${each.version}`])} onChange={setKey} />
          <NumberIn label={say("k")} name="k" value={k === "" ? ((100 * set.k.of) / set.k.in).toFixed(1) : k} onChange={setK} />
        </div>
        <table className="beside by-name" style={{ maxWidth: 860 }}>
          <thead><tr><th scope="col">{say("indicator")}</th><th scope="col">{say("cutoff")}</th><th scope="col">{say("weight")}</th></tr></thead>
          <tbody>
            {indicators.map((each) => (
              <tr key={each.key}>
                <th scope="row" style={{ textAlign: "start" }}>{read(each.label)}</th>
                <td>{each.operator === "=" ? "—" : <input aria-label={`${read(each.label)} ${say("cutoff")}`} name={`cutoff-${each.key}`} inputMode="decimal" value={cutoffs[each.key] ?? String(each.cutoff)} onChange={({ target }) => setCutoffs({ ...cutoffs, [each.key]: target.value })} style={{ font: "inherit", padding: "6px 8px", borderRadius: 6, border: "1px solid #8a97a5", width: 130 }} />} {each.operator === "=" ? "" : unitOf(each.measure)}</td>
                <td><input aria-label={`${read(each.label)} ${say("weight")}`} name={`weight-${each.key}`} inputMode="numeric" value={weights[each.key] ?? String(each.weight)} onChange={({ target }) => setWeights({ ...weights, [each.key]: target.value })} style={{ font: "inherit", padding: "6px 8px", borderRadius: 6, border: "1px solid #8a97a5", width: 90 }} /></td>
              </tr>
            ))}
          </tbody>
        </table>
        <div style={{ display: "flex", flexWrap: "wrap", gap: 16, margin: "12px 0" }}>
          <NumberIn label={say("lineFrom")} name="line-from" value={line.from} onChange={(from) => setLine({ ...typed, from })} />
          <NumberIn label={say("lineTo")} name="line-to" value={line.to} onChange={(to) => setLine({ ...typed, to })} />
          <NumberIn label={say("attached")} name="attached" value={line.attached} onChange={(attached) => setLine({ ...typed, attached })} />
        </div>
        <p className="quiet" data-line={local === undefined ? "example" : "local"}>{say(local === undefined ? "lineExample" : "lineLocal")}</p>
        <div style={{ display: "flex", flexWrap: "wrap", gap: 12 }}>
          <Button type="primary" htmlType="submit" data-move="what-if" disabled={run.isPending}>{say("run")}</Button>
          {may ? <Button data-move="draft-set" onClick={() => setEditing(true)}>{say("local")}</Button> : null}
        </div>
        <ProblemView error={run.error} />
      </form>
      {editing ? <SetEditor scheme={known.scheme} known={sets} of={moved} onDone={() => setEditing(false)} /> : null}
      {run.data ? <Outcome found={run.data} asked={run.variables.body} known={known} /> : null}
    </>
  );
}

function Inside({ known }: { readonly known: Known }): ReactNode {
  const sets = useRoute(listSets, { query: { scheme: known.scheme } });
  return <Loaded query={sets}>{(found) => <Form_ known={known} sets={found} />}</Loaded>;
}

export function WhatIfPage(): ReactNode {
  const say = usePhrases(insightWords);
  return (
    <main className="page">
      <PageHead title={say("whatIfTitle")} />
      <WithSnapshot>{(known) => <Inside known={known} />}</WithSnapshot>
    </main>
  );
}
