// Rules of the benefit block, written once and made for each sub-form. The block mirrors the benefit register.
import { addYears, and, answered, block, eq, explain, gt, has, isIn, lt, missing, not, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";

/** Rules of the benefit block of one sub-form. */
export function payChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  return [
    block(
      `${form}.receiving_nothing`,
      and(eq(at("object_state"), value("2")), has(at("state_benefit"), "none")),
      [at("object_state"), at("state_benefit")],
      "状态为享受待遇，优抚待遇却填不享受",
      "The state says receiving benefits, the benefits say none",
      ["XH", "CJ"],
    ),
    block(
      `${form}.unentitled_receiving`,
      and(isIn(at("object_state"), ["3", "6"]), answered(at("state_benefit")), not(has(at("state_benefit"), "none"))),
      [at("object_state"), at("state_benefit")],
      "状态为不享受待遇或不予认定，却填了优抚待遇",
      "The state says without benefits, yet benefits are given",
      ["XH", "CJ"],
    ),
    explain(
      `${form}.dead_without_date`,
      and(eq(at("object_state"), value("7")), missing("general.death_date")),
      [at("object_state")],
      "状态为去世，总表未填死亡时间",
      "The state says died, but the general form has no date of death",
      ["XH"],
    ),
    explain(
      `${form}.lonely_young`,
      and(eq(at("lonely_old"), true), gt(addYears("general.birth_date", 55), today)),
      [at("lonely_old")],
      "不满55周岁填了孤老，请核对",
      "Younger than 55 and recorded as aged without family: please check",
      ["XH", "R"],
    ),
    block(
      `${form}.approved_future`,
      gt(at("approved_at"), today),
      [at("approved_at")],
      "批准日期不能晚于今天",
      "The approval lies in the future",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.cancelled_before_approved`,
      lt(at("cancel_date"), at("approved_at")),
      [at("cancel_date")],
      "去世、迁出或取消日期早于批准日期",
      "Ended before it was approved",
      ["R"],
      "R-08",
    ),
    explain(
      `${form}.pension_not_in_general`,
      and(has(at("state_benefit"), "regular_pension", "regular_subsidy"), has("general.state_pension", "none")),
      [at("state_benefit")],
      "分表填了享受优抚待遇，总表“享受国家抚恤补助金情况”填了无，请核对",
      "This form names a benefit, the general form says none: please check",
      ["FE", "DC"],
    ),
  ];
}
