// Code sets of the household form: cause, degree and urgency of poverty, housing and living conditions, assistance now received.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

/** The rural list (P, A3a) and the city list (XH) in one, with keys of our own: their numbers overlap and differ. */
const povertyCause = codeSet("poverty-cause", "致贫原因", "Cause of poverty", [
  option("illness", "因病", "Illness", { alsoWritten: ["疾病"] }),
  option("disability", "因残", "Disability", { alsoWritten: ["残疾"] }),
  option("schooling", "因学", "Cost of schooling"),
  option("disaster", "因灾", "Disaster", { alsoWritten: ["灾害"] }),
  option("short_land", "缺土地", "Short of land"),
  option("lost_land", "失地", "Lost its land"),
  option("short_water", "缺水", "Short of water"),
  option("short_skill", "缺技术", "Short of skills"),
  option("short_labour", "缺劳力", "Short of labour", { alsoWritten: ["缺乏劳动力"] }),
  option("short_capital", "缺资金", "Short of capital"),
  option("unemployment", "失业", "Unemployment"),
  option("transport", "交通条件落后", "Poor transport"),
  option("motivation", "自身发展动力不足", "Little drive of its own"),
  option("other", "其他", "Other", { alsoWritten: ["其它"] }),
]);

const povertyDegree = codeSet("poverty-degree", "贫困程度", "Degree of poverty", options([
  ["1", "轻度", "Light"],
  ["2", "中度", "Medium"],
  ["3", "重度", "Severe"],
]));

const urgency = codeSet("urgency", "急缓程度", "Urgency", options([
  ["1", "一般", "Ordinary"],
  ["2", "较急", "Rather urgent"],
  ["3", "紧急", "Urgent"],
]));

const assistance = codeSet("assistance", "现享受救助", "Assistance now received", [
  option("1", "最低生活保障", "Minimum living allowance", { alsoWritten: ["低保", "城市低保", "农村低保", "城乡低保"] }),
  option("2", "特困人员救助供养", "Support for the extremely poor", { alsoWritten: ["特困", "特困供养", "五保"] }),
  option("3", "临时救助", "Temporary relief"),
  option("4", "其他救助", "Other assistance"),
  option("0", "无", "None", { exclusive: true }),
]);

const housingNature = codeSet("housing-nature", "住房性质", "Housing", options([
  ["1", "自有", "Owned"],
  ["2", "租赁", "Rented"],
  ["3", "无房", "None of its own"],
]));

const housingDetail = codeSet("housing-detail", "住房类型", "Kind of housing", [
  ...options([
    ["commercial", "商品房", "Commercial flat"],
    ["affordable", "经济适用房", "Affordable housing"],
    ["reform", "房改房", "Bought from the employer"],
    ["self_built", "自建房", "Self-built house"],
    ["helped_built", "帮建房", "Built with help"],
    ["lodging", "借房(寄住)", "Lodging with others"],
    ["rented", "租房", "Rented privately"],
  ]),
  option("low_rent", "廉租房", "Low-rent public housing", { alsoWritten: ["公租房"] }),
  option("other", "其他", "Other"),
]);

const housingStructure = codeSet("housing-structure", "住房结构", "Structure of the house", options([
  ["00", "砖瓦", "Brick and tile"],
  ["01", "砖混", "Brick and concrete"],
  ["02", "钢筋混凝土", "Reinforced concrete"],
  ["03", "土石结构", "Earth and stone"],
  ["04", "土坯", "Adobe"],
]));

const housingState = codeSet("housing-state", "房屋状况", "State of the house", options([
  ["1", "房屋完好", "Sound"],
  ["2", "一般危房", "Unsafe"],
  ["3", "较重危房", "Seriously unsafe"],
]));

const fuel = codeSet("fuel", "主要燃料", "Main fuels", options([
  ["firewood", "柴草", "Firewood and straw"],
  ["coal", "煤炭", "Coal"],
  ["gas", "燃气/沼气", "Gas or biogas"],
  ["electricity", "电", "Electricity"],
  ["other", "其他", "Other"],
]));

const water = codeSet("water", "饮水", "Drinking water", options([
  ["tap", "自来水", "Tap water"],
  ["well", "井水", "Well"],
  ["other", "其他", "Other"],
]));

const toilet = codeSet("toilet", "卫生设施", "Sanitation", options([
  ["sanitary", "卫生厕所", "Sanitary toilet"],
  ["dry", "旱厕", "Dry latrine"],
  ["none", "无厕所", "None"],
]));

const durables = codeSet("durables", "耐用品", "Durables", [
  ...options([
    ["television", "彩电", "Colour television"],
    ["refrigerator", "冰箱", "Refrigerator"],
    ["washing_machine", "洗衣机", "Washing machine"],
    ["mobile", "手机", "Mobile telephone"],
    ["computer", "电脑", "Computer"],
    ["motorcycle", "摩托车", "Motorcycle"],
    ["car", "汽车", "Car"],
  ]),
  option("none", "无", "None", { exclusive: true }),
]);

const participation = codeSet("social-participation", "社会参与状况", "Social participation", [
  ...options([
    ["party_groups", "党团活动", "Party and league activities"],
    ["village_council", "村民议事", "Village councils"],
    ["volunteering", "志愿服务", "Volunteering"],
    ["cooperative", "合作社", "Cooperative"],
  ]),
  option("none", "无", "None", { exclusive: true }),
]);

const change = codeSet("household-change", "家庭变动", "Change of the household", options([
  ["split", "分户", "Split"],
  ["merged", "并户", "Merged"],
  ["moved", "迁移", "Moved"],
  ["head_changed", "变更户主", "Another head"],
  ["head_died", "户主死亡", "Head died"],
  ["other", "其他", "Other"],
]));

/** Code sets of the household form. */
export const householdCodes: readonly CodeSet[] = [
  povertyCause,
  povertyDegree,
  urgency,
  assistance,
  housingNature,
  housingDetail,
  housingStructure,
  housingState,
  fuel,
  water,
  toilet,
  durables,
  participation,
  change,
];

/** Every cause, for the rule that another cause is not the main one. */
export const causes: readonly string[] = povertyCause.options.map((each) => each.code);
/** Every fuel, for the limit of three. */
export const fuels: readonly string[] = fuel.options.map((each) => each.code);
