// The cross-table: one to three of the thirteen axes, narrowed by others, as a chart and as its numbers, taken along as XLSX or CSV, printed.
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { crossTable } from "../../../modules/insight/contract.ts";
import { AREA } from "../../../modules/insight/rules.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMe } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { BarChart } from "./charts.tsx";
import { Choose, Narrow } from "./choose.tsx";
import { type CrossSearch, readOnly_, writeOnly } from "./routes.ts";
import { type Known, WithSnapshot } from "./snapshot-bar.tsx";
import { HIDDEN, Print, Standing, TakeAlong } from "./standing.tsx";
import { insightWords } from "./words.ts";

type Table = ReplyOf<typeof crossTable>;

/** So many columns stand side by side on a sheet of paper; of more, the rest follow below as tables of their own. */
const ON_PAPER = 5;

/** Values that somebody has; the others are a sentence, not a screen of noughts. */
const had = (table: Table): { readonly rows: ReadonlySet<number>; readonly columns: readonly number[] } => ({
  rows: new Set(table.rows.flatMap((_, i) => (table.cells[i]?.every((n) => n === 0) ? [] : [i]))),
  columns: table.columns.flatMap((_, j) => (table.cells.every((row) => row[j] === 0) ? [] : [j])),
});

export function NumbersTable({ table }: { readonly table: Table }): ReactNode {
  const say = usePhrases(insightWords);
  const read = useText();
  const lang = useLang();
  // Of nobody there are no rows at all.
  const cell = (n: number | null | undefined): string => (n === null ? HIDDEN : count(n ?? 0, lang));
  const single = table.axes.length === 1;
  const { rows: filled, columns } = had(table);
  const all = single ? [] : columns;
  const nameOf = (j: number): string => table.columns[j]?.map(({ label }) => read(label)).join(" / ") ?? "";
  const empty = [table.rows.filter((_, i) => !filled.has(i)).map(({ label }) => read(label)), single ? [] : table.columns.flatMap((_, j) => (columns.includes(j) ? [] : [nameOf(j)]))].filter(({ length }) => length > 0);
  const sheets = Array.from({ length: Math.ceil(all.length / ON_PAPER) }, (_, n) => all.slice(n * ON_PAPER, (n + 1) * ON_PAPER));
  const drawn = (columns: readonly number[], on: "screen" | "paper"): ReactNode => (
    <table className="beside held-names" data-table={on === "screen" ? "cross" : "cross-paper"} style={single ? { maxWidth: 480 } : on === "paper" ? { marginBottom: "8pt" } : undefined}>
      <thead>
        <tr>
          <th scope="col">{read(table.axes[0]?.label)}</th>
          {columns.map((j) => (
            <th key={j} scope="col" className="to-right">
              {nameOf(j)}
            </th>
          ))}
          <th scope="col" className="to-right">{say("total")}</th>
        </tr>
      </thead>
      <tbody>
        {[...table.rows.map(({ label }) => read(label)), say("total")].map((name, i) => i < table.rows.length && !filled.has(i) ? null : (
          <tr key={name}>
            <th scope="row">{name}</th>
            {columns.map((j) => <td key={j} className="number to-right">{cell(table.cells[i]?.[j])}</td>)}
            <td className="number to-right"><b>{cell(table.cells[i]?.at(-1))}</b></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <>
    <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={say("table")} className={sheets.length > 1 ? "no-print" : undefined}>
      {drawn(all, "screen")}
    </div>
    {sheets.length > 1 ? <div className="only-print">{sheets.map((columns) => <div key={columns[0]}>{drawn(columns, "paper")}</div>)}</div> : null}
    {empty.map((names) => <p key={names[0]} className="quiet" data-empty={names.length}>{say("emptyRows", { what: names.join(say("comma")) })}</p>)}
    </>
  );
}

function Cross({ known, own }: { readonly known: Known; readonly own: number }): ReactNode {
  const say = usePhrases(insightWords);
  const read = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/insight" });
  const axes = (search.axes ?? "cause,degree").split(",").filter((key) => key !== "");
  const of = search.of === "households" ? "households" : "people";
  const filter = readOnly_(search.only);
  const go = (change: CrossSearch): void => void navigate({ to: "/insight", search: { ...search, ...change }, replace: true });
  const question = { scheme: known.scheme, campaign: known.campaign, axes, of, ...(search.area !== undefined && { area: search.area }), ...(Object.keys(filter).length > 0 && { filter: Object.fromEntries(Object.entries(filter).map(([key, list]) => [key, [...list]])) }) } as const;
  const query = useRoute(crossTable, { body: { ...question, axes: [...axes] } }, { keep: true });
  const open = known.axes.filter(({ households }) => of === "people" || households);
  const options: (readonly [string, string])[] = [[AREA, say("areaAxis")], ...open.map(({ key, label }) => [key, read(label)] as const)];
  const at = (i: number, key: string): void => go({ axes: [0, 1, 2].map((n) => (n === i ? key : (axes[n] ?? ""))).filter((each, n, all) => each !== "" && all.indexOf(each) === n).join(",") });
  return (
    <>
      <section className="panel no-print">
        <div style={{ display: "flex", flexWrap: "wrap", gap: 16, marginBottom: 12 }}>
          <Choose label={say("rows")} name="axis-1" value={axes[0] ?? AREA} options={options} onChange={(key) => at(0, key)} />
          <Choose label={say("columns")} name="axis-2" value={axes[1] ?? ""} options={[["", say("nothing")], ...options]} onChange={(key) => at(1, key)} />
          <Choose label={say("layers")} name="axis-3" value={axes[2] ?? ""} options={[["", say("nothing")], ...options]} onChange={(key) => at(2, key)} />
          <Choose label={say("unit")} name="of" value={of} options={[["people", say("people")], ["households", say("households")]]} onChange={(value) => go({ of: value })} />
          <div style={{ display: "grid", gap: 4, minWidth: 240 }}>
            <label htmlFor="cross-area">{say("area")}</label>
            <AreaPicker id="cross-area" name="cross-area" value={search.area ?? own} within={own} label={say("area")} onChange={(next) => void navigate({ to: "/insight", search: { ...search, ...(next !== undefined && { area: next }) }, replace: true })} />
          </div>
        </div>
        <Narrow known={known} filter={filter} onChange={(next) => go({ only: writeOnly(next) })} />
      </section>
      <Loaded query={query}>
        {(table) =>
          table.rows.length === 0 || table.base === 0 ? (
            <Nothing text={say("noRows")} />
          ) : (
            <>
              <section className="panel" data-cross={table.axes.map(({ key }) => key).join(",")}>
                <h2>
                  {table.area.fullName} {table.axes.map(({ label }) => read(label)).join(" × ")}
                </h2>
                <Standing asOf={table.asOf} base={table.base} of={table.of} filter={table.filter} />
                <BarChart title={say("chart")} bars={table.rows.map((row, i) => ({ label: read(row.label), whole: table.cells[i]?.at(-1) ?? null, parts: had(table).columns.map((j) => ({ label: table.columns[j]!.map(({ label }) => read(label)).join(" / "), value: table.cells[i]?.[j] ?? null })) }))} />
              </section>
              <section className="panel">
                <NumbersTable table={table} />
                {table.hidden > 0 ? <p className="quiet" data-hidden={table.hidden}>{say("hidden", { n: table.hidden })}</p> : null}
                <TakeAlong question={question}>
                  <Print />
                  <Link to="/screen">{say("toScreen")}</Link>
                </TakeAlong>
              </section>
            </>
          )
        }
      </Loaded>
    </>
  );
}

export function CrossPage(): ReactNode {
  const say = usePhrases(insightWords);
  const me = useMe();
  return (
    <main className="page">
      <PageHead title={say("title")} />
      {me.data ? <WithSnapshot>{(known) => <Cross known={known} own={me.data.area.code} />}</WithSnapshot> : null}
    </main>
  );
}
