// The provincial extra items on top of the national form: a definition without fault that takes nothing away, alone and together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionFaults } from "../../src/scheme/check-definition.ts";
import { checker } from "../../src/scheme/check.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import type { FormAnswers, Overlay, Scheme } from "../../src/scheme/model.ts";
import { applyOverlay } from "../../src/scheme/overlay.ts";
import { causesAndNeeds } from "./overlay-causes-and-needs.ts";
import { provincialItems } from "./overlay-province.ts";
import { idOf, soundPersons } from "./sample-records.ts";
import { disability } from "./scheme.ts";

const overlaid = (scheme: Scheme, overlay: Overlay): Scheme => {
  const applied = applyOverlay(scheme, overlay);
  assert.ok(applied.ok, applied.ok ? "" : JSON.stringify(applied.faults));
  return applied.scheme;
};
const paths = (scheme: Scheme): string[] => placesOf(scheme).map((place) => place.path);

for (const overlay of [provincialItems, causesAndNeeds]) {
  test(`${overlay.key}: the scheme with it has no fault and keeps every item and rule of the national form`, () => {
    const scheme = overlaid(disability, overlay);
    assert.deepEqual(definitionFaults(scheme), []);
    const now = new Set(paths(scheme));
    assert.deepEqual(
      paths(disability).filter((path) => !now.has(path)),
      [],
    );
    assert.deepEqual(scheme.checks.slice(0, disability.checks.length), disability.checks);
  });

  test(`${overlay.key}: every added item has a source, a purpose and a basis`, () => {
    const known = new Set(paths(disability));
    for (const { path, item } of placesOf(overlaid(disability, overlay)).filter((place) => !known.has(place.path))) {
      assert.ok(item.source.marks.length > 0 && item.purpose !== undefined && item.basis !== undefined, path);
    }
  });
}

const province = overlaid(disability, provincialItems);

test("G1 to G20 are all there", () => {
  const numbers = new Set(placesOf(province).flatMap((place) => place.item.number ?? []));
  for (let n = 1; n <= 20; n += 1) assert.ok(numbers.has(`G${n}`), `G${n}`);
});

test("both overlays go together", () => {
  const both = overlaid(province, causesAndNeeds);
  assert.deepEqual(definitionFaults(both), []);
});

const extra: FormAnswers = {
  ethnic: "01",
  political: "13",
  family_size: 4,
  residence_address: "甘肃省某县某镇某村1号",
  disab_feature: ["6"],
  rural_housing_need: ["9"],
  income_per_head: 8600.5,
  has_vocational_cert: "1",
  vocational_cert: ["9"],
  founded_business: "2",
  security_need: ["9"],
  legal_received: ["9"],
  legal_need: ["1"],
  talents: ["4"],
  height_cm: 168,
  culture_need: ["2"],
};
const check = checker(province);
const issuesOf = (answers: FormAnswers) => check({ general: { ...soundPersons.farmer["general"], ...extra, ...answers } }, { today: "2017-07-20" }).issues;

test("a complete record of the province has no fault; without the extra items it is not complete", () => {
  assert.deepEqual(issuesOf({}), []);
  assert.ok(check(soundPersons.farmer, { today: "2017-07-20" }).issues.some((issue) => issue.paths[0] === "general.ethnic"));
});

function bornOn(birth: string): FormAnswers {
  const id = idOf(`999999${birth}001`);
  return { id_number: id, cert_no: `${id}42` };
}

const rules: readonly (readonly [code: string, raises: FormAnswers, quiet: FormAnswers])[] = [
  ["party_under_18", { ...bornOn("19990701"), political: "01" }, { ...bornOn("19990630"), political: "01" }],
  ["driver_under_18", { ...bornOn("19990701") }, { ...bornOn("19990630") }],
  ["grant_without_school", { ...bornOn("19990701"), study_grant: 500 }, { ...bornOn("19990701"), study_grant: 0 }],
];

for (const [code, raises, quiet] of rules) {
  const key = `general.${code}`;
  test(`${key} is raised by ${JSON.stringify(raises)}, not by ${JSON.stringify(quiet)}`, () => {
    assert.ok(issuesOf(raises).some((issue) => issue.code === key), issuesOf(raises).map((issue) => issue.code).join(" "));
    assert.ok(!issuesOf(quiet).some((issue) => issue.code === key));
  });
}

const skips: readonly (readonly [key: string, asked: FormAnswers, notAsked: FormAnswers])[] = [
  ["political", { political: undefined }, { political: undefined, ...bornOn("20030701") }],
  ["left_behind", bornOn("20010630"), bornOn("20000630")],
  ["child_rehab_aid", bornOn("19990630"), bornOn("19980630")],
  ["vocational_cert", { vocational_cert: undefined }, { has_vocational_cert: "2", vocational_cert: undefined }],
  ["height_cm", { height_cm: undefined }, { talents: ["2"], height_cm: undefined }],
];

for (const [key, asked, notAsked] of skips) {
  test(`${key} is demanded only of those it concerns`, () => {
    const demanded = (answers: FormAnswers): boolean => issuesOf(answers).some((issue) => issue.code === "required" && issue.paths[0] === `general.${key}`);
    assert.ok(demanded(asked));
    assert.ok(!demanded(notAsked));
  });
}
