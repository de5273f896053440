// Classes of findings of the cross-match, with the working days a county may take to settle one. The codes up to their
// number in the plan's matrix are its own (S0); P07–P09 and M03 split what the matrix leaves in one (R).
import { finding } from "../../src/scheme/define.ts";
import type { FindingClass } from "../../src/scheme/define.ts";

/** Every class that a department of this scheme can raise. */
export const findingClasses: readonly FindingClass[] = [
  finding("P01", "absence", 15, "公安户籍中查无此人", "Not in the household register"),
  finding("P02", "identity", 15, "姓名与公安不一致", "Name differs from public security"),
  finding("P03", "identity", 15, "户籍地与公安不一致", "Place of registration differs from public security"),
  finding("P04", "life", 10, "公安登记已死亡", "Recorded dead by public security"),
  finding("P06", "absence", 20, "公安标注曾服兵役，未采集", "Marked as having served, but not captured"),
  finding("P07", "identity", 15, "性别与公安不一致", "Sex differs from public security"),
  finding("P08", "identity", 15, "民族与公安不一致", "Ethnic group differs from public security"),
  finding("P09", "identity", 15, "出生日期与公安不一致", "Date of birth differs from public security"),
  finding("M01", "benefit", 15, "填报无社会救助，民政在册", "Says no assistance, but is on the assistance register"),
  finding("M02", "absence", 15, "填报享受低保或特困，民政不在册", "Says assisted, but is not on the assistance register"),
  finding("M03", "benefit", 15, "救助类别与民政不一致", "Kind of assistance differs from civil affairs"),
  finding("H01", "insurance", 20, "养老保险与人社不一致", "Old-age insurance differs from social insurance"),
  finding("H02", "insurance", 20, "就业状态与人社不一致", "Employment differs from social insurance"),
  finding("Y01", "insurance", 20, "医疗保险与医保不一致", "Medical insurance differs from the medical insurance office"),
  finding("Z01", "housing", 20, "填报无房，名下有住房", "Says no housing, but owns a dwelling"),
  finding("Z02", "housing", 20, "住房面积与登记相差超过5%", "Floor area differs by more than 5 %"),
  finding("J01", "absence", 20, "军地服役名单中查无此人", "Not on the list of military service"),
  finding("J02", "service", 20, "入伍或退役时间不一致", "Dates of service differ"),
  finding("J03", "service", 20, "服役身份或人员类别不一致", "Standing or category differs"),
  finding("J04", "absence", 20, "服役名单在册，未采集", "On the list of military service, but not captured"),
];
