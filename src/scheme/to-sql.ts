// Translates an expression to DuckDB SQL over a snapshot's columns: the second reader of the expression tree. It is three-valued like
// `evaluate`: missing and mismatched types are NULL, `and`/`or` are Kleene's (as SQL's are), `if` takes its else when unknown.
import { columnName, quoted, snapshotColumns, SQL_TYPES } from "./columns.ts";
import type { Expression } from "./expression.ts";
import type { Scheme, Section } from "./model.ts";
import { expressionTypes, itemType, rowsSection, VALUE_TYPES, type ValueType } from "./value-types.ts";

/** SQL for each type the value may have; of the members present at most one is not NULL in a row. */
export type TypedSql = { readonly [T in ValueType]?: string };
/**
 * `today` and `referenceDate` are SQL for texts `YYYY-MM-DD` (default: parameters `$today` and `$reference_date`). `share` may compute
 * something of the record's own once and give its name back; it is never asked about what stands inside a row.
 */
export type SqlOptions = { readonly today?: string; readonly referenceDate?: string; readonly share?: (sql: string) => string };

type Row = { readonly name: string; readonly section: Section | undefined };
type Place = { readonly scheme: Scheme; readonly types: ReadonlyMap<string, ValueType | "rows">; readonly today: string; readonly referenceDate: string; readonly share: (sql: string) => string; readonly depth: number; readonly bound: { count: number }; readonly row?: Row };

/** A text literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
/** A double literal (decimals would be reckoned with otherwise). */
export function numberLiteral(n: number): string {
  const written = Object.is(n, -0) ? "0" : String(n);
  return /e/u.test(written) ? `${written}::DOUBLE` : `${written}e0`;
}
/** A list of text literals. */
export function listLiteral(codes: readonly string[]): string {
  return `[${codes.map(literal).join(", ")}]`;
}

/** Something of a row of a repeating section cannot be computed once for the record. */
const ofRow = (sql: string): boolean => /\brow_\d+\b/u.test(sql);
const shared = (sql: string, at: Place): string => (ofRow(sql) ? sql : at.share(sql));

const SHORT = 80;
/**
 * A macro's call. Macros write their arguments out several times, so a long argument is bound to a name first (in a list of one);
 * nested calls would grow without measure otherwise.
 */
const call = (macro: string, at: Place, ...given: string[]): string => {
  const names: (readonly [string, string])[] = [];
  const args = given.map((arg) => {
    if (arg.length <= SHORT) return arg;
    at.bound.count += 1;
    const name = `bound_${at.bound.count}`;
    names.push([name, arg]);
    return name;
  });
  return names.reduceRight((sql, [name, arg]) => `list_transform([${arg}], lambda ${name}: ${sql})[1]`, `${macro}(${args.join(", ")})`);
};
const NULLS: Readonly<Record<ValueType, string>> = { text: "NULL::VARCHAR", number: "NULL::DOUBLE", boolean: "NULL::BOOLEAN", codes: "NULL::VARCHAR[]" };
const condition = (sql: TypedSql): string => sql.boolean ?? NULLS.boolean;

const refSql = (path: string, at: Place): TypedSql => {
  if (path.startsWith(".")) {
    const item = at.row?.section?.items.find((each) => each.key === path.slice(1));
    return item === undefined || at.row === undefined ? {} : { [itemType(at.scheme, item, at.row.section)]: `struct_extract(${at.row.name}, ${literal(item.key)})` };
  }
  const type = at.types.get(path);
  const [form = "", key = ""] = path.split(".");
  return type === undefined || type === "rows" ? {} : { [type]: quoted(columnName(form, key)) };
};

const compareSql = (operator: string, a: TypedSql, b: TypedSql, at: Place): TypedSql => {
  const parts = VALUE_TYPES.flatMap((type) => {
    const [left, right] = [a[type], b[type]];
    if (left === undefined || right === undefined) return [];
    if (type !== "codes") return [`(${left} ${operator} ${right})`];
    if (operator !== "=" && operator !== "!=") return [];
    return [`(${operator === "=" ? "" : "NOT "}${call("qc_same_list", at, left, right)})`];
  });
  return parts.length === 0 ? {} : { boolean: parts.length === 1 ? parts[0] : `coalesce(${parts.join(", ")})` };
};

const dateOf = (sql: TypedSql, at: Place): string | undefined => (sql.text === undefined ? undefined : shared(call("qc_date", at, sql.text), at));

const ofText = (e: Expression, at: Place, type: ValueType, write: (text: string) => string): TypedSql => {
  const { text } = typedSql(e, at);
  return text === undefined ? {} : { [type]: write(text) };
};

/** What the inner expression gives for each row: a list by type, and the section's rows. */
const overRows = (path: string, inner: Expression, at: Place): { readonly rows: string; readonly lists: TypedSql } => {
  const section = rowsSection(at.scheme, path);
  const [form = "", key = ""] = path.split(".");
  const rows = section === undefined ? "NULL::VARCHAR[]" : quoted(columnName(form, key));
  const name = `row_${at.depth + 1}`;
  const each = typedSql(inner, { ...at, depth: at.depth + 1, row: { name, section } });
  const lists = Object.fromEntries(Object.entries(each).map(([type, sql]) => [type, `list_transform(${rows}, lambda ${name}: ${sql})`])) as TypedSql;
  return { rows, lists };
};

const rowsLogic = (kind: "any" | "all", path: string, inner: Expression, at: Place): TypedSql => {
  const { rows, lists } = overRows(path, inner, at);
  return { boolean: call(`qc_${kind}`, at, lists.boolean ?? `list_transform(${rows}, lambda row_${at.depth + 1}: ${NULLS.boolean})`) };
};

/** JavaScript's pattern as RE2 writes it. */
const pattern = (source: string): string => source.replace(/\\u(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{4}))/gu, (_, long: string | undefined, short: string | undefined) => `\\x{${long ?? short ?? ""}}`);

const sliceSql = (text: string, from: number, to: number): string => {
  const first = Math.max(1, from);
  return to < first ? NULLS.text : `nullif(substring(${text}, ${first}, ${to - first + 1}), '')`;
};

const typedSql = (e: Expression, at: Place): TypedSql => {
  switch (e[0]) {
    case "ref":
      return refSql(e[1], at);
    case "const":
      if (typeof e[1] === "string") return e[1] === "" ? {} : { text: literal(e[1]) };
      return typeof e[1] === "number" ? { number: numberLiteral(e[1]) } : { boolean: String(e[1]) };
    case "list":
      return e[1].length === 0 ? {} : { codes: listLiteral(e[1]) };
    case "today":
      return { text: at.today };
    case "reference-date":
      return { text: at.referenceDate };
    case "and":
    case "or":
      return { boolean: `(${e.slice(1).map((part) => condition(typedSql(part as Expression, at))).join(e[0] === "and" ? " AND " : " OR ")})` };
    case "not":
      return { boolean: `(NOT ${condition(typedSql(e[1], at))})` };
    case "is-missing":
    case "is-answered": {
      const parts = Object.values(typedSql(e[1], at));
      const missing = parts.length === 0 ? "true" : `(${parts.map((sql) => `${sql} IS NULL`).join(" AND ")})`;
      return { boolean: e[0] === "is-missing" ? missing : `(NOT ${missing})` };
    }
    case "=":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compareSql(e[0], typedSql(e[1], at), typedSql(e[2], at), at);
    case "+":
    case "-":
    case "*":
    case "/": {
      const [a, b] = [typedSql(e[1], at).number, typedSql(e[2], at).number];
      if (a === undefined || b === undefined) return {};
      return { number: call("qc_rounded", at, `${a} ${e[0]} ${e[0] === "/" ? `nullif(${b}, 0e0)` : b}`) };
    }
    case "in":
      return ofText(e[1], at, "boolean", (text) => `list_contains(${listLiteral(e[2])}, ${text})`);
    case "has": {
      const { codes } = typedSql(e[1], at);
      return codes === undefined ? {} : { boolean: `list_has_any(${codes}, ${listLiteral(e[2])})` };
    }
    case "years":
    case "months":
    case "days": {
      const [from, to] = [dateOf(typedSql(e[1], at), at), dateOf(typedSql(e[2], at), at)];
      return from === undefined || to === undefined ? {} : { number: shared(call(`qc_${e[0]}`, at, from, to), at) };
    }
    case "add-years": {
      const date = dateOf(typedSql(e[1], at), at);
      return date === undefined ? {} : { text: shared(call("qc_add_years", at, date, String(Math.trunc(e[2]))), at) };
    }
    case "slice":
      return ofText(e[1], at, "text", (text) => sliceSql(text, e[2], e[3]));
    case "length":
      return ofText(e[1], at, "number", (text) => `length(${text})::DOUBLE`);
    case "matches":
      return ofText(e[1], at, "boolean", (text) => `regexp_matches(${text}, ${literal(pattern(e[2]))})`);
    case "if": {
      const [when, yes, no] = [condition(typedSql(e[1], at)), typedSql(e[2], at), typedSql(e[3], at)];
      const types = expressionTypes(at.scheme, e, at.row?.section);
      return Object.fromEntries(types.map((type) => [type, `CASE WHEN ${when} THEN ${yes[type] ?? NULLS[type]} ELSE ${no[type] ?? NULLS[type]} END`])) as TypedSql;
    }
    case "count": {
      const [form = "", key = ""] = e[1].split(".");
      return { number: rowsSection(at.scheme, e[1]) === undefined ? "0e0" : `coalesce(len(${quoted(columnName(form, key))}), 0)::DOUBLE` };
    }
    case "any":
    case "all":
      return rowsLogic(e[0], e[1], e[2], at);
    case "sum": {
      const { number } = overRows(e[1], e[2], at).lists;
      return { number: number === undefined ? "0e0" : call("qc_rounded", at, `coalesce(list_sum(${number}), 0e0)`) };
    }
    case "repeated": {
      const { lists } = overRows(e[1], e[2], at);
      const parts = (["text", "number", "boolean"] as const).flatMap((type) => (lists[type] === undefined ? [] : [call("qc_repeated", at, lists[type])]));
      return { boolean: parts.length === 0 ? "false" : `(${parts.join(" OR ")})` };
    }
    case "id-birth":
      return ofText(e[1], at, "text", (text) => shared(call("qc_id_birth", at, text), at));
    case "id-sex":
      return ofText(e[1], at, "text", (text) => shared(call("qc_id_sex", at, text), at));
    case "id-valid":
      return ofText(e[1], at, "boolean", (text) => shared(call("qc_id_valid", at, text), at));
  }
};

/** Writes expressions of a scheme as SQL; `row` names the structure that `.key` references mean (`row_1`, inside a lambda) and its section. */
export function sqlWriter(scheme: Scheme, options: SqlOptions = {}): (expression: Expression, row?: { readonly name: `row_${number}`; readonly section: Section }) => TypedSql {
  const types = new Map(snapshotColumns(scheme).map((column) => [column.path, column.type]));
  const at: Place = { scheme, types, today: options.today ?? "$today", referenceDate: options.referenceDate ?? "$reference_date", share: options.share ?? ((sql) => sql), depth: 1, bound: { count: 0 } };
  return (expression, row) => typedSql(expression, row === undefined ? at : { ...at, row });
}

/**
 * The expression over the columns of a snapshot (see `snapshotColumns`, `sqlMacros`); NULL where `evaluate` gives null. Of an expression
 * that can give several types the first is kept.
 */
export function toSql(scheme: Scheme, expression: Expression, options: SqlOptions = {}): string {
  const sql = sqlWriter(scheme, options)(expression);
  const type = VALUE_TYPES.find((each) => sql[each] !== undefined);
  return (type === undefined ? undefined : sql[type]) ?? `NULL::${SQL_TYPES.text}`;
}
