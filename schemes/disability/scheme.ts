// The update of disabled persons' services and needs (残疾人基本服务状况和需求信息数据动态更新): person form R1–R41 of the national form
// 动态1表 (国统制〔2016〕57号). Whoever was found answers it; for everyone else only the signature block is asked.
import { grounded, text } from "../../src/scheme/define.ts";
import type { Check, CodeSet, Form, Scheme } from "../../src/scheme/define.ts";
import { disabilityGrade, disabilityType } from "../codes/disability.ts";
import { sex } from "../codes/sex.ts";
import { baseList } from "./base-list.ts";
import { educationChecks, employmentChecks, securityChecks } from "./checks/conditions-of-life.ts";
import { acrossPersons, certificateChecks, personChecks, signingChecks } from "./checks/identity.ts";
import { educationCodes, employmentCodes } from "./codes/education-work.ts";
import { accessCodes, illnessCodes, rehabCodes } from "./codes/health-access.ts";
import { economyCodes, personCodes } from "./codes/person.ts";
import { careNeedCodes, careReceivedCodes, securityCodes } from "./codes/security-care.ts";
import { personScheme } from "./edition.ts";
import { findingClasses } from "./findings.ts";
import { barrierFree, culture, photos, signing } from "./forms/access.ts";
import { economy, education } from "./forms/economy-education.ts";
import { employment } from "./forms/employment.ts";
import { treatment } from "./forms/health.ts";
import { household, identity, state } from "./forms/person.ts";
import { care, security } from "./forms/security.ts";
import { departments } from "./sources.ts";

const FORM_2016 = "国统制〔2016〕57号 动态1表";
const PLAN = "甘残联发〔2016〕23号 动态更新工作实施方案";

/** What each section is for, said once for all its editions. */
export const purposes = {
  identity: text("确认持证残疾人身份，防止重复登记", "To establish who holds the certificate and register nobody twice"),
  state: text("掌握调查结果和入户率", "To know the outcome of the survey and the rate of visits"),
  household: text("联系本人或监护人，决定后续项目", "To reach the person or guardian and settle what is asked further on"),
  economy: text("掌握家庭经济和住房状况", "To know the household's economy and housing"),
  education: text("掌握受教育和在读状况", "To know education and attendance at school"),
  employment: text("掌握就业状况和帮扶需求", "To know employment and the help that is needed"),
  security: text("掌握社会保障落实情况，与部门数据比对", "To know what social security reaches the person and compare with departments"),
  care: text("掌握托养服务及需求", "To know care services and the need of them"),
  treatment: text("掌握医疗康复服务及需求", "To know treatment, rehabilitation and the need of them"),
  barrierFree: text("掌握家庭无障碍改造及需求", "To know alterations at home and the need of them"),
  culture: text("掌握参加文化体育活动情况", "To know participation in culture and sport"),
  signing: text("申报人确认、采集员负责", "To have the declarer confirm and the surveyor answer for it"),
} as const;

const form: Form = {
  key: "general",
  label: text("残疾人基本服务状况和需求信息数据动态更新残疾人登记表", "Update of disabled persons' services and needs: person form"),
  annex: "动态1表",
  sections: [
    grounded(purposes.identity, FORM_2016, identity),
    grounded(purposes.state, `${PLAN} 九、信息采集`, state),
    grounded(purposes.household, FORM_2016, household),
    grounded(purposes.economy, FORM_2016, economy),
    grounded(purposes.education, FORM_2016, education),
    grounded(purposes.employment, FORM_2016, employment),
    grounded(purposes.security, FORM_2016, security),
    grounded(purposes.care, FORM_2016, care),
    grounded(purposes.treatment, FORM_2016, treatment),
    grounded(purposes.barrierFree, FORM_2016, barrierFree),
    grounded(purposes.culture, FORM_2016, culture),
    grounded(purposes.signing, FORM_2016, signing),
    grounded(purposes.signing, FORM_2016, photos),
  ],
};

/** Every rule across items, in the order of the form. */
export const checks: readonly Check[] = [...certificateChecks, ...personChecks, ...educationChecks, ...employmentChecks, ...securityChecks, ...signingChecks];

/** Every code set of the sections; an edition keeps those that its items use. */
export const codeSets: readonly CodeSet[] = [
  sex,
  disabilityType,
  disabilityGrade,
  ...personCodes,
  ...economyCodes,
  ...educationCodes,
  ...employmentCodes,
  ...securityCodes,
  ...careReceivedCodes,
  ...careNeedCodes,
  ...illnessCodes,
  ...rehabCodes,
  ...accessCodes,
];

/** Version 2017.1: items R1–R41, reference date 30 June 2017. */
export const disability: Scheme = personScheme({
  version: "2017.1",
  label: text("残疾人基本服务状况和需求信息数据动态更新", "Services for disabled persons and their needs"),
  referenceDate: "2017-06-30",
  form,
  checks,
  acrossRecords: acrossPersons,
  codeSets,
  departments,
  findingClasses,
  baseList,
});
