// Sub-form of demobilised soldiers (annex 7).
import { eq, grounded, item, section, text, value } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { demobilisedPay, payBlock } from "./pay-block.ts";
import { plaqueBlock } from "./plaque-block.ts";
import { serviceBlock } from "./service-block.ts";

const form = "demobilised";
const subsidised = eq("demobilised.benefit_kind", value("subsidy"));

const demobilisation = section("demobilisation", "复员情况", "Demobilisation", [
  item("demob_kind", "code", "人员类别", "Kind", ["S2", "SD", "DC"], { codeSet: "demob-kind", required: true }),
  item("war_period", "code", "属于时期", "Period", ["XH"], { codeSet: "war-period", required: true }),
  item("korea_war", "yes-no", "是否抗美援朝", "Served in the Korean War", ["XH"], { required: true }),
  item("original_duty", "text", "原职级/职务", "Former grade or duty", ["XH", "SD"], { maxLength: 40 }),
  item("demob_cert_no", "text", "复员证号", "Demobilisation certificate", ["XH", "SD"], {
    text: "certificate",
    maxLength: 40,
    sensitivity: "identity",
  }),
  item("benefit_kind", "code", "待遇情况", "Benefit", ["DC"], { codeSet: "demob-benefit", required: true }),
  item("subsidy_cert_no", "text", "定期定量补助证编号", "Number of the subsidy book", ["XH"], {
    shownIf: subsidised,
    required: subsidised,
    text: "certificate",
    maxLength: 40,
    sensitivity: "identity",
  }),
  item("place_region", "area", "安置地", "Place of placement", ["SD"]),
  item("file_received_at", "date", "档案接收时间", "File received on", ["SD"]),
]);

/** Annex 7. */
export const demobilised: Form = {
  key: form,
  label: text("复员军人信息采集分表", "Demobilised soldiers: sub-form"),
  annex: "7",
  category: form,
  sections: [
    ...serviceBlock(form),
    grounded(text("认定复员身份与补助", "To establish standing and subsidy"), "安政办〔2018〕157号 一(六)、附件7", demobilisation),
    payBlock(form, demobilisedPay),
    plaqueBlock(form),
  ],
};
