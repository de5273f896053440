// Names in alphabets: by characters after accents and case are folded. Equal, the two halves exchanged, an initial, one edit,
// close by Jaro–Winkler, the same sound, a part of the other.
import type { Comparison } from "../model.ts";
import { halfWidth, missing, oneByteEach, oneEdit, same, type Role } from "./role.ts";

type LatinName = Extract<Comparison, { role: "latin-name" }>;

const MOST_CHARACTERS = 64;

/** Letters and digits without accents, in lower case, words separated by one blank; ß, ø, ł, æ … as they are usually replaced. */
export function foldedWords(raw: string, most: number): string {
  const spelled = ["ß:ss", "æ:ae", "œ:oe", "þ:th"].reduce((sql, pair) => `replace(${sql}, '${pair.split(":")[0]}', '${pair.split(":")[1]}')`, `translate(lower(strip_accents(${halfWidth(`left(${raw}, ${most})`)})), 'øłđðıħŋ', 'olddihn')`);
  return `CASE WHEN regexp_full_match(${raw}, '[a-z0-9]{0,${most}}') THEN ${raw} ELSE trim(regexp_replace(replace(replace(${spelled}, '''', ''), '’', ''), '[^\\p{L}\\p{M}\\p{N}]+', ' ', 'g')) END`;
}

/** Marks for "not known" that lists carry instead of nothing. */
export const NOTHING = "('', 'na', 'n a', 'nan', 'none', 'null', 'unknown', 'missing', 'nil')";

/** Columns up to `<p>_s`: letters that sound alike become one, vowels after the first and doubles fall out; five places. */
function soundCode(p: string): string[] {
  const plain = ["sch:s", "ph:f", "gh:g", "kn:n", "wr:r", "ck:k", "dt:t", "th:t"].reduce((sql, pair) => `replace(${sql}, '${pair.split(":")[0]}', '${pair.split(":")[1]}')`, `${p}_v`);
  return [
    `${plain} AS scratch_${p}_plain`,
    `translate(substr(scratch_${p}_plain, 2), 'bpfvcgjkqsxzdtlmnraeiouyhw', '11112222222233455600000000') AS scratch_${p}_coded`,
    `left(translate(left(scratch_${p}_plain, 1), 'ckqzyvj', 'kkksifi') || replace(regexp_replace(regexp_replace(scratch_${p}_coded, '1+', '1', 'g'), '2+', '2', 'g'), '0', ''), 5) AS ${p}_s`,
  ];
}

export const latinName: Role<LatinName> = {
  vocabulary: ["equal", "exchanged", "one-edit", "close", "near", "sound", "initial", "part", "different", "missing", "exchanged-near"],
  whole: "v",
  valuesRepeat: true,

  derive: (comparison, p, raw) => [
    `${foldedWords(raw(comparison.column), MOST_CHARACTERS)} AS scratch_${p}_words`,
    `CASE WHEN scratch_${p}_words NOT IN ${NOTHING} THEN scratch_${p}_words END AS scratch_${p}_w`,
    `${oneByteEach(`replace(scratch_${p}_w, ' ', '')`)} AS ${p}_v`,
    `' ' || scratch_${p}_w || ' ' AS ${p}_b`,
    ...soundCode(p),
  ],

  rules: (comparison, p, prefixOf) => {
    const [a, b] = [`l.${p}_v`, `r.${p}_v`];
    const o = comparison.other === undefined ? undefined : prefixOf(comparison.other);
    const similarity = `jaro_winkler_similarity(${a}, ${b})`;
    const exchanged = (alike: (x: string, y: string) => string): string => (o === undefined ? "false" : `(${alike(a, `r.${o}_v`)} AND ${alike(`l.${o}_v`, b)})`);
    const short = `least(strlen(${a}), strlen(${b}))`;
    const part = `(contains(l.${p}_b, r.${p}_b) OR contains(r.${p}_b, l.${p}_b))`;
    const sameStart = (x: string, y: string): string => `left(${x}, 1) = left(${y}, 1)`;
    return [
      ["missing", missing(`${p}_v`)],
      ["equal", same(`${p}_v`)],
      ["exchanged", exchanged((x, y) => `${x} = ${y}`)],
      // Most pairs are nothing like each other; one measure says so and spares them the others.
      ["different", `jaro_similarity(${a}, ${b}) < 0.55 AND l.${p}_s <> r.${p}_s AND ${short} > 1 AND NOT ${part}${o === undefined ? "" : ` AND NOT (${sameStart(a, `r.${o}_v`)})`}`],
      ["one-edit", `${short} >= 3 AND ${oneEdit(a, b)}`],
      ["close", `${similarity} >= 0.92 AND ${short} >= 3`],
      ["near", `${similarity} >= 0.85 AND ${short} >= 3`],
      ["exchanged-near", exchanged((x, y) => `${sameStart(x, y)} AND jaro_winkler_similarity(${x}, ${y}) >= 0.9`)],
      ["sound", same(`${p}_s`)],
      ["initial", `${short} = 1 AND left(${a}, 1) = left(${b}, 1)`],
      ["part", `${short} >= 2 AND ${part}`],
      ["different", "true"],
    ];
  },

  key: (_comparison, p, part) => {
    if (part.take === "whole") return [`${p}_v`];
    if (part.take === "sound") return [`${p}_s`];
    if (part.take === "initial") return [`left(${p}_v, 1)`];
    if (part.take === "slice") return [`substr(${p}_v, ${part.numbers?.[0] ?? 1}, ${part.numbers?.[1] ?? 3})`];
    return undefined;
  },
};
