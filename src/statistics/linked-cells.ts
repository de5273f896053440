// Disclosure control over tables that can be held against each other: the same counts by any of some axes. What one table hides, no other gives away:
// a count below a hidden one is hidden too, and the hidden counts of a line are two or more, and together not small. An answer over chosen values of an axis is made of
// these counts only, so that the difference of two such answers tells no more than the tables themselves.
import { hideSmallCells } from "./small-cells.ts";

/** Counts by position on each axis, zeros left out. */
export type Tally = { readonly axes: readonly string[]; readonly rows: readonly { readonly at: readonly number[]; readonly n: number }[] };
export type Chosen = Readonly<Record<string, readonly number[]>>;
/** `key`: its place in one numbering of all tables, to which an axis that a table lacks adds nothing; `above`: the totals that it is part of, without its j-th axis. */
type Cell = { readonly at: readonly number[]; readonly key: number; readonly above: readonly Cell[]; n: number; hidden: boolean };
/** `lines[j]`: the counts that make up one total each, along the j-th axis. */
type Table = { readonly cells: ReadonlyMap<number, Cell>; readonly lines: readonly (readonly (readonly Cell[])[])[] };
/** `strides[i]`: what one value further on the i-th axis adds to the key of a count; `values[i]`: positions on it, in the order of their numbers. */
type Numbering = { readonly strides: readonly number[]; readonly values: readonly (readonly number[])[] };

function numberingOf({ axes, rows }: Tally): Numbering {
  const values = axes.map((_, i) => [...new Set(rows.map(({ at }) => at[i]!))]);
  const strides: number[] = [];
  for (const [i] of values.entries()) strides.push(i === 0 ? 1 : strides[i - 1]! * values[i - 1]!.length);
  return { strides, values };
}

/** Counts with those that are hidden; `sum` gives null where one of its counts is. */
export type Linked = {
  /** Counts by `axes` (some of the tally's), of the chosen values of others. */
  readonly sum: (axes: readonly string[], at: readonly number[], chosen: Chosen) => number | null;
};

/** Hides, over all tables of a tally's axes, counts of fewer than `k` and those that would give them away. */
export function hideLinked(tally: Tally, k = 5): Linked {
  const { axes } = tally;
  const numbering = numberingOf(tally);
  const axesOf = (bits: number): number[] => axes.map((_, i) => i).filter((i) => (bits >> i) & 1);
  const tables = tablesOf(tally, numbering, axesOf, k);
  const bySize = tables.map((_, bits) => bits).toSorted((a, b) => axesOf(a).length - axesOf(b).length || a - b);
  // Hiding a total begins anew: what stands below it follows. Hidden counts only grow, so that this ends.
  const settle = (): void => {
    while (bySize.some((bits) => hideIn(tables[bits]!, axesOf(bits).length, k)));
  };
  settle();
  // Once: a count that gave nothing away gives nothing away when more is hidden.
  if (hideNested(tally, numbering, tables, k)) settle();
  const tableOf = (wanted: readonly string[]): { readonly table: Table; readonly order: readonly string[] } => {
    const bits = wanted.reduce((all, key) => all | (1 << axes.indexOf(key)), 0);
    return { table: tables[bits]!, order: axesOf(bits).map((i) => axes[i]!) };
  };
  /** Sums of a table over chosen values, by the wanted axes: made in one pass, asked once a cell. */
  const sumsOf = (wanted: readonly string[], chosen: Chosen): ReadonlyMap<string, number | null> => {
    const { table, order } = tableOf([...new Set([...wanted, ...Object.keys(chosen)])]);
    const [places, limits] = [wanted.map((key) => order.indexOf(key)), order.map((key) => (chosen[key] ? new Set(chosen[key]) : undefined))];
    const sums = new Map<string, number | null>();
    for (const cell of table.cells.values()) {
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

/** Tables by the axes that they have, as bits: each is summed once, totals before what they are made of. */
function tablesOf({ axes, rows }: Tally, { strides, values }: Numbering, axesOf: (bits: number) => readonly number[], k: number): readonly Table[] {
  const numbers = values.map((each) => new Map(each.map((value, number) => [value, number])));
  const parts = rows.map(({ at }) => at.map((value, i) => numbers[i]!.get(value)! * strides[i]!));
  const tables: Table[] = [];
  for (let bits = 0; bits < 1 << axes.length; bits += 1) {
    const own = axesOf(bits);
    const cells = new Map<number, Cell>();
    for (const [row, { at, n }] of rows.entries()) {
      const key = own.reduce((sum, i) => sum + parts[row]![i]!, 0);
      const cell = cells.get(key);
      if (cell) cell.n += n;
      else cells.set(key, { at: own.map((i) => at[i]!), key, above: own.map((i) => tables[bits & ~(1 << i)]!.cells.get(key - parts[row]![i]!)!), n, hidden: false });
    }
    for (const cell of cells.values()) cell.hidden = cell.n < k;
    tables.push({ cells, lines: own.map((_, j) => [...Map.groupBy(cells.values(), (cell) => cell.above[j]!).values()]) });
  }
  return tables;
}

/** Hides in one table; whether a total that was shown is hidden now. */
function hideIn(table: Table, size: number, k: number): boolean {
  if (size === 0) return false;
  let any = false;
  for (const cell of table.cells.values()) {
    if (!cell.hidden && cell.above.some((total) => total.hidden)) cell.hidden = true;
    any ||= cell.hidden;
  }
  if (!any) return false;
  const anew = hideByLines(table, k);
  return (size <= 2 && hideExactly(table, size, k)) || anew;
}

/**
 * A group that one table gives — a count, or what is left of a line without one of its counts — lies wholly inside a wider one that another table gives, because
 * nobody stands where they part: what is left of the wider one is few people. The inner count goes. Each group is held against the narrowest one of each other table.
 * @returns whether something was hidden
 */
function hideNested({ rows }: Tally, { strides, values }: Numbering, tables: readonly Table[], k: number): boolean {
  // What is left can only be of these.
  if (!rows.some(({ n }) => n < k)) return false;
  const places = strides.map((_, i) => i);
  // By the axes and the key of a count: the numbers of an axis that it lacks which somebody in it has.
  const within = tables.map((_, bits) => places.map((i) => ((bits >> i) & 1 ? undefined : numbersWithin(tables[bits | (1 << i)]!, strides[i]!, values[i]!.length))));
  let any = false;
  for (const [bits, table] of tables.entries()) {
    const own = places.filter((i) => (bits >> i) & 1);
    // In a table that has all of a group's axes, the narrowest group around it is itself.
    const others = tables.map((_, other) => other).filter((other) => (other & bits) !== bits);
    for (const cell of table.cells.values()) {
      if (cell.hidden) continue;
      const number = (i: number): number => Math.floor(cell.key / strides[i]!) % values[i]!.length;
      const isGiven = (n: number, spans: readonly (readonly number[])[]): boolean => others.some((other) => leavesFew(n, spans, other, strides, tables[other]!, k));
      const nested = (): boolean => isGiven(cell.n, places.map((i) => within[bits]![i]?.get(cell.key) ?? [number(i)]))
        || own.some((j, place) => {
          const total = cell.above[place]!;
          if (total.hidden || total.n === cell.n) return false;
          const [above, mine] = [bits & ~(1 << j), number(j)];
          // Of a number on another axis, whether somebody has it whose number on this one is not the count's own.
          const stays = (i: number, one: number): boolean => within[above | (1 << i)]![j]!.get(total.key + one * strides[i]!)!.some((each) => each !== mine);
          return isGiven(total.n - cell.n, places.map((i) => (i === j ? within[above]![j]!.get(total.key)!.filter((each) => each !== mine) : (within[above]![i]?.get(total.key)!.filter((one) => stays(i, one)) ?? [number(i)]))));
        });
      if (!nested()) continue;
      cell.hidden = true;
      any = true;
    }
  }
  return any;
}

/** The numbers on one of its axes that the counts of a table have, by the key of their total without it. */
function numbersWithin(table: Table, stride: number, many: number): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const { key } of table.cells.values()) {
    const number = Math.floor(key / stride) % many;
    const total = key - number * stride;
    const before = found.get(total);
    if (before) before.push(number);
    else found.set(total, [number]);
  }
  return found;
}

/** Whether the narrowest group around one of n people, who have these numbers on the axes, is given by another table and holds fewer than k people more. */
function leavesFew(n: number, spans: readonly (readonly number[])[], other: number, strides: readonly number[], { cells }: Table, k: number): boolean {
  let found = 0;
  const add = (from: number, key: number): boolean => {
    let i = from;
    while (i < spans.length && !((other >> i) & 1)) i += 1;
    if (i < spans.length) {
      for (const number of spans[i]!) if (!add(i + 1, key + number * strides[i]!)) return false;
      return true;
    }
    const cell = cells.get(key);
    found += cell?.n ?? 0;
    return cell?.hidden !== true && found < n + k;
  };
  return add(0, 0) && found > n;
}

/** One or two axes: nothing that rows, columns and totals say together gives a hidden count away. */
function hideExactly({ cells, lines }: Table, size: number, k: number): boolean {
  const all = [...cells.values()];
  const [first, second] = [0, 1].map((j) => (j < size ? [...new Set(all.map(({ at }) => at[j]!))] : [0]));
  const byPlace = new Map(all.map((cell) => [cell.at.join("|"), cell]));
  const cellAt = (a: number, b: number): Cell | undefined => byPlace.get((size === 1 ? [a] : [a, b]).join("|"));
  // Of one axis the only column is its own total.
  const totals = lines.map((along, j) => new Map(along.map(([cell]) => [size === 1 ? 0 : cell!.at[1 - j]!, cell!.above[j]!])));
  const totalOfRow = (a: number): Cell => (size === 1 ? cellAt(a, 0)! : totals[1]!.get(a)!);
  const totalOfColumn = (b: number): Cell => totals[0]!.get(b)!;
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
function hideByLines({ lines }: Table, k: number): boolean {
  let anew = false;
  for (let open = true; open; ) {
    open = false;
    for (const [j, along] of lines.entries()) {
      for (const line of along) {
        const hidden = line.filter((cell) => cell.hidden);
        if (hidden.length === 0 || (hidden.length > 1 && hidden.reduce((sum, { n }) => sum + n, 0) >= k)) continue;
        const total = line[0]!.above[j]!;
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
