// A filled workbook is taken in: choose the file, see what became of each person, open the drafts that still have faults.
import { Alert, Button, Table } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getSchemeTemplate, takeFilledWorkbook } from "../../../modules/documents/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { type Campaign, useCampaign } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { REFRESHED } from "./refreshed.ts";
import { workbookWords } from "./workbook-words.ts";

type Taken = ReplyOf<typeof takeFilledWorkbook>;
type Row = Taken["rows"][number];
/** Text and ground with a contrast above 4.5. */
const COLOURS: Readonly<Record<Row["outcome"], { readonly color: string; readonly background: string }>> = {
  added: { color: "#14532d", background: "#dcf3e2" },
  updated: { color: "#0b4a8f", background: "#e3eefa" },
  unchanged: { color: "#3b4654", background: "#e9eef4" },
  returned: { color: "#8c1d12", background: "#fde4e1" },
};

function Outcomes({ taken }: { readonly taken: Taken }): ReactNode {
  const say = usePhrases(workbookWords);
  const lang = useLang();
  const { people, added, updated, unchanged, returned } = taken;
  return (
    <>
      <Alert type={returned > 0 ? "warning" : "success"} showIcon style={{ margin: "16px 0" }} title={say("sum", { people, added, updated, unchanged, returned })} />
      <Table<Row>
        rowKey="number"
        dataSource={taken.rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        columns={[
          { title: say("number"), dataIndex: "number", width: 90 },
          { title: say("outcome"), width: 130, filters: (["added", "updated", "unchanged", "returned"] as const).map((value) => ({ value, text: say(value) })), onFilter: (value, row) => row.outcome === value, render: (_, row) => <span data-outcome={row.outcome} style={{ ...COLOURS[row.outcome], borderRadius: 4, padding: "1px 8px", whiteSpace: "nowrap" }}>{say(row.outcome)}</span> },
          { title: say("changes"), width: 110, render: (_, row) => (row.outcome === "updated" ? row.changed : "") },
          { title: say("faults"), render: (_, row) => (row.issues.length === 0 ? <span className="quiet">{say("none")}</span> : <ul style={{ margin: 0, paddingInlineStart: 18 }}>{row.issues.map((issue, i) => <li key={`${issue.code}-${i}`}>{issue.message[lang]}</li>)}</ul>) },
          { title: say("open"), width: 110, render: (_, row) => (row.county !== undefined && row.record !== undefined ? <Link to="/records/$county/$id" params={{ county: String(row.county), id: row.record }}>{say("open")}</Link> : null) },
        ]}
      />
    </>
  );
}

function Taking({ campaign }: { readonly campaign: Campaign }): ReactNode {
  const say = usePhrases(workbookWords);
  const read = useText();
  const [file, setFile] = useState<File>();
  const send = useCall(takeFilledWorkbook, REFRESHED);
  return (
    <>
      <ProblemView error={send.error} />
      <p style={{ marginTop: 0, fontSize: 18 }}>{read(campaign.name)}</p>
      <p>
        <a href={fileAddress(getSchemeTemplate, { params: { scheme: campaign.scheme, version: campaign.version } })} download data-move="template">
          {say("template")}
        </a>{" "}
        <span className="quiet">{say("help")}</span>
      </p>
      <form
        style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}
        onSubmit={(event) => {
          event.preventDefault();
          if (file) send.mutate({ body: { campaign: campaign.id }, file });
        }}
      >
        <label htmlFor="workbook-file">{say("file")}</label>
        <FilePick id="workbook-file" name="file" accept=".xlsx" describedBy="workbook-help" onPick={setFile} />
        <Button type="primary" htmlType="submit" data-move="take" disabled={!file} loading={send.isPending}>
          {say(send.isPending ? "taking" : "take")}
        </Button>
        <span id="workbook-help" className="quiet">
          {say("drafts")}
        </span>
      </form>
      {send.data ? <Outcomes taken={send.data} /> : null}
    </>
  );
}

export function WorkbookPage(): ReactNode {
  const say = usePhrases(workbookWords);
  const { campaign, query } = useCampaign();
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <div className="panel">
        <Loaded query={query}>{() => (campaign ? <Taking key={campaign.id} campaign={campaign} /> : <Nothing text={say("noCampaign")} />)}</Loaded>
      </div>
    </main>
  );
}
