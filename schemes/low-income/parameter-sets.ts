// Three sourced sets of deprivation cutoffs and weights, and the development index of the register. Weights are whole parts, so that nothing is rounded.
// A second Chinese set of four equal dimensions and ten indicators is known by that only: without its indicators and cutoffs it is not made up here.
import { text } from "../../src/scheme/define.ts";
import type { ParameterSet } from "../../src/statistics/deprivation.ts";
import type { DevelopmentSet } from "../../src/statistics/development.ts";

type Row = readonly [key: string, dimension: string, zh: string, en: string, measure: string | undefined, operator: ParameterSet["indicators"][number]["operator"], cutoff: number, weight: number];
const indicators = (rows: readonly Row[]): ParameterSet["indicators"] =>
  rows.map(([key, dimension, zh, en, measure, operator, cutoff, weight]) => ({ key, dimension, label: text(zh, en), ...(measure !== undefined && { measure }), operator, cutoff, weight }));
const dimension = (key: string, zh: string, en: string) => ({ key, label: text(zh, en) });
const health = dimension("health", "健康", "Health");
const education = dimension("education", "教育", "Education");
const living = dimension("living", "居住与生活", "Living conditions");
const income = dimension("income", "收入", "Income");

/** For this register: every input is an item that is collected. Cutoffs of money and floor area are a matter of the region. */
const register: ParameterSet = {
  key: "register",
  version: 1,
  label: text("本登记参数组", "Set of this register"),
  source: text("按试点方案登记事项设定，权重四个维度各四分之一；收入线取年人均9,600元（月低保标准约533元的1.5倍），人均面积13平方米为多地住房保障线，均可按地区调整", "Made from the items of the pilot plan, four dimensions of a quarter each; the line of income is 9,600 yuan per head and year (1.5 × an allowance of about 533 a month), 13 m² a usual line of housing support; both are set by region"),
  dimensions: [income, health, education, living],
  indicators: indicators([
    ["income", "income", "人均年收入低于线", "Income per head below the line", "income_per_head", "<", 9600, 4],
    ["illness", "health", "有成员患大病或残疾", "A member is gravely ill or disabled", "major_illness", "=", 1, 2],
    ["insurance", "health", "有成员未参加医疗保险", "A member has no medical insurance", "uninsured", "=", 1, 2],
    ["schooling", "education", "有成年人文化程度为小学及以下", "An adult has primary school at most", "low_schooling", "=", 1, 2],
    ["attendance", "education", "有6至15岁儿童未在校", "A child of 6 to 15 is not at school", "child_out_of_school", "=", 1, 2],
    ["housing", "living", "无房或住危房", "No housing, or unsafe", "unsafe_housing", "=", 1, 1],
    ["floor", "living", "人均住房面积不足13平方米", "Less than 13 m² per head", "area_per_head", "<", 13, 1],
    ["utilities", "living", "未通电或无自来水", "No electricity or no tap water", "no_power_or_water", "=", 1, 1],
    ["work", "living", "有劳动年龄成员而无人就业", "Members of working age, none at work", "nobody_at_work", "=", 1, 1],
  ]),
  k: { of: 1, in: 3 },
  missing: "not-deprived",
  counts: "people",
};

/** A survey of southern Shaanxi, 2018: eleven indicators in four dimensions. */
const shaanxi: ParameterSet = {
  key: "shaanxi-2018",
  version: 1,
  label: text("陕西南部2018参数组", "Southern Shaanxi 2018"),
  source: text("《资源科学》发表的陕西南部农户多维贫困研究（2018）：教育、健康、生活水平、收入各0.25，收入线2,300元；k取三分之一", "Study of rural households in southern Shaanxi, Resources Science, 2018: education, health, living, income 0.25 each, income line 2,300 yuan; k = ⅓"),
  dimensions: [education, health, living, income],
  indicators: indicators([
    ["schooling", "education", "受教育年限：最高只有小学", "Schooling: nobody beyond primary school", "best_schooling_primary", "=", 1, 3],
    ["attendance", "education", "适龄儿童未在校", "A child of school age is not at school", "child_out_of_school", "=", 1, 3],
    ["illness", "health", "有成员患大病、慢性病", "A member is gravely or long ill", "any_illness", "=", 1, 3],
    ["insurance", "health", "没有医疗保险", "No medical insurance", "uninsured", "=", 1, 3],
    ["fuel", "living", "燃料：柴草、煤炭", "Fuel: firewood or coal", "solid_fuel", "=", 1, 1],
    ["toilet", "living", "卫生设施：无卫生厕所", "Sanitation: no sanitary toilet", "no_toilet", "=", 1, 1],
    ["water", "living", "清洁饮水：没有", "Clean water: none", "no_safe_water", "=", 1, 1],
    ["light", "living", "照明：未通电", "Light: no electricity", "no_electricity", "=", 1, 1],
    ["housing", "living", "住房：土坯", "Housing: adobe", "adobe_housing", "=", 1, 1],
    ["durables", "living", "耐用品：不足", "Durables: too few", "few_durables", "=", 1, 1],
    ["income", "income", "人均纯收入低于2,300元", "Net income per head below 2,300 yuan", "income_per_head", "<", 2300, 6],
  ]),
  k: { of: 1, in: 3 },
  missing: "not-deprived",
  counts: "people",
};

/** The global index. Nutrition and child mortality are collected nowhere in this register: the other eight stand for the whole, which is said with each value. */
const globalIndex: ParameterSet = {
  key: "global-mpi",
  version: 1,
  label: text("全球多维贫困指数参数组", "Global multidimensional poverty index"),
  source: text("联合国开发计划署与牛津贫困与人类发展研究中心全球MPI：三个维度各三分之一，k取三分之一；营养和儿童死亡率本登记不采集，由其余指标按比例代表", "UNDP and OPHI, global MPI: three dimensions of a third each, k = ⅓; nutrition and child mortality are not collected here, the others stand for the whole in proportion"),
  dimensions: [health, education, living],
  indicators: indicators([
    ["nutrition", "health", "营养", "Nutrition", undefined, "=", 1, 3],
    ["mortality", "health", "儿童死亡", "Child mortality", undefined, "=", 1, 3],
    ["schooling", "education", "无人受过六年以上教育", "Nobody has more than six years of schooling", "best_schooling_primary", "=", 1, 3],
    ["attendance", "education", "适龄儿童未在校", "A child of school age is not at school", "child_out_of_school", "=", 1, 3],
    ["fuel", "living", "烹饪燃料", "Cooking fuel", "solid_fuel", "=", 1, 1],
    ["toilet", "living", "卫生设施", "Sanitation", "no_toilet", "=", 1, 1],
    ["water", "living", "饮用水", "Drinking water", "no_safe_water", "=", 1, 1],
    ["light", "living", "电力", "Electricity", "no_electricity", "=", 1, 1],
    ["housing", "living", "住房", "Housing", "adobe_housing", "=", 1, 1],
    ["durables", "living", "资产", "Assets", "few_durables", "=", 1, 1],
  ]),
  k: { of: 1, in: 3 },
  missing: "not-deprived",
  counts: "people",
};

/** The first is the one that is proposed. */
export const lowIncomeSets: readonly ParameterSet[] = [register, shaanxi, globalIndex];

/** Geometric mean of health, schooling, living and work. The pilot plan names the index and gives no formula: this one is written out with each value. */
export const lowIncomeDevelopment: DevelopmentSet = {
  key: "development",
  version: 2,
  label: text("发展指数", "Development index"),
  source: text("试点方案列有“发展指数”而未给公式；此处仿人类发展指数取四项几何平均：健康、教育、生活、就业；收入以本地上年人均可支配收入为满值，未设定的用2023年全国居民人均可支配收入39218元", "The pilot plan names the index without a formula; made like the human development index: the geometric mean of health, schooling, living and work; income is full at the local disposable income a head of the year before, where none is set at the national one of 2023, 39,218 yuan"),
  parts: [
    { key: "health", label: text("健康成员占比", "Share of healthy members"), unit: text("占比", "share"), sum: "healthy_members", per: "people", least: 0, most: 1 },
    { key: "education", label: text("成年人平均受教育年数", "Mean years of schooling of adults"), unit: text("年", "years"), sum: "schooling_years", per: "adults", least: 0, most: 15 },
    { key: "living", label: text("人均年收入", "Income per head"), unit: text("元", "yuan"), sum: "income_per_head", per: "people", ofEach: true, least: 0, most: 39_218, line: "disposable-income" },
    { key: "employment", label: text("劳动年龄就业占比", "Share of working age at work"), unit: text("占比", "share"), sum: "at_work", per: "working_age", least: 0, most: 1 },
  ],
};
