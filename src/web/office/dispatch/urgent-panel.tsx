// On a county lead's own page: late and due cases first, each with its clock in working days; every rate with its base.
import { Alert } from "antd";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listUrgentCases } from "../../../modules/dispatch/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { ClimbTag } from "./climb-tag.tsx";
import { caseStateLabels, workingClock } from "./clock.ts";
import { moreWords } from "./more-words.ts";
import { dispatchWords } from "./words.ts";

type Urgent = ReplyOf<typeof listUrgentCases>;
type Row = Urgent["rows"][number];

function WorkingClock({ row }: { readonly row: Row }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  const { tone, text } = workingClock(row.workingDays, row.overdue);
  return (
    <span data-clock={tone} style={{ whiteSpace: "nowrap" }}>
      <span style={{ color: tone === "late" ? "#b42318" : tone === "soon" ? "#8a5a00" : "#1a1f26", fontWeight: tone === "calm" ? 400 : 700 }}>{read(text)}</span>
      <span className="quiet number" style={{ display: "block" }}>{say("dueOn", { date: row.dueOn })}</span>
    </span>
  );
}

export function UrgentPanel(): ReactNode {
  const say = usePhrases(moreWords);
  const words = usePhrases(dispatchWords);
  const read = useText();
  const query = useRoute(listUrgentCases, {});
  return (
    <section className="panel" data-urgent>
      <h2>{say("urgentTitle")}</h2>
      <Loaded query={query}>
        {(data) => (
          <>
            <div style={{ display: "flex", flexWrap: "wrap", gap: "12px 40px", marginBottom: 12 }}>
              <Sum label={say("overdue")} {...(data.late.count > 0 ? { tone: "#b42318" } : {})}><Rate part={data.late.count} base={data.late.base} /></Sum>
              <Sum label={say("soon")}><Rate part={data.soon.count} base={data.soon.base} /></Sum>
              <Sum label={say("inTime")}><Rate part={data.all.answeredInTime.count} base={data.all.answeredInTime.base} /></Sum>
              <Sum label={say("closed")}><Rate part={data.all.closedByCheck.count} base={data.all.closedByCheck.base} /></Sum>
              <Sum label={say("climbed")}><Rate part={data.all.climbed.count} base={data.all.climbed.base} /></Sum>
            </div>
            <p className="quiet" style={{ marginTop: 0 }}>{say("urgentHelp")}</p>
            {data.years.map((year) => <Alert key={year.year} type="warning" showIcon data-year={year.year} title={say(year.entered ? "yearUnverified" : "yearMissing", { year: year.year })} style={{ marginBottom: 12 }} />)}
            <RowTable<Row>
              rows={data.rows}
              empty={say("urgentNone")}
              columns={[
                { title: words("person"), key: "person", render: (_, row) => <Link to="/cases/$county/$id" params={{ county: String(row.county), id: row.id }} data-urgent-case={row.id}>{row.personName}</Link> },
                { title: words("clock"), key: "clock", render: (_, row) => <><WorkingClock row={row} /><ClimbTag row={row} /></> },
                { title: words("group"), key: "group", render: (_, row) => read(row.groupLabel) },
                { title: words("state"), key: "state", render: (_, row) => read(caseStateLabels[row.state]) },
                { title: words("area"), key: "area", render: (_, row) => <span title={row.area.fullName}>{row.area.name}</span> },
              ]}
            />
            <p style={{ marginBottom: 0, display: "flex", gap: 20 }}>
              <Link to="/cases" search={{ overdue: true }}>{say("allLate")}</Link>
              <Link to="/cases/league">{say("league")}</Link>
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
