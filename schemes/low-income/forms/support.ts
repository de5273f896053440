// Household form, last part: supporters, accidents, aid, authorisations, the economic check itself, declaration, review and changes.
import { and, answered, eq, isIn, item, lt, referenceDate, section, sum, text, value, years } from "../../../src/scheme/define.ts";
import type { Item, Section } from "../../../src/scheme/define.ts";
import { contact, health, identity, money, noted, PAPER, persons, presentStates, yuan } from "./marks.ts";
import { h, MAX_MEMBERS, someRow } from "./rows.ts";

const memberNo = (key: string, zh: string, en: string): Item => item(key, "integer", zh, en, ["R"], { required: true, min: 1, max: MAX_MEMBERS });

/** Who is bound by law to support a member and lives elsewhere. */
export const supporters: Section = section(
  "supporters",
  "赡(抚、扶)养人",
  "Supporters",
  [
    memberNo("supports_member_no", "被赡(抚、扶)养成员序号", "Number of the member supported"),
    item("name", "text", "姓名", "Name", ["XH"], { required: true, text: "name", maxLength: 50 }),
    item("id_number", "id-number", "身份证号", "Citizen ID number", ["XH", "STD"], { ...identity }),
    item("phone", "phone", "联系电话", "Telephone", ["R"], contact),
    item("relation", "code", "与被赡(抚、扶)养人关系", "Relation", ["XH"], { codeSet: "supporter-relation", required: true, ...noted(["XH", "R"], "01 and 07 are the source's ends; the words between are read from GB/T 4761") }),
    item("duty", "code", "义务种类", "Kind of duty", ["S4"], { codeSet: "support-duty", required: true }),
    item("monthly_income_per_head", "money", "家庭月人均收入", "Monthly income per head", ["XH"], money),
    item("supported_number", "integer", "负担人数", "Persons supported", ["XH"], { min: 1, max: 20, unit: persons }),
    item("fee", "money", "月赡(抚、扶)养费", "Support a month", ["XH"], { required: true, ...money, unit: yuan }),
    item("unable_reason", "codes", "无能力原因", "Why unable", ["XH"], { codeSet: "unable-reason", ...health }),
    item("signature", "signature", "核对授权签字", "Signature under the authorisation", ["K", "LAW"], { maxBytes: PAPER, help: text("核对范围含赡养人时须签", "Needed when the check reaches supporters") }),
  ],
  { repeats: { max: 20 } },
);

/** Accidents and disasters that struck the household. */
export const accidents: Section = section(
  "accidents",
  "意外事故和灾害",
  "Accidents and disasters",
  [
    item("kind", "code", "种类", "Kind", ["S4", "XH", "R"], { codeSet: "accident-kind", required: true, ...health }),
    item("happened_on", "date", "发生日期", "Date", ["XH"], { required: true }),
    item("member_no", "integer", "受影响成员序号", "Number of the member", ["R"], { min: 1, max: MAX_MEMBERS }),
    item("loss", "money", "损失金额", "Loss", ["XH"], money),
    item("note", "text", "说明", "Remark", ["R"], { maxLength: 200, ...health }),
  ],
  { repeats: { max: 20 } },
);

/** What was asked for and what was received, from every department. */
export const aid: Section = section(
  "aid",
  "求助和救助情况",
  "Aid asked and received",
  [
    item("kind", "code", "救助项目", "Kind", ["S4", "XH"], { codeSet: "aid-kind", required: true }),
    item("body", "text", "救助单位", "Body", ["S4"], { maxLength: 80 }),
    item("asked_on", "date", "求助时间", "Asked on", ["S4"], { required: true }),
    item("state", "code", "办理结果", "Outcome", ["R"], { codeSet: "aid-state", required: true }),
    item("helped_on", "date", "救助时间", "Helped on", ["S4"], { required: eq(".state", value("granted")), shownIf: eq(".state", value("granted")) }),
    item("amount", "money", "救助金额", "Amount", ["S4"], { required: eq(".state", value("granted")), shownIf: eq(".state", value("granted")), ...money, help: text("实物折价", "Things at their value") }),
    item("in_kind", "text", "实物或服务", "In kind", ["R"], { shownIf: eq(".state", value("granted")), maxLength: 100 }),
  ],
  { repeats: { max: 60 } },
);

/** The latest request and help, by which the register is sorted; the sum follows from the rows. */
export const help: Section = section("help", "最近求助和救助", "Latest request and help", [
  item("help_asked_at", "date", "最近求助时间", "Latest request", ["S4"]),
  item("helped_at", "date", "最近救助时间", "Latest help", ["S4"]),
  item("help_amount", "computed", "救助金额合计", "Aid in all", ["S4"], { computed: sum(h("aid"), ".amount"), ...money }),
]);

/** One authorisation a member; a renewed one takes the place of the old, which stays in the earlier revision. */
export const authorisations: Section = section(
  "authorisations",
  "家庭经济状况核对授权",
  "Authorisations for the economic check",
  [
    memberNo("member_no", "成员序号", "Member number"),
    item("purpose", "codes", "授权用途", "Purpose", ["LAW", "R"], { codeSet: "authorisation-purpose", required: true }),
    item("signed_by", "code", "签署人", "Signed by", ["K", "R"], { codeSet: "signed-by", required: true }),
    item("signature", "signature", "授权书签字", "Signature", ["K", "LAW"], { required: true, maxBytes: PAPER }),
    item("signed_on", "date", "签署日期", "Signed on", ["K"], { required: true }),
    item("expires_on", "date", "有效期止", "Expires on", ["K"], { required: true }),
  ],
  { repeats: { max: MAX_MEMBERS } },
);

const checked = answered(h("check_on"));

/** The economic check of the household: only with everybody's authorisation. */
export const economicCheck: Section = section("economic_check", "经济状况核对", "Economic check", [
  item("check_scope", "code", "核对范围", "Scope", ["XH"], { codeSet: "check-scope" }),
  item("check_on", "date", "核对日期", "Checked on", ["XH"]),
  item("check_report_no", "text", "核对报告编号", "Report number", ["XH"], { shownIf: checked, text: "certificate", maxLength: 40 }),
  item("verified_income", "money", "收入核定总计", "Income found", ["XH"], { shownIf: checked, ...money }),
  item("verified_assets", "money", "财产核定总计", "Property found", ["XH"], { shownIf: checked, ...money }),
  item("verified_expenses", "money", "支出核定总计", "Expenses found", ["XH"], { shownIf: checked, ...money }),
]);

/** A child under fourteen at the reference date lives in the household (not today: the consent given stays with the record). */
const youngChild = someRow("members", and(isIn(".person_state", presentStates), lt(years(".birth_date", referenceDate), 14)));

/** Consent for children under fourteen. */
export const consents: Section = section("consents", "未成年人监护人同意", "Guardian's consent", [
  item("guardian_consent", "signature", "监护人同意签字(有不满14周岁成员)", "Guardian's consent for children under 14", ["LAW"], { shownIf: youngChild, required: youngChild, maxBytes: PAPER }),
]);

/** Honest declaration. */
export const declaration: Section = section("declaration", "诚信承诺", "Declaration", [
  item("declaration_sign", "signature", "诚信承诺书签字", "Signature under the declaration", ["K", "LAW"], { required: true, maxBytes: PAPER }),
  item("declared_on", "date", "承诺日期", "Declared on", ["R"], { required: true }),
]);

const discussed = answered(h("discussion_result"));

/** Visit, discussion, notice, opinion. */
export const review: Section = section("review", "调查、评议、公示和审核", "Visit, discussion, notice and opinion", [
  item("survey_result", "code", "入户调查结果", "Result of the visit", ["XH"], { codeSet: "survey-result" }),
  item("survey_on", "date", "入户调查日期", "Visited on", ["R"], { required: answered(h("survey_result")), shownIf: answered(h("survey_result")) }),
  item("discussion_result", "code", "民主评议结果", "Result of the discussion", ["XH"], {
    codeSet: "discussion-result",
    ...noted(["XH"], "No longer a must since 2021"),
  }),
  item("discussion_present", "integer", "参加评议人数", "Present", ["XH"], { shownIf: discussed, required: discussed, min: 1, max: 999, unit: persons }),
  item("discussion_agree", "integer", "同意人数", "For", ["XH"], { shownIf: discussed, required: discussed, min: 0, max: 999, unit: persons }),
  item("discussion_against", "integer", "不同意人数", "Against", ["XH"], { shownIf: discussed, required: discussed, min: 0, max: 999, unit: persons }),
  item("notice_result", "code", "公示结果", "Result of the notice", ["XH"], { codeSet: "notice-result" }),
  item("opinion", "code", "审核审批意见", "Opinion", ["XH"], { codeSet: "opinion" }),
]);

/** Later changes. */
export const changes: Section = section("changes", "家庭变动", "Changes", [
  item("change_kind", "code", "变动种类", "Kind of change", ["XH", "R"], { codeSet: "household-change" }),
  item("change_on", "date", "变动日期", "Date of change", ["R"], { required: answered(h("change_kind")), shownIf: answered(h("change_kind")) }),
  item("householder_died_on", "date", "户主死亡日期", "Head died on", ["R"], { required: eq(h("change_kind"), value("head_died")) }),
  item("remark", "text", "备注", "Remark", ["R"], { text: "long", maxLength: 500, sensitivity: "appeal" }),
]);
