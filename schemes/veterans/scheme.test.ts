// The veterans' scheme as data: complete wording and sources, unique keys, references that exist, codes that exist.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expression } from "../../src/scheme/define.ts";
import { expressionsOf, itemsOf, refsOf } from "./paths.ts";
import { veterans } from "./scheme.ts";

const items = itemsOf(veterans);
const byPath = new Map(items.map((each) => [each.path, each]));
const sections = new Set(veterans.forms.flatMap((form) => form.sections.flatMap((part) => (part.repeats ? [`${form.key}.${part.key}`] : []))));
const codeSets = new Map(veterans.codeSets.map((set) => [set.key, set]));
const unknown = (expression: Expression, row: string | undefined): readonly string[] =>
  refsOf(expression).filter((path) => !(byPath.has(path.startsWith(".") ? `${row}${path}` : path) || sections.has(path)));

test("every item has a source, labels in two languages, a purpose and a basis", () => {
  for (const { path, item } of items) {
    assert.ok(item.source.marks.length > 0, path);
    assert.ok(item.label.zh !== "" && item.label.en !== "", path);
    assert.ok(item.purpose !== undefined && item.basis !== undefined, path);
  }
});

test("paths of items, keys of checks, code sets, categories and findings are unique", () => {
  const unique = (keys: readonly string[]): void => {
    assert.deepEqual(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      [],
    );
  };
  unique(items.map((each) => each.path));
  unique(veterans.forms.flatMap((form) => form.sections.map((part) => `${form.key}.${part.key}`)));
  unique(veterans.checks.map((each) => each.key));
  unique(veterans.codeSets.map((each) => each.key));
  unique(veterans.categories.map((each) => each.key));
  unique(veterans.findingClasses.map((each) => each.key));
});

test("every reference in an expression is an item or a repeating section", () => {
  for (const { path, row, item } of items) for (const each of expressionsOf(item)) assert.deepEqual(unknown(each, row), [], path);
  for (const each of veterans.checks) {
    const row = each.when[0] === "any" ? each.when[1] : undefined;
    assert.deepEqual(unknown(each.when, row), [], each.key);
    assert.ok(each.message.zh !== "" && each.message.en !== "", each.key);
    for (const path of each.at) assert.ok(byPath.has(path.startsWith(".") ? `${row}${path}` : path), `${each.key} at ${path}`);
  }
});

test("code items name a code set of the scheme, and no code set is unused", () => {
  const used = new Set<string>();
  for (const { path, item } of items) {
    if (item.kind === "code" || item.kind === "codes") assert.ok(item.codeSet !== undefined, path);
    if (item.codeSet !== undefined) {
      assert.ok(codeSets.has(item.codeSet), `${path}: ${item.codeSet}`);
      used.add(item.codeSet);
    }
  }
  assert.deepEqual(
    [...codeSets.keys()].filter((key) => !used.has(key)),
    [],
  );
});

test("exclusive options stand only in code sets of multiple choice", () => {
  for (const { path, item } of items) {
    const exclusive = codeSets.get(item.codeSet ?? "")?.options.some((each) => each.exclusive) ?? false;
    if (exclusive) assert.equal(item.kind, "codes", path);
  }
});

test("codes compared in expressions belong to the code set of the item", () => {
  const wrong: string[] = [];
  const look = (expression: Expression, where: string): void => {
    const tree: readonly unknown[] = expression;
    const [kind, left, right] = tree;
    const path = Array.isArray(left) && left[0] === "ref" ? String(left[1]) : undefined;
    const set = codeSets.get(byPath.get(path ?? "")?.item.codeSet ?? "");
    const codes: readonly unknown[] =
      kind === "in" || kind === "has" ? (Array.isArray(right) ? right : []) : kind === "=" && Array.isArray(right) && right[0] === "const" ? [right[1]] : [];
    if (set) for (const code of codes) if (!set.options.some((each) => each.code === code)) wrong.push(`${where}: ${path} ${String(code)}`);
    for (const part of tree) if (Array.isArray(part) && typeof part[0] === "string" && kind !== "in" && kind !== "has") look(part as unknown as Expression, where);
  };
  for (const { path, item } of items) for (const each of expressionsOf(item)) look(each, path);
  for (const each of veterans.checks) look(each.when, each.key);
  for (const department of veterans.departments) {
    for (const field of department.fields) for (const each of field.findingWhen ?? []) look(each.when, `${department.key}.${field.key}`);
    for (const each of department.absences) if (each.expectedIf) look(each.expectedIf, `${department.key} ${each.finding}`);
  }
  assert.deepEqual(wrong, []);
});

test("a sub-form opens with its own category, and its annex is the plan's", () => {
  const annexes = new Map(veterans.forms.map((form) => [form.key, form.annex]));
  for (const category of veterans.categories) if (category.form !== undefined) assert.ok(annexes.has(category.form), category.key);
  for (const form of veterans.forms) if (form.key !== "general") assert.equal(form.category, form.key);
  for (const [at, category] of veterans.categories.entries()) {
    if (category.form !== undefined) assert.equal(annexes.get(category.form), String(at + 2));
  }
});

test("only the recent photo, the signature, certificates and what stands in for them are required pictures", () => {
  const required = items.filter(({ item }) => item.required !== undefined && ["photo", "document", "signature"].includes(item.kind));
  assert.deepEqual(
    required.filter((each) => !/[.](?:cert_photo|cert_lost_proof)$/u.test(each.path)).map((each) => each.path),
    ["general.photo_recent", "general.village_statement", "general.signature", "martyr_family.rehabilitation_photo"],
  );
  for (const { path, item } of items) if (item.kind === "photo") assert.ok((item.maxBytes ?? 0) > 0 && (item.maxBytes ?? 0) <= 300 * 1024, path);
});

test("items that could harm are marked: numbers, contacts, money, health and appeals", () => {
  const marked = (path: string): string | undefined => byPath.get(path)?.item.sensitivity;
  assert.equal(marked("general.id_number"), "identity");
  assert.equal(marked("general.mobile"), "contact");
  assert.equal(marked("general.residence_address"), "contact");
  assert.equal(marked("general.annual_income"), "money");
  assert.equal(marked("general.health"), "health");
  assert.equal(marked("general.demand_text"), "appeal");
  assert.equal(marked("disabled_soldier.injury_desc"), "health");
  assert.equal(marked("martyr_family.bank_account_no"), "money");
  for (const { path, item } of items) if (item.kind === "id-number") assert.equal(item.sensitivity, "identity", path);
  for (const { path, item } of items) if (item.kind === "phone") assert.equal(item.sensitivity, "contact", path);
  for (const { path, item } of items) if (item.kind === "money") assert.equal(item.sensitivity, "money", path);
});
