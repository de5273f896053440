// Columns of the base-list workbook (底册): what is known of a person before the round, preloaded to the terminals.
import { baseListColumn } from "../../src/scheme/define.ts";
import type { BaseListColumn } from "../../src/scheme/define.ts";

const column = baseListColumn("general");

/** In the order of the workbook. Options are written as labels; several categories are joined with 、. */
export const baseList: readonly BaseListColumn[] = [
  column("姓名", "name", true, "对象姓名"),
  column("身份证号", "id_number", true, "身份证号码", "公民身份号码", "身份证件号码"),
  column("性别", "sex", false),
  column("民族", "ethnic", false),
  column("出生日期", "birth_date", false, "出生年月日"),
  column("户籍行政区划", "domicile_region", true, "户籍行政区划(12位)", "户籍行政区划代码", "户籍地行政区划", "行政区划代码"),
  column("户籍地址", "domicile_address", false, "户籍地", "户籍所在地"),
  column("实际居住地址", "residence_address", false, "现住址", "居住地址"),
  column("联系电话", "mobile", false, "手机", "手机号码", "电话"),
  column("人员类别", "categories", true, "对象类别", "优抚对象类别"),
  column("入伍时间", "enlist_date", false, "入伍(参加工作)时间", "入伍日期"),
  column("退役时间", "leave_date", false, "退伍时间", "退役日期", "退伍(离休退休)时间"),
  column("服役期间身份", "service_identity", false, "服役身份"),
  column("备注", "remark", false),
];
