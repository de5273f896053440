// The plaque of honour (光荣牌) in a sub-form: not applied → applied → hung → replaced or cancelled (国办发〔2018〕72号).
// The state follows from the answers and is never typed.
import { answered, eq, grounded, item, ref, section, text, value } from "../../../src/scheme/define.ts";
import type { Expression, Section } from "../../../src/scheme/define.ts";
import { noted } from "./marks.ts";

const marks = ["SD", "CJ"] as const;

/** The state by the answers; while nothing is answered there is none (the last branch is the missing date of application). */
export const plaqueState = (form: string): Expression => {
  const yes = (key: string): Expression => eq(`${form}.${key}`, true);
  const appliedAt = `${form}.plaque_applied_at`;
  const notApplied: Expression = ["if", answered(`${form}.plaque_hung`), value("not_applied"), ref(appliedAt)];
  const applied: Expression = ["if", answered(appliedAt), value("applied"), notApplied];
  const hung: Expression = ["if", yes("plaque_hung"), value("hung"), applied];
  return ["if", yes("plaque_cancelled"), value("cancelled"), ["if", yes("plaque_replaced"), value("replaced"), hung]];
};

/** The plaque block of one sub-form. */
export function plaqueBlock(form: string): Section {
  const hung = eq(`${form}.plaque_hung`, true);
  const cancelled = eq(`${form}.plaque_cancelled`, true);
  const replaced = eq(`${form}.plaque_replaced`, true);
  return grounded(
    text("悬挂光荣牌", "To hang the plaque of honour"),
    "国办发〔2018〕72号",
    section("plaque", "光荣牌", "Plaque of honour", [
      item("plaque_state", "computed", "光荣牌状态", "State of the plaque", marks, { codeSet: "plaque-state", computed: plaqueState(form) }),
      item("plaque_applied_at", "date", "申请悬挂时间", "Applied on", marks, {
        help: text("持证人家庭直接悬挂，不用申请", "Holders of a certificate need not apply"),
      }),
      item("plaque_hung", "yes-no", "是否悬挂光荣牌", "Plaque hung", marks, {
        help: text("一户一块；有几类身份的，只在一张分表中填写", "One for each household: with several categories, filled in one sub-form only"),
      }),
      item("plaque_hung_at", "date", "悬挂时间", "Hung on", marks, { shownIf: hung, required: hung }),
      item("plaque_region", "area", "悬挂地址行政区划", "Area of the plaque", marks, { shownIf: hung, required: hung, default: ref("general.residence_region") }),
      item("plaque_address", "address", "悬挂地址", "Address of the plaque", marks, {
        shownIf: hung,
        required: hung,
        default: ref("general.residence_address"),
        maxLength: 120,
        sensitivity: "contact",
      }),
      item("plaque_cancelled", "yes-no", "是否取消", "Cancelled", marks, { shownIf: hung }),
      item("plaque_cancelled_at", "date", "取消时间", "Cancelled on", marks, { shownIf: cancelled, required: cancelled }),
      item("plaque_cancel_reason", "code", "取消原因", "Reason of cancellation", ["R", "P"], {
        codeSet: "plaque-cancellation",
        shownIf: cancelled,
        required: cancelled,
        ...noted(["R", "P"], "Triggers as local rules have them; the list is reconstructed"),
      }),
      item("plaque_replaced", "yes-no", "是否更换", "Replaced", marks, { shownIf: hung }),
      item("plaque_replaced_at", "date", "更换时间", "Replaced on", marks, { shownIf: replaced, required: replaced }),
      item("plaque_replace_reason", "code", "更换原因", "Reason of replacement", ["P"], {
        codeSet: "plaque-replacement",
        shownIf: replaced,
        required: replaced,
      }),
    ]),
  );
}
