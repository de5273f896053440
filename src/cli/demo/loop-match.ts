// Files in and the cross-match: the base list, the departments' lists, match runs, and pairs that a person decides.
import { Problem } from "../../core/problem.ts";
import type { Actor } from "../../platform/database.ts";
import { type ImportView, openBatch, setMapping, startRun, takeUpload } from "../../modules/exchange/service.ts";
import { decidePair, listPairs, matchRun, startMatch } from "../../modules/matching/service.ts";
import type { Extract } from "./extracts.ts";
import type { Caught } from "./loop-capture.ts";
import type { World } from "./world.ts";

export type NamedFile = { readonly fileName: string; readonly bytes: Uint8Array };

/** Uploads a file, confirms the suggested columns, runs the import and waits for it. @throws Error when a required column was not recognised */
export async function bringIn(world: World, sender: Actor, file: NamedFile, department?: string, asOf?: string): Promise<ImportView> {
  const { platform } = world;
  const { database } = platform;
  const given = department ? { kind: "extract" as const, department, asOf, purpose: "核对采集信息（虚构演示）", campaign: world.campaign.id } : { kind: "base-list" as const, campaign: world.campaign.id };
  const uploaded = await database.write(sender, (tx) => takeUpload(tx, platform, given, { fileName: file.fileName, mime: "application/octet-stream", bytes: Buffer.from(file.bytes) }));
  if (uploaded.missing.length > 0) throw new Error(`${file.fileName}: columns not recognised: ${uploaded.missing.join(", ")}`);
  const key = { county: uploaded.county, id: uploaded.id };
  const columns = uploaded.columns.map(({ column, target }) => ({ column, ...(target && { target }) }));
  await database.write(sender, (tx) => setMapping(tx, platform, key, { columns }));
  const started = await database.write(sender, (tx) => startRun(tx, platform, key));
  await ended(world, sender, started.task);
  return database.read(sender, (tx) => openBatch(tx, key));
}

async function ended(world: World, asker: Actor, task: string | undefined): Promise<void> {
  if (!task) throw new Error("the task was not asked for");
  const row = await world.platform.queue.wait(asker, task);
  if (row.state !== "done") throw new Error(`${row.kind} ended as ${row.state}: ${JSON.stringify(row.problem)}`);
}

export type MatchSum = { readonly run: string; readonly department: string; readonly counts: Readonly<Record<string, number>>; readonly decided: number };

/** Runs one department's match and settles its doubtful pairs, as a person who knows the people would. */
export async function matchDepartment(world: World, extract: Extract, batch: string, caught: Caught): Promise<MatchSum> {
  const { platform, countyLead } = world;
  const started = await platform.database.write(countyLead, (tx) => startMatch(tx, platform, batch));
  await ended(world, countyLead, started.task);
  const personOf = new Map([...caught.first].map(([person, held]) => [held.id, person]));
  const decided = await decidePairs(world, started.id, (pair) => rowOf(extract, pair.row).person === personOf.get(pair.record));
  const run = await platform.database.read(countyLead, (tx) => matchRun(tx, world.county, started.id));
  return { run: run.id, department: extract.department, counts: run.counts, decided };
}

/** Goes through the doubtful pairs of a run; hard ones are decided by a second person too. @returns how many pairs */
async function decidePairs(world: World, run: string, isSame: (pair: { readonly row: number; readonly record: string }) => boolean): Promise<number> {
  const { platform, county, countyReviewer, secondReviewer } = world;
  let decided = 0;
  for (;;) {
    const { rows } = await platform.database.write(countyReviewer, (tx) => listPairs(tx, county, run, { limit: 200 }));
    if (rows.length === 0) return decided;
    for (const pair of rows) {
      const opinion = { row: pair.row, record: pair.record, same: isSame(pair) };
      try {
        const { state } = await platform.database.write(countyReviewer, (tx) => decidePair(tx, platform, county, run, opinion));
        if (state === "second-needed") await platform.database.write(secondReviewer, (tx) => decidePair(tx, platform, county, run, opinion));
        decided++;
      } catch (error) {
        // Another pair of the same row was confirmed a moment ago.
        if (!(error instanceof Problem && error.code === "move-not-possible")) throw error;
      }
    }
  }
}

/** The row of the file by its number there; the headings are row 1. */
export function rowOf(extract: Extract, row: number): Extract["rows"][number] {
  const found = extract.rows[row - 2];
  if (!found) throw new RangeError(`${extract.fileName} has no row ${row}`);
  return found;
}
