// Columns of any meaning: codes (postcodes, e-mail addresses, account numbers), categories, numbers, and free text by its words.
import type { Comparison } from "../model.ts";
import { foldedWords, NOTHING } from "./latin-name.ts";
import { halfWidth, missing, oneByteEach, oneEdit, same, type Role } from "./role.ts";

/** Without case, spaces and separators; leading zeros count. */
export const code: Role<Extract<Comparison, { role: "code" }>> = {
  vocabulary: ["equal", "one-edit", "near", "different", "missing", "same-head"],
  whole: "v",
  derive: (comparison, p, raw) => [
    `lower(trim(${halfWidth(`left(${raw(comparison.column)}, 64)`)})) AS scratch_${p}_c`,
    `CASE WHEN scratch_${p}_c NOT IN ${NOTHING} THEN ${oneByteEach(`nullif(regexp_replace(strip_accents(scratch_${p}_c), '[\\s./\\-]', '', 'g'), '')`)} END AS ${p}_v`,
  ],
  rules: (_comparison, p) => {
    const [a, b] = [`l.${p}_v`, `r.${p}_v`];
    return [
      ["missing", missing(`${p}_v`)],
      ["equal", same(`${p}_v`)],
      ["one-edit", `strlen(${a}) >= 4 AND ${oneEdit(a, b)}`],
      ["near", `CASE WHEN abs(strlen(${a}) - strlen(${b})) <= 2 AND strlen(${a}) >= 6 AND jaro_similarity(${a}, ${b}) >= 0.75 THEN levenshtein(${a}, ${b}) <= greatest(2, strlen(${a}) // 4) ELSE false END`],
      ["same-head", `contains(${a}, '@') AND regexp_extract(${a}, '^[^@]{3,}') = regexp_extract(${b}, '^[^@]{3,}')`],
      ["different", "true"],
    ];
  },
  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_v`];
    if (part.take === "slice") return [`CASE WHEN length(${p}_v) >= ${(part.numbers?.[0] ?? 1) + (part.numbers?.[1] ?? 4) - 1} THEN substr(${p}_v, ${part.numbers?.[0] ?? 1}, ${part.numbers?.[1] ?? 4}) END`];
    if (part.take === "tail") return [`CASE WHEN length(${p}_v) > ${part.numbers?.[0] ?? 4} THEN right(${p}_v, ${part.numbers?.[0] ?? 4}) END`];
    return undefined;
  },
};

export const category: Role<Extract<Comparison, { role: "category" }>> = {
  vocabulary: ["equal", "different", "missing", "one-edit"],
  whole: "v",
  valuesRepeat: true,
  derive: (comparison, p, raw) => [`${foldedWords(raw(comparison.column), 64)} AS scratch_${p}_c`, `CASE WHEN scratch_${p}_c NOT IN ${NOTHING} THEN ${oneByteEach(`replace(scratch_${p}_c, ' ', '')`)} END AS ${p}_v`],
  rules: (_comparison, p) => [
    ["missing", missing(`${p}_v`)],
    ["equal", same(`${p}_v`)],
    ["one-edit", `least(strlen(l.${p}_v), strlen(r.${p}_v)) >= 3 AND ${oneEdit(`l.${p}_v`, `r.${p}_v`)}`],
    ["different", "true"],
  ],
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};

export const number: Role<Extract<Comparison, { role: "number" }>> = {
  vocabulary: ["equal", "next", "within-5-percent", "within-20-percent", "different", "missing", "one-digit"],
  whole: "v",
  derive: (comparison, p, raw) => [
    `try_cast(regexp_replace(replace(${halfWidth(`left(${raw(comparison.column)}, 64)`)}, ',', ''), '^[^0-9+-]*([+-]?[0-9]+(\\.[0-9]+)?).*$', '\\1') AS DOUBLE) AS ${p}_v`,
  ],
  rules: (_comparison, p) => {
    const [a, b] = [`l.${p}_v`, `r.${p}_v`];
    const within = (share: number): string => `abs(${a} - ${b}) <= ${share} * greatest(abs(${a}), abs(${b}))`;
    const written = (sql: string): string => `CAST(CAST(${sql} AS BIGINT) AS VARCHAR)`;
    const whole = `abs(${a}) < 1e15 AND abs(${b}) < 1e15 AND ${a} = round(${a}) AND ${b} = round(${b})`;
    return [
      ["missing", missing(`${p}_v`)],
      ["equal", same(`${p}_v`)],
      ["next", `abs(${a} - ${b}) = 1`],
      ["one-digit", `CASE WHEN ${whole} AND greatest(abs(${a}), abs(${b})) >= 10 THEN damerau_levenshtein(${written(a)}, ${written(b)}) = 1 ELSE false END`],
      ["within-5-percent", within(0.05)],
      ["within-20-percent", within(0.2)],
      ["different", "true"],
    ];
  },
  key: (_comparison, p, part) => (part.take === "whole" ? [`${p}_v`] : undefined),
};

/** Words of a text, each once; texts are alike by the share of their words (Han: pairs of neighbours) that they have in common. */
export const text: Role<Extract<Comparison, { role: "text" }>> = {
  vocabulary: ["equal", "almost", "most", "half", "some", "few", "different", "missing", "close"],
  whole: "h",
  derive: (comparison, p, raw) => [
    `${foldedWords(raw(comparison.column), 400)} AS scratch_${p}_words`,
    `CASE WHEN scratch_${p}_words NOT IN ${NOTHING} THEN regexp_replace(scratch_${p}_words, '([一-鿿])', '\\1 ', 'g') END AS scratch_${p}_t`,
    `CASE WHEN scratch_${p}_t IS NOT NULL THEN hash(replace(scratch_${p}_t, ' ', '')) END AS ${p}_h`,
    `${oneByteEach(`left(replace(scratch_${p}_t, ' ', ''), 40)`)} AS ${p}_o`,
    `list_distinct(list_filter(string_split(trim(scratch_${p}_t), ' '), lambda w: w <> '')) AS ${p}_w`,
    `list_sort(regexp_extract_all(scratch_${p}_words, '[0-9]+')) AS scratch_${p}_n`,
    `CASE WHEN len(scratch_${p}_n) > 0 THEN hash(scratch_${p}_n) END AS ${p}_n`,
  ],
  rules: (_comparison, p) => {
    const common = `len(list_intersect(l.${p}_w, r.${p}_w))`;
    const share = (least: number): string => `${common} >= ${least} * (len(l.${p}_w) + len(r.${p}_w) - ${common})`;
    return [
      ["missing", missing(`${p}_h`)],
      ["equal", same(`${p}_h`)],
      ["almost", `jaro_winkler_similarity(l.${p}_o, r.${p}_o) >= 0.95`],
      ["most", share(0.75)],
      ["close", `jaro_winkler_similarity(l.${p}_o, r.${p}_o) >= 0.88`],
      ["half", share(0.5)],
      ["some", share(0.33)],
      ["few", share(0.18)],
      ["different", "true"],
    ];
  },
  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_h`];
    if (part.take === "numbers") return [`${p}_n`];
    if (part.take === "slice") return [`left(${p}_o, ${part.numbers?.[1] ?? 6})`];
    return undefined;
  },
};
