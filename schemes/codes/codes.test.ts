// The national code sets against their published counts and some values that are easy to get wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeSet } from "../../src/scheme/define.ts";
import { disabilityGrade, disabilityType } from "./disability.ts";
import { education } from "./education.ts";
import { ethnic } from "./ethnic.ts";
import { familyRelation } from "./family-relation.ts";
import { health } from "./health.ts";
import { hukouType } from "./hukou-type.ts";
import { marital } from "./marital.ts";
import { occupationStatus } from "./occupation-status.ts";
import { political } from "./political.ts";
import { sex } from "./sex.ts";

const counts: readonly (readonly [CodeSet, number])[] = [
  [sex, 4],
  [ethnic, 58],
  [marital, 8],
  [health, 12],
  [political, 13],
  [education, 40],
  [familyRelation, 57],
  [disabilityType, 7],
  [disabilityGrade, 4],
  [occupationStatus, 13],
  [hukouType, 3],
];

const zhOf = (set: CodeSet, code: string): string | undefined => set.options.find((each) => each.code === code)?.label.zh;

for (const [set, count] of counts) {
  test(`${set.key} has its ${count} codes, each once, in two languages, with parents that exist`, () => {
    assert.equal(set.options.length, count);
    const codes = new Set(set.options.map((each) => each.code));
    assert.equal(codes.size, count);
    for (const each of set.options) {
      assert.ok(each.label.zh !== "" && each.label.en !== "", each.code);
      if (each.parent !== undefined) assert.ok(codes.has(each.parent), `${each.code} under ${each.parent}`);
    }
  });

  test(`no wording in ${set.key} means two codes`, () => {
    const words = set.options.flatMap((each) => [each.label.zh, ...(each.alsoWritten ?? [])]);
    assert.deepEqual(
      words.filter((word, at) => words.indexOf(word) !== at),
      [],
    );
  });
}

test("ethnic groups are the fifty-six of GB/T 3304 and the codes 97 and 98", () => {
  const codes = ethnic.options.map((each) => each.code);
  assert.deepEqual(codes.slice(0, 56), Array.from({ length: 56 }, (_, at) => String(at + 1).padStart(2, "0")));
  assert.deepEqual(codes.slice(56), ["97", "98"]);
  assert.equal(zhOf(ethnic, "01"), "汉族");
  assert.equal(zhOf(ethnic, "22"), "畲族");
  assert.equal(zhOf(ethnic, "31"), "达斡尔族");
  assert.equal(zhOf(ethnic, "46"), "德昂族");
  assert.equal(zhOf(ethnic, "49"), "京族");
  assert.equal(zhOf(ethnic, "56"), "基诺族");
  const letters = ethnic.options.slice(0, 56).map((each) => each.alsoWritten?.[1] ?? "");
  assert.ok(letters.every((each) => /^[A-Z]{2}$/.test(each)));
  assert.equal(new Set(letters).size, 56);
});

test("check values of the other sets stand where the standards put them", () => {
  assert.equal(zhOf(sex, "2"), "女");
  assert.equal(zhOf(marital, "23"), "复婚");
  assert.equal(zhOf(marital, "40"), "离婚");
  assert.equal(zhOf(health, "67"), "多重残疾");
  assert.equal(zhOf(political, "13"), "群众");
  assert.equal(zhOf(political, "03"), "共青团员");
  assert.equal(zhOf(education, "28"), "大学普通班毕业");
  assert.equal(education.options.filter((each) => each.parent === undefined).length, 8);
  assert.equal(zhOf(familyRelation, "37"), "养女或继女");
  assert.equal(familyRelation.options.find((each) => each.code === "97")?.parent, "8");
  assert.equal(zhOf(occupationStatus, "51"), "自由职业者");
  assert.equal(zhOf(disabilityType, "5"), "智力残疾");
});
