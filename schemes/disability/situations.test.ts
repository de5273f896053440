// Sound records of people in every situation the form tells apart pass without a word, and what follows from the numbers is filled in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import { soundPersons } from "./sample-records.ts";
import { disability } from "./scheme.ts";

const check = checker(disability);
const options = { today: "2017-07-20" };

for (const [situation, record] of Object.entries(soundPersons)) {
  test(`a complete record of the situation “${situation}” has no fault at all`, () => {
    const { issues, archived } = check(record, options);
    assert.deepEqual(issues, []);
    assert.deepEqual(archived, {});
  });
}

test("sex, birth date, age, kind and grade follow from the numbers", () => {
  const { answers } = check(soundPersons.farmer, options);
  const general = answers["general"];
  assert.equal(general?.["sex"], "1");
  assert.equal(general?.["birth_date"], "1972-03-12");
  assert.equal(general?.["age"], 45);
  assert.equal(general?.["disab_type"], "4");
  assert.equal(general?.["disab_grade"], "2");
  assert.equal(general?.["survey_year"], "2017");
});

test("a child without a certificate has neither kind nor grade", () => {
  const { answers } = check(soundPersons.child, options);
  assert.equal(answers["general"]?.["disab_type"], undefined);
  assert.equal(answers["general"]?.["disab_grade"], undefined);
  assert.equal(answers["general"]?.["age"], 4);
});

test("age is counted on the reference date, not today", () => {
  const { answers } = check(soundPersons.farmer, { today: "2018-03-12", referenceDate: "2017-03-11" });
  assert.equal(answers["general"]?.["age"], 44);
});

test("one who is not found keeps only identity and signatures; what was answered before is put aside, not lost", () => {
  const { answers, archived, issues } = check({ general: { ...soundPersons.farmer["general"], per_state: "3" } }, options);
  assert.deepEqual(issues, []);
  assert.equal(answers["general"]?.["education"], undefined);
  assert.equal(answers["general"]?.["name"], "陈虚构");
  assert.equal(archived["general"]?.["education"], "3");
  assert.deepEqual(archived["general"]?.["assistance"], ["6"]);
});

test("answers about the home are put aside when the person moves into an institution", () => {
  const { archived, issues } = check({ general: { ...soundPersons.farmer["general"], institution: "1" } }, options);
  assert.deepEqual(issues, []);
  assert.deepEqual(
    Object.keys(archived["general"] ?? {}).sort(),
    ["barrier_done", "barrier_need", "culture_active", "culture_reason", "employed", "help_needed", "help_received", "job_form", "poverty", "rural_housing"],
  );
});
