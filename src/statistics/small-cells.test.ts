// No hidden count can be computed back: attacked by linear algebra on random tables, and by trying every whole-number table that fits.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hideSmallCells, withTotals, type CountTable, type Hidden } from "./small-cells.ts";

const tables = fc.integer({ min: 1, max: 6 }).chain((columns) => fc.array(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 400 })), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }));

type Unknown = readonly [row: number, column: number];
const unknowns = (hidden: Hidden): Unknown[] => hidden.flatMap((row, i) => row.flatMap((is, j) => (is ? [[i, j] as const] : [])));

/** The equations that rows and columns give about hidden cells: inner counts and the total against each other. */
function equations(cells: readonly (readonly number[])[], hidden: Hidden): { readonly factors: number[]; readonly sum: number }[] {
  const places = unknowns(hidden);
  const [lastRow, lastColumn] = [cells.length - 1, cells[0]!.length - 1];
  const made: { readonly factors: number[]; readonly sum: number }[] = [];
  const equation = (line: readonly (readonly [number, number, number])[]): void => {
    const factors = places.map(([i, j]) => line.find(([a, b]) => a === i && b === j)?.[2] ?? 0);
    const sum = line.reduce((total, [i, j, sign]) => total - (hidden[i]![j] ? 0 : sign * cells[i]![j]!), 0);
    made.push({ factors, sum });
  };
  for (let i = 0; i <= lastRow; i += 1) equation(cells[i]!.map((_, j) => [i, j, j === lastColumn ? -1 : 1] as const));
  for (let j = 0; j <= lastColumn; j += 1) equation(cells.map((_, i) => [i, j, i === lastRow ? -1 : 1] as const));
  return made;
}

/** Unknowns that the equations fix: columns with a pivot whose row holds nothing else after elimination. */
function fixed(system: readonly { readonly factors: readonly number[] }[], count: number): number[] {
  const rows = system.map(({ factors }) => [...factors]);
  const pivots: [row: number, column: number][] = [];
  for (let column = 0; column < count; column += 1) {
    const row = rows.findIndex((line, i) => Math.abs(line[column]!) > 1e-9 && !pivots.some(([taken]) => taken === i));
    if (row < 0) continue;
    const scale = rows[row]![column]!;
    rows[row] = rows[row]!.map((n) => n / scale);
    for (const [i, line] of rows.entries()) {
      const factor = line[column]!;
      if (i !== row && Math.abs(factor) > 1e-9) rows[i] = line.map((n, j) => n - factor * rows[row]![j]!);
    }
    pivots.push([row, column]);
  }
  return pivots.filter(([row]) => rows[row]!.filter((n) => Math.abs(n) > 1e-9).length === 1).map(([, column]) => column);
}

/** All values each unknown can take in tables of counts of at least 1 that fit; counts up to `most`. Undefined when there are too many to try. */
function possible(cells: readonly (readonly number[])[], hidden: Hidden, most: number): Set<number>[] | undefined {
  const places = unknowns(hidden);
  const system = equations(cells, hidden);
  const seen = places.map(() => new Set<number>());
  const values: number[] = [];
  let tries = 0;
  const step = (at: number): boolean => {
    if ((tries += 1) > 400_000) return false;
    for (const { factors, sum } of system) {
      let rest = sum;
      let open = false;
      factors.forEach((factor, i) => (i < at ? (rest -= factor * values[i]!) : factor !== 0 && (open = true)));
      if (!open && rest !== 0) return true;
    }
    if (at === places.length) {
      values.forEach((value, i) => seen[i]!.add(value));
      return true;
    }
    for (let value = 1; value <= most; value += 1) {
      values[at] = value;
      if (!step(at + 1)) return false;
    }
    return true;
  };
  return step(0) ? seen : undefined;
}

test("every count and total from 1 to 4 is hidden, zeros and a table without small counts stay as they are", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const hidden = hideSmallCells(table);
      withTotals(table).forEach((row, i) => row.forEach((n, j) => assert.ok(n === 0 ? !hidden[i]![j] : n >= 5 || hidden[i]![j])));
    }),
    { numRuns: 300, seed: 1 },
  );
  assert.deepEqual(hideSmallCells([[10, 20], [30, 0]]), [[false, false, false], [false, false, false], [false, false, false]]);
});

test("no equation of rows and columns, totals included, fixes a hidden count", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const hidden = hideSmallCells(table);
      const cells = withTotals(table);
      assert.deepEqual(fixed(equations(cells, hidden), unknowns(hidden).length), []);
    }),
    { numRuns: 1000, seed: 2 },
  );
});

test("one who knows that hidden counts are at least 1 and tries all tables still finds two values for each", () => {
  let tried = 0;
  const small = fc.integer({ min: 1, max: 3 }).chain((columns) => fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(small, (table) => {
      const hidden = hideSmallCells(table);
      const cells = withTotals(table);
      if (unknowns(hidden).length > 7) return;
      const seen = possible(cells, hidden, Math.max(...cells.flat()) + 2);
      if (!seen) return;
      tried += 1;
      for (const values of seen) assert.ok(values.size >= 2, JSON.stringify({ table, hidden }));
    }),
    { numRuns: 300, seed: 3 },
  );
  assert.ok(tried > 100, `${tried} tables were tried out`);
});

test("all ones in a square, which 'at least 1' alone would give away, are not left to themselves", () => {
  const table: CountTable = [[1, 1, 50], [1, 1, 60], [40, 50, 70]];
  const hidden = hideSmallCells(table);
  assert.ok(unknowns(hidden).length > 4);
});

test("few are hidden besides: the dearest counts and the totals stay where they can", () => {
  const hidden = hideSmallCells([[3, 100, 7], [200, 300, 9], [400, 500, 600]]);
  assert.deepEqual(unknowns(hidden), [[0, 0], [0, 2], [1, 0], [1, 2]]);
});
