// Lines of a CSV that leaves (RFC 4180, UTF-8 with a byte order mark): texts a sheet program could take for a formula get an apostrophe in
// front (`inert`), which `uninert` takes off again.
import { inert } from "./spreadsheet.ts";

export const BYTE_ORDER_MARK = "\ufeff";

/** One line with its end. Numbers stand as they are; texts too with `as-is`, for files that no sheet program opens. */
export function csvLine(cells: readonly (string | number | null)[], texts: "inert" | "as-is" = "inert"): string {
  return `${cells.map((cell) => (cell === null ? "" : typeof cell === "number" ? String(cell) : field(texts === "inert" ? inert(cell) : cell))).join(",")}\r\n`;
}

const field = (text: string): string => (/[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
