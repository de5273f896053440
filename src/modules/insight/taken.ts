// Indices and what-if as they are taken along: the same numbers as on the page, as lines of a workbook or of CSV, with base, moment, formula and the mark of hidden counts.
import type { Text } from "../../core/issue.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { asOfIn, cell, hiddenMeans, type Language, type Line } from "./along.ts";
import type { getIndex, whatIf } from "./contract.ts";
import { fullValues } from "./rules.ts";

type Result = ReplyOf<typeof getIndex>["result"];
/** Shares as they are printed on the page, to a tenth of a per cent; measures to a thousandth. */
const rounded = (n: number, places = 3): number => Math.round(n * 10 ** places) / 10 ** places;

/** The index, its parts, and areas and groups with their intervals and places. */
export function indexLines(value: ReplyOf<typeof getIndex>, language: Language): Line[] {
  const t = (zh: string, en: string): string => (language === "zh" ? zh : en);
  const { result } = value;
  const { set, whole } = result;
  const weights = set.indicators.filter(({ measure }) => measure !== undefined).reduce((sum, { weight }) => sum + weight, 0);
  const measured = (name: string, m: Result["whole"]["m0"]): Line => [name, rounded(m.value), rounded(m.low), rounded(m.high)];
  const parts = (title: string, of: Result["areas"]): Line[] => [
    [],
    [title, t("名次", "Place"), "M0", t("95%下限", "95 % from"), t("95%上限", "95 % to"), "H", t("贫困", "Poor"), t("基数", "Base"), "A", t("占M0", "Share of M0")],
    ...of.map(({ label, told, place, ofM0 }): Line => (told && place ? [label[language], place.from === place.to ? place.from : `${place.from}—${place.to}`, rounded(told.m0.value), rounded(told.m0.low), rounded(told.m0.high), rounded(told.h.value), told.poor, told.base, rounded(told.a.value), rounded(ofM0 ?? 0)] : [label[language], cell(null)])),
  ];
  return [
    [`${value.area} ${set.label[language]} v${set.version}`],
    [`${asOfIn(result.snapshot.asOf, language)} · ${t("基数", "Base")} ${whole.base} ${set.counts === "people" ? t("人", "people") : t("户", "households")}`],
    [`${t("公式", "Formula")} ${result.formula}, k = ${set.k.of}/${set.k.in}`],
    [`${t("来源", "Source")} ${set.source[language]}`],
    [set.missing === "left-out" ? t(`缺失的不计入：${result.missing.leftOut}户`, `Left out for missing values: ${result.missing.leftOut} households`) : t("缺失的按未被剥夺计", "What is missing counts as no deprivation")],
    [`${t("摘要", "Digest")} ${value.digest}`],
    [hiddenMeans[language]],
    [],
    [t("合计", "Whole"), t("值", "Value"), t("95%下限", "95 % from"), t("95%上限", "95 % to")],
    measured("M0", whole.m0),
    measured("H", whole.h),
    measured("A", whole.a),
    ["M1", rounded(whole.m1)],
    ["M2", rounded(whole.m2)],
    ...(result.development?.whole ? [[t("发展指数", "Development index"), rounded(result.development.whole.value)], ...fullValues(result.development).map((one): Line => [one[language]])] : []),
    [],
    [t("指标", "Indicator"), t("权重", "Weight"), t("被剥夺率", "Deprived"), t("贫困且被剥夺率", "Poor and deprived"), t("贡献", "Contribution")],
    ...whole.indicators.map(({ key, raw, censored, share }): Line => {
      const own = set.indicators.find((each) => each.key === key);
      return [own?.label[language] ?? key, rounded((own?.weight ?? 0) / weights), rounded(raw), rounded(censored), rounded(share)];
    }),
    ...parts(t("各地", "Areas"), result.areas),
    ...(result.groups ? parts(result.groups.label[language], result.groups.parts) : []),
  ];
}

/** What was asked, of which area, and the set in force that was moved. */
export type Tried = { readonly asked: BodyOf<typeof whatIf>; readonly area: string; readonly set: { readonly label: Text; readonly version: number; readonly indicators: readonly { readonly key: string; readonly label: Text }[] } };

/** Who enters and leaves by area, what it costs, and what is left to households by tenths of the line. */
export function whatIfLines(found: ReplyOf<typeof whatIf>, { asked, area, set }: Tried, language: Language): Line[] {
  const t = (zh: string, en: string): string => (language === "zh" ? zh : en);
  const changes = (of: Readonly<Record<string, number>> | undefined): string => Object.entries(of ?? {}).map(([key, n]) => `${set.indicators.find((each) => each.key === key)?.label[language] ?? key} ${n}`).join(t("、", ", "));
  const { money } = found;
  const row = (name: string, { enter, leave, stay, never }: (typeof found)["whole"]): Line => [name, cell(enter), cell(leave), cell(stay), cell(never)];
  return [
    [`${area} ${t("政策试算", "What if")} ${set.label[language]} v${set.version}`],
    [`${asOfIn(found.asOf, language)} · ${t("基数", "Base")} ${found.households} ${t("户", "households")}, ${found.people} ${t("人", "people")}`],
    [hiddenMeans[language]],
    [`${t("临界值", "Cutoffs")} ${changes(asked.cutoffs) || t("不变", "as they are")}`],
    [`${t("权重", "Weights")} ${changes(asked.weights) || t("不变", "as they are")}`],
    [`k ${asked.k ? `${asked.k.of}/${asked.k.in}` : t("不变", "as it is")}`],
    [],
    [t("地域", "Area"), t("进入", "Enter"), t("退出", "Leave"), t("保留", "Stay"), t("一直不在", "Never in")],
    ...found.areas.map(({ name, ...moves }) => row(name, moves)),
    row(t("合计", "Total"), found.whole),
    ...(money && asked.line
      ? [
          [],
          [t("线（元/人·年）", "Line (yuan a head and year)"), t("户数", "Households"), t("补足所需（元/年）", "Topping up (yuan a year)")],
          [asked.line.from, cell(money.before.households), cell(money.before.topUp)],
          [asked.line.to, cell(money.after.households), cell(money.after.topUp)],
          [],
          [t("陡坡", "Cliff"), t("户数", "Households"), t("每户减少（元/年）", "Less for each (yuan a year)")],
          [t("过线反而减少的户", "Households with less for having crossed it"), cell(money.cliff.households), money.cliff.loss],
          [],
          [t("收入从", "Income from"), t("到", "to"), t("户数", "Households"), t("人均可得（元）", "Left a head (yuan)")],
          ...money.bands.map(({ from, to, households, resources }): Line => [from, to, cell(households), cell(resources)]),
        ]
      : []),
  ];
}
