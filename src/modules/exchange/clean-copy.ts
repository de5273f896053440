// The copy of an import that is stored: a cell that names a military unit is replaced the moment the file comes in, so that no store ever
// holds it, not even sealed and for an hour. Only the positions stay, so that the row is returned with them. Other files are kept as sent.
import { scanFreeText, type Span } from "../../core/unit-designation.ts";
import type { Cell, SheetRow } from "../../platform/sheet-row.ts";
import { type OutSheet, type Spreadsheet, uninert, writeWorkbook } from "../../platform/spreadsheet.ts";

const MARK = /^〔番号已清除:(\d+-\d+(?:,\d+-\d+)*)〕$/u;

/** Where the unit stood in a cell that was replaced; undefined for every other cell. */
export function removedSpans(cell: string): readonly Span[] | undefined {
  const spans = cell.startsWith("〔") ? MARK.exec(cell)?.[1] : undefined;
  return spans?.split(",").map((span) => {
    const [from = 1, to = 1] = span.split("-").map(Number);
    return { from, to };
  });
}

const removed = (spans: readonly Span[]): string => `〔番号已清除:${spans.map(({ from, to }) => `${from}-${to}`).slice(0, 20).join(",")}〕`;

/** The file's bytes when no visible sheet names a unit; else a copy of its values in the same rows and columns without such cells. */
export async function withoutDesignations(book: Spreadsheet, bytes: Buffer): Promise<Buffer> {
  let found = false;
  const sheets: OutSheet[] = [];
  for (const name of book.sheets) {
    const rows: Cell[][] = [];
    for await (const chunk of book.rows(name)) {
      for (const row of chunk) {
        const cells = row.cells.map((cell, column) => {
          if (typeof cell !== "string") return cell === null && isEmptyFormula(row, column) ? "#VALUE!" : cell;
          const { verdict, spans } = scanFreeText(cell);
          if (verdict !== "refuse") return book.format === "csv" ? cell : uninert(cell);
          found = true;
          return removed(spans);
        });
        while (rows.length < row.no - 1) rows.push([]);
        rows.push(cells);
      }
    }
    sheets.push({ name, rows });
  }
  if (!found) return bytes;
  return book.format === "csv" ? Buffer.from(csvOf(sheets[0]?.rows ?? [])) : Buffer.from(await writeWorkbook(sheets));
}

const isEmptyFormula = (row: SheetRow, column: number): boolean => row.formulas?.includes(column) === true;

/** RFC 4180 in UTF-8 with its mark. */
const csvOf = (rows: readonly (readonly Cell[])[]): string => `\ufeff${rows.map((row) => row.map((cell) => quoted(cell === null ? "" : String(cell))).join(",")).join("\r\n")}\r\n`;
const quoted = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
