// Runs `qingce link` as a user would and measures it: seconds, processor seconds, peak memory of the engine, quality.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { qualityOf, type Quality } from "../../src/cli/link-quality.ts";
import { openSession } from "../../src/linkage/duckdb.ts";
import type { LinkageReport } from "../../src/linkage/model.ts";
import { text } from "../../src/linkage/sql.ts";

const root = path.join(import.meta.dirname, "../..");

export type Measured = { readonly seconds: number; readonly cpu: number; readonly peakMb: number; readonly report: LinkageReport; readonly quality: { readonly overall: Quality; readonly automatic: Quality } };

/** Of lists longer than this the steps are told while they go. */
const LONG_BYTES = 50 * 1024 * 1024;

/** Highest resident memory of a process and those it started, in MB (Linux; 0 elsewhere). */
function peakMb(pid: number): number {
  try {
    const own = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    return Math.max(own, ...children.map(peakMb));
  } catch {
    return 0; // ended in between, or no /proc
  }
}

/** Settings for the lists as `--suggest` proposes them, in a file. @throws Error with what the command said when it failed */
export function suggested(folder: string, left: string, right?: string): string {
  const made = spawnSync(process.execPath, [path.join(root, "src/cli/main.ts"), "link", "--suggest", left, ...(right === undefined ? [] : [right])], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (made.status !== 0) throw new Error(made.stderr.slice(-2000));
  const file = path.join(folder, `settings-${path.basename(left)}.json`);
  fs.writeFileSync(file, made.stdout);
  return file;
}

/**
 * Links without the truth in view: seconds are those of the whole command from its start to its end. The truth is looked at afterwards.
 * @throws Error with what the command said when it failed */
export async function link(left: string, right: string | undefined, truth: string, out: string, more: readonly string[] = []): Promise<Measured> {
  const began = performance.now();
  childSeconds();
  const child = spawn(process.execPath, [path.join(root, "src/cli/main.ts"), "link", "--left", left, ...(right === undefined ? [] : ["--right", right]), "--out", out, ...more], { stdio: ["ignore", "ignore", "pipe"] });
  let [said, peak] = ["", 0];
  const long = fs.statSync(left).size > LONG_BYTES;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
    if (long) process.stderr.write(text.replaceAll(/^(?=.)/gm, "      "));
  });
  const watch = setInterval(() => (peak = Math.max(peak, child.pid === undefined ? 0 : peakMb(child.pid))), 100);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(said);
  const [seconds, cpu] = [(performance.now() - began) / 1000, childSeconds()];
  return { seconds, cpu, peakMb: peak, report: JSON.parse(fs.readFileSync(path.join(out, "steps.json"), "utf8")) as LinkageReport, quality: await qualityBySql(out, truth) };
}

/** As `qualityOfRun` of the command, for lists of any length: true pairs are joined in the database. */
async function qualityBySql(out: string, truth: string): Promise<Measured["quality"]> {
  const db = await openSession({ folder: out, memoryLimitMb: 4000, threads: 2 });
  try {
    const pair = "least(left_id, right_id) AS a, greatest(left_id, right_id) AS b";
    await db.run(`CREATE TABLE truth AS SELECT * FROM read_csv(${text(truth)}, all_varchar = true, header = true)`);
    const grouped = (await db.rows("DESCRIBE truth")).some((row) => row["column_name"] === "cluster");
    await db.run(grouped ? "CREATE TABLE pairs AS SELECT least(x.id, y.id) AS a, greatest(x.id, y.id) AS b FROM truth x JOIN truth y ON x.cluster = y.cluster AND x.id < y.id" : `CREATE TABLE pairs AS SELECT DISTINCT ${pair} FROM truth`);
    const truePairs = await db.number("SELECT count(*) FROM pairs");
    const row = (await db.rows(`SELECT count(*) AS links, count(p.a) AS hits, count(*) FILTER (sure) AS sure, count(p.a) FILTER (sure) AS sure_hits
      FROM (SELECT ${pair}, decision = 'automatic' AS sure FROM read_parquet(${text(path.join(out, "links.parquet"))})) l LEFT JOIN pairs p USING (a, b)`))[0];
    const value = (name: string): number => Number(row?.[name] ?? 0);
    return { overall: qualityOf(value("links"), value("hits"), truePairs), automatic: qualityOf(value("sure"), value("sure_hits"), truePairs) };
  } finally {
    db.close();
  }
}

let counted = 0;
/** Processor seconds of the children that ended since the last call (fields 16 and 17 of /proc/self/stat, in ticks of 10 ms). */
export function childSeconds(): number {
  try {
    const fields = fs.readFileSync("/proc/self/stat", "utf8").replace(/^.*\) /, "").split(" ");
    const now = (Number(fields[13]) + Number(fields[14])) / 100;
    const since = now - counted;
    counted = now;
    return since;
  } catch {
    return 0;
  }
}
