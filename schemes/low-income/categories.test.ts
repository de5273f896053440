// Categories: eleven are ticked and combine as declared, the twelfth follows from them and cannot be typed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { closedReason, legalSets } from "../../src/scheme/categories.ts";
import { checker } from "../../src/scheme/check.ts";
import { hardships } from "./categories.ts";
import { edited, sampleDay, samples } from "./sample-households.ts";
import { lowIncome } from "./scheme.ts";

const check = checker(lowIncome);
const sets = legalSets(lowIncome);

test("the eleven categories of the plan stand in its order", () => {
  assert.deepEqual(
    lowIncome.categories.map((each) => each.label.zh),
    ["困难党员", "困难职工", "特困供养救助人员", "城乡低保人员", "支出型困难人员", "低收入边缘户", "医疗困难人员", "教育困难人员", "住房困难人员", "就业困难人员", "意外事故影响基本生活困难人员"],
  );
});

test("of the 2,047 non-empty sets 1,535 are legal: those without the allowance and the margin together", () => {
  assert.equal(sets.length, 1535);
  assert.equal(2 ** 11 - 1 - 2 ** 9, 1535);
  assert.ok(sets.every((set) => !(set.includes("minimum_living") && set.includes("margin"))));
  assert.equal(new Set(sets.map((set) => set.join(" "))).size, 1535);
});

test("a closed category says why, in two languages", () => {
  const why = closedReason(lowIncome, ["minimum_living"], "margin");
  assert.ok(why !== undefined && why.zh.includes("低收入边缘户") && why.en !== "");
  assert.equal(closedReason(lowIncome, ["minimum_living"], "medical"), undefined);
});

test("multiple hardship holds for exactly those legal sets that have two hardships or more", () => {
  let multiple = 0;
  for (const categories of sets) {
    const { answers } = check({ household: { categories } }, { today: sampleDay });
    const hard = categories.filter((key) => hardships.includes(key)).length;
    assert.equal(answers["household"]?.["hardship_count"], hard, categories.join(" "));
    assert.equal(answers["household"]?.["multiple_hardship"], hard >= 2, categories.join(" "));
    if (hard >= 2) multiple += 1;
  }
  // 57 of the 64 choices of six hardships have two or more; the other five categories have 24 legal choices.
  assert.equal(multiple, 57 * 24);
});

test("the twelfth category is no option: whoever sends it is told", () => {
  const { issues } = check(edited(samples.allowance, { categories: ["minimum_living", "multiple_hardship"] }), { today: sampleDay });
  assert.ok(issues.some((issue) => issue.code === "not-an-option" || issue.code === "unknown-category"), issues.map((issue) => issue.code).join(" "));
});

test("the allowance and the margin together are refused", () => {
  const { issues } = check(edited(samples.allowance, { categories: ["minimum_living", "margin"] }), { today: sampleDay });
  assert.ok(issues.some((issue) => issue.code === "category-combination" && issue.severity === "block"));
});
