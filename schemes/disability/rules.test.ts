// Every rule that blocks, warns or informs, and every closed option: one case that raises it and a neighbour that does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../src/scheme/across.ts";
import { checker } from "../../src/scheme/check.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { idOf, type Situation, soundPersons } from "./sample-records.ts";
import { disability } from "./scheme.ts";

const check = checker(disability);
const changed = (situation: Situation, answers: FormAnswers): Answers => ({ general: { ...soundPersons[situation]["general"], ...answers } });
const issuesOf = (answers: Answers) => check(answers, { today: "2017-07-20" }).issues;

/** Numbers of somebody born on `birth` with a certificate ending in `kind`. */
const born = (birth: string, kind = "42", sequence = "001"): FormAnswers => {
  const id = idOf(`999999${birth}${sequence}`);
  return { id_number: id, cert_no: id + kind };
};
const farmerId = idOf("99999919720312001");

type Row = readonly [code: string, situation: Situation, raises: FormAnswers, quiet: FormAnswers];

const rules: readonly Row[] = [
  ["cert_form", "farmer", { cert_no: `${farmerId}82` }, { cert_no: `${farmerId}44` }],
  ["cert_form", "farmer", { cert_no: `${farmerId}45` }, { cert_no: `${farmerId}72` }],
  ["cert_form", "farmer", { cert_no: `${farmerId}4` }, { cert_no: `${farmerId}41` }],
  ["cert_form", "farmer", { cert_no: `${farmerId.slice(1)}42` }, {}],
  ["cert_id_valid", "farmer", { cert_no: "00000000000000000042" }, {}],
  ["cert_id_valid", "farmer", { cert_no: `${farmerId.slice(0, 17)}${farmerId.endsWith("0") ? "1" : "0"}42` }, {}],
  ["cert_is_own", "farmer", { cert_no: `${idOf("99999919720313001")}42` }, {}],
  ["adult_without_cert", "onAllowance", { cert_no: idOf("99999919870222008"), assistance: ["6"], medical_subsidy: "2" }, {}],
  ["adult_without_cert", "child", { ...born("19990630", ""), literate: "1", education: "2" }, { ...born("19990701", ""), literate: "1", education: "2" }],
  ["cert_reissued", "farmer", { cert_no: `${farmerId}42B1` }, {}],
  ["born_after_reference", "child", { ...born("20170701", "") }, { ...born("20170630", "") }],
  ["very_old", "retired", { ...born("19070630", "34") }, { ...born("19070701", "34") }],
  ["married_young_man", "farmer", { ...born("19970101") }, { ...born("19950630") }],
  ["married_young_man", "farmer", { ...born("19970101") }, { ...born("19970101"), marital: "10" }],
  ["child_own_contact", "pupil", { contact_name: "陈虚构" }, { contact_name: "陈杜撰" }],
  ["death_future", "deceased", { death_date: "2017-07-21" }, { death_date: "2017-06-30" }],
  ["death_before_birth", "deceased", { death_date: "1959-12-31" }, { death_date: "1960-01-01" }],
  ["death_after_reference", "deceased", { death_date: "2017-07-01" }, { death_date: "2017-06-30" }],
  ["education_early", "pupil", { ...born("20080301", "21"), education: "3", school_level: "3" }, { ...born("20070101", "21"), education: "3", school_level: "3" }],
  ["education_early", "pupil", { education: "4", school_level: "4" }, { ...born("20040101", "21"), education: "4", school_level: "4" }],
  ["at_school_without_school", "onAllowance", { unemployed_reason: "1" }, { unemployed_reason: "3" }],
  ["pension_under_45", "onAllowance", { living_source: "1" }, { living_source: "4" }],
  ["pension_under_45", "onAllowance", { ...born("19720701", "62", "008"), living_source: "1" }, { ...born("19720630", "62", "008"), living_source: "1" }],
  ["worker_insurance_expected", "employee", { worker_insurance: ["4"] }, { worker_insurance: ["2"] }],
  ["worker_insurance_expected", "employee", { job_form: "2", worker_insurance: ["4"] }, { job_form: "7", worker_insurance: ["4"] }],
  ["subsidy_is_medical_aid", "farmer", { medical_subsidy: "1", assistance: ["2"], welfare: ["2"] }, { medical_subsidy: "1", assistance: ["3"] }],
  ["allowance_gives_living_subsidy", "onAllowance", { welfare: ["2"] }, { welfare: ["1"] }],
  ["extremely_poor_without_nursing", "inInstitution", { welfare: ["4"] }, { welfare: ["2"] }],
  ["nursing_light_grade", "retired", { welfare: ["2"] }, { welfare: ["1"] }],
  ["householder_is_self", "farmer", { householder_id: farmerId }, { householder_id: farmerId, householder_name: "陈虚构" }],
  ["filled_future", "farmer", { filled_at: "2017-07-21" }, { filled_at: "2017-07-20" }],
  ["filled_outside_round", "farmer", { filled_at: "2017-06-30" }, { filled_at: "2017-07-01" }],
];

for (const [code, situation, raises, quiet] of rules) {
  const key = `general.${code}`;
  test(`${key} is raised for ${situation} by ${JSON.stringify(raises)}, not by ${JSON.stringify(quiet)}`, () => {
    const raised = issuesOf(changed(situation, raises)).map((issue) => issue.code);
    assert.ok(raised.includes(key), raised.join(" "));
    assert.ok(!issuesOf(changed(situation, quiet)).some((issue) => issue.code === key));
  });
}

test("every rule of the scheme has its case", () => {
  const tried = new Set(rules.map(([code]) => `general.${code}`));
  assert.deepEqual(
    disability.checks.map((each) => each.key).filter((key) => !tried.has(key)),
    [],
  );
});

test("a certificate has one holder across all records; children without one are not compared", () => {
  const [rule] = disability.acrossRecords ?? [];
  assert.ok(rule?.kind === "at-most-one" && rule.severity === "block");
  const marks = (situation: Situation, referenceDate: string): string[] => {
    const context = { today: "2018-07-20", referenceDate };
    return marksOf(disability, check(soundPersons[situation], context).answers, context).map((mark) => JSON.stringify(mark.values));
  };
  assert.equal(marks("farmer", "2017-06-30").length, 1);
  assert.equal(marks("child", "2017-06-30").length, 0);
  assert.notDeepEqual(marks("farmer", "2017-06-30"), marks("farmer", "2018-06-30"), "next year's record of the same holder is no second holder");
});

test("warnings leave the record free to go on, errors do not", () => {
  const severity = (code: string): string | undefined => disability.checks.find((each) => each.key === `general.${code}`)?.severity;
  for (const code of ["pension_under_45", "worker_insurance_expected", "extremely_poor_without_nursing"]) assert.equal(severity(code), "explain", code);
  for (const code of ["cert_form", "cert_is_own", "subsidy_is_medical_aid", "allowance_gives_living_subsidy"]) assert.equal(severity(code), "block", code);
});

type Closed = readonly [key: string, situation: Situation, closed: FormAnswers, open: FormAnswers];

const closedOptions: readonly Closed[] = [
  ["education", "farmer", { literate: "2", education: "3" }, { literate: "2", education: "2" }],
  ["school_level", "pupil", { school_level: "1" }, { school_level: "2" }],
  ["school_level", "pupil", { education: "3" }, { education: "3", school_level: "3" }],
  ["school_level", "student", { school_level: "3" }, { education: "2", school_level: "3" }],
  ["school_level", "student", { school_level: "4" }, { education: "4", school_level: "4" }],
  ["school_level", "student", { school_level: "5" }, { education: "4", school_level: "5" }],
  ["school_level", "student", { education: "3" }, { education: "7" }],
  ["unemployed_reason", "student", { unemployed_reason: "3" }, { unemployed_reason: "1" }],
  ["assistance", "farmer", { medical_subsidy: "1" }, { medical_subsidy: "2" }],
  ["assistance", "farmer", { assistance: ["5"], rural_housing: "3" }, { assistance: ["5"] }],
  ["assistance", "employee", { assistance: ["5"] }, { assistance: ["3"] }],
  ["assistance", "inInstitution", { assistance: ["2", "5"] }, {}],
  ["assistance", "onAllowance", { urban_income: "2" }, { urban_income: "1" }],
  ["assistance", "farmer", { assistance: ["1", "11"], welfare: ["1"] }, { assistance: ["1", "13"], welfare: ["1"] }],
  ["assistance", "onAllowance", { assistance: ["1", "13", "3"] }, { assistance: ["1", "12", "3"] }],
  ["welfare", "onAllowance", { welfare: ["4"] }, { welfare: ["1"] }],
  ["rehab_need", "farmer", { rehab_need: ["3", "31"] }, { ...born("19720312", "12"), care_received: undefined, rehab_need: ["3", "31"] }],
  ["rehab_need", "farmer", { rehab_need: ["3", "32"] }, { ...born("19720312", "32"), rehab_need: ["3", "32"] }],
  ["rehab_need", "pupil", { rehab_need: ["4", "43"] }, { rehab_need: ["4", "42"] }],
  ["rehab_need", "retired", { rehab_need: ["4", "42"] }, { rehab_need: ["4", "43"] }],
  ["rehab_need", "pupil", { rehab_need: ["4", "44", "441"] }, { ...born("20070301", "71"), rehab_need: ["4", "44", "441"] }],
  ["rehab_need", "farmer", { rehab_need: ["4", "45"] }, { ...born("19720312", "52"), rehab_need: ["4", "45"] }],
  ["rehab_need", "farmer", { rehab_need: ["3", "35"] }, { ...born("19720312", "62"), rehab_need: ["3", "35"] }],
  ["rehab_need", "onAllowance", { rehab_need: ["4", "41"] }, { rehab_need: ["3", "35"] }],
];

for (const [key, situation, closed, open] of closedOptions) {
  test(`an option of ${key} is closed for ${situation} by ${JSON.stringify(closed)}, open by ${JSON.stringify(open)}`, () => {
    const at = (answers: FormAnswers): boolean => issuesOf(changed(situation, answers)).some((issue) => issue.code === "closed-option" && issue.paths[0] === `general.${key}`);
    assert.ok(at(closed));
    assert.ok(!at(open));
  });
}

test("every item with closed options has at least as many cases as rules", () => {
  for (const { item } of placesOf(disability)) {
    const cases = closedOptions.filter(([key]) => key === item.key).length;
    assert.ok(cases >= (item.closed?.length ?? 0), item.key);
  }
});

test("“none” stands alone, and a choice with details needs one", () => {
  const codes = (situation: Situation, answers: FormAnswers): string[] => issuesOf(changed(situation, answers)).map((issue) => issue.code);
  for (const [key, none] of [["help_received", "6"], ["help_needed", "6"], ["worker_insurance", "4"], ["assistance", "6"], ["welfare", "4"], ["rehab_received", "6"], ["rehab_need", "6"], ["barrier_need", "9"]] as const) {
    assert.ok(codes("farmer", { [key]: ["2", none] }).includes("exclusive-option"), key);
  }
  assert.ok(codes("farmer", { help_received: ["1"] }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { help_needed: ["5"] }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { assistance: ["1"], welfare: ["1"] }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { assistance: ["4"] }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { welfare: ["3"] }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { care_received: "1" }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { rehab_need: ["3"] }).includes("sub-option-missing"));
  assert.ok(codes("farmer", { rehab_need: ["441", "4"] }).includes("parent-option-missing"));
  assert.ok(codes("employee", { job_form: "1" }).includes("sub-option-missing"));
  assert.ok(codes("employee", { urban_housing: "2" }).includes("sub-option-missing"));
});
