// The search of answers for people finds what a plain search finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { finderOf } from "./find.ts";

test("every text that stands in the bytes is found, whole and nowhere else, as by looking for one after the other", () => {
  let state = 7;
  const next = (most: number): number => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) % most;
  const letters = [..."ab12哨某"];
  const drawn = (most: number): string => Array.from({ length: 1 + next(most) }, () => letters[next(letters.length)]!).join("");
  let hits = 0;
  for (let round = 0; round < 400; round += 1) {
    const texts = Array.from({ length: 12 }, () => drawn(5));
    const inside = Buffer.concat([Buffer.of(0, 255, next(256)), Buffer.from(drawn(60)), Buffer.alloc(next(3))]);
    const found = finderOf(texts)(inside);
    assert.deepEqual([...new Set(texts)].filter((text) => inside.includes(text)).toSorted(), [...found].toSorted(), JSON.stringify({ texts, inside: inside.toString() }));
    hits += found.size;
  }
  assert.ok(hits > 500);
  assert.deepEqual([...finderOf(["abcd"])(Buffer.from("abcd"))], ["abcd"], "the first and the last byte count");
  assert.deepEqual([...finderOf(["xabcd"])(Buffer.from("abcd"))], []);
});
