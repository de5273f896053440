// Rules of education, work, insurance, assistance and welfare: what the app warns of, and what it sets by itself.
import { and, block, eq, explain, has, isIn, not, note, or, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { g, gradeIn, holdsCertificate, notStudying, under, yes } from "../conditions.ts";
import { from } from "../origins.ts";

export const educationChecks: readonly Check[] = [
  explain(
    "general.education_early",
    or(
      and(under(10), isIn(g("education"), ["3", "4", "5", "6", "7"])),
      and(under(13), isIn(g("education"), ["4", "5", "6", "7"])),
      and(under(15), isIn(g("education"), ["5", "6", "7"])),
    ),
    [g("education")],
    "受教育程度与年龄不符，请核对",
    "The level of education is unusual at this age",
    from(["R"]),
  ),
];

export const employmentChecks: readonly Check[] = [
  explain(
    "general.at_school_without_school",
    and(eq(g("unemployed_reason"), value("1")), notStudying),
    [g("unemployed_reason")],
    "未就业原因为在校学习，但未填目前在读学校(R14)，请核对",
    "The reason is being at school, but no school is given (R14)",
    from(["R"]),
  ),
  explain(
    "general.pension_under_45",
    and(eq(g("living_source"), value("1")), under(45)),
    [g("living_source")],
    "以退休金(养老金)为生活来源的，原则上在45岁以上",
    "Those who live on a pension are as a rule older than 45",
    from(["APP"]),
  ),
  explain(
    "general.worker_insurance_expected",
    and(isIn(g("job_form"), ["11", "12", "13", "14", "15", "2"]), has(g("worker_insurance"), "4")),
    [g("worker_insurance"), g("job_form")],
    "按比例就业、集中就业的，原则上应参加职工社会保险",
    "Quota and concentrated employment as a rule come with employees' insurance",
    from(["APP"]),
  ),
];

export const securityChecks: readonly Check[] = [
  block(
    "general.subsidy_is_medical_aid",
    and(yes("medical_subsidy"), not(has(g("assistance"), "3"))),
    [g("assistance")],
    "享受居民医疗保险缴费补贴的，社会救助应勾选医疗救助",
    "A subsidised contribution is medical assistance: tick it",
    from(["APP"], "the app ticks it by itself"),
  ),
  block(
    "general.allowance_gives_living_subsidy",
    and(has(g("assistance"), "1"), holdsCertificate, not(has(g("welfare"), "1"))),
    [g("welfare")],
    "持证的低保对象应勾选困难残疾人生活补贴",
    "Certificate holders on the living allowance receive the living subsidy: tick it",
    from(["APP"], "the app ticks it by itself"),
  ),
  explain(
    "general.extremely_poor_without_nursing",
    and(has(g("assistance"), "2"), not(has(g("welfare"), "2"))),
    [g("welfare")],
    "特困供养人员未享受重度残疾人护理补贴，请核对",
    "Supported as extremely poor, but without the nursing subsidy: please check",
    from(["APP"], "the app ticks it by itself; looks like a local rule, so a reason suffices"),
  ),
  note(
    "general.nursing_light_grade",
    and(has(g("welfare"), "2"), gradeIn("3", "4")),
    [g("welfare")],
    "重度残疾人护理补贴一般发给一、二级残疾人",
    "The nursing subsidy is usually for grades 1 and 2",
    from(["R"]),
  ),
];
