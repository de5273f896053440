// Person form, opening: who the person is, in what state the surveyor found them, and how they are reached (R1–R7).
import { eq, missing, ref, referenceDate, section, text, value, years } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { ageFrom, g, holdsCertificate, normal } from "../conditions.ts";
import { from, question } from "../origins.ts";

/** Identity, kept in every state of the person. Sex, birth date, age, kind and grade follow from the numbers and are never typed. */
export const identity: Section = section("identity", "基本信息", "Identity", [
  question(undefined, "region", "area", "现居住地行政区划", "Area of residence", from(["ANN", "R"]), {
    required: true,
    fromBaseList: true,
    help: text("12位统计用区划代码，应在本村(社区)内", "Twelve digits, within the surveyor's village"),
  }),
  question(undefined, "survey_year", "computed", "年度", "Year of the survey", from(["ANN", "S3"], "reference date 30 June"), {
    computed: ["slice", ["reference-date"], 1, 4],
  }),
  question("R1", "name", "text", "姓名", "Name", from(["N57"]), {
    required: true,
    fromCard: true,
    fromBaseList: true,
    text: "name",
    maxLength: 50,
    help: text("来自底册；更改须说明理由", "From the base list; a change needs a reason"),
  }),
  question(undefined, "id_number", "id-number", "身份证号", "Citizen ID number", from(["ANN", "STD"]), {
    required: true,
    fromCard: true,
    fromBaseList: true,
    sensitivity: "identity",
    default: ["slice", ref(g("cert_no")), 1, 18],
    basis: "GB 11643",
  }),
  question("R2", "cert_no", "text", "残疾人证号", "Number of the disability certificate", from(["N57", "APP"]), {
    required: true,
    fromBaseList: true,
    text: "certificate",
    maxLength: 22,
    sensitivity: "identity",
    help: text("20位：身份证号18位+类别1位+等级1位；未办证的儿童填18位身份证号", "20 characters: ID number, kind, grade; 18 for a child without a certificate"),
  }),
  question(undefined, "sex", "code", "性别", "Sex", from(["ANN", "STD"]), { codeSet: "sex", forced: ["id-sex", ref(g("id_number"))] }),
  question(undefined, "birth_date", "date", "出生日期", "Date of birth", from(["ANN", "STD"]), { forced: ["id-birth", ref(g("id_number"))] }),
  question(undefined, "age", "computed", "年龄(标准时点周岁)", "Age on the reference date", from(["ANN"]), { computed: years(g("birth_date"), referenceDate), unit: text("岁", "years") }),
  question(undefined, "disab_type", "code", "残疾类别", "Kind of disability", from(["ANN", "STD"], "19th character of the certificate number"), {
    shownIf: holdsCertificate,
    forced: ["slice", ref(g("cert_no")), 19, 19],
    codeSet: "disability-type",
    sensitivity: "health",
  }),
  question(undefined, "disab_grade", "code", "残疾等级", "Grade of disability", from(["ANN"], "20th character of the certificate number"), {
    shownIf: holdsCertificate,
    forced: ["slice", ref(g("cert_no")), 20, 20],
    codeSet: "disability-grade",
    sensitivity: "health",
  }),
]);

/** How the surveyor found the person; anything but 正常 leaves only the signature block. */
export const state: Section = section("state", "调查情况", "Survey", [
  question(undefined, "per_state", "code", "残疾人状态", "State of the person", from(["APP", "R"], "only 6 = normal is sourced; the other codes are editable defaults"), {
    codeSet: "person-state",
    required: true,
    default: value("6"),
  }),
  question(undefined, "death_date", "date", "死亡日期", "Date of death", from(["R"]), {
    shownIf: eq(g("per_state"), value("1")),
    help: text("不清楚的可不填", "May be left out when unknown"),
  }),
  question(undefined, "survey_method", "code", "调查方式", "Way of the survey", from(["APP", "ANN", "S3"], "1 from APP; labels 2–4 from the plan's list of ways"), {
    codeSet: "survey-method",
    required: true,
    default: value("1"),
    help: text("入户调查计入入户率", "Visits at home count in the rate of visits"),
  }),
]);

/** R3–R7. */
export const household: Section = section(
  "household",
  "户口、婚姻与联系方式",
  "Registration, marriage and contact",
  [
    question("R3", "hukou_kind", "code", "户口性质", "Kind of household registration", from(["N57"]), { codeSet: "hukou-kind", required: true }),
    question("R4", "marital", "code", "婚姻状况", "Marital status", from(["N57", "APP"]), {
      codeSet: "marital-five",
      required: true,
      shownIf: ageFrom(20),
    }),
    question("R5", "contact_name", "text", "联系人(监护人)姓名", "Contact or guardian", from(["N57"]), {
      required: true,
      fromBaseList: true,
      text: "name",
      maxLength: 50,
      sensitivity: "contact",
    }),
    question("R6", "landline", "phone", "联系电话(固话)", "Telephone, fixed line", from(["N57"]), { fromBaseList: true, sensitivity: "contact" }),
    question("R6", "mobile", "phone", "联系电话(手机)", "Telephone, mobile", from(["N57"]), {
      required: missing(g("landline")),
      fromBaseList: true,
      sensitivity: "contact",
      help: text("固话、手机至少填一个", "At least one of the two"),
    }),
    question("R7", "institution", "code", "是否在敬(养)老院、福利院、荣军院等居住", "Lives in a home for the old, a welfare or a veterans' home", from(["N57", "APP"]), {
      codeSet: "yes-no-12",
      required: true,
    }),
  ],
  { shownIf: normal },
);
