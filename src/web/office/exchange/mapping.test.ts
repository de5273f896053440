// The mapping of columns as it stands on the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { doubledTargets, mappedColumns, mappingOf, missingTargets, sameMapping, withTarget } from "./mapping.ts";

const label = (zh: string): { zh: string; en: string } => ({ zh, en: zh });
const targets = [
  { target: "name", label: label("姓名"), required: true },
  { target: "id", label: label("身份证号"), required: true },
  { target: "remark", label: label("备注"), required: false },
];
const columns = [
  { column: 0, heading: "姓名", target: "name" },
  { column: 1, heading: "证件", },
  { column: 2, heading: "备注", target: "remark" },
];

test("the proposed targets are taken over and required ones without a column are named", () => {
  const mapping = mappingOf(columns);
  assert.deepEqual(mapping, { 0: "name", 2: "remark" });
  assert.deepEqual(missingTargets(targets, mapping).map((target) => target.target), ["id"]);
  assert.deepEqual(missingTargets(targets, withTarget(mapping, 1, "id")), []);
});

test("a target fed by two columns is named, and taking one away settles it", () => {
  const doubled = withTarget(mappingOf(columns), 1, "name");
  assert.deepEqual(doubledTargets(targets, doubled).map((target) => target.target), ["name"]);
  assert.deepEqual(doubledTargets(targets, withTarget(doubled, 1, undefined)), []);
});

test("all columns are sent, those that feed nothing without a target", () => {
  assert.deepEqual(mappedColumns(columns, mappingOf(columns)), [{ column: 0, target: "name" }, { column: 1 }, { column: 2, target: "remark" }]);
});

test("two mappings are the same whatever the order in which they were made", () => {
  assert.equal(sameMapping({ 0: "a", 1: "b" }, { 1: "b", 0: "a" }), true);
  assert.equal(sameMapping({ 0: "a" }, { 0: "a", 1: "b" }), false);
});
