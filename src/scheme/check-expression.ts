// The sense of one expression: known operators with the right operands, references that exist, codes that are options, patterns that compile.
import type { Say } from "./definition-shape.ts";
import { itemOf, repeatingSection } from "./expression-kinds.ts";
import { indexOf } from "./layout.ts";
import type { Item, Scheme, Section } from "./model.ts";
import { readPattern } from "./pattern-in-words.ts";

/** Where an expression stands: `section` when `.key` references (the row at hand) are allowed. */
export type Scope = { readonly scheme: Scheme; readonly path: string; readonly say: Say; readonly section?: Section };

const EXPRESSIONS: { readonly [operator: string]: number } = {
  not: 1, "is-missing": 1, "is-answered": 1, "=": 2, "!=": 2, "<": 2, "<=": 2, ">": 2, ">=": 2, "+": 2, "-": 2, "*": 2, "/": 2, years: 2, months: 2, days: 2, length: 1, if: 3,
  "id-birth": 1, "id-sex": 1, "id-valid": 1,
};

const isCodes = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((code) => typeof code === "string");

const checkCodes = (item: Item | undefined, codes: readonly unknown[], scope: Scope): void => {
  const options = item?.codeSet === undefined ? undefined : indexOf(scope.scheme).options.get(item.codeSet);
  if (item === undefined || options === undefined) return;
  for (const code of codes) if (typeof code === "string" && !options.has(code)) scope.say(scope.path, `“${item.key}”没有选项“${code}”`, `“${item.key}” has no option “${code}”`);
};

const checkRef = (path: unknown, scope: Scope): void => {
  if (typeof path !== "string" || itemOf(["ref", path], scope) === undefined) {
    const shown = String(path).slice(0, 100);
    scope.say(scope.path, `引用的项目不存在：${shown}`, `refers to an item that does not exist: ${shown}`);
  }
};

const checkRows = (path: unknown, scope: Scope): Section | undefined => {
  const section = typeof path === "string" ? repeatingSection(scope.scheme, path) : undefined;
  if (section === undefined) scope.say(scope.path, `不是可重复的栏：${String(path).slice(0, 100)}`, `is not a repeating section: ${String(path).slice(0, 100)}`);
  return section;
};

const MAX_DEPTH = 40;

/** Says every fault of an expression. */
export function expressionFaults(e: unknown, scope: Scope, depth = 0): void {
  const bad = (zh: string, en: string): void => scope.say(scope.path, zh, en);
  if (!Array.isArray(e) || typeof e[0] !== "string") return bad("不是表达式", "is not an expression");
  if (depth > MAX_DEPTH) return bad("表达式嵌套太深", "is nested too deeply");
  const operator: string = e[0];
  const operands: readonly unknown[] = e.slice(1);
  const inner = (part: unknown): void => expressionFaults(part, scope, depth + 1);
  const arity = (n: number): boolean => {
    if (operands.length === n) return true;
    bad(`“${operator}”应有${n}个参数`, `“${operator}” takes ${n} operands`);
    return false;
  };
  switch (operator) {
    case "ref":
      return arity(1) ? checkRef(operands[0], scope) : undefined;
    case "const":
      return arity(1) && !["string", "number", "boolean"].includes(typeof operands[0]) ? bad("常量类型不对", "has a constant of no known type") : undefined;
    case "list":
      return arity(1) && !isCodes(operands[0]) ? bad("列表应为文字", "needs a list of texts") : undefined;
    case "today":
    case "reference-date":
      return void arity(0);
    case "and":
    case "or":
      if (operands.length === 0) bad(`“${operator}”不能为空`, `“${operator}” needs at least one part`);
      return operands.forEach(inner);
    case "in":
    case "has": {
      if (!arity(2)) return;
      inner(operands[0]);
      const item = itemOf(operands[0], scope);
      if (!isCodes(operands[1]) || operands[1].length === 0) return bad(`“${operator}”需要选项列表`, `“${operator}” needs a list of codes`);
      if (item !== undefined && (item.kind === "codes") !== (operator === "has")) bad(operator === "has" ? "has 用于多选项目" : "in 用于单选项目", operator === "has" ? "“has” is for items of several codes" : "“in” is for items of one code");
      return checkCodes(item, operands[1], scope);
    }
    case "add-years":
      if (!arity(2)) return;
      if (!Number.isInteger(operands[1])) bad("年数应为整数", "needs a whole number of years");
      return inner(operands[0]);
    case "slice":
      if (!arity(3)) return;
      if (!Number.isInteger(operands[1]) || !Number.isInteger(operands[2])) bad("起止位置应为整数", "needs whole numbers for its places");
      return inner(operands[0]);
    case "matches":
      if (!arity(2)) return;
      checkPattern(operands[1], bad);
      return inner(operands[0]);
    case "count":
      return arity(1) ? void checkRows(operands[0], scope) : undefined;
    case "any":
    case "all":
    case "sum":
    case "repeated": {
      const section = arity(2) ? checkRows(operands[0], scope) : undefined;
      return section === undefined ? undefined : expressionFaults(operands[1], { ...scope, section }, depth + 1);
    }
    default: {
      const count = Object.hasOwn(EXPRESSIONS, operator) ? EXPRESSIONS[operator] : undefined;
      if (count === undefined) return bad(`没有这个运算：${operator.slice(0, 40)}`, `uses an operator that does not exist: ${operator.slice(0, 40)}`);
      if (!arity(count)) return;
      operands.forEach(inner);
      if (operator === "=" || operator === "!=") compareCodes(operands, scope);
    }
  }
}

const compareCodes = (operands: readonly unknown[], scope: Scope): void => {
  const constants = operands.flatMap((o) => (Array.isArray(o) && o[0] === "const" ? [o[1]] : []));
  for (const operand of operands) checkCodes(itemOf(operand, scope), constants, scope);
};

const checkPattern = (pattern: unknown, bad: (zh: string, en: string) => void): void => {
  const read = readPattern(typeof pattern === "string" ? pattern : "(");
  if (!read.ok) bad(read.fault.zh, read.fault.en);
};
