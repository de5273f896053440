// Code sets of army workers, Red Army veterans, demobilised soldiers and families of the serving (annexes 5–7 and 13).
import { codeSet, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";
import { paired } from "./ranks.ts";

const formerLevel = codeSet(
  "former-level",
  "原职级",
  "Former level",
  options([
    ["basic", "基层", "Basic"],
    ["middle", "中级", "Intermediate"],
    ["senior", "高级", "Senior"],
  ]),
);

const formerIdentity = codeSet(
  "former-identity",
  "退休前身份",
  "Standing before retirement",
  options([
    ["staff", "职员", "Staff"],
    ["technician", "技术人员", "Technician"],
    ["skilled_worker", "技术工人", "Skilled worker"],
    ["worker", "普通工人", "Worker"],
  ]),
);

/** Titles; the prefix is the standing they belong to. */
export const formerTitle = codeSet(
  "former-title",
  "退休前职务(职称、技术等级)",
  "Title before retirement",
  options([
    ...paired("", [
      ["staff_bureau", "局", "Bureau"],
      ["staff_office", "处", "Office"],
      ["staff_section", "科", "Section"],
    ]),
    ["staff_clerk", "科办员", "Clerk"],
    ["staff_assistant", "办事员", "Assistant"],
    ["technician_senior_4", "正高四级", "Senior, grade 4"],
    ["technician_associate_7", "副高七级", "Associate senior, grade 7"],
    ["technician_middle", "中级", "Intermediate"],
    ["technician_assistant", "助理", "Assistant"],
    ["technician_member", "员级", "Member"],
    ["skilled_senior_technician", "高级技师", "Senior technician"],
    ["skilled_technician", "技师", "Technician"],
    ["skilled_senior", "高级工", "Senior worker"],
    ["skilled_middle", "中级工", "Intermediate worker"],
    ["skilled_junior", "初级工", "Junior worker"],
    ["none", "无", "None"],
  ]),
);

const becomeStaffBy = codeSet(
  "become-staff-by",
  "成为军队职工方式",
  "How he or she became army staff",
  options([
    ["recruited", "招工", "Recruited"],
    ["transferred", "地方调入", "Transferred from elsewhere"],
    ["soldier_to_worker", "兵改工", "Soldier turned worker"],
    ["placed", "军转安置", "Placed after service"],
    ["family", "随军安置", "Placed as family of a soldier"],
    ["land", "征地农转工", "For land taken"],
    ["other", "其他", "Other"],
  ]),
);

const staffKind = codeSet(
  "staff-kind",
  "职工分类",
  "Kind of worker",
  options([
    ["before_1949", "建国前老工人", "Old worker from before 1 October 1949"],
    ["retired", "退休", "Retired"],
    ["resigned", "退职", "Resigned"],
    ["old_cadre", "离休", "Retired as an old cadre"],
  ]),
);

const redKind = codeSet(
  "red-kind",
  "人员类别",
  "Kind of Red Army veteran",
  options([
    ["31", "在乡退伍红军老战士", "Red Army veteran"],
    ["32", "在乡西路军红军老战士", "Veteran of the Western Route Army"],
    ["33", "红军失散人员", "Separated from the Red Army"],
  ]),
);

const demobKind = codeSet(
  "demob-kind",
  "人员类别",
  "Kind of demobilised soldier",
  options([
    ["1", "复员干部(军官、文职干部)", "Demobilised officer or civilian cadre"],
    ["2", "在乡老复员军人", "Old demobilised soldier living in the country"],
    ["3", "其他部门管理的离退休老复员军人", "Old demobilised soldier, retired, managed by another department"],
  ]),
);

const demobBenefit = codeSet(
  "demob-benefit",
  "待遇情况",
  "Benefit",
  options([
    ["subsidy", "在乡老复员军人定期补助", "Regular subsidy"],
    ["retired", "离休退休", "Retirement"],
    ["none", "无", "None"],
  ]),
);

const servingRelation = codeSet(
  "serving-relation",
  "与现役军人关系",
  "Relation to the serving soldier",
  options([
    ["parent", "父母", "Parent"],
    ["spouse", "配偶", "Spouse"],
    ["child", "子女", "Child"],
  ]),
);

const servingKind = codeSet(
  "serving-kind",
  "现役军人类别",
  "Class of serving soldier",
  options([
    ["officer", "军官", "Officer"],
    ["civilian_cadre", "文职干部", "Civilian cadre"],
    ["nco", "士官(军士)", "NCO"],
    ["conscript", "义务兵", "Conscript"],
  ]),
);

const servingRegion = codeSet(
  "serving-region",
  "服役地区",
  "Kind of region of service",
  options([
    ["ordinary", "一般地区", "Ordinary"],
    ["hard_remote", "艰苦边远地区", "Hard or remote"],
    ["plateau", "高原", "Plateau"],
    ["island", "海岛", "Island"],
  ]),
);

/** Code sets of annexes 5, 6, 7 and 13. */
export const otherCodes: readonly CodeSet[] = [
  formerLevel,
  formerIdentity,
  formerTitle,
  becomeStaffBy,
  staffKind,
  redKind,
  demobKind,
  demobBenefit,
  servingRelation,
  servingKind,
  servingRegion,
];
