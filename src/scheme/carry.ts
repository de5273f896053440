// Takes answers given under one version of a scheme over to another: by stable key, withdrawn codes mapped forward. Whatever has no
// place in the new version is listed with its reason; nothing disappears in silence.
import type { Text } from "../core/issue.ts";
import { indexOf, isRows } from "./layout.ts";
import type { Answers, Form, FormAnswers, Group, Item, Kind, Option, Scheme, Value } from "./model.ts";

/** A code that took the place of a withdrawn one; `path` with row numbers. */
export type Mapped = { readonly path: string; readonly from: string; readonly to: string };
export type Dropped = { readonly path: string; readonly reason: Text };
export type Carried = { readonly answers: Answers; readonly mapped: readonly Mapped[]; readonly dropped: readonly Dropped[] };

const GONE = {
  form: { zh: "新版本没有这张表", en: "The new version has no such form" },
  item: { zh: "新版本没有这个项目", en: "The new version has no such item" },
  kind: { zh: "新版本中这个项目的填写方式不同", en: "The item is answered in another way in the new version" },
  option: { zh: "新版本没有这个选项", en: "The new version has no such option" },
  rows: { zh: "超过新版本允许的条数", en: "More rows than the new version takes" },
  single: { zh: "新版本中只能选一项", en: "The new version takes one option only" },
} as const satisfies { readonly [reason: string]: Text };

/** The code in force for `code`: itself, or the end of its chain of replacements. Undefined when it is unknown or the chain goes in a circle. */
export function codeInForce(options: ReadonlyMap<string, Option>, code: string): string | undefined {
  const seen = new Set<string>();
  let at = code;
  for (;;) {
    const option = options.get(at);
    if (option === undefined || seen.has(at)) return undefined;
    if (option.replacedBy === undefined) return at;
    seen.add(at);
    at = option.replacedBy;
  }
}

/** Changes of kind that an answer outlives: its stored value means the same afterwards. */
const OUTLIVED: { readonly [from in Kind]?: readonly Kind[] } = {
  integer: ["decimal", "money"],
  text: ["address"],
  address: ["text"],
  photo: ["document"],
  document: ["photo"],
  code: ["codes"],
  codes: ["code"],
};
const keepsValue = (from: Kind, to: Kind): boolean => from === to || (OUTLIVED[from]?.includes(to) ?? false);

type Found = { readonly mapped: Mapped[]; readonly dropped: Dropped[] };

/** Codes of one answer under the new options. The old set knows where a code went that the new set no longer lists at all. */
const carryCodes = (codes: readonly string[], before: ReadonlyMap<string, Option>, after: ReadonlyMap<string, Option>, path: string, found: Found): string[] => {
  const kept: string[] = [];
  for (const code of codes) {
    const now = codeInForce(after, code) ?? inForceOver(before, after, code);
    if (now === undefined) {
      found.dropped.push({ path, reason: { zh: `${GONE.option.zh}：${before.get(code)?.label.zh ?? code}`, en: `${GONE.option.en}: ${before.get(code)?.label.en ?? code}` } });
      continue;
    }
    if (now !== code) found.mapped.push({ path, from: code, to: now });
    if (!kept.includes(now)) kept.push(now);
  }
  return kept;
};

/** Follows the old set's replacements until a code is found that the new set knows. */
const inForceOver = (before: ReadonlyMap<string, Option>, after: ReadonlyMap<string, Option>, code: string): string | undefined => {
  const seen = new Set<string>();
  let at: string | undefined = code;
  while (at !== undefined && !seen.has(at)) {
    const now = codeInForce(after, at);
    if (now !== undefined) return now;
    seen.add(at);
    at = before.get(at)?.replacedBy;
  }
  return undefined;
};

const NO_OPTIONS: ReadonlyMap<string, Option> = new Map();

const carryValue = (value: Value, was: Item, now: Item, schemes: { readonly from: Scheme; readonly to: Scheme }, path: string, found: Found): Value | undefined => {
  if (now.kind === "computed") return undefined;
  if (!keepsValue(was.kind, now.kind)) {
    if (was.kind !== "computed") found.dropped.push({ path, reason: GONE.kind });
    return undefined;
  }
  if (now.kind !== "code" && now.kind !== "codes") return value;
  const codes = typeof value === "object" ? value : [String(value)];
  const before = indexOf(schemes.from).options.get(was.codeSet ?? "") ?? NO_OPTIONS;
  const after = indexOf(schemes.to).options.get(now.codeSet ?? "") ?? NO_OPTIONS;
  const kept = carryCodes(codes, before, after, path, found);
  if (kept.length === 0) return undefined;
  if (now.kind === "codes") return kept;
  if (kept.length === 1) return kept[0];
  found.dropped.push({ path, reason: GONE.single });
  return undefined;
};

type Items = ReadonlyMap<string, Item>;
const itemsOf = (items: readonly Item[]): Items => new Map(items.map((item) => [item.key, item]));
const flatItems = (form: Form): Items => itemsOf(form.sections.flatMap((section) => (section.repeats ? [] : section.items)));
const repeating = (form: Form): ReadonlyMap<string, Form["sections"][number]> => new Map(form.sections.filter((section) => section.repeats).map((section) => [section.key, section]));

/**
 * Answers under `from` as answers under `to`: same paths, codes mapped forward through `replacedBy` (chains followed), items that are gone or
 * are answered in another way left out and listed. Computed values are left for the new version to compute. The result still
 * has to be checked: what became required is missing in it. Answers that `from` itself does not know are listed as dropped too.
 */
export function carryForward(from: Scheme, to: Scheme, answers: Answers): Carried {
  const found: Found = { mapped: [], dropped: [] };
  const schemes = { from, to };
  const carried: { [form: string]: FormAnswers } = {};

  const carryGroup = (group: Group, was: Items, now: Items, prefix: string): { [item: string]: Value } => {
    const kept: { [item: string]: Value } = {};
    for (const [key, value] of Object.entries(group)) {
      if (value === undefined) continue;
      const [old, next] = [was.get(key) ?? now.get(key), now.get(key)];
      const path = `${prefix}.${key}`;
      if (old?.kind === "computed") continue;
      if (old === undefined || next === undefined) {
        found.dropped.push({ path, reason: GONE.item });
        continue;
      }
      const result = carryValue(value, old, next, schemes, path, found);
      if (result !== undefined) kept[key] = result;
    }
    return kept;
  };

  for (const [formKey, given] of Object.entries(answers)) {
    if (given === undefined) continue;
    const [was, now] = [indexOf(from).forms.get(formKey), indexOf(to).forms.get(formKey)];
    if (now === undefined) {
      found.dropped.push({ path: formKey, reason: GONE.form });
      continue;
    }
    const [oldItems, newItems] = [flatItems(was ?? now), flatItems(now)];
    const [oldRows, newRows] = [repeating(was ?? now), repeating(now)];
    const out: { [key: string]: FormAnswers[string] } = {};
    const single: { [item: string]: Value } = {};
    for (const [key, answer] of Object.entries(given)) {
      if (answer === undefined) continue;
      if (!isRows(answer)) {
        single[key] = answer;
        continue;
      }
      const [old, next] = [oldRows.get(key), newRows.get(key)];
      const path = `${formKey}.${key}`;
      if (next?.repeats === undefined) {
        found.dropped.push({ path, reason: GONE.item });
        continue;
      }
      const max = next.repeats.max;
      const rows = answer.slice(0, max).map((row, i) => carryGroup(row, itemsOf((old ?? next).items), itemsOf(next.items), `${path}[${i}]`));
      for (let i = max; i < answer.length; i += 1) found.dropped.push({ path: `${path}[${i}]`, reason: GONE.rows });
      out[key] = rows;
    }
    carried[formKey] = { ...carryGroup(single, oldItems, newItems, formKey), ...out };
  }
  return { answers: carried, ...found };
}
