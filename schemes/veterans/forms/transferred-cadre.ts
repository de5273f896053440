// Sub-form of transferred officers and cadres (annex 2): way of placement, grade, receiving unit, pension.
import { eq, grounded, isIn, item, section, text, value } from "../../../src/scheme/define.ts";
import type { Expression, Form } from "../../../src/scheme/define.ts";
import { yuanUnit } from "./marks.ts";
import { plaqueBlock } from "./plaque-block.ts";
import { serviceBlock } from "./service-block.ts";

const form = "transferred_cadre";
const at = (key: string): string => `${form}.${key}`;
const kindIs = (...kinds: string[]): Expression => isIn(at("placement_kind"), kinds);
const planned = kindIs("planned");
const pensioned = kindIs("self_chosen", "monthly_pension");
const inEnterprise = kindIs("enterprise");
const officer = eq(at("rank_class"), value("officer"));
const civilian = eq(at("rank_class"), value("civilian_cadre"));

const kind = section("kind", "安置类别", "Kind", [
  item("placement_kind", "code", "安置类别", "Way of placement", ["S2", "CJ", "SD"], { codeSet: "officer-placement", required: true }),
]);

const duty = section("duty", "职务等级", "Grade", [
  item("officer_kind", "code", "军官类别", "Kind of officer", ["CJ"], { codeSet: "officer-kind", shownIf: officer, required: officer }),
  item("civil_kind", "code", "文职类别", "Kind of civilian cadre", ["CJ"], { codeSet: "civil-kind", shownIf: civilian, required: civilian }),
  item("duty_grade", "code", "职务(技术)等级", "Grade of duty", ["DC", "SD", "CJ"], { codeSet: "duty-grade", required: true }),
  item("duty_name", "text", "任现职级名称", "Name of the duty", ["SD"], {
    maxLength: 40,
    help: text("只填职务，不填部队番号", "The duty only, never a unit"),
  }),
  item("duty_since", "date", "任现职务时间", "In this duty since", ["SD"]),
  item("law_qualification", "yes-no", "法律职业资格", "Qualified in law", ["SD"]),
]);

const placement = section("placement", "安置情况", "Placement", [
  item("place_region", "area", "安置地", "Place of placement", ["SD"], { required: true }),
  item("place_unit", "text", "安置单位", "Receiving unit", ["SD", "CJ"], {
    shownIf: kindIs("planned", "enterprise"),
    required: planned,
    maxLength: 80,
  }),
  item("place_unit_type", "code", "安置单位性质", "Kind of receiving unit", ["SD", "CJ"], {
    codeSet: "placement-unit-type",
    shownIf: kindIs("planned", "enterprise"),
    required: planned,
  }),
  item("place_level", "code", "安置职务级别", "Level of the post", ["CJ"], { codeSet: "place-level", shownIf: planned }),
  item("place_date", "date", "安置日期", "Placed on", ["SD"], { shownIf: planned }),
  item("notice_date", "date", "通知日期", "Notified on", ["SD"], { shownIf: planned }),
  item("report_date", "date", "报到日期", "Reported on", ["SD"], { shownIf: planned }),
  item("pension_start", "month", "退役金起始发放时间", "Pension from", ["SD", "CJ"], { shownIf: pensioned, required: pensioned }),
  item("pension_month", "money", "月退役金", "Pension a month", ["SD", "CJ"], {
    shownIf: pensioned,
    required: pensioned,
    unit: yuanUnit,
    min: 0,
    max: 100_000,
    sensitivity: "money",
  }),
  item("enterprise_status", "code", "企业军转干部状况", "Situation in the enterprise", ["DC"], {
    codeSet: "enterprise-status",
    shownIf: inEnterprise,
    required: inEnterprise,
  }),
  item("file_keeper", "text", "档案管理单位", "Keeper of the file", ["SD"], { maxLength: 80 }),
  item("family_followed", "integer", "随调家属(随迁人数)", "Family members who followed", ["SD"], { min: 0, max: 20 }),
]);

const purpose = text("掌握转业安置情况", "To know the placement of transferred cadres");
const basis = "安政办〔2018〕157号 一(一)、附件2";

/** Annex 2. */
export const transferredCadre: Form = {
  key: form,
  label: text("军队转业干部信息采集分表", "Transferred officers and cadres: sub-form"),
  annex: "2",
  category: form,
  sections: [
    grounded(purpose, basis, kind),
    ...serviceBlock(form, ["officer", "civilian_cadre"]),
    grounded(purpose, basis, duty),
    grounded(purpose, basis, placement),
    plaqueBlock(form),
  ],
};
