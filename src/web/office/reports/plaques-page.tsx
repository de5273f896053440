// Plaques of honour of a village: their states as they were on a day, as known on a day; names are masked.
import { Form } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listPlaques } from "../../../modules/reports/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMe } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { reportsWords } from "./words.ts";

type Row = ReplyOf<typeof listPlaques>["rows"][number];
export type PlaquesSearch = { readonly area?: number; readonly valid?: string; readonly known?: string };
const isSmall = (area: number): boolean => area % 1_000_000 !== 0;

function Plaques({ campaign, own }: { readonly campaign: string; readonly own: number }): ReactNode {
  const say = usePhrases(reportsWords);
  const read = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/plaques" });
  const area = search.area ?? own;
  const go = (change: { readonly [K in keyof PlaquesSearch]: PlaquesSearch[K] | undefined }): void => void navigate({ to: "/plaques", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== "")) as PlaquesSearch, replace: true });
  const query = useRoute(listPlaques, { query: { campaign, area, ...(search.valid !== undefined && { validOn: search.valid }), ...(search.known !== undefined && { knownOn: search.known }) } }, { enabled: isSmall(area), keep: true });
  return (
    <>
      <Form layout="vertical" className="panel">
        <div style={{ display: "flex", flexWrap: "wrap", gap: "0 24px" }}>
          <Form.Item label={say("village")} htmlFor="plaques-area">
            <AreaPicker id="plaques-area" name="plaques-area" value={area} within={own} label={say("village")} onChange={(next) => go({ area: next })} />
          </Form.Item>
          <Form.Item label={say("validOn")} htmlFor="plaques-valid" extra={say("knownHelp")}>
            <DateField id="plaques-valid" value={search.valid} onChange={(valid) => go({ valid })} />
          </Form.Item>
          <Form.Item label={say("knownOn")} htmlFor="plaques-known" extra={say("knownHelp")}>
            <DateField id="plaques-known" value={search.known} onChange={(known) => go({ known })} />
          </Form.Item>
        </div>
      </Form>
      {isSmall(area) ? (
        <Loaded query={query}>
          {(list) => (
            <section className="panel" data-plaques={list.total}>
              <p>{list.counts.map(({ state, label, count: n }) => `${read(label)} ${count(n, lang)}`).join(punct.comma)}</p>
              <RowTable<Row>
                rows={list.rows}
                rowKey="record"
                empty={say("nobody")}
                columns={[
                  { title: say("name"), key: "name", render: (_, row) => <Link to="/records/$county/$id" params={{ county: String(Math.floor(area / 1e6)), id: row.record }}>{row.name}</Link> },
                  { title: say("village"), key: "village", render: (_, row) => row.village },
                  { title: say("state"), key: "state", render: (_, row) => read(list.counts.find((each) => each.state === row.state)?.label) },
                  { title: say("on"), key: "on", render: (_, row) => <span className="number">{row.on ?? ""}</span> },
                  { title: say("why"), key: "why", render: (_, row) => (row.reason ? read(row.reason) : "") },
                ]}
              />
            </section>
          )}
        </Loaded>
      ) : (
        <Nothing text={say("chooseVillage")} />
      )}
    </>
  );
}

export function PlaquesPage(): ReactNode {
  const say = usePhrases(reportsWords);
  const { campaign, query } = useCampaign();
  const me = useMe();
  return (
    <main className="page">
      <PageHead title={say("plaquesTitle")} />
      {campaign && me.data ? <Plaques campaign={campaign.id} own={Math.max(campaign.area.code, me.data.area.code)} /> : query.isSuccess ? <Nothing text={say("noCampaign")} /> : null}
    </main>
  );
}
