// Code sets of education and employment (R13–R21).
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet, Option } from "../../../src/scheme/define.ts";

const attainment = codeSet("education-seven", "受教育程度", "Level of education", [
  option("1", "未上学", "No schooling", { alsoWritten: ["从未上过学", "文盲"] }),
  option("2", "小学", "Primary school"),
  option("3", "初中", "Junior middle school"),
  option("4", "高中(中专)", "Senior middle or vocational school", { alsoWritten: ["高中", "中专", "中职"] }),
  option("5", "大专", "Junior college", { alsoWritten: ["大学专科"] }),
  option("6", "本科", "Bachelor", { alsoWritten: ["大学本科"] }),
  option("7", "研究生", "Postgraduate", { alsoWritten: ["研究生及以上", "硕士", "博士"] }),
]);

/** The app counts on through both kinds: 1–6 ordinary, 7–12 special; here kind and level are two answers. */
const schoolKind = codeSet("school-kind", "就读机构", "Kind of school", [
  option("1", "普通教育机构", "Ordinary school", { alsoWritten: ["普通学校"] }),
  option("2", "特殊教育机构", "Special-education school", { alsoWritten: ["特殊教育学校", "特教学校"] }),
]);

const schoolLevel = codeSet("school-level", "就读阶段", "Stage of schooling", [
  option("1", "学前教育", "Pre-school", { alsoWritten: ["学前", "幼儿园"] }),
  option("2", "小学", "Primary school"),
  option("3", "初中", "Junior middle school"),
  option("4", "高中(中职)", "Senior middle or vocational school", { alsoWritten: ["高中", "中职", "中专"] }),
  option("5", "大专", "Junior college"),
  option("6", "本科及以上", "Bachelor or higher", { alsoWritten: ["本科以上", "本科"] }),
]);

const notEnrolled = codeSet(
  "not-enrolled-reason",
  "未入学主要原因",
  "Main reason for not being at school",
  options([
    ["1", "家庭经济困难", "The family cannot afford it"],
    ["2", "当地没有特殊教育学校(班)", "No special school or class nearby"],
    ["3", "身体原因不能上学", "Unable to attend for reasons of health"],
    ["4", "家长意愿", "The parents' wish"],
    ["5", "其他", "Other"],
  ]),
);

const employed = codeSet("employed", "是否就业", "In work", [
  option("1", "就业", "In work", { alsoWritten: ["是", "已就业"] }),
  option("2", "未就业", "Not in work", { alsoWritten: ["否", "无业", "失业"] }),
]);

const jobForm = codeSet("job-form", "就业形式", "Form of employment", [
  option("1", "按比例就业", "Quota employment", { needsSub: true }),
  option("11", "党政机关", "Party or government organ", { parent: "1" }),
  option("12", "事业单位", "Public institution", { parent: "1" }),
  option("13", "国有企业", "State-owned enterprise", { parent: "1" }),
  option("14", "其他企业", "Other enterprise", { parent: "1", alsoWritten: ["民营企业", "私营企业"] }),
  option("15", "社会组织及其他", "Social organisation or other", { parent: "1" }),
  option("2", "集中就业", "Concentrated employment", { alsoWritten: ["福利企业"] }),
  option("3", "个体就业(含自主创业)", "Self-employed or own business", { alsoWritten: ["个体就业", "自主创业"] }),
  option("4", "公益性岗位", "Public-welfare post", { alsoWritten: ["公益性岗位就业"] }),
  option("5", "辅助性就业", "Supported employment"),
  option("6", "农村种养加", "Farming, breeding or processing in the country", { alsoWritten: ["从事农业生产劳动"] }),
  option("7", "灵活就业", "Flexible employment"),
]);

const livingSource = codeSet("living-source", "未就业主要生活来源", "Main means of living without work", [
  option("1", "退休金(养老金)", "Pension", { alsoWritten: ["退休金", "养老金", "离退休金"] }),
  option("2", "财产性收入", "Income from property"),
  option("3", "社会救助与社会福利", "Social assistance and welfare"),
  option("4", "家庭成员供养", "Supported by the family", { alsoWritten: ["家庭供养"] }),
  option("5", "其他", "Other"),
]);

/** Numbered as in the app. The provincial table numbers 3 丧失劳动能力, 4 无就业意愿, 5 无就业技能: map its data by wording. */
const unemployedReason = codeSet("unemployed-reason", "未就业主要原因", "Main reason for not being in work", [
  option("1", "在校学习", "At school"),
  option("2", "退休", "Retired", { alsoWritten: ["离退休"] }),
  option("3", "无就业意愿", "Does not wish to work"),
  option("4", "无就业技能", "Has no skills for work"),
  option("5", "丧失劳动能力", "Unable to work"),
  option("6", "农用土地被征用", "Farm land was taken"),
  option("7", "其他", "Other"),
]);

const help: readonly Option[] = [
  option("1", "职业技能培训", "Vocational training", { needsSub: true }),
  option("11", "种植养殖技能", "Farming and breeding", { parent: "1" }),
  option("12", "手工艺技能", "Handicraft", { parent: "1" }),
  option("13", "计算机与电子商务", "Computers and e-commerce", { parent: "1" }),
  option("14", "按摩等服务技能", "Massage and other services", { parent: "1", alsoWritten: ["盲人按摩"] }),
  option("15", "其他技能", "Other skills", { parent: "1" }),
  option("2", "职业介绍", "Finding a job"),
  option("3", "农村实用技术培训", "Training in practical farm techniques", { alsoWritten: ["实用技术培训"] }),
  option("4", "资金信贷扶持", "Money and credit", { alsoWritten: ["资金扶持", "信贷扶持"] }),
  option("5", "其他帮扶", "Other help", { needsSub: true }),
  option("51", "扶贫基地带动", "Through a poverty-relief base", { parent: "5" }),
  option("52", "社会保险补贴", "Subsidy of social insurance", { parent: "5" }),
  option("53", "场地、设备扶持", "Premises and equipment", { parent: "5" }),
  option("54", "其他", "Other", { parent: "5" }),
  option("6", "无", "None", { exclusive: true }),
];

/** Code sets of R13–R15. */
export const educationCodes: readonly CodeSet[] = [attainment, schoolKind, schoolLevel, notEnrolled];
/** Code sets of R16–R21. */
export const employmentCodes: readonly CodeSet[] = [
  employed,
  jobForm,
  livingSource,
  unemployedReason,
  codeSet("work-help", "就业扶贫帮扶", "Help with work and against poverty", help),
];
