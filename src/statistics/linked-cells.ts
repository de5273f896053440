// Disclosure control over tables that can be held against each other: the same counts by any of some axes. What one table hides, no other gives away:
// a count below a hidden one is hidden too, and the hidden counts of a line are two or more, and together not small. An answer over chosen values of an axis is made of
// these counts only, so that the difference of two such answers tells no more than the tables themselves.
import { hideSmallCells } from "./small-cells.ts";

/** Counts by position on each axis, zeros left out. */
export type Tally = { readonly axes: readonly string[]; readonly rows: readonly { readonly at: readonly number[]; readonly n: number }[] };
export type Chosen = Readonly<Record<string, readonly number[]>>;
type Cell = { readonly at: readonly number[]; n: number; hidden: boolean };
type Table = Map<string, Cell>;

const without = (at: readonly number[], i: number): number[] => at.filter((_, j) => j !== i);

/** Counts with those that are hidden; `sum` gives null where one of its counts is. */
export type Linked = {
  /** Counts by `axes` (some of the tally's), of the chosen values of others. */
  readonly sum: (axes: readonly string[], at: readonly number[], chosen: Chosen) => number | null;
};

/** Hides, over all tables of a tally's axes, counts of fewer than `k` and those that would give them away. */
export function hideLinked({ axes, rows }: Tally, k = 5): Linked {
  // Tables by the axes that they have, as bits: each is summed once.
  const tables = Array.from({ length: 1 << axes.length }, (_, bits): Table => {
    const table: Table = new Map();
    for (const { at, n } of rows) {
      const own = at.filter((_, i) => (bits >> i) & 1);
      const cell = table.get(own.join("|"));
      if (cell) cell.n += n;
      else table.set(own.join("|"), { at: own, n, hidden: false });
    }
    for (const cell of table.values()) cell.hidden = cell.n < k;
    return table;
  });
  const axesOf = (bits: number): number[] => axes.map((_, i) => i).filter((i) => (bits >> i) & 1);
  /** The table without the j-th of its axes. */
  const margin = (bits: number, j: number): Table => tables[bits & ~(1 << axesOf(bits)[j]!)]!;
  const bySize = tables.map((_, bits) => bits).toSorted((a, b) => axesOf(a).length - axesOf(b).length || a - b);
  // Hiding a total begins anew: what stands below it follows. Hidden counts only grow, so that this ends.
  const settle = (): void => {
    while (bySize.some((bits) => hideIn(tables[bits]!, axesOf(bits).length, (j) => margin(bits, j), k)));
  };
  settle();
  while (hideNested(axes.length, rows, tables, k)) settle();
  const tableOf = (wanted: readonly string[]): { readonly table: Table; readonly order: readonly string[] } => {
    const bits = wanted.reduce((all, key) => all | (1 << axes.indexOf(key)), 0);
    return { table: tables[bits]!, order: axesOf(bits).map((i) => axes[i]!) };
  };
  /** Sums of a table over chosen values, by the wanted axes: made in one pass, asked once a cell. */
  const sumsOf = (wanted: readonly string[], chosen: Chosen): ReadonlyMap<string, number | null> => {
    const { table, order } = tableOf([...new Set([...wanted, ...Object.keys(chosen)])]);
    const [places, limits] = [wanted.map((key) => order.indexOf(key)), order.map((key) => (chosen[key] ? new Set(chosen[key]) : undefined))];
    const sums = new Map<string, number | null>();
    for (const cell of table.values()) {
      if (!limits.every((limit, i) => limit?.has(cell.at[i]!) ?? true)) continue;
      const key = places.map((i) => cell.at[i]).join("|");
      const before = sums.get(key);
      sums.set(key, cell.hidden || before === null ? null : (before ?? 0) + cell.n);
    }
    return sums;
  };
  const asked = new Map<string, ReadonlyMap<string, number | null>>();
  return {
    sum: (wanted, at, chosen) => {
      const name = JSON.stringify([wanted, chosen]);
      const sums = asked.get(name) ?? sumsOf(wanted, chosen);
      asked.set(name, sums);
      return sums.get(at.join("|")) ?? (sums.has(at.join("|")) ? null : 0);
    },
  };
}

/** Hides in one table; whether a total that was shown is hidden now. */
function hideIn(table: Table, size: number, margin: (j: number) => Table, k: number): boolean {
  if (size === 0) return false;
  const parent = (cell: Cell, j: number): Cell => margin(j).get(without(cell.at, j).join("|"))!;
  const places = Array.from({ length: size }, (_, j) => j);
  let any = false;
  for (const cell of table.values()) {
    if (!cell.hidden && places.some((j) => parent(cell, j).hidden)) cell.hidden = true;
    any ||= cell.hidden;
  }
  if (!any) return false;
  const anew = hideByLines(table, places, parent, k);
  return (size <= 2 && hideExactly(table, size, margin, k)) || anew;
}

type Row = Tally["rows"][number];
/** People that tables give a number of: a count, or what is left of a line without one of its counts. */
type Group = { readonly n: number; readonly rows: readonly Row[]; readonly holds: (row: Row) => boolean };

/**
 * A group that one table gives lies wholly inside a wider one that another table gives, because nobody stands where they part: what is left of the wider one is
 * few people. The inner count goes. Each group is held against the narrowest one of each other table.
 * @returns whether something was hidden
 */
function hideNested(size: number, rows: readonly Row[], tables: readonly Table[], k: number): boolean {
  // What is left can only be of these.
  const few = rows.filter(({ n }) => n < k);
  if (few.length === 0) return false;
  const keyIn = (bits: number, { at }: Row): string => at.filter((_, i) => (bits >> i) & 1).join("|");
  const members = tables.map((_, bits) => Map.groupBy(rows, (row) => keyIn(bits, row)));
  let any = false;
  for (let bits = 1; bits < tables.length; bits += 1) {
    const own = Array.from({ length: size }, (_, i) => i).filter((i) => (bits >> i) & 1);
    for (const [key, cell] of tables[bits]!) {
      if (cell.hidden) continue;
      const lines = own.flatMap((j, place): Group[] => {
        const [above, line] = [bits & ~(1 << j), without(cell.at, place).join("|")];
        const [total, value] = [tables[above]!.get(line)!, cell.at[place]];
        if (total.hidden || total.n === cell.n) return [];
        return [{ n: total.n - cell.n, rows: members[above]!.get(line)!.filter(({ at }) => at[j] !== value), holds: ({ at }) => own.every((i, mine) => (at[i] === cell.at[mine]) !== (i === j)) }];
      });
      const groups: Group[] = [{ n: cell.n, rows: members[bits]!.get(key)!, holds: ({ at }) => own.every((i, mine) => at[i] === cell.at[mine]) }, ...lines];
      if (groups.some((group) => leavesFew(group, few, bits, tables, k))) {
        cell.hidden = true;
        any = true;
      }
    }
  }
  return any;
}

/** Whether the narrowest group around a group in one of the other tables is given and holds fewer than k people more. */
function leavesFew(group: Group, few: readonly Row[], bits: number, tables: readonly Table[], k: number): boolean {
  const values = group.rows[0]!.at.map((_, i) => new Set(group.rows.map(({ at }) => at[i]!)));
  const others = few.filter((row) => !group.holds(row)).map(({ at }) => at.reduce((inside, value, i) => inside | (values[i]!.has(value) ? 1 << i : 0), 0));
  return tables.some((table, other) => {
    if (other === bits || !others.some((inside) => (inside & other) === other)) return false;
    const own = values.filter((_, i) => (other >> i) & 1);
    let n = 0;
    const add = (at: readonly number[]): boolean => {
      if (at.length < own.length) return [...own[at.length]!].every((value) => add([...at, value]));
      const cell = table.get(at.join("|"));
      n += cell?.n ?? 0;
      return !cell?.hidden && n < group.n + k;
    };
    return add([]) && n > group.n;
  });
}

/** One or two axes: nothing that rows, columns and totals say together gives a hidden count away. */
function hideExactly(table: Table, size: number, margin: (j: number) => Table, k: number): boolean {
  const [first, second] = [0, 1].map((j) => (j < size ? [...new Set([...table.values()].map(({ at }) => at[j]!))] : [0]));
  const cellAt = (a: number, b: number): Cell | undefined => table.get((size === 1 ? [a] : [a, b]).join("|"));
  // Of one axis the only column is its own total.
  const totalOfRow = (a: number): Cell => (size === 1 ? cellAt(a, 0)! : margin(1).get(String(a))!);
  const totalOfColumn = (b: number): Cell => (size === 1 ? margin(0).get("")! : margin(0).get(String(b))!);
  const counts = first!.map((a) => second!.map((b) => cellAt(a, b)?.n ?? 0));
  const known = [...first!.map((a) => [...second!.map((b) => cellAt(a, b)?.hidden ?? false), totalOfRow(a).hidden]), [...second!.map((b) => totalOfColumn(b).hidden), false]];
  const hidden = hideSmallCells(counts, k, known);
  let anew = false;
  const mark = (cell: Cell | undefined, is: boolean, total: boolean): void => {
    if (!cell || !is || cell.hidden) return;
    cell.hidden = true;
    anew ||= total;
  };
  first!.forEach((a, i) => {
    second!.forEach((b, j) => mark(cellAt(a, b), hidden[i]![j]!, false));
    mark(totalOfRow(a), hidden[i]!.at(-1)!, size === 2);
  });
  second!.forEach((b, j) => mark(totalOfColumn(b), hidden.at(-1)![j]!, true));
  return anew;
}

/** A line whose hidden counts are one, or fewer than k together, gets another one, the smallest; where there is none, its total goes. */
function hideByLines(table: Table, places: readonly number[], parent: (cell: Cell, j: number) => Cell, k: number): boolean {
  let anew = false;
  for (let open = true; open; ) {
    open = false;
    for (const j of places) {
      for (const line of Map.groupBy(table.values(), (cell) => without(cell.at, j).join("|")).values()) {
        const hidden = line.filter((cell) => cell.hidden);
        if (hidden.length === 0 || (hidden.length > 1 && hidden.reduce((sum, { n }) => sum + n, 0) >= k)) continue;
        const total = parent(line[0]!, j);
        if (total.hidden) continue;
        const next = line.filter((cell) => !cell.hidden).toSorted((a, b) => a.n - b.n)[0];
        (next ?? total).hidden = true;
        if (next) open = true;
        else anew = true;
      }
    }
  }
  return anew;
}
