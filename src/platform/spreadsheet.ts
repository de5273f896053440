// Workbooks in and out, behind one interface so that the libraries can be changed: what a file is comes from its
// content, never from its name; what we write cannot be taken for a formula.
import { writeXlsx, type CellStyle, type CellValue, type WriteSheet } from "hucre";
import { Problem } from "../core/problem.ts";
import { type Dialect, dialectOf, encodingOf } from "./csv-dialect.ts";
import { csvRows } from "./csv-rows.ts";
import type { Cell, SheetRow } from "./sheet-row.ts";
import { openXlsx } from "./xlsx-rows.ts";
import { withTextColumns } from "./xlsx-text-columns.ts";

export type Spreadsheet = {
  readonly format: "xlsx" | "csv";
  /** How a text file is written; absent for workbooks. */
  readonly dialect?: Dialect;
  /** Visible sheets in their order; a CSV has one, named "". */
  readonly sheets: readonly string[];
  /** All rows in chunks, no faster than they are taken. @throws Problem sheet-not-found, file-not-readable, file-too-large */
  rows(sheet: string): AsyncGenerator<readonly SheetRow[]>;
  /** How many rows the sheet seems to have, for showing progress; 0 when it does not say. */
  expectedRows(sheet: string): Promise<number>;
};

export const mostFileBytes: number = 64 << 20;

const refuse = (zh: string, en: string): Problem => new Problem("file-not-readable", { zh, en });
const startsWith = (bytes: Buffer, hex: string): boolean => bytes.subarray(0, hex.length / 2).toString("hex") === hex;

/** Opens a workbook or a CSV. @throws Problem file-not-readable saying what it is and what to do, file-too-large over 64 MB */
export function openSpreadsheet(bytes: Buffer): Spreadsheet {
  if (bytes.length === 0) throw refuse("文件是空的", "The file is empty");
  if (bytes.length > mostFileBytes) throw new Problem("file-too-large", { zh: "文件超过 64 MB，请分成几个文件上传", en: "The file is larger than 64 MB; split it" });
  if (startsWith(bytes, "504b0304")) return { format: "xlsx", ...openXlsx(bytes) };
  if (startsWith(bytes, "d0cf11e0a1b11ae1")) throw ole(bytes);
  if (startsWith(bytes, "50415231")) throw refuse("Parquet 文件只能作为部门比对数据上传", "Parquet files are taken as departments' lists only");
  if (startsWith(bytes, "25504446")) throw refuse("这是 PDF，不是表格", "This is a PDF, not a workbook");
  if (/^\s*(<!doctype html|<html|<table|<\?xml)/iu.test(bytes.toString("latin1", 0, 512))) throw refuse("这是网页或 XML 格式的表格，请用表格软件打开后另存为 xlsx", "This is a web page or XML; open it and save it as xlsx");
  const encoding = encodingOf(bytes);
  if (encoding === undefined) throw refuse("这不是表格文件，请上传 xlsx 或 csv", "This is not a spreadsheet; upload xlsx or csv");
  const dialect = dialectOf(bytes, encoding);
  return {
    format: "csv",
    dialect,
    sheets: [""],
    rows: (sheet) => {
      if (sheet !== "") throw new Problem("sheet-not-found");
      return csvRows(bytes, dialect);
    },
    expectedRows: async () => countLines(bytes),
  };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** Old .xls and encrypted .xlsx share their container; the encrypted one names its stream. */
const ole = (bytes: Buffer): Problem =>
  bytes.includes(Buffer.from("EncryptedPackage", "utf16le"))
    ? refuse("文件设有打开密码，请取消密码后再上传", "The file is protected by a password; remove it first")
    : refuse("这是旧版 .xls 格式，请在表格软件中另存为 xlsx 后上传", "This is an old .xls workbook; save it as xlsx");

export type OutSheet = {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** Width of each column in characters. */
  readonly widths?: readonly number[];
  /** Rows at the top that are bold and stay in view. */
  readonly headRows?: number;
  /** Columns (0-based) whose cells are text whatever is typed, such as numbers of identity cards. */
  readonly textColumns?: readonly number[];
  /** Cells (0-based) that are coloured and carry a comment. */
  readonly marks?: readonly { readonly row: number; readonly column: number; readonly note: string }[];
  /** Choice lists: cells of a column from `fromRow` (0-based) down take one of the values of another sheet's range, such as `'选项'!$A$2:$A$9`. */
  readonly choices?: readonly { readonly column: number; readonly fromRow: number; readonly range: string; readonly strict: boolean; readonly lastRow?: number }[];
  /** Kept out of sight: it serves the choice lists of other sheets. */
  readonly hidden?: true;
  /** Columns stay in view at the left. */
  readonly headColumns?: number;
  /** Long texts are broken into lines within their column. */
  readonly wrap?: true;
};

const LAST_CHOICE_ROW = 20_000;
const HEADING: CellStyle = { font: { bold: true }, alignment: { wrapText: true, vertical: "center" }, fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFE8EEF4" } } };

/** An XLSX with these sheets. Texts that a sheet program could take for a formula are kept as text with an apostrophe in front. */
export async function writeWorkbook(sheets: readonly OutSheet[]): Promise<Uint8Array> {
  return withTextColumns(await writeXlsx({ sheets: sheets.map(outSheet) }), sheets.map((sheet) => sheet.textColumns ?? []));
}

function outSheet(sheet: OutSheet): WriteSheet {
  const cells: NonNullable<WriteSheet["cells"]> = new Map();
  const rows = sheet.rows.map((row) => row.map((cell): CellValue => (typeof cell === "string" ? inert(cell) : cell)));
  for (let row = 0; row < (sheet.headRows ?? 0); row += 1) {
    for (const [column, value] of (rows[row] ?? []).entries()) cells.set(`${row},${column}`, { value, style: HEADING });
  }
  if (sheet.wrap === true) {
    for (const [row, line] of rows.entries()) {
      if (row < (sheet.headRows ?? 0)) continue;
      for (const [column, value] of line.entries()) if (typeof value === "string") cells.set(`${row},${column}`, { value, style: { alignment: { wrapText: true, vertical: "top" } } });
    }
  }
  for (const { row, column, note } of sheet.marks ?? []) {
    cells.set(`${row},${column}`, { value: rows[row]?.[column] ?? null, style: { fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFFFC7CE" } } }, comment: { author: "Qingce", text: note } });
  }
  const width = Math.max(sheet.widths?.length ?? 0, ...(sheet.textColumns ?? []).map((column) => column + 1));
  return {
    name: sheet.name,
    rows,
    cells,
    columns: Array.from({ length: width }, (_, column) => ({ width: sheet.widths?.[column] ?? 14, ...(sheet.textColumns?.includes(column) && { numFmt: "@" }) })),
    ...(sheet.headRows && { freezePane: { rows: sheet.headRows, ...(sheet.headColumns && { columns: sheet.headColumns }) } }),
    ...(sheet.hidden && { hidden: true }),
    dataValidations: (sheet.choices ?? []).map((choice) => ({
      type: "list" as const,
      formula1: choice.range,
      range: `${columnName(choice.column)}${choice.fromRow + 1}:${columnName(choice.column)}${choice.lastRow ?? LAST_CHOICE_ROW}`,
      allowBlank: true,
      showErrorMessage: true,
      errorStyle: choice.strict ? ("stop" as const) : ("warning" as const),
      errorTitle: "请从列表选择",
      errorMessage: "Choose from the list",
    })),
  };
}

/** A, B … Z, AA for column 0, 1 … 25, 26. */
export function columnName(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : columnName(Math.floor(column / 26) - 1) + columnName(column % 26);
}

const FORMULA_START = /^['\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]/u;
/** Text that no sheet program evaluates: what begins like a formula gets an apostrophe in front. `uninert` takes it off again. */
export const inert = (text: string): string => (FORMULA_START.test(text) ? `'${text}` : text);
/** The text before `inert`. */
export const uninert = (text: string): string => (text.startsWith("'") && FORMULA_START.test(text.slice(1)) ? text.slice(1) : text);
