// The village form as a scheme of its own: one record a community and year, known by its area code, checked against the person records.
import { block, explain, grounded, gt, le, lt, not, ref, referenceDate, scheme, text, today } from "../../src/scheme/define.ts";
import type { AcrossCheck, Check, Form, Scheme } from "../../src/scheme/define.ts";
import { villageCodes } from "./codes/village.ts";
import { from } from "./origins.ts";
import { facilities, kindDigit, organisation, place, publicServices, rehabilitation, signatures, v } from "./village-form.ts";

const PLAN = "甘残联发〔2016〕23号 动态更新工作实施方案 五、九";

const form: Form = {
  key: "village",
  label: text("残疾人基本服务状况和需求信息数据动态更新村(社区)登记表", "Update of disabled persons' services and needs: village form"),
  sections: [
    grounded(text("确定村(社区)及其规模", "To say which community it is and how large"), PLAN, place),
    grounded(text("掌握基层组织和人员", "To know organisation and staff"), PLAN, organisation),
    grounded(text("掌握社区康复服务", "To know rehabilitation in the community"), PLAN, rehabilitation),
    grounded(text("掌握为残疾人服务的设施", "To know facilities for disabled persons"), PLAN, facilities),
    grounded(text("掌握服务机构及人员", "To know services and their staff"), PLAN, publicServices),
    grounded(text("填表人和主任负责", "To have the filler and the head answer for it"), PLAN, signatures),
  ],
};

const region = ref(v("region"));

const checks: readonly Check[] = [
  block(
    "village.code_of_village",
    ["=", ["slice", region, 10, 12], ["const", "000"]],
    [v("region")],
    "应填村(社区)一级的12位代码，后三位不为000",
    "Give the code of a village or community: the last three digits are not 000",
    from(["STD"]),
  ),
  block(
    "village.code_kind",
    not(["in", kindDigit, ["0", "1", "2", "3", "4", "5"]]),
    [v("region")],
    "代码第10位应为0至5(0–1社区居委会，2–3村委会，4–5其他)",
    "The tenth digit of the code is 0 to 5 (0–1 residents', 2–3 villagers' committee, 4–5 others)",
    from(["STD"]),
  ),
  block("village.disabled_within_population", gt(v("disabled_total"), v("population")), [v("disabled_total")], "残疾人总数大于常住人口", "More disabled persons than residents", from(["R"])),
  explain("village.households_within_population", gt(v("households"), v("population")), [v("households")], "户数大于常住人口，请核对", "More households than residents: please check", from(["R"])),
  block(
    "village.specialists_disabled",
    gt(v("specialists_disabled"), v("specialists")),
    [v("specialists_disabled")],
    "残疾人专职委员中的残疾人数大于总数",
    "More disabled commissioners than commissioners",
    from(["R"]),
  ),
  block("village.rehab_files_within_total", gt(v("rehab_files"), v("disabled_total")), [v("rehab_files")], "已建康复服务档案人数大于残疾人总数", "More rehabilitation files than disabled persons", from(["P"])),
  block("village.rehab_served_within_total", gt(v("rehab_served"), v("disabled_total")), [v("rehab_served")], "接受社区康复服务人数大于残疾人总数", "More persons served than disabled persons", from(["P"])),
  explain(
    "village.collectors_few",
    lt(v("collectors"), 3),
    [v("collectors")],
    "村(社区)工作人员应为3人，请说明",
    "The plan asks for three surveyors in a village; please explain",
    from(["S3"]),
  ),
  block("village.filled_future", gt(v("filled_at"), today), [v("filled_at")], "填表日期不能晚于今天", "The form cannot be filled in the future", from(["R"])),
  explain(
    "village.filled_before_reference",
    le(v("filled_at"), referenceDate),
    [v("filled_at")],
    "填表日期应在标准时点之后",
    "The form is filled after the reference date",
    from(["S3"]),
  ),
];

const acrossRecords: readonly AcrossCheck[] = [
  {
    key: "village.disabled_total_as_surveyed",
    kind: "count-equals",
    severity: "explain",
    of: "disability",
    item: v("disabled_total"),
    at: [v("disabled_total")],
    message: text("残疾人总数与本村(社区)残疾人登记表份数不一致，请说明", "The number of disabled persons differs from the person forms of this community; please explain"),
    source: from(["P", "R"], "difference must be explained (R-76)"),
  },
];

/** Version 2017.1 of the village form, a part of the survey of disabled persons. */
export const disabilityVillage: Scheme = scheme({
  key: "disability-village",
  version: "2017.1",
  unit: "community",
  partOf: "disability",
  label: text("残疾人动态更新村(社区)登记表", "Services for disabled persons: village form"),
  referenceDate: "2017-06-30",
  generalForm: "village",
  forms: [form],
  categories: [],
  categoryRules: [],
  checks,
  acrossRecords,
  codeSets: villageCodes,
  departments: [],
  findingClasses: [],
  identity: { idNumber: v("region"), name: v("village_name"), area: v("region") },
  baseList: [
    { heading: "村(社区)代码", alsoHeaded: ["区划代码", "统计用区划代码"], item: v("region"), required: true },
    { heading: "村(社区)名称", alsoHeaded: ["名称"], item: v("village_name"), required: true },
  ],
});
