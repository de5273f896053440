// Urban-rural classification of a village or community in the statistical area codes: 统计用城乡分类代码 (国函〔2008〕60号).
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** Seven classes: 1xx urban (11x city, 12x town), 2xx rural. */
export const urbanRural: CodeSet = codeSet(
  "urban-rural",
  "城乡分类",
  "Urban-rural class",
  [
    option("111", "主城区", "Main urban area"),
    option("112", "城乡结合区", "Urban fringe", { alsoWritten: ["城乡结合部"] }),
    option("121", "镇中心区", "Town centre"),
    option("122", "镇乡结合区", "Town fringe", { alsoWritten: ["镇乡结合部"] }),
    option("123", "特殊区域", "Special area"),
    option("210", "乡中心区", "Township centre"),
    option("220", "村庄", "Village", { alsoWritten: ["村"] }),
  ],
  { standard: "统计用区划代码和城乡划分代码编制规则", edition: "2023" },
);
