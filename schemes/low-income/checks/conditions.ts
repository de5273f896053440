// Rules of a member's health, disability, work and schooling.
import { and, any, block, eq, explain, ge, gt, has, isIn, le, lt, ne, not, note, or, ref, referenceDate, today, value, years } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { employedCodes, presentStates } from "../forms/marks.ts";
import { h } from "../forms/rows.ts";

const someMember = (...parts: Expression[]): Expression => any(h("members"), and(...parts));
const age = years(".birth_date", today);
const present = isIn(".person_state", presentStates);
const certificate = ref(".disab_cert_no");
const certificatePart = (from: number, to: number): Expression => ["slice", certificate, from, to];
const employed = isIn(".job_state", employedCodes);
const monthOf = (path: string): Expression => ["slice", ref(path), 1, 7];
const thisMonth: Expression = ["slice", today, 1, 7];

const disability: readonly Check[] = [
  block("members.cert_form", someMember(not(["matches", certificate, "^\\d{17}[\\dX][1-7][1-4](B\\d{1,2})?$"])), [".disab_cert_no"], "残疾人证号应为身份证号18位加类别1至7、等级1至4", "A disability certificate has the ID number, a kind of 1–7 and a grade of 1–4", ["STD", "K"], "2.6; the suffix of re-issued cards is practice"),
  explain("members.cert_id", someMember(["matches", certificate, "^\\d{17}[\\dX][1-7][1-4]"], ne(certificatePart(1, 18), ".id_number")), [".disab_cert_no"], "残疾人证号前18位与身份证号不符，请核对", "The certificate does not begin with the ID number: please check", ["STD"], "2.6"),
  explain("members.cert_type", someMember(["matches", certificate, "^\\d{17}[\\dX][1-7][1-4]"], ne(certificatePart(19, 19), ".disab_type")), [".disab_cert_no", ".disab_type"], "残疾人证号第19位与残疾类别不符，请核对", "The 19th digit is another kind of disability: please check", ["STD"], "2.6"),
  explain("members.cert_grade", someMember(["matches", certificate, "^\\d{17}[\\dX][1-7][1-4]"], ne(certificatePart(20, 20), ".disab_grade")), [".disab_cert_no", ".disab_grade"], "残疾人证号第20位与残疾等级不符，请核对", "The 20th digit is another grade: please check", ["STD"], "2.6"),
  note("members.disabled_without_cert", someMember(has(".health", "disabled"), ["is-missing", certificate]), [".disab_cert_no"], "健康状况为残疾而无残疾人证号，请提醒办证", "Disabled without a certificate: please remind of it", ["R"]),
  explain("members.care_without_cause", someMember(eq(".self_care", value("03")), has(".health", "healthy"), ge(age, 6)), [".self_care"], "健康而生活不能自理，请核对", "Healthy, yet not able to care for himself or herself: please check", ["R"]),
  explain("members.bedridden_able", someMember(has(".special_group", "1"), eq(".self_care", value("01"))), [".special_group"], "长期卧床病人的生活自理能力请核对", "Long bedridden, yet able to care for himself or herself: please check", ["R"]),
  explain("members.group_by_age", someMember(or(and(has(".special_group", "2", "6", "7"), ge(age, 18)), and(has(".special_group", "5"), lt(age, 70)))), [".special_group"], "分类救助与年龄不符，请核对", "The group does not agree with the age: please check", ["R"]),
  explain("members.severe_without_grade", someMember(has(".special_group", "3"), or(not(has(".health", "disabled")), isIn(".disab_grade", ["3", "4"]))), [".special_group"], "重度残疾人的残疾等级应为一级或二级，请核对", "Severely disabled means grade 1 or 2: please check", ["LAW", "R"]),
];

const work: readonly Check[] = [
  explain("members.child_at_work", someMember(employed, lt(age, 16)), [".job_state"], "不满16周岁而就业，请核对", "Under 16 and at work: please check", ["LAW"]),
  explain("members.work_without_ability", someMember(employed, isIn(".labour", ["03", "04"]), present), [".job_state", ".labour"], "无劳动能力而就业，请核对", "At work without the ability to work: please check", ["R"]),
  explain("members.child_able", someMember(isIn(".labour", ["01", "02"]), lt(age, 16)), [".labour"], "不满16周岁的一般为无劳动能力，请核对", "Under 16 there is usually no ability to work: please check", ["R"]),
  explain("members.retired_young", someMember(eq(".job_state", value("80")), lt(age, 45)), [".job_state"], "不满45周岁，就业状态为离退休，请核对", "Retired before 45: please check", ["R"]),
  explain("members.student_old", someMember(eq(".job_state", value("31")), ge(age, 40)), [".job_state"], "年满40周岁，就业状态为学生，请核对", "A student aged 40 or over: please check", ["R"]),
  block("members.job_order", someMember(lt(".job_to", ".job_from")), [".job_from", ".job_to"], "就业终止早于起始", "The work ends before it begins", ["XH"]),
  explain("members.employed_without_earnings", someMember(employed, ne(".job_state", value("27")), present, eq(".earned_income", 0)), [".job_state"], "就业成员没有工资或经营性收入，请核对收入明细", "At work, but without wages or business income: please check the rows of income", ["R"]),
  explain("members.jobless_with_wage", someMember(eq(".job_state", value("70")), present, gt(".earned_income", 0)), [".job_state"], "无业成员有工资或经营性收入，请核对(零星务工请说明)", "Without work, but with wages or business income: please check, and explain casual work", ["R"]),
];

const schooling: readonly Check[] = [
  note("members.not_enrolled", someMember(ge(years(".birth_date", referenceDate), 6), le(years(".birth_date", referenceDate), 15), present, or(["is-missing", ref(".edu_state")], not(isIn(".edu_state", ["02"])))), [".edu_state"], "6至15周岁儿童未在读，请了解是否辍学并报教育部门", "A child of 6–15 is not enrolled: find out whether it left school and tell the education office", ["LAW", "P"], "Compulsory education; indicator of 3.8"),
  block("members.school_order", someMember(lt(".leave_at", ".enter_at")), [".enter_at", ".leave_at"], "离校早于入学", "Left school before entering it", ["XH"]),
  block("members.school_before_birth", someMember(lt(".enter_at", monthOf(".birth_date"))), [".enter_at"], "入学早于出生", "Entered school before birth", ["R"]),
  block("members.school_future", someMember(or(gt(".enter_at", thisMonth), gt(".leave_at", thisMonth))), [".enter_at", ".leave_at"], "入学、离校时间不能晚于本月", "Schooling begins or ends in the future", ["R"]),
  explain("members.student_not_enrolled", someMember(eq(".job_state", value("31")), isIn(".edu_state", ["01", "03", "05"])), [".job_state", ".edu_state"], "学生的就学状态应为在读或休学，请核对", "A student is enrolled or on leave: please check", ["R"]),
];

/** Rules of health, work and schooling. */
export const conditionChecks: readonly Check[] = [...disability, ...work, ...schooling];
