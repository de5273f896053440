// What one province asks besides the national form (items G1–G20 of the app; the plan lets a province adjust). A province applies it to
// the scheme without forking it: nothing of the national form is taken away or loosened.
import { and, block, explain, grounded, gt, has, isIn, section, text } from "../../src/scheme/define.ts";
import type { Check, Item, Overlay, Section } from "../../src/scheme/define.ts";
import { ethnic } from "../codes/ethnic.ts";
import { political } from "../codes/political.ts";
import { aged, ageFrom, g, normal, rural, under, urban, yes } from "./conditions.ts";
import { EDITABLE, from, question } from "./origins.ts";
import { provincialCodes } from "./codes/overlay.ts";

const APP = from(["APP"]);
const defaults = from(["APP", "R"], `the app names the item; ${EDITABLE}`);
const BASIS = "省级动态更新工作方案 五、更新内容(根据全省工作需要进行微调)";
const purpose = text("满足全省工作需要的补充指标", "Extra items for the work of the province");
const based = (item: Item): Item => ({ purpose, basis: BASIS, ...item });

const work: Section = section(
  "provincial_work",
  "省级补充：教育与创业",
  "Province: education and business",
  [
    question("G10", "study_grant", "money", "助学金(年)", "Grant a year", APP, { shownIf: aged(3, 30), min: 0, max: 100_000, unit: text("元", "yuan"), sensitivity: "money" }),
    question("G11", "education_need", "codes", "教育需求", "Need of education", defaults, { codeSet: "education-need", required: true, shownIf: aged(3, 30) }),
    question("G12", "has_vocational_cert", "code", "是否有职业资格证书", "Holds a vocational certificate", APP, { codeSet: "yes-no-12", required: true, shownIf: ageFrom(16) }),
    question("G13", "vocational_cert", "codes", "职业资格证书种类", "Kind of vocational certificate", defaults, {
      codeSet: "vocational-certificate",
      required: true,
      shownIf: yes("has_vocational_cert"),
    }),
    question("G14", "founded_business", "code", "是否创办实体", "Founded a business", APP, { codeSet: "yes-no-12", required: true, shownIf: ageFrom(16) }),
  ],
  { shownIf: normal },
);

const services: Section = section(
  "provincial_services",
  "省级补充：服务与需求",
  "Province: services and needs",
  [
    question("G15", "security_need", "codes", "社会保障需求", "Need of social security", defaults, { codeSet: "security-need", required: true }),
    question("G16", "child_rehab_aid", "code", "是否享受残疾儿童康复救助", "Receives the aid for children's rehabilitation", APP, {
      codeSet: "yes-no-12",
      required: true,
      shownIf: aged(0, 18),
      sensitivity: "health",
    }),
    question("G17", "legal_received", "codes", "得到的法律服务", "Legal services received", defaults, { codeSet: "legal-service", required: true }),
    question("G18", "legal_need", "codes", "法律服务需求", "Need of legal services", defaults, { codeSet: "legal-service", required: true }),
    question("G19", "talents", "codes", "文体特长", "Talents in culture and sport", defaults, { codeSet: "talent", required: true, shownIf: ageFrom(6) }),
    question("G19", "height_cm", "integer", "身高", "Height", APP, {
      required: has(g("talents"), "4"),
      shownIf: has(g("talents"), "1", "4"),
      min: 40,
      max: 250,
      unit: text("厘米", "cm"),
      sensitivity: "health",
    }),
    question("G20", "culture_need", "codes", "文体需求", "Need of culture and sport", defaults, { codeSet: "culture-need", required: true, shownIf: ageFrom(6) }),
  ],
  { shownIf: normal },
);

const inHousehold = (key: string, after: string, item: Item) => ({ form: "general", section: key, after, item: based(item) });

const items: NonNullable<Overlay["items"]> = [
  inHousehold("household", "marital", question("G1", "ethnic", "code", "民族", "Ethnic group", APP, { codeSet: "ethnic", required: true })),
  inHousehold("household", "ethnic", question("G2", "political", "code", "政治面貌", "Political status", APP, { codeSet: "political", required: true, shownIf: ageFrom(14) })),
  inHousehold("household", "political", question("G3", "family_size", "integer", "家庭人口", "Persons in the household", APP, { required: true, min: 1, max: 50, unit: text("人", "persons") })),
  inHousehold(
    "household",
    "family_size",
    question("G4", "residence_address", "address", "现住址", "Present address", APP, { required: true, maxLength: 120, sensitivity: "contact" }),
  ),
  inHousehold("household", "residence_address", question("G5", "left_behind", "code", "是否留守儿童", "Child left behind", APP, { codeSet: "yes-no-12", required: true, shownIf: aged(0, 16) })),
  inHousehold(
    "household",
    "left_behind",
    question("G6", "disab_feature", "codes", "残疾特征", "Feature of the disability", defaults, { codeSet: "disability-feature", required: true, sensitivity: "health" }),
  ),
  inHousehold(
    "economy",
    "urban_housing",
    question("G7", "urban_housing_need", "codes", "城镇住房需求", "Need of housing in town", from(["APP", "R"], `two items of housing need, town and country is R; ${EDITABLE}`), {
      codeSet: "housing-need",
      required: true,
      shownIf: urban,
    }),
  ),
  inHousehold(
    "economy",
    "rural_housing",
    question("G8", "rural_housing_need", "codes", "农村住房需求", "Need of housing in the country", from(["APP", "R"], `two items of housing need, town and country is R; ${EDITABLE}`), {
      codeSet: "housing-need",
      required: true,
      shownIf: rural,
    }),
  ),
  inHousehold(
    "economy",
    "rural_housing_need",
    question("G9", "income_per_head", "money", "家庭人均可支配收入(年)", "Disposable income a head and year", APP, {
      required: true,
      min: 0,
      max: 10_000_000,
      unit: text("元", "yuan"),
      sensitivity: "money",
    }),
  ),
];

const checks: readonly Check[] = [
  block("general.party_under_18", and(under(18), isIn(g("political"), ["01", "02"])), [g("political")], "不满18周岁不能是中共党员", "Nobody under 18 is a member of the CPC", from(["R"])),
  explain(
    "general.grant_without_school",
    and(gt(g("study_grant"), 0), ["is-missing", ["ref", g("school_kind")]]),
    [g("study_grant")],
    "领取助学金但未填在读学校，请核对",
    "Receives a grant, but no school is given",
    from(["R"]),
  ),
  explain(
    "general.driver_under_18",
    and(under(18), has(g("vocational_cert"), "9")),
    [g("vocational_cert")],
    "不满18周岁一般不能取得机动车驾驶资格，请核对",
    "Nobody under 18 is usually a driver",
    from(["R"]),
  ),
];

/** G1–G20: what the province of the app's 2017–18 round added to the national form. */
export const provincialItems: Overlay = {
  key: "province_items",
  label: text("省级补充指标(G1–G20)", "Provincial extra items (G1–G20)"),
  scheme: "disability",
  codeSets: [ethnic, political, ...provincialCodes],
  sections: [
    { form: "general", after: "culture", section: grounded(purpose, BASIS, work) },
    { form: "general", after: "provincial_work", section: grounded(purpose, BASIS, services) },
  ],
  items,
  checks,
};
