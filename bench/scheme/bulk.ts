// Bulk checking in SQL: a snapshot of a million records as Parquet, every check of the veterans' scheme in one select.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { soundRecords } from "../../schemes/veterans/sample-others.ts";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { bulkSql } from "../../src/scheme/bulk-checks.ts";
import { checker } from "../../src/scheme/check.ts";
import { readRows, rowOf } from "../../src/scheme/columns.ts";
import { damagedRecords } from "../../test/damaged-records.ts";
import { openDuckDb } from "../../test/duckdb.ts";
import type { Figure } from "../run.ts";

const TODAY = "2018-11-20";
const SAMPLE = 10_000;
const COPIES = 100;
const TEXTS = new Set(["unit-designation", "unit-designation-doubt"]);

/** Highest resident memory since the counter was cleared, in MB (Linux); the process's own now where that is not told. */
const peakMb = (): number => Number(/VmHWM:\s+(\d+) kB/u.exec(fs.existsSync("/proc/self/status") ? fs.readFileSync("/proc/self/status", "utf8") : "")?.[1] ?? process.memoryUsage().rss / 1024) / 1024;

const started = performance.now();
/** Tells those who wait what is being done, and how long it has taken so far. */
export function progress(what: string): void {
  console.log(`    … ${((performance.now() - started) / 1000).toFixed(0)} s: ${what}`);
}

const cpuSeconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

export async function bulkFigures(threads: number): Promise<readonly Figure[]> {
  progress("checking a sample");
  const check = checker(veterans);
  const settled = damagedRecords(veterans, [soundRecord, ...Object.values(soundRecords)], SAMPLE, 11).map((answers) => check(answers, { today: TODAY }).answers);
  const before = process.cpuUsage();
  const issues = settled.map((answers) => check(answers, { today: TODAY }).issues);
  const checkSeconds = cpuSeconds(before);
  const pairs = (each: (typeof issues)[number]): Set<string> => new Set(each.map((issue) => issue.code).filter((code) => !TEXTS.has(code)));
  const expected = new Map<string, number>();
  for (const each of issues) for (const code of pairs(each)) expected.set(code, (expected.get(code) ?? 0) + 1);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-bench-"));
  const db = await openDuckDb({ threads, memoryMb: 3000, folder });
  const given = { today: TODAY, reference_date: veterans.referenceDate };
  fs.writeFileSync(`${folder}/sample.ndjson`, settled.map((answers, i) => JSON.stringify({ record: String(i), ...rowOf(veterans, answers) })).join("\n"));
  await db.run(`CREATE TABLE sample AS ${readRows(veterans, `${folder}/sample.ndjson`)}`);
  progress("the same sample in SQL");
  const agreeing = await db.rows(`SELECT code, count(DISTINCT record) FROM (${bulkSql(veterans, { table: "sample" })}) GROUP BY code`, given);
  const same = agreeing.length === expected.size && agreeing.every(([code, count]) => expected.get(String(code)) === Number(count));
  progress(`${(SAMPLE * COPIES).toLocaleString("en")} records as Parquet`);
  await db.run(`COPY (SELECT sample.* REPLACE (record || '-' || copy AS record) FROM sample CROSS JOIN range(${COPIES}) AS copies(copy)) TO '${folder}/snapshot.parquet' (FORMAT parquet, COMPRESSION zstd)`);
  await db.run("DROP TABLE sample");
  await db.run(`CREATE VIEW snapshot AS SELECT * FROM read_parquet('${folder}/snapshot.parquet')`);
  const bytes = fs.statSync(`${folder}/snapshot.parquet`).size;
  progress("planning");
  await db.rows(`EXPLAIN ${bulkSql(veterans)}`, given);
  const planned = performance.now();
  await db.rows(`EXPLAIN ${bulkSql(veterans)}`, given);
  const planSeconds = (performance.now() - planned) / 1000;
  progress("checking them in SQL");
  const [asked, used] = [performance.now(), process.cpuUsage()];
  const counts = await db.rows(`SELECT code, count(*) FROM (${bulkSql(veterans)}) GROUP BY code`, given);
  const seconds = (performance.now() - asked) / 1000;
  const processor = cpuSeconds(used);
  const faults = counts.reduce((sum, [, count]) => sum + Number(count), 0);
  db.close();
  fs.rmSync(folder, { recursive: true });
  const records = SAMPLE * COPIES;
  return [
    { what: `bulk SQL, ${records.toLocaleString("en")} records, ${threads} thread${threads === 1 ? "" : "s"}`, value: `${seconds.toFixed(1)} s`, beside: `${processor.toFixed(0)} s of processor; planning ${planSeconds.toFixed(1)} s; ${faults.toLocaleString("en")} faults; Parquet ${(bytes / 2 ** 20).toFixed(0)} MB` },
    { what: "check of single records on the same, processor time", value: `${(checkSeconds * COPIES).toFixed(0)} s`, beside: `from ${SAMPLE.toLocaleString("en")} measured; SQL takes ${(processor / (checkSeconds * COPIES)).toFixed(2)} × its processor time` },
    { what: "kinds of fault found, records with each", value: String(expected.size), beside: same ? `all ${expected.size} counts equal the check's` : "COUNTS DIFFER FROM THE CHECK'S" },
    { what: "highest memory of the process", value: `${peakMb().toFixed(0)} MB` },
  ];
}
