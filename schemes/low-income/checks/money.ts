// Rules of income, expenses, property and insurance: rows that belong to a member, the period of twelve months, figures that cannot be
// both true. Standards and limits of property are a region's and stand in no rule here.
import { and, answered, any, block, countIf, days, eq, explain, ge, gt, has, isIn, lt, ne, not, note, or, ref, sum, today, value } from "../../../src/scheme/define.ts";
import type { Check, Expression } from "../../../src/scheme/define.ts";
import { presentStates } from "../forms/marks.ts";
import { h, someRow } from "../forms/rows.ts";

const memberCount: Expression = ["count", h("members")];
const monthOf = (path: string): Expression => ["slice", ref(path), 1, 7];

/** A row names a member that is not listed. */
const stray = (section: string, zh: string, en: string, key = "member_no"): Check =>
  block(`${section}.no_such_member`, any(h(section), gt(`.${key}`, memberCount)), [`.${key}`], `${zh}对应的成员序号不存在`, `The ${en} names a member that is not listed`, ["R"]);

const strays: readonly Check[] = [
  stray("incomes", "收入", "income"),
  stray("expenses", "支出", "expense"),
  stray("assets", "财产", "property"),
  stray("insurances", "参保", "insurance"),
  stray("supporters", "赡(抚、扶)养人", "supporter", "supports_member_no"),
  stray("accidents", "意外事故", "accident"),
  stray("authorisations", "授权", "authorisation"),
];

const span = days(h("income_period_from"), h("income_period_to"));

const period: readonly Check[] = [
  block("period.order", lt(h("income_period_to"), h("income_period_from")), [h("income_period_from"), h("income_period_to")], "收入核定止早于收入核定起", "The period ends before it begins", ["XH"]),
  block("period.twelve_months", and(ge(span, 0), or(lt(span, 363), gt(span, 366))), [h("income_period_from"), h("income_period_to")], "收入核定期间应为12个月", "The period of the income has twelve months", ["XH"]),
  block("period.future", gt(h("income_period_to"), today), [h("income_period_to")], "收入核定止不能晚于今天", "The period of the income ends in the future", ["XH"]),
  explain("period.old", gt(days(h("income_period_to"), today), 366), [h("income_period_to")], "收入核定期间已过去一年以上，请更新", "The period of the income ended more than a year ago: please renew it", ["R"]),
];

const income: readonly Check[] = [
  block("incomes.order", any(h("incomes"), lt(".to", ".from")), [".from", ".to"], "收入止月早于起月", "The income ends before it begins", ["XH"]),
  explain("incomes.outside_period", any(h("incomes"), or(lt(".from", monthOf(h("income_period_from"))), gt(".to", monthOf(h("income_period_to"))))), [".from", ".to"], "收入月份在核定期间以外，请只填期间内的金额", "Months outside the period: please count only what falls inside", ["XH"]),
  explain("incomes.large", gt(h("income_per_head"), 500_000), [h("incomes")], "人均年收入超过50万元，请核对单位是否为元", "More than 500,000 a head and year: please check that the unit is yuan", ["R"]),
  explain("incomes.none", and(gt(memberCount, 0), eq(h("income_total"), 0)), [h("incomes")], "家庭没有任何收入，请说明生活来源", "No income at all: please say what the household lives on", ["R"]),
  explain("incomes.aid_missing", and(gt(h("assistance_monthly"), 0), has(h("assistance"), "1", "2"), not(someRow("incomes", eq(".kind", value("b14_living_aid"))))), [h("incomes")], "现享受低保或特困供养，收入明细没有生活救助，请核对", "Receives assistance, but no living aid among the income: please check", ["R"]),
  explain("expenses.beyond_income", gt(h("expense_total"), ["*", ref(h("income_total")), value(3)]), [h("expenses")], "支出超过收入的3倍，请说明资金来源", "Expenses of more than three times the income: please say where the money comes from", ["R"]),
  explain("expenses.outside_period", any(h("expenses"), or(lt(".paid_on", h("income_period_from")), gt(".paid_on", h("income_period_to")))), [".paid_on"], "支出发生在核定期间以外，请核对", "The expense lies outside the period: please check", ["XH"]),
  note("expenses.rigid_share", gt(h("rigid_ratio"), 50), [h("expenses")], "刚性支出超过收入的一半，请核实并考虑支出型困难", "Necessary expenses of more than half the income: please verify, and consider hardship by expenditure", ["P"], "W4; one half is the source's county, the ratio in force is configuration"),
];

const dwellings = countIf(h("assets"), eq(".kind", value("201")));
const vehicles = countIf(h("assets"), eq(".kind", value("304")));

/** The class in the economic check agrees with the kind declared. */
const detailFits: readonly (readonly [kind: string, details: readonly string[]])[] = [
  ["101", ["c23"]],
  ["102", ["c27"]],
  ["103", ["c24"]],
  ["104", ["c25", "c27", "c28", "c29"]],
  ["105", ["c26"]],
  ["201", ["c22"]],
  ["304", ["c21"]],
];
const detailWrong: Expression = or(...detailFits.map(([kind, details]) => and(eq(".kind", value(kind)), not(isIn(".detail", details)))));

const property: readonly Check[] = [
  block("assets.detail_fits", any(h("assets"), detailWrong), [".detail"], "核对财产类别与财产种类不符", "The class in the economic check belongs to another kind of property", ["XH"]),
  explain("assets.registered_future", any(h("assets"), gt(".registered_on", today)), [".registered_on"], "登记日期晚于今天，请核对", "Registered in the future: please check", ["R"]),
  explain("assets.own_home_missing", and(eq(h("housing_nature"), value("1")), eq(dwellings, 0)), [h("assets")], "住房性质为自有，财产明细没有房产，请核对(未登记的农房请说明)", "The housing is the household's own, but no dwelling stands among its property: please check, and explain an unregistered farmhouse", ["XH"]),
  explain("assets.home_though_none", and(eq(h("housing_nature"), value("3")), gt(dwellings, 0)), [h("assets"), h("housing_nature")], "住房性质为无房，财产明细有房产，请核对", "Without housing, yet a dwelling stands among its property: please check", ["XH"]),
  note("assets.second_dwelling", gt(dwellings, 1), [h("assets")], "名下有2套以上房产，列入财产核查", "More than one dwelling: to be looked into", ["XH"], "W10"),
  note("assets.vehicle", gt(vehicles, 0), [h("assets")], "名下有车辆，请核实用途(残疾代步、生产用车除外)", "Owns a vehicle: please verify its use (vehicles for the disabled and for work are excepted)", ["XH"], "W10"),
  note("assets.registered_business", any(h("incomes"), eq(".kind", value("b12_registered"))), [h("incomes")], "有注册经营，请核实出资情况", "Has a registered business: please verify what was invested", ["XH"], "W10"),
  explain("assets.car_not_listed", and(has(h("durables"), "car"), eq(vehicles, 0)), [h("durables"), h("assets")], "耐用品有汽车，财产明细没有车辆，请核对", "A car among the durables, but no vehicle among the property: please check", ["R"]),
  explain("assets.interest_without_deposit", and(any(h("incomes"), eq(".kind", value("b13_interest"))), eq(sum(h("assets"), ["if", isIn(".kind", ["101", "102", "104"]), ref(".value"), value(0)]), 0)), [h("assets")], "有利息收入而没有存款、债券，请核对", "Interest, but neither deposits nor bonds: please check", ["R"]),
  explain("assets.rent_without_property", and(any(h("incomes"), eq(".kind", value("b13_rent"))), not(someRow("assets", isIn(".kind", ["201", "202", "204", "206", "304"])))), [h("assets")], "有出租收入而没有可出租的财产，请核对", "Rent, but nothing to let among the property: please check", ["R"]),
];

const insurance: readonly Check[] = [
  note("insurances.no_medical", any(h("members"), and(isIn(".person_state", presentStates), ne(".medical_insured", true))), [".medical_insured"], "成员没有医疗保险，请提醒参保(低保、特困有资助)", "A member has no medical insurance: please remind; for some it is paid", ["P"], "Indicator of 3.8"),
  explain("insurances.fund_without_amount", any(h("insurances"), and(eq(".kind", value("08")), ["is-missing", ref(".amount")])), [".amount"], "有公积金的，请填写每期缴存额", "With a housing fund, please enter what is paid each time", ["XH"]),
];

const support: readonly Check[] = [
  block("supporters.id_repeated", ["repeated", h("supporters"), ref(".id_number")], [h("supporters")], "同一赡(抚、扶)养人重复", "The same supporter is entered twice", ["R"]),
  block("supporters.is_head", any(h("supporters"), eq(".id_number", h("householder_id"))), [".id_number"], "赡(抚、扶)养人不能是户主本人", "The head cannot be a supporter from outside", ["R"]),
  explain("supporters.able_without_fee", any(h("supporters"), and(eq(".fee", 0), ["is-missing", ref(".unable_reason")])), [".fee", ".unable_reason"], "赡(抚、扶)养费为0的，请填写无能力原因或说明", "No support is paid: please give the reason", ["XH"]),
  explain("supporters.unable_with_fee", any(h("supporters"), and(gt(".fee", 0), answered(".unable_reason"))), [".fee", ".unable_reason"], "填了无能力原因又有赡(抚、扶)养费，请核对", "Unable, yet pays support: please check", ["XH"]),
  explain("supporters.fee_not_income", and(gt(sum(h("supporters"), ".fee"), 0), not(someRow("incomes", eq(".kind", value("b14_support"))))), [h("incomes")], "有赡(抚、扶)养费，收入明细没有相应的转移性收入，请核对", "Support is paid, but does not stand among the income: please check", ["XH"]),
  explain("supporters.income_without_supporter", and(any(h("incomes"), eq(".kind", value("b14_support"))), eq(sum(h("supporters"), ".fee"), 0)), [h("supporters")], "收入明细有赡(抚、扶)养费，没有填写赡(抚、扶)养人，请核对", "Support among the income, but nobody who pays it: please check", ["XH"]),
];

/** Rules of money. */
export const moneyChecks: readonly Check[] = [...strays, ...period, ...income, ...property, ...insurance, ...support];
