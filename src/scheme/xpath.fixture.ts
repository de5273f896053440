// A small reader of the XPath that our XLSForms hold, for tests: the operators and ODK functions they use, and nothing else.
// `regex` matches the whole text, as Java does.
import { addYears, daysBetween, isDate } from "../core/time.ts";

export type XValue = string | number | boolean | readonly XValue[];
/** Values by question name (text as a form stores it; a list for what stands in each row of a repeat). */
export type Environment = { readonly today: string; readonly read: (name: string) => XValue };
type Run = (env: Environment) => XValue;

const TOKEN = /\s*(\$\{[^}]+\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|[a-z][a-z-]*(?=\()|<=|>=|!=|\b(?:and|or|div|mod)\b|[-+*=<>(),])/gy;

const asNumber = (v: XValue): number => (typeof v === "number" ? v : typeof v === "boolean" ? Number(v) : typeof v === "string" && v.trim() !== "" ? Number(v) : Number.NaN);
const asText = (v: XValue): string => (typeof v === "object" ? asText(v[0] ?? "") : String(v));
const asTruth = (v: XValue): boolean => (typeof v === "boolean" ? v : typeof v === "number" ? v !== 0 && !Number.isNaN(v) : typeof v === "object" ? v.length > 0 : v !== "");
const equal = (a: XValue, b: XValue): boolean => (typeof a === "number" || typeof b === "number" ? asNumber(a) === asNumber(b) : asText(a) === asText(b));

const formatted = (date: string, format: string): string => (isDate(date) ? format.replace("%Y", date.slice(0, 4)).replace("%m", date.slice(5, 7)).replace("%d", date.slice(8, 10)) : "");

const FUNCTIONS: Readonly<Record<string, (a: readonly XValue[], env: Environment) => XValue>> = {
  not: ([v = ""]) => !asTruth(v),
  true: () => true,
  false: () => false,
  if: ([test = "", yes = "", no = ""]) => (asTruth(test) ? yes : no),
  selected: ([v = "", code = ""]) => asText(v).split(" ").includes(asText(code)),
  number: ([v = ""]) => asNumber(v),
  concat: (parts) => parts.map(asText).join(""),
  substr: ([v = "", from = 0, to = 0]) => asText(v).slice(asNumber(from), asNumber(to)),
  "string-length": ([v = ""]) => [...asText(v)].length,
  regex: ([v = "", pattern = ""]) => new RegExp(`^(?:${asText(pattern)})$`, "u").test(asText(v)),
  round: ([v = ""]) => Math.round(asNumber(v)),
  int: ([v = ""]) => Math.trunc(asNumber(v)),
  date: ([v = ""]) => (isDate(asText(v)) ? asText(v) : ""),
  today: (_, env) => env.today,
  "decimal-date-time": ([v = ""]) => daysBetween("1970-01-01", asText(v)) ?? Number.NaN,
  "format-date": ([v = "", format = ""]) => formatted(asText(v), asText(format)),
  sum: ([v = ""]) => (typeof v === "object" ? v.reduce((total: number, each) => total + asNumber(each), 0) : asNumber(v)),
  count: ([v = ""]) => (typeof v === "object" ? v.length : 1),
};

const COMPARE: Readonly<Record<string, (a: XValue, b: XValue) => XValue>> = {
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": (a, b) => asNumber(a) < asNumber(b),
  "<=": (a, b) => asNumber(a) <= asNumber(b),
  ">": (a, b) => asNumber(a) > asNumber(b),
  ">=": (a, b) => asNumber(a) >= asNumber(b),
  "+": (a, b) => asNumber(a) + asNumber(b),
  "-": (a, b) => asNumber(a) - asNumber(b),
  "*": (a, b) => asNumber(a) * asNumber(b),
  div: (a, b) => asNumber(a) / asNumber(b),
  mod: (a, b) => asNumber(a) % asNumber(b),
};
/** Loosest first. */
const LEVELS: readonly (readonly string[])[] = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"]];

/** The expression as a function. @throws Error for what it does not know */
export function readXPath(source: string): Run {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
    tokens.push(match[1] ?? "");
    if (TOKEN.lastIndex === source.length) break;
  }
  let at = 0;
  const expect = (token: string): void => {
    if (tokens[at++] !== token) throw new Error(`expected ${token} before ${tokens.slice(at - 1, at + 5).join(" ")}`);
  };
  const primary = (): Run => {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const inner = level(0);
      expect(")");
      return inner;
    }
    if (token.startsWith("${")) return (env) => env.read(token.slice(2, -1));
    if (/^['"]/u.test(token)) return () => token.slice(1, -1);
    if (/^\d/u.test(token)) return () => Number(token);
    if (token === "-") {
      const inner = primary();
      return (env) => -asNumber(inner(env));
    }
    const call = FUNCTIONS[token];
    if (!call) throw new Error(`unknown: ${token}`);
    const parts: Run[] = [];
    expect("(");
    while (tokens[at] !== ")") {
      parts.push(level(0));
      if (tokens[at] === ",") at += 1;
    }
    expect(")");
    return (env) => call(parts.map((part) => part(env)), env);
  };
  const level = (n: number): Run => {
    const operators = LEVELS[n];
    if (!operators) return primary();
    let left = level(n + 1);
    while (operators.includes(tokens[at] ?? "")) {
      const operator = tokens[at++] ?? "";
      const [a, b] = [left, level(n + 1)];
      const apply = COMPARE[operator];
      left = operator === "or" ? (env) => asTruth(a(env)) || asTruth(b(env)) : operator === "and" ? (env) => asTruth(a(env)) && asTruth(b(env)) : (env) => (apply ? apply(a(env), b(env)) : "");
    }
    return left;
  };
  const run = level(0);
  if (at !== tokens.length) throw new Error(`not read to the end: ${tokens.slice(at, at + 5).join(" ")}`);
  return run;
}

/** A day `n` years later, for tests that move dates. */
export const moved = (date: string, n: number): string => addYears(date, n) ?? date;
