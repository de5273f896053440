// The phrases of which rules in words are made, in Chinese and English (see in-words.ts).
import type { Text } from "../core/issue.ts";

export type Lang = keyof Text;
type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type DatePart = "year" | "year-month" | "month" | "day";
type Span = "years" | "months" | "days";

/** `a`, `b` are terms already in words; `list` labels already quoted. */
export type Phrases = {
  readonly quote: (label: string) => string;
  readonly generalForm: string;
  readonly ofForm: (form: string, label: string) => string;
  readonly and: (parts: readonly string[]) => string;
  readonly or: (parts: readonly string[]) => string;
  readonly group: (inner: string) => string;
  readonly choice: (condition: string, yes: string, no: string) => string;
  readonly choiceOf: (condition: string, yes: string, no: string) => string;
  readonly missing: (a: string, media: boolean) => string;
  readonly answered: (a: string, media: boolean) => string;
  readonly always: (truth: boolean) => string;
  readonly is: (a: string, b: string, negated: boolean) => string;
  readonly same: (a: string, b: string, negated: boolean) => string;
  readonly equals: (a: string, b: string, negated: boolean) => string;
  readonly order: (operator: Comparison, a: string, b: string, dates: boolean) => string;
  readonly oneOf: (a: string, list: readonly string[], negated: boolean) => string;
  readonly otherThan: (a: string, list: readonly string[]) => string;
  readonly ticked: (a: string, list: readonly string[], negated: boolean) => string;
  readonly tickedExactly: (a: string, list: readonly string[], negated: boolean) => string;
  readonly list: (list: readonly string[]) => string;
  readonly span: (unit: Span, from: string, to: string) => string;
  readonly spanIs: (operator: Comparison, unit: Span, n: number, from: string, to: string, age: boolean) => string;
  readonly reached: (from: string, n: number, to: string, yes: boolean, age: boolean) => string;
  readonly anniversary: (date: string, n: number, age: boolean) => string;
  readonly yearOf: (a: string) => string;
  /** A part of a date: its year, its year and month, its month or its day. */
  readonly partOf: (a: string, part: DatePart) => string;
  readonly slice: (a: string, from: number, to: number) => string;
  readonly length: (a: string) => string;
  readonly rows: (section: string) => string;
  readonly rowsAre: (operator: Comparison, n: number, section: string) => string;
  readonly rowsWhere: (section: string, condition: string) => string;
  readonly rowsWhereAre: (operator: Comparison, n: number, section: string, condition: string) => string;
  /** How many of several conditions hold. */
  readonly holdingAre: (operator: Comparison, n: number, conditions: readonly string[]) => string;
  readonly any: (section: string, condition: string) => string;
  readonly all: (section: string, condition: string) => string;
  readonly sum: (section: string, a: string) => string;
  readonly repeated: (section: string, a: string, negated: boolean) => string;
  readonly idBirth: (a: string) => string;
  readonly idSex: (a: string) => string;
  readonly idValid: (a: string, negated: boolean) => string;
  /** Stands where an expression gives no value. */
  readonly nothing: string;
  readonly today: string;
  readonly referenceDate: string;
  readonly yes: string;
  readonly no: string;
  readonly date: (iso: string) => string;
  readonly month: (iso: string) => string;
  readonly amount: (n: number, unit: string | undefined) => string;
};

const UNITS_ZH: Readonly<Record<Span, string>> = { years: "年", months: "个月", days: "天" };
const AMOUNTS_ZH: Readonly<Record<Comparison, (n: string) => string>> = {
  "=": (n) => `正好${n}`, "!=": (n) => `不是${n}`, "<": (n) => `少于${n}`, "<=": (n) => `不超过${n}`, ">": (n) => `多于${n}`, ">=": (n) => `至少${n}`,
};
const SPANS_ZH: Readonly<Record<Comparison, (n: string) => string>> = {
  "=": (n) => `满${n}而未再满一整期`, "!=": (n) => `不是正好${n}`, "<": (n) => `不满${n}`, "<=": (n) => `不超过${n}`, ">": (n) => `超过${n}`, ">=": (n) => `已满${n}`,
};
const DATES_ZH: Readonly<Record<Comparison, string>> = { "=": "等于", "!=": "不等于", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于" };
const NUMBERS_ZH: Readonly<Record<Comparison, string>> = { "=": "等于", "!=": "不等于", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于" };

const spanZh = (unit: Span, n: number, age: boolean): string => `${n}${unit === "years" && age ? "周岁" : UNITS_ZH[unit]}`;
/** Whole units: exactly n means n reached and n + 1 not, which is how people say it. */
const spanIsZh = (operator: Comparison, unit: Span, n: number, age: boolean): string => {
  const unitOf = (m: number): string => spanZh(unit, m, age);
  if (unit === "days") return { "=": `正好${unitOf(n)}`, "!=": `不是${unitOf(n)}`, "<": `不到${unitOf(n)}`, "<=": `不超过${unitOf(n)}`, ">": `超过${unitOf(n)}`, ">=": `至少${unitOf(n)}` }[operator];
  if (operator === "<=") return `不满${unitOf(n + 1)}`;
  if (operator === ">") return `已满${unitOf(n + 1)}`;
  if (operator === "=") return `满${unitOf(n)}、不满${unitOf(n + 1)}`;
  return operator === "!=" ? `不满${unitOf(n)}或已满${unitOf(n + 1)}` : SPANS_ZH[operator](unitOf(n));
};

const zh: Phrases = {
  quote: (label) => `“${label}”`,
  generalForm: "总表",
  ofForm: (form, label) => `${form}的${label}`,
  and: (parts) => parts.join("，且"),
  or: (parts) => parts.join("，或者"),
  group: (inner) => `（${inner}）`,
  choice: (condition, yes, no) => `如果${condition}，则${yes}，否则${no}`,
  choiceOf: (condition, yes, no) => `（${condition}时为${yes}，否则为${no}）`,
  missing: (a, media) => (media ? `没有提供${a}` : `${a}未填写`),
  answered: (a, media) => (media ? `已提供${a}` : `${a}已填写`),
  always: (truth) => (truth ? "任何情况" : "没有任何情况"),
  is: (a, b, negated) => `${a}${negated ? "不是" : "为"}${b}`,
  same: (a, b, negated) => `${a}与${b}${negated ? "不一致" : "相同"}`,
  equals: (a, b, negated) => `${a}${negated ? "不" : ""}等于${b}`,
  order: (operator, a, b, dates) => `${a}${(dates ? DATES_ZH : NUMBERS_ZH)[operator]}${b}`,
  oneOf: (a, list, negated) => {
    if (list.length === 1) return `${a}${negated ? "不是" : "为"}${list[0]}`;
    if (list.length === 2) return negated ? `${a}既不是${list[0]}也不是${list[1]}` : `${a}为${list[0]}或${list[1]}`;
    return negated ? `${a}不是${list.join("")}中的任何一项` : `${a}为${list.join("")}之一`;
  },
  otherThan: (a, list) => `${a}为${list.join("")}以外的选项`,
  ticked: (a, list, negated) => {
    if (list.length === 1) return `${a}${negated ? "没有选" : "选了"}${list[0]}`;
    if (negated) return `${a}中${list.join("")}均未选`;
    return list.length === 2 ? `${a}选了${list[0]}或${list[1]}` : `${a}选了${list.join("")}中的至少一项`;
  },
  tickedExactly: (a, list, negated) => `${a}所选${negated ? "不是" : "正好是"}${list.join("")}`,
  list: (list) => list.join(""),
  span: (unit, from, to) => `从${from}到${to}的整${{ years: "年数", months: "月数", days: "天数" }[unit]}`.replace("整天数", "天数"),
  spanIs: (operator, unit, n, from, to, age) => (age ? `按${from}到${to}${spanIsZh(operator, unit, n, true)}` : `从${from}到${to}${spanIsZh(operator, unit, n, false)}`),
  reached: (from, n, to, yes, age) => (age ? `按${from}到${to}${yes ? "已满" : "不满"}${n}周岁` : `从${from}到${to}${yes ? "已满" : "不满"}${n}年`),
  anniversary: (date, n, age) => (n < 0 ? `${date}前${-n}年的日期` : age ? `${date}满${n}周岁的日期` : `${date}满${n}周年的日期`),
  yearOf: (a) => `${a}的年份`,
  partOf: (a, part) => `${a}的${{ year: "年份", "year-month": "年月", month: "月份", day: "日" }[part]}`,
  slice: (a, from, to) => (from === to ? `${a}第${from}位` : `${a}第${from}至${to}位`),
  length: (a) => `${a}的字数`,
  rows: (section) => `${section}的条数`,
  rowsAre: (operator, n, section) => (n === 0 && (operator === "=" || operator === "<=") ? `${section}一条也没有` : n === 0 && (operator === ">" || operator === "!=") ? `${section}至少有1条` : `${section}${operator === "!=" ? "" : "有"}${AMOUNTS_ZH[operator](`${n}条`)}`.replace("有至少", "至少有").replace("有正好", "正好有")),
  rowsWhere: (section, condition) => `${section}中符合“${condition.replaceAll(/[“”]/gu, "")}”的条数`,
  rowsWhereAre: (operator, n, section, condition) => {
    if (n === 0 && (operator === "=" || operator === "<=")) return `${section}中没有一条符合：${condition}`;
    if ((n === 0 && operator === ">") || (n === 1 && operator === ">=")) return `${section}中至少有1条符合：${condition}`;
    return `${section}中符合以下条件的${operator === "!=" ? `不是正好${n}条` : AMOUNTS_ZH[operator](`${n}条`)}：${condition}`;
  },
  holdingAre: (operator, n, conditions) => `以下情况中有${operator === "!=" ? `不是正好${n}项` : AMOUNTS_ZH[operator](`${n}项`)}：${conditions.join("；")}`.replace("有至少", "至少有").replace("有正好", "正好有").replace("有不", "不"),
  any: (section, condition) => `${section}中有一条符合：${condition}`,
  all: (section, condition) => `${section}中每一条都符合：${condition}`,
  sum: (section, a) => `${section}各条${a}的合计`,
  repeated: (section, a, negated) => (negated ? `${section}各条的${a}互不相同` : `${section}中有两条的${a}相同`),
  idBirth: (a) => `${a}上的出生日期`,
  idSex: (a) => `${a}上的性别`,
  idValid: (a, negated) => `${a}${negated ? "不是有效的" : "是有效的"}身份证号`,
  nothing: "空",
  today: "今天",
  referenceDate: "标准时点",
  yes: "“是”",
  no: "“否”",
  date: (iso) => `${Number(iso.slice(0, 4))}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`,
  month: (iso) => `${Number(iso.slice(0, 4))}年${Number(iso.slice(5, 7))}月`,
  amount: (n, unit) => `${n}${unit ?? ""}`,
};

const MONTHS = "January February March April May June July August September October November December".split(" ");
const NUMBERS_EN: Readonly<Record<Comparison, string>> = { "=": "equals", "!=": "differs from", "<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least" };
const DATES_EN: Readonly<Record<Comparison, string>> = { "=": "is the same as", "!=": "differs from", "<": "is before", "<=": "is not after", ">": "is after", ">=": "is not before" };
const AMOUNTS_EN: Readonly<Record<Comparison, string>> = { "=": "exactly", "!=": "not", "<": "fewer than", "<=": "at most", ">": "more than", ">=": "at least" };
const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;

const en: Phrases = {
  quote: (label) => `“${label}”`,
  generalForm: "the general form",
  ofForm: (form, label) => `${label} of ${form}`,
  and: (parts) => parts.join(", and "),
  or: (parts) => parts.join(", or "),
  group: (inner) => `(${inner})`,
  choice: (condition, yes, no) => `if ${condition}: ${yes}; otherwise: ${no}`,
  choiceOf: (condition, yes, no) => `(${yes} if ${condition}, otherwise ${no})`,
  missing: (a) => `${a} is missing`,
  answered: (a) => `${a} is given`,
  always: (truth) => (truth ? "always" : "never"),
  is: (a, b, negated) => `${a} is ${negated ? "not " : ""}${b}`,
  same: (a, b, negated) => (negated ? `${a} differs from ${b}` : `${a} is the same as ${b}`),
  equals: (a, b, negated) => (negated ? `${a} differs from ${b}` : `${a} equals ${b}`),
  order: (operator, a, b, dates) => `${a} ${(dates ? DATES_EN : NUMBERS_EN)[operator]} ${b}`,
  oneOf: (a, list, negated) => (list.length === 1 ? `${a} is ${negated ? "not " : ""}${list[0]}` : `${a} is ${negated ? "none" : "one"} of ${list.join(", ")}`),
  otherThan: (a, list) => `${a} is an option other than ${list.join(", ")}`,
  ticked: (a, list, negated) => (list.length === 1 ? `${a} ${negated ? "does not include" : "includes"} ${list[0]}` : `${a} includes ${negated ? "none" : "at least one"} of ${list.join(", ")}`),
  tickedExactly: (a, list, negated) => `${a} is ${negated ? "not " : ""}exactly ${list.join(", ")}`,
  list: (list) => list.join(", "),
  span: (unit, from, to) => `the whole ${unit} from ${from} to ${to}`.replace("whole days", "days"),
  spanIs: (operator, unit, n, from, to) => `from ${from} to ${to} there are ${AMOUNTS_EN[operator]} ${many(n, `${unit === "days" ? "" : "whole "}${unit.slice(0, -1)}`)}`,
  reached: (from, n, to, yes, age) => (age ? `the age by ${from} ${to === "today" ? to : `on ${to}`} is ${yes ? `${n} or more` : `under ${n}`}` : `from ${from} to ${to} there are ${yes ? "at least" : "less than"} ${many(n, "year")}`),
  anniversary: (date, n, age) => (n < 0 ? `${many(-n, "year")} before ${date}` : age ? `the day of turning ${n} by ${date}` : `${many(n, "year")} after ${date}`),
  yearOf: (a) => `the year of ${a}`,
  partOf: (a, part) => `the ${{ year: "year", "year-month": "year and month", month: "month", day: "day" }[part]} of ${a}`,
  slice: (a, from, to) => (from === to ? `character ${from} of ${a}` : `characters ${from} to ${to} of ${a}`),
  length: (a) => `the number of characters of ${a}`,
  rows: (section) => `the number of rows of ${section}`,
  rowsAre: (operator, n, section) => (n === 0 && (operator === "=" || operator === "<=") ? `${section} has no rows` : `${section} has ${n === 0 && (operator === ">" || operator === "!=") ? "at least 1 row" : `${AMOUNTS_EN[operator]} ${many(n, "row")}`}`),
  rowsWhere: (section, condition) => `the number of rows of ${section} where ${condition}`,
  rowsWhereAre: (operator, n, section, condition) => `${section} has ${n === 0 && (operator === "=" || operator === "<=") ? "no rows" : `${AMOUNTS_EN[operator]} ${many(n, "row")}`} where ${condition}`,
  holdingAre: (operator, n, conditions) => `${operator === "!=" ? "not exactly" : AMOUNTS_EN[operator]} ${n} of these hold: ${conditions.join("; ")}`,
  any: (section, condition) => `some row of ${section} has: ${condition}`,
  all: (section, condition) => `every row of ${section} has: ${condition}`,
  sum: (section, a) => `the sum of ${a} over ${section}`,
  repeated: (section, a, negated) => (negated ? `no two rows of ${section} have the same ${a}` : `two rows of ${section} have the same ${a}`),
  idBirth: (a) => `the birth date in ${a}`,
  idSex: (a) => `the sex in ${a}`,
  idValid: (a, negated) => `${a} is ${negated ? "not " : ""}a valid identity number`,
  nothing: "no value",
  today: "today",
  referenceDate: "the reference date",
  yes: "“Yes”",
  no: "“No”",
  date: (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ""} ${Number(iso.slice(0, 4))}`,
  month: (iso) => `${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ""} ${Number(iso.slice(0, 4))}`,
  amount: (n, unit) => (unit === undefined ? String(n) : `${n} ${unit}`),
};

/** The phrases of a language. */
export const PHRASES: Readonly<Record<Lang, Phrases>> = { zh, en };
