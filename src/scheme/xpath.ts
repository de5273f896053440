// Expressions of the definition language as XPath 1.0 with the functions of ODK XForms (ODK Collect, KoboToolbox, Enketo). XPath has two
// truth values, the language three: every condition is translated twice, once as "known to be true" and once as "known to be false".
import type { Expression } from "./expression.ts";

/** What a reference holds in the form: `yes` and `no` for booleans, space-separated codes for `codes`, ISO dates for `date`. */
export type XPathType = "number" | "text" | "boolean" | "codes" | "date";
export type XPathScope = {
  /** XPath of a referenced item, such as `${general__name}`, and its type. @throws NotExpressed */
  readonly ref: (path: string) => { readonly xpath: string; readonly type: XPathType };
  /** XPath of a repeat. @throws NotExpressed */
  readonly rows: (section: string) => string;
  /** A helper in each row that holds 1 or 0, or a number; gives its XPath. @throws NotExpressed */
  readonly perRow: (section: string, value: (row: XPathScope) => string) => string;
  readonly referenceDate: string;
};

/** Thrown for what XPath 1.0 cannot say; the message names the operator. */
export class NotExpressed extends Error {}

const quote = (text: string): string => {
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  throw new NotExpressed("text with both kinds of quotes");
};
const isDateText = (text: string): boolean => /^\d{4}-\d{2}(-\d{2})?$/u.test(text);
const dateOf = (text: string): string => `date(${quote(text.length === 7 ? `${text}-01` : text)})`;

const joined = (parts: readonly string[], operator: "and" | "or"): string => {
  const said = [...new Set(parts)];
  const neutral = operator === "and" ? "true()" : "false()";
  const decisive = operator === "and" ? "false()" : "true()";
  if (said.includes(decisive)) return decisive;
  const left = said.filter((part) => part !== neutral);
  return left.length === 0 ? neutral : left.length === 1 ? (left[0] ?? neutral) : `(${left.join(` ${operator} `)})`;
};
const both = (...parts: readonly string[]): string => joined(parts, "and");
const either = (...parts: readonly string[]): string => joined(parts, "or");
const negated = (part: string): string => (part === "true()" ? "false()" : part === "false()" ? "true()" : `not(${part})`);

/** The type of an expression's value; a text constant that reads as a date may be either. */
export function typeOf(e: Expression, scope: XPathScope): XPathType {
  switch (e[0]) {
    case "ref":
      return scope.ref(e[1]).type;
    case "const":
      return typeof e[1] === "number" ? "number" : typeof e[1] === "boolean" ? "boolean" : "text";
    case "list":
      return "codes";
    case "today":
    case "reference-date":
    case "add-years":
    case "id-birth":
      return "date";
    case "+":
    case "-":
    case "*":
    case "/":
    case "years":
    case "months":
    case "days":
    case "length":
    case "count":
    case "sum":
      return "number";
    case "slice":
    case "id-sex":
      return "text";
    case "if": {
      const [yes, no] = [typeOf(e[2], scope), typeOf(e[3], scope)];
      return yes === no || yes === "text" ? yes : no === "text" ? no : yes;
    }
    default:
      return "boolean";
  }
}

/** XPath that is true exactly when the value is not missing. */
export function known(e: Expression, scope: XPathScope): string {
  switch (e[0]) {
    case "ref":
      return `${scope.ref(e[1]).xpath} != ''`;
    case "const":
      return e[1] === "" ? "false()" : "true()";
    case "list":
    case "today":
    case "reference-date":
    case "count":
    case "sum":
    case "is-missing":
    case "is-answered":
      return "true()";
    case "+":
    case "-":
    case "*":
      return both(known(e[1], scope), known(e[2], scope));
    case "/":
      return both(known(e[1], scope), known(e[2], scope), `${value(e[2], scope)} != 0`);
    case "years":
    case "months":
    case "days":
      return both(known(e[1], scope), known(e[2], scope));
    case "add-years":
    case "length":
    case "matches":
      return known(e[1], scope);
    case "slice":
      return both(known(e[1], scope), `${value(e, scope)} != ''`);
    case "id-birth":
    case "id-sex":
      return both(known(e[1], scope), `regex(${value(e[1], scope)}, '^[0-9]{17}[0-9X]$')`);
    case "id-valid":
      return known(e[1], scope);
    case "if": {
      const condition = isTrue(e[1], scope);
      return either(both(condition, known(e[2], scope)), both(negated(condition), known(e[3], scope)));
    }
    default:
      return either(isTrue(e, scope), isFalse(e, scope));
  }
}

const part = (date: string, format: string): string => `number(format-date(${date}, '%${format}'))`;

/** Whole months between dates, as people count them: a month is full on the same day. */
function months(from: string, to: string): string {
  const whole = `(${part(to, "Y")} - ${part(from, "Y")}) * 12 + ${part(to, "m")} - ${part(from, "m")}`;
  const [day, other] = [part(to, "d"), part(from, "d")];
  return `(${whole} - if((${whole}) > 0 and ${day} < ${other}, 1, 0) + if((${whole}) < 0 and ${day} > ${other}, 1, 0))`;
}

/** The same day `n` years on; 29 February becomes the 28th where the year has none. */
function yearsOn(date: string, n: number): string {
  const year = `(${part(date, "Y")} + ${n})`;
  const short = `format-date(${date}, '%m-%d') = '02-29' and (${year} mod 4 != 0 or (${year} mod 100 = 0 and ${year} mod 400 != 0))`;
  return `date(concat(${year}, '-', if(${short}, '02-28', format-date(${date}, '%m-%d'))))`;
}

/** Digits 1–17 weighted (GB 11643) give the last character. */
export function idChecks(xpath: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.map((weight, i) => `number(substr(${xpath}, ${i}, ${i + 1})) * ${weight}`).join(" + ");
  return `regex(${xpath}, '^[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$') and substr('10X98765432', (${sum}) mod 11, (${sum}) mod 11 + 1) = substr(${xpath}, 17, 18)`;
}

/** XPath of the value; only meaningful where `known` holds. @throws NotExpressed */
export function value(e: Expression, scope: XPathScope, wanted?: XPathType): string {
  switch (e[0]) {
    case "ref": {
      const { xpath, type } = scope.ref(e[1]);
      return type === "date" && wanted === "date" ? `date(${xpath})` : xpath;
    }
    case "const":
      if (typeof e[1] === "number") return String(e[1]);
      if (typeof e[1] === "boolean") return e[1] ? "'yes'" : "'no'";
      return wanted === "date" && isDateText(e[1]) ? dateOf(e[1]) : quote(e[1]);
    case "list":
      return quote(e[1].join(" "));
    case "today":
      return "today()";
    case "reference-date":
      return dateOf(scope.referenceDate);
    case "+":
    case "-":
    case "*":
    case "/":
      return `(${value(e[1], scope)} ${e[0] === "/" ? "div" : e[0]} ${value(e[2], scope)})`;
    case "years":
      return `int(${months(value(e[1], scope, "date"), value(e[2], scope, "date"))} div 12)`;
    case "months":
      return months(value(e[1], scope, "date"), value(e[2], scope, "date"));
    case "days":
      return `round(decimal-date-time(${value(e[2], scope, "date")}) - decimal-date-time(${value(e[1], scope, "date")}))`;
    case "add-years":
      return yearsOn(value(e[1], scope, "date"), e[2]);
    case "slice":
      return `substr(${value(e[1], scope)}, ${Math.max(0, e[2] - 1)}, ${Math.max(0, e[3])})`;
    case "length":
      return `string-length(${value(e[1], scope)})`;
    case "count":
      return `count(${scope.rows(e[1])})`;
    case "sum": {
      const [, section, of] = e;
      return `sum(${scope.perRow(section, (row) => numberOf(of, row))})`;
    }
    case "id-birth": {
      const id = value(e[1], scope);
      return `date(concat(substr(${id}, 6, 10), '-', substr(${id}, 10, 12), '-', substr(${id}, 12, 14)))`;
    }
    case "id-sex":
      return `if(number(substr(${value(e[1], scope)}, 16, 17)) mod 2 = 1, '1', '2')`;
    case "if":
      return `if(${isTrue(e[1], scope)}, ${value(e[2], scope, wanted)}, ${value(e[3], scope, wanted)})`;
    default:
      return `if(${isTrue(e, scope)}, 'yes', 'no')`;
  }
}

const numberOf = (e: Expression, row: XPathScope): string => {
  const has = known(e, row);
  return has === "true()" ? value(e, row) : `if(${has}, ${value(e, row)}, 0)`;
};

/** XPath that is true when the condition is known to be true. @throws NotExpressed */
export const isTrue = (e: Expression, scope: XPathScope): string => truth(e, scope, true);
/** XPath that is true when the condition is known to be false. @throws NotExpressed */
export const isFalse = (e: Expression, scope: XPathScope): string => truth(e, scope, false);

const when = (test: string, wanted: boolean): string => (wanted ? test : negated(test));

function truth(e: Expression, scope: XPathScope, wanted: boolean): string {
  switch (e[0]) {
    case "and":
    case "or": {
      const parts = e.slice(1).map((each) => truth(each as Expression, scope, wanted));
      return (e[0] === "and") === wanted ? both(...parts) : either(...parts);
    }
    case "not":
      return truth(e[1], scope, !wanted);
    case "is-missing":
      return when(negated(known(e[1], scope)), wanted);
    case "is-answered":
      return when(known(e[1], scope), wanted);
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(e[0], e[1], e[2], scope, wanted);
    case "in": {
      const [, of, codes] = e;
      const item = value(of, scope);
      return both(known(of, scope), when(either(...codes.map((code) => `${item} = ${quote(code)}`)), wanted));
    }
    case "has": {
      const [, of, codes] = e;
      const item = value(of, scope);
      const one = either(...codes.map((code) => `selected(${item}, ${quote(code)})`));
      return wanted ? one : both(known(of, scope), negated(one));
    }
    case "matches":
      return both(known(e[1], scope), when(`regex(${value(e[1], scope)}, ${quote(portable(e[2]))})`, wanted));
    case "any":
    case "all": {
      const [operator, section, condition] = e;
      const rowsWhere = (held: boolean): string => `sum(${scope.perRow(section, (row) => `if(${truth(condition, row, held)}, 1, 0)`)})`;
      // One row decides `any` when it is true, `all` when it is false; the other way round every row must say so.
      return (operator === "any") === wanted ? `${rowsWhere(wanted)} > 0` : `${rowsWhere(wanted)} = count(${scope.rows(section)})`;
    }
    case "id-valid":
      return both(known(e[1], scope), when(`(${idChecks(value(e[1], scope))})`, wanted));
    case "if": {
      const condition = isTrue(e[1], scope);
      return either(both(condition, truth(e[2], scope, wanted)), both(negated(condition), truth(e[3], scope, wanted)));
    }
    case "ref":
      if (scope.ref(e[1]).type !== "boolean") throw new NotExpressed(`“${e[1]}” as a condition`);
      return `${scope.ref(e[1]).xpath} = '${wanted ? "yes" : "no"}'`;
    case "const":
      return e[1] === wanted ? "true()" : "false()";
    case "repeated":
      throw new NotExpressed("repeated");
    default:
      throw new NotExpressed(e[0]);
  }
}

type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

function comparison(operator: Comparison, left: Expression, right: Expression, scope: XPathScope, wanted: boolean): string {
  const [a, b] = [typeOf(left, scope), typeOf(right, scope)];
  const dates = a === "date" || b === "date";
  if (a === "codes" || b === "codes") throw new NotExpressed("comparison of several codes");
  const ordered = operator !== "=" && operator !== "!=";
  if (ordered && !dates && (a !== "number" || b !== "number")) throw new NotExpressed(`${operator} of texts`);
  if (dates ? [[left, a], [right, b]].some(([side, type]) => type !== "date" && !(Array.isArray(side) && side[0] === "const" && isDateText(String(side[1]))) && !(Array.isArray(side) && side[0] === "if")) : a !== b) throw new NotExpressed("comparison of different kinds");
  const side = (e: Expression): string => (dates ? `decimal-date-time(${value(e, scope, "date")})` : value(e, scope));
  return both(known(left, scope), known(right, scope), when(`${side(left)} ${operator} ${side(right)}`, wanted));
}

/** Patterns that Java and JavaScript read alike; one that is not tied to both ends may match anywhere in the text. */
function portable(pattern: string): string {
  if (/\\[pPuk]|\(\?</u.test(pattern)) throw new NotExpressed("a pattern of characters by script");
  if (pattern.replace(/\([^()]*\)|\[[^\]]*\]/gu, "").includes("|")) throw new NotExpressed("a pattern of several");
  const start = pattern.startsWith("^") ? "" : ".*";
  const end = pattern.endsWith("$") ? "" : ".*";
  return start === "" && end === "" ? pattern : `${start}(${pattern})${end}`;
}
