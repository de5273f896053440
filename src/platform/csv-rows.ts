// Rows of a text parted by commas, tabs or any other mark, in UTF-8, UTF-16 or GB18030, decoded once and parsed in chunks.
import Papa from "papaparse";
import { Problem } from "../core/problem.ts";
import type { Dialect } from "./csv-dialect.ts";
import type { SheetRow } from "./sheet-row.ts";

const PIECE = 256 << 10;

const mixed = (): Problem => new Problem("file-not-readable", { zh: "文件中混有不同编码的文字，请统一另存为 UTF-8 或 GB18030", en: "The file mixes text encodings; save it as UTF-8 or GB18030" });

/** Rows with their line of record (the first is 1). `="…"`, by which sheets keep digits as text, counts as a formula. */
export async function* csvRows(bytes: Buffer, dialect: Dialect): AsyncGenerator<readonly SheetRow[]> {
  const { encoding, delimiter, newline } = dialect;
  const decoder = new TextDecoder(encoding, { fatal: true });
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
    const { data, meta } = new Papa.Parser({ delimiter, newline }).parse(rest, 0, end < bytes.length) as { data: string[][]; meta: { cursor: number } };
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
