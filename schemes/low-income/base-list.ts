// Columns of the base-list workbook (底册): the households on the lists of 城乡低保, 特困人员供养 and 临时救助 (S4, two (3) 5).
import { baseListColumn } from "../../src/scheme/define.ts";
import type { BaseListColumn } from "../../src/scheme/define.ts";

const column = baseListColumn("household");

/** In the order of the workbook. Options are written as labels; several are joined with 、. */
export const baseList: readonly BaseListColumn[] = [
  column("户主姓名", "householder_name", true, "姓名", "申请人姓名", "主申请人姓名"),
  column("户主身份证号", "householder_id", true, "身份证号", "身份证号码", "公民身份号码", "申请人身份证号"),
  column("户主性别", "householder_sex", false, "性别"),
  column("户主出生日期", "householder_birth", false, "出生日期"),
  column("家庭编号", "family_no", false, "户编号"),
  column("户籍行政区划", "region", true, "户籍行政区划(12位)", "户籍地行政区划", "行政区划代码"),
  column("家庭住址", "address", false, "住址", "地址"),
  column("联系电话", "phone", false, "手机", "手机号码", "电话"),
  column("困难类别", "categories", false, "人员类别", "对象类别"),
  column("现享受救助类型", "assistance", true, "救助类型", "救助类别", "保障类型"),
  column("救助证号", "assistance_no", false, "低保证号", "特困证号", "证号"),
  column("月救助金额", "assistance_monthly", false, "救助金额", "月保障金额"),
  column("享受起始年月", "assistance_since", false, "起始年月", "批准年月"),
];
