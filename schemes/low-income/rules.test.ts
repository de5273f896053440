// Every rule at work through the engine: each has a case that raises it and one close by that does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import type { Issue } from "../../src/core/issue.ts";
import { moneyCases } from "./cases-money.ts";
import { peopleCases } from "./cases-people.ts";
import { edited, type Edits, sampleDay, type SampleName, samples } from "./sample-households.ts";
import { lowIncome } from "./scheme.ts";

const check = checker(lowIncome);
const issuesOf = (base: SampleName, edits: Edits): readonly Issue[] => check(edited(samples[base], edits), { today: sampleDay }).issues;
const codesOf = (base: SampleName, edits: Edits): readonly string[] => issuesOf(base, edits).map((issue) => issue.code);
const cases = [...peopleCases, ...moneyCases];

for (const [key, base, raises, quiet] of cases) {
  test(`${key} is raised in “${base}” by ${JSON.stringify(raises)}`, () => {
    assert.ok(codesOf(base, raises).includes(key), codesOf(base, raises).join(" "));
    assert.ok(!codesOf(base, quiet ?? {}).includes(key), `raised although ${JSON.stringify(quiet)}`);
  });
}

test("every rule of the scheme has its case", () => {
  const tried = new Set(cases.map(([key]) => key));
  assert.deepEqual(
    lowIncome.checks.map((each) => each.key).filter((key) => !tried.has(key)),
    [],
  );
});

const pathsOf = (code: string, base: SampleName, edits: Edits): readonly (readonly string[])[] =>
  issuesOf(base, edits)
    .filter((issue) => issue.code === code)
    .map((issue) => issue.paths);

test("a rule over rows names the rows at fault, each by itself", () => {
  const adults = pathsOf("authorisations.adult_missing", "allowance", { authorisations: undefined });
  assert.deepEqual(adults, [["household.members[0].authorised"], ["household.members[1].authorised"]]);
  assert.deepEqual(pathsOf("incomes.no_such_member", "allowance", { "incomes[3].member_no": 9 }), [["household.incomes[3].member_no"]]);
});

test("a cause that is the main one is closed as another cause", () => {
  assert.deepEqual(codesOf("allowance", { poverty_cause_other: ["illness"] }), ["closed-option"]);
  assert.deepEqual(codesOf("allowance", { poverty_cause_main: "short_labour" }), ["closed-option"]);
});

test("kinds of housing are closed by its nature", () => {
  for (const detail of ["rented", "low_rent", "lodging"]) assert.ok(codesOf("allowance", { housing_detail: detail }).includes("closed-option"), detail);
  assert.ok(codesOf("supported", { housing_detail: "commercial" }).includes("closed-option"));
  assert.deepEqual(codesOf("supported", { housing_detail: "other" }), []);
});

test("negative and absurd amounts, a group of income instead of its item, and the household of forty are refused", () => {
  assert.ok(codesOf("allowance", { "incomes[0].amount": -1 }).includes("below-minimum"));
  assert.ok(codesOf("allowance", { "incomes[0].amount": 1e12 }).includes("above-maximum"));
  assert.ok(codesOf("allowance", { "incomes[0].amount": 1.005 }).includes("money-decimals"));
  assert.ok(codesOf("allowance", { "incomes[0].kind": "b11" }).includes("sub-option-missing"));
  assert.ok(codesOf("supported", { members: Array.from({ length: 40 }, (_, i) => ({ member_no: i + 1 })) }).includes("too-many-rows"));
});

test("a category opens its picture and puts it aside when it is taken out", () => {
  const { answers, archived } = check(edited(samples.allowance, { categories: ["minimum_living", "education"] }), { today: sampleDay });
  assert.equal(answers["household"]?.["paper_medical"], undefined);
  assert.equal(archived["household"]?.["paper_medical"], "photo-medical");
  for (const { key, papers } of lowIncome.categories) assert.deepEqual(papers, [`household.paper_${key}`]);
});

test("a child under fourteen needs the guardian's consent, who turned fourteen does not", () => {
  assert.deepEqual(codesOf("allowance", { guardian_consent: undefined }), ["required"]);
  assert.ok(!codesOf("allowance", { guardian_consent: undefined, "members[2].birth_date": "2005-08-01" }).includes("required"));
});

test("a member without a card gives another number, one without papers none", () => {
  const passport = { "members[1].id_kind": "5", "members[1].id_number": undefined, "members[1].nationality": "other", "members[1].ethnic": undefined };
  assert.deepEqual(codesOf("allowance", { ...passport, "members[1].other_id_no": "E12345678" }), []);
  assert.deepEqual(codesOf("allowance", passport), ["required"]);
});

test("a serious or chronic illness asks for its particulars only where it belongs", () => {
  assert.deepEqual(codesOf("allowance", { "members[0].major_disease": undefined }), ["required"]);
  assert.deepEqual(codesOf("supported", { "members[0].health": ["disabled"] }).filter((code) => code === "required").length, 2);
});
