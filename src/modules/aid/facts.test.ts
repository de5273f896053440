// What a household lacks, by its form: the same words mean the same here and in the indices.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lowIncomeFacts } from "../../../schemes/low-income/household-facts.ts";
import { edited, samples } from "../../../schemes/low-income/sample-households.ts";
import { factsOf } from "./facts.ts";

const lacks = (more: Parameters<typeof edited>[1], condition: string): boolean =>
  factsOf(lowIncomeFacts, edited(samples.allowance, more), { today: "2019-09-10", referenceDate: "2019-08-01" }).conditions.includes(condition);

test("water from a well is no tap water", () => {
  assert.deepEqual([lacks({ water: "tap" }, "no-electricity-or-water"), lacks({ water: "well" }, "no-electricity-or-water")], [false, true]);
});

test("a child whose occupation is that of a pupil is at school", () => {
  const outOf = (job: string): boolean => lacks({ "members[2].edu_state": "01", "members[2].job_state": job }, "child-not-enrolled");
  assert.deepEqual([outOf("31"), outOf("90")], [false, true]);
});
