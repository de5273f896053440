// How a pair came to its weight: the starting point, what each compared item adds or takes in bits, the sum and the probability;
// which rule demanded a person, and which reasons demand two.
import type { Text } from "../../core/issue.ts";
import { chinesePersons } from "../../linkage/chinese-persons.ts";
import { levelKeys, levelText, waterfall } from "../../linkage/explain.ts";
import type { LevelPattern, LinkageReport, LinkageSettings, LinkResult } from "../../linkage/model.ts";
import type { HardReason } from "./decisions-rules.ts";

/** As stored with a link: column (empty for what is not a column), level, bits. */
export type StoredBar = readonly [column: string, level: string, bits: number];
export type Bar = { readonly column: string; readonly level: string; readonly label: Text; readonly text: Text; readonly bits: number; /** Sum up to and with this bar. */ readonly sum: number };

const round = (bits: number): number => Math.round(bits * 1000) / 1000;

/** The bars of a link as its run weighed it; they sum up to the link's weight. */
export function weighingOf(settings: LinkageSettings, report: Pick<LinkageReport, "weights" | "prior">, link: Pick<LinkResult, "levels" | "stage" | "weight">): StoredBar[] {
  const bars = waterfall(settings, report, link).map((bar, i): StoredBar => [bar.column ?? "", bar.level ?? (i === 0 ? "start" : "repeat"), round(bar.bits)]);
  const rest = round(link.weight - bars.reduce((sum, [, , bits]) => sum + bits, 0));
  return Math.abs(rest) < 0.0015 ? bars : [...bars, ["", "rest", rest]];
}

const columnLabels: Readonly<Record<string, Text>> = {
  id18: { zh: "身份证号", en: "ID number" },
  name: { zh: "姓名", en: "Name" },
  birth: { zh: "出生日期", en: "Birth date" },
  sex: { zh: "性别", en: "Sex" },
  phone: { zh: "联系电话", en: "Phone" },
  area12: { zh: "户籍地", en: "Registered in" },
};
const other: Readonly<Record<string, readonly [label: Text, text: Text]>> = {
  start: [{ zh: "起点", en: "Start" }, { zh: "任意两行是同一人的可能性", en: "how likely any two rows are one person" }],
  repeat: [{ zh: "同一人的又一行", en: "Another row" }, { zh: "该人已有一行对应", en: "the person has a row already" }],
  rest: [{ zh: "其他", en: "Other" }, { zh: "其余权重", en: "weight of other kinds" }],
};
const silent: Readonly<Record<string, Text>> = { missing: { zh: "一方缺", en: "missing on one side" }, equal: { zh: "相同", en: "equal" } };

/** The stored bars in words, with the running sum. */
export function barsOf(settings: LinkageSettings, stored: readonly StoredBar[]): Bar[] {
  let sum = 0;
  return stored.map(([column, level, bits]) => {
    sum = round(sum + bits);
    const [label, text] = column === "" ? (other[level] ?? other["rest"]!) : [labelOf(settings, column), wordsOf(settings, column, level)];
    return { column, level, label: { ...label }, text: { ...text }, bits, sum };
  });
}

const labelOf = (settings: LinkageSettings, column: string): Text => settings.comparisons.find((each) => each.column === column)?.label ?? columnLabels[column] ?? { zh: column, en: column };

function wordsOf(settings: LinkageSettings, column: string, level: string): Text {
  const comparison = settings.comparisons.find((each) => each.column === column);
  const text = comparison === undefined ? { zh: "", en: "" } : levelText(comparison.role, level);
  return text.zh === "" ? (silent[level] ?? { zh: level, en: level }) : text;
}

/** Probability that a pair of this weight is one person. */
export const probabilityOf = (weight: number): number => Math.round((1 / (1 + 2 ** -weight)) * 1e6) / 1e6;

const meets = (levels: Readonly<Record<string, string>>, pattern: LevelPattern): boolean => Object.entries(pattern).every(([column, wanted]) => wanted.includes(levels[column] ?? ""));

/** Key of the veto by which a person must decide; undefined when none applies. */
export function vetoOf(settings: LinkageSettings, link: Pick<LinkResult, "levels">): string | undefined {
  const levels = levelKeys(settings, link);
  return settings.vetoes.find((veto) => veto.outcome === "review" && meets(levels, veto.when) && !(veto.unless ?? []).some((pattern) => meets(levels, pattern)))?.key;
}

const vetoLabels: Readonly<Record<string, string>> = {
  "two valid identifiers differ": "两个有效身份证号不同",
  "two identifiers differ, one is made anew or contradicts its row": "两个身份证号不同，其中一个是更正后重编的，或与本行出生日期不符",
  "a number made anew, names differ": "身份证号像是重编的，姓名又不同",
  "two valid identifiers differ, other evidence strong": "两个有效身份证号不同，但其他信息高度一致",
  "a number that contradicts its row": "身份证号与本行的出生日期矛盾",
  "one identifier, two names": "同一身份证号，两个姓名",
  "perhaps twins or a family": "可能是双胞胎或家庭成员",
};
export const vetoText = (key: string): Text => ({ zh: vetoLabels[key] ?? key, en: key.charAt(0).toUpperCase() + key.slice(1) });

/**
 * Why two people must agree: both numbers are valid and differ, a veto applies, or the weight would do for a link if no rival weighed nearly as much.
 * @param rival true when another pair of the same row or record lies within the settings' margin
 */
export function hardBecause(pair: { readonly ours: string | undefined; readonly theirs: string | undefined; readonly veto: string | undefined; readonly weight: number; readonly rival: boolean }, settings: LinkageSettings = chinesePersons): HardReason[] {
  const reasons: HardReason[] = [];
  if (pair.ours !== undefined && pair.theirs !== undefined && pair.ours !== pair.theirs) reasons.push("two-valid-numbers");
  if (pair.veto !== undefined) reasons.push("veto");
  if (pair.rival || (pair.veto === undefined && pair.weight >= settings.thresholds.automatic)) reasons.push("rival");
  return reasons;
}
