// Disclosure control over tables that can be held against each other: the same counts by any of some axes. What one table hides, no other gives away:
// a count below a hidden one is hidden too, and the hidden counts of a line are two or more, and together not small. An answer over chosen values of an axis is made of
// these counts only, so that the difference of two such answers tells no more than the tables themselves.
import { hideSmallCells } from "./small-cells.ts";

/** Counts by position on each axis, zeros left out. */
export type Tally = { readonly axes: readonly string[]; readonly rows: readonly { readonly at: readonly number[]; readonly n: number }[] };
export type Chosen = Readonly<Record<string, readonly number[]>>;
/** `key`: its place in one numbering of all tables, to which an axis that a table lacks adds nothing; `above`: the totals that it is part of, without its j-th axis. */
type Cell = { readonly at: readonly number[]; readonly key: number; readonly above: Cell[]; n: number; hidden: boolean };
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

/** Tables by the axes that they have, as bits: each is summed from one with an axis more, which is a few counts where the whole is many, and in its order. */
function tablesOf({ axes, rows }: Tally, numbering: Numbering, axesOf: (bits: number) => readonly number[], k: number): readonly Table[] {
  const { strides, values } = numbering;
  const numbers = values.map((each) => new Map(each.map((value, number) => [value, number])));
  const whole = (1 << axes.length) - 1;
  const tables: Table[] = [];
  for (let bits = whole; bits >= 0; bits -= 1) {
    const own = axesOf(bits);
    const cells = new Map<number, Cell>();
    const add = (key: number, n: number, at: () => readonly number[]): void => {
      const cell = cells.get(key);
      if (cell) cell.n += n;
      else cells.set(key, { at: at(), key, above: [], n, hidden: false });
    };
    if (bits === whole) for (const { at, n } of rows) add(at.reduce((sum, value, i) => sum + numbers[i]!.get(value)! * strides[i]!, 0), n, () => at);
    else {
      const more = axes.findIndex((_, i) => !((bits >> i) & 1));
      const place = axesOf(bits | (1 << more)).indexOf(more);
      for (const { key, at, n } of tables[bits | (1 << more)]!.cells.values()) add(key - numberAt(numbering, key, more) * strides[more]!, n, () => at.toSpliced(place, 1));
    }
    let lines: Table["lines"] | undefined;
    tables[bits] = { cells, get lines() { return (lines ??= own.map((_, j) => [...Map.groupBy(cells.values(), (cell) => cell.above[j]!).values()])); } };
  }
  for (const [bits, { cells }] of tables.entries()) {
    const own = axesOf(bits);
    for (const cell of cells.values()) {
      for (const i of own) cell.above.push(tables[bits & ~(1 << i)]!.cells.get(cell.key - numberAt(numbering, cell.key, i) * strides[i]!)!);
      cell.hidden = cell.n < k;
    }
  }
  return tables;
}

/** The number on the i-th axis of a count with that key. */
const numberAt = ({ strides, values }: Numbering, key: number, i: number): number => Math.floor(key / strides[i]!) % values[i]!.length;

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
  const axesOf = tables.map((_, bits) => places.filter((i) => (bits >> i) & 1));
  // By the axes and the key of a count: the numbers of an axis that it lacks which somebody in it has.
  const within = tables.map((_, bits) => places.map((i) => ((bits >> i) & 1 ? undefined : numbersWithin(tables[bits | (1 << i)]!, strides[i]!, values[i]!.length))));
  const all = values.map((each) => each.map((_, number) => number));
  /** How many are in the narrowest group of another table around people who have these numbers on the axes, or `most` when they are as many. */
  const around = (most: number, spans: readonly (readonly number[])[], other: number): number => countIn(tables[other]!, axesOf[other]!.map((i) => ({ stride: strides[i]!, numbers: spans[i]! })), most);
  const isShown = (spans: readonly (readonly number[])[], other: number, place: number, key: number): boolean => {
    const i = axesOf[other]![place];
    return i === undefined ? tables[other]!.cells.get(key)?.hidden !== true : spans[i]!.every((number) => isShown(spans, other, place + 1, key + number * strides[i]!));
  };
  /** Whether the narrowest group around n people is given by one of the tables that lack an axis and holds fewer than k people more. */
  const isGiven = (n: number, spans: readonly (readonly number[])[], lacked: number): boolean => tables.some((_, other) => {
    if ((other >> lacked) & 1) return false;
    const found = around(n + k, spans, other);
    return found > n && found < n + k && isShown(spans, other, 0, 0);
  });
  let any = false;
  const finest = tables.at(-1)!;
  for (const [bits, table] of tables.entries()) {
    const [own, outside] = [axesOf[bits]!, places.filter((i) => !((bits >> i) & 1))];
    for (const cell of table.cells.values()) {
      if (cell.hidden) continue;
      const number = (i: number): number => Math.floor(cell.key / strides[i]!) % values[i]!.length;
      // In a table that has all of a group's axes, the narrowest group around it is itself; the others lack one of them. Who is left in the finest of those
      // that lack an axis is left in all of them, and k people are too many: `beside` counts these, those on other numbers of the axis.
      const ofCell = (i: number): Span => ({ stride: strides[i]!, numbers: within[bits]![i]!.get(cell.key)! });
      const outsideCell = outside.map(ofCell);
      const nested = (): boolean =>
        own.some((i, place) => {
          const beside = outside.length === 0 ? cell.above[place]!.n - cell.n : countIn(finest, [{ stride: strides[i]!, numbers: all[i]!, skip: number(i) }, ...outsideCell], k, cell.above[place]!.key);
          return beside < k && isGiven(cell.n, places.map((one) => within[bits]![one]?.get(cell.key) ?? [number(one)]), i);
        }) ||
        own.some((j, place) => {
          const total = cell.above[place]!;
          if (total.hidden || total.n === cell.n) return false;
          const [above, mine] = [bits & ~(1 << j), number(j)];
          // Of a number on another axis, whether somebody has it whose number on this one is not the count's own.
          const stays = (i: number, one: number): boolean => within[above | (1 << i)]![j]!.get(total.key + one * strides[i]!)!.some((each) => each !== mine);
          const numbersOf = (i: number): readonly number[] => within[above]![i]!.get(total.key)!.filter((one) => stays(i, one));
          const others = outside.map((i): Span => ({ stride: strides[i]!, numbers: numbersOf(i) }));
          const onThis: Span = { stride: strides[j]!, numbers: within[above]![j]!.get(total.key)!, skip: mine };
          return own.some((i) => {
            const beside = i === j ? (outside.length === 0 ? cell.n : countIn(finest, others, k, cell.key)) : countIn(finest, [{ stride: strides[i]!, numbers: all[i]!, skip: number(i) }, onThis, ...others], k, total.key - number(i) * strides[i]!);
            return beside < k && isGiven(total.n - cell.n, places.map((one) => (one === j ? onThis.numbers.filter((each) => each !== mine) : (bits >> one) & 1 ? [number(one)] : numbersOf(one))), i);
          });
        });
      if (!nested()) continue;
      cell.hidden = true;
      any = true;
    }
  }
  return any;
}

/** Numbers on an axis, all but `skip`. */
type Span = { readonly stride: number; readonly numbers: readonly number[]; readonly skip?: number };

/** How many people a table counts on all these numbers together, beside those that a key already says; `most` when they are as many. */
function countIn({ cells }: Table, spans: readonly Span[], most: number, from = 0): number {
  const add = (found: number, place: number, key: number): number => {
    const span = spans[place];
    if (!span) return found + (cells.get(key)?.n ?? 0);
    let sum = found;
    for (const number of span.numbers) {
      if (number === span.skip) continue;
      sum = add(sum, place + 1, key + number * span.stride);
      if (sum >= most) return most;
    }
    return sum;
  };
  return add(0, 0, from);
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
