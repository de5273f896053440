// Reads expressions in the browser, on terminals and on the server. Three-valued like SQL: a missing operand gives null (unknown),
// `and`/`or` follow Kleene, a condition holds only when it is true. Values of different types are never equal or unequal: unknown.
import { citizenIdFacts, checkCitizenId } from "../core/citizen-id.ts";
import { addYears, daysBetween, monthsBetween, yearsBetween } from "../core/time.ts";
import type { Expression } from "./expression.ts";
import type { Answers, Group, Value } from "./model.ts";

/** `today` and `referenceDate` are `YYYY-MM-DD`; `row` is the row of a repeating section that `.key` references mean. */
export type EvaluationContext = { readonly today: string; readonly referenceDate: string; readonly row?: Group };
export type Result = Value | null;
export type Evaluator = (answers: Answers, context: EvaluationContext) => Result;

const compiled = new WeakMap<Expression, Evaluator>();
const NO_ROWS: readonly Group[] = [];

/** A stored value or null: empty text and empty lists count as missing, anything that is no value as well. */
const valueOrNull = (raw: unknown): Result => {
  if (typeof raw === "string") return raw === "" ? null : raw;
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : null;
  if (typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.length > 0 && typeof raw[0] === "string" ? raw : null;
  return null;
};

/** Rows of the repeating section at `form.section`; none when it is missing. */
export function rowsAt(answers: Answers, path: string): readonly Group[] {
  const dot = path.indexOf(".");
  const rows = answers[path.slice(0, dot)]?.[path.slice(dot + 1)];
  return Array.isArray(rows) && (rows.length === 0 || typeof rows[0] === "object") ? (rows as readonly Group[]) : NO_ROWS;
}

const compileRef = (path: string): Evaluator => {
  const dot = path.indexOf(".");
  const form = path.slice(0, dot);
  const key = path.slice(dot + 1);
  return dot === 0 ? (_, context) => valueOrNull(context.row?.[key]) : (answers) => valueOrNull(answers[form]?.[key]);
};

const compileLogic = (kind: "and" | "or", parts: readonly Evaluator[]): Evaluator => {
  const decisive = kind === "or";
  return (answers, context) => {
    let unknown = false;
    for (const part of parts) {
      const result = part(answers, context);
      if (result === decisive) return decisive;
      if (result !== !decisive) unknown = true;
    }
    return unknown ? null : !decisive;
  };
};

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((code) => b.includes(code));

/**
 * Texts in the order of their code points, as databases keep them. JavaScript's own order is by UTF-16 units, which puts characters
 * beyond U+FFFF (surrogates) before U+E000–U+FFFF. Dates are compared here most of the time: the loop ends at the first difference.
 */
const compareTexts = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const [high, low] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return high === low ? x - y : high ? 1 : -1;
  }
  return a.length - b.length;
};

type Scalar = string | number | boolean;
const ORDER: { readonly [operator in "<" | "<=" | ">" | ">="]: (a: Scalar, b: Scalar) => boolean } = {
  "<": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) < 0 : a < b),
  "<=": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) <= 0 : a <= b),
  ">": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) > 0 : a > b),
  ">=": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) >= 0 : a >= b),
};

const compileEquality = (wanted: boolean, left: Evaluator, right: Evaluator): Evaluator => (answers, context) => {
  const a = left(answers, context);
  if (a === null) return null;
  const b = right(answers, context);
  if (b === null || typeof a !== typeof b) return null;
  return (typeof a === "object" ? sameList(a, b as readonly string[]) : a === b) === wanted;
};

const compileComparison = (operator: "=" | "!=" | "<" | "<=" | ">" | ">=", left: Evaluator, right: Evaluator): Evaluator => {
  if (operator === "=" || operator === "!=") return compileEquality(operator === "=", left, right);
  const compare = ORDER[operator];
  return (answers, context) => {
    const a = left(answers, context);
    if (a === null || typeof a === "object") return null;
    const b = right(answers, context);
    return b === null || typeof b === "object" || typeof a !== typeof b ? null : compare(a, b);
  };
};

/** Sums are kept to six decimals so that money adds up as it does in the database; numbers too large for that are unknown. */
const rounded = (n: number): Result => (Number.isFinite(n * 1e6) ? Math.floor(n * 1e6 + 0.5) / 1e6 : null);

const compileArithmetic = (operator: "+" | "-" | "*" | "/", left: Evaluator, right: Evaluator): Evaluator => {
  return (answers, context) => {
    const a = left(answers, context);
    if (typeof a !== "number") return null;
    const b = right(answers, context);
    if (typeof b !== "number") return null;
    if (operator === "+") return rounded(a + b);
    if (operator === "-") return rounded(a - b);
    if (operator === "*") return rounded(a * b);
    return b === 0 ? null : rounded(a / b);
  };
};

const ofText = (inner: Evaluator, read: (text: string) => Result): Evaluator => (answers, context) => {
  const value = inner(answers, context);
  return typeof value === "string" ? read(value) : null;
};

const BETWEEN = { years: yearsBetween, months: monthsBetween, days: daysBetween } as const;

const compileBetween = (unit: "years" | "months" | "days", left: Evaluator, right: Evaluator): Evaluator => {
  const between = BETWEEN[unit];
  return (answers, context) => {
    const from = left(answers, context);
    if (typeof from !== "string") return null;
    const to = right(answers, context);
    return typeof to === "string" ? (between(from, to) ?? null) : null;
  };
};

const compileRows = (kind: "any" | "all", path: string, inner: Evaluator): Evaluator => {
  const decisive = kind === "any";
  return (answers, context) => {
    let unknown = false;
    for (const row of rowsAt(answers, path)) {
      const result = inner(answers, { today: context.today, referenceDate: context.referenceDate, row });
      if (result === decisive) return decisive;
      if (result !== !decisive) unknown = true;
    }
    return unknown ? null : !decisive;
  };
};

/** Values of an expression over the rows of a section, unknown ones left out. */
const compileValues = (path: string, inner: Evaluator): ((answers: Answers, context: EvaluationContext) => Value[]) => {
  return (answers, context) =>
    rowsAt(answers, path).flatMap((row) => {
      const result = inner(answers, { today: context.today, referenceDate: context.referenceDate, row });
      return result === null ? [] : [result];
    });
};

const build = (e: Expression): Evaluator => {
  switch (e[0]) {
    case "ref":
      return compileRef(e[1]);
    case "const":
    case "list": {
      const constant = valueOrNull(e[1]);
      return () => constant;
    }
    case "today":
      return (_, context) => context.today;
    case "reference-date":
      return (_, context) => context.referenceDate;
    case "and":
    case "or":
      return compileLogic(e[0], e.slice(1).map((part) => compile(part as Expression)));
    case "not": {
      const part = compile(e[1]);
      return (answers, context) => {
        const result = part(answers, context);
        return typeof result === "boolean" ? !result : null;
      };
    }
    case "is-missing":
    case "is-answered": {
      const part = compile(e[1]);
      const wanted = e[0] === "is-missing";
      return (answers, context) => (part(answers, context) === null) === wanted;
    }
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compileComparison(e[0], compile(e[1]), compile(e[2]));
    case "+":
    case "-":
    case "*":
    case "/":
      return compileArithmetic(e[0], compile(e[1]), compile(e[2]));
    case "in": {
      const codes = new Set(e[2]);
      return ofText(compile(e[1]), (code) => codes.has(code));
    }
    case "has": {
      const part = compile(e[1]);
      const codes = new Set(e[2]);
      return (answers, context) => {
        const value = part(answers, context);
        return value !== null && typeof value === "object" ? value.some((code) => codes.has(code)) : null;
      };
    }
    case "years":
    case "months":
    case "days":
      return compileBetween(e[0], compile(e[1]), compile(e[2]));
    case "add-years": {
      const n = e[2];
      return ofText(compile(e[1]), (date) => addYears(date, n) ?? null);
    }
    case "slice": {
      const [, inner, from, to] = e;
      return ofText(compile(inner), (text) => [...text].slice(Math.max(0, from - 1), Math.max(0, to)).join("") || null);
    }
    case "length":
      return ofText(compile(e[1]), (text) => [...text].length);
    case "matches": {
      const pattern = new RegExp(e[2], "u");
      return ofText(compile(e[1]), (text) => pattern.test(text));
    }
    case "if": {
      const [condition, yes, no] = [compileCondition(e[1]), compile(e[2]), compile(e[3])];
      return (answers, context) => (condition(answers, context) ? yes : no)(answers, context);
    }
    case "count": {
      const path = e[1];
      return (answers) => rowsAt(answers, path).length;
    }
    case "any":
    case "all":
      return compileRows(e[0], e[1], compile(e[2]));
    case "sum": {
      const values = compileValues(e[1], compile(e[2]));
      return (answers, context) => rounded(values(answers, context).reduce((total: number, value) => total + (typeof value === "number" ? value : 0), 0));
    }
    case "repeated": {
      const values = compileValues(e[1], compile(e[2]));
      return (answers, context) => {
        const scalars = values(answers, context).filter((value) => typeof value !== "object");
        return new Set(scalars).size < scalars.length;
      };
    }
    case "id-birth":
      return ofText(compile(e[1]), (id) => citizenIdFacts(id)?.birthDate ?? null);
    case "id-sex":
      return ofText(compile(e[1]), (id) => citizenIdFacts(id)?.sex ?? null);
    case "id-valid":
      return ofText(compile(e[1]), (id) => checkCitizenId(id).ok);
  }
};

/** The expression as a function; compiled once for each expression object. Throws only for a regular expression that is none. */
export function compile(expression: Expression): Evaluator {
  const known = compiled.get(expression);
  if (known) return known;
  const made = build(expression);
  compiled.set(expression, made);
  return made;
}

/** True when the condition is true: unlike an evaluator it stops at the first part that decides against it, unknown or false. */
export type Condition = (answers: Answers, context: EvaluationContext) => boolean;
const conditions = new WeakMap<Expression, Condition>();

const buildCondition = (e: Expression): Condition => {
  switch (e[0]) {
    case "and":
    case "or": {
      const decisive = e[0] === "or";
      const parts = e.slice(1).map((part) => compileCondition(part as Expression));
      return (answers, context) => {
        for (const part of parts) if (part(answers, context) === decisive) return decisive;
        return !decisive;
      };
    }
    case "not": {
      const part = compile(e[1]);
      return (answers, context) => part(answers, context) === false;
    }
    default: {
      const whole = compile(e);
      return (answers, context) => whole(answers, context) === true;
    }
  }
};

/** The expression as a condition; compiled once for each expression object. */
export function compileCondition(expression: Expression): Condition {
  const known = conditions.get(expression);
  if (known) return known;
  const made = buildCondition(expression);
  conditions.set(expression, made);
  return made;
}

/** Value of the expression for these answers, null when it is unknown. */
export function evaluate(expression: Expression, answers: Answers, context: EvaluationContext): Result {
  return compile(expression)(answers, context);
}

/** True only when the expression is true (not when it is unknown). */
export function holds(expression: Expression, answers: Answers, context: EvaluationContext): boolean {
  return compileCondition(expression)(answers, context);
}

const isOverRows = (operator: unknown): boolean => operator === "any" || operator === "all" || operator === "sum" || operator === "repeated";

/** Every path an expression reads: `form.key`, `form.section`, and `.key` of the row at hand. */
export function referencesOf(expression: Expression): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (!Array.isArray(node)) return;
    if ((node[0] === "ref" || node[0] === "count" || isOverRows(node[0])) && typeof node[1] === "string") found.add(node[1]);
    if (node[0] === "list" || node[0] === "const") return;
    if (node[0] === "in" || node[0] === "has") return walk(node[1]);
    for (const part of node.slice(1)) walk(part);
  };
  walk(expression);
  return [...found];
}

