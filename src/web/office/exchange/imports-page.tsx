// All imports the reader may see, newest first.
import { Button, Select } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { importKinds, listImports } from "../../../modules/exchange/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMe } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { kindLabels, senderName, sendableKinds, stateLabels } from "./sending.ts";
import { exchangeWords } from "./words.ts";

type Row = ReplyOf<typeof listImports>["rows"][number];

function ImportsTable({ rows, empty }: { readonly rows: readonly Row[]; readonly empty: ReactNode }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const lang = useLang();
  const departmentLabel = useDepartmentLabel();
  const counted = (row: Row): boolean => row.state === "done" || row.state === "wiped";
  return (
    <RowTable<Row>
      rows={rows}
      empty={empty}
      columns={[
        {
          title: say("file"),
          key: "file",
          fixed: "left",
          render: (_, row) => (
            <Link to="/imports/$county/$id" params={{ county: String(row.county), id: row.id }} data-import={row.id} style={{ display: "inline-block", maxWidth: 260, overflowWrap: "anywhere", whiteSpace: "normal" }}>
              {row.fileName}
            </Link>
          ),
        },
        { title: say("kind"), key: "kind", render: (_, row) => (row.department ? departmentLabel(row.department) : read(kindLabels[row.kind])) },
        { title: say("state"), key: "state", render: (_, row) => <span data-import-state={row.state}>{read(stateLabels[row.state])}</span> },
        { title: say("rows"), key: "rows", align: "right", render: (_, row) => (counted(row) ? <span className="number">{count(row.rows, lang)}</span> : "—") },
        { title: say("accepted"), key: "accepted", align: "right", render: (_, row) => (counted(row) ? <Rate part={row.accepted} base={row.rows} /> : "—") },
        { title: say("returned"), key: "returned", align: "right", render: (_, row) => (counted(row) ? <Rate part={row.returned} base={row.rows} /> : "—") },
        { title: say("asOf"), key: "asOf", render: (_, row) => <span className="number">{row.asOf ?? ""}</span> },
        { title: say("sentAt"), key: "at", render: (_, row) => <span><span className="number">{moment(row.at)}</span> {senderName(row.sentBy)}</span> },
      ]}
    />
  );
}

export function ImportsPage(): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const { kind } = useSearch({ from: "/shell/imports" });
  const navigate = useNavigate();
  const me = useMe().data;
  const query = useRoute(listImports, { query: { kind } }, { keep: true, every: (data) => (data?.rows.some((row) => row.state === "running") ? 2000 : false) });
  const maySend = me !== undefined && sendableKinds(me).length > 0;
  const sendButton = maySend ? (
    <Link to="/imports/new">
      <Button type="primary" data-move="new-import" tabIndex={-1}>
        {say("send")}
      </Button>
    </Link>
  ) : null;
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        <Link to="/catalogue">{say("catalogue")}</Link>
        {sendButton}
      </PageHead>
      <div className="panel">
        <div style={{ marginBottom: 12 }}>
          <Select
            aria-label={say("kind")}
            data-filter="kind"
            style={{ minWidth: 200 }}
            value={kind ?? ""}
            onChange={(value) => void navigate({ to: "/imports", search: { kind: importKinds.find((one) => one === value) } })}
            options={[{ value: "", label: say("anyKind") }, ...importKinds.map((one) => ({ value: one as string, label: read(kindLabels[one]) }))]}
          />
        </div>
        <Loaded query={query}>{(data) => <ImportsTable rows={data.rows} empty={<Nothing text={say(kind === undefined ? "none" : "noneKind")}>{sendButton}</Nothing>} />}</Loaded>
      </div>
    </main>
  );
}
