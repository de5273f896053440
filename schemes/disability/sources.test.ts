// Departments and base list as data: headings that cannot be confused, findings that exist, comparisons that make sense, in both editions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { referencesOf } from "../../src/scheme/evaluate.ts";
import { placesOf } from "../../src/scheme/layout.ts";
import type { DepartmentField, Scheme } from "../../src/scheme/model.ts";
import { disability2022 } from "./scheme-2022.ts";
import { disability } from "./scheme.ts";

test("the departments of the plan are there, with public security for deaths", () => {
  assert.deepEqual(
    disability.departments.map((each) => each.label.zh),
    ["公安", "残联", "民政", "人社(社保)", "住建", "扶贫"],
  );
});

for (const scheme of [disability, disability2022]) {
  const items = new Map(placesOf(scheme).map((place) => [place.path, place.item]));
  const codesOf = (key: string | undefined): readonly string[] => scheme.codeSets.find((set) => set.key === key)?.options.map((each) => each.code) ?? [];

  const compared = (of: Scheme, field: DepartmentField, where: string): void => {
    const item = items.get(field.compares ?? "");
    assert.ok(item !== undefined, `${of.version} ${where}`);
    assert.ok(field.rule !== undefined && field.finding !== undefined, where);
    const targets = field.rule === "allows" ? Object.keys(field.allowed ?? {}) : codesOf(item.codeSet);
    for (const [word, code] of Object.entries(field.values ?? {})) assert.ok(targets.includes(code), `${where}: ${word}`);
    for (const codes of Object.values(field.allowed ?? {})) for (const code of codes) assert.ok(codesOf(item.codeSet).includes(code), `${where}: ${code}`);
    if (field.rule === "includes") assert.equal(item.kind, "codes", where);
  };

  test(`${scheme.version}: every list is joined by the ID number, and every comparison names an item, a rule and a finding`, () => {
    for (const department of scheme.departments) {
      assert.equal(department.fields.filter((field) => field.join === "id-number").length, 1, department.key);
      const keys = new Set(department.fields.map((field) => field.key));
      for (const field of department.fields) if (field.compares !== undefined) compared(scheme, field, `${department.key}.${field.key}`);
      for (const absence of department.absences) {
        for (const row of absence.rowsWhere ?? []) assert.ok(keys.has(row.field));
        for (const path of absence.expectedIf === undefined ? [] : referencesOf(absence.expectedIf)) assert.ok(items.has(path), path);
      }
    }
  });

  test(`${scheme.version}: every finding class is raised by some department, and every finding raised has a class`, () => {
    const raised = scheme.departments.flatMap((each) => [...each.fields.flatMap((field) => field.finding ?? []), ...each.absences.map((absence) => absence.finding)]);
    assert.deepEqual([...new Set(raised)].sort(), scheme.findingClasses.map((each) => each.key).sort());
    for (const each of scheme.findingClasses) assert.ok(each.days >= 5 && each.days <= 20, each.key);
  });

  test(`${scheme.version}: no heading of a list or of the base list can mean two columns`, () => {
    const unique = (headings: readonly string[], where: string): void => assert.equal(new Set(headings).size, headings.length, where);
    for (const each of scheme.departments) unique(each.fields.flatMap((field) => field.headings), each.key);
    unique((scheme.baseList ?? []).flatMap((column) => [column.heading, ...(column.alsoHeaded ?? [])]), "base list");
  });

  test(`${scheme.version}: the base list fills exactly the items that say they come from it`, () => {
    const filled = (scheme.baseList ?? []).map((column) => column.item).sort();
    const expecting = [...items].filter(([, item]) => item.fromBaseList).map(([path]) => path);
    assert.deepEqual(filled, expecting.sort());
  });

  test(`${scheme.version}: the items of the person's identity exist and have the kinds they need`, () => {
    const paths = scheme.identity;
    assert.ok(paths !== undefined);
    assert.equal(items.get(paths.idNumber)?.kind, "id-number");
    assert.equal(items.get(paths.name)?.text, "name");
    assert.equal(items.get(paths.area)?.kind, "area");
    assert.equal(items.get(paths.birthDate ?? "")?.kind, "date");
    assert.equal(items.get(paths.phone ?? "")?.kind, "phone");
    assert.equal(items.get(paths.sex ?? "")?.codeSet, "sex");
  });
}
