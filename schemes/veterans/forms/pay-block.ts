// The benefit block of a sub-form. It mirrors the benefit register and grants nothing (S0–S2: not a basis for benefits).
import { and, answered, eq, grounded, has, isIn, item, not, section, text, value } from "../../../src/scheme/define.ts";
import type { Expression, Section } from "../../../src/scheme/define.ts";
import { noted } from "./marks.ts";

/** What a form says by itself: class of the person in the old system, when that class applies, and whether mental illness must be answered. */
export type PayOf = { readonly objectType: Expression; readonly typeShownIf?: Expression; readonly asksMentalIllness?: true };

const starred = "Starred in the import templates of 2014; optional here because payment follows the benefit register";

/** The benefit block of one sub-form. */
export function payBlock(form: string, of: PayOf): Section {
  const at = (key: string): string => `${form}.${key}`;
  const paid = and(answered(at("state_benefit")), not(has(at("state_benefit"), "none")));
  const ended = isIn(at("object_state"), ["5", "7", "8"]);
  const lodged = and(answered(at("support_mode")), not(isIn(at("support_mode"), ["1", "none"])));
  const typeShown = of.typeShownIf === undefined ? {} : { shownIf: of.typeShownIf };
  return grounded(
    text("与优抚待遇发放数据核对，不作为享受待遇的依据", "To compare with the benefit register; not a basis for benefits"),
    "2018年退役军人和其他优抚对象信息采集工作方案 四",
    section("pay", "待遇发放", "Benefits", [
      item("object_type", "code", "优抚对象类型", "Class of entitled person", ["XH"], { codeSet: "object-type", forced: of.objectType, ...typeShown }),
      item("state_benefit", "codes", "享受优抚待遇情况", "Benefits received", ["CJ"], { codeSet: "state-benefit", required: true }),
      item("benefit_amount", "money", "待遇金额", "Amount a month", ["CJ", "SD"], {
        shownIf: paid,
        required: paid,
        unit: text("元/月", "yuan a month"),
        min: 0,
        max: 100_000,
        sensitivity: "money",
      }),
      item("bank_code", "text", "开户银行", "Bank", ["XH"], { shownIf: paid, maxLength: 60, sensitivity: "money", ...noted(["XH"], starred) }),
      item("bank_account_name", "text", "账户名", "Account name", ["XH"], {
        shownIf: paid,
        text: "name",
        maxLength: 50,
        sensitivity: "money",
        ...noted(["XH"], starred),
      }),
      item("bank_account_no", "text", "银行账号", "Account number", ["XH"], {
        shownIf: paid,
        text: "certificate",
        maxLength: 30,
        sensitivity: "money",
        ...noted(["XH"], starred),
      }),
      item("object_state", "code", "优抚对象状态", "State of entitlement", ["XH"], { codeSet: "object-state", required: true }),
      item("cancel_date", "date", "去世/迁出/取消日期", "Ended on", ["FE", "XH"], { shownIf: ended, required: ended }),
      item("approved_at", "date", "批准日期", "Approved on", ["XH"], { shownIf: paid, required: paid }),
      item("support_mode", "code", "供养方式", "Way of support", ["XH", "CJ", "DC"], { codeSet: "support-mode", required: true }),
      item("support_unit", "code", "供养单位", "Institution of support", ["DC"], { codeSet: "support-unit", shownIf: lodged }),
      item("lonely_old", "yes-no", "是否孤老", "Aged without family", ["XH"], { required: true }),
      item("labour", "code", "劳动能力", "Ability to work", ["XH"], { codeSet: "labour", required: true, sensitivity: "health" }),
      item("viability", "code", "生活能力", "Ability to care for oneself", ["XH"], { codeSet: "viability", required: true, sensitivity: "health" }),
      item("mental_illness", "yes-no", "是否精神病", "Mental illness", ["XH"], {
        sensitivity: "health",
        ...(of.asksMentalIllness ? { required: true } : {}),
      }),
    ]),
  );
}

/** A class of the old system that the form itself settles. */
export const settled = (code: string): PayOf => ({ objectType: value(code) });

/** Only old demobilised soldiers living in the country have a class of their own (41). */
export const demobilisedPay: PayOf = { objectType: value("41"), typeShownIf: eq("demobilised.demob_kind", value("2")), asksMentalIllness: true };
