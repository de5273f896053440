// Sub-forms of disabled soldiers (annex 8) and disabled militia and labourers (annex 9): one table, two audiences.
import { eq, grounded, isIn, item, ref, section, text, value } from "../../../src/scheme/define.ts";
import type { Expression, Form, Section } from "../../../src/scheme/define.ts";
import { certificatePictures, closedBut } from "./marks.ts";
import { payBlock, type PayOf } from "./pay-block.ts";
import { plaqueBlock } from "./plaque-block.ts";

const purpose = text("核对伤残等级、性质与抚恤", "To check grade and cause of disability and the pension");

/** A code that is fixed by the annex is filled in, not asked. */
const fixed = (code: string): { readonly forced: Expression } => ({ forced: value(code) });

/** What annex 9 leaves open: classes 14 and 15, each with its certificate, disabled in war or on duty. */
const always = value(true);
const typesClosed = [closedBut(["11", "12", "13", "14", "15", "16"], ["14", "15"], always, "本表只有伤残民兵民工和因战因公伤残人员", "this form is for militia and labourers, and persons disabled in war or on duty")];
const natureClosed = [closedBut(["1", "2", "3"], ["1", "2"], always, "伤残民兵民工只有因战或因公", "militia and labourers are disabled in war or on duty, not by illness")];
const certificates = ["soldier", "militia", "duty"];
const certificatesClosed = [
  closedBut(certificates, ["militia"], eq("disabled_militia.disab_type", value("14")), "与伤残类别不符", "it does not fit the class"),
  closedBut(certificates, ["duty"], eq("disabled_militia.disab_type", value("15")), "与伤残类别不符", "it does not fit the class"),
];
const payOf = (form: string): PayOf => ({ objectType: ref(`${form}.disab_type`), asksMentalIllness: true });

function disability(form: string): Section {
  const militia = form === "disabled_militia";
  const at = (key: string): string => `${form}.${key}`;
  return section("disability", "伤残情况", "Disability", [
    item("disab_type", "code", "伤残类别", "Class", ["XH"], { codeSet: "disab-type", required: true, ...(militia ? { closed: typesClosed } : fixed("11")) }),
    item("disab_grade", "code", "伤残等级", "Grade (1 heaviest)", ["XH", "LAW"], {
      codeSet: "soldier-disability-grade",
      required: true,
      sensitivity: "health",
    }),
    item("old_grade", "code", "原残疾等级(2005年以前)", "Old grade (before 2005)", ["DC"], { codeSet: "old-disability-grade", sensitivity: "health" }),
    item("disab_nature", "code", "伤残性质", "Cause", ["XH", "CJ", "LAW", "R"], {
      codeSet: "disab-nature",
      required: true,
      sensitivity: "health",
      ...(militia ? { closed: natureClosed } : {}),
    }),
    item("disab_domain", "code", "伤残属别", "Standing", ["XH"], { codeSet: "disab-domain", required: true }),
    item("disab_period", "code", "伤残时期", "Period", ["XH"], { codeSet: "war-period", required: true }),
    item("korea_war", "yes-no", "抗美援朝致残", "Disabled in the Korean War", ["XH"]),
    item("injured_at", "date", "负伤/致残时间", "Injured on", ["XH", "SD"], { required: true }),
    item("injured_region", "area", "负伤地点行政区划", "Area of the injury", ["XH", "SD"], {}),
    item("injured_place", "text", "负伤地点", "Place of the injury", ["XH", "SD"], {
      required: true,
      maxLength: 80,
      help: text("只填省市县或地名，不填部队番号和驻地", "A province, county or place name; never a unit or garrison"),
    }),
    item("injured_unit", "text", "致残时所在单位(代号)", "Unit at the time (cover number)", ["XH"], { text: "unit-code", maxLength: 20 }),
    item("injury_parts", "codes", "致残部位", "Parts of the body", ["XH", "SD"], { codeSet: "injury-part", sensitivity: "health" }),
    item("injury_desc", "text", "致残情况", "The injury", ["XH", "SD"], { required: true, text: "long", maxLength: 300, sensitivity: "health" }),
    item("injury_reason", "text", "致残原因", "How it came about", ["XH"], { required: true, text: "long", maxLength: 300, sensitivity: "health" }),
    item("assessed_at", "date", "评残(批准)时间", "Assessed on", ["SD", "XH", "CJ"], { required: true }),
    item("cert_name", "code", "伤残证件名称", "Certificate", ["DC", "S2"], {
      codeSet: "disab-certificate",
      required: true,
      ...(militia ? { closed: certificatesClosed } : fixed("soldier")),
    }),
    item("cert_no", "text", "证书编号", "Certificate number", ["XH", "SD"], {
      required: true,
      text: "certificate",
      maxLength: 40,
      sensitivity: "identity",
      help: text("残疾军人证编号为22位；字头编号的旧证照填", "Disabled soldiers' certificates have 22 digits; old numbers as they are"),
    }),
    ...certificatePictures("伤残证件", ["S2"], true),
    item("cert_valid_from", "date", "证件有效期起", "Certificate valid from", ["SD"]),
    item("cert_valid_to", "date", "证件有效期止", "Certificate valid to", ["SD"]),
    item("mental_assess", "yes-no", "是否因精神病评残", "Assessed for mental illness", ["XH", "CJ"], { required: true, sensitivity: "health" }),
    item("occupational", "yes-no", "是否职业病评残", "Assessed for an occupational disease", ["SD"], { sensitivity: "health" }),
    item("aids", "codes", "配置辅助器材", "Assistive devices", ["SD"], { codeSet: "assistive-device", sensitivity: "health" }),
    item("aids_at", "date", "辅助器材配置时间", "Fitted on", ["SD"], { shownIf: ["is-answered", ["ref", at("aids")]] }),
    item("care_level", "code", "护理费", "Nursing fee", ["SD", "CJ", "K"], {
      codeSet: "care-level",
      sensitivity: "health",
      shownIf: isIn(at("disab_grade"), ["01", "02", "03", "04"]),
    }),
  ]);
}

const gradeChanges = section(
  "grade_change",
  "伤残变动",
  "Changes of grade",
  [
    item("kind", "code", "种类", "Kind", ["SD", "XH", "K"], { codeSet: "grade-change-kind", required: true }),
    item("date", "date", "时间", "Date", ["SD", "XH"], { required: true }),
    item("grade", "code", "等级", "Grade", ["SD", "XH"], { codeSet: "soldier-disability-grade", sensitivity: "health" }),
    item("part", "text", "部位", "Part", ["SD", "XH"], { maxLength: 60, sensitivity: "health" }),
    item("cert_no", "text", "证件号", "Certificate number", ["SD", "XH"], { text: "certificate", maxLength: 40, sensitivity: "identity" }),
  ],
  { repeats: { max: 10 } },
);

/** Annex 8: the class is always 11 and the certificate always the disabled soldier's. */
export const disabledSoldier: Form = {
  key: "disabled_soldier",
  label: text("残疾军人信息采集分表", "Disabled soldiers: sub-form"),
  annex: "8",
  category: "disabled_soldier",
  sections: [
    grounded(purpose, "安政办〔2018〕157号 一(七)、附件8", disability("disabled_soldier")),
    grounded(purpose, "安政办〔2018〕157号 附件8", gradeChanges),
    payBlock("disabled_soldier", payOf("disabled_soldier")),
    plaqueBlock("disabled_soldier"),
  ],
};

/** Annex 9: classes 14 and 15, each with its own certificate; no plaque. */
export const disabledMilitia: Form = {
  key: "disabled_militia",
  label: text("伤残民兵民工信息采集分表", "Disabled militia and labourers: sub-form"),
  annex: "9",
  category: "disabled_militia",
  sections: [
    grounded(purpose, "安政办〔2018〕157号 一(八)、附件9", disability("disabled_militia")),
    grounded(purpose, "安政办〔2018〕157号 附件9", gradeChanges),
    payBlock("disabled_militia", payOf("disabled_militia")),
  ],
};
