// Sub-form of the families of serving soldiers (annex 13). Garrison places are never collected.
import { eq, grounded, isIn, item, section, text, value } from "../../../src/scheme/define.ts";
import type { Form } from "../../../src/scheme/define.ts";
import { rank, servingRanksOf } from "../codes/ranks.ts";
import { closedBut, noted, sizes } from "./marks.ts";
import { plaqueBlock } from "./plaque-block.ts";

const form = "serving_family";
const dependant = isIn("serving_family.relation", ["spouse", "child"]);
const placed = eq("serving_family.placed", true);

const rankCodes = rank.options.map((each) => each.code);

const family = section("family", "家属情况", "Family member", [
  item("relation", "code", "与现役军人关系", "Relation", ["S2", "CJ"], { codeSet: "serving-relation", required: true }),
  item("follow_army", "yes-no", "是否随军", "Lives with the army", ["SD", "CJ"], { shownIf: dependant, required: dependant }),
  item("placed", "yes-no", "是否安置", "Placed in work", ["CJ"]),
  item("placed_region", "area", "安置地", "Place of placement", ["CJ"], { shownIf: placed, required: placed }),
  item("kin_count", "integer", "直系亲属人口数", "Number of close relatives", ["SD"], { min: 0, max: 50 }),
  item("treatment", "text", "待遇情况(优待金等)", "Benefits (preferential payment and others)", ["SD"], { maxLength: 100, sensitivity: "money" }),
  item("serving_proof", "photo", "现役证明材料照片", "Proof that the soldier serves", ["R"], {
    maxBytes: sizes.paper,
    ...noted(["R"], "The plan names no paper for this category; the household register and a proof of service stand for one"),
    help: text("如军人证件、部队政治机关证明；拍摄前遮住部队番号和驻地", "Such as the military certificate or a proof by the unit; cover designation and garrison before taking the picture"),
  }),
]);

const serving = section("serving", "现役军人情况", "The serving soldier", [
  item("s_name", "text", "现役军人姓名", "Name", ["SD", "CJ"], { required: true, text: "name", maxLength: 50 }),
  item("s_id_number", "id-number", "现役军人身份证号", "ID number", ["SD", "CJ"], { required: true, sensitivity: "identity" }),
  item("s_kind", "code", "军人类别", "Class", ["SD", "CJ"], { codeSet: "serving-kind", required: true }),
  item("s_rank", "code", "军衔等级", "Rank", ["CJ", "K"], {
    codeSet: "rank",
    closed: Object.entries(servingRanksOf).map(([kind, ranks]) =>
      closedBut(rankCodes, ranks, eq("serving_family.s_kind", value(kind)), "军衔与军人类别不符", "the rank does not belong to the class"),
    ),
  }),
  item("s_cert_no", "text", "军队证件号", "Military certificate", ["SD"], {
    text: "certificate",
    maxLength: 20,
    sensitivity: "identity",
    help: text("军官证、文职干部证、士官证或义务兵证号", "Officer's, civilian cadre's, NCO's or conscript's certificate"),
  }),
  item("s_enlist_date", "date", "入伍时间", "Enlisted on", ["CJ", "SD"], { required: true }),
  item("s_enlist_region", "area", "应征(入伍)地", "Place of enlistment", ["CJ"], { required: true }),
  item("s_unit_code", "text", "服役部队代号", "Unit (cover number)", ["CJ"], {
    text: "unit-code",
    maxLength: 20,
    help: text("只填五位代号；不填番号和驻地", "Only the five-digit cover number; no designation, no garrison"),
  }),
  item("s_region_kind", "code", "服役地区类别", "Kind of region", ["CJ", "R"], {
    codeSet: "serving-region",
    ...noted(["CJ", "R"], "The list of kinds is reconstructed; the place itself is never collected"),
  }),
]);

const purpose = text("落实军属优待、悬挂光荣牌", "To grant what families of the serving are entitled to");
const basis = "安政办〔2018〕157号 一(十二)、附件13";

/** Annex 13. */
export const servingFamily: Form = {
  key: form,
  label: text("现役军人家属信息采集分表", "Families of serving soldiers: sub-form"),
  annex: "13",
  category: form,
  sections: [grounded(purpose, basis, family), grounded(purpose, basis, serving), plaqueBlock(form)],
};
