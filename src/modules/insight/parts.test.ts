// Parts of an index: what few households stand behind is not told, and cannot be had from the rest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deprivation, type ParameterSet, type Profile } from "../../statistics/deprivation.ts";
import { partsTold } from "./parts.ts";

const t = (text: string) => ({ zh: text, en: text });
const indicator = (key: string) => ({ key, label: t(key), dimension: "d", measure: key, operator: "=" as const, cutoff: 1, unit: t(""), weight: 1 });
const set = { key: "s", version: 1, label: t("s"), source: t("s"), dimensions: [{ key: "d", label: t("d") }], indicators: [indicator("a"), indicator("b")], k: { of: 1, in: 2 }, missing: "left-out", counts: "people" } as unknown as ParameterSet;
/** Households of three people each by what they lack: 1 the first, 2 the second, 3 both. */
const area = (key: string, lacking: Readonly<Record<number, number>>) => ({ key, label: t(key), profiles: Object.entries(lacking).map(([mask, households]): Profile => ({ mask: Number(mask), households, count: households * 3, squares: households * 9 })) });
const tell = (...found: ReturnType<typeof area>[]) => partsTold(set, found, deprivation(set, found.flatMap(({ profiles }) => profiles))!);
const words = (found: ReturnType<typeof tell>) => found.map(({ key, hidden, told }) => `${key} ${hidden ? "hidden" : told?.indicators ? "whole" : "without indicators"}`);

test("a part with fewer than five poor households, or others, is hidden, and another with it so that the whole does not give it away", () => {
  assert.deepEqual(words(tell(area("A", { 0: 40, 1: 30, 2: 20 }), area("B", { 0: 40, 1: 30, 2: 20 }))), ["A whole", "B whole"]);
  assert.deepEqual(words(tell(area("A", { 0: 40, 1: 30, 2: 20 }), area("B", { 0: 40, 1: 3 }), area("C", { 0: 9, 1: 8, 2: 7 }))), ["A whole", "B hidden", "C hidden"]);
  assert.deepEqual(words(tell(area("A", { 0: 2, 1: 30, 2: 20 }), area("B", { 0: 40, 1: 30, 2: 20 }))), ["A hidden", "B hidden"]);
  assert.deepEqual(words(tell(area("A", { 0: 40 }), area("B", { 0: 40, 1: 30, 2: 20 }))), ["A whole", "B whole"], "none is no few");
});

test("what its indicators say is left out where few households lack one of them, and one part alone is not left without", () => {
  assert.deepEqual(words(tell(area("A", { 0: 40, 1: 30, 2: 2 }), area("B", { 0: 40, 1: 30, 2: 20 }), area("C", { 0: 20, 1: 10, 2: 10 }))), ["A without indicators", "B whole", "C without indicators"]);
  assert.deepEqual(words(tell(area("A", { 0: 40, 1: 30, 2: 2 }), area("B", { 0: 40, 1: 3 }), area("C", { 0: 20, 1: 10, 2: 10 }), area("D", { 0: 20, 1: 10, 2: 10 }))).filter((one) => one.endsWith("whole")).length, 1);
});
