// Household form, first part: who the household is (its head, number and place), the category, cause, degree and urgency, assistance.
import { eq, has, item, not, section, text, value } from "../../../src/scheme/define.ts";
import type { ClosedOptions, Section } from "../../../src/scheme/define.ts";
import { hardshipCount, isMultiple } from "../categories.ts";
import { causes } from "../codes/household.ts";
import { contact, identity, money, noted } from "./marks.ts";
import { h } from "./rows.ts";

/** Head, number and place. */
export const head: Section = section("head", "户主和住址", "Head and place", [
  item("family_no", "text", "家庭编号", "Household number", ["R"], {
    text: "certificate",
    maxLength: 18,
    fromBaseList: true,
    help: text("12位区划代码加4至6位顺序号；新增家庭由系统编号，可不填", "Twelve digits of the area and four to six of a serial; left empty for a new household"),
  }),
  item("householder_name", "text", "户主姓名", "Head's name", ["XH"], { required: true, fromCard: true, fromBaseList: true, text: "name", maxLength: 50 }),
  item("householder_id", "id-number", "户主身份证号", "Head's ID number", ["XH", "STD"], {
    required: true,
    fromCard: true,
    fromBaseList: true,
    basis: "GB 11643",
    ...identity,
  }),
  item("householder_sex", "code", "户主性别", "Head's sex", ["S4", "R"], { codeSet: "sex", required: true, fromCard: true, fromBaseList: true }),
  item("householder_birth", "date", "户主出生日期", "Head's date of birth", ["S4", "R"], { required: true, fromCard: true, fromBaseList: true }),
  item("region", "area", "户籍行政区划", "Area of registration", ["XH"], { required: true, fromBaseList: true }),
  item("address", "address", "家庭住址", "Address", ["XH"], { required: true, fromBaseList: true, maxLength: 120, ...contact }),
  item("residence_region", "area", "实际居住地行政区划", "Area of residence", ["R"], {
    help: text("与户籍地不同的填写", "If it is not the area of registration"),
  }),
  item("postcode", "text", "邮编", "Postcode", ["XH"], { required: true, maxLength: 6 }),
  item("phone", "phone", "联系电话", "Telephone", ["R"], { required: true, fromBaseList: true, ...contact }),
  item("hukou_kind", "code", "户籍类别", "Kind of registration", ["XH"], {
    codeSet: "hukou-type",
    required: true,
    ...noted(["XH"], "Third option of the source is 其他; the shared set says 居民户口, which since 2014 it is"),
  }),
]);

/** The cause that is already the main one cannot be another cause as well. */
const notTheMainCause: readonly ClosedOptions[] = causes.map((code) => ({
  codes: [code],
  when: eq(h("poverty_cause_main"), value(code)),
  message: text("已选为主要致贫原因", "It is already the main cause"),
}));

/** Category, cause, degree, urgency: the keys by which the register is sorted. */
export const hardship: Section = section("hardship", "困难情况", "Hardship", [
  item("categories", "codes", "困难类别", "Categories of hardship", ["S4"], {
    codeSet: "low-income-category",
    required: true,
    fromBaseList: true,
    help: text("“多重困难人员”由系统根据所选类别得出，不用填", "Multiple hardship follows from what is ticked and is not typed"),
  }),
  item("hardship_count", "computed", "困难类别数", "Hardships ticked", ["R"], {
    computed: hardshipCount,
    help: text("支出、医疗、教育、住房、就业、意外六类中所选的数目", "Of the six: expenditure, medical, education, housing, employment, accident"),
  }),
  item("multiple_hardship", "computed", "多重困难人员", "Multiple hardship", ["S4", "R"], {
    computed: isMultiple,
    ...noted(["S4", "R"], "Category 12 of S4; derived when two or more of 5 and 7–11 hold"),
  }),
  item("poverty_cause_main", "code", "主要致贫原因", "Main cause", ["P", "XH", "S4"], { codeSet: "poverty-cause", required: true }),
  item("poverty_cause_other", "codes", "其他致贫原因(最多2项)", "Other causes (at most two)", ["P"], { codeSet: "poverty-cause", closed: notTheMainCause }),
  item("poverty_since", "month", "发生贫困时间", "Poor since", ["S4"], { required: true }),
  item("degree", "code", "贫困程度", "Degree", ["S4", "R"], {
    codeSet: "poverty-degree",
    required: true,
    ...noted(["S4", "R"], "Assessed on the visit; the index shows its own degree beside it and never writes over it"),
  }),
  item("urgency", "code", "急缓程度", "Urgency", ["S4", "R"], { codeSet: "urgency", required: true }),
  item("situation", "text", "困难情况说明", "The situation in words", ["R"], { text: "long", maxLength: 500, sensitivity: "appeal" }),
]);

const receives = has(h("assistance"), "1", "2", "3", "4");

/** Assistance received now, as the base databases know it. */
export const assistance: Section = section("assistance", "现享受救助", "Assistance now received", [
  item("assistance", "codes", "现享受救助类型", "Assistance now received", ["S4", "XH"], { codeSet: "assistance", required: true, fromBaseList: true }),
  item("assistance_no", "text", "救助证号", "Assistance certificate", ["XH"], { text: "certificate", maxLength: 30, fromBaseList: true, shownIf: receives, ...identity }),
  item("assistance_monthly", "money", "月救助金额", "Amount a month", ["XH"], { fromBaseList: true, shownIf: receives, ...money }),
  item("assistance_since", "month", "享受起始年月", "Assisted since", ["XH"], { fromBaseList: true, shownIf: receives }),
  item("assistance_ended", "month", "曾享受低保或特困的停止年月", "Allowance or support ended in", ["P", "R"], {
    shownIf: not(has(h("assistance"), "1", "2")),
    help: text("退出不满两年的纳入监测", "Who left less than two years ago stays watched"),
    ...noted(["P", "R"], "民办函〔2024〕31号: people who left within two years are monitored"),
  }),
]);
