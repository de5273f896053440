// A cross-table as it is taken along: XLSX and CSV with base, moment, filter and the mark of hidden counts.
import type { ReplyOf } from "../../core/route.ts";
import { asCsv, asXlsx, cell, hiddenMeans, type Language, type Line } from "./along.ts";
import type { crossTable } from "./contract.ts";

type Table = ReplyOf<typeof crossTable>;

/** Head lines that say what the numbers are, then the table with its totals. */
export function linesOf(table: Table, language: Language): Line[] {
  const t = (zh: string, en: string): string => (language === "zh" ? zh : en);
  const title = table.axes.map(({ label }) => label[language]).join(" × ");
  const unit = table.of === "people" ? t("人数", "People") : t("户数", "Households");
  return [
    [`${table.area.fullName} ${title} ${unit}`],
    [`${t("数据时点", "As of")} ${table.asOf}`, `${t("合计", "Base")} ${cell(table.base)}`, table.filter[language] === "" ? "" : `${t("筛选", "Only")} ${table.filter[language]}`, hiddenMeans[language]],
    [table.axes[0]?.label[language] ?? "", ...table.columns.map((values) => values.map(({ label }) => label[language]).join(" / ")), t("合计", "Total")],
    ...table.rows.map((row, i) => [row.label[language], ...table.columns.map((_, j) => cell(table.cells[i]?.[j])), cell(table.cells[i]?.at(-1))]),
    [t("合计", "Total"), ...table.columns.map((_, j) => cell(table.cells.at(-1)?.[j])), cell(table.cells.at(-1)?.at(-1))],
  ];
}

export const crossCsv = (table: Table, language: Language): Buffer => asCsv(linesOf(table, language));

export const crossXlsx = (table: Table, language: Language): Promise<Buffer> => asXlsx(linesOf(table, language), language === "zh" ? "交叉表" : "Cross-table", [26, ...table.columns.map(() => 16), 12]);
