// What people type into a field and the value it stands for. Text that cannot be read stays as typed, so that the check names it.
import { parseDate, parseMonth } from "../../../core/time.ts";
import type { Item, Value } from "../../../scheme/model.ts";

const folded = (text: string): string => text.normalize("NFKC").trim();

/** A number as typed (full-width digits, thousands commas); the text itself when it is none; undefined when empty. */
export function typedNumber(text: string): number | string | undefined {
  const plain = folded(text).replaceAll(",", "");
  if (plain === "") return undefined;
  return /^-?(\d+\.?\d*|\.\d+)$/u.test(plain) ? Number(plain) : text;
}

/** A date (`YYYY-MM-DD`) or month (`YYYY-MM`) in any usual writing; the text itself when it is none; undefined when empty. */
export function typedDate(text: string, kind: "date" | "month"): string | undefined {
  if (folded(text) === "") return undefined;
  const compact = folded(text);
  if (/^\d{5}$/u.test(compact)) return text;
  return (kind === "date" ? parseDate(compact) : parseMonth(compact)) ?? text;
}

/** A value as it stands in the field. */
export function written(value: Value | undefined): string {
  return value === undefined ? "" : String(value);
}

/** The value a field holds after typing, by the item's kind. */
export function typedValue(item: Item, text: string): Value | undefined {
  switch (item.kind) {
    case "integer":
    case "decimal":
    case "money":
      return typedNumber(text);
    case "date":
    case "month":
      return typedDate(text, item.kind);
    case "id-number":
    case "phone":
      return folded(text) === "" ? undefined : folded(text).replace(/\s+/gu, "").toUpperCase();
    default:
      return text === "" ? undefined : text;
  }
}
