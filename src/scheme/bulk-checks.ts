// Everything a settled record can be faulted for, as SQL over a snapshot: required items, kinds, options, categories, sub-forms and the
// scheme's rules. One select reads each record once; a sub-form's rules are read only where the sub-form is open. Left to the check of
// single records: what needs facts from outside (areas of the tree, doubtful unit designations) and what is never stored (wrong types).
import type { Severity } from "../core/issue.ts";
import { columnName, quoted, snapshotColumns } from "./columns.ts";
import { valueFaults } from "./bulk-values.ts";
import type { Expression } from "./expression.ts";
import { neverTrueWithout } from "./never-true.ts";
import type { CategoryRule, Check, Form, Item, Scheme, Section } from "./model.ts";
import { sharedColumns } from "./shared-columns.ts";
import { listLiteral, literal, sqlWriter } from "./to-sql.ts";

/** A fault a record can have. `path` is the item's with `[]` for row numbers; `sql` gives the fault's number (its place in the list) or NULL. */
export type BulkFault = { readonly code: string; readonly severity: Severity; readonly path: string };
/** SQL for texts `YYYY-MM-DD` (default: parameters `$today` and `$reference_date`), and the snapshot's table. */
export type BulkOptions = { readonly today?: string; readonly referenceDate?: string; readonly table?: string };
export type BulkChecks = { readonly faults: readonly BulkFault[]; readonly sql: string };

type Row = { readonly name: `row_${number}`; readonly section: Section };
const ROW = "row_1";

const isTrue = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined).join(" AND ");

/** Of one scheme: writes conditions and numbers the faults. */
const writerOf = (scheme: Scheme, options: BulkOptions) => {
  const shared = sharedColumns();
  const today = options.today ?? "$today";
  const write = sqlWriter(scheme, { today, referenceDate: options.referenceDate ?? "$reference_date", share: shared.share });
  const faults: BulkFault[] = [];
  const number = (code: string, severity: Severity, path: string): number => faults.push({ code, severity, path });
  const condition = (e: Expression, row?: Row): string => write(e, row).boolean ?? "false";
  const none = (sql: string): string => sql;
  /** CASEs that give the number of the fault. */
  const itemCases = (form: Form, section: Section, item: Item, row: Row | undefined): readonly string[] => {
    const path = row === undefined ? `${form.key}.${item.key}` : `${form.key}.${section.key}[].${item.key}`;
    const v = row === undefined ? quoted(columnName(form.key, item.key)) : `struct_extract(${row.name}, ${literal(item.key)})`;
    const { all, faults: found, fine, subject } = valueFaults(scheme, item, v, today, row === undefined ? shared.share : none);
    const cases: string[] = [];
    const required = item.required === undefined || item.kind === "computed" ? undefined : item.required;
    const whens = all ? "" : found.map((fault) => `WHEN ${fault.sql} THEN ${number(fault.code, fault.severity, path)}`).join(" ");
    const chain = whens === "" ? "" : `CASE ${subject ?? ""} ${fine === undefined ? "" : `WHEN ${fine} THEN NULL`} ${whens} END`;
    if (required !== undefined) {
      const wanted = isTrue([item.shownIf && condition(item.shownIf, row), required === true ? undefined : condition(required, row), section.shownIf && condition(section.shownIf)]);
      const missing = number("required", "block", path);
      cases.push(`CASE WHEN ${v} IS NULL THEN ${wanted === "" ? missing : `CASE WHEN ${wanted} THEN ${missing} END`}${chain === "" ? "" : ` ELSE ${chain}`} END`);
    } else if (chain !== "") cases.push(`CASE WHEN ${v} IS NOT NULL THEN ${chain} END`);
    if (all) for (const fault of found) cases.push(`CASE WHEN ${fault.sql} THEN ${number(fault.code, fault.severity, path)} END`);
    for (const rule of item.closed ?? []) {
      const chosen = item.kind === "codes" ? `list_has_any(${v}, ${listLiteral(rule.codes)})` : `list_contains(${listLiteral(rule.codes)}, ${v})`;
      cases.push(`CASE WHEN ${chosen} THEN CASE WHEN ${condition(rule.when, row)} THEN ${number("closed-option", "block", path)} END END`);
    }
    return cases;
  };
  return { shared, faults, number, condition, itemCases };
};
type Writer = ReturnType<typeof writerOf>;

const sectionLists = (writer: Writer, form: Form, section: Section): { readonly cases: readonly string[]; readonly lists: readonly string[] } => {
  if (section.repeats === undefined) return { cases: section.items.flatMap((item) => writer.itemCases(form, section, item, undefined)), lists: [] };
  const row = { name: ROW, section } as const;
  const cases = section.items.flatMap((item) => writer.itemCases(form, section, item, row));
  const rows = quoted(columnName(form.key, section.key));
  return { cases: [], lists: cases.length === 0 ? [] : [`CASE WHEN ${rows} IS NOT NULL THEN list_distinct(flatten(list_transform(${rows}, lambda ${ROW}: [${cases.join(",\n")}]))) END`] };
};

const ticked = (column: string, key: string): string => `list_contains(${column}, ${literal(key)})`;

const ruleBroken = (rule: CategoryRule, column: string): string => {
  const anyOf = `list_has_any(${column}, ${listLiteral(rule.of)})`;
  switch (rule.kind) {
    case "at-most-one":
      return `len(list_intersect(${column}, ${listLiteral(rule.of)})) > 1`;
    case "needs-one-of":
      return `${ticked(column, rule.category)} AND NOT ${anyOf}`;
    case "excludes":
      return `${ticked(column, rule.category)} AND ${anyOf}`;
  }
};

/** A rule is left out where an item it points at is faulty by itself; that is looked up only where the rule holds. */
const ruleCase = (writer: Writer, check: Check, blocking: ReadonlyMap<string, readonly string[]>): string => {
  const first = check.at[0] ?? "";
  const found = writer.number(check.key, check.severity, first.startsWith(".") && check.when[0] === "any" ? `${check.when[1]}[]${first}` : first);
  const inTheWay = check.at.flatMap((path) => blocking.get(path) ?? []);
  const then = inTheWay.length === 0 ? String(found) : `CASE WHEN coalesce(${inTheWay.join(", ")}) IS NULL THEN ${found} END`;
  return `CASE WHEN ${writer.condition(check.when)} THEN ${then} END`;
};

/** The cases of an item, kept to faults that block; `from` is the number of faults before the item's. */
const onlyBlocking = (cases: readonly string[], faults: readonly BulkFault[], from: number): string[] => {
  const own = faults.slice(from);
  if (own.every((fault) => fault.severity === "block")) return [...cases];
  const milder = own.flatMap((fault, i) => (fault.severity === "block" ? [] : [from + i + 1]));
  return cases.map((sql) => `nullif(CASE WHEN list_contains([${milder.join(", ")}], ${sql}) THEN 0 ELSE ${sql} END, 0)`);
};

const made = new WeakMap<Scheme, Map<string, BulkChecks>>();

const build = (scheme: Scheme, options: BulkOptions): BulkChecks => {
  const writer = writerOf(scheme, options);
  const { number, faults } = writer;
  const [categoryForm = "", categoryKey = ""] = (scheme.categoryItem ?? "").split(".");
  const chosen = scheme.categoryItem === undefined ? undefined : quoted(columnName(categoryForm, categoryKey));
  const blocking = new Map<string, string[]>();
  const block = (path: string, cases: readonly string[]): void => void blocking.set(path, [...(blocking.get(path) ?? []), ...cases]);

  const general: string[] = [];
  if (chosen !== undefined && scheme.categoryItem !== undefined) {
    const cases = [
      `CASE WHEN NOT list_has_all(${listLiteral(scheme.categories.map((category) => category.key))}, ${chosen}) THEN ${number("unknown-category", "block", scheme.categoryItem)} END`,
      ...scheme.categoryRules.map((rule) => `CASE WHEN ${ruleBroken(rule, chosen)} THEN ${number("category-combination", "block", scheme.categoryItem ?? "")} END`),
    ];
    general.push(...cases);
    block(scheme.categoryItem, cases);
  }
  const parts = scheme.forms.map((form) => {
    const open = form.category === undefined ? undefined : chosen === undefined ? "false" : ticked(chosen, form.category);
    const typed = snapshotColumns(scheme).filter((column) => column.form === form.key && !column.computed).map((column) => `${quoted(column.name)} IS NULL`);
    const empty = open === undefined ? undefined : typed.join(" AND ");
    const missing = empty === undefined ? undefined : number("sub-form-missing", "block", form.key);
    const cases: string[] = [];
    const lists: string[] = [];
    for (const section of form.sections) {
      if (section.repeats !== undefined) {
        const inner = sectionLists(writer, form, section);
        lists.push(...inner.lists);
        continue;
      }
      for (const item of section.items) {
        const from = faults.length;
        const own = writer.itemCases(form, section, item, undefined);
        cases.push(...own);
        const stopping = onlyBlocking(own, faults, from);
        if (stopping.length > 0) block(`${form.key}.${item.key}`, open === undefined ? stopping : stopping.map((sql) => `CASE WHEN ${open} AND NOT (${empty ?? "false"}) THEN ${sql} END`));
      }
    }
    if (missing !== undefined) block(form.key, [`CASE WHEN ${open} AND ${empty} THEN ${missing} END`]);
    return { form, open, empty, missing, cases, lists };
  });
  const rules = new Map<string | undefined, string[]>();
  for (const check of scheme.checks) {
    const home = parts.find((part) => part.open !== undefined && neverTrueWithout(part.form.key, check.when))?.form.key;
    rules.set(home, [...(rules.get(home) ?? []), ruleCase(writer, check, blocking)]);
  }
  const found = parts.flatMap(({ form, open, empty, missing, cases, lists }): string[] => {
    const own = rules.get(form.key) ?? [];
    if (open === undefined) return [...(cases.length === 0 ? [] : [`[${cases.join(",\n")}]`]), ...lists];
    const all = [`[${[...cases, ...own].join(",\n")}]`, ...lists];
    const whole = all.length === 1 ? all[0] : `flatten([${all.join(",\n")}])`;
    return [`CASE WHEN ${open} THEN CASE WHEN ${empty} THEN [${missing}] ELSE ${whole} END END`];
  });
  const always = [...general, ...(rules.get(undefined) ?? [])];
  const lists = [...(always.length === 0 ? [] : [`[${always.join(",\n")}]`]), ...found];
  const numbers = `SELECT record, unnest(list_filter(flatten([${lists.map((list) => `CAST(${list} AS INTEGER[])`).join(",\n")}]), lambda fault: fault IS NOT NULL)) AS fault FROM ${writer.shared.from(options.table ?? "snapshot")}`;
  const named = faults.map((fault, i) => `(${i + 1}, ${literal(fault.code)}, ${literal(fault.severity)}, ${literal(fault.path)})`);
  const sql = `SELECT record, code, severity, path FROM (${numbers}) JOIN (VALUES ${named.join(", ")}) AS named(fault, code, severity, path) USING (fault)`;
  return { faults, sql };
};

/** What a settled record can be faulted for, and the select that finds it; made once for each scheme object and options. */
export function bulkChecks(scheme: Scheme, options: BulkOptions = {}): BulkChecks {
  const known = made.get(scheme) ?? new Map<string, BulkChecks>();
  made.set(scheme, known);
  const key = JSON.stringify(options);
  const found = known.get(key) ?? build(scheme, options);
  known.set(key, found);
  return found;
}

/** One SELECT over a snapshot giving (record, code, severity, path) for each fault; needs the macros of sql-macros. */
export function bulkSql(scheme: Scheme, options: BulkOptions = {}): string {
  return bulkChecks(scheme, options).sql;
}
