// Which types of value an item or an expression can give. Answers carry their type with them; a table needs to know it beforehand.
import type { Expression } from "./expression.ts";
import { indexOf } from "./layout.ts";
import type { Item, Scheme, Section } from "./model.ts";

export type ValueType = "text" | "number" | "boolean" | "codes";
export const VALUE_TYPES: readonly ValueType[] = ["text", "number", "boolean", "codes"];

const NONE: readonly ValueType[] = [];
const TEXT: readonly ValueType[] = ["text"];
const NUMBER: readonly ValueType[] = ["number"];
const BOOLEAN: readonly ValueType[] = ["boolean"];
const CODES: readonly ValueType[] = ["codes"];

/** The repeating section at `form.section`. */
export function rowsSection(scheme: Scheme, path: string): Section | undefined {
  const [form = "", key] = path.split(".");
  return indexOf(scheme).forms.get(form)?.sections.find((section) => section.key === key && section.repeats !== undefined);
}

const itemTypes = (scheme: Scheme, item: Item | undefined, section: Section | undefined, open: ReadonlySet<Item>): readonly ValueType[] => {
  switch (item?.kind) {
    case undefined:
      return NONE;
    case "integer":
    case "decimal":
    case "money":
      return NUMBER;
    case "yes-no":
      return BOOLEAN;
    case "codes":
      return CODES;
    case "computed":
      return item.computed === undefined || open.has(item) ? NONE : expressionTypes(scheme, item.computed, section, new Set([...open, item]));
    default:
      return TEXT;
  }
};

const refTypes = (scheme: Scheme, path: string, section: Section | undefined, open: ReadonlySet<Item>): readonly ValueType[] => {
  if (path.startsWith(".")) return itemTypes(scheme, section?.items.find((item) => item.key === path.slice(1)), section, open);
  return itemTypes(scheme, indexOf(scheme).byPath.get(path)?.item, undefined, open);
};

/** Types an expression can give; `section` is the repeating section whose row `.key` references mean. Empty: it is never known. */
export function expressionTypes(scheme: Scheme, e: Expression, section?: Section, open: ReadonlySet<Item> = new Set()): readonly ValueType[] {
  switch (e[0]) {
    case "ref":
      return refTypes(scheme, e[1], section, open);
    case "const":
      return e[1] === "" ? NONE : typeof e[1] === "string" ? TEXT : typeof e[1] === "number" ? NUMBER : BOOLEAN;
    case "list":
      return e[1].length === 0 ? NONE : CODES;
    case "today":
    case "reference-date":
    case "add-years":
    case "slice":
    case "id-birth":
    case "id-sex":
      return TEXT;
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
      return NUMBER;
    case "if": {
      const found = new Set([...expressionTypes(scheme, e[2], section, open), ...expressionTypes(scheme, e[3], section, open)]);
      return VALUE_TYPES.filter((type) => found.has(type));
    }
    default:
      return BOOLEAN;
  }
}

/** The type an item is kept in: of a computed item that can give several, the first. */
export function itemType(scheme: Scheme, item: Item, section?: Section): ValueType {
  return itemTypes(scheme, item, section?.repeats === undefined ? undefined : section, new Set())[0] ?? "text";
}
