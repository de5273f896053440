// Changes of answers without touching what was there: one value, one row more, one row less.
import { isRows } from "../../../scheme/layout.ts";
import type { Answers, FormAnswers, Group, Option, Value } from "../../../scheme/model.ts";

export type Place = { readonly form: string; readonly section?: string; readonly row?: number; readonly key: string };

/** Parts of an item path such as `general.name` or `retired_soldier.awards[0].year`; undefined when it is none. */
export function placeOf(path: string): Place | undefined {
  const found = /^([^.[\]]+)\.(?:([^.[\]]+)\[(\d+)\]\.)?([^.[\]]+)$/u.exec(path);
  if (!found) return undefined;
  const [, form = "", section, row, key = ""] = found;
  return section === undefined ? { form, key } : { form, section, row: Number(row), key };
}

const rowsOf = (form: FormAnswers | undefined, section: string): readonly Group[] => {
  const rows = form?.[section];
  return isRows(rows) ? rows : [];
};

/** The answers with one value set, or taken away when it is undefined, empty text or no codes. */
export function withAnswer(answers: Answers, path: string, given: Value | undefined): Answers {
  const place = placeOf(path);
  if (!place) return answers;
  const value = given === "" || (typeof given === "object" && given.length === 0) ? undefined : given;
  const form = answers[place.form] ?? {};
  if (place.section === undefined) return { ...answers, [place.form]: { ...form, [place.key]: value } };
  const rows = rowsOf(form, place.section).map((row, i) => (i === place.row ? { ...row, [place.key]: value } : row));
  return { ...answers, [place.form]: { ...form, [place.section]: rows } };
}

const split = (sectionPath: string): readonly [string, string] => {
  const dot = sectionPath.indexOf(".");
  return [sectionPath.slice(0, dot), sectionPath.slice(dot + 1)];
};

/** One empty row more at the end of `form.section`. */
export function withRow(answers: Answers, sectionPath: string): Answers {
  const [form, section] = split(sectionPath);
  return { ...answers, [form]: { ...answers[form], [section]: [...rowsOf(answers[form], section), {}] } };
}

/** One row less; with the last row the section goes too. */
export function withoutRow(answers: Answers, sectionPath: string, index: number): Answers {
  const [form, section] = split(sectionPath);
  const rows = rowsOf(answers[form], section).filter((_, i) => i !== index);
  return { ...answers, [form]: { ...answers[form], [section]: rows.length === 0 ? undefined : rows } };
}

/** Options in the order they are drawn: sub-options after their parent, and only while it is chosen. */
export function drawnOptions(options: readonly Option[], chosen: readonly string[]): readonly Option[] {
  const tops = options.filter((option) => !options.some((other) => other.code === option.parent));
  return tops.flatMap((top) => [top, ...options.filter((option) => option.parent === top.code && (chosen.includes(top.code) || chosen.includes(option.code)))]);
}

/** Ticks or unticks one code. An exclusive code stands alone, and goes when another is ticked; a parent takes its sub-options with it. */
export function toggled(chosen: readonly string[], code: string, options: readonly Option[]): readonly string[] {
  const family = new Set(options.filter((option) => option.code === code || option.parent === code).map((option) => option.code));
  if (chosen.includes(code)) return chosen.filter((other) => !family.has(other));
  const exclusive = new Set(options.filter((option) => option.exclusive === true).map((option) => option.code));
  if (exclusive.has(code)) return [code];
  const parent = options.find((option) => option.code === code)?.parent;
  const before = chosen.filter((other) => !exclusive.has(other));
  return parent === undefined || before.includes(parent) ? [...before, code] : [...before, parent, code];
}
