// The economic check: rows of income, expenses, property and insurance with the number of the member they belong to, and totals that
// follow from the rows. Nobody types a total; nothing is imputed.
import { and, eq, isIn, item, ref, section, sum, text, value } from "../../../src/scheme/define.ts";
import type { Item, Section } from "../../../src/scheme/define.ts";
import { incomeGroups, rigidExpenses } from "../codes/economy.ts";
import { money, noted, squareMetres } from "./marks.ts";
import { h, MAX_MEMBERS, someRow, sumIf } from "./rows.ts";

const memberNo = (required: boolean): Item =>
  item("member_no", "integer", "成员序号", "Member number", ["R"], { ...(required ? { required } : {}), min: 1, max: MAX_MEMBERS });

/** The twelve months over which income is counted. */
export const period: Section = section("period", "收入核定期间", "Period of the income", [
  item("income_period_from", "date", "收入核定起", "From", ["XH"], { required: true, help: text("申请前12个月", "The twelve months before the application") }),
  item("income_period_to", "date", "收入核定止", "To", ["XH"], { required: true }),
]);

/** Income, row by row. */
export const incomes: Section = section(
  "incomes",
  "收入明细",
  "Income",
  [
    memberNo(true),
    item("kind", "code", "收入项目", "Kind", ["XH"], { codeSet: "income-kind", required: true }),
    item("amount", "money", "期间内金额", "Amount in the period", ["XH"], { required: true, ...money, help: text("经营性收入填净收入，亏损填0", "Business: net income, 0 for a loss") }),
    item("from", "month", "起", "From", ["XH"]),
    item("to", "month", "止", "To", ["XH"]),
    item("payer", "text", "付款单位或个人", "Payer", ["XH"], { maxLength: 80, ...money }),
    item("registration_no", "text", "经营注册号", "Registration of the business", ["XH"], {
      shownIf: eq(".kind", value("b12_registered")),
      text: "certificate",
      maxLength: 30,
    }),
    item("source", "code", "金额来源", "Where the figure comes from", ["XH", "R"], { codeSet: "amount-source", required: true }),
  ],
  { repeats: { max: 120 } },
);

/** Expenses, row by row. */
export const expenses: Section = section(
  "expenses",
  "支出明细",
  "Expenses",
  [
    item("kind", "code", "支出项目", "Kind", ["XH"], {
      codeSet: "expense-kind",
      required: true,
      ...noted(["XH", "R"], "Names of groups d31–d39; education, care, rent and living are taken out of 其他支出"),
    }),
    item("amount", "money", "期间内金额", "Amount in the period", ["XH"], { required: true, ...money, help: text("医疗填报销后的自付部分", "Medical: the part left after reimbursement") }),
    memberNo(false),
    item("paid_on", "date", "发生日期", "Date", ["XH"]),
    item("note", "text", "说明(病种、学校等)", "Remark (illness, school …)", ["XH"], { maxLength: 100, sensitivity: "health" }),
  ],
  { repeats: { max: 120 } },
);

const dwelling = eq(".kind", value("201"));
const vehicle = eq(".kind", value("304"));

/** Property, row by row. */
export const assets: Section = section(
  "assets",
  "财产明细",
  "Property",
  [
    memberNo(true),
    item("kind", "code", "财产种类", "Kind", ["XH"], { codeSet: "asset-kind", required: true, ...noted(["XH", "R"], "201 is missing in the source's list and read as 房产") }),
    item("detail", "code", "核对财产类别", "Class in the economic check", ["XH"], {
      codeSet: "asset-detail",
      ...noted(["XH", "R"], "c22 is confirmed; the order of the other ten names is read as their numbers"),
    }),
    item("description", "text", "名称和说明", "What it is", ["XH"], { maxLength: 120, ...money, help: text("品牌、坐落、银行等", "Make, place, bank …") }),
    item("certificate_no", "text", "号牌、证号或账号", "Number plate, deed or account", ["XH"], { text: "certificate", maxLength: 40, ...money }),
    item("area", "decimal", "建筑面积", "Floor area", ["XH"], { shownIf: dwelling, decimals: 2, min: 0, max: 9999, unit: squareMetres }),
    item("lived_in", "yes-no", "是否居住", "Lived in", ["XH"], { shownIf: dwelling }),
    item("registered_on", "date", "登记日期", "Registered on", ["XH"], { shownIf: isIn(".kind", ["201", "304"]) }),
    item("vehicle_use", "text", "使用性质", "Use of the vehicle", ["XH"], { shownIf: vehicle, maxLength: 40 }),
    item("value", "money", "现值", "Value now", ["XH"], { required: true, ...money }),
    item("source", "code", "金额来源", "Where the figure comes from", ["XH", "R"], { codeSet: "amount-source" }),
  ],
  { repeats: { max: 60 } },
);

/** Insurances of the members. */
export const insurances: Section = section(
  "insurances",
  "参保情况",
  "Insurances",
  [
    memberNo(true),
    item("kind", "code", "险种", "Kind", ["XH"], { codeSet: "insurance-kind", required: true }),
    item("cycle", "code", "缴费周期", "Paid every", ["XH"], { codeSet: "insurance-cycle" }),
    item("amount", "money", "每期缴费", "Paid each time", ["XH"], money),
    item("paid_until", "month", "缴至", "Paid until", ["XH"]),
  ],
  { repeats: { max: 120 } },
);

const incomeOf = (group: keyof typeof incomeGroups, zh: string, en: string): Item =>
  item(`income_${group}`, "computed", zh, en, ["XH"], { computed: sumIf("incomes", isIn(".kind", incomeGroups[group]), ".amount"), ...money });

/** Totals of the household. */
export const totals: Section = section("totals", "收支和财产合计", "Totals", [
  incomeOf("wage", "工资性收入", "Wages"),
  incomeOf("business", "经营性收入", "Business"),
  incomeOf("property", "财产性收入", "Property"),
  incomeOf("transfer", "转移性收入", "Transfers"),
  item("income_total", "computed", "家庭年总收入", "Income of the household", ["XH", "S4"], { computed: sum(h("incomes"), ".amount"), ...money }),
  item("income_per_head", "computed", "家庭人均年收入", "Income per head", ["XH", "S4"], { computed: ["/", ref(h("income_total")), ref(h("member_count"))], ...money }),
  item("expense_total", "computed", "支出总计", "Expenses", ["XH", "S4"], { computed: sum(h("expenses"), ".amount"), ...money }),
  item("rigid_total", "computed", "刚性支出", "Necessary expenses", ["P", "R"], {
    computed: sumIf("expenses", isIn(".kind", rigidExpenses), ".amount"),
    ...money,
    ...noted(["P", "R"], "Medical care, rehabilitation, education, accidents; which kinds count is a matter of the region"),
  }),
  item("rigid_ratio", "computed", "刚性支出占收入比", "Necessary expenses to income", ["P"], {
    computed: ["*", ["/", ref(h("rigid_total")), ref(h("income_total"))], value(100)],
    unit: text("%", "%"),
    sensitivity: "money",
  }),
  item("assets_total", "computed", "财产总计", "Property", ["XH"], { computed: sum(h("assets"), ".value"), ...money }),
  item("contribution_total", "computed", "每期参保缴费合计", "Insurance payments", ["R"], { computed: sum(h("insurances"), ".amount"), ...money }),
]);

/** Figures of the head, by which lists are compared that know him only. */
const ofHead = eq(".member_no", 1);
const headSum = (key: string, zh: string, en: string, rows: string, when: Parameters<typeof and>[0], amount: string): Item =>
  item(key, "computed", zh, en, ["R"], { computed: sumIf(rows, and(ofHead, when), amount), ...money });
const headHas = (key: string, zh: string, en: string, rows: string, when: Parameters<typeof and>[0], sensitivity: Item["sensitivity"]): Item =>
  item(key, "computed", zh, en, ["R"], { computed: someRow(rows, and(ofHead, when)), sensitivity });

/** The head's job, found by asking his row for each code. */
const headJob = (codes: readonly string[]): Item["computed"] => {
  const [first = "90", ...rest] = codes;
  const is = someRow("members", and(ofHead, eq(".job_state", value(first))));
  return rest.length === 0 ? ["if", is, value(first), value("90")] : ["if", is, value(first), headJob(rest) ?? value("90")];
};

/** Compared with the departments' lists, which are joined by the head's number. */
export const headFigures: Section = section("head_figures", "户主比对口径", "Figures of the head for cross-checks", [
  item("head_job", "computed", "户主就业状态", "Head's occupation", ["R"], {
    codeSet: "occupation-status",
    computed: headJob(["11", "13", "17", "21", "24", "27", "31", "37", "51", "54", "70", "80"]),
  }),
  headSum("head_wages", "户主工资性收入", "Head's wages", "incomes", isIn(".kind", incomeGroups.wage), ".amount"),
  headSum("head_pension", "户主养老金、离退休金", "Head's pension", "incomes", isIn(".kind", ["b14_pension", "b14_retirement"]), ".amount"),
  headSum("head_deposits", "户主存款", "Head's deposits", "assets", eq(".kind", value("101")), ".value"),
  headSum("head_medical", "户主疾病支出", "Head's medical expenses", "expenses", eq(".kind", value("medical")), ".amount"),
  headHas("head_unemployment_benefit", "户主领取失业金", "Head draws unemployment benefit", "incomes", eq(".kind", value("b14_unemployment")), "money"),
  headHas("head_business", "户主有经营性收入", "Head has a business", "incomes", isIn(".kind", incomeGroups.business), "money"),
  headHas("head_vehicle", "户主名下有车辆", "Head owns a vehicle", "assets", vehicle, "money"),
  headHas("head_dwelling", "户主名下有房产", "Head owns a dwelling", "assets", dwelling, "money"),
  headHas("head_medical_insured", "户主参加医疗保险", "Head has medical insurance", "insurances", eq(".kind", value("02")), "plain"),
  headHas("head_disabled", "户主残疾", "Head is disabled", "members", ["has", ref(".health"), ["disabled"]], "health"),
  item("has_student", "computed", "家庭有在读学生", "A member is at school", ["R"], { computed: someRow("members", isIn(".edu_state", ["02", "04"])) }),
]);
