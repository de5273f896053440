// The departments' lists at work: what a list says against a sound record, field by field, through the comparison that raises findings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareField } from "../../src/modules/matching/rules.ts";
import { cellValue } from "../../src/modules/matching/values.ts";
import { checker } from "../../src/scheme/check.ts";
import { type Situation, soundPersons } from "./sample-records.ts";
import { disability } from "./scheme.ts";

const context = { today: "2017-07-20", referenceDate: disability.referenceDate };
const sets = new Map(disability.codeSets.map((set) => [set.key, set]));

/** Verdict and finding for a cell of a department's list as it is written there. */
const compared = (department: string, field: string, cell: string, situation: Situation): readonly [verdict: string, finding: string] => {
  const found = disability.departments.find((each) => each.key === department)?.fields.find((each) => each.key === field);
  assert.ok(found !== undefined, `${department}.${field}`);
  const { answers } = checker(disability)(soundPersons[situation], context);
  const value = cellValue(found, sets, cell);
  const result = compareField(found, answers, found.several === "union" && typeof value === "string" ? [value] : value, context);
  return [result.verdict, result.class];
};

const cases: readonly (readonly [department: string, field: string, situation: Situation, agreeing: string, differing: string, finding: string])[] = [
  ["public_security", "name", "farmer", "陈虚构", "陈虚无", "P02"],
  ["public_security", "domicile_region", "farmer", "620502100203", "620502101203", "P03"],
  ["public_security", "death_date", "deceased", "2017-04-02", "", "P04"],
  ["public_security", "hukou_kind", "farmer", "农业家庭户", "非农业家庭户", "P10"],
  ["disabled_persons_federation", "disab_type", "farmer", "肢体", "智力残疾", "C03"],
  ["disabled_persons_federation", "disab_grade", "farmer", "贰级", "三级", "C04"],
  ["disabled_persons_federation", "cert_state", "farmer", "有效", "注销", "C05"],
  ["civil_affairs", "aid_kind", "onAllowance", "城市低保", "特困供养", "M01"],
  ["civil_affairs", "urban_allowance", "onAllowance", "全额", "", "M05"],
  ["civil_affairs", "subsidy_kind", "student", "护理补贴", "生活补贴", "M04"],
  ["social_insurance", "pension_kind", "employee", "企业职工基本养老保险", "", "H01"],
  ["social_insurance", "resident_pension", "farmer", "参保", "", "H03"],
  ["social_insurance", "employment", "farmer", "在职", "登记失业", "H02"],
  ["housing", "support", "onAllowance", "公租房", "租赁补贴", "Z02"],
  ["housing", "house_grade", "farmer", "B级", "D级", "Z03"],
];

for (const [department, field, situation, agreeing, differing, finding] of cases) {
  test(`${department}: “${agreeing}” of ${field} agrees with the situation “${situation}”${differing === "" ? "" : `, “${differing}” is ${finding}`}`, () => {
    assert.equal(compared(department, field, agreeing, situation)[0], "agrees");
    if (differing !== "") assert.deepEqual(compared(department, field, differing, situation), ["differs", finding]);
  });
}

test("somebody recorded as normal whom public security knows to be dead is a finding", () => {
  assert.deepEqual(compared("public_security", "death_date", "2016-11-03", "farmer"), ["differs", "P04"]);
});

test("an employee who is insured as a resident, and a poor household that is not on the register, are findings", () => {
  assert.deepEqual(compared("social_insurance", "resident_pension", "参保", "employee"), ["differs", "H03"]);
  assert.deepEqual(compared("social_insurance", "medical_kind", "职工医保", "farmer"), ["differs", "Y01"]);
  assert.deepEqual(compared("poverty_relief", "standing", "稳定脱贫", "farmer"), ["differs", "F01"]);
  assert.equal(compared("poverty_relief", "standing", "稳定脱贫", "child")[0], "agrees");
  assert.deepEqual(compared("civil_affairs", "urban_allowance", "是", "employee"), ["differs", "M05"]);
});

test("words that say nothing about an item are not compared", () => {
  assert.equal(compared("housing", "house_grade", "未鉴定", "farmer")[0], "not-compared");
  assert.equal(compared("housing", "house_grade", "D级", "employee")[0], "not-compared");
});
