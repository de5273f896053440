// Edits as data, and the table of moves of a draft (fictional scheme).
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expression } from "../../scheme/expression.ts";
import { itemAt } from "../../scheme/layout.ts";
import type { Scheme } from "../../scheme/model.ts";
import { smallScheme } from "../../scheme/small-scheme.ts";
import { applyEdit, type Edit } from "./edits.ts";
import { constantsOf, type DraftStanding, mapConstants, refusedDraftMove } from "./rules.ts";

const base = smallScheme();
const after = (edit: Edit): { readonly scheme: Scheme; readonly path: string; readonly was: unknown; readonly now: unknown } => {
  const outcome = applyEdit(base, edit);
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.why.en);
  return outcome;
};
const refused = (edit: Edit): string => {
  const outcome = applyEdit(base, edit);
  assert.ok(!outcome.ok);
  return outcome.why.en;
};
const words = (zh: string, en = zh): { zh: string; en: string } => ({ zh, en });

test("a label changes in its own item only, and says where and what was there", () => {
  const { scheme, path, was, now } = after({ kind: "item-label", item: "soldier.awards[].year", text: words("获奖年份", "Year of the award") });
  assert.equal(itemAt(scheme, "soldier.awards[0].year")?.item.label.zh, "获奖年份");
  assert.equal(path, "forms.soldier.sections.awards.items.year.label");
  assert.deepEqual([was, now], [words("年份", "Year"), words("获奖年份", "Year of the award")]);
  assert.deepEqual(scheme.forms[0], base.forms[0]);
  assert.match(refused({ kind: "item-label", item: "general.nothing", text: words("某") }), /no item/);
  assert.match(refused({ kind: "item-label", item: "general.name", text: { zh: "某", en: " " } }), /Both/);
});

test("a required mark goes on and off, a condition gives way to “always”, computed items take none", () => {
  assert.equal(itemAt(after({ kind: "item-required", item: "general.mobile", required: true }).scheme, "general.mobile")?.item.required, true);
  const off = itemAt(after({ kind: "item-required", item: "general.name", required: false }).scheme, "general.name")!.item;
  assert.ok(!("required" in off));
  assert.equal(itemAt(after({ kind: "item-required", item: "general.agent_name", required: true }).scheme, "general.agent_name")?.item.required, true);
  assert.match(refused({ kind: "item-required", item: "general.age", required: true }), /computed/);
});

test("bounds belong to numbers and texts, and can be taken away", () => {
  assert.equal(itemAt(after({ kind: "item-bound", item: "general.rooms", bound: "max", value: 12 }).scheme, "general.rooms")?.item.max, 12);
  assert.equal(itemAt(after({ kind: "item-bound", item: "general.rooms", bound: "max", value: null }).scheme, "general.rooms")?.item.max, undefined);
  assert.equal(itemAt(after({ kind: "item-bound", item: "general.remark", bound: "maxLength", value: 100 }).scheme, "general.remark")?.item.maxLength, 100);
  assert.match(refused({ kind: "item-bound", item: "general.name", bound: "max", value: 3 }), /no such bound/);
  assert.match(refused({ kind: "item-bound", item: "general.rooms", bound: "max", value: 1.5 }), /whole number/);
});

test("options are relabelled, added behind another, and withdrawn with what takes their place; codes are never reused", () => {
  const codes = (scheme: Scheme): unknown => scheme.codeSets.find((set) => set.key === "insurance")?.options.map((option) => [option.code, option.replacedBy]);
  assert.equal(after({ kind: "option-label", codeSet: "sex", code: "1", text: words("男性") }).path, "codeSets.sex.options.1");
  assert.deepEqual(codes(after({ kind: "option-add", codeSet: "insurance", code: "3", text: words("新"), after: "2" }).scheme), [["1", undefined], ["2", undefined], ["3", undefined], ["4", undefined], ["5", "1"]]);
  assert.match(refused({ kind: "option-add", codeSet: "insurance", code: "5", text: words("旧") }), /never reused/);
  // 5 pointed at 1; once 1 is withdrawn for 2, both point at 2.
  assert.deepEqual(codes(after({ kind: "option-withdraw", codeSet: "insurance", code: "1", replacedBy: "2" }).scheme), [["1", "2"], ["2", undefined], ["4", undefined], ["5", "2"]]);
  assert.match(refused({ kind: "option-withdraw", codeSet: "insurance", code: "1", replacedBy: "5" }), /withdrawn itself/);
  assert.match(refused({ kind: "option-withdraw", codeSet: "insurance", code: "1", replacedBy: "1" }), /another option/);
});

test("thresholds of a check are numbers and dates; codes, yes-no and the ones and noughts of counting are not", () => {
  const when: Expression = [
    "and",
    ["=", ["ref", "general.sex"], ["const", "1"]],
    [">", ["sum", "soldier.awards", ["if", ["<", ["ref", ".year"], ["const", 1950]], ["const", 1], ["const", 0]]], ["const", 2]],
    ["<", ["add-years", ["ref", "general.birth_date"], 18], ["const", "2018-10-01"]],
    ["=", ["ref", "general.agent"], ["const", true]],
  ];
  assert.deepEqual(constantsOf(when).filter((each) => each.threshold).map((each) => [each.at, each.value]), [[1, 1950], [4, 2], [5, 18], [6, "2018-10-01"]]);
  assert.deepEqual(mapConstants(when, (each) => each.value), when);
});

test("a threshold changes at its place and keeps its type", () => {
  const { scheme, was, now } = after({ kind: "check-constant", check: "award-before-enlist", at: 0, value: 1960 });
  assert.deepEqual([was, now], [1950, 1960]);
  assert.deepEqual(scheme.checks.find((check) => check.key === "award-before-enlist")?.when, ["any", "soldier.awards", ["<", ["ref", ".year"], ["const", 1960]]]);
  assert.match(refused({ kind: "check-constant", check: "award-before-enlist", at: 0, value: "1960-01-01" }), /type/);
  assert.match(refused({ kind: "check-constant", check: "award-before-enlist", at: 7, value: 3 }), /no such threshold/);
  assert.match(refused({ kind: "check-constant", check: "none", at: 0, value: 3 }), /no check/);
});

test("severity, wording, version and reference date change", () => {
  assert.equal(after({ kind: "check-severity", check: "insured-and-poor", severity: "explain" }).was, "note");
  assert.equal(after({ kind: "check-message", check: "insured-and-poor", text: words("请再核对") }).path, "checks.insured-and-poor.message");
  assert.equal(after({ kind: "version", version: "2027.1" }).scheme.version, "2027.1");
  assert.match(refused({ kind: "version", version: "第二版" }), /letters/);
  assert.equal(after({ kind: "reference-date", date: "2027-06-30" }).scheme.referenceDate, "2027-06-30");
  assert.match(refused({ kind: "reference-date", date: "2027-06-31" }), /Not a date/);
});

test("a shipped overlay is laid on the draft of its own scheme only", () => {
  const overlay = { key: "province", label: words("省增补"), scheme: "small", options: [{ codeSet: "award", option: { code: "2", label: words("二等功") } }] };
  const laid = applyEdit(base, { kind: "overlay", overlay: "province" }, [overlay]);
  assert.ok(laid.ok && laid.scheme.codeSets.find((set) => set.key === "award")?.options.some((option) => option.code === "2"));
  assert.ok(!applyEdit(base, { kind: "overlay", overlay: "province" }, [{ ...overlay, scheme: "other" }]).ok);
  assert.ok(!applyEdit(laid.scheme, { kind: "overlay", overlay: "province" }, [overlay]).ok, "a second time there is nothing to add");
});

const standing: DraftStanding = { state: "editing", permissions: ["scheme.draft", "scheme.approve"], hadAHand: true, faults: 0, edits: 1, dryRun: "done", optionsWithoutMapping: 0 };
const code = (move: Parameters<typeof refusedDraftMove>[0], more: Partial<DraftStanding>): string | undefined => refusedDraftMove(move, { ...standing, ...more })?.code;

test("a draft is submitted once it differs, is sound, was run dry as it stands and maps every used option", () => {
  assert.equal(code("submit", {}), undefined);
  assert.equal(code("submit", { edits: 0 }), "move-not-possible");
  assert.equal(code("submit", { faults: 2 }), "definition-has-faults");
  assert.equal(code("submit", { dryRun: "none" }), "dry-run-needed");
  assert.equal(code("submit", { dryRun: "under-way" }), "dry-run-needed");
  assert.equal(code("submit", { optionsWithoutMapping: 1 }), "option-in-use");
});

test("nobody approves a draft in which they had a hand, whatever their rights", () => {
  assert.equal(code("approve", { state: "submitted" }), "second-person-needed");
  assert.equal(code("approve", { state: "submitted", hadAHand: false }), undefined);
  assert.equal(code("approve", { state: "submitted", hadAHand: false, permissions: ["scheme.draft"] }), "not-allowed");
  assert.equal(code("publish", { state: "submitted" }), "move-not-possible");
  assert.equal(code("publish", { state: "approved" }), undefined);
  for (const move of ["edit", "submit", "approve", "publish", "withdraw"] as const) assert.equal(code(move, { state: "published", hadAHand: false }), "move-not-possible");
});
