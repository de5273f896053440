// Aid and warnings as data of a programme: items with their periods, tiers with the help they are owed, and rules of warnings. Pure types.
import type { Text } from "../core/issue.ts";
import type { Expression } from "./expression.ts";

export const strata = ["allowance", "extreme-poverty", "margin", "rigid-expenses", "relapse-watch", "other"] as const;
export type Stratum = (typeof strata)[number];
export const aidForms = ["cash", "kind", "service"] as const;
export type AidForm = (typeof aidForms)[number];
export const aidPeriods = ["month", "year", "once"] as const;
export type AidPeriod = (typeof aidPeriods)[number];

/** One item of aid. Households of its strata or categories are owed it; with neither it is given by decision only. */
export type AidItem = {
  readonly key: string;
  readonly label: Text;
  readonly form: AidForm;
  readonly period: AidPeriod;
  /** Key of the department that gives it. */
  readonly department: string;
  readonly strata?: readonly Stratum[];
  readonly categories?: readonly string[];
  /** Items that nobody gets for the same period. */
  readonly exclusiveWith?: readonly string[];
  /** Working days within which an application has its result. */
  readonly decideDays: number;
  /** Months after the last decision by which recurring aid is looked at again; `able`: of a household in which somebody is able to work. */
  readonly recheck?: { readonly months: number; readonly able?: number };
  /** Most for one period, in yuan. */
  readonly most?: number;
};

/** Help that is owed by cause, degree and urgency; the first that fits counts. */
export type AidTier = { readonly key: string; readonly label: Text; readonly degreeAtLeast: 1 | 2 | 3; readonly urgencyAtLeast: 1 | 2 | 3; readonly causes?: readonly string[]; readonly owed: readonly string[]; readonly withinDays: number };

export const eventKinds = ["medical-cost", "education-cost", "income", "unemployment", "insurance-stopped", "disability-certificate", "disability-raised", "death", "prison", "missing", "accident", "disaster", "property", "rehabilitation", "training", "left-allowance"] as const;
export type EventKind = (typeof eventKinds)[number];
export const measures = ["medical-cost", "education-cost", "income"] as const;
export type Measure = (typeof measures)[number];

/** People with an accepted record of another programme in one of these categories, and what they are called. */
export type Registered = { readonly scheme: string; readonly categories: readonly string[]; readonly as: Text };

/** A line is a standard of the area and day (by its key), or a fixed number: yuan for money, percent for shares. */
export type Line = { readonly standard: string } | { readonly value: number };
/**
 * What opens a warning. `threshold`: a month's sum reaches the line. `share`: the sum of twelve months reaches so many percent of the year's income.
 * `jump`: a month's sum is so many times the mean of the months before. `trend`: it rises (falls) month after month. `life-event`: one of these happened,
 * or, by the register's own word, property a head lies above the line `assets`.
 * `fall-after-leaving`: left the allowance within so many months, and a month's income per head falls below the line. `age`: a member reaches one of these;
 * of a household of some categories, or of people who are registered in another programme.
 * `helped-nowhere`: so many hardships and no delivery in the months before. `paid-twice`: two deliveries of one item, or of exclusive ones, for one period.
 */
export type WarningDefinition =
  | { readonly kind: "threshold"; readonly measure: Measure; readonly line: Line; readonly below?: boolean }
  | { readonly kind: "share"; readonly measures: readonly Measure[]; readonly percent: number }
  | { readonly kind: "jump"; readonly measure: Measure; readonly times: number; readonly before: number; readonly least: number }
  | { readonly kind: "trend"; readonly measure: Measure; readonly months: number; readonly falling?: boolean }
  | { readonly kind: "life-event"; readonly events: readonly EventKind[]; readonly assets?: Line }
  | { readonly kind: "fall-after-leaving"; readonly months: number; readonly line: Line }
  | { readonly kind: "age"; readonly ages: readonly number[]; readonly categories?: readonly string[]; readonly registered?: Registered }
  | { readonly kind: "helped-nowhere"; readonly hardships: number; readonly months: number }
  | { readonly kind: "paid-twice" };

export const warningLevels = ["red", "yellow", "info"] as const;
export type WarningLevel = (typeof warningLevels)[number];
/** A rule as it ships; a county switches it on after a trial. */
export type ShippedRule = { readonly key: string; readonly label: Text; readonly level: WarningLevel; readonly definition: WarningDefinition; /** Working days to check it. */ readonly days: number; /** Where the rule comes from. */ readonly source: string };
export type AidPlan = { readonly scheme: string; readonly household: HouseholdFacts; readonly items: readonly AidItem[]; readonly tiers: readonly AidTier[]; readonly rules: readonly ShippedRule[]; readonly declared: DeclaredAid; /** Day of the month, 1 to 28, on which the month before is checked for missed and double aid. */ readonly checkedOn: number };
/** What a household applies for when it declares itself: items by the category that it names, and the one of a household that names none of these. */
export type DeclaredAid = { readonly byCategory: Readonly<Record<string, readonly string[]>>; readonly otherwise: string };

/** Where a programme's form says what a household is: paths of items, rows of members and supporters, and expressions for sums and conditions. */
export type HouseholdFacts = {
  readonly categories: string;
  /** Categories of which two make a household one of multiple hardship. */
  readonly hardships: readonly string[];
  readonly cause: string;
  readonly degree: string;
  readonly urgency: string;
  /** A month. */
  readonly since: string;
  readonly askedOn: string;
  readonly housingArea: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  /** Yuan of the period. */
  readonly income: Expression;
  readonly rigid: Expression;
  readonly assets: Expression;
  readonly members: { readonly rows: string; readonly no: string; readonly name: string; readonly idNumber: string; readonly sex: string; readonly birth: string; readonly relation: string; readonly since: string; readonly state: string; readonly stateSince: string; readonly present: readonly string[]; readonly gone: Readonly<Record<string, string>>; readonly able: Expression; readonly employed: Expression };
  readonly support: { readonly rows: string; readonly member: string; readonly idNumber: string; readonly fee: string; readonly duty: string; readonly kinds: Readonly<Record<string, string>> };
  /** What a household lacks, by key; unknown where an answer is missing. */
  readonly conditions: Readonly<Record<string, Expression>>;
};
