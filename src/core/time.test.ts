// Calendar arithmetic and the dates that sheets hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, addWorkingDays, addYears, daysBetween, isDate, isMonth, isWorkingDay, monthsBetween, parseDate, parseMonth, workingDaysBetween, yearsBetween } from "./time.ts";

const date = fc.integer({ min: -70_000, max: 70_000 }).map((n) => addDays("2000-01-01", n) ?? "2000-01-01");

test("only days of the calendar are dates", () => {
  for (const good of ["2018-10-01", "2000-02-29", "0001-01-01", "9999-12-31"]) assert.ok(isDate(good), good);
  for (const bad of ["1990-02-29", "1900-02-29", "2018-13-01", "2018-00-10", "2018-1-1", "", "2018-10-01 ", "20181001", "0000-01-01"]) assert.ok(!isDate(bad), bad);
  assert.ok(isMonth("2018-10") && !isMonth("2018-13") && !isMonth("2018-1"));
});

test("ages turn on the birthday, and on 1 March for 29 February", () => {
  assert.equal(yearsBetween("1978-06-15", "2018-06-14"), 39);
  assert.equal(yearsBetween("1978-06-15", "2018-06-15"), 40);
  assert.equal(yearsBetween("2000-02-29", "2018-02-28"), 17);
  assert.equal(yearsBetween("2000-02-29", "2018-03-01"), 18);
  assert.equal(yearsBetween("2018-06-15", "1978-06-15"), -40);
  assert.equal(yearsBetween("2018-06-15", "2018-06-14"), 0);
  assert.equal(yearsBetween("2018-02-30", "2018-06-14"), undefined);
  assert.equal(monthsBetween("2018-01-31", "2018-02-28"), 0);
});

test("adding days and counting them are each other's inverse", () => {
  fc.assert(fc.property(date, fc.integer({ min: -40_000, max: 40_000 }), (d, n) => daysBetween(d, addDays(d, n) ?? "") === n));
  fc.assert(fc.property(date, date, (a, b) => (monthsBetween(a, b) ?? 0) + (monthsBetween(b, a) ?? 0) === 0));
  fc.assert(fc.property(date, fc.integer({ min: 0, max: 90 }), (d, n) => d.endsWith("02-29") || yearsBetween(d, addYears(d, n) ?? "") === n));
  assert.equal(addYears("2000-02-29", 1), "2001-02-28");
});

test("working days leave out weekends and holidays and count worked weekends", () => {
  const golden = { free: new Set(["2018-10-01", "2018-10-02", "2018-10-03", "2018-10-04", "2018-10-05"]), worked: new Set(["2018-09-29", "2018-09-30"]) };
  assert.equal(workingDaysBetween("2018-09-28", "2018-10-08", golden), 3);
  assert.equal(workingDaysBetween("2018-10-08", "2018-09-28", golden), -workingDaysBetween("2018-09-28", "2018-10-08", golden)! );
  assert.equal(addWorkingDays("2018-09-28", 3, golden), "2018-10-08");
  assert.equal(addWorkingDays("2018-09-28", 0, golden), "2018-09-28");
  assert.ok(!isWorkingDay("2018-10-06"));
});

test("dates of sheets are read in every usual spelling", () => {
  const spellings = ["2018-10-01", "2018/10/1", "2018.10.01", "20181001", "2018年10月1日", " ２０１８－１０－０１ ", "2018-10-01 00:00:00", "2018-10-01T08:30:00Z", "2018/10/1 0:00", 43374, "43374", 43374.5, 20181001];
  for (const spelling of spellings) assert.equal(parseDate(spelling), "2018-10-01", String(spelling));
  assert.equal(parseDate(new Date("2018-10-01T00:00:00Z")), "2018-10-01");
  assert.equal(parseDate(59), "1900-02-28");
  assert.equal(parseDate(61), "1900-03-01");
  for (const bad of ["2018-02-30", "18-10-01", "2018/13/1", "长期", "", "2018", 60, 0, -1, Number.NaN, 20181301]) assert.equal(parseDate(bad), undefined, String(bad));
  for (const month of ["2018-10", "2018/10", "2018.10", "201810", "2018年10月", "2018-10-15"]) assert.equal(parseMonth(month), "2018-10", month);
  assert.equal(parseMonth("2018-13"), undefined);
});
