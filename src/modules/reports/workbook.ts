// The county report as a workbook: one sheet of main figures, one per table; every rate beside its count and base.
import { writeWorkbook, type Sheet } from "../../platform/spreadsheet.ts";
import type { Language } from "./document.ts";
import type { ReportView } from "./service.ts";

/** @returns bytes of an XLSX file */
export function reportWorkbook(report: ReportView, language: Language = "zh"): Promise<Uint8Array> {
  const main: Sheet = {
    name: language === "zh" ? "主要数据" : "Main figures",
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
  const tables = report.tables.map((table): Sheet => ({
    name: table.title[language].replace(/[\\/?*[\]:]/g, " ").slice(0, 28),
    rows: [table.columns.map((column) => column[language]), ...table.rows.map((row) => row.map((cell) => (typeof cell === "object" ? cell[language] : cell)))],
  }));
  return writeWorkbook([main, ...tables]);
}
