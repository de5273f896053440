// How the catalogue words states and rules, and which due day a reader looks at first.
import type { Text } from "../../../core/issue.ts";
import type { AgreementState, ArrivalPlan, Due, DueState } from "../../../modules/exchange/rules.ts";
import { filledText } from "../../shared/filled.ts";

export const agreementLabels: Readonly<Record<AgreementState, Text>> = {
  "in-force": { zh: "有效", en: "In force" },
  "not-yet": { zh: "未生效", en: "Not yet" },
  ended: { zh: "已到期", en: "Ended" },
  revoked: { zh: "已撤销", en: "Revoked" },
};
export const dueLabels: Readonly<Record<DueState, Text>> = {
  arrived: { zh: "已到", en: "Arrived" },
  "arrived-late": { zh: "迟到", en: "Came late" },
  late: { zh: "逾期未到", en: "Late" },
  due: { zh: "即将到期", en: "Due soon" },
  later: { zh: "未到期", en: "Later" },
};
const rules: Readonly<Record<string, Text>> = {
  equal: { zh: "应相同", en: "equal" },
  "equal-name": { zh: "姓名应相同（空格、点、繁简不计）", en: "same name, spaces, dots and traditional forms aside" },
  "equal-area-township": { zh: "应在同一乡镇", en: "same township" },
  "equal-area-village": { zh: "应在同一村（社区）", en: "same village" },
  "within-share": { zh: "相差不超过 {n}", en: "within {n}" },
  "within-days": { zh: "相差不超过 {n} 天", en: "within {n} {n|day|days}" },
  includes: { zh: "我方应包含对方各项", en: "ours holds each of theirs" },
  allows: { zh: "我方应与对方相容", en: "ours is one that theirs allows" },
  answered: { zh: "对方有值时我方也应有", en: "ours is answered when theirs is" },
};

/** A rule in words, with its tolerance. */
export function ruleText(rule: string, tolerance: number | undefined): Text {
  const words = rules[rule] ?? { zh: rule, en: rule };
  const n = rule === "within-share" ? `${Math.round((tolerance ?? 0) * 1000) / 10}%` : String(tolerance ?? 0);
  return filledText(words, { n });
}

/** The due day that matters now: the oldest that is late, else the next, else the last. */
export const dueNow = (dues: readonly Due[]): Due | undefined => dues.find((due) => due.state === "late") ?? dues.find((due) => due.state === "due" || due.state === "later") ?? dues.at(-1);

/** The form's words for a day: as the period takes it. */
export const planText = ({ period, day }: Pick<ArrivalPlan, "period" | "day">): Text => {
  const week = ["一", "二", "三", "四", "五", "六", "日"];
  const weekDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  if (period === "once") return { zh: `轮次开始后${day}天内一次`, en: `once, ${day} days after the start` };
  if (period === "weekly") return { zh: `每周${week[day - 1] ?? day}`, en: `every ${weekDays[day - 1] ?? day}` };
  return period === "monthly" ? { zh: `每月${day}日`, en: `on day ${day} of each month` } : { zh: `每季首月${day}日`, en: `on day ${day} of each quarter` };
};
