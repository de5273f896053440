// Birth dates: equal, day and month exchanged, two of three parts; a missing date is filled from the identifier.
import type { Comparison } from "../model.ts";
import { missing, same, type Role } from "./role.ts";

type BirthDate = Extract<Comparison, { role: "birth-date" }>;

export const birthDate: Role<BirthDate> = {
  vocabulary: ["equal", "swapped", "in-identifier", "two-of-three", "same-year", "different", "missing"],

  derive: (comparison, p, raw, prefixOf) => [
    `CASE WHEN length(${raw(comparison.column)}) = 10 THEN try_cast(${raw(comparison.column)} AS DATE) END AS ${p}_own`,
    comparison.identifier === undefined ? `${p}_own AS ${p}_x` : `coalesce(${p}_own, ${prefixOf(comparison.identifier)}_birth) AS ${p}_x`,
  ],

  rules: (comparison, p, prefixOf) => {
    const [a, b] = [`l.${p}_x`, `r.${p}_x`];
    const parts = ["year", "month", "day"].map((part) => `(${part}(${a}) = ${part}(${b}))::INTEGER`);
    const inside = comparison.identifier === undefined ? undefined : `${prefixOf(comparison.identifier)}_birth`;
    return [
      ["missing", missing(`${p}_x`)],
      ["equal", same(`${p}_x`)],
      ["swapped", `year(${a}) = year(${b}) AND month(${a}) = day(${b}) AND day(${a}) = month(${b})`],
      ["in-identifier", inside === undefined ? "false" : `${a} = r.${inside} OR l.${inside} = ${b}`],
      ["two-of-three", `${parts.join(" + ")} = 2`],
      ["same-year", `year(${a}) = year(${b})`],
      ["different", "true"],
    ];
  },

  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_x`];
    if (part.take === "year") return [`year(${p}_x)`];
    return undefined;
  },
};
