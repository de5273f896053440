// The rules at work through the engine: a sound record passes, and one wrong answer at a time raises the rule meant for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { soundRecord } from "./sample-records.ts";
import { veterans } from "./scheme.ts";

const check = checker(veterans);
const options = { today: "2018-11-20" };
const changed = (form: string, answers: FormAnswers): Answers => ({ ...soundRecord, [form]: { ...soundRecord[form], ...answers } });
const codesOf = (answers: Answers): readonly string[] => check(answers, options).issues.map((issue) => issue.code);

test("a complete record of a retired and disabled soldier who is a martyr's child has no fault at all", () => {
  const { issues, answers, archived } = check(soundRecord, options);
  assert.deepEqual(issues, []);
  assert.deepEqual(archived, {});
  assert.equal(answers["retired_soldier"]?.["service_years"], 4);
  assert.equal(answers["retired_soldier"]?.["leave_period"], "before_2011_11");
  assert.equal(answers["retired_soldier"]?.["rural60"], true);
  assert.equal(answers["retired_soldier"]?.["enlist_date"], "1976-03-01");
  assert.equal(answers["disabled_soldier"]?.["disab_type"], "11");
});

const faults: readonly (readonly [code: string, form: string, answers: FormAnswers])[] = [
  ["general.sex_by_id", "general", { sex: "2" }],
  ["general.birth_by_id", "general", { birth_date: "1958-03-13" }],
  ["general.card_order", "general", { issuing_authority: "某局", valid_from: "2010-01-01", valid_to: "2009-01-01" }],
  ["general.card_long_with_end", "general", { issuing_authority: "某局", valid_from: "2010-01-01", valid_to: "2030-01-01", valid_long_term: true }],
  ["general.card_span", "general", { issuing_authority: "某局", valid_from: "2010-01-01", valid_to: "2021-01-01" }],
  ["general.card_expired", "general", { issuing_authority: "某局", valid_from: "2006-01-01", valid_to: "2016-01-01" }],
  ["general.party_join_under_18", "general", { political: "01", party_join_date: "1975-01-01" }],
  ["general.disabled_but_healthy", "general", { health: "10" }],
  ["general.disabled_but_chronic", "general", { health: "37" }],
  ["general.enlist_under_14", "general", { enlist_date: "1970-01-01" }],
  ["general.enlist_under_17", "general", { enlist_date: "1974-01-01" }],
  ["general.enlist_before_leave", "general", { leave_date: "1976-03-01" }],
  ["general.leave_future", "general", { leave_date: "2019-01-01" }],
  ["general.soldier_standing", "general", { service_identity: "1" }],
  ["general.merit_photo", "general", { honours_photo: undefined }],
  ["general.evidence_by_statement", "general", { evidence_kind: "2" }],
  ["general.death_before_reference", "general", { change_type: "died", death_date: "2018-09-01" }],
  ["general.family_income_below_own", "general", { family_income: 11999 }],
  ["general.housing_area_zero", "general", { housing_area: 0 }],
  ["general.housing_area_large", "general", { housing_area: 301 }],
  ["general.rural_60_urban", "general", { hukou_type: "2" }],
  ["general.pension_red_army", "general", { state_pension: ["red_army"] }],
  ["closed-option", "retired_soldier", { rank_class: "officer", rank: "none" }],
  ["closed-option", "retired_soldier", { rank: "nco_sergeant" }],
  ["retired_soldier.class_fits_standing", "retired_soldier", { rank_class: "volunteer" }],
  ["retired_soldier.rank_before_its_time", "retired_soldier", { rank_class: "senior_nco", rank: "nco_master_1" }],
  ["retired_soldier.state_supported_grade", "retired_soldier", { soldier_kind: "state_supported" }],
  ["retired_soldier.kind_before_2011", "retired_soldier", { soldier_kind: "self_employment", lump_sum_taken: false }],
  ["retired_soldier.war_outside_service", "retired_soldier", { war_participation: ["05"] }],
  ["retired_soldier.award_outside_service", "retired_soldier", { awards: [{ kind: "merit_3", year: 1982 }] }],
  ["retired_soldier.conscript_in_service", "retired_soldier", { conscript_from: "1975-01-01", conscript_to: "1979-01-01" }],
  ["disabled_soldier.illness_grade", "disabled_soldier", { disab_nature: "3" }],
  ["disabled_soldier.assessed_before_injury", "disabled_soldier", { assessed_at: "1979-01-01" }],
  ["disabled_soldier.injured_outside_service", "disabled_soldier", { injured_at: "1976-02-01" }],
  ["disabled_soldier.period_by_injury", "disabled_soldier", { disab_period: "1" }],
  ["disabled_soldier.cert_no_form", "disabled_soldier", { cert_no: "军闽D012345" }],
  ["disabled_soldier.cert_no_content", "disabled_soldier", { cert_no: "1980010110758031210001" }],
  ["disabled_soldier.cert_no_content", "disabled_soldier", { cert_no: "1980010110858031310001" }],
  ["disabled_soldier.receiving_nothing", "disabled_soldier", { state_benefit: ["none"] }],
  ["martyr_family.rehabilitated_is_child", "martyr_family", { rehabilitated_child: true, relation: "4" }],
  ["martyr_family.child_older", "martyr_family", { d_birth: "1958-05-06", d_join_date: undefined }],
  ["martyr_family.child_born_after_death", "martyr_family", { d_death_date: "1955-01-01" }],
  ["martyr_family.parent_younger", "martyr_family", { relation: "1" }],
  ["martyr_family.orphan_adult", "martyr_family", { orphan: true }],
  ["martyr_family.death_before_joining", "martyr_family", { d_join_date: "1959-01-01" }],
];

for (const [code, form, answers] of faults) {
  test(`${code} is raised by ${JSON.stringify(answers)}`, () => {
    assert.ok(codesOf(changed(form, answers)).includes(code), codesOf(changed(form, answers)).join(" "));
  });
}

test("a true unit designation is refused in the unit field and in a remark", () => {
  assert.notDeepEqual(codesOf(changed("general", { unit_code: "115师344团3连" })), []);
  assert.notDeepEqual(codesOf(changed("general", { remark: "原在115师344团3连服役" })), []);
  assert.deepEqual(codesOf(changed("general", { unit_code: "37001部队" })), []);
});

test("a certificate that is lost asks for a reason and another paper instead of a number and picture", () => {
  const lost = { cert_no: undefined, cert_photo: undefined, cert_lost: true, cert_lost_reason: "搬家遗失", cert_lost_proof: "photo-6" };
  assert.deepEqual(codesOf(changed("retired_soldier", lost)), []);
  assert.equal(codesOf(changed("retired_soldier", { ...lost, cert_lost_reason: undefined })).length, 1);
  assert.equal(codesOf(changed("retired_soldier", { ...lost, cert_lost_proof: undefined })).filter((code) => code === "required").length, 1);
  assert.equal(codesOf(changed("retired_soldier", { cert_no: undefined, cert_photo: undefined })).filter((code) => code === "required").length, 2);
});

test("a rule of a sub-form is silent while its category is not ticked", () => {
  const { issues } = check({ general: { ...soundRecord["general"], categories: ["serving_family"] } }, options);
  assert.deepEqual(
    issues.filter((issue) => !issue.code.startsWith("general.")).map((issue) => issue.paths),
    [["serving_family"]],
  );
});
