// Departments that may only be asked with an authorisation, and where a scheme's signatures stand: faults are found before publishing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { definitionFaults } from "./check-definition.ts";
import { compareSchemes } from "./compare.ts";
import type { Scheme } from "./model.ts";

const faults = (more: object, from: Scheme = lowIncome): string[] => definitionFaults({ ...from, ...more }).map((fault) => fault.path);
const places = lowIncome.authorisations!;
const changed = (department: object): object => ({ departments: lowIncome.departments.map((one) => (one.key === "banks" ? { ...one, ...department } : one)) });

test("the shipped schemes are sound, and only the economic check asks for authorisations", () => {
  assert.deepEqual(faults({}), []);
  assert.deepEqual(lowIncome.departments.flatMap((one) => (one.authorised ? [one.key] : [])), ["social_insurance", "housing", "market_regulation", "vehicles", "banks", "taxation"]);
  assert.deepEqual(veterans.departments.filter((one) => one.authorised), []);
});

test("an authorised department names people by number and proves nobody's absence", () => {
  assert.deepEqual(faults(changed({ authorised: "yes" })), ["departments.banks.authorised"]);
  assert.deepEqual(faults(changed({ fields: lowIncome.departments.find((one) => one.key === "banks")!.fields.filter((field) => field.join !== "id-number") })), ["departments.banks.authorised"]);
  assert.deepEqual(faults(changed({ absences: [{ finding: "P01", kind: "registered-not-listed" }] })), ["departments.banks.authorised"]);
});

test("places of signatures exist and are of their kinds", () => {
  assert.deepEqual(faults({ authorisations: { ...places, people: { ...places.people, rows: "household.nobody" } } }), ["authorisations.people.rows"]);
  assert.deepEqual(faults({ authorisations: { ...places, people: { ...places.people, idNumber: "name", concerned: { item: "nothing", in: ["01"] } } } }), ["authorisations.people.idNumber", "authorisations.people.concerned"]);
  assert.deepEqual(faults({ authorisations: { ...places, signed: { ...places.signed, signature: "signed_on" } } }), ["authorisations.signed.signature"]);
  assert.deepEqual(faults({ authorisations: { ...places, others: { ...places.others, no: "name" } } }), ["authorisations.others.no"]);
  assert.deepEqual(faults({ authorisations: { people: places.people } }), ["authorisations.signed"]);
  assert.deepEqual(faults({ authorisations: { ...places, more: 1 } }), ["authorisations.more"]);
});

test("a version that asks for authorisations, or keeps them elsewhere, is told from the one before", () => {
  const { authorisations: _, ...without } = lowIncome;
  assert.deepEqual(compareSchemes(without, lowIncome).map((change) => change.code), ["scheme.authorisations"]);
  assert.deepEqual(compareSchemes({ ...lowIncome, ...changed({ authorised: undefined }) }, lowIncome).map((change) => [change.code, change.path]), [["department.changed", "departments.banks"]]);
});
