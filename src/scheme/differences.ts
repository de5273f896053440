// What differs between two answers, item by item (for histories, merges and "signed version differs"), and the split of answers into a
// plain part and the part that is stored sealed.
import { indexOf, isRows } from "./layout.ts";
import type { Answers, Form, FormAnswers, Group, Item, Scheme, Sensitivity, Value } from "./model.ts";

type Answer = FormAnswers[string];

const isEmpty = (answer: Answer): boolean => answer === undefined || answer === "" || (Array.isArray(answer) && answer.length === 0);

/** Same answer; the order of the codes of one item does not matter, missing and empty are the same. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if (a === b) return true;
  if (isEmpty(a) && isEmpty(b)) return true;
  if (isEmpty(a) || isEmpty(b)) return false;
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  if (a.length !== b.length) return false;
  if (isRows(a) || isRows(b)) return isRows(a) && isRows(b) && a.every((row, i) => rowKeys(row, b[i]).every((key) => sameAnswer(row[key], b[i]?.[key])));
  const codes = new Set(b as readonly string[]);
  return (a as readonly string[]).every((code) => codes.has(code));
}

const rowKeys = (a: Group | undefined, b: Group | undefined): string[] => [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];

/** A difference: the path with row numbers, and both values (undefined where missing). */
export type Difference = { readonly path: string; readonly before: Value | undefined; readonly after: Value | undefined };

const single = (answer: Answer): Value | undefined => (isRows(answer) ? undefined : answer);

/**
 * Items whose answer differs, in the scheme's order; rows of repeating sections are compared by their position.
 * Items the scheme does not know are left out.
 */
export function differences(scheme: Scheme, before: Answers, after: Answers): Difference[] {
  const found: Difference[] = [];
  for (const form of scheme.forms) {
    const [old, now] = [before[form.key], after[form.key]];
    if (old === now) continue;
    for (const section of form.sections) {
      if (!section.repeats) {
        for (const item of section.items) {
          const [a, b] = [single(old?.[item.key]), single(now?.[item.key])];
          if (!sameAnswer(a, b)) found.push({ path: `${form.key}.${item.key}`, before: a, after: b });
        }
        continue;
      }
      const [oldRows, newRows] = [rowsOf(old?.[section.key]), rowsOf(now?.[section.key])];
      for (let i = 0; i < Math.max(oldRows.length, newRows.length); i += 1) {
        for (const item of section.items) {
          const [a, b] = [oldRows[i]?.[item.key], newRows[i]?.[item.key]];
          if (!sameAnswer(a, b)) found.push({ path: `${form.key}.${section.key}[${i}].${item.key}`, before: a, after: b });
        }
      }
    }
  }
  return found;
}

const rowsOf = (answer: Answer): readonly Group[] => (isRows(answer) ? answer : []);

/** Paths of the items that differ. */
export function changedPaths(scheme: Scheme, before: Answers, after: Answers): string[] {
  return differences(scheme, before, after).map((difference) => difference.path);
}

const SEALED: ReadonlySet<Sensitivity> = new Set<Sensitivity>(["identity", "contact", "money", "health", "appeal"]);

/** True when answers of the item are stored sealed. */
export function isSealed(item: Item): boolean {
  return SEALED.has(item.sensitivity);
}

type Part = { [itemOrSection: string]: Answer };
type OpenGroup = { [item: string]: Value | undefined };

const splitForm = (form: Form, answers: FormAnswers): { readonly plain: Part; readonly sealed: Part } => {
  const [plain, sealed]: [Part, Part] = [{}, {}];
  for (const section of form.sections) {
    const rows = section.repeats ? answers[section.key] : undefined;
    if (section.repeats) {
      if (!isRows(rows)) continue;
      const [open, shut]: [OpenGroup[], OpenGroup[]] = [rows.map(() => ({})), rows.map(() => ({}))];
      rows.forEach((row, i) => {
        for (const item of section.items) if (row[item.key] !== undefined) ((isSealed(item) ? shut : open)[i] as OpenGroup)[item.key] = row[item.key];
      });
      plain[section.key] = open;
      if (section.items.some(isSealed)) sealed[section.key] = shut;
      continue;
    }
    for (const item of section.items) if (answers[item.key] !== undefined) (isSealed(item) ? sealed : plain)[item.key] = answers[item.key];
  }
  return { plain, sealed };
};

/**
 * Splits answers by the sensitivity of their items: identity, contact, money, health and appeal are sealed, the rest is plain. Rows keep
 * their places in both parts. Items the scheme does not know are in neither (the check has refused them before).
 */
export function sealSplit(scheme: Scheme, answers: Answers): { readonly plain: Answers; readonly sealed: Answers } {
  const [plain, sealed]: [{ [form: string]: FormAnswers }, { [form: string]: FormAnswers }] = [{}, {}];
  for (const [key, form] of indexOf(scheme).forms) {
    const given = answers[key];
    if (given === undefined) continue;
    const parts = splitForm(form, given);
    plain[key] = parts.plain;
    if (Object.keys(parts.sealed).length > 0) sealed[key] = parts.sealed;
  }
  return { plain, sealed };
}

const joinRows = (a: readonly Group[], b: readonly Group[]): Group[] => Array.from({ length: Math.max(a.length, b.length) }, (_, i) => ({ ...a[i], ...b[i] }));

/** Puts the two parts of `sealSplit` together again. */
export function sealJoin(plain: Answers, sealed: Answers): Answers {
  const joined: { [form: string]: FormAnswers } = {};
  for (const key of new Set([...Object.keys(plain), ...Object.keys(sealed)])) {
    const form: Part = { ...plain[key] };
    for (const [name, answer] of Object.entries(sealed[key] ?? {})) {
      const open = form[name];
      form[name] = isRows(answer) && isRows(open) ? joinRows(open, answer) : answer;
    }
    joined[key] = form;
  }
  return joined;
}
