// The catalogue's words: rules with their tolerance, the due day that matters, periods as people say them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dueNow, planText, ruleText } from "./catalogue.ts";

test("a rule is worded with its tolerance", () => {
  assert.equal(ruleText("within-share", 0.05).zh, "相差不超过 5%");
  assert.equal(ruleText("within-days", 31).en, "within 31 days");
  assert.equal(ruleText("something new", undefined).zh, "something new");
});

test("what is late is told before what is due, and that before what came", () => {
  const arrived = { on: "2018-01-01", state: "arrived", arrived: "2018-01-01" } as const;
  const late = { on: "2018-02-01", state: "late" } as const;
  const later = { on: "2018-03-01", state: "later" } as const;
  assert.equal(dueNow([arrived, late, later]), late);
  assert.equal(dueNow([arrived, later]), later);
  assert.equal(dueNow([arrived]), arrived);
  assert.equal(dueNow([]), undefined);
});

test("periods are said as people say them", () => {
  assert.deepEqual([planText({ period: "weekly", day: 7 }).zh, planText({ period: "monthly", day: 5 }).zh, planText({ period: "quarterly", day: 5 }).en, planText({ period: "once", day: 3 }).zh], ["每周日", "每月5日", "on day 5 of each quarter", "轮次开始后3天内一次"]);
});
