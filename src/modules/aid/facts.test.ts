// What a household lacks, by its form: the same words mean the same here and in the indices.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lowIncomeFacts } from "../../../schemes/low-income/household-facts.ts";
import { edited, samples } from "../../../schemes/low-income/sample-households.ts";
import { lowIncomeInsight } from "../../../schemes/low-income/insights.ts";
import { measureOf } from "../insight/flatten.ts";
import { factsOf } from "./facts.ts";

const lacks = (more: Parameters<typeof edited>[1], condition: string): boolean =>
  factsOf(lowIncomeFacts, edited(samples.allowance, more), { today: "2019-09-10", referenceDate: "2019-08-01" }).conditions.includes(condition);

const measured = (key: string, more: Readonly<Record<string, unknown>>): number | null =>
  measureOf(lowIncomeInsight.measures.find((one) => one.key === key)!)(edited(samples.allowance, more as Parameters<typeof edited>[1]), { today: "2019-09-10", referenceDate: "2019-08-01" });

test("water from a well is no tap water", () => {
  assert.deepEqual([lacks({ water: "tap" }, "no-electricity-or-water"), lacks({ water: "well" }, "no-electricity-or-water")], [false, true]);
});

test("a child whose occupation is that of a pupil is at school; one of whom nobody says so is not, here and in the indices", () => {
  for (const state of ["01", undefined]) {
    const outOf = (job: string): readonly unknown[] => [lacks({ "members[2].edu_state": state, "members[2].job_state": job }, "child-not-enrolled"), measured("child_out_of_school", { "members[2].edu_state": state, "members[2].job_state": job, "members[0].age": 57, "members[1].age": 44, "members[2].age": 11 })];
    assert.deepEqual([outOf("31"), outOf("90")], [[false, 0], [true, 1]], String(state));
  }
});

test("what was not asked is not known to the indices: it is neither a lack nor none", () => {
  const asked: readonly (readonly [string, string, unknown, unknown])[] = [
    ["few_durables", "durables", ["none"], ["television", "mobile"]], ["no_toilet", "toilet", "dry", "sanitary"], ["no_electricity", "electricity", false, true], ["no_safe_water", "water", "well", "tap"],
    ["solid_fuel", "fuel", ["coal"], ["gas"]], ["unsafe_housing", "housing_state", "3", "1"], ["adobe_housing", "housing_structure", "03", "01"], ["major_illness", "members[1].health", ["major"], ["healthy"]],
  ];
  const well = { "members[0].health": ["healthy"], "members[2].health": ["healthy"] };
  for (const [key, path, lack, none] of asked) assert.deepEqual([measured(key, { ...well, [path]: lack }), measured(key, { ...well, [path]: none }), measured(key, { ...well, [path]: undefined })], [1, 0, null], key);
  // One who is ill is enough, whatever is not known of the others; without a house there is no adobe.
  assert.equal(measured("major_illness", { ...well, "members[0].health": ["major"], "members[1].health": undefined }), 1);
  assert.deepEqual([measured("unsafe_housing", { housing_nature: "3", housing_state: undefined }), measured("adobe_housing", { housing_nature: "3", housing_structure: undefined })], [1, 0]);
});
