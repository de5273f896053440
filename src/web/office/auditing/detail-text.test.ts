// Details of an audit row as people read them.
import assert from "node:assert/strict";
import test from "node:test";
import { detailLabels } from "../../../core/audit-details.ts";
import { detailText, isId, labelOf } from "./detail-text.ts";

const words = { yes: "是", no: "否", more: (n: number) => `另 ${n} 项`, list: "、" };
test("an audit row's details are words", () => {
  assert.equal(detailText(true, words), "是");
  assert.equal(detailText(null, words), "—");
  assert.equal(detailText([], words), "—");
  assert.equal(detailText({ decided: 3, on: "2019-09-10" }, words), "decided: 3; on: 2019-09-10");
  assert.equal(detailText(["a", "0f8fad5b-d9cb-469f-a165-70867728950e"], words), "a、0f8fad5b");
});
test("of a long list some are written out, and how many are left is said", () => {
  const text = detailText(Array.from({ length: 15 }, (_, i) => i), words);
  assert.equal(text.split("、").length, 13);
  assert.ok(text.endsWith("另 3 项"));
});
test("a key of another program stands as it is", () => {
  assert.deepEqual(labelOf(detailLabels, "campaign"), { zh: "任务轮次", en: "Round" });
  assert.deepEqual(labelOf(detailLabels, "schema-2"), { zh: "schema-2", en: "schema-2" });
  assert.ok(isId("0f8fad5b-d9cb-469f-a165-70867728950e") && !isId("350524"));
});
