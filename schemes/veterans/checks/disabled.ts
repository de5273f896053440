// Rules of the sub-forms of disabled soldiers and militia: cause, grade, dates, certificate.
import { and, eq, ge, gt, isIn, le, lt, ne, not, or, ref, today, value } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { ticked } from "../forms/marks.ts";
import { block, explain, note } from "./rule.ts";
import { payChecks, plaqueChecks } from "./shared-blocks.ts";

/** Year 4, command 2, office 2, cause 1, grade 2, birth YYMMDD 6, sex 1, serial 4. */
const numberForm = "^(19|20)\\d{2}\\d{4}[123](0[1-9]|10)\\d{6}[12]\\d{4}$";

const slice = (path: string, from: number, to: number): Expression => ["slice", ref(path), from, to];

/** The number of the certificate repeats cause, grade, birth and sex. */
function certificateChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  const number = at("cert_no");
  const formed: Expression = ["matches", ref(number), numberForm];
  const birth = "general.birth_date";
  return [
    note(
      `${form}.cert_no_form`,
      not(formed),
      [number],
      "证书编号不是22位格式，请对照证件核对",
      "The certificate number has not the 22-digit form: please compare it with the certificate",
      ["P"],
      "Other lengths are a warning only",
    ),
    explain(
      `${form}.cert_no_content`,
      and(
        formed,
        or(
          ne(slice(number, 9, 9), at("disab_nature")),
          ne(slice(number, 10, 11), at("disab_grade")),
          ne(slice(number, 12, 13), slice(birth, 3, 4)),
          ne(slice(number, 14, 15), slice(birth, 6, 7)),
          ne(slice(number, 16, 17), slice(birth, 9, 10)),
          ne(slice(number, 18, 18), "general.sex"),
        ),
      ),
      [number],
      "证书编号中的性质、等级、出生日期或性别与填报不一致，待核实",
      "Cause, grade, birth or sex in the certificate number differ from the form: to verify",
      ["P"],
      "R-20",
    ),
    block(
      `${form}.cert_validity`,
      le(at("cert_valid_to"), at("cert_valid_from")),
      [at("cert_valid_to")],
      "证件有效期止应晚于有效期起",
      "The certificate must end after it begins",
      ["SD"],
    ),
  ];
}

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
    ...certificateChecks(form),
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

const militia: readonly Check[] = [
  block(
    "disabled_militia.class",
    not(isIn("disabled_militia.disab_type", ["14", "15"])),
    ["disabled_militia.disab_type"],
    "伤残类别应为伤残民兵民工或因战因公伤残人员",
    "The class is militia and labourers, or persons disabled in war or on duty",
    ["XH", "S2"],
  ),
  block(
    "disabled_militia.cause",
    eq("disabled_militia.disab_nature", value("3")),
    ["disabled_militia.disab_nature"],
    "伤残民兵民工的伤残性质只有因战或因公",
    "Militia and labourers are disabled in war or on duty, not by illness",
    ["R"],
    "R-19",
  ),
  block(
    "disabled_militia.certificate",
    or(
      and(eq("disabled_militia.disab_type", value("14")), ne("disabled_militia.cert_name", value("militia"))),
      and(eq("disabled_militia.disab_type", value("15")), ne("disabled_militia.cert_name", value("duty"))),
    ),
    ["disabled_militia.cert_name"],
    "伤残证件名称与伤残类别不符",
    "The certificate does not fit the class",
    ["DC", "S2"],
  ),
];

/** Rules of annexes 8 and 9. */
export const disabledChecks: readonly Check[] = [
  ...soldier,
  ...commonChecks("disabled_soldier"),
  ...plaqueChecks("disabled_soldier"),
  ...militia,
  ...commonChecks("disabled_militia"),
];
