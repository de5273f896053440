// What a single answer must be like, as XLSForm constraints: ranges, lengths, numbers of identity cards, exclusive options, categories.
import type { Text } from "../core/issue.ts";
import { longest } from "./check-structure.ts";
import type { CategoryRule, CodeSet, Item, Scheme } from "./model.ts";
import { idChecks } from "./xpath.ts";

/** A condition on `.` that must hold, and what is said when it does not. */
export type Limit = { readonly xpath: string; readonly message: Text };

const limit = (xpath: string, zh: string, en: string): Limit => ({ xpath, message: { zh, en } });
const chosen = (code: string): string => `selected(., '${code}')`;
const anyOf = (codes: readonly string[]): string => (codes.length === 0 ? "false()" : `(${codes.map(chosen).join(" or ")})`);

const numberLimits = (item: Item): Limit[] => {
  const min = item.min ?? (item.kind === "money" ? 0 : undefined);
  const places = item.kind === "money" ? 2 : item.decimals;
  return [
    ...(min === undefined ? [] : [limit(`. >= ${min}`, `不能小于${min}`, `at least ${min}`)]),
    ...(item.max === undefined ? [] : [limit(`. <= ${item.max}`, `不能大于${item.max}`, `at most ${item.max}`)]),
    ...(places === undefined ? [] : [limit(`round(., ${places}) = .`, `最多${places}位小数`, `at most ${places} decimals`)]),
  ];
};

const COVER_NAME = "^([1-9][0-9]{4}(部队)?([0-9]{1,3}分队)?|[0-9]{4}部队|[一-龥]字[0-9]{3}部队)$";

const textLimits = (item: Item): Limit[] => {
  const max = longest(item);
  const length = limit(`string-length(.) <= ${max}`, `最多${max}个字`, `at most ${max} characters`);
  if (item.text === "unit-code") return [limit(`regex(., '${COVER_NAME}')`, "只能填部队代号，如37001部队", "a cover name only, such as 37001部队")];
  if (item.text === "name") return [length, limit("not(regex(., '.*[ 0-9].*'))", "姓名中不能有空格和数字", "no blanks or digits in a name")];
  return [length];
};

const codesLimits = (set: CodeSet | undefined): Limit[] =>
  (set?.options ?? []).filter((option) => option.replacedBy === undefined).flatMap((option) => {
    const { code, label } = option;
    const subs = set?.options.filter((sub) => sub.parent === code && sub.replacedBy === undefined).map((sub) => sub.code) ?? [];
    return [
      ...(option.exclusive === true ? [limit(`not(${chosen(code)} and count-selected(.) > 1)`, `选了“${label.zh}”就不能再选其他项`, `“${label.en}” stands alone`)] : []),
      ...(option.parent !== undefined ? [limit(`(not(${chosen(code)}) or ${chosen(option.parent)})`, `“${label.zh}”的上级选项须一并选上`, `“${label.en}” needs its parent option`)] : []),
      ...(option.needsSub === true ? [limit(`(not(${chosen(code)}) or ${anyOf(subs)})`, `“${label.zh}”须再选其中的细项`, `“${label.en}” needs one of its sub-options`)] : []),
    ];
  });

const categoryLimit = (rule: CategoryRule): Limit => {
  const xpath =
    rule.kind === "at-most-one"
      ? `(${rule.of.map((key) => `if(${chosen(key)}, 1, 0)`).join(" + ")}) <= 1`
      : rule.kind === "needs-one-of"
        ? `(not(${chosen(rule.category)}) or ${anyOf(rule.of)})`
        : `not(${chosen(rule.category)} and ${anyOf(rule.of)})`;
  return { xpath, message: rule.message };
};

/** Limits of an item by its kind; of the category item, its legal combinations too. */
export function itemConstraints(scheme: Scheme, path: string, item: Item, set: CodeSet | undefined): Limit[] {
  switch (item.kind) {
    case "integer":
    case "decimal":
    case "money":
      return numberLimits(item);
    case "text":
    case "address":
      return textLimits(item);
    case "id-number":
      return [limit(idChecks("."), "身份证号不对，请对照证件逐位核对（18位）", "not a valid ID number; compare it with the card")];
    case "phone":
      return [limit("regex(., '^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[2-9][0-9]{6,7})$')", "手机11位，固定电话带区号，如0595-12345678", "11 digits for a mobile; area code first for a landline")];
    case "area":
      return [limit("regex(., '^[1-9][0-9]{11}$')", "12位区划代码", "an area code of 12 digits")];
    case "codes":
      return [...codesLimits(set), ...(path === scheme.categoryItem ? scheme.categoryRules.map(categoryLimit) : [])];
    default:
      return [];
  }
}
