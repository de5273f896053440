// Overlay: further items about the person that one provincial system asks. Off by default: not in the plans, and more than they need.
import { check, eq, grounded, gt, isIn, item, lt, ref, referenceDate, section, source, text, today } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const g = (key: string): string => `general.${key}`;
const member = isIn(g("political"), ["01", "02"]);

/** Origin, emergency contact, offices held and Party life. */
export const identityMoreOverlay: Overlay = {
  key: "identity_more",
  label: text("其他个人信息(扩展)", "Further personal items"),
  scheme: "veterans",
  sections: [
    {
      form: "general",
      after: "other_identity",
      section: grounded(
        text("掌握个人情况与组织生活", "To know the person and Party life"),
        "省级扩展项目",
        section("identity_more", "其他个人信息(扩展)", "Further personal items", [
          item("native_place", "text", "籍贯", "Native place", ["SD"], { maxLength: 60 }),
          item("family_address", "address", "家庭地址", "Family address", ["SD"], { maxLength: 120, sensitivity: "contact" }),
          item("height", "decimal", "身高", "Height", ["SD"], { decimals: 1, min: 40, max: 250, unit: text("厘米", "cm"), sensitivity: "health" }),
          item("work_since", "date", "参加工作时间", "Works since", ["SD"]),
          item("emergency_phone", "phone", "紧急联系人电话", "Emergency contact", ["SD"], { sensitivity: "contact" }),
          item("deputy", "yes-no", "人大代表", "Deputy of a people's congress", ["SD"]),
          item("deputy_since", "date", "任人大代表起始时间", "Deputy since", ["SD"], { shownIf: eq(g("deputy"), true), required: eq(g("deputy"), true) }),
          item("consultative", "yes-no", "政协委员", "Member of a consultative conference", ["SD"]),
          item("consultative_since", "date", "任政协委员起始时间", "Member since", ["SD"], { shownIf: eq(g("consultative"), true), required: eq(g("consultative"), true) }),
          item("party_years", "computed", "党龄", "Years in the Party", ["SD"], {
            computed: ["years", ref(g("party_join_date")), referenceDate],
            unit: text("年", "years"),
          }),
          item("party_branch", "text", "所在支部", "Party branch", ["SD"], { maxLength: 60, shownIf: member }),
          item("party_dues", "yes-no", "是否按时足额缴纳党费", "Pays dues in time and full", ["SD"], { shownIf: member }),
          item("party_meetings", "yes-no", "是否正常参加组织活动", "Takes part in meetings", ["SD"], { shownIf: member }),
        ]),
      ),
    },
  ],
  checks: [
    check(
      "identity_more.office_future",
      "block",
      ["or", gt(g("deputy_since"), today), gt(g("consultative_since"), today)],
      [g("deputy_since"), g("consultative_since")],
      text("任职起始时间不能晚于今天", "The office cannot begin in the future"),
      source(["R"]),
    ),
    check(
      "identity_more.work_before_birth",
      "block",
      lt(g("work_since"), g("birth_date")),
      [g("work_since")],
      text("参加工作时间早于出生日期", "Works since before birth"),
      source(["R"]),
    ),
  ],
};
