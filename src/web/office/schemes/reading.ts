// Reading a definition: its items as rows, narrowed by form, mark, grade and text, with counts that name their base; and its rules in words.
import type { Severity, Text } from "../../../core/issue.ts";
import { legalSets } from "../../../scheme/categories.ts";
import { inWords } from "../../../scheme/in-words.ts";
import { type Lang, type Place, placesOf } from "../../../scheme/layout.ts";
import type { Check, Scheme, Section, SourceMark } from "../../../scheme/model.ts";

export type Narrowing = { readonly form?: string | undefined; readonly mark?: string | undefined; readonly sensitivity?: string | undefined; readonly q?: string | undefined };

const holds = (text: string | undefined, wanted: string): boolean => text !== undefined && text.toLowerCase().includes(wanted);
const worded = (text: Text | undefined, wanted: string): boolean => holds(text?.zh, wanted) || holds(text?.en, wanted);

/** Items that fit: text is sought in key, number, labels and help. */
export function itemsOf(scheme: Scheme, by: Narrowing): readonly Place[] {
  const wanted = by.q?.trim().toLowerCase() ?? "";
  return placesOf(scheme).filter(
    ({ form, item, path }) =>
      (by.form === undefined || form.key === by.form) &&
      (by.mark === undefined || item.source.marks.some((mark) => mark === by.mark)) &&
      (by.sensitivity === undefined || item.sensitivity === by.sensitivity) &&
      (wanted === "" || holds(path, wanted) || holds(item.number, wanted) || worded(item.label, wanted) || worded(item.help, wanted)),
  );
}

export type Counted<K extends string> = { readonly key: K; readonly count: number };

/** How many items carry each mark, in the order of the marks given; an item with two marks counts for both. */
export function markCounts(scheme: Scheme, order: readonly SourceMark[]): readonly Counted<SourceMark>[] {
  const places = placesOf(scheme);
  return order.map((key) => ({ key, count: places.filter(({ item }) => item.source.marks.includes(key)).length })).filter(({ count }) => count > 0);
}

export type Sums = { readonly forms: number; readonly sections: number; readonly items: number; readonly required: number; readonly codeSets: number; readonly options: number; readonly checks: Readonly<Record<Severity, number>>; readonly categories: number; readonly legal: number | undefined; readonly all: number };

/** The figures at the head of a scheme. `legal`: sets of categories that may be chosen, of `all` non-empty ones. */
export function sumsOf(scheme: Scheme): Sums {
  const places = placesOf(scheme);
  const checks = { block: 0, explain: 0, note: 0 };
  for (const check of scheme.checks) checks[check.severity] += 1;
  const categories = scheme.categories.length;
  return {
    forms: scheme.forms.length,
    sections: scheme.forms.reduce((sum, form) => sum + form.sections.length, 0),
    items: places.length,
    required: places.filter(({ item }) => item.required !== undefined).length,
    codeSets: scheme.codeSets.length,
    options: scheme.codeSets.reduce((sum, set) => sum + set.options.length, 0),
    checks,
    categories,
    legal: categories > 0 && categories <= 14 ? legalSets(scheme).length : undefined,
    all: 2 ** categories - 1,
  };
}

/** The checks that show at an item: those that name its path, and those that name it as a part of their row. */
export function checksAt(scheme: Scheme, place: Place): readonly Check[] {
  const row = place.section.repeats ? `.${place.item.key}` : undefined;
  const section = `${place.form.key}.${place.section.key}`;
  return scheme.checks.filter((check) => check.at.some((path) => path === place.path || (row !== undefined && path === row && check.when[1] === section)));
}

/** The repeating section an item's own conditions speak of. */
export const rowOf = (place: Place): string | undefined => (place.section.repeats ? `${place.form.key}.${place.section.key}` : undefined);

/** When a section or item is shown, in words; undefined when always. */
export const shownInWords = (scheme: Scheme, part: Pick<Section, "shownIf">, lang: Lang, row?: string): string | undefined => (part.shownIf === undefined ? undefined : inWords(scheme, part.shownIf, lang, row));

/** A check in words, as the condition under which the fault exists. */
export const checkInWords = (scheme: Scheme, check: Check, lang: Lang): string => inWords(scheme, check.when, lang);

/** Checks of a severity or all, narrowed by text in key, wording or the rule in words. */
export function checksOf(scheme: Scheme, severity: string | undefined, q: string | undefined, lang: Lang): readonly Check[] {
  const wanted = q?.trim().toLowerCase() ?? "";
  return scheme.checks.filter((check) => (severity === undefined || check.severity === severity) && (wanted === "" || holds(check.key, wanted) || worded(check.message, wanted) || holds(checkInWords(scheme, check, lang), wanted)));
}
