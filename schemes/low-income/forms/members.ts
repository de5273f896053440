// Member form: one row a member, the head first (number 1), and the head counts that follow from the rows.
import { and, answered, countIf, eq, ge, has, isIn, item, or, ref, referenceDate, section, text, value, years } from "../../../src/scheme/define.ts";
import type { Expression, Item, Section } from "../../../src/scheme/define.ts";
import { incomeGroups } from "../codes/economy.ts";
import { employedCodes, health, identity, money, noted, persons, presentStates } from "./marks.ts";
import { forThisMember, h, MAX_MEMBERS, of, someRow, sumIf } from "./rows.ts";

const schooling = or(isIn(".edu_state", ["02", "04"]), eq(".job_state", value("31")));
const employed = isIn(".job_state", employedCodes.filter((code) => code !== "27"));
const carded = isIn(".id_kind", ["1", "2", "3"]);

const who: readonly Item[] = [
  item("member_no", "integer", "成员序号", "Member number", ["R"], {
    required: true,
    min: 1,
    max: MAX_MEMBERS,
    help: text("从1起连续编号，户主为1；收入、支出等按此序号对应", "From 1 without gaps, the head being 1; income, expenses and so on refer to it"),
  }),
  item("name", "text", "姓名", "Name", ["XH"], { required: true, fromCard: true, text: "name", maxLength: 50 }),
  item("id_kind", "code", "证件种类", "Kind of paper", ["XH"], { codeSet: "id-kind", required: true }),
  item("id_number", "id-number", "身份证号", "Citizen ID number", ["XH", "STD"], { required: carded, shownIf: carded, fromCard: true, basis: "GB 11643", ...identity }),
  item("other_id_no", "text", "其他证件号码", "Number of another paper", ["XH"], {
    required: isIn(".id_kind", ["4", "5"]),
    shownIf: isIn(".id_kind", ["4", "5"]),
    text: "certificate",
    maxLength: 30,
    ...identity,
  }),
  item("sex", "code", "性别", "Sex", ["XH"], { codeSet: "sex", required: true, fromCard: true }),
  item("birth_date", "date", "出生日期", "Date of birth", ["XH"], { required: true, fromCard: true }),
  item("age", "computed", "年龄(标准时点)", "Age at the reference date", ["S4"], { computed: years(".birth_date", referenceDate), unit: text("岁", "years") }),
  item("ethnic", "code", "民族", "Ethnic group", ["XH"], { codeSet: "ethnic", required: isIn(".nationality", ["156"]), fromCard: true }),
  item("nationality", "code", "国籍", "Nationality", ["XH"], { codeSet: "nationality", required: true }),
  item("hukou_kind", "code", "户口类型", "Kind of registration", ["XH", "R"], { codeSet: "hukou-type", required: true }),
  item("relation_to_head", "code", "与户主关系", "Relation to the head", ["XH", "STD"], { codeSet: "family-relation", required: true }),
  item("political", "code", "政治面貌", "Political status", ["S4", "XH"], { codeSet: "political", required: true }),
  item("marital", "code", "婚姻状况", "Marital status", ["XH", "P"], { codeSet: "marital", required: true }),
  item("education", "code", "文化程度", "Level of education", ["XH", "P"], { codeSet: "education", required: true }),
];

const condition: readonly Item[] = [
  item("health", "codes", "健康状况", "Health", ["P", "XH"], {
    codeSet: "family-health",
    required: true,
    ...health,
    ...noted(["P", "XH"], "The four words of the poverty forms; several may hold"),
  }),
  item("labour", "code", "劳动能力", "Ability to work", ["XH", "P"], { codeSet: "labour", required: true, ...health }),
  item("self_care", "code", "生活自理能力", "Self-care", ["XH"], { codeSet: "self-care", required: true, ...health }),
  item("disab_type", "code", "残疾类别", "Kind of disability", ["XH", "STD"], {
    codeSet: "disability-type",
    required: has(".health", "disabled"),
    shownIf: has(".health", "disabled"),
    ...health,
  }),
  item("disab_grade", "code", "残疾等级", "Grade of disability", ["XH", "STD"], {
    codeSet: "disability-grade",
    required: has(".health", "disabled"),
    shownIf: has(".health", "disabled"),
    ...health,
  }),
  item("disab_cert_no", "text", "残疾人证号", "Disability certificate", ["XH"], {
    shownIf: has(".health", "disabled"),
    text: "certificate",
    maxLength: 24,
    help: text("身份证号18位，加残疾类别1位、等级1位", "The ID number, one digit for the kind, one for the grade"),
    ...identity,
  }),
  item("major_disease", "code", "重病病种", "Major disease", ["XH"], { codeSet: "major-disease", required: has(".health", "major"), shownIf: has(".health", "major"), ...health }),
  item("special_group", "codes", "分类救助", "Graded assistance", ["XH", "R"], { codeSet: "special-group", ...health, ...noted(["XH", "R"], "The first two groups are XH's, the others reconstructed") }),
];

const work: readonly Item[] = [
  item("job_state", "code", "就业状态", "Occupation", ["XH", "S4", "STD"], { codeSet: "occupation-status", required: true }),
  item("employer", "text", "工作单位", "Employer", ["XH"], { shownIf: employed, maxLength: 80 }),
  item("employer_kind", "code", "单位性质", "Kind of employer", ["XH"], { codeSet: "employer-kind", shownIf: employed }),
  item("industry", "code", "行业", "Industry", ["XH", "STD"], { codeSet: "industry", shownIf: employed }),
  item("job_from", "date", "就业起始日期", "In work since", ["XH"], { shownIf: employed }),
  item("job_to", "date", "就业终止日期", "In work until", ["XH"], { shownIf: or(employed, isIn(".job_state", ["70", "80"])) }),
  item("edu_state", "code", "就学状态", "State of schooling", ["XH"], { codeSet: "education-state", required: eq(".job_state", value("31")) }),
  item("school", "text", "就读学校", "School", ["XH"], { required: schooling, shownIf: schooling, maxLength: 80 }),
  item("enter_at", "month", "入学时间", "Entered school", ["XH"], { shownIf: answered(".edu_state") }),
  item("leave_at", "month", "离校时间", "Left school", ["XH"], { shownIf: isIn(".edu_state", ["01", "03", "05", "99"]) }),
  item("aid_reason", "text", "助学原因", "Reason of the education aid", ["XH"], { shownIf: schooling, maxLength: 100, sensitivity: "appeal" }),
  item("aid_body", "text", "助学机构", "Body giving the education aid", ["XH"], { shownIf: schooling, maxLength: 80 }),
  item("aid_amount", "money", "助学金额", "Education aid a year", ["XH"], { shownIf: schooling, ...money }),
];

const earned: Expression = forThisMember((no) => sumIf("incomes", and(of(no), isIn(".kind", [...incomeGroups.wage, ...incomeGroups.business])), ".amount"), value(0));
const signed: Expression = forThisMember((no) => someRow("authorisations", and(of(no), answered(".signature"))), value(false));
const insured: Expression = forThisMember((no) => someRow("insurances", and(of(no), eq(".kind", value("02")))), value(false));

const perMember = (key: string, zh: string, en: string, rows: string, when: Expression, amount: string): Item =>
  item(key, "computed", zh, en, ["R"], { computed: forThisMember((no) => sumIf(rows, and(of(no), when), amount), value(0)), ...money });
const memberHas = (key: string, zh: string, en: string, rows: string, when: Expression): Item =>
  item(key, "computed", zh, en, ["R"], { computed: forThisMember((no) => someRow(rows, and(of(no), when)), value(false)), sensitivity: "money" });

/** Figures of the member by which departments' lists are compared. */
const compared: readonly Item[] = [
  perMember("wages", "其中：工资性收入", "Of which wages", "incomes", isIn(".kind", [...incomeGroups.wage]), ".amount"),
  perMember("pension", "其中：养老金、离退休金", "Of which pension", "incomes", isIn(".kind", ["b14_pension", "b14_retirement"]), ".amount"),
  perMember("deposits", "存款", "Deposits", "assets", eq(".kind", value("101")), ".value"),
  memberHas("business", "有经营性收入", "Has a business", "incomes", isIn(".kind", [...incomeGroups.business])),
  memberHas("vehicle", "名下有车辆", "Owns a vehicle", "assets", eq(".kind", value("304"))),
  item("disabled", "computed", "残疾", "Is disabled", ["R"], { computed: has(".health", "disabled"), ...health }),
];

const standing: readonly Item[] = [
  item("person_state", "code", "人员状态", "State of the person", ["XH"], {
    codeSet: "person-state",
    required: true,
    ...identity,
    help: text("嫁娶、分户迁出、死亡等成员保留一行，不计入家庭人口", "Who died, married out or moved keeps the row and is no longer counted"),
  }),
  item("state_since", "date", "状态发生日期", "Since", ["XH", "R"], {
    required: isIn(".person_state", ["02", "03", "04", "05", "06"]),
    shownIf: isIn(".person_state", ["02", "03", "04", "05", "06"]),
    ...identity,
  }),
  item("member_since", "date", "加入家庭日期", "Member since", ["R"], { help: text("婚入、迁入、收养等填写；出生即为成员的不填", "For who married in, moved in or was adopted; not for who was born into it") }),
  item("income", "computed", "年收入合计", "Income of the year", ["XH"], { computed: forThisMember((no) => sumIf("incomes", of(no), ".amount"), value(0)), ...money }),
  item("earned_income", "computed", "其中：工资和经营收入", "Of which earned", ["XH", "R"], { computed: earned, ...money }),
  item("medical_insured", "computed", "参加医疗保险", "Has medical insurance", ["XH"], { computed: insured }),
  item("authorised", "computed", "已签核对授权书", "Has signed the authorisation", ["K", "LAW"], { computed: signed }),
];

/** The members, at most thirty. */
export const members: Section = section("members", "家庭成员", "Members", [...who, ...condition, ...work, ...standing, ...compared], { repeats: { max: MAX_MEMBERS } });

const present = isIn(".person_state", presentStates);

/** Counts that follow from the rows. */
export const counts: Section = section("counts", "家庭人口", "Counts", [
  item("member_count", "computed", "家庭人口数", "Members", ["XH"], {
    computed: countIf(h("members"), present),
    unit: persons,
    ...noted(["XH", "R"], "Members present; who died, is missing or in prison, married out or moved is listed but not counted"),
  }),
  item("agri_pop", "computed", "农业人口", "Rural registration", ["XH"], { computed: countIf(h("members"), and(present, eq(".hukou_kind", value("1")))), unit: persons }),
  item("nonagri_pop", "computed", "非农业人口", "Urban registration", ["XH"], { computed: countIf(h("members"), and(present, eq(".hukou_kind", value("2")))), unit: persons }),
  item("employed_count", "computed", "就业人数", "At work", ["S4"], {
    computed: countIf(h("members"), and(present, isIn(".job_state", employedCodes))),
    unit: persons,
    ...noted(["S4", "R"], "Codes 11–27, 37, 51 and 54 of GB/T 2261.4 count as at work, farmers among them"),
  }),
  item("labour_count", "computed", "劳动力人数", "Able to work", ["R"], {
    computed: countIf(h("members"), and(present, isIn(".labour", ["01", "02"]), ge(".age", 16))),
    unit: persons,
  }),
  item("minor_count", "computed", "未成年人数", "Minors", ["R"], { computed: countIf(h("members"), and(present, ["<", ref(".age"), value(18)])), unit: persons }),
]);
