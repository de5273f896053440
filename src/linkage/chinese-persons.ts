// Settings for lists of people in China with the columns id, name, name_pinyin, id18, id_valid, birth, sex, phone, area12.
// m and u are starting values measured on synthetic lists; a run with enough pairs learns its own.
import type { BlockingKey, KeyPart, LevelSetting, LinkageSettings } from "./model.ts";

function levelsOf(table: Readonly<Record<string, readonly [m: number, u: number]>>): LevelSetting[] {
  return Object.entries(table).map(([level, [m, u]]) => ({ level, m, u }));
}

const name: KeyPart = { column: "name", take: "whole" };
const sound: KeyPart = { column: "name", take: "sound" };
const birth: KeyPart = { column: "birth", take: "whole" };
const birthYear: KeyPart = { column: "birth", take: "year" };
const birthInId: KeyPart = { column: "id18", take: "birth" };
const county: KeyPart = { column: "area12", take: "prefix", numbers: [6] };
const township: KeyPart = { column: "area12", take: "prefix", numbers: [9] };
const phone: KeyPart = { column: "phone", take: "whole" };
const syllables = (...numbers: number[]): KeyPart => ({ column: "name", take: "syllables", numbers });
const slice = (from: number, length: number): KeyPart => ({ column: "id18", take: "slice", numbers: [from, length] });

const blocking: BlockingKey[] = [
  { key: "name and birth date", parts: [name, birth], findsRepeats: true },
  { key: "sound and birth date", parts: [sound, birth], findsRepeats: true },
  { key: "birth date and county", parts: [birth, county] },
  { key: "birth date and syllables 1 2", parts: [birth, syllables(1, 2)] },
  { key: "birth date and syllables 1 3", parts: [birth, syllables(1, 3)] },
  { key: "birth date and syllables 2 3", parts: [birth, syllables(2, 3)] },
  { key: "name and county", parts: [name, county] },
  { key: "name and township", parts: [name, township] },
  { key: "sound, county and birth year", parts: [sound, county, birthYear] },
  { key: "phone", parts: [phone] },
  { key: "name and phone", parts: [name, phone] },
  { key: "name and birth date in the left identifier", parts: [name, birthInId], rightParts: [name, birth] },
  { key: "name and birth date in the right identifier", parts: [name, birth], rightParts: [name, birthInId] },
  { key: "identifier 1–14", parts: [slice(1, 14)] },
  { key: "identifier 7–18", parts: [slice(7, 12)] },
  { key: "identifier 1–6, 15–18 and syllable 1", parts: [slice(1, 6), slice(15, 4), syllables(1)] },
];

const conflict = ["conflict", "conflict-same-birth", "same-birth-other-tail"];
const sameName = ["equal", "homophone", "near-sound"];
const otherName = ["different", "same-surname", "one-of-two", "dropped-character", "part"];
const nearBirth = ["equal", "swapped", "in-identifier", "two-of-three"];

export const chinesePersons: LinkageSettings = {
  key: "chinese-persons",
  id: "id",
  comparisons: [
    {
      role: "identifier",
      column: "id18",
      valid: "id_valid",
      birthAt: 7,
      levels: levelsOf({
        equal: [0.86, 1e-7],
        "one-digit": [0.03, 2e-7],
        transposed: [0.01, 2e-7],
        "digit-lost": [0.006, 2e-7],
        "short-form": [0.002, 1e-7],
        near: [0.004, 2e-6],
        "conflict-same-birth": [0.003, 1e-6],
        conflict: [0.01, 0.85],
        "same-birth-other-tail": [0.0005, 2e-6],
        different: [0.005, 0.08],
        missing: [0.07, 0.07],
      }),
    },
    {
      role: "name",
      column: "name",
      sound: "name_pinyin",
      levels: levelsOf({
        equal: [0.88, 1e-4],
        homophone: [0.05, 1e-4],
        "near-sound": [0.01, 1e-4],
        swapped: [0.004, 1e-5],
        "one-character": [0.03, 3e-3],
        "long-near": [0.005, 1e-6],
        part: [0.002, 1e-5],
        "dropped-character": [0.008, 1e-3],
        "one-of-two": [0.001, 1e-3],
        "same-surname": [0.006, 0.03],
        different: [0.003, 0.96],
        missing: [0.001, 0.001],
      }),
    },
    {
      role: "birth-date",
      column: "birth",
      identifier: "id18",
      levels: levelsOf({
        equal: [0.95, 4e-5],
        swapped: [0.005, 3e-5],
        "in-identifier": [0.005, 1e-5],
        "two-of-three": [0.02, 4e-3],
        "same-year": [0.005, 0.013],
        different: [0.005, 0.96],
        missing: [0.01, 0.02],
      }),
    },
    { role: "sex", column: "sex", levels: levelsOf({ equal: [0.985, 0.5], different: [0.005, 0.49], missing: [0.01, 0.01] }) },
    {
      role: "phone",
      column: "phone",
      levels: levelsOf({ equal: [0.6, 1e-5], "one-digit": [0.01, 1e-6], different: [0.27, 0.86], missing: [0.12, 0.14] }),
    },
    {
      role: "place",
      column: "area12",
      levels: levelsOf({
        "same-12": [0.7, 0.003],
        "same-9": [0.1, 0.02],
        "same-6": [0.1, 0.1],
        "same-4": [0.03, 0.15],
        "same-2": [0.03, 0.3],
        different: [0.03, 0.42],
        missing: [0.01, 0.007],
      }),
    },
  ],
  exact: {
    identifier: "id18",
    sane: [
      { name: ["equal", "homophone", "near-sound", "swapped", "one-character", "long-near", "part", "dropped-character", "one-of-two", "same-surname", "missing"] },
      { phone: ["equal"] },
    ],
    mostNames: 3,
    mostLeftRows: 20,
  },
  blocking,
  largestBlock: 250_000,
  vetoes: [
    {
      key: "two valid identifiers differ",
      when: { id18: conflict },
      unless: [
        { name: sameName, birth: nearBirth, phone: ["equal"] },
        { name: sameName, birth: nearBirth, area12: ["same-12"] },
        { name: ["equal"], birth: ["equal"], area12: ["same-9", "same-6"] },
      ],
      outcome: "reject",
    },
    {
      key: "two valid identifiers differ, other evidence strong",
      when: { id18: conflict },
      unless: [{ name: ["equal"], birth: ["equal", "swapped", "in-identifier"], phone: ["equal"] }],
      outcome: "review",
    },
    { key: "one identifier, two names", when: { id18: ["equal"], name: ["different", "same-surname", "one-of-two"] }, outcome: "review" },
    {
      key: "perhaps twins or a family",
      when: { name: [...otherName, "one-character"], id18: ["missing", "different", ...conflict] },
      outcome: "review",
    },
  ],
  thresholds: { automatic: 6, review: 0, margin: 3 },
  priors: { matchShare: 0.5, strength: 200, repeat: 5, rarestName: 18 },
  training: { randomRows: 700, anchorRows: 40_000, seed: 7, anchorColumns: ["name", "birth", "phone"] },
};
