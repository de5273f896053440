// Kinds and grades of disability of civilians: GB/T 26341-2010. Grades of disabled soldiers (1–10) are another scale.
import { codeSet, option, options } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** The seven kinds of disability. */
export const disabilityType: CodeSet = codeSet(
  "disability-type",
  "残疾类别",
  "Kind of disability",
  options([
    ["1", "视力残疾", "Visual"],
    ["2", "听力残疾", "Hearing"],
    ["3", "言语残疾", "Speech"],
    ["4", "肢体残疾", "Physical"],
    ["5", "智力残疾", "Intellectual"],
    ["6", "精神残疾", "Mental"],
    ["7", "多重残疾", "Multiple"],
  ]),
  { standard: "GB/T 26341", edition: "2010" },
);

/** The four grades, the first being the heaviest. */
export const disabilityGrade: CodeSet = codeSet(
  "disability-grade",
  "残疾等级",
  "Grade of disability",
  [
    option("1", "一级", "Grade 1 (heaviest)", { alsoWritten: ["壹级", "1级"] }),
    option("2", "二级", "Grade 2", { alsoWritten: ["贰级", "2级"] }),
    option("3", "三级", "Grade 3", { alsoWritten: ["叁级", "3级"] }),
    option("4", "四级", "Grade 4", { alsoWritten: ["肆级", "4级"] }),
  ],
  { standard: "GB/T 26341", edition: "2010" },
);
