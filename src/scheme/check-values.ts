// Checks one answer by its kind: dates, codes, amounts, identity numbers, telephones, areas, names.
import { checkCitizenId } from "../core/citizen-id.ts";
import { parseAreaCode } from "../core/area-code.ts";
import type { Issue } from "../core/issue.ts";
import { nameFault } from "../core/names.ts";
import { isDate, isMonth } from "../core/time.ts";
import { indexOf } from "./layout.ts";
import type { Item, Option, Scheme, Value } from "./model.ts";
import * as say from "./wording.ts";

/** `today` as `YYYY-MM-DD`; `knownArea` says whether a 12-digit code is in the area tree (left out: every well-formed code passes). */
export type ValueContext = { readonly today: string; readonly knownArea?: (code: number) => boolean };
/** Faults of a present value of the right type. */
export type ValueCheck = (value: Value, path: string, context: ValueContext) => readonly Issue[];

const NONE: readonly Issue[] = [];
const MONEY_LIMIT = 100_000_000_000;

/** Mobile numbers 1[3-9] and nine digits; landlines area code and 7–8 digits, with or without hyphen. */
export function isPhone(text: string): boolean {
  return /^(?:1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7})$/u.test(text);
}

const numberCheck = (item: Item): ValueCheck => {
  const { label, kind } = item;
  const min = item.min ?? (kind === "money" ? 0 : undefined);
  const max = item.max ?? (kind === "money" ? MONEY_LIMIT : undefined);
  return (value, path) => {
    if (typeof value !== "number") return NONE;
    if (kind === "integer" && !Number.isSafeInteger(value)) return [say.notInteger(path, label)];
    if (min !== undefined && value < min) return [say.belowMin(path, label, min)];
    if (max !== undefined && value > max) return [say.aboveMax(path, label, max)];
    if (item.decimals !== undefined && Math.abs(value * 10 ** item.decimals - Math.round(value * 10 ** item.decimals)) > 1e-4) return [say.tooManyDecimals(path, label, item.decimals)];
    if (kind === "money" && Math.abs(value * 100 - Math.round(value * 100)) > 1e-4) return [say.moneyDecimals(path, label)];
    return NONE;
  };
};

type Options = ReadonlyMap<string, Option>;

const codeCheck = (item: Item, options: Options): ValueCheck => (value, path) => {
  const option = typeof value === "string" ? options.get(value) : undefined;
  if (option === undefined) return [say.notOption(path, item.label)];
  if (item.kind === "code" && option.needsSub === true) return [say.subOptionMissing(path, item.label, option.label)];
  return option.replacedBy === undefined ? NONE : [say.withdrawnOption(path, item.label, options.get(option.replacedBy)?.label)];
};

/** Sub-options stand beside their parent, and a parent that needs one has one. */
const subOptionFaults = (item: Item, options: Options, chosen: readonly string[], path: string): Issue[] => {
  const set = new Set(chosen);
  const used = new Set(chosen.map((code) => options.get(code)?.parent));
  return chosen.flatMap((code) => {
    const option = options.get(code);
    const parent = option?.parent === undefined ? undefined : options.get(option.parent);
    if (option !== undefined && parent !== undefined && !set.has(parent.code)) return [say.parentMissing(path, item.label, option.label, parent.label)];
    return option?.needsSub === true && !used.has(code) ? [say.subOptionMissing(path, item.label, option.label)] : [];
  });
};

const codesCheck = (item: Item, options: Options): ValueCheck => {
  const one = codeCheck(item, options);
  const nested = [...options.values()].some((option) => option.parent !== undefined || option.needsSub === true);
  return (value, path, context) => {
    if (typeof value !== "object") return NONE;
    const [only] = value;
    if (value.length === 1 && !nested && only !== undefined) return one(only, path, context);
    // One issue says that some of the codes are no options; two hundred would say no more.
    const unknown = value.find((code) => !options.has(code));
    const issues = (unknown === undefined ? value : [unknown, ...value.filter((code) => options.has(code))]).flatMap((code) => one(code, path, context));
    if (nested) issues.push(...subOptionFaults(item, options, value, path));
    if (new Set(value).size < value.length) issues.push(say.repeatedOption(path, item.label));
    const alone = value.length > 1 ? value.map((code) => options.get(code)).find((option) => option?.exclusive === true) : undefined;
    if (alone !== undefined) issues.push(say.exclusive(path, item.label, alone.label));
    return issues;
  };
};

const ofText = (check: (text: string, path: string, context: ValueContext) => Issue | undefined): ValueCheck => (value, path, context) => {
  const found = typeof value === "string" ? check(value, path, context) : undefined;
  return found === undefined ? NONE : [found];
};

const checkArea = (item: Item): ValueCheck =>
  ofText((text, path, context) => {
    const code = /^\d{12}$/u.test(text) ? parseAreaCode(text) : undefined;
    if (code === undefined) return say.notArea(path, item.label);
    return context.knownArea === undefined || context.knownArea(code) ? undefined : say.unknownArea(path, item.label);
  });

const checkId = (item: Item): ValueCheck =>
  ofText((text, path, context) => {
    const result = checkCitizenId(text, context.today);
    return result.ok ? undefined : say.idFault(path, item.label, result.reason);
  });

const checkMedia = (item: Item): ValueCheck => ofText((text, path) => (/^[\w.:-]+$/u.test(text) ? undefined : say.wrongType(path, item.label)));

/** The check of an item's kind, made once; undefined for kinds that need none. */
export function valueCheck(scheme: Scheme, item: Item): ValueCheck | undefined {
  const options: Options = (item.codeSet === undefined ? undefined : indexOf(scheme).options.get(item.codeSet)) ?? new Map();
  switch (item.kind) {
    case "integer":
    case "decimal":
    case "money":
      return numberCheck(item);
    case "date":
      return ofText((text, path) => (isDate(text) ? undefined : say.notDate(path, item.label)));
    case "month":
      return ofText((text, path) => (isMonth(text) ? undefined : say.notMonth(path, item.label)));
    case "code":
      return codeCheck(item, options);
    case "codes":
      return codesCheck(item, options);
    case "id-number":
      return checkId(item);
    case "phone":
      return ofText((text, path) => (isPhone(text) ? undefined : say.notPhone(path, item.label)));
    case "area":
      return checkArea(item);
    case "text":
      if (item.text !== "name") return undefined;
      return ofText((text, path) => {
        const fault = nameFault(text);
        return fault === undefined ? undefined : say.nameWrong(path, item.label, fault);
      });
    case "photo":
    case "document":
    case "signature":
      return checkMedia(item);
    case "address":
    case "yes-no":
    case "computed":
      return undefined;
  }
}
