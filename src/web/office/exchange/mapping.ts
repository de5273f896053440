// The mapping of a file's columns as it stands on the page: what is fed twice, what is still missing, what will be sent.
import type { Text } from "../../../core/issue.ts";

export type Target = { readonly target: string; readonly label: Text; readonly required: boolean };
export type Column = { readonly column: number; readonly heading: string; readonly target?: string };
/** Column number → target; a column that feeds nothing is absent. */
export type Mapping = Readonly<Record<number, string>>;

/** What the server proposes or keeps. */
export const mappingOf = (columns: readonly Column[]): Mapping => Object.fromEntries(columns.flatMap(({ column, target }) => (target === undefined ? [] : [[column, target]])));

/** The mapping with one column changed; undefined takes its target away. */
export function withTarget(mapping: Mapping, column: number, target: string | undefined): Mapping {
  const { [column]: _, ...rest } = mapping;
  return target === undefined ? rest : { ...rest, [column]: target };
}

/** Required targets that no column feeds. */
export const missingTargets = (targets: readonly Target[], mapping: Mapping): readonly Target[] => {
  const fed = new Set(Object.values(mapping));
  return targets.filter((target) => target.required && !fed.has(target.target));
};

/** Targets that more than one column feeds. */
export function doubledTargets(targets: readonly Target[], mapping: Mapping): readonly Target[] {
  const fed = Object.values(mapping);
  return targets.filter((target) => fed.filter((one) => one === target.target).length > 1);
}

/** The body of the mapping route: every column of the file, with its target or without. */
export const mappedColumns = (columns: readonly Column[], mapping: Mapping): { column: number; target?: string }[] =>
  columns.map(({ column }) => ({ column, ...(mapping[column] === undefined ? {} : { target: mapping[column] }) }));

/** True when both say the same. */
export const sameMapping = (a: Mapping, b: Mapping): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)].map(Number));
  return [...keys].every((key) => a[key] === b[key]);
};
