// Figures, phrases, keys, the area list and the search by pinyin.
import assert from "node:assert/strict";
import { test } from "node:test";
import { areaChoices } from "./area-choices.ts";
import { moment, percent, rate } from "./figures.ts";
import { comboOf, isTyping } from "./keys.ts";
import { fits, pinyinSpeller } from "./pinyin.ts";
import { filled } from "./filled.ts";

test("a rate prints its base, and a rate of nothing is a dash", () => {
  assert.equal(rate(5, 8, "zh"), "62.5%（5/8）");
  assert.equal(rate(5, 8, "en"), "62.5% (5 of 8)");
  assert.equal(percent(0, 0), "—");
  assert.equal(percent(0, 10), "0%");
  assert.equal(percent(9999, 10000), "99.9%");
  assert.equal(percent(1, 100_000), "0.1%");
  assert.equal(percent(10, 10), "100%");
});

test("a text that is no moment is shown as it is", () => {
  assert.equal(moment(undefined), "");
  assert.equal(moment("soon"), "soon");
  assert.match(moment("2026-11-21T08:05:00Z"), /^2026-11-2[012] \d\d:05$/u);
});

test("phrases take their fillings and keep unknown names", () => {
  assert.equal(filled("第{n}行，{x}", { n: 3 }), "第3行，{x}");
  const left = (n: number | string): string => filled("{n} {n|day is|days are} left", { n });
  assert.deepEqual([left(0), left(1), left("1"), left(2)], ["0 days are left", "1 day is left", "1 day is left", "2 days are left"]);
});

test("combinations have one name whatever the letter case", () => {
  const press = (key: string, more = {}): string => comboOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  assert.equal(press("s", { ctrlKey: true }), "Ctrl+S");
  assert.equal(press("Enter", { metaKey: true }), "Ctrl+Enter");
  assert.equal(press("a"), "A");
  assert.equal(press("A", { shiftKey: true }), "A");
  assert.equal(press("F8"), "F8");
  assert.equal(isTyping(null), false);
});

const node = (code: number, level: number): { code: number; level: number; name: string; fullName: string; hasChildren: boolean; hi: number } => ({ code, level, name: String(code), fullName: String(code), hasChildren: level < 5, hi: code });

test("the area list offers the top itself first, a way up below it, and nothing twice", () => {
  const county = node(350524000000, 3);
  const towns = [node(350524100000, 4), node(350524101000, 4)];
  assert.deepEqual(areaChoices({ rows: towns, searching: false, at: [], top: county }).map((c) => c.key), ["350524000000", "350524100000", "350524101000"]);
  assert.deepEqual(areaChoices({ rows: [node(350524100001, 5)], searching: false, at: [node(350524100000, 4)] }).map((c) => c.key), ["up", "350524100001"]);
  assert.deepEqual(areaChoices({ rows: [...towns, ...towns], searching: true, at: towns }).map((c) => c.key), ["350524100000", "350524101000"]);
});

test("options are found by words, codes, pinyin and initials", async () => {
  const spell = await pinyinSpeller();
  const spelled = spell("维吾尔族");
  assert.ok(fits("维吾", "维吾尔族", "05", spelled));
  assert.ok(fits("wwe", "维吾尔族", "05", spelled));
  assert.ok(fits("weiwu", "维吾尔族", "05", spelled));
  assert.ok(fits("05", "维吾尔族", "05", spelled));
  assert.ok(!fits("han", "维吾尔族", "05", spelled));
});
