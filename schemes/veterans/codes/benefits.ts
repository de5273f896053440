// Code sets of the shared benefit block (PAY) and of the sub-forms for disabled persons and bereaved families.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const stateBenefit = codeSet("state-benefit", "享受优抚待遇情况", "Benefits received", [
  option("regular_pension", "定期抚恤金", "Regular pension"),
  option("regular_subsidy", "定期生活补助金", "Regular living subsidy"),
  option("nursing_fee", "定期护理费", "Regular nursing fee"),
  option("other", "其他", "Other"),
  option("none", "不享受", "None", { exclusive: true, alsoWritten: ["无"] }),
]);

const objectState = codeSet(
  "object-state",
  "优抚对象状态",
  "State of entitlement",
  options([
    ["1", "受理", "Application received"],
    ["2", "享受待遇", "Receiving benefits"],
    ["3", "身份认定不享受待遇", "Status confirmed, without benefits"],
    ["4", "停发", "Payment stopped"],
    ["5", "迁移", "Moved"],
    ["6", "不予认定", "Not confirmed"],
    ["7", "去世", "Died"],
    ["8", "取消", "Cancelled"],
    ["9", "中止", "Suspended"],
  ]),
);

const supportMode = codeSet(
  "support-mode",
  "供养方式",
  "Way of support",
  options([
    ["1", "分散供养", "At home"],
    ["2", "优抚医院", "Veterans' hospital"],
    ["3", "精神病院", "Psychiatric hospital"],
    ["4", "光荣院", "Home of honour"],
    ["5", "敬老院", "Home for the aged"],
    ["6", "其他", "Other"],
    ["none", "无", "None"],
  ]),
);

const labour = codeSet(
  "labour",
  "劳动能力",
  "Ability to work",
  options([
    ["1", "有劳动能力", "Able"],
    ["2", "部分丧失劳动能力", "Partly lost"],
    ["3", "完全丧失劳动能力", "Wholly lost"],
  ]),
);

const viability = codeSet(
  "viability",
  "生活能力",
  "Ability to care for oneself",
  options([
    ["1", "自理", "Independent"],
    ["3", "半自理", "Partly dependent"],
    ["2", "享受护理", "Nursed"],
  ]),
);

const disabType = codeSet(
  "disab-type",
  "伤残类别",
  "Class of disabled person",
  options([
    ["11", "残疾军人", "Disabled soldier"],
    ["12", "伤残国家机关工作人员", "Disabled official"],
    ["13", "行政编制人民警察", "Disabled police officer (administrative post)"],
    ["14", "伤残民兵民工", "Disabled militia member or labourer"],
    ["15", "因战因公伤残人员", "Person disabled in war or on duty"],
    ["16", "非行政编制人民警察", "Disabled police officer (other post)"],
  ]),
);

const soldierGrade = codeSet("soldier-disability-grade", "伤残等级", "Grade of disability", [
  option("01", "一级", "Grade 1 (heaviest)"),
  option("02", "二级", "Grade 2"),
  option("03", "三级", "Grade 3"),
  option("04", "四级", "Grade 4"),
  option("05", "五级", "Grade 5"),
  option("06", "六级", "Grade 6"),
  option("07", "七级", "Grade 7"),
  option("08", "八级", "Grade 8"),
  option("09", "九级", "Grade 9"),
  option("10", "十级", "Grade 10"),
]);

const disabNature = codeSet(
  "disab-nature",
  "伤残性质",
  "Cause of disability",
  options([
    ["1", "因战", "In war"],
    ["2", "因公", "On duty"],
    ["3", "因病", "By illness"],
  ]),
);

const disabDomain = codeSet(
  "disab-domain",
  "伤残属别",
  "Standing of the disabled person",
  options([
    ["1", "在乡", "Living in the country"],
    ["2", "在职", "Employed"],
  ]),
);

const warPeriod = codeSet(
  "war-period",
  "属于时期",
  "Period",
  options([
    ["1", "抗日战争", "War against Japan"],
    ["2", "解放战争", "War of Liberation"],
    ["3", "建国后", "After 1 October 1949"],
  ]),
);

const injuryPart = codeSet(
  "injury-part",
  "致残部位",
  "Part of the body",
  options([
    ["head", "头部", "Head"],
    ["eyes", "眼", "Eyes"],
    ["ears", "耳", "Ears"],
    ["trunk", "躯干", "Trunk"],
    ["spine", "脊柱", "Spine"],
    ["upper_limb", "上肢", "Arm or hand"],
    ["lower_limb", "下肢", "Leg or foot"],
    ["organ", "内脏", "Internal organ"],
    ["mental", "精神", "Mind"],
    ["other", "其他", "Other"],
  ]),
);

const disabCertificate = codeSet("disab-certificate", "伤残证件名称", "Disability certificate", [
  option("soldier", "中华人民共和国残疾军人证", "Disabled soldier's certificate", { alsoWritten: ["残疾军人证"] }),
  option("militia", "中华人民共和国伤残民兵民工证", "Disabled militia and labourers' certificate", { alsoWritten: ["伤残民兵民工证"] }),
  option("duty", "中华人民共和国因战因公伤残人员证", "Certificate of persons disabled in war or on duty", {
    alsoWritten: ["因战因公伤残人员证"],
  }),
]);

const assistiveDevice = codeSet(
  "assistive-device",
  "辅助器材",
  "Assistive devices",
  options([
    ["prosthesis", "假肢", "Prosthesis"],
    ["orthosis", "矫形器", "Orthosis"],
    ["mobility", "移动辅助器具", "Mobility aid"],
    ["daily_living", "生活类辅助器具", "Aid for daily living"],
  ]),
);

const gradeChangeKind = codeSet(
  "grade-change-kind",
  "伤残变动种类",
  "Kind of change",
  options([
    ["assessed", "评定", "Assessed"],
    ["adjusted", "调整", "Adjusted"],
    ["later_assessed", "补办", "Assessed after service"],
    ["reissued", "换证", "Certificate reissued"],
  ]),
);

const careLevel = codeSet(
  "care-level",
  "护理费",
  "Nursing fee",
  options([
    ["war_duty_1_2", "因战因公一至二级(50%)", "War or duty, grades 1–2 (50 %)"],
    ["war_duty_3_4", "因战因公三至四级(40%)", "War or duty, grades 3–4 (40 %)"],
    ["illness_1_4", "因病一至四级(30%)", "Illness, grades 1–4 (30 %)"],
    ["none", "不享受", "None"],
  ]),
);

const bereavedRelation = codeSet("bereaved-relation", "与烈士(牺牲、病故军人)关系", "Relation to the deceased", [
  option("1", "父母(抚养人)", "Parent or foster parent", { alsoWritten: ["父母", "抚养人", "父亲", "母亲"] }),
  option("2", "子女", "Child", { alsoWritten: ["儿子", "女儿"] }),
  option("3", "配偶", "Spouse"),
  option("4", "兄弟姐妹", "Sibling"),
]);

const residenceClass = codeSet(
  "residence-class",
  "城乡分区",
  "Urban or rural",
  options([
    ["urban", "城镇", "Urban"],
    ["rural", "农村", "Rural"],
  ]),
);

const burialKind = codeSet(
  "burial-kind",
  "烈士安葬情况",
  "Burial",
  options([
    ["domestic", "境内", "In China"],
    ["abroad", "境外", "Abroad"],
    ["unknown", "不清楚", "Not known"],
  ]),
);

/** Code sets of benefits, disability and bereavement. */
export const benefitCodes: readonly CodeSet[] = [
  stateBenefit,
  objectState,
  supportMode,
  labour,
  viability,
  disabType,
  soldierGrade,
  disabNature,
  disabDomain,
  warPeriod,
  injuryPart,
  disabCertificate,
  assistiveDevice,
  gradeChangeKind,
  careLevel,
  bereavedRelation,
  residenceClass,
  burialKind,
];
