// A small fictional scheme for the tests of this folder: the veterans' twelve categories, one general form, one sub-form.
import { and, answered, codeSet, eq, gt, has, item, lt, ne, option, ref, scheme, source, text, today, value, years } from "./define.ts";
import type { CategoryRule, Scheme } from "./model.ts";

const R = ["R"] as const;
const made = source(R, "made for tests");
const EXCLUSIVE_SERVICE = ["transferred_cadre", "retired_soldier", "retired_cadre_nco", "non_military_staff", "red_army_veteran", "demobilised"];
const KEYS = [...EXCLUSIVE_SERVICE, "disabled_soldier", "disabled_militia", "martyr_family", "duty_death_family", "illness_death_family", "serving_family"];

const rules: readonly CategoryRule[] = [
  { kind: "at-most-one", of: EXCLUSIVE_SERVICE, message: text("前六类只能选一类", "Only one of the first six"), source: made },
  { kind: "at-most-one", of: ["disabled_soldier", "disabled_militia"], message: text("残疾军人与伤残民兵民工只能选一类", "Not both disabled"), source: made },
  { kind: "needs-one-of", category: "disabled_soldier", of: EXCLUSIVE_SERVICE, message: text("残疾军人须同时选前六类之一", "Needs one of the first six"), source: made },
  { kind: "excludes", category: "disabled_militia", of: EXCLUSIVE_SERVICE, message: text("伤残民兵民工不能与前六类同选", "Excludes the first six"), source: made },
];

/** Fresh copy, so that caches by object do not mix tests. */
export const smallScheme = (): Scheme =>
  scheme({
    key: "small",
    version: "1",
    label: text("小表", "Small"),
    referenceDate: "2018-10-01",
    generalForm: "general",
    categoryItem: "general.categories",
    forms: [
      {
        key: "general",
        label: text("总表", "General form"),
        sections: [
          {
            key: "identity",
            label: text("身份信息", "Identity"),
            items: [
              item("name", "text", "姓名", "Name", R, { required: true, text: "name", maxLength: 50, sensitivity: "identity" }),
              item("id_number", "id-number", "身份证号", "Identity number", R, { required: true, sensitivity: "identity" }),
              item("sex", "code", "性别", "Sex", R, { codeSet: "sex", forced: ["id-sex", ref("general.id_number")] }),
              item("birth_date", "date", "出生日期", "Birth date", R, { required: true }),
              item("mobile", "phone", "联系电话（手机）*", "Telephone", R, { sensitivity: "contact" }),
              item("domicile", "area", "户籍行政区划", "Area of registration", R),
              item("age", "computed", "年龄", "Age", R, { computed: years("general.birth_date", ["reference-date"]) }),
            ],
          },
          {
            key: "living",
            label: text("生活状况", "Living"),
            items: [
              item("categories", "codes", "对象类别", "Categories", R, { codeSet: "category", required: true }),
              item("agent", "yes-no", "委托代办", "By an agent", R, { default: value(false) }),
              item("agent_name", "text", "代办人姓名", "Agent's name", R, { text: "name", shownIf: eq("general.agent", true), required: eq("general.agent", true) }),
              item("income", "money", "个人年收入", "Yearly income", R, { unit: text("元", "yuan"), sensitivity: "money" }),
              item("insurance", "codes", "医疗保险", "Medical insurance", R, { codeSet: "insurance" }),
              item("rooms", "integer", "房间数", "Rooms", R, { min: 0, max: 99 }),
              item("photo", "photo", "近照", "Photo", R),
              item("remark", "text", "备注", "Remark", R, { text: "long", maxLength: 500 }),
            ],
          },
        ],
      },
      {
        key: "soldier",
        label: text("退役士兵信息采集分表", "Sub-form of retired soldiers"),
        category: "retired_soldier",
        sections: [
          {
            key: "service",
            label: text("服役", "Service"),
            items: [
              item("enlist_date", "date", "入伍时间", "Enlisted", R, { required: true }),
              item("leave_date", "date", "退役时间", "Left", R, { required: true }),
              item("unit_code", "text", "部队代号", "Unit's cover name", R, { text: "unit-code" }),
              item("service_years", "computed", "军龄", "Years of service", R, { computed: years("soldier.enlist_date", "soldier.leave_date") }),
            ],
          },
          {
            key: "awards",
            label: text("立功受奖", "Awards"),
            repeats: { max: 3 },
            items: [
              item("kind", "code", "种类", "Kind", R, { codeSet: "award", required: true }),
              item("year", "integer", "年份", "Year", R, { min: 1920, max: 2100, required: answered(".kind") }),
              item("other", "text", "其他说明", "Other", R, { shownIf: eq(".kind", value("9")), required: eq(".kind", value("9")) }),
            ],
          },
        ],
      },
    ],
    categories: KEYS.map((key) => ({ key, label: text(key === "retired_soldier" ? "退役士兵" : key, key), definition: text("试", "test"), form: key === "retired_soldier" ? "soldier" : undefined, source: made })),
    categoryRules: rules,
    checks: [
      { key: "birth-from-id", severity: "block", when: ne("general.birth_date", ["id-birth", ref("general.id_number")]), at: ["general.birth_date", "general.id_number"], message: text("出生日期与身份证号不一致", "Birth date differs from the number"), source: made },
      { key: "leave-after-enlist", severity: "block", when: lt("soldier.leave_date", "soldier.enlist_date"), at: ["soldier.leave_date"], message: text("退役时间早于入伍时间", "Left before enlisting"), source: made },
      { key: "leave-not-future", severity: "block", when: gt("soldier.leave_date", today), at: ["soldier.leave_date"], message: text("退役时间晚于今天", "Left after today"), source: made },
      { key: "award-before-enlist", severity: "explain", when: ["any", "soldier.awards", lt(".year", 1950)], at: [".year"], message: text("立功年份过早", "Award too early"), source: made },
      { key: "insured-and-poor", severity: "note", when: and(has("general.insurance", "1"), eq("general.income", 0)), at: ["general.income"], message: text("请核对收入", "Please confirm the income"), source: made },
    ],
    codeSets: [
      codeSet("sex", "性别", "Sex", [option("1", "男", "Male"), option("2", "女", "Female")]),
      codeSet("category", "对象类别", "Category", KEYS.map((key) => option(key, key === "retired_soldier" ? "退役士兵" : key, key))),
      codeSet("insurance", "医疗保险", "Insurance", [
        option("1", "城乡居民基本医疗保险", "Residents' insurance", { alsoWritten: ["新农合", "新型农村合作医疗"] }),
        option("2", "职工基本医疗保险", "Employees' insurance"),
        option("4", "无", "None", { exclusive: true }),
        option("5", "旧保险", "Old insurance", { replacedBy: "1" }),
      ]),
      codeSet("award", "立功种类", "Award", [option("1", "一等功", "First class"), option("3", "三等功", "Third class"), option("9", "其他", "Other")]),
    ],
    departments: [],
    findingClasses: [],
  });
