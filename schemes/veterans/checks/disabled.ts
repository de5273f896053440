// Rules of the sub-forms of disabled soldiers and militia: cause, grade, dates, certificate.
import { and, answered, block, eq, explain, ge, gt, isIn, le, lt, or, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { ticked } from "../forms/marks.ts";
import { disabilityCertificateChecks } from "./certificates.ts";
import { payChecks } from "./pay.ts";
import { plaqueChecks } from "./plaque.ts";

function commonChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  return [
    block(
      `${form}.illness_grade`,
      and(eq(at("disab_nature"), value("3")), isIn(at("disab_grade"), ["07", "08", "09", "10"])),
      [at("disab_grade"), at("disab_nature")],
      "因病致残的等级只有一至六级",
      "Disability by illness has only grades 1 to 6",
      ["LAW"],
      "R-19",
    ),
    block(
      `${form}.injured_future`,
      gt(at("injured_at"), today),
      [at("injured_at")],
      "负伤时间不能晚于今天",
      "The injury lies in the future",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.injured_before_birth`,
      le(at("injured_at"), "general.birth_date"),
      [at("injured_at")],
      "负伤时间早于出生日期",
      "Injured before birth",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.assessed_before_injury`,
      lt(at("assessed_at"), at("injured_at")),
      [at("assessed_at")],
      "评残时间早于负伤时间",
      "Assessed before the injury",
      ["SD", "XH"],
      "R-08",
    ),
    block(
      `${form}.assessed_future`,
      gt(at("assessed_at"), today),
      [at("assessed_at")],
      "评残时间不能晚于今天",
      "The assessment lies in the future",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.period_by_injury`,
      or(
        and(ge(at("injured_at"), value("1949-10-01")), isIn(at("disab_period"), ["1", "2"])),
        and(lt(at("injured_at"), value("1949-10-01")), eq(at("disab_period"), value("3"))),
      ),
      [at("disab_period")],
      "伤残时期与负伤时间不符",
      "The period does not fit the date of the injury",
      ["XH"],
    ),
    explain(
      `${form}.korea_by_injury`,
      and(eq(at("korea_war"), true), or(lt(at("injured_at"), value("1950-10-01")), gt(at("injured_at"), value("1953-07-31")))),
      [at("korea_war")],
      "负伤时间不在抗美援朝期间(1950年10月至1953年7月)，请核对",
      "The injury lies outside the Korean War (October 1950 to July 1953): please check",
      ["XH"],
    ),
    explain(
      `${form}.care_by_cause`,
      or(
        and(isIn(at("care_level"), ["war_duty_1_2", "war_duty_3_4"]), eq(at("disab_nature"), value("3"))),
        and(eq(at("care_level"), value("illness_1_4")), isIn(at("disab_nature"), ["1", "2"])),
        and(eq(at("care_level"), value("war_duty_1_2")), isIn(at("disab_grade"), ["03", "04"])),
        and(eq(at("care_level"), value("war_duty_3_4")), isIn(at("disab_grade"), ["01", "02"])),
      ),
      [at("care_level")],
      "护理费档次与伤残性质、等级不符，请核对",
      "The nursing fee does not fit cause and grade: please check",
      ["K"],
    ),
    block(
      `${form}.change_before_injury`,
      ["any", `${form}.grade_change`, lt(".date", at("injured_at"))],
      [".date"],
      "伤残变动时间早于负伤时间",
      "The change lies before the injury",
      ["SD"],
    ),
    block(
      `${form}.change_future`,
      ["any", `${form}.grade_change`, gt(".date", today)],
      [".date"],
      "伤残变动时间不能晚于今天",
      "The change lies in the future",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.approved_before_injury`,
      lt(at("approved_at"), at("injured_at")),
      [at("approved_at")],
      "待遇批准日期早于负伤时间",
      "The benefit was approved before the injury",
      ["R"],
      "R-08",
    ),
    explain(
      `${form}.old_grade_time`,
      and(answered(at("old_grade")), ge(at("assessed_at"), value("2005-01-01"))),
      [at("old_grade")],
      "2005年以后评残的，没有原残疾等级，请核对",
      "Assessed since 2005 there is no old grade: please check",
      ["DC", "K"],
    ),
    ...disabilityCertificateChecks(form),
    ...payChecks(form),
  ];
}

const soldier: readonly Check[] = [
  explain(
    "disabled_soldier.injured_outside_service",
    or(lt("disabled_soldier.injured_at", "general.enlist_date"), gt("disabled_soldier.injured_at", "general.leave_date")),
    ["disabled_soldier.injured_at"],
    "负伤时间不在服役期间，请核对",
    "The injury lies outside the time of service: please check",
    ["XH", "SD"],
  ),
  explain(
    "disabled_soldier.illness_standing",
    and(
      eq("disabled_soldier.disab_nature", value("3")),
      or(
        isIn("general.service_identity", ["1", "4"]),
        and(ticked("retired_soldier"), isIn("retired_soldier.rank_class", ["middle_nco", "senior_nco"])),
      ),
    ),
    ["disabled_soldier.disab_nature"],
    "因病评残一般限于义务兵和初级士官，请核对",
    "Disability by illness is assessed for conscripts and junior NCOs: please check",
    ["LAW"],
    "R-19",
  ),
];

/** Rules of annexes 8 and 9. */
export const disabledChecks: readonly Check[] = [
  ...soldier,
  ...commonChecks("disabled_soldier"),
  ...plaqueChecks("disabled_soldier"),
  ...commonChecks("disabled_militia"),
];
