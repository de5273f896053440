// Attacks on linked tables: an answer taken from another, filters laid over each other, and all answers together as equations.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hideLinked, type Chosen, type Tally } from "./linked-cells.ts";

const keys = ["a", "b", "c"];
const SIZE = 3;
const tallies = (axes: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 5, max: 60 })), { minLength: SIZE ** axes, maxLength: SIZE ** axes }).map((counts): Tally => ({ axes: keys.slice(0, axes), rows: counts.map((n, i) => ({ at: Array.from({ length: axes }, (_, j) => Math.floor(i / SIZE ** j) % SIZE), n })).filter(({ n }) => n > 0) }));

/** All sets of positions of an axis that a question can name: one as a value of the table, or several as a filter; all is no question about it. */
const sets = Array.from({ length: 2 ** SIZE - 2 }, (_, bits) => Array.from({ length: SIZE }, (_, i) => i).filter((i) => ((bits + 1) >> i) & 1));
type Answer = { readonly group: readonly number[]; readonly told: number | null; readonly cell: boolean };
/** Every answer to every question: who is in it (of the finest counts), and what was told. */
function answers(tally: Tally): Answer[] {
  const linked = hideLinked(tally);
  let choices: Chosen[] = [{}];
  for (const key of tally.axes) choices = choices.flatMap((chosen) => [chosen, ...sets.map((set) => ({ ...chosen, [key]: set }))]);
  return choices.flatMap((chosen) => {
    const group = tally.rows.map(({ at }) => Number(tally.axes.every((key, i) => chosen[key]?.includes(at[i]!) ?? true)));
    // Each single value is asked for as a value of the table too.
    const single = tally.axes.filter((key) => chosen[key]?.length === 1);
    const rest = Object.fromEntries(Object.entries(chosen).filter(([key]) => !single.includes(key)));
    const cell = Object.keys(rest).length === 0;
    return [{ group, cell, told: linked.sum([], [], chosen) }, { group, cell, told: linked.sum(single, single.map((key) => chosen[key]![0]!), rest) }];
  });
}
const truth = (tally: Tally, group: readonly number[]): number => tally.rows.reduce((sum, { n }, i) => sum + n * group[i]!, 0);

test("an answer is true or not given, and a group of fewer than five is given by none", () => {
  fc.assert(fc.property(tallies(3), (tally) => {
    for (const { group, told } of answers(tally)) if (told !== null) assert.ok(told === truth(tally, group) && (told === 0 || told >= 5));
  }), { numRuns: 40 });
});

test("two answers of which one holds the other never differ by a group of fewer than five", () => {
  fc.assert(fc.property(tallies(3), (tally) => {
    const told = answers(tally).filter((answer) => answer.told !== null);
    for (const wide of told) for (const narrow of told) if (narrow.group.every((n, i) => n <= wide.group[i]!)) assert.ok(![1, 2, 3, 4].includes(wide.told! - narrow.told!), `${wide.told} − ${narrow.told}`);
  }), { numRuns: 25 });
});

test("a group that lies in a wider one of another table, because nobody stands where they part, is not told beside it", () => {
  // Nobody of a = 2, b = 2 has c = 0: 48 of b = 2 with c = 0 lie among the 50 of b = 2 with a = 0 or 1.
  const counts = [[2, 0, 0, 5], [0, 1, 0, 1], [1, 1, 0, 5], [0, 2, 0, 5], [1, 2, 0, 43], [0, 0, 1, 3], [2, 0, 1, 5], [1, 1, 1, 1], [2, 1, 1, 1], [0, 2, 1, 1], [1, 2, 1, 1], [2, 2, 1, 6], [2, 0, 2, 5], [0, 1, 2, 1], [1, 1, 2, 23], [2, 1, 2, 5], [2, 2, 2, 5]] as const;
  const { sum } = hideLinked({ axes: keys, rows: counts.map(([a, b, c, n]) => ({ at: [a, b, c], n })) });
  const [wide, narrow] = [sum([], [], { a: [0, 1], b: [2] }), sum([], [], { b: [2], c: [0] })];
  assert.ok(wide === null || narrow === null, `${wide} − ${narrow}`);
});

/** Whether sums that are known give another one: its group is a combination of theirs. */
function follows(known: readonly (readonly number[])[], wanted: readonly number[]): boolean {
  const rows: number[][] = [];
  const reduced = (line: readonly number[]): number[] => {
    const rest = [...line];
    for (const row of rows) {
      const lead = row.findIndex((n) => Math.abs(n) > 1e-9);
      const factor = rest[lead]! / row[lead]!;
      if (Math.abs(factor) > 1e-12) row.forEach((n, i) => (rest[i] = rest[i]! - factor * n));
    }
    return rest;
  };
  for (const line of known) {
    const rest = reduced(line);
    if (rest.some((n) => Math.abs(n) > 1e-7)) rows.push(rest.map((n) => (Math.abs(n) < 1e-9 ? 0 : n)));
  }
  return reduced(wanted).every((n) => Math.abs(n) < 1e-7);
}

test("all answers together, as equations, give no count of a table of one or two axes that is fewer than five", () => {
  fc.assert(fc.property(tallies(2), (tally) => {
    const all = answers(tally);
    const known = all.filter(({ told }) => told !== null).map(({ group }) => group);
    for (const { group } of all.filter(({ told, cell }) => cell && told === null)) if (truth(tally, group) > 0 && truth(tally, group) < 5) assert.equal(follows(known, group), false, JSON.stringify(tally));
  }), { numRuns: 150 });
});

test("a set with one value more, taken from the set without it, gives nothing: three women in a place of forty-one", () => {
  const tally: Tally = { axes: ["place", "cause"], rows: [[0, 0, 31], [0, 1, 3], [0, 2, 7], [1, 0, 22], [1, 1, 16], [1, 2, 30]].map(([place, cause, n]) => ({ at: [place!, cause!], n: n! })) };
  const { sum } = hideLinked(tally);
  const of = (...causes: number[]): number | null => sum(["place"], [0], { cause: causes });
  assert.equal(sum(["place"], [0], {}), 41);
  // By filters that overlap, by the rest of the place, and through the other place.
  assert.deepEqual([of(1), of(0, 1), of(0, 2), of(1, 2)], [null, null, null, null]);
  assert.equal(sum([], [], { cause: [1] }), 19);
  assert.equal(sum(["place"], [1], { cause: [1] }), null);
});
