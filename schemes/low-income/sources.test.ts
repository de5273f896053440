// Departments and base list as data: headings that cannot be confused, findings that exist, comparisons that make sense; and the
// comparison itself on a sample household.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers, DepartmentField, Value } from "../../src/scheme/model.ts";
import { checker } from "../../src/scheme/check.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import { compareField } from "../../src/modules/matching/rules.ts";
import { edited, sampleDay, samples } from "./sample-households.ts";
import { lowIncome } from "./scheme.ts";

const byPath = new Map(placesOf(lowIncome).map((place) => [place.path, place.item]));
const codesOf = (key: string | undefined): readonly string[] => lowIncome.codeSets.find((set) => set.key === key)?.options.map((each) => each.code) ?? [];

test("the twelve departments are there, civil affairs first, each with an ID number to join by", () => {
  assert.deepEqual(
    lowIncome.departments.map((each) => each.key),
    ["civil_affairs", "public_security", "social_insurance", "medical_insurance", "housing", "market_regulation", "vehicles", "banks", "education", "disabled_federation", "trade_union", "taxation"],
  );
  for (const each of lowIncome.departments) assert.equal(each.fields.filter((field) => field.join === "id-number").length, 1, each.key);
});

test("every finding class is raised by some department, and every finding raised has a class", () => {
  const raised = lowIncome.departments.flatMap((each) => [
    ...each.fields.flatMap((field) => [field.finding, field.ofMember?.finding, ...(field.findingWhen ?? []).map((when) => when.finding)]),
    ...each.absences.map((absence) => absence.finding),
  ]);
  const known = new Set(raised.filter((key): key is string => key !== undefined));
  assert.deepEqual([...known].sort(), lowIncome.findingClasses.map((each) => each.key).sort());
  for (const each of lowIncome.findingClasses) assert.ok(each.days >= 5 && each.days <= 20, each.key);
});

test("every compared field names an item, a rule and a finding, and its words lead to codes that exist", () => {
  for (const department of lowIncome.departments) {
    const keys = new Set(department.fields.map((field) => field.key));
    for (const field of department.fields) {
      for (const row of field.rowsWhere ?? []) assert.ok(keys.has(row.field));
      if (field.compares === undefined) continue;
      const where = `${department.key}.${field.key}`;
      const item = byPath.get(field.compares);
      assert.ok(item !== undefined && field.rule !== undefined && field.finding !== undefined, where);
      const targets = field.rule === "allows" ? Object.keys(field.allowed ?? {}) : field.kind === "yes-no" ? ["yes", "no"] : codesOf(item.codeSet);
      for (const [word, code] of Object.entries(field.values ?? {})) assert.ok(targets.includes(code), `${where}: ${word}`);
      for (const code of Object.values(field.allowed ?? {}).flat()) assert.ok(codesOf(item.codeSet).includes(code), `${where}: ${code}`);
      if (field.rule === "within-share") assert.ok((field.tolerance ?? 0) > 0, where);
      if (field.rule === "includes") assert.equal(item.kind, "codes", where);
    }
    for (const absence of department.absences) for (const row of absence.rowsWhere ?? []) assert.ok(keys.has(row.field));
  }
});

test("no heading of a list or of the base list can mean two columns", () => {
  const unique = (headings: readonly string[], where: string): void => assert.equal(new Set(headings).size, headings.length, where);
  for (const each of lowIncome.departments) unique(each.fields.flatMap((field) => field.headings), each.key);
  unique((lowIncome.baseList ?? []).flatMap((column) => [column.heading, ...(column.alsoHeaded ?? [])]), "base list");
});

test("the base list fills exactly the items that say they come from it", () => {
  const filled = (lowIncome.baseList ?? []).map((column) => column.item).sort();
  assert.deepEqual(filled, [...byPath].filter(([, item]) => item.fromBaseList).map(([path]) => path).sort());
});

const settled = (answers: Answers): Answers => checker(lowIncome)(answers, { today: sampleDay }).answers;
const fieldOf = (department: string, field: string): DepartmentField => {
  const found = lowIncome.departments.find((each) => each.key === department)?.fields.find((each) => each.key === field);
  assert.ok(found !== undefined, `${department}.${field}`);
  return found;
};
const compared = (department: string, field: string, answers: Answers, theirs: Value): string => {
  const { verdict, class: finding } = compareField(fieldOf(department, field), settled(answers), theirs, { today: sampleDay, referenceDate: lowIncome.referenceDate });
  return verdict === "differs" ? finding : verdict;
};

const { allowance, margin, expenditure, supported } = samples;
const verdicts: readonly (readonly [department: string, field: string, answers: Answers, theirs: Value, verdict: string])[] = [
  ["civil_affairs", "aid_kind", allowance, ["1"], "agrees"],
  ["civil_affairs", "aid_kind", allowance, ["2"], "M03"],
  ["civil_affairs", "aid_kind", expenditure, ["1"], "M01"],
  ["civil_affairs", "amount", allowance, 950, "M05"],
  ["civil_affairs", "amount", allowance, 945, "agrees"],
  ["public_security", "registered_persons", expenditure, 2, "agrees"],
  ["public_security", "registered_persons", expenditure, 3, "P05"],
  ["public_security", "death_date", allowance, "2019-08-30", "P04"],
  ["public_security", "death_date", edited(allowance, { householder_died_on: "2019-08-30" }), "2019-08-30", "agrees"],
  ["social_insurance", "wages", expenditure, 31_000, "H01"],
  ["social_insurance", "wages", expenditure, 30_000, "agrees"],
  ["social_insurance", "employment", margin, "employed", "H02"],
  ["social_insurance", "employment", margin, "unemployed", "agrees"],
  ["social_insurance", "pension", supported, 1260, "agrees"],
  ["social_insurance", "pension", supported, 2400, "H03"],
  ["social_insurance", "unemployment_benefit", allowance, true, "H04"],
  ["social_insurance", "unemployment_benefit", margin, true, "agrees"],
  ["medical_insurance", "insured", allowance, false, "Y01"],
  ["medical_insurance", "self_paid", allowance, 5000, "Y02"],
  ["medical_insurance", "self_paid", margin, 5000, "not-compared"],
  ["housing", "usage", supported, ["dwelling"], "Z01"],
  ["housing", "area", allowance, 120, "Z02"],
  ["housing", "area", margin, 120, "not-compared"],
  ["market_regulation", "state", allowance, true, "B01"],
  ["vehicles", "state", allowance, true, "C01"],
  ["banks", "balance", allowance, 3300, "agrees"],
  ["banks", "balance", allowance, 33_000, "D01"],
  ["education", "enrolled", allowance, true, "agrees"],
  ["education", "enrolled", margin, true, "E01"],
  ["disabled_federation", "holder", allowance, true, "A01"],
  ["trade_union", "file", margin, "worker", "agrees"],
  ["trade_union", "file", allowance, "worker", "U03"],
  ["taxation", "taxed_wages", expenditure, 60_000, "T01"],
];

for (const [at, [department, field, answers, theirs, verdict]] of verdicts.entries()) {
  test(`comparison ${at + 1}: ${department}.${field} saying ${JSON.stringify(theirs)} gives ${verdict}`, () => {
    assert.equal(compared(department, field, answers, theirs), verdict);
  });
}
