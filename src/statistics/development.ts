// The development index (发展指数): the geometric mean of normalised parts, as the human development index is made (UNDP, Human Development Report, technical note 1).
// The pilot plan names the index without a formula; which parts and which ends they have is data and stands beside each value.
import type { Text } from "../core/issue.ts";

/** `sum` of a measure over `per` of another, or over the people; `ofEach`: the measure is told per head and taken times the people first.
 * `line`: a local standard by its key stands for `most` where one is in force; `most` is what counts elsewhere. */
export type DevelopmentPart = { readonly key: string; readonly label: Text; readonly unit: Text; readonly sum: string; readonly per: string; readonly ofEach?: true; readonly least: number; readonly most: number; readonly line?: string };
export type DevelopmentSet = { readonly key: string; readonly version: number; readonly label: Text; readonly source: Text; readonly parts: readonly DevelopmentPart[] };

/** 0 at `least`, 1 at `most`, and never beyond. @throws RangeError when the ends do not follow each other */
export function normalised(value: number, least: number, most: number): number {
  if (!(most > least)) throw new RangeError("the ends of a part follow each other");
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}

/** @throws RangeError without values */
export function geometricMean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("a mean of nothing");
  return values.reduce((product, value) => product * value, 1) ** (1 / values.length);
}

export type Development = { readonly value: number; readonly parts: readonly { readonly key: string; readonly raw: number; readonly index: number; readonly most?: number }[] };

/** @param lines local standards in force, by their key. Undefined when a part is not known: a mean without it would be another index. */
export function development(set: DevelopmentSet, values: Readonly<Record<string, number | null>>, lines: ReadonlyMap<string, number> = new Map()): Development | undefined {
  const parts = set.parts.map(({ key, least, most: elsewhere, line }) => {
    const raw = values[key];
    const most = (line === undefined ? undefined : lines.get(line)) ?? elsewhere;
    return raw === undefined || raw === null ? undefined : { key, raw, index: normalised(raw, least, most), most };
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const known = parts.filter((part) => part !== undefined);
  return { value: geometricMean(known.map(({ index }) => index)), parts: known };
}
