// The returned rows handed back in the format in which the file came: a text with the same mark and encoding, Parquet, or the workbook.
import iconv from "iconv-lite";
import type { Issue } from "../../core/issue.ts";
import { rowsToParquet } from "../../linkage/parquet-rows.ts";
import type { FileReply } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { inert } from "../../platform/spreadsheet.ts";
import { inWorkFolder, type Reading } from "./arrived-file.ts";
import { NUMBER, REASON, type ReturnedRows } from "./workbooks.ts";

/** Reasons of a row in one line, Chinese then English. */
export const reasonsOf = (issues: readonly Issue[]): string =>
  issues.filter((issue) => issue.severity === "block").map((issue) => `${issue.message.zh} / ${issue.message.en}`).join("； ");

function table(returned: ReturnedRows): string[][] {
  const rows = returned.rows.split("\n").flatMap((line): string[][] => {
    if (line === "") return [];
    const [no, cells] = JSON.parse(line) as [number, Cell[]];
    return [[reasonsOf(returned.issues.get(no) ?? []), String(no), ...cells.map((cell) => (cell === null ? "" : String(cell)))]];
  });
  return [[REASON, NUMBER, ...returned.columns.map((column) => column.heading)], ...rows];
}

/** A text as the file was: the same encoding and mark; UTF-16 always with its own. */
export function returnedText(returned: ReturnedRows, reading: Reading): Buffer {
  const { delimiter = ",", encoding = "utf-8" } = reading;
  const field = (text: string): string => {
    const safe = inert(text);
    return safe.includes(delimiter) || /["\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const text = `${table(returned).map((cells) => cells.map(field).join(delimiter)).join("\r\n")}\r\n`;
  return iconv.encode(text, encoding === "utf-8" ? "utf8" : encoding, { addBOM: encoding.startsWith("utf-16") || (encoding === "utf-8" && reading.bom === true) });
}

/** @param name of the file that came */
export async function returnedAs(platform: Platform, returned: ReturnedRows, reading: Reading): Promise<FileReply> {
  const name = `${returned.fileName.replace(/\.\w{1,7}$/u, "")}-退回行`;
  if (reading.format !== "parquet") return { fileName: `${name}${/\.(?:txt|tsv|dat|del)$/iu.exec(returned.fileName)?.[0] ?? ".csv"}`, mime: "text/csv", bytes: returnedText(returned, reading) };
  const [headings = [], ...rows] = table(returned);
  const bytes = await inWorkFolder(platform.workFolder, (folder) => rowsToParquet(headings, rows, folder));
  return { fileName: `${name}.parquet`, mime: "application/vnd.apache.parquet", bytes };
}
