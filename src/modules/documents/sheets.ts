// Which sheets and columns the workbook of a scheme has, and how such a sheet is read back: one definition for both directions.
import type { Issue } from "../../core/issue.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { uninert } from "../../platform/spreadsheet.ts";
import { itemOfHeading, parseCell } from "../../scheme/labels.ts";
import { codeSetOf, type Place, placesOf } from "../../scheme/layout.ts";
import type { Answers, Form, FormAnswers, Group, Item, Scheme, Section, Value } from "../../scheme/model.ts";

export type SheetColumn = { readonly heading: string; readonly place: Place };
/** One sheet of the workbook: a form without its repeating sections, or one repeating section. */
export type FormSheet = { readonly name: string; readonly form: Form; readonly section: Section | undefined; readonly columns: readonly SheetColumn[] };

/** First column of every sheet: rows with the same number belong to the same subject. */
export const SUBJECT_NUMBER = "序号*";
/** Rows of one subject in a repeating section and in a form; the most subjects a workbook takes. */
export const MOST_SUBJECTS = 3000;

const PICTURES = new Set(["photo", "document", "signature"]);
/** Items that a cell can hold: no pictures, nothing computed. */
export const isTyped = (item: Item): boolean => !PICTURES.has(item.kind) && item.kind !== "computed";

const SHEET_NAME_LIMIT = 31;
/** Sheet programs allow 31 characters, none of `\ / ? * [ ] :`, and no two names that differ in case only. */
function sheetName(wanted: string, taken: Set<string>): string {
  const clean = wanted.replace(/[\\/?*[\]:：]/gu, " ").trim();
  for (let n = 1; ; n += 1) {
    const tail = n === 1 ? "" : ` ${n}`;
    const name = [...clean].slice(0, SHEET_NAME_LIMIT - tail.length).join("") + tail;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

const unitOf = (item: Item): string => (item.unit === undefined ? "" : `（${item.unit.zh}）`);
const marked = (label: string, item: Item): string => `${label}${item.required === true ? "*" : ""}${unitOf(item)}`;

/** Headings are labels; where two items of a sheet share one, the section stands in front. */
function columnsOf(scheme: Scheme, form: Form, places: readonly Place[]): SheetColumn[] {
  const shared = (place: Place): boolean => places.some((other) => other !== place && other.item.label.zh === place.item.label.zh);
  return places.map((place) => {
    const plain = marked(place.item.label.zh, place.item);
    return { heading: shared(place) ? marked(`${place.section.label.zh}：${place.item.label.zh}`, place.item) : plain, place };
  });
}

const shortForm = (form: Form): string => form.label.zh.replace(/信息采集/u, "");

/** The sheets of a scheme in the order of its forms, each followed by its repeating sections. */
export function sheetsOf(scheme: Scheme): FormSheet[] {
  const taken = new Set<string>();
  return scheme.forms.flatMap((form) => {
    const places = placesOf(scheme).filter((place) => place.form === form && isTyped(place.item));
    const single = places.filter((place) => !place.section.repeats);
    const repeating = form.sections.filter((section) => section.repeats && section.items.some(isTyped));
    return [
      ...(single.length === 0 ? [] : [{ name: sheetName(shortForm(form), taken), form, section: undefined, columns: columnsOf(scheme, form, single) }]),
      ...repeating.map((section) => ({ name: sheetName(`${shortForm(form)}-${section.label.zh}`, taken), form, section, columns: columnsOf(scheme, form, places.filter((place) => place.section === section)) })),
    ];
  });
}

/** The item a heading of this sheet means: as we wrote it, or as imports understand headings within the form. */
export function columnPlace(scheme: Scheme, sheet: FormSheet, heading: string): Place | undefined {
  const written = sheet.columns.find((column) => column.heading === heading.trim())?.place;
  if (written) return written;
  const found = itemOfHeading(scheme, heading, [sheet.form.key]);
  return found && sheet.columns.some((column) => column.place === found) ? found : undefined;
}

export type ReadSubject = { readonly number: string; readonly answers: Answers; readonly issues: readonly Issue[] };
type Open = { readonly answers: Record<string, Record<string, FormAnswers[string]>>; readonly issues: Issue[] };

/**
 * Answers by subject from filled sheets (heading row first). Cells are read by the import's own rules; a cell that is refused leaves an issue at
 * its sheet and heading. Rows without a number are left out.
 */
export function readSheets(scheme: Scheme, filled: readonly { readonly name: string; readonly rows: readonly (readonly Cell[])[] }[]): ReadSubject[] {
  const subjects = new Map<string, Open>();
  for (const sheet of sheetsOf(scheme)) {
    const [head, ...rows] = filled.find((one) => one.name === sheet.name)?.rows ?? [];
    const places = (head ?? []).map((heading, i) => (i === 0 || typeof heading !== "string" ? undefined : columnPlace(scheme, sheet, heading)));
    for (const row of rows) {
      const number = String(row[0] ?? "").trim();
      if (number === "") continue;
      const subject = subjects.get(number) ?? { answers: {}, issues: [] };
      subjects.set(number, subject);
      readRow(scheme, sheet, places, row, subject);
    }
  }
  return [...subjects].map(([number, { answers, issues }]) => ({ number, answers, issues }));
}

function readRow(scheme: Scheme, sheet: FormSheet, places: readonly (Place | undefined)[], row: readonly Cell[], subject: Open): void {
  const values: Record<string, Value> = {};
  for (const [i, place] of places.entries()) {
    const cell = row[i];
    if (!place || cell === undefined) continue;
    const parsed = parseCell(place.item, codeSetOf(scheme, place.item), typeof cell === "string" ? uninert(cell) : cell, `${sheet.name}.${place.item.label.zh}`);
    if ("issue" in parsed) subject.issues.push(parsed.issue);
    else {
      subject.issues.push(...(parsed.notes ?? []));
      if (parsed.value !== undefined) values[place.item.key] = parsed.value;
    }
  }
  const form = (subject.answers[sheet.form.key] ??= {});
  if (!sheet.section) Object.assign(form, values);
  else if (Object.keys(values).length > 0) form[sheet.section.key] = [...((form[sheet.section.key] ?? []) as readonly Group[]), values];
}
