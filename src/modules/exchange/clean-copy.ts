// The copy of an import that is stored: a text that names a military unit is replaced the moment the file comes in, so that no store ever
// holds it, not even sealed and for an hour. Only the positions stay, so that the row is returned with them. Other files are kept as sent.
import { scanFreeText, type Span } from "../../core/unit-designation.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import type { Spreadsheet } from "../../platform/spreadsheet.ts";
import { replaceTexts } from "../../platform/xlsx-texts.ts";

const MARK = /^〔番号已清除:(\d+-\d+(?:,\d+-\d+)*)〕$/u;

/** Where the unit stood in a cell that was replaced; undefined for every other cell. */
export function removedSpans(cell: string): readonly Span[] | undefined {
  const spans = cell.startsWith("〔") ? MARK.exec(cell)?.[1] : undefined;
  return spans?.split(",").map((span) => {
    const [from = 1, to = 1] = span.split("-").map(Number);
    return { from, to };
  });
}

const replacement = (text: string): string | undefined => {
  const { verdict, spans } = scanFreeText(text);
  return verdict === "refuse" ? `〔番号已清除:${spans.map(({ from, to }) => `${from}-${to}`).slice(0, 20).join(",")}〕` : undefined;
};

/** The file's bytes when nothing in it names a unit; else a copy with the same values in the same places but for those texts. */
export async function withoutDesignations(book: Spreadsheet, bytes: Buffer): Promise<Buffer> {
  return book.format === "csv" ? cleanCsv(book, bytes) : replaceTexts(bytes, replacement);
}

async function cleanCsv(book: Spreadsheet, bytes: Buffer): Promise<Buffer> {
  const lines: string[] = [];
  let found = false;
  for await (const chunk of book.rows("")) {
    for (const row of chunk) {
      // A row that says nothing stays one, so that the copy has the rows of the file.
      const silent = row.cells.every((cell) => cell === null || (typeof cell === "string" && cell.trim() === ""));
      const fields = row.cells.map((cell, column): string => {
        if (cell === null) return !silent && row.formulas?.includes(column) === true ? "#VALUE!" : "";
        const other = typeof cell === "string" ? replacement(cell) : undefined;
        found ||= other !== undefined;
        return quoted(other ?? textOf(cell), row.formulas?.includes(column) === true);
      });
      lines.push(fields.join(","));
    }
  }
  return found ? Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`) : bytes;
}

const textOf = (cell: Cell): string => (cell instanceof Date ? cell.toISOString() : String(cell));
/** RFC 4180; digits that a sheet kept as text by a formula stay so. */
const quoted = (text: string, formula: boolean): string => {
  const kept = formula ? `="${text}"` : text;
  return /[",\r\n]/u.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept;
};
