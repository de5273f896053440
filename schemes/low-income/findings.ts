// Classes of findings of the cross-match, with the working days a county may take to settle one. The letters follow the departments of
// the matrix (P public security, M civil affairs, H social insurance, Y medical, Z housing); the others are reconstructed (R).
import { finding } from "../../src/scheme/define.ts";
import type { FindingClass } from "../../src/scheme/define.ts";

/** Every class that a department of this scheme can raise. */
export const findingClasses: readonly FindingClass[] = [
  finding("P01", "absence", 15, "公安户籍中查无户主", "The head is not in the household register"),
  finding("P02", "identity", 15, "户主姓名与公安不一致", "The head's name differs from public security"),
  finding("P03", "identity", 15, "户籍地与公安不一致", "Place of registration differs from public security"),
  finding("P04", "life", 10, "公安登记户主已死亡", "The head is recorded dead by public security"),
  finding("P05", "identity", 15, "户籍人口与填报家庭人口不一致", "Persons registered differ from the members declared"),
  finding("P07", "identity", 15, "户主性别与公安不一致", "The head's sex differs from public security"),
  finding("P09", "identity", 15, "户主出生日期与公安不一致", "The head's date of birth differs from public security"),
  finding("M01", "benefit", 10, "填报无救助，民政在册", "Says no assistance, but is on the assistance register"),
  finding("M02", "absence", 10, "填报享受低保或特困，民政不在册", "Says assisted, but is not on the assistance register"),
  finding("M03", "benefit", 10, "救助类别与民政不一致", "Kind of assistance differs from civil affairs"),
  finding("M04", "absence", 15, "民政在册救助家庭，未登记入库", "Assisted by civil affairs, but not in this register"),
  finding("M05", "benefit", 15, "月救助金额与民政相差超过5%", "Amount a month differs by more than 5 %"),
  finding("H01", "insurance", 15, "户主工资与社保缴费基数相差超过20%", "Wages differ by more than 20 % from the basis of contributions"),
  finding("H02", "insurance", 15, "户主就业状态与人社不一致", "Occupation differs from social insurance"),
  finding("H03", "insurance", 15, "户主养老金与人社发放相差超过5%", "Pension differs by more than 5 %"),
  finding("H04", "insurance", 10, "户主失业金领取情况与人社不一致", "Unemployment benefit differs from social insurance"),
  finding("Y01", "insurance", 15, "户主参保与医保不一致", "Medical insurance differs from the medical insurance office"),
  finding("Y02", "insurance", 15, "疾病支出与医保个人负担相差超过20%", "Medical expenses differ by more than 20 % from what was left to pay"),
  finding("Z01", "housing", 15, "填报无房，名下有住房", "Says no dwelling, but owns one"),
  finding("Z02", "housing", 15, "住房面积与登记相差超过10%", "Floor area differs by more than 10 %"),
  finding("B01", "benefit", 15, "未填报经营，市场监管有在营登记", "No business declared, but one is registered"),
  finding("C01", "benefit", 15, "未填报车辆，名下有车辆", "No vehicle declared, but one is registered"),
  finding("D01", "benefit", 15, "存款与金融机构反馈相差超过10%", "Deposits differ by more than 10 % from the banks' answer"),
  finding("E01", "life", 15, "学籍在册子女未填报在读", "A child is enrolled, but no member is declared at school"),
  finding("E02", "absence", 20, "填报教育困难，学籍名单中查无子女", "In educational hardship, but no child is on the list of pupils"),
  finding("A01", "life", 15, "户主残疾状况与残联不一致", "Disability differs from the disabled persons' federation"),
  finding("U01", "absence", 15, "工会在档困难职工，未登记入库", "A worker in hardship by the union's list, but not in this register"),
  finding("U02", "absence", 15, "填报困难职工，工会不在档", "Says worker in hardship, but is not on the union's list"),
  finding("U03", "benefit", 15, "工会在档困难职工，困难类别未选", "On the union's list, but the category is not ticked"),
  finding("T01", "insurance", 15, "户主工资与个税申报相差超过20%", "Wages differ by more than 20 % from the income tax returns"),
];
