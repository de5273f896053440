// Overlay: employment in detail (后续建档的就业栏). Off by default: not in the plans of 2018, seen in later systems.
import { codeSet, eq, isIn, item, grounded, options, section, text, value } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const g = (key: string): string => `general.${key}`;
const employed = isIn(g("employment_status"), ["government_institution", "enterprise", "public_welfare_post"]);
const flexible = isIn(g("employment_status"), ["freelance", "self_employed", "other"]);
const jobless = isIn(g("employment_status"), ["unemployed", "laid_off"]);

/** Post, contract and new kinds of work of those who work; the reason of those who do not. */
export const employmentOverlay: Overlay = {
  key: "employment",
  label: text("就业情况", "Employment"),
  scheme: "veterans",
  codeSets: [
    codeSet("job-unit-type", "就业单位性质", "Kind of employer", options([
      ["organ", "国家机关", "State organ"],
      ["institution", "事业单位", "Public institution"],
      ["state", "国有企业", "State-owned enterprise"],
      ["collective", "集体企业", "Collective enterprise"],
      ["private", "私营企业", "Private enterprise"],
      ["foreign", "外资企业", "Foreign-funded enterprise"],
      ["other", "其他", "Other"],
    ])),
    codeSet("job-post-type", "岗位类型", "Kind of post", options([
      ["management", "管理岗位", "Management"],
      ["technical", "技术岗位", "Technical"],
      ["temporary", "临时岗位", "Temporary"],
      ["dispatched", "劳务工", "Dispatched labour"],
      ["other", "其他", "Other"],
    ])),
    codeSet("job-new-form", "新业态", "New forms of work", options([
      ["courier", "快递", "Courier"],
      ["delivery", "外卖", "Meal delivery"],
      ["driver", "网约车司机", "Ride-hailing driver"],
      ["household", "家政服务", "Household service"],
      ["shop", "网店", "Online shop"],
      ["streaming", "直播", "Streaming"],
      ["other", "其他", "Other"],
    ])),
    codeSet("job-contract", "劳动合同", "Contract of employment", options([
      ["open", "无固定期限合同", "Without fixed term"],
      ["long", "三年及以上有期限合同", "Three years or more"],
      ["short", "三年以下有期限合同", "Less than three years"],
      ["unsigned", "未签订劳动合同", "Not signed"],
      ["not_needed", "不需要签订劳动合同", "Not needed"],
    ])),
    codeSet("jobless-reason", "未就业原因", "Reason of not working", options([
      ["exam", "准备考学", "Preparing for an examination"],
      ["business", "准备创业", "Preparing a business"],
      ["family", "家庭原因暂不考虑工作", "Family reasons"],
      ["no_wish", "无工作意向未找工作", "No wish to work"],
      ["searching", "暂未找到合适工作", "No suitable work found yet"],
      ["resigned", "辞职", "Resigned"],
      ["dismissed", "被原单位辞退", "Dismissed"],
      ["bankrupt", "原公司破产关闭", "Employer closed"],
      ["health", "身体原因不能工作", "Unable for health reasons"],
      ["other", "其他", "Other"],
    ])),
  ],
  sections: [
    {
      form: "general",
      after: "living",
      section: grounded(
        text("掌握就业状况，开展就业扶持", "To know employment and support it"),
        "退役军人保障法 第五章 就业创业",
        section("employment_detail", "就业情况", "Employment", [
          item("job_unit_type", "code", "就业单位性质", "Kind of employer", ["CJ"], { codeSet: "job-unit-type", shownIf: employed }),
          item("job_post_type", "code", "岗位类型", "Kind of post", ["CJ"], { codeSet: "job-post-type", shownIf: employed }),
          item("job_contract", "code", "劳动合同", "Contract of employment", ["CJ"], { codeSet: "job-contract", shownIf: employed }),
          item("job_new_form", "code", "新业态", "New form of work", ["CJ"], { codeSet: "job-new-form", shownIf: flexible }),
          item("jobless_reason", "code", "未就业原因", "Reason of not working", ["CJ"], { codeSet: "jobless-reason", shownIf: jobless }),
          item("zero_job_family", "yes-no", "零就业家庭", "Household without any job", ["CJ"]),
        ]),
      ),
    },
  ],
  checks: [
    {
      key: "employment.zero_job_family",
      severity: "explain",
      when: ["and", eq(g("zero_job_family"), true), employed],
      at: [g("zero_job_family")],
      message: text("本人已就业，却填了零就业家庭，请核对", "The person works, yet the household is said to have no job: please check"),
      source: { marks: ["R"] },
    },
    {
      key: "employment.health_reason",
      severity: "explain",
      when: ["and", eq(g("jobless_reason"), value("health")), eq(g("health"), value("10"))],
      at: [g("jobless_reason")],
      message: text("因身体原因不能工作，健康状况却填健康，请核对", "Unable to work for health reasons, yet recorded as healthy: please check"),
      source: { marks: ["R"] },
    },
  ],
};
