// Departments and base list as data: headings that cannot be confused, findings that exist, comparisons that make sense.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DepartmentField } from "../../src/scheme/define.ts";
import { itemsOf, refsOf } from "./paths.ts";
import { veterans } from "./scheme.ts";

const byPath = new Map(itemsOf(veterans).map((each) => [each.path, each.item]));
const codesOf = (key: string | undefined): readonly string[] =>
  veterans.codeSets.find((set) => set.key === key)?.options.map((each) => each.code) ?? [];

test("the six departments of the demo are there, each with an ID number to join by", () => {
  assert.deepEqual(
    veterans.departments.map((each) => each.key),
    ["public_security", "civil_affairs", "social_insurance", "medical_insurance", "housing", "military_service"],
  );
  for (const each of veterans.departments) assert.equal(each.fields.filter((field) => field.join === "id-number").length, 1, each.key);
});

test("every finding class is raised by some department, and every finding raised has a class", () => {
  const raised = veterans.departments.flatMap((each) => [
    ...each.fields.flatMap((field) => [field.finding, ...(field.findingWhen ?? []).map((when) => when.finding)]),
    ...each.absences.map((absence) => absence.finding),
  ]);
  const known = new Set(raised.filter((key): key is string => key !== undefined));
  assert.deepEqual([...known].sort(), veterans.findingClasses.map((each) => each.key).sort());
  for (const each of veterans.findingClasses) assert.ok(each.days >= 5 && each.days <= 20 && each.label.en !== "", each.key);
});

function compared(field: DepartmentField, where: string): void {
  const item = byPath.get(field.compares ?? "");
  assert.ok(item !== undefined, where);
  assert.ok(field.rule !== undefined && field.finding !== undefined, where);
  const targets = field.rule === "allows" ? Object.keys(field.allowed ?? {}) : codesOf(item.codeSet);
  for (const [word, code] of Object.entries(field.values ?? {})) assert.ok(targets.includes(code), `${where}: ${word}`);
  for (const codes of Object.values(field.allowed ?? {})) {
    for (const code of codes) assert.ok(codesOf(item.codeSet).includes(code), `${where}: ${code}`);
  }
  if (field.rule === "within-days" || field.rule === "within-share") assert.ok((field.tolerance ?? 0) > 0, where);
  if (field.rule === "includes") assert.equal(item.kind, "codes", where);
  if (field.rule === "equal") assert.equal(item.kind, field.kind, where);
}

test("every compared field names an item, a rule and a finding, and its words lead to codes that exist", () => {
  for (const department of veterans.departments) {
    const keys = new Set(department.fields.map((field) => field.key));
    for (const field of department.fields) {
      if (field.compares !== undefined) compared(field, `${department.key}.${field.key}`);
      for (const row of field.rowsWhere ?? []) assert.ok(keys.has(row.field));
      if (field.comparedIf) for (const path of refsOf(field.comparedIf)) assert.ok(byPath.has(path), path);
    }
    for (const absence of department.absences) {
      for (const row of absence.rowsWhere ?? []) assert.ok(keys.has(row.field));
      if (absence.expectedIf) for (const path of refsOf(absence.expectedIf)) assert.ok(byPath.has(path), path);
    }
  }
});

test("no heading of a list or of the base list can mean two columns", () => {
  const unique = (headings: readonly string[], where: string): void => assert.equal(new Set(headings).size, headings.length, where);
  for (const each of veterans.departments) {
    unique(
      each.fields.flatMap((field) => field.headings),
      each.key,
    );
  }
  unique(
    (veterans.baseList ?? []).flatMap((column) => [column.heading, ...(column.alsoHeaded ?? [])]),
    "base list",
  );
});

test("the base list fills exactly the items that say they come from it", () => {
  const filled = (veterans.baseList ?? []).map((column) => column.item).sort();
  const expecting = [...byPath].filter(([, item]) => item.fromBaseList).map(([path]) => path);
  assert.deepEqual(filled, expecting.sort());
  assert.equal(filled.length, 14);
});

test("items of the subject's identity exist and have the kinds they need", () => {
  const paths = veterans.identity;
  assert.ok(paths !== undefined);
  assert.equal(byPath.get(paths.idNumber)?.kind, "id-number");
  assert.equal(byPath.get(paths.name)?.text, "name");
  assert.equal(byPath.get(paths.area)?.kind, "area");
  assert.equal(byPath.get(paths.birthDate ?? "")?.kind, "date");
  assert.equal(byPath.get(paths.phone ?? "")?.kind, "phone");
  assert.equal(byPath.get(paths.sex ?? "")?.codeSet, "sex");
});
