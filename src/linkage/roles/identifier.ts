// Identity numbers: equal, one digit wrong, transposed, a digit lost, 15 against 18 digits; and the opposite evidence, two
// valid numbers that differ. Byte distances are safe here: only digits and A–Z are left after cleaning.
import type { Comparison } from "../model.ts";
import { halfWidth, missing, same, type Role } from "./role.ts";

type Identifier = Extract<Comparison, { role: "identifier" }>;

const MOST_CHARACTERS = 40;
/** Largest number of 17 digits. */
const MOST = "99999999999999999";

/**
 * Σ digit · 2^place of a whole number, places from 0 at its end: x − 8(x//10) − 16(x//100) − 32(x//1000) … is the same with one
 * division a digit. GB 11643 §4 weighs the 17 digits by 2^17 … 2^1, modulo 11. */
function digitsByTwo(x: string, digits: number): string {
  return [x, ...Array.from({ length: digits - 1 }, (_, i) => `${8 * 2 ** i} * (${x} // ${10 ** (i + 1)})`)].join(" - ");
}

/** Check character of 17 digits, given as the first nine and the last eight, each a number. */
function checkCharacter(head: string, tail: string): string {
  return `substr('10X98765432', 2 * (${digitsByTwo(tail, 8)} + 3 * (${digitsByTwo(head, 9)})) % 11 + 1, 1)`;
}

/** The date of eight digits YYYYMMDD, given as a number; null when there is no such day. */
function dateOf(ymd: string): string {
  const [year, month, day] = [`${ymd} // 10000`, `${ymd} // 100 % 100`, `${ymd} % 100`];
  const leap = `(${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0))`;
  const last = `CASE WHEN ${month} = 2 THEN CASE WHEN ${leap} THEN 29 ELSE 28 END ELSE 30 + (${month} + ${month} // 8) % 2 END`;
  return `CASE WHEN ${month} BETWEEN 1 AND 12 AND ${day} >= 1 AND ${day} <= ${last} THEN make_date(${year}, ${month}, ${day}) END`;
}

/**
 * Raw citizen numbers: look-alikes O and × are read as 0 and X, fifteen digits become eighteen (century 19), the check is made.
 * What most rows do not need (another way of writing, a placeholder) is tried last; the arithmetic is in whole numbers. */
function residentNumber(p: string, raw: string): string[] {
  const plain = `regexp_replace(translate(upper(${halfWidth(raw)}), 'OQ〇○×*', '0000XX'), '[^0-9A-Z]', '', 'g')`;
  const s = `scratch_${p}`;
  return [
    `CASE WHEN regexp_full_match(${raw}, '[0-9]{17}[0-9X]') THEN ${raw} ELSE nullif(left(${plain}, ${MOST_CHARACTERS}), '') END AS ${s}_plain`,
    `CASE WHEN strlen(${s}_plain) = 15 THEN CASE WHEN regexp_full_match(${s}_plain, '[0-9]{15}') THEN substr(${s}_plain, 1, 6) || '19' || substr(${s}_plain, 7, 9) END END AS ${s}_long`,
    `CASE WHEN strlen(${s}_plain) = 18 THEN try_cast(left(${s}_plain, 17) AS BIGINT) ELSE try_cast(${s}_long AS BIGINT) END AS ${s}_number`,
    `CASE WHEN ${s}_number BETWEEN 0 AND ${MOST} THEN (${s}_number // 100000000)::INTEGER END AS ${s}_head`,
    `CASE WHEN ${s}_number BETWEEN 0 AND ${MOST} THEN (${s}_number % 100000000)::INTEGER END AS ${s}_tail`,
    `CASE WHEN ${s}_number BETWEEN 11000000000000000 AND 89999999999999999 THEN (${s}_number // 1000 % 100000000)::INTEGER END AS ${s}_ymd`,
    `${checkCharacter(`${s}_head`, `${s}_tail`)} AS ${s}_check`,
    `CASE WHEN ${s}_long IS NOT NULL THEN ${s}_long || ${s}_check WHEN (${s}_head IS NULL OR ${s}_head % 111111111 = 0) AND regexp_full_match(${s}_plain, '(0+|1+|8+|9+)X?') THEN NULL ELSE ${s}_plain END AS ${p}_v`,
    `CASE WHEN strlen(${p}_v) = 18 THEN ${dateOf(`${s}_ymd`)} END AS ${p}_birth`,
    `coalesce(right(${p}_v, 1) = ${s}_check AND ${p}_birth BETWEEN DATE '1850-01-01' AND DATE '2100-01-01', false) AS ${p}_ok`,
    `CASE WHEN ${p}_ok THEN ${s}_number END AS ${p}_num`,
  ];
}

function shortForm(p: string): string {
  const either = (a: string, b: string): string =>
    `strlen(${a}.${p}_v) = 15 AND strlen(${b}.${p}_v) = 18 AND ${a}.${p}_v = substr(${b}.${p}_v, 1, 6) || substr(${b}.${p}_v, 9, 9)`;
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
    "conflict-near",
    "reissued",
    "doubtful",
  ],
  whole: "v",
  exact: (comparison, p) => (comparison.kind === "cn-resident" ? `l.${p}_num = r.${p}_num` : `l.${p}_v = r.${p}_v AND l.${p}_ok AND r.${p}_ok`),

  derive: (comparison, p, raw) => {
    const written = raw(comparison.column);
    const { birthAt } = comparison;
    const birth =
      birthAt === undefined ? `NULL::DATE AS ${p}_birth` : `CASE WHEN length(${p}_v) = 18 THEN try_strptime(substr(${p}_v, ${birthAt}, 8), '%Y%m%d')::DATE END AS ${p}_birth`;
    if (comparison.kind === "cn-resident") return residentNumber(p, written);
    return [
      `nullif(CASE WHEN regexp_full_match(${written}, '[0-9A-Z]{0,${MOST_CHARACTERS}}') THEN ${written}
      ELSE left(regexp_replace(upper(${written}), '[^0-9A-Z]', '', 'g'), ${MOST_CHARACTERS}) END, '') AS ${p}_v`,
      comparison.valid === undefined
        ? `${p}_v IS NOT NULL AS ${p}_ok`
        : `${p}_v IS NOT NULL AND coalesce(lower(${raw(comparison.valid)}) IN ('1', 'true', 't', 'y', 'yes'), false) AS ${p}_ok`,
      birth,
    ];
  },

  rules: (comparison, p, prefixOf) => {
    const [a, b] = [`l.${p}_v`, `r.${p}_v`];
    const bothValid = comparison.valid === undefined && comparison.kind === undefined ? "false" : `l.${p}_ok AND r.${p}_ok`;
    // Numbers are made anew when a birth date is corrected: one area, and of year, month and day one differs.
    const parts = ["year", "month", "day"].map((part) => `(${part}(l.${p}_birth) = ${part}(r.${p}_birth))::INTEGER`);
    const own = comparison.birth === undefined ? undefined : `${prefixOf(comparison.birth)}_own`;
    const contradicted = (side: string): string => `coalesce(${side}.${own} <> ${side}.${p}_birth, false)`;
    // Only digits and capital letters are left, so that bytes are characters, which are counted sooner.
    const sameLength = `strlen(${a}) = strlen(${b})`;
    // The beginning of a valid citizen number is compared as a number.
    const begins = (digits: number): string => (comparison.kind === "cn-resident" ? `l.${p}_num // ${10 ** (17 - digits)} = r.${p}_num // ${10 ** (17 - digits)}` : `left(${a}, ${digits}) = left(${b}, ${digits})`);
    return [
      ["missing", missing(`${p}_v`)],
      ["equal", same(`${p}_v`)],
      ["conflict-same-birth", `${bothValid} AND ${begins(14)}`],
      ["conflict-near", `${bothValid} AND CASE WHEN ${sameLength} THEN CASE WHEN hamming(${a}, ${b}) <= 3 THEN hamming(left(${a}, 17), left(${b}, 17)) <= 2 ELSE false END ELSE false END`],
      ["reissued", comparison.birthAt === undefined ? "false" : `${bothValid} AND ${begins(6)} AND ${parts.join(" + ")} = 2`],
      ["doubtful", own === undefined ? "false" : `${bothValid} AND (${contradicted("l")} OR ${contradicted("r")})`],
      ["conflict", bothValid],
      ["one-digit", `CASE WHEN ${sameLength} THEN hamming(${a}, ${b}) = 1 ELSE false END`],
      ["transposed", `CASE WHEN ${sameLength} THEN CASE WHEN hamming(${a}, ${b}) = 2 THEN damerau_levenshtein(${a}, ${b}) = 1 ELSE false END ELSE false END`],
      ["digit-lost", `abs(strlen(${a}) - strlen(${b})) = 1 AND levenshtein(${a}, ${b}) = 1`],
      ["short-form", shortForm(p)],
      ["near", `levenshtein(right(${a}, 4), right(${b}, 4)) <= 1 AND levenshtein(${a}, ${b}) <= 3`],
      ["same-birth-other-tail", `l.${p}_birth = r.${p}_birth AND levenshtein(right(${a}, 4), right(${b}, 4)) >= 2`],
      ["different", "true"],
    ];
  },

  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_v`];
    if (part.take === "birth") return [`${p}_birth`];
    if (part.take === "slice") {
      const [from = 1, length = 1] = part.numbers ?? [];
      return [`CASE WHEN strlen(${p}_v) >= ${from + length - 1} THEN hash(substr(${p}_v, ${from}, ${length})) END`];
    }
    return undefined;
  },
};
