// Decisions of the pages of aid: rows pasted from a sheet, and what is typed into the editor of a rule.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lowIncomeAid } from "../../../../schemes/low-income/aid.ts";
import { definitionOf } from "../../../modules/aid/warning-definition.ts";
import { readApplications, readDeliveries } from "./pasted-rows.ts";
import { agesIn, definitionFrom, type Draft, draftFrom, FIXED } from "./rule-draft.ts";

const draft: Draft = { key: "X1", nameZh: "自拟", nameEn: "Own", level: "red", days: 5, from: "2026-01-01", kind: "paid-twice" };

test("rows are read by tabs, commas or blanks; a line that is none is named by its number, and its day is left to the server when it is none", () => {
  const { rows, lines, bad } = readDeliveries("999999196203150013\t2026/11/3\t600\tJY-1\n\n999999196203150013，20261103，，JY-2\n999999196203150013 soon 5.5 JY-3\nJY-4\n999999196203150013\t2026-11-03\tsix\tJY-5");
  assert.deepEqual(rows.map(({ on, amount, no }) => [on, amount, no]), [["2026-11-03", 600, "JY-1"], ["2026-11-03", undefined, "JY-2"], ["soon", 5.5, "JY-3"]]);
  assert.deepEqual([lines, bad], [[1, 3, 4], [5, 6]]);
  const applications = readApplications("999999196203150013 2026.11.3 MZ-1\n\n999999196203150013 2026-11-03\nx 2026-11-03 MZ-2\n999999196203150013,2026-11-03,MZ-3");
  assert.deepEqual([applications.rows.map(({ on, no }) => `${on} ${no}`), applications.lines, applications.bad], [["2026-11-03 MZ-1", "2026-11-03 MZ-3"], [1, 5], [3, 4]]);
});

test("each shipped rule opens in the editor as it is and is kept as it was", () => {
  for (const rule of lowIncomeAid.rules) assert.deepEqual(definitionFrom({ ...draft, ...draftFrom(rule.definition) }), rule.definition, rule.key);
});

test("what the editor makes is whole for the server, and what is left out is none", () => {
  assert.ok(definitionOf(definitionFrom({ ...draft, kind: "threshold", measure: "income", below: true, standard: FIXED, value: 300 })));
  assert.ok(definitionOf(definitionFrom({ ...draft, kind: "age", ages: "18，22" })));
  assert.equal(definitionOf(definitionFrom({ ...draft, kind: "age", ages: "young" })), undefined);
  assert.equal(definitionOf(definitionFrom({ ...draft, kind: "life-event", events: [] })), undefined);
  assert.deepEqual([agesIn("18、22 60"), agesIn("0"), agesIn("")], [[18, 22, 60], undefined, undefined]);
});
