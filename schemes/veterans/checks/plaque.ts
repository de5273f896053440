// Rules of the plaque of honour (国办发〔2018〕72号): dates in order, who applies, replacement and cancellation, one for each household.
import { and, answered, block, eq, explain, gt, lt, missing, or, source, text, today, value } from "../../../src/scheme/define.ts";
import type { AcrossCheck, Check, Expression } from "../../../src/scheme/define.ts";
import { bereavedCategories, plaqueForms } from "../forms/marks.ts";

/** Sub-forms with a service block, where a discharge certificate can be lost. */
const served = ["transferred_cadre", "retired_soldier", "retired_cadre_nco", "demobilised"];

/** Who has a plaque on application only: families without the certificate, and veterans who lost theirs. */
const onApplication = (form: string): Expression | undefined => {
  if (bereavedCategories.includes(form)) return eq(`${form}.is_holder`, false);
  return served.includes(form) ? eq(`${form}.cert_lost`, true) : undefined;
};

/** Rules of the plaque block of one sub-form. */
export function plaqueChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  const order = (earlier: string, later: string, zh: string, en: string): Check =>
    block(`${form}.${later}_order`, lt(at(later), at(earlier)), [at(later)], zh, en, ["SD", "CJ"], "R-08");
  const future = (key: string, zh: string, en: string): Check => block(`${form}.${key}_future`, gt(at(key), today), [at(key)], zh, en, ["R"], "R-08");
  const applies = onApplication(form);
  const application =
    applies === undefined
      ? []
      : [
          explain(
            `${form}.plaque_without_application`,
            and(applies, eq(at("plaque_hung"), true), missing(at("plaque_applied_at"))),
            [at("plaque_applied_at")],
            "不持证或证件遗失的，经申请才悬挂光荣牌，请填申请时间或说明",
            "Without the certificate a plaque is hung on application: please give its date or explain",
            ["P"],
          ),
        ];
  const sibling = explain(
    `${form}.plaque_sibling`,
    and(eq(at("is_holder"), false), eq(at("relation"), value("4")), or(eq(at("plaque_hung"), true), answered(at("plaque_applied_at")))),
    [at("plaque_hung")],
    "不持证的兄弟姐妹不在悬挂光荣牌的范围，请核对",
    "A sibling without the certificate is not among those who have a plaque: please check",
    ["P"],
  );
  return [
    order("plaque_applied_at", "plaque_hung_at", "悬挂时间早于申请时间", "Hung before it was applied for"),
    order("plaque_hung_at", "plaque_replaced_at", "更换时间早于悬挂时间", "Replaced before it was hung"),
    order("plaque_hung_at", "plaque_cancelled_at", "取消时间早于悬挂时间", "Cancelled before it was hung"),
    block(
      `${form}.plaque_replaced_after_cancelling`,
      gt(at("plaque_replaced_at"), at("plaque_cancelled_at")),
      [at("plaque_replaced_at")],
      "光荣牌取消以后不再更换",
      "A cancelled plaque is not replaced",
      ["SD", "CJ"],
    ),
    future("plaque_applied_at", "申请时间不能晚于今天", "The plaque cannot have been applied for in the future"),
    future("plaque_hung_at", "悬挂时间不能晚于今天", "The plaque cannot have been hung in the future"),
    future("plaque_replaced_at", "更换时间不能晚于今天", "The plaque cannot have been replaced in the future"),
    future("plaque_cancelled_at", "取消时间不能晚于今天", "The plaque cannot have been cancelled in the future"),
    explain(
      `${form}.plaque_replaced_after_death`,
      gt(at("plaque_replaced_at"), "general.death_date"),
      [at("plaque_replaced_at")],
      "对象去世后家庭可以保留光荣牌，但不再更换，请核对",
      "After the death of the person the household keeps the plaque, but it is not replaced: please check",
      ["P"],
    ),
    ...application,
    ...(bereavedCategories.includes(form) ? [sibling] : []),
  ];
}

/** Number of sub-forms that say a plaque hangs. */
const hung: Expression = plaqueForms
  .map((form): Expression => ["if", eq(`${form}.plaque_hung`, true), value(1), value(0)])
  .reduce((sum, one): Expression => ["+", sum, one]);

/** Rules of a person's plaques taken together. */
export const plaqueOfPersonChecks: readonly Check[] = [
  explain(
    "general.plaque_twice",
    gt(hung, 1),
    ["general.categories"],
    "一户只挂一块光荣牌，请只在一张分表中填写悬挂情况",
    "One plaque for each household: please fill it in one sub-form only",
    ["P"],
  ),
];

/** Records that name the same place for their plaques. */
export const plaqueAcross: readonly AcrossCheck[] = [
  {
    key: "general.plaque_household",
    kind: "at-most-one",
    severity: "explain",
    same: ["general.plaque_region", "general.plaque_address"],
    when: answered("general.plaque_address"),
    at: ["general.plaque_address"],
    message: text(
      "同一地址已有一块光荣牌；一户只挂一块，请核对是否同一户",
      "A plaque hangs at this address already; one for each household: please check whether it is the same one",
    ),
    source: source(["P"], "国办发〔2018〕72号; several households may live at one address, so it is explained, not refused"),
  },
];
