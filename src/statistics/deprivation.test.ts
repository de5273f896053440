// Published examples: the worked example of Alkire and Foster, the United Nations' example of four households, the tables of the packages mpindex and MPI, the human development index of Viet Nam.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf, collected, deprivation, deprived, faultsOf, gapOf, GAP_UNIT, type Indicator, type ParameterSet, places, type Profile } from "./deprivation.ts";
import { development, geometricMean, normalised } from "./development.ts";

const t = (en: string) => ({ zh: en, en });
const indicator = (key: string, cutoff: number, weight = 1, dimension = key, operator: Indicator["operator"] = "<"): Indicator => ({ key, dimension, label: t(key), measure: key, operator, cutoff, weight });
const setOf = (indicators: readonly Indicator[], k: ParameterSet["k"], more: Partial<ParameterSet> = {}): ParameterSet => ({
  key: "test", version: 1, label: t("test"), source: t("test"), dimensions: [...new Set(indicators.map(({ dimension }) => dimension))].map((key) => ({ key, label: t(key) })), indicators, k, missing: "not-deprived", counts: "people", ...more,
});
/** Profiles of persons with their values, one by one. */
const profilesOf = (set: ParameterSet, rows: readonly (readonly number[])[]): Profile[] =>
  rows.map((row) => {
    const each = collected(set).map((one, i) => ({ is: deprived(one, row[i]) === true, gap: Math.round(gapOf(one, row[i]!) * GAP_UNIT) }));
    return { mask: each.reduce((mask, { is }, i) => mask | (is ? 1 << i : 0), 0), households: 1, count: 1, squares: 1, gaps: each.map(({ is, gap }) => (is ? gap : 0)), gapSquares: each.map(({ is, gap }) => (is ? Math.round((gap * gap) / GAP_UNIT) : 0)) };
  });
const printed = (value: number, digits: number): string => value.toFixed(digits);

// Alkire & Foster, "Counting and multidimensional poverty measurement", OPHI Working Paper 32 (2009), the example of sections 3 and 5: four persons, four dimensions, z = (13, 12, 3, 1), k = 2.
// The same matrix, cutoffs and deprivations of its first two columns stand in perlatex/easyuse, README.md (12c3e98), against which they were compared.
const four = setOf([indicator("income", 13), indicator("schooling", 12), indicator("health", 3), indicator("insurance", 1)], { of: 2, in: 4 });
const example = [[13.1, 14, 4, 1], [15.2, 7, 5, 0], [12.5, 10, 1, 0], [20, 11, 3, 1]];

test("the worked example of Alkire and Foster gives their H, A and M0; M1 and M2 follow their formula", () => {
  const profiles = profilesOf(four, example);
  assert.deepEqual(profiles.map(({ mask }) => mask.toString(2).padStart(4, "0").split("").reverse().join("")), ["0000", "0101", "1111", "0100"]);
  const found = deprivation(four, profiles)!;
  assert.equal(found.h.value, 1 / 2);
  assert.equal(found.a.value, 3 / 4);
  assert.equal(found.m0.value, 3 / 8);
  // Gaps of the second person: 0.42 and 1; of the third: 0.04, 0.17, 0.67 and 1. M1 is their mean over sixteen cells, M2 that of their squares.
  assert.deepEqual(profiles[1]!.gaps!.map((gap) => printed(gap / GAP_UNIT, 2)), ["0.00", "0.42", "0.00", "1.00"]);
  assert.deepEqual(profiles[2]!.gaps!.map((gap) => printed(gap / GAP_UNIT, 2)), ["0.04", "0.17", "0.67", "1.00"]);
  assert.equal(printed(found.m1, 3), printed((5 / 12 + 1 + 0.5 / 13 + 2 / 12 + 2 / 3 + 1) / 16, 3));
  assert.equal(printed(found.m2, 3), printed(((5 / 12) ** 2 + 1 + (0.5 / 13) ** 2 + (2 / 12) ** 2 + (2 / 3) ** 2 + 1) / 16, 3));
  assert.deepEqual(found.indicators.map(({ censored }) => censored), [1 / 4, 2 / 4, 1 / 4, 2 / 4]);
  assert.deepEqual(found.indicators.map(({ raw }) => raw), [1 / 4, 3 / 4, 1 / 4, 2 / 4]);
  assert.equal(found.indicators.reduce((sum, { share }) => sum + share, 0), 1);
});

// UNDP, Human Development Report, technical note on the Multidimensional Poverty Index, "Example using hypothetical data": four households of 4, 7, 5 and 4 people.
// Typed from the note; no second copy of its table was at hand to compare.
const undp = setOf(
  [
    ...["nutrition", "child mortality"].map((key) => indicator(key, 1, 3, "health", "=")),
    ...["schooling", "attendance"].map((key) => indicator(key, 1, 3, "education", "=")),
    ...["electricity", "water", "sanitation", "floor", "fuel", "assets"].map((key) => indicator(key, 1, 1, "living", "=")),
  ],
  { of: 1, in: 3 },
);
const households = [
  { people: 4, row: [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], score: "22.2" },
  { people: 7, row: [0, 1, 1, 1, 1, 0, 1, 0, 1, 1], score: "72.2" },
  { people: 5, row: [1, 0, 0, 0, 1, 1, 1, 0, 1, 0], score: "38.9" },
  { people: 4, row: [0, 1, 1, 0, 1, 0, 0, 0, 1, 1], score: "50.0" },
];

test("the United Nations' example of four households gives its scores, H, A and MPI to three digits, the parts of the dimensions to whole percent", () => {
  const profiles = profilesOf(undp, households.map(({ row }) => row)).map((profile, i): Profile => ({ mask: profile.mask, households: 1, count: households[i]!.people, squares: households[i]!.people ** 2 }));
  for (const [i, profile] of profiles.entries()) assert.equal(printed(100 * deprivation({ ...undp, k: { of: 1, in: 18 } }, [profile])!.m0.value, 1), households[i]!.score);
  const found = deprivation(undp, profiles)!;
  assert.deepEqual([printed(found.h.value, 3), printed(found.a.value, 3), printed(found.m0.value, 3)], ["0.800", "0.563", "0.450"]);
  assert.deepEqual(found.dimensions.map(({ share }) => printed(100 * share, 0)), ["30", "33", "37"]);
  // Binary data have no depth: all three measures are one.
  assert.equal(printed(found.m1, 12), printed(found.m0.value, 12));
  assert.equal(printed(found.m2, 12), printed(found.m0.value, 12));
});

// yng-me/mpindex 0.3.1 (CRAN), tests/testthat/helper-deprivation-profile-simple.R and test-compute-mpi.R: four persons, four indicators of ¼, k = ½:
// the rows and H, A and MPI are compared with them (01c7871). Its regions X and Y (test-overall.R) are told no index there; theirs follow by hand.
test("the table of the mpindex package comes out as its tests print it", () => {
  const set = setOf(["a1", "a2", "b1", "b2"].map((key, i) => indicator(key, 1, 1, i < 2 ? "A" : "B", "=")), { of: 1, in: 2 });
  const profiles = profilesOf(set, [[0, 0, 0, 0], [1, 0, 0, 1], [1, 1, 1, 1], [0, 1, 0, 0]]);
  const found = deprivation(set, profiles)!;
  assert.deepEqual([found.h.value, found.a.value, found.m0.value], [0.5, 0.75, 0.375]);
  assert.deepEqual([profiles.slice(0, 2), profiles.slice(2)].map((region) => deprivation(set, region)!.m0.value), [0.25, 0.5]);
});

// 9POINTEIGHT/MPI 0.1.0 (CRAN; README.md, man/FIG/DimentionalContribution.JPG and pov_df.JPG, 1a629fd): eleven indicators of equal weight. Printed of all thirty people: for each indicator
// how many are deprived, their share, its contribution (k = 1, so that whoever is deprived in anything is poor); of the two of Bastia (k = 3): their rows, scores, H, A and M0.
const packageIndicators = ["health care", "child mortality", "water", "sanitation", "electricity", "assets", "fuel", "housing", "school lag", "attendance", "years"];
const printedParts: readonly (readonly [count: number, ratio: string, contribution: string])[] = [
  [17, "0.5666667", "0.09770115"], [14, "0.4666667", "0.08045977"], [17, "0.5666667", "0.09770115"], [18, "0.6000000", "0.10344828"], [18, "0.6000000", "0.10344828"], [17, "0.5666667", "0.09770115"],
  [15, "0.5000000", "0.08620690"], [16, "0.5333333", "0.09195402"], [12, "0.4000000", "0.06896552"], [13, "0.4333333", "0.07471264"], [17, "0.5666667", "0.09770115"],
];

test("the printed table of thirty people comes out: headcounts to seven digits, contributions of eleven indicators to eight", () => {
  const set = setOf(packageIndicators.map((key) => indicator(key, 1, 1, key, "=")), { of: 1, in: 11 });
  // Who is deprived in what does not matter to these columns, only how many are.
  const found = deprivation(set, profilesOf(set, Array.from({ length: 30 }, (_, person) => printedParts.map(([count]) => (person < count ? 1 : 0)))))!;
  assert.deepEqual(found.indicators.map(({ raw, censored, share }) => [printed(raw, 7), printed(censored, 7), printed(share, 8)]), printedParts.map(([, ratio, contribution]) => [ratio, ratio, contribution]));
});

test("the printed table of two people of one place comes out: scores, H, A and M0 to seven digits", () => {
  const set = setOf(packageIndicators.map((key) => indicator(key, 1, 1, key, "=")), { of: 3, in: 11 });
  const profiles = profilesOf(set, [[1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0], [0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0]]);
  assert.deepEqual(profiles.map((profile) => printed(deprivation(set, [profile])!.a.value, 7)), ["0.4545455", "0.3636364"]);
  const found = deprivation(set, profiles)!;
  assert.deepEqual([found.h.value, printed(found.a.value, 7), printed(found.m0.value, 7)], [1, "0.4090909", "0.4090909"]);
});

test("the parts of areas make the whole: shares of people times M0 of each area add up to M0", () => {
  const profiles = profilesOf(four, example);
  const [east, west] = [deprivation(four, profiles.slice(0, 2))!, deprivation(four, profiles.slice(2))!];
  assert.equal((2 / 4) * east.m0.value + (2 / 4) * west.m0.value, deprivation(four, profiles)!.m0.value);
});

test("an index of nobody is not nought but nothing, and one household has no error that could be told", () => {
  assert.equal(deprivation(four, []), undefined);
  assert.equal(deprivation(four, profilesOf(four, [example[2]!]))!.m0.error, 0);
});

test("the error of M0 is that of a mean of scores, household by household", () => {
  const profiles = profilesOf(four, example);
  const scores = [0, 0.5, 1, 0];
  const mean = 0.375;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 3;
  assert.equal(printed(deprivation(four, profiles)!.m0.error, 12), printed(Math.sqrt(variance / 4), 12));
  // Households that are alike may stand in one profile.
  const twice = [...profiles, ...profiles];
  const merged = profiles.map((profile) => ({ ...profile, households: 2, count: 2, squares: 2, gaps: profile.gaps!.map((gap) => gap * 2), gapSquares: profile.gapSquares!.map((gap) => gap * 2) }));
  assert.deepEqual(deprivation(four, merged), deprivation(four, twice));
});

test("areas that chance cannot tell apart share their places", () => {
  const m = (value: number, error: number) => ({ value, error, low: value - 2 * error, high: value + 2 * error });
  assert.deepEqual(places([m(0.4, 0.01), m(0.2, 0.02), m(0.19, 0.02), m(0.05, 0.01)]), [{ from: 1, to: 1 }, { from: 2, to: 3 }, { from: 2, to: 3 }, { from: 4, to: 4 }]);
  assert.equal(changeOf(m(0.2, 0.02), m(0.19, 0.02)).told, false);
  assert.equal(changeOf(m(0.2, 0.01), m(0.1, 0.01)).told, true);
});

test("a set without cutoffs, weights or sources is told its faults and not computed", () => {
  const broken = setOf([{ ...indicator("income", Number.NaN), weight: 0 }, indicator("schooling", 12, 1.5)], { of: 3, in: 2 });
  const words = faultsOf(broken, ["income"]).map(({ en }) => en).join(" | ");
  for (const part of ["k must be", "income (income): its cutoff is missing", "income: the weight", "schooling: the weight", "no measure “schooling”"]) assert.match(words, new RegExp(part.replaceAll(/[()]/g, "\\$&")));
  assert.deepEqual(faultsOf(four, ["income", "schooling", "health", "insurance"]), []);
  assert.equal(deprived(four.indicators[0]!, null), undefined);
});

// UNDP, Human Development Report 2011, technical note 1, Viet Nam: life expectancy 75.2, mean years 5.5, expected years 10.4, income 2,805; ends 20–83.4, 0–13.1, 0–18, 100–107,721.
test("parts and mean follow the human development index: Viet Nam 2011 to two digits", () => {
  const life = normalised(75.2, 20, 83.4);
  const education = normalised(geometricMean([normalised(5.5, 0, 13.1), normalised(10.4, 0, 18)]), 0, 0.978);
  const income = normalised(Math.log(2805), Math.log(100), Math.log(107_721));
  assert.deepEqual([life, education, income, geometricMean([life, education, income])].map((value) => printed(value, 2)), ["0.87", "0.50", "0.48", "0.59"]);
});

test("a development index without one of its parts is not told", () => {
  const set = { key: "d", version: 1, label: t("d"), source: t("d"), parts: [{ key: "health", label: t("health"), unit: t("share"), sum: "a", per: "people", least: 0, most: 1 }, { key: "work", label: t("work"), unit: t("share"), sum: "a", per: "people", least: 0, most: 1 }] };
  assert.equal(printed(development(set, { health: 0.9, work: 0.4 })!.value, 12), printed(Math.sqrt(0.36), 12));
  assert.equal(development(set, { health: 0.9, work: null }), undefined);
  const lined = { ...set, parts: set.parts.map((part) => (part.key === "work" ? { ...part, line: "local" } : part)) };
  assert.deepEqual([new Map([["local", 0.5]]), new Map([["another", 0.5]])].map((lines) => development(lined, { health: 0.9, work: 0.4 }, lines)!.parts[1]!.index), [0.8, 0.4], "the line of the place is its end");
});
