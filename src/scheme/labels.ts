// The import side of labels: which item a heading means, which code a label means, and how a cell of a sheet becomes a value.
import { checkCitizenId, normaliseCitizenId } from "../core/citizen-id.ts";
import { formatAreaCode, parseAreaCode } from "../core/area-code.ts";
import type { Issue } from "../core/issue.ts";
import { closeName, nameFault } from "../core/names.ts";
import { parseDate, parseMonth } from "../core/time.ts";
import { checkUnitField, scanFreeText } from "../core/unit-designation.ts";
import { isPhone } from "./check-values.ts";
import { longest } from "./check-structure.ts";
import { type Place, placesOf } from "./layout.ts";
import type { CodeSet, Item, Scheme, Value } from "./model.ts";
import * as say from "./wording.ts";

export type Raw = string | number | boolean | Date | null | undefined;
/** A value (undefined for an empty cell) with notes to show beside it, or the fault for which the cell is refused. */
export type Parsed = { readonly value: Value | undefined; readonly notes?: readonly Issue[] } | { readonly issue: Issue };

const fold = (text: string): string => text.normalize("NFKC").replace(/[\s\u200b\ufeff]+/gu, "").toLowerCase();
/** Headings also lose asterisks, colons and what stands in brackets. */
const foldHeading = (text: string): string => fold(text).replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕/gu, "").replace(/[*＊:：★]/gu, "");

const headings = new WeakMap<Scheme, readonly ReadonlyMap<string, readonly Place[]>[]>();

const spellings: readonly ((place: Place) => readonly string[])[] = [
  (p) => [p.item.label.zh, p.item.label.en, p.path, `${p.form.label.zh}.${p.item.label.zh}`],
  (p) => [p.item.key, fold(p.item.label.zh), fold(p.item.label.en)],
  (p) => [foldHeading(p.item.label.zh), foldHeading(p.item.label.en)],
];

const headingMaps = (scheme: Scheme): readonly ReadonlyMap<string, readonly Place[]>[] => {
  const known = headings.get(scheme);
  if (known) return known;
  const listed = (path: string): readonly string[] => (scheme.baseList ?? []).filter((c) => c.item === path).flatMap((c) => [c.heading, ...(c.alsoHeaded ?? [])]);
  const made = spellings.map((spell, i) => {
    const map = new Map<string, Place[]>();
    if (i === 1) for (const place of placesOf(scheme)) for (const written of new Set(listed(place.path).map(fold))) map.set(written, [...(map.get(written) ?? []), place]);
    for (const place of placesOf(scheme)) for (const written of new Set(spell(place))) map.set(written, [...(map.get(written) ?? []), place]);
    return map;
  });
  headings.set(scheme, made);
  return made;
};

/**
 * The item a column heading means: its exact label or path first, then its key, the base list's headings and the label without spaces, then
 * without brackets and asterisks.
 * `forms` narrows the search (the forms a sheet may hold). Undefined when no item or more than one has that heading.
 */
export function itemOfHeading(scheme: Scheme, heading: string, forms?: readonly string[]): Place | undefined {
  const asked = [heading.trim(), fold(heading), foldHeading(heading)];
  for (const [i, map] of headingMaps(scheme).entries()) {
    const found = (map.get(asked[i] ?? "") ?? []).filter((place) => forms === undefined || forms.includes(place.form.key));
    if (found.length === 1) return found[0];
    const general = found.filter((place) => place.form.key === scheme.generalForm);
    if (general.length === 1 && forms === undefined) return general[0];
    if (found.length > 1) return undefined;
  }
  return undefined;
}

type LabelMap = ReadonlyMap<string, string | null>;
const labelMaps = new WeakMap<CodeSet, LabelMap>();

/** Folded spelling → code; null where two options share the spelling. Codes win over labels, labels over older words. */
const labelMapOf = (set: CodeSet): LabelMap => {
  const known = labelMaps.get(set);
  if (known) return known;
  const made = new Map<string, string | null>();
  for (const spell of [(o: CodeSet["options"][number]) => [o.code], (o: CodeSet["options"][number]) => [o.label.zh, o.label.en], (o: CodeSet["options"][number]) => o.alsoWritten ?? []]) {
    const layer = new Map<string, string | null>();
    for (const option of set.options) {
      for (const written of new Set(spell(option).map(fold))) layer.set(written, layer.has(written) ? null : option.code);
    }
    for (const [written, code] of layer) if (!made.has(written)) made.set(written, code);
  }
  labelMaps.set(set, made);
  return made;
};

/** The code a label means (code, Chinese or English label, older words; spaces and width do not matter; 汉 and 汉族 are one). */
export function codeOfLabel(set: CodeSet, label: string): string | undefined {
  const map = labelMapOf(set);
  const asked = fold(label);
  const code = map.get(asked) ?? (asked.endsWith("族") ? map.get(asked.slice(0, -1)) : map.get(`${asked}族`));
  return code ?? undefined;
}

const YES = new Set(["是", "有", "√", "✓", "✔", "y", "yes", "true", "对"]);
const NO = new Set(["否", "无", "×", "✗", "n", "no", "false", "没有", "不是"]);

/** Numbers as sheets hold them: thousands commas, ¥, 元, the item's unit, 万 for ten thousand. */
const parseNumber = (item: Item, raw: string | number): number | undefined => {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : undefined;
  let text = fold(raw).replace(/^[¥￥]/u, "");
  const unit = item.unit === undefined ? "" : fold(item.unit.zh);
  for (const end of [unit, "元", "平方米", "m2", "岁", "人"]) if (end !== "" && text.endsWith(end)) text = text.slice(0, -end.length);
  const tenThousands = text.endsWith("万");
  if (tenThousands) text = text.slice(0, -1);
  if (!/^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/u.test(text)) return undefined;
  const number = Number(text.replaceAll(",", ""));
  return tenThousands ? Math.round(number * 1e8) / 1e4 : number;
};

const cents = (n: number): number => (Math.abs(n * 100 - Math.round(n * 100)) < 1e-6 ? Math.round(n * 100) / 100 : n);

const plainText = (raw: string | number | boolean): string => String(raw).replace(/[\u200b\ufeff]/gu, "").trim();

const parseCodes = (item: Item, set: CodeSet, text: string, at: string): Parsed => {
  const whole = codeOfLabel(set, text);
  const labels = whole === undefined ? text.split(/[、,，;；|\n]+/u).map((label) => label.trim()).filter((label) => label !== "") : [text];
  const codes = labels.map((label) => codeOfLabel(set, label));
  const found = [...new Set(codes.filter((code) => code !== undefined))];
  return codes.length > found.length && codes.includes(undefined) ? { issue: say.notOption(at, item.label) } : { value: found };
};

/** Digits that a sheet turned into a number (1.38E+10) come back as digits; numbers beyond 2^53 have lost digits and are not read. */
const digitsOf = (raw: string | number | boolean): string => (typeof raw === "number" && Number.isSafeInteger(raw) ? raw.toFixed(0) : plainText(raw));

const parseText = (item: Item, raw: string | number | boolean, at: string): Parsed => {
  const text = item.text === "name" ? closeName(plainText(raw)) : plainText(raw);
  const max = longest(item);
  if ([...text].length > max) return { issue: say.tooLong(at, item.label, max) };
  if (item.text === "unit-code") return checkUnitField(text) === "accept" ? { value: text.normalize("NFKC") } : { issue: say.notCoverName(at, item.label) };
  const scan = scanFreeText(text);
  if (scan.verdict === "refuse") return { issue: say.designation(at, item.label, scan.spans) };
  const notes = scan.verdict === "review" ? [say.designationDoubt(at, item.label, scan.spans)] : undefined;
  if (item.text === "name") {
    const fault = nameFault(text);
    if (fault !== undefined) return { issue: say.nameWrong(at, item.label, fault) };
  }
  return { value: text, notes };
};

const parsePhone = (item: Item, text: string, at: string): Parsed => {
  const digits = text.normalize("NFKC").replace(/[\s()（）]+/gu, "").replace(/[‐‑–—−]/gu, "-").replace(/^(\+|00)86-?/u, "");
  const phone = /^1[\d-]+$/u.test(digits) ? digits.replaceAll("-", "") : digits;
  return isPhone(phone) ? { value: phone } : { issue: say.notPhone(at, item.label) };
};

/**
 * A cell of a sheet as a value of the item. `at` is where its issues point (a column heading; default the item key).
 * Empty cells give the value undefined. Identity numbers of 15 digits are converted with a note.
 */
export function parseCell(item: Item, set: CodeSet | undefined, raw: Raw, at: string = item.key): Parsed {
  if (raw === null || raw === undefined || (typeof raw === "string" && plainText(raw) === "")) return { value: undefined };
  if (item.kind === "date" || item.kind === "month") {
    const date = typeof raw === "boolean" ? undefined : item.kind === "date" ? parseDate(raw) : parseMonth(raw);
    return date === undefined ? { issue: (item.kind === "date" ? say.notDate : say.notMonth)(at, item.label) } : { value: date };
  }
  if (raw instanceof Date) return { issue: say.wrongType(at, item.label) };
  switch (item.kind) {
    case "text":
    case "address":
      return parseText(item, raw, at);
    case "integer":
    case "decimal":
    case "money": {
      const number = typeof raw === "boolean" ? undefined : parseNumber(item, raw);
      if (number === undefined) return { issue: say.wrongType(at, item.label) };
      return { value: item.kind === "money" ? cents(number) : number };
    }
    case "code": {
      const code = set === undefined ? undefined : codeOfLabel(set, plainText(raw));
      return code === undefined ? { issue: say.notOption(at, item.label) } : { value: code };
    }
    case "codes":
      return set === undefined ? { issue: say.notOption(at, item.label) } : parseCodes(item, set, plainText(raw), at);
    case "yes-no": {
      const word = fold(plainText(raw));
      return YES.has(word) ? { value: true } : NO.has(word) ? { value: false } : { issue: say.wrongType(at, item.label) };
    }
    case "id-number": {
      if (typeof raw === "number" && !Number.isSafeInteger(raw)) return { issue: say.idDigitsLost(at, item.label) };
      const text = digitsOf(raw);
      const result = checkCitizenId(text);
      if (!result.ok) return normaliseCitizenId(text) === "" ? { value: undefined } : { issue: say.idFault(at, item.label, result.reason) };
      return { value: result.id, notes: result.converted === true ? [say.idConverted(at, item.label)] : undefined };
    }
    case "phone":
      return parsePhone(item, digitsOf(raw), at);
    case "area": {
      const code = parseAreaCode(digitsOf(raw));
      return code === undefined ? { issue: say.notArea(at, item.label) } : { value: formatAreaCode(code) };
    }
    case "photo":
    case "document":
    case "signature":
    case "computed":
      return { issue: say.wrongType(at, item.label) };
  }
}
