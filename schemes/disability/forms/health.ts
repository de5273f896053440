// Person form: treatment and rehabilitation (R31–R37). Training and devices are offered by the kind of disability.
import { eq, has, not, section, text, value } from "../../../src/scheme/define.ts";
import type { ClosedOptions, Section } from "../../../src/scheme/define.ts";
import { g, no, normal, typeIn, yes } from "../conditions.ts";
import { EDITABLE, from, question } from "../origins.ts";

/** Options for other kinds of disability; 7 (several) leaves all open, and so does a child without a certificate. */
const onlyFor = (types: readonly string[], ...codes: string[]): ClosedOptions => ({
  codes,
  when: not(typeIn(...types, "7")),
  message: text("与残疾类别不符", "Not for this kind of disability"),
});

const health = { sensitivity: "health" } as const;

/** R31–R37. */
export const treatment: Section = section(
  "treatment",
  "基本医疗与康复",
  "Treatment and rehabilitation",
  [
    question("R31", "family_doctor", "code", "个人或家庭是否签订家庭医生服务协议", "Signed with a family doctor", from(["APP"], "added in the 2017–18 round"), { codeSet: "yes-no-12", required: true }),
    question("R32", "ill", "code", "除残疾外过去两周是否患其他疾病", "Ill in the past two weeks, apart from the disability", from(["N57", "ANN"]), { codeSet: "yes-no-12", required: true, ...health }),
    question("R33", "treated", "code", "患病是否就诊", "Saw a doctor for it", from(["N57", "ANN"]), { codeSet: "yes-no-12", required: true, shownIf: yes("ill"), ...health }),
    question("R34", "untreated_reason", "codes", "未就诊主要原因", "Main reasons for going without treatment", from(["N57", "APP", "R"], `five options, labels not sourced; ${EDITABLE}`), {
      codeSet: "untreated-reason",
      required: true,
      shownIf: no("treated"),
      ...health,
    }),
    question("R35", "rehab_received", "codes", "动态更新年度内得到康复服务", "Rehabilitation received in the year", from(["N57", "APP"]), { codeSet: "rehab-received", required: true, ...health }),
    question("R36", "no_rehab_reason", "codes", "未得到康复服务原因", "Reasons for receiving none", from(["N57", "APP", "R"], `four options, labels not sourced; ${EDITABLE}`), {
      codeSet: "no-rehab-reason",
      required: true,
      shownIf: has(g("rehab_received"), "6"),
      ...health,
    }),
    question("R37", "rehab_need", "codes", "目前康复需求", "Need of rehabilitation", from(["N57", "APP", "ANN"]), {
      codeSet: "rehab-need",
      required: true,
      closed: [
        onlyFor(["1"], "31", "41"),
        onlyFor(["2", "3"], "32"),
        onlyFor(["2"], "42"),
        onlyFor(["3"], "43"),
        onlyFor(["4"], "33", "44", "441", "442", "443"),
        onlyFor(["5"], "34", "45"),
        onlyFor(["6"], "35"),
        {
          codes: ["4"],
          when: eq(g("disab_type"), value("6")),
          message: text("精神残疾没有对应的辅助器具", "There is no device for mental disability"),
        },
      ],
      ...health,
    }),
  ],
  { shownIf: normal },
);
