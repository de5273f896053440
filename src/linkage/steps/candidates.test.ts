// Candidates: what the keys find, how large blocks are left out, and that nothing is lost by skipping keys that say nothing more.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openSession, type Session } from "../duckdb.ts";
import type { BlockingKey, LinkageSettings } from "../model.ts";
import { block } from "./candidates.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-candidates-"));
let db: Session;
before(async () => {
  db = await openSession({ folder, memoryLimitMb: 256, threads: 2 });
  // Rows 1–4 of both lists share one telephone; the others have one each, and the last has none.
  const rows = "SELECT i::INTEGER AS n, CASE WHEN i <= 4 THEN 'one' WHEN i < 10 THEN 'own ' || i END AS k0_v, chr((96 + i)::INTEGER) AS k1_v FROM range(1, 11) t(i)";
  await db.run(`CREATE TABLE l AS ${rows}; CREATE TABLE r AS ${rows}`);
});
after(() => {
  db.close();
  fs.rmSync(folder, { recursive: true });
});

const phone: BlockingKey = { key: "phone", parts: [{ column: "phone", take: "whole" }] };
const phoneAndKind: BlockingKey = { key: "phone and kind", parts: [{ column: "phone", take: "whole" }, { column: "kind", take: "whole" }] };
const settingsOf = (largestBlock: number): LinkageSettings => ({
  key: "test", id: "id", largestBlock, blocking: [], vetoes: [],
  comparisons: [{ role: "phone", column: "phone", levels: [{ level: "equal", m: 0.9, u: 0.1 }, { level: "different", m: 0.1, u: 0.9 }] }, { role: "category", column: "kind", levels: [{ level: "equal", m: 0.9, u: 0.1 }, { level: "different", m: 0.1, u: 0.9 }] }],
  thresholds: { automatic: 4, review: 0, margin: 3 },
  priors: { matchShare: 0.5, strength: 200, repeat: 5, rarestName: 18 },
  training: { randomRows: 0, anchorRows: 0, seed: 1, anchorColumns: [] },
});
async function found(largestBlock: number, keys: readonly BlockingKey[], marked = false): Promise<{ pairs: string[]; notes: Readonly<Record<string, number>>; skipped: number }> {
  const { notes = {}, skippedBlocks } = await block({ db, settings: settingsOf(largestBlock), cache: {} }, "found", "l", "r", keys, marked);
  const pairs = (await db.rows("SELECT * FROM found ORDER BY ALL")).map((row) => Object.values(row).join(" "));
  await db.run("DROP TABLE found");
  return { pairs, notes, skipped: skippedBlocks };
}
const apart = ["5 5", "6 6", "7 7", "8 8", "9 9"];

test("a key pairs the rows that share its value, and a missing value meets nothing", async () => {
  const { pairs, notes } = await found(100, [phone]);
  assert.equal(pairs.length, 16 + 5);
  assert.deepEqual(pairs.slice(16), apart);
  assert.deepEqual(notes, { phone: 21 });
});

test("a key whose pairs another key finds anyway is not looked for, except where keys teach", async () => {
  const [both, taught] = [await found(100, [phoneAndKind, phone]), await found(100, [phoneAndKind, phone], true)];
  assert.equal(both.pairs.length, 21);
  assert.deepEqual(Object.keys(both.notes), ["phone"]);
  assert.deepEqual(taught.notes, { "phone and kind": 9, phone: 21 });
  assert.ok(taught.pairs.includes("1 1 3") && taught.pairs.includes("1 2 2"));
});

test("where a block is too large for one key, a finer key still finds its rows, and the block is told", async () => {
  const { pairs, notes } = await found(15, [phone, phoneAndKind]);
  assert.deepEqual(pairs, ["1 1", "2 2", "3 3", "4 4", ...apart]);
  assert.equal(notes["phone: blocks too large, refined"], 1);
  assert.equal(notes["phone: rows in them, left"], 4);
  assert.equal(notes["phone and kind"], 9);
});
