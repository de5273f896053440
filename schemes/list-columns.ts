// Columns of departments' lists that several programmes read the same way: whose row it is, what suppliers call it, what their words mean.
// A programme spreads one and adds the item of its own that it is compared with.
import { text } from "../src/scheme/define.ts";
import type { DepartmentField } from "../src/scheme/define.ts";

export const idNumber: DepartmentField = {
  key: "id_number",
  label: text("身份证号", "Citizen ID number"),
  headings: ["公民身份号码", "身份证号", "身份证号码", "身份证件号码", "证件号码"],
  kind: "id-number",
  join: "id-number",
};
export const name: DepartmentField = { key: "name", label: text("姓名", "Name"), headings: ["姓名", "人员姓名"], kind: "text", join: "name" };
export const sex: DepartmentField = { key: "sex", label: text("性别", "Sex"), headings: ["性别"], kind: "code", codeSet: "sex", join: "sex" };
export const birthDate: DepartmentField = { key: "birth_date", label: text("出生日期", "Date of birth"), headings: ["出生日期", "出生年月日"], kind: "date", join: "birth-date" };

/** The area of registration; the same township counts as agreement. */
export const registered = {
  label: text("户籍地行政区划", "Area of registration"),
  headings: ["户籍地行政区划", "户籍地区划代码", "行政区划代码"],
  kind: "area",
  join: "area",
  rule: "equal-area-township",
  finding: "P03",
} as const satisfies Partial<DepartmentField>;

/** A death that our record does not know is a finding. */
export const died = {
  key: "death_date",
  label: text("死亡日期", "Date of death"),
  headings: ["死亡日期", "死亡时间"],
  kind: "date",
  rule: "answered",
  finding: "P04",
} as const satisfies Partial<DepartmentField>;

/** Kinds of social assistance as civil affairs write them: 1 subsistence allowance, 2 support of those without means. */
export const assistanceWords = {
  低保: "1",
  城市低保: "1",
  农村低保: "1",
  城市最低生活保障: "1",
  农村最低生活保障: "1",
  特困: "2",
  特困供养: "2",
  城市特困人员救助供养: "2",
  农村特困人员救助供养: "2",
  五保: "2",
} as const;

/** What an insured person does, as the social insurance offices write it. */
export const employmentWords = { 就业: "employed", 在职: "employed", 在职参保: "employed", 失业: "unemployed", 登记失业: "unemployed" } as const;
export const retirementWords = { 退休: "retired", 离退休: "retired" } as const;

/** Whose real estate a row is. */
export const owner: readonly DepartmentField[] = [
  { ...idNumber, label: text("权利人身份证号", "Owner's ID number"), headings: ["权利人证件号码", "权利人证件号", ...idNumber.headings] },
  { ...name, headings: ["权利人", "权利人姓名", ...name.headings] },
];

/** What a building is used for; only dwellings count. */
export const dwelling = {
  key: "usage",
  label: text("房屋用途", "Use of the building"),
  headings: ["房屋用途", "规划用途", "用途"],
  kind: "code",
  rule: "allows",
  several: "union",
  rowsWhere: [{ field: "usage", in: ["dwelling"] }],
  values: { 住宅: "dwelling", 成套住宅: "dwelling", 别墅: "dwelling", 农村宅基地住房: "dwelling" },
  finding: "Z01",
} as const satisfies Partial<DepartmentField>;

/** Floor area of the dwellings of one owner, added up. */
export const floorArea = {
  key: "area",
  label: text("建筑面积", "Floor area"),
  headings: ["建筑面积", "建筑面积(平方米)", "产权面积"],
  kind: "decimal",
  rule: "within-share",
  several: "sum",
  rowsWhere: [{ field: "usage", in: ["dwelling"] }],
  finding: "Z02",
} as const satisfies Partial<DepartmentField>;
