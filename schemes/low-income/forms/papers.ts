// Pictures of papers: one for each category that is ticked (it opens with the category and is put aside with it), and those of identity
// and housing. S4 asks for agreement with card and household register; which paper proves which hardship is reconstructed.
import { item, section, text } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { paperOf, ticked } from "../categories.ts";
import { noted, PAPER } from "./marks.ts";

const papersOfCategories: readonly (readonly [category: string, zh: string, en: string])[] = [
  ["party_member", "党组织困难证明", "The Party organisation's statement"],
  ["worker", "工会困难职工证明", "The trade union's statement"],
  ["extreme_poverty", "特困人员救助供养证", "Certificate of support"],
  ["minimum_living", "最低生活保障证", "Certificate of the allowance"],
  ["expenditure", "大额支出票据", "Bills of large expenses"],
  ["margin", "收入证明", "Proof of income"],
  ["medical", "诊断证明或医疗费用票据", "Diagnosis or medical bills"],
  ["education", "学籍证明或缴费票据", "Proof of enrolment or school bills"],
  ["housing", "危房鉴定或租房合同", "Survey of the unsafe house or tenancy agreement"],
  ["employment", "失业登记或就业困难认定", "Registration of unemployment"],
  ["accident", "事故认定或受灾证明", "Statement of the accident or disaster"],
];

/** Pictures of papers. */
export const papers: Section = section("papers", "证件和证明材料照片", "Pictures of papers", [
  item("card_photo_front", "photo", "户主身份证照片(人像面)", "Head's card, portrait side", ["S4", "R"], { maxBytes: PAPER }),
  item("card_photo_back", "photo", "户主身份证照片(国徽面)", "Head's card, emblem side", ["S4", "R"], { maxBytes: PAPER }),
  item("hukou_photo", "photo", "户口簿照片", "Household register", ["S4", "R"], { maxBytes: PAPER }),
  item("house_photo", "photo", "住房外观照片", "The house from outside", ["R"], { maxBytes: PAPER, help: text("入户调查时拍摄，不拍人", "Taken on the visit, without people") }),
  ...papersOfCategories.map(([category, zh, en]) =>
    item(paperOf(category), "photo", zh, en, ["R"], { shownIf: ticked(category), maxBytes: PAPER, ...noted(["R"], "Opens with its category; its absence is noted, not refused") }),
  ),
]);
