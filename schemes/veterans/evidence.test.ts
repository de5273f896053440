// Papers and certificates: each category names what proves it, numbers are checked as their sources say, at most one holder a certificate.
import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../src/scheme/across.ts";
import { checker } from "../../src/scheme/check.ts";
import { bereavedCategories } from "./forms/marks.ts";
import { itemsOf } from "./paths.ts";
import { type Changes, recordWith, withChanges } from "./sample-changes.ts";
import { veterans } from "./scheme.ts";

const check = checker(veterans);
const codesOf = (form: string, changes: Changes, today = "2018-11-20"): readonly string[] =>
  check(withChanges(recordWith(form), changes), { today }).issues.map((issue) => issue.code);
const items = new Map(itemsOf(veterans).map((each) => [each.path, each.item]));

test("each of the twelve categories names the pictures that prove it", () => {
  for (const category of veterans.categories) {
    assert.ok((category.papers ?? []).length > 0, category.key);
    for (const path of category.papers ?? []) assert.equal(items.get(path)?.kind, "photo", path);
  }
  const first = Object.fromEntries(veterans.categories.map((category) => [category.key, category.papers?.[0]]));
  for (const [key, paper] of Object.entries(first)) assert.equal(paper, key === "serving_family" ? "serving_family.serving_proof" : `${key}.cert_photo`);
});

test("every picture has its largest size, and the recent photo its standard", () => {
  for (const [path, item] of items) {
    if (!["photo", "document", "signature"].includes(item.kind)) continue;
    const limit = path.endsWith("card_portrait") ? 3 : /card_photo_(?:front|back)$/u.test(path) ? 40 : 300;
    assert.equal(item.maxBytes, limit * 1024, path);
  }
  assert.deepEqual(items.get("general.photo_recent")?.photo, { colour: true, headShare: 2 / 3, centred: true });
});

const noPapers = (category: string): Changes => Object.fromEntries((veterans.categories.find((each) => each.key === category)?.papers ?? []).map((path) => [path, undefined]));
for (const category of veterans.categories.map((each) => each.key)) {
  test(`${category} without any paper is noted where the plan names papers, and one paper is enough`, () => {
    const code = `${category}.papers_missing`;
    // Where the certificate itself is required its absence is said already, so those records show another state in which it need not be.
    const without: Changes = { ...noPapers(category), "general.evidence_kind": "2", [`${category}.is_holder`]: category.endsWith("_family") && category !== "serving_family" ? false : undefined };
    const noted = codesOf(category, without).includes(code);
    assert.equal(noted, category !== "serving_family" && !category.startsWith("disabled_"));
    assert.ok(!codesOf(category, { ...without, "general.other_photo": "photo-8" }).includes(code));
  });
}

const cases: readonly (readonly [code: string, form: string, wrong: Changes, right: Changes, today?: string])[] = [
  ["general.proof_missing", "retired_soldier", { "general.evidence_kind": "2" }, { "general.evidence_kind": "2", "general.register_form_photo": "photo-8" }],
  ["general.proof_missing", "serving_family", { "general.evidence_kind": "2" }, { "general.evidence_kind": "2", "general.other_photo": "photo-8" }],
  ["required", "retired_soldier", { "general.evidence_kind": "2" }, { "general.evidence_kind": "2", "general.village_statement": "photo-8" }],
  ["required", "retired_soldier", { "retired_soldier.cert_lost": true }, { "retired_soldier.cert_lost": true, "retired_soldier.cert_lost_reason": "搬家", "retired_soldier.cert_lost_proof": "photo-8" }],
  ["required", "martyr_family", { "martyr_family.rehabilitated_child": true }, { "martyr_family.rehabilitated_child": true, "martyr_family.rehabilitation_photo": "photo-8" }],
  ["general.service_no_form", "retired_soldier", { "general.service_no": "12345" }, { "general.service_no": "沈字第12345678号" }],
  ["general.service_no_prefix", "retired_soldier", { "general.service_no": "军1234567" }, { "general.service_no": "兵1234567" }],
  ["general.service_no_prefix", "transferred_cadre", { "general.service_no": "士123456789" }, { "general.service_no": "军1234567" }],
  ["serving_family.certificate_prefix", "serving_family", { "serving_family.s_cert_no": "军1234567" }, { "serving_family.s_cert_no": "兵1234567" }],
  ["serving_family.certificate_form", "serving_family", { "serving_family.s_kind": "officer", "serving_family.s_rank": undefined, "serving_family.s_cert_no": "军123456" }, { "serving_family.s_kind": "officer", "serving_family.s_rank": undefined, "serving_family.s_cert_no": "军1234567" }],
  ["serving_family.certificate_prefix", "serving_family", { "serving_family.s_kind": "nco", "serving_family.s_rank": undefined, "serving_family.s_cert_no": "兵1234567" }, { "serving_family.s_kind": "nco", "serving_family.s_rank": undefined, "serving_family.s_cert_no": "士1234567" }],
  ["retired_cadre_nco.retirement_certificate_prefix", "retired_cadre_nco", { "retired_cadre_nco.retire_cert_no": "军退1234567" }, { "retired_cadre_nco.retire_cert_no": "退字第1号" }],
  ["transferred_cadre.certificate_fits_category", "transferred_cadre", { "transferred_cadre.cert_type": "retirement" }, { "transferred_cadre.cert_type": "discharge" }],
  ["retired_soldier.certificate_fits_category", "retired_soldier", { "retired_soldier.cert_type": "demobilisation" }, { "retired_soldier.cert_type": "demobilisation", "retired_soldier.soldier_kind": "demobilised_by_choice" }],
  ["demobilised.certificate_fits_category", "demobilised", { "demobilised.cert_type": "transfer" }, {}],
  ["retired_cadre_nco.certificate_fits_category", "retired_cadre_nco", { "retired_cadre_nco.cert_type": "transfer" }, {}],
  ["retired_soldier.certificate_of_its_time", "retired_soldier", { "general.leave_date": "2023-09-01" }, { "general.leave_date": "2023-09-01", "retired_soldier.cert_type": "discharge" }, "2024-01-01"],
  ["general.card_span_by_age", "retired_soldier", { "general.issuing_authority": "某局", "general.valid_from": "2015-01-01", "general.valid_to": "2020-01-01" }, { "general.issuing_authority": "某局", "general.valid_from": "2015-01-01", "general.valid_to": "2025-01-01" }],
  ["general.postcode_form", "general", { "general.postcode": "3624" }, { "general.postcode": "362400" }],
  ["general.email_form", "general", { "general.email": "somebody" }, { "general.email": "somebody@example.cn" }],
  ["retired_soldier.rural60_without_subsidy", "retired_soldier", { "general.state_pension": ["none"] }, { "general.state_pension": ["rural_60"] }],
  ["retired_soldier.conscript_years_fit", "retired_soldier", { "retired_soldier.conscript_from": "1976-03-01", "retired_soldier.conscript_to": "1979-03-01", "retired_soldier.conscript_years": 4.5 }, { "retired_soldier.conscript_from": "1976-03-01", "retired_soldier.conscript_to": "1979-03-01", "retired_soldier.conscript_years": 3 }],
  ["transferred_cadre.place_order", "transferred_cadre", { "transferred_cadre.placement_kind": "planned", "transferred_cadre.place_date": "2002-09-01" }, { "transferred_cadre.placement_kind": "planned", "transferred_cadre.place_date": "2002-11-01" }],
  ["transferred_cadre.duty_in_service", "transferred_cadre", { "transferred_cadre.duty_since": "2003-01-01" }, { "transferred_cadre.duty_since": "1999-01-01" }],
  ["transferred_cadre.pension_after_leave", "transferred_cadre", { "transferred_cadre.pension_start": "2002-09" }, { "transferred_cadre.pension_start": "2002-10" }],
  ["non_military_staff.soldier_dates", "non_military_staff", { "non_military_staff.become_staff_by": "soldier_to_worker", "non_military_staff.enlist_date": "1970-01-01", "non_military_staff.leave_date": "1969-01-01" }, { "non_military_staff.become_staff_by": "soldier_to_worker", "non_military_staff.enlist_date": "1966-01-01", "non_military_staff.leave_date": "1969-01-01" }],
  ["red_army_veteran.former_unit_review", "red_army_veteran", { "red_army_veteran.former_unit": "红四方面军" }, {}],
  ["disabled_soldier.approved_before_injury", "disabled_soldier", { "disabled_soldier.approved_at": "1979-02-01" }, { "disabled_soldier.approved_at": "1981-02-01" }],
  ["disabled_soldier.change_future", "disabled_soldier", { "disabled_soldier.grade_change": [{ kind: "adjusted", date: "2019-01-01" }] }, { "disabled_soldier.grade_change": [{ kind: "adjusted", date: "2018-01-01" }] }],
  ["disabled_soldier.old_grade_time", "disabled_soldier", { "disabled_soldier.old_grade": "3a", "disabled_soldier.assessed_at": "2006-01-01" }, { "disabled_soldier.old_grade": "3a" }],
  ["disabled_soldier.cert_no_content", "disabled_soldier", { "disabled_soldier.cert_no": "1980010110858031220001" }, {}],
  ["disabled_militia.cert_no_form", "disabled_militia", { "disabled_militia.cert_no": "闽民字第12号" }, {}],
  ["illness_death_family.approved_before_death", "illness_death_family", { "illness_death_family.approved_at": "1984-01-01" }, { "illness_death_family.approved_at": "1985-02-01" }],
  ["retired_cadre_nco.join_period_by_date", "retired_cadre_nco", { "retired_cadre_nco.rest_kind": "changed", "retired_cadre_nco.join_period": "japan" }, { "general.enlist_date": "1943-01-01", "retired_cadre_nco.rest_kind": "changed", "retired_cadre_nco.join_period": "japan" }],
  ["disabled_soldier.korea_by_injury", "disabled_soldier", { "disabled_soldier.korea_war": true }, { "disabled_soldier.korea_war": true, "disabled_soldier.injured_at": "1952-02-25" }],
  ["general.pension_war_participant", "retired_soldier", { "general.state_pension": ["war_participant"], "retired_soldier.war_participation": undefined }, { "general.state_pension": ["war_participant"] }],
  ["general.pension_nuclear_test", "retired_soldier", { "general.state_pension": ["nuclear_test"] }, { "general.state_pension": ["nuclear_test"], "retired_soldier.nuclear_test": "1" }],
  ["martyr_family.age_alarm_22", "martyr_family", { "martyr_family.disabled_flag": false, "general.birth_date": "1990-01-01" }, { "martyr_family.disabled_flag": true, "general.birth_date": "1990-01-01" }],
  ["martyr_family.age_alarm_18", "martyr_family", { "martyr_family.disabled_flag": false, "general.birth_date": "1999-01-01" }, { "martyr_family.disabled_flag": false, "general.birth_date": "2001-01-01" }],
];

for (const [code, form, wrong, right, today] of cases) {
  test(`${code} is raised in ${form} by ${JSON.stringify(wrong)}, and is silent otherwise`, () => {
    assert.ok(codesOf(form, wrong, today).includes(code), codesOf(form, wrong, today).join(" "));
    assert.ok(!codesOf(form, right, today).includes(code), codesOf(form, right, today).join(" "));
  });
}

const marks = (form: string, changes: Changes): readonly string[] => {
  const { answers } = check(withChanges(recordWith(form), changes), { today: "2018-11-20" });
  return marksOf(veterans, answers, { today: "2018-11-20", referenceDate: veterans.referenceDate }).map((mark) => `${mark.rule.key} ${mark.values.join(" ")}`);
};

test("a certificate of a deceased soldier has at most one holder: name and number make the mark, and only of holders", () => {
  for (const form of bereavedCategories) {
    const key = `${form}.one_holder`;
    const of = (changes: Changes): readonly string[] => marks(form, changes).filter((mark) => mark.startsWith(`${key} `));
    assert.equal(of({}).length, 1);
    assert.deepEqual(of({ [`${form}.cert_no`]: " 闽烈字第0002号" }), of({ [`${form}.cert_no`]: "闽烈字第0002号" }));
    assert.notDeepEqual(of({ [`${form}.cert_no`]: "闽烈字第9号" }), of({}));
    assert.notDeepEqual(of({ [`${form}.d_name`]: "陈另外" }), of({}));
    assert.deepEqual(of({ [`${form}.is_holder`]: false }), []);
    const rule = veterans.acrossRecords?.find((each) => each.key === key);
    assert.equal(rule?.source.note, "R-22");
  }
});

test("a disability certificate belongs to one person", () => {
  const of = (form: string): readonly string[] => marks(form, {}).filter((mark) => mark.startsWith(`${form}.one_certificate `));
  assert.equal(of("disabled_soldier").length, 1);
  assert.equal(of("disabled_militia").length, 1);
});
