// Row by row: every row of the form descriptions is an item of the right kind, asked as strictly as its source says, with its marks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asksLess, formRows, heldElsewhere, neverCollected } from "./form-rows.ts";
import { itemsOf } from "./paths.ts";
import { veterans } from "./scheme.ts";

const items = new Map(itemsOf(veterans).map((each) => [each.path, each.item]));

const neededAs = (path: string): string => {
  const item = items.get(path);
  if (item === undefined) return "missing";
  if (item.kind === "computed" || (item.forced !== undefined && item.required === undefined)) return "A";
  if (item.required === undefined) return item.forced === undefined ? "N" : "A";
  return item.required === true ? "Y" : "C";
};

for (const form of veterans.forms) {
  test(`no row of ${form.key} is missing, and each is of its kind, needed as written and marked with its sources`, () => {
    const rows = formRows[form.key] ?? [];
    assert.ok(rows.length > 0);
    for (const row of rows) {
      const path = `${form.key}.${row.key}`;
      const item = items.get(path);
      assert.ok(item !== undefined, `${path} is missing`);
      assert.equal(item.kind, row.kind, path);
      for (const mark of row.marks) assert.ok(item.source.marks.some((each) => each === mark), `${path} lacks the mark ${mark}`);
      if (path in asksLess) {
        assert.notEqual(neededAs(path), row.needed, `${path} is asked as its source says: no exception needed`);
        assert.ok((item.source.note ?? "") !== "", `${path} says why it is asked less`);
      } else if (row.key !== "unit_code") assert.equal(neededAs(path), row.needed, path);
    }
  });
}

test("every item of the scheme is a row, or is named here as this version's own", () => {
  const own = /[.](?:object_type|mental_illness|cert_photo_more|plaque_region|plaque_address|rank_class|unit_code)$/u;
  const rows = new Set(Object.entries(formRows).flatMap(([form, list]) => list.map((row) => `${form}.${row.key}`)));
  assert.deepEqual(
    [...items.keys()].filter((path) => !rows.has(path) && !own.test(path)),
    [],
  );
});

test("rows that are no items are held elsewhere, and garrison places nowhere", () => {
  for (const path of [...Object.keys(heldElsewhere), ...neverCollected]) assert.ok(!items.has(path), path);
  for (const path of items.keys()) assert.doesNotMatch(path, /garrison|equipment|driver|weapon/u);
});
