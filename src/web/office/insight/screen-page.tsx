// The wall screen of a command room: the map, what makes people poor and how badly, in letters that are read from the last row; read again every minute. Counts only.
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { crossTable, getShapes, listIndices } from "../../../modules/insight/contract.ts";
import { AREA } from "../../../modules/insight/rules.ts";
import { useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { Loaded } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { BarChart, MapChart } from "./charts.tsx";
import { sheetOf } from "./geometry.ts";
import { type Known, WithSnapshot } from "./snapshot-bar.tsx";
import { HIDDEN } from "./standing.tsx";
import { insightWords } from "./words.ts";

const MINUTE = 60_000;
/** As many bars as stand beside a map. */
const MOST_BARS = 6;
/** Letters of this size on a wall of 1920 points; smaller in proportion on a narrower screen, so that the head stays on one line. */
const size = (full: number, least = 14): string => `clamp(${least}px, ${(full / 19.2).toFixed(2)}vw, ${full}px)`;
/** Tiles in a row, so that they fill the height of a wall. */
const MOST_TILES = 5;

function Bars({ known, axis }: { readonly known: Known; readonly axis: string }): ReactNode {
  const read = useText();
  const say = usePhrases(insightWords);
  const lang = useLang();
  const query = useRoute(crossTable, { body: { scheme: known.scheme, campaign: known.campaign, axes: [axis], of: "people" } }, { every: MINUTE, keep: true });
  return (
    <Loaded query={query}>
      {(table) => {
        const bars = table.rows.map((row, i) => ({ label: read(row.label), parts: [{ label: "", value: table.cells[i]?.at(-1) ?? null }] })).filter(({ parts }) => parts[0]!.value !== 0).toSorted((a, b) => (b.parts[0]!.value ?? 0) - (a.parts[0]!.value ?? 0));
        return (
          <section>
            <h2 style={{ fontSize: size(26, 18), margin: "0 0 4px" }}>{read(table.axes[0]?.label)}</h2>
            <BarChart large title={read(table.axes[0]?.label)} bars={bars.slice(0, MOST_BARS)} />
            {bars.length > MOST_BARS ? <p style={{ margin: 0, fontSize: size(18) }}>{say("furtherBars", { n: count(bars.length - MOST_BARS, lang) })}</p> : null}
          </section>
        );
      }}
    </Loaded>
  );
}

function Figure({ label, value, note }: { readonly label: string; readonly value: string; readonly note?: string }): ReactNode {
  return (
    <div data-figure style={{ borderInlineStart: "5px solid #6fb0ee", paddingInlineStart: size(16, 10) }}>
      <div style={{ fontSize: size(20) }}>{label}</div>
      <div className="number" style={{ fontSize: size(44, 26), lineHeight: 1.15, fontWeight: 600 }}>{value}</div>
      {note === undefined ? null : <div style={{ fontSize: size(17) }} className="number">{note}</div>}
    </div>
  );
}

/** The newest kept index of this round, with its interval; nothing where none was computed. */
function Index({ known }: { readonly known: Known }): ReactNode {
  const say = usePhrases(insightWords);
  const list = useRoute(listIndices, { query: { scheme: known.scheme } }, { every: MINUTE });
  const newest = list.data?.rows.find(({ campaign, area }) => campaign === known.campaign && area === known.area);
  return newest ? <Figure label={say("m0")} value={newest.m0.value.toFixed(3)} note={say("within95", { low: newest.m0.low.toFixed(3), high: newest.m0.high.toFixed(3) })} /> : null;
}

function Screen({ known }: { readonly known: Known }): ReactNode {
  const say = usePhrases(insightWords);
  const lang = useLang();
  const shapes = useRoute(getShapes, { query: {} });
  const query = useRoute(crossTable, { body: { scheme: known.scheme, campaign: known.campaign, axes: [AREA], of: "people" } }, { every: MINUTE, keep: true });
  return (
    <Loaded query={query}>
      {(table) => (
        <>
          <div style={{ display: "flex", flexWrap: "wrap", gap: `12px ${size(56, 20)}`, alignItems: "center", marginBottom: size(20, 10) }}>
            <div>
              <h1 style={{ fontSize: size(40, 24), lineHeight: 1.2, margin: 0 }}>{table.area.fullName}</h1>
              <div style={{ fontSize: size(20) }}><Round known={known} /> {say("dataOf", { at: moment(table.asOf) })}</div>
            </div>
            <Figure label={say("screenPeople")} value={table.base === null ? HIDDEN : count(table.base, lang)} />
            <Figure label={say("screenHouseholds")} value={count(known.snapshot?.records ?? 0, lang)} />
            <Index known={known} />
          </div>
          <div style={{ display: "grid", gridTemplateColumns: "minmax(0, 11fr) minmax(0, 10fr)", gap: size(40, 20) }}>
            <div>
              <h2 style={{ fontSize: size(26, 18), margin: "0 0 8px" }}>{say("mapOfPeople")}</h2>
              <Loaded query={shapes}>{(found) => <MapChart large sheet={sheetOf(found, MOST_TILES)} title={say("mapTitle")} values={new Map(table.rows.map(({ key }, i) => [Number(key), table.cells[i]?.at(-1) ?? null]))} write={(n) => count(n, lang)} />}</Loaded>
            </div>
            <div style={{ display: "grid", gap: size(20, 10), alignContent: "start" }}>
              <Bars known={known} axis="cause" />
              <Bars known={known} axis="degree" />
              <Bars known={known} axis="urgency" />
            </div>
          </div>
          <p style={{ fontSize: size(17), margin: `${size(20, 10)} 0 0` }}>{say("screenNote")}</p>
        </>
      )}
    </Loaded>
  );
}

function Round({ known }: { readonly known: Known }): ReactNode {
  const read = useText();
  const round = known.campaigns.find(({ id }) => id === known.campaign);
  return round ? <>{read(round.name)} · </> : null;
}

export function ScreenPage(): ReactNode {
  const say = usePhrases(insightWords);
  useEffect(() => {
    document.title = `${say("screenTitle")} · 清册`;
  }, [say]);
  return (
    <main style={{ minHeight: "100vh", boxSizing: "border-box", padding: `${size(24, 12)} ${size(32, 16)}`, background: "#0e1b2a", color: "#eaf2fb" }} data-screen>
      <WithSnapshot quiet>{(known) => <Screen known={known} />}</WithSnapshot>
      {/* Also when there is nothing to see, or no right to see it. */}
      <p className="no-print" style={{ fontSize: size(17), margin: 0 }}><Link to="/insight" style={{ color: "#9ec9f5" }}>{say("leaveScreen")}</Link></p>
    </main>
  );
}
