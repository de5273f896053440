// One report: its sections with sentences, words and tables, figures with their base; who signed it, what can be done next; to read, print and download.
import { Alert, Button } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { getAnnouncement, getReport, getReportDocument, getReportPdf, getReportWorkbook } from "../../../modules/reports/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { Bars, Figures, TableView } from "./figure-tables.tsx";
import { Hands, Remarks, type Report, Steps } from "./report-moves.tsx";
import { reportsWords } from "./words.ts";

function Downloads({ report }: { readonly report: Report }): ReactNode {
  const say = usePhrases(reportsWords);
  const params = { county: report.county, id: report.id };
  return (
    <div className="no-print" style={{ display: "flex", flexWrap: "wrap", gap: 12, marginBottom: 16 }}>
      <Button data-move="report-xlsx" href={fileAddress(getReportWorkbook, { params, query: {} })}>
        {say("workbook")}
      </Button>
      {(["zh", "en"] as const).map((lang) => (
        <Button key={lang} data-move={`report-docx-${lang}`} href={fileAddress(getReportDocument, { params, query: { lang } })}>
          {say(lang === "zh" ? "documentZh" : "documentEn")}
        </Button>
      ))}
      {(["zh", "en"] as const).map((lang) => (
        <Button key={lang} data-move={`report-pdf-${lang}`} href={fileAddress(getReportPdf, { params, query: { lang } })}>
          {say(lang === "zh" ? "pdfZh" : "pdfEn")}
        </Button>
      ))}
      <Button data-move="print" onClick={() => window.print()}>
        {say("print")}
      </Button>
    </div>
  );
}

function Section({ report, section }: { readonly report: Report; readonly section: Report["sections"][number] }): ReactNode {
  const read = useText();
  return (
    <>
      <section className="panel" aria-label={read(section.heading)}>
        <h2>{read(section.heading)}</h2>
        {report.paragraphs
          .filter((paragraph) => paragraph.section === section.key)
          .map((paragraph, i) => (
            <p key={i} style={{ fontSize: 17, lineHeight: 1.8, margin: "8px 0 0" }}>
              {read(paragraph)}
            </p>
          ))}
        <Remarks key={report.contentDigest} report={report} section={section} />
      </section>
      {section.tables.includes("areas") ? <Bars table={report.tables.find((table) => table.key === "areas")} /> : null}
      {report.tables.filter((table) => section.tables.includes(table.key)).map((table) => <TableView key={table.key} table={table} />)}
    </>
  );
}

function Announcement({ report }: { readonly report: Report }): ReactNode {
  const say = usePhrases(reportsWords);
  const read = useText();
  const query = useRoute(getAnnouncement, { params: { county: report.county, id: report.id } }, { enabled: report.released });
  if (!report.released || !query.data || query.data.paragraphs.length === 0) return null;
  return (
    <section className="panel" aria-label={say("announcement")} data-announcement>
      <h2>{say("announcement")}</h2>
      {query.data.paragraphs.map((paragraph, i) => (
        <p key={i} style={{ fontSize: 17, lineHeight: 1.8, margin: "8px 0 0" }}>
          {read(paragraph)}
        </p>
      ))}
    </section>
  );
}

function ReportView({ report }: { readonly report: Report }): ReactNode {
  const say = usePhrases(reportsWords);
  const read = useText();
  return (
    <article className="report">
      <PageHead title={read(report.title)}>
        <span className="spread" />
        <span className="no-print">
          <Link to="/reports">{say("back")}</Link>
        </span>
      </PageHead>
      {report.fictional ? <Alert type="warning" showIcon title={say("fiction")} style={{ marginBottom: 12 }} /> : null}
      {report.released ? null : <Alert type="info" showIcon title={say("notReleased")} style={{ marginBottom: 12 }} />}
      <p className="quiet" style={{ margin: "0 0 12px" }}>
        {say("page", { area: report.area.fullName, at: moment(report.asOf) })}{punct.gap}{report.knownOn === undefined ? "" : `${say("knownOn")} ${report.knownOn}${punct.gap}`}
        {say("madeBy")} {report.madeBy}
      </p>
      <Downloads report={report} />
      <Steps key={report.state} report={report} />
      {report.sections.map((section) => (
        <Section key={section.key} report={report} section={section} />
      ))}
      <Figures figures={report.figures} />
      <Hands report={report} />
      <Announcement report={report} />
      <p className="quiet" style={{ overflowWrap: "anywhere" }} title={say("digestHelp")}>
        {say("digest")}{punct.colon}<code>{report.digest}</code>
      </p>
    </article>
  );
}

export function ReportPage(): ReactNode {
  const { county, id } = useParams({ from: "/shell/reports/$county/$id" });
  const query = useRoute(getReport, { params: { county: Number(county), id } });
  return (
    <main className="page">
      <Loaded query={query}>{(report) => <ReportView report={report} />}</Loaded>
    </main>
  );
}
