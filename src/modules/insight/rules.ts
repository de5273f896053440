// Limits of cross-tables, states of local sets, and the words both use. Pure: pages ask it too.
import type { Text } from "../../core/issue.ts";

export { counted, missingRules, mostIndicators, type Operator, operators, type ParameterSet } from "../../statistics/deprivation.ts";

/** The axis that every register has: the areas directly under the one that is looked at. */
export const AREA = "area";
export const mostAxes = 3;
/** Cells without totals that a table may have: more is read by nobody. */
export const MOST_CELLS = 1000;
/** Counts by axes and filters together that are held against each other; above it the question is too fine. */
export const MOST_LINKED = 50_000;
/** Counts below this are hidden. */
export const SMALL = 5;

/** Positions of an axis that a table shows: all that anybody may have, of years only those that occur; "not told" when it occurs. */
export const axisCells = (values: number, found: readonly number[], onlyFound: boolean): readonly number[] => {
  const all = onlyFound ? found.filter((n) => n > 0) : Array.from({ length: values }, (_, i) => i + 1);
  return found.includes(0) ? [...all, 0] : all;
};

const t = (zh: string, en: string): Text => ({ zh, en });
export const setStates = ["draft", "tried", "in-force", "ended"] as const;
export type SetState = (typeof setStates)[number];
export const setStateLabels: Readonly<Record<SetState, Text>> = { draft: t("草案", "Draft"), tried: t("已试算，待批准", "Tried, waits for approval"), "in-force": t("已生效", "In force"), ended: t("已停用", "Ended") };
export type SetFacts = { readonly digest: string; readonly triedDigest: string | null; readonly approvedBy: string | null; readonly endedAt: Date | null };
export const setState = ({ digest, triedDigest, approvedBy, endedAt }: SetFacts): SetState => (endedAt !== null ? "ended" : approvedBy !== null ? "in-force" : triedDigest === digest ? "tried" : "draft");

/** Five steps of colour of a map, by equal counts of areas; the lower ends. Pure numbers, so that the legend says what the colours mean. */
export function stepsOf(values: readonly number[], steps = 5): readonly number[] {
  const sorted = [...new Set(values)].toSorted((a, b) => a - b);
  if (sorted.length <= steps) return sorted;
  return [...new Set(Array.from({ length: steps }, (_, i) => sorted[Math.floor((i * sorted.length) / steps)]!))];
}
export const stepAt = (steps: readonly number[], value: number): number => Math.max(0, steps.findLastIndex((low) => low <= value));

type Grown = {
  readonly set: { readonly parts: readonly { readonly key: string; readonly label: Text; readonly unit: Text; readonly most: number; readonly line?: string }[] };
  readonly lines?: readonly { readonly key: string; readonly value: number; readonly name: string; readonly from: string }[];
  readonly whole?: { readonly parts: readonly { readonly key: string; readonly most?: number }[] };
};
/** At what a part of the development index is full where a local line says it: whose line and since when, and what counts where none is set. */
export const fullValues = ({ set, lines = [], whole }: Grown): Text[] =>
  set.parts.flatMap(({ key, label, unit, most, line }) => {
    if (line === undefined) return [];
    const local = lines.filter((one) => one.key === line).map(({ value, name, from }) => t(`${value / 100}${unit.zh}（${name}，${from}起）`, `${value / 100} ${unit.en} (${name}, from ${from})`));
    const elsewhere = local.length === 0 || whole?.parts.find((part) => part.key === key)?.most === most ? [t(`${most}${unit.zh}（本地未设定，取通用值）`, `${most} ${unit.en} (no local line: the general value)`)] : [];
    const all = [...local, ...elsewhere];
    return [t(`${label.zh}：${all.map(({ zh }) => zh).join("、")}`, `${label.en}: ${all.map(({ en }) => en).join(", ")}`)];
  });
