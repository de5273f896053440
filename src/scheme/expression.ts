// The one expression tree of the definition language. It is JSON (nested arrays), read by `evaluate` here and later by
// a translator to SQL; both follow SQL's three-valued logic: a missing operand makes a comparison unknown (null).

/**
 * `matches` takes the regular expressions that JavaScript (flag `u`) and RE2 (DuckDB) read alike: characters and escaped signs, sets such as
 * `[A-Z\d]` and `[^@ ]`, `\d \D \n \t \r`, `^ $`, `|`, groups `( )` and `(?: )`, and the repeats `* + ? {n} {n,} {n,m}` up to 1,000. Refused are look-around,
 * back-references, named groups, `.` (write the set that is meant), `\s \w \b \p \u`, and repeats within repeats, which can take for ever. They search; `^…$` for the whole.
 *
 * Kinds are checked when a scheme is published (expression-kinds.ts): arithmetic is for numbers, `years months days add-years` for dates, the order `< <= > >=` for
 * numbers, dates and months only. `slice(date, 1, 7)` is a month. The constant `""` is no value.
 *
 * `ref` paths: `general.birth_date`; inside a repeating section `.year` means the same row.
 * `count` counts rows of a repeating section; `each` is true when the expression holds for some row (`any`) or all rows (`all`).
 */
export type Expression =
  | readonly ["ref", string]
  | readonly ["const", string | number | boolean]
  | readonly ["list", readonly string[]]
  | readonly ["reference-date"]
  | readonly ["today"]
  | readonly ["and" | "or", ...Expression[]]
  | readonly ["not" | "is-missing" | "is-answered", Expression]
  | readonly ["=" | "!=" | "<" | "<=" | ">" | ">=", Expression, Expression]
  | readonly ["+" | "-" | "*" | "/", Expression, Expression]
  /** code item is one of the list. */
  | readonly ["in", Expression, readonly string[]]
  /** codes item holds at least one (`has`) of the list. */
  | readonly ["has", Expression, readonly string[]]
  /** Whole years, months or days from the first date to the second. */
  | readonly ["years" | "months" | "days", Expression, Expression]
  | readonly ["add-years", Expression, number]
  /** Characters `from`..`to` (1-based, inclusive, by code point) of a text. */
  | readonly ["slice", Expression, number, number]
  | readonly ["length", Expression]
  | readonly ["matches", Expression, string]
  | readonly ["if", Expression, Expression, Expression]
  | readonly ["count", string]
  | readonly ["any" | "all", string, Expression]
  /** Sum of a number over the rows; rows where it is unknown add nothing, no rows give 0. */
  | readonly ["sum", string, Expression]
  /** True when two rows have the same known value. */
  | readonly ["repeated", string, Expression]
  /** Facts of a citizen identity number (GB 11643): its birth date, its sex code, whether the number is valid. */
  | readonly ["id-birth" | "id-sex" | "id-valid", Expression];
