// Names: equal, same sound, near sound, one character, swapped, dropped … for Chinese names of up to four characters by
// code points; longer ones (ethnic names, Latin script) by edit distance on a folding that gives each character one byte.
import type { Comparison, KeyPart } from "../model.ts";
import { missing, same, type Role } from "./role.ts";

type Name = Extract<Comparison, { role: "name" }>;

/** Spaces, dots between parts, punctuation, control characters. */
const NOISE = "[\\s\\p{P}\\p{C}\\p{Z}●∙]";
const MOST_CHARACTERS = 64;
const POSITIONS = [1, 2, 3, 4] as const;

/** Southern confusions: zh/z, ch/c, sh/s, -ng/-n, l-/n-. Input is syllables separated by spaces. */
function nearSound(sound: string): string {
  return `ltrim(replace(replace(replace(replace(replace(' ' || ${sound}, 'zh', 'z'), 'ch', 'c'), 'sh', 's'), 'ng', 'n'), ' l', ' n'))`;
}

/** Each character becomes one of 94 printable bytes: exact for Latin letters, one accidental equality in 94 for others. */
function folded(name: string): string {
  return `list_aggregate(list_transform(string_split(${name}, ''), lambda c: chr(CAST(33 + unicode(c) % 94 AS INTEGER))), 'string_agg', '')`;
}

const differing = (p: string): string => `(${POSITIONS.map((k) => `(l.${p}_c${k} <> r.${p}_c${k})::INTEGER`).join(" + ")})`;

function swapped(p: string): string {
  const pair = (a: number, b: number): string => `l.${p}_c${a} = r.${p}_c${b} AND l.${p}_c${b} = r.${p}_c${a}`;
  return `l.${p}_nl = r.${p}_nl AND (l.${p}_nl = 2 AND ${pair(1, 2)} OR l.${p}_nl = 3 AND l.${p}_c1 = r.${p}_c1 AND ${pair(2, 3)})`;
}

function dropped(p: string): string {
  const shorter = (a: string, b: string): string => `${a}.${p}_nl = 3 AND ${b}.${p}_nl = 2 AND ${b}.${p}_c2 IN (${a}.${p}_c2, ${a}.${p}_c3)`;
  return `l.${p}_c1 = r.${p}_c1 AND (${shorter("l", "r")} OR ${shorter("r", "l")})`;
}

export const name: Role<Name> = {
  vocabulary: [
    "equal",
    "homophone",
    "near-sound",
    "swapped",
    "one-character",
    "long-near",
    "part",
    "dropped-character",
    "one-of-two",
    "same-surname",
    "different",
    "missing",
  ],

  derive: (comparison, p, raw) => {
    const written = raw(comparison.column);
    const clean = `nullif(CASE WHEN regexp_full_match(${written}, '[一-鿿]{0,8}') THEN ${written}
      ELSE left(regexp_replace(upper(${written}), '${NOISE}', '', 'g'), ${MOST_CHARACTERS}) END, '')`;
    const sound = comparison.sound === undefined ? "NULL::VARCHAR" : `nullif(left(trim(lower(${raw(comparison.sound)})), ${MOST_CHARACTERS * 7}), '')`;
    return [
      `${clean} AS ${p}_nm`,
      `CASE WHEN ${p}_nm IS NOT NULL THEN hash(${p}_nm) END AS ${p}_nh`,
      `length(${p}_nm)::UTINYINT AS ${p}_nl`,
      ...POSITIONS.map((k) => `CASE WHEN ${p}_nl >= ${k} THEN unicode(substr(${p}_nm, ${k}, 1)) ELSE 0 END AS ${p}_c${k}`),
      `CASE WHEN ${p}_nl >= 4 THEN ${folded(`${p}_nm`)} END AS ${p}_fold`,
      `${sound} AS scratch_${p}_sound`,
      `CASE WHEN scratch_${p}_sound IS NOT NULL THEN hash(scratch_${p}_sound) END AS ${p}_yh`,
      `${nearSound(`scratch_${p}_sound`)} AS scratch_${p}_near`,
      `CASE WHEN scratch_${p}_near IS NOT NULL THEN hash(scratch_${p}_near) END AS ${p}_zh`,
      ...POSITIONS.map((k) => `CASE WHEN split_part(scratch_${p}_near, ' ', ${k}) <> '' THEN hash(split_part(scratch_${p}_near, ' ', ${k})) END AS ${p}_p${k}`),
    ];
  },

  rules: (_comparison, p) => {
    const long = `(l.${p}_nl > 4 OR r.${p}_nl > 4)`;
    const edits = `damerau_levenshtein(l.${p}_fold, r.${p}_fold)`;
    return [
      ["missing", missing(`${p}_nh`)],
      ["equal", same(`${p}_nh`)],
      ["homophone", same(`${p}_yh`)],
      ["near-sound", same(`${p}_zh`)],
      ["swapped", swapped(p)],
      ["one-character", `NOT ${long} AND l.${p}_nl = r.${p}_nl AND l.${p}_nl >= 3 AND ${differing(p)} = 1 OR ${long} AND ${edits} = 1`],
      ["long-near", `${long} AND ${edits} <= 2`],
      ["part", `${long} AND least(l.${p}_nl, r.${p}_nl) >= 2 AND (starts_with(l.${p}_nm, r.${p}_nm) OR starts_with(r.${p}_nm, l.${p}_nm))`],
      ["dropped-character", dropped(p)],
      ["one-of-two", `l.${p}_nl = 2 AND r.${p}_nl = 2 AND l.${p}_c2 = r.${p}_c2`],
      ["same-surname", same(`${p}_c1`)],
      ["different", "true"],
    ];
  },

  key: (_comparison, p, part: KeyPart) => {
    if (part.take === "whole") return [`${p}_nh`];
    if (part.take === "sound") return [`${p}_zh`];
    if (part.take === "syllables") return (part.numbers ?? [1]).map((k) => `${p}_p${k}`);
    return undefined;
  },
};
