// Departments whose lists are matched (S0 three, S2; matrix of the plan): their columns as suppliers write them, the
// item each is compared with, and the absences a list can prove. Words of a list that mean nothing here are not compared.
import { and, answered, eq, has, isIn, not, text, value } from "../../src/scheme/define.ts";
import type { Department } from "../../src/scheme/define.ts";
import { assistanceWords, birthDate, died, dwelling, employmentWords, floorArea, idNumber, name, owner, registered, retirementWords, sex } from "../list-columns.ts";


/** Household register and deaths; the authority for identity. */
const publicSecurity: Department = {
  key: "public_security",
  label: text("公安", "Public security"),
  fields: [
    idNumber,
    { ...name, compares: "general.name", rule: "equal-name", finding: "P02" },
    { ...sex, compares: "general.sex", rule: "equal", finding: "P07" },
    {
      key: "ethnic",
      label: text("民族", "Ethnic group"),
      headings: ["民族"],
      kind: "code",
      codeSet: "ethnic",
      compares: "general.ethnic",
      rule: "equal",
      finding: "P08",
    },
    { ...birthDate, compares: "general.birth_date", rule: "equal", finding: "P09" },
    { ...registered, key: "domicile_region", headings: ["户籍地行政区划", "户籍地区划代码", "所属社区区划代码", "行政区划代码"], compares: "general.domicile_region" },
    { key: "domicile_address", label: text("户籍地址", "Registered address"), headings: ["户籍地址", "户籍地详址", "住址"], kind: "text" },
    { ...died, compares: "general.death_date" },
    {
      key: "served",
      label: text("曾服兵役", "Has served"),
      headings: ["曾服兵役", "兵役状况", "服兵役情况"],
      kind: "yes-no",
      values: { 是: "yes", 否: "no", 有: "yes", 无: "no", 退出现役: "yes", 未服兵役: "no" },
    },
  ],
  absences: [
    { finding: "P01", kind: "registered-not-listed" },
    {
      finding: "P06",
      kind: "listed-not-registered",
      rowsWhere: [
        { field: "served", in: ["yes"] },
        { field: "death_date", missing: true },
      ],
    },
  ],
};

/** The register of social assistance: who is on it is assisted. */
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
      codeSet: "social-assistance",
      compares: "general.social_assistance",
      rule: "allows",
      several: "union",
      values: assistanceWords,
      // A registered poor household may live on the allowance; the form lets it name only one of the two.
      allowed: { "1": ["1", "3"], "2": ["2"] },
      finding: "M03",
      findingWhen: [{ finding: "M01", when: eq("general.social_assistance", value("4")) }],
    },
    { key: "cert_no", label: text("救助证号", "Assistance certificate"), headings: ["救助证号", "低保证号", "证号"], kind: "text" },
    { key: "amount", label: text("月救助金额", "Amount a month"), headings: ["月救助金额", "救助金额", "保障金额"], kind: "money" },
    { key: "from_month", label: text("享受起始年月", "Assisted since"), headings: ["享受起始年月", "起始年月"], kind: "month" },
  ],
  absences: [{ finding: "M02", kind: "registered-not-listed", expectedIf: isIn("general.social_assistance", ["1", "2"]) }],
};

/** Old-age insurance and employment. */
const socialInsurance: Department = {
  key: "social_insurance",
  label: text("人社", "Human resources and social insurance"),
  fields: [
    idNumber,
    name,
    {
      key: "pension_kind",
      label: text("养老保险险种", "Kind of old-age insurance"),
      headings: ["养老保险险种", "险种", "险种类型"],
      kind: "code",
      codeSet: "pension-insurance",
      compares: "general.pension_ins",
      rule: "allows",
      several: "union",
      values: {
        城乡居民基本养老保险: "1",
        城乡居民社会养老保险: "1",
        城镇职工基本养老保险: "2",
        企业职工基本养老保险: "2",
        机关事业单位养老保险: "2",
        离退休金: "3",
      },
      // Those who draw an employee's pension may call it either way.
      allowed: { "1": ["1"], "2": ["2", "3"], "3": ["3", "2"] },
      finding: "H01",
    },
    {
      key: "employment",
      label: text("就业状态", "Employment"),
      headings: ["就业状态", "就业失业状态", "人员状态"],
      kind: "code",
      compares: "general.employment_status",
      rule: "allows",
      values: { ...employmentWords, ...retirementWords },
      allowed: {
        employed: ["government_institution", "enterprise", "public_welfare_post", "self_employed", "freelance", "other"],
        unemployed: ["unemployed", "laid_off", "farming", "student", "state_supported", "other"],
        retired: ["retired", "self_employed", "freelance", "other"],
      },
      finding: "H02",
    },
    { key: "employer", label: text("缴费单位", "Employer"), headings: ["缴费单位", "单位名称", "参保单位"], kind: "text" },
  ],
  absences: [],
};

/** Medical insurance: every insurance on the list must be among those declared. */
const medicalInsurance: Department = {
  key: "medical_insurance",
  label: text("医保", "Medical insurance"),
  fields: [
    idNumber,
    name,
    {
      key: "insured_as",
      label: text("参保类型", "Insured as"),
      headings: ["参保类型", "参保险种", "医保险种"],
      kind: "code",
      codeSet: "medical-insurance",
      compares: "general.medical_ins",
      rule: "includes",
      several: "union",
      values: {
        城乡居民基本医疗保险: "1",
        居民医保: "1",
        职工基本医疗保险: "2",
        城镇职工基本医疗保险: "2",
        职工医保: "2",
        公费医疗: "3",
        离休干部医疗统筹: "3",
      },
      finding: "Y01",
    },
    { key: "paid_until", label: text("参保截止年月", "Insured until"), headings: ["参保截止年月", "缴费截止年月"], kind: "month" },
  ],
  absences: [],
};

/** Owners of real estate, one row a property; only dwellings count, and their areas are added up. */
const housing: Department = {
  key: "housing",
  label: text("自然资源和住建", "Natural resources and housing"),
  fields: [
    ...owner,
    { key: "location", label: text("坐落", "Location"), headings: ["坐落", "房屋坐落"], kind: "text" },
    {
      ...dwelling,
      compares: "general.housing",
      allowed: { dwelling: ["2", "3", "4", "5", "6", "7", "8", "9"] },
    },
    {
      ...floorArea,
      compares: "general.housing_area",
      tolerance: 0.05,
      // Rented and public housing has an area too, but the tenant is not on the list.
      comparedIf: and(answered("general.housing_area"), not(has("general.housing", "3", "5", "6"))),
    },
  ],
  absences: [],
};

/** Service as the armed forces know it; dates on both sides are often only known to the month. */
const militaryService: Department = {
  key: "military_service",
  label: text("人武部(国防动员)", "Military service (people's armed forces department)"),
  fields: [
    idNumber,
    name,
    { key: "birth_date", label: text("出生日期", "Date of birth"), headings: ["出生日期"], kind: "date", join: "birth-date" },
    {
      key: "enlist_date",
      label: text("入伍时间", "Date of enlistment"),
      headings: ["入伍时间", "入伍日期", "入伍年月"],
      kind: "date",
      compares: "general.enlist_date",
      rule: "within-days",
      tolerance: 31,
      finding: "J02",
    },
    {
      key: "leave_date",
      label: text("退役时间", "Date of discharge"),
      headings: ["退役时间", "退役日期", "退伍时间"],
      kind: "date",
      compares: "general.leave_date",
      rule: "within-days",
      tolerance: 31,
      several: "latest",
      finding: "J02",
    },
    {
      key: "standing",
      label: text("服役身份", "Standing during service"),
      headings: ["服役身份", "服役期间身份", "身份"],
      kind: "code",
      codeSet: "service-identity",
      compares: "general.service_identity",
      rule: "equal",
      values: { 军官: "1", 士官: "2", 军士: "2", 志愿兵: "2", 义务兵: "3", 文职干部: "4" },
      finding: "J03",
    },
    {
      key: "discharge",
      label: text("退役方式", "Way of discharge"),
      headings: ["退役方式", "安置方式", "退役类别"],
      kind: "code",
      compares: "general.categories",
      rule: "allows",
      values: { 转业: "transferred", 复员: "demobilised", 离休: "retired", 退休: "retired", 退伍: "discharged", 退出现役: "discharged" },
      allowed: {
        transferred: ["transferred_cadre", "retired_soldier"],
        demobilised: ["demobilised", "retired_soldier", "red_army_veteran"],
        retired: ["retired_cadre_nco"],
        discharged: ["retired_soldier"],
      },
      finding: "J03",
    },
  ],
  absences: [
    {
      finding: "J01",
      kind: "registered-not-listed",
      expectedIf: has("general.categories", "transferred_cadre", "retired_soldier", "retired_cadre_nco", "demobilised"),
    },
    { finding: "J04", kind: "listed-not-registered" },
  ],
};

/** The six departments of the county's cross-match. */
export const departments: readonly Department[] = [
  publicSecurity,
  civilAffairs,
  socialInsurance,
  medicalInsurance,
  housing,
  militaryService,
];
