// The departments of the round: what each is asked for and what it means, its agreement, when it is due, what came and how good it was.
import { Button, Table } from "antd";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import type { getCatalogue } from "../../../modules/exchange/contract.ts";
import { Rate } from "../../shared/record-marks.tsx";
import { Nothing } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { agreementLabels, dueLabels, dueNow, planText, ruleText } from "./catalogue.ts";
import { catalogueWords } from "./catalogue-words.ts";

export type Entry = ReplyOf<typeof getCatalogue>["departments"][number];
type Field = Entry["fields"][number];

function Items({ entry }: { readonly entry: Entry }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  return (
    <div data-items={entry.department}>
      {entry.economicCheck ? <p className="fault-explain">{say("economic")}</p> : null}
      <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={read(entry.label)}>
      <Table<Field>
        size="small"
        rowKey="key"
        dataSource={entry.fields}
        pagination={false}
        columns={[
          { title: say("item"), key: "item", render: (_, field) => <b>{read(field.label)}</b> },
          { title: say("headings"), key: "headings", render: (_, field) => <span style={{ display: "inline-block", maxWidth: 320, whiteSpace: "normal" }}>{field.headings.join(punct.list)}</span> },
          { title: say("meaning"), key: "meaning", render: (_, field) => (field.compares ? read(field.compares) : <span className="quiet">{say(field.join === undefined ? "contextOnly" : "joinOnly")}</span>) },
          { title: say("rule"), key: "rule", render: (_, field) => (field.rule === undefined ? "" : read(ruleText(field.rule, field.tolerance))) },
          { title: say("finding"), key: "finding", render: (_, field) => (field.finding ? `${field.finding.key} ${read(field.finding.label)}` : "") },
          { title: say("covered"), key: "covered", render: (_, field) => <span className={field.inAgreement ? "" : "fault-explain"}>{say(field.inAgreement ? "yes" : "no")}</span> },
        ]}
      />
      </div>
      {entry.absences.length > 0 ? <p className="quiet">{say("absences", { names: entry.absences.map((one) => `${one.key} ${read(one.label)}`).join(punct.list) })}</p> : null}
    </div>
  );
}

function DueCell({ entry }: { readonly entry: Entry }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  const due = dueNow(entry.dues);
  if (!entry.plan) return <span className="quiet">{say("noPlan")}</span>;
  return (
    <span>
      {read(planText(entry.plan))}
      {due ? (
        <div data-due={due.state} className={due.state === "late" ? "fault-block" : due.state === "due" ? "fault-explain" : "quiet"}>
          <span className="number">{due.on}</span> {read(dueLabels[due.state])}
        </div>
      ) : null}
    </span>
  );
}

export function CatalogueTable({ departments, mayPlan, onPlan }: { readonly departments: readonly Entry[]; readonly mayPlan: boolean; readonly onPlan: (entry: Entry) => void }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  return (
    <Table<Entry>
      size="small"
      rowKey="department"
      dataSource={[...departments]}
      pagination={false}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <Nothing text={say("none")} /> }}
      expandable={{ expandedRowRender: (entry) => <Items entry={entry} /> }}
      columns={[
        { title: say("department"), key: "department", render: (_, entry) => <b data-department={entry.department} style={{ display: "inline-block", whiteSpace: "normal", maxWidth: 170 }}>{read(entry.label)}</b> },
        { title: say("office"), key: "office", render: (_, entry) => (entry.office && <div style={{ whiteSpace: "normal", maxWidth: 150 }}>{entry.office.name}</div>) ?? <span className="quiet">{say("noOffice")}</span> },
        {
          title: say("agreement"),
          key: "agreement",
          render: (_, entry) =>
            entry.agreement ? (
              <span className={entry.agreement.state === "in-force" ? "" : "fault-block"}>
                {say("until", { state: read(agreementLabels[entry.agreement.state]), to: entry.agreement.toOn })}
                <div className="quiet">{entry.agreement.document}</div>
              </span>
            ) : (
              <span className="fault-block">{say("noAgreement")}</span>
            ),
        },
        { title: say("timetable"), key: "due", render: (_, entry) => <DueCell entry={entry} /> },
        {
          title: say("last"),
          key: "last",
          render: (_, entry) =>
            entry.last ? (
              <Link to="/imports/$county/$id" params={{ county: String(entry.last.county), id: entry.last.id }}>
                <span className="number">{entry.last.asOf ?? entry.last.at.slice(0, 10)}</span><br /><Rate part={entry.last.accepted} base={entry.last.rows} />
              </Link>
            ) : (
              <span className="quiet">{say("nothingCame")}</span>
            ),
        },
        { title: say("freshness"), key: "days", align: "right", render: (_, entry) => (entry.last ? <span className="number">{say("days", { n: entry.last.days })}</span> : "") },
        { title: say("errors"), key: "errors", align: "right", render: (_, entry) => (entry.errors ? <Rate part={entry.errors.wrong} base={entry.errors.base} /> : <span className="quiet">{say("noErrors")}</span>) },
        ...(mayPlan ? [{ title: "", key: "moves", fixed: "right" as const, render: (_: unknown, entry: Entry) => <Button data-move="set-plan" aria-label={`${say("setPlan")} ${read(entry.label)}`} onClick={() => onPlan(entry)}>{say("setPlan")}</Button> }] : []),
      ]}
    />
  );
}
