// Sex of a person: GB/T 2261.1-2003.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** The four codes of GB/T 2261.1; registers of living persons use 1 and 2. */
export const sex: CodeSet = codeSet(
  "sex",
  "性别",
  "Sex",
  [
    option("0", "未知的性别", "Unknown"),
    option("1", "男", "Male", { alsoWritten: ["男性", "M"] }),
    option("2", "女", "Female", { alsoWritten: ["女性", "F"] }),
    option("9", "未说明的性别", "Not stated"),
  ],
  { standard: "GB/T 2261.1", edition: "2003" },
);
