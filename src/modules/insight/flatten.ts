// A record as rows of a snapshot: what the register may show in plain columns, the measures of a household, its people by axes. Pure; names, numbers,
// addresses, texts, pictures and exact amounts of money have no column here.
import { createHmac } from "node:crypto";
import { compile, rowsAt, type EvaluationContext } from "../../scheme/evaluate.ts";
import type { Axis, Insight, Measure } from "../../scheme/insight-model.ts";
import { columnName } from "../../scheme/columns.ts";
import type { Answers, Item, Scheme } from "../../scheme/model.ts";

export const datasets = ["register", "households", "people", "findings", "aid"] as const;
export type Dataset = (typeof datasets)[number];
export type Cell = string | number | boolean | null;
/** `type`: as DuckDB and Parquet name it. */
export type SnapshotColumn = { readonly name: string; readonly type: "VARCHAR" | "BIGINT" | "INTEGER" | "UTINYINT" | "DOUBLE" | "BOOLEAN" };

const shown: ReadonlySet<Item["kind"]> = new Set(["code", "codes", "yes-no", "integer", "decimal", "date", "month", "area"]);
const isShown = (item: Item): boolean => item.sensitivity === "plain" && shown.has(item.kind);
const typeOf = (item: Item): SnapshotColumn["type"] => (item.kind === "yes-no" ? "BOOLEAN" : item.kind === "integer" || item.kind === "decimal" ? "DOUBLE" : "VARCHAR");

/** Plain items that stand once in a record: codes, counts, flags, months. Lists of codes are joined by a blank. */
export const plainItems = (scheme: Scheme): readonly { readonly form: string; readonly item: Item }[] =>
  scheme.forms.flatMap((form) => form.sections.flatMap((section) => (section.repeats ? [] : section.items.filter(isShown).map((item) => ({ form: form.key, item })))));

const plainCell = (item: Item, value: unknown): Cell => {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  if (Array.isArray(value)) return value.filter((code) => typeof code === "string").join(" ") || null;
  if (typeof value !== "string" || value === "") return null;
  // A day would tell a person; a month is what the tables ask for.
  return item.kind === "date" ? value.slice(0, 7) : value;
};

const head: readonly SnapshotColumn[] = [{ name: "unit", type: "VARCHAR" }, { name: "area", type: "BIGINT" }, { name: "slice", type: "UTINYINT" }];
/** Of a county's own file and of no question: whose rows belong together, and which rows a change of the county makes anew. */
const ofTheFile: ReadonlySet<string> = new Set(["unit", "slice"]);
/** The columns that are asked. */
export const askedColumns = (columns: readonly SnapshotColumn[]): readonly string[] => columns.map(({ name }) => name).filter((name) => !ofTheFile.has(name));

/** Columns of each dataset of a scheme, in the order in which `flattener` gives them. */
export function columnsOf(scheme: Scheme, insight: Insight | undefined): Readonly<Record<Dataset, readonly SnapshotColumn[]>> {
  return {
    register: [...head, { name: "state", type: "VARCHAR" }, { name: "origin", type: "VARCHAR" }, { name: "categories", type: "VARCHAR" }, ...plainItems(scheme).map(({ form, item }) => ({ name: columnName(form, item.key), type: typeOf(item) }))],
    households: insight ? [...head, { name: "people", type: "INTEGER" }, ...insight.measures.map(({ key }) => ({ name: key, type: "DOUBLE" as const })), ...insight.axes.filter(({ per }) => per === "record").map(({ key }) => ({ name: `by_${key}`, type: "UTINYINT" as const }))] : [],
    people: insight ? [...head, ...insight.axes.map(({ key }) => ({ name: `by_${key}`, type: "UTINYINT" as const }))] : [],
    findings: [{ name: "area", type: "BIGINT" }, { name: "class", type: "VARCHAR" }, { name: "department", type: "VARCHAR" }, { name: "state", type: "VARCHAR" }, { name: "closed_because", type: "VARCHAR" }, { name: "raised", type: "VARCHAR" }, { name: "closed", type: "VARCHAR" }],
    aid: [{ name: "area", type: "BIGINT" }, { name: "item", type: "VARCHAR" }, { name: "department", type: "VARCHAR" }, { name: "month", type: "VARCHAR" }, { name: "households", type: "INTEGER" }, { name: "payments", type: "INTEGER" }, { name: "amount_hundreds", type: "BIGINT" }],
  };
}

/** A measure of a record, rounded down to its steps; null where it is not known. */
export function measureOf(measure: Measure): (answers: Answers, context: EvaluationContext) => number | null {
  const evaluate = compile(measure.of);
  return (answers, context) => {
    const value = evaluate(answers, context);
    const number = typeof value === "boolean" ? Number(value) : typeof value === "number" && Number.isFinite(value) ? value : null;
    return number === null || measure.step === undefined ? number : Math.floor(number / measure.step) * measure.step;
  };
}

/** Where a record or a member stands on an axis: 0 not told, n the n-th value. */
export function positionOn(axis: Axis): (answers: Answers, context: EvaluationContext) => number {
  const evaluate = compile(axis.of);
  const index = new Map(axis.values.map(({ key }, i) => [key, i + 1]));
  const from = axis.from ?? [];
  return (answers, context) => {
    const value = evaluate(answers, context);
    if (value === null) return 0;
    if (axis.kind === "codes") return index.get(String(value)) ?? 0;
    const number = axis.kind === "year" ? Number(String(value).slice(0, 4)) : Number(value);
    return Number.isFinite(number) ? from.findLastIndex((low) => low <= number) + 1 : 0;
  };
}

export type Flat = { readonly register: readonly Cell[]; readonly household?: readonly Cell[]; readonly people: readonly (readonly Cell[])[] };
/** `slice`: one of 64 into which the records of a county fall by the end of their ids. */
export type RecordRow = { readonly id: string; readonly slice: number; readonly area: number; readonly state: string; readonly origin: string; readonly categories: readonly string[] };

/** `key`: made for one file and thrown away, so that nobody can say whose row is whose, and rows of one household find each other within a snapshot of a county. */
export function flattener(scheme: Scheme, insight: Insight | undefined, context: EvaluationContext, key: Buffer): (record: RecordRow, answers: Answers) => Flat {
  const items = plainItems(scheme);
  const measures = insight?.measures.map(measureOf) ?? [];
  const axes = insight?.axes.map((axis) => ({ per: axis.per, at: positionOn(axis) })) ?? [];
  const present = insight && compile(insight.present);
  return (record, answers) => {
    const unit = createHmac("sha256", key).update(record.id).digest("hex").slice(0, 16);
    const at = [unit, record.area, record.slice];
    const register = [...at, record.state, record.origin, record.categories.join(" "), ...items.map(({ form, item }) => plainCell(item, answers[form]?.[item.key]))];
    if (!insight || !present) return { register, people: [] };
    const members = rowsAt(answers, insight.members).map((row) => ({ ...context, row })).filter((of) => present(answers, of) === true);
    const ofRecord = axes.map(({ per, at }) => (per === "record" ? at(answers, context) : 0));
    return {
      register,
      household: [...at, members.length, ...measures.map((measure) => measure(answers, context)), ...ofRecord.filter((_, i) => axes[i]!.per === "record")],
      people: members.map((of) => [...at, ...axes.map(({ per, at: position }, i) => (per === "member" ? position(answers, of) : ofRecord[i]!))]),
    };
  };
}
