// Overlay: application for the preferential-treatment card (优待证), which came after 2018. Off by default.
import { and, check, codeSet, eq, grounded, gt, has, isIn, item, not, options, section, source, text, today, value } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const g = (key: string): string => `general.${key}`;
const applies = eq(g("card_applied"), true);

/** Class of card and the photo that is printed on it. */
export const preferentialCardOverlay: Overlay = {
  key: "preferential_card",
  label: text("优待证申领", "Preferential-treatment card"),
  scheme: "veterans",
  codeSets: [
    codeSet("card-class", "优待证类别", "Class of card", options([
      ["cadre", "退役干部(含逐月领取退役金)", "Former officer (with monthly pension included)"],
      ["soldier", "退役士兵", "Former soldier"],
      ["demobilised", "复员军人", "Demobilised soldier"],
      ["other", "其他优抚对象", "Other entitled person"],
    ])),
  ],
  sections: [
    {
      form: "general",
      after: "papers",
      section: grounded(
        text("申领优待证", "To apply for the card"),
        "退役军人、其他优抚对象优待证管理办法(试行)",
        section("preferential_card", "优待证申领", "Preferential-treatment card", [
          item("card_applied", "yes-no", "申领优待证", "Applies for the card", ["P"]),
          item("card_class", "code", "优待证类别", "Class of card", ["P"], { codeSet: "card-class", shownIf: applies, required: applies }),
          item("card_applied_at", "date", "申领时间", "Applied on", ["P"], { shownIf: applies, required: applies }),
          item("card_photo", "photo", "优待证照片", "Photo for the card", ["P"], {
            shownIf: applies,
            required: applies,
            maxBytes: 50 * 1024,
            photo: { colour: true, centred: true, width: 352, height: 440 },
            help: text("352×440像素，300dpi，20K至50K，白色背景", "352 by 440 pixels, 300 dpi, 20 to 50 KB, white ground"),
          }),
        ]),
      ),
    },
  ],
  checks: [
    check(
      "preferential_card.applied_future",
      "block",
      gt(g("card_applied_at"), today),
      [g("card_applied_at")],
      text("申领时间不能晚于今天", "The card cannot have been applied for in the future"),
      source(["R"]),
    ),
    check(
      "preferential_card.class_fits",
      "explain",
      and(isIn(g("card_class"), ["cadre"]), not(has(g("categories"), "transferred_cadre", "retired_cadre_nco"))),
      [g("card_class")],
      text("优待证类别与人员类别不符，请核对", "The class of card does not fit the category: please check"),
      source(["R"]),
    ),
    check(
      "preferential_card.soldier_fits",
      "explain",
      and(eq(g("card_class"), value("soldier")), not(has(g("categories"), "retired_soldier"))),
      [g("card_class")],
      text("优待证类别与人员类别不符，请核对", "The class of card does not fit the category: please check"),
      source(["R"]),
    ),
  ],
};
