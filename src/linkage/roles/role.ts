// What a role must offer: columns derived once per row, levels for a pair of rows, and values to block on.
// Text is compared as integers (hashes, code points) or after a folding that gives each character one byte, because
// DuckDB's edit distances count bytes, not characters.
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
  /** Code points (scratch columns of `derive`) looked up in the character table; columns of row k are at hand as `<prefix>_h<k>_simplified` and so on in `deriveAfter`. */
  readonly characters?: (comparison: C, prefix: string) => readonly string[];
  /** Further derived columns that read the character table. */
  readonly deriveAfter?: (comparison: C, prefix: string) => readonly string[];
  /** Values of the column occur again and again: they are derived once for each different one, not for each row. */
  readonly valuesRepeat?: boolean;
  /** Conditions on the rows `l` and `r`. */
  readonly rules: (comparison: C, prefix: string, prefixOf: (column: string) => string) => readonly LevelRule[];
  /** SQL values (null when missing) that make up one part of a blocking key; undefined when the part makes no sense here. */
  readonly key: (comparison: C, prefix: string, part: KeyPart) => readonly string[] | undefined;
  /** Of identifiers: condition on the rows `l` and `r` that both are valid and equal. */
  readonly exact?: (comparison: C, prefix: string) => string;
  /** Suffix of the derived column that is equal exactly when two rows are at level `equal`. */
  readonly whole: string;
};

/** Condition that a value is missing on either side. */
export function missing(derived: string): string {
  return `l.${derived} IS NULL OR r.${derived} IS NULL`;
}

export function same(derived: string): string {
  return `l.${derived} = r.${derived}`;
}

/** Full-width letters, digits and signs as half-width ones; texts without any are left alone, which is quicker. */
export function halfWidth(sql: string): string {
  return `CASE WHEN regexp_matches(${sql}, '[！-～]') THEN translate(${sql}, '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-') ELSE ${sql} END`;
}

/**
 * Each character becomes one of 94 printable bytes, so that byte distances count characters: exact for Latin letters and for
 * alphabets of fewer than 94 neighbouring code points (Cyrillic, Greek, Arabic …), one accidental equality in 94 for Han. */
export function oneByteEach(sql: string): string {
  return `CASE WHEN regexp_full_match(${sql}, '[!-~]*') THEN ${sql}
    ELSE list_aggregate(list_transform(string_split(${sql}, ''), lambda c: chr(CAST(33 + (unicode(c) + 61) % 94 AS INTEGER))), 'string_agg', '') END`;
}

/** One character wrong, missing, too many, or two neighbours exchanged (Damerau–Levenshtein distance 1), cheapest tests first. What
 * stands after THEN is worked out in full, what stands after WHEN only as far as need be: therefore one CASE in another. */
export function oneEdit(a: string, b: string): string {
  return `CASE WHEN strlen(${a}) = strlen(${b}) THEN CASE hamming(${a}, ${b}) WHEN 1 THEN true WHEN 2 THEN damerau_levenshtein(${a}, ${b}) = 1 ELSE false END
    WHEN abs(strlen(${a}) - strlen(${b})) = 1 AND (left(${a}, 1) = left(${b}, 1) OR right(${a}, 1) = right(${b}, 1)) THEN levenshtein(${a}, ${b}) = 1 ELSE false END`;
}
