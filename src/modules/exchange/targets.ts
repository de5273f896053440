// What the columns of a file can feed (the scheme's base-list items, or a department's fields), and which heading means which.
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { codeSetOf, itemAt } from "../../scheme/layout.ts";
import type { CodeSet, Department, DepartmentField, Item, Scheme } from "../../scheme/model.ts";
import type { ImportKind } from "./rules.ts";

export type Target = {
  /** Item path (base list) or field key (extract). */
  readonly target: string;
  readonly label: Text;
  readonly required: boolean;
  readonly headings: readonly string[];
  readonly item: Item;
  readonly codeSet: CodeSet | undefined;
  readonly field?: DepartmentField;
};

/** @throws Problem bad-request when the scheme knows no such list */
export function targetsOf(scheme: Scheme, kind: ImportKind, department: string | null): readonly Target[] {
  const list = kind === "base-list" ? scheme.baseList : undefined;
  if (list) return list.map((column) => baseTarget(scheme, column));
  return departmentOf(scheme, department).fields.map((field) => fieldTarget(scheme, field));
}

/** @throws Problem bad-request */
export function departmentOf(scheme: Scheme, department: string | null): Department {
  const found = scheme.departments.find((one) => one.key === department);
  if (!found) throw new Problem("bad-request", { zh: "本业务没有这个比对部门", en: "The programme has no such department" });
  return found;
}

function baseTarget(scheme: Scheme, column: NonNullable<Scheme["baseList"]>[number]): Target {
  const place = itemAt(scheme, column.item);
  if (!place) throw new Error(`base-list column ${column.heading} names no item`);
  const { item } = place;
  return { target: column.item, label: { zh: column.heading, en: item.label.en }, required: column.required, headings: [column.heading, ...(column.alsoHeaded ?? []), item.label.zh, item.label.en], item, codeSet: codeSetOf(scheme, item) };
}

function fieldTarget(scheme: Scheme, field: DepartmentField): Target {
  const sensitivity = field.join === "id-number" ? "identity" : field.join === "phone" ? "contact" : field.kind === "money" ? "money" : "plain";
  const item: Item = { key: field.key, label: field.label, kind: field.kind, ...(field.codeSet !== undefined && { codeSet: field.codeSet }), sensitivity, source: { marks: ["S2"] } };
  return { target: field.key, label: field.label, required: field.join === "id-number" || field.join === "name", headings: [...field.headings, field.label.zh, field.label.en], item, codeSet: codeSetOf(scheme, item), field };
}

const plain = (heading: string): string => heading.normalize("NFKC").replace(/[\s\u200b\ufeff*＊:：★]+/gu, "").toLowerCase();
const bare = (heading: string): string => plain(heading).replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/gu, "");

/** Edits (insert, delete, replace) from one text to the other, given up past `most`. */
export function editDistance(a: string, b: string, most: number): number {
  const [x, y] = [[...a], [...b]];
  if (Math.abs(x.length - y.length) > most) return most + 1;
  let row = Array.from({ length: y.length + 1 }, (_, i) => i);
  for (const [i, from] of x.entries()) {
    const next = [i + 1];
    for (const [j, to] of y.entries()) next.push(Math.min((row[j] ?? 0) + (from === to ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row[y.length] ?? most + 1;
}

export type Mapping = readonly { readonly column: number; readonly target: string }[];

/**
 * Proposes a target for each heading, the surest first: what the office used last time, a known heading, the same without brackets,
 * asterisks and blanks, then one that is a single edit away and no other is. Each target is given once.
 */
export function suggestMapping(headings: readonly string[], targets: readonly Target[], remembered: Readonly<Record<string, string>>): Mapping {
  const found = new Map<number, string>();
  const taken = new Set<string>();
  const matchers: readonly ((heading: string, target: Target) => boolean)[] = [
    (heading, target) => remembered[heading] === target.target,
    (heading, target) => target.headings.includes(heading.trim()),
    (heading, target) => target.headings.some((known) => plain(known) === plain(heading)),
    (heading, target) => target.headings.some((known) => bare(known) === bare(heading)),
    (heading, target) => bare(heading).length >= 3 && target.headings.some((known) => editDistance(bare(known), bare(heading), 1) <= 1),
  ];
  for (const matches of matchers) {
    for (const [column, heading] of headings.entries()) {
      if (found.has(column) || plain(heading) === "") continue;
      const candidates = targets.filter((target) => !taken.has(target.target) && matches(heading, target));
      const [only] = candidates;
      if (only === undefined || candidates.length > 1) continue;
      found.set(column, only.target);
      taken.add(only.target);
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([column, target]) => ({ column, target }));
}

/** Labels of required targets that no column feeds. */
export const missingTargets = (targets: readonly Target[], mapping: Mapping): readonly Target[] => {
  const fed = new Set(mapping.map((one) => one.target));
  return targets.filter((target) => target.required && !fed.has(target.target));
};

/** Columns that are not read, and why: the agreement leaves them out, or nothing asks for them. */
export function unreadColumns(columns: readonly { readonly column: number; readonly heading: string }[], targets: readonly Target[], mapping: Mapping, agreement: { readonly fields: readonly string[] } | undefined): readonly { readonly heading: string; readonly because: "not-asked" | "outside-agreement" }[] {
  const outside = agreement ? targets.filter((target) => !agreement.fields.includes(target.target)) : [];
  const fed = new Set(mapping.filter((one) => !outside.some((target) => target.target === one.target)).map((one) => one.column));
  const meant = new Set(suggestMapping(columns.map((column) => column.heading), outside, {}).map((one) => one.column));
  return columns.filter(({ column, heading }) => heading !== "" && !fed.has(column)).map(({ column, heading }) => ({ heading, because: meant.has(column) || mapping.some((one) => one.column === column) ? "outside-agreement" : "not-asked" }));
}
