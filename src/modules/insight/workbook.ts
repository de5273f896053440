// A cross-table as it is taken along: XLSX and CSV with base, moment, filter and the mark of hidden counts.
import type { ReplyOf } from "../../core/route.ts";
import { asCsv, asOfIn, asXlsx, cell, hiddenMeans, type Language, type Line } from "./along.ts";
import type { crossTable } from "./contract.ts";

type Table = ReplyOf<typeof crossTable>;

/** Head lines that say what the numbers are, each in the first column so that none is cut, then the table with its totals. */
export function linesOf(table: Table, language: Language): Line[] {
  const t = (zh: string, en: string): string => (language === "zh" ? zh : en);
  const title = table.axes.map(({ label }) => label[language]).join(" × ");
  // Of one axis the whole is the only column.
  const columns = table.axes.length === 1 ? [] : table.columns;
  const unit = table.of === "people" ? t("人数", "People") : t("户数", "Households");
  return [
    [`${table.area.fullName} ${title} ${unit}`],
    [`${asOfIn(table.asOf, language)} · ${t("合计", "Base")} ${cell(table.base)} ${table.of === "people" ? t("人", "people") : t("户", "households")}`],
    ...(table.filter[language] === "" ? [] : [[`${t("筛选", "Only")} ${table.filter[language]}`]]),
    [hiddenMeans[language]],
    [table.axes[0]?.label[language] ?? "", ...columns.map((values) => values.map(({ label }) => label[language]).join(" / ")), columns.length === 0 ? unit : t("合计", "Total")],
    ...table.rows.map((row, i) => [row.label[language], ...columns.map((_, j) => cell(table.cells[i]?.[j])), cell(table.cells[i]?.at(-1))]),
    [t("合计", "Total"), ...columns.map((_, j) => cell(table.cells.at(-1)?.[j])), cell(table.cells.at(-1)?.at(-1))],
  ];
}

export const crossCsv = (table: Table, language: Language): Buffer => asCsv(linesOf(table, language));

export function crossXlsx(table: Table, language: Language): Promise<Buffer> {
  const lines = linesOf(table, language);
  return asXlsx(lines, language === "zh" ? "交叉表" : "Cross-table", lines.length - table.rows.length - 1, [26, ...table.columns.map(() => 16), 12]);
}
