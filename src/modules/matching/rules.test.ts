// Truth tables of the comparisons, and of what closes a finding.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, eq, text, value } from "../../scheme/define.ts";
import type { Absence, Answers, CompareRule, DepartmentField, Value } from "../../scheme/model.ts";
import { closingOfDifference, closingOfUncollected, closingOfUnlisted, compareField, compareValues, type Verdict } from "./rules.ts";
import { cellValue, listedValue, rowMeets, type ListRow } from "./values.ts";

const field = (rule: CompareRule, more: Partial<DepartmentField> = {}): DepartmentField => ({ key: "f", label: text("项", "item"), headings: [], kind: "text", compares: "general.item", finding: "X01", rule, ...more });
const context = { today: "2018-11-01", referenceDate: "2018-10-01" };
const allowed = { "1": ["1", "3"], "2": ["2"] };

const table: readonly (readonly [CompareRule, Partial<DepartmentField>, Value | undefined, Value | undefined, Verdict])[] = [
  ["equal", {}, "1", "1", "agrees"],
  ["equal", {}, "1", "2", "differs"],
  ["equal", {}, undefined, "2", "not-compared"],
  ["equal", {}, "", "2", "not-compared"],
  ["equal", {}, "1", undefined, "not-compared"],
  ["equal", {}, true, false, "differs"],
  ["equal", {}, 1, "1", "not-compared"],
  ["equal", {}, ["1", "2"], ["2", "1"], "agrees"],
  ["equal-name", {}, "陈丽华", "陳 麗·華", "agrees"],
  ["equal-name", {}, "阿依古丽·买买提", "阿依古丽.买买提", "agrees"],
  ["equal-name", {}, "ABC", "ａｂｃ", "agrees"],
  ["equal-name", {}, "陈丽华", "陈莉华", "differs"],
  ["equal-name", {}, "陈丽华", undefined, "not-compared"],
  ["equal-area-township", {}, "350524100201", "350524100202", "agrees"],
  ["equal-area-township", {}, "350524100201", "350524101201", "differs"],
  ["equal-area-township", {}, "350524100201", "350524000000", "not-compared"],
  ["equal-area-township", {}, "350524100201", "350525000000", "differs"],
  ["equal-area-village", {}, "350524100201", "350524100202", "differs"],
  ["equal-area-village", {}, "350524100201", "350524100000", "not-compared"],
  ["equal-area-village", {}, "350524100201", "350524101000", "differs"],
  ["within-share", { tolerance: 0.05 }, 95, 100, "agrees"],
  ["within-share", { tolerance: 0.05 }, 94.9, 100, "differs"],
  ["within-share", { tolerance: 0.05 }, 0, 0, "agrees"],
  ["within-share", { tolerance: 0.05 }, undefined, 100, "not-compared"],
  ["within-days", { tolerance: 31 }, "1990-12-01", "1991-01-01", "agrees"],
  ["within-days", { tolerance: 31 }, "1990-12-01", "1991-01-02", "differs"],
  ["within-days", { tolerance: 31 }, "1991-01-02", "1990-12-01", "differs"],
  ["includes", {}, ["1", "2"], ["2"], "agrees"],
  ["includes", {}, ["1"], ["1", "2"], "differs"],
  ["includes", {}, [], ["1"], "not-compared"],
  ["includes", {}, ["1"], [], "not-compared"],
  ["allows", { allowed }, "3", "1", "agrees"],
  ["allows", { allowed }, "4", "1", "differs"],
  ["allows", { allowed }, "4", "9", "not-compared"],
  ["allows", { allowed }, ["4", "1"], "1", "agrees"],
  ["allows", { allowed }, ["1"], ["1", "2"], "differs"],
  ["allows", { allowed }, ["1", "2"], ["1", "2"], "agrees"],
  ["answered", {}, undefined, "2018-01-01", "differs"],
  ["answered", {}, "2018-02-01", "2018-01-01", "agrees"],
  ["answered", {}, undefined, undefined, "not-compared"],
];

for (const [rule, more, ours, theirs, expected] of table) {
  test(`${rule}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)} → ${expected}`, () => {
    assert.equal(compareValues(field(rule, more), ours, theirs), expected);
  });
}

const answers = (item: Value | undefined, other?: Value): Answers => ({ general: { ...(item !== undefined && { item }), ...(other !== undefined && { other }) } });

test("a field is compared only where its condition holds, and its class follows our answers", () => {
  const rented = field("equal", { comparedIf: eq("general.other", value("own")), findingWhen: [{ finding: "X02", when: eq("general.item", value("none")) }] });
  assert.equal(compareField(rented, answers("a", "rent"), "b", context).verdict, "not-compared");
  assert.equal(compareField(rented, answers("a"), "b", context).verdict, "not-compared");
  assert.deepEqual(compareField(rented, answers("a", "own"), "b", context), { verdict: "differs", class: "X01", ours: "a" });
  assert.equal(compareField(rented, answers("none", "own"), "b", context).class, "X02");
});

test("a difference closes when the accepted record agrees, not before, and not by taking our value out", () => {
  const same = field("equal");
  const closing = (state: "accepted" | "submitted" | "returned" | "moved" | "deceased" | "duplicate", item: Value | undefined, by = same) =>
    closingOfDifference(by, "b", { state, answers: state === "accepted" ? answers(item) : undefined }, context);
  assert.equal(closing("accepted", "b"), "agrees");
  assert.equal(closing("accepted", "a"), undefined);
  assert.equal(closing("accepted", undefined), undefined);
  assert.equal(closing("submitted", "b"), undefined);
  assert.equal(closing("returned", "b"), undefined);
  assert.equal(closing("moved", "b"), undefined);
  assert.equal(closing("deceased", "b"), undefined);
  assert.equal(closing("deceased", undefined, field("answered")), "agrees");
  assert.equal(closing("duplicate", "a"), "withdrawn");
});

test("a condition that no longer holds settles a difference only while our value stands", () => {
  const owned = field("equal", { comparedIf: answered("general.other") });
  assert.equal(closingOfDifference(owned, "b", { state: "accepted", answers: answers("a") }, context), "agrees");
  assert.equal(closingOfDifference(owned, "b", { state: "accepted", answers: answers(undefined) }, context), undefined);
});

test("who is missed on a list is settled by a list that holds them, or by not being expected there any more", () => {
  const absence: Absence = { finding: "X03", kind: "registered-not-listed", expectedIf: eq("general.item", value("1")) };
  const closing = (item: Value, listed: boolean, state: "accepted" | "submitted" = "accepted") => closingOfUnlisted(absence, { state, answers: state === "accepted" ? answers(item) : undefined }, listed, context);
  assert.equal(closing("1", false), undefined);
  assert.equal(closing("1", true), "agrees");
  assert.equal(closing("4", false), "agrees");
  assert.equal(closing("4", true, "submitted"), undefined);
});

test("a listed person counts as met when accepted or ended in an outcome, not while being captured", () => {
  assert.equal(closingOfUncollected([]), undefined);
  assert.equal(closingOfUncollected(["draft", "submitted", "returned", "listed"]), undefined);
  for (const state of ["accepted", "refused", "not-found", "deceased", "moved"] as const) assert.equal(closingOfUncollected(["draft", state]), "collected");
});

const row = (no: number, cells: Record<string, string>): ListRow => ({ no, cells });
const sets = new Map();
const usage = field("allows", { key: "usage", kind: "code", values: { 住宅: "dwelling" }, allowed: { dwelling: ["2"] } });
const size = field("within-share", { key: "size", kind: "decimal", several: "sum", rowsWhere: [{ field: "usage", in: ["dwelling"] }] });
const left = field("within-days", { key: "left", kind: "date", several: "latest" });
const kinds = field("includes", { key: "kinds", kind: "code", several: "union", values: { 甲: "1", 乙: "2" } });
const department = { key: "d", label: text("部门", "Department"), fields: [usage, size, left, kinds], absences: [] };

test("several rows of one person become one value: summed, the latest, all, or the first, of the rows that count", () => {
  const rows = [row(1, { usage: "住宅", size: "60.5", left: "1990-01-01", kinds: "乙" }), row(2, { usage: "商铺", size: "400", left: "", kinds: "甲" }), row(3, { usage: "dwelling", size: "1,040.5", left: "1992-05-01", kinds: "甲" })];
  assert.equal(listedValue(department, size, sets, rows), 1101);
  assert.equal(listedValue(department, left, sets, rows), "1992-05-01");
  assert.deepEqual(listedValue(department, kinds, sets, rows), ["1", "2"]);
  assert.equal(listedValue(department, usage, sets, rows), "dwelling");
  assert.equal(listedValue(department, size, sets, [row(1, { usage: "商铺", size: "9" })]), undefined);
});

test("a word that means nothing here is not compared", () => {
  assert.equal(cellValue(usage, sets, "仓库"), undefined);
  assert.equal(cellValue(left, sets, "不详"), undefined);
  assert.equal(cellValue(size, sets, "约60"), undefined);
  assert.equal(rowMeets(department, sets, row(1, { usage: "仓库" }), [{ field: "usage", in: ["dwelling"] }]), false);
  assert.equal(rowMeets(department, sets, row(1, { usage: "住宅", left: " " }), [{ field: "usage", in: ["dwelling"] }, { field: "left", missing: true }]), true);
});
