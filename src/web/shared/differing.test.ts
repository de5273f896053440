// Which characters stand out when two short texts are compared.
import assert from "node:assert/strict";
import { test } from "node:test";
import { differing } from "./differing.ts";

test("one wrong digit stands out on both sides", () => {
  assert.deepEqual(differing("350524", "350534"), {
    ours: [{ text: "3505", same: true }, { text: "2", same: false }, { text: "4", same: true }],
    theirs: [{ text: "3505", same: true }, { text: "3", same: false }, { text: "4", same: true }],
  });
});

test("a missing character stands out only where it stands", () => {
  assert.deepEqual(differing("陈建国", "陈国"), {
    ours: [{ text: "陈", same: true }, { text: "建", same: false }, { text: "国", same: true }],
    theirs: [{ text: "陈国", same: true }],
  });
});

test("dates are compared place by place, and words with little in common as a whole", () => {
  assert.deepEqual(differing("1983-12-06", "1984-02-06").ours, [{ text: "198", same: true }, { text: "3", same: false }, { text: "-", same: true }, { text: "1", same: false }, { text: "2-06", same: true }]);
  assert.deepEqual(differing("79 平方米", "52.9").ours, [{ text: "79 平方米", same: false }]);
  assert.deepEqual(differing("城乡居民社会养老保险", "职工基本养老保险").theirs, [{ text: "职工基本养老保险", same: false }]);
});

test("equal texts are one piece and an empty text has none", () => {
  assert.deepEqual(differing("男", "男"), { ours: [{ text: "男", same: true }], theirs: [{ text: "男", same: true }] });
  assert.deepEqual(differing("", "女"), { ours: [], theirs: [{ text: "女", same: false }] });
});

test("the pieces always add up to the texts, rare characters whole", () => {
  for (const [a, b] of [["𠮷田王", "吉田玉"], ["湖头镇", "安溪县湖头镇"], ["x".repeat(300), "y"]] as const) {
    const pieces = differing(a, b);
    assert.equal(pieces.ours.map((piece) => piece.text).join(""), a);
    assert.equal(pieces.theirs.map((piece) => piece.text).join(""), b);
  }
});
