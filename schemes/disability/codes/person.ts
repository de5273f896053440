// Code sets of the person's state, household registration, marriage, housing and income (R3–R11).
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

/** 是 and 否 as the form numbers them. */
export const yesNo = codeSet("yes-no-12", "是否", "Yes or no", [
  option("1", "是", "Yes", { alsoWritten: ["有"] }),
  option("2", "否", "No", { alsoWritten: ["无", "没有"] }),
]);

/** `6` is the app's code of the normal state; the others are reconstructed. */
export const personState = codeSet("person-state", "残疾人状态", "State of the person", [
  option("1", "死亡", "Died", { alsoWritten: ["已故", "去世"] }),
  option("2", "迁出", "Moved away"),
  option("3", "人户不在(失访)", "Absent, cannot be reached", { alsoWritten: ["失访", "人户不在", "空挂户"] }),
  option("4", "拒访", "Refused"),
  option("5", "残疾人证注销", "Certificate cancelled", { alsoWritten: ["注销"] }),
  option("6", "正常", "Normal"),
  option("7", "查无此人", "Nobody of this name is known"),
]);

export const surveyMethod = codeSet("survey-method", "调查方式", "Way of the survey", [
  option("1", "入户调查", "Visit at home", { alsoWritten: ["入户"] }),
  option("2", "电话询问", "By telephone", { alsoWritten: ["电话"] }),
  option("3", "窗口服务", "At the service counter", { alsoWritten: ["窗口"] }),
  option("4", "移动终端(自报)", "Mobile terminal, self-reported", { alsoWritten: ["移动终端采集", "自报"] }),
]);

/** The form of 2016 knows two kinds; a card that says 居民户口 is put to the one that the household lived under before. */
export const hukouKind = codeSet("hukou-kind", "户口性质", "Kind of household registration", [
  option("1", "农业", "Rural (farming)", { alsoWritten: ["农业户口", "农村户口", "农村"] }),
  option("2", "非农业", "Urban (non-farming)", { alsoWritten: ["非农业户口", "城镇户口", "城镇"] }),
]);

/** Five of the codes of GB/T 2261.2, as the form offers them. */
export const maritalState = codeSet(
  "marital-five",
  "婚姻状况",
  "Marital status",
  [
    option("10", "未婚", "Never married"),
    option("21", "初婚有配偶", "First marriage", { alsoWritten: ["初婚"] }),
    option("22", "再婚有配偶", "Remarried", { alsoWritten: ["再婚"] }),
    option("40", "离婚", "Divorced", { alsoWritten: ["离异"] }),
    option("30", "丧偶", "Widowed"),
  ],
  { standard: "GB/T 2261.2", edition: "2003" },
);

const urbanIncome = codeSet(
  "urban-income",
  "城镇家庭收入情况",
  "Income of an urban household",
  options([
    ["1", "低于低保标准", "Below the minimum living standard"],
    ["2", "低于低收入(低保边缘)标准", "Below the low-income standard"],
    ["3", "其他", "Other"],
  ]),
);

const urbanHousing = codeSet("urban-housing", "城镇家庭住房情况", "Housing of an urban household", [
  option("1", "自有住房", "Own dwelling"),
  option("2", "享受住房保障政策", "Under a housing-support policy", { needsSub: true }),
  option("21", "公租房(廉租房)", "Public rental housing", { parent: "2", alsoWritten: ["公租房", "廉租房"] }),
  option("22", "经济适用房", "Affordable housing", { parent: "2" }),
  option("23", "租赁补贴", "Rent subsidy", { parent: "2", alsoWritten: ["住房租赁补贴"] }),
  option("24", "其他住房保障", "Other housing support", { parent: "2" }),
  option("3", "其他(租借)", "Other (rented or lent)"),
]);

const poverty = codeSet("poverty-standing", "贫困与建档立卡状况", "Poverty and registration", [
  option("1", "国家建档立卡贫困户", "Household on the national poverty register", { alsoWritten: ["建档立卡贫困户", "建档立卡"] }),
  option("2", "其他贫困人口", "Otherwise poor"),
  option("3", "其他", "Other"),
]);

const ruralHousing = codeSet("rural-housing", "农村家庭住房情况", "Housing of a rural household", [
  option("1", "状况良好", "In good condition"),
  option("2", "状况一般", "In fair condition"),
  option("3", "危房", "Dilapidated", { alsoWritten: ["C级危房", "D级危房"] }),
]);

/** Code sets of R3–R11, with the person's state. */
export const personCodes: readonly CodeSet[] = [yesNo, personState, surveyMethod, hukouKind, maritalState];
export const economyCodes: readonly CodeSet[] = [urbanIncome, urbanHousing, poverty, ruralHousing];
