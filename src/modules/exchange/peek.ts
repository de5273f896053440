// A first look at a file: which sheet holds the list, where its headings stand, and samples of each column that show nobody.
import { maskId } from "../../core/citizen-id.ts";
import { maskName, maskPhone } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import type { Cell, SheetRow } from "../../platform/sheet-row.ts";
import type { Spreadsheet } from "../../platform/spreadsheet.ts";
import { removedSpans } from "./clean-copy.ts";
import { type Mapping, suggestMapping, type Target } from "./targets.ts";

export type PeekedColumn = { readonly column: number; readonly heading: string; readonly sample: readonly string[] };
export type Peek = { readonly sheet: string; readonly sheets: readonly string[]; readonly headingRow: number; readonly columns: readonly PeekedColumn[]; readonly mapping: Mapping };

/** Put in the place of a text that names a military unit. */
export const REFUSED = "（已拒绝）";
const LOOK = 20;
const MOST_SHEETS = 30;
const SAMPLES = 3;

export const cellText = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? "" : cell instanceof Date ? (Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10)) : String(cell).trim();
export const isBlank = (row: SheetRow): boolean => row.cells.every((cell) => cellText(cell) === "");
/** The text, or the mark of refusal when it names a unit. */
export const safeText = (text: string): string => (removedSpans(text) !== undefined || scanFreeText(text).verdict === "refuse" ? REFUSED : text);

/**
 * Looks at the first rows of each sheet and takes the one whose headings are known best (or the one asked for).
 * @throws Problem sheet-not-found when there is no such sheet or none holds data
 */
export async function peek(book: Spreadsheet, targets: readonly Target[], remembered: Readonly<Record<string, string>>, asked?: string): Promise<Peek> {
  if (asked !== undefined && !book.sheets.includes(asked)) throw noSheet(book);
  let best: { readonly sheet: string; readonly headings: readonly string[]; readonly at: number; readonly rows: readonly SheetRow[]; readonly mapping: Mapping } | undefined;
  for (const sheet of asked === undefined ? book.sheets.slice(0, MOST_SHEETS) : [asked]) {
    const rows = await firstRows(book, sheet);
    for (const [at, row] of rows.entries()) {
      const headings = row.cells.map((cell) => cellText(cell));
      if (headings.filter((heading) => heading !== "").length < 2) continue;
      const mapping = suggestMapping(headings, targets, remembered);
      if (best === undefined || mapping.length > best.mapping.length) best = { sheet, headings, at, rows, mapping };
    }
  }
  if (best === undefined) throw noSheet(book);
  const chosen = best;
  const data = chosen.rows.slice(chosen.at + 1).filter((row) => !isBlank(row));
  const targetOf = new Map(chosen.mapping.map((one) => [one.column, targets.find((target) => target.target === one.target)]));
  return {
    sheet: chosen.sheet,
    sheets: book.sheets.map(safeText),
    headingRow: chosen.rows[chosen.at]?.no ?? 1,
    columns: chosen.headings.map((heading, column) => ({ column, heading: safeText(heading).slice(0, 100), sample: sampleOf(data, column, targetOf.get(column)) })),
    mapping: chosen.mapping,
  };
}

const noSheet = (book: Spreadsheet): Problem => {
  const names = book.sheets.map(safeText).filter((name) => name !== "").join("、");
  return new Problem("sheet-not-found", names === "" ? undefined : { zh: `文件中的数据表：${names}`, en: `Sheets in the file: ${names}` });
};

async function firstRows(book: Spreadsheet, sheet: string): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const chunk of book.rows(sheet)) {
    rows.push(...chunk.slice(0, LOOK - rows.length));
    if (rows.length >= LOOK) break;
  }
  return rows;
}

const sampleOf = (rows: readonly SheetRow[], column: number, target: Target | undefined): string[] =>
  rows.map((row) => cellText(row.cells[column])).filter((text) => text !== "").slice(0, SAMPLES).map((text) => masked(safeText(text).slice(0, 60), target));

/** Samples of plain items are shown; of all others, and of columns nobody has named yet, only the shape. */
function masked(text: string, target: Target | undefined): string {
  if (text === REFUSED) return text;
  if (target?.item.kind === "id-number") return maskId(text);
  if (target?.item.text === "name" || target?.field?.join === "name") return maskName(text);
  if (target?.item.kind === "phone") return maskPhone(text);
  if (target?.item.sensitivity === "plain" && target.item.kind !== "text") return text;
  if (/^[\d\s.,:/\-X年月日]{1,10}$/u.test(text) && !/\d{7,}/u.test(text)) return text;
  return /\d{7,}/u.test(text) ? maskId(text) : `${[...text].slice(0, 2).join("")}${"*".repeat(Math.min(6, Math.max(0, [...text].length - 2)))}`;
}
