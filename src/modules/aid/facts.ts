// What a record says of its household, read by the programme's plan: figures in fen, members, supporters, what is lacking and what is not known. Pure.
import { checkCitizenId, maskId } from "../../core/citizen-id.ts";
import { isDate } from "../../core/time.ts";
import type { HouseholdFacts } from "../../scheme/aid-model.ts";
import { evaluate, type EvaluationContext, holds, rowsAt } from "../../scheme/evaluate.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { fenOf, isTwelveMonths, type Leaving, leavings, MOST_MEMBERS } from "./rules.ts";

export type MemberFacts = {
  readonly no: number;
  readonly name: string;
  readonly id18?: string;
  readonly sex?: string;
  readonly birth?: string;
  /** GB/T 4761, to the head; empty where nobody said it. */
  readonly relation: string;
  readonly since?: string;
  readonly until?: string;
  readonly why?: Leaving;
  readonly able?: boolean;
  readonly employed?: boolean;
};
export type SupportFacts = { readonly member: number; readonly supporter: string; readonly kind: string; readonly fee: number };
export type Facts = {
  readonly categories: readonly string[];
  readonly hardships: number;
  readonly cause?: string;
  readonly degree?: number;
  readonly urgency?: number;
  readonly since?: string;
  readonly askedOn?: string;
  readonly housingArea?: number;
  readonly period?: { readonly from: string; readonly to: string };
  readonly income?: number;
  readonly rigid?: number;
  readonly assets?: number;
  readonly people: number;
  readonly employed: number;
  readonly members: readonly MemberFacts[];
  readonly support: readonly SupportFacts[];
  readonly conditions: readonly string[];
  readonly unknown: readonly string[];
};

const textAt = (answers: Answers, path: string): string | undefined => {
  const value = answerAt(answers, path);
  return typeof value === "string" && value !== "" ? value : undefined;
};
const dateIn = (row: Group, key: string): string | undefined => {
  const value = row[key];
  return typeof value === "string" && isDate(value) ? value : undefined;
};
const level = (value: unknown): number | undefined => ((typeof value === "string" || typeof value === "number") && [1, 2, 3].includes(Number(value)) ? Number(value) : undefined);

/**
 * Figures that are negative, absurd or of another span than twelve months are no figures: they are named in `unknown`. A household of more people than
 * the form allows keeps the first thirty; `unknown` then says `too-many-members`.
 */
export function factsOf(plan: HouseholdFacts, answers: Answers, context: EvaluationContext): Facts {
  const unknown: string[] = [];
  const categories = answerAt(answers, plan.categories);
  const held = Array.isArray(categories) ? categories : [];
  const money = (name: string, of: HouseholdFacts["income"]): number | undefined => {
    const value = evaluate(of, answers, context);
    const fen = typeof value === "number" ? fenOf(value) : undefined;
    if (fen === undefined) unknown.push(name);
    return fen;
  };
  const [from, to] = [textAt(answers, plan.periodFrom), textAt(answers, plan.periodTo)];
  const period = from !== undefined && to !== undefined && isTwelveMonths(from, to) ? { from, to } : undefined;
  if (period === undefined) unknown.push("income-period");
  const income = period && money("income", plan.income);
  const rigid = money("necessary-expenses", plan.rigid);
  const assets = money("property", plan.assets);
  const members = membersIn(plan, answers, context);
  if (members.length > MOST_MEMBERS) unknown.push("too-many-members");
  const kept = members.slice(0, MOST_MEMBERS);
  const here = kept.filter((member) => member.until === undefined);
  const conditions: string[] = [];
  for (const [key, of] of Object.entries(plan.conditions)) {
    const value = here.length === 0 ? null : evaluate(of, answers, context);
    if (value === true) conditions.push(key);
    else if (value !== false) unknown.push(key);
  }
  const area = answerAt(answers, plan.housingArea);
  const [cause, since, askedOn] = [textAt(answers, plan.cause), textAt(answers, plan.since), textAt(answers, plan.askedOn)];
  const [degree, urgency] = [level(answerAt(answers, plan.degree)), level(answerAt(answers, plan.urgency))];
  return {
    categories: held.map(String),
    hardships: held.filter((one) => plan.hardships.includes(String(one))).length,
    people: here.length,
    employed: here.filter((member) => member.employed).length,
    members: kept,
    support: supportIn(plan, answers),
    conditions,
    unknown,
    ...(cause !== undefined && { cause }),
    ...(degree !== undefined && { degree }),
    ...(urgency !== undefined && { urgency }),
    ...(since !== undefined && isDate(`${since}-01`) && { since: `${since}-01` }),
    ...(askedOn !== undefined && isDate(askedOn) && { askedOn }),
    ...(typeof area === "number" && area >= 0 && area <= 9999 && { housingArea: area }),
    ...(period && { period }),
    ...(income !== undefined && { income }),
    ...(rigid !== undefined && { rigid }),
    ...(assets !== undefined && { assets }),
  };
}

function membersIn({ members: plan }: HouseholdFacts, answers: Answers, context: EvaluationContext): MemberFacts[] {
  return rowsAt(answers, plan.rows).map((row, i): MemberFacts => {
    const of = { ...context, row };
    const checked = checkCitizenId(String(row[plan.idNumber] ?? ""));
    const state = String(row[plan.state] ?? "");
    const gone = plan.gone[state];
    const why = gone === undefined ? undefined : leavings.find((each) => each === gone);
    const [birth, since, until] = [dateIn(row, plan.birth), dateIn(row, plan.since), dateIn(row, plan.stateSince)];
    return {
      no: Number(row[plan.no] ?? i + 1),
      name: String(row[plan.name] ?? ""),
      relation: String(row[plan.relation] ?? ""),
      able: holds(plan.able, answers, of),
      employed: holds(plan.employed, answers, of),
      ...(checked.ok && { id18: checked.id }),
      ...(row[plan.sex] !== undefined && { sex: String(row[plan.sex]) }),
      ...(birth !== undefined && { birth }),
      ...(since !== undefined && { since }),
      ...(why !== undefined && { why, until: until ?? context.referenceDate ?? context.today }),
    };
  });
}

function supportIn({ support: plan }: HouseholdFacts, answers: Answers): SupportFacts[] {
  return rowsAt(answers, plan.rows).flatMap((row) => {
    const checked = checkCitizenId(String(row[plan.idNumber] ?? ""));
    const fee = typeof row[plan.fee] === "number" ? fenOf(row[plan.fee] as number) : undefined;
    const kind = plan.kinds[String(row[plan.duty] ?? "")];
    return checked.ok && fee !== undefined && kind !== undefined ? [{ member: Number(row[plan.member] ?? 1), supporter: checked.id, kind, fee }] : [];
  });
}

/** The only other thing kept of a member's number and name: what is shown. */
export const shownOf = (member: Pick<MemberFacts, "name" | "id18">): { readonly name: string; readonly idMasked?: string } => ({
  name: member.name,
  ...(member.id18 !== undefined && { idMasked: maskId(member.id18) }),
});
