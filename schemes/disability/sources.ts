// Departments whose lists the township and the county compare (S3: 民政, 残联, 社保, 住建, 扶贫; 公安 for deaths and registration): their
// columns as suppliers write them, the item each is compared with, and the absences a list can prove.
import { eq, has, text, value } from "../../src/scheme/define.ts";
import type { Department, DepartmentField } from "../../src/scheme/define.ts";
import { birthDate, died, employmentWords, idNumber, name, registered, sex } from "../list-columns.ts";
import { atHome, g, holdsCertificate } from "./conditions.ts";

const context = (key: string, zh: string, en: string, kind: DepartmentField["kind"], ...more: string[]): DepartmentField => ({
  key,
  label: text(zh, en),
  headings: [zh, ...more],
  kind,
});

/** Household register and deaths. */
const publicSecurity: Department = {
  key: "public_security",
  label: text("公安", "Public security"),
  fields: [
    idNumber,
    { ...name, compares: g("name"), rule: "equal-name", finding: "P02" },
    sex,
    birthDate,
    { ...registered, key: "domicile_region", compares: g("region") },
    context("domicile_address", "户籍地址", "Registered address", "text", "户籍地详址"),
    {
      key: "hukou_kind",
      label: text("户口性质", "Kind of household registration"),
      headings: ["户口性质", "户口类型"],
      kind: "code",
      codeSet: "hukou-kind",
      compares: g("hukou_kind"),
      rule: "equal",
      values: { 农业家庭户: "1", 非农业家庭户: "2", 非农业集体户: "2" },
      finding: "P10",
    },
    { ...died, compares: g("death_date") },
  ],
  absences: [{ finding: "P01", kind: "registered-not-listed" }],
};

/** The base of certificate holders, which is also where the round's base list comes from. */
const federation: Department = {
  key: "disabled_persons_federation",
  label: text("残联", "Disabled persons' federation"),
  fields: [
    idNumber,
    name,
    {
      key: "cert_no",
      label: text("残疾人证号", "Certificate number"),
      headings: ["残疾人证号", "残疾证号"],
      kind: "text",
      compares: g("cert_no"),
      rule: "equal",
      finding: "C02",
    },
    {
      key: "disab_type",
      label: text("残疾类别", "Kind of disability"),
      headings: ["残疾类别", "残疾类型"],
      kind: "code",
      codeSet: "disability-type",
      compares: g("disab_type"),
      rule: "equal",
      values: { 视力: "1", 听力: "2", 言语: "3", 肢体: "4", 智力: "5", 精神: "6", 多重: "7" },
      finding: "C03",
    },
    {
      key: "disab_grade",
      label: text("残疾等级", "Grade of disability"),
      headings: ["残疾等级", "残疾级别"],
      kind: "code",
      codeSet: "disability-grade",
      compares: g("disab_grade"),
      rule: "equal",
      finding: "C04",
    },
    {
      key: "cert_state",
      label: text("证件状态", "State of the certificate"),
      headings: ["证件状态", "残疾人证状态", "持证状态"],
      kind: "code",
      compares: g("per_state"),
      rule: "allows",
      values: { 有效: "valid", 正常: "valid", 持证: "valid", 注销: "cancelled", 已注销: "cancelled", 死亡注销: "cancelled" },
      allowed: { valid: ["1", "2", "3", "4", "6", "7"], cancelled: ["1", "2", "5", "7"] },
      finding: "C05",
    },
    context("issued_at", "发证日期", "Issued on", "date", "签发日期"),
  ],
  absences: [
    { finding: "C01", kind: "registered-not-listed", expectedIf: holdsCertificate },
    { finding: "C06", kind: "listed-not-registered", rowsWhere: [{ field: "cert_state", in: ["valid"] }] },
  ],
};

const allowance = { 低保: "1", 城市低保: "1", 城镇低保: "1", 农村低保: "1", 城市最低生活保障: "1", 农村最低生活保障: "1" } as const;

/** The register of social assistance and the two subsidies for disabled persons. */
const civilAffairs: Department = {
  key: "civil_affairs",
  label: text("民政", "Civil affairs"),
  fields: [
    idNumber,
    name,
    {
      key: "aid_kind",
      label: text("救助类型", "Kind of assistance"),
      headings: ["救助类型", "救助类别", "保障类型"],
      kind: "code",
      codeSet: "assistance",
      compares: g("assistance"),
      rule: "includes",
      several: "union",
      values: { ...allowance, 特困供养: "2", 特困人员: "2", 城市特困人员救助供养: "2", 农村特困人员救助供养: "2", 五保供养: "2", 医疗救助: "3" },
      finding: "M01",
    },
    {
      key: "urban_allowance",
      label: text("城市低保标识", "On the urban allowance"),
      headings: ["城市低保", "城市低保标识"],
      kind: "code",
      compares: g("urban_income"),
      rule: "allows",
      values: { 是: "listed", 有: "listed", 全额: "listed", 差额: "listed" },
      allowed: { listed: ["1"] },
      finding: "M05",
    },
    {
      key: "subsidy_kind",
      label: text("两项补贴类型", "Kind of subsidy"),
      headings: ["两项补贴类型", "残疾人两项补贴", "补贴类型"],
      kind: "code",
      codeSet: "welfare",
      compares: g("welfare"),
      rule: "includes",
      several: "union",
      values: { 困难残疾人生活补贴: "1", 生活补贴: "1", 重度残疾人护理补贴: "2", 护理补贴: "2" },
      finding: "M04",
    },
    context("amount", "月救助金额", "Amount a month", "money", "救助金额", "保障金额"),
    context("gap_amount", "差额", "Difference paid", "money", "补差金额"),
    context("graded_aid", "分类施保", "Graded allowance", "text", "分类施保类别"),
  ],
  absences: [{ finding: "M02", kind: "registered-not-listed", expectedIf: has(g("assistance"), "1", "2") }],
};

/** Insurance and employment, as the social insurance offices kept both in 2017. */
const socialInsurance: Department = {
  key: "social_insurance",
  label: text("人社(社保)", "Human resources and social insurance"),
  fields: [
    idNumber,
    name,
    {
      key: "pension_kind",
      label: text("养老保险险种", "Kind of old-age insurance"),
      headings: ["养老保险险种", "养老险种"],
      kind: "code",
      compares: g("worker_insurance"),
      rule: "allows",
      several: "union",
      values: { 城镇职工基本养老保险: "worker", 企业职工基本养老保险: "worker", 机关事业单位养老保险: "worker", 职工养老保险: "worker" },
      allowed: { worker: ["1"] },
      finding: "H01",
    },
    {
      key: "resident_pension",
      label: text("居民养老参保", "Residents' old-age insurance"),
      headings: ["城乡居民养老保险", "居民养老参保", "居民养老保险参保状态"],
      kind: "code",
      compares: g("resident_pension"),
      rule: "allows",
      values: { 是: "insured", 参保: "insured", 正常参保: "insured", 领取待遇: "insured" },
      allowed: { insured: ["1"] },
      finding: "H03",
    },
    {
      key: "medical_kind",
      label: text("医疗保险险种", "Kind of medical insurance"),
      headings: ["医疗保险险种", "医保险种"],
      kind: "code",
      compares: g("worker_insurance"),
      rule: "allows",
      several: "union",
      values: { 城镇职工基本医疗保险: "worker", 职工基本医疗保险: "worker", 职工医保: "worker" },
      allowed: { worker: ["2"] },
      finding: "Y01",
    },
    {
      key: "resident_medical",
      label: text("居民医保参保", "Residents' medical insurance"),
      headings: ["城乡居民医疗保险", "居民医保参保", "新农合参合"],
      kind: "code",
      compares: g("resident_medical"),
      rule: "allows",
      values: { 是: "insured", 参保: "insured", 参合: "insured", 正常参保: "insured" },
      allowed: { insured: ["1"] },
      finding: "Y02",
    },
    {
      key: "employment",
      label: text("就业状态", "Employment"),
      headings: ["就业状态", "就业失业状态", "人员状态"],
      kind: "code",
      compares: g("employed"),
      rule: "allows",
      values: employmentWords,
      allowed: { employed: ["1"], unemployed: ["2"] },
      finding: "H02",
    },
    context("employer", "缴费单位", "Employer", "text", "单位名称", "参保单位"),
  ],
  absences: [],
};

/** Rebuilt houses, housing support, and the survey of rural houses (grades A–D; C and D are dilapidated). */
const housing: Department = {
  key: "housing",
  label: text("住建", "Housing"),
  fields: [
    idNumber,
    name,
    {
      key: "rebuilding",
      label: text("改造项目", "Programme of rebuilding"),
      headings: ["改造项目", "危房改造", "危改项目"],
      kind: "code",
      compares: g("assistance"),
      rule: "allows",
      values: { 农村危房改造: "rebuilt", 危房改造: "rebuilt", 是: "rebuilt" },
      allowed: { rebuilt: ["5"] },
      // A house in an institution's place is nobody's answer.
      comparedIf: atHome,
      finding: "Z01",
    },
    {
      key: "support",
      label: text("住房保障方式", "Housing support"),
      headings: ["住房保障方式", "保障方式"],
      kind: "code",
      codeSet: "urban-housing",
      compares: g("urban_housing"),
      rule: "allows",
      values: { 公租房: "21", 廉租房: "21", 实物配租: "21", 经济适用房: "22", 经济适用住房: "22", 租赁补贴: "23", 货币补贴: "23" },
      allowed: { "21": ["21"], "22": ["22", "1"], "23": ["23"] },
      finding: "Z02",
    },
    {
      key: "house_grade",
      label: text("房屋鉴定等级", "Grade of the house"),
      headings: ["房屋鉴定等级", "危房等级", "房屋安全等级"],
      kind: "code",
      compares: g("rural_housing"),
      rule: "allows",
      values: { A级: "sound", B级: "sound", A: "sound", B: "sound", C级: "dilapidated", D级: "dilapidated", C: "dilapidated", D: "dilapidated" },
      allowed: { sound: ["1", "2"], dilapidated: ["3"] },
      finding: "Z03",
    },
    context("location", "坐落", "Location", "text", "房屋坐落"),
  ],
  absences: [],
};

/** The national register of poor households (1 out of poverty, 3 fallen back, 4 stably out of it). */
const povertyRelief: Department = {
  key: "poverty_relief",
  label: text("扶贫", "Poverty relief"),
  fields: [
    idNumber,
    name,
    {
      key: "standing",
      label: text("脱贫状态", "Standing on the register"),
      headings: ["脱贫状态", "贫困状态", "建档立卡状态"],
      kind: "code",
      compares: g("poverty"),
      rule: "allows",
      values: { 脱贫: "registered", 已脱贫: "registered", 返贫: "registered", 稳定脱贫: "registered", 未脱贫: "registered", "1": "registered", "3": "registered", "4": "registered" },
      allowed: { registered: ["1"] },
      finding: "F01",
    },
    context("registered_at", "识别时间", "Registered on", "month", "识别年月"),
  ],
  absences: [{ finding: "F02", kind: "registered-not-listed", expectedIf: eq(g("poverty"), value("1")) }],
};

/** The departments of the cross-match. */
export const departments: readonly Department[] = [publicSecurity, federation, civilAffairs, socialInsurance, housing, povertyRelief];
