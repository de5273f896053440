// The county report as a workbook: one sheet of main figures, one per table; every rate beside its count and base.
import { writeWorkbook, type OutSheet } from "../../platform/spreadsheet.ts";
import type { Language } from "./document.ts";
import type { ReportView } from "./service.ts";

/** @returns bytes of an XLSX file */
export function reportWorkbook(report: ReportView, language: Language = "zh"): Promise<Uint8Array> {
  const main: OutSheet = {
    name: language === "zh" ? "主要数据" : "Main figures",
    widths: [40, 14, 12, 12],
    rows: [
      [report.title[language]],
      [language === "zh" ? "统计时点" : "As of", report.asOf],
      [language === "zh" ? "数据摘要" : "Digest", report.digest],
      [],
      [language === "zh" ? "指标" : "Figure", language === "zh" ? "数量" : "Count", language === "zh" ? "基数" : "Base", language === "zh" ? "占比" : "Share"],
      ...report.figures.map((figure) => [figure.label[language], figure.count, figure.base ?? null, figure.base ? figure.count / figure.base : null]),
      [],
      ...report.paragraphs.map((text) => [text[language]]),
    ],
  };
  const tables = report.tables.map((table): OutSheet => ({
    name: table.title[language].replace(/[\\/?*[\]:]/g, " ").slice(0, 28),
    headRows: 1,
    widths: table.columns.map((_, i) => (i === 0 ? 22 : 14)),
    rows: [table.columns.map((column) => column[language]), ...table.rows.map((row) => row.map((cell) => (typeof cell === "object" ? cell[language] : cell)))],
  }));
  return writeWorkbook([main, ...tables]);
}
