// Health status: GB/T 2261.3-2003. The codes 31–49 (chronic diseases one by one) are not used by any form here.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** Main codes of GB/T 2261.3 and its kinds of disability (61–69). */
export const health: CodeSet = codeSet(
  "health",
  "健康状况",
  "Health status",
  [
    option("10", "健康或良好", "Healthy or good", { alsoWritten: ["健康", "良好"] }),
    option("20", "一般或较弱", "Fair or weak", { alsoWritten: ["一般", "较弱"] }),
    option("30", "有慢性病", "Chronic disease", { alsoWritten: ["慢性病"] }),
    option("60", "残疾", "Disabled"),
    option("61", "视力残疾", "Visual disability", { parent: "60" }),
    option("62", "听力残疾", "Hearing disability", { parent: "60" }),
    option("63", "言语残疾", "Speech disability", { parent: "60" }),
    option("64", "肢体残疾", "Physical disability", { parent: "60" }),
    option("65", "智力残疾", "Intellectual disability", { parent: "60" }),
    option("66", "精神残疾", "Mental disability", { parent: "60" }),
    option("67", "多重残疾", "Multiple disabilities", { parent: "60" }),
    option("69", "其他残疾", "Other disability", { parent: "60" }),
  ],
  { standard: "GB/T 2261.3", edition: "2003" },
);
