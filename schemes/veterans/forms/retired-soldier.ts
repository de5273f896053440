// Sub-form of retired soldiers (annex 3): way of placement, service, training, plaque.
import { addYears, and, eq, ge, grounded, isIn, item, lt, ref, referenceDate, section, text, value } from "../../../src/scheme/define.ts";
import type { Expression, Form } from "../../../src/scheme/define.ts";
import { noted, yuanUnit } from "./marks.ts";
import { plaqueBlock } from "./plaque-block.ts";
import { serviceBlock } from "./service-block.ts";

const kindIs = (...kinds: string[]): ReturnType<typeof isIn> => isIn("retired_soldier.soldier_kind", kinds);
const placed = kindIs("assigned_work");
const paidOff = kindIs("self_employment", "self_chosen_job");
const resumed = kindIs("resumed");
const rural60 = eq("retired_soldier.rural60", true);

/** Unknown while the date is missing: an unknown condition takes the second branch, which then gives the missing date. */
const since2011: Expression = ["if", ge("retired_soldier.leave_date", value("2011-11-01")), value("since_2011_11"), ref("retired_soldier.leave_date")];

const kind = section("kind", "安置类别", "Kind", [
  item("soldier_kind", "code", "安置方式/类别", "Way of placement", ["S2", "CJ"], { codeSet: "soldier-kind", required: true }),
  item("leave_period", "computed", "退役年段", "Period of discharge", ["SD"], {
    codeSet: "leave-period",
    computed: ["if", lt("retired_soldier.leave_date", value("2011-11-01")), value("before_2011_11"), since2011],
    ...noted(["SD", "K"], "The Regulations on Placement of Retired Soldiers took effect on 2011-11-01"),
  }),
]);

const placement = section("placement", "安置情况", "Placement", [
  item("conscript_from", "date", "服义务兵开始时间", "Conscript from", ["XH", "FE"]),
  item("conscript_to", "date", "服义务兵结束时间", "Conscript to", ["XH", "FE"]),
  item("conscript_years", "decimal", "义务兵折算年限", "Years as a conscript, as counted", ["XH"], {
    decimals: 1,
    min: 0,
    max: 20,
    unit: text("年", "years"),
    help: text("不满一年的按政策折算", "Parts of a year are counted as policy says"),
  }),
  item("skill_level", "text", "军队职业技能资格", "Vocational qualification in the army", ["SD"], { maxLength: 60 }),
  item("place_region", "area", "安置地", "Place of placement", ["SD", "DC"], { required: true }),
  item("place_mode", "code", "安置类型", "Place relative to origin", ["DC"], { codeSet: "placement-mode" }),
  item("place_condition", "code", "符合安排工作条件", "Ground for assigned work", ["SD", "K"], {
    codeSet: "placement-condition",
    shownIf: placed,
    required: placed,
  }),
  item("place_unit", "text", "安置单位", "Receiving unit", ["SD", "CJ"], { shownIf: placed, required: placed, maxLength: 80 }),
  item("place_unit_type", "code", "安置单位性质", "Kind of receiving unit", ["SD", "CJ"], {
    codeSet: "placement-unit-type",
    shownIf: placed,
    required: placed,
  }),
  item("report_date", "date", "到单位报到时间", "Reported for work on", ["SD", "CJ"], { shownIf: placed }),
  item("on_post", "yes-no", "是否上岗", "At work", ["SD", "CJ"], { shownIf: placed, required: placed }),
  item("lump_sum_taken", "yes-no", "是否领取一次性补助金", "Lump sum received", ["SD", "CJ"], { shownIf: paidOff, required: paidOff }),
  item("lump_sum", "money", "一次性(自主就业)补助金金额", "Lump sum", ["SD", "CJ"], {
    shownIf: eq("retired_soldier.lump_sum_taken", true),
    unit: yuanUnit,
    min: 0,
    max: 2_000_000,
    sensitivity: "money",
    ...noted(["SD", "CJ"], "Optional: sums of decades ago are often not remembered"),
  }),
  item("self_job_cert_no", "text", "城镇退役士兵自谋职业证号", "Number of the self-chosen-job certificate", ["S2"], {
    shownIf: kindIs("self_chosen_job"),
    required: kindIs("self_chosen_job"),
    text: "certificate",
    maxLength: 40,
    sensitivity: "identity",
  }),
  item("resume_kind", "code", "复工/复职/复学", "What was resumed", ["S2"], { codeSet: "resume-kind", shownIf: resumed, required: resumed }),
  item("resume_unit", "text", "复工复职单位或复学学校", "Unit or school", ["S2"], { shownIf: resumed, required: resumed, maxLength: 80 }),
  item("rural60", "computed", "60周岁以上农村籍退役士兵", "Rural veteran soldier aged 60 or over", ["XH", "K"], {
    computed: and(
      eq("general.hukou_type", value("1")),
      ["<=", addYears("general.birth_date", 60), referenceDate],
      ge("retired_soldier.enlist_date", value("1954-11-01")),
    ),
    ...noted(["XH", "K"], "Conscription dates from 1954-11-01"),
  }),
  item("rural60_basis", "code", "农村籍退役士兵身份认定依据", "Proof of that status", ["XH"], {
    codeSet: "rural60-basis",
    shownIf: rural60,
    required: rural60,
  }),
  item("want_job", "yes-no", "就业意愿", "Wants a job", ["SD"]),
  item("want_business", "yes-no", "创业意愿", "Wants to start a business", ["SD"]),
]);

const trainings = section(
  "trainings",
  "培训情况",
  "Training",
  [
    item("train_kind", "code", "培训种类", "Kind", ["SD", "CJ"], { codeSet: "training-kind", required: true }),
    item("train_name", "text", "培训内容", "Subject", ["SD", "CJ"], { maxLength: 80 }),
    item("train_year", "integer", "年度", "Year", ["SD", "CJ"], { min: 1949, max: 2100 }),
  ],
  { repeats: { max: 10 } },
);

const purpose = text("掌握退役安置与就业情况", "To know placement and employment after service");
const basis = "安政办〔2018〕157号 一(二)、附件3";

/** Annex 3. */
export const retiredSoldier: Form = {
  key: "retired_soldier",
  label: text("退役士兵信息采集分表", "Retired soldiers: sub-form"),
  annex: "3",
  category: "retired_soldier",
  sections: [
    grounded(purpose, basis, kind),
    ...serviceBlock("retired_soldier", ["senior_nco", "middle_nco", "junior_nco", "conscript", "volunteer"]),
    grounded(purpose, basis, placement),
    grounded(purpose, basis, trainings),
    plaqueBlock("retired_soldier"),
  ],
};
