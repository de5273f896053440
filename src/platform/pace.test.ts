// The pace of one account: so many requests in a minute, the first too many is told apart, the next minute begins anew.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPace } from "./pace.ts";

test("an account has its number a minute, whatever others ask; the first too many is told once, and the next minute begins anew", () => {
  let now = 1_000;
  const pace = openPace(3, () => now);
  const asked = (account: string, times: number): string[] => Array.from({ length: times }, () => pace.take(account));
  assert.deepEqual(asked("one", 6), ["goes", "goes", "goes", "first", "over", "over"]);
  assert.deepEqual(asked("two", 1), ["goes"]);
  now += 59_999;
  assert.deepEqual(asked("one", 1), ["over"]);
  now += 1;
  assert.deepEqual(asked("one", 4), ["goes", "goes", "goes", "first"]);
  assert.ok(asked("two", 2).every((each) => each === "goes"));
});
