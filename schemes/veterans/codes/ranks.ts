// Ranks of soldiers by class and period (1955–65, 1988, 1999, 2009 and 2022 systems) and which class of soldier holds which.
// Grades that come in pairs (正师职, 副师职 …) are written as levels; `paired` makes both of each.
import { codeSet, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

export type Row = readonly [code: string, zh: string, en: string];

/** Chief and deputy of each level; `suffix` ends the Chinese word (职, 级 or nothing). */
export const paired = (suffix: string, levels: readonly Row[]): readonly Row[] =>
  levels.flatMap(([code, zh, en]): readonly Row[] => [
    [`${code}_chief`, `正${zh}${suffix}`, `${en}, chief`],
    [`${code}_deputy`, `副${zh}${suffix}`, `${en}, deputy`],
  ]);

/** Rows numbered from `from` to `to`; the number stands in place of `#`. */
export const numbered = (from: number, to: number, [code, zh, en]: Row): readonly Row[] =>
  Array.from({ length: to - from + 1 }, (_, i): Row => {
    const n = String(from + i);
    return [code.replace("#", n), zh.replace("#", n), en.replace("#", n)];
  });

const digits = "一二三四五六七八九";
/** The same with the number in Chinese digits (1–9) in the Chinese word. */
const numberedZh = (from: number, to: number, row: Row): readonly Row[] =>
  numbered(from, to, [row[0], "#", row[2]]).map(([code, n, en]): Row => [code, row[1].replace("#", digits.charAt(Number(n) - 1)), en]);

const officers: readonly Row[] = [
  ["officer_general", "上将", "General"],
  ["officer_lieutenant_general", "中将", "Lieutenant general"],
  ["officer_major_general", "少将", "Major general"],
  ["officer_senior_colonel", "大校", "Senior colonel"],
  ["officer_colonel", "上校", "Colonel"],
  ["officer_lieutenant_colonel", "中校", "Lieutenant colonel"],
  ["officer_major", "少校", "Major"],
  ["officer_captain", "上尉", "Captain"],
  ["officer_first_lieutenant", "中尉", "First lieutenant"],
  ["officer_second_lieutenant", "少尉", "Second lieutenant"],
  ["officer_none", "未授衔军官", "Officer without rank"],
];
const administrative = numbered(12, 23, ["admin_#", "行政#级", "Administrative grade #"]);
const civilians: readonly Row[] = [["civilian_special", "文职特级", "Civilian cadre, special grade"], ...numberedZh(1, 9, ["civilian_#", "文职#级", "Civilian cadre, grade #"])];

/** Master sergeants, sergeants and corporals of 2009, in order; 四级军士长 and 上士 ended in 2022. */
export const sergeants: readonly Row[] = [
  ...numberedZh(1, 4, ["nco_master_#", "#级军士长", "Master sergeant class # (2009–)"]),
  ["nco_staff", "上士", "Staff sergeant (2009–2022)"],
  ["nco_sergeant", "中士", "Sergeant (2009–)"],
  ["nco_corporal", "下士", "Corporal (2009–)"],
];
const sergeantsOf2022 = numberedZh(1, 2, ["nco_staff_#", "#级上士", "Staff sergeant class # (2022–)"]);
const sergeantsOf1999 = numberedZh(1, 6, ["nco_old_#", "#级士官", "NCO grade # (1999–2009)"]);
const volunteers: readonly Row[] = [
  ["volunteer", "志愿兵", "Volunteer (before 1999)"],
  ...numberedZh(1, 8, ["volunteer_#", "#级志愿兵", "Volunteer class # (before 1999)"]),
  ["volunteer_master", "军士长", "Master sergeant (before 1999)"],
  ["volunteer_professional", "专业军士", "Professional sergeant (before 1999)"],
];
const conscripts: readonly Row[] = [
  ["conscript_first_class", "上等兵", "Private first class"],
  ["conscript_private", "列兵", "Private"],
];
const unranked: readonly Row[] = [
  ["none", "无军衔(未授衔)", "No rank (service before or between rank systems)"],
  ["other", "其他", "Other"],
];

const codesOf = (...lists: readonly (readonly Row[])[]): readonly string[] => lists.flat().map(([code]) => code);

/** Ranks that fit each class of soldier; having none, or another one, fits all. */
export const ranksOf: { readonly [rankClass: string]: readonly string[] } = {
  officer: codesOf(officers, administrative, unranked),
  civilian_cadre: codesOf(civilians, unranked),
  senior_nco: ["nco_master_1", "nco_master_2", "nco_master_3", "nco_old_5", "nco_old_6", ...codesOf(unranked)],
  middle_nco: ["nco_master_4", "nco_staff", "nco_staff_1", "nco_staff_2", "nco_old_3", "nco_old_4", ...codesOf(unranked)],
  junior_nco: ["nco_sergeant", "nco_corporal", "nco_old_1", "nco_old_2", ...codesOf(unranked)],
  conscript: codesOf(conscripts, unranked),
  volunteer: codesOf(volunteers, unranked),
};

/** Ranks of serving soldiers by their class, which knows no levels of NCO. */
export const servingRanksOf: { readonly [servingKind: string]: readonly string[] } = {
  officer: ranksOf["officer"] ?? [],
  civilian_cadre: ranksOf["civilian_cadre"] ?? [],
  nco: codesOf(sergeants, sergeantsOf2022, sergeantsOf1999, unranked),
  conscript: ranksOf["conscript"] ?? [],
};

/** Ranks of one system, for the rule about when it was in force. */
export const rankSystems = {
  nco1999: codesOf(sergeantsOf1999),
  nco2009: codesOf(sergeants).filter((code) => code.startsWith("nco_master")),
  nco2022: codesOf(sergeantsOf2022),
  volunteers: codesOf(volunteers),
} as const;

/** Every rank of every period. */
export const rank: CodeSet = codeSet(
  "rank",
  "军衔(级别)",
  "Rank",
  options([...officers, ...administrative, ...civilians, ...sergeants.slice(0, 4), ...sergeantsOf2022, ...sergeants.slice(4), ...sergeantsOf1999, ...volunteers, ...conscripts, ...unranked]),
);
