// XLSForms of the shipped programmes: unique names, balanced groups, references that exist, and every rule either there or listed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shippedSchemes } from "../../schemes/shipped.ts";
import { isTyped } from "../modules/documents/sheets.ts";
import { smallScheme } from "./small-scheme.ts";
import { placesOf } from "./layout.ts";
import { nameOf } from "./xlsform-scope.ts";
import { xlsform } from "./xlsform.ts";

const EXCEL_CELL = 32_767;

test("names are unique, groups are balanced and every reference names a question", () => {
  for (const scheme of [...shippedSchemes, smallScheme()]) {
    const { survey } = xlsform(scheme);
    const open: string[] = [];
    const names = new Set<string>();
    for (const row of survey) {
      const [type = "", name = ""] = [row["type"], row["name"]];
      if (type.startsWith("end_")) {
        assert.equal(open.pop(), `${type.slice(4)} ${name}`);
        continue;
      }
      assert.match(name, /^[A-Za-z_][A-Za-z0-9_.-]*$/u);
      assert.ok(!names.has(name), `${scheme.key}: ${name} stands twice`);
      names.add(name);
      if (type.startsWith("begin_")) open.push(`${type.slice(6)} ${name}`);
    }
    assert.deepEqual(open, []);
    for (const row of survey) {
      for (const [column, text] of Object.entries(row)) {
        assert.ok(text.length <= EXCEL_CELL, `${row["name"]} ${column}: ${text.length} characters`);
        for (const [, ref = ""] of text.matchAll(/\$\{([^}]+)\}/gu)) assert.ok(names.has(ref), `${scheme.key} ${row["name"]} ${column}: ${ref}`);
      }
    }
  }
});

test("choice lists exist, hold no withdrawn code and no code twice", () => {
  for (const scheme of shippedSchemes) {
    const { survey, choices } = xlsform(scheme);
    const lists = new Set(choices.map((row) => row["list_name"]));
    for (const row of survey) {
      const [, list] = /^select_(?:one|multiple) (\S+)$/u.exec(row["type"] ?? "") ?? [];
      if (list !== undefined) assert.ok(lists.has(list), list);
    }
    const keys = choices.map((row) => `${row["list_name"]} ${row["name"]}`);
    assert.equal(new Set(keys).size, keys.length);
    for (const row of choices) assert.doesNotMatch(row["name"] ?? "", /\s/u);
  }
});

test("every item that people answer is asked, and every check is a constraint, a note or listed", () => {
  for (const scheme of shippedSchemes) {
    const { survey, notExpressed } = xlsform(scheme);
    const names = new Set(survey.map((row) => row["name"]));
    for (const place of placesOf(scheme)) if (isTyped(place.item)) assert.ok(names.has(nameOf(place)), place.path);
    const said = survey.map((row) => `${row["constraint_message::中文 (zh)"] ?? ""}${row["label::中文 (zh)"] ?? ""}`).join("\n");
    for (const check of scheme.checks) assert.ok(said.includes(check.message.zh) || notExpressed.some((each) => each.path === `checks.${check.key}`), check.key);
    assert.equal(survey.filter((row) => row["name"]?.startsWith("later__")).length, notExpressed.length);
  }
});

test("a rule is written for what is known only, and exclusive options and categories hold", () => {
  const { survey } = xlsform(smallScheme());
  const row = (name: string): Readonly<Record<string, string>> => survey.find((each) => each["name"] === name) ?? {};
  assert.equal(row("general__agent_name")["relevant"], "(${general__agent} != '' and ${general__agent} = 'yes')");
  assert.match(row("general__categories")["constraint"] ?? "", /<= 1/u);
  assert.match(row("general__insurance")["constraint"] ?? "", /count-selected\(\.\) > 1/u);
  assert.match(row("general__sex")["calculation"] ?? "", /mod 2 = 1, '1', '2'/u);
});
