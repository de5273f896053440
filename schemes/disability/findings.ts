// Classes of findings of the cross-match of this survey (township checks against 民政, 残联, 社保, 住建, 扶贫; S3), with the working
// days a county may take to settle one. The codes of the departments follow the matrix of the veterans' plan; C and F are new (R).
import { finding } from "../../src/scheme/define.ts";
import type { FindingClass } from "../../src/scheme/define.ts";

/** Every class that a department of this survey can raise. */
export const findingClasses: readonly FindingClass[] = [
  finding("P01", "absence", 15, "公安户籍中查无此人", "Not in the household register"),
  finding("P02", "identity", 15, "姓名与公安不一致", "Name differs from public security"),
  finding("P03", "identity", 15, "现居住地与户籍地不在同一乡镇(人户分离)", "Lives outside the township of registration"),
  finding("P04", "life", 10, "公安登记已死亡", "Recorded dead by public security"),
  finding("P10", "identity", 15, "户口性质与公安不一致", "Kind of registration differs from public security"),
  finding("C01", "absence", 15, "残联持证库中没有", "Not among the holders of certificates"),
  finding("C02", "identity", 10, "残疾人证号与残联不一致", "Certificate number differs from the federation"),
  finding("C03", "identity", 10, "残疾类别与残联不一致", "Kind of disability differs from the federation"),
  finding("C04", "identity", 10, "残疾等级与残联不一致", "Grade of disability differs from the federation"),
  finding("C05", "life", 10, "残联登记证件已注销，填报为正常", "Certificate cancelled, but recorded as normal"),
  finding("C06", "absence", 20, "残联有证，未调查", "Holds a certificate, but was not surveyed"),
  finding("M01", "benefit", 15, "民政有救助，未填报", "Assisted by civil affairs, but not stated"),
  finding("M02", "absence", 15, "填报低保或特困，民政没有", "Stated as assisted, but not on the register"),
  finding("M04", "benefit", 15, "民政发放两项补贴，未填报", "Receives a subsidy, but it is not stated"),
  finding("M05", "benefit", 15, "民政有低保，收入情况未填低于低保标准", "On the allowance, but income stated above its standard"),
  finding("H01", "insurance", 15, "职工养老保险与人社不一致", "Employees' old-age insurance differs"),
  finding("H02", "insurance", 15, "就业情况与人社不一致", "Employment differs from social insurance"),
  finding("H03", "insurance", 15, "居民养老保险与人社不一致", "Residents' old-age insurance differs"),
  finding("Y01", "insurance", 15, "职工医疗保险与社保不一致", "Employees' medical insurance differs"),
  finding("Y02", "insurance", 15, "居民医疗保险与社保不一致", "Residents' medical insurance differs"),
  finding("Z01", "housing", 15, "住建登记危房改造，未填报", "House rebuilt under the programme, but not stated"),
  finding("Z02", "housing", 15, "住房保障方式与住建不一致", "Housing support differs from the housing office"),
  finding("Z03", "housing", 15, "农村住房情况与危房鉴定不一致", "Rural housing differs from the survey of houses"),
  finding("F01", "benefit", 15, "扶贫建档立卡与填报不一致", "Registered as poor, but not stated"),
  finding("F02", "absence", 15, "填报建档立卡，扶贫没有", "Stated as registered poor, but not on the register"),
];
