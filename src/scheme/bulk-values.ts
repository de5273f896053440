// What an answered item can be faulted for, as SQL conditions: the rules of check-values over one column or one member of a row.
import type { Severity } from "../core/issue.ts";
import { NAME_MAX } from "../core/names.ts";
import { indexOf } from "./layout.ts";
import type { Item, Option, Scheme } from "./model.ts";
import { listLiteral, literal, numberLiteral } from "./to-sql.ts";

/** A fault and the condition (true, false or NULL) under which an answered item has it. */
export type ValueFault = { readonly code: string; readonly severity: Severity; readonly sql: string };
/**
 * Faults of which an answer has the first that applies, or (`all`) every one. `fine` is a quick condition under which it has none. With a
 * `subject` each fault's `sql` is the value of the subject that means it.
 */
export type ValueFaults = { readonly all: boolean; readonly faults: readonly ValueFault[]; readonly fine?: string; readonly subject?: string };

const NONE: ValueFaults = { all: false, faults: [] };
const block = (code: string, sql: string): ValueFault => ({ code, severity: "block", sql });
const first = (...faults: ValueFault[]): ValueFaults => ({ all: false, faults });
const MONEY_LIMIT = 100_000_000_000;
const ID_FAULTS = ["empty", "pseudo", "length", "characters", "region", "calendar", "future", "check-digit"];

/** More than `places` after the point; numbers too large for fractions pass, as they do in the check. */
const fraction = (v: string, places: number): string => {
  const scaled = `(${v} * ${numberLiteral(10 ** places)})`;
  return `(isfinite(${scaled}) AND abs(${scaled} - round(${scaled})) > 1e-4)`;
};

const numberFaults = (item: Item, v: string): ValueFaults => {
  const min = item.min ?? (item.kind === "money" ? 0 : undefined);
  const max = item.max ?? (item.kind === "money" ? MONEY_LIMIT : undefined);
  return first(
    ...(item.kind === "integer" ? [block("not-an-integer", `${v} != trunc(${v}) OR abs(${v}) > ${numberLiteral(Number.MAX_SAFE_INTEGER)}`)] : []),
    ...(min === undefined ? [] : [block("below-minimum", `${v} < ${numberLiteral(min)}`)]),
    ...(max === undefined ? [] : [block("above-maximum", `${v} > ${numberLiteral(max)}`)]),
    ...(item.decimals === undefined ? [] : [block("too-many-decimals", fraction(v, item.decimals))]),
    ...(item.kind === "money" ? [block("money-decimals", fraction(v, 2))] : []),
  );
};

const codesOf = (options: readonly Option[], which: (option: Option) => boolean): string[] => options.filter(which).map((option) => option.code);

const codeFaults = (options: readonly Option[], v: string): ValueFaults => {
  const needing = codesOf(options, (option) => option.needsSub === true);
  const withdrawn = codesOf(options, (option) => option.replacedBy !== undefined);
  return first(
    block("not-an-option", `NOT list_contains(${listLiteral(codesOf(options, () => true))}, ${v})`),
    ...(needing.length === 0 ? [] : [block("sub-option-missing", `list_contains(${listLiteral(needing)}, ${v})`)]),
    ...(withdrawn.length === 0 ? [] : [{ code: "withdrawn-option", severity: "note", sql: `list_contains(${listLiteral(withdrawn)}, ${v})` } as const]),
  );
};

const codesFaults = (options: readonly Option[], v: string): ValueFaults => {
  const known = new Set(options.map((option) => option.code));
  const holds = (code: string): string => `list_contains(${v}, ${literal(code)})`;
  const orphan = (option: Option): string | undefined => (option.parent !== undefined && known.has(option.parent) ? `(${holds(option.code)} AND NOT ${holds(option.parent)})` : undefined);
  const orphans = options.flatMap((option) => orphan(option) ?? []);
  const bare = options.flatMap((option) => {
    if (option.needsSub !== true) return [];
    const subs = codesOf(options, (sub) => sub.parent === option.code);
    const alone = orphan(option);
    return [`(${holds(option.code)}${subs.length === 0 ? "" : ` AND NOT list_has_any(${v}, ${listLiteral(subs)})`}${alone === undefined ? "" : ` AND NOT ${alone}`})`];
  });
  const withdrawn = codesOf(options, (option) => option.replacedBy !== undefined);
  const exclusive = codesOf(options, (option) => option.exclusive === true);
  return {
    all: true,
    faults: [
      block("not-an-option", `NOT list_has_all(${listLiteral([...known])}, ${v})`),
      ...(withdrawn.length === 0 ? [] : [{ code: "withdrawn-option", severity: "note", sql: `list_has_any(${v}, ${listLiteral(withdrawn)})` } as const]),
      ...(orphans.length === 0 ? [] : [block("parent-option-missing", orphans.join(" OR "))]),
      ...(bare.length === 0 ? [] : [block("sub-option-missing", bare.join(" OR "))]),
      block("repeated-option", `len(${v}) > 1 AND list_unique(${v}) < len(${v})`),
      ...(exclusive.length === 0 ? [] : [block("exclusive-option", `len(${v}) > 1 AND list_has_any(${v}, ${listLiteral(exclusive)})`)]),
    ],
  };
};

const HAN = String.raw`[\x{20000}-\x{3fffd}\p{Han}·]+`;
const nameFaults = (v: string): ValueFaults =>
  ({
    all: false,
    // An ordinary name is seen at one look; only the others are looked at for what is wrong with them.
    fine: `regexp_full_match(${v}, '[\\x{4e00}-\\x{9fff}]{1,20}')`,
    faults: (
      [
        ["empty", String.raw`regexp_full_match(${v}, '[\s\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x0b]*')`],
        ["too-long", `length(${v}) > ${NAME_MAX}`],
        ["control", String.raw`regexp_matches(${v}, '[\p{Cc}\p{Cf}]')`],
        ["space", String.raw`regexp_matches(${v}, '[\s\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x0b]')`],
        ["private-use", String.raw`regexp_matches(${v}, '\p{Co}')`],
        ["characters", `NOT regexp_full_match(${v}, ${literal(HAN)}) OR regexp_matches(${v}, '^·|·$|··')`],
      ] as const
    ).map(([fault, sql]): ValueFault => ({ code: `name-${fault}`, severity: fault === "private-use" ? "explain" : "block", sql: `(${sql})` })),
  });

/** Faults of an item's answer, `v` being its SQL; `today` is SQL for a text `YYYY-MM-DD`, `share` as in to-sql. */
export function valueFaults(scheme: Scheme, item: Item, v: string, today: string, share: (sql: string) => string): ValueFaults {
  const options = [...(indexOf(scheme).options.get(item.codeSet ?? "")?.values() ?? [])];
  switch (item.kind) {
    case "integer":
    case "decimal":
    case "money":
      return numberFaults(item, v);
    case "date":
      return first(block("not-a-date", `${share(`qc_date(${v})`)} IS NULL`));
    case "month":
      return first(block("not-a-month", `strlen(${v}) != 7 OR qc_date(${v} || '-01') IS NULL`));
    case "code":
      return codeFaults(options, v);
    case "codes":
      return codesFaults(options, v);
    case "id-number": {
      const subject = share(`qc_id_fault(${v}, ${today})`);
      return { all: false, subject, faults: ID_FAULTS.map((code) => block(`id-${code}`, literal(code))) };
    }
    case "phone":
      return first(block("not-a-phone", `NOT regexp_full_match(${v}, '1[3-9][0-9]{9}|0[0-9]{2,3}-?[2-9][0-9]{6,7}')`));
    case "area":
      return first(block("not-an-area", `NOT regexp_full_match(${v}, '[0-9]{12}') OR substring(${v}, 1, 2) NOT BETWEEN '11' AND '83'`));
    case "photo":
    case "document":
    case "signature":
      return first(block("wrong-type", `NOT regexp_full_match(${v}, '[0-9A-Za-z_.:-]+')`));
    case "text":
      return item.text === "name" ? nameFaults(v) : NONE;
    case "address":
    case "yes-no":
    case "computed":
      return NONE;
  }
}
