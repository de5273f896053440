// What people take along of an index and of a what-if is what the page shows: base, moment, formula, each row, the mark of what is hidden.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReplyOf } from "../../core/route.ts";
import { Problem } from "../../core/problem.ts";
import { asCsv, asXlsx, questionIn } from "./along.ts";
import { crossTable, type getIndex, whatIf } from "./contract.ts";
import { indexLines, whatIfLines } from "./taken.ts";

const text = (zh: string, en: string) => ({ zh, en });
const measured = (value: number) => ({ value, error: 0.01, low: value - 0.02, high: value + 0.02 });
const told = (poor: number, base: number) => ({ households: 40, base, poor, h: measured(poor / base), a: measured(0.5), m0: measured((poor / base) * 0.5), m1: 0.125, m2: 0.0625, indicators: [{ key: "income", raw: 0.4, censored: 0.3, share: 0.75 }, { key: "school", raw: 0.2, censored: 0.1, share: 0.25 }], dimensions: [] });
const id = "00000000-0000-7000-8000-000000000000";
const index: ReplyOf<typeof getIndex> = {
  id, area: "某省某市", inputsDigest: "a".repeat(64), digest: "b".repeat(64),
  result: {
    formula: "M0 = H × A",
    set: { key: "register", version: 2, label: text("登记口径", "Register"), source: text("某文件", "A paper"), dimensions: [], k: { of: 1, in: 3 }, missing: "left-out", counts: "people", indicators: [{ key: "income", dimension: "d", label: text("收入", "Income"), measure: "income", operator: "<", cutoff: 1, weight: 3 }, { key: "school", dimension: "d", label: text("上学", "School"), measure: "school", operator: "<", cutoff: 1, weight: 1 }] },
    snapshot: { id, asOf: "2019-09-10T02:00:00.000Z", digest: "c".repeat(64), campaign: id },
    missing: { households: 90, leftOut: 7, of: [] },
    notCollected: [],
    whole: told(60, 200),
    areas: [{ key: "1", label: text("甲镇", "First"), hidden: false, told: told(50, 120), place: { from: 1, to: 2 }, ofM0: 0.8 }, { key: "2", label: text("乙镇", "Second"), hidden: true }],
    groups: { axis: "cause", label: text("原因", "Cause"), parts: [{ key: "1", label: text("因病", "Illness"), hidden: false, told: told(10, 80), place: { from: 1, to: 1 }, ofM0: 0.2 }] },
  },
};
const asked = { scheme: "low-income", set: "register", cutoffs: { income: 30_000 }, line: { from: 6000, to: 9000, attached: 5000 } };
const found: ReplyOf<typeof whatIf> = {
  asOf: "2019-09-10T02:00:00.000Z", households: 90, people: 207, whole: { enter: 12, leave: 0, stay: null, never: 70 }, areas: [{ code: "1", name: "甲镇", enter: 12, leave: 0, stay: 6, never: null }],
  money: { before: { households: 20, topUp: 100 }, after: { households: 30, topUp: 900 }, cliff: { households: null, loss: 5000, upTo: 9000 }, bands: [{ from: 4500, to: 5400, households: 8, resources: 9100 }, { from: 5400, to: 6300, households: null, resources: null }] },
};

test("an index is taken along with base, moment, formula, digest, intervals, places, and the mark of what is hidden", async () => {
  const csv = asCsv(indexLines(index, "zh")).toString("utf8");
  for (const part of ["某省某市 登记口径 v2", "数据时点 2019-09-10 10:00 · 基数 200 人", "M0 = H × A", "缺失的不计入：7户", "b".repeat(64), "M0,0.15,0.13,0.17", "收入,0.75,0.4,0.3,0.75", "甲镇,1—2,0.208,0.188,0.228,0.417,50,120,0.5,0.8", "乙镇,*", "因病,1,"]) assert.ok(csv.includes(part), part);
  const english = asCsv(indexLines(index, "en")).toString("utf8");
  for (const part of ["Base 200 people", "Second,*", "Illness,1,", "Left out for missing values: 7 households"]) assert.ok(english.includes(part), part);
  assert.equal((await asXlsx(indexLines(index, "zh"), "M0")).subarray(0, 2).toString(), "PK");
});

test("a what-if is taken along with what was moved, who enters and leaves, what it costs, and hidden counts marked", () => {
  const lines = whatIfLines(found, { asked, area: "某省某市", set: index.result.set }, "zh");
  for (const line of [["甲镇", 12, 0, 6, "*"], ["合计", 12, 0, "*", 70], [6000, 20, 100], [9000, 30, 900], ["过线反而减少的户", "*", 5000], [4500, 5400, 8, 9100], [5400, 6300, "*", "*"]]) assert.ok(lines.some((each) => JSON.stringify(each) === JSON.stringify(line)), JSON.stringify(line));
  assert.match(asCsv(lines).toString("utf8"), /某省某市 政策试算 登记口径 v2\r?\n"?数据时点 2019-09-10 10:00 · 基数 90 户, 207 人"?\r?\n[^]*临界值 收入 30000/);
});

test("a link that holds no whole question of a table or of what-if is refused", () => {
  const refused = (error: unknown): boolean => error instanceof Problem && error.code === "bad-request";
  const table = { scheme: "low-income", axes: ["cause", "sex"], of: "people", filter: { cause: [1] } };
  assert.deepEqual(questionIn(crossTable.body, JSON.stringify(table)), table);
  for (const wrong of ["[", "null", JSON.stringify({ ...table, of: "things" }), JSON.stringify({ ...table, filter: { cause: ["1"] } }), JSON.stringify({ ...table, axes: ["a", "b", "c", "d"] })]) assert.throws(() => questionIn(crossTable.body, wrong), refused, wrong);
  assert.deepEqual(questionIn(whatIf.body, JSON.stringify(asked)), asked);
  for (const wrong of ["{", "7", JSON.stringify({ ...asked, line: { from: -1, to: 1, attached: 0 } })]) assert.throws(() => questionIn(whatIf.body, wrong), refused, wrong);
});
