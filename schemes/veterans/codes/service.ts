// Code sets of the shared service block: classes and ranks by period, merits, wars, posts, certificates.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

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

/** Ranks; the prefix of a code is the class (or family of classes) it belongs to. */
const rank = codeSet("rank", "军衔(级别)", "Rank", [
  ...options([
    ["officer_general", "上将", "General"],
    ["officer_lieutenant_general", "中将", "Lieutenant general"],
    ["officer_major_general", "少将", "Major general"],
    ["officer_senior_colonel", "大校", "Senior colonel"],
    ["officer_colonel", "上校", "Colonel"],
    ["officer_lieutenant_colonel", "中校", "Lieutenant colonel"],
    ["officer_major", "少校", "Major"],
    ["officer_captain", "上尉", "Captain"],
    ["officer_first_lieutenant", "中尉", "First lieutenant"],
    ["officer_second_lieutenant", "少尉", "Second lieutenant"],
    ["officer_none", "未授衔军官", "Officer without rank"],
    ["civilian_special", "文职特级", "Civilian cadre, special grade"],
    ["civilian_1", "文职一级", "Civilian cadre, grade 1"],
    ["civilian_2", "文职二级", "Civilian cadre, grade 2"],
    ["civilian_3", "文职三级", "Civilian cadre, grade 3"],
    ["civilian_4", "文职四级", "Civilian cadre, grade 4"],
    ["civilian_5", "文职五级", "Civilian cadre, grade 5"],
    ["civilian_6", "文职六级", "Civilian cadre, grade 6"],
    ["civilian_7", "文职七级", "Civilian cadre, grade 7"],
    ["civilian_8", "文职八级", "Civilian cadre, grade 8"],
    ["civilian_9", "文职九级", "Civilian cadre, grade 9"],
  ]),
  option("nco_master_1", "一级军士长", "Master sergeant class 1 (2009–)"),
  option("nco_master_2", "二级军士长", "Master sergeant class 2 (2009–)"),
  option("nco_master_3", "三级军士长", "Master sergeant class 3 (2009–)"),
  option("nco_master_4", "四级军士长", "Master sergeant class 4 (2009–2022)"),
  option("nco_staff_1", "一级上士", "Staff sergeant class 1 (2022–)"),
  option("nco_staff_2", "二级上士", "Staff sergeant class 2 (2022–)"),
  option("nco_staff", "上士", "Staff sergeant (2009–2022)"),
  option("nco_sergeant", "中士", "Sergeant (2009–)"),
  option("nco_corporal", "下士", "Corporal (2009–)"),
  ...options([
    ["nco_old_1", "一级士官", "NCO grade 1 (1999–2009)"],
    ["nco_old_2", "二级士官", "NCO grade 2 (1999–2009)"],
    ["nco_old_3", "三级士官", "NCO grade 3 (1999–2009)"],
    ["nco_old_4", "四级士官", "NCO grade 4 (1999–2009)"],
    ["nco_old_5", "五级士官", "NCO grade 5 (1999–2009)"],
    ["nco_old_6", "六级士官", "NCO grade 6 (1999–2009)"],
    ["volunteer", "志愿兵", "Volunteer (before 1999)"],
    ["volunteer_master", "军士长", "Master sergeant (before 1999)"],
    ["volunteer_professional", "专业军士", "Professional sergeant (before 1999)"],
    ["conscript_first_class", "上等兵", "Private first class"],
    ["conscript_private", "列兵", "Private"],
    ["none", "无军衔(未授衔)", "No rank (service before or between rank systems)"],
  ]),
]);

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
    ["cmc_title", "中央军委授予荣誉称号", "Honorary title by the Central Military Commission"],
    ["national_title", "国家级荣誉称号", "National honorary title"],
    ["command_title", "大单位授予荣誉称号", "Honorary title by a command"],
    ["provincial_title", "省部级荣誉称号", "Provincial or ministerial honorary title"],
    ["merit_1", "一等功", "Merit, first class"],
    ["merit_2", "二等功", "Merit, second class"],
    ["merit_3", "三等功", "Merit, third class"],
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
