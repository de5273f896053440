// What an expression gives: a number, a date, a text, an option … read from the definition alone, and the faults of operators that are
// given what they cannot work with (arithmetic on texts, years of a number, the order of two texts).
import { isDate, isMonth } from "../core/time.ts";
import type { Text } from "../core/issue.ts";
import type { Expression } from "./expression.ts";
import { indexOf } from "./layout.ts";
import type { Item, Scheme, Section } from "./model.ts";

/** `code` is one option of a set, `codes` several; `media` the id of a picture or paper; `unknown` cannot be told, and passes everywhere. */
export type ValueKind = "text" | "code" | "codes" | "number" | "date" | "month" | "flag" | "media" | "unknown";

/** Where references are looked up: `section` holds the row that `.key` means. */
export type Place = { readonly scheme: Scheme; readonly section?: Section };

const MAX_DEPTH = 40;

/** The item that a reference means, if the expression is one and the item exists. */
export function itemOf(e: unknown, place: Place): Item | undefined {
  if (!Array.isArray(e) || e[0] !== "ref" || typeof e[1] !== "string") return undefined;
  const path = e[1];
  return path.startsWith(".") ? place.section?.items.find((item) => item.key === path.slice(1)) : indexOf(place.scheme).byPath.get(path)?.item;
}

/** The repeating section at `form.section`. */
export function repeatingSection(scheme: Scheme, path: string): Section | undefined {
  const [form, key, ...rest] = path.split(".");
  return rest.length > 0 ? undefined : indexOf(scheme).forms.get(form ?? "")?.sections.find((section) => section.key === key && section.repeats !== undefined);
}

const kindOfItem = (item: Item, place: Place, depth: number): ValueKind => {
  switch (item.kind) {
    case "integer":
    case "decimal":
    case "money":
      return "number";
    case "yes-no":
      return "flag";
    case "date":
    case "month":
    case "code":
    case "codes":
      return item.kind;
    case "photo":
    case "document":
    case "signature":
      return "media";
    case "computed":
      return item.computed === undefined || depth > MAX_DEPTH ? "unknown" : valueKind(item.computed, place, depth + 1);
    default:
      return "text";
  }
};

const constantKind = (value: unknown): ValueKind => {
  if (value === "") return "unknown";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "flag";
  const text = String(value);
  return isDate(text) ? "date" : isMonth(text) ? "month" : "text";
};

/** What the expression gives. Well-formed expressions only; anything else is `unknown`. */
export function valueKind(e: Expression, place: Place, depth = 0): ValueKind {
  if (depth > MAX_DEPTH) return "unknown";
  switch (e[0]) {
    case "ref": {
      const item = itemOf(e, place);
      return item === undefined ? "unknown" : kindOfItem(item, place, depth);
    }
    case "const":
      return constantKind(e[1]);
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
    case "slice": {
      // The first seven characters of a date are its month.
      const dated = e[2] === 1 && (e[3] === 7 || e[3] === 10) ? valueKind(e[1], place, depth + 1) : "text";
      return dated === "date" ? (e[3] === 7 ? "month" : "date") : "text";
    }
    case "id-sex":
      return "code";
    case "if": {
      const [yes, no] = [valueKind(e[2], place, depth + 1), valueKind(e[3], place, depth + 1)];
      return yes === no ? yes : "unknown";
    }
    default:
      return "flag";
  }
}

const WORDS: Readonly<Record<ValueKind, Text>> = {
  text: { zh: "文字", en: "a text" },
  code: { zh: "选项", en: "an option" },
  codes: { zh: "多个选项", en: "several options" },
  number: { zh: "数值", en: "a number" },
  date: { zh: "日期", en: "a date" },
  month: { zh: "年月", en: "a month" },
  flag: { zh: "是否", en: "yes or no" },
  media: { zh: "照片或材料", en: "a picture or paper" },
  unknown: { zh: "未知", en: "unknown" },
};

const isConstant = (e: unknown): boolean => Array.isArray(e) && e[0] === "const";
const isStringlike = (kind: ValueKind): boolean => kind === "text" || kind === "code";

/** An option is written as a text, and a constant that looks like a date may be a text; a constant that is no date is none. */
const alike = (a: ValueKind, b: ValueKind, left: unknown, right: unknown): boolean => {
  if (a === b || a === "unknown" || b === "unknown") return true;
  const asText = (kind: ValueKind, e: unknown): boolean => isStringlike(kind) || ((kind === "date" || kind === "month") && isConstant(e));
  return asText(a, left) && asText(b, right) && (isStringlike(a) || isStringlike(b));
};

const ORDERED: readonly ValueKind[] = ["number", "date", "month", "unknown"];
const ARITHMETIC = ["+", "-", "*", "/"];
const ORDER = ["<", "<=", ">", ">="];

/** What the operator is given must be one of these. */
const WANTED: { readonly [operator: string]: readonly ValueKind[] } = {
  and: ["flag"], or: ["flag"], not: ["flag"], "+": ["number"], "-": ["number"], "*": ["number"], "/": ["number"], years: ["date"], months: ["date"], days: ["date"], "add-years": ["date"],
  slice: ["text", "code", "date", "month"], length: ["text", "code"], matches: ["text", "code", "date", "month"], in: ["text", "code", "date", "month"], has: ["codes"], "id-birth": ["text"], "id-sex": ["text"], "id-valid": ["text"],
};

/** Says what an operator cannot work with; looks at this operator only, not into its operands. `inner` is the place inside rows for operators over rows. */
export function kindFault(e: Expression, place: Place, inner: Place = place): Text | undefined {
  const operator: string = e[0];
  const wanted = Object.hasOwn(WANTED, operator) ? WANTED[operator] : undefined;
  const given = (part: unknown, within: Place): ValueKind => valueKind(part as Expression, within);
  const wrong = (part: unknown, kinds: readonly ValueKind[], within: Place): Text | undefined => {
    const kind = given(part, within);
    if (kind === "unknown" || kinds.includes(kind)) return undefined;
    const list = kinds.slice(0, 1).map((each) => WORDS[each]);
    return { zh: `“${operator}”需要${list[0]?.zh ?? ""}，这里是${WORDS[kind].zh}`, en: `“${operator}” needs ${list[0]?.en ?? ""}, and gets ${WORDS[kind].en}` };
  };
  if (wanted !== undefined) {
    const parts = operator === "and" || operator === "or" || ["years", "months", "days"].includes(operator) || ARITHMETIC.includes(operator) ? e.slice(1) : [e[1]];
    for (const part of parts) {
      const fault = wrong(part, wanted, place);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (e[0] === "if") return wrong(e[1], ["flag"], place);
  if (e[0] === "any" || e[0] === "all") return wrong(e[2], ["flag"], inner);
  if (e[0] === "sum") return wrong(e[2], ["number"], inner);
  if (e[0] === "repeated") return given(e[2], inner) === "codes" ? { zh: "“repeated”不能用于多选项目", en: "“repeated” is not for items of several codes" } : undefined;
  if (operator === "=" || operator === "!=" || ORDER.includes(operator)) {
    const [a, b] = [given(e[1], place), given(e[2], place)];
    if (!alike(a, b, e[1], e[2])) return { zh: `不能把${WORDS[a].zh}与${WORDS[b].zh}相比`, en: `cannot compare ${WORDS[a].en} with ${WORDS[b].en}` };
    const unordered = ORDER.includes(operator) ? [a, b].find((kind) => !ORDERED.includes(kind)) : undefined;
    if (unordered !== undefined) return { zh: `只有数值、日期和年月才分先后大小，${WORDS[unordered].zh}不能用“${operator}”`, en: `only numbers, dates and months have an order: “${operator}” is not for ${WORDS[unordered].en}` };
    if (a === "media" || b === "media") return { zh: "照片和材料不能比较，只能看有没有", en: "pictures and papers cannot be compared, only present or missing" };
  }
  return undefined;
}

/** The fault of an expression that stands where a condition must stand (`when`, `shownIf`, `required`). */
export function conditionFault(e: Expression, place: Place): Text | undefined {
  const kind = valueKind(e, place);
  return kind === "flag" || kind === "unknown" ? undefined : { zh: `条件应为是或否，这里是${WORDS[kind].zh}`, en: `must be a condition, and is ${WORDS[kind].en}` };
}

/** Words for a kind of value. */
export function kindInWords(kind: ValueKind): Text {
  return WORDS[kind];
}
