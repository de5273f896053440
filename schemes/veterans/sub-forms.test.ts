// A sound record of every other category passes; the plan's own dates are the limits of each way of placement.
import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionFaults } from "../../src/scheme/check-definition.ts";
import { checker } from "../../src/scheme/check.ts";
import type { FormAnswers } from "../../src/scheme/model.ts";
import { soundRecords } from "./sample-others.ts";
import { veterans } from "./scheme.ts";

const check = checker(veterans);
const options = { today: "2018-11-20" };

test("the definition has no fault", () => {
  assert.deepEqual(definitionFaults(veterans), []);
});

for (const [category, record] of Object.entries(soundRecords)) {
  test(`a complete record of ${category} has no fault at all`, () => {
    const { issues, archived } = check(record, options);
    assert.deepEqual(issues, []);
    assert.deepEqual(archived, {});
  });
}

const faults: readonly (readonly [code: string, category: string, general: FormAnswers, sub: FormAnswers])[] = [
  ["transferred_cadre.self_chosen_since_2001", "transferred_cadre", { leave_date: "2001-01-18" }, {}],
  ["transferred_cadre.own_occupation_1993_2000", "transferred_cadre", {}, { placement_kind: "own_occupation" }],
  ["transferred_cadre.enterprise_until_2000", "transferred_cadre", {}, { placement_kind: "enterprise", enterprise_status: "retired" }],
  ["closed-option", "transferred_cadre", {}, { rank_class: "conscript", rank: "none" }],
  ["retired_cadre_nco.received_order", "retired_cadre_nco", {}, { received_at: "1995-01-01" }],
  ["closed-option", "retired_cadre_nco", {}, { treat_level: "nco_staff" }],
  ["closed-option", "retired_cadre_nco", {}, { rest_kind: "retired_nco" }],
  ["non_military_staff.old_worker_joined", "non_military_staff", {}, { staff_kind: "before_1949" }],
  ["closed-option", "non_military_staff", {}, { former_identity: "worker" }],
  ["red_army_veteran.joined_by_1937", "red_army_veteran", { enlist_date: "1937-09-01", leave_date: "1940-01-01" }, {}],
  ["demobilised.old_enlisted_by_1954", "demobilised", { enlist_date: "1954-11-01" }, {}],
  ["demobilised.korea_in_service", "demobilised", { enlist_date: "1953-08-01" }, {}],
  ["demobilised.period_by_enlistment", "demobilised", {}, { war_period: "2" }],
  ["closed-option", "disabled_militia", {}, { disab_nature: "3", disab_grade: "05" }],
  ["closed-option", "disabled_militia", {}, { disab_type: "11" }],
  ["closed-option", "disabled_militia", {}, { disab_type: "15" }],
  ["illness_death_family.parent_close_in_age", "illness_death_family", {}, { d_birth: "1947-01-01", d_join_date: "1966-01-01" }],
  ["serving_family.parent_close_in_age", "serving_family", { birth_date: "1983-01-01" }, {}],
  ["closed-option", "serving_family", {}, { s_rank: "officer_captain" }],
];

for (const [code, category, general, sub] of faults) {
  test(`${code} is raised in ${category} by ${JSON.stringify({ ...general, ...sub })}`, () => {
    const record = soundRecords[category];
    const answers = { ...record, general: { ...record?.["general"], ...general }, [category]: { ...record?.[category], ...sub } };
    const codes = check(answers, options).issues.map((issue) => issue.code);
    assert.ok(codes.includes(code), codes.join(" "));
  });
}
