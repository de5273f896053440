// Person form: social security, assistance and welfare (R22–R28), care (R29–R30).
import { and, has, missing, ne, or, section, text, value } from "../../../src/scheme/define.ts";
import type { Section } from "../../../src/scheme/define.ts";
import { ageFrom, g, heldAt, holdsCertificate, needsCare, no, normal, notStudying, rural, urban, workingAge, yes } from "../conditions.ts";
import { EDITABLE, from, question } from "../origins.ts";
import { notJumpedToMedical } from "./employment.ts";

const livingAllowance = ["1", "11", "12", "13"];

/** R22–R28. */
export const security: Section = section(
  "security",
  "社会保障",
  "Social security",
  [
    question("R22", "worker_insurance", "codes", "参加职工社会保险", "Employees' social insurance", from(["N57", "APP", "ANN"]), {
      codeSet: "worker-insurance",
      required: true,
      shownIf: and(ageFrom(16), notStudying, notJumpedToMedical),
    }),
    question("R23", "resident_pension", "code", "城乡居民养老保险", "Residents' old-age insurance", from(["N57", "APP"]), {
      codeSet: "yes-no-12",
      required: true,
      shownIf: and(ageFrom(16), notJumpedToMedical),
      forced: heldAt("2", has(g("worker_insurance"), "1")),
    }),
    question("R24", "pension_subsidy", "code", "是否享受居民养老保险缴费补贴", "Contribution to it subsidised", from(["N57", "APP"]), {
      codeSet: "yes-no-12",
      required: true,
      shownIf: and(workingAge, yes("resident_pension")),
    }),
    question("R25", "resident_medical", "code", "城乡居民医疗保险", "Residents' medical insurance", from(["N57", "APP"]), {
      codeSet: "yes-no-12",
      required: true,
      forced: heldAt("2", has(g("worker_insurance"), "2")),
    }),
    question("R26", "medical_subsidy", "code", "是否享受居民医疗保险缴费补贴", "Contribution to it subsidised", from(["N57", "APP"]), {
      codeSet: "yes-no-12",
      required: true,
      shownIf: yes("resident_medical"),
    }),
    question("R27", "assistance", "codes", "社会救助及住房改善", "Social assistance and better housing", from(["N57", "APP", "R"], `sub-options of 4 are R; ${EDITABLE}`), {
      codeSet: "assistance",
      required: true,
      closed: [
        {
          codes: ["6"],
          when: yes("medical_subsidy"),
          message: text("享受医疗保险缴费补贴的，属于医疗救助，不能选“无”", "A subsidised contribution is medical assistance, so it is not “none”"),
        },
        {
          codes: ["5"],
          when: or(["not", rural], missing(g("rural_housing")), ne(g("rural_housing"), value("1"))),
          message: text("享受危房改造的应是农业户口且住房状况良好(R3、R11)", "Only for rural households whose house is in good condition now (R3, R11)"),
        },
        {
          codes: livingAllowance,
          when: and(urban, ne(g("urban_income"), value("1"))),
          message: text("城镇低保家庭的收入情况应为低于低保标准(R8)", "An urban household on the allowance lives below its standard (R8)"),
        },
        { codes: ["11", "12"], when: rural, message: text("农业户口的选农村低保", "Rural households are on the rural allowance") },
        { codes: ["13"], when: urban, message: text("非农业户口的选城镇低保", "Urban households are on the urban allowance") },
      ],
    }),
    question("R28", "welfare", "codes", "社会福利补贴", "Welfare subsidies", from(["N57", "APP", "R"], `labels 1 and 2 inferred from the rules, sub-options of 3 are R; ${EDITABLE}`), {
      codeSet: "welfare",
      required: true,
      closed: [
        {
          codes: ["4"],
          when: and(has(g("assistance"), "1"), holdsCertificate),
          message: text("持证的低保对象享受困难残疾人生活补贴，不能选“无”", "Certificate holders on the living allowance receive the living subsidy, so it is not “none”"),
        },
      ],
    }),
  ],
  { shownIf: normal },
);

/** R29–R30: intellectual, mental, multiple, or physical disability of grade 1–2, aged 16 to 59. */
export const care: Section = section(
  "care",
  "托养",
  "Care",
  [
    question("R29", "care_received", "code", "是否享受托养服务", "Receives a care service", from(["N57", "APP"]), { codeSet: "care-received", required: true }),
    question("R30", "care_need", "codes", "目前托养服务需求", "Need of a care service", from(["N57", "APP", "R"], `labels 2–4 are R; ${EDITABLE}`), {
      codeSet: "care-need",
      required: true,
      shownIf: no("care_received"),
    }),
  ],
  { shownIf: and(normal, workingAge, needsCare) },
);
