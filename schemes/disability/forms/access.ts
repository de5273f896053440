// Person form, end: barrier-free homes (R38–R39), culture and sport (R40–R41), signatures and pictures.
import { and, eq, isIn, section, text } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { ageFrom, atHome, g, no, normal } from "../conditions.ts";
import { EDITABLE, from, question } from "../origins.ts";

const PICTURE = 300 * 1024;

/** R38–R39: asked of those who live at home. */
export const barrierFree: Section = section(
  "barrier_free",
  "无障碍",
  "Barrier-free home",
  [
    question("R38", "barrier_done", "code", "家庭无障碍改造", "Home altered", from(["N57"]), { codeSet: "yes-no-12", required: true }),
    question("R39", "barrier_need", "codes", "无障碍改造需求", "Need of alterations", from(["APP", "P", "R"], `eight items counted in APP, fitted from the official list of contents, their order is R; ${EDITABLE}`), {
      codeSet: "barrier-need",
      required: true,
      help: text("县级于次年3月31日前核实需求", "The county verifies the needs by 31 March of the next year"),
    }),
  ],
  { shownIf: and(normal, atHome) },
);

/** R40–R41: from the age of six, at home. */
export const culture: Section = section(
  "culture",
  "文化体育",
  "Culture and sport",
  [
    question("R40", "culture_active", "code", "是否经常参加村(社区)文化体育活动", "Often takes part in culture and sport of the village", from(["N57", "ANN"]), { codeSet: "yes-no-12", required: true }),
    question("R41", "culture_reason", "codes", "不能经常参加的原因", "Reasons for not taking part", from(["N57", "APP", "R"], `labels 1 and 3 are R; ${EDITABLE}`), {
      codeSet: "culture-reason",
      required: true,
      shownIf: no("culture_active"),
    }),
  ],
  { shownIf: and(normal, atHome, ageFrom(6)) },
);

const ownHousehold = eq(g("collective_household"), false);

/** Asked in every state. Where nobody was met, whoever told the surveyor declares it, and the householder need not be known. */
export const signing: Section = section("signing", "签署", "Signatures", [
  question(undefined, "collective_household", "yes-no", "是否集体户口", "On a collective registration", from(["APP"]), { required: normal }),
  question(undefined, "householder_name", "text", "户主姓名", "Householder", from(["APP"], "required unless nobody was met"), {
    required: normal,
    text: "name",
    maxLength: 50,
    sensitivity: "contact",
  }),
  question(undefined, "householder_id", "id-number", "户主身份证号", "Householder's ID number", from(["APP"]), {
    required: normal,
    shownIf: ownHousehold,
    sensitivity: "identity",
    help: text("集体户口不填", "Not asked of collective registrations"),
  }),
  question(undefined, "multi_disabled_house_no", "text", "一户多残编码(户口号码)", "Code of a household with several disabled persons", from(["ANN"]), {
    fromBaseList: true,
    text: "certificate",
    maxLength: 30,
    sensitivity: "identity",
  }),
  question(undefined, "declarer", "text", "申报人(残疾人或监护人)", "Declarer (the person or the guardian)", from(["N57", "ANN"]), {
    required: true,
    text: "name",
    maxLength: 50,
    sensitivity: "contact",
    help: text("未见到本人的填提供情况的人", "Where the person was not met: who told it"),
  }),
  question(undefined, "declarer_signature", "signature", "申报人签字", "Declarer's signature", from(["N57", "ANN", "R"], "wanted where people meet; telephone and self-report go without"), {
    required: and(normal, isIn(g("survey_method"), ["1", "3"])),
    maxBytes: PICTURE,
  }),
  question(undefined, "collector", "text", "信息采集员", "Surveyor", from(["N57", "ANN"]), { required: true, text: "name", maxLength: 50 }),
  question(undefined, "collector_phone", "phone", "信息采集员电话", "Surveyor's telephone", from(["N57", "ANN"]), { required: true, sensitivity: "contact" }),
  question(undefined, "filled_at", "date", "填表日期", "Filled on", from(["N57"], "the round's window is kept by the campaign"), { required: true }),
  question(undefined, "remark", "text", "备注", "Remark", from(["APP"]), { text: "long", maxLength: 500 }),
  question(undefined, "gps_lon", "decimal", "上报位置经度", "Longitude", from(["ANN"], "filled by the terminal"), { min: 73, max: 136, decimals: 6, sensitivity: "contact", unit: text("度", "°") }),
  question(undefined, "gps_lat", "decimal", "上报位置纬度", "Latitude", from(["ANN"], "filled by the terminal"), { min: 3, max: 54, decimals: 6, sensitivity: "contact", unit: text("度", "°") }),
  question(undefined, "gps_place", "address", "上报位置", "Place of the report", from(["ANN"], "filled by the terminal"), { maxLength: 120, sensitivity: "contact" }),
  question(undefined, "check_state", "code", "核查状态", "State of the check", from(["ANN", "APP", "R"], "self-reports are checked by staff (审核通过 in APP); the other labels are R"), {
    codeSet: "check-state",
    help: text("自报的由工作人员核查后填写", "Written by staff after checking a self-report"),
  }),
]);

/** Up to three pictures. */
export const photos: Section = section(
  "photos",
  "照片",
  "Pictures",
  [question(undefined, "photo", "photo", "照片", "Picture", from(["APP"]), { maxBytes: PICTURE })],
  { repeats: { max: 3 } },
);
