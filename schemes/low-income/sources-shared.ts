// The columns that every department's list of this scheme has: whose row it is.
import { text } from "../../src/scheme/define.ts";
import type { DepartmentField } from "../../src/scheme/define.ts";

/** Headings under which suppliers send the number and the name. */
export const shared = {
  idHeadings: ["公民身份号码", "身份证号", "身份证号码", "身份证件号码", "证件号码"],
  nameHeadings: ["姓名", "人员姓名"],
} as const;

export const idNumber: DepartmentField = { key: "id_number", label: text("身份证号", "Citizen ID number"), headings: shared.idHeadings, kind: "id-number", join: "id-number" };
export const name: DepartmentField = { key: "name", label: text("姓名", "Name"), headings: shared.nameHeadings, kind: "text", join: "name" };
