// Deciding pairs one after another by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bits, markedPieces, nameOf, nextOpen, pairMove, type Queued, said, spansOf, unsaid } from "./pairs.ts";

const pair = (row: number, record: string): Queued => ({ run: "r", row, record, state: "undecided" });
const queue = [pair(1, "a"), pair(1, "b"), pair(2, "c"), pair(3, "d")];
const [a, b, c, d] = queue as [Queued, Queued, Queued, Queued];

test("the same person: the row's other pairs fall, and rise again when it is taken back", () => {
  const after = said(queue, new Map(), a, "same");
  assert.deepEqual([...after], [[nameOf(a), "same"], [nameOf(b), "fallen"]]);
  assert.deepEqual([...unsaid(queue, after, a)], []);
});

test("another person, or later: only this pair", () => {
  assert.deepEqual([...said(queue, new Map(), a, "different")], [[nameOf(a), "different"]]);
  assert.deepEqual([...said(queue, new Map(), a, "later")], [[nameOf(a), "later"]]);
});

test("after a decision comes the next open pair, around the end, and at last what was put off", () => {
  const one = said(queue, new Map(), c, "different");
  assert.equal(nextOpen(queue, one, 2), 3);
  const two = said(queue, said(queue, one, d, "later"), a, "same");
  assert.equal(nextOpen(queue, two, 0), 3, "the one put off");
  assert.equal(nextOpen(queue, said(queue, two, d, "same"), 3), 3, "none is left: stays");
});

test("keys move, decide, put off and take back; others do nothing", () => {
  assert.deepEqual(["ArrowLeft", "K", "ArrowRight", "J", "Y", "N", "S", "U", "Ctrl+S", "X"].map(pairMove), ["back", "back", "forth", "forth", "same", "different", "later", "undo", undefined, undefined]);
});

test("bars begin where the one before ended and lie inside the drawing", () => {
  const { spans, limits } = spansOf([{ bits: -10, sum: -10 }, { bits: 12, sum: 2 }, { bits: -1, sum: 1 }], [0, 6]);
  assert.deepEqual(spans.map((span) => [Math.round(span.left), Math.round(span.width)]), [[0, 63], [0, 75], [69, 6]]);
  assert.deepEqual(limits.map(Math.round), [63, 100]);
  assert.deepEqual([bits(1.5), bits(-20.25)], ["+1.50", "−20.25"]);
});

test("masked numbers keep their mask and show where they differ", () => {
  assert.deepEqual(markedPieces("35****12", [3, 4, 7]), [{ text: "35*", marked: false }, { text: "**", marked: true }, { text: "*1", marked: false }, { text: "2", marked: true }]);
});
