// One change between two versions of a scheme, as the comparison reports it, and the small tools with which it is found.
import type { Text } from "../core/issue.ts";
import type { Expression } from "./expression.ts";
import { inWords } from "./in-words.ts";
import type { Form, Item, Scheme, Section } from "./model.ts";
import { canonicalJson } from "../core/json.ts";

/** What a change means for those who fill in: something new, something gone, less allowed, more allowed, other words only, or otherwise different. */
export type Effect = "added" | "removed" | "narrowed" | "widened" | "worded" | "changed";

/** What is compared; the code of a change is `<part>.<aspect>`, such as `item.required` or `option.withdrawn`. */
export type Part = "scheme" | "form" | "section" | "item" | "code-set" | "option" | "check" | "across" | "category" | "category-rule" | "department" | "finding-class";

/**
 * `path` is that of the definition, as in its faults (`forms.general.sections.identity.items.name.required`). `was` and `now` are there when there
 * is a value to show. `stored` tells the records that the change concerns: those whose answers make `when` true; with `breaks` such a record would have a new
 * fault that blocks it, or lose an answer.
 */
export type SchemeChange = {
  readonly code: `${Part}.${string}`;
  readonly effect: Effect;
  readonly path: string;
  readonly sentence: Text;
  readonly was?: Text;
  readonly now?: Text;
  readonly stored?: { readonly when: Expression; readonly breaks: boolean };
};
export type Note = (change: SchemeChange) => void;

/** Condition under which a stored record would be broken by the change; undefined when no record can be. Counted by `evaluate` or in SQL over the old answers. */
export function breaksStored(change: SchemeChange): Expression | undefined {
  return change.stored?.breaks === true ? change.stored.when : undefined;
}

/** Same data, whatever the order of their keys. */
export const same = (a: unknown, b: unknown): boolean => a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

export const both = (zh: string, en: string): Text => ({ zh, en });
export const quoted = (label: Text): Text => both(`“${label.zh}”`, `“${label.en}”`);
const NOTHING: Text = both("无", "none");
/** A value to show: numbers and texts as they are, absent as 无. */
export const shown = (value: string | number | Text | undefined): Text => (value === undefined ? NOTHING : typeof value === "object" ? value : both(String(value), String(value)));

/** An expression in words, in both languages; absent: 无. */
export const worded = (scheme: Scheme, e: Expression | undefined, section?: string): Text => (e === undefined ? NOTHING : both(inWords(scheme, e, "zh", section), inWords(scheme, e, "en", section)));

export const byKey = <T extends { readonly key: string }>(parts: readonly T[]): ReadonlyMap<string, T> => new Map(parts.map((part) => [part.key, part]));

/** Parts of both versions, by key: gone, new, and in both. */
export function paired<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): { readonly gone: readonly T[]; readonly added: readonly T[]; readonly kept: readonly (readonly [string, T, T])[] } {
  const kept: [string, T, T][] = [];
  const gone: T[] = [];
  for (const [key, was] of before) {
    const now = after.get(key);
    if (now === undefined) gone.push(was);
    else kept.push([key, was, now]);
  }
  return { gone, added: [...after].flatMap(([key, now]) => (before.has(key) ? [] : [now])), kept };
}

/** Keys that changed place among those in both lists: all but a longest run that kept its order. */
export function movedKeys(before: readonly string[], after: readonly string[]): string[] {
  const place = new Map(after.map((key, i) => [key, i]));
  const common = before.filter((key) => place.has(key));
  const best: { readonly length: number; readonly previous: number }[] = [];
  common.forEach((key, i) => {
    let [length, previous] = [1, -1];
    for (let j = 0; j < i; j += 1) {
      const known = best[j];
      if (known !== undefined && known.length >= length && (place.get(common[j] ?? "") ?? 0) < (place.get(key) ?? 0)) [length, previous] = [known.length + 1, j];
    }
    best.push({ length, previous });
  });
  let at = best.reduce((top, each, i) => (each.length > (best[top]?.length ?? 0) ? i : top), 0);
  const stayed = new Set<string>();
  while (at >= 0 && common.length > 0) {
    stayed.add(common[at] ?? "");
    at = best[at]?.previous ?? -1;
  }
  return common.filter((key) => !stayed.has(key));
}

/** All the conditions that are there, joined. */
export const allOf = (...parts: readonly (Expression | undefined)[]): Expression => {
  const there = parts.filter((part) => part !== undefined);
  return there.length === 1 && there[0] !== undefined ? there[0] : there.length === 0 ? ["const", true] : ["and", ...there];
};

/** Where an item stands in a version. */
export type Spot = { readonly scheme: Scheme; readonly form: Form; readonly section: Section; readonly item: Item };
export const sectionPath = (spot: Spot): string | undefined => (spot.section.repeats ? `${spot.form.key}.${spot.section.key}` : undefined);
/** The reference to the item, from within its row if it stands in one. */
export const refTo = (spot: Spot): Expression => ["ref", spot.section.repeats ? `.${spot.item.key}` : `${spot.form.key}.${spot.item.key}`];
/** A condition about an item, over all its rows if it stands in rows. */
export const anywhere = (spot: Spot, when: Expression): Expression => {
  const section = sectionPath(spot);
  return section === undefined ? when : ["any", section, when];
};
/** The condition under which the form of an item is open. */
export const formOpen = (scheme: Scheme, form: Form): Expression | undefined =>
  form.category === undefined || scheme.categoryItem === undefined ? undefined : ["has", ["ref", scheme.categoryItem], [form.category]];
