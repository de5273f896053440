// Code sets of the shared service block: classes, merits, wars, posts, certificates (ranks: ranks.ts).
import { codeSet, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";
import { rank } from "./ranks.ts";

const enlistHukou = codeSet(
  "enlist-hukou",
  "入伍时户籍",
  "Registration at enlistment",
  options([
    ["urban", "城镇", "Urban"],
    ["rural", "农村", "Rural"],
  ]),
);

const rankClass = codeSet(
  "rank-class",
  "军人类别",
  "Class of soldier",
  options([
    ["officer", "军官", "Officer"],
    ["civilian_cadre", "文职干部", "Civilian cadre"],
    ["senior_nco", "高级士官", "Senior NCO"],
    ["middle_nco", "中级士官", "Intermediate NCO"],
    ["junior_nco", "初级士官", "Junior NCO"],
    ["conscript", "义务兵", "Conscript"],
    ["volunteer", "志愿兵", "Volunteer (before 1999)"],
  ]),
);

const specialRegion = codeSet(
  "special-region",
  "艰苦边远地区服役",
  "Service in hard or remote regions",
  options([
    ["frontier", "在边防工作", "Frontier"],
    ["island", "在海岛工作", "Island"],
    ["high_cold", "在高寒地区工作", "High and cold region"],
    ["desert", "在沙漠地区工作", "Desert"],
    ["flying", "飞行工作", "Flying"],
    ["vessel", "舰艇工作", "Vessel"],
  ]),
);

const specialPost = codeSet(
  "special-post",
  "特殊岗位",
  "Special post",
  options([
    ["flying", "飞行", "Flying"],
    ["vessel", "舰艇", "Vessel"],
    ["nuclear", "涉核", "Nuclear"],
    ["other", "其他", "Other"],
  ]),
);

const war = codeSet(
  "war",
  "参战类别",
  "Wars and actions",
  options([
    ["01", "解放一江山岛作战", "Yijiangshan Islands"],
    ["02", "川甘青滇藏平叛作战", "Suppression in Sichuan, Gansu, Qinghai, Yunnan and Tibet"],
    ["03", "炮击金门作战", "Shelling of Kinmen"],
    ["04", "中缅边境勘界警卫作战", "China–Burma border demarcation"],
    ["05", "中印边境自卫反击作战", "China–India border"],
    ["06", "八六海战", "Sea battle of 6 August"],
    ["07", "崇武以东海战", "Sea battle east of Chongwu"],
    ["08", "援越抗美作战", "Aid to Vietnam"],
    ["09", "援老抗美作战", "Aid to Laos"],
    ["10", "珍宝岛自卫反击作战", "Zhenbao Island"],
    ["11", "西沙自卫反击作战", "Xisha"],
    ["12", "中越边境自卫还击作战", "China–Vietnam border"],
    ["13", "老山、者阴山地区对越防御作战", "Laoshan and Zheyinshan"],
    ["14", "南沙自卫反击作战", "Nansha"],
    ["15", "其他经军委、总部认定的作战", "Other, as determined by the military authorities"],
    ["16", "其他", "Other"],
  ]),
);

const nuclearTest = codeSet(
  "nuclear-test",
  "参试(涉核)类别",
  "Nuclear tests",
  options([
    ["1", "原8023部队退役人员", "Veteran of the former unit 8023"],
    ["2", "其他参加核试验军队退役人员", "Other veteran of nuclear tests"],
    ["3", "铀矿开采军队退役人员", "Veteran of uranium mining"],
  ]),
);

const awardKind = codeSet(
  "award-kind",
  "立功受奖种类",
  "Kind of award",
  options([
    ["august_first_medal", "八一勋章", "August 1 Medal"],
    ["cmc_title", "中央军委授予荣誉称号", "Honorary title by the Central Military Commission"],
    ["national_title", "国家级荣誉称号", "National honorary title"],
    ["command_title", "大单位授予荣誉称号", "Honorary title by a command"],
    ["provincial_title", "省部级荣誉称号", "Provincial or ministerial honorary title"],
    ["merit_1", "一等功", "Merit, first class"],
    ["merit_2", "二等功", "Merit, second class"],
    ["merit_3", "三等功", "Merit, third class"],
    ["nco_talent_award", "全军士官优秀人才奖", "Outstanding NCO award"],
    ["advanced_worker", "先进工作者", "Advanced worker"],
    ["commendation", "嘉奖", "Commendation"],
    ["corps_title", "军级单位授予的荣誉称号", "Honorary title by a corps-level unit"],
    ["combat_hero", "军以上单位授予的战斗英雄", "Combat hero"],
    ["national_labour_hero", "全国劳动英雄", "National labour hero"],
    ["national_model_worker", "全国劳动模范", "National model worker"],
    ["national_advanced_worker", "全国先进工作者", "National advanced worker"],
    ["provincial_model_worker", "省级劳动模范", "Provincial model worker"],
    ["provincial_advanced_worker", "省级先进工作者", "Provincial advanced worker"],
  ]),
);

const certificateType = codeSet(
  "certificate-type",
  "退役证件类型",
  "Kind of discharge certificate",
  options([
    ["discharge", "退役证", "Discharge certificate (退役证)"],
    ["transfer", "转业证", "Transfer certificate"],
    ["retirement", "离退休证", "Retirement certificate"],
    ["demobilisation", "复员证", "Demobilisation certificate"],
    ["soldier_discharge", "退伍证", "Soldier's discharge certificate (退伍证)"],
  ]),
);

/** Code sets of the service block. */
export const serviceCodes: readonly CodeSet[] = [
  enlistHukou,
  rankClass,
  rank,
  specialRegion,
  specialPost,
  war,
  nuclearTest,
  awardKind,
  certificateType,
];
