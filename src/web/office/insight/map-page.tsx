// The map: the office's own shapes or, without them, tiles; the same numbers beside it. An area is opened by choosing it.
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { crossTable, getShapes, loadBoundary } from "../../../modules/insight/contract.ts";
import { AREA } from "../../../modules/insight/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay, useMe } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { Button } from "antd";
import { MapChart } from "./charts.tsx";
import { Narrow } from "./choose.tsx";
import { NumbersTable } from "./cross-page.tsx";
import { sheetOf } from "./geometry.ts";
import { readOnly_, writeOnly } from "./routes.ts";
import { type Known, WithSnapshot } from "./snapshot-bar.tsx";
import { Print, Standing, TakeAlong } from "./standing.tsx";
import { insightWords } from "./words.ts";

function Load(): ReactNode {
  const say = usePhrases(insightWords);
  const read = useText();
  const load = useCall(loadBoundary, ["/api/boundaries"]);
  return (
    <section className="panel no-print">
      <label htmlFor="boundary">{say("load")}</label>
      <div>
        <FilePick id="boundary" name="boundary" accept=".json,.geojson,application/geo+json" onPick={(file) => void (file && load.mutate({ body: {}, file }))} />
      </div>
      <ProblemView error={load.error} />
      {load.data ? (
        <p role="status" data-boundary={load.data.shapes}>
          {say("loaded", { n: load.data.shapes, of: load.data.of, before: load.data.points.before, after: load.data.points.after })} {load.data.notes.map(read).join(" ")}
        </p>
      ) : null}
    </section>
  );
}

function Map_({ known, own }: { readonly known: Known; readonly own: number }): ReactNode {
  const say = usePhrases(insightWords);
  const lang = useLang();
  const navigate = useNavigate();
  const may = useMay("insight.take");
  const search = useSearch({ from: "/shell/insight/map" });
  const filter = readOnly_(search.only);
  const area = search.area ?? own;
  const shapes = useRoute(getShapes, { query: { area } }, { keep: true });
  const question = { scheme: known.scheme, campaign: known.campaign, axes: [AREA], of: "people" as const, area, ...(Object.keys(filter).length > 0 && { filter: Object.fromEntries(Object.entries(filter).map(([key, list]) => [key, [...list]])) }) };
  const query = useRoute(crossTable, { body: question }, { keep: true });
  return (
    <>
      <section className="panel no-print">
        <Narrow known={known} filter={filter} onChange={(next) => void navigate({ to: "/insight/map", search: { ...search, only: writeOnly(next) }, replace: true })} />
      </section>
      <Loaded query={query}>
        {(table) => (
          <Loaded query={shapes}>
            {(found) => {
              if (found.areas.length === 0) return <Nothing text={say("noRows")} />;
              const sheet = sheetOf(found);
              return (
                <section className="panel">
                  <h2>{table.area.fullName} {say("mapOfPeople")}</h2>
                  <Standing asOf={table.asOf} base={table.base} of="people" filter={table.filter} />
                  {search.area !== undefined && search.area !== own ? <Button size="small" className="no-print" onClick={() => void navigate({ to: "/insight/map", search: { ...(search.only !== undefined && { only: search.only }) } })}>{say("backUp")}</Button> : null}
                  <MapChart sheet={sheet} title={say("mapTitle")} values={new Map(table.rows.map(({ key }, i) => [Number(key), table.cells[i]?.at(-1) ?? null]))} write={(n) => count(n, lang)} onPick={(code) => void navigate({ to: "/insight/map", search: { ...search, area: code } })} />
                  <p className="quiet">{sheet.tiled ? say("tiles") : say("fromFile", { file: found.fileName ?? "" })}</p>
                  {table.rows.length === 0 ? <Nothing text={say("noRows")} /> : <NumbersTable table={table} />}
                  {table.hidden > 0 ? <p className="quiet">{say("hidden", { n: table.hidden })}</p> : null}
                  <TakeAlong question={question}><Print /></TakeAlong>
                </section>
              );
            }}
          </Loaded>
        )}
      </Loaded>
      {may ? <Load /> : null}
    </>
  );
}

export function MapPage(): ReactNode {
  const say = usePhrases(insightWords);
  const me = useMe();
  return (
    <main className="page">
      <PageHead title={say("mapTitle")} />
      {me.data ? <WithSnapshot>{(known) => <Map_ known={known} own={me.data.area.code} />}</WithSnapshot> : null}
    </main>
  );
}
