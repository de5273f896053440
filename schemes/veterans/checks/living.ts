// Rules of living conditions: insurance and pensions against age and category, income, housing.
import { addYears, and, block, eq, explain, gt, has, le, lt, missing, not, or, referenceDate, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { ticked } from "../forms/marks.ts";

const g = (key: string): string => `general.${key}`;
const youngerThan = (n: number): Check["when"] => gt(addYears(g("birth_date"), n), today);
const retired = or(eq(g("employment_status"), value("retired")), ticked("retired_cadre_nco", "non_military_staff"));

/** A pension that belongs to a category which is not ticked. */
const pensionWithout = (pension: string, key: string, zh: string, en: string, ...categories: readonly string[]): Check =>
  explain(
    `general.pension_${key}`,
    and(has(g("state_pension"), pension), not(ticked(...categories))),
    [g("state_pension")],
    zh,
    en,
    ["FE", "DC"],
    "Must agree with the benefit register",
  );

const serviceForms = ["transferred_cadre", "retired_soldier", "retired_cadre_nco", "demobilised"];

/** A pension of a kind of service that no sub-form tells of. */
const pensionWithoutService = (pension: string, item: string, zh: string, en: string): Check =>
  explain(
    `general.pension_${pension}`,
    and(has(g("state_pension"), pension), ...serviceForms.map((form) => missing(`${form}.${item}`))),
    [g("state_pension")],
    zh,
    en,
    ["FE", "DC", "XH"],
    "Must agree with the benefit register",
  );

/** Rules of block D. */
export const livingChecks: readonly Check[] = [
  explain(
    "general.retirement_pay_young",
    and(has(g("pension_ins"), "3"), youngerThan(45), not(retired)),
    [g("pension_ins")],
    "不满45周岁且未离退休，不应领取离退休金，请核对",
    "Younger than 45 and not retired, yet receiving retirement pay: please check",
    ["R"],
  ),
  explain(
    "general.retired_young",
    and(eq(g("employment_status"), value("retired")), youngerThan(45), not(ticked("retired_cadre_nco", "disabled_soldier"))),
    [g("employment_status")],
    "不满45周岁，就业状态为离退休，请核对并说明",
    "Retired before 45: please check and explain",
    ["R"],
  ),
  explain(
    "general.family_income_below_own",
    lt(g("family_income"), g("annual_income")),
    [g("family_income")],
    "家庭收入低于个人收入，请核对",
    "The household earns less than the person alone: please check",
    ["SD", "CJ"],
  ),
  block(
    "general.housing_area_zero",
    le(g("housing_area"), 0),
    [g("housing_area")],
    "有住房的，住房面积应大于0",
    "With housing, the floor area is above 0",
    ["FE"],
  ),
  explain(
    "general.housing_area_large",
    gt(g("housing_area"), 300),
    [g("housing_area")],
    "住房面积超过300平方米，请核对并说明",
    "More than 300 m²: please check and explain",
    ["FE"],
  ),
  explain(
    "general.subsidy_without_disability",
    and(has(g("disabled_subsidy"), "living", "nursing"), not(["matches", ["ref", g("health")], "^6"])),
    [g("disabled_subsidy")],
    "享受残疾人两项补贴的，应持有残疾人证，健康状况请核对",
    "The two subsidies need a disability certificate: please check the health status",
    ["FE", "SD"],
  ),
  block(
    "general.rural_60_age",
    and(has(g("state_pension"), "rural_60"), gt(addYears(g("birth_date"), 60), today)),
    [g("state_pension")],
    "不满60周岁，不能享受60周岁以上农村籍退役士兵补助",
    "Under 60 there is no subsidy for rural veteran soldiers aged 60 or over",
    ["DC", "XH"],
  ),
  explain(
    "general.rural_60_urban",
    and(has(g("state_pension"), "rural_60"), eq(g("hukou_type"), value("2"))),
    [g("state_pension")],
    "享受60周岁以上农村籍退役士兵补助的，户口一般为农业户口",
    "This subsidy is for veterans with a rural registration",
    ["DC", "XH"],
  ),
  pensionWithout("disabled_soldier", "disabled_soldier", "享受残疾抚恤的，人员类别应含残疾军人或伤残民兵民工", "This pension needs the category of disabled soldier or disabled militia", "disabled_soldier", "disabled_militia"),
  pensionWithout("rural_demobilised", "rural_demobilised", "享受在乡复员军人补助的，人员类别应为复员军人", "This subsidy needs the category of demobilised soldier", "demobilised"),
  pensionWithout(
    "bereaved_regular",
    "bereaved",
    "享受三属定期抚恤的，人员类别应含烈士、因公牺牲或病故军人遗属",
    "This pension needs a category of bereaved family",
    "martyr_family",
    "duty_death_family",
    "illness_death_family",
  ),
  pensionWithout("martyr_child", "martyr_child", "享受部分烈士子女补助的，人员类别应含烈士遗属", "This subsidy needs the category of martyr's family", "martyr_family"),
  pensionWithout("red_army", "red_army", "享受红军待遇的，人员类别应为退伍红军老战士", "This benefit needs the category of Red Army veteran", "red_army_veteran"),
  pensionWithout("rural_60", "rural_60", "享受农村籍退役士兵补助的，人员类别应为退役士兵", "This subsidy needs the category of retired soldier", "retired_soldier"),
  pensionWithoutService("war_participant", "war_participation", "享受参战退役人员补助的，分表应填参战情况，请核对", "This subsidy goes with a war told in the sub-form: please check"),
  pensionWithoutService("nuclear_test", "nuclear_test", "享受参试退役人员补助的，分表应填参试(涉核)情况，请核对", "This subsidy goes with nuclear tests told in the sub-form: please check"),
  explain(
    "general.student_old",
    and(eq(g("employment_status"), value("student")), le(addYears(g("birth_date"), 40), referenceDate)),
    [g("employment_status")],
    "年满40周岁，就业状态为学生，请核对",
    "A student aged 40 or over: please check",
    ["R"],
  ),
];
