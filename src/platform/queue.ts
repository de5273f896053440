// Long work. A task is a row with its progress; pg-boss carries its id to a worker, with retries and heartbeats.
// One worker at a time holds a task (a session lock), so a task that was handed out twice runs once, and one whose
// worker was killed is taken up again at the next start. Work is written so that running it again ends the same.
import { PgBoss, type ConstructorOptions, type Job } from "pg-boss";
import type pg from "pg";
import { CompiledQuery, sql } from "kysely";
import { newId } from "../core/ids.ts";
import type { Text } from "../core/issue.ts";
import { Problem, problemBody } from "../core/problem.ts";
import type { Actor, Database, Tx } from "./database.ts";
import { systemActor } from "./database.ts";

export type TaskRun<Input> = {
  readonly id: string;
  readonly input: Input;
  /** The asker, with the rights they have now. */
  readonly actor: Actor;
  readonly signal: AbortSignal;
  /** Says how far it is; written at most twice a second. Throws `task-cancelled` once somebody asked for it, `asker-left` once the asker may not act as before. */
  progress(stage: Text, done: number, total: number): Promise<void>;
};
/**
 * Who writes that work has ended: the queue, within the asker's range. It may still do so when the asker was disabled meanwhile,
 * whose own transactions are refused from then on.
 */
export const closing = (asker: Actor): Actor => systemActor("queue", asker.lo, asker.hi);
export type TaskKind = { readonly kind: string; readonly run: (task: TaskRun<never>) => Promise<unknown> };

export type Queue = {
  /** Asks for work in this transaction; it starts after the commit. */
  ask(tx: Tx, kind: string, where: { readonly county: number; readonly area: number }, input: unknown): Promise<string>;
  /** Starts working on tasks of these kinds, first on those an earlier process left unfinished. */
  work(kinds: readonly TaskKind[], actorOf: (account: string) => Promise<Actor | undefined>): Promise<void>;
  /** Resolves when the task has ended. */
  wait(actor: Actor, id: string): Promise<TaskRow>;
  stop(): Promise<void>;
};
export type TaskRow = { readonly id: string; readonly kind: string; readonly state: string; readonly result: unknown; readonly problem: unknown };

export async function openQueue(database: Database, connection: pg.PoolConfig): Promise<Queue> {
  const options: ConstructorOptions = { ...(connection as ConstructorOptions), schema: "queue", migrate: false, createSchema: false, max: 3, application_name: "qingce-queue" };
  const boss = new PgBoss(options);
  boss.on("error", () => {
    /* Its connection broke (the server restarts); it tries again by itself. */
  });
  await boss.start();
  const stopping = new AbortController();
  return {
    async ask(tx, kind, where, input) {
      const id = newId();
      await tx.insertInto("task").values({ id, kind, area: where.area, county: where.county, askedBy: tx.actor.account, input: JSON.stringify(input) }).execute();
      await boss.send("task", { id }, { db: inside(tx) });
      return id;
    },
    async work(kinds, actorOf) {
      const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));
      const once = (id: string): Promise<unknown> => database.withLock(`task:${id}`, () => runTask(database, byKind, actorOf, id, stopping.signal));
      for (const left of await unfinished(database)) await boss.send("task", { id: left });
      await boss.work<{ id: string }>("task", { batchSize: 1, pollingIntervalSeconds: 0.5, localConcurrency: 2 }, async (jobs: Job<{ id: string }>[]) => {
        for (const job of jobs) await once(job.data.id);
      });
    },
    async wait(actor, id) {
      for (;;) {
        const row = await database.read(actor, (tx) => tx.selectFrom("task").select(["id", "kind", "state", "result", "problem"]).where("id", "=", id).executeTakeFirst());
        if (!row) throw new Problem("not-found");
        if (row.state === "done" || row.state === "failed" || row.state === "cancelled") return row;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: 5_000, close: true });
    },
  };
}

const inside = (tx: Tx): { executeSql: (text: string, values?: unknown[]) => Promise<{ rows: never[] }> } => ({
  executeSql: async (text, values) => {
    const { rows } = await tx.withoutPlugins().executeQuery(CompiledQuery.raw(text, values ?? []));
    return { rows: rows as never[] };
  },
});

const unfinished = async (database: Database): Promise<string[]> => {
  const { rows } = await database.read(systemActor("queue"), (tx) => sql<{ id: string }>`select id from security.unfinished_tasks()`.execute(tx));
  return rows.map((row) => row.id);
};

async function runTask(database: Database, kinds: ReadonlyMap<string, TaskKind>, actorOf: (account: string) => Promise<Actor | undefined>, id: string, stopping: AbortSignal): Promise<void> {
  const system = systemActor("queue");
  const task = await database.read(system, (tx) => tx.selectFrom("task").selectAll().where("id", "=", id).executeTakeFirst());
  if (!task || !["waiting", "running"].includes(task.state)) return;
  const kind = kinds.get(task.kind);
  const settle = (state: string, more: { result?: string; problem?: string }): Promise<unknown> =>
    database.write(system, (tx) => tx.updateTable("task").set({ state, finishedAt: new Date(), ...more }).where("id", "=", id).execute());
  const asker = await actorOf(task.askedBy);
  if (!kind || !asker) {
    await settle("failed", { problem: JSON.stringify(problemBody(new Problem("not-allowed"))) });
    return;
  }
  await database.write(system, (tx) => tx.updateTable("task").set({ state: "running", startedAt: new Date() }).where("id", "=", id).execute());
  const watch = watchAsker(asker, actorOf);
  const actor = { ...asker, until: watch.left };
  try {
    const result = await kind.run({ id, input: task.input as never, actor, signal: stopping, progress: progressOf(database, id, watch.left) });
    await settle("done", { result: JSON.stringify(result ?? {}) });
  } catch (thrown) {
    if (stopping.aborted) return; // stays `running`: the next start takes it up again
    const error: unknown = watch.left.aborted ? watch.left.reason : thrown;
    if (error instanceof Problem && error.code === "database-away") throw error; // pg-boss tries again
    const problem = error instanceof Problem ? error : new Problem("internal");
    await settle(problem.code === "task-cancelled" ? "cancelled" : "failed", { problem: JSON.stringify(problemBody(problem, id)) });
    if (problem.code === "internal") throw error;
  } finally {
    watch.stop();
  }
}

/** How often a running task looks whether its asker may still act. */
const lookEveryMs = 1000;

/** Watches the rights of whoever asked: once they are not what they were, `left` is aborted with the problem `asker-left`. */
function watchAsker(asker: Actor, actorOf: (account: string) => Promise<Actor | undefined>): { readonly left: AbortSignal; readonly stop: () => void } {
  const ended = new AbortController();
  const asked = JSON.stringify(asker);
  const look = async (): Promise<void> => {
    if (JSON.stringify(await actorOf(asker.account)) !== asked) ended.abort(new Problem("asker-left"));
  };
  // A look that fails because the database is away says nothing; the next one does.
  const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs);
  timer.unref();
  return { left: ended.signal, stop: () => clearInterval(timer) };
}

function progressOf(database: Database, id: string, left: AbortSignal): TaskRun<never>["progress"] {
  let last = 0;
  return async (stage, done, total) => {
    left.throwIfAborted();
    const now = Date.now();
    if (now - last < 500 && done < total) return;
    last = now;
    const row = await database.write(systemActor("queue"), (tx) =>
      tx.updateTable("task").set({ progress: JSON.stringify({ stage, done, total }) }).where("id", "=", id).returning("cancelAsked").executeTakeFirst(),
    );
    if (row?.cancelAsked) throw new Problem("task-cancelled");
  };
}
