// Sex, phone, place and address: roles with few levels.
import type { Comparison } from "../model.ts";
import { missing, same, type Role } from "./role.ts";

export const sex: Role<Extract<Comparison, { role: "sex" }>> = {
  vocabulary: ["equal", "different", "missing"],
  derive: (comparison, p, raw) => [`nullif(left(trim(${raw(comparison.column)}), 8), '') AS ${p}_v`],
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};

export const phone: Role<Extract<Comparison, { role: "phone" }>> = {
  vocabulary: ["equal", "one-digit", "different", "missing"],
  derive: (comparison, p, raw) => [
    `nullif(CASE WHEN regexp_full_match(${raw(comparison.column)}, '[0-9]{0,20}') THEN ${raw(comparison.column)}
      ELSE left(regexp_replace(${raw(comparison.column)}, '[^0-9]', '', 'g'), 20) END, '') AS ${p}_v`,
  ],
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["one-digit", `CASE WHEN length(l.${p}_v) = length(r.${p}_v) AND length(l.${p}_v) >= 7 THEN hamming(l.${p}_v, r.${p}_v) = 1 ELSE false END`],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};

/** Hierarchical 12-digit codes: village 12, township 9, county 6, city 4, province 2 (GB/T 10114). Trailing zeros say less, not more. */
export const place: Role<Extract<Comparison, { role: "place" }>> = {
  vocabulary: ["same-12", "same-9", "same-6", "same-4", "same-2", "different", "missing"],
  derive: (comparison, p, raw) => [
    `CASE WHEN regexp_full_match(${raw(comparison.column)}, '[0-9]{2,12}') THEN rpad(${raw(comparison.column)}, 12, '0')::BIGINT END AS ${p}_v`,
  ],
  rules: (_comparison, p) => {
    const to = (zeros: number, last: number): string => {
      const [a, b] = [`(l.${p}_v // ${10 ** zeros})`, `(r.${p}_v // ${10 ** zeros})`];
      return `${a} = ${b} AND ${a} % ${last} <> 0`;
    };
    return [
      ["missing", missing(`${p}_v`)],
      ["same-12", to(0, 1000)],
      ["same-9", to(3, 1000)],
      ["same-6", to(6, 100)],
      ["same-4", to(8, 100)],
      ["same-2", to(10, 100)],
      ["different", "true"],
    ];
  },
  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_v`];
    if (part.take === "prefix") return [`${p}_v // ${10 ** (12 - (part.numbers?.[0] ?? 6))}`];
    return undefined;
  },
};

export const address: Role<Extract<Comparison, { role: "address" }>> = {
  vocabulary: ["equal", "same-numbers", "different", "missing"],
  derive: (comparison, p, raw) => [
    `nullif(regexp_replace(left(${raw(comparison.column)}, 400), '[\\s\\p{P}\\p{C}]', '', 'g'), '') AS scratch_${p}_t`,
    `CASE WHEN scratch_${p}_t IS NOT NULL THEN hash(scratch_${p}_t) END AS ${p}_v`,
    `CASE WHEN length(regexp_replace(scratch_${p}_t, '[^0-9]', '', 'g')) >= 3 THEN hash(regexp_replace(scratch_${p}_t, '[^0-9]', '', 'g')) END AS ${p}_digits`,
  ],
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["same-numbers", same(`${p}_digits`)],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};
