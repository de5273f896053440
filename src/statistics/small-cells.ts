// Disclosure control of tables: counts of fewer than k people are hidden, and with them so many others that no hidden count can be computed
// back from the totals (cell suppression with complementary suppression; Willenborg & de Waal, Elements of Statistical Disclosure Control).

/** Counts by row and column; totals are made here, so that they always fit. */
export type CountTable = readonly (readonly number[])[];
/** `hidden[i][j]` of the table with its totals: the last column holds the totals of rows, the last row those of columns. */
export type Hidden = readonly (readonly boolean[])[];

/** The table with a column of row totals and a row of column totals. @throws RangeError for counts that are no whole numbers, or rows of unlike length */
export function withTotals(table: CountTable): number[][] {
  const width = table[0]?.length ?? 0;
  if (table.some((row) => row.length !== width || row.some((n) => !Number.isSafeInteger(n) || n < 0))) throw new RangeError("a table of counts");
  const rows = table.map((row) => [...row, row.reduce((sum, n) => sum + n, 0)]);
  return [...rows, Array.from({ length: width + 1 }, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0))];
}

type Arc = { readonly to: number; readonly row: number; readonly column: number };

/**
 * Which counts to hide. Counts from 1 to k − 1, totals too, are hidden first. Then, while a hidden count is fixed by the equations of rows and
 * columns, a circle of counts through it is hidden with it, the one that hides the fewest people. Zeros are shown. A reader who knows all
 * this, and that every hidden count is at least 1, still finds at least two values for each. `known`: counts that are hidden already, with totals.
 */
export function hideSmallCells(table: CountTable, k = 5, known?: Hidden): Hidden {
  const cells = withTotals(table);
  const [rows, columns] = [cells.length, cells[0]?.length ?? 1];
  const hidden = cells.map((row, i) => row.map((n, j) => n > 0 && (n < k || known?.[i]?.[j] === true)));
  for (let open = true; open; ) {
    open = false;
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < columns; j += 1) {
        if (!hidden[i]![j]! || isLoose(cells, hidden, i, j)) continue;
        for (const { row, column } of circle(cells, hidden, i, j) ?? []) hidden[row]![column] = true;
        open = true;
      }
    }
  }
  return hidden;
}

/** Whether a count can move one up (or one down) without breaking "at least 1": down needs 2. Totals of one side move against the others. */
function may(cells: readonly (readonly number[])[], row: number, column: number, forward: boolean): boolean {
  const edge = (row === cells.length - 1) !== (column === cells[0]!.length - 1);
  return forward !== edge ? cells[row]![column]! >= 1 : cells[row]![column]! >= 2;
}

/** Whether a circle of hidden counts goes through a hidden count already: its price is nothing, so that any will do. */
function isLoose(cells: readonly (readonly number[])[], hidden: readonly (readonly boolean[])[], row: number, column: number): boolean {
  const [rows, columns] = [cells.length, cells[0]!.length];
  return [true, false].some((forward) => {
    if (!may(cells, row, column, forward)) return false;
    const [from, to] = forward ? [rows + column, row] : [row, rows + column];
    const [seen, open] = [new Uint8Array(rows + columns), [from]];
    seen[from] = 1;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const isRow = at < rows;
      for (let other = 0; other < (isRow ? columns : rows); other += 1) {
        const [next, i, j] = isRow ? [rows + other, at, other] : [other, other, at - rows];
        if (seen[next] === 1 || !hidden[i]![j]! || (i === row && j === column) || !may(cells, i, j, isRow)) continue;
        if (next === to) return true;
        seen[next] = 1;
        open.push(next);
      }
    }
    return false;
  });
}

/**
 * The cheapest circle of counts through one, along which all can be moved by one so that every total still fits: rows and columns are the
 * places, counts the ways between them. Over all that are not zero, hidden ones for nothing.
 */
function circle(cells: readonly (readonly number[])[], hidden: readonly (readonly boolean[])[], row: number, column: number): readonly Arc[] | undefined {
  const found = [true, false].flatMap((forward) => (may(cells, row, column, forward) ? [path(cells, hidden, row, column, forward)] : []));
  return found.filter((one) => one !== undefined).sort((a, b) => a.cost - b.cost)[0]?.arcs;
}

/** From the far end of the count back to where it began, not over itself. Places: rows 0 … R−1, then columns. */
function path(cells: readonly (readonly number[])[], hidden: readonly (readonly boolean[])[], row: number, column: number, forward: boolean): { readonly arcs: readonly Arc[]; readonly cost: number } | undefined {
  const [rows, columns] = [cells.length, cells[0]!.length];
  const [from, to] = forward ? [rows + column, row] : [row, rows + column];
  const cost = Array.from({ length: rows + columns }, () => Number.POSITIVE_INFINITY);
  const back: (Arc & { readonly from: number })[] = [];
  const done = new Set<number>();
  cost[from] = 0;
  for (;;) {
    let at = -1;
    for (let place = 0; place < cost.length; place += 1) if (!done.has(place) && cost[place]! < (at < 0 ? Number.POSITIVE_INFINITY : cost[at]!)) at = place;
    if (at < 0) return undefined;
    if (at === to) break;
    done.add(at);
    const isRow = at < rows;
    for (let other = 0; other < (isRow ? columns : rows); other += 1) {
      const [i, j] = isRow ? [at, other] : [other, at - rows];
      if ((i === row && j === column) || cells[i]![j] === 0 || !may(cells, i, j, isRow)) continue;
      const next = isRow ? rows + j : i;
      // A total tells more than a count inside: it is hidden when nothing else will do.
      const price = hidden[i]![j] ? 0 : (cells[i]![j]! + 1) * (i === rows - 1 || j === columns - 1 ? 1000 : 1);
      if (cost[at]! + price >= cost[next]!) continue;
      cost[next] = cost[at]! + price;
      back[next] = { from: at, to: next, row: i, column: j };
    }
  }
  const arcs: Arc[] = [];
  for (let place = to; place !== from; place = back[place]!.from) arcs.push(back[place]!);
  return { arcs, cost: cost[to]! };
}
