// Person form: employment and help against poverty (R16–R21), asked from 16 to 59 of those who live at home.
import { and, eq, isIn, or, section, text, value } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { atHome, g, heldAt, no, normal, studying, urban, workingAge, yes } from "../conditions.ts";
import { EDITABLE, from, question } from "../origins.ts";

/** Help is asked about unless the reason for not working (at school, retired, no wish, unable) makes it pointless. */
const helpAsked = or(yes("employed"), isIn(g("unemployed_reason"), ["4", "6", "7"]));

/** R16–R21. */
export const employment: Section = section(
  "employment",
  "就业扶贫",
  "Employment and help against poverty",
  [
    question("R16", "employed", "code", "是否就业", "In work", from(["N57", "APP", "ANN"]), {
      codeSet: "employed",
      required: true,
      forced: heldAt("2", studying),
      help: text("在校学习的自动为未就业", "Held at “not in work” while at school"),
    }),
    question("R16b", "unemp_registered", "code", "是否进行失业登记", "Registered as unemployed", from(["APP"]), {
      codeSet: "yes-no-12",
      required: true,
      shownIf: and(urban, no("employed")),
    }),
    question("R17", "job_form", "code", "就业形式", "Form of employment", from(["N57", "APP", "R"], `the kinds of employer under 1 are R; ${EDITABLE}`), {
      codeSet: "job-form",
      required: true,
      shownIf: yes("employed"),
    }),
    question("R18", "living_source", "code", "未就业主要生活来源", "Main means of living without work", from(["N57", "APP", "ANN"]), {
      codeSet: "living-source",
      required: true,
      shownIf: no("employed"),
      sensitivity: "money",
    }),
    question(
      "R19",
      "unemployed_reason",
      "code",
      "未就业主要原因",
      "Main reason for not being in work",
      from(["N57", "APP", "ANN"], "numbered as in APP; ANN numbers 3 丧失劳动能力, 4 无就业意愿, 5 无就业技能"),
      {
        codeSet: "unemployed-reason",
        required: true,
        shownIf: no("employed"),
        closed: [
          {
            codes: ["2", "3", "4", "5", "6", "7"],
            when: studying,
            message: text("在校学习的，未就业原因只能是在校学习", "For a student the reason is being at school"),
          },
        ],
      },
    ),
    question("R20", "help_received", "codes", "动态更新年度内得到的就业扶贫帮扶", "Help received in the year", from(["N57", "APP", "R"], `sub-options are R; ${EDITABLE}`), {
      codeSet: "work-help",
      required: true,
      shownIf: helpAsked,
    }),
    question("R21", "help_needed", "codes", "目前就业扶贫需求", "Help needed now", from(["N57", "APP", "R"], `sub-options are R; ${EDITABLE}`), {
      codeSet: "work-help",
      required: true,
      shownIf: helpAsked,
    }),
  ],
  { shownIf: and(normal, workingAge, atHome) },
);

/** The form jumps from 在校学习 to R25; those not asked for a reason go on. */
export const notJumpedToMedical = or(["is-missing", ["ref", g("unemployed_reason")]], ["not", eq(g("unemployed_reason"), value("1"))]);
