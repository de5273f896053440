// Sub-form of retired officers and NCOs (annex 4): kind of retirement, who manages, level of treatment.
import { eq, grounded, isIn, item, ref, section, text, value } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { treatLevel } from "../codes/officers.ts";
import { sergeants } from "../codes/ranks.ts";
import { closedBut, yuanUnit } from "./marks.ts";
import { plaqueBlock } from "./plaque-block.ts";
import { serviceBlock } from "./service-block.ts";

const form = "retired_cadre_nco";
const at = (key: string): string => `${form}.${key}`;
const oldCadre = isIn(at("rest_kind"), ["old_cadre", "changed"]);
const byGovernment = eq(at("manager_kind"), value("government"));
const nursed = eq(at("care_fee"), true);
const officerKinds = ["officer", "technical_officer", "civilian", "technical_civilian"];
const cadreKinds = [...officerKinds, "nco"];
const sergeantLevels = sergeants.map(([code]) => code);
const officerLevels = treatLevel.options.map((each) => each.code).filter((code) => !sergeantLevels.includes(code));
const money = { unit: yuanUnit, min: 0, max: 200_000, sensitivity: "money" } as const;

const retirement = section("retirement", "离退休情况", "Retirement", [
  item("rest_kind", "code", "军休类别", "Kind of retirement", ["CJ", "DC", "SD"], { codeSet: "rest-kind", required: true }),
  item("join_period", "code", "参加革命时期", "Period of joining", ["SD", "K", "XH"], {
    codeSet: "join-period",
    shownIf: oldCadre,
    required: oldCadre,
  }),
  item("retire_date", "date", "离退休时间", "Retired on", ["SD"], { required: true, forced: ref("general.leave_date") }),
  item("retire_cert_no", "text", "离休退休证件号", "Retirement certificate", ["SD"], {
    required: true,
    text: "certificate",
    maxLength: 40,
    sensitivity: "identity",
  }),
  item("handover_batch", "code", "安置计划批次", "Batch of handover", ["CJ", "SD"], { codeSet: "handover-batch" }),
  item("place_mode", "code", "安置方式", "Place of retirement", ["DC", "SD"], { codeSet: "rest-place-mode", required: true }),
  item("place_region", "area", "安置地", "Area of retirement", ["SD", "CJ"], { required: true }),
  item("place_unit", "text", "安置管理单位", "Managing unit", ["SD", "CJ"], { required: true, maxLength: 80 }),
  item("service_org", "text", "接收服务单位", "Serving unit", ["SD", "CJ"], { required: true, maxLength: 80 }),
  item("manager_kind", "code", "安置管理单位性质", "Who manages", ["CJ"], { codeSet: "manager-kind", required: true }),
  item("received_at", "date", "接收日期", "Received on", ["SD"], { shownIf: byGovernment, required: byGovernment }),
  item("cadre_kind", "code", "干部类别", "Kind of cadre", ["DC", "SD"], {
    codeSet: "cadre-kind",
    required: true,
    closed: [
      closedBut(cadreKinds, ["nco"], eq(at("rest_kind"), value("retired_nco")), "退休士官的干部类别为士官", "a retired NCO is an NCO"),
      closedBut(cadreKinds, officerKinds, isIn(at("rest_kind"), ["retired_officer", "old_cadre"]), "离退休干部不是士官", "a retired officer or old cadre is no NCO"),
    ],
  }),
  item("treat_level", "code", "享受待遇级别", "Level of treatment", ["DC", "SD"], {
    codeSet: "treat-level",
    required: true,
    closed: [
      { codes: sergeantLevels, when: isIn(at("cadre_kind"), officerKinds), message: text("这是士官的待遇级别", "this is a level of NCOs") },
      { codes: officerLevels, when: eq(at("cadre_kind"), value("nco")), message: text("这是干部的待遇级别", "this is a level of officers") },
    ],
  }),
  item("retire_pay", "money", "离退休费", "Retirement pay", ["SD"], money),
  item("allowances", "money", "各类补贴", "Allowances", ["SD"], money),
  item("care_fee", "yes-no", "是否享受护理费", "Nursing fee", ["SD"]),
  item("care_reason", "text", "护理原因", "Reason for nursing", ["SD"], { shownIf: nursed, maxLength: 100, sensitivity: "health" }),
  item("care_amount", "money", "护理费金额", "Amount of the nursing fee", ["SD"], { shownIf: nursed, ...money }),
]);

/** Annex 4. */
export const retiredCadreNco: Form = {
  key: form,
  label: text("军队离退休干部和退休士官信息采集分表", "Retired officers and NCOs: sub-form"),
  annex: "4",
  category: form,
  sections: [
    ...serviceBlock(form),
    grounded(text("掌握军休安置与服务管理情况", "To know the care of retirees"), "安政办〔2018〕157号 一(三)、附件4", retirement),
    plaqueBlock(form),
  ],
};
