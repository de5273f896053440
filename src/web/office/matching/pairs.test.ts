// Deciding pairs one after another by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decided, decisionOf, linesOf, nameOf, nextUndecided, pairMove, type Pair } from "./pairs.ts";

const pair = (row: number, record: string, decision = "review"): Pair => ({ row, record, decision });
const pairs = [pair(1, "a"), pair(1, "b"), pair(2, "c"), pair(3, "d", "confirmed")];

test("the same person: the row's other pairs fall", () => {
  const after = decided(pairs, new Map(), pairs[0]!, true);
  assert.deepEqual([...after], [[nameOf(pairs[0]!), "confirmed"], [nameOf(pairs[1]!), "rejected"]]);
});

test("another person: only this pair is decided", () => {
  const after = decided(pairs, new Map(), pairs[0]!, false);
  assert.deepEqual([...after], [[nameOf(pairs[0]!), "rejected"]]);
  assert.equal(decisionOf(pairs[1]!, after), undefined);
});

test("after a decision comes the next undecided pair, around the end of the list", () => {
  const after = decided(pairs, new Map(), pairs[2]!, false);
  assert.equal(nextUndecided(pairs, after, 2), 0);
  assert.equal(nextUndecided(pairs, decided(pairs, after, pairs[0]!, true), 0), 0, "none is left: stays");
});

test("keys move, decide and take back; others do nothing", () => {
  assert.deepEqual(["ArrowLeft", "K", "ArrowRight", "J", "S", "D", "U", "Ctrl+S", "X"].map(pairMove), ["back", "back", "forth", "forth", "same", "different", "undo", undefined, undefined]);
});

test("lines come in the register's order and empty ones are left out", () => {
  assert.deepEqual(linesOf({ phone: null, name: "甲", extra: "1" }, { birth: "1950-01-01", name: "乙", extra: null }), ["name", "birth", "extra"]);
});
