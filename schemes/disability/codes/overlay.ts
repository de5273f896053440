// Code sets of the provincial extra items. Where the source names only the item, the labels are editable defaults.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const none = option("9", "无", "None", { exclusive: true });

export const feature = codeSet(
  "disability-feature",
  "残疾特征",
  "Feature of the disability",
  options([
    ["1", "盲", "Blind"],
    ["2", "低视力", "Low vision"],
    ["3", "聋", "Deaf"],
    ["4", "言语障碍", "Speech impaired"],
    ["5", "瘫痪", "Paralysed"],
    ["6", "截肢或缺肢", "Amputated or missing limb"],
    ["7", "智力低下", "Intellectually impaired"],
    ["8", "精神障碍", "Mentally ill"],
    ["9", "其他", "Other"],
  ]),
);

export const housingNeed = codeSet("housing-need", "住房需求", "Need of housing", [
  ...options([
    ["1", "公租房", "Public rental housing"],
    ["2", "租赁补贴", "Rent subsidy"],
    ["3", "危房改造", "Rebuilding of a dilapidated house"],
    ["4", "其他", "Other"],
  ]),
  none,
]);

export const educationNeed = codeSet("education-need", "教育需求", "Need of education", [
  ...options([
    ["1", "学前教育", "Pre-school"],
    ["2", "送教上门", "Teaching at home"],
    ["3", "随班就读", "A place in an ordinary class"],
    ["4", "特殊教育学校", "A special-education school"],
    ["5", "助学资助", "A grant"],
    ["6", "其他", "Other"],
  ]),
  none,
]);

/** `9` is 汽车驾驶员 in the app; the others are editable defaults. */
export const vocation = codeSet(
  "vocational-certificate",
  "职业资格证书种类",
  "Kind of vocational certificate",
  options([
    ["1", "盲人医疗按摩", "Medical massage"],
    ["2", "保健按摩", "Massage for health"],
    ["3", "计算机操作", "Computer operation"],
    ["4", "电子商务", "E-commerce"],
    ["5", "缝纫", "Sewing"],
    ["6", "烹饪", "Cooking"],
    ["7", "美容美发", "Hair and beauty"],
    ["8", "家电维修", "Repair of appliances"],
    ["9", "汽车驾驶员", "Driver"],
    ["10", "其他", "Other"],
  ]),
);

export const securityNeed = codeSet("security-need", "社会保障需求", "Need of social security", [
  ...options([
    ["1", "养老保险补贴", "Subsidy of old-age insurance"],
    ["2", "医疗保险补贴", "Subsidy of medical insurance"],
    ["3", "最低生活保障", "Minimum living allowance"],
    ["4", "临时救助", "Temporary assistance"],
    ["5", "其他", "Other"],
  ]),
  none,
]);

export const legal = codeSet("legal-service", "法律服务", "Legal services", [
  ...options([
    ["1", "法律咨询", "Advice"],
    ["2", "法律援助", "Legal aid"],
    ["3", "司法救助", "Judicial relief"],
    ["4", "其他", "Other"],
  ]),
  none,
]);

export const talent = codeSet("talent", "文体特长", "Talents in culture and sport", [
  ...options([
    ["1", "文艺", "Performing arts"],
    ["2", "书画", "Calligraphy and painting"],
    ["3", "手工艺品制作", "Handicraft"],
    ["4", "体育", "Sport"],
    ["5", "其他", "Other"],
  ]),
  none,
]);

export const cultureNeed = codeSet("culture-need", "文体需求", "Need of culture and sport", [
  ...options([
    ["1", "文化活动", "Cultural activities"],
    ["2", "体育健身", "Sport and fitness"],
    ["3", "场地和器材", "Places and equipment"],
    ["4", "指导培训", "Instruction"],
  ]),
  none,
]);

/** Code sets that the items G1–G20 bring; ethnic groups and political status come from the standards. */
export const provincialCodes: readonly CodeSet[] = [feature, housingNeed, educationNeed, vocation, securityNeed, legal, talent, cultureNeed];

const cause = codeSet(
  "disability-cause",
  "致残原因",
  "Cause of the disability",
  options([
    ["1", "先天或遗传", "Congenital or hereditary"],
    ["2", "疾病", "Illness"],
    ["3", "意外伤害", "Accident"],
    ["4", "药物中毒", "Poisoning by medicine"],
    ["5", "工伤", "Injury at work"],
    ["6", "交通事故", "Traffic accident"],
    ["7", "其他", "Other"],
    ["8", "原因不明", "Unknown"],
  ]),
);

const selfCare = codeSet(
  "self-care",
  "生活自理",
  "Self-care",
  options([
    ["1", "完全自理", "Cares for himself or herself"],
    ["2", "部分自理", "Needs some help"],
    ["3", "不能自理", "Depends on others"],
  ]),
);

const need = (key: string, zh: string, en: string, rows: readonly (readonly [string, string, string])[]): CodeSet => codeSet(key, zh, en, [...options(rows), none]);

const employmentNeed = need("employment-need", "就业需求", "Need of employment", [
  ["1", "推荐岗位", "A post"],
  ["2", "自主创业扶持", "Help with an own business"],
  ["3", "公益性岗位", "A public-welfare post"],
  ["4", "其他", "Other"],
]);
const trainingNeed = need("training-need", "培训需求", "Need of training", [
  ["1", "职业技能培训", "Vocational training"],
  ["2", "农村实用技术培训", "Practical farm techniques"],
  ["3", "其他", "Other"],
]);
const sportNeed = need("sport-need", "体育需求", "Need of sport", [
  ["1", "康复体育", "Sport for rehabilitation"],
  ["2", "健身体育", "Sport for fitness"],
  ["3", "竞技体育", "Competitive sport"],
]);

const aidState = codeSet(
  "education-aid-state",
  "教育资助落实状态",
  "State of the education aid",
  options([
    ["1", "已落实", "Paid"],
    ["2", "未落实", "Not paid"],
    ["3", "不需要", "Not needed"],
  ]),
);

/** Code sets of the second overlay; its need of education has a key of its own, so that both overlays can be applied together. */
export const needCodes: readonly CodeSet[] = [cause, selfCare, { ...educationNeed, key: "learning-need" }, employmentNeed, trainingNeed, sportNeed, aidState];
