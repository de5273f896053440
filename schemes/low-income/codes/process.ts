// Code sets of support, accidents, aid, authorisation and the review of an application.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const supporterRelation = codeSet("supporter-relation", "与被赡(抚、扶)养人关系", "Supporter's relation", options([
  ["01", "配偶", "Spouse"],
  ["02", "子", "Son"],
  ["03", "女", "Daughter"],
  ["04", "孙子女或外孙子女", "Grandchild"],
  ["05", "父母", "Parent"],
  ["06", "祖父母或外祖父母", "Grandparent"],
  ["07", "兄弟姐妹", "Sibling"],
  ["99", "其他", "Other"],
]));

const supportDuty = codeSet("support-duty", "义务种类", "Kind of duty", options([
  ["1", "赡养", "Towards parents and grandparents"],
  ["2", "抚养", "Towards children"],
  ["3", "扶养", "Between spouses or siblings"],
]));

const unableReason = codeSet("unable-reason", "无赡(抚、扶)养能力原因", "Why unable to support", options([
  ["01", "残疾", "Disability"],
  ["02", "疾病", "Illness"],
  ["03", "缺乏劳动能力", "Unable to work"],
  ["99", "其他", "Other"],
]));

const accidentKind = codeSet("accident-kind", "意外种类", "Kind of accident", options([
  ["traffic", "交通事故", "Traffic accident"],
  ["work", "工伤事故", "Accident at work"],
  ["fire", "火灾", "Fire"],
  ["natural", "自然灾害", "Natural disaster"],
  ["crime", "人身伤害", "Injury by others"],
  ["sudden_illness", "突发重大疾病", "Sudden grave illness"],
  ["other", "其他", "Other"],
]));

const aidKind = codeSet("aid-kind", "救助项目", "Kind of aid", [
  option("allowance", "最低生活保障", "Minimum living allowance", { alsoWritten: ["低保"] }),
  option("extreme_poverty", "特困人员供养", "Support for the extremely poor", { alsoWritten: ["特困供养"] }),
  ...options([
    ["temporary", "临时救助", "Temporary relief"],
    ["medical", "医疗救助", "Medical aid"],
    ["education", "教育救助", "Education aid"],
    ["housing", "住房救助", "Housing aid"],
    ["employment", "就业救助", "Employment aid"],
    ["disaster", "受灾人员救助", "Disaster relief"],
    ["charity", "慈善帮扶", "Charity"],
    ["union", "工会帮扶", "Trade union help"],
    ["party", "党内关怀帮扶", "Help within the Party"],
    ["other", "其他", "Other"],
  ]),
]);

const aidState = codeSet("aid-state", "办理结果", "Outcome", options([
  ["pending", "办理中", "Pending"],
  ["granted", "已救助", "Helped"],
  ["refused", "不予救助", "Refused"],
]));

const checkScope = codeSet("check-scope", "核对范围", "Scope of the economic check", options([
  ["0", "家庭成员", "Household members"],
  ["1", "家庭成员及赡养人", "Members and supporters"],
  ["2", "家庭成员及赡养人家庭", "Members and supporters' households"],
]));

const signedBy = codeSet("signed-by", "签署人", "Signed by", options([
  ["self", "本人", "The person"],
  ["guardian", "监护人代签", "The guardian"],
]));

const authorisationPurpose = codeSet("authorisation-purpose", "授权用途", "Purpose of the authorisation", options([
  ["1", "申请救助核对", "Check of an application"],
  ["2", "在享对象复核", "Review of those assisted"],
  ["3", "监测预警", "Monitoring and warning"],
]));

const surveyResult = codeSet("survey-result", "入户调查结果", "Result of the visit", options([
  ["1", "情况属实", "As declared"],
  ["0", "情况不属实", "Not as declared"],
]));

const discussionResult = codeSet("discussion-result", "民主评议结果", "Result of the discussion", options([
  ["1", "符合条件", "Meets the conditions"],
  ["0", "不符合条件", "Does not"],
]));

const noticeResult = codeSet("notice-result", "公示结果", "Result of the public notice", options([
  ["1", "无异议", "No objection"],
  ["0", "有异议", "Objection"],
]));

const opinion = codeSet("opinion", "审核审批意见", "Opinion", options([
  ["1", "同意救助", "Assist"],
  ["0", "不同意救助", "Do not assist"],
  ["3", "退回", "Returned"],
]));

/** Code sets of support, aid and review. */
export const processCodes: readonly CodeSet[] = [
  supporterRelation,
  supportDuty,
  unableReason,
  accidentKind,
  aidKind,
  aidState,
  checkScope,
  signedBy,
  authorisationPurpose,
  surveyResult,
  discussionResult,
  noticeResult,
  opinion,
];
