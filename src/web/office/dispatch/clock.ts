// The clock of a case in words, and what its steps and routes are called.
import type { Text } from "../../../core/issue.ts";
import { daysBetween } from "../../../core/time.ts";
import type { CaseState, Routing } from "../../../modules/dispatch/rules.ts";

export type Clock = { readonly tone: "late" | "soon" | "calm" | "done"; readonly text: Text };

/** Days before the end from which the clock warns. */
const SOON = 3;

/** How the case stands to its day: closed cases have no clock. Dates are `YYYY-MM-DD`. */
export function clockOf(state: CaseState, dueOn: string, today: string): Clock {
  if (state === "closed") return { tone: "done", text: { zh: "已办结", en: "Closed" } };
  const days = daysBetween(today, dueOn);
  if (days === undefined) return { tone: "calm", text: { zh: dueOn, en: dueOn } };
  if (days < 0) return { tone: "late", text: { zh: `已逾期 ${-days} 天`, en: `Overdue by ${-days} ${days === -1 ? "day" : "days"}` } };
  if (days === 0) return { tone: "soon", text: { zh: "今天到期", en: "Due today" } };
  return { tone: days <= SOON ? "soon" : "calm", text: { zh: `还剩 ${days} 天`, en: `Due in ${days} ${days === 1 ? "day" : "days"}` } };
}

/** The clock in working days, by the table of holidays: days left, or days late. */
export function workingClock(workingDays: number, overdue: boolean): { readonly tone: "late" | "soon" | "calm"; readonly text: Text } {
  const days = Math.abs(workingDays);
  if (overdue) return { tone: "late", text: { zh: days === 0 ? "已逾期" : `已逾期 ${days} 个工作日`, en: days === 0 ? "Overdue" : `Overdue by ${days} working ${days === 1 ? "day" : "days"}` } };
  return { tone: days <= SOON ? "soon" : "calm", text: { zh: days === 0 ? "今天到期" : `还剩 ${days} 个工作日`, en: days === 0 ? "Due today" : `${days} working ${days === 1 ? "day" : "days"} left` } };
}

export const caseStateLabels: Readonly<Record<CaseState, Text>> = {
  open: { zh: "待答复", en: "To be answered" },
  answered: { zh: "已答复", en: "Answered" },
  closed: { zh: "已办结", en: "Closed" },
};

export const routedLabels: Readonly<Record<Routing, Text>> = {
  registration: { zh: "按户籍地派发", en: "Sent by place of registration" },
  residence: { zh: "按居住地派发", en: "Sent by place of residence" },
  collector: { zh: "按采集单位派发", en: "Sent to who captured the record" },
  county: { zh: "未知所属乡镇，由县级承办", en: "No township is known; the county has it" },
  person: { zh: "由人工派发", en: "Sent by a person" },
};

export const stepLabels: Readonly<Record<string, Text>> = {
  opened: { zh: "派发任务", en: "Opened" },
  answered: { zh: "答复", en: "Answered" },
  accepted: { zh: "县级认定", en: "Accepted by the county" },
  "sent-back": { zh: "县级退回", en: "Sent back by the county" },
  reopened: { zh: "复核仍不一致，重新打开", en: "Still differs; opened again" },
  climbed: { zh: "逾期，升级督办", en: "Late; climbed a level" },
  "reroute-asked": { zh: "申请转派", en: "Offered to another office" },
  rerouted: { zh: "转派接收", en: "Taken by another office" },
  "reroute-declined": { zh: "转派拒收", en: "Declined by the other office" },
  "value-taken": { zh: "采用部门数据，修订送审", en: "The department's value taken; correction sent to review" },
  closed: { zh: "复核通过，办结", en: "The check passed; closed" },
};

/** An account's name as it came; the system's duties in words. */
export const actorName = (actor: string): Text => (actor.startsWith("system:") ? { zh: "系统", en: "System" } : { zh: actor, en: actor });
