// A link in a sentence, from its levels: 身份证号相同，姓名为同音字，出生日期相同 … Silent on what was missing, unless it is the identifier.
import type { Text } from "../core/issue.ts";
import { vocabulary } from "./columns.ts";
import type { LinkageReport, LinkageSettings, LinkResult, RoleName } from "./model.ts";

const wording: Readonly<Record<RoleName, Readonly<Record<string, readonly [zh: string, en: string]>>>> = {
  identifier: {
    equal: ["身份证号相同", "same ID number"],
    "one-digit": ["身份证号差一位", "ID numbers differ in one digit"],
    transposed: ["身份证号相邻两位颠倒", "two neighbouring digits of the ID number exchanged"],
    "digit-lost": ["身份证号多或少一位", "ID number one digit longer or shorter"],
    "short-form": ["身份证号为15位与18位之别", "15-digit and 18-digit form of one ID number"],
    near: ["身份证号相近", "similar ID numbers"],
    "conflict-same-birth": ["两个有效身份证号仅末四位不同", "two valid ID numbers that differ only in the last four places"],
    conflict: ["两个有效身份证号不同", "two different valid ID numbers"],
    "same-birth-other-tail": ["身份证号出生日期段相同、末四位不同", "ID numbers with the same birth date and another tail"],
    different: ["身份证号不同", "different ID numbers"],
    missing: ["缺身份证号", "no ID number to compare"],
  },
  name: {
    equal: ["姓名相同", "same name"],
    homophone: ["姓名为同音字", "names sound alike"],
    "near-sound": ["姓名读音相近", "names sound nearly alike"],
    swapped: ["姓名用字颠倒", "characters of the name exchanged"],
    "one-character": ["姓名差一个字", "names differ in one character"],
    "long-near": ["姓名译写相近", "similar transliterations of the name"],
    part: ["姓名只写了一部分", "one name is a part of the other"],
    "dropped-character": ["姓名少写一个字", "a character of the name left out"],
    "one-of-two": ["姓不同、名相同", "another surname, same given name"],
    "same-surname": ["姓相同、名不同", "same surname, another given name"],
    different: ["姓名不同", "different names"],
    missing: ["缺姓名", "no name to compare"],
  },
  "birth-date": {
    equal: ["出生日期相同", "same birth date"],
    swapped: ["出生月日颠倒", "day and month of birth exchanged"],
    "in-identifier": ["出生日期与对方身份证号一致", "birth date as in the other's ID number"],
    "two-of-three": ["出生年月日有一处不同", "one part of the birth date differs"],
    "same-year": ["出生年份相同", "same birth year"],
    different: ["出生日期不同", "different birth dates"],
    missing: ["", ""],
  },
  sex: { equal: ["", ""], different: ["性别不同", "different sex"], missing: ["", ""] },
  phone: {
    equal: ["联系电话相同", "same phone number"],
    "one-digit": ["联系电话差一位", "phone numbers differ in one digit"],
    different: ["联系电话不同", "different phone numbers"],
    missing: ["", ""],
  },
  place: {
    "same-12": ["同村（社区）", "same village or community"],
    "same-9": ["同乡镇（街道）", "same township"],
    "same-6": ["同县（市、区）", "same county"],
    "same-4": ["同市（州）", "same city"],
    "same-2": ["同省", "same province"],
    different: ["不同省", "different provinces"],
    missing: ["", ""],
  },
  address: {
    equal: ["住址相同", "same address"],
    "same-numbers": ["住址门牌号相同", "same numbers in the address"],
    different: ["住址不同", "different addresses"],
    missing: ["", ""],
  },
};

/** Key of a level code, for instance `homophone`; undefined for a code that the role does not have. */
export function levelKey(role: RoleName, code: number): string | undefined {
  return vocabulary(role)[code];
}

/** Wording of one level; empty when it says nothing. */
export function levelText(role: RoleName, level: string): Text {
  const [zh, en] = wording[role][level] ?? ["", ""];
  return { zh, en };
}

/** Levels of a link by their keys, for decisions by rule: column → level key. */
export function levelKeys(settings: LinkageSettings, link: Pick<LinkResult, "levels">): Record<string, string> {
  return Object.fromEntries(
    settings.comparisons.flatMap((comparison) => {
      const level = levelKey(comparison.role, link.levels[comparison.column] ?? -1);
      return level === undefined ? [] : [[comparison.column, level]];
    }),
  );
}

/** One sentence in both languages on why two rows are, or may be, one person. */
export function explain(settings: LinkageSettings, link: Pick<LinkResult, "levels" | "decision" | "stage" | "weight">): Text {
  const keys = levelKeys(settings, link);
  const parts = settings.comparisons
    .map((comparison) => levelText(comparison.role, keys[comparison.column] ?? ""))
    .filter((part) => part.zh !== "");
  const ends: Record<LinkResult["decision"], Text> = {
    automatic: { zh: "判为同一人", en: "taken as one person" },
    review: { zh: "是否同一人需人工判断", en: "a person must decide whether they are one" },
  };
  const repeat: Text = link.stage === "repeat" ? { zh: "（该人在对方名单中的又一行）", en: " (one more row of a person already linked)" } : { zh: "", en: "" };
  const end = ends[link.decision];
  const en = `${parts.map((part) => part.en).join(", ")}: ${end.en}${repeat.en}.`;
  return { zh: `${parts.map((part) => part.zh).join("，")}；${end.zh}${repeat.zh}。`, en: en.charAt(0).toUpperCase() + en.slice(1) };
}

export type Bar = { readonly text: Text; readonly column?: string; readonly level?: string; readonly bits: number };

/**
 * The weight of a link bar by bar: where it starts (how likely any two rows are one person), then what each column adds or
 * takes, in bits; the bars sum up to the link's weight. An equal name carries the weight of its own rarity.
 */
export function waterfall(settings: LinkageSettings, report: Pick<LinkageReport, "weights" | "prior">, link: Pick<LinkResult, "levels" | "stage" | "weight">): Bar[] {
  const bars: Bar[] = [{ text: { zh: "起点", en: "starting point" }, bits: report.prior }];
  if (link.stage === "repeat") bars.push({ text: { zh: "同一人的又一行", en: "one more row of a linked person" }, bits: -settings.priors.repeat });
  const keys = levelKeys(settings, link);
  for (const comparison of settings.comparisons) {
    const level = keys[comparison.column];
    if (level === undefined) continue;
    bars.push({ text: levelText(comparison.role, level), column: comparison.column, level, bits: report.weights[comparison.column]?.[level] ?? 0 });
  }
  const rare = bars.findIndex((bar) => bar.level === "equal" && settings.comparisons.some((each) => each.role === "name" && each.column === bar.column));
  const name = bars[rare];
  if (name !== undefined) {
    const others = bars.reduce((sum, bar) => sum + bar.bits, 0) - name.bits;
    bars[rare] = { ...name, bits: Math.round((link.weight - others) * 1000) / 1000 };
  }
  return bars;
}
