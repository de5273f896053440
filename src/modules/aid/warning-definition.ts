// A rule of warnings as it is typed: checked whole, and said in words. Pure: the editor asks the same.
import type { Text } from "../../core/issue.ts";
import { eventKinds, type Line, type Measure, measures, type Registered, type WarningDefinition } from "../../scheme/aid-model.ts";
import { eventLabels } from "./rules.ts";

type Given = Readonly<Record<string, unknown>>;
const whole = (value: unknown, from: number, to: number): value is number => Number.isInteger(value) && (value as number) >= from && (value as number) <= to;
const within = (value: unknown, from: number, to: number): value is number => typeof value === "number" && value >= from && value <= to;
const isMeasure = (value: unknown): value is Measure => (measures as readonly unknown[]).includes(value);
const some = <T>(value: unknown, is: (each: unknown) => each is T,
  most: number): value is readonly T[] => Array.isArray(value) && value.length > 0 && value.length <= most && value.every(is);
const isLine = (value: unknown): value is Line => {
  if (typeof value !== "object" || value === null) return false;
  const line = value as Given;
  return Object.keys(line).length === 1 && ((typeof line["standard"] === "string" && /^[a-z][a-z0-9-]{1,39}$/.test(line["standard"])) || within(line["value"], 0, 10_000_000));
};

const isKey = (value: unknown): value is string => typeof value === "string" && value.length > 0 && value.length < 60;
function isRegistered(value: unknown): value is Registered {
  if (typeof value !== "object" || value === null) return false;
  const given = value as Given;
  const as = (given["as"] ?? {}) as Given;
  return Object.keys(given).length === 3 && isKey(given["scheme"]) && some(given["categories"], isKey, 20) && Object.keys(as).length === 2 && isKey(as["zh"]) && isKey(as["en"]);
}

const shapes: Readonly<Record<WarningDefinition["kind"], { readonly keys: readonly string[]; readonly is: (d: Given) => boolean }>> = {
  threshold: { keys: ["measure", "line", "below"], is: (d) => isMeasure(d["measure"]) && isLine(d["line"]) && (d["below"] === undefined || typeof d["below"] === "boolean") },
  share: { keys: ["measures", "percent"], is: (d) => some(d["measures"], isMeasure, 3) && whole(d["percent"], 1, 1000) },
  jump: { keys: ["measure", "times", "before", "least"], is: (d) => isMeasure(d["measure"]) && within(d["times"], 1.1, 100) && whole(d["before"], 1, 12) && within(d["least"], 0,
    10_000_000) },
  trend: { keys: ["measure", "months", "falling"], is: (d) => isMeasure(d["measure"]) && whole(d["months"], 3, 12) && (d["falling"] === undefined || typeof d["falling"] === "boolean") },
  "life-event": {
    keys: ["events", "assets"],
    is: (d) => some(d["events"], (each): each is (typeof eventKinds)[number] => (eventKinds as readonly unknown[]).includes(each), 16) && (d["assets"] === undefined || isLine(d["assets"])),
  },
  "fall-after-leaving": { keys: ["months", "line"], is: (d) => whole(d["months"], 1, 60) && isLine(d["line"]) },
  age: {
    keys: ["ages", "categories", "registered"],
    is: (d) =>
      some(d["ages"], (each): each is number => whole(each, 1, 120), 10) &&
      (d["categories"] === undefined || some(d["categories"], isKey, 20)) &&
      (d["registered"] === undefined || isRegistered(d["registered"])),
  },
  "helped-nowhere": { keys: ["hardships", "months"], is: (d) => whole(d["hardships"], 1, 6) && whole(d["months"], 1, 36) },
  "paid-twice": { keys: [], is: () => true },
};

/** The definition, or undefined when it is none: a kind nobody knows, a part left out, one too many, or out of its bounds. */
export function definitionOf(value: unknown): WarningDefinition | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const given = value as Given;
  const shape = Object.hasOwn(shapes, String(given["kind"])) ? shapes[given["kind"] as WarningDefinition["kind"]] : undefined;
  if (!shape || Object.keys(given).some((key) => key !== "kind" && !shape.keys.includes(key)) || !shape.is(given)) return undefined;
  return given as unknown as WarningDefinition;
}

const measureWords: Readonly<Record<Measure, Text>> = {
  "medical-cost": { zh: "医疗自付", en: "own medical cost" },
  "education-cost": { zh: "教育支出", en: "cost of schooling" },
  income: { zh: "收入", en: "income" },
};
const standardWords: Readonly<Record<string, Text>> = {
  "medical-month-line": { zh: "本地月医疗支出标准", en: "the local line of a month's medical cost" },
  "allowance-line": { zh: "本地低保标准", en: "the local allowance line" },
  "property-line": { zh: "本地家庭财产标准", en: "the local line of property" },
  "disposable-income": { zh: "上年人均可支配收入", en: "last year's disposable income" },
};
const lineWords = (line: Line): Text =>
  "value" in line ? { zh: `${line.value}元`, en: `${line.value} yuan` } : (standardWords[line.standard] ?? { zh: `标准“${line.standard}”`, en: `the line “${line.standard}”` });

/** A sentence in both languages. */
export function wordsOf(d: WarningDefinition): Text {
  switch (d.kind) {
    case "threshold":
      return {
        zh: `当月${measureWords[d.measure].zh}${d.below ? "低于" : "达到"}${lineWords(d.line).zh}`,
        en: `A month's ${measureWords[d.measure].en} ${d.below ? "is below" : "reaches"} ${lineWords(d.line).en}`,
      };
    case "share":
      return {
        zh: `近12个月${d.measures.map((one) => measureWords[one].zh).join("加")}超过年收入的${d.percent}%`,
        en: `Of twelve months, ${d.measures.map((one) => measureWords[one].en).join(" and ")} above ${d.percent} % of the year's income`,
      };
    case "jump":
      return {
        zh: `当月${measureWords[d.measure].zh}不低于${d.least}元，且达到前${d.before}个月平均的${d.times}倍`,
        en: `A month's ${measureWords[d.measure].en}, at least ${d.least} yuan, is ${d.times} times the mean of the ${d.before} months before`,
      };
    case "trend":
      return { zh: `${measureWords[d.measure].zh}连续${d.months}个月${d.falling ? "下降" : "上升"}`, en: `${measureWords[d.measure].en} ${d.falling ? "falls" : "rises"} for ${d.months} months` };
    case "life-event":
      return {
        zh: `发生：${d.events.map((one) => eventLabels[one].zh).join("、")}${d.assets ? `；或登记的人均财产超过${lineWords(d.assets).zh}` : ""}`,
        en: `Happened: ${d.events.map((one) => eventLabels[one].en).join(", ")}${d.assets ? `; or registered property a head above ${lineWords(d.assets).en}` : ""}`,
      };
    case "fall-after-leaving":
      return { zh: `退出低保或特困${d.months}个月内，人均收入低于${lineWords(d.line).zh}`, en: `Within ${d.months} months of leaving the allowance, income a head below ${lineWords(d.line).en}` };
    case "age":
      return {
        zh: `${d.registered ? `登记为${d.registered.as.zh}的` : ""}成员年满${d.ages.join("、")}周岁`,
        en: `A member ${d.registered ? `registered as ${d.registered.as.en} ` : ""}turns ${d.ages.join(", ")}`,
      };
    case "helped-nowhere":
      return { zh: `有${d.hardships}类以上困难，近${d.months}个月没有任何救助`, en: `${d.hardships} hardships or more, and no help in ${d.months} months` };
    case "paid-twice":
      return { zh: "同一项目同一期间发放两次以上", en: "Delivered more than once for one item and period" };
  }
}
