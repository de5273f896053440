// Rules of the sub-form of retired soldiers: way of placement against period, grade, merit; dates inside service.
import { and, block, eq, explain, gt, has, isIn, le, lt, not, note, or, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { ticked } from "../forms/marks.ts";
import { certificateTypeChecks } from "./certificates.ts";
import { plaqueChecks } from "./plaque.ts";
import { serviceChecks } from "./service.ts";

const r = (key: string): string => `retired_soldier.${key}`;
const kindIs = (...kinds: string[]): Check["when"] => isIn(r("soldier_kind"), kinds);
const ground = (code: string): Check["when"] => eq(r("place_condition"), value(code));

/** Rules of annex 3. */
export const retiredSoldierChecks: readonly Check[] = [
  block(
    "retired_soldier.state_supported_disabled",
    and(kindIs("state_supported"), not(ticked("disabled_soldier"))),
    [r("soldier_kind")],
    "国家供养的退役士兵须同时选残疾军人",
    "Support by the state goes with the category of disabled soldier",
    ["S2"],
    "R-18",
  ),
  block(
    "retired_soldier.state_supported_grade",
    and(kindIs("state_supported"), not(isIn("disabled_soldier.disab_grade", ["01", "02", "03", "04"]))),
    [r("soldier_kind"), "disabled_soldier.disab_grade"],
    "国家供养限于一至四级残疾",
    "Support by the state is for grades 1 to 4",
    ["S2"],
    "R-18",
  ),
  explain(
    "retired_soldier.kind_after_2011",
    and(kindIs("self_chosen_job", "returned_to_farm"), gt(r("leave_date"), value("2012-12-31"))),
    [r("soldier_kind")],
    "2011年11月以后退役的，一般没有这种安置方式，请核对",
    "This way of placement ended in November 2011: please check",
    ["SD", "K"],
    "One discharge season is allowed for",
  ),
  explain(
    "retired_soldier.kind_before_2011",
    and(kindIs("self_employment"), lt(r("leave_date"), value("2011-11-01"))),
    [r("soldier_kind")],
    "自主就业从2011年11月起实行，请核对",
    "Independent employment exists since November 2011: please check",
    ["SD", "K"],
  ),
  explain(
    "retired_soldier.monthly_before_2021",
    and(kindIs("monthly_pension"), lt(r("leave_date"), value("2021-01-01"))),
    [r("soldier_kind")],
    "逐月领取退役金从2021年起实行，请核对",
    "The monthly discharge pension exists since 2021: please check",
    ["CJ", "LAW"],
  ),
  explain(
    "retired_soldier.twelve_years",
    and(ground("twelve_years"), lt(["years", ["ref", r("enlist_date")], ["ref", r("leave_date")]], 12)),
    [r("place_condition")],
    "服役不满12年，请核对符合安排工作的条件",
    "Less than twelve years of service: please check the ground",
    ["K"],
  ),
  explain(
    "retired_soldier.merit_ground",
    and(ground("merit"), not(has("general.honours", "august_first_medal", "honorary_title", "merit_1", "merit_2", "merit_3"))),
    [r("place_condition")],
    "总表没有相应立功，请核对符合安排工作的条件",
    "The general form has no such merit: please check the ground",
    ["K"],
  ),
  block(
    "retired_soldier.disabled_ground",
    and(ground("disabled_5_8"), not(ticked("disabled_soldier"))),
    [r("place_condition")],
    "以因战致残5至8级安排工作的，须同时选残疾军人",
    "This ground needs the category of disabled soldier",
    ["K"],
  ),
  explain(
    "retired_soldier.martyr_ground",
    and(ground("martyr_child"), not(ticked("martyr_family"))),
    [r("place_condition")],
    "以烈士子女安排工作的，人员类别应含烈士遗属",
    "This ground goes with the category of martyr's family",
    ["K"],
  ),
  block(
    "retired_soldier.conscript_order",
    le(r("conscript_to"), r("conscript_from")),
    [r("conscript_to")],
    "服义务兵结束时间应晚于开始时间",
    "The time as a conscript must end after it begins",
    ["XH"],
  ),
  block(
    "retired_soldier.conscript_in_service",
    or(lt(r("conscript_from"), r("enlist_date")), gt(r("conscript_to"), r("leave_date"))),
    [r("conscript_from"), r("conscript_to")],
    "服义务兵时间应在服役期间内",
    "The time as a conscript lies within the service",
    ["XH", "FE"],
  ),
  block(
    "retired_soldier.report_after_leave",
    lt(r("report_date"), r("leave_date")),
    [r("report_date")],
    "到单位报到时间早于退役时间",
    "Reported for work before discharge",
    ["SD"],
  ),
  note(
    "retired_soldier.rural60_without_subsidy",
    and(eq(r("rural60"), true), has("general.state_pension", "none")),
    ["general.state_pension"],
    "已符合60周岁以上农村籍退役士兵条件，未填享受补助，请核对",
    "Meets the conditions of a rural veteran soldier aged 60 or over, yet no subsidy is given: please check",
    ["XH", "K"],
    "Age alarm 03 of the old system",
  ),
  explain(
    "retired_soldier.conscript_years_fit",
    gt(r("conscript_years"), ["+", ["years", ["ref", r("conscript_from")], ["ref", r("conscript_to")]], value(1)]),
    [r("conscript_years")],
    "义务兵折算年限超过了服义务兵的时间，请核对",
    "More years counted as a conscript than were served: please check",
    ["XH"],
  ),
  ...certificateTypeChecks("retired_soldier"),
  ...serviceChecks("retired_soldier"),
  ...plaqueChecks("retired_soldier"),
];
