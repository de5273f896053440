// Code sets of questions that came with the form of 2022: housing of the family, services for the old. Labels are editable defaults.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const familyHousing = codeSet(
  "family-housing",
  "家庭住房情况",
  "Housing of the family",
  options([
    ["1", "自有住房", "Own dwelling"],
    ["2", "享受住房保障政策", "Under a housing-support policy"],
    ["3", "租借住房", "Rented or lent"],
    ["4", "危房", "Dilapidated"],
    ["5", "其他", "Other"],
  ]),
);

const services = [
  ["1", "居家养老服务", "Services at home"],
  ["2", "日间照料", "Day care"],
  ["3", "机构养老", "Residential care"],
] as const;

const elderlyReceived = codeSet("elderly-received", "养老服务现状", "Services for the old received", [
  ...options(services),
  option("4", "无", "None", { exclusive: true, alsoWritten: ["未享受"] }),
]);

const elderlyNeed = codeSet("elderly-need", "养老服务需求", "Need of services for the old", [
  ...options(services),
  option("4", "无", "None", { exclusive: true }),
]);

/** Code sets of R7 and R17–R18 of 2022. */
export const laterCodes: readonly CodeSet[] = [familyHousing, elderlyReceived, elderlyNeed];
