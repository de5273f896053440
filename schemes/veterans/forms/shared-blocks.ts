// Blocks that several sub-forms share: service (SVC), plaque of honour (PLQ) and payment of benefits (PAY).
import { addYears, and, answered, eq, grounded, has, isIn, item, missing, ne, not, or, ref, section, text, today } from "../../../src/scheme/define.ts";
import type { Expression, Section } from "../../../src/scheme/define.ts";
import { noted, sizes } from "./marks.ts";

const yuan = text("元", "yuan");
const servicePurpose = text("认定服役经历与安置待遇", "To establish service, placement and entitlement");
const serviceBasis = "安政办〔2018〕157号 二(二)2 具体对象信息";

/** The service block with its awards. What the general form already says is held, not asked again. */
export function serviceBlock(form: string): readonly Section[] {
  const at = (key: string): string => `${form}.${key}`;
  const certificateKept: Expression = or(missing(at("cert_lost")), eq(at("cert_lost"), false));
  const service = section("service", "服役情况", "Service", [
    item("enlist_place", "area", "入伍地", "Place of enlistment", ["SD", "CJ"], { required: true }),
    item("enlist_hukou", "code", "入伍时户籍", "Registration at enlistment", ["SD", "CJ"], { codeSet: "enlist-hukou", required: true }),
    item("enlist_date", "date", "入伍时间", "Date of enlistment", ["SD", "CJ", "XH"], { required: true, forced: ref("general.enlist_date") }),
    item("second_enlist", "yes-no", "二次入伍", "Enlisted twice", ["CJ"]),
    item("leave_date", "date", "退役时间", "Date of discharge", ["SD", "CJ", "XH"], { required: true, forced: ref("general.leave_date") }),
    item("service_years", "computed", "军龄", "Years of service", ["SD", "CJ"], {
      computed: ["years", ref(at("enlist_date")), ref(at("leave_date"))],
      unit: text("年", "years"),
    }),
    item("unit_code", "text", "部队代号", "Unit (cover number)", ["SD", "CJ", "XH"], {
      text: "unit-code",
      maxLength: 20,
      forced: ref("general.unit_code"),
    }),
    item("major_unit", "text", "所属大单位(代码)", "Command (code)", ["SD", "CJ"], {
      maxLength: 2,
      ...noted(["SD", "CJ"], "The list of commands is not public; the two-digit code of the disability certificate is kept"),
    }),
    item("arm", "text", "兵种", "Arm of service", ["SD"], { maxLength: 20 }),
    item("rank_class", "code", "军人类别", "Class of soldier", ["CJ"], { codeSet: "rank-class", required: true }),
    item("rank", "code", "军衔(级别)", "Rank", ["SD", "CJ"], { codeSet: "rank", required: true }),
    item("special_region", "codes", "艰苦边远地区服役", "Hard or remote regions", ["SD", "CJ", "DC"], { codeSet: "special-region" }),
    item("special_region_months", "integer", "艰苦边远地区服役月数", "Months in such regions", ["SD", "CJ", "DC"], {
      shownIf: answered(at("special_region")),
      min: 0,
      max: 600,
      unit: text("月", "months"),
    }),
    item("special_post", "codes", "特殊岗位", "Special posts", ["CJ", "SD"], { codeSet: "special-post" }),
    item("overseas_base", "yes-no", "是否驻海外基地服役", "Served at a base overseas", ["SD"]),
    item("war_participation", "codes", "参战", "Wars and actions", ["SD", "XH"], { codeSet: "war" }),
    item("nuclear_test", "code", "参试(涉核)", "Nuclear tests", ["XH"], { codeSet: "nuclear-test" }),
    item("cert_type", "code", "退役证件类型", "Kind of certificate", ["CJ", "S2"], { codeSet: "certificate-type", required: true }),
    item("cert_lost", "yes-no", "退役证件遗失", "Certificate lost", ["CJ", "SD"]),
    item("cert_lost_reason", "text", "遗失说明", "How it was lost", ["R", "QA"], {
      shownIf: eq(at("cert_lost"), true),
      required: eq(at("cert_lost"), true),
      maxLength: 200,
    }),
    item("cert_no", "text", "退役证件号", "Certificate number", ["CJ", "SD", "XH"], {
      required: certificateKept,
      text: "certificate",
      maxLength: 40,
    }),
    item("cert_photo", "photo", "退役证件照片", "Picture of the certificate", ["S2", "SD"], {
      required: and(certificateKept, ne("general.evidence_kind", ["const", "2"])),
      maxBytes: sizes.paper,
    }),
  ]);
  const awards = section(
    "awards",
    "立功受奖",
    "Awards",
    [
      item("kind", "code", "种类", "Kind", ["SD", "CJ", "DC"], { codeSet: "award-kind", required: true }),
      item("year", "integer", "年度", "Year", ["SD", "CJ", "DC"], { required: true, min: 1927, max: 2100 }),
      item("cert_no", "text", "证件号", "Certificate number", ["SD", "CJ"], { text: "certificate", maxLength: 40 }),
    ],
    { repeats: { max: 20 } },
  );
  return [grounded(servicePurpose, serviceBasis, service), grounded(servicePurpose, serviceBasis, awards)];
}

/** The plaque block: not applied → applied → hung → (replaced | cancelled). */
export function plaqueBlock(form: string): Section {
  const at = (key: string): string => `${form}.${key}`;
  const hung = eq(at("plaque_hung"), true);
  const cancelled = eq(at("plaque_cancelled"), true);
  const replaced = eq(at("plaque_replaced"), true);
  const marks = ["SD", "CJ"] as const;
  return grounded(
    text("悬挂光荣牌", "To hang the plaque of honour"),
    "国办发〔2018〕72号",
    section("plaque", "光荣牌", "Plaque of honour", [
      item("plaque_applied_at", "date", "申请悬挂时间", "Applied on", marks),
      item("plaque_hung", "yes-no", "是否悬挂光荣牌", "Plaque hung", marks),
      item("plaque_hung_at", "date", "悬挂时间", "Hung on", marks, { shownIf: hung, required: hung }),
      item("plaque_region", "area", "悬挂地址行政区划", "Area of the plaque", marks, { shownIf: hung }),
      item("plaque_address", "address", "悬挂地址", "Address of the plaque", marks, {
        shownIf: hung,
        maxLength: 120,
        sensitivity: "contact",
      }),
      item("plaque_cancelled", "yes-no", "是否取消", "Cancelled", marks, { shownIf: hung }),
      item("plaque_cancelled_at", "date", "取消时间", "Cancelled on", marks, { shownIf: cancelled, required: cancelled }),
      item("plaque_replaced", "yes-no", "是否更换", "Replaced", marks, { shownIf: hung }),
      item("plaque_replaced_at", "date", "更换时间", "Replaced on", marks, { shownIf: replaced, required: replaced }),
    ]),
  );
}

/** The benefit block. It mirrors the benefit register and grants nothing (S0–S2: not a basis for benefits). */
export function payBlock(form: string): Section {
  const at = (key: string): string => `${form}.${key}`;
  const paid = and(answered(at("state_benefit")), not(has(at("state_benefit"), "none")));
  const ended = isIn(at("object_state"), ["5", "7", "8"]);
  return grounded(
    text("与优抚待遇发放数据核对，不作为享受待遇的依据", "To compare with the benefit register; not a basis for benefits"),
    "2018年退役军人和其他优抚对象信息采集工作方案 四",
    section("pay", "待遇发放", "Benefits", [
      item("state_benefit", "codes", "享受优抚待遇情况", "Benefits received", ["CJ"], { codeSet: "state-benefit", required: true }),
      item("benefit_amount", "money", "待遇金额", "Amount a month", ["CJ", "SD"], {
        shownIf: paid,
        required: paid,
        unit: text("元/月", "yuan a month"),
        min: 0,
        max: 100_000,
        sensitivity: "money",
      }),
      item("bank_code", "text", "开户银行", "Bank", ["XH"], { shownIf: paid, maxLength: 60, sensitivity: "money" }),
      item("bank_account_name", "text", "账户名", "Account name", ["XH"], { shownIf: paid, text: "name", maxLength: 50, sensitivity: "money" }),
      item("bank_account_no", "text", "银行账号", "Account number", ["XH"], {
        shownIf: paid,
        text: "certificate",
        maxLength: 30,
        sensitivity: "money",
        ...noted(["XH"], "Starred in the import templates of 2014; optional here because payment follows the benefit register"),
      }),
      item("object_state", "code", "优抚对象状态", "State of entitlement", ["XH"], { codeSet: "object-state", required: true }),
      item("cancel_date", "date", "去世/迁出/取消日期", "Ended on", ["FE", "XH"], { shownIf: ended, required: ended }),
      item("approved_at", "date", "批准日期", "Approved on", ["XH"], { shownIf: paid, required: paid }),
      item("support_mode", "code", "供养方式", "Way of support", ["XH", "CJ", "DC"], { codeSet: "support-mode", required: true }),
      item("lonely_old", "yes-no", "是否孤老", "Aged without family", ["XH"], { required: true }),
      item("labour", "code", "劳动能力", "Ability to work", ["XH"], { codeSet: "labour", required: true }),
      item("viability", "code", "生活能力", "Ability to care for oneself", ["XH"], { codeSet: "viability", required: true }),
      item("mental_illness", "yes-no", "是否精神病", "Mental illness", ["XH"], { sensitivity: "health" }),
    ]),
  );
}

/** Age of the person today, in whole years, is at least `n`. */
export const agedAtLeast = (n: number): Expression => ["<=", addYears("general.birth_date", n), today];

/** Unit of sums of money. */
export const yuanUnit = yuan;
