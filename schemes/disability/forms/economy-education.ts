// Person form: economy and housing (R8–R11) and education (R12–R15).
import { and, answered, eq, isIn, ne, not, or, section, text, value } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { aged, ageFrom, atHome, g, normal, notStudying, rural, studying, under, urban } from "../conditions.ts";
import { EDITABLE, from, question } from "../origins.ts";

/** R8–R11: asked of those who live at home; the kind of registration decides which two. */
export const economy: Section = section(
  "economy",
  "经济及住房",
  "Economy and housing",
  [
    question("R8", "urban_income", "code", "城镇家庭收入情况", "Income of an urban household", from(["N57", "APP"]), {
      codeSet: "urban-income",
      required: true,
      shownIf: urban,
      sensitivity: "money",
      help: text("可参照民政低保库(金额、差额、分类施保)", "Compare the register of civil affairs"),
    }),
    question("R9", "urban_housing", "code", "城镇家庭住房情况", "Housing of an urban household", from(["N57", "APP", "R"], `labels 1 and 3 and the sub-options are R; ${EDITABLE}`), {
      codeSet: "urban-housing",
      required: true,
      shownIf: urban,
    }),
    question("R10", "poverty", "code", "贫困与建档立卡状况", "Poverty and registration", from(["N57", "APP"]), {
      codeSet: "poverty-standing",
      required: true,
      shownIf: rural,
      sensitivity: "money",
      help: text("可参照扶贫办建档立卡数据", "Compare the register of the poverty office"),
    }),
    question("R11", "rural_housing", "code", "农村家庭住房情况", "Housing of a rural household", from(["N57", "APP", "R"], `label 2 is R, 危房 is sourced but its number is not; ${EDITABLE}`), {
      codeSet: "rural-housing",
      required: true,
      shownIf: rural,
    }),
  ],
  { shownIf: and(normal, atHome) },
);

const notEducated = (...fits: string[]) => not(isIn(g("education"), fits));
const levelMismatch = text("就读阶段与受教育程度不一致，请核对", "The stage of schooling does not agree with the level of education");

/** R12–R15. Who attends a school says so by R14; a child of 6 to 14 who does not gives the reason. */
export const education: Section = section(
  "education",
  "教育",
  "Education",
  [
    question("R12", "literate", "code", "是否识字", "Can read", from(["N57", "APP", "ANN"]), {
      codeSet: "yes-no-12",
      required: true,
      shownIf: ageFrom(15),
    }),
    question("R13", "education", "code", "受教育程度", "Level of education", from(["N57", "ANN"]), {
      codeSet: "education-seven",
      required: true,
      shownIf: ageFrom(6),
      closed: [
        {
          codes: ["3", "4", "5", "6", "7"],
          when: eq(g("literate"), value("2")),
          message: text("不识字的，受教育程度只能是未上学或小学", "Who cannot read has no schooling or primary school"),
        },
      ],
      help: text("在校学生填正在就读的程度", "Pupils and students: the level they attend"),
    }),
    question("R14", "school_kind", "code", "目前在读学校：就读机构", "School attended: kind", from(["APP", "ANN"], "the app counts 1–6 ordinary and 7 on special in one list"), {
      codeSet: "school-kind",
      shownIf: or(and(ageFrom(3), under(6)), ne(g("education"), value("1"))),
      help: text("不在校的不填", "Left out by those who attend no school"),
    }),
    question("R14", "school_level", "code", "目前在读学校：就读阶段", "School attended: stage", from(["APP", "ANN", "R"], `levels are R; ${EDITABLE}`), {
      codeSet: "school-level",
      required: true,
      shownIf: studying,
      closed: [
        { codes: ["1"], when: answered(g("education")), message: levelMismatch },
        { codes: ["2"], when: notEducated("2"), message: levelMismatch },
        { codes: ["3"], when: notEducated("2", "3"), message: levelMismatch },
        { codes: ["4"], when: notEducated("3", "4"), message: levelMismatch },
        { codes: ["5"], when: notEducated("4", "5"), message: levelMismatch },
        { codes: ["6"], when: notEducated("4", "5", "6", "7"), message: levelMismatch },
      ],
    }),
    question("R15", "not_enrolled_reason", "code", "未入学主要原因", "Main reason for not being at school", from(["N57", "APP", "R"], EDITABLE), {
      codeSet: "not-enrolled-reason",
      required: true,
      shownIf: and(aged(6, 14), notStudying),
    }),
  ],
  { shownIf: normal },
);
