// Lists end: after the days of their agreement, or before by the county's lead with a reason. The file, its prepared and its returned rows
// go for good, with what others made of them: fused people, tokens, files to departments. Figures, digests and each row's outcome stay.
import fs from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { folders } from "./inbox-folders.ts";
import * as queries from "./queries.ts";
import { mayMove, maySign } from "./rules.ts";
import type { Mapping } from "./targets.ts";

const ON_SCHEDULE = "retention";

/** @throws Problem not-allowed, not-found, move-not-possible (running, or wiped already) */
export async function wipeBatch(tx: Tx, platform: Platform, key: queries.BatchKey, because: string): Promise<queries.Batch> {
  if (!maySign(tx.actor)) throw new Problem("not-allowed");
  const batch = await queries.lockedBatch(tx, key);
  if (!batch) throw new Problem("not-found");
  if (!mayMove("wipe", batch.state)) throw new Problem("move-not-possible");
  return wipe(tx, platform, batch, because);
}

/**
 * The content goes before the state says so: a wipe that is cut short is repeated, one that is told is true. A file that another list of the
 * county still needs (the same bytes were sent twice) goes with the last of them.
 */
async function wipe(tx: Tx, platform: Platform, batch: queries.Batch, because: string): Promise<queries.Batch> {
  const { county, id } = batch;
  for (const sha256 of [batch.fileSha256, batch.preparedSha256, batch.returnedSha256]) {
    if (sha256 !== null && !(await queries.keptElsewhere(tx, county, sha256, id))) await platform.blobs.remove(county, sha256);
  }
  const { rows: made } = await sql<{ sha256: string | null }>`select sha256 from blobs_made_from_list(${county}::int, ${id}::uuid)`.execute(tx);
  for (const { sha256 } of made) if (sha256 !== null && !(await queries.keptElsewhere(tx, county, sha256, id))) await platform.blobs.remove(county, sha256);
  const inbox = await tx.selectFrom("inboxFile").select(["department", "sha256"]).where("county", "=", county).where("batchId", "=", id).execute();
  for (const file of inbox) await removeTaken(platform, file.sha256);
  const headings = batch.headings as unknown as queries.StoredPeek;
  const read = new Set((batch.mapping as unknown as Mapping).map((one) => one.column));
  // A heading that nothing reads may be a row of people in a file without headings.
  const bare = { ...headings, columns: headings.columns.map((column) => ({ ...column, heading: read.has(column.column) ? column.heading : "", sample: [] })) };
  const wiped = await tx
    .updateTable("importBatch")
    .set({ state: "wiped", wipedAt: sql<Date>`now()`, wipedBy: tx.actor.account, wipedBecause: because, headings: queries.json(bare), unread: queries.json([]) })
    .where("county", "=", county)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await audit(tx, { action: "import.wipe", county, area: batch.area, people: batch.rows, detail: { batch: id, because: because === ON_SCHEDULE ? because : "by hand", sha256: batch.fileSha256 } });
  return wiped;
}

/** Copies that the inbox keeps of what it took. */
async function removeTaken(platform: Platform, sha256: string): Promise<void> {
  const done = folders(platform)?.done;
  if (done === undefined) return;
  const names = await fs.readdir(done, { recursive: true }).catch(() => []);
  for (const name of names) if (path.basename(name).includes(sha256.slice(0, 12)) && !name.endsWith(".receipt.json")) await fs.rm(path.join(done, name), { force: true });
}

/** Wipes every list whose time has ended; each in a transaction of its own. @returns how many */
export async function wipeEnded(platform: Platform): Promise<number> {
  const duty = systemActor("retention");
  const today = platform.clock.today();
  const ended = await platform.database.read(duty, (tx) => queries.endedBatches(tx, today));
  let wiped = 0;
  for (const key of ended) {
    wiped += await platform.database.write(duty, async (tx) => {
      const batch = await queries.lockedBatch(tx, key);
      if (!batch || !mayMove("wipe", batch.state) || batch.keepUntil === null || batch.keepUntil >= today) return 0;
      await wipe(tx, platform, batch, ON_SCHEDULE);
      return 1;
    });
  }
  return wiped;
}
