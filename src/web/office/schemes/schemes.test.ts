// Reading a scheme and turning edit forms into edits (fictional scheme).
import assert from "node:assert/strict";
import { test } from "node:test";
import { itemAt, placesOf } from "../../../scheme/layout.ts";
import { smallScheme } from "../../../scheme/small-scheme.ts";
import { boundIn, changesUnder, checkEdits, checkFieldsOf, definitionIn, fieldsOf, itemEdits } from "./editing.ts";
import { marks } from "./meanings.ts";
import { checksAt, checksOf, itemsOf, markCounts, sumsOf } from "./reading.ts";

const scheme = smallScheme();
const item = (path: string) => itemAt(scheme, path)!.item;
const words = (zh: string, en = zh): { zh: string; en: string } => ({ zh, en });

test("items are narrowed by form, mark, grade and text, and nothing narrows nothing", () => {
  assert.equal(itemsOf(scheme, {}).length, placesOf(scheme).length);
  assert.deepEqual(itemsOf(scheme, { form: "soldier", q: "年份" }).map(({ path }) => path), ["soldier.awards[].year"]);
  assert.deepEqual(itemsOf(scheme, { q: "YEARLY income" }).map(({ path }) => path), ["general.income"]);
  assert.deepEqual(itemsOf(scheme, { sensitivity: "contact" }).map(({ path }) => path), ["general.mobile"]);
  assert.equal(itemsOf(scheme, { mark: "S2" }).length, 0);
  assert.deepEqual(markCounts(scheme, ["S0", "R"]), [{ key: "R", count: placesOf(scheme).length }]);
});

test("the head of a scheme counts what it holds, with the legal sets of categories of all", () => {
  const sums = sumsOf(scheme);
  assert.deepEqual([sums.forms, sums.items, sums.categories, sums.legal, sums.all], [2, placesOf(scheme).length, 12, 223, 4095]);
  assert.deepEqual(sums.checks, { block: 3, explain: 1, note: 1 });
});

test("an item knows the checks that show at it, also those of its row", () => {
  const at = (path: string): string[] => checksAt(scheme, itemAt(scheme, path)!).map((check) => check.key);
  assert.deepEqual(at("general.birth_date"), ["birth-from-id"]);
  assert.deepEqual(at("soldier.awards[0].year"), ["award-before-enlist"]);
  assert.deepEqual(at("general.remark"), []);
  assert.deepEqual(checksOf(scheme, "block", "今天", "zh").map((check) => check.key), ["leave-not-future"]);
});

test("every mark that a definition can carry has a meaning", () => {
  for (const [mark, { means }] of Object.entries(marks)) assert.ok(means.zh !== "" && means.en !== "", mark);
});

test("only what was changed in an item's form becomes an edit", () => {
  const rooms = item("general.rooms");
  const fields = fieldsOf(rooms);
  assert.deepEqual(itemEdits("general.rooms", rooms, fields), []);
  assert.deepEqual(itemEdits("general.rooms", rooms, { ...fields, label: words(" 房屋间数 ", "Rooms"), max: "", min: "１", required: true }), [
    { kind: "item-label", item: "general.rooms", text: words("房屋间数", "Rooms") },
    { kind: "item-required", item: "general.rooms", required: true },
    { kind: "item-bound", item: "general.rooms", bound: "min", value: 1 },
    { kind: "item-bound", item: "general.rooms", bound: "max", value: null },
  ]);
  assert.deepEqual(itemEdits("general.rooms", rooms, { ...fields, max: "many" }), [], "what is no number is no edit");
  assert.deepEqual([boundIn(""), boundIn("12.5"), boundIn("x")], [null, 12.5, undefined]);
});

test("thresholds of a check become edits of their type", () => {
  const check = scheme.checks.find((one) => one.key === "award-before-enlist")!;
  const fields = checkFieldsOf(check);
  assert.deepEqual(fields.thresholds, { 0: "1950" });
  assert.deepEqual(checkEdits(check, fields), []);
  assert.deepEqual(checkEdits(check, { ...fields, severity: "note", thresholds: { 0: "1960" } }), [
    { kind: "check-severity", check: check.key, severity: "note" },
    { kind: "check-constant", check: check.key, at: 0, value: 1960 },
  ]);
  assert.deepEqual(checkEdits(check, { ...fields, thresholds: { 0: " " } }), []);
});

test("changes are told at the part they concern, not at one whose name begins alike", () => {
  const change = (path: string) => ({ code: "item.required" as const, effect: "narrowed" as const, path, sentence: words("x") });
  assert.deepEqual(changesUnder([change("checks.a.when"), change("checks.ab.when"), change("checks.a")], "checks.a").map(({ path }) => path), ["checks.a.when", "checks.a"]);
});

test("an uploaded file is JSON or nothing", () => {
  assert.deepEqual(definitionIn('\u{FEFF}{"key":"x"}'), { key: "x" });
  assert.equal(definitionIn("not json"), undefined);
});
