// Sub-form of retired army workers without military status (annex 5).
import { eq, grounded, item, ne, ref, section, text, value } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { formerTitle } from "../codes/others.ts";
import { certificatePictures, closedBut, noted, yuanUnit } from "./marks.ts";
import { plaqueBlock } from "./plaque-block.ts";

const form = "non_military_staff";

const titles = formerTitle.options.map((each) => each.code);
/** Standing before retirement → prefix of its titles; ordinary workers have none. */
const standings: readonly (readonly [string, string])[] = [
  ["staff", "staff_"],
  ["technician", "technician_"],
  ["skilled_worker", "skilled_"],
  ["worker", "none"],
];
const wasSoldier = eq("non_military_staff.become_staff_by", value("soldier_to_worker"));

const work = section("work", "离退休退职情况", "Work and retirement", [
  item("start_work_date", "date", "参加工作或入伍时间", "Started work or enlisted on", ["CJ"], {
    required: true,
    forced: ref("general.enlist_date"),
  }),
  item("retire_date", "date", "离退休时间", "Retired on", ["CJ"], { required: true, forced: ref("general.leave_date") }),
  item("retire_cert_no", "text", "离退休证件号码", "Retirement certificate", ["CJ", "SD"], {
    required: true,
    text: "certificate",
    maxLength: 40,
    sensitivity: "identity",
  }),
  ...certificatePictures("离退休证件", ["S2"], ne("general.evidence_kind", value("2"))),
  item("former_unit", "text", "原单位(代号)", "Former unit (cover number)", ["CJ", "SD"], {
    required: true,
    text: "unit-code",
    maxLength: 20,
    help: text("只填五位代号，严禁填写番号", "Only the five-digit cover number; never a true designation"),
  }),
  item("former_level", "code", "原职级", "Former level", ["CJ", "SD"], { codeSet: "former-level", required: true }),
  item("former_identity", "code", "退休前身份", "Standing before retirement", ["DC", "SD"], { codeSet: "former-identity", required: true }),
  item("former_title", "code", "退休前职务(职称、技术等级)", "Title before retirement", ["DC", "SD"], {
    codeSet: "former-title",
    closed: standings.map(([identity, prefix]) =>
      closedBut(titles, titles.filter((code) => code === "none" || code.startsWith(prefix)), eq("non_military_staff.former_identity", value(identity)), "与退休前身份不符", "it does not belong to the standing before retirement"),
    ),
  }),
  item("become_staff_by", "code", "成为军队职工方式", "How army staff", ["CJ", "SD"], { codeSet: "become-staff-by", required: true }),
  item("staff_kind", "code", "职工分类", "Kind of worker", ["DC"], { codeSet: "staff-kind", required: true }),
  item("manager_kind", "code", "安置管理单位性质", "Who manages", ["CJ"], { codeSet: "manager-kind", required: true }),
  item("place_region", "area", "安置地", "Area of retirement", ["CJ", "SD"], { required: true }),
  item("handover_batch", "code", "安置计划批次", "Batch of handover", ["CJ"], { codeSet: "handover-batch" }),
  item("received_at", "date", "接收时间", "Received on", ["CJ"], { required: true }),
  item("finance_channel", "text", "财政渠道", "Source of funds", ["SD"], { maxLength: 40 }),
  item("retire_pay", "money", "月离退休金", "Retirement pay a month", ["SD"], { unit: yuanUnit, min: 0, max: 200_000, sensitivity: "money" }),
]);

/** A soldier turned worker (兵改工) tells the service before it. */
const soldierService = section(
  "soldier_service",
  "兵改工前服役情况",
  "Service before becoming a worker",
  [
    item("enlist_place", "area", "入伍地", "Place of enlistment", ["SD", "CJ"], { required: true }),
    item("enlist_hukou", "code", "入伍时户籍", "Registration at enlistment", ["SD", "CJ"], { codeSet: "enlist-hukou", required: true }),
    item("enlist_date", "date", "入伍时间", "Date of enlistment", ["SD", "CJ", "XH"], { required: true }),
    item("leave_date", "date", "改为职工时间", "Became a worker on", ["SD", "R"], {
      required: true,
      ...noted(["SD", "R"], "The end of the service block for those who did not leave the army but changed their standing"),
    }),
    item("rank_class", "code", "军人类别", "Class of soldier", ["CJ"], { codeSet: "rank-class" }),
    item("unit_code", "text", "部队代号", "Unit (cover number)", ["SD", "CJ", "XH"], { text: "unit-code", maxLength: 20 }),
  ],
  { shownIf: wasSoldier },
);

const purpose = text("掌握移交安置与管理情况", "To know handover and management");
const basis = "安政办〔2018〕157号 一(四)、附件5";

/** Annex 5. */
export const nonMilitaryStaff: Form = {
  key: form,
  label: text("军队无军籍离退休退职职工信息采集分表", "Retired army workers without military status: sub-form"),
  annex: "5",
  category: form,
  sections: [
    grounded(purpose, basis, work),
    grounded(purpose, basis, soldierService),
    plaqueBlock(form),
  ],
};
