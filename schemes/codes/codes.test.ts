// The national code sets against their published counts and some values that are easy to get wrong.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import type { CodeSet } from "../../src/scheme/define.ts";
import { codeOfLabel } from "../../src/scheme/labels.ts";
import { townshipClass, townshipClassOf, villageClass, villageClassOf } from "./area-class.ts";
import { disabilityGrade, disabilityType } from "./disability.ts";
import { education } from "./education.ts";
import { ethnic } from "./ethnic.ts";
import { familyRelation } from "./family-relation.ts";
import { health, withoutDisability } from "./health.ts";
import { hukouType } from "./hukou-type.ts";
import { marital } from "./marital.ts";
import { occupationStatus } from "./occupation-status.ts";
import { political } from "./political.ts";
import { sex } from "./sex.ts";
import { urbanRural } from "./urban-rural.ts";

const counts: readonly (readonly [CodeSet, number])[] = [
  [sex, 4],
  [ethnic, 58],
  [marital, 8],
  [health, 22],
  [political, 13],
  [education, 40],
  [familyRelation, 88],
  [disabilityType, 7],
  [disabilityGrade, 4],
  [occupationStatus, 13],
  [hukouType, 3],
  [urbanRural, 7],
  [townshipClass, 5],
  [villageClass, 3],
];

const zhOf = (set: CodeSet, code: string): string | undefined => set.options.find((each) => each.code === code)?.label.zh;

/** Every code set that a file of this folder exports. */
const files = fs.readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
const modules = await Promise.all(files.map(async (file) => Object.values((await import(`./${file}`)) as Record<string, unknown>)));
const isCodeSet = (each: unknown): each is CodeSet => typeof each === "object" && each !== null && "key" in each && "options" in each;
const sets = modules.flat().filter(isCodeSet);

test("published counts stand", () => {
  for (const [set, count] of counts) assert.equal(set.options.length, count, set.key);
});

test("no two code sets share a key", () => {
  assert.equal(new Set(sets.map((set) => set.key)).size, sets.length);
});

for (const set of sets) {
  test(`${set.key} has each of its codes once, in two languages, with parents that exist`, () => {
    const codes = new Set(set.options.map((each) => each.code));
    assert.equal(codes.size, set.options.length);
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

test("the sets of national standards are dated", () => {
  for (const [set] of counts) assert.match(set.edition ?? "", /^(19|20)\d\d$/, set.key);
});

test("old and local spellings of ethnic groups are understood, with and without 族", () => {
  const said: readonly (readonly [string, string])[] = [
    ["毛难", "36"], ["毛难族", "36"], ["崩龙", "46"], ["崩龙族", "46"], ["德昂", "46"], ["汉", "01"], ["汉族", "01"], [" 汉 族 ", "01"], ["HA", "01"], ["维族", "05"], ["乌兹别克族", "43"], ["佧佤族", "21"],
    ["57", "97"], ["68", "98"], ["穿青人", "97"], ["穿青", "97"], ["革家人", "97"], ["僜人", "97"], ["其他", "97"], ["外国血统", "98"], ["入籍", "98"],
  ];
  for (const [word, code] of said) assert.equal(codeOfLabel(ethnic, word), code, word);
  for (const word of ["", "族", "99", "大和", "土家"]) assert.equal(codeOfLabel(ethnic, word), word === "土家" ? "15" : undefined, word);
  for (const each of ethnic.options.slice(0, 56)) assert.equal(codeOfLabel(ethnic, each.label.zh.slice(0, -1)), each.code);
});

test("family relations are the eighty-five two-digit codes of the standard, six of them read as their group", () => {
  const twoDigits = familyRelation.options.filter((each) => each.code.length === 2).map((each) => each.code);
  const tens = ["10", "40", "50", "60", "70", "80"];
  assert.equal(twoDigits.length + tens.length, 85);
  for (const code of tens) assert.equal(codeOfLabel(familyRelation, code), code.charAt(0));
  assert.deepEqual([...twoDigits, ...tens].sort(), ["01", "02", "10", "11", "12", ...Array.from({ length: 80 }, (_, at) => String(at + 20))].sort());
  for (const [word, code] of [["丈夫", "11"], ["二女", "33"], ["姐", "75"], ["姑母", "90"], ["外甥女", "96"], ["非亲属", "99"], ["曾祖母", "67"]] as const) assert.equal(codeOfLabel(familyRelation, word), code);
});

test("parts of an area code say what kind of place it is", () => {
  assert.deepEqual(["650105001000", "350524100000", "350524200000", "350524400000", "650105600000", "350524000000", "3505241"].map(townshipClassOf), ["0", "1", "2", "4", "6", undefined, undefined]);
  assert.deepEqual(["350524100001", "350524100201", "350524100498", "350524100000"].map(villageClassOf), ["1", "2", "3", undefined]);
  for (const set of [townshipClass, villageClass]) assert.ok(set.options.every((each) => each.code.length === 1));
  assert.deepEqual(urbanRural.options.map((each) => each.code), ["111", "112", "121", "122", "123", "210", "220"]);
});

test("check values of the other sets stand where the standards put them", () => {
  assert.equal(zhOf(sex, "2"), "女");
  assert.equal(zhOf(marital, "23"), "复婚");
  assert.equal(zhOf(marital, "40"), "离婚");
  assert.equal(zhOf(health, "67"), "多重残疾");
  assert.deepEqual(health.options.filter((each) => each.parent === "60").map((each) => each.code), ["61", "62", "63", "64", "65", "66", "67", "69"]);
  assert.deepEqual(health.options.filter((each) => each.parent === "30").map((each) => each.code), ["31", "32", "33", "34", "35", "36", "37", "38", "41", "49"]);
  assert.deepEqual(withoutDisability.slice(0, 4), ["10", "20", "30", "31"]);
  assert.ok(!withoutDisability.includes("60") && withoutDisability.includes("49"));
  assert.equal(zhOf(political, "13"), "群众");
  assert.equal(zhOf(political, "03"), "共青团员");
  assert.equal(zhOf(education, "28"), "大学普通班毕业");
  const levels = education.options.filter((each) => each.parent === undefined).map((each) => each.code);
  assert.deepEqual(levels, ["10", "20", "30", "40", "60", "70", "80", "90"]);
  assert.ok(education.options.every((each) => each.parent === undefined || each.parent === `${each.code.charAt(0)}0`));
  assert.deepEqual(disabilityGrade.options.map((each) => each.code), ["1", "2", "3", "4"]);
  assert.equal(zhOf(familyRelation, "37"), "养女或继女");
  assert.equal(familyRelation.options.find((each) => each.code === "97")?.parent, "8");
  assert.equal(zhOf(occupationStatus, "51"), "自由职业者");
  assert.equal(zhOf(disabilityType, "5"), "智力残疾");
});
