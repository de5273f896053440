// Names: equal, same sound, near sound, look-alike character, one character, swapped, dropped … for Chinese names of up to
// four characters by code points; longer ones (ethnic names) by edit distance on their sounds and on a one-byte folding.
import type { Comparison, KeyPart } from "../model.ts";
import { halfWidth, missing, oneByteEach, same, type Role } from "./role.ts";

type Name = Extract<Comparison, { role: "name" }>;

/** Spaces, dots between parts, punctuation, control characters. */
const NOISE = "[\\s\\p{P}\\p{C}\\p{Z}\\p{S}]";
const MOST_CHARACTERS = 64;
/** Stands for a character that could not be written: a question mark, a box, an asterisk, or its sound in letters. */
const UNKNOWN = "〇";
const UNKNOWN_POINT = UNKNOWN.codePointAt(0) ?? 0;
/** Places of a name whose characters stand in columns of their own. */
export const POSITIONS = [1, 2, 3, 4] as const;
/** Characters whose sound is looked up; ethnic names are longer, but differ within these. */
const SOUNDED = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** Two code points in one number; the table `alike` holds the look-alike pairs in this form, both ways. */
export const PAIR_BASE = 2_097_152;

/** Southern confusions: zh/z, ch/c, sh/s, -ng/-n, l-/n-. Input is syllables separated by spaces. */
function nearSound(sound: string): string {
  return `ltrim(replace(replace(replace(replace(replace(' ' || ${sound}, 'zh', 'z'), 'ch', 'c'), 'sh', 's'), 'ng', 'n'), ' l', ' n'))`;
}

const differing = (p: string): string => `(${POSITIONS.map((k) => `(l.${p}_c${k} <> r.${p}_c${k})::INTEGER`).join(" + ")})`;
const differingSounds = (p: string): string => `(${POSITIONS.map((k) => `(coalesce(l.${p}_p${k}, 0) <> coalesce(r.${p}_p${k}, 0))::INTEGER`).join(" + ")})`;

/** The pair of characters at the one place where two names of equal length differ is in the table of look-alikes. */
function lookAlike(p: string): string {
  const pair = POSITIONS.map((k) => `CASE WHEN l.${p}_c${k} <> r.${p}_c${k} THEN l.${p}_c${k}::BIGINT * ${PAIR_BASE} + r.${p}_c${k} ELSE 0 END`).join(" + ");
  return `l.${p}_nl = r.${p}_nl AND l.${p}_nl <= 4 AND ${differing(p)} = 1 AND (${pair}) IN (SELECT pair FROM alike)`;
}

/** Names of one length that agree in every character that both have, and one of them lacks some. */
function unknownCharacter(p: string): string {
  const known = (side: string): string => POSITIONS.map((k) => `(${side}.${p}_c${k} NOT IN (0, ${UNKNOWN_POINT}))::INTEGER`).join(" + ");
  const fits = POSITIONS.map((k) => `(l.${p}_c${k} = r.${p}_c${k} OR l.${p}_c${k} = ${UNKNOWN_POINT} OR r.${p}_c${k} = ${UNKNOWN_POINT})`);
  return `l.${p}_nl = r.${p}_nl AND l.${p}_nl BETWEEN 2 AND 4 AND ${fits.join(" AND ")} AND ${known("l")} >= 1 AND ${known("r")} >= 1`;
}

function swapped(p: string): string {
  const pair = (a: number, b: number): string => `l.${p}_c${a} = r.${p}_c${b} AND l.${p}_c${b} = r.${p}_c${a}`;
  return `l.${p}_nl = r.${p}_nl AND (l.${p}_nl = 2 AND ${pair(1, 2)} OR l.${p}_nl = 3 AND l.${p}_c1 = r.${p}_c1 AND ${pair(2, 3)})`;
}

function dropped(p: string): string {
  const shorter = (a: string, b: string): string => `${a}.${p}_nl = 3 AND ${b}.${p}_nl = 2 AND ${b}.${p}_c2 IN (${a}.${p}_c2, ${a}.${p}_c3)`;
  return `l.${p}_c1 = r.${p}_c1 AND (${shorter("l", "r")} OR ${shorter("r", "l")})`;
}

const length = (p: string, name: string): string => `length(${name})::UTINYINT AS ${p}_nl`;
const codePoints = (p: string, name: string): string[] => POSITIONS.map((k) => `CASE WHEN ${p}_nl >= ${k} THEN unicode(substr(${name}, ${k}, 1)) ELSE 0 END`);

/** Short names with neither a character nor a sound in common at the first two places, nor these exchanged: most random pairs, told apart at once. */
function nothingAlike(p: string): string {
  const differ = ["c1", "c2", "p1", "p2"].map((each) => `l.${p}_${each} <> r.${p}_${each}`);
  return `l.${p}_nl <= 4 AND r.${p}_nl <= 4 AND ${differ.join(" AND ")} AND l.${p}_c1 <> r.${p}_c2 AND l.${p}_c1 <> ${UNKNOWN_POINT} AND r.${p}_c1 <> ${UNKNOWN_POINT}`;
}

/** The name and its sounds come prepared. */
function prepared(p: string, clean: string, written: string | undefined): string[] {
  const sound = written === undefined ? "NULL::VARCHAR" : `nullif(left(trim(lower(${written})), ${MOST_CHARACTERS * 7}), '')`;
  return [
    `${clean} AS ${p}_nm`,
    `CASE WHEN ${p}_nm IS NOT NULL THEN hash(${p}_nm) END AS ${p}_nh`,
    length(p, `${p}_nm`),
    ...codePoints(p, `${p}_nm`).map((point, i) => `${point} AS ${p}_c${i + 1}`),
    `CASE WHEN ${p}_nl >= 4 THEN ${oneByteEach(`${p}_nm`)} END AS ${p}_fold`,
    `${sound} AS scratch_${p}_sound`,
    `CASE WHEN scratch_${p}_sound IS NOT NULL THEN hash(scratch_${p}_sound) END AS ${p}_yh`,
    `${nearSound(`scratch_${p}_sound`)} AS scratch_${p}_near`,
    `CASE WHEN scratch_${p}_near IS NOT NULL THEN hash(scratch_${p}_near) END AS ${p}_zh`,
    ...POSITIONS.map((k) => `CASE WHEN split_part(scratch_${p}_near, ' ', ${k}) <> '' THEN hash(split_part(scratch_${p}_near, ' ', ${k})) END AS ${p}_p${k}`),
    `CASE WHEN ${p}_nl > 4 AND regexp_full_match(scratch_${p}_near, '[a-z ]*') THEN replace(scratch_${p}_near, ' ', '') END AS ${p}_sd`,
  ];
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
    "look-alike",
    "one-sound",
    "unknown-character",
  ],
  whole: "nh",
  valuesRepeat: true,

  derive: (comparison, p, raw) => {
    const written = raw(comparison.column);
    const upper = comparison.han === true ? `regexp_replace(regexp_replace(upper(${halfWidth(written)}), '[?？*＊□■]', '${UNKNOWN}', 'g'), '([一-鿿])[A-ZÜ]{1,6}$', '\\1${UNKNOWN}')` : `upper(${written})`;
    const clean = `nullif(nullif(CASE WHEN regexp_full_match(${written}, '[一-鿿]{0,8}') THEN ${written}
      ELSE left(regexp_replace(${upper}, '${NOISE}', '', 'g'), ${MOST_CHARACTERS}) END, ''), '${UNKNOWN}')`;
    if (comparison.han !== true) return prepared(p, clean, comparison.sound === undefined ? undefined : raw(comparison.sound));
    return [
      `${clean} AS scratch_${p}_nm`,
      length(p, `scratch_${p}_nm`),
      ...SOUNDED.map((k) => `CASE WHEN ${p}_nl >= ${k} THEN unicode(substr(scratch_${p}_nm, ${k}, 1)) END AS scratch_${p}_r${k}`),
    ];
  },

  characters: (comparison, p) => (comparison.han === true ? SOUNDED.map((k) => `scratch_${p}_r${k}`) : []),

  deriveAfter: (comparison, p) => {
    if (comparison.han !== true) return [];
    const simple = (k: number): string => `CASE WHEN scratch_${p}_r${k} IS NOT NULL THEN coalesce(${p}_h${k}_simplified, scratch_${p}_r${k}) ELSE 0 END`;
    const sound = (k: number): string => `coalesce(${p}_h${k}_sound, scratch_${p}_r${k}, 0)`;
    const near = (k: number): string => `coalesce(${p}_h${k}_near, scratch_${p}_r${k})`;
    const rest = `CASE WHEN ${p}_nl > 8 THEN substr(scratch_${p}_nm, 9) END`;
    const present = (value: string): string => `CASE WHEN scratch_${p}_nm IS NOT NULL THEN ${value} END`;
    return [
      ...SOUNDED.map((k) => `${simple(k)} AS ${k <= 4 ? "" : "scratch_"}${p}_c${k}`),
      `CASE WHEN ${p}_nl <= 4 THEN ${POSITIONS.map((k) => (k === 1 ? `chr(${p}_c1)` : `CASE WHEN ${p}_nl >= ${k} THEN chr(${p}_c${k}) ELSE '' END`)).join(" || ")} ELSE scratch_${p}_nm END AS ${p}_nm`,
      `${present(`hash(${SOUNDED.map((k) => `${k <= 4 ? "" : "scratch_"}${p}_c${k}`).join(", ")}, ${rest})`)} AS ${p}_nh`,
      `CASE WHEN ${p}_nl >= 4 THEN ${oneByteEach(`${p}_nm`)} END AS ${p}_fold`,
      `${present(`hash(${SOUNDED.map(sound).join(", ")}, ${rest})`)} AS ${p}_yh`,
      `${present(`hash(${SOUNDED.map((k) => `coalesce(${near(k)}, 0)`).join(", ")}, ${rest})`)} AS ${p}_zh`,
      ...POSITIONS.map((k) => `${near(k)} AS ${p}_p${k}`),
      `CASE WHEN ${p}_nl > 4 THEN concat(${SOUNDED.map((k) => `${p}_h${k}_letters`).join(", ")}) END AS ${p}_sd`,
    ];
  },

  rules: (comparison, p) => {
    const long = `(l.${p}_nl > 4 OR r.${p}_nl > 4)`;
    const edits = `damerau_levenshtein(l.${p}_fold, r.${p}_fold)`;
    const soundEdits = `length(l.${p}_sd) >= 8 AND length(r.${p}_sd) >= 8 AND damerau_levenshtein(l.${p}_sd, r.${p}_sd) <= 3`;
    return [
      ["missing", missing(`${p}_nh`)],
      ["equal", same(`${p}_nh`)],
      ["different", nothingAlike(p)],
      ["unknown-character", comparison.han === true ? unknownCharacter(p) : "false"],
      ["homophone", same(`${p}_yh`)],
      ["near-sound", same(`${p}_zh`)],
      ["swapped", swapped(p)],
      ["look-alike", comparison.han === true || comparison.sound !== undefined ? lookAlike(p) : "false"],
      ["one-character", `NOT ${long} AND l.${p}_nl = r.${p}_nl AND l.${p}_nl >= 3 AND ${differing(p)} = 1 OR ${long} AND ${edits} = 1`],
      ["long-near", `${long} AND (${edits} <= 2 OR ${soundEdits})`],
      ["part", `${long} AND least(l.${p}_nl, r.${p}_nl) >= 2 AND (starts_with(l.${p}_nm, r.${p}_nm) OR starts_with(r.${p}_nm, l.${p}_nm))`],
      ["dropped-character", dropped(p)],
      ["one-sound", `NOT ${long} AND l.${p}_nl = r.${p}_nl AND l.${p}_nl >= 3 AND ${differingSounds(p)} = 1`],
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
