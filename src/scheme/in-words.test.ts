// Rules as sentences: real rules of the veterans' register, and every operator of the language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { disability } from "../../schemes/disability/scheme.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { all, and, any, answered, countIf, eq, ge, gt, has, isIn, le, lt, missing, ne, not, or, ref, sum, today, value, years } from "./define.ts";
import type { Expression } from "./expression.ts";
import { inWords } from "./in-words.ts";
import { smallScheme } from "./small-scheme.ts";

const SENTENCES: { readonly [check: string]: string } = {
  "general.sex_by_id": "“身份证号”上的性别与“性别”不一致",
  "general.very_old": "按“出生日期”到今天已满110周岁",
  "general.card_order": "“有效期止”不晚于“有效期起”",
  "general.card_span": "“有效期止”不是“有效期起”满5周年的日期，且“有效期止”不是“有效期起”满10周年的日期，且“有效期止”不是“有效期起”满20周年的日期",
  "general.minor_without_guardian": "按“出生日期”到今天不满14周岁，且“委托代办”为“否”",
  "general.married_young_man": "“婚姻状况”为“已婚”“初婚”“再婚”“复婚”“丧偶”“离婚”之一，且“性别”为“男”，且按“出生日期”到今天不满22周岁",
  "general.party_join_under_18": "“入党时间”早于“出生日期”满18周岁的日期",
  "general.disabled_but_healthy": "“人员类别”选了“残疾军人”或“伤残民兵民工”，且“健康状况”为“健康或良好”“一般或较弱”“有慢性病”之一",
  "general.enlist_under_14": "“入伍(参加工作)时间”早于“出生日期”满14周岁的日期，且“人员类别”没有选“退伍红军老战士”",
  "general.enlist_under_17": "“入伍(参加工作)时间”早于“出生日期”满17周岁的日期，且“入伍(参加工作)时间”不早于“出生日期”满14周岁的日期",
  "general.merit_photo": "“立功受奖情况”已填写，且“立功受奖情况”没有选“无”，且没有提供“立功受奖证件照片”",
  "general.retirement_pay_young": "“养老保险”选了“离退休金”，且按“出生日期”到今天不满45周岁，且“现就业状态”不是“离退休”，且“人员类别”中“军队离退休干部和退休士官”“军队无军籍离退休退职职工”均未选",
  "general.housing_area_large": "“住房面积”大于300平方米",
  "general.student_old": "“现就业状态”为“学生”，且按“出生日期”到标准时点已满40周岁",
  "general.death_before_reference": "“死亡时间”早于标准时点",
  "transferred_cadre.own_occupation_1993_2000": "“安置类别”为“自谋职业”，且（“退伍(离休退休)时间”早于1993年1月1日，或者“退伍(离休退休)时间”晚于2000年12月31日）",
  "transferred_cadre.region_months": "“艰苦边远地区服役月数”大于从“入伍时间”到“退役时间”的整月数",
  "transferred_cadre.award_outside_service": "“立功受奖”中有一条符合：“年度”小于“入伍时间”的年份，或者“年度”大于“退役时间”的年份",
  "retired_soldier.twelve_years": "“符合安排工作条件”为“服现役满12年”，且从“入伍时间”到“退役时间”不满12年",
  "retired_soldier.merit_ground": "“符合安排工作条件”为“服役期间平时荣获二等功以上或者战时荣获三等功以上奖励”，且“立功受奖情况”中“八一勋章”“大军区以上单位荣誉称号”“一等功”“二等功”“三等功”均未选",
  "retired_soldier.conscript_in_service": "“服义务兵开始时间”早于“入伍时间”，或者“服义务兵结束时间”晚于“退役时间”",
  "disabled_soldier.illness_standing": "“伤残性质”为“因病”，且（“服役期间身份”为“军官”或“文职干部”，或者（“人员类别”选了“退役士兵”，且“军人类别”为“中级士官”或“高级士官”））",
  "disabled_soldier.cert_no_form": "“证书编号”不符合格式：（“19”或“20”）＋2位数字＋4位数字＋“1”“2”“3”之一＋（“0”＋1位1至9的数字或“10”）＋6位数字＋“1”“2”之一＋4位数字",
  "disabled_soldier.change_before_injury": "“伤残变动”中有一条符合：“时间”早于“负伤/致残时间”",
  "disabled_soldier.dead_without_date": "“优抚对象状态”为“去世”，且“死亡时间”未填写",
  "martyr_family.parent_younger": "“与烈士(牺牲、病故军人)关系”为“父母(抚养人)”，且总表的“出生日期”不早于“烈士遗属信息采集分表”的“出生日期”",
  "demobilised.cadre_class": "“人员类别”为“复员干部(军官、文职干部)”，且“军人类别”既不是“军官”也不是“文职干部”",
  "serving_family.certificate_prefix": "（“军人类别”为“军官”或“文职干部”，且“军队证件号”不以“军”“文”“武”之一开头），或者（“军人类别”为“士官(军士)”，且“军队证件号”不以“士”“军”“武”之一开头），或者（“军人类别”为“义务兵”，且“军队证件号”不以“兵”“武”之一开头）",
};

test("rules of the veterans' register read as sentences", () => {
  for (const [key, sentence] of Object.entries(SENTENCES)) {
    const check = veterans.checks.find((each) => each.key === key);
    assert.ok(check, key);
    assert.equal(inWords(veterans, check.when, "zh"), sentence, key);
  }
});

test("every rule of the three programmes has words in both languages, without raw paths, codes or operators", () => {
  for (const scheme of [veterans, disability, lowIncome]) {
    for (const check of scheme.checks) {
      for (const lang of ["zh", "en"] as const) assert.doesNotMatch(inWords(scheme, check.when, lang), /undefined|[a-z]+_[a-z]+|\b(ref|const)\b|\[object/u, check.key);
      assert.doesNotMatch(inWords(scheme, check.when, "en"), /[，（）且或]/u, check.key);
    }
  }
});

const small = smallScheme();
const zh = (e: Expression, section?: string): string => inWords(small, e, "zh", section);
const en = (e: Expression, section?: string): string => inWords(small, e, "en", section);

test("every operator has its words", () => {
  const cases: readonly (readonly [Expression, string])[] = [
    [missing("general.name"), "“姓名”未填写"],
    [missing("general.photo"), "没有提供“近照”"],
    [answered("general.photo"), "已提供“近照”"],
    [eq("general.agent", true), "“委托代办”为“是”"],
    [["ref", "general.agent"], "“委托代办”"],
    [not(["ref", "general.agent"]), "“委托代办”为“否”"],
    [eq("general.sex", value("1")), "“性别”为“男”"],
    [eq(["id-sex", ref("general.id_number")], value("2")), "“身份证号”上的性别为“女”"],
    [ge("general.income", 10000), "“个人年收入”不小于10000元"],
    [gt(["+", ref("general.income"), ["*", value(12), ref("general.rooms")]], 5), "“个人年收入”＋12×“房间数”大于5"],
    [gt(["*", ["+", ref("general.income"), value(1)], ["-", ref("general.rooms"), ["-", value(3), value(1)]]], 5), "（“个人年收入”＋1元）×（“房间数”－（3－1））大于5"],
    [["=", ["/", ref("general.income"), ref("general.rooms")], value(2)], "“个人年收入”÷“房间数”等于2"],
    [lt("general.birth_date", value("1949-10-01")), "“出生日期”早于1949年10月1日"],
    [le(value("1949-10-01"), "general.birth_date"), "“出生日期”不早于1949年10月1日"],
    [["matches", ref("general.name"), "^(王|李)"], "“姓名”以“王”“李”之一开头"],
    [["matches", ref("general.sex"), "^1$"], "“性别”为“男”"],
    [not(["matches", ref("general.name"), "[A-Z]{2,}"]), "“姓名”中没有至少2位大写字母"],
    [gt(["length", ref("general.name")], 4), "“姓名”的字数大于4"],
    [eq(["slice", ref("general.id_number"), 1, 2], value("35")), "“身份证号”第1至2位为“35”"],
    [not(["id-valid", ref("general.id_number")]), "“身份证号”不是有效的身份证号"],
    [["if", eq("general.agent", true), answered("general.agent_name"), missing("general.agent_name")], "如果“委托代办”为“是”，则“代办人姓名”已填写，否则“代办人姓名”未填写"],
    [eq(["if", eq("general.agent", true), value(1), value(2)], "general.rooms"), "（“委托代办”为“是”时为1，否则为2）等于“房间数”"],
    [gt(["count", "soldier.awards"], 0), "“立功受奖”至少有1条"],
    [eq(["count", "soldier.awards"], 0), "“立功受奖”一条也没有"],
    [le(["count", "soldier.awards"], 2), "“立功受奖”有不超过2条"],
    [gt(sum("soldier.awards", ".year"), 3), "“立功受奖”各条“年份”的合计大于3"],
    [ge(countIf("soldier.awards", eq(".kind", value("1"))), 2), "“立功受奖”中符合以下条件的至少2条：“种类”为“一等功”"],
    [gt(countIf("soldier.awards", eq(".kind", value("1"))), "general.rooms"), "“立功受奖”中符合“种类为一等功”的条数大于“房间数”"],
    [any("soldier.awards", eq(".kind", value("9"))), "“立功受奖”中有一条符合：“种类”为“其他”"],
    [not(any("soldier.awards", eq(".kind", value("9")))), "“立功受奖”中每一条都符合：“种类”不是“其他”"],
    [all("soldier.awards", and(gt(".year", 1950), eq(".kind", value("9")))), "“立功受奖”中每一条都符合：“年份”大于1950，且“种类”为“其他”"],
    [["repeated", "soldier.awards", ref(".year")], "“立功受奖”中有两条的“年份”相同"],
    [not(["repeated", "soldier.awards", ref(".year")]), "“立功受奖”各条的“年份”互不相同"],
    [ge(years("general.birth_date", today), 60), "按“出生日期”到今天已满60周岁"],
    [le(years("general.birth_date", today), 59), "按“出生日期”到今天不满60周岁"],
    [lt(["days", ref("soldier.enlist_date"), ref("soldier.leave_date")], 30), "从“入伍时间”到“退役时间”不到30天"],
    [lt("soldier.leave_date", ["add-years", ref("soldier.enlist_date"), -3]), "“退役时间”早于“入伍时间”前3年的日期"],
    [["=", ref("general.insurance"), ["list", ["1", "2"]]], "“医疗保险”所选正好是“城乡居民基本医疗保险”“职工基本医疗保险”"],
    [has("general.insurance", "1", "2", "4"), "“医疗保险”选了“城乡居民基本医疗保险”“职工基本医疗保险”“无”中的至少一项"],
    [gt(["slice", ref("general.birth_date"), 1, 7], value("2000-01")), "“出生日期”的年月晚于2000年1月"],
    [gt(["+", ["if", eq("general.agent", true), value(1), value(0)], ["+", ["if", missing("general.name"), value(1), value(0)], ["if", answered("general.photo"), value(1), value(0)]]], 1), "以下情况中有多于1项：“委托代办”为“是”；“姓名”未填写；已提供“近照”"],
    [["if", eq("general.agent", true), value("1"), value("")], "（“委托代办”为“是”时为“1”，否则为空）"],
    [["matches", ref("general.remark"), "^(?:B\\d)?[A-Z\\d]$"], "“备注”符合格式：可有可无的（“B”＋1位数字）＋1位（大写字母或数字）"],
    [["const", true], "“是”"],
  ];
  for (const [expression, sentence] of cases) assert.equal(zh(expression), sentence);
});

test("brackets stand where and meets or, and “not” goes to where it is understood", () => {
  const [a, b, c] = [eq("general.agent", true), lt("general.rooms", 2), isIn("general.sex", ["1"])] as const;
  assert.equal(zh(and(a, or(b, c))), "“委托代办”为“是”，且（“房间数”小于2，或者“性别”为“男”）");
  assert.equal(zh(or(and(a, b), c)), "（“委托代办”为“是”，且“房间数”小于2），或者“性别”为“男”");
  assert.equal(zh(not(or(a, and(b, c)))), "“委托代办”为“否”，且（“房间数”不小于2，或者“性别”不是“男”）");
  assert.equal(zh(and(a, any("soldier.awards", or(eq(".kind", value("1")), eq(".year", 1)))), "soldier.awards"), "“委托代办”为“是”，且（“立功受奖”中有一条符合：“种类”为“一等功”，或者“年份”等于1）");
  assert.equal(en(and(a, or(b, c))), "“By an agent” is “Yes”, and (“Rooms” is less than 2, or “Sex” is “Male”)");
  assert.equal(zh(ne(".kind", value("1")), "soldier.awards"), "“种类”不是“一等功”");
});
