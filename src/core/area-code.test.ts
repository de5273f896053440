// Ranges of area codes are subtrees.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { areaRange, countyOf, COUNTRY, formatAreaCode, levelOf, parentOf, parseAreaCode, within } from "./area-code.ts";

test("levels, ranges and parents follow the trailing zeros", () => {
  assert.equal(levelOf(350000000000), 1);
  assert.equal(levelOf(350500000000), 2);
  assert.equal(levelOf(350524000000), 3);
  assert.equal(levelOf(350524100000), 4);
  assert.equal(levelOf(350524100001), 5);
  assert.deepEqual(areaRange(350524000000), { lo: 350524000000, hi: 350524999999 });
  assert.deepEqual(areaRange(350524100001), { lo: 350524100001, hi: 350524100001 });
  assert.deepEqual(areaRange(COUNTRY), { lo: 0, hi: 999999999999 });
  assert.deepEqual([350524100001, 350524100000, 350524000000, 350500000000, 350000000000, 0].map(parentOf), [350524100000, 350524000000, 350500000000, 350000000000, 0, undefined]);
  assert.equal(countyOf(350524100001), 350524);
  assert.equal(parentOf(441900003000), 441900000000);
});

test("texts of 6, 9 and 12 digits are codes, others are not", () => {
  assert.equal(parseAreaCode("350524"), 350524000000);
  assert.equal(parseAreaCode("350524100"), 350524100000);
  assert.equal(parseAreaCode(" ３５０５２４１００００１ "), 350524100001);
  for (const bad of ["", "3505", "35052410", "350524x00", "000000", "990000", "3505241000011"]) assert.equal(parseAreaCode(bad), undefined, bad);
});

test("a code lies within all areas above it, and a range is no wider than its parent's", () => {
  fc.assert(fc.property(fc.integer({ min: 110000000000, max: 659999999999 }), (code) => {
    assert.equal(parseAreaCode(formatAreaCode(code)), code);
    for (let above: number | undefined = code; above !== undefined; above = parentOf(above)) {
      if (!within(code, areaRange(above)) || areaRange(above).lo !== above) return false;
    }
    return true;
  }));
});
