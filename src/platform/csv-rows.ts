// Rows of a CSV or tab-separated text in UTF-8, GB18030 or UTF-16 with mark, decoded once and parsed in chunks.
import { Readable } from "node:stream";
import Papa from "papaparse";
import { Problem } from "../core/problem.ts";
import type { SheetRow } from "./spreadsheet.ts";

export type TextEncoding = "utf-8" | "gb18030" | "utf-16le";
const PROBE = 1 << 20;
const PIECE = 256 << 10;
const CHUNK = 500;

/** The encoding the bytes are valid in, or undefined when they are no text. A probe of the first megabyte decides. */
export function encodingOf(bytes: Buffer): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  const probe = bytes.subarray(0, PROBE);
  if (probe.includes(0)) return undefined;
  const valid = (encoding: TextEncoding): boolean => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(probe, { stream: true });
      return !/[\u0001-\u0008\u000e-\u001f]/u.test(text.slice(0, 4096));
    } catch {
      return false;
    }
  };
  return valid("utf-8") ? "utf-8" : valid("gb18030") ? "gb18030" : undefined;
}

/** Comma, tab or semicolon, whichever the first line with any of them has most of. */
const delimiterOf = (bytes: Buffer, encoding: TextEncoding): string => {
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 64 << 10), { stream: true });
  const line = head.split(/\r\n|\r|\n/u).find((text) => /[,\t;]/u.test(text)) ?? "";
  const count = (mark: string): number => line.split(mark).length;
  return [",", "\t", ";"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
};
const newlineOf = (bytes: Buffer, encoding: TextEncoding): "\r\n" | "\n" | "\r" => {
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 64 << 10), { stream: true });
  return head.includes("\r\n") ? "\r\n" : head.includes("\n") ? "\n" : head.includes("\r") ? "\r" : "\n";
};

function* pieces(bytes: Buffer, encoding: TextEncoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
      if (text !== "") yield text;
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Problem("file-not-readable", { zh: "文件中混有不同编码的文字，请统一另存为 UTF-8 或 GB18030", en: "The file mixes text encodings; save it as UTF-8 or GB18030" });
    throw error;
  }
}

/** Rows with their line of record (the first is 1). `="…"`, by which sheets keep digits as text, counts as a formula. */
export async function* csvRows(bytes: Buffer, encoding: TextEncoding): AsyncGenerator<readonly SheetRow[]> {
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: delimiterOf(bytes, encoding), newline: newlineOf(bytes, encoding), header: false, skipEmptyLines: false });
  const source = Readable.from(pieces(bytes, encoding));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let no = 0;
  let rows: SheetRow[] = [];
  for await (const fields of parser as AsyncIterable<string[]>) {
    no += 1;
    rows.push(rowOf(no, fields));
    if (rows.length >= CHUNK) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

function rowOf(no: number, fields: readonly string[]): SheetRow {
  const formulas: number[] = [];
  const cells = fields.map((field, column) => {
    if (field.charCodeAt(0) !== 61) return field === "" ? null : field;
    formulas.push(column);
    return /^="([^"]*)"$/u.exec(field)?.[1] ?? null;
  });
  return formulas.length > 0 ? { no, cells, formulas } : { no, cells };
}
