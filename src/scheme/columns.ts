// The table of a snapshot: one row a record, one column an item of the sections that do not repeat, one list of structures a repeating
// section. Dates and months stay text and integers stay doubles, so that a faulty answer reaches the bulk check as it was stored and
// every comparison gives what `evaluate` gives.
import type { Text } from "../core/issue.ts";
import type { Answers, FormAnswers, Group, Scheme, Sensitivity } from "./model.ts";
import { isRows } from "./layout.ts";
import { itemType, type ValueType } from "./value-types.ts";

export const SQL_TYPES: Readonly<Record<ValueType, string>> = { text: "VARCHAR", number: "DOUBLE", boolean: "BOOLEAN", codes: "VARCHAR[]" };

/** A member of the structures of a repeating section; `path` is `form.section[].key`. */
export type RowField = { readonly name: string; readonly type: ValueType; readonly path: string; readonly label: Text; readonly sensitivity: Sensitivity };
/** `form` and `key` say where the answers hold it; `fields` are there for repeating sections only; `computed` is never typed in by people. */
export type Column = {
  readonly name: string;
  readonly sqlType: string;
  readonly type: ValueType | "rows";
  readonly path: string;
  readonly form: string;
  readonly key: string;
  readonly label: Text;
  readonly sensitivity: Sensitivity;
  readonly computed: boolean;
  readonly fields: readonly RowField[];
};
/** A row as JSON: null where nothing is known. */
export type SnapshotRow = { readonly [column: string]: unknown };

/** Double-quoted name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Name of the column of an item or of a repeating section. */
export function columnName(form: string, key: string): string {
  return `${form}__${key}`;
}

const known = new WeakMap<Scheme, readonly Column[]>();

const columnsOf = (scheme: Scheme): Column[] =>
  scheme.forms.flatMap((form) =>
    form.sections.flatMap((section): Column[] => {
      const at = { form: form.key } as const;
      if (section.repeats === undefined) {
        return section.items.map((item) => {
          const type = itemType(scheme, item);
          const { key, label, sensitivity } = item;
          return { ...at, name: columnName(form.key, key), sqlType: SQL_TYPES[type], type, path: `${form.key}.${key}`, key, label, sensitivity, computed: item.kind === "computed", fields: [] };
        });
      }
      const path = `${form.key}.${section.key}`;
      const fields = section.items.map((item): RowField => ({ name: item.key, type: itemType(scheme, item, section), path: `${path}[].${item.key}`, label: item.label, sensitivity: item.sensitivity }));
      const sqlType = `STRUCT(${fields.map((field) => `${quoted(field.name)} ${SQL_TYPES[field.type]}`).join(", ")})[]`;
      const sensitivity = fields.find((field) => field.sensitivity !== "plain")?.sensitivity ?? "plain";
      return [{ ...at, name: columnName(form.key, section.key), sqlType, type: "rows", path, key: section.key, label: section.label, sensitivity, computed: false, fields }];
    }),
  );

/** Columns of a scheme's snapshot in the order of its forms; made once for each scheme object. */
export function snapshotColumns(scheme: Scheme): readonly Column[] {
  const made = known.get(scheme) ?? columnsOf(scheme);
  known.set(scheme, made);
  return made;
}

/** `CREATE TABLE` of a snapshot; `record` is the record's own id as text. */
export function snapshotTable(scheme: Scheme, table = "snapshot"): string {
  return `CREATE TABLE ${quoted(table)} (record VARCHAR NOT NULL, ${snapshotColumns(scheme).map((column) => `${quoted(column.name)} ${column.sqlType}`).join(", ")})`;
}

const valueAs = (type: ValueType, value: unknown): unknown => {
  switch (type) {
    case "text":
      return typeof value === "string" && value !== "" ? value : null;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "codes":
      return Array.isArray(value) && value.length > 0 && value.every((code) => typeof code === "string") ? value : null;
  }
};

const rowsAs = (fields: readonly RowField[], rows: FormAnswers[string]): unknown =>
  isRows(rows) ? rows.map((row: Group) => Object.fromEntries(fields.map((field) => [field.name, valueAs(field.type, row[field.name])]))) : null;

/** The answers as a row: every column there, null where nothing is known (as `evaluate` reads it). */
export function rowOf(scheme: Scheme, answers: Answers): SnapshotRow {
  const row: { [column: string]: unknown } = {};
  for (const column of snapshotColumns(scheme)) {
    const value = answers[column.form]?.[column.key];
    row[column.name] = value === undefined ? null : column.type === "rows" ? rowsAs(column.fields, value) : valueAs(column.type, value);
  }
  return row;
}

/** `SELECT` that reads rows (with their `record`) from a file of one JSON object a line. */
export function readRows(scheme: Scheme, file: string): string {
  const types = snapshotColumns(scheme).map((column) => `${quoted(column.name)}: '${column.sqlType}'`);
  return `SELECT * FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = {record: 'VARCHAR', ${types.join(", ")}})`;
}
