// What is typed into the editor of a set of cutoffs and weights, and what is kept of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shippedInsights } from "../../../../schemes/shipped.ts";
import { faultsOf } from "../../../statistics/deprivation.ts";
import { draftFrom, emptyDraft, freeKey, type KnownMeasure, labelOf, setFrom } from "./set-draft.ts";

const { sets, insight } = shippedInsights[0]!;
const measures: readonly KnownMeasure[] = insight.measures.map(({ key, label, unit, yes }) => ({ key, label, unit, yes: yes === true }));

test("each shipped set opens in the editor as it is and is kept as it was, also what its source knows and nobody collects", () => {
  for (const set of sets) assert.deepEqual(setFrom(draftFrom(set), measures, set, set.key), { ...set, indicators: [...set.indicators.filter(({ measure }) => measure !== undefined), ...set.indicators.filter(({ measure }) => measure === undefined)] }, set.key);
  assert.ok(sets.some((set) => set.indicators.some(({ measure }) => measure === undefined)), "one of them has such");
});

test("an indicator that was changed is named anew in both languages; yes and no has nothing to compare; the same measure twice has two keys; k is a share", () => {
  const [register] = sets;
  const draft = draftFrom(register!);
  const changed = setFrom({ ...draft, k: 40, indicators: [...draft.indicators.map((row) => (row.key === "income" ? { ...row, cutoff: 12_000 } : row)), { measure: "income_per_head", dimension: "income", operator: "<=", cutoff: 3000, weight: 2 }, { measure: "no_toilet", dimension: "living", operator: ">", weight: 1 }, {}] }, measures, register, "register");
  assert.deepEqual(faultsOf(changed, insight.measures.map(({ key }) => key)), []);
  assert.deepEqual(changed.k, { of: 400, in: 1000 });
  const of = (key: string) => changed.indicators.find((each) => each.key === key)!;
  assert.deepEqual(of("income").label, { zh: "家庭人均年收入低于12,000元", en: "Income per head and year below 12,000 yuan" });
  assert.deepEqual([of("income_per_head").operator, of("income_per_head").label.zh], ["<=", "家庭人均年收入不高于3,000元"]);
  assert.deepEqual([of("no_toilet").operator, of("no_toilet").cutoff, of("no_toilet").label.en], ["=", 1, "No sanitary toilet"]);
  assert.equal(changed.indicators.length, register!.indicators.length + 2, "a row without a measure is none");
  assert.deepEqual(labelOf({ key: "r", label: { zh: "占比", en: "Share" }, unit: { zh: "%", en: "%" }, yes: false }, ">=", 50), { zh: "占比不低于50%", en: "Share at least 50%" });
  assert.deepEqual(labelOf({ key: "y", label: { zh: "通电", en: "Electricity" }, yes: true }, "=", 0), { zh: "不是：通电", en: "Not so: Electricity" });
});

test("what is begun from nothing has the faults of what is not filled in, and keys that are free", () => {
  const nothing = setFrom(emptyDraft, measures, undefined, "local");
  assert.ok(faultsOf(nothing, []).length > 0);
  assert.equal(freeKey("local", new Set(["local", "local-2"])), "local-3");
});
