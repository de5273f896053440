// Rules of the sub-forms of bereaved families: ages of relatives, dates of the deceased, orphans, rehabilitated persons.
import { addYears, and, block, eq, explain, ge, gt, has, le, lt, ne, not, note, today, value } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { payChecks } from "./pay.ts";
import { plaqueChecks } from "./plaque.ts";

const birth = "general.birth_date";

function familyChecks(form: string): readonly Check[] {
  const at = (key: string): string => `${form}.${key}`;
  const isParent = eq(at("relation"), value("1"));
  const isChild = eq(at("relation"), value("2"));
  return [
    block(
      `${form}.parent_younger`,
      and(isParent, ge(birth, at("d_birth"))),
      [at("relation"), at("d_birth")],
      "父母(抚养人)的年龄应大于烈士(军人)",
      "A parent or foster parent is older than the deceased",
      ["R"],
    ),
    explain(
      `${form}.parent_close_in_age`,
      and(isParent, gt(addYears(birth, 14), at("d_birth")), lt(birth, at("d_birth"))),
      [at("relation"), at("d_birth")],
      "父母(抚养人)与烈士(军人)年龄相差不足14岁，请核对",
      "Parent and deceased are less than 14 years apart: please check",
      ["R"],
    ),
    block(
      `${form}.child_older`,
      and(isChild, le(birth, at("d_birth"))),
      [at("relation"), at("d_birth")],
      "子女的年龄应小于烈士(军人)",
      "A child is younger than the deceased",
      ["R"],
    ),
    explain(
      `${form}.child_close_in_age`,
      and(isChild, lt(birth, addYears(at("d_birth"), 14)), gt(birth, at("d_birth"))),
      [at("relation"), at("d_birth")],
      "子女与烈士(军人)年龄相差不足14岁，请核对",
      "Child and deceased are less than 14 years apart: please check",
      ["R"],
    ),
    explain(
      `${form}.child_born_after_death`,
      and(isChild, gt(birth, addYears(at("d_death_date"), 1))),
      [at("relation"), at("d_death_date")],
      "子女在烈士(军人)去世一年以后出生，请核对并说明(如收养)",
      "The child was born more than a year after the death: please check and explain, for instance adoption",
      ["R"],
    ),
    explain(
      `${form}.spouse_same_sex`,
      and(eq(at("relation"), value("3")), eq(at("d_sex"), "general.sex")),
      [at("d_sex")],
      "配偶与烈士(军人)性别相同，请核对",
      "Spouse and deceased are of the same sex: please check",
      ["R"],
    ),
    block(
      `${form}.orphan_adult`,
      and(eq(at("orphan"), true), le(addYears(birth, 18), today)),
      [at("orphan")],
      "年满18周岁不再是孤儿",
      "From 18 nobody is recorded as an orphan",
      ["R"],
    ),
    explain(
      `${form}.disabled_but_healthy`,
      and(eq(at("disabled_flag"), true), not(["matches", ["ref", "general.health"], "^6"])),
      [at("disabled_flag")],
      "分表填了残疾，总表健康状况不是残疾，请核对",
      "Disabled here, but not in the general form: please check",
      ["XH"],
    ),
    block(
      `${form}.death_future`,
      gt(at("d_death_date"), today),
      [at("d_death_date")],
      "牺牲、病故时间不能晚于今天",
      "The death lies in the future",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.death_before_birth`,
      le(at("d_death_date"), at("d_birth")),
      [at("d_death_date"), at("d_birth")],
      "牺牲、病故时间早于出生日期",
      "Died before birth",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.death_before_joining`,
      lt(at("d_death_date"), at("d_join_date")),
      [at("d_death_date"), at("d_join_date")],
      "牺牲、病故时间早于入伍(参加革命、工作)时间",
      "Died before joining",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.joined_before_birth`,
      le(at("d_join_date"), at("d_birth")),
      [at("d_join_date"), at("d_birth")],
      "入伍(参加革命、工作)时间早于出生日期",
      "Joined before birth",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.recognised_before_death`,
      lt(at("d_approved_at"), at("d_death_date")),
      [at("d_approved_at")],
      "评定(认定)时间早于牺牲、病故时间",
      "Recognised before the death",
      ["R"],
      "R-08",
    ),
    block(
      `${form}.approved_before_death`,
      lt(at("approved_at"), at("d_death_date")),
      [at("approved_at")],
      "待遇批准日期早于牺牲、病故时间",
      "The benefit was approved before the death",
      ["R"],
      "R-08",
    ),
    ...([
      ["18", 18, 22],
      ["22", 22, 60],
    ] as const).map(([key, from, to]) =>
      note(
        `${form}.age_alarm_${key}`,
        and(isChild, has(at("state_benefit"), "regular_pension"), eq(at("disabled_flag"), false), le(addYears(birth, from), today), gt(addYears(birth, to), today)),
        [at("state_benefit")],
        `子女已年满${key}周岁，定期抚恤条件请复核`,
        `The child is ${key} or over: please review the conditions of the pension`,
        ["XH"],
        "Age alarms 01 and 02 of the old system",
      ),
    ),
    ...payChecks(form),
    ...plaqueChecks(form),
  ];
}

/** Rules of annexes 10 to 12. */
export const bereavedChecks: readonly Check[] = [
  block(
    "martyr_family.rehabilitated_is_child",
    and(eq("martyr_family.rehabilitated_child", true), ne("martyr_family.relation", value("2"))),
    ["martyr_family.relation", "martyr_family.rehabilitated_child"],
    "建国前错杀后被平反人员子女，与烈士关系应为子女",
    "A child of a rehabilitated person has the relation “child”",
    ["S2"],
    "R-21",
  ),
  ...familyChecks("martyr_family"),
  ...familyChecks("duty_death_family"),
  ...familyChecks("illness_death_family"),
];
