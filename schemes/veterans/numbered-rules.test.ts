// The numbered rules (R-01 …) as far as a definition can say them: each is carried by checks, by the kind of an item, or by the lattice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { itemsOf } from "./paths.ts";
import { veterans } from "./scheme.ts";

const items = itemsOf(veterans).map((each) => each.item);
const withNote = (rule: string): readonly string[] =>
  [...veterans.checks, ...(veterans.acrossRecords ?? [])].filter((check) => (check.source.note ?? "").includes(rule)).map((check) => check.key);

/** Rules that checks and rules across records carry in their source, with some of the keys. */
const byCheck: { readonly [rule: string]: readonly string[] } = {
  "R-02": ["general.sex_by_id", "general.birth_by_id"],
  "R-07": ["general.death_before_reference"],
  "R-08": ["general.enlist_before_birth", "general.enlist_before_leave", "general.leave_future", "disabled_soldier.assessed_before_injury", "martyr_family.death_before_joining", "martyr_family.recognised_before_death"],
  "R-16": ["transferred_cadre.self_chosen_since_2001", "transferred_cadre.own_occupation_1993_2000", "transferred_cadre.enterprise_until_2000"],
  "R-17": ["demobilised.old_enlisted_by_1954"],
  "R-18": ["retired_soldier.state_supported_disabled", "retired_soldier.state_supported_grade"],
  "R-19": ["disabled_soldier.illness_grade", "disabled_soldier.illness_standing"],
  "R-20": ["disabled_soldier.cert_no_content", "disabled_militia.cert_no_content"],
  "R-21": ["martyr_family.rehabilitated_is_child"],
  "R-22": ["martyr_family.one_holder", "duty_death_family.one_holder", "illness_death_family.one_holder"],
  "R-23": ["general.evidence_by_statement", "general.proof_missing"],
  "R-94": ["general.agent_is_self"],
  "R-95": ["general.minor_without_guardian"],
};

for (const [rule, keys] of Object.entries(byCheck)) {
  test(`${rule} is carried by its checks`, () => {
    const carried = withNote(rule);
    for (const key of keys) assert.ok(carried.includes(key), key);
  });
}

test("R-01, R-30, R-31, R-33 are carried by the kinds and standards of items", () => {
  assert.ok(items.filter((item) => item.key.endsWith("id_number")).every((item) => item.kind === "id-number"));
  assert.ok(items.filter((item) => ["photo", "document", "signature"].includes(item.kind)).every((item) => (item.maxBytes ?? 0) > 0));
  assert.ok(items.some((item) => item.photo?.headShare === 2 / 3 && item.photo.colour && item.photo.centred));
  assert.ok(items.some((item) => item.kind === "signature" && item.required === true));
});

test("R-04: what a card says is locked when it was read from the card", () => {
  const locked = items.filter((item) => item.fromCard).map((item) => item.key);
  for (const key of ["name", "sex", "ethnic", "birth_date", "id_number", "domicile_address", "issuing_authority", "valid_from", "valid_to"]) assert.ok(locked.includes(key), key);
});

test("R-10 to R-13 and R-15 are carried by the lattice and the forms of the categories", () => {
  const rules = veterans.categoryRules.map((rule) => (rule.source.note ?? "").slice(0, 4));
  assert.deepEqual(rules, ["R-10", "R-11", "R-12", "R-13"]);
  for (const category of veterans.categories) assert.equal(veterans.forms.filter((form) => form.category === category.key).length, 1);
});

test("R-32: wherever a certificate is photographed there is room for the page with its content", () => {
  for (const form of veterans.forms) {
    const keys = new Set(form.sections.flatMap((part) => part.items.map((item) => item.key)));
    assert.equal(keys.has("cert_photo"), keys.has("cert_photo_more"), form.key);
  }
});

test("R-40 and R-41: units of soldiers are cover numbers only, and no item asks for garrison or equipment", () => {
  const units = items.filter((item) => ["unit_code", "injured_unit", "s_unit_code"].includes(item.key));
  assert.ok(units.length >= 9);
  for (const item of units) assert.equal(item.text, "unit-code", item.key);
  const staff = veterans.forms.find((form) => form.key === "non_military_staff");
  assert.equal(staff?.sections.flatMap((part) => part.items).find((item) => item.key === "former_unit")?.text, "unit-code");
});

test("the first campaign's reference date is 1 October 2018", () => {
  assert.equal(veterans.referenceDate, "2018-10-01");
});
