// Rows of a CSV or tab-separated text in UTF-8, GB18030 or UTF-16 with mark, decoded once and parsed in chunks.
import Papa from "papaparse";
import { Problem } from "../core/problem.ts";
import type { SheetRow } from "./sheet-row.ts";

export type TextEncoding = "utf-8" | "gb18030" | "utf-16le";
const PROBE = 1 << 20;
const PIECE = 256 << 10;

/** The encoding the bytes are valid in, or undefined when they are no text. A probe of the first megabyte decides. */
export function encodingOf(bytes: Buffer): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  const probe = bytes.subarray(0, PROBE);
  if (probe.includes(0)) return undefined;
  const valid = (encoding: TextEncoding): boolean => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(probe, { stream: true });
      // oxlint-disable-next-line no-control-regex -- texts hold none of these
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

const mixed = (): Problem => new Problem("file-not-readable", { zh: "文件中混有不同编码的文字，请统一另存为 UTF-8 或 GB18030", en: "The file mixes text encodings; save it as UTF-8 or GB18030" });

/** Rows with their line of record (the first is 1). `="…"`, by which sheets keep digits as text, counts as a formula. */
export async function* csvRows(bytes: Buffer, encoding: TextEncoding): AsyncGenerator<readonly SheetRow[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const settings = { delimiter: delimiterOf(bytes, encoding), newline: newlineOf(bytes, encoding) };
  let rest = "";
  let no = 0;
  let size = PIECE;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + size);
    try {
      rest += decoder.decode(bytes.subarray(at, end), { stream: end < bytes.length });
    } catch {
      throw mixed();
    }
    at = end;
    const { data, meta } = new Papa.Parser(settings).parse(rest, 0, end < bytes.length) as { data: string[][]; meta: { cursor: number } };
    rest = rest.slice(meta.cursor);
    // A row that does not end is looked at again with twice as much text behind it, so that the work stays in proportion.
    size = data.length === 0 ? size * 2 : PIECE;
    const rows = data.map((fields) => rowOf(++no, fields));
    if (rows.length > 0) yield rows;
  }
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
