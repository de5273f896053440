// The category rules by counting: 223 of the 4,096 ways of ticking twelve boxes are legal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { veterans } from "./scheme.ts";

const keys = veterans.categories.map((each) => each.key);

/** A small reader of the declared rules, independent of the engine. */
function legal(held: ReadonlySet<string>): boolean {
  return veterans.categoryRules.every((rule) => {
    const among = rule.of.filter((key) => held.has(key)).length;
    if (rule.kind === "at-most-one") return among <= 1;
    if (!held.has(rule.category)) return true;
    return rule.kind === "needs-one-of" ? among >= 1 : among === 0;
  });
}

const sets = Array.from({ length: 2 ** keys.length }, (_, bits) => new Set(keys.filter((_key, at) => (bits >> at) & 1)));

test("there are twelve categories and 223 legal ways to hold at least one of them", () => {
  assert.equal(keys.length, 12);
  assert.equal(sets.filter((held) => held.size > 0 && legal(held)).length, 223);
});

test("a disabled soldier is never alone, disabled militia never with former service, families go with everything", () => {
  assert.equal(legal(new Set(["disabled_soldier"])), false);
  assert.equal(legal(new Set(["disabled_soldier", "retired_soldier"])), true);
  assert.equal(legal(new Set(["disabled_soldier", "demobilised", "martyr_family", "serving_family"])), true);
  assert.equal(legal(new Set(["disabled_militia", "retired_soldier"])), false);
  assert.equal(legal(new Set(["disabled_militia", "serving_family"])), true);
  assert.equal(legal(new Set(["retired_soldier", "demobilised"])), false);
  assert.equal(legal(new Set(["martyr_family", "duty_death_family", "illness_death_family", "serving_family"])), true);
});

test("every category has a definition in two languages and a source", () => {
  for (const each of veterans.categories) {
    assert.ok(each.definition.zh !== "" && each.definition.en !== "", each.key);
    assert.ok(each.source.marks.includes("S2"), each.key);
  }
});
