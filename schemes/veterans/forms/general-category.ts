// General form, block C: the categories, the person's own service in short, and pictures of the papers.
import { and, answered, eq, has, item, not, section, text, value } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { disabledCategories, imageChoice, noted, serviceCategories, sizes, soldierCategories, ticked } from "./marks.ts";

const served = ticked(...serviceCategories);
const soldier = ticked(...soldierCategories);
const ownMerit = ticked(...serviceCategories, ...disabledCategories);

/** Block C. Which sub-forms open follows from `categories` alone. */
export const category: Section = section("category", "对象类别信息", "Category", [
  item("categories", "codes", "人员类别", "Categories", ["FE", "S2"], { codeSet: "category", required: true, fromBaseList: true }),
  item("evidence_kind", "code", "证件情况", "Evidence", ["QA"], {
    codeSet: "evidence-kind",
    required: true,
    help: text(
      "无退役证件的，需村(居)委会证明并与公安、民政、人武部比对；战友证明无效",
      "Without a certificate: a statement of the village committee and a match with the departments; fellow soldiers' words do not count",
    ),
  }),
  item("enlist_date", "date", "入伍(参加工作)时间", "Date of enlistment (or start of work)", ["S0", "S1", "S2", "FE"], {
    required: served,
    shownIf: served,
    fromBaseList: true,
  }),
  item("leave_date", "date", "退伍(离休退休)时间", "Date of discharge or retirement", ["S0", "S1", "S2", "FE"], {
    required: served,
    shownIf: served,
    fromBaseList: true,
  }),
  item("service_identity", "code", "服役期间身份", "Standing during service", ["S0", "S1", "S2", "R"], {
    codeSet: "service-identity",
    ...noted(["S0", "S1", "S2", "R"], "Civilian cadres are added to the plans' three"),
    required: soldier,
    shownIf: soldier,
    fromBaseList: true,
  }),
  item("unit_code", "text", "服役部队(代号)", "Unit (cover number)", ["S0", "S1", "S2", "SD", "XH"], {
    shownIf: served,
    text: "unit-code",
    maxLength: 20,
    help: text("只填五位代号，如“37001部队”；严禁填写番号", "Only the five-digit cover number; never a true designation"),
    ...noted(["S0", "S1", "S2", "SD", "XH"], "Optional by choice: old soldiers often do not remember the cover number"),
  }),
  item("service_no", "text", "服役期间编号", "Service number", ["S0", "S1", "S2"], {
    shownIf: served,
    text: "certificate",
    maxLength: 30,
    sensitivity: "identity",
  }),
  item("honours", "codes", "立功受奖情况", "Honours and merits", ["DC", "S2"], {
    codeSet: "honours",
    required: ownMerit,
    shownIf: ownMerit,
    ...noted(["DC", "S2"], "Asked of those with service or injury of their own; families of soldiers are not asked"),
  }),
]);

const byProof = eq("general.evidence_kind", value("2"));
const merited = and(answered("general.honours"), not(has("general.honours", "none")));

/** Pictures of papers that belong to no sub-form. */
export const papers: Section = section("papers", "证件材料照片", "Pictures of papers", [
  item("honours_photo", "photo", "立功受奖证件照片", "Merit certificate", ["S2"], {
    shownIf: merited,
    maxBytes: sizes.paper,
    ...imageChoice("S2"),
  }),
  item("register_form_photo", "photo", "退伍军人登记表照片", "Discharge registration form from the file", ["S2"], {
    shownIf: byProof,
    maxBytes: sizes.paper,
    help: text("没有退役证件的，查找本人档案，复印退伍军人登记表", "Without a certificate: a copy from the person's file"),
    ...imageChoice("S2"),
  }),
  item("village_statement", "photo", "村(居)委会证明照片", "Statement of the village committee", ["QA"], {
    shownIf: byProof,
    required: and(byProof, ownMerit),
    maxBytes: sizes.paper,
    ...noted(["QA"], "R-23: other proof needs the statement of the village committee; families may show a copy or a proof confirmed by the county"),
  }),
  item("other_photo", "photo", "其他证明材料照片", "Other proof", ["S2"], { maxBytes: sizes.paper, ...imageChoice("S2") }),
]);
