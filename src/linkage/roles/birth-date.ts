// Birth dates: equal, day and month exchanged, a neighbouring year, two of three parts; a missing date is filled from the
// identifier. Raw dates are read in the order that the settings give, with or without separators, or from three columns.
import type { Comparison } from "../model.ts";
import { halfWidth, missing, same, type Role } from "./role.ts";

type BirthDate = Extract<Comparison, { role: "birth-date" }>;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;

/** Columns up to `scratch_<p>_digits`: eight digits YYYYMMDD of a raw date, or null. */
function digits(p: string, raw: string, order: "ymd" | "dmy" | "mdy"): string[] {
  const places = { ymd: [1, 2, 3], dmy: [3, 2, 1], mdy: [3, 1, 2] }[order];
  const pattern = order === "ymd" ? "^(\\d{4})(\\d{2})(\\d{2})$" : "^(\\d{2})(\\d{2})(\\d{4})$";
  const compact = { ymd: "\\1\\2\\3", dmy: "\\3\\2\\1", mdy: "\\3\\1\\2" }[order];
  const named = MONTHS.reduce((sql, month, i) => `replace(${sql}, '${month}', ' ${i + 1} ')`, `regexp_replace(lower(left(${halfWidth(raw)}, 40)), '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*', '\\1', 'g')`);
  const part = (place: number): string => `lpad(list_extract(scratch_${p}_parts, ${places[place] ?? 1}), ${place === 0 ? 4 : 2}, '0')`;
  return [
    `CASE WHEN regexp_full_match(${raw}, '\\d{8}|\\d{4}-\\d{2}-\\d{2}') THEN NULL ELSE regexp_extract_all(${named}, '\\d+') END AS scratch_${p}_parts`,
    `CASE WHEN regexp_full_match(${raw}, '\\d{8}') THEN regexp_replace(${raw}, '${pattern}', '${compact}') WHEN regexp_full_match(${raw}, '\\d{4}-\\d{2}-\\d{2}') THEN replace(${raw}, '-', '')
    WHEN len(scratch_${p}_parts) >= 3 AND length(${part(0)}) = 4 THEN ${part(0)} || ${part(1)} || ${part(2)} END AS scratch_${p}_digits`,
  ];
}

export const birthDate: Role<BirthDate> = {
  vocabulary: ["equal", "swapped", "in-identifier", "two-of-three", "same-year", "different", "missing", "next-year", "one-digit", "other-day", "other-month"],
  whole: "x",
  valuesRepeat: true,

  derive: (comparison, p, raw, prefixOf) => {
    const written = raw(comparison.column);
    const iso = `CASE WHEN length(${written}) = 10 THEN try_cast(${written} AS DATE) END`;
    const [month, day] = (comparison.parts ?? []).map((each) => `lpad(trim(${raw(each)}), 2, '0')`);
    const before =
      month !== undefined && day !== undefined
        ? [`lpad(trim(${written}), 4, '0') || ${month} || ${day} AS scratch_${p}_digits`]
        : comparison.order === undefined
          ? []
          : digits(p, `trim(${written})`, comparison.order);
    return [
      ...before,
      `${before.length === 0 ? iso : `try_strptime(scratch_${p}_digits, '%Y%m%d')::DATE`} AS ${p}_own`,
      comparison.identifier === undefined ? `${p}_own AS ${p}_x` : `coalesce(${p}_own, ${prefixOf(comparison.identifier)}_birth) AS ${p}_x`,
    ];
  },

  rules: (comparison, p, prefixOf) => {
    const [a, b] = [`l.${p}_x`, `r.${p}_x`];
    const equal = (part: string): string => `${part}(${a}) = ${part}(${b})`;
    const parts = ["year", "month", "day"].map((part) => `(${equal(part)})::INTEGER`);
    const inside = comparison.identifier === undefined ? undefined : `${prefixOf(comparison.identifier)}_birth`;
    const written = (sql: string): string => `strftime(${sql}, '%Y%m%d')`;
    return [
      ["missing", missing(`${p}_x`)],
      ["equal", same(`${p}_x`)],
      ["swapped", `${equal("year")} AND month(${a}) = day(${b}) AND day(${a}) = month(${b})`],
      ["in-identifier", inside === undefined ? "false" : `${a} = r.${inside} OR l.${inside} = ${b}`],
      // Another year and another month or day: most random pairs, told apart at once.
      ["different", `NOT ${equal("year")} AND NOT (${equal("month")} AND ${equal("day")})`],
      ["next-year", `abs(year(${a}) - year(${b})) = 1 AND ${equal("month")} AND ${equal("day")}`],
      // One digit lies in one part, so that few pairs need to be written out.
      ["one-digit", `${parts.join(" + ")} = 2 AND hamming(${written(a)}, ${written(b)}) = 1`],
      ["other-day", `${equal("year")} AND ${equal("month")}`],
      ["other-month", `${equal("year")} AND ${equal("day")}`],
      ["two-of-three", `${parts.join(" + ")} = 2`],
      ["same-year", equal("year")],
      ["different", "true"],
    ];
  },

  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_x`];
    if (part.take === "year") return [`year(${p}_x)`];
    if (part.take === "month-day") return [`month(${p}_x) * 100 + day(${p}_x)`];
    return undefined;
  },
};
