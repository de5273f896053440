// Rules of the sub-forms of transferred cadres (annex 2) and retired officers and NCOs (annex 4).
import { and, block, eq, explain, ge, gt, isIn, lt, or, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { certificateTypeChecks } from "./certificates.ts";
import { plaqueChecks } from "./plaque.ts";
import { serviceChecks } from "./service.ts";

const t = (key: string): string => `transferred_cadre.${key}`;
const c = (key: string): string => `retired_cadre_nco.${key}`;
const leave = "general.leave_date";
const kindIs = (kind: string): Check["when"] => eq(t("placement_kind"), value(kind));

const transferred: readonly Check[] = [
  block(
    "transferred_cadre.self_chosen_since_2001",
    and(kindIs("self_chosen"), lt(leave, value("2001-01-19"))),
    [t("placement_kind")],
    "自主择业限于2001年1月19日以后转业安置的干部",
    "Self-chosen work exists since 19 January 2001",
    ["S2"],
    "R-16",
  ),
  block(
    "transferred_cadre.own_occupation_1993_2000",
    and(kindIs("own_occupation"), or(lt(leave, value("1993-01-01")), gt(leave, value("2000-12-31")))),
    [t("placement_kind")],
    "自谋职业限于1993年至2000年转业的干部",
    "Own occupation was chosen from 1993 to 2000 only",
    ["S2"],
    "R-16",
  ),
  block(
    "transferred_cadre.enterprise_until_2000",
    and(kindIs("enterprise"), gt(leave, value("2000-12-31"))),
    [t("placement_kind")],
    "企业军转干部应在2000年12月31日之前退出现役",
    "Cadres placed in enterprises left service by 31 December 2000",
    ["S2"],
    "R-16",
  ),
  explain(
    "transferred_cadre.monthly_since_2021",
    and(kindIs("monthly_pension"), lt(leave, value("2021-01-01"))),
    [t("placement_kind")],
    "逐月领取退役金从2021年起实行，请核对",
    "The monthly discharge pension exists since 2021: please check",
    ["CJ", "LAW"],
  ),
  block(
    "transferred_cadre.notice_order",
    lt(t("notice_date"), leave),
    [t("notice_date")],
    "通知日期早于退役时间",
    "Notified before leaving service",
    ["SD"],
  ),
  block(
    "transferred_cadre.report_order",
    lt(t("report_date"), t("notice_date")),
    [t("report_date")],
    "报到日期早于通知日期",
    "Reported before being notified",
    ["SD"],
  ),
  explain(
    "transferred_cadre.grade_fits_kind",
    or(
      and(
        eq(t("officer_kind"), value("command")),
        isIn(t("duty_grade"), [6, 7, 8, 9, 10, 11, 12, 13, 14].map((n) => `technical_${n}`)),
      ),
      and(
        eq(t("rank_class"), value("officer")),
        isIn(t("duty_grade"), [
          "bureau_chief",
          "bureau_deputy",
          "office_chief",
          "office_deputy",
          "section_chief",
          "section_deputy",
          "clerk_1",
          "clerk_2",
          "assistant",
        ]),
      ),
    ),
    [t("duty_grade")],
    "职务(技术)等级与军官类别不符，请核对",
    "The grade does not fit the kind of officer: please check",
    ["DC", "R"],
  ),
  block(
    "transferred_cadre.place_order",
    lt(t("place_date"), leave),
    [t("place_date")],
    "安置日期早于退役时间",
    "Placed before leaving service",
    ["SD"],
    "R-08",
  ),
  explain(
    "transferred_cadre.duty_in_service",
    or(lt(t("duty_since"), "general.enlist_date"), gt(t("duty_since"), leave)),
    [t("duty_since")],
    "任现职务时间不在服役期间，请核对",
    "The duty began outside the service: please check",
    ["SD"],
    "R-08",
  ),
  explain(
    "transferred_cadre.pension_after_leave",
    lt(t("pension_start"), ["slice", ["ref", leave], 1, 7]),
    [t("pension_start")],
    "退役金起始时间早于退役时间，请核对",
    "The pension began before discharge: please check",
    ["SD", "CJ"],
    "R-08",
  ),
  ...certificateTypeChecks("transferred_cadre"),
  ...serviceChecks("transferred_cadre"),
  ...plaqueChecks("transferred_cadre"),
];

const retired: readonly Check[] = [
  explain(
    "retired_cadre_nco.old_cadre_joined",
    and(isIn(c("rest_kind"), ["old_cadre", "changed"]), ge("general.enlist_date", value("1949-10-01"))),
    [c("rest_kind")],
    "离休干部应在1949年10月1日前参加革命工作，请核对",
    "An old cadre (离休) joined before 1 October 1949: please check",
    ["K"],
  ),
  explain(
    "retired_cadre_nco.join_period_fits",
    and(eq(c("join_period"), value("after_1949")), isIn(c("rest_kind"), ["old_cadre", "changed"])),
    [c("join_period")],
    "离休人员的参加革命时期应在建国前，请核对",
    "Those retired as 离休 joined before 1949: please check",
    ["K"],
  ),
  explain(
    "retired_cadre_nco.join_period_by_date",
    or(
      and(eq(c("join_period"), value("agrarian")), ge("general.enlist_date", value("1937-07-07"))),
      and(eq(c("join_period"), value("japan")), or(lt("general.enlist_date", value("1937-07-07")), ge("general.enlist_date", value("1945-09-03")))),
      and(eq(c("join_period"), value("liberation")), or(lt("general.enlist_date", value("1945-09-03")), ge("general.enlist_date", value("1949-10-01")))),
    ),
    [c("join_period")],
    "参加革命时期与入伍(参加工作)时间不符，请核对",
    "The period does not fit the date of joining: please check",
    ["K"],
  ),
  block(
    "retired_cadre_nco.received_order",
    lt(c("received_at"), c("retire_date")),
    [c("received_at")],
    "接收日期早于离退休时间",
    "Received before retirement",
    ["SD"],
  ),
  block(
    "retired_cadre_nco.received_future",
    gt(c("received_at"), today),
    [c("received_at")],
    "接收日期不能晚于今天",
    "Received in the future",
    ["R"],
    "R-08",
  ),
  ...certificateTypeChecks("retired_cadre_nco"),
  ...serviceChecks("retired_cadre_nco"),
  ...plaqueChecks("retired_cadre_nco"),
];

/** Rules of annexes 2 and 4. */
export const officerChecks: readonly Check[] = [...transferred, ...retired];
