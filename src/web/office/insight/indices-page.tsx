// Indices: computed from the newest snapshot and kept; each with formula, version, source, what is missing, what makes it up, and areas ranked as far as chance allows.
import { Button } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { computeIndex, getIndex, listIndices, listSets } from "../../../modules/insight/contract.ts";
import { fullValues } from "../../../modules/insight/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { Lines } from "../../shared/lines.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { Choose } from "./choose.tsx";
import { Sets } from "./sets.tsx";
import { type Known, WithSnapshot } from "./snapshot-bar.tsx";
import { Files, Print } from "./standing.tsx";
import { insightWords } from "./words.ts";

type Value = ReplyOf<typeof getIndex>;
type Measured = Value["result"]["whole"]["m0"];
const three = (n: number): string => n.toFixed(3);
const share = (n: number): string => `${(100 * n).toFixed(1)}%`;

function Told({ measured, as = three }: { readonly measured: Measured; readonly as?: (n: number) => string }): ReactNode {
  const say = usePhrases(insightWords);
  return (
    <>
      <b className="number" style={{ fontSize: 18 }}>{as(measured.value)}</b> <span className="quiet number">{say("within95", { low: as(measured.low), high: as(measured.high) })}</span>
    </>
  );
}

function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={label}>{children}</div>;
}

function Parts({ value }: { readonly value: Value }): ReactNode {
  const say = usePhrases(insightWords);
  const mark = useMarks();
  const read = useText();
  const lang = useLang();
  const { result } = value;
  const { whole, set } = result;
  const weights = set.indicators.filter(({ measure }) => measure !== undefined).reduce((sum, { weight }) => sum + weight, 0);
  const rows = (list: Value["result"]["areas"], label: string, of: string): ReactNode => (
    <section className="panel">
      <h2>{label}</h2>
      <Scroll label={label}>
        <table className="beside" data-table="ranking">
          <thead>
            <tr>
              <th scope="col">{of}</th><th scope="col">{say("place")}</th><th scope="col">{say("m0")}</th><th scope="col">{say("h")}</th><th scope="col">{say("a")}</th><th scope="col" className="to-right">{say("contribution")}</th>
            </tr>
          </thead>
          <tbody>
            {list.toSorted((a, b) => (b.told?.m0.value ?? -1) - (a.told?.m0.value ?? -1)).map((part) => (
              <tr key={part.key} data-part={part.key}>
                <th scope="row" style={{ textAlign: "start" }}>{read(part.label)}</th>
                {part.told && part.place ? (
                  <>
                    <td className="number">{part.place.from === part.place.to ? part.place.from : `${part.place.from}–${part.place.to}`}</td>
                    <td><Told measured={part.told.m0} /></td>
                    <td>{share(part.told.h.value)} <span className="quiet number">{say("ofBase", { poor: count(part.told.poor, lang), base: count(part.told.base, lang) })}</span></td>
                    <td className="number">{share(part.told.a.value)}</td>
                    <td className="number to-right">{share(part.ofM0 ?? 0)}</td>
                  </>
                ) : <td colSpan={5} className="quiet">{say("tooFew")}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="quiet">{say("placeHelp")}</p>
    </section>
  );
  return (
    <div data-index={value.digest}>
      <section className="panel">
        <h2>{value.area} {read(set.label)} v{set.version}</h2>
        <p style={{ fontSize: 18 }} data-in-words>{say("inWords", { poor: count(whole.poor, lang), base: count(whole.base, lang), h: share(whole.h.value), a: share(whole.a.value), m0: three(whole.m0.value) })}</p>
        <Lines
          lines={[
            [say("m0"), <Told key="m0" measured={whole.m0} />],
            [say("h"), <span key="h"><Told measured={whole.h} as={share} /> <span className="number">{say("ofBase", { poor: count(whole.poor, lang), base: count(whole.base, lang) })}</span></span>],
            [say("a"), <Told key="a" measured={whole.a} as={share} />],
            [say("m1"), three(whole.m1)],
            [say("m2"), three(whole.m2)],
            ...(result.development?.whole ? [[say("dev"), `${three(result.development.whole.value)}${mark.gap}${result.development.whole.parts.map((part) => `${read(result.development!.set.parts.find(({ key }) => key === part.key)?.label)} ${part.index.toFixed(2)}`).join(mark.list)}`] as const] : []),
            ...(result.development ? fullValues(result.development).map((one) => [say("devFull"), read(one)] as const) : []),
            [say("formula"), `${result.formula}${mark.semicolon}k = ${set.k.of}/${set.k.in}`],
            [say("sourceOf"), read(set.source)],
            [say("missingRule"), set.missing === "left-out" ? say("leftOut", { n: result.missing.leftOut }) : say("notDeprived")],
            ...(result.notCollected.length > 0 ? [[say("notCollectedHere"), say("notCollected", { what: result.notCollected.map((key) => read(set.indicators.find((each) => each.key === key)?.label)).join(mark.list) })] as const] : []),
            [say("digest"), <span key="d" className="number">{value.digest.slice(0, 16)}{mark.gap}{moment(result.snapshot.asOf)}</span>],
          ]}
        />
      </section>
      <section className="panel">
        <h2>{say("parts")}</h2>
        <Scroll label={say("parts")}>
          <table className="beside by-name" data-table="parts">
            <thead><tr><th scope="col">{say("indicator")}</th><th scope="col" className="to-right">{say("weight")}</th><th scope="col" className="to-right">{say("raw")}</th><th scope="col" className="to-right">{say("censored")}</th><th scope="col">{say("contribution")}</th></tr></thead>
            <tbody>
              {whole.indicators.map((part) => {
                const own = set.indicators.find(({ key }) => key === part.key)!;
                return (
                  <tr key={part.key}>
                    <th scope="row" style={{ textAlign: "start" }}>{read(own.label)}</th>
                    <td className="number to-right">{share(own.weight / weights)}</td>
                    <td className="number to-right">{share(part.raw)}</td>
                    <td className="number to-right">{share(part.censored)}</td>
                    <td><span className="bar-ground" aria-hidden style={{ display: "inline-block", width: 120, verticalAlign: "middle" }}><span style={{ width: `${100 * part.share}%` }} /></span> <span className="number">{share(part.share)}</span></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      </section>
      {rows(result.areas, say("ranking"), say("areaAxis"))}
      {result.groups ? rows(result.groups.parts, read(result.groups.label), read(result.groups.label)) : null}
      <Files at={`/api/indices/${value.id}`}><Print /></Files>
    </div>
  );
}

function Indices({ known }: { readonly known: Known }): ReactNode {
  const say = usePhrases(insightWords);
  const read = useText();
  const navigate = useNavigate();
  const may = useMay("insight.take");
  const { value } = useSearch({ from: "/shell/insight/indices" });
  const [set, setSet] = useState("register");
  const [group, setGroup] = useState("");
  const sets = useRoute(listSets, { query: { scheme: known.scheme } });
  const list = useRoute(listIndices, { query: { scheme: known.scheme } });
  const id = value ?? list.data?.rows[0]?.id;
  const one = useRoute(getIndex, { params: { id: id ?? "" } }, { enabled: id !== undefined, keep: true });
  const compute = useCall(computeIndex, ["/api/indices"]);
  const keys = [...new Map((sets.data?.rows ?? []).map(({ set: own }) => [own.key, read(own.label)])).entries()];
  return (
    <>
      {may ? (
        <section className="panel no-print">
          <div style={{ display: "flex", flexWrap: "wrap", gap: 16, alignItems: "end" }}>
            <Choose label={say("set")} name="set" value={set} options={keys} onChange={setSet} />
            <Choose label={say("group")} name="group" value={group} options={[["", say("nothing")], ...known.axes.filter(({ households }) => households).map(({ key, label }): [string, string] => [key, read(label)])]} onChange={setGroup} />
            <Button type="primary" data-move="compute-index" disabled={compute.isPending} onClick={() => compute.mutate({ body: { scheme: known.scheme, campaign: known.campaign, set, ...(group !== "" && { group }) } }, { onSuccess: (made) => void navigate({ to: "/insight/indices", search: { value: made.id } }) })}>
              {say("compute")}
            </Button>
          </div>
          <ProblemView error={compute.error} />
        </section>
      ) : null}
      {id === undefined ? null : <Loaded query={one}>{(found) => <Parts value={found} />}</Loaded>}
      {list.data && list.data.rows.length > 0 ? (
        <section className="panel">
          <h2>{say("kept")}</h2>
          <Scroll label={say("kept")}>
            <table className="beside" data-table="kept">
              <thead><tr><th scope="col">{say("computedAt")}</th><th scope="col">{say("set")}</th><th scope="col">{say("m0")}</th><th scope="col">{say("change")}</th><th scope="col">{say("digest")}</th></tr></thead>
              <tbody>
                {list.data.rows.map((row) => (
                  <tr key={row.id}>
                    <td><Button type="link" size="small" onClick={() => void navigate({ to: "/insight/indices", search: { value: row.id } })}>{moment(row.madeAt)}</Button></td>
                    <td>{keys.find(([key]) => key === row.setKey)?.[1] ?? row.setKey} v{row.setVersion}</td>
                    <td><Told measured={row.m0} /></td>
                    <td className="number">{row.change ? (row.change.told ? `${row.change.change > 0 ? "+" : ""}${three(row.change.change)}` : say("noChange")) : "—"}</td>
                    <td className="quiet number">{row.digest.slice(0, 8)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {list.data.older > 0 ? <p className="quiet">{say("olderKept", { n: list.data.older })}</p> : null}
        </section>
      ) : null}
      <Sets scheme={known.scheme} />
    </>
  );
}

export function IndicesPage(): ReactNode {
  const say = usePhrases(insightWords);
  return (
    <main className="page">
      <PageHead title={say("indicesTitle")} />
      <WithSnapshot>{(known) => <Indices known={known} />}</WithSnapshot>
    </main>
  );
}
