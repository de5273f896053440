// Computes what many expressions need (a parsed date, what an identity number says) once for each record, in selects below them.
import { quoted } from "./columns.ts";

export type SharedColumns = {
  /** Name of a column that holds the value of this SQL. */
  readonly share: (sql: string) => string;
  /** The table with those columns, as it stands after FROM; `keep` are the table's own columns that are needed (default: all). */
  readonly from: (table: string, keep?: readonly string[]) => string;
};

/** Columns are computed in as many selects as they build upon each other. */
export function sharedColumns(): SharedColumns {
  const names = new Map<string, string>();
  const levels: string[][] = [];
  const levelOf = new Map<string, number>();
  return {
    share: (sql) => {
      if (/^(?:"\w+"|\w+)$/u.test(sql)) return sql;
      const known = names.get(sql);
      if (known !== undefined) return known;
      const name = `shared_${names.size + 1}`;
      const level = Math.max(-1, ...[...sql.matchAll(/\bshared_\d+\b/gu)].map(([used]) => levelOf.get(used) ?? -1)) + 1;
      names.set(sql, name);
      levelOf.set(name, level);
      (levels[level] ??= []).push(`${sql} AS ${name}`);
      return name;
    },
    from: (table, keep) => {
      const own = keep === undefined ? "*" : keep.map(quoted).join(", ");
      return levels.reduce((inner, columns, level) => `(SELECT ${level === 0 ? own : "*"}, ${columns.join(",\n")} FROM ${inner})`, quoted(table));
    },
  };
}
