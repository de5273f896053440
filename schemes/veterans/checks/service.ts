// Rules of the service block, written once and made for each sub-form: standing, ranks and their time, wars, awards.
import { and, block, eq, explain, gt, has, isIn, lt, not, or, ref, value } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { rankSystems } from "../codes/ranks.ts";

/** The calendar year of a date as a number (dates since 1900). */
const yearOf = (path: string): Expression => ["+", ["years", ["const", "1900-01-01"], ["ref", path]], ["const", 1900]];

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
  const standing = standings.map(([code, classes]): Expression =>
    and(eq("general.service_identity", value(code)), not(isIn(at("rank_class"), classes))),
  );
  const warMisses = wars.map(([code, from, to]): Expression =>
    and(has(at("war_participation"), code), or(gt(at("enlist_date"), value(to)), lt(at("leave_date"), value(from)))),
  );
  return [
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
        and(isIn(at("rank"), rankSystems.nco1999), lt(at("leave_date"), value("1999-07-01"))),
        and(isIn(at("rank"), rankSystems.nco2009), lt(at("leave_date"), value("2009-12-01"))),
        and(isIn(at("rank"), rankSystems.nco2022), lt(at("leave_date"), value("2022-03-31"))),
        and(isIn(at("rank"), rankSystems.volunteers), gt(at("enlist_date"), value("1999-12-01"))),
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
