// Identity numbers: equal, one digit wrong, transposed, a digit lost, 15 against 18 digits; and the opposite evidence, two
// valid numbers that differ. Byte distances are safe here: only digits and A–Z are left after cleaning.
import type { Comparison } from "../model.ts";
import { missing, same, type Role } from "./role.ts";

type Identifier = Extract<Comparison, { role: "identifier" }>;

const MOST_CHARACTERS = 40;

function shortForm(p: string): string {
  const either = (a: string, b: string): string =>
    `length(${a}.${p}_v) = 15 AND length(${b}.${p}_v) = 18 AND ${a}.${p}_v = substr(${b}.${p}_v, 1, 6) || substr(${b}.${p}_v, 9, 9)`;
  return `${either("l", "r")} OR ${either("r", "l")}`;
}

export const identifier: Role<Identifier> = {
  vocabulary: [
    "equal",
    "one-digit",
    "transposed",
    "digit-lost",
    "short-form",
    "near",
    "conflict-same-birth",
    "conflict",
    "same-birth-other-tail",
    "different",
    "missing",
  ],

  derive: (comparison, p, raw) => [
    `nullif(CASE WHEN regexp_full_match(${raw(comparison.column)}, '[0-9A-Z]{0,${MOST_CHARACTERS}}') THEN ${raw(comparison.column)}
      ELSE left(regexp_replace(upper(${raw(comparison.column)}), '[^0-9A-Z]', '', 'g'), ${MOST_CHARACTERS}) END, '') AS ${p}_v`,
    comparison.valid === undefined
      ? `${p}_v IS NOT NULL AS ${p}_ok`
      : `${p}_v IS NOT NULL AND coalesce(lower(${raw(comparison.valid)}) IN ('1', 'true', 't', 'y', 'yes'), false) AS ${p}_ok`,
    comparison.birthAt === undefined
      ? `NULL::DATE AS ${p}_birth`
      : `CASE WHEN length(${p}_v) = 18 THEN try_strptime(substr(${p}_v, ${comparison.birthAt}, 8), '%Y%m%d')::DATE END AS ${p}_birth`,
  ],

  rules: (comparison, p) => {
    const [a, b] = [`l.${p}_v`, `r.${p}_v`];
    const bothValid = comparison.valid === undefined ? "false" : `l.${p}_ok AND r.${p}_ok`;
    const sameLength = `length(${a}) = length(${b})`;
    return [
      ["missing", missing(`${p}_v`)],
      ["equal", same(`${p}_v`)],
      ["conflict-same-birth", `${bothValid} AND substr(${a}, 1, 14) = substr(${b}, 1, 14)`],
      ["conflict", bothValid],
      ["one-digit", `CASE WHEN ${sameLength} THEN hamming(${a}, ${b}) = 1 ELSE false END`],
      ["transposed", `${sameLength} AND damerau_levenshtein(${a}, ${b}) = 1`],
      ["digit-lost", `abs(length(${a}) - length(${b})) = 1 AND levenshtein(${a}, ${b}) = 1`],
      ["short-form", shortForm(p)],
      ["near", `levenshtein(${a}, ${b}) <= 3 AND levenshtein(right(${a}, 4), right(${b}, 4)) <= 1`],
      ["same-birth-other-tail", `l.${p}_birth = r.${p}_birth AND levenshtein(right(${a}, 4), right(${b}, 4)) >= 2`],
      ["different", "true"],
    ];
  },

  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_v`];
    if (part.take === "birth") return [`${p}_birth`];
    if (part.take === "slice") {
      const [from = 1, length = 1] = part.numbers ?? [];
      return [`CASE WHEN length(${p}_v) >= ${from + length - 1} THEN substr(${p}_v, ${from}, ${length}) END`];
    }
    return undefined;
  },
};
