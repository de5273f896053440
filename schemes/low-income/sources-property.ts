// Departments that know property: real estate, businesses, vehicles, deposits. One row a thing; numbers of one owner are added up.
import { answered, and, isIn, text } from "../../src/scheme/define.ts";
import type { Department } from "../../src/scheme/define.ts";
import { dwelling, floorArea, idNumber, name, owner } from "../list-columns.ts";

/** Owners of real estate; only dwellings count. */
const housing: Department = {
  key: "housing",
  label: text("自然资源和住建", "Natural resources and housing"),
  authorised: true,
  fields: [
    ...owner,
    { key: "location", label: text("坐落", "Location"), headings: ["坐落", "房屋坐落"], kind: "address" },
    {
      ...dwelling,
      compares: "household.housing_nature",
      // Who rents out the own dwelling and lives elsewhere says so among the property.
      allowed: { dwelling: ["1", "2"] },
      ofMember: { compares: "household.housing_nature", finding: "Z11" },
    },
    {
      ...floorArea,
      compares: "household.housing_area",
      tolerance: 0.1,
      comparedIf: and(isIn("household.housing_nature", ["1"]), answered("household.housing_area")),
    },
  ],
  absences: [],
};

/** Registered businesses in which the head or a member has money. */
const market: Department = {
  key: "market_regulation",
  label: text("市场监管", "Market regulation"),
  authorised: true,
  fields: [
    { ...idNumber, headings: ["经营者证件号码", "投资人证件号码", ...idNumber.headings] },
    { ...name, headings: ["经营者姓名", "投资人姓名", ...name.headings] },
    { key: "business", label: text("企业名称", "Business"), headings: ["企业名称", "字号名称", "市场主体名称"], kind: "text" },
    { key: "registration_no", label: text("注册号", "Registration"), headings: ["注册号", "统一社会信用代码"], kind: "text" },
    {
      key: "state",
      label: text("登记状态", "State"),
      headings: ["登记状态", "经营状态", "存续状态"],
      kind: "yes-no",
      values: { 存续: "yes", 在营: "yes", 开业: "yes", 在业: "yes", 注销: "no", 吊销: "no" },
      compares: "household.head_business",
      rule: "equal",
      rowsWhere: [{ field: "state", in: ["yes"] }],
      finding: "B01",
      ofMember: { compares: "household.members[].business", finding: "B11" },
    },
    { key: "capital", label: text("出资额", "Capital"), headings: ["出资额", "注册资本", "认缴出资额"], kind: "money" },
  ],
  absences: [],
};

/** Owners of vehicles. */
const vehicles: Department = {
  key: "vehicles",
  label: text("公安车管", "Vehicle registration"),
  authorised: true,
  fields: [
    { ...idNumber, label: text("机动车所有人身份证号", "Owner's ID number"), headings: ["机动车所有人证件号码", "所有人证件号码", ...idNumber.headings] },
    { ...name, headings: ["机动车所有人", "所有人", ...name.headings] },
    { key: "plate", label: text("号牌号码", "Number plate"), headings: ["号牌号码", "车牌号"], kind: "text" },
    { key: "make", label: text("品牌型号", "Make"), headings: ["品牌型号", "品牌"], kind: "text" },
    {
      key: "state",
      label: text("机动车状态", "State"),
      headings: ["机动车状态", "车辆状态"],
      kind: "yes-no",
      values: { 正常: "yes", 违法未处理: "yes", 逾期未检验: "yes", 注销: "no", 报废: "no", 转出: "no" },
      compares: "household.head_vehicle",
      rule: "equal",
      rowsWhere: [{ field: "state", in: ["yes"] }],
      finding: "C01",
      ofMember: { compares: "household.members[].vehicle", finding: "C11" },
    },
    { key: "registered_on", label: text("初次登记日期", "Registered on"), headings: ["初次登记日期", "登记日期"], kind: "date" },
  ],
  absences: [],
};

/** Balances at the banks on the day of the query. */
const banks: Department = {
  key: "banks",
  label: text("银行(金融机构)", "Banks"),
  authorised: true,
  fields: [
    { ...idNumber, headings: ["客户证件号码", ...idNumber.headings] },
    { ...name, headings: ["客户姓名", "户名", ...name.headings] },
    { key: "bank", label: text("开户银行", "Bank"), headings: ["开户银行", "银行"], kind: "text" },
    { key: "balance", label: text("余额", "Balance"), headings: ["余额", "存款余额", "账户余额"], kind: "money", compares: "household.head_deposits", rule: "within-share", tolerance: 0.1, several: "sum", finding: "D01", ofMember: { compares: "household.members[].deposits", finding: "D11" } },
    { key: "queried_on", label: text("查询日期", "Queried on"), headings: ["查询日期", "查询时间"], kind: "date" },
  ],
  absences: [],
};

/** The four lists of property. */
export const propertyDepartments: readonly Department[] = [housing, market, vehicles, banks];
