// The check: when a department's value and ours differ, and when a finding no longer holds. Pure; used to raise and to close.
import type { Text } from "../../core/issue.ts";
import { daysBetween } from "../../core/time.ts";
import { holds, type EvaluationContext } from "../../scheme/evaluate.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Absence, Answers, DepartmentField, Value } from "../../scheme/model.ts";
import type { State } from "../records/rules.ts";
import { foldName } from "./simplified.ts";

/** Stands for a department where the register itself finds a fault. */
export const registerKey = "register";
/** Two counties hold the same person. The register's own class, in every programme: working days like those of the schemes' classes. */
export const duplicateClass = { key: "DUP", label: { zh: "他县也有此人的档案", en: "Another county holds this person too" }, group: "duplicate", days: 15 } as const;

/** `not-compared`: one side is missing or says nothing about the other. */
export type Verdict = "agrees" | "differs" | "not-compared";

const listOf = (value: Value): readonly string[] => (Array.isArray(value) ? value : [String(value)]);
const verdict = (agrees: boolean): Verdict => (agrees ? "agrees" : "differs");

/** Digits of an area code that say something: 6 for a county, 9 for a township, 12 for a village. */
const known = (code: string): number => (code.endsWith("000000") ? 6 : code.endsWith("000") ? 9 : 12);

/** The same area as far as both sides know it; a list that knows only the county says nothing of the township. */
function compareAreas(ours: Value, theirs: Value, digits: number): Verdict {
  if (typeof ours !== "string" || typeof theirs !== "string" || ours.length !== 12 || theirs.length !== 12) return "not-compared";
  const both = Math.min(digits, known(ours), known(theirs));
  if (ours.slice(0, both) !== theirs.slice(0, both)) return "differs";
  return both === digits ? "agrees" : "not-compared";
}

function compareAllowed(field: DepartmentField, ours: Value, theirs: Value): Verdict {
  const wanted = listOf(theirs)
    .map((code) => field.allowed?.[code])
    .filter((codes) => codes !== undefined);
  if (wanted.length === 0) return "not-compared";
  const held = listOf(ours);
  return verdict(wanted.every((codes) => held.some((code) => codes.includes(code))));
}

function compareEqual(ours: Value, theirs: Value): Verdict {
  if (Array.isArray(ours) || Array.isArray(theirs)) {
    const [a, b] = [listOf(ours), listOf(theirs)];
    return verdict(a.length === b.length && a.every((code) => b.includes(code)));
  }
  return typeof ours === typeof theirs ? verdict(ours === theirs) : "not-compared";
}

/** Compares by the field's rule (see `CompareRule`). A missing value of ours is a difference only under `answered`. */
export function compareValues(field: DepartmentField, ours: Value | undefined, theirs: Value | undefined): Verdict {
  if (field.rule === undefined || theirs === undefined || theirs === "" || (Array.isArray(theirs) && theirs.length === 0)) return "not-compared";
  const missing = ours === undefined || ours === "" || (Array.isArray(ours) && ours.length === 0);
  if (field.rule === "answered") return verdict(!missing);
  if (missing) return "not-compared";
  switch (field.rule) {
    case "equal":
      return compareEqual(ours, theirs);
    case "equal-name":
      return typeof ours === "string" && typeof theirs === "string" ? verdict(ours === theirs || foldName(ours) === foldName(theirs)) : "not-compared";
    case "equal-area-township":
      return compareAreas(ours, theirs, 9);
    case "equal-area-village":
      return compareAreas(ours, theirs, 12);
    case "within-share":
      return typeof ours === "number" && typeof theirs === "number" ? verdict(Math.abs(ours - theirs) <= (field.tolerance ?? 0) * Math.abs(theirs) + 1e-9) : "not-compared";
    case "within-days": {
      const days = typeof ours === "string" && typeof theirs === "string" ? daysBetween(ours, theirs) : undefined;
      return days === undefined ? "not-compared" : verdict(Math.abs(days) <= (field.tolerance ?? 0));
    }
    case "includes": {
      const held = listOf(ours);
      return verdict(listOf(theirs).every((code) => held.includes(code)));
    }
    case "allows":
      return compareAllowed(field, ours, theirs);
  }
}

/**
 * The field compared with a record's answers, with its particular class when it differs.
 * @param at path of our value where a row of the list speaks of a member: with the row's number; the context then carries the row
 */
export function compareField(field: DepartmentField, answers: Answers, theirs: Value | undefined, context: EvaluationContext, at: string | undefined = field.compares): { readonly verdict: Verdict; readonly class: string; readonly ours: Value | undefined } {
  const counts = field.oursIf === undefined || holds(field.oursIf, answers, context);
  const ours = at === undefined || !counts ? undefined : answerAt(answers, at);
  const particular = field.findingWhen?.find((each) => holds(each.when, answers, context))?.finding;
  const compared = field.comparedIf === undefined || holds(field.comparedIf, answers, context);
  return { verdict: compared ? compareValues(field, ours, theirs) : "not-compared", class: particular ?? field.finding ?? "", ours };
}

/** True when a record with these answers ought to be on the list. */
export const expectedOnList = (absence: Absence, answers: Answers, context: EvaluationContext): boolean =>
  absence.expectedIf === undefined || holds(absence.expectedIf, answers, context);

/** Why a finding is closed. Nobody sets it: it follows from what stands in the register, or from a pair the county confirmed. */
export type Closing = "agrees" | "collected" | "confirmed-ours" | "withdrawn" | "no-longer-member";

/** A record as it stands; `answers` only when it is accepted, for nothing else counts as ours. */
export type Standing = { readonly state: State; readonly answers: Answers | undefined };

/** Final states in which a listed person counts as met by the round. */
const met: readonly State[] = ["accepted", "refused", "not-found", "deceased", "moved"];

/** Whether a difference still holds; a value taken out of our record settles nothing. `at`: see `compareField`. */
export function closingOfDifference(field: DepartmentField, theirs: Value | undefined, standing: Standing, context: EvaluationContext, at: string | undefined = field.compares): Closing | undefined {
  if (standing.state === "duplicate") return "withdrawn";
  // The outcome of the round is the subject's, not a member's.
  if (field.rule === "answered" && standing.state === "deceased" && context.row === undefined) return "agrees";
  if (standing.state !== "accepted" || standing.answers === undefined) return undefined;
  if (field.comparedIf !== undefined && !holds(field.comparedIf, standing.answers, context) && answerAt(standing.answers, at ?? "") !== undefined) return "agrees";
  return compareField(field, standing.answers, theirs, context, at).verdict === "agrees" ? "agrees" : undefined;
}

/** Whether a record is still missed on the list. `listed`: the newest list of the department holds the person. */
export function closingOfUnlisted(absence: Absence, standing: Standing, listed: boolean, context: EvaluationContext): Closing | undefined {
  if (standing.state === "duplicate") return "withdrawn";
  if (standing.state !== "accepted" || standing.answers === undefined) return undefined;
  return listed || !expectedOnList(absence, standing.answers, context) ? "agrees" : undefined;
}

/** Whether what was said of a member still concerns the record. `member`: the row as it stands, undefined when there is none. */
export function closingOfMember(standing: Standing, member: unknown): Closing | undefined {
  if (standing.state === "duplicate") return "withdrawn";
  return standing.state === "accepted" && standing.answers !== undefined && member === undefined ? "no-longer-member" : undefined;
}

/**
 * Whether two counties still hold one person. No confirmation closes it: both cannot be right, and each sees only its own side.
 * `elsewhere`: another county still holds the number or the row, or this cannot be told from here.
 */
export const closingOfDuplicate = (standing: Standing, elsewhere: boolean): Closing | undefined => (standing.state === "duplicate" ? "withdrawn" : elsewhere ? undefined : "agrees");

/** Whether a listed person has been met: a record of the same person that ended in the register or in an outcome. */
export const closingOfUncollected = (states: readonly State[]): Closing | undefined => (states.some((state) => met.includes(state)) ? "collected" : undefined);

/** Stands for a department where the rules of aid find a fault: what is checked there is the line of aid, not a record against a list. */
export const aidKey = "aid";
/** Classes of the rules of aid, in every programme that has items of aid: working days like those of the schemes' classes. */
export const aidClasses = [
  { key: "AID1", label: { zh: "应助未助（漏助）", en: "Owed aid, and not helped" }, group: "aid", days: 10 },
  { key: "AID2", label: { zh: "重复救助", en: "Helped twice for one period" }, group: "aid", days: 5 },
  { key: "AID3", label: { zh: "同一人登记在两户", en: "One person in two households" }, group: "duplicate", days: 10 },
  { key: "AID4", label: { zh: "救助申请逾期无结果", en: "Aid without a result" }, group: "result", days: 5 },
  { key: "AID5", label: { zh: "在享救助到期未复核", en: "Aid not rechecked in time" }, group: "result", days: 10 },
] as const;
/** Classes that the county itself answers for, wherever the household lives: nobody below it decides. */
export const ofTheCounty: ReadonlySet<string> = new Set(["AID4", "AID5"]);
export type AidClass = (typeof aidClasses)[number]["key"];
/** The class that is no scheme's own. */
export const ownClass = (key: string): { readonly key: string; readonly label: Text; readonly group: string; readonly days: number } | undefined => [duplicateClass, ...aidClasses].find((each) => each.key === key);
