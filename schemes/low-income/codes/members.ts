// Code sets of the member form: papers, health, labour, work, schooling, state of the person.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";
import { employers } from "../../codes/employer-kind.ts";

const idKind = codeSet("id-kind", "证件种类", "Kind of identity paper", [
  option("1", "居民身份证", "Resident identity card", { alsoWritten: ["身份证"] }),
  option("2", "户口簿(未领身份证)", "Household register (no card yet)", { alsoWritten: ["户口簿"] }),
  option("3", "港澳台居民居住证", "Residence permit of Hong Kong, Macao or Taiwan residents"),
  option("4", "外国人永久居留身份证", "Foreign permanent resident card"),
  option("5", "护照", "Passport"),
  option("9", "无证件", "No paper"),
]);

const nationality = codeSet("nationality", "国籍", "Nationality", [
  option("156", "中国", "China", { alsoWritten: ["中华人民共和国", "CHN"] }),
  option("other", "外国", "Foreign"),
  option("none", "无国籍", "Stateless"),
]);

const familyHealth = codeSet("family-health", "健康状况(贫困户口径)", "Health, as poverty forms ask it", [
  option("healthy", "健康", "Healthy", { exclusive: true }),
  option("chronic", "长期慢性病", "Long chronic illness", { alsoWritten: ["慢性病"] }),
  option("major", "患有大病", "Major illness", { alsoWritten: ["大病", "重病"] }),
  option("disabled", "残疾", "Disabled"),
]);

const labour = codeSet("labour", "劳动能力", "Ability to work", [
  option("01", "有劳动能力", "Able", { alsoWritten: ["有", "普通劳动力", "技能劳动力"] }),
  option("02", "部分丧失劳动能力", "Partly lost", { alsoWritten: ["部分丧失"] }),
  option("03", "完全丧失劳动能力", "Wholly lost", { alsoWritten: ["完全丧失", "丧失劳动力"] }),
  option("04", "无劳动能力", "None (age)", { alsoWritten: ["无劳动力"] }),
]);

const selfCare = codeSet("self-care", "生活自理能力", "Self-care", options([
  ["01", "有自理能力", "Able"],
  ["02", "部分自理能力", "Partly able"],
  ["03", "无自理能力", "Not able"],
]));

const majorDisease = codeSet("major-disease", "重病病种", "Major disease", options([
  ["01", "急性白血病(再障)", "Acute leukaemia or aplastic anaemia"],
  ["02", "恶性肿瘤", "Malignant tumour"],
  ["03", "严重传染性肝炎", "Severe infectious hepatitis"],
  ["04", "系统性红斑狼疮晚期", "Late systemic lupus erythematosus"],
  ["05", "孕产妇高危重症", "Critical illness in pregnancy or childbirth"],
  ["06", "严重精神病", "Severe mental illness"],
  ["07", "急性传染性肺结核等", "Acute infectious tuberculosis and the like"],
  ["08", "严重心脑血管疾病/中风", "Severe cardiovascular or cerebrovascular disease, stroke"],
  ["09", "慢性肾衰竭", "Chronic kidney failure"],
  ["10", "急性心律衰竭/心梗/风心病", "Acute heart failure, infarction, rheumatic heart disease"],
  ["11", "克罗恩病", "Crohn's disease"],
]));

const employerKind = codeSet("employer-kind", "单位性质", "Kind of employer", [...employers, ...options([
  ["individual", "个体工商户", "Individual business"],
  ["public_welfare_post", "公益性岗位", "Public-welfare post"],
  ["cooperative", "农民专业合作社", "Farmers' cooperative"],
  ["other", "其他", "Other"],
])]);

const educationState = codeSet("education-state", "就学状态", "State of schooling", options([
  ["01", "毕业", "Graduated"],
  ["02", "在读", "Enrolled"],
  ["03", "肄业", "Left early"],
  ["04", "休学", "On leave"],
  ["05", "结业", "Completed"],
  ["99", "其他", "Other"],
]));

const personState = codeSet("person-state", "人员状态", "State of the person", options([
  ["01", "正常", "Normal"],
  ["02", "失踪", "Missing"],
  ["03", "死亡", "Dead"],
  ["04", "嫁娶", "Married out"],
  ["05", "狱中服刑", "In prison"],
  ["06", "分户迁出", "Split off or moved out"],
  ["99", "其他", "Other"],
]));

const specialGroup = codeSet("special-group", "分类救助对象", "Group for graded assistance", options([
  ["1", "长期卧床病人", "Long bedridden"],
  ["2", "多胞胎未成年子女", "Minor child of a multiple birth"],
  ["3", "重度残疾人", "Severely disabled"],
  ["4", "重病患者", "Severely ill"],
  ["5", "老年人(70周岁以上)", "Aged 70 or over"],
  ["6", "未成年人", "Minor"],
  ["7", "单亲家庭子女", "Child of a single parent"],
  ["9", "其他", "Other"],
]));

/** Code sets of the member form. */
export const memberCodes: readonly CodeSet[] = [
  idKind,
  nationality,
  familyHealth,
  labour,
  selfCare,
  majorDisease,
  employerKind,
  educationState,
  personState,
  specialGroup,
];
