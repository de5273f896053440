// Code sets of the plaque of honour (光荣牌): the states it goes through, and why one is replaced or cancelled.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const plaqueState = codeSet(
  "plaque-state",
  "光荣牌状态",
  "State of the plaque",
  options([
    ["not_applied", "未申请", "Not applied for"],
    ["applied", "已申请", "Applied for"],
    ["hung", "已悬挂", "Hung"],
    ["replaced", "已更换", "Replaced"],
    ["cancelled", "已取消", "Cancelled"],
  ]),
);

const replacement = codeSet(
  "plaque-replacement",
  "更换原因",
  "Reason of replacement",
  options([
    ["damaged", "污损、丢失", "Damaged or lost"],
    ["moved", "住址变动", "Changed residence"],
    ["registration_moved", "户籍迁移", "Registration moved"],
    ["other", "其他", "Other"],
  ]),
);

/** The plans name no list; these are the triggers found in local rules, written anew. */
const cancellation = codeSet("plaque-cancellation", "取消原因", "Reason of cancellation", [
  option("convicted", "因严重犯罪被判刑", "Convicted of a serious crime"),
  option("expelled", "被开除或取消相应身份", "Expelled, or standing withdrawn"),
  option("not_eligible", "经核实不符合悬挂条件", "Found not eligible"),
  option("other", "其他", "Other"),
]);

/** Code sets of the plaque block. */
export const plaqueCodes: readonly CodeSet[] = [plaqueState, replacement, cancellation];
