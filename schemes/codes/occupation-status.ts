// Occupation status of a person: GB/T 2261.4-2003.
import { codeSet, options } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** The thirteen codes of GB/T 2261.4. */
export const occupationStatus: CodeSet = codeSet(
  "occupation-status",
  "从业状况",
  "Occupation status",
  options([
    ["11", "国家公务员", "Civil servant"],
    ["13", "专业技术人员", "Professional or technician"],
    ["17", "职员", "Clerk"],
    ["21", "企业管理人员", "Enterprise manager"],
    ["24", "工人", "Worker"],
    ["27", "农民", "Farmer"],
    ["31", "学生", "Student"],
    ["37", "现役军人", "Serving soldier"],
    ["51", "自由职业者", "Freelance"],
    ["54", "个体经营者", "Self-employed"],
    ["70", "无业人员", "Without occupation"],
    ["80", "退(离)休人员", "Retired"],
    ["90", "其他", "Other"],
  ]),
  { standard: "GB/T 2261.4", edition: "2003" },
);
