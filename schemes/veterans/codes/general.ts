// Code sets of the general form: how a person was captured, honours, living conditions, difficulties and demands.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";
import { employers } from "../../codes/employer-kind.ts";

const captureMode = codeSet("capture-mode", "采集方式", "Way of capture", [
  option("1", "集中采集点现场采集", "At a collection point", { alsoWritten: ["现场"] }),
  option("2", "上门采集", "At home", { alsoWritten: ["上门"] }),
  option("3", "单位采集点", "At the employer's collection point"),
  option("4", "自主申报", "Self-declared"),
  option("5", "线下表补录", "Keyed from a paper form"),
]);

const evidenceKind = codeSet("evidence-kind", "证件情况", "Evidence", [
  option("1", "退役证件(证书)", "Certificate", { alsoWritten: ["退役证件"] }),
  option("2", "证明材料", "Other proof", { alsoWritten: ["退役证明材料"] }),
]);

const serviceIdentity = codeSet("service-identity", "服役期间身份", "Standing during service", [
  option("1", "军官", "Officer"),
  option("2", "士官(军士)", "Non-commissioned officer", { alsoWritten: ["士官", "军士", "志愿兵"] }),
  option("3", "义务兵", "Conscript"),
  option("4", "文职干部", "Civilian cadre"),
]);

const honours = codeSet("honours", "立功受奖情况", "Honours and merits", [
  option("august_first_medal", "八一勋章", "August 1 Medal"),
  option("honorary_title", "大军区以上单位荣誉称号", "Honorary title by a command or above", { alsoWritten: ["大军区以上荣誉称号"] }),
  option("merit_1", "一等功", "Merit, first class"),
  option("merit_2", "二等功", "Merit, second class"),
  option("merit_3", "三等功", "Merit, third class"),
  option("nco_talent_award", "全军士官优秀人才奖", "Outstanding NCO award"),
  option("none", "无", "None", { exclusive: true }),
]);

const employmentStatus = codeSet("employment-status", "现就业状态", "Present employment", [
  option("government_institution", "行政事业单位", "Government or public institution"),
  option("enterprise", "企业", "Enterprise"),
  option("public_welfare_post", "公益性岗位", "Public-welfare post"),
  option("self_employed", "个体", "Self-employed", { alsoWritten: ["创业", "个体经营"] }),
  option("unemployed", "无业", "Without work", { alsoWritten: ["失业"] }),
  option("laid_off", "下岗", "Laid off"),
  option("retired", "离退休", "Retired", { alsoWritten: ["退休", "离休"] }),
  option("farming", "务农", "Farming"),
  option("freelance", "自由职业", "Freelance"),
  option("state_supported", "国家供养人员", "Supported by the state"),
  option("student", "学生", "Student"),
  option("other", "其他", "Other"),
]);

const employerType = codeSet("employer-type", "单位性质", "Kind of employer", [
  ...employers,
  ...options([
    ["public_welfare_post", "公益性岗位", "Public-welfare post"],
    ["freelance", "自由职业", "Freelance"],
    ["business_founder", "创业", "Own business"],
  ]),
]);

const medicalInsurance = codeSet("medical-insurance", "医疗保险", "Medical insurance", [
  option("1", "城乡居民基本医疗保险", "Residents' basic medical insurance", {
    alsoWritten: ["居民医保", "基本医疗保险", "新型农村合作医疗", "新农合", "城镇居民医疗保险"],
  }),
  option("2", "职工基本医疗保险", "Employees' basic medical insurance", { alsoWritten: ["职工医保"] }),
  option("3", "公费医疗", "Medical care at public expense"),
  option("4", "无", "None", { exclusive: true }),
]);

const pensionInsurance = codeSet("pension-insurance", "养老保险", "Old-age insurance", [
  option("1", "城乡居民社会养老保险", "Residents' old-age insurance", {
    alsoWritten: ["居民养老", "城乡居民基本养老保险", "城镇居民养老保险", "新型农村养老保险", "新农保"],
  }),
  option("2", "职工基本养老保险", "Employees' old-age insurance", { alsoWritten: ["职工养老", "职工养老保险", "城镇职工基本养老保险"] }),
  option("3", "离退休金", "Retirement pay"),
  option("4", "无", "None", { exclusive: true }),
]);

const statePension = codeSet("state-pension", "享受国家抚恤补助金情况", "State pensions and subsidies received", [
  option("disabled_soldier", "残疾军人", "Disabled soldier's pension"),
  option("rural_demobilised", "在乡复员军人", "Demobilised soldier living in the country"),
  option("illness_returned", "带病回乡退役军人", "Veteran who returned with illness", { alsoWritten: ["带病回乡"] }),
  option("war_participant", "参战退役人员", "Veteran of war", { alsoWritten: ["参战退役"] }),
  option("nuclear_test", "参试退役人员", "Veteran of nuclear tests", { alsoWritten: ["参试退役"] }),
  option("rural_60", "60周岁以上农村籍退役士兵", "Rural veteran soldier aged 60 or over"),
  option("bereaved_regular", "三属定期抚恤", "Regular pension of bereaved families"),
  option("martyr_child", "部分烈士(错杀后被平反人员)子女", "Certain martyrs' children", { alsoWritten: ["部分烈士子女"] }),
  option("red_army", "红军老战士(含西路军、失散人员)", "Red Army veteran", { alsoWritten: ["红军"] }),
  option("none", "无", "None", { exclusive: true }),
]);

const disabledSubsidy = codeSet("disabled-subsidy", "享受残疾人两项补贴", "Two subsidies for disabled persons", [
  option("living", "困难残疾人生活补贴", "Living subsidy for disabled persons in hardship"),
  option("nursing", "重度残疾人护理补贴", "Nursing subsidy for severely disabled persons"),
  option("none", "无", "None", { exclusive: true }),
]);

const housing = codeSet("housing", "住房状况", "Housing", [
  option("1", "无", "None", { exclusive: true, alsoWritten: ["无住房", "无房"] }),
  option("2", "自建房", "Self-built house"),
  option("3", "公有住房", "Publicly owned flat"),
  option("4", "经济适用房", "Affordable housing"),
  option("5", "公租房", "Public rental housing"),
  option("6", "廉租房", "Low-rent housing"),
  option("7", "商品房", "Commercial flat"),
  option("8", "还建房", "Resettlement housing"),
  option("9", "其它", "Other", { alsoWritten: ["其他"] }),
]);

const socialAssistance = codeSet("social-assistance", "社会救助状况", "Social assistance", [
  option("1", "低保", "Minimum living allowance", { alsoWritten: ["最低生活保障", "城市低保", "农村低保", "城乡低保"] }),
  option("2", "五保(特困供养)", "Support for the extremely poor", { alsoWritten: ["五保", "特困", "特困供养", "特困人员救助供养"] }),
  option("3", "建档立卡贫困户", "Registered poor household", { alsoWritten: ["建档立卡"] }),
  option("4", "无", "None"),
]);

const difficulties = codeSet("difficulties", "主要困难", "Main difficulties", [
  ...options([
    ["3", "就业", "Employment"],
    ["4", "生活", "Livelihood"],
    ["5", "住房", "Housing"],
    ["6", "医疗", "Medical care"],
    ["7", "养老", "Old age"],
    ["8", "教育", "Education"],
    ["9", "其它", "Other"],
    ["transport", "交通", "Transport"],
    ["culture", "文化", "Culture"],
  ]),
]);

const demands = codeSet(
  "demands",
  "主要诉求",
  "Main demands",
  options([
    ["1", "提高待遇问题", "Better benefits"],
    ["2", "确认身份问题", "Confirmation of status"],
    ["3", "安排工作问题", "Placement in work"],
    ["4", "解决三难问题", "Hardship in living, housing or medical care"],
    ["5", "解决社保问题", "Social insurance"],
    ["6", "其它", "Other"],
  ]),
);

const demandClass = codeSet(
  "demand-class",
  "诉求分类",
  "Class of demand",
  options([
    ["placement", "退役安置类", "Placement after service"],
    ["benefits", "优待抚恤类", "Preferential treatment and pensions"],
    ["work", "创业就业类", "Work and business"],
    ["commemoration", "褒扬纪念类", "Honour and commemoration"],
    ["retired_cadres", "军休服务类", "Service for retired cadres"],
    ["help", "帮扶援助类", "Help and relief"],
    ["party", "党员管理类", "Party membership"],
    ["advice", "咨询建议", "Questions and suggestions"],
    ["other", "其他", "Other"],
  ]),
);

const changeType = codeSet(
  "change-type",
  "变动种类",
  "Kind of change",
  options([
    ["moved_out", "户籍迁出", "Registration moved out"],
    ["moved_in", "户籍迁入", "Registration moved in"],
    ["died", "死亡", "Died"],
    ["died_cancelled", "死亡登记撤销", "Death record withdrawn"],
    ["other", "其他", "Other"],
  ]),
);

/** Code sets of the general form. */
export const generalCodes: readonly CodeSet[] = [
  captureMode,
  evidenceKind,
  serviceIdentity,
  honours,
  employmentStatus,
  employerType,
  medicalInsurance,
  pensionInsurance,
  statePension,
  disabledSubsidy,
  housing,
  socialAssistance,
  difficulties,
  demands,
  demandClass,
  changeType,
];
