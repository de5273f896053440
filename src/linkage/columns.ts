// From settings to SQL fragments: derived columns, levels, blocking keys, patterns and weights. Pure text, no database.
import { text } from "./sql.ts";
import type { Comparison, KeyPart, LevelPattern, LinkageSettings, RoleName } from "./model.ts";
import { birthDate } from "./roles/birth-date.ts";
import { identifier } from "./roles/identifier.ts";
import { name } from "./roles/name.ts";
import { address, phone, place, sex } from "./roles/plain.ts";
import type { LevelRule } from "./roles/role.ts";

/** Level keys of a role; a level's code is its index here. */
export function vocabulary(role: RoleName): readonly string[] {
  return { identifier, name, "birth-date": birthDate, sex, phone, place, address }[role].vocabulary;
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

/** Input columns the settings name, without the id. */
export function inputColumns(settings: LinkageSettings): string[] {
  const names = settings.comparisons.flatMap((comparison) => [
    comparison.column,
    ...(comparison.role === "identifier" && comparison.valid !== undefined ? [comparison.valid] : []),
    ...(comparison.role === "name" && comparison.sound !== undefined ? [comparison.sound] : []),
  ]);
  return [...new Set(names)];
}

function derive(comparison: Comparison, p: string, raw: (name: string) => string, prefixOf: (name: string) => string): readonly string[] {
  switch (comparison.role) {
    case "identifier":
      return identifier.derive(comparison, p, raw, prefixOf);
    case "name":
      return name.derive(comparison, p, raw, prefixOf);
    case "birth-date":
      return birthDate.derive(comparison, p, raw, prefixOf);
    case "sex":
      return sex.derive(comparison, p, raw, prefixOf);
    case "phone":
      return phone.derive(comparison, p, raw, prefixOf);
    case "place":
      return place.derive(comparison, p, raw, prefixOf);
    case "address":
      return address.derive(comparison, p, raw, prefixOf);
  }
}

function rules(comparison: Comparison, p: string, prefixOf: (name: string) => string): readonly LevelRule[] {
  switch (comparison.role) {
    case "identifier":
      return identifier.rules(comparison, p, prefixOf);
    case "name":
      return name.rules(comparison, p, prefixOf);
    case "birth-date":
      return birthDate.rules(comparison, p, prefixOf);
    case "sex":
      return sex.rules(comparison, p, prefixOf);
    case "phone":
      return phone.rules(comparison, p, prefixOf);
    case "place":
      return place.rules(comparison, p, prefixOf);
    case "address":
      return address.rules(comparison, p, prefixOf);
  }
}

function key(comparison: Comparison, p: string, part: KeyPart): readonly string[] | undefined {
  switch (comparison.role) {
    case "identifier":
      return identifier.key(comparison, p, part);
    case "name":
      return name.key(comparison, p, part);
    case "birth-date":
      return birthDate.key(comparison, p, part);
    case "sex":
      return sex.key(comparison, p, part);
    case "phone":
      return phone.key(comparison, p, part);
    case "place":
      return place.key(comparison, p, part);
    case "address":
      return address.key(comparison, p, part);
  }
}

/** `expression AS name` for all derived columns, identifiers first because others read them. */
export function derivedColumns(settings: LinkageSettings, raw: (name: string) => string): string[] {
  const prefixOf = prefixIn(settings);
  const ordered = settings.comparisons.toSorted((a, b) => Number(b.role === "identifier") - Number(a.role === "identifier"));
  return ordered.flatMap((comparison) => derive(comparison, prefixOf(comparison.column), raw, prefixOf));
}

/** `CASE … END AS gN` for every comparison of the rows `l` and `r`; levels that the settings leave out fall through. */
export function levels(settings: LinkageSettings): string {
  const prefixOf = prefixIn(settings);
  return settings.comparisons
    .map((comparison, index) => {
      const used = new Set(comparison.levels.map((each) => each.level));
      const codes = vocabulary(comparison.role);
      const cases = rules(comparison, prefixOf(comparison.column), prefixOf)
        .filter(([level]) => used.has(level))
        .map(([level, condition]) => `WHEN ${condition} THEN ${codes.indexOf(level)}`);
      return `(CASE ${cases.join("\n")} END)::UTINYINT AS g${index}`;
    })
    .join(",\n");
}

/** One 64-bit value per row for a blocking key, null when any part is missing; undefined when a part makes no sense. */
export function blockValue(settings: LinkageSettings, parts: readonly KeyPart[]): string | undefined {
  const values: string[] = [];
  for (const part of parts) {
    const comparison = comparisonOf(settings, part.column);
    const found = comparison === undefined ? undefined : key(comparison, prefixIn(settings)(part.column), part);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return `CASE WHEN ${values.map((value) => `(${value}) IS NOT NULL`).join(" AND ")} THEN hash(${values.join(", ")}) END`;
}

/** SQL condition on level columns. */
export function patternSql(settings: LinkageSettings, pattern: LevelPattern): string {
  const conditions = Object.entries(pattern).map(([columnName, wanted]) => {
    const comparison = comparisonOf(settings, columnName);
    const codes = comparison === undefined ? [] : wanted.map((level) => vocabulary(comparison.role).indexOf(level));
    return codes.length === 0 ? "false" : `${levelColumn(settings, columnName)} IN (${codes.join(", ")})`;
  });
  return conditions.length === 0 ? "true" : `(${conditions.join(" AND ")})`;
}

/** The row's person on the right: rows with one valid identifier and one sound, or equal in everything, are one person. */
export function personValue(settings: LinkageSettings): string {
  const prefixOf = prefixIn(settings);
  const whole = settings.comparisons.map((comparison) => {
    const p = prefixOf(comparison.column);
    return { identifier: `${p}_v`, name: `${p}_nh`, "birth-date": `${p}_x`, sex: `${p}_v`, phone: `${p}_v`, place: `${p}_v`, address: `${p}_v` }[comparison.role];
  });
  const all = `hash(${whole.join(", ")})`;
  const identity = settings.exact?.identifier;
  if (identity === undefined) return all;
  const names = settings.comparisons.filter((each) => each.role === "name").map((each) => `coalesce(${prefixOf(each.column)}_zh, ${prefixOf(each.column)}_nh)`);
  const p = prefixOf(identity);
  return `CASE WHEN ${p}_ok THEN hash(${[`${p}_v`, text("identified"), ...names].join(", ")}) ELSE ${all} END`;
}
