// The village form: its kind follows from its code, its numbers cannot exceed each other, and it is compared with the person forms.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { soundVillage } from "./sample-records.ts";
import { disability } from "./scheme.ts";
import { disabilityVillage } from "./village.ts";

const check = checker(disabilityVillage);
const options = { today: "2017-07-20" };
const changed = (answers: FormAnswers): Answers => ({ village: { ...soundVillage["village"], ...answers } });
const codesOf = (answers: FormAnswers): string[] => check(changed(answers), options).issues.map((issue) => issue.code);

test("a complete village form has no fault at all", () => {
  const { issues, archived } = check(soundVillage, options);
  assert.deepEqual(issues, []);
  assert.deepEqual(archived, {});
});

for (const [digits, kind] of [["001", "1"], ["199", "1"], ["200", "2"], ["399", "2"], ["400", "3"], ["599", "3"]] as const) {
  test(`the kind of a community whose code ends in ${digits} is ${kind}, whatever was chosen`, () => {
    const { answers, issues } = check(changed({ region: `620502100${digits}`, village_kind: kind === "1" ? "2" : "1" }), options);
    assert.equal(answers["village"]?.["village_kind"], kind);
    assert.deepEqual(issues, []);
  });
}

const faults: readonly (readonly [code: string, raises: FormAnswers, quiet: FormAnswers])[] = [
  ["code_of_village", { region: "620502100000" }, { region: "620502100001" }],
  ["code_kind", { region: "620502100601" }, { region: "620502100599" }],
  ["disabled_within_population", { population: 62, households: 20 }, { population: 63, households: 20 }],
  ["households_within_population", { households: 2101 }, { households: 2100 }],
  ["specialists_disabled", { specialists_disabled: 2 }, { specialists_disabled: 0 }],
  ["rehab_files_within_total", { rehab_files: 64 }, { rehab_files: 63 }],
  ["rehab_served_within_total", { rehab_served: 64 }, { rehab_served: 63 }],
  ["collectors_few", { collectors: 2 }, { collectors: 3 }],
  ["filled_future", { filled_at: "2017-07-21" }, { filled_at: "2017-07-20" }],
  ["filled_before_reference", { filled_at: "2017-06-30" }, { filled_at: "2017-07-01" }],
];

for (const [code, raises, quiet] of faults) {
  test(`village.${code} is raised by ${JSON.stringify(raises)}, not by ${JSON.stringify(quiet)}`, () => {
    assert.ok(codesOf(raises).includes(`village.${code}`), codesOf(raises).join(" "));
    assert.ok(!codesOf(quiet).includes(`village.${code}`));
  });
}

test("every rule of the village form has its case", () => {
  const tried = new Set(faults.map(([code]) => `village.${code}`));
  assert.deepEqual(
    disabilityVillage.checks.map((each) => each.key).filter((key) => !tried.has(key)),
    [],
  );
});

test("what a clinic, a centre and a place of care are like is asked only where they are", () => {
  assert.deepEqual(codesOf({ clinic: false, service_centre: false }), []);
  assert.deepEqual(codesOf({ clinic_barrier_free: undefined, service_centre_barrier_free: undefined }), ["required", "required"]);
  assert.deepEqual(codesOf({ care_place: true }), ["required"]);
  assert.deepEqual(codesOf({ care_place: true, care_capacity: 20 }), []);
});

test("the number of disabled persons is compared with the person forms, and a difference is explained", () => {
  const [rule] = disabilityVillage.acrossRecords ?? [];
  assert.ok(rule?.kind === "count-equals");
  assert.equal(rule.of, disability.key);
  assert.equal(rule.item, "village.disabled_total");
  assert.equal(rule.severity, "explain");
  assert.equal(disabilityVillage.partOf, disability.key);
});

test("a community is known by its area code", () => {
  assert.equal(disabilityVillage.unit, "community");
  assert.equal(disabilityVillage.identity?.idNumber, "village.region");
  assert.equal(disabilityVillage.identity?.area, "village.region");
  assert.equal(placesOf(disabilityVillage).find((place) => place.path === "village.region")?.item.kind, "area");
});
