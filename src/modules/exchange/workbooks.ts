// Workbooks that go back to a supplier: the returned rows with their reasons, and the empty template with its choices.
import type { Issue } from "../../core/issue.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { writeWorkbook } from "../../platform/spreadsheet.ts";
import type { Scheme } from "../../scheme/model.ts";
import { choiceSheet, choicesOf } from "../documents/service.ts";
import { idProposals } from "./check-row.ts";
import type { PeekedColumn } from "./peek.ts";
import type { Target } from "./targets.ts";

export type ReturnedRows = {
  readonly fileName: string;
  readonly columns: readonly PeekedColumn[];
  /** Lines of `[row number, cells]`. */
  readonly rows: string;
  readonly issues: ReadonlyMap<number, readonly Issue[]>;
  readonly counts: { readonly rows: number; readonly accepted: number; readonly returned: number };
  readonly today: string;
};

export const NUMBER = "原行号 Row";
export const REASON = "原因 Reason";

/** Sheet 退回行 has the reason in front and the rows as they came, faulty cells coloured with a comment; sheet 说明 says what to do. */
export async function errorWorkbook(returned: ReturnedRows): Promise<Uint8Array> {
  const rows: Cell[][] = [[REASON, NUMBER, ...returned.columns.map((column) => column.heading)]];
  const marks: { row: number; column: number; note: string }[] = [];
  for (const line of returned.rows.split("\n")) {
    if (line === "") continue;
    const [no, cells] = JSON.parse(line) as [number, Cell[]];
    const issues = (returned.issues.get(no) ?? []).filter((issue) => issue.severity === "block");
    for (const issue of issues) {
      const column = returned.columns.find((one) => issue.paths.includes(one.heading))?.column;
      if (column !== undefined) marks.push({ row: rows.length, column: column + 2, note: noteOf(issue, cells[column], returned.today) });
    }
    rows.push([issues.map((issue) => `${issue.message.zh} / ${issue.message.en}`).join("\n"), no, ...cells]);
  }
  const { counts } = returned;
  const explain: Cell[][] = [
    ["退回行说明", "Returned rows"],
    [`来源文件：${returned.fileName}`, `File: ${returned.fileName}`],
    [`共 ${counts.rows} 行，采用 ${counts.accepted} 行，退回 ${counts.returned} 行。`, `${counts.rows} rows: ${counts.accepted} accepted, ${counts.returned} returned.`],
    ["请按“原因”改正着色的单元格，然后把本工作簿重新上传；“原因”和“原行号”两列不必删除。", "Correct the coloured cells as the reasons say and upload this workbook again; the columns Reason and Row may stay."],
    ["标为“（已拒绝）”的内容疑似部队番号，系统没有保存，请改填部队代号或删去。", "Cells marked （已拒绝） seemed to name a military unit and were not kept; write the cover code or leave them out."],
  ];
  return writeWorkbook([
    { name: "退回行", rows, headRows: 1, widths: [60, 10, ...returned.columns.map(() => 18)], textColumns: returned.columns.map((column) => column.column + 2), marks },
    { name: "说明", rows: explain, widths: [80, 100], headRows: 1 },
  ]);
}

/** The supplier's own workbook may hold whole numbers that the mistyped one could have been. */
function noteOf(issue: Issue, cell: Cell | undefined, today: string): string {
  const text = `${issue.message.zh}\n${issue.message.en}`;
  if (!issue.code.startsWith("id-") || typeof cell !== "string") return text;
  const proposals = idProposals(cell, today);
  return proposals.length === 0 ? text : `${text}\n可能是 / Perhaps: ${proposals.join("、")}`;
}

/** Sheets: the list with its headings (required ones end in *), 选项 with the labels of each choice, 说明. */
export async function templateWorkbook(name: string, scheme: Scheme, targets: readonly Target[]): Promise<Uint8Array> {
  const offered = targets.map((target) => choicesOf(target.codeSet, target.item));
  const options = choiceSheet("选项", offered);
  const choices = targets.flatMap((target, column) => {
    const own = offered[column];
    return own ? [options.ruleOf(own, column, target.item.kind === "codes")] : [];
  });
  const heads = targets.map((target) => `${target.field?.headings[0] ?? target.label.zh}${target.required ? "*" : ""}`);
  const texts = targets.flatMap((target, column) => (["id-number", "phone", "area", "text", "date", "month"].includes(target.item.kind) ? [column] : []));
  const notes: Cell[][] = [
    [`${scheme.label.zh}：${name}`, scheme.label.en],
    ["带 * 的列必须填写；列的顺序和名称请勿改动。", "Columns with * must be filled in; keep the order and the headings."],
    ["日期写作 1978-06-15 或 1978/06/15；区划写12位代码；选项写“选项”表中的文字，多选用“、”隔开。", "Dates as 1978-06-15 or 1978/06/15; areas as 12 digits; choices as in the sheet of options, several joined with 、."],
    ["身份证号等长数字请保持“文本”格式。禁止填写部队番号，只能写部队代号。", "Keep long numbers as text. Never write the name of a military unit; use its cover code."],
    ...targets.map((target): Cell[] => [`${target.label.zh}${target.required ? "（必填）" : ""}`, target.item.label.en]),
  ];
  return writeWorkbook([
    { name, rows: [heads], headRows: 1, widths: heads.map((head) => Math.max(12, head.length * 2 + 2)), textColumns: texts, choices },
    ...(options.sheet ? [options.sheet] : []),
    { name: "说明", rows: notes, headRows: 1, widths: [70, 90] },
  ]);
}
