// The county report: figures frozen at one moment, as page, workbook and document.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { areaName, bilingual, county, id, inCounty } from "../shapes.ts";

/** A figure never stands alone: `base` is what a rate is taken of. */
export const figure = Type.Object({ key: Type.String(), label: bilingual, count: Type.Integer(), base: Type.Optional(Type.Integer()) });
export const figureTable = Type.Object({ key: Type.String(), title: bilingual, columns: Type.Array(bilingual), rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), bilingual]))) });
export const reportView = Type.Object({
  county,
  id,
  kind: Type.String(),
  campaign: id,
  area: areaName,
  asOf: Type.String(),
  digest: Type.String(),
  madeBy: Type.String(),
  title: bilingual,
  fictional: Type.Boolean(),
  paragraphs: Type.Array(bilingual),
  figures: Type.Array(figure),
  tables: Type.Array(figureTable),
});
export const makeReport = route({ method: "POST", path: "/api/reports", permission: "report.make", summary: { zh: "生成县级工作报告", en: "Make the county report" }, body: Type.Object({ campaign: id }), reply: reportView });
export const listReports = route({
  method: "GET",
  path: "/api/reports",
  permission: "report.read",
  summary: { zh: "报告清单", en: "Reports" },
  reply: Type.Object({ rows: Type.Array(Type.Object({ county, id, kind: Type.String(), title: bilingual, asOf: Type.String(), digest: Type.String(), madeBy: Type.String() })) }),
});
export const getReport = route({ method: "GET", path: "/api/reports/:county/:id", permission: "report.read", summary: { zh: "查看报告", en: "One report" }, params: inCounty, reply: reportView });
export const getReportWorkbook = route({ method: "GET", path: "/api/reports/:county/:id/report.xlsx", permission: "report.read", summary: { zh: "下载报告工作簿", en: "The report as a workbook" }, params: inCounty, transfer: "file" });
export const getReportDocument = route({ method: "GET", path: "/api/reports/:county/:id/report.docx", permission: "report.read", summary: { zh: "下载报告文档", en: "The report as a document" }, params: inCounty, query: Type.Object({ lang: Type.Optional(Type.Union([Type.Literal("zh"), Type.Literal("en")])) }), transfer: "file" });
