// What one row of a department's list says, in the items of the form.
import { normaliseCitizenId } from "../../core/citizen-id.ts";
import { itemAt } from "../../scheme/layout.ts";
import type { Department, DepartmentField, IdentityItems, Scheme, Value } from "../../scheme/model.ts";
import { cellValue, codeSetsOf, type ListRow, rowMeets } from "../matching/service.ts";
import type { Member } from "./fuse.ts";

/** The value as the item would hold it; undefined when the list's word does not settle which of ours it is. */
function asItem(scheme: Scheme, field: DepartmentField, path: string, value: Value | undefined): Value | undefined {
  if (value === undefined || value === "" || field.rule === "answered") return undefined;
  const item = itemAt(scheme, path)?.item;
  if (item === undefined) return undefined;
  const codes = field.rule === "allows" && typeof value === "string" ? field.allowed?.[value] : undefined;
  if (field.rule === "allows" && codes?.length !== 1) return undefined;
  const own = codes?.[0] ?? value;
  if (item.kind === "codes") return Array.isArray(own) ? own : [String(own)];
  return item.kind === "phone" && typeof own === "string" ? own.replace(/\D/gu, "") : own;
}

const itemOfJoin = (identity: IdentityItems, join: DepartmentField["join"]): string | undefined =>
  join === undefined ? undefined : { "id-number": identity.idNumber, name: identity.name, sex: identity.sex, "birth-date": identity.birthDate, area: identity.area, phone: identity.phone }[join];

/** A mistyped number stays what it is: another list may know better, and the report shows it. */
function raw(field: DepartmentField, text: string): Value | undefined {
  if (field.join === "id-number") return text === "" ? undefined : normaliseCitizenId(text);
  return field.join === "name" && text !== "" ? text : undefined;
}

/** Reader of a department's rows, made once for a list. */
export function memberReader(scheme: Scheme, department: Department, list: number): (row: ListRow) => Member {
  const identity = scheme.identity;
  if (identity === undefined) throw new Error(`scheme ${scheme.key} knows no identity`);
  const sets = codeSetsOf(scheme);
  const fields = department.fields.flatMap((field) => {
    const path = field.compares ?? itemOfJoin(identity, field.join);
    return path === undefined ? [] : [{ field, path }];
  });
  const absence = department.absences.find((each) => each.kind === "listed-not-registered");
  const missing = (absence?.rowsWhere ?? []).flatMap((condition) => ("missing" in condition ? [condition.field] : []));
  return (row) => {
    const says: Record<string, Value> = {};
    for (const { field, path } of fields) {
      if (says[path] !== undefined || !rowMeets(department, sets, row, field.rowsWhere)) continue;
      const text = row.cells[field.key]?.trim() ?? "";
      const value = asItem(scheme, field, path, raw(field, text) ?? cellValue(field, sets, text));
      if (value !== undefined) says[path] = value;
    }
    const barred = missing.find((key) => (row.cells[key]?.trim() ?? "") !== "");
    return { list, row: row.no, seeds: absence !== undefined && rowMeets(department, sets, row, absence.rowsWhere), ...(barred !== undefined && { barred }), says };
  };
}
