// Sample households pass without a word, and what is computed from their rows is right to the cent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import { rowsAt } from "../../src/scheme/evaluate.ts";
import type { Answers, Group } from "../../src/scheme/model.ts";
import { edited, sampleDay, samples } from "./sample-households.ts";
import { lowIncome } from "./scheme.ts";

const check = checker(lowIncome);
const settled = (answers: Answers): Answers => check(answers, { today: sampleDay }).answers;
const valueOf = (answers: Answers, key: string): unknown => settled(answers)["household"]?.[key];
const membersOf = (answers: Answers): readonly Group[] => rowsAt(answers, "household.members");
const memberOf = (answers: Answers, at: number): Group => membersOf(settled(answers))[at] ?? {};

for (const [name, answers] of Object.entries(samples)) {
  test(`the household “${name}” has no fault, nothing to explain and nothing to note`, () => {
    const { issues, archived } = check(answers, { today: sampleDay });
    assert.deepEqual(issues.map((issue) => [issue.code, issue.paths]), []);
    assert.deepEqual(archived, {});
  });
}

const expected: readonly (readonly [name: keyof typeof samples, values: { readonly [key: string]: unknown }])[] = [
  [
    "allowance",
    {
      member_count: 3, agri_pop: 3, nonagri_pop: 0, employed_count: 1, labour_count: 2, minor_count: 1, area_per_head: 32,
      income_wage: 9000, income_business: 6000, income_property: 0, income_transfer: 13_200, income_total: 28_200, income_per_head: 9400,
      expense_total: 13_600, rigid_total: 12_400, rigid_ratio: 43.9716, assets_total: 63_000, contribution_total: 750, help_amount: 3000,
      hardship_count: 2, multiple_hardship: true, head_job: "70", head_wages: 0, head_pension: 0, head_deposits: 3000, head_medical: 9800,
      head_unemployment_benefit: false, head_business: false, head_vehicle: false, head_dwelling: true, head_medical_insured: true, head_disabled: false, has_student: true,
    },
  ],
  [
    "supported",
    {
      member_count: 1, employed_count: 0, labour_count: 0, minor_count: 0, area_per_head: undefined, income_total: 8460, income_per_head: 8460, income_transfer: 8460,
      expense_total: 0, rigid_ratio: 0, assets_total: 0, help_amount: 0, hardship_count: 0, multiple_hardship: false, head_job: "90", head_pension: 1260,
    },
  ],
  [
    "margin",
    {
      member_count: 3, agri_pop: 0, nonagri_pop: 3, employed_count: 1, labour_count: 2, minor_count: 1, area_per_head: 16.166667, income_total: 34_800, income_wage: 28_800,
      income_per_head: 11_600, rigid_total: 8000, rigid_ratio: 22.9885, multiple_hardship: true, hardship_count: 2, help_amount: 2000, head_unemployment_benefit: true, head_wages: 0, has_student: false,
    },
  ],
  [
    "expenditure",
    {
      member_count: 2, employed_count: 1, labour_count: 1, area_per_head: 35.65, income_total: 24_000, income_per_head: 12_000, rigid_total: 11_000, rigid_ratio: 45.8333,
      expense_total: 23_000, multiple_hardship: true, help_amount: 0, head_job: "51", head_wages: 24_000, head_disabled: false,
    },
  ],
];

for (const [name, values] of expected) {
  test(`totals of “${name}” follow from its rows`, () => {
    const household = settled(samples[name])["household"];
    for (const [key, value] of Object.entries(values)) assert.equal(household?.[key], value, key);
  });
}

test("each member's own figures come from the rows with that member's number", () => {
  const { allowance, margin } = samples;
  assert.deepEqual([0, 1, 2].map((at) => memberOf(allowance, at)["income"]), [13_200, 15_000, 0]);
  assert.deepEqual([0, 1, 2].map((at) => memberOf(allowance, at)["earned_income"]), [0, 15_000, 0]);
  assert.deepEqual([0, 1, 2].map((at) => memberOf(margin, at)["authorised"]), [true, true, false]);
  assert.deepEqual([0, 1, 2].map((at) => memberOf(margin, at)["medical_insured"]), [true, true, true]);
  assert.deepEqual([0, 1, 2].map((at) => memberOf(allowance, at)["age"]), [57, 44, 11]);
  assert.equal(memberOf(edited(allowance, { "members[1].member_no": undefined }), 1)["income"], 0);
});

test("the thirtieth member's rows are found as the first one's are", () => {
  const extra: Group[] = Array.from({ length: 27 }, (_, i) => ({ member_no: i + 4, name: "某某", person_state: "01" }));
  const rows = [...membersOf(samples.allowance), ...extra];
  const crowd = edited(samples.allowance, { members: rows, "incomes[+]": { member_no: 30, kind: "b11_wage", amount: 77.77, source: "declared" }, "incomes[4].amount": 77.77 });
  assert.equal(memberOf(crowd, 29)["income"], 77.77);
  assert.equal(memberOf(crowd, 28)["income"], 0);
  assert.equal(valueOf(crowd, "member_count"), 30);
  assert.equal(valueOf(crowd, "income_total"), 28_277.77);
});

test("totals that somebody types are not believed, and cents add up", () => {
  const typed = edited(samples.allowance, { income_total: 1, member_count: 99, multiple_hardship: false });
  assert.equal(valueOf(typed, "income_total"), 28_200);
  assert.equal(valueOf(typed, "member_count"), 3);
  assert.equal(valueOf(typed, "multiple_hardship"), true);
  const cents = edited(samples.supported, { "incomes[0].amount": 0.1, "incomes[1].amount": 0.2 });
  assert.equal(valueOf(cents, "income_total"), 0.3);
});

test("without income there is no ratio, and without members no amount per head", () => {
  const none = edited(samples.allowance, { incomes: undefined });
  assert.equal(valueOf(none, "income_total"), 0);
  assert.equal(valueOf(none, "rigid_ratio"), undefined);
  assert.equal(valueOf(edited(samples.allowance, { members: undefined }), "income_per_head"), undefined);
});

test("who died, went missing, is in prison, married out or moved is listed and not counted", () => {
  for (const state of ["02", "03", "04", "05", "06"]) assert.equal(valueOf(edited(samples.allowance, { "members[2].person_state": state }), "member_count"), 2, state);
  assert.equal(valueOf(edited(samples.allowance, { "members[2].person_state": "99" }), "member_count"), 3);
});
