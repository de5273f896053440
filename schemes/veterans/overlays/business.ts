// Overlay: one's own business (创业). Off by default: not in the plans of 2018, seen in later systems.
import { answered, check, codeSet, gt, grounded, item, not, options, ref, section, source, text } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const g = (key: string): string => `general.${key}`;
const founded = answered(g("business_kind"));
const money = { unit: text("元", "yuan"), min: 0, max: 100_000_000_000, sensitivity: "money", shownIf: founded } as const;

/** The business, its owners and the jobs it gives. */
export const businessOverlay: Overlay = {
  key: "business",
  label: text("创业情况", "Own business"),
  scheme: "veterans",
  codeSets: [
    codeSet("business-kind", "创业类型", "Kind of business", options([
      ["enterprise", "企业", "Enterprise"],
      ["sole", "个体工商户", "Sole trader"],
      ["planned", "项目筹划阶段", "Being planned"],
      ["other", "其他", "Other"],
    ])),
    codeSet("business-duty", "创业职务", "Role in the business", options([
      ["legal_person", "法人代表", "Legal representative"],
      ["shareholder", "股东", "Shareholder"],
      ["manager", "主要管理人", "Manager"],
      ["partner", "合伙人", "Partner"],
      ["other", "其他", "Other"],
    ])),
    codeSet("business-holding", "控股情况", "Control", options([
      ["state", "国有", "State"],
      ["collective", "集体", "Collective"],
      ["private", "私人", "Private"],
      ["hk_mo_tw", "港澳台", "Hong Kong, Macao, Taiwan"],
      ["foreign", "外商", "Foreign"],
      ["other", "其他", "Other"],
    ])),
  ],
  sections: [
    {
      form: "general",
      after: "living",
      section: grounded(
        text("掌握创业状况，开展创业扶持", "To know businesses and support them"),
        "退役军人保障法 第五章 就业创业",
        section("business_detail", "创业情况", "Own business", [
          item("business_kind", "code", "创业类型", "Kind of business", ["CJ"], { codeSet: "business-kind" }),
          item("business_duty", "code", "创业职务", "Role", ["CJ"], { codeSet: "business-duty", shownIf: founded }),
          item("business_holding", "code", "控股情况", "Control", ["CJ"], { codeSet: "business-holding", shownIf: founded }),
          item("business_credit_code", "text", "统一社会信用代码", "Unified social credit code", ["CJ"], { text: "certificate", maxLength: 18, shownIf: founded }),
          item("business_jobs", "integer", "吸纳就业人数", "People employed", ["CJ"], { min: 0, max: 100_000, unit: text("人", "people"), shownIf: founded }),
          item("business_veterans", "integer", "吸纳退役军人人数", "Veterans employed", ["CJ"], { min: 0, max: 100_000, unit: text("人", "people"), shownIf: founded }),
          item("business_assets", "money", "资产总额", "Total assets", ["CJ"], money),
          item("business_turnover", "money", "年营业收入", "Yearly turnover", ["CJ"], money),
        ]),
      ),
    },
  ],
  checks: [
    check(
      "business.veterans_within_jobs",
      "block",
      gt(g("business_veterans"), g("business_jobs")),
      [g("business_veterans")],
      text("吸纳退役军人人数不能超过吸纳就业人数", "No more veterans than people employed"),
      source(["R"]),
    ),
    check(
      "business.credit_code_form",
      "explain",
      not(["matches", ref(g("business_credit_code")), "^[0-9A-HJ-NPQRTUWXY]{2}\\d{6}[0-9A-HJ-NPQRTUWXY]{10}$"]),
      [g("business_credit_code")],
      text("统一社会信用代码应为18位，不含I、O、Z、S、V，请核对", "The code has 18 characters without I, O, Z, S and V: please check"),
      source(["K"], "GB 32100-2015"),
    ),
  ],
};
