// What an administrator types of a notice becomes days; what is no day of the year is named.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asTyped, daysTyped } from "./holidays.ts";
import { workingClock } from "./clock.ts";

test("ranges of a notice give their weekdays, and worked weekends stay", () => {
  const { days, faults } = daysTyped(2026, "2026-01-01 至 2026-01-03\n2026-02-15~2026-02-23，2026-06-19", "2026-01-04、2026-02-14");
  assert.deepEqual(faults, []);
  assert.deepEqual(days.map(({ day, worked }) => `${day.slice(5)}${worked ? "w" : ""}`), ["01-01", "01-02", "01-04w", "02-14w", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "06-19"]);
  assert.deepEqual(daysTyped(2026, asTyped(days, false), asTyped(days, true)).days, days);
});

test("what is no day of the year, or says nothing, is named", () => {
  assert.equal(daysTyped(2026, "2025-12-31, 2026-13-01, 春节, 2026-02-20 至 2026-02-10", "").faults.length, 4);
  assert.match(daysTyped(2026, "2026-01-03", "2026-01-05").faults.map((fault) => fault.en).join(), /weekend anyway.*working day anyway/);
  assert.deepEqual(daysTyped(2026, " ", ""), { days: [], faults: [] });
});

test("the clock in working days says days left and days late", () => {
  assert.equal(workingClock(-2, true).text.zh, "已逾期 2 个工作日");
  assert.equal(workingClock(0, true).text.en, "Overdue");
  assert.equal(workingClock(0, false).text.zh, "今天到期");
  assert.equal(workingClock(1, false).text.en, "1 working day left");
  assert.deepEqual([workingClock(3, false).tone, workingClock(4, false).tone], ["soon", "calm"]);
});
