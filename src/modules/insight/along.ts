// How numbers of a page are taken along: the question read from a link, and lines as XLSX and CSV.
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { chinaMoment } from "../../platform/clock.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../platform/csv-lines.ts";
import { xlsxStream } from "../../platform/xlsx-stream.ts";

export type Language = "zh" | "en";
export type Line = readonly (string | number | null)[];
const HIDDEN = "*";
/** A count as it is printed; a hidden one as the mark that the head explains, of nobody nought. */
export const cell = (n: number | null | undefined): string | number => (n === null ? HIDDEN : (n ?? 0));
export const hiddenMeans: Text = { zh: `${HIDDEN} 少于5，或可据以推算，不予显示`, en: `${HIDDEN} fewer than 5, or would give such a count away` };

/** The moment of the data, as people read it. */
export const asOfIn = (at: string, language: Language): string => `${language === "zh" ? "数据时点" : "As of"} ${chinaMoment(new Date(at))}`;

/** The question of a link, which is the body of the page's own request. @throws Problem bad-request */
export function questionIn<Body extends TSchema>(body: Body, text: string): Static<Body> {
  const wrong = new Problem("bad-request", { zh: "链接不完整", en: "The link is not whole" });
  let asked: unknown;
  try {
    asked = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong;
    throw error;
  }
  if (!Value.Check(body, asked)) throw wrong;
  return asked;
}

export const asCsv = (lines: readonly Line[]): Buffer => Buffer.from(BYTE_ORDER_MARK + lines.map((line) => csvLine([...line])).join(""), "utf8");

export async function asXlsx(lines: readonly Line[], name: string, headRows = 1, widths: readonly number[] = [32, ...Array.from({ length: 9 }, () => 16)]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of xlsxStream([{ name, rows: [lines], headRows, widths }])) parts.push(part);
  return Buffer.concat(parts);
}
