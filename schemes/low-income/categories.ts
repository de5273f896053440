// The register categories of the pilot plan (S4, two (1) 1). Eleven are ticked; the twelfth, 多重困难人员, follows from them and is
// never typed: it is the computed item `multiple_hardship`, true when at least two of the hardships proper are ticked.
import { codeSet, ge, has, option, ref, source, text, value } from "../../src/scheme/define.ts";
import type { Category, CategoryRule, CodeSet, Expression } from "../../src/scheme/define.ts";
import { counted } from "./forms/rows.ts";

type Row = readonly [key: string, zh: string, en: string, definitionZh: string, definitionEn: string, ...alsoWritten: string[]];

const rows: readonly Row[] = [
  ["party_member", "困难党员", "Party member in hardship", "家庭中有生活困难的中共党员", "A member of the CPC in hardship lives in the household"],
  ["worker", "困难职工", "Worker in hardship", "家庭中有工会认定的困难职工", "A worker whom the trade union knows to be in hardship lives in the household"],
  ["extreme_poverty", "特困供养救助人员", "Supported as extremely poor", "无劳动能力、无生活来源且无法定赡养抚养扶养义务人，或者其义务人无赡养抚养扶养能力的老年人、残疾人以及未满16周岁的未成年人", "Old or disabled people and children under 16 without ability to work, means of living or a legal supporter able to support", "特困", "特困人员", "特困供养人员"],
  ["minimum_living", "城乡低保人员", "On the minimum living allowance", "家庭人均收入低于当地最低生活保障标准且符合财产状况规定，享受最低生活保障", "Income per head below the local standard and property within the rules; receives the allowance", "低保", "低保对象", "城市低保", "农村低保"],
  ["expenditure", "支出型困难人员", "In hardship by expenditure", "医疗、教育等必要支出超出家庭承受能力，造成生活困难", "Necessary expenses such as medical care and schooling exceed what the household can bear", "支出型困难家庭", "支出型贫困"],
  ["margin", "低收入边缘户", "On the margin of low income", "家庭人均收入高于低保标准但仍处于当地规定的低收入边缘范围，未享受低保", "Income per head above the allowance but within the local margin; does not receive the allowance", "低保边缘家庭", "低保边缘户"],
  ["medical", "医疗困难人员", "In medical hardship", "因患重大疾病或长期慢性病，医疗支出负担重", "Heavy medical burden from major or long illness"],
  ["education", "教育困难人员", "In educational hardship", "子女就学支出负担重", "Heavy burden of children's schooling"],
  ["housing", "住房困难人员", "In housing hardship", "无房、住危房或人均住房面积不足", "No housing, unsafe housing or too little of it"],
  ["employment", "就业困难人员", "In employment hardship", "有劳动能力的成员难以就业", "Members able to work cannot find work"],
  ["accident", "意外事故影响基本生活困难人员", "In hardship after an accident", "遭遇意外事故、灾害，基本生活受到影响", "An accident or disaster affects basic living", "意外事故困难人员"],
];

/** Definitions that a text of law or policy gives; the others are reconstructed. */
const defined: { readonly [category: string]: Category["source"] } = {
  extreme_poverty: source(["S4", "LAW"], "社会救助暂行办法 Art 14"),
  minimum_living: source(["S4", "LAW"], "社会救助暂行办法 Art 9"),
  margin: source(["S4", "P"], "民办函〔2024〕31号: 低保边缘家庭; the local line is configuration"),
  expenditure: source(["S4", "P"], "民办函〔2024〕31号: 刚性支出困难家庭; the local ratio is configuration"),
};

/** Key of the picture that proves a category. */
export const paperOf = (category: string): string => `paper_${category}`;

/** The eleven categories that are ticked. */
export const categories: readonly Category[] = rows.map(([key, zh, en, definitionZh, definitionEn]) => ({
  key,
  label: text(zh, en),
  definition: text(definitionZh, definitionEn),
  papers: [`household.${paperOf(key)}`],
  source: defined[key] ?? source(["S4", "R"], "The name is S4's own, the definition reconstructed"),
}));

/** The categories as the code set of the item `categories`. */
export const categoryCodes: CodeSet = codeSet(
  "low-income-category",
  "困难类别",
  "Category of hardship",
  rows.map(([key, zh, en, , , ...alsoWritten]) => option(key, zh, en, alsoWritten.length > 0 ? { alsoWritten } : {})),
);

/** One category is ticked. */
export const ticked = (...keys: readonly string[]): Expression => has("household.categories", ...keys);

/** Hardships of which two make a household one of multiple hardship (5 and 7–11). */
export const hardships: readonly string[] = ["expenditure", "medical", "education", "housing", "employment", "accident"];
/** How many of those hardships are ticked, and whether that makes the twelfth category. */
export const hardshipCount: Expression = counted("household.categories", hardships);
export const isMultiple: Expression = ge(ref("household.hardship_count"), value(2));

/** By definition a household on the margin is one that does not receive the allowance; S4 names no other exclusion. */
export const categoryRules: readonly CategoryRule[] = [
  {
    kind: "at-most-one",
    of: ["minimum_living", "margin"],
    message: text("低收入边缘户是未享受低保的家庭，不能与城乡低保人员同时选", "A household on the margin does not receive the allowance: only one of the two can be chosen"),
    source: source(["P"], "民办函〔2024〕31号: definition of 低保边缘家庭"),
  },
];
