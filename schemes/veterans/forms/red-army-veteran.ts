// Sub-form of Red Army veterans, with those of the Western Route Army and those separated from the army (annex 6).
import { grounded, item, ref, section, text } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { certificatePictures, noted } from "./marks.ts";
import { payBlock } from "./pay-block.ts";
import { plaqueBlock } from "./plaque-block.ts";

const form = "red_army_veteran";

const history = section("history", "参加革命情况", "Service in the Red Army", [
  item("red_kind", "code", "人员类别", "Kind", ["XH", "SD", "S2"], { codeSet: "red-kind", required: true }),
  item("join_date", "date", "参加革命时间", "Joined on", ["SD"], {
    required: true,
    forced: ref("general.enlist_date"),
    help: text("只知道年月的，日填1日", "If only the month is known, write its first day"),
  }),
  item("leave_date", "date", "退伍(失散)时间", "Left or separated on", ["SD"], { required: true, forced: ref("general.leave_date") }),
  item("former_unit", "text", "原单位", "Former unit", ["SD"], {
    maxLength: 60,
    ...noted(["SD"], "Names of the Red Army are public history; the scan for designations still runs"),
  }),
  item("cert_no", "text", "证件号码", "Certificate number", ["SD"], { text: "certificate", maxLength: 40, sensitivity: "identity" }),
  ...certificatePictures("证件", ["SD"]),
]);

/** Annex 6. */
export const redArmyVeteran: Form = {
  key: form,
  label: text("退伍红军老战士(含西路军红军老战士和红军失散人员)信息采集分表", "Red Army veterans: sub-form"),
  annex: "6",
  category: form,
  sections: [
    grounded(text("认定红军身份与待遇", "To establish standing and benefits"), "安政办〔2018〕157号 一(五)、附件6", history),
    payBlock(form, { objectType: ref("red_army_veteran.red_kind") }),
    plaqueBlock(form),
  ],
};
