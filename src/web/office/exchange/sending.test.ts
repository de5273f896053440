// Who sends which file, and what is missing before it can be sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileSize, importStage, sendableKinds, sendingFaults } from "./sending.ts";

const file = { name: "名单.xlsx", size: 1000 };
const fields = (wish: Parameters<typeof sendingFaults>[0]): string[] => sendingFaults(wish, "2026-07-01").map((fault) => fault.field);

test("the county's lead sends base lists, a contact only the extract of the own department", () => {
  assert.deepEqual(sendableKinds({ roles: ["county-lead"], office: { department: "veterans-affairs" } }), ["base-list"]);
  assert.deepEqual(sendableKinds({ roles: ["contact"], office: { department: "housing" } }), ["extract"]);
  assert.deepEqual(sendableKinds({ roles: ["county-reviewer"], office: { department: "veterans-affairs" } }), []);
});

test("a base list needs only a readable file", () => {
  assert.deepEqual(fields({ kind: "base-list", file, asOf: "", purpose: "" }), []);
  assert.deepEqual(fields({ kind: "base-list", file: undefined, asOf: "", purpose: "" }), ["file"]);
  assert.deepEqual(fields({ kind: "base-list", file: { name: "a.xls", size: 10 }, asOf: "", purpose: "" }), ["file"]);
  assert.deepEqual(fields({ kind: "base-list", file: { name: "a.csv", size: 0 }, asOf: "", purpose: "" }), ["file"]);
  assert.deepEqual(fields({ kind: "base-list", file: { name: "a.csv", size: 65 * 1024 * 1024 }, asOf: "", purpose: "" }), ["file"]);
});

test("an extract also needs a date that is not in the future and a purpose", () => {
  assert.deepEqual(fields({ kind: "extract", file, asOf: "", purpose: " " }), ["asOf", "purpose"]);
  assert.deepEqual(fields({ kind: "extract", file, asOf: "2026-13-01", purpose: "核对" }), ["asOf"]);
  assert.deepEqual(fields({ kind: "extract", file, asOf: "2026-07-02", purpose: "核对" }), ["asOf"]);
  assert.deepEqual(fields({ kind: "extract", file, asOf: "2026年6月30日", purpose: "核对" }), []);
});

test("each state of an import has one page", () => {
  assert.deepEqual((["uploaded", "mapped", "running", "failed", "done", "wiped"] as const).map(importStage), ["mapping", "mapping", "running", "stopped", "result", "wiped"]);
});

test("sizes of files are said in the nearest unit", () => {
  assert.deepEqual([fileSize(12), fileSize(2048), fileSize(5 * 1024 * 1024)], ["12 B", "2 KB", "5.0 MB"]);
});
