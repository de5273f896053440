// Rates and bars of a report.
import assert from "node:assert/strict";
import { test } from "node:test";
import { barsOf, isNumeric, rateIn, shareOf } from "./report.ts";

const text = (zh: string): { zh: string; en: string } => ({ zh, en: zh });
const table = { key: "townships", title: text("分乡镇"), columns: [text("乡镇"), text("对象数"), text("率")], rows: [["凤城镇", 8, "62.5% (5/8)"], ["湖头镇", 0, "— (0/0)"]] };

test("a rate is read with its part and base, also of an empty base", () => {
  assert.deepEqual(rateIn("62.5% (5/8)"), { part: 5, base: 8 });
  assert.deepEqual(rateIn("— (0/0)"), { part: 0, base: 0 });
  assert.equal(rateIn("(甲/乙)"), undefined);
  assert.equal(rateIn(5), undefined);
});

test("each row has a bar of its own base", () => {
  const bars = barsOf(table);
  assert.deepEqual(bars, [{ name: "凤城镇", part: 5, base: 8 }, { name: "湖头镇", part: 0, base: 0 }]);
  assert.deepEqual(bars.map(shareOf), [0.625, 0]);
  assert.deepEqual(barsOf(undefined), []);
});

test("columns of numbers and rates stand to the right, names to the left", () => {
  assert.deepEqual([0, 1, 2].map((column) => isNumeric(table, column)), [false, true, true]);
});
