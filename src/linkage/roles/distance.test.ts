// Distances count characters, not bytes: what the engine computes in SQL is what a plain implementation computes on characters.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { openSession } from "../duckdb.ts";
import { text } from "../sql.ts";
import { foldedWords } from "./latin-name.ts";
import { oneByteEach, oneEdit } from "./role.ts";

const folder = mkdtempSync(join(tmpdir(), "distance-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const db = await openSession({ folder, memoryLimitMb: 256, threads: 1 });
after(() => db.close());

/** Damerau–Levenshtein distance of two lists of characters: exchanged neighbours may have others put in between. */
function distance(a: readonly string[], b: readonly string[]): number {
  const far = a.length + b.length;
  const table = Array.from({ length: a.length + 2 }, (_, i) => Array.from({ length: b.length + 2 }, (_, j) => (i === 0 || j === 0 ? far : i === 1 ? j - 1 : j === 1 ? i - 1 : 0)));
  const lastRow = new Map<string, number>();
  for (let i = 1; i <= a.length; i += 1) {
    let lastColumn = 0;
    for (let j = 1; j <= b.length; j += 1) {
      const [k, l] = [lastRow.get(b[j - 1]!) ?? 0, lastColumn];
      const same = a[i - 1] === b[j - 1];
      if (same) lastColumn = j;
      table[i + 1]![j + 1] = Math.min(table[i]![j]! + (same ? 0 : 1), table[i + 1]![j]! + 1, table[i]![j + 1]! + 1, table[k]![l]! + (i - k - 1) + 1 + (j - l - 1));
    }
    lastRow.set(a[i - 1]!, i);
  }
  return table[a.length + 1]![b.length + 1]!;
}

/** Jaro similarity of two lists of characters. */
function jaro(a: readonly string[], b: readonly string[]): number {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = b.map(() => false);
  const inA = a.filter((character, i) => {
    const j = b.findIndex((other, k) => !taken[k] && other === character && Math.abs(i - k) <= window);
    if (j >= 0) taken[j] = true;
    return j >= 0;
  });
  const inB = b.filter((_, k) => taken[k]);
  if (inA.length === 0) return 0;
  const swaps = Math.floor(inA.filter((character, i) => character !== inB[i]).length / 2);
  return (inA.length / a.length + inA.length / b.length + (inA.length - swaps) / inA.length) / 3;
}

const alphabets = { latin: "abcdeilmnorst", cyrillic: "абвгдеиклмнорст", greek: "αβγδεικλμνορσ", arabic: "ابتدرسعلمنهو" };

for (const [name, letters] of Object.entries(alphabets)) {
  test(`edit distance, Jaro similarity and the one-edit test count characters (${name})`, async () => {
    const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(word, word, fc.nat(2), async (a, other, kind) => {
        // Words that chance made are hardly ever one edit apart: two in three are made so.
        const b = a.length < 4 || kind === 0 ? other : kind === 1 ? [...a.slice(0, 1), ...a.slice(1, 3).toReversed(), ...a.slice(3)] : [...a.slice(0, 1), ...a.slice(2)];
        const [x, y] = [oneByteEach(text(a.join(""))), oneByteEach(text(b.join("")))];
        const row = (await db.rows(`SELECT damerau_levenshtein(x, y) AS d, jaro_similarity(x, y) AS j, ${oneEdit("x", "y")} AS e FROM (SELECT ${x} AS x, ${y} AS y)`))[0];
        assert.equal(Number(row?.["d"]), distance(a, b));
        assert.ok(Math.abs(Number(row?.["j"]) - jaro(a, b)) < 1e-9);
        if (row?.["e"] === true) assert.ok(distance(a, b) <= 1);
        if ((a.length === b.length || (a.length >= 4 && kind === 2)) && distance(a, b) === 1) assert.equal(row?.["e"], true);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
}

test("accents, case, width, apostrophes and hyphens make no difference to a Latin name", async () => {
  for (const [written, plain] of [["Müller", "muller"], ["O'Brien", "obrien"], ["Jean-Luc", "jean luc"], ["ŁUKASZ", "lukasz"], ["Ｓmith", "smith"], ["Weiß", "weiss"], ["  de  la Cruz ", "de la cruz"]]) {
    assert.equal((await db.rows(`SELECT ${foldedWords("t", 64)} AS v FROM (SELECT ${text(written ?? "")} AS t)`))[0]?.["v"], plain);
  }
});
