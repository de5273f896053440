// Code sets of placement after service: soldiers (annex 3) and what they share with officers (annex 2).
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const soldierKind = codeSet("soldier-kind", "安置方式/类别", "Way of placement", [
  option("assigned_work", "政府安排工作", "Work assigned by the government", { alsoWritten: ["安排工作"] }),
  option("self_employment", "自主就业", "Finds work independently", { alsoWritten: ["自主就业退役士兵"] }),
  option("self_chosen_job", "自谋职业", "Own occupation under agreement"),
  option("returned_to_farm", "回乡生产", "Returned to production at home"),
  option("demobilised_by_choice", "符合转业条件选择复员", "Entitled to transfer, chose demobilisation"),
  option("cancelled", "按政策取消待遇", "Entitlement cancelled by policy"),
  option("resumed", "复工复职复学", "Resumed work, post or study"),
  option("state_supported", "国家供养", "Supported by the state"),
  option("flexible_work", "灵活就业", "Flexible work"),
  option("monthly_pension", "逐月领取退役金", "Monthly discharge pension"),
]);

const leavePeriod = codeSet(
  "leave-period",
  "退役年段",
  "Period of discharge",
  options([
    ["before_2011_11", "2011年10月31日(含)以前", "Before 1 November 2011"],
    ["since_2011_11", "2011年11月1日以后", "Since 1 November 2011"],
  ]),
);

const placementMode = codeSet(
  "placement-mode",
  "安置类型",
  "Place of placement",
  options([
    ["home", "原籍安置", "Place of origin"],
    ["elsewhere", "异地安置", "Another place"],
    ["enlistment_place", "回入伍地安置", "Place of enlistment"],
    ["other", "其他", "Other"],
  ]),
);

const placementCondition = codeSet(
  "placement-condition",
  "符合安排工作条件",
  "Ground for assigned work",
  options([
    ["twelve_years", "服现役满12年", "Twelve years of service"],
    ["merit", "服役期间平时荣获二等功以上或者战时荣获三等功以上奖励", "Merit second class, in war third class, or above"],
    ["disabled_5_8", "因战致残被评定为5至8级残疾等级", "Disabled in war, grades 5–8"],
    ["martyr_child", "烈士子女", "Martyr's child"],
    ["local_rule", "其他政策规定", "Other policy"],
  ]),
);

const placementUnitType = codeSet(
  "placement-unit-type",
  "安置单位性质",
  "Kind of receiving unit",
  options([
    ["organ", "机关", "State organ"],
    ["mass_organisation", "群团组织", "Mass organisation"],
    ["public_institution", "事业单位", "Public institution"],
    ["state_enterprise", "国有企业", "State-owned enterprise"],
    ["other", "其他", "Other"],
  ]),
);

const resumeKind = codeSet(
  "resume-kind",
  "复工/复职/复学",
  "What was resumed",
  options([
    ["work", "复工", "Work"],
    ["post", "复职", "Post"],
    ["study", "复学", "Study"],
  ]),
);

const rural60Basis = codeSet(
  "rural60-basis",
  "身份认定依据",
  "Proof of status",
  options([
    ["1", "个人档案", "Personal file"],
    ["2", "退伍证件", "Discharge certificate"],
    ["3", "已认定人员书面证明", "Written proof by confirmed persons"],
    ["4", "其他", "Other"],
  ]),
);

const trainingKind = codeSet(
  "training-kind",
  "培训种类",
  "Kind of training",
  options([
    ["adaptation", "适应性培训", "Adaptation"],
    ["individual", "个性化培训", "Individual"],
    ["degree", "学历教育", "Degree education"],
    ["skill", "职业技能培训", "Vocational skills"],
    ["business", "创业培训", "Business"],
    ["psychological", "心理调适", "Psychological adjustment"],
    ["other", "其他", "Other"],
  ]),
);

/** Code sets of placement. */
export const placementCodes: readonly CodeSet[] = [
  soldierKind,
  leavePeriod,
  placementMode,
  placementCondition,
  placementUnitType,
  resumeKind,
  rural60Basis,
  trainingKind,
];
