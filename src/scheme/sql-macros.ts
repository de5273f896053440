// DuckDB macros that the translated expressions call: dates as in core/time, identity numbers as in core/citizen-id, logic over rows.
// Run once for each connection. Dates are passed as DATE (see `qc_date`), texts as VARCHAR; NULL in, NULL out.
import { FICTIONAL_REGION, regionPrefixes } from "../core/region-prefixes.ts";
import { listLiteral, literal } from "./to-sql.ts";

/** Characters of every width and style that stand for a digit or X once folded, and what they stand for; longer ones (⑩) apart. */
const lookAlikes = (): { readonly from: string; readonly to: string; readonly longer: readonly (readonly [string, string])[] } => {
  let [from, to] = ["", ""];
  const longer: [string, string][] = [];
  for (const [first, last] of [[0xa0, 0x33ff], [0xfe00, 0xffef], [0x1d400, 0x1fbff]] as const) {
    for (let point = first; point <= last; point += 1) {
      const char = String.fromCodePoint(point);
      const plain = char.normalize("NFKC").replace(/\s/gu, " ");
      if (plain === char || !/^[0-9Xx '\u2018\u2019`]+$/u.test(plain)) continue;
      if (plain.length > 1) longer.push([char, plain]);
      else [from, to] = [from + char, to + plain];
    }
  }
  return { from, to, longer };
};

/** What people and sheets put between or around the digits, as JavaScript's `\s` and core/citizen-id have it. */
const BETWEEN = String.raw`[\t-\r \x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}\x{2029}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}'‘’${"`"}]`;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SAME_DIGIT = Array.from({ length: 10 }, (_, digit) => `${digit}+X?`).join("|");

const dates: readonly string[] = [
  // A text is a date when the calendar writes it back the same; that also refuses loose forms and years outside 1–9999.
  `qc_date(t) AS CASE WHEN strlen(t) = 10 AND TRY_CAST(t AS DATE)::VARCHAR = t THEN TRY_CAST(t AS DATE) END`,
  `qc_month_span(a, b) AS (year(b) - year(a)) * 12 + month(b) - month(a)`,
  `qc_whole_months(a, b) AS CASE WHEN qc_month_span(a, b) > 0 AND day(b) < day(a) THEN qc_month_span(a, b) - 1 WHEN qc_month_span(a, b) < 0 AND day(b) > day(a) THEN qc_month_span(a, b) + 1 ELSE qc_month_span(a, b) END`,
  `qc_months(a, b) AS qc_whole_months(a, b)::DOUBLE`,
  `qc_years(a, b) AS (qc_whole_months(a, b) // 12)::DOUBLE`,
  `qc_days(a, b) AS (b - a)::DOUBLE`,
  `qc_add_years(a, n) AS CASE WHEN year(a) + n BETWEEN 1 AND 9999 THEN (a + to_years(n::INTEGER))::DATE::VARCHAR END`,
];

const values: readonly string[] = [
  `qc_rounded(n) AS CASE WHEN isfinite(n * 1e6) THEN floor(n * 1e6 + 0.5e0) / 1e6 END`,
  `qc_same_list(a, b) AS (len(a) = len(b) AND list_has_all(b, a))`,
  `qc_any(l) AS CASE WHEN list_contains(l, true) THEN true WHEN list_aggregate(l, 'count') < len(l) THEN NULL ELSE false END`,
  `qc_all(l) AS CASE WHEN list_contains(l, false) THEN false WHEN list_aggregate(l, 'count') < len(l) THEN NULL ELSE true END`,
  `qc_repeated(l) AS coalesce(list_unique(l) < list_aggregate(l, 'count'), false)`,
];

/** The region is one of a province that is or was; of codes beginning with 8 only those that are listed (see core/region-prefixes). */
const regionSql = (): string => {
  const codes = [...regionPrefixes(), FICTIONAL_REGION];
  const provinces = [...new Set(regionPrefixes().map((code) => code.slice(0, 2)))].filter((code) => !code.startsWith("8"));
  const single = codes.filter((code) => !provinces.includes(code.slice(0, 2)));
  return `(list_contains(${listLiteral(provinces)}, substring(t, 1, 2)) OR list_contains(${listLiteral(single)}, substring(t, 1, 6)))`;
};

const identity = (): readonly string[] => {
  const { from, to, longer } = lookAlikes();
  const folded = longer.reduce((sql, [char, plain]) => `replace(${sql}, ${literal(char)}, ${literal(plain)})`, `translate(t, ${literal(from)}, ${literal(to)})`);
  const region = regionSql();
  const sum = WEIGHTS.map((weight, i) => `(n // ${10 ** (16 - i)}) % 10 * ${weight}`).join(" + ");
  return [
    `qc_id_text(t) AS CASE WHEN regexp_full_match(t, '[0-9X]*') THEN t ELSE upper(regexp_replace(CASE WHEN strlen(t) = length(t) THEN t ELSE ${folded} END, ${literal(BETWEEN)}, '', 'g')) END`,
    `qc_id_check(n) AS substring('10X98765432', 1 + ((${sum}) % 11)::INTEGER, 1)`,
    `qc_id_century(t) AS CASE WHEN substring(t, 13, 3) >= '996' AND substring(t, 7, 2) >= '70' THEN '18' ELSE '19' END`,
    `qc_id_birth_text(t) AS CASE WHEN strlen(t) = 15 THEN qc_id_century(t) || substring(t, 7, 2) || '-' || substring(t, 9, 2) || '-' || substring(t, 11, 2) ELSE substring(t, 7, 4) || '-' || substring(t, 11, 2) || '-' || substring(t, 13, 2) END`,
    `qc_id_fault_of(t, today) AS CASE WHEN t IS NULL THEN NULL WHEN t = '' THEN 'empty'
       WHEN starts_with(t, 'B') OR (length(t) >= 6 AND regexp_full_match(t, '${SAME_DIGIT}')) THEN 'pseudo'
       WHEN NOT regexp_full_match(t, '[0-9X]+') THEN 'characters' WHEN strlen(t) NOT IN (15, 18) THEN 'length'
       WHEN NOT regexp_full_match(t, '[0-9]{15}|[0-9]{17}[0-9X]') THEN 'characters' WHEN NOT ${region} THEN 'region'
       WHEN qc_date(qc_id_birth_text(t)) IS NULL OR qc_id_birth_text(t) < '1850' THEN 'calendar'
       WHEN qc_id_birth_text(t) > today THEN 'future'
       WHEN strlen(t) = 18 AND qc_id_check(TRY_CAST(substring(t, 1, 17) AS BIGINT)) != substring(t, 18, 1) THEN 'check-digit' END`,
    `qc_id_fault(t, today) AS list_transform([qc_id_text(t)], lambda kept: qc_id_fault_of(kept, today))[1]`,
    `qc_id_valid(t) AS CASE WHEN t IS NOT NULL THEN qc_id_fault(t, NULL) IS NULL END`,
    `qc_id_birth(t) AS list_transform([qc_id_text(t)], lambda kept: CASE WHEN qc_id_fault_of(kept, NULL) IS NULL THEN qc_id_birth_text(kept) END)[1]`,
    `qc_id_sex_of(t) AS CASE WHEN ascii(substring(t, CASE WHEN strlen(t) = 15 THEN 15 ELSE 17 END, 1)) % 2 = 1 THEN '1' ELSE '2' END`,
    `qc_id_sex(t) AS list_transform([qc_id_text(t)], lambda kept: CASE WHEN kept IS NOT NULL AND qc_id_fault_of(kept, NULL) IS NULL THEN qc_id_sex_of(kept) END)[1]`,
  ];
};

/** Statements that make the macros, in order; they stay in the connection. */
export function sqlMacros(): readonly string[] {
  return [...dates, ...values, ...identity()].map((macro) => `CREATE OR REPLACE TEMP MACRO ${macro}`);
}
