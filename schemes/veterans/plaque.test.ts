// The plaque of honour: its states by the answers, its rules in every sub-form that has one, one for each household.
import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../src/scheme/across.ts";
import { checker } from "../../src/scheme/check.ts";
import { plaqueForms } from "./forms/marks.ts";
import { type Changes, recordWith, withChanges } from "./sample-changes.ts";
import { veterans } from "./scheme.ts";

const check = checker(veterans);
const options = { today: "2019-11-20" };

const hung: Changes = { plaque_hung: true, plaque_hung_at: "2019-01-20", plaque_region: "350524100001", plaque_address: "某镇某村1号" };
const replaced: Changes = { ...hung, plaque_replaced: true, plaque_replaced_at: "2019-07-20", plaque_replace_reason: "damaged" };
const cancelled: Changes = { ...hung, plaque_cancelled: true, plaque_cancelled_at: "2019-08-20", plaque_cancel_reason: "not_eligible" };
const at = (form: string, changes: Changes): Changes => Object.fromEntries(Object.entries(changes).map(([key, value]) => [`${form}.${key}`, value]));

const states: readonly (readonly [state: string | undefined, changes: Changes])[] = [
  [undefined, {}],
  ["not_applied", { plaque_hung: false }],
  ["applied", { plaque_applied_at: "2019-01-02" }],
  ["applied", { plaque_applied_at: "2019-01-02", plaque_hung: false }],
  ["hung", hung],
  ["hung", { ...hung, plaque_applied_at: "2019-01-02" }],
  ["hung", { ...hung, plaque_replaced: false, plaque_cancelled: false }],
  ["replaced", replaced],
  ["cancelled", cancelled],
  ["cancelled", { ...replaced, ...cancelled }],
  // Without a plaque there is nothing to replace or cancel: those answers are put aside.
  ["applied", { ...replaced, plaque_hung: false, plaque_applied_at: "2019-01-02" }],
];

for (const [state, changes] of states) {
  test(`the plaque is ${state ?? "not told of"} after ${JSON.stringify(changes)}, in every sub-form that has one`, () => {
    for (const form of plaqueForms) assert.equal(check(withChanges(recordWith(form), at(form, changes)), options).answers[form]?.["plaque_state"], state, form);
  });
}

test("the states have their labels, and militia have no plaque", () => {
  const labels = veterans.codeSets.find((set) => set.key === "plaque-state")?.options.map((option) => option.label.zh);
  assert.deepEqual(labels, ["未申请", "已申请", "已悬挂", "已更换", "已取消"]);
  const forms = veterans.forms.filter((form) => form.sections.some((part) => part.key === "plaque")).map((form) => form.key);
  assert.deepEqual(forms, veterans.forms.map((form) => form.key).filter((key) => key !== "general" && key !== "disabled_militia"));
  assert.deepEqual([...plaqueForms].sort(), forms.sort());
});

const faults: readonly (readonly [rule: string, wrong: Changes, right: Changes])[] = [
  ["plaque_hung_at_order", { ...hung, plaque_applied_at: "2019-01-21" }, { ...hung, plaque_applied_at: "2019-01-20" }],
  ["plaque_replaced_at_order", { ...replaced, plaque_replaced_at: "2019-01-19" }, replaced],
  ["plaque_cancelled_at_order", { ...cancelled, plaque_cancelled_at: "2019-01-19" }, cancelled],
  ["plaque_replaced_after_cancelling", { ...replaced, ...cancelled, plaque_replaced_at: "2019-09-01" }, { ...replaced, ...cancelled }],
  ["plaque_applied_at_future", { plaque_applied_at: "2019-11-21" }, { plaque_applied_at: "2019-11-20" }],
  ["plaque_hung_at_future", { ...hung, plaque_hung_at: "2019-11-21" }, { ...hung, plaque_hung_at: "2019-11-20" }],
  ["plaque_replaced_at_future", { ...replaced, plaque_replaced_at: "2019-11-21" }, replaced],
  ["plaque_cancelled_at_future", { ...cancelled, plaque_cancelled_at: "2019-11-21" }, cancelled],
];

for (const [rule, wrong, right] of faults) {
  test(`${rule} is raised in every sub-form with a plaque, and silent when the dates stand in order`, () => {
    for (const form of plaqueForms) {
      const raised = (changes: Changes): boolean => check(withChanges(recordWith(form), at(form, changes)), options).issues.some((issue) => issue.code === `${form}.${rule}`);
      assert.equal(raised(wrong), true, form);
      assert.equal(raised(right), false, form);
    }
  });
}

test("a replacement needs a reason and a date, a cancellation too, a hung plaque its date and place", () => {
  const missing = (changes: Changes): number =>
    check(withChanges(recordWith("retired_soldier"), at("retired_soldier", changes)), options).issues.filter((issue) => issue.code === "required").length;
  assert.equal(missing({ plaque_hung: true }), 3);
  assert.equal(missing({ ...hung, plaque_replaced: true }), 2);
  assert.equal(missing({ ...hung, plaque_cancelled: true }), 2);
  assert.equal(missing(replaced), 0);
  assert.equal(missing(cancelled), 0);
});

const codesOf = (form: string, changes: Changes): readonly string[] => check(withChanges(recordWith(form), changes), options).issues.map((issue) => issue.code);

test("after the death of the person the plaque is not replaced any more", () => {
  const death = (date: string): Changes => ({ ...at("retired_soldier", replaced), "general.change_type": "died", "general.death_date": date });
  assert.ok(codesOf("retired_soldier", death("2019-03-01")).includes("retired_soldier.plaque_replaced_after_death"));
  assert.ok(!codesOf("retired_soldier", death("2019-08-01")).includes("retired_soldier.plaque_replaced_after_death"));
});

test("holders have it without application; families without the certificate and veterans who lost theirs apply; siblings do not", () => {
  const family = "illness_death_family";
  const code = `${family}.plaque_without_application`;
  assert.ok(!codesOf(family, at(family, hung)).includes(code));
  assert.ok(codesOf(family, at(family, { ...hung, is_holder: false })).includes(code));
  assert.ok(!codesOf(family, at(family, { ...hung, is_holder: false, plaque_applied_at: "2019-01-02" })).includes(code));
  assert.ok(codesOf("retired_soldier", at("retired_soldier", { ...hung, cert_lost: true })).includes("retired_soldier.plaque_without_application"));
  const sibling = at(family, { ...hung, plaque_applied_at: "2019-01-02", relation: "4", is_holder: false });
  assert.ok(codesOf(family, sibling).includes(`${family}.plaque_sibling`));
  assert.ok(!codesOf(family, { ...sibling, [`${family}.is_holder`]: true }).includes(`${family}.plaque_sibling`));
});

test("a person with several categories has one plaque, told once", () => {
  const twice = { ...at("retired_soldier", hung), ...at("martyr_family", hung) };
  assert.ok(codesOf("general", twice).includes("general.plaque_twice"));
  assert.ok(!codesOf("general", at("martyr_family", hung)).includes("general.plaque_twice"));
});

test("two records with plaques at one place make the same mark; cancelled plaques and other places do not", () => {
  const marks = (form: string, changes: Changes): readonly string[] => {
    const { answers } = check(withChanges(recordWith(form), at(form, changes)), options);
    return marksOf(veterans, answers, { today: options.today, referenceDate: veterans.referenceDate })
      .filter((mark) => mark.rule.key === "general.plaque_household")
      .map((mark) => mark.values.join(" "));
  };
  assert.equal(marks("serving_family", hung).length, 1);
  for (const form of plaqueForms) {
    assert.deepEqual(marks(form, hung), marks("serving_family", hung), form);
    assert.deepEqual(marks(form, cancelled), [], form);
    assert.deepEqual(marks(form, { plaque_hung: false }), [], form);
  }
  assert.notDeepEqual(marks("serving_family", { ...hung, plaque_address: "某镇某村2号" }), marks("serving_family", hung));
});
