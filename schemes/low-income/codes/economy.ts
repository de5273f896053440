// Code sets of the economic check: income (groups b11–b14 with their items), expenses, property, insurance, where a figure comes from.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet, Option } from "../../../src/scheme/define.ts";

const group = (code: string, zh: string, en: string, items: readonly (readonly [string, string, string])[]): readonly Option[] => [
  option(code, zh, en, { needsSub: true }),
  ...items.map(([key, itemZh, itemEn]) => option(`${code}_${key}`, itemZh, itemEn, { parent: code })),
];

const wage = group("b11", "工资性收入", "Wages", [
  ["wage", "工资", "Wage"],
  ["bonus", "奖金", "Bonus"],
  ["allowance", "补贴", "Allowance"],
  ["overtime", "加班", "Overtime"],
  ["second_job", "第二职业", "Second job"],
  ["part_time", "兼职", "Part-time work"],
  ["casual", "零星劳动", "Casual work"],
  ["farm_sideline", "农副业", "Farm sidelines"],
  ["collective", "集体经济分配", "Share in the collective"],
]);

const business = group("b12", "经营性收入", "Business", [
  ["registered", "有注册经营净收入", "Net income of a registered business"],
  ["unregistered", "无注册经营净收入", "Net income of an unregistered business"],
]);

const property = group("b13", "财产性收入", "Property", [
  ["interest", "利息", "Interest"],
  ["fund", "基金", "Fund gains"],
  ["dividend", "股票红利", "Dividends"],
  ["insurance", "保险收益", "Insurance gains"],
  ["rent", "出租", "Rent"],
  ["intellectual", "知识产权", "Intellectual property"],
  ["other", "其他财产性收入", "Other income from property"],
]);

const transfer = group("b14", "转移性收入", "Transfers", [
  ["unemployment", "失业金", "Unemployment benefit"],
  ["pension", "养老金", "Old-age pension"],
  ["retirement", "离退休金", "Retirement pay"],
  ["living_aid", "生活救助", "Living aid"],
  ["post_subsidy", "岗位补贴", "Post subsidy"],
  ["insurance_subsidy", "社保补贴", "Social insurance subsidy"],
  ["survivor", "遗属补助", "Survivors' benefit"],
  ["lottery", "彩票", "Lottery"],
  ["support", "赡(抚、扶)养费", "Support from relatives"],
  ["severance", "辞退金", "Severance pay"],
  ["compensation", "赔偿", "Compensation"],
  ["donation", "捐赠", "Donation"],
  ["gift", "赠予", "Gift"],
  ["inheritance", "遗产", "Inheritance"],
  ["scholarship", "奖学金", "Scholarship"],
  ["conscript", "义务兵自谋职业补助", "Subsidy for conscripts' own job seeking"],
  ["climate", "高温/取暖补贴", "Heat or heating subsidy"],
  ["other", "其他转移性收入", "Other transfers"],
]);

const incomeKind = codeSet("income-kind", "收入项目", "Kind of income", [...wage, ...business, ...property, ...transfer]);

const codesOf = (list: readonly Option[]): readonly string[] => list.map((each) => each.code);
/** Codes of the four groups of income, the group's own code included. */
export const incomeGroups = { wage: codesOf(wage), business: codesOf(business), property: codesOf(property), transfer: codesOf(transfer) } as const;

const amountSource = codeSet("amount-source", "金额来源", "Where the figure comes from", options([
  ["declared", "本人申报", "Declared"],
  ["paper", "收入证明、票据", "Certificate or receipt"],
  ["department", "部门数据", "A department's data"],
  ["survey", "入户核实", "Found on the visit"],
]));

const expenseKind = codeSet("expense-kind", "支出项目", "Kind of expense", [
  option("medical", "疾病支出(自付)", "Illness, self-paid", { alsoWritten: ["疾病支出", "医疗"] }),
  option("rehabilitation", "康复护理支出", "Rehabilitation and care"),
  option("education", "教育支出", "Education", { alsoWritten: ["教育"] }),
  option("accident", "意外、灾害支出", "Accident or disaster"),
  option("fees", "缴费(水电气等)", "Utilities and fees", { alsoWritten: ["缴费"] }),
  option("social_insurance", "社保缴纳", "Social insurance contributions"),
  option("housing_fund", "公积金", "Housing fund contributions"),
  option("tax", "纳税", "Taxes"),
  option("rent", "房租", "Rent"),
  option("living", "基本生活支出", "Basic living"),
  option("other", "其他支出", "Other"),
]);

/** Necessary (rigid) expenses: medical, education and the like. The list of a region may be narrower (configuration). */
export const rigidExpenses: readonly string[] = ["medical", "rehabilitation", "education", "accident"];

/** Self-declared property; 201 is missing in the source and read as the dwelling. */
const assetKind = codeSet("asset-kind", "财产种类", "Kind of property", options([
  ["101", "储蓄存款", "Deposits"],
  ["102", "国债", "Treasury bonds"],
  ["103", "股票", "Shares"],
  ["104", "其他有价证券", "Other securities"],
  ["105", "储蓄性保险", "Savings insurance"],
  ["106", "其他金融财产", "Other financial property"],
  ["201", "房产", "Dwelling or other building"],
  ["202", "耕地", "Farmland"],
  ["203", "经济林木", "Economic trees"],
  ["204", "鱼塘", "Fish pond"],
  ["205", "家畜家禽", "Livestock and poultry"],
  ["206", "其他经营性财产", "Other business property"],
  ["301", "古玩字画", "Antiques, paintings"],
  ["302", "空调冰箱", "Air conditioner, refrigerator"],
  ["303", "其他高档消费品", "Other costly goods"],
  ["304", "车辆", "Vehicle"],
  ["400", "其他", "Other"],
]));

const assetDetail = codeSet("asset-detail", "核对财产类别", "Class in the economic check", options([
  ["c21", "车辆", "Vehicle"],
  ["c22", "房产", "Real estate"],
  ["c23", "存款", "Deposit"],
  ["c24", "股票", "Shares"],
  ["c25", "基金", "Funds"],
  ["c26", "商业保险", "Commercial insurance"],
  ["c27", "债券", "Bonds"],
  ["c28", "期货", "Futures"],
  ["c29", "理财", "Wealth management product"],
  ["c30", "贵金属", "Precious metals"],
]));

const insuranceKind = codeSet("insurance-kind", "险种", "Kind of insurance", options([
  ["01", "养老保险", "Old-age"],
  ["02", "医疗保险", "Medical"],
  ["03", "失业保险", "Unemployment"],
  ["04", "工伤保险", "Work injury"],
  ["05", "生育保险", "Maternity"],
  ["06", "商业保险", "Commercial"],
  ["07", "其他", "Other"],
  ["08", "公积金", "Housing fund"],
]));

const insuranceCycle = codeSet("insurance-cycle", "缴费周期", "Paid every", options([
  ["01", "月", "Month"],
  ["02", "年", "Year"],
  ["03", "一次性", "Once"],
]));

/** Code sets of the economic check. */
export const economyCodes: readonly CodeSet[] = [incomeKind, amountSource, expenseKind, assetKind, assetDetail, insuranceKind, insuranceCycle];
