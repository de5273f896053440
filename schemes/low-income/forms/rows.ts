// Builders for rows that belong together: detail rows carry the number of a member, and a member's row asks them for what is his.
// The language has no reference to the row around a row, so a look-up is written out over the member numbers 1 to 30.
import { and, answered, countIf, eq, ge, gt, has, isIn, le, or, ref, sum, value } from "../../../src/scheme/define.ts";
import type { Expression } from "../../../src/scheme/define.ts";

/** Most members of one household. */
export const MAX_MEMBERS = 30;

/** Path of an item or section of the household form. */
export const h = (key: string): string => `household.${key}`;

/** In a member's row: `of` for this member's number, found by halving; `none` while the row has no proper number. */
export function forThisMember(of: (memberNo: number) => Expression, none: Expression): Expression {
  const pick = (from: number, to: number): Expression => {
    if (from === to) return of(from);
    const middle = Math.floor((from + to) / 2);
    return ["if", le(".member_no", middle), pick(from, middle), pick(middle + 1, to)];
  };
  return ["if", and(ge(".member_no", 1), le(".member_no", MAX_MEMBERS)), pick(1, MAX_MEMBERS), none];
}

/** Sum of `amount` over the rows of a section for which the condition holds. */
export const sumIf = (section: string, when: Expression, amount: string): Expression => sum(h(section), ["if", when, ref(amount), value(0)]);

/** Some row of the section fulfils the condition; a row that leaves it open does not (unlike `any`, this is never unknown). */
export const someRow = (section: string, when: Expression): Expression => gt(countIf(h(section), when), 0);

/** The row belongs to this member. */
export const of = (memberNo: number): Expression => eq(".member_no", memberNo);

/** How many of the codes a `codes` item holds. */
export function counted(path: string, codes: readonly string[]): Expression {
  const [first = "", ...rest] = codes;
  if (rest.length === 0) return ["if", has(path, first), value(1), value(0)];
  const middle = Math.floor(codes.length / 2);
  return ["+", counted(path, codes.slice(0, middle)), counted(path, codes.slice(middle))];
}

/** Schooling is asked of pupils alone: who is no pupil and has no answer there is not at school. */
export const atSchool: Expression = or(and(answered(".edu_state"), isIn(".edu_state", ["02", "04"])), eq(".job_state", value("31")));
