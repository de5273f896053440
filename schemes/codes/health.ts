// Health status: GB/T 2261.3-2003. The units below 30 name the chronic disease, those below 60 the kind of disability.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** All codes of GB/T 2261.3; 40, which the standard prints beside 30 for the same thing, is read as 30. */
export const health: CodeSet = codeSet(
  "health",
  "健康状况",
  "Health status",
  [
    option("10", "健康或良好", "Healthy or good", { alsoWritten: ["健康", "良好"] }),
    option("20", "一般或较弱", "Fair or weak", { alsoWritten: ["一般", "较弱"] }),
    option("30", "有慢性病", "Chronic disease", { alsoWritten: ["慢性病", "40"] }),
    option("31", "心血管病", "Cardiovascular disease", { parent: "30" }),
    option("32", "脑血管病", "Cerebrovascular disease", { parent: "30" }),
    option("33", "慢性呼吸系统病", "Chronic respiratory disease", { parent: "30" }),
    option("34", "慢性消化系统病", "Chronic digestive disease", { parent: "30" }),
    option("35", "慢性肾炎", "Chronic nephritis", { parent: "30" }),
    option("36", "结核病", "Tuberculosis", { parent: "30" }),
    option("37", "糖尿病", "Diabetes", { parent: "30" }),
    option("38", "神经或精神疾病", "Neurological or mental disease", { parent: "30" }),
    option("41", "癌症", "Cancer", { parent: "30" }),
    option("49", "其他慢性病", "Other chronic disease", { parent: "30" }),
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

/** Codes of people without a disability: healthy, weak, or ill with any chronic disease. */
export const withoutDisability: readonly string[] = health.options.map((each) => each.code).filter((code) => code < "60");
