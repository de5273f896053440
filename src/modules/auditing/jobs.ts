// The verification of the chain as a task: it reads as the duty does and keeps nothing but its verdict, in the name of who asked.
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { audit } from "../../platform/audit.ts";
import { auditDuty } from "../../platform/audit-chain.ts";
import { chainOptions } from "../../platform/audit-duty.ts";
import type { Platform } from "../../platform/platform.ts";
import type { TaskKind, TaskRun } from "../../platform/queue.ts";
import { type DatabaseVerdict, verifyDatabase } from "./verify-database.ts";

const stage: Text = { zh: "正在逐行核验审计链", en: "Walking the chain of the audit" };

export const jobs = (platform: Platform): TaskKind[] => [{ kind: "audit-check", run: (task) => checkChain(platform, task as unknown as Task) }];
type Task = Pick<TaskRun<unknown>, "actor" | "progress">;

/** Walks the whole chain and keeps the verdict. */
export async function checkChain(platform: Platform, task: Task): Promise<DatabaseVerdict> {
  const { folders } = chainOptions(platform);
  const verdict = await platform.database.copy(auditDuty, (client) => verifyDatabase(client, { folders, through: "functions", onRows: (rows, of) => task.progress(stage, rows, of) }));
  await platform.database.write(task.actor, async (tx) => {
    await tx.insertInto("auditCheck").values({ id: newId(), askedBy: tx.actor.account, clean: verdict.clean, rows: verdict.rows, toSeq: verdict.toSeq, fault: verdict.fault ? JSON.stringify(verdict.fault) : null, tookMs: Math.round(verdict.seconds * 1000) }).execute();
    await audit(tx, { action: "audit.verify", people: 0, detail: { clean: verdict.clean, rows: verdict.rows, to: verdict.toSeq, ...(verdict.fault && { fault: verdict.fault.kind, row: verdict.fault.row }) } });
  });
  return verdict;
}
