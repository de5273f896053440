// Progress of an area and of the areas directly under it: counts by state with the total as their base; the area is in the address.
import { Alert, Breadcrumb, Table } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getArea } from "../../../modules/areas/contract.ts";
import { getProgress } from "../../../modules/campaigns/contract.ts";
import { type State, stateLabels } from "../../../modules/records/rules.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useRoute } from "../../shared/data.ts";
import { count, moment, percent } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate, stateColours } from "../../shared/record-marks.tsx";
import { type Me, useCampaign, useMe } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { addsUp, finished, occurring, segments } from "./progress.ts";
import { progressWords } from "./words.ts";

type Progress = ReplyOf<typeof getProgress>;
type Row = Progress["whole"];

function StackBar({ row }: { readonly row: Row }): ReactNode {
  const lang = useLang();
  const parts = segments(row);
  const spoken = parts.map((part) => `${stateLabels[part.state][lang]} ${count(part.count, lang)} (${percent(part.count, row.total)})`).join(punct.comma);
  return (
    <div className="stack-bar" role="img" aria-label={spoken || "—"} title={spoken}>
      {parts.map((part) => (
        <span key={part.state} style={{ width: `${part.share * 100}%`, background: stateColours[part.state].bar }} />
      ))}
    </div>
  );
}

function Legend({ states }: { readonly states: readonly State[] }): ReactNode {
  const read = useText();
  return (
    <ul className="legend">
      {states.map((state) => (
        <li key={state}>
          <i style={{ background: stateColours[state].bar }} />
          {read(stateLabels[state])}
        </li>
      ))}
    </ul>
  );
}

function Way({ area, top }: { readonly area: number; readonly top: number }): ReactNode {
  const query = useRoute(getArea, { params: { code: area } }, { staleTime: 600_000 });
  if (!query.data || area === top) return null;
  const above = query.data.above.filter((node) => node.code >= top && node.level >= 1);
  const start = above.findIndex((node) => node.code === top);
  return (
    <Breadcrumb
      style={{ marginBottom: 12 }}
      items={[
        ...above.slice(Math.max(0, start)).map((node) => ({
          key: node.code,
          title: (
            <Link to="/progress" search={node.code === top ? {} : { area: node.code }}>
              {node.name}
            </Link>
          ),
        })),
        { key: area, title: query.data.area.name },
      ]}
    />
  );
}

function ProgressTable({ data }: { readonly data: Progress }): ReactNode {
  const say = usePhrases(progressWords);
  const read = useText();
  const lang = useLang();
  const shown = occurring([data.whole, ...data.parts]);
  const rows = [data.whole, ...data.parts];
  const isWhole = (row: Row): boolean => row === data.whole;
  return (
    <div className="panel">
      {rows.every(addsUp) ? null : <Alert type="error" showIcon title={say("wrong")} style={{ marginBottom: 12 }} />}
      <Legend states={shown} />
      <Table<Row>
        size="small"
        rowKey={(row) => (isWhole(row) ? "whole" : row.area.code)}
        dataSource={rows}
        pagination={false}
        scroll={{ x: "max-content" }}
        onRow={(row) => (isWhole(row) ? { style: { fontWeight: 600, background: "#f5f8fc" } } : {})}
        columns={[
          {
            title: say("area"),
            key: "area",
            fixed: "left",
            render: (_, row) =>
              isWhole(row) ? (
                `${row.area.name} ${say("whole")}`
              ) : row.level < 5 ? (
                <Link to="/progress" search={{ area: row.area.code }} data-drill={row.area.code} aria-label={say("open", { area: row.area.name })}>
                  {row.area.name}
                </Link>
              ) : (
                row.area.name
              ),
          },
          { title: say("total"), key: "total", align: "right", sorter: (a, b) => (isWhole(a) || isWhole(b) ? 0 : a.total - b.total), render: (_, row) => <span className="number">{count(row.total, lang)}</span> },
          { title: say("finished"), key: "finished", align: "right", sorter: (a, b) => (isWhole(a) || isWhole(b) ? 0 : finished(a) / (a.total || 1) - finished(b) / (b.total || 1)), render: (_, row) => <Rate part={finished(row)} base={row.total} /> },
          { title: say("bar"), key: "bar", width: 220, render: (_, row) => <StackBar row={row} /> },
          ...shown.map((state) => ({
            title: read(stateLabels[state]),
            key: state,
            align: "right" as const,
            render: (_: unknown, row: Row) => {
              const n = row.states[state] ?? 0;
              return n === 0 ? (
                <span className="quiet">0</span>
              ) : (
                <Link to="/records" search={{ area: row.area.code, state }} className="number">
                  {count(n, lang)}
                </Link>
              );
            },
          })),
          { title: say("fromBase"), key: "base", align: "right", render: (_, row) => <span className="number">{count(row.base, lang)}</span> },
          { title: say("added"), key: "added", align: "right", render: (_, row) => <span className="number">{count(row.added, lang)}</span> },
          { title: say("cases"), key: "cases", align: "right", render: (_, row) => <span className="number">{count(row.openCases, lang)}</span> },
        ]}
      />
      {data.parts.length === 0 ? <p className="quiet">{say("none")}</p> : null}
    </div>
  );
}

function Progressed({ me, campaign }: { readonly me: Me; readonly campaign: string }): ReactNode {
  const say = usePhrases(progressWords);
  const { area } = useSearch({ from: "/shell/progress" });
  const navigate = useNavigate();
  const query = useRoute(getProgress, { query: { campaign, area } }, { every: 30_000, keep: true });
  return (
    <>
      <PageHead title={say("title")}>
        <span className="quiet">{query.data ? say("asOf", { at: moment(query.data.asOf) }) : ""}</span>
        <span className="spread" />
        <AreaPicker label={say("pick")} value={area ?? me.area.code} within={me.area.code} onChange={(code) => void navigate({ to: "/progress", search: code === undefined || code === me.area.code ? {} : { area: code } })} />
      </PageHead>
      {area === undefined ? null : <Way area={area} top={me.area.code} />}
      <Loaded query={query}>{(data) => <ProgressTable data={data} />}</Loaded>
    </>
  );
}

export function ProgressPage(): ReactNode {
  const say = usePhrases(progressWords);
  const me = useMe();
  const { campaign, query } = useCampaign();
  return (
    <main className="page">
      <Loaded query={query}>{() => (campaign && me.data ? <Progressed me={me.data} campaign={campaign.id} /> : <Nothing text={say("noCampaign")} />)}</Loaded>
    </main>
  );
}
