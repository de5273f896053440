// General form, blocks A and B: what the identity card says, and what else identifies and reaches the person.
import { addYears, and, answered, eq, gt, isIn, item, missing, or, ref, section, text, today } from "../../../src/scheme/define.ts";
import type { Expression, Section } from "../../../src/scheme/define.ts";
import { political } from "../../codes/political.ts";
import { imageChoice, noted, sizes } from "./marks.ts";

/** A card was read or copied when any of its own items is there; then all of them are wanted. */
const cardSeen = or(answered("general.card_portrait"), answered("general.issuing_authority"), answered("general.valid_from"));
const politicalCodes = political.options.map((each) => each.code);
const youngerThan = (n: number): Expression => gt(addYears("general.birth_date", n), today);
const byAgent = eq("general.agent_flag", true);

/** Block A, read from the card. */
export const identity: Section = section("identity", "身份信息", "Identity", [
  item("name", "text", "姓名", "Name", ["FE", "SD", "CJ"], {
    required: true,
    fromCard: true,
    fromBaseList: true,
    text: "name",
    maxLength: 50,
    help: text("与身份证一致，少数民族姓名间隔号用“·”", "As on the card; keep the dot in ethnic names"),
  }),
  item("former_name", "text", "曾用名", "Former name", ["FE"], { text: "name", maxLength: 50 }),
  item("id_number", "id-number", "身份证号", "Citizen ID number", ["FE", "SD", "CJ", "STD"], {
    required: true,
    fromCard: true,
    fromBaseList: true,
    sensitivity: "identity",
    basis: "GB 11643",
  }),
  item("sex", "code", "性别", "Sex", ["FE", "SD"], { codeSet: "sex", required: true, fromCard: true, fromBaseList: true }),
  item("ethnic", "code", "民族", "Ethnic group", ["FE", "SD"], {
    codeSet: "ethnic",
    required: true,
    fromCard: true,
    fromBaseList: true,
  }),
  item("birth_date", "date", "出生日期", "Date of birth", ["FE", "SD"], { required: true, fromCard: true, fromBaseList: true }),
  item("issuing_authority", "text", "签发机关", "Issuing authority of the card", ["FE", "SD", "CJ"], {
    required: cardSeen,
    fromCard: true,
    maxLength: 60,
  }),
  item("valid_from", "date", "有效期起", "Card valid from", ["FE", "CJ", "LAW"], { required: cardSeen, fromCard: true }),
  item("valid_to", "date", "有效期止", "Card valid to", ["FE", "CJ", "LAW"], {
    required: and(cardSeen, or(missing("general.valid_long_term"), eq("general.valid_long_term", false))),
    fromCard: true,
  }),
  item("valid_long_term", "yes-no", "有效期为长期", "Card valid without end", ["FE", "CJ", "LAW"], { fromCard: true }),
  item("domicile_address", "address", "户籍地址", "Registered address", ["FE", "SD"], {
    required: true,
    fromCard: true,
    fromBaseList: true,
    maxLength: 120,
    sensitivity: "contact",
  }),
  item("domicile_region", "area", "户籍行政区划", "Area of registration", ["FE", "XH", "CJ"], { required: true, fromBaseList: true }),
  item("card_portrait", "photo", "身份证基准头像", "Portrait of the card", ["S2"], {
    fromCard: true,
    maxBytes: sizes.chip,
    ...imageChoice("S2"),
  }),
  item("card_photo_front", "photo", "身份证照片(人像面)", "Picture of the card, portrait side", ["S2", "SD"], {
    maxBytes: sizes.card,
    ...imageChoice("S2", "SD"),
  }),
  item("card_photo_back", "photo", "身份证照片(国徽面)", "Picture of the card, emblem side", ["S2", "SD"], {
    maxBytes: sizes.card,
    ...imageChoice("S2", "SD"),
  }),
  item("photo_recent", "photo", "个人免冠近照", "Recent photo, bare-headed", ["S2"], {
    required: true,
    maxBytes: sizes.paper,
    photo: { colour: true, headShare: 2 / 3, centred: true },
    help: text("肩部以上，头部占照片三分之二以上，居中，彩色", "Shoulders up, head at least two thirds, centred, in colour"),
  }),
  item("photo_hukou", "photo", "户口簿照片(本人页)", "Household register, the person's page", ["S2", "CJ"], {
    maxBytes: sizes.paper,
    ...imageChoice("S2", "CJ"),
  }),
]);

/** Block B, asked or written by the person. */
export const otherIdentity: Section = section("other_identity", "其他身份信息", "Other identity items", [
  item("agent_flag", "yes-no", "委托代办", "Declared by an agent", ["FE"], {
    required: true,
    ...noted(["FE"], "The source codes 0 as yes and 1 as no; kept here as yes or no"),
  }),
  item("agent_name", "text", "代办人姓名", "Agent's name", ["R"], { required: byAgent, shownIf: byAgent, text: "name", maxLength: 50 }),
  item("agent_id_number", "id-number", "代办人身份证号", "Agent's ID number", ["R"], {
    required: byAgent,
    shownIf: byAgent,
    sensitivity: "identity",
  }),
  item("agent_phone", "phone", "代办人联系电话", "Agent's telephone", ["R"], { required: byAgent, shownIf: byAgent, sensitivity: "contact" }),
  item("agent_relation", "code", "代办人与本人关系", "Agent's relation to the person", ["R", "STD"], {
    codeSet: "family-relation",
    required: byAgent,
    shownIf: byAgent,
  }),
  item("hukou_type", "code", "户口类型", "Kind of household registration", ["FE", "XH", "DC", "R"], {
    codeSet: "hukou-type",
    required: true,
    ...noted(["FE", "XH", "DC", "R"], "Resident registration (since 2014) is added to the sources' two kinds"),
  }),
  item("marital", "code", "婚姻状况", "Marital status", ["FE", "XH"], { codeSet: "marital", required: true }),
  item("education", "code", "文化程度", "Level of education", ["FE", "DC"], { codeSet: "education", required: true }),
  item("political", "code", "政治面貌", "Political status", ["S0", "S1", "S2", "SD", "CJ"], {
    codeSet: "political",
    required: true,
    closed: [
      { codes: politicalCodes.filter((code) => code !== "13"), when: youngerThan(14), message: text("不满14周岁的应为群众", "under 14 it is “no party”") },
      { codes: ["01", "02"], when: youngerThan(18), message: text("不满18周岁不能是中共党员", "nobody under 18 is a member of the CPC") },
    ],
  }),
  item("party_join_date", "date", "入党时间", "Date of joining the Party", ["SD", "FE", "CJ"], {
    required: isIn("general.political", ["01", "02"]),
    shownIf: isIn("general.political", ["01", "02"]),
  }),
  item("residence_address", "address", "实际居住地址", "Actual address", ["FE", "SD", "CJ"], {
    required: true,
    fromBaseList: true,
    default: ref("general.domicile_address"),
    maxLength: 120,
    sensitivity: "contact",
    help: text("与户籍地址相同的不用改", "If it is the registered address, leave it"),
  }),
  item("residence_region", "area", "实际居住地行政区划", "Area of residence", ["FE", "SD", "CJ"], {
    required: true,
    default: ref("general.domicile_region"),
  }),
  item("mobile", "phone", "联系电话(手机)", "Mobile or telephone", ["FE", "SD", "CJ"], {
    required: true,
    fromBaseList: true,
    sensitivity: "contact",
    help: text("没有手机的填固定电话(区号-号码)", "Without a mobile, a fixed line with its area code"),
  }),
  item("landline", "phone", "固定电话", "Fixed line", ["FE"], { sensitivity: "contact" }),
  item("wechat_qq", "text", "微信或QQ", "WeChat or QQ", ["FE", "SD"], { maxLength: 40, sensitivity: "contact" }),
  item("postcode", "text", "邮编", "Postcode", ["SD"], { maxLength: 6 }),
  item("email", "text", "电子邮箱", "E-mail", ["SD"], { maxLength: 80, sensitivity: "contact" }),
  item("health", "code", "健康状况", "Health status", ["CJ", "XH"], { codeSet: "health", required: true, sensitivity: "health" }),
  item("self_declared", "code", "采集方式", "Way of capture", ["R", "S0", "S1", "S2"], {
    codeSet: "capture-mode",
    required: true,
    ...noted(["R", "S0", "S1", "S2"], "The five ways are described in the plans; their codes are reconstructed"),
  }),
  item("remark", "text", "备注", "Remark", ["FE", "SD"], { fromBaseList: true, text: "long", maxLength: 500 }),
]);
