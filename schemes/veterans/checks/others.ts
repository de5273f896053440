// Rules of the sub-forms of army workers (annex 5), Red Army veterans (6), demobilised soldiers (7) and families of the serving (13).
import { addYears, and, answered, block, eq, explain, ge, gt, isIn, le, lt, ne, not, note, or, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { certificateTypeChecks } from "./certificates.ts";
import { payChecks } from "./pay.ts";
import { plaqueChecks } from "./plaque.ts";
import { serviceChecks } from "./service.ts";

const staff: readonly Check[] = [
  block(
    "non_military_staff.old_worker_joined",
    and(eq("non_military_staff.staff_kind", value("before_1949")), ge("general.enlist_date", value("1949-10-01"))),
    ["non_military_staff.staff_kind"],
    "建国前老工人应在1949年10月1日前参加工作",
    "An old worker started before 1 October 1949",
    ["DC"],
  ),
  explain(
    "non_military_staff.managed_by_government",
    eq("non_military_staff.manager_kind", value("army")),
    ["non_military_staff.manager_kind"],
    "本次只采集已移交政府安置的无军籍职工，请核对",
    "Only workers handed over to the government are collected: please check",
    ["S2"],
  ),
  block(
    "non_military_staff.received_order",
    lt("non_military_staff.received_at", "non_military_staff.retire_date"),
    ["non_military_staff.received_at"],
    "接收时间早于离退休时间",
    "Received before retirement",
    ["CJ"],
  ),
  block(
    "non_military_staff.soldier_dates",
    le("non_military_staff.leave_date", "non_military_staff.enlist_date"),
    ["non_military_staff.leave_date"],
    "改为职工时间应晚于入伍时间",
    "Became a worker before enlisting",
    ["SD"],
    "R-08",
  ),
  ...plaqueChecks("non_military_staff"),
];

const redArmy: readonly Check[] = [
  block(
    "red_army_veteran.joined_by_1937",
    gt("red_army_veteran.join_date", value("1937-07-31")),
    ["red_army_veteran.red_kind"],
    "红军老战士应在1937年7月以前参加革命",
    "Red Army veterans joined by July 1937",
    ["K"],
  ),
  note(
    "red_army_veteran.former_unit_review",
    answered("red_army_veteran.former_unit"),
    ["red_army_veteran.former_unit"],
    "原单位为红军时期历史名称，请审核人员人工核对",
    "The former unit is a historical name: to be looked at by the reviewer",
    ["SD", "R"],
    "R-40",
  ),
  ...payChecks("red_army_veteran"),
  ...plaqueChecks("red_army_veteran"),
];

const demobilised: readonly Check[] = [
  block(
    "demobilised.old_enlisted_by_1954",
    and(isIn("demobilised.demob_kind", ["2", "3"]), gt("general.enlist_date", value("1954-10-31"))),
    ["demobilised.demob_kind"],
    "老复员军人应在1954年10月31日(含)以前入伍",
    "Old demobilised soldiers enlisted by 31 October 1954",
    ["S2"],
    "R-17",
  ),
  explain(
    "demobilised.cadre_class",
    and(eq("demobilised.demob_kind", value("1")), not(isIn("demobilised.rank_class", ["officer", "civilian_cadre"]))),
    ["demobilised.demob_kind"],
    "复员干部的军人类别一般是军官或文职干部，请核对",
    "A demobilised cadre was usually an officer or civilian cadre: please check",
    ["S2"],
  ),
  block(
    "demobilised.period_by_enlistment",
    or(
      and(lt("general.enlist_date", value("1945-09-03")), ne("demobilised.war_period", value("1"))),
      and(
        ge("general.enlist_date", value("1945-09-03")),
        lt("general.enlist_date", value("1949-10-01")),
        ne("demobilised.war_period", value("2")),
      ),
      and(ge("general.enlist_date", value("1949-10-01")), ne("demobilised.war_period", value("3"))),
    ),
    ["demobilised.war_period"],
    "属于时期与入伍时间不符",
    "The period does not fit the date of enlistment",
    ["XH"],
  ),
  block(
    "demobilised.korea_in_service",
    and(
      eq("demobilised.korea_war", true),
      or(gt("general.enlist_date", value("1953-07-31")), lt("general.leave_date", value("1950-10-01"))),
    ),
    ["demobilised.korea_war"],
    "抗美援朝(1950年10月至1953年7月)不在服役期间",
    "The Korean War (October 1950 to July 1953) lies outside the service",
    ["XH"],
  ),
  ...certificateTypeChecks("demobilised"),
  ...serviceChecks("demobilised"),
  ...payChecks("demobilised"),
  ...plaqueChecks("demobilised"),
];

const serving: readonly Check[] = [
  block(
    "serving_family.self",
    eq("serving_family.s_id_number", "general.id_number"),
    ["serving_family.s_id_number"],
    "现役军人身份证号与本人相同",
    "The serving soldier's ID number is the person's own",
    ["R"],
  ),
  block(
    "serving_family.enlist_future",
    gt("serving_family.s_enlist_date", today),
    ["serving_family.s_enlist_date"],
    "入伍时间不能晚于今天",
    "Enlisted in the future",
    ["R"],
    "R-08",
  ),
  explain(
    "serving_family.enlist_under_17",
    lt("serving_family.s_enlist_date", addYears(["id-birth", ["ref", "serving_family.s_id_number"]], 17)),
    ["serving_family.s_enlist_date"],
    "入伍时不满17周岁，请核对",
    "Younger than 17 on enlistment: please check",
    ["R"],
  ),
  explain(
    "serving_family.parent_close_in_age",
    and(
      eq("serving_family.relation", value("parent")),
      gt(addYears("general.birth_date", 14), ["id-birth", ["ref", "serving_family.s_id_number"]]),
    ),
    ["serving_family.relation"],
    "父母与现役军人年龄相差不足14岁，请核对",
    "Parent and soldier are less than 14 years apart: please check",
    ["R"],
  ),
  explain(
    "serving_family.child_close_in_age",
    and(
      eq("serving_family.relation", value("child")),
      lt("general.birth_date", addYears(["id-birth", ["ref", "serving_family.s_id_number"]], 14)),
    ),
    ["serving_family.relation"],
    "子女与现役军人年龄相差不足14岁，请核对",
    "Child and soldier are less than 14 years apart: please check",
    ["R"],
  ),
  ...plaqueChecks("serving_family"),
];

/** Rules of annexes 5, 6, 7 and 13. */
export const otherChecks: readonly Check[] = [...staff, ...redArmy, ...demobilised, ...serving];
