// The edition of 2022 at work: sound records pass, its own conditions hold, and answers of 2017 carry over by key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import { itemAt } from "../../src/scheme/layout.ts";
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { type Situation, soundPersons } from "./sample-records.ts";
import { disability2022 } from "./scheme-2022.ts";

const check = checker(disability2022);
const options = { today: "2022-07-20" };

/** Answers of 2017 as far as 2022 still asks them, with what 2022 asks anew. */
const carried = (situation: Situation, anew: FormAnswers): Answers => ({
  general: {
    ...Object.fromEntries(Object.entries(soundPersons[situation]["general"] ?? {}).filter(([key]) => itemAt(disability2022, `general.${key}`) !== undefined)),
    filled_at: "2022-07-12",
    ...anew,
  },
});

const records: readonly (readonly [Situation, FormAnswers])[] = [
  ["farmer", { family_housing: "1", care_need: ["4"], aged_parents_care: "2" }],
  ["employee", { family_housing: "1", aged_parents_care: "2" }],
  ["pupil", { family_housing: "1", living_source: undefined }],
  ["student", { family_housing: "1", help_needed: ["6"], worker_insurance: ["4"], aged_parents_care: "1" }],
  ["onAllowance", { family_housing: "2", help_needed: ["2"], aged_parents_care: "2" }],
  ["retired", { family_housing: "3", elderly_received: ["4"], elderly_need: ["1"], aged_parents_care: "2" }],
  ["inInstitution", { care_need: ["3"], aged_parents_care: "2" }],
  ["unknownPerson", {}],
];

for (const [situation, anew] of records) {
  test(`the record of the situation “${situation}”, carried into 2022 by key, has no fault once the new questions are answered`, () => {
    const { issues, archived } = check(carried(situation, anew), options);
    assert.deepEqual(issues, []);
    assert.deepEqual(archived, {});
  });
}

const skips: readonly (readonly [key: string, asked: Situation, notAsked: Situation])[] = [
  ["family_housing", "farmer", "inInstitution"],
  ["elderly_received", "retired", "farmer"],
  ["elderly_need", "retired", "farmer"],
  ["aged_parents_care", "farmer", "unknownPerson"],
  ["care_need", "farmer", "employee"],
  ["help_needed", "employee", "retired"],
  ["worker_insurance", "student", "pupil"],
];

for (const [key, asked, notAsked] of skips) {
  test(`${key} is demanded in the situation “${asked}”, not in “${notAsked}”`, () => {
    const demanded = (situation: Situation): boolean => check(carried(situation, { [key]: undefined }), options).issues.some((issue) => issue.code === "required" && issue.paths[0] === `general.${key}`);
    assert.ok(demanded(asked));
    assert.ok(!demanded(notAsked));
  });
}

test("what was altered at home is asked where something was", () => {
  const codes = (anew: FormAnswers): string[] => check(carried("farmer", { family_housing: "1", care_need: ["4"], aged_parents_care: "2", ...anew }), options).issues.map((issue) => issue.code);
  assert.deepEqual(codes({ barrier_done: "1" }), ["required"]);
  assert.deepEqual(codes({ barrier_done: "1", barrier_works: ["1", "5"] }), []);
});

test("a subsidised contribution is still medical assistance", () => {
  const codes = (anew: FormAnswers): string[] => check(carried("farmer", { family_housing: "1", care_need: ["4"], aged_parents_care: "2", ...anew }), options).issues.map((issue) => issue.code);
  assert.deepEqual(codes({ medical_subsidy: "1" }), ["closed-option"]);
  assert.deepEqual(codes({ medical_subsidy: "1", assistance: ["2"] }), ["general.subsidy_is_medical_aid"]);
  assert.deepEqual(codes({ medical_subsidy: "1", assistance: ["3"] }), []);
});
