// What a role must offer: columns derived once per row, levels for a pair of rows, and values to block on.
// Text is compared as integers (hashes, code points) because DuckDB's edit distances count bytes, not characters.
import type { Comparison, KeyPart } from "../model.ts";

/** Level key and the SQL condition under which a pair is at it; tried in order, the last is what remains. */
export type LevelRule = readonly [level: string, condition: string];

export type Role<C extends Comparison> = {
  /** Level keys; the code of a level in results is its index. Append only. */
  readonly vocabulary: readonly string[];
  /**
   * `expression AS name` for every derived column; `raw` gives the SQL of an input column, `prefix` makes names
   * unique, names that begin with `scratch_` are only for later derivations and are not kept. */
  readonly derive: (comparison: C, prefix: string, raw: (name: string) => string, prefixOf: (column: string) => string) => readonly string[];
  /** Conditions on the rows `l` and `r`. */
  readonly rules: (comparison: C, prefix: string, prefixOf: (column: string) => string) => readonly LevelRule[];
  /** SQL values (null when missing) that make up one part of a blocking key; undefined when the part makes no sense here. */
  readonly key: (comparison: C, prefix: string, part: KeyPart) => readonly string[] | undefined;
};

/** Condition that a value is missing on either side. */
export function missing(derived: string): string {
  return `l.${derived} IS NULL OR r.${derived} IS NULL`;
}

export function same(derived: string): string {
  return `l.${derived} = r.${derived}`;
}
