// Printed forms as a PDF: every form on one sheet of A4, its back used when the front does not hold it. The type shrinks before a form grows.
import type { Answers, Form, Scheme } from "../../scheme/model.ts";
import type { Lang } from "./item-words.ts";
import { codeListPaper, type Filling, type Paper, paperOf } from "./paper-model.ts";
import { paperWords as w } from "./paper-words.ts";
import type { Sheet } from "./print-fields.ts";
import { type Line, linesOf, type Pictures } from "./print-lines.ts";
import { bytesOf, newPdf, Type } from "./print-type.ts";

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = { side: 36, top: 30, bottom: 26 };
const FOOT = 15;
const SIZES = [10.5, 10, 9.5, 9, 8.5, 8, 7.5] as const;
/** Down to this size one side is better than two. */
const ONE_SIDE_LEAST = 8.5;
const MOST_STRETCH = 0.5;
/** Share of the front that is filled before the back begins. */
const LEAST_FRONT = 0.6;

export type PrintOptions = {
  readonly scheme: Scheme;
  readonly hash: string;
  readonly forms: readonly Form[];
  readonly lang: Lang;
  /** `YYYY-MM-DD`; stands in the file's properties and on filled forms. */
  readonly today: string;
  readonly filling?: Filling & { readonly masked: boolean; readonly number: string; readonly by: string; readonly pictures?: Pictures };
  readonly fictional: boolean;
  /** The code lists that do not fit the forms, at the end. */
  readonly codeLists?: boolean;
};
/** `size` is the size of the type in points; more than two pages are more than one sheet. */
export type PrintedForm = { readonly form: string; readonly pages: number; readonly size: number };
export type Printed = { readonly bytes: Uint8Array; readonly forms: readonly PrintedForm[]; readonly missing: readonly number[] };

/** Prints forms blank or filled. */
export async function printForms(options: PrintOptions): Promise<Printed> {
  const { scheme, lang } = options;
  const type = new Type(newPdf(scheme.label[lang], new Date(`${options.today}T00:00:00Z`)));
  const printed: PrintedForm[] = [];
  const missing = new Set<number>();
  const papers = options.forms.map((form): [string, Paper] => [form.key, paperOf(scheme, form, lang, options.filling)]);
  const codes = options.codeLists === true ? codeListPaper(scheme, lang) : undefined;
  for (const [key, paper] of [...papers, ...(codes ? [["codes", codes] as const] : [])]) {
    type.missing.clear();
    const { sheet, pages } = fit(type, lang, paper, options.filling?.pictures ?? {}, key === "codes");
    for (const codePoint of type.missing) missing.add(codePoint);
    for (const [i, lines] of pages.entries()) drawPage(options, sheet, paper, lines, i, pages.length);
    printed.push({ form: key, pages: pages.length, size: sheet.size });
  }
  return { bytes: await bytesOf(type.pdf), forms: printed, missing: [...missing] };
}

const headHeight = (page: number): number => (page === 0 ? 58 : 24);
const roomOf = (page: number): number => A4.height - MARGIN.top - MARGIN.bottom - FOOT - headHeight(page);

/** The largest type with which the form stays on one side, else on the two sides of a sheet, else the smallest. */
function fit(type: Type, lang: Lang, paper: Paper, pictures: Pictures, list: boolean): { readonly sheet: Sheet; readonly pages: readonly (readonly Line[])[] } {
  const tried = SIZES.filter((size) => !list || size <= 9).map((size) => {
    const sheet: Sheet = { type, lang, size, x: MARGIN.side, width: A4.width - 2 * MARGIN.side };
    return { sheet, pages: pagesOf(linesOf(sheet, paper, pictures)) };
  });
  const last = tried.at(-1);
  if (!last) throw new Error("no size of type to try");
  return tried.find(({ sheet, pages }) => pages.length === 1 && sheet.size >= ONE_SIDE_LEAST) ?? tried.find(({ pages }) => pages.length <= 2) ?? last;
}

/** A new side begins with a section where what is left of the form then still fits it; otherwise where the side is full. */
function pagesOf(lines: readonly Line[]): Line[][] {
  const full = filledPages(lines);
  const first = full[0] ?? [];
  if (full.length !== 2) return full;
  const heights = (part: readonly Line[]): number => part.reduce((sum, line) => sum + line.height, 0);
  for (let at = first.length; at > 0 && heights(first.slice(0, at)) > roomOf(0) * LEAST_FRONT; at -= 1) {
    if (lines[at]?.opens === true && heights(lines.slice(at)) <= roomOf(1)) return [lines.slice(0, at), lines.slice(at)];
  }
  return full;
}

function filledPages(lines: readonly Line[]): Line[][] {
  const pages: Line[][] = [[]];
  let used = 0;
  for (const [i, line] of lines.entries()) {
    const needed = line.height + (line.keepWithNext ? (lines[i + 1]?.height ?? 0) + (lines[i + 1]?.keepWithNext === true ? (lines[i + 2]?.height ?? 0) : 0) : 0);
    if (used + needed > roomOf(pages.length - 1) && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(line);
    used += line.height;
  }
  return pages;
}

function drawPage(options: PrintOptions, sheet: Sheet, paper: Paper, lines: readonly Line[], page: number, of: number): void {
  const { pdf } = sheet.type;
  pdf.addPage({ size: "A4", margin: 0 });
  drawHead(options, sheet, paper, page);
  const top = MARGIN.top + headHeight(page);
  const used = lines.reduce((sum, line) => sum + line.height, 0);
  const elastic = lines.reduce((sum, line) => sum + (line.stretches ? line.height : 0), 0);
  const more = elastic === 0 ? 0 : Math.min(MOST_STRETCH, Math.max(0, roomOf(page) - used - 1) / elastic);
  let y = top;
  for (const line of lines) {
    const height = line.height * (line.stretches ? 1 + more : 1);
    line.draw(y, height);
    y += height;
  }
  pdf.lineWidth(1.1).strokeColor("#222222").rect(sheet.x, top, sheet.width, y - top).stroke();
  drawFoot(options, sheet, page, of);
}

const centred = (sheet: Sheet, text: string, y: number, size: number, bold = false): void => sheet.type.line(text, sheet.x + (sheet.width - sheet.type.width(text, size, bold)) / 2, y, size, { bold });
const rightward = (sheet: Sheet, text: string, y: number, size: number, colour = "#333333"): void => sheet.type.line(text, sheet.x + sheet.width - sheet.type.width(text, size), y, size, { colour });

function drawHead(options: PrintOptions, sheet: Sheet, paper: Paper, page: number): void {
  const { lang, scheme, filling } = options;
  const top = MARGIN.top;
  if (page > 0) {
    centred(sheet, `${paper.title}${w.continued[lang]}`, top + 9, 10.5, true);
    if (paper.annex !== "") sheet.type.line(paper.annex, sheet.x, top + 9, 8.5, { colour: "#333333" });
    if (filling) rightward(sheet, `${w.number[lang]} ${filling.number}`, top + 9, 8.5);
    if (options.fictional) stamp(sheet, top + 9, filling ? 120 : 0);
    return;
  }
  let size = 16;
  while (size > 10 && sheet.type.width(paper.title, size, true) > sheet.width - 130) size -= 0.5;
  if (paper.annex !== "") sheet.type.line(paper.annex, sheet.x, top + 5, 9.5, { bold: true });
  centred(sheet, paper.title, top + 18, size, true);
  if (options.fictional) stamp(sheet, top + 6, 0);
  const line = top + 46;
  const reference = `${w.reference[lang]}${lang === "zh" ? "：" : ": "}${dateWords(scheme.referenceDate, lang)}`;
  sheet.type.line(`${w.number[lang]}${lang === "zh" ? "：" : ": "}${filling?.number ?? "____________________"}`, sheet.x, line, 9, { colour: "#333333" });
  centred(sheet, reference, line, 9);
  const day = lang === "zh" ? "______年____月____日" : "______-____-____";
  rightward(sheet, filling ? `${w.printed[lang]} ${dateWords(options.today, lang)}` : `${w.filledOn[lang]}${lang === "zh" ? "：" : ": "}${day}`, line, 9);
}

const dateWords = (date: string, lang: Lang): string => {
  const [year, month, day] = date.split("-");
  return lang === "zh" ? `${year}年${Number(month)}月${Number(day)}日` : date;
};

function stamp(sheet: Sheet, y: number, fromRight: number): void {
  const text = w.fictional[sheet.lang];
  const wide = sheet.type.width(text, 9, true) + 10;
  const x = sheet.x + sheet.width - wide - fromRight;
  sheet.type.pdf.lineWidth(0.9).strokeColor("#C0392B").roundedRect(x, y - 8, wide, 16, 2).stroke();
  sheet.type.line(text, x + 5, y, 9, { bold: true, colour: "#C0392B" });
}

function drawFoot(options: PrintOptions, sheet: Sheet, page: number, of: number): void {
  const { scheme, hash, lang, filling } = options;
  const y = A4.height - MARGIN.bottom - 2;
  const grey = { colour: "#555555" } as const;
  const size = 7;
  sheet.type.line(`${scheme.label[lang]} · ${scheme.version} · ${hash.slice(0, 8)}`, sheet.x, y, size, grey);
  const legend = filling ? [...(filling.masked ? [w.masked[lang]] : []), filling.by].join(" · ") : w.legend[lang];
  rightward(sheet, legend, y, size, "#555555");
  centred(sheet, w.page(page + 1, of)[lang], y, 8);
  const said = [...(of > 2 ? [w.moreSheets(of)[lang]] : []), ...missingWords(sheet)];
  for (const [i, text] of said.entries()) sheet.type.line(text, sheet.x, y + 9 + i * 8, 6.5, { colour: "#C0392B" });
}

/** Characters without a shape cannot be shown; their standard numbers can. */
const missingWords = (sheet: Sheet): string[] =>
  sheet.type.missing.size === 0 ? [] : [`${w.missingShapes[sheet.lang]}${[...sheet.type.missing].map((codePoint) => `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`).join(" ")}`];

/** The forms to print: those named, or those the answers open, or all. */
export const formsToPrint = (scheme: Scheme, named: string | undefined, answers: Answers | undefined): readonly Form[] =>
  scheme.forms.filter((form) => (named !== undefined ? form.key === named : answers === undefined || answers[form.key] !== undefined));
