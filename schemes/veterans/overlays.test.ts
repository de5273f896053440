// The shipped overlays: each fits the scheme alone, all fit together, none loosens anything, and a sound record stays sound.
import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionFaults } from "../../src/scheme/check-definition.ts";
import { checker } from "../../src/scheme/check.ts";
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { applyOverlay, applyOverlays } from "../../src/scheme/overlay.ts";
import { veteransOverlays } from "./overlays.ts";
import { itemsOf } from "./paths.ts";
import { idOf, soundRecord } from "./sample-records.ts";
import { veterans } from "./scheme.ts";

const options = { today: "2018-11-20" };

for (const overlay of veteransOverlays) {
  test(`the overlay ${overlay.key} alone gives a definition without fault, and sound records stay sound`, () => {
    const result = applyOverlay(veterans, overlay);
    assert.ok(result.ok, result.ok ? "" : JSON.stringify(result.faults));
    assert.deepEqual(definitionFaults(result.scheme), []);
    assert.deepEqual(checker(result.scheme)(soundRecord, options).issues, []);
    const before = new Set(itemsOf(veterans).map((each) => each.path));
    const added = itemsOf(result.scheme).filter((each) => !before.has(each.path));
    assert.ok(added.length > 0);
    for (const { path, item } of added) {
      assert.ok(item.purpose !== undefined && item.basis !== undefined && item.source.marks.length > 0, path);
      if (item.kind === "money") assert.equal(item.sensitivity, "money", path);
      if (item.kind === "phone") assert.equal(item.sensitivity, "contact", path);
      if (item.kind === "id-number") assert.equal(item.sensitivity, "identity", path);
    }
  });
}

const together = applyOverlays(veterans, veteransOverlays);

test("all overlays together give a definition without fault", () => {
  assert.ok(together.ok, together.ok ? "" : JSON.stringify(together.faults));
  assert.equal(itemsOf(together.scheme).length - itemsOf(veterans).length, 68);
});

const cases: readonly (readonly [code: string, wrong: FormAnswers, right: FormAnswers])[] = [
  ["business.veterans_within_jobs", { business_kind: "enterprise", business_jobs: 3, business_veterans: 4 }, { business_kind: "enterprise", business_jobs: 3, business_veterans: 3 }],
  ["business.credit_code_form", { business_kind: "enterprise", business_credit_code: "12345" }, { business_kind: "enterprise", business_credit_code: "91350524MA00000000" }],
  ["training.finished_future", { training_detail: [{ kind: "skill", finished_at: "2019-01-01" }] }, { training_detail: [{ kind: "skill", finished_at: "2018-01-01" }] }],
  ["help.visit_future", { help_visits: [{ visited_at: "2019-01-01" }] }, { help_visits: [{ visited_at: "2018-01-01" }] }],
  [
    "family_members.sex_by_id",
    { family_members: [{ relation: "12", name: "陈虚设", id_number: idOf("99999919600101002"), sex: "1" }] },
    { family_members: [{ relation: "12", name: "陈虚设", id_number: idOf("99999919600101002"), sex: "2" }] },
  ],
  [
    "family_members.id_repeated",
    { family_members: [1, 2].map(() => ({ relation: "12", name: "陈虚设", id_number: idOf("99999919600101002") })) },
    { family_members: [1, 2].map((n) => ({ relation: "12", name: "陈虚设", id_number: idOf(`9999991960010100${n}`) })) },
  ],
  ["housing_details.ages_within_household", { household_size: 3, household_minors: 2, household_aged: 2 }, { household_size: 4, household_minors: 2, household_aged: 2 }],
  ["identity_more.work_before_birth", { work_since: "1950-01-01" }, { work_since: "1980-01-01" }],
  ["employment.zero_job_family", { employment_status: "enterprise", employer_name: "某厂", employer_type: "state_enterprise", zero_job_family: true }, { zero_job_family: true }],
  [
    "preferential_card.class_fits",
    { card_applied: true, card_class: "cadre", card_applied_at: "2018-10-02", card_photo: "photo-7" },
    { card_applied: true, card_class: "soldier", card_applied_at: "2018-10-02", card_photo: "photo-7" },
  ],
];

for (const [code, wrong, right] of cases) {
  test(`${code} is raised, and is silent when the answer is right`, () => {
    assert.ok(together.ok);
    const check = checker(together.scheme);
    const with_ = (more: FormAnswers): Answers => ({ ...soundRecord, general: { ...soundRecord["general"], ...more } });
    assert.ok(check(with_(wrong), options).issues.some((issue) => issue.code === code));
    assert.deepEqual(check(with_(right), options).issues, []);
  });
}
