// Names, their masks and search tokens (fictional people).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { closeName, maskBank, maskName, maskPhone, matchName, nameFault, nameTokens, searchTokens } from "./names.ts";

test("names of every Han block and with the middle dot are accepted", () => {
  for (const name of ["张三", "欧阳修远", "买买提·吐尔逊", "㐅大明", "𠮷田", "李\u{30000}", "〇某", "张"]) assert.equal(nameFault(name), undefined, name);
});

test("each fault of a name is named", () => {
  assert.equal(nameFault(" "), "empty");
  assert.equal(nameFault("张".repeat(51)), "too-long");
  assert.equal(nameFault("𠮷".repeat(50)), undefined);
  assert.equal(nameFault("张\u200b三"), "control");
  assert.equal(nameFault("张\n三"), "control");
  assert.equal(nameFault("张 三"), "space");
  assert.equal(nameFault("张\ue000"), "private-use");
  assert.equal(nameFault("张3"), "characters");
  assert.equal(nameFault("买买提•吐尔逊"), "characters");
  assert.equal(nameFault("·张"), "characters");
});

test("spellings of one name compare as equal, different names do not", () => {
  for (const other of ["买买提•吐尔逊", "买买提.吐尔逊", "买买提 · 吐尔逊", "买买提吐尔逊", "买买提・吐尔逊"]) assert.equal(matchName(other), matchName("买买提·吐尔逊"));
  assert.equal(matchName("ＡＢ"), "AB");
  assert.notEqual(matchName("張三"), matchName("张三"));
  assert.equal(closeName(" 张　三 "), "张三");
  assert.equal(closeName("John Smith"), "John Smith");
});

test("masks show the surname only", () => {
  assert.deepEqual(["张三", "张三丰", "买买提·吐尔逊", "欧阳修", "欧阳", "张", "𠮷田一"].map(maskName), ["张*", "张**", "买**", "欧阳*", "欧*", "*", "𠮷**"]);
  assert.deepEqual(["13812341234", "0595-23231234", "059523231234", "12345", "12"].map(maskPhone), ["138****1234", "0595-******34", "0595-******34", "***45", "**"]);
  assert.equal(maskBank("6222 0212 3412 3412 345"), "****2345");
});

test("a name is found by any neighbouring part of it", () => {
  assert.deepEqual(nameTokens("张三丰"), ["张", "三", "丰", "张三", "三丰"]);
  assert.deepEqual(searchTokens("三丰"), ["三丰"]);
  const name = fc.array(fc.constantFrom(..."张王李赵一二三丰𠮷·"), { minLength: 1, maxLength: 8 }).map((chars) => chars.join(""));
  fc.assert(fc.property(name, fc.nat(8), fc.nat(8), (n, a, b) => {
    const part = [...matchName(n)].slice(Math.min(a, b), Math.max(a, b) + 1).join("");
    const tokens = new Set(nameTokens(n));
    return searchTokens(part).every((token) => tokens.has(token));
  }));
});
