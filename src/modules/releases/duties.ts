// What the worker does for releases: requests, approvals and files end in their time; a making whose task ended without a file has failed.
import fs from "node:fs/promises";
import { sql } from "kysely";
import { problems, type ProblemBody } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import { systemActor } from "../../platform/database.ts";
import { type Duty, type Log, startDuty } from "../../platform/duty.ts";
import type { Platform } from "../../platform/platform.ts";
import { releaseFile } from "./produce.ts";
import { endedReleases, type Key, setRelease } from "./queries.ts";

const EVERY_MS = 5 * 60_000;
const duty = systemActor("releases");

/** @returns how many releases ended */
export async function endReleases(platform: Platform): Promise<number> {
  const now = platform.clock.now();
  const ended = await platform.database.read(duty, (tx) => endedReleases(tx, now));
  for (const row of ended) {
    await platform.database.write(duty, async (tx) => {
      // The file goes before the state says so.
      await fs.rm(releaseFile(platform, row), { force: true });
      await setRelease(tx, row, { state: "expired", passphrase: null, ...(row.state === "ready" && { wipedAt: now }) });
      await audit(tx, { action: "release.expire", county: row.county, area: row.area, people: row.rows ?? 0, detail: { release: row.id, was: row.state } });
    });
  }
  await wipePassphrases(platform, now);
  return ended.length + (await failStranded(platform));
}

/** Of copies that were taken: the passphrase goes when the time for taking them has ended. */
async function wipePassphrases(platform: Platform, now: Date): Promise<void> {
  await platform.database.write(duty, (tx) => tx.updateTable("release").set({ passphrase: null }).where("state", "=", "taken").where("passphrase", "is not", null).where("validUntil", "<=", now).execute());
}

type Stranded = Key & { readonly area: number; readonly problem: ProblemBody | null };

/** The asker's account was disabled, or lost the area, before the work began: the task ended, and the release with it. */
async function failStranded(platform: Platform): Promise<number> {
  return platform.database.write(duty, async (tx) => {
    const { rows } = await sql<Stranded>`select r.county, r.id, r.area, t.problem from release r join task t on t.id = r.task_id where r.state = 'making' and t.state in ('failed', 'cancelled', 'done')`.execute(tx);
    for (const row of rows) {
      const why = row.problem?.detail ?? row.problem?.title ?? problems.internal.title;
      await setRelease(tx, row, { state: "failed", whyFailed: JSON.stringify(why) });
      await audit(tx, { action: "release.fail", county: row.county, area: row.area, people: 0, detail: { release: row.id, code: row.problem?.code ?? "internal" } });
      await fs.rm(`${releaseFile(platform, row)}.part`, { force: true });
    }
    return rows.length;
  });
}

/** Now and every five minutes. @param log gets what went wrong, without content */
export const startReleaseDuties = (platform: Platform, log: Log): Duty => startDuty({ name: "release duties", everyMs: EVERY_MS, log, work: () => endReleases(platform) });
