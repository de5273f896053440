// Expressions as functions, for any way of keeping a record: a `Source` says how an answer and the rows of a section are found. Three-valued
// like SQL: a missing operand gives null (unknown), `and`/`or` follow Kleene. Values of different types are never equal or unequal: unknown.
import { citizenIdFacts, checkCitizenId } from "../core/citizen-id.ts";
import { addYears, daysBetween, monthsBetween, yearsBetween } from "../core/time.ts";
import type { Expression } from "./expression.ts";
import type { Group, Value } from "./model.ts";

/** `today` and `referenceDate` are `YYYY-MM-DD`; `row` is the row of a repeating section that `.key` references mean. */
export type EvaluationContext = { readonly today: string; readonly referenceDate: string; readonly row?: Group };
export type Result = Value | null;
export type EvaluatorOf<R> = (record: R, context: EvaluationContext) => Result;
/** Whether something holds: not when it is unknown. */
export type ConditionOf<R> = (record: R, context: EvaluationContext) => boolean;

/** How a kind of record is read. `value` must give null for what is missing. */
export type Source<R> = {
  readonly value: (path: string) => EvaluatorOf<R>;
  readonly rows: (path: string) => (record: R) => readonly Group[];
  /** A quicker way to the value of an expression, where there is one. */
  readonly evaluator?: (e: Expression, compiler: Compiler<R>) => EvaluatorOf<R> | undefined;
  /** A quicker way to know that an expression is true (or, `wanted` being false, that it is false). */
  readonly condition?: (e: Expression, wanted: boolean, compiler: Compiler<R>) => ConditionOf<R> | undefined;
};
export type Compiler<R> = {
  /** Compiled once for each expression object. Throws only for a regular expression that is none. */
  readonly evaluator: (e: Expression) => EvaluatorOf<R>;
  /** True when the expression is true; unlike an evaluator it stops at the first part that decides against it, unknown or false. */
  readonly condition: (e: Expression) => ConditionOf<R>;
  /** True when the expression is false, not when it is unknown. */
  readonly denial: (e: Expression) => ConditionOf<R>;
};

/** A stored value or null: empty text and empty lists count as missing, anything that is no value as well. */
export function valueOrNull(raw: unknown): Result {
  if (typeof raw === "string") return raw === "" ? null : raw;
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : null;
  if (typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.length > 0 && typeof raw[0] === "string" ? raw : null;
  return null;
}

type RowsOf<R> = (record: R) => readonly Group[];

const compileLogic = <R>(kind: "and" | "or", parts: readonly EvaluatorOf<R>[]): EvaluatorOf<R> => {
  const decisive = kind === "or";
  return (record, context) => {
    let unknown = false;
    for (const part of parts) {
      const result = part(record, context);
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
export function compareTexts(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const [high, low] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return high === low ? x - y : high ? 1 : -1;
  }
  return a.length - b.length;
}

type Scalar = string | number | boolean;
const ORDER: { readonly [operator in "<" | "<=" | ">" | ">="]: (a: Scalar, b: Scalar) => boolean } = {
  "<": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) < 0 : a < b),
  "<=": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) <= 0 : a <= b),
  ">": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) > 0 : a > b),
  ">=": (a, b) => (typeof a === "string" ? compareTexts(a, b as string) >= 0 : a >= b),
};

const compileEquality = <R>(wanted: boolean, left: EvaluatorOf<R>, right: EvaluatorOf<R>): EvaluatorOf<R> => (record, context) => {
  const a = left(record, context);
  if (a === null) return null;
  const b = right(record, context);
  if (b === null || typeof a !== typeof b) return null;
  return (typeof a === "object" ? sameList(a, b as readonly string[]) : a === b) === wanted;
};

const compileComparison = <R>(operator: "=" | "!=" | "<" | "<=" | ">" | ">=", left: EvaluatorOf<R>, right: EvaluatorOf<R>): EvaluatorOf<R> => {
  if (operator === "=" || operator === "!=") return compileEquality(operator === "=", left, right);
  const compare = ORDER[operator];
  return (record, context) => {
    const a = left(record, context);
    if (a === null || typeof a === "object") return null;
    const b = right(record, context);
    return b === null || typeof b === "object" || typeof a !== typeof b ? null : compare(a, b);
  };
};

/** Sums are kept to six decimals so that money adds up as it does in the database; numbers too large for that are unknown. */
const rounded = (n: number): Result => (Number.isFinite(n * 1e6) ? Math.floor(n * 1e6 + 0.5) / 1e6 : null);

const compileArithmetic = <R>(operator: "+" | "-" | "*" | "/", left: EvaluatorOf<R>, right: EvaluatorOf<R>): EvaluatorOf<R> => {
  return (record, context) => {
    const a = left(record, context);
    if (typeof a !== "number") return null;
    const b = right(record, context);
    if (typeof b !== "number") return null;
    if (operator === "+") return rounded(a + b);
    if (operator === "-") return rounded(a - b);
    if (operator === "*") return rounded(a * b);
    return b === 0 ? null : rounded(a / b);
  };
};

const ofText = <R>(inner: EvaluatorOf<R>, read: (text: string) => Result): EvaluatorOf<R> => (record, context) => {
  const value = inner(record, context);
  return typeof value === "string" ? read(value) : null;
};

const BETWEEN = { years: yearsBetween, months: monthsBetween, days: daysBetween } as const;

const compileBetween = <R>(unit: "years" | "months" | "days", left: EvaluatorOf<R>, right: EvaluatorOf<R>): EvaluatorOf<R> => {
  const between = BETWEEN[unit];
  return (record, context) => {
    const from = left(record, context);
    if (typeof from !== "string") return null;
    const to = right(record, context);
    return typeof to === "string" ? (between(from, to) ?? null) : null;
  };
};

const compileRows = <R>(kind: "any" | "all", rows: RowsOf<R>, inner: EvaluatorOf<R>): EvaluatorOf<R> => {
  const decisive = kind === "any";
  return (record, context) => {
    let unknown = false;
    for (const row of rows(record)) {
      const result = inner(record, { today: context.today, referenceDate: context.referenceDate, row });
      if (result === decisive) return decisive;
      if (result !== !decisive) unknown = true;
    }
    return unknown ? null : !decisive;
  };
};

/** Values of an expression over the rows of a section, unknown ones left out. */
const compileValues = <R>(rows: RowsOf<R>, inner: EvaluatorOf<R>): ((record: R, context: EvaluationContext) => Value[]) => {
  return (record, context) =>
    rows(record).flatMap((row) => {
      const result = inner(record, { today: context.today, referenceDate: context.referenceDate, row });
      return result === null ? [] : [result];
    });
};

const build = <R>(e: Expression, source: Source<R>, compiler: Compiler<R>): EvaluatorOf<R> => {
  const compile = compiler.evaluator;
  switch (e[0]) {
    case "ref":
      return source.value(e[1]);
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
      return (record, context) => {
        const result = part(record, context);
        return typeof result === "boolean" ? !result : null;
      };
    }
    case "is-missing":
    case "is-answered": {
      const part = compile(e[1]);
      const wanted = e[0] === "is-missing";
      return (record, context) => (part(record, context) === null) === wanted;
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
      return (record, context) => {
        const value = part(record, context);
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
      const [condition, yes, no] = [compiler.condition(e[1]), compile(e[2]), compile(e[3])];
      return (record, context) => (condition(record, context) ? yes : no)(record, context);
    }
    case "count": {
      const rows = source.rows(e[1]);
      return (record) => rows(record).length;
    }
    case "any":
    case "all":
      return compileRows(e[0], source.rows(e[1]), compile(e[2]));
    case "sum": {
      const values = compileValues(source.rows(e[1]), compile(e[2]));
      return (record, context) => rounded(values(record, context).reduce((total: number, value) => total + (typeof value === "number" ? value : 0), 0));
    }
    case "repeated": {
      const values = compileValues(source.rows(e[1]), compile(e[2]));
      return (record, context) => {
        const scalars = values(record, context).filter((value) => typeof value !== "object");
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

/** Kleene's `and` is true when every part is, false when one is; `or` the other way round. Nothing else needs to know what is unknown. */
const buildCondition = <R>(e: Expression, wanted: boolean, source: Source<R>, compiler: Compiler<R>): ConditionOf<R> => {
  const quick = source.condition?.(e, wanted, compiler);
  if (quick !== undefined) return quick;
  const to = wanted ? compiler.condition : compiler.denial;
  switch (e[0]) {
    case "and":
    case "or": {
      const parts = e.slice(1).map((part) => to(part as Expression));
      const decisive = (e[0] === "or") === wanted;
      const [first, second] = parts;
      if (parts.length === 2 && first !== undefined && second !== undefined) {
        return decisive ? (record, context) => first(record, context) || second(record, context) : (record, context) => first(record, context) && second(record, context);
      }
      return (record, context) => {
        for (let i = 0; i < parts.length; i += 1) if ((parts[i] as ConditionOf<R>)(record, context) === decisive) return decisive;
        return !decisive;
      };
    }
    case "not":
      return (wanted ? compiler.denial : compiler.condition)(e[1]);
    default: {
      const whole = compiler.evaluator(e);
      return (record, context) => whole(record, context) === wanted;
    }
  }
};

const cachedBy = <T>(make: (e: Expression) => T): ((e: Expression) => T) => {
  const known = new WeakMap<Expression, T>();
  return (e) => {
    const found = known.get(e);
    if (found !== undefined) return found;
    const made = make(e);
    known.set(e, made);
    return made;
  };
};

/** A compiler for records that are read by `source`. */
export function compilerOf<R>(source: Source<R>): Compiler<R> {
  const compiler: Compiler<R> = {
    evaluator: cachedBy((e) => source.evaluator?.(e, compiler) ?? build(e, source, compiler)),
    condition: cachedBy((e) => buildCondition(e, true, source, compiler)),
    denial: cachedBy((e) => buildCondition(e, false, source, compiler)),
  };
  return compiler;
}
