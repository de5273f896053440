// Reads expressions in the browser, on terminals and on the server, of answers as they are kept and sent. A condition holds only when it
// is true, not when it is unknown.
import { compilerOf, type ConditionOf, type EvaluationContext, type EvaluatorOf, type Result, valueOrNull } from "./compile-expression.ts";
import type { Expression } from "./expression.ts";
import type { Answers, Group } from "./model.ts";

export type { EvaluationContext, Result } from "./compile-expression.ts";
export type Evaluator = EvaluatorOf<Answers>;
export type Condition = ConditionOf<Answers>;

const NO_ROWS: readonly Group[] = [];

/** Rows of the repeating section at `form.section`; none when it is missing. */
export function rowsAt(answers: Answers, path: string): readonly Group[] {
  const dot = path.indexOf(".");
  const rows = answers[path.slice(0, dot)]?.[path.slice(dot + 1)];
  return Array.isArray(rows) && (rows.length === 0 || typeof rows[0] === "object") ? (rows as readonly Group[]) : NO_ROWS;
}

const compiler = compilerOf<Answers>({
  value: (path) => {
    const dot = path.indexOf(".");
    const form = path.slice(0, dot);
    const key = path.slice(dot + 1);
    return dot === 0 ? (_, context) => valueOrNull(context.row?.[key]) : (answers) => valueOrNull(answers[form]?.[key]);
  },
  rows: (path) => (answers) => rowsAt(answers, path),
});

/** The expression as a function; compiled once for each expression object. Throws only for a regular expression that is none. */
export function compile(expression: Expression): Evaluator {
  return compiler.evaluator(expression);
}

/** The expression as a condition; compiled once for each expression object. */
export function compileCondition(expression: Expression): Condition {
  return compiler.condition(expression);
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

