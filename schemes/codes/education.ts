// Level of education: GB/T 4658-2006. Tens are levels; units say graduated, completed without diploma, or left early.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet, Option } from "../../src/scheme/define.ts";

const within = (parent: string, rows: readonly (readonly [string, string, string, ...string[]])[]): readonly Option[] =>
  rows.map(([code, zh, en, ...alsoWritten]) => option(code, zh, en, alsoWritten.length > 0 ? { parent, alsoWritten } : { parent }));

/** Eight levels and their thirty-two second-level codes; forms accept either. */
export const education: CodeSet = codeSet(
  "education",
  "文化程度",
  "Level of education",
  [
    option("10", "研究生教育", "Postgraduate", { alsoWritten: ["研究生"] }),
    ...within("10", [
      ["11", "博士研究生毕业", "Doctor, graduated", "博士", "博士研究生"],
      ["12", "博士研究生结业", "Doctor, completed"],
      ["13", "博士研究生肄业", "Doctor, left early"],
      ["14", "硕士研究生毕业", "Master, graduated", "硕士", "硕士研究生"],
      ["15", "硕士研究生结业", "Master, completed"],
      ["16", "硕士研究生肄业", "Master, left early"],
      ["17", "研究生班毕业", "Postgraduate class, graduated"],
      ["18", "研究生班结业", "Postgraduate class, completed"],
      ["19", "研究生班肄业", "Postgraduate class, left early"],
    ]),
    option("20", "大学本科教育", "Undergraduate", { alsoWritten: ["本科", "大学本科", "大学"] }),
    ...within("20", [
      ["21", "大学本科毕业", "Undergraduate, graduated"],
      ["22", "大学本科结业", "Undergraduate, completed"],
      ["23", "大学本科肄业", "Undergraduate, left early"],
      ["28", "大学普通班毕业", "University ordinary class, graduated"],
    ]),
    option("30", "大学专科教育", "Junior college", { alsoWritten: ["专科", "大专", "大学专科"] }),
    ...within("30", [
      ["31", "大学专科毕业", "Junior college, graduated"],
      ["32", "大学专科结业", "Junior college, completed"],
      ["33", "大学专科肄业", "Junior college, left early"],
    ]),
    option("40", "中等职业教育", "Secondary vocational", { alsoWritten: ["中等职业"] }),
    ...within("40", [
      ["41", "中等专科毕业", "Secondary specialised, graduated", "中专"],
      ["42", "中等专科结业", "Secondary specialised, completed"],
      ["43", "中等专科肄业", "Secondary specialised, left early"],
      ["44", "职业高中毕业", "Vocational high school, graduated", "职高", "职业高中"],
      ["45", "职业高中结业", "Vocational high school, completed"],
      ["46", "职业高中肄业", "Vocational high school, left early"],
      ["47", "技工学校毕业", "Technical school, graduated", "技校", "技工学校"],
      ["48", "技工学校结业", "Technical school, completed"],
      ["49", "技工学校肄业", "Technical school, left early"],
    ]),
    option("60", "普通高级中学教育", "Senior high school", { alsoWritten: ["高中", "普通高中"] }),
    ...within("60", [
      ["61", "普通高中毕业", "Senior high school, graduated"],
      ["62", "普通高中结业", "Senior high school, completed"],
      ["63", "普通高中肄业", "Senior high school, left early"],
    ]),
    option("70", "初级中学教育", "Junior high school", { alsoWritten: ["初中"] }),
    ...within("70", [
      ["71", "初中毕业", "Junior high school, graduated"],
      ["73", "初中肄业", "Junior high school, left early"],
    ]),
    option("80", "小学教育", "Primary school", { alsoWritten: ["小学", "小学及以下"] }),
    ...within("80", [
      ["81", "小学毕业", "Primary school, graduated"],
      ["83", "小学肄业", "Primary school, left early"],
    ]),
    option("90", "其他", "Other or no schooling", { alsoWritten: ["文盲", "文盲或半文盲"] }),
  ],
  { standard: "GB/T 4658", edition: "2006" },
);
