// Code sets of the village form: kind of community by the digits of its code, and barrier-free fittings.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const communityKind = codeSet("community-kind", "类别", "Kind of community", [
  option("1", "社区居委会", "Residents' committee", { alsoWritten: ["居民委员会", "社区"] }),
  option("2", "村委会", "Villagers' committee", { alsoWritten: ["村民委员会", "村"] }),
  option("3", "其他", "Other"),
]);

const fittings = codeSet("barrier-free-fittings", "无障碍设施", "Barrier-free fittings", [
  ...options([
    ["1", "坡道", "Ramp"],
    ["2", "扶手", "Handrails"],
    ["3", "无障碍厕所", "Accessible toilet"],
    ["4", "低位服务台", "Low counter"],
  ]),
  option("5", "无", "None", { exclusive: true }),
]);

/** Code sets of the village form. */
export const villageCodes: readonly CodeSet[] = [communityKind, fittings];
