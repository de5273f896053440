// Departments whose lists are matched (exchange groups of the economic check): the columns as suppliers write them and what each is
// compared with: the household's figures and those of its head where a row speaks of the head, those of a member where of a member.
import { and, eq, gt, has, isIn, text, value } from "../../src/scheme/define.ts";
import type { Department } from "../../src/scheme/define.ts";
import { assistanceWords, birthDate, died, employmentWords, idNumber, name, registered, retirementWords, sex } from "../list-columns.ts";
import { presentStates } from "./forms/marks.ts";
import { propertyDepartments } from "./sources-property.ts";

const member = (key: string): string => `household.members[].${key}`;

/** Household register and deaths; the authority for identity. */
const publicSecurity: Department = {
  key: "public_security",
  label: text("公安", "Public security"),
  fields: [
    idNumber,
    { ...name, compares: "household.householder_name", rule: "equal-name", finding: "P02", ofMember: { compares: member("name"), finding: "P12" } },
    { ...sex, compares: "household.householder_sex", rule: "equal", finding: "P07", ofMember: { compares: member("sex"), finding: "P17" } },
    { ...birthDate, compares: "household.householder_birth", rule: "equal", finding: "P09", ofMember: { compares: member("birth_date"), finding: "P19" } },
    { ...registered, key: "region", compares: "household.region" },
    { key: "registered_persons", label: text("户内人数", "Persons registered"), headings: ["户内人数", "户籍人口数", "家庭人口数"], kind: "integer", compares: "household.member_count", rule: "equal", finding: "P05" },
    { ...died, headings: [...died.headings, "户口注销日期"], compares: "household.householder_died_on", ofMember: { compares: member("state_since"), oursIf: eq(".person_state", value("03")), finding: "P14" } },
  ],
  absences: [
    { finding: "P01", kind: "registered-not-listed" },
    { finding: "P11", kind: "registered-not-listed", of: "members", expectedIf: and(isIn(".person_state", presentStates), isIn(".id_kind", ["1", "2"])) },
  ],
};

/** 低保, 特困 and 临时救助: the base list's own authority. */
const civilAffairs: Department = {
  key: "civil_affairs",
  label: text("民政", "Civil affairs"),
  fields: [
    idNumber,
    name,
    {
      key: "aid_kind",
      label: text("救助类型", "Kind of assistance"),
      headings: ["救助类型", "救助类别", "保障类型", "业务名称"],
      kind: "code",
      codeSet: "assistance",
      compares: "household.assistance",
      rule: "includes",
      several: "union",
      values: { ...assistanceWords, 临时救助: "3" },
      finding: "M03",
      findingWhen: [{ finding: "M01", when: has("household.assistance", "0") }],
    },
    { key: "cert_no", label: text("救助证号", "Assistance certificate"), headings: ["救助证号", "低保证号", "证号"], kind: "text" },
    {
      key: "amount",
      label: text("月救助金额", "Amount a month"),
      headings: ["月救助金额", "救助金额", "保障金额"],
      kind: "money",
      compares: "household.assistance_monthly",
      rule: "within-share",
      tolerance: 0.05,
      several: "sum",
      // Temporary relief is paid once and is no amount a month.
      rowsWhere: [{ field: "aid_kind", in: ["1", "2"] }],
      finding: "M05",
    },
    { key: "from_month", label: text("享受起始年月", "Assisted since"), headings: ["享受起始年月", "起始年月", "批准年月"], kind: "month" },
    { key: "to_month", label: text("享受截止年月", "Assisted until"), headings: ["享受截止年月", "截止年月"], kind: "month" },
  ],
  absences: [
    { finding: "M02", kind: "registered-not-listed", expectedIf: has("household.assistance", "1", "2") },
    { finding: "M04", kind: "listed-not-registered", rowsWhere: [{ field: "to_month", missing: true }] },
  ],
};

/** Wages by the basis of contributions, pensions, unemployment. Amounts of several rows are added up to the year. */
const socialInsurance: Department = {
  key: "social_insurance",
  label: text("人社", "Human resources and social insurance"),
  authorised: true,
  fields: [
    idNumber,
    name,
    { key: "wages", label: text("年缴费基数", "Basis of contributions, a year"), headings: ["年缴费基数", "缴费基数合计"], kind: "money", compares: "household.head_wages", rule: "within-share", tolerance: 0.2, several: "sum", finding: "H01", ofMember: { compares: member("wages"), finding: "H11" } },
    {
      key: "employment",
      label: text("就业失业状态", "Employment"),
      headings: ["就业失业状态", "就业状态", "参保状态"],
      kind: "code",
      compares: "household.head_job",
      rule: "allows",
      values: { ...employmentWords, ...retirementWords },
      allowed: {
        employed: ["11", "13", "17", "21", "24", "51", "54", "90"],
        unemployed: ["27", "31", "70", "90"],
        retired: ["80", "27", "51", "54"],
      },
      finding: "H02",
      ofMember: { compares: member("job_state"), finding: "H12" },
    },
    { key: "pension", label: text("年发放养老金", "Pension paid in the year"), headings: ["年发放养老金", "养老金", "离退休金"], kind: "money", compares: "household.head_pension", rule: "within-share", tolerance: 0.05, several: "sum", finding: "H03", ofMember: { compares: member("pension"), finding: "H13" } },
    { key: "unemployment_benefit", label: text("领取失业金", "Draws unemployment benefit"), headings: ["领取失业金", "失业金", "是否领取失业金"], kind: "yes-no", compares: "household.head_unemployment_benefit", rule: "equal", finding: "H04" },
  ],
  absences: [],
};

/** Insured, and what treatment left to pay. */
const medicalInsurance: Department = {
  key: "medical_insurance",
  label: text("医保", "Medical insurance"),
  fields: [
    idNumber,
    name,
    { key: "insured", label: text("参保", "Insured"), headings: ["参保", "是否参保", "参保状态"], kind: "yes-no", values: { 正常参保: "yes", 参保缴费: "yes", 暂停参保: "no", 未参保: "no" }, compares: "household.head_medical_insured", rule: "equal", finding: "Y01", ofMember: { compares: member("medical_insured"), finding: "Y11" } },
    { key: "self_paid", label: text("个人负担金额", "Left to pay"), headings: ["个人负担金额", "个人自付", "自付金额"], kind: "money", compares: "household.head_medical", rule: "within-share", tolerance: 0.2, several: "sum", comparedIf: gt("household.head_medical", 0), finding: "Y02" },
    { key: "paid_until", label: text("参保截止年月", "Insured until"), headings: ["参保截止年月", "缴费截止年月"], kind: "month" },
  ],
  absences: [],
};

/** Pupils by their guardian's number, the head's or a member's. */
const education: Department = {
  key: "education",
  label: text("教育", "Education"),
  fields: [
    { ...idNumber, label: text("监护人身份证号", "Guardian's ID number"), headings: ["监护人身份证号", "监护人证件号码", ...idNumber.headings] },
    { ...name, label: text("监护人姓名", "Guardian's name"), headings: ["监护人姓名", "监护人", ...name.headings] },
    { key: "enrolled", label: text("学籍状态", "Enrolment"), headings: ["学籍状态", "在籍", "在读"], kind: "yes-no", values: { 在读: "yes", 在籍: "yes", 休学: "yes", 离校: "no", 毕业: "no" }, compares: "household.has_student", rule: "equal", rowsWhere: [{ field: "enrolled", in: ["yes"] }], finding: "E01", ofMember: { compares: "household.has_student", finding: "E01" } },
    { key: "school", label: text("学校", "School"), headings: ["学校", "就读学校"], kind: "text" },
    { key: "aid", label: text("资助金额", "Education aid"), headings: ["资助金额", "助学金额"], kind: "money" },
  ],
  absences: [{ finding: "E02", kind: "registered-not-listed", expectedIf: has("household.categories", "education") }],
};

/** Holders of a disability certificate. */
const disabledFederation: Department = {
  key: "disabled_federation",
  label: text("残联", "Disabled persons' federation"),
  fields: [
    idNumber,
    name,
    { key: "holder", label: text("持证状态", "Holds a certificate"), headings: ["持证状态", "残疾人证状态"], kind: "yes-no", values: { 有效: "yes", 在册: "yes", 注销: "no", 过期: "no" }, compares: "household.head_disabled", rule: "equal", finding: "A01", ofMember: { compares: member("disabled"), finding: "A11" } },
    { key: "cert_no", label: text("残疾人证号", "Disability certificate"), headings: ["残疾人证号", "残疾证号"], kind: "text" },
    { key: "kind", label: text("残疾类别", "Kind of disability"), headings: ["残疾类别"], kind: "code", codeSet: "disability-type" },
    { key: "grade", label: text("残疾等级", "Grade"), headings: ["残疾等级"], kind: "code", codeSet: "disability-grade" },
  ],
  absences: [],
};

/** Workers in hardship on the union's files. */
const tradeUnion: Department = {
  key: "trade_union",
  label: text("工会", "Trade union"),
  fields: [
    idNumber,
    name,
    { key: "file", label: text("建档类别", "Kind of file"), headings: ["建档类别", "困难类别"], kind: "code", compares: "household.categories", rule: "allows", values: { 困难职工: "worker", 深度困难职工: "worker", 相对困难职工: "worker", 意外致困职工: "worker" }, allowed: { worker: ["worker"] }, finding: "U03", ofMember: { compares: "household.categories", finding: "U03" } },
  ],
  absences: [
    { finding: "U01", kind: "listed-not-registered" },
    { finding: "U02", kind: "registered-not-listed", expectedIf: has("household.categories", "worker") },
  ],
};

/** Income tax returns of the year. */
const taxation: Department = {
  key: "taxation",
  label: text("税务", "Taxation"),
  authorised: true,
  fields: [
    idNumber,
    name,
    { key: "taxed_wages", label: text("工资薪金申报收入", "Wages returned"), headings: ["工资薪金申报收入", "工资薪金所得", "申报收入额"], kind: "money", compares: "household.head_wages", rule: "within-share", tolerance: 0.2, several: "sum", finding: "T01", ofMember: { compares: member("wages"), finding: "T11" } },
  ],
  absences: [],
};

/** The twelve departments of the economic check. */
export const departments: readonly Department[] = [
  civilAffairs,
  publicSecurity,
  socialInsurance,
  medicalInsurance,
  ...propertyDepartments,
  education,
  disabledFederation,
  tradeUnion,
  taxation,
];
