// Attacks on linked tables: an answer taken from another, filters laid over each other, and all answers together as equations.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
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

test("wide tables hide what the rules as first written hid, count by count", () => {
  // A generator of its own, so that the tables are the same for ever; the digest is of the answers of the plain version, which went over every count anew.
  let state = 20_190_901;
  const next = (below: number): number => Math.floor((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1) / 2 ** 31 * below);
  const said = createHash("sha256");
  const hidden = [0, 0];
  for (const sizes of [[9, 8], [30], [4, 4, 4], [5, 4, 4], [7, 6, 3], [3, 3, 3, 3], [4, 2, 3, 3]]) {
    for (let turn = 0; turn < 16; turn += 1) {
      const [dense, small] = [3 + next(4), 3 + next(5)];
      const cells = sizes.reduce<readonly (readonly number[])[]>((before, size) => before.flatMap((at) => Array.from({ length: size }, (_, value) => [...at, value * 7 % size + 11])), [[]]);
      const tally: Tally = { axes: ["a", "b", "c", "d"].slice(0, sizes.length), rows: cells.flatMap((at) => (next(10) < dense ? [{ at, n: next(10) < small ? 1 + next(3) : 5 + next(90) }] : [])) };
      const linked = hideLinked(tally);
      for (let bits = 0; bits < 1 << sizes.length; bits += 1) {
        const own = tally.axes.filter((_, i) => (bits >> i) & 1);
        const told = tally.rows.map(({ at }) => linked.sum(own, at.filter((_, i) => (bits >> i) & 1), {}));
        for (const n of told) hidden[n === null ? 1 : 0]! += 1;
        said.update(JSON.stringify(told));
      }
    }
  }
  assert.deepEqual([...hidden, said.digest("hex").slice(0, 16)], [24_542, 10_826, "d9a62e906ee66ea8"]);
});
