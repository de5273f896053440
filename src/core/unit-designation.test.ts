// Unit designations are refused, cover names and civil words pass, doubtful ones go to a person.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkUnitField, scanFreeText } from "./unit-designation.ts";

const UNIT = {
  accept: ["37001部队", "97621部队16分队", "8341部队", "总字190部队", "58328", "３７００１部队", " 37001部队 "],
  refuse: ["115师344团3连", "X师X团X连", "第31集团军", "某师某团", "", "武警8690部队", "01234部队", "某部", "37001部队 115师"],
} as const;

const FREE = {
  refuse: ["我在115师344团3连当兵", "第一一五师", "在X师X团X连服役", "空军第24师", "38军112师", "第4野战军第38军", "三营三连", "我是第27军的", "第 27 军", "１１５師３４４團", "第\u200b27军", "原在第叁捌军", "31集团军", "第115\n师"],
  review: ["93军", "在三连当兵", "第5连"],
  pass: [
    "新疆生产建设兵团第八师143团3连", "三连冠", "我是三军人家属", "二师傅", "第十四师昆玉市", "当兵五年连续立功", "一等功", "第三团委", "原37001部队服役", "住八师石河子143团",
    "第二师范学校", "一连串问题", "第3军医大学", "第八师石河子市143团", "住在第一团场", "一连三天没有回来", "三营镇人", "三军仪仗队表演", "一团和气", "", "腿部受伤，需要轮椅",
  ],
} as const;

test("unit fields take cover names only", () => {
  for (const text of UNIT.accept) assert.equal(checkUnitField(text), "accept", text);
  for (const text of UNIT.refuse) assert.equal(checkUnitField(text), "refuse", text);
});

test("free text with a unit designation is refused, doubtful text goes to review, the rest passes", () => {
  for (const verdict of ["refuse", "review", "pass"] as const) for (const text of FREE[verdict]) assert.equal(scanFreeText(text).verdict, verdict, text);
});

test("positions point into the text as typed", () => {
  assert.deepEqual(scanFreeText("𠮷某人在 115师 344团 服役").spans, [{ from: 6, to: 14 }]);
  assert.deepEqual(scanFreeText("没有问题").spans, []);
});

test("any text is scanned without throwing, in time that grows with its length only", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."第三13军师团营连兵团x某 石河子市阿𠮷"), maxLength: 60 }), (text) => {
    const { verdict, spans } = scanFreeText(text);
    const length = [...text].length;
    return (verdict === "pass") === (spans.length === 0) && spans.every((span) => span.from >= 1 && span.from <= span.to && span.to <= length);
  }));
  const started = process.cpuUsage().user;
  scanFreeText("1".repeat(20_000) + "军".repeat(20_000) + "第三".repeat(10_000));
  assert.ok(process.cpuUsage().user - started < 2_000_000);
});
