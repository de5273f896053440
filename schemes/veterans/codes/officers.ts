// Code sets of transferred officers and of retired officers and NCOs (annexes 2 and 4).
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";
import { numbered, paired, type Row, sergeants } from "./ranks.ts";

const division: Row = ["division", "师", "Division"];
const regiment: Row = ["regiment", "团", "Regiment"];
const battalion: Row = ["battalion", "营", "Battalion"];
const company: Row = ["company", "连", "Company"];
const platoon: Row = ["platoon", "排", "Platoon"];

const officerPlacement = codeSet("officer-placement", "安置类别", "Way of placement", [
  option("planned", "计划分配", "Placed by plan", { alsoWritten: ["计划分配军转干部", "转业军官"] }),
  option("self_chosen", "自主择业", "Chooses work independently", { alsoWritten: ["自主择业军转干部"] }),
  option("own_occupation", "自谋职业", "Own occupation (1993–2000)"),
  option("voluntary", "自愿自行就业", "Works by own will", { alsoWritten: ["自愿自行就业军转干部"] }),
  option("enterprise", "企业军转", "Placed in an enterprise (until 2000)", { alsoWritten: ["企业军转干部"] }),
  option("civilian_post", "现役干部转改文职人员", "Serving cadre turned civilian employee"),
  option("monthly_pension", "逐月领取退役金", "Monthly discharge pension"),
]);

const officerKind = codeSet(
  "officer-kind",
  "军官类别",
  "Kind of officer",
  options([
    ["command", "行政军官(指挥管理)", "Command and administration"],
    ["technical", "技术军官(专业技术)", "Professional and technical"],
  ]),
);

const civilKind = codeSet(
  "civil-kind",
  "文职类别",
  "Kind of civilian cadre",
  options([
    ["management", "管理文职", "Management"],
    ["technical", "技术文职", "Technical"],
  ]),
);

const dutyGrade = codeSet(
  "duty-grade",
  "职务(技术)等级",
  "Grade of duty",
  options([
    ...paired("职", [division, regiment, battalion, company, platoon]),
    ...paired("级", [
      ["bureau", "局", "Bureau"],
      ["office", "处", "Office"],
      ["section", "科", "Section"],
    ]),
    ["clerk_1", "一级科员", "Clerk, first class"],
    ["clerk_2", "二级科员", "Clerk, second class"],
    ["assistant", "办事员", "Assistant"],
    ...numbered(6, 14, ["technical_#", "技术#级", "Technical #"]),
    ["other", "其他", "Other"],
  ]),
);

const placeLevel = codeSet(
  "place-level",
  "安置职务级别",
  "Level of the post received",
  options([
    ["department_chief", "厅局级正职", "Department, chief"],
    ["department_deputy", "厅局级副职", "Department, deputy"],
    ["county_chief", "县处级正职", "County, chief"],
    ["county_deputy", "县处级副职", "County, deputy"],
    ["township_chief", "乡科级正职", "Township, chief"],
    ["township_deputy", "乡科级副职", "Township, deputy"],
    ["clerk", "科员级", "Clerk"],
    ["assistant", "办事员级", "Assistant"],
    ["unranked", "未定职公务员", "Civil servant without level"],
  ]),
);

const enterpriseStatus = codeSet(
  "enterprise-status",
  "企业军转干部状况",
  "Situation in the enterprise",
  options([
    ["working", "在岗", "At work"],
    ["retired", "退休", "Retired"],
    ["laid_off", "下岗", "Laid off"],
    ["unemployed", "失业", "Unemployed"],
    ["retired_cadre", "离休", "Retired as an old cadre"],
    ["other", "其他", "Other"],
    ["dead", "已故", "Dead"],
  ]),
);

const joinPeriod = codeSet(
  "join-period",
  "参加革命时期",
  "Period of joining",
  options([
    ["agrarian", "土地革命战争时期", "Agrarian Revolutionary War"],
    ["japan", "抗日战争时期", "War against Japan"],
    ["liberation", "解放战争时期", "War of Liberation"],
    ["after_1949", "建国后", "After 1 October 1949"],
  ]),
);

const restKind = codeSet(
  "rest-kind",
  "军休类别",
  "Kind of retirement",
  options([
    ["old_cadre", "离休干部", "Old cadre (离休)"],
    ["retired_officer", "退休干部", "Retired officer"],
    ["retired_nco", "退休士官", "Retired NCO"],
    ["changed", "退休改离休", "Retirement changed into 离休"],
  ]),
);

const handoverBatch = codeSet(
  "handover-batch",
  "安置计划批次",
  "Batch of handover",
  options([
    ["1", "一批", "First"],
    ["2", "二批", "Second"],
    ["3", "三批", "Third"],
    ["4", "四批", "Fourth"],
    ["5", "五批", "Fifth"],
    ["6", "六批", "Sixth"],
    ["2015", "2015年度", "Year 2015"],
    ["other", "其他批次", "Other"],
    ["none", "无", "None"],
  ]),
);

const restPlaceMode = codeSet(
  "rest-place-mode",
  "安置方式",
  "Place of retirement",
  options([
    ["here", "就地安置", "Where he or she served"],
    ["elsewhere", "易地安置", "Elsewhere"],
  ]),
);

const managerKind = codeSet(
  "manager-kind",
  "安置管理单位性质",
  "Who manages",
  options([
    ["government", "政府管理", "Government"],
    ["army", "军队管理", "Army"],
  ]),
);

const cadreKind = codeSet(
  "cadre-kind",
  "干部类别",
  "Kind of cadre",
  options([
    ["officer", "军官", "Officer"],
    ["technical_officer", "技术军官", "Technical officer"],
    ["civilian", "文职", "Civilian cadre"],
    ["technical_civilian", "技术文职", "Technical civilian cadre"],
    ["nco", "士官", "NCO"],
  ]),
);

/** Levels of treatment of retired officers and NCOs. */
export const treatLevel = codeSet(
  "treat-level",
  "享受待遇级别",
  "Level of treatment",
  options([
    ["command_leader", "军区领导", "Leader of a command"],
    ...paired("职", [["command", "大区", "Command"], ["corps", "军", "Corps"], division, regiment, battalion, company]),
    ["platoon_chief", "正排职", "Platoon, chief"],
    ...sergeants,
  ]),
);

/** Code sets of annexes 2 and 4. */
export const officerCodes: readonly CodeSet[] = [
  officerPlacement,
  officerKind,
  civilKind,
  dutyGrade,
  placeLevel,
  enterpriseStatus,
  joinPeriod,
  restKind,
  handoverBatch,
  restPlaceMode,
  managerKind,
  cadreKind,
  treatLevel,
];
