// What a task means to the one who waits for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isOver, stagePercent, taskPause, taskProblem, taskSeconds } from "./task.ts";

test("a task is looked at every half second until it is over", () => {
  assert.equal(taskPause(undefined), 500);
  assert.equal(taskPause({ state: "waiting" }), 500);
  assert.equal(taskPause({ state: "running" }), 500);
  for (const state of ["done", "failed", "cancelled"] as const) {
    assert.equal(isOver(state), true);
    assert.equal(taskPause({ state }), false);
  }
});

test("a stage shows 100 per cent only when all of it is done", () => {
  assert.equal(stagePercent(undefined), 0);
  assert.equal(stagePercent({ done: 0, total: 0 }), 0);
  assert.equal(stagePercent({ done: 999, total: 1000 }), 99);
  assert.equal(stagePercent({ done: 1000, total: 1000 }), 100);
});

test("the time of a task counts from its start to its end, or to now", () => {
  const startedAt = "2026-01-01T00:00:00.000Z";
  assert.equal(taskSeconds({}, 0), undefined);
  assert.equal(taskSeconds({ startedAt }, Date.parse(startedAt) + 4200), 4);
  assert.equal(taskSeconds({ startedAt, finishedAt: "2026-01-01T00:00:09.000Z" }, Date.parse(startedAt) + 99_000), 9);
});

test("a failed task shows the refusal it ended with, and an internal error when it says nothing", () => {
  assert.equal(taskProblem({ code: "disk-full", status: 507, title: { zh: "磁盘空间不足", en: "The disk is full" } }).say("en"), "The disk is full");
  assert.equal(taskProblem(null).code, "internal");
});
