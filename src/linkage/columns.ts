// From settings to SQL fragments: derived columns, levels, blocking keys, patterns and weights. Pure text, no database.
import { text as quoted } from "./sql.ts";
import type { Comparison, KeyPart, LevelPattern, LinkageSettings, RoleName } from "./model.ts";
import { birthDate } from "./roles/birth-date.ts";
import { identifier } from "./roles/identifier.ts";
import { latinName } from "./roles/latin-name.ts";
import { name } from "./roles/name.ts";
import { address, phone, place, sex } from "./roles/plain.ts";
import type { LevelRule, Role } from "./roles/role.ts";
import { category, code, number, text } from "./roles/values.ts";

const roles: { readonly [R in RoleName]: Role<Extract<Comparison, { role: R }>> } = {
  identifier,
  name,
  "birth-date": birthDate,
  sex,
  phone,
  place,
  address,
  "latin-name": latinName,
  code,
  category,
  number,
  text,
};

/** Level keys of a role; a level's code is its index here. */
export function vocabulary(role: RoleName): readonly string[] {
  return roles[role].vocabulary;
}

/** The role of a comparison; the record above pairs each role with its own comparisons. */
function roleOf<C extends Comparison>(comparison: C): Role<C> {
  return roles[comparison.role] as unknown as Role<C>;
}

export function comparisonOf(settings: LinkageSettings, columnName: string): Comparison | undefined {
  return settings.comparisons.find((comparison) => comparison.column === columnName);
}

/** Prefix of the derived columns of a compared column. */
export function prefixIn(settings: LinkageSettings): (columnName: string) => string {
  return (columnName) => `k${settings.comparisons.findIndex((comparison) => comparison.column === columnName)}`;
}

/** Name of the column that holds a pair's level code. */
export function levelColumn(settings: LinkageSettings, columnName: string): string {
  return `g${settings.comparisons.findIndex((comparison) => comparison.column === columnName)}`;
}

export function levelColumns(settings: LinkageSettings): string[] {
  return settings.comparisons.map((_, index) => `g${index}`);
}

/** Derived column of a compared column that is equal when the values are. */
export function wholeColumn(settings: LinkageSettings, comparison: Comparison): string {
  return `${prefixIn(settings)(comparison.column)}_${roleOf(comparison).whole}`;
}

/** Input columns the settings name, without the id, with the name they have in that list. */
export function inputColumns(settings: LinkageSettings, side: "left" | "right" = "left"): { readonly name: string; readonly inFile: string }[] {
  const named = new Map<string, string>();
  for (const comparison of settings.comparisons) {
    named.set(comparison.column, side === "right" ? (comparison.rightColumn ?? comparison.column) : comparison.column);
    const further = [
      ...(comparison.role === "identifier" && comparison.valid !== undefined ? [comparison.valid] : []),
      ...(comparison.role === "name" && comparison.sound !== undefined ? [comparison.sound] : []),
      ...(comparison.role === "birth-date" ? (comparison.parts ?? []) : []),
    ];
    for (const each of further) if (!named.has(each)) named.set(each, each);
  }
  return [...named].map(([name, inFile]) => ({ name, inFile }));
}

/** Identifiers first, because others read them. */
const inOrder = (settings: LinkageSettings): Comparison[] => settings.comparisons.toSorted((a, b) => Number(b.role === "identifier") - Number(a.role === "identifier"));

/** What one compared column is derived into. */
export type Derivation = {
  readonly prefix: string;
  /** Input columns it reads. */
  readonly reads: readonly string[];
  /** `expression AS name`, and those that read the character table, with the code points (scratch columns) they look up in it. */
  readonly derived: readonly string[];
  readonly characters: readonly string[];
  readonly after: readonly string[];
  readonly valuesRepeat: boolean;
  /** Derived column whose equal values are counted. */
  readonly counted: string | undefined;
};

/** Derived columns of all compared columns, identifiers first. */
export function derivations(settings: LinkageSettings, raw: (name: string) => string): Derivation[] {
  const prefixOf = prefixIn(settings);
  return inOrder(settings).map((comparison) => {
    const role = roleOf(comparison);
    const prefix = prefixOf(comparison.column);
    const reads = new Set<string>();
    const derived = role.derive(comparison, prefix, (name) => (reads.add(name), raw(name)), prefixOf);
    return { prefix, reads: [...reads], derived, characters: role.characters?.(comparison, prefix) ?? [], after: role.deriveAfter?.(comparison, prefix) ?? [], valuesRepeat: role.valuesRepeat === true, counted: countedByValue(comparison) ? `${prefix}_${role.whole}` : undefined };
  });
}

/** True when an equal value of the column weighs by its rarity. */
export function weighsByFrequency(comparison: Comparison): boolean {
  return (comparison.frequency ?? comparison.role === "name") && comparison.levels.some((each) => each.level === "equal");
}

/** How often equal values occur is counted when each value is derived (table `occurrences_<prefix>`), unless another column can fill them. */
export function countedByValue(comparison: Comparison): boolean {
  return weighsByFrequency(comparison) && roleOf(comparison).valuesRepeat === true && !(comparison.role === "birth-date" && comparison.identifier !== undefined);
}

/** `l.<value> AS fN` for the columns whose equal values weigh by their rarity: what the weight of a pair reads besides its levels. */
export function rareValues(settings: LinkageSettings): string[] {
  return settings.comparisons.flatMap((comparison, index) => (weighsByFrequency(comparison) ? [`l.${wholeColumn(settings, comparison)} AS f${index}`] : []));
}

/** Condition on the rows `l` and `r` that a valid identifier of theirs is equal. */
export function sameIdentifier(settings: LinkageSettings, column: string): string {
  const comparison = comparisonOf(settings, column);
  const prefix = prefixIn(settings)(column);
  return (comparison === undefined ? undefined : roleOf(comparison).exact?.(comparison, prefix)) ?? `l.${prefix}_v = r.${prefix}_v AND l.${prefix}_ok AND r.${prefix}_ok`;
}

/**
 * `CASE … END AS gN` for every comparison of the rows `l` and `r`; levels that the settings leave out fall through, and so
 * does `without`. The column `equal` is known to be equal and is not read. */
export function levels(settings: LinkageSettings, { without, equal }: { readonly without?: string; readonly equal?: string | undefined } = {}): string {
  const prefixOf = prefixIn(settings);
  return settings.comparisons
    .map((comparison, index) => {
      const used = new Set(comparison.levels.map((each) => each.level));
      const codes = vocabulary(comparison.role);
      if (comparison.column === equal && used.has("equal")) return `${codes.indexOf("equal")}::UTINYINT AS g${index}`;
      const [first, second, ...others]: readonly LevelRule[] = roleOf(comparison).rules(comparison, prefixOf(comparison.column), prefixOf);
      // What is equal is not missing: where most pairs are equal, the rest need not be looked at for most of them.
      const rules = [...(second?.[0] === "equal" ? [second, first] : [first, second]), ...others].filter((rule) => rule !== undefined);
      const cases = rules.filter(([level]) => used.has(level) && level !== without).map(([level, condition]) => `WHEN ${condition} THEN ${codes.indexOf(level)}`);
      return `(CASE ${cases.join("\n")} END)::UTINYINT AS g${index}`;
    })
    .join(",\n");
}

/** SQL values of a blocking key's parts for a row, each null when missing; undefined when a part makes no sense. */
export function blockParts(settings: LinkageSettings, parts: readonly KeyPart[]): readonly string[] | undefined {
  const values: string[] = [];
  for (const part of parts) {
    const comparison = comparisonOf(settings, part.column);
    const found = comparison === undefined ? undefined : roleOf(comparison).key(comparison, prefixIn(settings)(part.column), part);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return values;
}

/** One 64-bit value of several SQL values, null when any of them is. */
export function hashedTogether(values: readonly string[]): string {
  return `CASE WHEN ${values.map((value) => `(${value}) IS NOT NULL`).join(" AND ")} THEN hash(${values.join(", ")}) END`;
}

/** One 64-bit value per row for a blocking key, null when any part is missing; undefined when a part makes no sense. */
export function blockValue(settings: LinkageSettings, parts: readonly KeyPart[]): string | undefined {
  const values = blockParts(settings, parts);
  return values === undefined ? undefined : hashedTogether(values);
}

/** Levels of a pattern, up to which they are listed. */
const LONG_LIST = 6;

/** SQL condition on level columns. */
export function patternSql(settings: LinkageSettings, pattern: LevelPattern): string {
  const conditions = Object.entries(pattern).map(([columnName, wanted]) => {
    const comparison = comparisonOf(settings, columnName);
    const codes = comparison === undefined ? [] : wanted.map((level) => vocabulary(comparison.role).indexOf(level));
    const level = levelColumn(settings, columnName);
    if (codes.length === 0) return "false";
    // A long list would be made a join by the database; one bit for each level is looked at at once.
    return codes.length <= LONG_LIST ? `${level} IN (${codes.join(", ")})` : `(${codes.reduce((bits, code) => bits | (1 << code), 0)} >> ${level}) & 1 = 1`;
  });
  return conditions.length === 0 ? "true" : `(${conditions.join(" AND ")})`;
}

/** The row's person on the right: rows with one valid identifier and one sound, or equal in everything, are one person. */
function personValue(settings: LinkageSettings): string {
  const prefixOf = prefixIn(settings);
  const all = `hash(${settings.comparisons.map((comparison) => wholeColumn(settings, comparison)).join(", ")})`;
  const identity = settings.exact?.identifier;
  if (identity === undefined) return all;
  const names = settings.comparisons.filter((each) => each.role === "name").map((each) => `coalesce(${prefixOf(each.column)}_zh, ${prefixOf(each.column)}_nh)`);
  const p = prefixOf(identity);
  return `CASE WHEN ${p}_ok THEN hash(${[`${p}_v`, quoted("identified"), ...names].join(", ")}) ELSE ${all} END`;
}

/** Columns of a pair besides its levels: the person of the right row, of the left row, and what weighs by its rarity. */
export function peopleOf(settings: LinkageSettings): string {
  const personOf = (side: "l" | "r"): string => personValue(settings).replaceAll(/\bk(\d+)_/g, `${side}.k$1_`);
  return [`${personOf("r")} AS person`, `${settings.leftRepeats === "link" ? personOf("l") : "l.n"} AS own`, ...rareValues(settings)].join(", ");
}
