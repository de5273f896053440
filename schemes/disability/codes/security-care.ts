// Code sets of social security, assistance, welfare and care (R22–R30).
import { codeSet, option } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const workerInsurance = codeSet("worker-insurance", "职工社会保险", "Employees' social insurance", [
  option("1", "养老保险", "Old-age insurance", { alsoWritten: ["职工养老保险", "城镇职工基本养老保险"] }),
  option("2", "医疗保险", "Medical insurance", { alsoWritten: ["职工医疗保险", "城镇职工基本医疗保险"] }),
  option("3", "其他(失业、工伤、生育)", "Other (unemployment, injury, maternity)", { alsoWritten: ["失业保险", "工伤保险", "生育保险"] }),
  option("4", "未参加", "None", { exclusive: true, alsoWritten: ["均未参加"] }),
]);

const assistance = codeSet("assistance", "社会救助及住房改善", "Social assistance and better housing", [
  option("1", "最低生活保障", "Minimum living allowance", { needsSub: true, alsoWritten: ["低保"] }),
  option("11", "城镇低保(全额)", "Urban, in full", { parent: "1", alsoWritten: ["全额"] }),
  option("12", "城镇低保(差额)", "Urban, the difference", { parent: "1", alsoWritten: ["差额"] }),
  option("13", "农村低保", "Rural", { parent: "1" }),
  option("2", "特困人员救助供养", "Support for the extremely poor", { alsoWritten: ["特困", "特困供养", "五保"] }),
  option("3", "医疗救助", "Medical assistance"),
  option("4", "其他救助", "Other assistance", { needsSub: true }),
  option("41", "临时救助", "Temporary assistance", { parent: "4" }),
  option("42", "教育救助", "Assistance with education", { parent: "4" }),
  option("43", "受灾人员救助", "Relief after disasters", { parent: "4" }),
  option("44", "其他", "Other", { parent: "4" }),
  option("5", "享受住建部门农村危房改造", "Rebuilding of dilapidated rural houses", { alsoWritten: ["农村危房改造", "危房改造"] }),
  option("6", "无", "None", { exclusive: true }),
]);

const welfare = codeSet("welfare", "社会福利补贴", "Welfare subsidies", [
  option("1", "困难残疾人生活补贴", "Living subsidy for disabled persons in hardship", { alsoWritten: ["生活补贴"] }),
  option("2", "重度残疾人护理补贴", "Nursing subsidy for severely disabled persons", { alsoWritten: ["护理补贴"] }),
  option("3", "其他福利补贴", "Other welfare subsidy", { needsSub: true }),
  option("31", "儿童福利", "Child welfare", { parent: "3" }),
  option("32", "老年人福利", "Welfare of the old", { parent: "3", alsoWritten: ["高龄津贴"] }),
  option("33", "其他", "Other", { parent: "3" }),
  option("4", "无", "None", { exclusive: true }),
]);

const care = codeSet("care-received", "是否享受托养服务", "Receives a care service", [
  option("1", "是", "Yes", { needsSub: true }),
  option("11", "居家托养", "Care at home", { parent: "1", alsoWritten: ["居家"] }),
  option("12", "日间照料", "Day care", { parent: "1" }),
  option("13", "寄宿制托养", "Residential care", { parent: "1", alsoWritten: ["寄宿"] }),
  option("2", "否", "No"),
]);

const careNeed = codeSet("care-need", "托养服务需求", "Need of a care service", [
  option("1", "居家托养", "Care at home", { alsoWritten: ["居家托养服务"] }),
  option("2", "日间照料", "Day care"),
  option("3", "寄宿制托养", "Residential care"),
  option("4", "无", "None", { exclusive: true }),
]);

/** Code sets of R22–R28. */
export const securityCodes: readonly CodeSet[] = [workerInsurance, assistance, welfare];
/** The code set of R29, and that of R30. */
export const careReceivedCodes: readonly CodeSet[] = [care];
export const careNeedCodes: readonly CodeSet[] = [careNeed];
