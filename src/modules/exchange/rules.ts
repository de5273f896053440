// Who may send and read which file, what can be done with an import in which state, when an agreement is in force, and when lists are due.
import type { Text } from "../../core/issue.ts";
import { addDays, daysBetween } from "../../core/time.ts";
import type { Scheme } from "../../scheme/model.ts";
import type { agreementStates, arrivalPeriods, dueStates, importKinds, importStates, leftOutReasons } from "./contract.ts";

export type ImportKind = (typeof importKinds)[number];
export type ImportState = (typeof importStates)[number];
type Person = { readonly roles: readonly string[]; readonly department: string | null };

/** Base lists are sent by the county's lead; a department's list only by that department's own contact. */
export function maySend(person: Person, kind: ImportKind, department: string | null): boolean {
  if (kind === "base-list") return person.roles.includes("county-lead");
  return person.roles.includes("contact") && department !== null && person.department === department;
}

/** Contacts see what their own department sent; the county's lead and reviewers see everything of their area. */
export function mayRead(person: Person, department: string | null): boolean {
  const ofCounty = person.roles.some((role) => role === "county-lead" || role === "county-reviewer" || role === "system");
  return ofCounty || (department !== null && person.department === department);
}

/** The county's lead signs and revokes agreements, sets the timetable, issues tokens and wipes lists. */
export const maySign = (person: Pick<Person, "roles">): boolean => person.roles.includes("county-lead");

const moves = {
  map: ["uploaded", "mapped"],
  run: ["uploaded", "mapped", "failed"],
  resume: ["running", "failed"],
  wipe: ["uploaded", "mapped", "done", "failed"],
} as const satisfies Readonly<Record<string, readonly ImportState[]>>;

/** A failed or cancelled import may be run again: it goes on behind the last row it committed. A running one is not wiped under its feet. */
export const mayMove = (move: keyof typeof moves, state: string): boolean => (moves[move] as readonly string[]).includes(state);

export type AgreementState = (typeof agreementStates)[number];
/** Both days belong to the period. */
export function agreementState(agreement: { readonly fromOn: string; readonly toOn: string; readonly revoked: boolean }, today: string): AgreementState {
  if (agreement.revoked) return "revoked";
  return today < agreement.fromOn ? "not-yet" : today > agreement.toOn ? "ended" : "in-force";
}

/** Whether the department's lists serve an economic check, for which people must have signed: the scheme says so. */
export const needsAuthorisation = (scheme: Pick<Scheme, "departments">, department: string): boolean => scheme.departments.some((one) => one.key === department && one.authorised === true);

export type LeftOutReason = (typeof leftOutReasons)[number];
export const leftOutLabels: Readonly<Record<LeftOutReason, Text>> = {
  "no-number": { zh: "没有有效身份证号，无从核对授权", en: "No valid ID number by which an authorisation could be found" },
  "not-signed": { zh: "本人没有签署核对授权书", en: "The person has signed no authorisation" },
  "not-yet": { zh: "本人的核对授权尚未生效", en: "The person's authorisation is not in force yet" },
  expired: { zh: "本人的核对授权已过有效期", en: "The person's authorisation has expired" },
  revoked: { zh: "本人已撤回核对授权", en: "The person took the authorisation back" },
  "adult-not-signed": { zh: "家庭中有成年成员没有有效的核对授权", en: "An adult of the household has no authorisation in force" },
};

export type ArrivalPlan = { readonly period: (typeof arrivalPeriods)[number]; readonly day: number; readonly remindDays: number };
const MOST_DUES = 400;

/** Whether the day can be one of the period: days after the round's first day, day of the week (1 Monday), day of the month (1–28). */
export function dayFits({ period, day }: Pick<ArrivalPlan, "period" | "day">): boolean {
  if (period === "once") return day >= 0 && day <= 366;
  return day >= 1 && day <= (period === "weekly" ? 7 : 28);
}

/** The days on which lists are due in a round, in order. */
export function dueDates(plan: Pick<ArrivalPlan, "period" | "day">, startsOn: string, endsOn: string): readonly string[] {
  if (plan.period === "once") return [addDays(startsOn, plan.day) ?? startsOn];
  const dues: string[] = [];
  for (let date: string | undefined = startsOn; date !== undefined && date <= endsOn && dues.length < MOST_DUES; date = addDays(date, 1)) if (isDue(plan, date)) dues.push(date);
  return dues;
}

function isDue({ period, day }: Pick<ArrivalPlan, "period" | "day">, date: string): boolean {
  if (period === "weekly") return (new Date(`${date}T00:00:00Z`).getUTCDay() || 7) === day;
  return Number(date.slice(8)) === day && (period === "monthly" || [1, 4, 7, 10].includes(Number(date.slice(5, 7))));
}

export type DueState = (typeof dueStates)[number];
export type Due = { readonly on: string; readonly state: DueState; readonly arrived?: string };

/** What became of each due day. A list that comes after unmet days settles all of them, late; else it settles the next one. */
export function settleDues(dues: readonly string[], arrivals: readonly string[], today: string, remindDays: number): readonly Due[] {
  const met = new Map<string, string>();
  for (const arrived of arrivals.toSorted()) {
    const unmet = dues.filter((due) => due < arrived && !met.has(due));
    const next = dues.find((due) => due >= arrived && !met.has(due));
    for (const due of unmet.length > 0 ? unmet : next === undefined ? [] : [next]) met.set(due, arrived);
  }
  return dues.map((on) => {
    const arrived = met.get(on);
    if (arrived !== undefined) return { on, state: arrived > on ? "arrived-late" : "arrived", arrived };
    if (today > on) return { on, state: "late" };
    return { on, state: (daysBetween(today, on) ?? 0) <= remindDays ? "due" : "later" };
  });
}
