// A set of cutoffs and weights as somebody fills it in, and back. Pure: names of indicators that were changed are made from measure, comparison and cutoff, in both languages.
import type { Text } from "../../../core/issue.ts";
import type { Operator, ParameterSet } from "../../../modules/insight/rules.ts";
import { operatorWords } from "./set-words.ts";

export type KnownMeasure = { readonly key: string; readonly label: Text; readonly unit?: Text | undefined; readonly yes: boolean };
/** `key`: of the indicator that it was, absent of a new one. */
export type IndicatorDraft = { readonly key?: string; readonly measure?: string; readonly dimension?: string; readonly operator?: Operator; readonly cutoff?: number | null; readonly weight?: number | null };
export type SetDraft = {
  readonly as?: "version" | "own";
  readonly nameZh: string;
  readonly nameEn: string;
  readonly sourceZh: string;
  readonly sourceEn: string;
  /** Per cent. */
  readonly k: number;
  readonly missing: ParameterSet["missing"];
  readonly counts: ParameterSet["counts"];
  readonly dimensions: readonly { readonly key: string; readonly zh: string; readonly en: string }[];
  readonly indicators: readonly IndicatorDraft[];
};

const percentOf = ({ of, in: whole }: ParameterSet["k"]): number => Math.round((1000 * of) / whole) / 10;

export const draftFrom = (set: ParameterSet): SetDraft => ({
  nameZh: set.label.zh,
  nameEn: set.label.en,
  sourceZh: set.source.zh,
  sourceEn: set.source.en,
  k: percentOf(set.k),
  missing: set.missing,
  counts: set.counts,
  dimensions: set.dimensions.map(({ key, label }) => ({ key, zh: label.zh, en: label.en })),
  indicators: set.indicators.flatMap(({ key, measure, dimension, operator, cutoff, weight }) => (measure === undefined ? [] : [{ key, measure, dimension, operator, cutoff, weight }])),
});

/** A set that is begun from nothing: one dimension, one empty indicator. */
export const emptyDraft: SetDraft = { nameZh: "", nameEn: "", sourceZh: "", sourceEn: "", k: 33.3, missing: "not-deprived", counts: "people", dimensions: [{ key: "d1", zh: "", en: "" }], indicators: [{ dimension: "d1", operator: "<", weight: 1 }] };

const figure = (n: number, language: "zh" | "en"): string => n.toLocaleString(language);
/** What an indicator says of whom it holds: "家庭人均年收入低于9,600元". Of a measure that is yes or no, the measure itself, or that it is not so. */
export function labelOf(measure: KnownMeasure, operator: Operator, cutoff: number): Text {
  if (measure.yes) return cutoff === 1 ? { zh: measure.label.zh, en: measure.label.en } : { zh: `不是：${measure.label.zh}`, en: `Not so: ${measure.label.en}` };
  const [words, unit] = [operatorWords[operator], measure.unit];
  return { zh: `${measure.label.zh}${words.zh}${figure(cutoff, "zh")}${unit?.zh ?? ""}`, en: `${measure.label.en} ${words.en} ${figure(cutoff, "en")}${unit === undefined ? "" : unit.en === "%" ? "%" : ` ${unit.en}`}` };
}

/** The first of `name`, `name-2`, `name-3` … that is free. */
export function freeKey(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(key)) return key;
  }
}

/** @param of the set that is revised or copied; `key`: that of the result. Rows without a measure are none. What the source knows and nobody collects goes along. */
export function setFrom(draft: SetDraft, measures: readonly KnownMeasure[], of: ParameterSet | undefined, key: string): ParameterSet {
  const taken = new Set<string>();
  const indicators = draft.indicators.flatMap((row) => {
    const measure = measures.find((each) => each.key === row.measure);
    if (!measure) return [];
    const [operator, cutoff] = measure.yes ? (["=", row.cutoff === 0 ? 0 : 1] as const) : [row.operator ?? "<", row.cutoff ?? Number.NaN];
    const was = of?.indicators.find((each) => each.key === row.key);
    const same = was !== undefined && was.measure === measure.key && was.operator === operator && was.cutoff === cutoff;
    const own = freeKey(was?.measure === measure.key ? was.key : measure.key, taken);
    taken.add(own);
    return [{ key: own, dimension: row.dimension ?? "", label: same ? was.label : labelOf(measure, operator, cutoff), measure: measure.key, operator, cutoff, weight: row.weight ?? 0 }];
  });
  const dimensions = draft.dimensions.map((each) => ({ key: each.key, label: { zh: each.zh, en: each.en } }));
  const unheard = (of?.indicators ?? []).filter((each) => each.measure === undefined && dimensions.some((one) => one.key === each.dimension) && !taken.has(each.key));
  return {
    key,
    version: 1,
    label: { zh: draft.nameZh, en: draft.nameEn },
    source: { zh: draft.sourceZh, en: draft.sourceEn },
    dimensions,
    indicators: [...indicators, ...unheard],
    // A third is a third and not 33.3 %.
    k: of && percentOf(of.k) === draft.k ? of.k : { of: Math.round(draft.k * 10), in: 1000 },
    missing: draft.missing,
    counts: draft.counts,
  };
}
