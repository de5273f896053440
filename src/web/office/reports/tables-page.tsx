// The summary tables of the round's scheme for an area, now or as they were known on a day; area and day stand in the address.
import { Form } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { summaryTables } from "../../../modules/reports/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useCampaign, useMe } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import { Figures, TableView } from "./figure-tables.tsx";
import { reportsWords } from "./words.ts";

export type TablesSearch = { readonly area?: number; readonly known?: string };

function Tables({ campaign, own }: { readonly campaign: string; readonly own: number }): ReactNode {
  const say = usePhrases(reportsWords);
  const navigate = useNavigate();
  const { area, known } = useSearch({ from: "/shell/report-tables" });
  const go = (search: TablesSearch): void => void navigate({ to: "/report-tables", search, replace: true });
  const query = useRoute(summaryTables, { query: { campaign, ...(area !== undefined && { area }), ...(known !== undefined && { knownOn: known }) } }, { keep: true });
  return (
    <>
      <Form layout="vertical" className="panel">
        <div style={{ display: "flex", flexWrap: "wrap", gap: "0 24px" }}>
          <Form.Item label={say("area")} htmlFor="tables-area">
            <AreaPicker id="tables-area" name="tables-area" value={area ?? own} within={own} label={say("area")} onChange={(next) => go({ ...(next !== undefined && next !== own && { area: next }), ...(known !== undefined && { known }) })} />
          </Form.Item>
          <Form.Item label={say("knownOn")} htmlFor="tables-known" extra={say("knownHelp")}>
            <DateField id="tables-known" value={known} onChange={(day) => go({ ...(area !== undefined && { area }), ...(day !== undefined && { known: day }) })} />
          </Form.Item>
        </div>
      </Form>
      <Loaded query={query}>
        {(found) => (
          <div data-known={found.knownOn ?? "now"}>
            <p className="quiet">
              {say("page", { area: found.area.fullName, at: moment(found.asOf) })}{punct.gap}{found.knownOn === undefined ? "" : `${say("knownOn")} ${found.knownOn}${punct.gap}`}
              {found.released ? "" : say("notReleased")}
            </p>
            <Figures figures={found.figures} />
            {found.tables.map((table) => (
              <TableView key={table.key} table={table} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

export function TablesPage(): ReactNode {
  const say = usePhrases(reportsWords);
  const { campaign, query } = useCampaign();
  const me = useMe();
  return (
    <main className="page">
      <PageHead title={say("tablesTitle")} />
      {campaign && me.data ? <Tables campaign={campaign.id} own={Math.max(campaign.area.code, me.data.area.code)} /> : query.isSuccess ? <Nothing text={say("noCampaign")} /> : null}
    </main>
  );
}
