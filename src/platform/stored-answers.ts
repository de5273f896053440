// The answers kept so that a write that comes twice happens once. They are forgotten after a week: the same key sent again later counts as
// a new write, which the revision it is based on or a named constraint then refuses where it would do harm.
import { type Duty, type Log, startDuty } from "./duty.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { systemActor } from "./database.ts";

export const answersKeptDays = 7;
const everyMs = 60 * 60_000;

/** Forgets answers older than a week; resolves to their number. */
export async function forgetOldAnswers(database: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - answersKeptDays * 86_400_000);
  const { rows } = await database.write(systemActor("retention"), (tx) => sql<{ forgotten: number }>`select security.forget_answers(${before}) as forgotten`.execute(tx));
  return rows[0]?.forgotten ?? 0;
}

/** Does so now and every hour. `log` gets what went wrong; the next hour tries again. */
export const startForgettingAnswers = (database: Database, log: Log): Duty => startDuty({ name: "stored answers", everyMs, log, work: () => forgetOldAnswers(database, new Date()) });
