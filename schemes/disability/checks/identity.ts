// Rules of the certificate number, the person's age and state, and the signature block.
import { and, block, eq, explain, ge, gt, le, lt, ne, not, or, ref, referenceDate, text, today, value } from "../../../src/scheme/define.ts";
import type { AcrossCheck, Check, Expression } from "../../../src/scheme/define.ts";
import { g, holdsCertificate, under } from "../conditions.ts";
import { from } from "../origins.ts";

const certificate = ref(g("cert_no"));
const ownNumber: Expression = ["slice", certificate, 1, 18];
/** ID number, then kind 1–7 and grade 1–4 or nothing; `B1` and the like stand behind those of re-issued cards. */
const wellFormed: Expression = ["matches", certificate, "^\\d{17}[\\dX](?:[1-7][1-4](?:B\\d)?)?$"];
const length: Expression = ["length", certificate];

/** 20 characters: ID number 18 + kind 1 + grade 1; 18 for a child without a certificate. */
export const certificateChecks: readonly Check[] = [
  block(
    "general.cert_form",
    not(wellFormed),
    [g("cert_no")],
    "残疾人证号应为20位：18位身份证号(末位X大写)、类别1至7、等级1至4；未办证儿童填18位身份证号",
    "The certificate number has 20 characters: ID number (capital X), kind 1–7, grade 1–4; or 18 for a child without one",
    from(["N57", "APP", "STD"]),
  ),
  block(
    "general.cert_id_valid",
    and(wellFormed, not(["id-valid", ownNumber])),
    [g("cert_no")],
    "残疾人证号前18位不是有效的身份证号",
    "The first 18 characters of the certificate number are no valid ID number",
    from(["STD"]),
  ),
  block(
    "general.cert_is_own",
    and(wellFormed, ne(ownNumber, g("id_number"))),
    [g("cert_no")],
    "残疾人证号前18位与身份证号不一致",
    "The first 18 characters of the certificate number are not the person's ID number",
    from(["N57", "STD"]),
  ),
  block(
    "general.adult_without_cert",
    and(eq(length, 18), ge(g("age"), 18)),
    [g("cert_no")],
    "只有未成年人可以没有残疾人证，请填写20位残疾人证号",
    "Only a child may be without a certificate; give the number of 20 characters",
    from(["APP", "R"], "that 18 characters mean a child is APP; the age of 18 is R"),
  ),
  explain(
    "general.cert_reissued",
    gt(length, 20),
    [g("cert_no")],
    "残疾人证号带补发标记，请核对证件",
    "The number carries the mark of a re-issued card; look at the certificate",
    from(["K"], "reported by practice, unconfirmed"),
  ),
];

/** One certificate has one holder in a year's survey: wherever the number was entered first, the second record is wrong or a duplicate. */
export const acrossPersons: readonly AcrossCheck[] = [
  {
    key: "general.one_holder_of_certificate",
    kind: "at-most-one",
    severity: "block",
    same: [g("cert_no"), g("survey_year")],
    when: holdsCertificate,
    at: [g("cert_no")],
    message: text("此残疾人证号已登记在另一份档案中", "Another record has this certificate number already"),
    source: from(["N57", "R"], "one holder of each certificate"),
  },
];

export const personChecks: readonly Check[] = [
  explain(
    "general.born_after_reference",
    gt(g("birth_date"), referenceDate),
    [g("birth_date")],
    "标准时点以后出生，应在下一年度更新时填报",
    "Born after the reference date: belongs to the next year's update",
    from(["S3"]),
  ),
  explain("general.very_old", ge(g("age"), 110), [g("id_number")], "年龄超过110周岁，请确认本人健在", "Older than 110: please confirm that the person is alive", from(["R"])),
  explain(
    "general.married_young_man",
    and(eq(g("sex"), value("1")), under(22), ne(g("marital"), value("10"))),
    [g("marital")],
    "男性不满22周岁，婚姻状况请核对",
    "A man under 22: please look again at the marital status",
    from(["R"]),
  ),
  explain(
    "general.child_own_contact",
    and(under(14), eq(g("contact_name"), g("name"))),
    [g("contact_name")],
    "不满14周岁的，联系人应填监护人",
    "For a child under 14 the contact is the guardian",
    from(["R"]),
  ),
  block("general.death_future", gt(g("death_date"), today), [g("death_date")], "死亡日期不能晚于今天", "The date of death lies in the future", from(["R"])),
  block("general.death_before_birth", lt(g("death_date"), g("birth_date")), [g("death_date")], "死亡日期早于出生日期", "Died before birth", from(["R"])),
  explain(
    "general.death_after_reference",
    gt(g("death_date"), referenceDate),
    [g("death_date")],
    "标准时点以后死亡，应按正常状态填报，下一年度再更新",
    "Died after the reference date: stays normal in this round, changed in the next",
    from(["S3"]),
  ),
];

export const signingChecks: readonly Check[] = [
  block(
    "general.householder_is_self",
    and(eq(g("householder_id"), g("id_number")), ne(g("householder_name"), g("name"))),
    [g("householder_id"), g("householder_name")],
    "户主身份证号是本人的，户主姓名却不是本人",
    "The householder's number is the person's own, but not the name",
    from(["R"]),
  ),
  block("general.filled_future", gt(g("filled_at"), today), [g("filled_at")], "填表日期不能晚于今天", "The form cannot be filled in the future", from(["R"])),
  explain(
    "general.filled_outside_round",
    or(le(g("filled_at"), referenceDate), gt(["days", referenceDate, ref(g("filled_at"))], 365)),
    [g("filled_at")],
    "填表日期应在标准时点之后、本年度之内",
    "The form is filled after the reference date, within the year of the round",
    from(["N57", "S3"]),
  ),
];
