// Which question is asked of whom: each conditional question is demanded of one who is asked and never of one who is not; held answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checker } from "../../src/scheme/check.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { idOf, type Situation, soundPersons } from "./sample-records.ts";
import { disability } from "./scheme.ts";

const check = checker(disability);
const changed = (situation: Situation, answers: FormAnswers): Answers => ({ general: { ...soundPersons[situation]["general"], ...answers } });
const born = (birth: string, kind: string, sequence = "001"): FormAnswers => {
  const id = idOf(`999999${birth}${sequence}`);
  return { id_number: id, cert_no: id + kind };
};
const options = { today: "2017-07-20" };

type Row = readonly [key: string, asked: Situation, askedWith: FormAnswers, notAsked: Situation, notAskedWith: FormAnswers];

/** Of whom a question is asked (and then demanded), and of whom it is not. */
const skips: readonly Row[] = [
  ["hukou_kind", "farmer", {}, "unknownPerson", {}],
  ["marital", "student", {}, "student", born("19970701", "11", "006")],
  ["contact_name", "farmer", {}, "deceased", {}],
  ["mobile", "farmer", {}, "farmer", { landline: "0938-8200000" }],
  ["institution", "farmer", {}, "farmer", { per_state: "2" }],
  ["urban_income", "employee", {}, "farmer", {}],
  ["urban_housing", "employee", {}, "farmer", {}],
  ["poverty", "farmer", {}, "employee", {}],
  ["rural_housing", "farmer", {}, "employee", {}],
  ["poverty", "farmer", {}, "farmer", { institution: "1" }],
  ["literate", "farmer", {}, "notAtSchool", {}],
  ["education", "pupil", {}, "child", {}],
  ["school_level", "pupil", {}, "pupil", { school_kind: undefined }],
  ["school_level", "pupil", {}, "pupil", { education: "1" }],
  ["not_enrolled_reason", "notAtSchool", {}, "pupil", {}],
  ["not_enrolled_reason", "notAtSchool", {}, "notAtSchool", { ...born("20020630", "51", "003"), literate: "2" }],
  ["employed", "farmer", {}, "retired", {}],
  ["employed", "farmer", {}, "notAtSchool", {}],
  ["employed", "farmer", {}, "farmer", { institution: "1" }],
  ["unemp_registered", "onAllowance", {}, "farmer", { employed: "2" }],
  ["unemp_registered", "onAllowance", {}, "employee", {}],
  ["job_form", "farmer", {}, "onAllowance", {}],
  ["living_source", "onAllowance", {}, "farmer", {}],
  ["unemployed_reason", "onAllowance", {}, "farmer", {}],
  ["help_received", "farmer", {}, "onAllowance", { unemployed_reason: "2" }],
  ["help_received", "onAllowance", { unemployed_reason: "4" }, "onAllowance", { unemployed_reason: "3" }],
  ["help_needed", "onAllowance", { unemployed_reason: "6" }, "onAllowance", { unemployed_reason: "5" }],
  ["help_needed", "onAllowance", { unemployed_reason: "7" }, "student", {}],
  ["worker_insurance", "retired", {}, "student", {}],
  ["worker_insurance", "onAllowance", {}, "notAtSchool", {}],
  ["resident_pension", "onAllowance", {}, "student", {}],
  ["resident_pension", "onAllowance", {}, "pupil", {}],
  ["pension_subsidy", "onAllowance", {}, "onAllowance", { resident_pension: "2" }],
  ["pension_subsidy", "onAllowance", {}, "retired", { worker_insurance: ["4"], resident_pension: "1" }],
  ["resident_medical", "child", {}, "deceased", {}],
  ["medical_subsidy", "farmer", {}, "farmer", { resident_medical: "2" }],
  ["assistance", "inInstitution", {}, "unknownPerson", {}],
  ["welfare", "inInstitution", {}, "unknownPerson", {}],
  ["care_received", "onAllowance", {}, "employee", {}],
  ["care_received", "farmer", {}, "farmer", born("19720312", "43")],
  ["care_received", "inInstitution", {}, "inInstitution", born("19570630", "71", "007")],
  ["care_need", "onAllowance", {}, "farmer", {}],
  ["family_doctor", "child", {}, "deceased", {}],
  ["ill", "child", {}, "deceased", {}],
  ["treated", "onAllowance", {}, "farmer", {}],
  ["untreated_reason", "onAllowance", {}, "onAllowance", { treated: "1" }],
  ["rehab_received", "child", {}, "deceased", {}],
  ["no_rehab_reason", "child", {}, "farmer", {}],
  ["rehab_need", "child", {}, "deceased", {}],
  ["barrier_done", "child", {}, "inInstitution", {}],
  ["barrier_need", "child", {}, "inInstitution", {}],
  ["culture_active", "pupil", {}, "inInstitution", {}],
  ["culture_active", "pupil", {}, "child", {}],
  ["culture_reason", "farmer", {}, "pupil", {}],
  ["householder_name", "farmer", {}, "unknownPerson", {}],
  ["householder_id", "farmer", {}, "inInstitution", {}],
  ["collective_household", "farmer", {}, "unknownPerson", {}],
  ["declarer_signature", "farmer", {}, "farmer", { survey_method: "2" }],
  ["declarer_signature", "farmer", { survey_method: "3" }, "farmer", { survey_method: "4" }],
];

for (const [key, asked, askedWith, notAsked, notAskedWith] of skips) {
  const demanded = (situation: Situation, answers: FormAnswers): boolean =>
    check(changed(situation, { ...answers, [key]: undefined }), options).issues.some((issue) => issue.code === "required" && issue.paths[0] === `general.${key}`);
  test(`${key} is demanded of ${asked} ${JSON.stringify(askedWith)}, not of ${notAsked} ${JSON.stringify(notAskedWith)}`, () => {
    assert.ok(demanded(asked, askedWith));
    assert.ok(!demanded(notAsked, notAskedWith));
  });
}

test("every question that is shown or demanded under a condition has its case", () => {
  const tried = new Set(skips.map(([key]) => key));
  const conditional = placesOf(disability).filter(
    ({ section, item }) => item.required !== undefined && (item.required !== true || item.shownIf !== undefined || section.shownIf !== undefined),
  );
  assert.deepEqual(
    conditional.map((place) => place.item.key).filter((key) => !tried.has(key)),
    [],
  );
});

const shown = (situation: Situation, answers: FormAnswers, key: string) => check(changed(situation, answers), options).answers["general"]?.[key];

test("a student is held at “not in work”, whatever was answered", () => {
  assert.equal(shown("student", { employed: "1" }, "employed"), "2");
  assert.equal(shown("farmer", {}, "employed"), "1");
  assert.equal(shown("student", { school_kind: undefined, school_level: undefined, employed: "1" }, "employed"), "1");
});

test("employees' old-age insurance holds the residents' at “no” and skips its subsidy", () => {
  const insured = { worker_insurance: ["1"], resident_pension: "1", pension_subsidy: "1" };
  assert.equal(shown("onAllowance", insured, "resident_pension"), "2");
  assert.equal(shown("onAllowance", insured, "pension_subsidy"), undefined);
  assert.equal(shown("onAllowance", { ...insured, worker_insurance: ["3"] }, "resident_pension"), "1");
});

test("employees' medical insurance holds the residents' at “no” and skips its subsidy", () => {
  const insured = { worker_insurance: ["2"], resident_medical: "1", medical_subsidy: "1" };
  assert.equal(shown("onAllowance", insured, "resident_medical"), "2");
  assert.equal(shown("onAllowance", insured, "medical_subsidy"), undefined);
  assert.equal(shown("onAllowance", { ...insured, worker_insurance: ["1"] }, "resident_medical"), "1");
});

test("a child of four may be at a kindergarten and need not", () => {
  assert.deepEqual(check(changed("child", { school_kind: "1", school_level: "1" }), options).issues, []);
  assert.equal(shown("child", { school_kind: "1", school_level: "1" }, "school_kind"), "1");
});
