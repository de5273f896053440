// Rules of the shared blocks, written once and made for each sub-form: service, plaque, benefits.
import { addYears, and, answered, eq, gt, has, isIn, lt, missing, not, or, ref, today, value } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { block, explain, yearOf } from "./rule.ts";

/** Ranks that fit each class of soldier (1999, 2009 and 2022 systems); `none` fits all. */
const ranksOf: { readonly [rankClass: string]: readonly string[] } = {
  officer: [
    "officer_general",
    "officer_lieutenant_general",
    "officer_major_general",
    "officer_senior_colonel",
    "officer_colonel",
    "officer_lieutenant_colonel",
    "officer_major",
    "officer_captain",
    "officer_first_lieutenant",
    "officer_second_lieutenant",
    "officer_none",
    "none",
  ],
  civilian_cadre: ["civilian_special", ..."123456789"].map((each) => (each === "civilian_special" ? each : `civilian_${each}`)).concat("none"),
  senior_nco: ["nco_master_1", "nco_master_2", "nco_master_3", "nco_old_5", "nco_old_6", "none"],
  middle_nco: ["nco_master_4", "nco_staff", "nco_staff_1", "nco_staff_2", "nco_old_3", "nco_old_4", "none"],
  junior_nco: ["nco_sergeant", "nco_corporal", "nco_old_1", "nco_old_2", "none"],
  conscript: ["conscript_first_class", "conscript_private", "none"],
  volunteer: ["volunteer", "volunteer_master", "volunteer_professional", "none"],
};

/** Class of soldier → standing during service as the general form words it. */
const standings: readonly (readonly [string, readonly string[]])[] = [
  ["1", ["officer"]],
  ["2", ["senior_nco", "middle_nco", "junior_nco", "volunteer"]],
  ["3", ["conscript"]],
  ["4", ["civilian_cadre"]],
];

/** Wars with the first and last day within which service must overlap; generous where sources differ (K). */
const wars: readonly (readonly [code: string, from: string, to: string])[] = [
  ["01", "1955-01-01", "1955-02-28"],
  ["02", "1956-01-01", "1962-12-31"],
  ["03", "1958-08-23", "1979-01-01"],
  ["04", "1960-11-01", "1961-02-28"],
  ["05", "1962-10-01", "1963-01-31"],
  ["06", "1965-08-01", "1965-08-31"],
  ["07", "1965-11-01", "1965-11-30"],
  ["08", "1965-06-01", "1973-12-31"],
  ["09", "1964-01-01", "1978-12-31"],
  ["10", "1969-03-01", "1969-03-31"],
  ["11", "1974-01-01", "1974-01-31"],
  ["12", "1979-02-17", "1979-03-31"],
  ["13", "1979-03-01", "1991-12-31"],
  ["14", "1988-01-01", "1988-12-31"],
];

/** Rules of the service block of one sub-form. */
export function serviceChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  const misfit = Object.entries(ranksOf).map(
    ([rankClass, ranks]): Expression => and(eq(at("rank_class"), value(rankClass)), not(isIn(at("rank"), ranks))),
  );
  const standing = standings.map(([code, classes]): Expression =>
    and(eq("general.service_identity", value(code)), not(isIn(at("rank_class"), classes))),
  );
  const warMisses = wars.map(([code, from, to]): Expression =>
    and(has(at("war_participation"), code), or(gt(at("enlist_date"), value(to)), lt(at("leave_date"), value(from)))),
  );
  return [
    block(
      `${form}.rank_fits_class`,
      or(...misfit),
      [at("rank")],
      "军衔与军人类别不符",
      "The rank does not belong to the class of soldier",
      ["CJ", "K"],
    ),
    explain(
      `${form}.class_fits_standing`,
      or(...standing),
      [at("rank_class")],
      "军人类别与总表“服役期间身份”不一致，请核对",
      "The class of soldier does not agree with the standing in the general form",
      ["R"],
    ),
    explain(
      `${form}.rank_before_its_time`,
      or(
        and(isIn(at("rank"), ["nco_old_1", "nco_old_2", "nco_old_3", "nco_old_4", "nco_old_5", "nco_old_6"]), lt(at("leave_date"), value("1999-07-01"))),
        and(isIn(at("rank"), ["nco_master_1", "nco_master_2", "nco_master_3", "nco_master_4"]), lt(at("leave_date"), value("2009-12-01"))),
        and(isIn(at("rank"), ["nco_staff_1", "nco_staff_2"]), lt(at("leave_date"), value("2022-03-31"))),
        and(isIn(at("rank"), ["volunteer", "volunteer_master", "volunteer_professional"]), gt(at("enlist_date"), value("1999-12-01"))),
      ),
      [at("rank")],
      "退役时还没有(或已没有)这种军衔，请核对",
      "This rank did not exist during the service: please check",
      ["P", "K"],
    ),
    block(
      `${form}.region_months`,
      gt(at("special_region_months"), ["months", ref(at("enlist_date")), ref(at("leave_date"))]),
      [at("special_region_months")],
      "艰苦边远地区服役月数超过了军龄",
      "More months in hard regions than months of service",
      ["SD", "CJ"],
    ),
    explain(
      `${form}.war_outside_service`,
      or(...warMisses),
      [at("war_participation")],
      "参战时间不在服役期间，请核对",
      "The war lies outside the time of service: please check",
      ["SD", "XH", "K"],
    ),
    block(
      `${form}.award_outside_service`,
      ["any", at("awards"), or(lt(".year", yearOf(at("enlist_date"))), gt(".year", yearOf(at("leave_date"))))],
      [".year"],
      "立功受奖年度应在服役期间",
      "The award lies outside the years of service",
      ["SD", "CJ"],
    ),
  ];
}

/** Rules of the plaque block of one sub-form. */
export function plaqueChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  const order = (earlier: string, later: string, zh: string, en: string): Check =>
    block(`${form}.${later}_order`, lt(at(later), at(earlier)), [at(later)], zh, en, ["SD", "CJ"]);
  return [
    order("plaque_applied_at", "plaque_hung_at", "悬挂时间早于申请时间", "Hung before it was applied for"),
    order("plaque_hung_at", "plaque_replaced_at", "更换时间早于悬挂时间", "Replaced before it was hung"),
    order("plaque_hung_at", "plaque_cancelled_at", "取消时间早于悬挂时间", "Cancelled before it was hung"),
    block(
      `${form}.plaque_future`,
      gt(at("plaque_hung_at"), today),
      [at("plaque_hung_at")],
      "悬挂时间不能晚于今天",
      "The plaque cannot have been hung in the future",
      ["R"],
    ),
  ];
}

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
