// Unit designations are refused, cover names and civil words pass, doubtful ones go to a person.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { corpus, later } from "../../bench/designations/corpus.ts";
import { checkUnitField, scanFreeText } from "./unit-designation.ts";

const UNIT = {
  accept: ["37001部队", "97621部队16分队", "8341部队", "总字190部队", "58328", "３７００１部队", " 37001部队 "],
  refuse: ["115师344团3连", "X师X团X连", "第31集团军", "某师某团", "", "武警8690部队", "01234部队", "某部", "37001部队 115师"],
} as const;

const FREE = {
  refuse: ["我在115师344团3连当兵", "第一一五师", "在X师X团X连服役", "空军第24师", "38军112师", "第4野战军第38军", "三营三连", "我是第27军的", "第 27 军", "１１５師３４４團", "第\u200b27军", "原在第叁捌军", "31集团军", "第115\n师",
    "115师/344团", "2营的4连", "步兵第40师", "第112机械化步兵师", "空降兵第15军", "炮8师", "武警第2机动师", "幺幺五师三四四团", "第“38”军", "第l8师", "115D344T3L", "115shi344tuan", "第38军警卫连", "118师政治部在第118师", "某师某团", "12*师3××团", "炮兵团三营二连", "72师-72团", "123师炮团榴炮营", "112师侦察连", "二炮第五十二基地", "1 1 5 师 3 4 4 团"],
  review: ["因病从一一六师医院转业", "三五九旅", "93军", "在三连当兵", "第5连", "三连", "（三连）", "原在74军服役五年", "红四方面军", "某师", "12D3T"],
  pass: [
    "新疆生产建设兵团第八师143团3连", "三连冠", "我是三军人家属", "二师傅", "第十四师昆玉市", "当兵五年连续立功", "一等功", "第三团委", "原37001部队服役", "住八师石河子143团",
    "第二师范学校", "一连串问题", "第3军医大学", "第八师石河子市143团", "住在第一团场", "一连三天没有回来", "三营镇人", "三军仪仗队表演", "一团和气", "", "腿部受伤，需要轮椅",
    "在陆军服役三年", "陈三军", "千军万马", "农八师143团", "住石河子143团", "第八师石河子市143团3连退休职工", "电话13812345678 连先生", "第三届军民联欢", "第六军干所", "第三团干校", "2018年连续三年", "正师级", "六连乡人", "五营村12号",
    "二连浩特", "第四师医院护士", "就业培训第5基地", "一键三连", "第二师大附中", "4连杆", "退役前所在部队为37001部队", "8023部队退役人员", "3号楼5单元", "12D室", "一师一优课", "双师型教师",
  ],
} as const;

test("unit fields take cover names only", () => {
  for (const text of UNIT.accept) assert.equal(checkUnitField(text), "accept", text);
  for (const text of UNIT.refuse) assert.equal(checkUnitField(text), "refuse", text);
});

test("free text with a unit designation is refused, doubtful text goes to review, the rest passes", () => {
  for (const verdict of ["refuse", "review", "pass"] as const) for (const text of FREE[verdict]) assert.equal(scanFreeText(text).verdict, verdict, text);
});

test("the id of a record or a picture is no designation, whatever its digits spell; beside other text it is scanned", () => {
  for (const id of ["01a2018e-6ed4-700d-a203-76d62d318d6d", "01a2018e-1c25-7032-8d5d-f75f04a63737"]) {
    assert.equal(scanFreeText(id).verdict, "pass");
    assert.notEqual(scanFreeText(`${id} `).verdict, "pass");
  }
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
});

test("a million characters made to be slow are scanned in time that grows with their number only", () => {
  const hostile = [" ", "第三", "1", "师", "第1军", "一1x", "兵团", "兵团1师", "1d", "团场1师", "石河子一二三四镇", "某", "□", "第一二三四五六步兵步兵", "（1师", "\u200b第1"];
  const spent = (text: string): number => { const started = process.cpuUsage().user; scanFreeText(text); return process.cpuUsage().user - started; };
  for (const unit of hostile) assert.ok(spent(unit.repeat(Math.ceil((1 << 20) / unit.length))) < 8_000_000, unit);
});

test("of made-up texts at least 995 in 1,000 designations are refused and at most 10 in 1,000 harmless texts are stopped", () => {
  for (const texts of [corpus(5_000, 11), later("second", 5_000, 12), later("third", 5_000, 13)]) {
    const shareOf = (kinds: readonly string[], hit: (verdict: string) => boolean): number => {
      const some = texts.filter(({ kind }) => kinds.includes(kind));
      return some.filter(({ text }) => hit(scanFreeText(text).verdict)).length / some.length;
    };
    assert.ok(shareOf(["unit"], (verdict) => verdict === "refuse") >= 0.995);
    assert.ok(shareOf(["unit", "lone"], (verdict) => verdict !== "pass") >= 0.995);
    assert.ok(shareOf(["civil"], (verdict) => verdict === "refuse") <= 0.01);
    assert.ok(shareOf(["civil"], (verdict) => verdict !== "pass") <= 0.01);
  }
});
