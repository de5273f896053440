// General form, block D: work, income, insurance, housing and assistance.
import { and, answered, has, isIn, item, not, section, text } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { noted } from "./marks.ts";

const employedOrRetired = isIn("general.employment_status", ["government_institution", "enterprise", "public_welfare_post", "retired"]);
const housed = and(answered("general.housing"), not(has("general.housing", "1")));
const yuan = text("元", "yuan");

/** Block D. */
export const living: Section = section("living", "基本生活状况", "Living conditions", [
  item("employment_status", "code", "现就业状态", "Present employment", ["S0", "S1", "S2", "CJ", "DC"], {
    codeSet: "employment-status",
    required: true,
    ...noted(["S0", "S1", "S2", "CJ", "DC"], "The plan's eight words first; freelance, state-supported, student and other added from CJ"),
  }),
  item("employer_name", "text", "工作单位名称", "Employer", ["S0", "S1", "S2"], {
    required: employedOrRetired,
    shownIf: employedOrRetired,
    maxLength: 80,
    help: text("离退休人员填原工作单位", "Retired persons: the former employer"),
  }),
  item("employer_type", "code", "单位性质", "Kind of employer", ["DC"], {
    codeSet: "employer-type",
    required: employedOrRetired,
    shownIf: employedOrRetired,
  }),
  item("annual_income", "money", "个人年收入", "Own yearly income", ["FE", "SD", "CJ"], {
    required: true,
    unit: yuan,
    min: 0,
    max: 10_000_000,
    sensitivity: "money",
    help: text("没有收入填0", "0 if there is none"),
  }),
  item("family_income", "money", "上年度家庭收入", "Household income last year", ["SD", "CJ"], {
    unit: yuan,
    min: 0,
    max: 100_000_000,
    sensitivity: "money",
  }),
  item("medical_ins", "codes", "医疗保险", "Medical insurance", ["FE", "S0", "S1", "S2"], { codeSet: "medical-insurance", required: true }),
  item("pension_ins", "codes", "养老保险", "Old-age insurance", ["FE", "S0", "S1", "S2"], { codeSet: "pension-insurance", required: true }),
  item("housing_fund", "yes-no", "住房公积金", "Housing fund", ["FE", "CJ"], { required: true }),
  item("state_pension", "codes", "享受国家抚恤补助金情况", "State pensions and subsidies", ["FE", "DC", "XH", "R"], {
    codeSet: "state-pension",
    required: true,
    ...noted(["FE", "DC", "XH", "R"], "Bereaved families, martyrs' children and Red Army added from XH"),
  }),
  item("disabled_subsidy", "codes", "享受残疾人两项补贴", "Two subsidies for disabled persons", ["FE", "SD", "S0", "S1", "S2"], {
    codeSet: "disabled-subsidy",
    required: true,
  }),
  item("housing", "codes", "住房状况", "Housing", ["FE", "S0", "S1", "S2"], { codeSet: "housing", required: true }),
  item("housing_area", "decimal", "住房面积", "Floor area", ["S0", "S1", "S2", "FE"], {
    required: housed,
    shownIf: housed,
    unit: text("平方米", "m²"),
    decimals: 2,
    min: 0,
    max: 999,
  }),
  item("social_assistance", "code", "社会救助状况", "Social assistance", ["FE", "S0", "S1", "S2"], { codeSet: "social-assistance", required: true }),
]);
