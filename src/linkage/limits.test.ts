// Limits of the machine: memory kept by spilling, a full disk, cancelling, and a child that leaves nothing behind.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { linkInChild } from "./child.ts";
import { chinesePersons } from "./chinese-persons.ts";
import { dirtyPeople, writeCsv } from "./dirty-people.fixture.ts";
import { openSession } from "./duckdb.ts";
import type { LinkageTask } from "./model.ts";
import { inSession } from "./run.ts";
import { digests, faultOf, scratchFolder } from "./runs.fixture.ts";

const folder = scratchFolder();
const { left, right } = dirtyPeople({ people: 45_000, strangers: 4000, seed: 61 });
const files = { left: writeCsv(join(folder, "left.csv"), left), right: writeCsv(join(folder, "right.csv"), right) };
const task = (name: string, more: Partial<LinkageTask> = {}): LinkageTask => ({ ...files, settings: chinesePersons, workFolder: join(folder, name), ...more });
/** Node, DuckDB's code and its reading buffers. */
const PROCESS_MB = 260;

/** Whether tables or parts of joins were on the disk while it ran. */
async function watching<T>(workFolder: string, run: Promise<T>): Promise<{ result: T; onDisk: boolean }> {
  let [running, onDisk] = [true, false];
  const watch = (async () => {
    while (running) {
      const unfinished = join(workFolder, "unfinished");
      try {
        onDisk ||= readdirSync(unfinished).some((name) => name.startsWith("tables.duckdb")) || readdirSync(join(unfinished, "spill")).length > 0;
      } catch {
        // not there yet, or already gone
      }
      await sleep(10);
    }
  })();
  try {
    return { result: await run, onDisk };
  } finally {
    running = false;
    await watch;
  }
}

test("90,000 rows in 64 MB use the disk, keep the limit and give the bytes of a run with much memory", async () => {
  const [small, large] = [task("small", { memoryLimitMb: 64 }), task("large", { memoryLimitMb: 2048 })];
  const { result, onDisk } = await watching(small.workFolder, linkInChild(small));
  assert.ok(onDisk, "the disk was used");
  assert.ok(result.peakMemoryMb < 64 + PROCESS_MB, `the process took ${result.peakMemoryMb} MB`);
  await linkInChild(large);
  assert.deepEqual(digests(small.workFolder), digests(large.workFolder));
  assert.ok(!readdirSync(small.workFolder).includes("unfinished"));
});

test("a join larger than the memory limit is spilled", async () => {
  const db = await openSession({ folder, memoryLimitMb: 64, threads: 1 });
  await db.run("CREATE TABLE a AS SELECT range AS n, repeat('x', 60) || range AS v FROM range(1000000)");
  assert.equal(await db.number("SELECT count(*) FROM a JOIN (SELECT n, v AS w FROM a) b USING (n) WHERE w = v"), 1_000_000);
  db.close();
});

test("when there is no more room to spill, the run ends with a fault and leaves nothing", async () => {
  const own = join(folder, "full", "unfinished");
  const fault = await faultOf(
    inSession(task("full", { left: "", right: "", memoryLimitMb: 64, spillLimitMb: 2 }), own, (db) => db.run("CREATE TABLE a AS SELECT md5(range::VARCHAR) || md5((range + 1)::VARCHAR) AS v FROM range(3000000)")),
  );
  assert.equal(fault.code, "no-space");
  assert.ok(!existsSync(own));
});

test("a run is cancelled within a second and its disk space is free again", async () => {
  const it = task("cancelled", { memoryLimitMb: 64 });
  for (const step of ["read", "normalise", "exact"]) {
    const stop = new AbortController();
    let at = 0;
    const run = linkInChild(it, {
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.step !== step) return;
        setTimeout(() => {
          at = performance.now();
          stop.abort();
        }, 100);
      },
    });
    await assert.rejects(run, { name: "AbortError" });
    assert.ok(performance.now() - at < 1000, `ended after ${Math.round(performance.now() - at)} ms`);
    assert.deepEqual(readdirSync(it.workFolder), []);
  }
});

test("progress tells every step with its rows, in order", async () => {
  const seen: { step: string; done: number; of: number; rows: number }[] = [];
  const small = dirtyPeople({ people: 300, strangers: 20, seed: 63 });
  const [l, r] = [writeCsv(join(folder, "p-left.csv"), small.left), writeCsv(join(folder, "p-right.csv"), small.right)];
  await linkInChild({ ...task("progress"), left: l, right: r }, { onProgress: ({ step, done, of, rows }) => seen.push({ step, done, of, rows }) });
  assert.deepEqual(seen.map((each) => each.step), ["read", "normalise", "trust", "exact", "weights", "accept", "candidates", "compare", "decide", "repeats", "write"]);
  assert.ok(seen.every((each, i) => each.done === i + 1 && each.of === seen.length));
  assert.equal(seen[0]?.rows, small.left.length + small.right.length);
});
