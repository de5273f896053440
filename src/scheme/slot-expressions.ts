// Expressions over drafts: answers are found by slot, and the questions that rules are made of (is this item that code, is it among these,
// is this date before that one) have a short way of their own. Whatever is not found here is done as everywhere else.
import { type Compiler, compilerOf, compareTexts, type ConditionOf, type EvaluatorOf, type Result, type Source, valueOrNull } from "./compile-expression.ts";
import type { Draft, Slots } from "./draft.ts";
import { referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import type { Group } from "./model.ts";

export type DraftEvaluator = EvaluatorOf<Draft>;
export type DraftCondition = ConditionOf<Draft>;
export type DraftCompiler = Compiler<Draft>;

const NO_ROWS: readonly Group[] = [];
type Comparison = Extract<Expression, readonly ["=" | "!=" | "<" | "<=" | ">" | ">=", Expression, Expression]>;

/** Texts by code point, numbers by size; false when one is missing or they are not of one type. */
const precedes = (a: Result, b: Result, orEqual: boolean): boolean => {
  if (typeof a === "string") {
    if (typeof b !== "string") return false;
    const order = compareTexts(a, b);
    return order < 0 || (orEqual && order === 0);
  }
  if (a === null || typeof a === "object" || typeof a !== typeof b) return false;
  return orEqual ? a <= (b as typeof a) : a < (b as typeof a);
};

/** The slot of an item that stands in no row; undefined for everything else. */
const slotOf = (slots: Slots, e: Expression): number | undefined => (e[0] === "ref" ? slots.items.get(e[1])?.at : undefined);

const equality = (slots: Slots, left: Expression, right: Expression, equal: boolean): DraftCondition | undefined => {
  const at = slotOf(slots, left);
  const constant = right[0] === "const" ? valueOrNull(right[1]) : null;
  if (at === undefined || constant === null) return undefined;
  if (equal) return (draft) => draft.values[at] === constant;
  const type = typeof constant;
  return (draft) => {
    const value = draft.values[at];
    return value !== constant && typeof value === type;
  };
};

const order = (slots: Slots, lower: Expression, upper: Expression, orEqual: boolean, compiler: DraftCompiler): DraftCondition => {
  const [from, to] = [slotOf(slots, lower), slotOf(slots, upper)];
  if (from !== undefined && to !== undefined) return (draft) => precedes(draft.values[from] as Result, draft.values[to] as Result, orEqual);
  const [a, b] = [compiler.evaluator(lower), compiler.evaluator(upper)];
  if (from !== undefined) return (draft, context) => draft.values[from] !== null && precedes(draft.values[from] as Result, b(draft, context), orEqual);
  if (to !== undefined) return (draft, context) => draft.values[to] !== null && precedes(a(draft, context), draft.values[to] as Result, orEqual);
  return (draft, context) => precedes(a(draft, context), b(draft, context), orEqual);
};

/** What is not before is at or after; both need both sides to be known. */
const comparison = (slots: Slots, [operator, left, right]: Comparison, wanted: boolean, compiler: DraftCompiler): DraftCondition | undefined => {
  switch (operator) {
    case "=":
    case "!=":
      return equality(slots, left, right, (operator === "=") === wanted);
    case "<":
      return wanted ? order(slots, left, right, false, compiler) : order(slots, right, left, true, compiler);
    case "<=":
      return wanted ? order(slots, left, right, true, compiler) : order(slots, right, left, false, compiler);
    case ">":
      return wanted ? order(slots, right, left, false, compiler) : order(slots, left, right, true, compiler);
    case ">=":
      return wanted ? order(slots, right, left, true, compiler) : order(slots, left, right, false, compiler);
  }
};

const holdsOne = (value: Result, codes: ReadonlySet<string>): boolean => {
  for (const code of value as readonly string[]) if (codes.has(code)) return true;
  return false;
};

const condition = (slots: Slots, e: Expression, wanted: boolean, compiler: DraftCompiler): DraftCondition | undefined => {
  switch (e[0]) {
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(slots, e, wanted, compiler);
    case "ref": {
      const at = slotOf(slots, e);
      return at === undefined ? undefined : (draft) => draft.values[at] === wanted;
    }
    case "is-missing":
    case "is-answered": {
      const at = slotOf(slots, e[1]);
      if (at === undefined) return undefined;
      return (e[0] === "is-missing") === wanted ? (draft) => draft.values[at] === null : (draft) => draft.values[at] !== null;
    }
    case "in": {
      const at = slotOf(slots, e[1]);
      if (at === undefined) return undefined;
      const codes = new Set(e[2]);
      return (draft) => {
        const value = draft.values[at];
        return typeof value === "string" && codes.has(value) === wanted;
      };
    }
    case "has": {
      const at = slotOf(slots, e[1]);
      if (at === undefined) return undefined;
      const codes = new Set(e[2]);
      return (draft) => {
        const value = draft.values[at] as Result;
        return value !== null && typeof value === "object" && holdsOne(value, codes) === wanted;
      };
    }
    default:
      return undefined;
  }
};

/** Worth keeping for the other rules: the calendar and the identity number. */
const KEPT: ReadonlySet<string> = new Set(["years", "months", "days", "add-years", "id-birth", "id-sex", "id-valid"]);

const sourceOf = (slots: Slots, keeps: boolean): Source<Draft> => {
  const places = new Map<string, number>();
  const plain = compilerOf<Draft>(bareSource(slots));
  const kept = (e: Expression): DraftEvaluator | undefined => {
    if (!KEPT.has(e[0]) || referencesOf(e).some((path) => path.startsWith("."))) return undefined;
    const text = JSON.stringify(e);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    const find = plain.evaluator(e);
    return (draft, context) => {
      const known = draft.memo[place];
      if (known !== undefined) return known;
      const found = find(draft, context);
      draft.memo[place] = found;
      return found;
    };
  };
  return { ...bareSource(slots), evaluator: keeps ? kept : undefined };
};

const bareSource = (slots: Slots): Source<Draft> => ({
  value: (path) => {
    if (path.startsWith(".")) {
      const key = path.slice(1);
      return (_, context) => valueOrNull(context.row?.[key]);
    }
    const at = slots.items.get(path)?.at;
    return at === undefined ? () => null : (draft) => draft.values[at] as Result;
  },
  rows: (path) => {
    const at = slots.rows.get(path)?.at;
    return at === undefined ? () => NO_ROWS : (draft) => draft.rows[at] as readonly Group[];
  },
  condition: (e, wanted, compiler) => condition(slots, e, wanted, compiler),
});

/** A compiler for drafts; `settled` says that the drafts change no more, so that what one rule has found out serves the others. */
export function draftCompiler(slots: Slots, { settled }: { readonly settled: boolean }): DraftCompiler {
  return compilerOf<Draft>(sourceOf(slots, settled));
}
