// A rule as a sentence that a county clerk understands: labels of items and options, dates, units; brackets where “且” and “或者” meet.
import { isDate, isMonth } from "../core/time.ts";
import { itemOf, type Place, repeatingSection, valueKind } from "./expression-kinds.ts";
import type { Expression } from "./expression.ts";
import { type DatePart, type Lang, type Phrases, PHRASES } from "./in-words-phrases.ts";
import { indexOf } from "./layout.ts";
import type { Item, Option, Scheme } from "./model.ts";
import { patternInWords } from "./pattern-in-words.ts";

type Compare = Expression & readonly ["=" | "!=" | "<" | "<=" | ">" | ">=", Expression, Expression];
type Operator = Compare[0];
const NEGATED: Readonly<Record<Operator, Operator>> = { "=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const SWAPPED: Readonly<Record<Operator, Operator>> = { "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const SIGNS: { readonly [operator: string]: string } = { "+": "＋", "-": "－", "*": "×", "/": "÷" };
const SEX: readonly Option[] = [{ code: "1", label: { zh: "男", en: "male" } }, { code: "2", label: { zh: "女", en: "female" } }];
const DATE_PARTS: { readonly [places: string]: DatePart } = { "1-4": "year", "1-7": "year-month", "6-7": "month", "9-10": "day" };
/** What the left side simply is or is not; two items are the same or differ. */
const FIXED: ReadonlySet<string> = new Set(["const", "today", "reference-date", "add-years"]);
/** Lists longer than this are told by what they leave out, if that is little. */
const LONG_LIST = 6;

/** A clause and what it needs when it stands within a longer one: `or` clauses and those with a colon need brackets beside others. */
type Clause = { readonly text: string; readonly kind: "plain" | "and" | "or" | "open" };
const plain = (text: string): Clause => ({ text, kind: "plain" });

const isMedia = (item: Item | undefined): boolean => item?.kind === "photo" || item?.kind === "document" || item?.kind === "signature";
const isBirth = (item: Item | undefined): boolean => item !== undefined && /birth/u.test(item.key);

class Speaker {
  readonly scheme: Scheme;
  readonly lang: Lang;
  readonly say: Phrases;
  /** Labels that stand for more than one item of the rule, which therefore name their form. */
  readonly ambiguous: ReadonlySet<string>;
  constructor(scheme: Scheme, lang: Lang, whole: Expression) {
    this.scheme = scheme;
    this.lang = lang;
    this.say = PHRASES[lang];
    this.ambiguous = ambiguousLabels(scheme, whole, lang);
  }

  clause(e: Expression, place: Place, not = false): Clause {
    switch (e[0]) {
      case "and":
      case "or": {
        const parts = e.slice(1).map((part) => this.clause(part as Expression, place, not));
        if (parts.length === 1 && parts[0] !== undefined) return parts[0];
        const kind = (e[0] === "and") === !not ? "and" : "or";
        const shown = parts.map((part) => (part.kind === "plain" || part.kind === kind ? part.text : this.say.group(part.text)));
        return { text: this.say[kind](shown), kind };
      }
      case "not":
        return this.clause(e[1], place, !not);
      case "is-missing":
      case "is-answered": {
        const a = this.term(e[1], place);
        const media = isMedia(itemOf(e[1], place));
        return plain((e[0] === "is-missing") === !not ? this.say.missing(a, media) : this.say.answered(a, media));
      }
      case "=":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        return this.comparison(not ? NEGATED[e[0]] : e[0], e[1], e[2], place);
      case "in":
        return plain(this.oneOf(e[1], e[2], place, not));
      case "has":
        return plain(this.say.ticked(this.term(e[1], place), this.labels(e[1], e[2], place), not));
      case "matches":
        return plain(this.pattern(e[1], e[2], place, not));
      case "if":
        return { text: this.say.choice(this.clause(e[1], place).text, this.clause(e[2], place, not).text, this.clause(e[3], place, not).text), kind: "open" };
      case "any":
      case "all": {
        const some = (e[0] === "any") === !not;
        const inner = this.clause(e[2], this.within(e[1], place), not);
        return { text: this.say[some ? "any" : "all"](this.section(e[1]), inner.text), kind: inner.kind === "plain" ? "plain" : "open" };
      }
      case "repeated":
        return plain(this.say.repeated(this.section(e[1]), this.term(e[2], this.within(e[1], place)), not));
      case "id-valid":
        return plain(this.say.idValid(this.term(e[1], place), not));
      case "const":
        return plain(this.say.always((e[1] === true) === !not));
      default:
        return plain(this.say.is(this.term(e, place), not ? this.say.no : this.say.yes, false));
    }
  }

  within(section: string, place: Place): Place {
    return { scheme: place.scheme, section: repeatingSection(this.scheme, section) };
  }

  section(path: string): string {
    return this.say.quote(repeatingSection(this.scheme, path)?.label[this.lang] ?? path);
  }

  ref(path: string, place: Place): string {
    const item = itemOf(["ref", path], place);
    if (item === undefined) return this.say.quote(repeatingSection(this.scheme, path)?.label[this.lang] ?? path);
    const label = this.say.quote(item.label[this.lang]);
    const form = path.startsWith(".") ? undefined : indexOf(this.scheme).byPath.get(path)?.form;
    if (form === undefined || !this.ambiguous.has(item.label[this.lang])) return label;
    return this.say.ofForm(form.key === this.scheme.generalForm ? this.say.generalForm : this.say.quote(form.label[this.lang]), label);
  }

  /** What an operand is called. `beside` is the other operand: constants are worded by its item (options, units). */
  term(e: Expression, place: Place, beside?: Expression): string {
    switch (e[0]) {
      case "ref":
        return this.ref(e[1], place);
      case "const":
        return this.constant(e[1], place, beside);
      case "list":
        return this.say.list(this.labels(beside, e[1], place));
      case "today":
        return this.say.today;
      case "reference-date":
        return this.say.referenceDate;
      case "+":
      case "-":
      case "*":
      case "/": {
        const year = calendarYear(e);
        if (year !== undefined) return this.say.yearOf(this.term(year, place));
        const [left, right] = [e[1], e[2]];
        return `${this.factor(left, e[0], place, false, right)}${this.lang === "zh" ? SIGNS[e[0]] : ` ${e[0]} `}${this.factor(right, e[0], place, true, left)}`;
      }
      case "years":
      case "months":
      case "days":
        return this.say.span(e[0], this.term(e[1], place), this.term(e[2], place));
      case "add-years":
        return this.say.anniversary(this.term(e[1], place), e[2], this.isBirth(e[1], place));
      case "slice": {
        if (e[1][0] === "const" && [...String(e[1][1])].length < e[2]) return this.say.nothing;
        const part = valueKind(e[1], place) === "date" ? DATE_PARTS[`${e[2]}-${e[3]}`] : undefined;
        return part === undefined ? this.say.slice(this.term(e[1], place), e[2], e[3]) : this.say.partOf(this.term(e[1], place), part);
      }
      case "length":
        return this.say.length(this.term(e[1], place));
      case "if":
        return this.say.choiceOf(this.clause(e[1], place).text, this.term(e[2], place, beside), this.term(e[3], place, beside));
      case "count":
        return this.say.rows(this.section(e[1]));
      case "sum": {
        const inner = this.within(e[1], place);
        const counted = countedRows(e[2]);
        return counted === undefined ? this.say.sum(this.section(e[1]), this.term(e[2], inner)) : this.say.rowsWhere(this.section(e[1]), this.clause(counted, inner).text);
      }
      case "id-birth":
        return this.say.idBirth(this.term(e[1], place));
      case "id-sex":
        return this.say.idSex(this.term(e[1], place));
      default:
        return this.say.group(this.clause(e, place).text);
    }
  }

  factor(e: Expression, around: string, place: Place, right: boolean, beside: Expression): string {
    const text = this.term(e, place, around === "+" || around === "-" ? beside : undefined);
    const sum = e[0] === "+" || e[0] === "-";
    const product = e[0] === "*" || e[0] === "/";
    const needed = (sum || product) && calendarYear(e) === undefined && ((sum && (around === "*" || around === "/")) || (right && (around === "-" || around === "/")));
    return needed ? this.say.group(text) : text;
  }

  isBirth(e: Expression, place: Place): boolean {
    return e[0] === "id-birth" || isBirth(itemOf(e, place));
  }

  options(e: Expression | undefined, place: Place): ReadonlyMap<string, Option> | undefined {
    if (e === undefined) return undefined;
    if (e[0] === "id-sex") return new Map(SEX.map((option) => [option.code, option]));
    return indexOf(this.scheme).options.get(itemOf(e, place)?.codeSet ?? "");
  }

  labels(e: Expression | undefined, codes: readonly string[], place: Place): string[] {
    const options = this.options(e, place);
    return codes.map((code) => this.say.quote(options?.get(code)?.label[this.lang] ?? code));
  }

  constant(value: string | number | boolean, place: Place, beside: Expression | undefined): string {
    if (value === "") return this.say.nothing;
    if (typeof value === "boolean") return value ? this.say.yes : this.say.no;
    const item = beside === undefined ? undefined : itemOf(beside, place);
    if (typeof value === "number") {
      const unit = item?.unit?.[this.lang] ?? (item?.kind === "money" ? { zh: "元", en: "yuan" }[this.lang] : undefined);
      return this.say.amount(value, unit);
    }
    const label = this.options(beside, place)?.get(value)?.label[this.lang];
    if (label !== undefined) return this.say.quote(label);
    const kind = beside === undefined ? "date" : valueKind(beside, place);
    if (isDate(value) && kind !== "text") return this.say.date(value);
    if (isMonth(value) && kind !== "text") return this.say.month(value);
    return this.say.quote(value);
  }

  oneOf(e: Expression, codes: readonly string[], place: Place, not: boolean): string {
    const a = this.term(e, place);
    const options = this.options(e, place);
    const others = options === undefined ? [] : [...options.keys()].filter((code) => !codes.includes(code));
    if (codes.length > LONG_LIST && others.length > 0 && others.length <= LONG_LIST / 2) {
      const list = this.labels(e, others, place);
      return not ? this.say.oneOf(a, list, false) : this.say.otherThan(a, list);
    }
    return this.say.oneOf(a, this.labels(e, codes, place), not);
  }

  /** A pattern over an item of options is the list of the options it takes. */
  pattern(e: Expression, pattern: string, place: Place, not: boolean): string {
    const options = this.options(e, place);
    if (options === undefined) return patternInWords(this.term(e, place), pattern, not, this.lang);
    const read = new RegExp(pattern, "u");
    const codes = [...options.values()].filter((option) => option.replacedBy === undefined && read.test(option.code)).map((option) => option.code);
    return codes.length === 0 ? this.say.always(not) : this.oneOf(e, codes, place, not);
  }

  comparison(operator: Operator, left: Expression, right: Expression, place: Place): Clause {
    if (left[0] === "const" && right[0] !== "const") return this.comparison(SWAPPED[operator], right, left, place);
    if ((left[0] === "today" || left[0] === "reference-date") && right[0] !== "const" && right[0] !== "today") return this.comparison(SWAPPED[operator], right, left, place);
    if (operator === "!=" && right[0] === "const" && typeof right[1] === "boolean") return this.comparison("=", left, ["const", !right[1]], place);
    const n = right[0] === "const" && typeof right[1] === "number" ? right[1] : undefined;
    if ((left[0] === "years" || left[0] === "months" || left[0] === "days") && n !== undefined && Number.isInteger(n) && n > 0) {
      return plain(this.say.spanIs(operator, left[0], n, this.term(left[1], place), this.term(left[2], place), left[0] === "years" && this.isBirth(left[1], place)));
    }
    if (left[0] === "add-years" && left[2] > 0 && (right[0] === "today" || right[0] === "reference-date") && (operator === ">" || operator === "<=")) {
      return plain(this.say.reached(this.term(left[1], place), left[2], this.term(right, place), operator === "<=", this.isBirth(left[1], place)));
    }
    const flags = n === undefined ? undefined : countedFlags(left);
    if (flags !== undefined && n !== undefined) return { text: this.say.holdingAre(operator, n, flags.map((each) => this.clause(each, place).text)), kind: "open" };
    if (left[0] === "count" && n !== undefined) return plain(this.say.rowsAre(operator, n, this.section(left[1])));
    const counted = left[0] === "sum" ? countedRows(left[2]) : undefined;
    if (left[0] === "sum" && counted !== undefined && n !== undefined) {
      return { text: this.say.rowsWhereAre(operator, n, this.section(left[1]), this.clause(counted, this.within(left[1], place)).text), kind: "open" };
    }
    const [a, b] = [this.term(left, place, right), this.term(right, place, left)];
    const kinds = [valueKind(left, place), valueKind(right, place)];
    const not = operator === "!=";
    if (operator !== "=" && operator !== "!=") return plain(this.say.order(operator, a, b, kinds.some((kind) => kind === "date" || kind === "month")));
    if (right[0] === "list") return plain(this.say.tickedExactly(a, this.labels(left, right[1], place), not));
    if (kinds.includes("number")) return plain(this.say.equals(a, b, not));
    return plain(FIXED.has(right[0]) ? this.say.is(a, b, not) : this.say.same(a, b, not));
  }
}

/** `years(1 January Y, date) + Y` is the calendar year of the date. */
const calendarYear = (e: Expression): Expression | undefined => {
  if (e[0] !== "+" || e[2][0] !== "const" || e[1][0] !== "years" || e[1][1][0] !== "const") return undefined;
  return e[1][1][1] === `${String(e[2][1])}-01-01` ? e[1][2] : undefined;
};

/** `sum` of 1 where a condition holds and 0 elsewhere counts rows: the condition. */
const countedRows = (e: Expression): Expression | undefined => (e[0] === "if" && e[2][0] === "const" && e[2][1] === 1 && e[3][0] === "const" && e[3][1] === 0 ? e[1] : undefined);

/** A sum of such counters, one for each condition: the conditions. */
const countedFlags = (e: Expression): Expression[] | undefined => {
  if (e[0] !== "+") {
    const condition = countedRows(e);
    return condition === undefined ? undefined : [condition];
  }
  const [left, right] = [countedFlags(e[1]), countedFlags(e[2])];
  return left === undefined || right === undefined ? undefined : [...left, ...right];
};

const ambiguousLabels = (scheme: Scheme, whole: Expression, lang: Lang): Set<string> => {
  const paths = new Map<string, Set<string>>();
  const walk = (e: unknown): void => {
    if (!Array.isArray(e)) return;
    if (e[0] === "ref" && typeof e[1] === "string" && !e[1].startsWith(".")) {
      const label = indexOf(scheme).byPath.get(e[1])?.item.label[lang] ?? e[1];
      paths.set(label, (paths.get(label) ?? new Set()).add(e[1]));
    }
    for (const part of e.slice(1)) walk(part);
  };
  walk(whole);
  return new Set([...paths].flatMap(([label, found]) => (found.size > 1 ? [label] : [])));
};

/**
 * A condition, or an expression that gives a value, in words. `section` is the repeating section (`form.section`) whose row `.key` references mean.
 * No full stop at the end: 「“入伍时间”早于“出生日期”满14周岁的日期」.
 */
export function inWords(scheme: Scheme, expression: Expression, lang: Lang, section?: string): string {
  const speaker = new Speaker(scheme, lang, expression);
  const place: Place = { scheme, section: section === undefined ? undefined : repeatingSection(scheme, section) };
  const kind = valueKind(expression, place);
  return kind === "flag" && expression[0] !== "const" && expression[0] !== "ref" ? speaker.clause(expression, place).text : speaker.term(expression, place);
}
