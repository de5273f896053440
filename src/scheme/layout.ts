// What a form shows for given answers: open forms, visible sections and items, and every item of a scheme with its path.
import type { Text } from "../core/issue.ts";
import { closedReason } from "./categories.ts";
import { compile, holds, type EvaluationContext } from "./evaluate.ts";
import type { Answers, CodeSet, Form, FormAnswers, Group, Item, Option, Scheme, Section, Value } from "./model.ts";

export type Lang = "zh" | "en";
/** An item where it stands. `path` is `form.key`, or `form.section[].key` when the section repeats. */
export type Place = { readonly path: string; readonly form: Form; readonly section: Section; readonly item: Item };

type SchemeIndex = {
  readonly places: readonly Place[];
  readonly byPath: ReadonlyMap<string, Place>;
  readonly forms: ReadonlyMap<string, Form>;
  readonly codeSets: ReadonlyMap<string, CodeSet>;
  readonly options: ReadonlyMap<string, ReadonlyMap<string, Option>>;
};
const indices = new WeakMap<Scheme, SchemeIndex>();

/** Path of an item with `[]` where a row number would stand. */
export function placePath(form: Form, section: Section, item: Item): string {
  return section.repeats ? `${form.key}.${section.key}[].${item.key}` : `${form.key}.${item.key}`;
}

/** Look-up tables of a scheme, made once for each scheme object. */
export function indexOf(scheme: Scheme): SchemeIndex {
  const known = indices.get(scheme);
  if (known) return known;
  const places = scheme.forms.flatMap((form) =>
    form.sections.flatMap((section) => section.items.map((item) => ({ path: placePath(form, section, item), form, section, item }))),
  );
  const made: SchemeIndex = {
    places,
    byPath: new Map(places.map((place) => [place.path, place])),
    forms: new Map(scheme.forms.map((form) => [form.key, form])),
    codeSets: new Map(scheme.codeSets.map((set) => [set.key, set])),
    options: new Map(scheme.codeSets.map((set) => [set.key, new Map(set.options.map((option) => [option.code, option]))])),
  };
  indices.set(scheme, made);
  return made;
}

/** All items of the scheme in the order of its forms. */
export function placesOf(scheme: Scheme): readonly Place[] {
  return indexOf(scheme).places;
}

/** The item at a path; row numbers (`awards[3]`) and `[]` are both understood. */
export function itemAt(scheme: Scheme, path: string): Place | undefined {
  return indexOf(scheme).byPath.get(path.replace(/\[\d+\]/gu, "[]"));
}

export function codeSetOf(scheme: Scheme, item: Item): CodeSet | undefined {
  return item.codeSet === undefined ? undefined : indexOf(scheme).codeSets.get(item.codeSet);
}

type Parts = { readonly form: string; readonly section: string | undefined; readonly row: number; readonly key: string };
/** Paths taken apart before: the same few are asked for in every record. */
const parts = new Map<string, Parts | undefined>();

function partsOf(path: string): Parts | undefined {
  if (parts.has(path)) return parts.get(path);
  const found = /^([^.]+)\.(?:([^.[]+)\[(\d+)\]\.)?([^.[]+)$/u.exec(path);
  const made = found === null ? undefined : { form: found[1] ?? "", section: found[2], row: Number(found[3]), key: found[4] ?? "" };
  if (parts.size > 20_000) parts.clear();
  parts.set(path, made);
  return made;
}

/** The answer stored at a path with row numbers; undefined when there is none. */
export function answerAt(answers: Answers, path: string): Value | undefined {
  const place = partsOf(path);
  if (place === undefined) return undefined;
  const { form, section, row, key } = place;
  const answer: FormAnswers[string] = answers[form]?.[section ?? key];
  if (section === undefined) return isRows(answer) ? undefined : answer;
  return isRows(answer) ? answer[row]?.[key] : undefined;
}

/** Leaves only the answers at these paths `form.item` or `form.section`, so that many records fit in memory. */
export function onlyAt(paths: readonly string[]): (answers: Answers) => Answers {
  const places = paths.map((path) => [path.slice(0, path.indexOf(".")), path.slice(path.indexOf(".") + 1)] as const);
  return (answers) => {
    const kept: { [form: string]: { [item: string]: FormAnswers[string] } } = {};
    for (const [form, item] of places) {
      const value = answers[form]?.[item];
      if (value !== undefined) (kept[form] ??= {})[item] = value;
    }
    return kept;
  };
}

/** True for the rows of a repeating section, false for the codes of one item. */
export function isRows(answer: FormAnswers[string]): answer is readonly Group[] {
  return Array.isArray(answer) && answer.some((row) => typeof row === "object" && row !== null);
}

/** Keys of the categories that the answers tick. */
export function chosenCategories(scheme: Scheme, answers: Answers): readonly string[] {
  const chosen = scheme.categoryItem === undefined ? undefined : answerAt(answers, scheme.categoryItem);
  return Array.isArray(chosen) ? chosen : [];
}

/** The general form and the sub-forms of the ticked categories, in the scheme's order. Forms of no category are always open. */
export function openForms(scheme: Scheme, answers: Answers): Form[] {
  const chosen = new Set(chosenCategories(scheme, answers));
  return scheme.forms.filter((form) => form.category === undefined || chosen.has(form.category));
}

/** Sections of a form that are shown and have something to show. */
export function visibleSections(form: Form, answers: Answers, context: EvaluationContext): Section[] {
  return form.sections.filter((section) => section.shownIf === undefined || holds(section.shownIf, answers, context));
}

/** Items of a section that are shown; for a repeating section the context carries the row. */
export function visibleItems(section: Section, answers: Answers, context: EvaluationContext): Item[] {
  return section.items.filter((item) => item.shownIf === undefined || holds(item.shownIf, answers, context));
}

/** True when the item must be answered under these answers. */
export function isRequired(item: Item, answers: Answers, context: EvaluationContext): boolean {
  return item.required === true || (item.required !== undefined && compile(item.required)(answers, context) === true);
}

/** Options of an item that cannot be chosen now, with the reason of each: closed by other answers, or a category beside those chosen. */
export function closedOptions(scheme: Scheme, path: string, item: Item, answers: Answers, context: EvaluationContext): ReadonlyMap<string, Text> {
  const closed = new Map<string, Text>();
  if (path === scheme.categoryItem) {
    const chosen = chosenCategories(scheme, answers);
    for (const { key } of scheme.categories) {
      const reason = closedReason(scheme, chosen, key);
      if (reason !== undefined) closed.set(key, reason);
    }
  }
  for (const rule of item.closed ?? []) if (holds(rule.when, answers, context)) for (const code of rule.codes) closed.set(code, rule.message);
  return closed;
}

/** Answers with the defaults of visible, unanswered items filled in (for a form being opened; rows are left alone). */
export function withDefaults(scheme: Scheme, answers: Answers, context: EvaluationContext): Answers {
  let filled = answers;
  for (const form of openForms(scheme, answers)) {
    for (const section of visibleSections(form, filled, context).filter((s) => !s.repeats)) {
      for (const item of visibleItems(section, filled, context)) {
        const value = item.default === undefined || filled[form.key]?.[item.key] !== undefined ? null : compile(item.default)(filled, context);
        if (value !== null) filled = { ...filled, [form.key]: { ...filled[form.key], [item.key]: value } };
      }
    }
  }
  return filled;
}

const YES: Text = { zh: "是", en: "Yes" };
const NO: Text = { zh: "否", en: "No" };
const SEPARATOR: Readonly<Record<Lang, string>> = { zh: "、", en: ", " };

/** A value as people read it: option labels, 是/否, numbers with their unit; codes no longer known are shown as they are. */
export function labelOf(scheme: Scheme, item: Item, value: Value | undefined, lang: Lang): string {
  if (value === undefined || value === "") return "";
  if (typeof value === "boolean") return (value ? YES : NO)[lang];
  const options = item.codeSet === undefined ? undefined : indexOf(scheme).options.get(item.codeSet);
  const worded = (code: string): string => options?.get(code)?.label[lang] ?? code;
  if (typeof value === "object") return value.map(worded).join(SEPARATOR[lang]);
  if (typeof value === "number") return item.unit === undefined ? String(value) : `${value} ${item.unit[lang]}`;
  return worded(value);
}

/** The same in both languages. */
export const textOf = (scheme: Scheme, item: Item, value: Value | undefined): Text => ({ zh: labelOf(scheme, item, value, "zh"), en: labelOf(scheme, item, value, "en") });
