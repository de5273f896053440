// The one expression tree of the definition language. It is JSON (nested arrays), read by `evaluate` here and later by
// a translator to SQL; both follow SQL's three-valued logic: a missing operand makes a comparison unknown (null).

/**
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
