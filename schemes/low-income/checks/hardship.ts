// Category against evidence: what is ticked should show among the members, the housing, the expenses or the accidents. All of them ask
// for a reason only: a hardship may be real before its papers are. Likewise cause against evidence.
import { and, any, eq, explain, ge, gt, has, isIn, le, lt, not, note, or, sum, today, value, years } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { ticked } from "../categories.ts";
import { presentStates } from "../forms/marks.ts";
import { h, someRow, sumIf } from "../forms/rows.ts";

const present = isIn(".person_state", presentStates);
const someMember = (...parts: Expression[]): Expression => someRow("members", and(present, ...parts));
const paid = (kind: string): Expression => gt(sumIf("expenses", eq(".kind", value(kind)), ".amount"), 0);
const age = years(".birth_date", today);

const ill = someMember(has(".health", "chronic", "major"));
const disabled = someMember(has(".health", "disabled"));
const student = someMember(isIn(".edu_state", ["02", "04"]));
const jobless = someMember(eq(".job_state", value("70")), isIn(".labour", ["01", "02"]), ge(age, 16), lt(age, 60));
const struck: Expression = gt(["count", h("accidents")], 0);

const evidence = (category: string, found: Expression, zh: string, en: string, at: readonly string[] = []): Check =>
  explain(`hardship.${category}_evidence`, and(ticked(category), not(found)), [h("categories"), ...at], zh, en, ["S4", "R"]);

const cause = (code: string, found: Expression, zh: string, en: string): Check =>
  explain(`hardship.cause_${code}`, and(or(eq(h("poverty_cause_main"), value(code)), has(h("poverty_cause_other"), code)), not(found)), [h("poverty_cause_main")], zh, en, ["R"]);

/** Rules of category and cause. */
export const hardshipChecks: readonly Check[] = [
  evidence("party_member", someMember(isIn(".political", ["01", "02"])), "选了困难党员，家庭成员中没有中共党员，请核对", "A Party member in hardship, but no member belongs to the Party: please check"),
  evidence("worker", someMember(isIn(".job_state", ["11", "13", "17", "21", "24", "70", "80"]), ge(age, 16)), "选了困难职工，家庭成员中没有职工、下岗或退休人员，请核对", "A worker in hardship, but no member is or was a worker: please check"),
  evidence("extreme_poverty", not(someMember(eq(".labour", value("01")), ge(age, 16), lt(age, 60))), "选了特困供养，有16至59周岁有劳动能力的成员，请核对", "Extremely poor, though a member of 16–59 is able to work: please check"),
  explain("hardship.extreme_poverty_who", and(ticked("extreme_poverty"), not(someMember(or(ge(age, 60), lt(age, 16), has(".health", "disabled"))))), [h("categories")], "选了特困供养，没有老年、残疾或未满16周岁的成员，请核对", "Extremely poor, but no member is old, disabled or under 16: please check", ["LAW"], "社会救助暂行办法 Art 14"),
  explain("hardship.extreme_poverty_supporter", and(ticked("extreme_poverty"), any(h("supporters"), ["is-missing", ["ref", ".unable_reason"]])), [h("categories"), h("supporters")], "选了特困供养，法定义务人未说明无履行能力，请核对", "Extremely poor, though a supporter is not said to be unable: please check", ["LAW"]),
  evidence("expenditure", gt(h("rigid_total"), 0), "选了支出型困难，没有医疗、教育等刚性支出，请填写支出明细", "In hardship by expenditure, but no necessary expense is entered: please enter the expenses"),
  evidence("medical", or(ill, disabled, paid("medical")), "选了医疗困难，没有患病成员也没有疾病支出，请核对", "In medical hardship, but nobody is ill and no medical expense is entered: please check"),
  evidence("education", student, "选了教育困难，家庭成员中没有在读学生，请核对", "In educational hardship, but no member is at school: please check"),
  evidence("housing", not(and(eq(h("housing_nature"), value("1")), eq(h("housing_state"), value("1")))), "选了住房困难，住房为自有且完好，请核对；人均面积低于当地标准的请说明", "In housing hardship, but the house is its own and sound: please check, and explain if the area per head is below the local standard", [h("housing_state")]),
  evidence("employment", jobless, "选了就业困难，没有劳动年龄内有劳动能力的无业成员，请核对", "In employment hardship, but no member of working age who can work is without work: please check"),
  evidence("accident", struck, "选了意外事故困难，没有填写意外事故和灾害，请补充", "In hardship after an accident, but none is entered: please add it", [h("accidents")]),
  cause("illness", or(ill, paid("medical")), "致贫原因为因病，没有患病成员也没有疾病支出，请核对", "The cause is illness, but nobody is ill and no medical expense is entered: please check"),
  cause("disability", disabled, "致贫原因为因残，没有残疾成员，请核对", "The cause is disability, but no member is disabled: please check"),
  cause("schooling", or(student, paid("education")), "致贫原因为因学，没有在读学生也没有教育支出，请核对", "The cause is schooling, but nobody is at school and no expense for it is entered: please check"),
  cause("unemployment", someMember(eq(".job_state", value("70"))), "致贫原因为失业，没有无业成员，请核对", "The cause is unemployment, but no member is without work: please check"),
  note("hardship.not_ticked_medical", and(not(ticked("medical", "expenditure")), gt(sum(h("expenses"), ["if", eq(".kind", value("medical")), ["ref", ".amount"], value(0)]), ["/", ["ref", h("income_total")], value(2)])), [h("categories")], "疾病支出超过收入的一半，未选医疗困难或支出型困难，请核对", "Medical expenses of more than half the income, but neither category is ticked: please check", ["P"], "避免遗漏救助 (S4), W4; one half is the source's county, the ratio in force is configuration"),
  explain("hardship.not_ticked_housing", and(not(ticked("housing")), isIn(h("housing_state"), ["3"])), [h("categories")], "住较重危房，未选住房困难，请核对", "The house is seriously unsafe, but the category is not ticked: please check", ["S4"]),
  explain("hardship.not_ticked_accident", and(not(ticked("accident")), any(h("accidents"), and(le(".happened_on", today), le(["days", ["ref", ".happened_on"], today], 366)))), [h("categories")], "一年内发生意外事故，未选意外事故困难，请核对", "An accident within a year, but the category is not ticked: please check", ["S4"]),
];
