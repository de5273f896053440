// Sex, phone, place and address: roles with few levels.
import type { Comparison } from "../model.ts";
import { halfWidth, missing, same, type Role } from "./role.ts";

export const sex: Role<Extract<Comparison, { role: "sex" }>> = {
  vocabulary: ["equal", "different", "missing"],
  whole: "v",
  valuesRepeat: true,
  derive: (comparison, p, raw) => {
    const code = `left(trim(${raw(comparison.column)}), 8)`;
    return [
      `nullif(CASE WHEN ${code} IN ('1', '2') THEN ${code} WHEN lower(${code}) IN ('男', '男性', 'm', 'male') THEN '1' WHEN lower(${code}) IN ('女', '女性', 'f', 'female') THEN '2' ELSE ${code} END, '') AS ${p}_v`,
    ];
  },
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};

export const phone: Role<Extract<Comparison, { role: "phone" }>> = {
  vocabulary: ["equal", "one-digit", "different", "missing"],
  whole: "v",
  derive: (comparison, p, raw) => [
    `nullif(CASE WHEN regexp_full_match(${raw(comparison.column)}, '[0-9]{0,11}') THEN ${raw(comparison.column)}
      ELSE left(regexp_replace(regexp_replace(${halfWidth(raw(comparison.column))}, '[^0-9]', '', 'g'), '^(0086|86)(1[0-9]{10})$', '\\2'), 20) END, '') AS ${p}_v`,
  ],
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["one-digit", `CASE WHEN strlen(l.${p}_v) = strlen(r.${p}_v) AND strlen(l.${p}_v) >= 7 THEN hamming(l.${p}_v, r.${p}_v) = 1 ELSE false END`],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};

/** Hierarchical 12-digit codes: village 12, township 9, county 6, city 4, province 2 (GB/T 10114). Trailing zeros say less, not more. */
export const place: Role<Extract<Comparison, { role: "place" }>> = {
  vocabulary: ["same-12", "same-9", "same-6", "same-4", "same-2", "different", "missing"],
  whole: "v",
  valuesRepeat: true,
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
      ["different", `l.${p}_v // ${10 ** 10} <> r.${p}_v // ${10 ** 10}`],
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

/** What stands before the first number (村, 路 …) and the numbers; 栋 or 幢, 室 or nothing make no difference. */
export const address: Role<Extract<Comparison, { role: "address" }>> = {
  vocabulary: ["equal", "same-numbers", "different", "missing", "same-house", "same-street-number", "same-street"],
  whole: "v",
  derive: (comparison, p, raw) => {
    const s = `scratch_${p}`;
    // The first character of the numbers is the first digit of the text: what stands before it is the street or village.
    return [
      `CASE WHEN strlen(${raw(comparison.column)}) <= 400 THEN ${raw(comparison.column)} ELSE left(${raw(comparison.column)}, 400) END AS ${s}_a`,
      `regexp_full_match(${s}_a, '[0-9一-鿿]*') AS ${s}_is_plain`,
      `nullif(CASE WHEN ${s}_is_plain THEN ${s}_a ELSE regexp_replace(${halfWidth(`${s}_a`)}, '[\\s\\p{P}\\p{C}]+', ' ', 'g') END, '') AS ${s}_t`,
      `CASE WHEN ${s}_t IS NOT NULL THEN hash(CASE WHEN ${s}_is_plain THEN ${s}_t ELSE replace(${s}_t, ' ', '') END) END AS ${p}_v`,
      `nullif(trim(regexp_replace(${s}_t, '[^0-9]+', '-', 'g'), '-'), '') AS ${s}_n`,
      `CASE WHEN strlen(${s}_n) >= 4 THEN hash(${s}_n) END AS ${p}_digits`,
      `CASE WHEN ${s}_n IS NOT NULL THEN nullif(right(CASE WHEN ${s}_is_plain THEN left(${s}_t, instr(${s}_t, left(${s}_n, 1)) - 1) ELSE trim(left(${s}_t, instr(${s}_t, left(${s}_n, 1)) - 1)) END, 3), '') END AS ${s}_w`,
      `CASE WHEN ${s}_w IS NOT NULL THEN hash(${s}_w) END AS ${p}_word`,
      `CASE WHEN ${s}_w IS NOT NULL AND ${s}_n IS NOT NULL THEN hash(${s}_w, split_part(${s}_n, '-', 1)) END AS ${p}_first`,
      `CASE WHEN ${p}_first IS NOT NULL THEN hash(${s}_w, ${s}_n) END AS ${p}_house`,
    ];
  },
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["same-house", same(`${p}_house`)],
    ["same-numbers", same(`${p}_digits`)],
    ["same-street-number", same(`${p}_first`)],
    ["same-street", same(`${p}_word`)],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_v`];
    if (part.take === "numbers") return [`${p}_house`];
    return undefined;
  },
};
