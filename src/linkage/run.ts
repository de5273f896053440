// One linkage run: opens DuckDB, goes through the steps, leaves results in the work folder. Unfinished work lives in a
// folder of its own and is renamed at the end; steps.json comes last, so a folder that has it is complete.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openSession } from "./duckdb.ts";
import { LinkageFault } from "./fault.ts";
import type { LinkageProgress, LinkageReport, LinkageTask } from "./model.ts";
import { candidates } from "./steps/candidates.ts";
import { compare } from "./steps/compare.ts";
import { decide } from "./steps/decide.ts";
import { acceptExact, exactPairs } from "./steps/exact.ts";
import { normalise, trust } from "./steps/normalise.ts";
import { read } from "./steps/read.ts";
import { repeats } from "./steps/repeats.ts";
import { recorder, type Work } from "./steps/step.ts";
import { learnWeights, type Scoring } from "./steps/weights.ts";
import { count, FORMATS, RESULTS, write } from "./steps/write.ts";

const UNFINISHED = "unfinished";
export const DEFAULT_MEMORY_MB = 1024;
export const DEFAULT_THREADS = 2;

/** Machine limits reach the caller as faults; DuckDB's message names sizes and paths, not data. */
function limit(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/No space left|could not write|max_temp_directory_size/i.test(message)) return new LinkageFault("no-space", "the disk of the work folder is full");
  if (/Out of Memory/i.test(message)) return new LinkageFault("no-memory", "the memory limit is too small for these lists");
  return error;
}

async function steps(task: LinkageTask, work: Work, folder: string, onProgress?: (progress: LinkageProgress) => void): Promise<LinkageReport> {
  const { steps: reports, step } = recorder(onProgress);
  await step("read", () => read(work, resolve(task.left), resolve(task.right)));
  await work.db.lock();
  await step("normalise", () => normalise(work));
  const untrusted = await step("trust", () => trust(work));
  await step("exact", () => exactPairs(work));
  const learned: { scoring?: Scoring } = {};
  await step("weights", async () => {
    const { result, scoring } = await learnWeights(work);
    learned.scoring = scoring;
    return result;
  });
  const scoring = learned.scoring;
  if (scoring === undefined) throw new Error("weights made no scoring");
  await step("accept", () => acceptExact(work, scoring));
  const first = { skippedBlocks: 0, skippedPairs: 0 };
  const skip = (blocked: { skippedBlocks: number; skippedPairs: number }): void => {
    first.skippedBlocks += blocked.skippedBlocks;
    first.skippedPairs += blocked.skippedPairs;
  };
  await step("candidates", async () => {
    const blocked = await candidates(work);
    skip(blocked);
    return { rows: blocked.rows, notes: blocked.notes };
  });
  await step("compare", () => compare(work, scoring, "pairs", "scored"));
  await step("decide", () => decide(work));
  await step("repeats", async () => {
    const blocked = await repeats(work, scoring);
    skip(blocked);
    return { rows: blocked.rows, notes: blocked.notes };
  });
  await step("write", () => write(work, folder));
  const counts = { ...(await count(work)), ...first, untrustedIdentifiers: untrusted.rows };
  return { steps: reports, counts, weights: scoring.weights, prior: scoring.prior };
}

/**
 * Links two prepared lists (contract in model.ts) and writes links, unmatched_left, unmatched_right and steps.json.
 * DuckDB keeps memory after a run: use `linkInChild` in a process that lives on.
 * @throws LinkageFault
 */
export async function runLinkage(task: LinkageTask, onProgress?: (progress: LinkageProgress) => void): Promise<LinkageReport> {
  const { requireUsable } = await import("./settings-check.ts");
  requireUsable(task.settings);
  return runChecked(task, onProgress);
}

/** As `runLinkage`, for settings that are checked already: the child does without the schema library and starts sooner. */
export async function runChecked(task: LinkageTask, onProgress?: (progress: LinkageProgress) => void): Promise<LinkageReport> {
  const target = resolve(task.workFolder);
  const folder = join(target, UNFINISHED);
  const finals = RESULTS.flatMap((name) => FORMATS.map((format) => `${name}.${format}`));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of ["steps.json", ...finals]) await rm(join(target, name), { force: true });
  const db = await openSession({ folder, memoryLimitMb: Math.max(64, task.memoryLimitMb ?? DEFAULT_MEMORY_MB), threads: task.threads ?? DEFAULT_THREADS });
  let report: LinkageReport;
  try {
    report = await steps(task, { db, settings: task.settings }, folder, onProgress);
  } catch (error) {
    throw limit(error);
  } finally {
    db.close();
  }
  await writeFile(join(folder, "steps.json"), `${JSON.stringify({ settings: task.settings.key, ...report }, undefined, 1)}\n`);
  for (const name of [...finals, "steps.json"]) await rename(join(folder, name), join(target, name));
  await rm(folder, { recursive: true, force: true });
  return report;
}
