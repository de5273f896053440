// Items of aid, tiers and warnings of the register of low-income households. Amounts and lines are a county's own; it sets them by area and day.
// Sources: S4 is the pilot plan (tasks 避免遗漏救助, 避免重复救助, warnings); P is 民办函〔2024〕31号; R is reconstructed.
import { text } from "../../src/scheme/define.ts";
import type { AidItem, AidPlan, AidTier, DeclaredAid, ShippedRule } from "../../src/scheme/define.ts";
import { lowIncomeFacts } from "./household-facts.ts";

// Looked at again once a year, or every half year where income is not steady and somebody is able to work: the ministry's procedure for the allowance (民发〔2021〕57号), as provinces restate it.
const items: readonly AidItem[] = [
  { key: "allowance", label: text("最低生活保障金", "Minimum living allowance"), form: "cash", period: "month", department: "civil_affairs", strata: ["allowance"], exclusiveWith: ["extreme-poverty"], decideDays: 30, recheck: { months: 12, able: 6 } },
  { key: "extreme-poverty", label: text("特困人员供养金", "Support for the extremely poor"), form: "cash", period: "month", department: "civil_affairs", strata: ["extreme-poverty"], exclusiveWith: ["allowance"], decideDays: 30, recheck: { months: 12 } },
  { key: "temporary-relief", label: text("临时救助", "Temporary relief"), form: "cash", period: "once", department: "civil_affairs", decideDays: 10 },
  { key: "medical-aid", label: text("医疗救助", "Medical aid"), form: "cash", period: "year", department: "medical_insurance", decideDays: 20 },
  { key: "medical-premium", label: text("资助参加医疗保险", "Paid medical insurance"), form: "service", period: "year", department: "medical_insurance", strata: ["allowance", "extreme-poverty"], decideDays: 20 },
  { key: "education-aid", label: text("教育救助", "Education aid"), form: "cash", period: "year", department: "education", categories: ["education"], exclusiveWith: ["union-study-aid"], decideDays: 20 },
  { key: "union-study-aid", label: text("工会金秋助学金", "The trade union's study aid"), form: "cash", period: "year", department: "trade_union", exclusiveWith: ["education-aid"], decideDays: 20 },
  { key: "housing-repair", label: text("危房改造", "Repair of unsafe housing"), form: "service", period: "once", department: "housing", decideDays: 60 },
  { key: "job-help", label: text("就业援助", "Help to find work"), form: "service", period: "year", department: "social_insurance", decideDays: 20 },
  { key: "disaster-relief", label: text("受灾人员救助", "Disaster relief"), form: "cash", period: "once", department: "emergency", decideDays: 5 },
  { key: "winter-goods", label: text("冬春救助物资", "Winter goods"), form: "kind", period: "year", department: "civil_affairs", decideDays: 10 },
  { key: "charity", label: text("慈善帮扶", "Charity"), form: "kind", period: "once", department: "charity", decideDays: 10 },
];

const tiers: readonly AidTier[] = [
  { key: "emergency", label: text("紧急：先行救助", "Urgent: help first"), degreeAtLeast: 1, urgencyAtLeast: 3, owed: ["temporary-relief"], withinDays: 3 },
  { key: "illness", label: text("因病重度困难", "Severe, by illness"), degreeAtLeast: 3, urgencyAtLeast: 1, causes: ["illness", "disability"], owed: ["medical-aid", "temporary-relief"], withinDays: 20 },
  { key: "schooling", label: text("因学困难", "By schooling"), degreeAtLeast: 2, urgencyAtLeast: 1, causes: ["schooling"], owed: ["education-aid"], withinDays: 20 },
  { key: "disaster", label: text("因灾困难", "By disaster"), degreeAtLeast: 1, urgencyAtLeast: 2, causes: ["disaster"], owed: ["disaster-relief"], withinDays: 5 },
  { key: "severe", label: text("重度困难", "Severe"), degreeAtLeast: 3, urgencyAtLeast: 1, owed: ["winter-goods"], withinDays: 30 },
  { key: "ordinary", label: text("一般困难", "Ordinary"), degreeAtLeast: 1, urgencyAtLeast: 1, owed: [], withinDays: 30 },
];

const rules: readonly ShippedRule[] = [
  { key: "W1", label: text("医疗支出骤增：当月自付达到本地标准", "Medical: the month's own part reaches the local line"), level: "red", definition: { kind: "threshold", measure: "medical-cost", line: { standard: "medical-month-line" } }, days: 5, source: "民办函〔2024〕31号（指标）；标准由本地设定" },
  { key: "W2", label: text("失业登记或社会保险中断", "Unemployment, or insurance stopped"), level: "yellow", definition: { kind: "life-event", events: ["unemployment", "insurance-stopped"] }, days: 10, source: "民办函〔2024〕31号" },
  { key: "W3", label: text("新发残疾人证或残疾等级加重", "New disability certificate, or grade raised"), level: "yellow", definition: { kind: "life-event", events: ["disability-certificate", "disability-raised"] }, days: 10, source: "民办函〔2024〕31号" },
  { key: "W4", label: text("刚性支出：教育和医疗支出超过收入的50%", "Schooling and medical care above half of the income"), level: "red", definition: { kind: "share", measures: ["medical-cost", "education-cost"], percent: 50 }, days: 5, source: "县级系统；民办函〔2024〕31号" },
  { key: "W5", label: text("退出低保、特困不满两年而收入下降", "Left the allowance within two years, and income falls"), level: "yellow", definition: { kind: "fall-after-leaving", months: 24, line: { standard: "allowance-line" } }, days: 10, source: "民办函〔2024〕31号" },
  { key: "W6", label: text("家庭成员死亡、服刑或失踪", "A member died, is in prison or missing"), level: "info", definition: { kind: "life-event", events: ["death", "prison", "missing"] }, days: 15, source: "人员状态代码 02、03、05" },
  { key: "W7", label: text("意外事故或灾害", "Accident or disaster"), level: "red", definition: { kind: "life-event", events: ["accident", "disaster"] }, days: 3, source: "试点方案 登记对象（11）" },
  { key: "W8", label: text("两类以上困难而无任何救助", "Two hardships or more, helped nowhere"), level: "yellow", definition: { kind: "helped-nowhere", hardships: 2, months: 12 }, days: 10, source: "试点方案：避免遗漏救助" },
  { key: "W9", label: text("同一项目同一期间重复救助", "Paid twice for one item and period"), level: "red", definition: { kind: "paid-twice" }, days: 5, source: "试点方案：避免重复救助" },
  { key: "W10", label: text("财产超过标准", "Property above the standard"), level: "info", definition: { kind: "life-event", events: ["property"], assets: { standard: "property-line" } }, days: 15, source: "核对数据项 a03 超标类型" },
  { key: "W11", label: text("成员年满18周岁、22周岁", "A member turns 18 or 22"), level: "info", definition: { kind: "age", ages: [18, 22] }, days: 30, source: "重构：救助资格随年龄变化" },
  // The age alarms of the veterans' system (03 年满60周岁退役老兵, 04 年满55周岁退役老兵); whoever stands in both registers is known by the number.
  { key: "W12", label: text("登记为退役老兵的成员年满55周岁、60周岁", "A member registered as a veteran turns 55 or 60"), level: "info", definition: { kind: "age", ages: [55, 60], registered: { scheme: "veterans", categories: ["retired_soldier", "retired_cadre_nco", "transferred_cadre", "demobilised", "disabled_soldier"], as: text("退役老兵", "a veteran") } }, days: 30, source: "优抚信息系统年龄提醒 03、04" },
];

/** A household that names several categories applies for each of their items; one that names none of them for the allowance, whose check looks at all it has (一门受理). */
const declared: DeclaredAid = {
  byCategory: { minimum_living: ["allowance"], extreme_poverty: ["extreme-poverty"], medical: ["medical-aid"], education: ["education-aid"], housing: ["housing-repair"], employment: ["job-help"], accident: ["temporary-relief"] },
  otherwise: "allowance",
};

export const lowIncomeAid: AidPlan = { scheme: "low-income", household: lowIncomeFacts, items, tiers, rules, declared, checkedOn: 10 };
