// What became of the rows of a file: the sums with their base, and the outcome of each row with its reasons.
import { Alert, Button, Radio, Table } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getErrorWorkbook, getReturnedFile, listImportRows } from "../../../modules/exchange/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { PageTurn } from "../../shared/page-turn.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { authorisationWords } from "./authorisation-words.ts";
import type { ImportView } from "./mapping-panel.tsx";
import { Unread } from "./reading-panel.tsx";
import { exchangeWords } from "./words.ts";

type Row = ReplyOf<typeof listImportRows>["rows"][number];

function Reasons({ row }: { readonly row: Row }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  if (row.issues.length === 0) return <span className="quiet">{say("noNotes")}</span>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {row.issues.map((issue, i) => (
        <li key={`${issue.code}-${i}`} data-issue={issue.code} className={issue.severity === "block" ? "fault-block" : "fault-explain"}>
          {read(issue.message)}
        </li>
      ))}
    </ul>
  );
}

function RowsTable({ view }: { readonly view: ImportView }): ReactNode {
  const say = usePhrases(exchangeWords);
  const lang = useLang();
  const navigate = useNavigate();
  const { outcome = "returned", after } = useSearch({ from: "/shell/imports/$county/$id" });
  const params = { county: String(view.county), id: view.id };
  const query = useRoute(listImportRows, { params: { county: view.county, id: view.id }, query: { outcome, after } }, { keep: true });
  const authorised = usePhrases(authorisationWords);
  const go = (search: { outcome?: "accepted" | "left-out"; after?: string }): void => void navigate({ to: "/imports/$county/$id", params, search });
  const kept = outcome === "returned" ? {} : { outcome };
  return (
    <>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 16, alignItems: "center", margin: "16px 0 12px" }}>
        <Radio.Group
          name="outcome"
          aria-label={say("outcome")}
          optionType="button"
          value={outcome}
          onChange={(event) => go(event.target.value === "returned" ? {} : { outcome: event.target.value as "accepted" | "left-out" })}
          options={[
            { value: "returned", label: say("showReturned") },
            { value: "accepted", label: say("showAccepted") },
            ...(view.leftOut > 0 || outcome === "left-out" ? [{ value: "left-out", label: authorised("leftOut") }] : []),
          ]}
        />
        <span role="status" className="quiet">
          {query.data ? say("total", { n: count(query.data.total, lang) }) : ""}
        </span>
      </div>
      <Loaded query={query}>
        {(data) => (
          <>
            <Table<Row>
              size="small"
              rowKey="row"
              dataSource={data.rows}
              pagination={false}
              locale={{ emptyText: <Nothing text={outcome === "left-out" ? authorised("noLeftOut") : say(outcome === "returned" ? "noReturned" : "noAccepted")} /> }}
              columns={[
                { title: say("row"), key: "row", width: 120, align: "right", render: (_, row) => <span className="number">{row.row}</span> },
                { title: say(outcome === "accepted" ? "notes" : "reasons"), key: "issues", render: (_, row) => <Reasons row={row} /> },
              ]}
            />
            <PageTurn after={after} next={data.next} onTurn={(next) => go({ ...kept, after: next })} />
          </>
        )}
      </Loaded>
    </>
  );
}

export function ResultPanel({ view, children }: { readonly view: ImportView; readonly children?: ReactNode }): ReactNode {
  const say = usePhrases(exchangeWords);
  const lang = useLang();
  const wiped = view.state === "wiped";
  const book = fileAddress(getErrorWorkbook, { params: { county: view.county, id: view.id } });
  return (
    <section className="panel">
      <h2>{say("resultTitle")}</h2>
      <div style={{ display: "flex", flexWrap: "wrap", gap: "12px 40px" }} data-result={`${view.accepted}+${view.returned}=${view.rows}`}>
        <Sum label={say("fileRows")}>
          <span className="number">{count(view.rows, lang)}</span>
        </Sum>
        <Sum label={say("accepted")} tone="#14532d">
          <Rate part={view.accepted} base={view.rows} />
        </Sum>
        <Sum label={say("returned")} {...(view.returned > 0 ? { tone: "#b42318" } : {})}>
          <Rate part={view.returned} base={view.rows} />
        </Sum>
      </div>
      {view.accepted + view.returned === view.rows ? null : <Alert type="error" showIcon title={say("unequal")} style={{ marginTop: 12 }} />}
      <Unread view={view} />
      {wiped ? (
        <Alert type="info" showIcon title={say("wiped")} style={{ marginTop: 12 }} />
      ) : (
        <>
          <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center", marginTop: 16 }}>
            {view.returned > 0 ? (
              <>
                <Button href={book} data-move="error-workbook">
                  {say("errorBook")}
                </Button>
                {view.reading !== undefined && view.reading.format !== "xlsx" ? (
                  <Button href={fileAddress(getReturnedFile, { params: { county: view.county, id: view.id } })} data-move="returned-file">
                    {say("returnedFile")}
                  </Button>
                ) : null}
                <span className="quiet">{say("errorBookHelp")}</span>
              </>
            ) : null}
            {children}
          </div>
          <RowsTable view={view} />
        </>
      )}
    </section>
  );
}
