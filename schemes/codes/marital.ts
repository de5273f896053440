// Marital status: GB/T 2261.2-2003. 21, 22 and 23 say more about 20.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** All codes of GB/T 2261.2. */
export const marital: CodeSet = codeSet(
  "marital",
  "婚姻状况",
  "Marital status",
  [
    option("10", "未婚", "Never married"),
    option("20", "已婚", "Married", { alsoWritten: ["有配偶"] }),
    option("21", "初婚", "First marriage", { parent: "20" }),
    option("22", "再婚", "Remarried", { parent: "20" }),
    option("23", "复婚", "Remarried to the former spouse", { parent: "20" }),
    option("30", "丧偶", "Widowed"),
    option("40", "离婚", "Divorced", { alsoWritten: ["离异"] }),
    option("90", "未说明的婚姻状况", "Not stated", { alsoWritten: ["未说明"] }),
  ],
  { standard: "GB/T 2261.2", edition: "2003" },
);
