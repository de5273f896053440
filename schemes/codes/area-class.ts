// What the township part (digits 7–9) and the village part (digits 10–12) of a statistical area code say of the place.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

const standard = { standard: "统计用区划代码和城乡划分代码编制规则", edition: "2023" };

/** Classes of the township part by its first digit: 001–099, 100–199, 200–399, 400–599, 600–. */
export const townshipClass: CodeSet = codeSet(
  "township-class",
  "乡级区划类别",
  "Kind of township-level area",
  [
    option("0", "街道", "Street office", { alsoWritten: ["街道办事处"] }),
    option("1", "镇", "Town", { alsoWritten: ["建制镇"] }),
    option("2", "乡", "Township", { alsoWritten: ["民族乡", "苏木"] }),
    option("4", "政企合一单位", "Enterprise or farm with administrative duties", { alsoWritten: ["类似乡级单位", "农场", "林场", "牧场"] }),
    option("6", "开发区", "Development zone", { alsoWritten: ["工业园区"] }),
  ],
  standard,
);

/** Classes of the village part by its first digit: 001–199, 200–399, 400–599. */
export const villageClass: CodeSet = codeSet(
  "village-class",
  "村级区划类别",
  "Kind of village-level area",
  [
    option("1", "社区居委会", "Residents' committee (community)", { alsoWritten: ["居民委员会", "居委会", "社区", "社区居民委员会"] }),
    option("2", "村委会", "Villagers' committee (village)", { alsoWritten: ["村民委员会", "行政村", "村"] }),
    option("3", "其他", "Other", { alsoWritten: ["类似居委会", "类似村委会", "虚拟社区"] }),
  ],
  standard,
);

/** Class of the township part of a 12-digit area code; undefined above township level. */
export function townshipClassOf(area: string): string | undefined {
  const part = Number(area.slice(6, 9));
  if (!/^\d{12}$/u.test(area) || part === 0) return undefined;
  return part < 100 ? "0" : part < 200 ? "1" : part < 400 ? "2" : part < 600 ? "4" : "6";
}

/** Class of the village part of a 12-digit area code; undefined above village level. */
export function villageClassOf(area: string): string | undefined {
  const part = Number(area.slice(9));
  if (!/^\d{12}$/u.test(area) || part === 0) return undefined;
  return part < 200 ? "1" : part < 400 ? "2" : "3";
}
