// Households, aid and warnings: words, moves and decisions that need no database. The server refuses by these, the pages explain by them.
import type { Text } from "../../core/issue.ts";
import { addDays, addYears, monthsBetween } from "../../core/time.ts";
import type { AidForm, AidPeriod, EventKind, Stratum, WarningLevel } from "../../scheme/aid-model.ts";

const t = (zh: string, en: string): Text => ({ zh, en });

/** Most members of a household, as the form allows. */
export const MOST_MEMBERS = 30;
/** Most yuan that anybody believes of a household's year. */
export const MOST_YUAN = 10_000_000_000;

export const stratumLabels: Readonly<Record<Stratum, Text>> = {
  allowance: t("低保对象", "On the minimum living allowance"),
  "extreme-poverty": t("特困人员", "Extremely poor"),
  margin: t("低保边缘家庭", "On the margin"),
  "rigid-expenses": t("刚性支出困难家庭", "Hard-pressed by necessary expenses"),
  "relapse-watch": t("防止返贫监测对象", "Watched against falling back"),
  other: t("其他困难家庭", "Other hardship"),
};
export const formLabels: Readonly<Record<AidForm, Text>> = { cash: t("现金", "Cash"), kind: t("实物", "In kind"), service: t("服务", "Service") };
/** Who gives aid and sends no lists for comparison, so that the programme names them not among its departments. */
export const otherGivers: Readonly<Record<string, Text>> = { emergency: t("应急管理部门", "Emergency management"), charity: t("慈善组织", "Charities") };
export const periodLabels: Readonly<Record<AidPeriod, Text>> = { month: t("按月", "Monthly"), year: t("按年", "Yearly"), once: t("一次性", "Once") };
export const levelLabels: Readonly<Record<WarningLevel, Text>> = { red: t("红色", "Red"), yellow: t("黄色", "Yellow"), info: t("提示", "Note") };

export const eventLabels: Readonly<Record<EventKind, Text>> = {
  "medical-cost": t("医疗自付支出", "Medical cost"),
  "education-cost": t("教育支出", "Cost of schooling"),
  income: t("月收入", "Income of a month"),
  unemployment: t("失业登记", "Unemployed"),
  "insurance-stopped": t("社会保险中断", "Insurance stopped"),
  "disability-certificate": t("新领残疾人证", "Disability certificate"),
  "disability-raised": t("残疾等级加重", "Grade of disability raised"),
  death: t("成员死亡", "A member died"),
  prison: t("成员服刑", "A member is in prison"),
  missing: t("成员失踪", "A member is missing"),
  accident: t("意外事故", "Accident"),
  disaster: t("灾害", "Disaster"),
  property: t("财产超过标准", "Property above the standard"),
  rehabilitation: t("康复服务", "Rehabilitation"),
  training: t("技能培训", "Training"),
  "left-allowance": t("退出低保或特困", "Left the allowance"),
};

/** Source of events that an office enters by hand. */
export const byOffice = "office";

export const changeKinds = ["formed", "assessed", "split", "merged", "married", "born", "died", "moved", "left", "relations", "support-began", "support-ended", "contested", "settled", "ended"] as const;
export const changeLabels: Readonly<Record<(typeof changeKinds)[number], Text>> = {
  formed: t("建户", "Formed"),
  assessed: t("经济状况核定", "Assessed"),
  split: t("分户", "Split"),
  merged: t("并户", "Merged"),
  married: t("婚入", "Married in"),
  born: t("新增成员", "A member came"),
  died: t("成员死亡", "A member died"),
  moved: t("迁移", "Moved"),
  left: t("成员离户", "A member left"),
  relations: t("登记户主和关系", "Head and relations entered"),
  "support-began": t("赡（抚、扶）养开始", "Support began"),
  "support-ended": t("赡（抚、扶）养终止", "Support ended"),
  contested: t("成员同时在两户", "A member stands in two households"),
  settled: t("成员归属已认定", "Settled where a member belongs"),
  ended: t("销户", "Ended"),
};
/** GB/T 4761: the person themselves, the head of the household. */
export const isHead = (relation: string): boolean => ["0", "01", "02"].includes(relation);
export const leavings = ["died", "married-out", "split-off", "moved", "merged", "mistaken", "missing", "prison"] as const;
export type Leaving = (typeof leavings)[number];
export const leavingLabels: Readonly<Record<Leaving, Text>> = {
  died: t("死亡", "Died"),
  "married-out": t("嫁娶", "Married out"),
  "split-off": t("分户迁出", "Split off"),
  moved: t("迁出", "Moved away"),
  merged: t("并入另一户", "Merged"),
  mistaken: t("误登", "Entered by mistake"),
  missing: t("失踪", "Missing"),
  prison: t("服刑", "In prison"),
};
export const supportKinds = ["towards-parents", "towards-children", "between-equals"] as const;
export const supportLabels: Readonly<Record<(typeof supportKinds)[number], Text>> = {
  "towards-parents": t("赡养", "Towards parents"),
  "towards-children": t("抚养", "Towards children"),
  "between-equals": t("扶养", "Between spouses or siblings"),
};

export const vias = ["window", "self", "department", "warning", "missed-aid"] as const;
export type Via = (typeof vias)[number];
export const viaLabels: Readonly<Record<Via, Text>> = {
  window: t("窗口申请", "At the window"),
  self: t("自主申报", "By themselves"),
  department: t("部门转介", "By a department"),
  warning: t("预警转办", "From a warning"),
  "missed-aid": t("漏助核查", "From missed aid"),
};
export const applicationStates = ["open", "granted", "refused", "withdrawn", "ended"] as const;
export const applicationLabels: Readonly<Record<(typeof applicationStates)[number], Text>> = {
  open: t("办理中", "Open"),
  granted: t("已批准", "Granted"),
  refused: t("未批准", "Refused"),
  withdrawn: t("已撤回", "Withdrawn"),
  ended: t("已停止", "Ended"),
};
export const decisions = ["grant", "refuse", "continue", "change", "stop"] as const;
export type Decision = (typeof decisions)[number];
export const decisionLabels: Readonly<Record<Decision, Text>> = { grant: t("批准", "Grant"), refuse: t("不予批准", "Refuse"), continue: t("复核后继续", "Rechecked: goes on"), change: t("调整", "Change"), stop: t("停止", "Stop") };
export const decisionWhys = ["meets-conditions", "above-line", "property", "not-as-declared", "no-longer-needed", "other-aid", "moved", "died", "recalculated"] as const;
export const whyLabels: Readonly<Record<(typeof decisionWhys)[number], Text>> = {
  "meets-conditions": t("符合条件", "Meets the conditions"),
  "above-line": t("收入超过标准", "Income above the line"),
  property: t("财产超过标准", "Property above the standard"),
  "not-as-declared": t("与申报不符", "Not as declared"),
  "no-longer-needed": t("不再需要", "No longer needed"),
  "other-aid": t("已享受同类救助", "Other aid of the kind"),
  moved: t("已迁出", "Moved away"),
  died: t("已死亡", "Died"),
  recalculated: t("重新核算", "Calculated anew"),
};
/** So many days before it is due a recheck is listed as due soon. */
export const RECHECK_SOON = 30;
/** What a decision stands on. The last three are data collected for the register: each needs an approval of the single case. */
export const bases = ["application-papers", "home-visit", "court-or-law", "register", "economic-check", "events"] as const;
export const collectedData = ["register", "economic-check", "events"] as const;
export const basisLabels: Readonly<Record<(typeof bases)[number], Text>> = {
  "application-papers": t("申请人提交的材料", "Papers of the applicant"),
  "home-visit": t("入户调查", "Visit at home"),
  "court-or-law": t("法律文书", "A court or the law"),
  register: t("登记采集数据", "Data of the register"),
  "economic-check": t("经济状况核对报告", "Economic check"),
  events: t("部门推送信息", "Departments' events"),
};
export const useReasons = ["applicant-asked", "document-lost", "contradiction", "emergency"] as const;
export const useReasonLabels: Readonly<Record<(typeof useReasons)[number], Text>> = {
  "applicant-asked": t("申请人要求使用", "The applicant asks for it"),
  "document-lost": t("材料灭失无法补办", "Papers are lost"),
  contradiction: t("材料之间矛盾", "Papers contradict each other"),
  emergency: t("紧急救助", "Emergency"),
};

/** First day of the period a delivery is for. @param on `YYYY-MM-DD` */
export const periodStart = (period: AidPeriod, on: string): string => (period === "month" ? `${on.slice(0, 7)}-01` : period === "year" ? `${on.slice(0, 4)}-01-01` : on);

/** The last day of the period that a day lies in; of what is given once, the day. */
export function periodEnd(period: AidPeriod, on: string): string {
  if (period === "once") return on;
  const [year, month] = on.split("-").map(Number) as [number, number];
  return period === "year" ? `${on.slice(0, 4)}-12-31` : new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** True when the two days are the ends of twelve months: 2018-08-01 to 2019-07-31. */
export function isTwelveMonths(from: string, to: string): boolean {
  const after = addYears(from, 1);
  return after !== undefined && addDays(after, -1) === to;
}
/** Why a period of income is none, said with its length. */
export function periodRefusal(from: string, to: string): Text | undefined {
  if (isTwelveMonths(from, to)) return undefined;
  const last = addDays(to, 1);
  const months = last === undefined ? undefined : monthsBetween(from, last);
  return t(`收入核定期间应为12个月，现为${months ?? "不完整"}个月`, `Income is counted over twelve months, not ${months ?? "a broken number of months"}`);
}
/** Yuan as typed, in fen; undefined for what is negative, absurd or finer than a fen. */
export function fenOf(yuan: number): number | undefined {
  const fen = Math.round(yuan * 100);
  return Number.isFinite(yuan) && yuan >= 0 && yuan <= MOST_YUAN && Math.abs(fen - yuan * 100) < 1e-6 * Math.max(1, fen) ? fen : undefined;
}
export const yuanOf = (fen: number): number => fen / 100;

/** Lines that an office sets for its area from a day on: what strata, warnings and missed aid turn on. Percent where said, else yuan. */
export const standards = ["allowance-line", "disposable-income", "rigid-share", "property-line", "medical-month-line"] as const;
export type Standard = (typeof standards)[number];
export const standardLabels: Readonly<Record<Standard, Text>> = {
  "allowance-line": t("本地低保标准（每人每年）", "The local allowance line (a head and year)"),
  "disposable-income": t("上年人均可支配收入", "Last year's disposable income"),
  "rigid-share": t("刚性支出占收入的比例", "Necessary expenses, share of the income"),
  "property-line": t("家庭财产标准（每人）", "Property that may be held (a head)"),
  "medical-month-line": t("本地月医疗支出标准", "The local line of a month's medical cost"),
};
export const percentStandards: ReadonlySet<string> = new Set<Standard>(["rigid-share"]);

export const warningStates = ["raised", "dispatched", "checked", "handled", "fed-back", "filed"] as const;
export type WarningState = (typeof warningStates)[number];
export const warningStateLabels: Readonly<Record<WarningState, Text>> = {
  raised: t("已产生", "Raised"),
  dispatched: t("已派发", "Dispatched"),
  checked: t("已核查", "Checked"),
  handled: t("已处置", "Handled"),
  "fed-back": t("已反馈", "Fed back"),
  filed: t("已归档", "Filed"),
};
export const warningMoves = ["dispatch", "check", "handle", "feed-back", "file", "send-back"] as const;
export type WarningMove = (typeof warningMoves)[number];
export const warningMoveLabels: Readonly<Record<WarningMove, Text>> = {
  dispatch: t("派发", "Dispatch"),
  check: t("核查", "Check"),
  handle: t("处置", "Handle"),
  "feed-back": t("反馈", "Feed back"),
  file: t("归档", "File"),
  "send-back": t("退回重新核查", "Send back"),
};
/** From where to where a move goes, and whether it is the county's. Checking and handling are the township's, where the family is known. */
export const warningMoveTable: Readonly<Record<WarningMove, { readonly from: readonly WarningState[]; readonly to: WarningState; readonly levels: readonly number[] }>> = {
  dispatch: { from: ["raised"], to: "dispatched", levels: [3] },
  check: { from: ["dispatched"], to: "checked", levels: [3, 4] },
  handle: { from: ["checked"], to: "handled", levels: [3, 4] },
  "feed-back": { from: ["handled"], to: "fed-back", levels: [3, 4] },
  file: { from: ["fed-back"], to: "filed", levels: [3] },
  "send-back": { from: ["checked", "handled", "fed-back"], to: "dispatched", levels: [3] },
};
export const verdicts = ["holds", "does-not-hold"] as const;
export const verdictLabels: Readonly<Record<(typeof verdicts)[number], Text>> = { holds: t("情况属实", "It holds"), "does-not-hold": t("不属实", "It does not hold") };
export const ways = ["aid-applied", "visit", "referred", "already-helped", "nothing-needed"] as const;
export const wayLabels: Readonly<Record<(typeof ways)[number], Text>> = {
  "aid-applied": t("已转救助申请", "Aid was applied for"),
  visit: t("走访帮扶", "Visited and helped"),
  referred: t("转介其他部门", "Referred"),
  "already-helped": t("已在救助中", "Helped already"),
  "nothing-needed": t("无需处置", "Nothing is needed"),
};

/** Why a move of a warning is closed to an office; undefined when it is open. @param level of the office: 3 county, 4 township, 5 village */
export function closedWarningMove(move: WarningMove, state: WarningState, level: number): Text | undefined {
  const { from, levels } = warningMoveTable[move];
  if (state === "filed") return t("已归档", "It is filed");
  if (!from.includes(state)) return t(`当前为“${warningStateLabels[state].zh}”，不能${warningMoveLabels[move].zh}`, `It is ${warningStateLabels[state].en.toLowerCase()}: this cannot be done now`);
  if (!levels.includes(level)) return levels.length === 1 ? t("由县级办理", "The county does this") : t("由乡镇或县级办理", "A township or the county does this");
  return undefined;
}

/** Why a delivery is taken back. */
export const takeBackReasons = ["double", "not-received", "by-mistake", "too-much", "left"] as const;
export const takeBackLabels: Readonly<Record<(typeof takeBackReasons)[number], Text>> = {
  double: t("重复发放", "Delivered twice"),
  "not-received": t("未领取退回", "It was not received"),
  "by-mistake": t("发放错误", "Delivered by mistake"),
  "too-much": t("多发", "Too much"),
  left: t("已不符合条件", "No longer entitled"),
};

/** Why a row of a department's list of aid goes back. */
export const returnReasons = [
  "not-registered",
  "ended",
  "unknown-item",
  "not-in-force",
  "no-decision",
  "before-decision",
  "stopped",
  "not-yet",
  "bad-money",
  "bad-day",
  "future",
  "bad-number",
  "wrong-department",
  "source-used",
  "too-much",
  "contested",
] as const;
export type ReturnReason = (typeof returnReasons)[number];
export const returnLabels: Readonly<Record<ReturnReason, Text>> = {
  "not-registered": t("该家庭未登记入库，先入库后救助", "The household is not in the register: register it first"),
  ended: t("该家庭已销户", "The household has ended"),
  "unknown-item": t("没有此救助项目", "There is no such item of aid"),
  "not-in-force": t("项目在该日期未执行", "The item is not in force on that day"),
  "no-decision": t("没有批准的申请", "There is no application that was granted"),
  "before-decision": t("发放日期早于批准日期", "Delivered before it was granted"),
  stopped: t("救助在该期之前已停止或已到期", "The aid was stopped, or its time was over, before the period"),
  "not-yet": t("该期在救助起始日之前", "The period lies before the aid begins"),
  "bad-money": t("金额为负、为零或超出可信范围", "The amount is negative, nothing or absurd"),
  "bad-day": t("日期不正确", "The day is none"),
  future: t("日期晚于今天", "The day is in the future"),
  "bad-number": t("身份证号不正确", "The ID number is not valid"),
  "wrong-department": t("不是该部门负责的项目", "Another department gives this item"),
  "source-used": t("同一流水号已用于其他内容", "This number was used for something else"),
  "too-much": t("超过该项目每期上限", "More than the item allows for a period"),
  contested: t("该成员同时登记在两户，须先认定归属", "The person stands in two households: settle that first"),
};
