// The cross-table: people or households told apart by one to three of the register's axes, narrowed by others, counted in the files of a snapshot.
// Counts of fewer than five are hidden, with others so that none can be computed back, nor from the difference of two tables with other filters.
import { areaRange, levelOf } from "../../core/area-code.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { hideLinked, type Linked } from "../../statistics/linked-cells.ts";
import { areaNames } from "../areas/service.ts";
import { column } from "../../linkage/sql.ts";
import { askSnapshot } from "./read.ts";
import type { SnapshotRow } from "./queries.ts";
import type { Session } from "../../linkage/duckdb.ts";
import { AREA, axisCells, mostAxes, MOST_CELLS, MOST_LINKED, SMALL } from "./rules.ts";
import type { Insight } from "../../scheme/insight-model.ts";

export type Unit = "people" | "households";
export type Filter = Readonly<Record<string, readonly number[]>>;
export type Question = { readonly axes: readonly string[]; readonly of: Unit; readonly area: number; readonly filter: Filter };
export type Value = { readonly key: string; readonly label: Text };
/** `cells[i][j]`: of the i-th row and j-th column, null where hidden; the last row and column are the totals. Columns are the values of the second axis, or pairs of the second and third. */
export type Counted = { readonly axes: readonly { readonly key: string; readonly label: Text }[]; readonly rows: readonly Value[]; readonly columns: readonly (readonly Value[])[]; readonly cells: readonly (readonly (number | null)[])[]; readonly hidden: number };

const notTold: Value = { key: "0", label: { zh: "未填", en: "Not told" } };
export const areaLabel: Text = { zh: "地域", en: "Area" };
const everybody: Value = { key: "all", label: { zh: "人数", en: "Count" } };

/** Area codes of the children of an area: cut to the next level. */
export const partOf = (area: number): string => {
  const span = [1e10, 1e8, 1e6, 1e3, 1][levelOf(area)] ?? 1;
  return `(area // ${span} * ${span})`;
};

/** Known axes and positions only; nothing that was typed becomes SQL. @throws Problem bad-request */
export function demandFilter(insight: Insight, of: Unit, filter: Filter): void {
  for (const [key, positions] of Object.entries(filter)) {
    const axis = insight.axes.find((each) => each.key === key);
    if (!axis || (of === "households" && axis.per === "member")) throw new Problem("bad-request", { zh: `没有这一分类：${key}`, en: `no such axis: ${key}` });
    if (positions.length === 0 || positions.some((n) => !Number.isInteger(n) || n < 0 || n > axis.values.length)) throw new Problem("bad-request", { zh: `${axis.label.zh}：没有这一取值`, en: `${axis.label.en}: no such value` });
  }
}

/** SQL of the counts: one column an axis, and `n`. */
export function crossSql(question: Pick<Question, "axes" | "area">, from: string): string {
  const axes = question.axes.map((key, i) => `${key === AREA ? partOf(question.area) : column(`by_${key}`)} AS a${i}`);
  return `SELECT ${[...axes, "count(*)::INTEGER AS n"].join(", ")} FROM ${from} GROUP BY ALL ORDER BY ALL`;
}

type Counts = readonly { readonly at: readonly number[]; readonly n: number }[];
export type Told = { readonly rows: Counts; readonly linked: Linked };
const tooFine = (): Problem => new Problem("search-too-wide", { zh: "分类和筛选合起来过细，请减少筛选", en: "Axes and filters together are too fine; narrow by fewer" });

/** Everybody by some axes, zeros left out. @throws Problem search-too-wide */
async function countsBy(session: Session, from: string, axes: readonly string[], area: number): Promise<Counts> {
  const found = await session.rows(`${axes.length === 0 ? `SELECT count(*)::INTEGER AS n FROM ${from}` : crossSql({ axes, area }, from)} LIMIT ${MOST_LINKED + 1}`);
  if (found.length > MOST_LINKED) throw tooFine();
  return found.map((row) => ({ at: axes.map((_, i) => Number(row[`a${i}`])), n: Number(row["n"]) })).filter(({ n }) => n > 0);
}

const asked = (axes: readonly string[], filter: Filter): readonly string[] => [...new Set([...axes, ...Object.keys(filter)])];
const toldOf = (all: readonly string[], rows: Counts, axes: readonly string[], filter: Filter): Told => ({ rows: rows.filter(({ at }) => all.every((key, i) => filter[key]?.includes(at[i]!) ?? true)).map(({ at, n }) => ({ at: at.slice(0, axes.length), n })), linked: hideLinked({ axes: all, rows }, SMALL) });

/**
 * Counts by the axes and by those that narrow them, hidden as tables of all of these would be: whatever values a filter takes, two answers held against
 * each other tell no more than those tables. `rows`: those that the filter leaves. @throws Problem search-too-wide
 */
export async function tally(session: Session, from: string, { axes, area, filter }: Pick<Question, "axes" | "area" | "filter">): Promise<Told> {
  const all = asked(axes, filter);
  return toldOf(all, await countsBy(session, from, all, area), axes, filter);
}

/** Sums of counts by fewer axes, in the order in which a question of these gives them; `sizes`: how many positions each of them has. */
function summed(counts: Counts, places: readonly number[], sizes: readonly number[]): Counts {
  const sums = new Map<number, { at: readonly number[]; n: number }>();
  for (const { at, n } of counts) {
    let key = 0;
    for (const [i, place] of places.entries()) key = key * sizes[i]! + at[place]!;
    const sum = sums.get(key);
    if (sum) sum.n += n;
    else sums.set(key, { at: places.map((place) => at[place]!), n });
  }
  return [...sums].toSorted(([a], [b]) => a - b).map(([, sum]) => sum);
}

/** Counts by several axes together are asked at once up to this many: the rows are gone through a few times instead of once an axis. */
const TOGETHER = 20_000;

/** What `tally` gives for each of some axes of people by itself, and for none of them; `of`: everybody. @throws Problem search-too-wide */
export async function tallyEach(session: Session, from: string, insight: Insight, { area, filter }: Pick<Question, "area" | "filter">): Promise<{ readonly each: ReadonlyMap<string, Told>; readonly whole: Told; readonly of: number }> {
  const narrowing = Object.keys(filter);
  const sizes = new Map(insight.axes.map(({ key, values }) => [key, values.length + 1]));
  const many = (keys: readonly string[]): number => asked(keys, filter).reduce((product, key) => product * sizes.get(key)!, 1);
  const together: string[][] = [];
  for (const { key } of insight.axes.toSorted((a, b) => b.values.length - a.values.length)) {
    const room = together.find((keys) => many([...keys, key]) <= TOGETHER);
    if (room) room.push(key);
    else together.push([key]);
  }
  const each = new Map<string, Told>();
  let whole: Told | undefined;
  let of = 0;
  for (const keys of together) {
    const all = asked(keys, filter);
    const counts = await countsBy(session, from, all, area);
    const by = (wanted: readonly string[]): Told => {
      const own = asked(wanted, filter);
      return toldOf(own, summed(counts, own.map((key) => all.indexOf(key)), own.map((key) => sizes.get(key)!)), wanted, filter);
    };
    for (const key of keys) each.set(key, by([key]));
    whole ??= by([]);
    of = counts.reduce((sum, { n }) => sum + n, 0);
  }
  return { each, whole: whole ?? toldOf(narrowing, [], [], filter), of };
}

/** @throws Problem bad-request (unknown axes, two alike), search-too-wide, snapshot-damaged */
export async function crossTable(tx: Tx, platform: Platform, snapshot: SnapshotRow, insight: Insight, question: Question): Promise<Counted> {
  const { axes } = question;
  if (axes.length < 1 || axes.length > mostAxes || new Set(axes).size < axes.length) throw new Problem("bad-request", { zh: "请选一至三个不同的分类", en: "Choose one to three different axes" });
  for (const key of axes) {
    const axis = insight.axes.find((each) => each.key === key);
    if (key !== AREA && (!axis || (question.of === "households" && axis.per === "member"))) throw new Problem("bad-request", { zh: `不能按此分类：${axis?.label.zh ?? key}`, en: `not an axis of this count: ${axis?.label.en ?? key}` });
  }
  if (question.area < tx.actor.lo || areaRange(question.area).hi > tx.actor.hi) throw new Problem("not-found");
  demandFilter(insight, question.of, question.filter);
  const { rows, linked } = (await askSnapshot(platform, snapshot, question.of, areaRange(question.area), (session, from) => tally(session, from, question))) ?? { rows: [], linked: undefined };
  const found = axes.map((_, i) => [...new Set(rows.map(({ at }) => at[i]!))].toSorted((a, b) => a - b));
  const names = await areaNames(tx, axes.flatMap((key, i) => (key === AREA ? found[i]! : [])));
  const values = axes.map((key, i): Value[] => {
    if (key === AREA) return found[i]!.map((code) => ({ key: String(code), label: { zh: names.get(code)?.name ?? String(code), en: names.get(code)?.name ?? String(code) } }));
    const axis = insight.axes.find((each) => each.key === key)!;
    return axisCells(axis.values.length, found[i]!, axis.kind === "year").map((position) => (position === 0 ? notTold : { key: String(position), label: axis.values[position - 1]!.label }));
  });
  const columns: (readonly Value[])[] = axes.length === 1 ? [[everybody]] : values[1]!.flatMap((second) => (axes.length === 2 ? [[second]] : values[2]!.map((third) => [second, third])));
  if (values[0]!.length * columns.length > MOST_CELLS) throw new Problem("search-too-wide", { zh: `表格超过${MOST_CELLS}格，请减少分类或加筛选`, en: `More than ${MOST_CELLS} cells; choose fewer axes or narrow them` });
  const sum = (some: readonly string[], at: readonly Value[]): number | null => (linked ? linked.sum(some, at.map(({ key }) => Number(key)), question.filter) : 0);
  const [, ...others] = axes;
  const cells = [...values[0]!.map((first) => [...columns.map((rest) => sum(axes, [first, ...rest.filter((each) => each !== everybody)])), sum([axes[0]!], [first])]), [...columns.map((rest) => sum(others, rest.filter((each) => each !== everybody))), sum([], [])]];
  const labels = axes.map((key) => ({ key, label: key === AREA ? areaLabel : insight.axes.find((each) => each.key === key)!.label }));
  return { axes: labels, rows: values[0]!, columns, cells: values[0]!.length === 0 ? [] : cells, hidden: cells.flat().filter((n) => n === null).length };
}
