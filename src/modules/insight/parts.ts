// Which parts of an index are told, and how much of each: areas and groups of few households are hidden, and what would let them be computed back. Pure.
import type { Text } from "../../core/issue.ts";
import { collected, type Deprivation, deprivation, isPoor, type ParameterSet, partsOf, places, type Profile, wholeOf } from "../../statistics/deprivation.ts";
import { hideSmallCells } from "../../statistics/small-cells.ts";
import { SMALL } from "./rules.ts";

/** A part of the whole: hidden where few households stand in it, or where it would give another away. */
export type Part = { readonly key: string; readonly label: Text; readonly hidden: boolean; readonly told?: PartTold; readonly place?: { readonly from: number; readonly to: number }; readonly ofPeople?: number; readonly ofM0?: number };
/** What is told of a part. What its indicators say is left out where fewer than five households stand behind one of them. */
export type PartTold = Omit<Deprivation, "indicators" | "dimensions"> & Partial<Pick<Deprivation, "indicators" | "dimensions">>;
const few = (n: number): boolean => n > 0 && n < SMALL;
type Found = { readonly key: string; readonly label: Text; readonly profiles: readonly Profile[] };

/** Households of a part: its poor ones, the others, and for each indicator those that lack it, all and among the poor. */
function householdsIn(set: ParameterSet, profiles: readonly Profile[]): { readonly poor: number; readonly others: number; readonly lacking: readonly number[] } {
  const indicators = collected(set);
  const whole = wholeOf(indicators);
  const isPoorProfile = ({ mask }: Profile): boolean => isPoor(partsOf(indicators, mask), whole, set.k);
  const sum = (of: readonly Profile[]): number => of.reduce((total, { households }) => total + households, 0);
  const poor = profiles.filter(isPoorProfile);
  const lacking = (of: readonly Profile[]): number[] => indicators.map((_, i) => sum(of.filter(({ mask }) => ((mask >> i) & 1) === 1)));
  return { poor: sum(poor), others: sum(profiles) - sum(poor), lacking: [...lacking(profiles), ...lacking(poor)] };
}

/**
 * Parts with their measures. A part is hidden where its poor households or the others are fewer than five, and with it whatever would let it be computed back
 * from the whole; so is what its indicators say, by the households that lack one of them.
 */
export function partsTold(set: ParameterSet, found: readonly Found[], whole: Deprivation): Part[] {
  const told = found.flatMap(({ profiles, ...each }) => {
    const own = deprivation(set, profiles);
    return own ? [{ ...each, told: own, of: householdsIn(set, profiles) }] : [];
  });
  if (told.length === 0) return [];
  const hidden = hideSmallCells(told.map(({ of }) => [of.poor, of.others]), SMALL).map((row) => row.includes(true));
  const shown = told.filter((_, i) => !hidden[i]);
  const silent = new Set(shown.filter(({ of }) => of.lacking.some(few)).map(({ key }) => key));
  // One part alone without its indicators would be the whole less the others.
  if (silent.size + told.length - shown.length === 1) for (const { key } of shown.filter((each) => !silent.has(each.key)).toSorted((a, b) => a.told.households - b.told.households).slice(0, 1)) silent.add(key);
  const ranks = places(shown.map((each) => each.told.m0));
  return told.map(({ key, label, told: own }, i): Part => {
    if (hidden[i]) return { key, label, hidden: true };
    const { indicators, dimensions, ...measures } = own;
    return { key, label, hidden: false, told: silent.has(key) ? measures : { ...measures, indicators, dimensions }, place: ranks[shown.findIndex((each) => each.key === key)]!, ofPeople: own.base / whole.base, ofM0: whole.m0.value === 0 ? 0 : (own.base * own.m0.value) / (whole.base * whole.m0.value) };
  });
}
