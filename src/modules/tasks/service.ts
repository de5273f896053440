// Progress of long work, and asking it to stop.
import type { Static } from "typebox";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { taskView } from "./contract.ts";

type View = Static<typeof taskView>;

export async function taskState(tx: Tx, id: string): Promise<View> {
  const row = await tx.selectFrom("task").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new Problem("not-found");
  return {
    id: row.id,
    kind: row.kind,
    state: row.state as View["state"],
    ...(row.progress !== null && { progress: row.progress as unknown as NonNullable<View["progress"]> }),
    ...(row.result !== null && { result: row.result }),
    ...(row.problem !== null && { problem: row.problem }),
    askedAt: row.askedAt.toISOString(),
    ...(row.startedAt && { startedAt: row.startedAt.toISOString() }),
    ...(row.finishedAt && { finishedAt: row.finishedAt.toISOString() }),
  };
}

/** The worker notices at its next step and rolls its unfinished step back. */
export async function askToCancel(tx: Tx, id: string): Promise<View> {
  const task = await taskState(tx, id);
  if (task.state !== "waiting" && task.state !== "running") throw new Problem("move-not-possible");
  await tx.updateTable("task").set({ cancelAsked: true }).where("id", "=", id).execute();
  return task;
}
