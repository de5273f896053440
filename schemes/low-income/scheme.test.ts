// The low-income scheme as data: it can be published, every row of the plan's forms is there, and what could harm is marked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../src/scheme/across.ts";
import { checker } from "../../src/scheme/check.ts";
import { definitionFaults } from "../../src/scheme/check-definition.ts";
import { sealJoin, sealSplit } from "../../src/scheme/differences.ts";
import { rowsAt } from "../../src/scheme/evaluate.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import type { Answers } from "../../src/scheme/model.ts";
import { household } from "./forms/household.ts";
import { edited, sampleDay, samples } from "./sample-households.ts";
import { lowIncome } from "./scheme.ts";

const places = placesOf(lowIncome);
const paths = new Map(places.map((place) => [place.path, place]));
const keysOf = (section: string): readonly string[] => household.sections.find((each) => each.key === section)?.items.map((item) => item.key) ?? [];
const sizeOf = (key: string): number | undefined => lowIncome.codeSets.find((set) => set.key === key)?.options.length;

test("the definition has no fault, and survives being written as JSON", () => {
  assert.deepEqual(definitionFaults(lowIncome), []);
  assert.deepEqual(definitionFaults(JSON.parse(JSON.stringify(lowIncome))), []);
});

test("it is a register of households with its own reference date, and knows a household by its head", () => {
  assert.equal(lowIncome.unit, "household");
  assert.equal(lowIncome.referenceDate, "2019-08-01");
  for (const path of Object.values(lowIncome.identity ?? {})) assert.ok(paths.has(path), path);
});

test("every item has a source, labels in two languages, a purpose and a basis", () => {
  for (const { path, item } of places) {
    assert.ok(item.source.marks.length > 0, path);
    assert.ok(item.label.zh !== "" && item.label.en !== "", path);
    assert.ok(item.purpose !== undefined && item.basis !== undefined, path);
  }
});

test("every row of the household form is there", () => {
  const rows = [
    "family_no", "householder_name", "householder_id", "region", "address", "postcode", "hukou_kind", "categories", "poverty_cause_main", "poverty_cause_other", "poverty_since",
    "help_asked_at", "helped_at", "help_amount", "degree", "urgency", "member_count", "agri_pop", "nonagri_pop", "employed_count", "housing_nature", "housing_detail", "housing_structure",
    "housing_state", "housing_area", "area_per_head", "built_year", "electricity", "fuel", "water", "durables", "social_participation", "income_period_from", "income_period_to",
    "income_total", "income_per_head", "expense_total", "rigid_ratio", "assets_total", "declaration_sign", "survey_result", "discussion_result", "notice_result", "opinion",
  ];
  assert.deepEqual(rows.filter((key) => !paths.has(`household.${key}`)), []);
  assert.ok(paths.has("household.authorisations[].signature"));
});

test("every row of the member form is there", () => {
  const rows = [
    "name", "sex", "birth_date", "id_kind", "id_number", "ethnic", "nationality", "relation_to_head", "political", "marital", "education", "health", "labour", "self_care",
    "disab_type", "disab_grade", "disab_cert_no", "major_disease", "job_state", "employer", "employer_kind", "industry", "job_from", "job_to", "school", "edu_state", "enter_at",
    "leave_at", "aid_reason", "aid_body", "aid_amount", "person_state", "special_group",
  ];
  assert.deepEqual(rows.filter((key) => !keysOf("members").includes(key)), []);
  assert.equal(household.sections.find((each) => each.key === "members")?.repeats?.max, 30);
});

test("the thirteen keys by which the register is sorted are items", () => {
  const keys = ["poverty_cause_main", "degree", "urgency", "region", "poverty_since", "help_asked_at", "helped_at", "help_amount", "income_per_head", "area_per_head", "employed_count", "householder_sex", "householder_birth"];
  assert.equal(keys.length, 13);
  for (const key of keys) assert.ok(paths.has(`household.${key}`), key);
});

test("no total is typed", () => {
  for (const { path, item } of places) if (/_total$|_per_head$|_count$|_ratio$|_pop$/u.test(item.key) && item.key !== "monthly_income_per_head") assert.equal(item.kind, "computed", path);
});

test("code sets have the counts of their sources, and none is unused", () => {
  const counts = { "low-income-category": 11, "poverty-cause": 14, "income-kind": 4 + 9 + 2 + 7 + 18, "asset-kind": 17, "asset-detail": 10, "major-disease": 11, "insurance-kind": 8, "person-state": 7, industry: 20, "supporter-relation": 8, "education-state": 6 };
  for (const [key, count] of Object.entries(counts)) assert.equal(sizeOf(key), count, key);
  const used = new Set([...places.map((place) => place.item.codeSet), ...lowIncome.departments.flatMap((each) => each.fields.map((field) => field.codeSet))]);
  assert.deepEqual(lowIncome.codeSets.map((set) => set.key).filter((key) => !used.has(key)), []);
  for (const set of lowIncome.codeSets) {
    const words = set.options.flatMap((each) => [each.label.zh, ...(each.alsoWritten ?? [])]);
    assert.deepEqual(words.filter((word, at) => words.indexOf(word) !== at), [], set.key);
    for (const each of set.options) assert.ok(each.label.zh !== "" && each.label.en !== "", `${set.key} ${each.code}`);
  }
});

test("industries are the sections A to T of GB/T 4754", () => {
  const options = lowIncome.codeSets.find((set) => set.key === "industry")?.options ?? [];
  assert.equal(options.map((each) => each.code).join(""), "ABCDEFGHIJKLMNOPQRST");
  assert.deepEqual(["A", "I", "Q", "S"].map((code) => options.find((each) => each.code === code)?.label.zh), ["农、林、牧、渔业", "信息传输、软件和信息技术服务业", "卫生和社会工作", "公共管理、社会保障和社会组织"]);
});

test("what could harm is marked: numbers, contacts, money, health, prison and appeals", () => {
  const marked = (path: string): string | undefined => paths.get(`household.${path}`)?.item.sensitivity;
  for (const path of ["householder_id", "members[].id_number", "members[].other_id_no", "members[].disab_cert_no", "members[].person_state", "assistance_no", "supporters[].id_number"]) assert.equal(marked(path), "identity", path);
  for (const path of ["address", "phone", "supporters[].phone"]) assert.equal(marked(path), "contact", path);
  for (const path of ["members[].health", "members[].labour", "members[].major_disease", "members[].disab_type", "expenses[].note", "accidents[].kind", "supporters[].unable_reason", "head_disabled"]) assert.equal(marked(path), "health", path);
  for (const path of ["income_total", "rigid_ratio", "members[].income", "assets[].certificate_no", "assistance_monthly", "head_deposits"]) assert.equal(marked(path), "money", path);
  assert.equal(marked("situation"), "appeal");
  for (const { path, item } of places) {
    if (item.kind === "id-number") assert.equal(item.sensitivity, "identity", path);
    if (item.kind === "phone" || item.kind === "address") assert.equal(item.sensitivity, "contact", path);
    if (item.kind === "money") assert.equal(item.sensitivity, "money", path);
  }
});

test("sealing takes every number, amount and illness out of the plain part, also inside rows, and joins it again", () => {
  for (const [name, sample] of Object.entries(samples)) {
    const { answers } = checker(lowIncome)(sample, { today: sampleDay });
    const { plain, sealed } = sealSplit(lowIncome, answers);
    const written = JSON.stringify(plain);
    assert.doesNotMatch(written, /999999\d{11}|amount|"value"|"health|"disab_|special_group|address|phone|income_total|person_state/u, name);
    assert.deepEqual(sealJoin(plain, sealed), answers, name);
  }
});

test("rules have wording in two languages, keys of their own and a source", () => {
  const keys = [...lowIncome.checks, ...(lowIncome.acrossRecords ?? [])].map((each) => each.key);
  assert.equal(new Set(keys).size, keys.length);
  for (const each of [...lowIncome.checks, ...(lowIncome.acrossRecords ?? [])]) {
    assert.ok(each.message.zh !== "" && each.message.en !== "", each.key);
    assert.ok(each.source.marks.length > 0, each.key);
  }
});

test("across households a member and a household number stand at most once", () => {
  const rules = (lowIncome.acrossRecords ?? []).map((each) => (each.kind === "at-most-one" ? each.same : []));
  assert.deepEqual(rules, [["household.members[].id_number"], ["household.family_no"]]);
});

test("a person entered in two households makes the same mark in both", () => {
  const marks = (answers: Answers): readonly string[] => marksOf(lowIncome, checker(lowIncome)(answers, { today: sampleDay }).answers, { today: sampleDay, referenceDate: lowIncome.referenceDate }).map((mark) => `${mark.rule.key} ${mark.values.join(" ")}`);
  const [allowance, margin] = [marks(samples.allowance), marks(samples.margin)];
  assert.deepEqual([allowance.length, margin.length], [4, 3]);
  assert.deepEqual(allowance.filter((mark) => margin.includes(mark)), []);
  const moved = marks(edited(samples.margin, { "members[+]": { ...rowsAt(samples.allowance, "household.members")[1], member_no: 4 } }));
  assert.equal(moved.filter((mark) => allowance.includes(mark)).length, 1);
});
