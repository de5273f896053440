// From the fields of an edit form to edits as data: only what was changed becomes an edit. And which changes concern an item.
import type { Severity, Text } from "../../../core/issue.ts";
import type { Check, Item } from "../../../scheme/model.ts";
import type { SchemeChange } from "../../../scheme/scheme-change.ts";
import type { BodyOf } from "../../../core/route.ts";
import type { editDraft } from "../../../modules/drafting/contract.ts";
import { type Constant, constantsOf } from "../../../modules/drafting/rules.ts";

export type Edit = BodyOf<typeof editDraft>["edit"];
export const bounds = ["min", "max", "maxLength"] as const;
export type Bound = (typeof bounds)[number];

export type ItemFields = { readonly label: Text; readonly help: Text; readonly required: boolean; readonly min: string; readonly max: string; readonly maxLength: string };

const NUMBERS = new Set(["integer", "decimal", "money"]);
/** Bounds that an item of this kind may have. */
export const boundsOf = (item: Item): readonly Bound[] => (NUMBERS.has(item.kind) ? ["min", "max"] : item.kind === "text" || item.kind === "address" ? ["maxLength"] : []);

const written = (value: number | undefined): string => (value === undefined ? "" : String(value));
export const fieldsOf = (item: Item): ItemFields => ({
  label: item.label,
  help: item.help ?? { zh: "", en: "" },
  required: item.required !== undefined,
  min: written(item.min),
  max: written(item.max),
  maxLength: written(item.maxLength),
});

const differs = (a: Text, b: Text): boolean => a.zh.trim() !== b.zh.trim() || a.en.trim() !== b.en.trim();
const trimmed = (text: Text): Text => ({ zh: text.zh.trim(), en: text.en.trim() });
/** A bound as written: empty takes it away; undefined when it is no number. */
export function boundIn(text: string): number | null | undefined {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return null;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

/** Edits that bring the item to what the fields say; a bound that is no number is left out (the field says so). */
export function itemEdits(path: string, item: Item, fields: ItemFields): Edit[] {
  const before = fieldsOf(item);
  const edits: Edit[] = [];
  if (differs(before.label, fields.label)) edits.push({ kind: "item-label", item: path, text: trimmed(fields.label) });
  if (differs(before.help, fields.help)) edits.push({ kind: "item-help", item: path, text: trimmed(fields.help) });
  if (before.required !== fields.required) edits.push({ kind: "item-required", item: path, required: fields.required });
  for (const bound of boundsOf(item)) {
    const value = boundIn(fields[bound]);
    if (value !== undefined && value !== (item[bound] ?? null)) edits.push({ kind: "item-bound", item: path, bound, value });
  }
  return edits;
}

export type CheckFields = { readonly message: Text; readonly severity: Severity; readonly thresholds: Readonly<Record<number, string>> };
export const thresholdsOf = (check: Check): readonly Constant[] => constantsOf(check.when).filter((constant) => constant.threshold);
export const checkFieldsOf = (check: Check): CheckFields => ({ message: check.message, severity: check.severity, thresholds: Object.fromEntries(thresholdsOf(check).map((each) => [each.at, String(each.value)])) });

/** Edits that bring the check to what the fields say; thresholds keep their type. */
export function checkEdits(check: Check, fields: CheckFields): Edit[] {
  const edits: Edit[] = [];
  if (differs(check.message, fields.message)) edits.push({ kind: "check-message", check: check.key, text: trimmed(fields.message) });
  if (check.severity !== fields.severity) edits.push({ kind: "check-severity", check: check.key, severity: fields.severity });
  for (const { at, value } of thresholdsOf(check)) {
    const text = fields.thresholds[at]?.trim() ?? "";
    const next = typeof value === "number" ? boundIn(text) : text;
    if (next !== undefined && next !== null && next !== "" && next !== value) edits.push({ kind: "check-constant", check: check.key, at, value: next });
  }
  return edits;
}

/** Changes against the base that concern the part at a path of the definition. */
export const changesUnder = (changes: readonly SchemeChange[], path: string): readonly SchemeChange[] => changes.filter((change) => change.path === path || change.path.startsWith(`${path}.`));

/** JSON of an uploaded file; undefined when it is none. */
export function definitionIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\u{FEFF}/u, "")) as unknown;
  } catch {
    return undefined;
  }
}
