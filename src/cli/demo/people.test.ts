// The people of the demo county: valid but unassignable numbers, legal categories, names as they are given, faulty rows as they occur.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readXlsx } from "hucre";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { checkCitizenId, citizenIdFacts } from "../../core/citizen-id.ts";
import { nameFault } from "../../core/names.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { brokenRules } from "../../scheme/categories.ts";
import { isPhone } from "../../scheme/check-values.ts";
import { baseListSheet, isListed, ODDITIES, RETURNED_FAULTS, writeBaseListWorkbook } from "./base-list.ts";
import { yearsFrom } from "./dates.ts";
import { geographyFromPackage } from "./geography.ts";
import { givenNameParts } from "./given-names.ts";
import { makePeople } from "./people.ts";
import { surnameCount } from "./surnames.ts";

const geography = geographyFromPackage();
const { people, ids } = makePeople(11, 20_000, geography);
const sheet = baseListSheet(11, veterans, geography, people);

test("numbers are valid, unique, say birth and sex, and cannot have been given to anybody", () => {
  assert.equal(new Set(people.map((person) => person.idNumber)).size, people.length);
  for (const person of people) {
    assert.ok(checkCitizenId(person.idNumber, "2018-10-01").ok);
    const facts = citizenIdFacts(person.idNumber);
    assert.equal(facts?.birthDate, person.birth);
    assert.equal(facts?.sex, person.sex);
    assert.match(person.idNumber.slice(14, 17), /^99[6-9]$/);
    assert.ok(yearsFrom(person.birth, "2018-10-01") < 100);
    assert.ok(ids.used(person.idNumber));
    assert.ok(isPhone(person.phone) && person.phone.startsWith("140"));
  }
});

test("there are numbers enough for a hundred thousand people", () => {
  const many = makePeople(2, 100_000, geography).people;
  assert.equal(new Set(many.map((person) => person.idNumber)).size, 100_000);
});

test("categories are legal, all twelve occur, and most people are retired soldiers", () => {
  const seen = new Set(people.flatMap((person) => person.categories));
  assert.equal(seen.size, 12);
  for (const person of people) assert.deepEqual(brokenRules(veterans, person.categories), []);
  const share = people.filter((person) => person.categories[0] === "retired_soldier").length / people.length;
  assert.ok(share > 0.6 && share < 0.64, String(share));
});

test("dates of a life stand in order", () => {
  for (const person of people) {
    if (person.enlist === undefined || person.leave === undefined) continue;
    assert.ok(yearsFrom(person.birth, person.enlist) >= 17, person.key);
    assert.ok(person.leave > person.enlist && person.leave < "2018-10-01", person.key);
  }
});

test("names are legal, various, and local families are frequent", () => {
  assert.ok(surnameCount >= 150 && givenNameParts >= 300);
  for (const person of people) assert.ok(nameFault(person.name) === undefined && scanFreeText(person.name).verdict === "pass");
  const surnames = Map.groupBy(people, (person) => person.name.slice(0, 1));
  assert.ok((surnames.get("陈")?.length ?? 0) > 0.05 * people.length);
  assert.ok(new Set(people.map((person) => person.name)).size > 0.7 * people.length);
});

test("the base list holds about four in five people and every kind of fault, each with its outcome", () => {
  const share = people.filter((person) => person.onBaseList).length / people.length;
  assert.ok(share > 0.78 && share < 0.82, String(share));
  const byFault = Map.groupBy(sheet.rows, (row) => row.fault);
  for (const fault of RETURNED_FAULTS) assert.ok(byFault.get(fault)?.every((row) => row.expected === "returned"), fault);
  for (const fault of ODDITIES) assert.ok(byFault.get(fault)?.every((row) => row.expected === "accepted"), fault);
  assert.ok(byFault.get(undefined)?.every((row) => row.expected === "accepted"));
  const column = (item: string): number => (veterans.baseList ?? []).findIndex((each) => each.item === `general.${item}`);
  for (const row of byFault.get("unit-designation") ?? []) assert.equal(scanFreeText(row.cells[column("remark")] ?? "").verdict, "refuse");
  for (const fault of ["mistyped-id", "pseudo-id"] as const) for (const row of byFault.get(fault) ?? []) assert.ok(!checkCitizenId(row.cells[column("id_number")] ?? "").ok);
  for (const row of sheet.rows) {
    if (row.expected === "accepted") assert.ok(checkCitizenId(row.cells[column("id_number")] ?? "").ok, row.person);
  }
  const accepted = new Set(sheet.rows.filter((row) => row.expected === "accepted").map((row) => row.person));
  for (const person of people) assert.equal(accepted.has(person.key), isListed(11, person), person.key);
});

test("the workbook says that it is fictional and reads back as it was written", async () => {
  const small = { headings: sheet.headings, rows: sheet.rows.slice(0, 50) };
  const book = await readXlsx(await writeBaseListWorkbook(small));
  assert.deepEqual(book.sheets.map((each) => each.name), ["底册", "说明"]);
  assert.match(String(book.sheets[1]?.rows[0]?.[0]), /虚构/);
  assert.deepEqual(book.sheets[0]?.rows[0], sheet.headings);
  assert.equal(book.sheets[0]?.rows.length, 51);
});
