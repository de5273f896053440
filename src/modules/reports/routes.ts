// Binds reports and their files.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { getReport, getReportDocument, getReportWorkbook, listReports, makeReport } from "./contract.ts";
import { reportDocument } from "./document.ts";
import { leavingReport } from "./leaving.ts";
import { makeReport as make, openReport, reports } from "./service.ts";
import { reportWorkbook } from "./workbook.ts";

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export const routes = (platform: Platform): Binding[] => [
  bind(makeReport, (tx, { body }) => make(tx, platform, body.campaign)),
  bind(listReports, reports),
  bind(getReport, (tx, { params }) => openReport(tx, params.county, params.id)),
  bind(getReportWorkbook, async (tx, { params }) => {
    const report = await openReport(tx, params.county, params.id);
    return { fileName: `${report.title.zh}.xlsx`, mime: xlsx, bytes: await reportWorkbook(leavingReport(report)) };
  }),
  bind(getReportDocument, async (tx, { params, query }) => {
    const report = await openReport(tx, params.county, params.id);
    const language = query.lang ?? "zh";
    return { fileName: `${report.title[language]}.docx`, mime: docx, bytes: await reportDocument(leavingReport(report), language) };
  }),
];
