// An item in words, for notes sheets, dictionaries and printed hints: its kind, its length, its options, when it is asked.
import type { Text } from "../../core/issue.ts";
import { longest } from "../../scheme/check-structure.ts";
import type { Expression } from "../../scheme/expression.ts";
import { inWords } from "../../scheme/in-words.ts";
import { codeSetOf, labelOf, type Place } from "../../scheme/layout.ts";
import type { Item, Kind, Scheme, Sensitivity } from "../../scheme/model.ts";
import { offered } from "./choices.ts";

export type Lang = "zh" | "en";

export const kindWords: Readonly<Record<Kind, Text>> = {
  text: { zh: "文字", en: "text" },
  integer: { zh: "整数", en: "whole number" },
  decimal: { zh: "小数", en: "number" },
  money: { zh: "金额（元，最多两位小数）", en: "amount in yuan, at most two decimals" },
  date: { zh: "日期（年-月-日）", en: "date (year-month-day)" },
  month: { zh: "年月（年-月）", en: "month (year-month)" },
  code: { zh: "单选", en: "one option" },
  codes: { zh: "多选", en: "several options" },
  "yes-no": { zh: "是/否", en: "yes or no" },
  "id-number": { zh: "公民身份号码（18位）", en: "citizen ID number (18 characters)" },
  phone: { zh: "电话号码", en: "telephone number" },
  area: { zh: "行政区划代码（12位）", en: "area code (12 digits)" },
  address: { zh: "地址", en: "address" },
  photo: { zh: "照片", en: "photo" },
  document: { zh: "材料图片", en: "picture of a paper" },
  signature: { zh: "签名", en: "signature" },
  computed: { zh: "自动计算", en: "computed" },
};

export const sensitivityWords: Readonly<Record<Sensitivity, Text>> = {
  plain: { zh: "一般", en: "plain" },
  identity: { zh: "身份标识（加密）", en: "identity (sealed)" },
  contact: { zh: "联系方式（加密）", en: "contact (sealed)" },
  money: { zh: "财务（加密）", en: "money (sealed)" },
  health: { zh: "健康（加密）", en: "health (sealed)" },
  appeal: { zh: "诉求（加密）", en: "appeal (sealed)" },
  image: { zh: "影像", en: "image" },
};

/** Length or range: `≤50字`, `0–600`, `≤300 KB`; empty when there is none to tell. */
export function lengthWords(item: Item, lang: Lang): string {
  const zh = lang === "zh";
  switch (item.kind) {
    case "text":
    case "address":
      return zh ? `≤${longest(item)}字` : `at most ${longest(item)} characters`;
    case "integer":
    case "decimal":
    case "money": {
      const range = item.min === undefined && item.max === undefined ? "" : `${item.min ?? "…"}–${item.max ?? "…"}`;
      const places = item.decimals === undefined ? "" : zh ? `${item.decimals}位小数` : `${item.decimals} decimals`;
      return [range, places].filter((part) => part !== "").join(zh ? "，" : ", ");
    }
    case "photo":
    case "document":
    case "signature":
      return item.maxBytes === undefined ? "" : `≤${Math.round(item.maxBytes / 1024)} KB`;
    default:
      return "";
  }
}

/** Labels of the options, shortened after `most`. */
export function optionWords(scheme: Scheme, item: Item, lang: Lang, most = 60): string {
  const set = codeSetOf(scheme, item);
  if (!set) return "";
  const labels = offered(item, set).map((option) => option.label[lang]);
  const shown = labels.slice(0, most).join(lang === "zh" ? "；" : "; ");
  if (labels.length <= most) return shown;
  return lang === "zh" ? `${shown}……共${labels.length}项` : `${shown} … ${labels.length} in all`;
}

/** When the item is asked, must be answered, is held at a value or closed, one sentence each. */
export function ruleWords(scheme: Scheme, { form, section, item }: Place, lang: Lang): string[] {
  const zh = lang === "zh";
  const tell = (expression: Expression): string => inWords(scheme, expression, lang, section.repeats ? `${form.key}.${section.key}` : undefined);
  const said: string[] = [];
  if (item.required === true) said.push(zh ? "必填" : "required");
  else if (item.required !== undefined) said.push(`${zh ? "必填条件：" : "required when "}${tell(item.required)}`);
  if (item.shownIf !== undefined) said.push(`${zh ? "填写条件：" : "asked when "}${tell(item.shownIf)}`);
  if (item.forced !== undefined) said.push(`${zh ? "取值固定为：" : "held at "}${tell(item.forced)}`);
  if (item.computed !== undefined) said.push(`${zh ? "计算：" : "computed as "}${tell(item.computed)}`);
  if (item.default !== undefined) said.push(`${zh ? "默认：" : "default "}${item.default[0] === "const" ? `“${labelOf(scheme, item, item.default[1], lang)}”` : tell(item.default)}`);
  for (const closed of item.closed ?? []) said.push(`${zh ? "不可选" : "closed: "}${closed.codes.join(zh ? "、" : ", ")}${zh ? "：" : " — "}${closed.message[lang]}`);
  return said;
}
