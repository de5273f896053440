// A file as it arrives: what it is, from its content. Parquet becomes a text here; everything after knows workbooks and texts only.
import fs from "node:fs/promises";
import path from "node:path";
import type { Text } from "../../core/issue.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { LinkageFault } from "../../linkage/fault.ts";
import { parquetToCsv } from "../../linkage/parquet-rows.ts";
import { mostFileBytes, openSpreadsheet, type Spreadsheet } from "../../platform/spreadsheet.ts";

/** How the file came, kept so that returned rows go back the same way. */
export type Reading = { readonly format: "xlsx" | "csv" | "parquet"; readonly encoding?: string; readonly delimiter?: string; readonly bom?: boolean; readonly evidence?: Text };
export type Arrived = { readonly book: Spreadsheet; readonly bytes: Buffer; readonly reading: Reading };

/** @param folder for work files. @throws Problem file-not-readable in one sentence, file-too-large */
export async function openArrived(folder: string, bytes: Buffer): Promise<Arrived> {
  if (bytes.length >= 4 && bytes.toString("latin1", 0, 4) === "PAR1") {
    const csv = await unpacked(folder, bytes);
    return { book: openSpreadsheet(csv), bytes: csv, reading: { format: "parquet", evidence: { zh: "按 Parquet 读取", en: "Read as Parquet" } } };
  }
  const book = openSpreadsheet(bytes);
  const { dialect } = book;
  return { book, bytes, reading: { format: book.format, ...(dialect && { encoding: dialect.encoding, delimiter: dialect.delimiter, bom: dialect.bom, evidence: dialect.evidence }) } };
}

/** A folder under the work folder that is gone afterwards, whatever happens. */
export async function inWorkFolder<T>(workFolder: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = path.join(workFolder, `file-${newId()}`);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function unpacked(workFolder: string, bytes: Buffer): Promise<Buffer> {
  if (bytes.length > mostFileBytes) throw new Problem("file-too-large", { zh: "文件超过 64 MB，请分成几个文件上传", en: "The file is larger than 64 MB; split it" });
  try {
    return await inWorkFolder(workFolder, (folder) => parquetToCsv(bytes, folder, mostFileBytes));
  } catch (error) {
    if (!(error instanceof LinkageFault)) throw error;
    if (error.code === "no-memory") throw new Problem("file-too-large", { zh: "Parquet 文件展开后超过 64 MB，请分成几个文件上传", en: "The Parquet file unpacks to more than 64 MB; split it" });
    if (error.code === "settings") throw new Problem("file-not-readable", { zh: "Parquet 文件中有列表或嵌套结构的列，请只保留普通列", en: "The Parquet file has columns that are lists or structures; keep plain columns only" });
    throw new Problem("file-not-readable", { zh: "Parquet 文件不完整或已损坏，请重新导出", en: "The Parquet file is truncated or damaged; export it again" });
  }
}
