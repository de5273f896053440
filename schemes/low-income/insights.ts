// The low-income register as indices and cross-tables read it: measures of a household, and the thirteen keys by which the pilot plan sorts and asks (S4:
// 贫困原因, 贫困程度, 急缓程度, 地域, 发生贫困时间, 求助时间, 救助时间, 救助金额, 家庭收入段, 人均住房面积, 就业人数, 性别, 年龄). The area is a key of every register and stands in no list here.
import { and, countIf, eq, ge, gt, has, isIn, le, lt, missing, ne, not, or, ref, sum, text, value } from "../../src/scheme/define.ts";
import type { Axis, AxisValue, CodeSet, Expression, Insight, Measure } from "../../src/scheme/define.ts";
import { sex } from "../codes/sex.ts";
import { householdCodes } from "./codes/household.ts";
import { employedCodes, presentStates, squareMetres, yuan } from "./forms/marks.ts";
import { atSchool, h } from "./forms/rows.ts";

const present = isIn(".person_state", presentStates);
/** Unknown where of nobody it is so and of somebody it is not known. */
const someone = (when: Expression): Expression => ["any", h("members"), and(present, when)];
const adult = ge(".age", 18);
/** GB/T 4658: 8x primary school, 9x none of these. */
const atMostPrimary: Expression = ["matches", ref(".education"), "^[89]"];
const share = text("是为1", "1 for yes");
const measure = (key: string, zh: string, en: string, of: Expression, more: Partial<Measure> = {}): Measure => ({ key, label: text(zh, en), ...(more.unit === undefined && { unit: share, yes: true }), of, ...more });

/** Years of schooling that a level stands for: the usual reckoning of the population census. */
const schooling: Expression = ([["^[1]", 19], ["^[2]", 16], ["^[3]", 15], ["^[46]", 12], ["^7", 9], ["^8", 6]] as const).reduceRight<Expression>((rest, [pattern, years]) => ["if", ["matches", ref(".education"), pattern], value(years), rest], value(0));

const goods = ["television", "refrigerator", "washing_machine", "mobile", "computer", "motorcycle", "car"];
/** Not known where the question was left out; "none" is an answer. */
const fewDurables = and(has(h("durables"), ...goods, "none"), lt(goods.reduce<Expression>((rest, code) => ["+", rest, ["if", has(h("durables"), code), value(1), value(0)]], value(0)), value(2)));

const measures: readonly Measure[] = [
  measure("income_per_head", "家庭人均年收入", "Income per head and year", ref(h("income_per_head")), { unit: yuan, step: 100 }),
  measure("rigid_ratio", "刚性支出占收入比", "Necessary expenses to income", ref(h("rigid_ratio")), { unit: text("%", "%"), step: 5 }),
  measure("area_per_head", "人均住房面积", "Floor area per head", ["if", eq(h("housing_nature"), value("3")), value(0), ref(h("area_per_head"))], { unit: squareMetres, step: 1 }),
  measure("major_illness", "有成员患大病或残疾", "A member is gravely ill or disabled", someone(has(".health", "major", "disabled"))),
  measure("any_illness", "有成员患大病、慢性病或残疾", "A member is gravely or long ill, or disabled", someone(has(".health", "major", "chronic", "disabled"))),
  measure("uninsured", "有成员未参加医疗保险", "A member has no medical insurance", someone(eq(".medical_insured", value(false)))),
  measure("low_schooling", "有成年人文化程度为小学及以下", "An adult has primary school at most", someone(and(adult, atMostPrimary))),
  measure("best_schooling_primary", "最高文化程度为小学及以下", "Nobody has more than primary school", and(someone(adult), not(someone(and(adult, not(atMostPrimary)))))),
  measure("child_out_of_school", "有6至15岁儿童未在校", "A child of 6 to 15 is not at school", someone(and(ge(".age", 6), le(".age", 15), not(atSchool)))),
  measure("unsafe_housing", "无房或住危房", "No housing, or unsafe", or(eq(h("housing_nature"), value("3")), isIn(h("housing_state"), ["2", "3"]))),
  measure("adobe_housing", "土坯或土石结构", "Adobe or earth and stone", and(ne(h("housing_nature"), value("3")), isIn(h("housing_structure"), ["03", "04"]))),
  measure("no_electricity", "未通电", "No electricity", eq(h("electricity"), value(false))),
  measure("no_safe_water", "饮水不是自来水", "No tap water", isIn(h("water"), ["well", "other"])),
  measure("no_power_or_water", "未通电或无自来水", "No electricity or no tap water", or(eq(h("electricity"), value(false)), isIn(h("water"), ["well", "other"]))),
  measure("solid_fuel", "以柴草或煤炭为燃料", "Firewood or coal", has(h("fuel"), "firewood", "coal")),
  measure("no_toilet", "无卫生厕所", "No sanitary toilet", isIn(h("toilet"), ["dry", "none"])),
  measure("few_durables", "耐用品不足两件", "Fewer than two durables", fewDurables),
  measure("nobody_at_work", "有劳动年龄成员而无人就业", "Members of working age, none at work", and(someone(and(ge(".age", 16), le(".age", 59), isIn(".labour", ["01", "02"]))), eq(h("employed_count"), value(0)))),
  // Sums for the development index.
  measure("healthy_members", "健康成员数", "Healthy members", countIf(h("members"), and(present, has(".health", "healthy"))), { unit: text("人", "persons") }),
  measure("adults", "成年人数", "Adults", countIf(h("members"), and(present, adult)), { unit: text("人", "persons") }),
  measure("schooling_years", "成年人受教育年数之和", "Years of schooling of the adults", sum(h("members"), ["if", and(present, adult), schooling, value(0)]), { unit: text("年", "years") }),
  measure("working_age", "劳动年龄人数(16—59岁)", "Members aged 16 to 59", countIf(h("members"), and(present, ge(".age", 16), le(".age", 59))), { unit: text("人", "persons") }),
  measure("at_work", "劳动年龄就业人数", "Of them at work", countIf(h("members"), and(present, ge(".age", 16), le(".age", 59), isIn(".job_state", employedCodes))), { unit: text("人", "persons") }),
];

const valuesOf = (set: CodeSet | undefined, ...only: readonly string[]): AxisValue[] => (set?.options ?? []).flatMap(({ code, label }) => (only.length > 0 && !only.includes(code) ? [] : [{ key: code, label }]));
const codesOf = (key: string): AxisValue[] => valuesOf(householdCodes.find((set) => set.key === key));
/** Bands with their lower ends; the last is open. */
const bands = (from: readonly number[], zhUnit: string, enUnit: string): AxisValue[] =>
  from.map((low, i) => {
    const next = from[i + 1];
    // Money up to a yuan is none.
    if (low === 0 && next === 1) return { key: "0", label: text(`0${zhUnit}`, `0 ${enUnit}`) };
    // One wide, a band of what is counted in whole numbers is a number.
    if (enUnit === "persons" && next === low + 1) return { key: String(low), label: text(`${low}${zhUnit}`, `${low} ${low === 1 ? enUnit.replace(/s$/u, "") : enUnit}`) };
    return { key: String(low), label: next === undefined ? text(`${low.toLocaleString("en")}${zhUnit}及以上`, `${low.toLocaleString("en")} ${enUnit} and more`) : text(`${low.toLocaleString("en")}至不足${next.toLocaleString("en")}${zhUnit}`, `${low.toLocaleString("en")} to under ${next.toLocaleString("en")} ${enUnit}`) };
  });
const years: readonly number[] = [1900, ...Array.from({ length: 31 }, (_, i) => 2010 + i)];
const yearValues: readonly AxisValue[] = years.map((year, i) => ({ key: String(year), label: i === 0 ? text("2009年及以前", "2009 and before") : text(`${year}年`, String(year)) }));
const yearOf = (key: string, zh: string, en: string, of: Expression): Axis => ({ key, label: text(zh, en), per: "record", of, kind: "year", values: yearValues, from: years });
/** What the form says and what the aid line says (applications, deliveries of every department) of the same thing: the later day, the larger amount. */
const greater = (form: string, line: string): Expression => ["if", or(missing(line), gt(form, line)), ref(form), ref(line)];
const banded = (key: string, zh: string, en: string, of: Expression, from: readonly number[], unit: readonly [string, string], per: Axis["per"] = "record"): Axis => ({ key, label: text(zh, en), per, of, kind: "bands", values: bands(from, ...unit), from });

const axes: readonly Axis[] = [
  { key: "cause", label: text("贫困原因", "Cause"), per: "record", of: ref(h("poverty_cause_main")), kind: "codes", values: codesOf("poverty-cause") },
  { key: "degree", label: text("贫困程度", "Degree"), per: "record", of: ref(h("degree")), kind: "codes", values: codesOf("poverty-degree") },
  { key: "urgency", label: text("急缓程度", "Urgency"), per: "record", of: ref(h("urgency")), kind: "codes", values: codesOf("urgency") },
  yearOf("since", "发生贫困时间", "Poor since", ref(h("poverty_since"))),
  yearOf("asked", "求助时间", "Asked for help", greater(h("help_asked_at"), "aid_line.asked_on")),
  yearOf("helped", "救助时间", "Helped", greater(h("helped_at"), "aid_line.helped_on")),
  banded("amount", "救助金额", "Amount of aid", greater(h("help_amount"), "aid_line.amount"), [0, 1, 1000, 3000, 5000, 10_000, 30_000], ["元", "yuan"]),
  // The source defines no bands: yuan per head and year, the first two near the rural and the urban allowance.
  banded("income", "家庭收入段(人均年)", "Income per head and year", ref(h("income_per_head")), [0, 3000, 6000, 9000, 12_000, 18_000, 24_000, 36_000], ["元", "yuan"]),
  banded("floor", "人均住房面积", "Floor area per head", ["if", eq(h("housing_nature"), value("3")), value(0), ref(h("area_per_head"))], [0, 8, 13, 20, 30, 50], ["平方米", "m²"]),
  banded("employed", "就业人数", "At work", ref(h("employed_count")), [0, 1, 2, 3], ["人", "persons"]),
  { key: "sex", label: text("性别", "Sex"), per: "member", of: ref(".sex"), kind: "codes", values: valuesOf(sex, "1", "2") },
  banded("age", "年龄", "Age", ref(".age"), [0, 6, 16, 18, 35, 45, 60, 70, 80], ["岁", "years"], "member"),
];

/** Twelve axes and the area. */
export const lowIncomeInsight: Insight = { scheme: "low-income", members: h("members"), present, measures, axes };
