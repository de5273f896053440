// Numbers of certificates (patterns come from news pages: to be explained, never refused) and whether a certificate fits its category.
import { and, block, eq, explain, ge, isIn, lt, ne, not, note, or, ref, value } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";

const matches = (path: string, pattern: string): Expression => ["matches", ref(path), pattern];
const slice = (path: string, from: number, to: number): Expression => ["slice", ref(path), from, to];

/** 军官证, 文职干部证 (2016): 军 and seven digits; 士官证/军士证 士, 义务兵证 兵 and digits; old 士兵证: prefix, 字第, 7–8 digits. */
const numbers = {
  officer: "^军(字第)?\\d{7}号?$",
  nco: "^士(字第)?\\d{5,12}号?$",
  conscript: "^兵(字第)?\\d{5,12}号?$",
  old: "^[一-龥]{1,3}字第\\d{7,8}号?$",
  retired: "^[军警]退(字第)?\\d{4,12}号?$",
} as const;

const g = (key: string): string => `general.${key}`;

const serviceNumber: readonly Check[] = [
  explain(
    "general.service_no_form",
    not(or(...[numbers.officer, numbers.nco, numbers.conscript, numbers.old].map((pattern) => matches(g("service_no"), pattern)))),
    [g("service_no")],
    "服役期间编号不像军官证、士官证、义务兵证或士兵证号，请对照证件核对",
    "The service number looks like no military certificate's: please compare it with the certificate",
    ["P"],
    "Patterns are of news pages: a warning only",
  ),
  explain(
    "general.service_no_prefix",
    or(
      and(matches(g("service_no"), numbers.officer), isIn(g("service_identity"), ["2", "3"])),
      and(matches(g("service_no"), numbers.nco), isIn(g("service_identity"), ["1", "3", "4"])),
      and(matches(g("service_no"), numbers.conscript), isIn(g("service_identity"), ["1", "2", "4"])),
    ),
    [g("service_no")],
    "服役期间编号的字头与服役期间身份不符，请核对",
    "The prefix of the service number does not fit the standing during service: please check",
    ["P"],
  ),
];

const s = (key: string): string => `serving_family.${key}`;
/** Numbers of this class begin so. */
const begins = (kind: Expression, letters: string): Expression => and(kind, not(matches(s("s_cert_no"), `^(${letters})`)));
const officerKind = isIn(s("s_kind"), ["officer", "civilian_cadre"]);
/** A number that begins as those of the class do goes on as they do. */
const goesOn = (kind: Expression, letter: string, pattern: string): Expression =>
  and(kind, matches(s("s_cert_no"), `^${letter}`), not(or(matches(s("s_cert_no"), pattern), matches(s("s_cert_no"), numbers.old))));

const servingNumber: readonly Check[] = [
  explain(
    "serving_family.certificate_prefix",
    or(begins(officerKind, "军|文|武"), begins(eq(s("s_kind"), value("nco")), "士|军|武"), begins(eq(s("s_kind"), value("conscript")), "兵|武")),
    [s("s_cert_no")],
    "证件号字头与军人类别不符，请核对",
    "The number does not begin as certificates of this class do: please check",
    ["SD", "P"],
  ),
  explain(
    "serving_family.certificate_form",
    or(goesOn(officerKind, "军", numbers.officer), goesOn(eq(s("s_kind"), value("nco")), "士", numbers.nco), goesOn(eq(s("s_kind"), value("conscript")), "兵", numbers.conscript)),
    [s("s_cert_no")],
    "军官证、文职干部证为“军”加7位数字，士官证为“士”加数字，义务兵证为“兵”加数字，请对照证件核对",
    "Officers' certificates are 军 and seven digits, NCOs' 士 and digits, conscripts' 兵 and digits: please compare it with the certificate",
    ["P"],
    "Patterns are of news pages: a warning only",
  ),
];

const retiredNumber: readonly Check[] = [
  explain(
    "retired_cadre_nco.retirement_certificate_prefix",
    or(
      and(
        matches("retired_cadre_nco.retire_cert_no", "^[军警]退"),
        or(ne("retired_cadre_nco.rest_kind", value("retired_nco")), lt("retired_cadre_nco.retire_date", value("2022-09-01"))),
      ),
      and(
        eq("retired_cadre_nco.rest_kind", value("retired_nco")),
        ge("retired_cadre_nco.retire_date", value("2022-09-01")),
        not(matches("retired_cadre_nco.retire_cert_no", numbers.retired)),
      ),
    ),
    ["retired_cadre_nco.retire_cert_no"],
    "2022年9月起军士、警士退休证编号为“军退”或“警退”加数字，其他离退休证没有这种字头，请核对",
    "Since September 2022 retired NCOs' certificates are 军退 or 警退 and digits, and no others are: please check",
    ["P"],
  ),
];

/** Certificates that a category is proved by (S2 one (1)–(6)). */
const fitting: { readonly [form: string]: readonly string[] } = {
  transferred_cadre: ["transfer", "discharge"],
  retired_soldier: ["discharge", "soldier_discharge"],
  retired_cadre_nco: ["retirement"],
  demobilised: ["demobilisation", "soldier_discharge"],
};

/** The kind of discharge certificate fits the category and its time. */
export const certificateTypeChecks = (form: string): readonly Check[] => [
  explain(
    `${form}.certificate_fits_category`,
    and(
      not(isIn(`${form}.cert_type`, fitting[form] ?? [])),
      // Those who were entitled to transfer and chose demobilisation hold 复员证.
      ...(form === "retired_soldier" ? [not(and(eq("retired_soldier.cert_type", value("demobilisation")), eq("retired_soldier.soldier_kind", value("demobilised_by_choice"))))] : []),
    ),
    [`${form}.cert_type`],
    "退役证件类型与人员类别不符，请核对",
    "The kind of certificate does not fit the category: please check",
    ["S2", "CJ"],
  ),
  explain(
    `${form}.certificate_of_its_time`,
    and(isIn(`${form}.cert_type`, ["transfer", "demobilisation", "soldier_discharge"]), ge(`${form}.leave_date`, value("2023-01-01"))),
    [`${form}.cert_type`],
    "2022年起统一发退出现役证书，请核对证件类型",
    "Since 2022 there is one discharge certificate for all: please check its kind",
    ["P"],
    "The first certificates of 2022 are allowed for",
  ),
];

/** Year 4, command 2, office 2, cause 1, grade 2, birth YYMMDD 6, sex 1, serial 4. */
const disabilityNumber = "^(19|20)\\d{2}\\d{4}[123](0[1-9]|10)\\d{6}[12]\\d{4}$";

/** The number of a disability certificate repeats cause, grade, birth and sex. */
export function disabilityCertificateChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  const number = at("cert_no");
  const formed = matches(number, disabilityNumber);
  const birth = g("birth_date");
  return [
    note(
      `${form}.cert_no_form`,
      not(formed),
      [number],
      "证书编号不是22位格式，请对照证件核对",
      "The certificate number has not the 22-digit form: please compare it with the certificate",
      ["P"],
      "Old certificates have other numbers: for information only",
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
          ne(slice(number, 18, 18), g("sex")),
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
      ["<=", ref(at("cert_valid_to")), ref(at("cert_valid_from"))],
      [at("cert_valid_to")],
      "证件有效期止应晚于有效期起",
      "The certificate must end after it begins",
      ["SD"],
    ),
  ];
}

/** Rules of numbers that stand outside the disability forms. */
export const certificateChecks: readonly Check[] = [...serviceNumber, ...servingNumber, ...retiredNumber];
