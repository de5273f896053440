// Values of an audit row's details as text.
import type { Text } from "../../../core/issue.ts";

type Words = { readonly yes: string; readonly no: string; readonly more: (n: number) => string; readonly list: string };
/** Of a long list so many are written out; how many more there are is said. */
const SHOWN = 12;

export const isId = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u.test(value);

/** A key that came from an older program or another installation stands as it is. */
export const labelOf = (labels: Readonly<Record<string, Text>>, key: string): Text => labels[key] ?? { zh: key, en: key };

export function detailText(value: unknown, words: Words): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) {
    const rest = value.length - SHOWN;
    return value.length === 0 ? "—" : [...value.slice(0, SHOWN).map((one: unknown) => (isId(one) ? one.slice(0, 8) : detailText(one, words))), ...(rest > 0 ? [words.more(rest)] : [])].join(words.list);
  }
  if (typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${detailText(one, words)}`).join("; ");
  return String(value);
}
