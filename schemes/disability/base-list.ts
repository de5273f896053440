// Columns of the base-list workbook (底册): holders of certificates in the provincial base, preloaded to the terminals.
import { baseListColumn } from "../../src/scheme/define.ts";
import type { BaseListColumn } from "../../src/scheme/define.ts";

const column = baseListColumn("general");

/** In the order of the workbook. */
export const baseList: readonly BaseListColumn[] = [
  column("姓名", "name", true, "残疾人姓名"),
  column("身份证号", "id_number", true, "身份证号码", "公民身份号码"),
  column("残疾人证号", "cert_no", true, "残疾证号", "残疾人证号码"),
  column("现居住地行政区划", "region", true, "现居住地行政区划(12位)", "行政区划代码", "现居住地代码"),
  column("联系人姓名", "contact_name", false, "联系人", "监护人姓名"),
  column("固定电话", "landline", false, "固话"),
  column("手机", "mobile", false, "手机号码", "联系电话"),
  column("一户多残编码", "multi_disabled_house_no", false, "户口号码"),
];
