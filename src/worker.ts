// Background work: tasks that people asked for, and reactions to facts.
import { react } from "./platform/journal.ts";
import type { Platform } from "./platform/platform.ts";
import { actorOfAccount } from "./modules/access/sign-in.ts";
import { jobs as exchangeJobs } from "./modules/exchange/jobs.ts";
import { jobs as matchingJobs } from "./modules/matching/jobs.ts";
import { reactions } from "./reactions.ts";
import { Problem } from "./core/problem.ts";

export type Worker = {
  /** Works off all reactions now; resolves when nothing is left. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

const pause = 400;

/** @param log gets what went wrong in a reaction; the reaction is tried again */
export async function startWorker(platform: Platform, log: (line: Readonly<Record<string, unknown>>) => void): Promise<Worker> {
  await platform.queue.work([...exchangeJobs(platform), ...matchingJobs(platform)], (account) => actorOfAccount(platform, account));
  const all = reactions(platform);
  let stopped = false;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (): Promise<number> => {
    const next = turn.then(() => react(platform.database, all));
    turn = next.catch(() => 0);
    return next;
  };
  const loop = (async () => {
    while (!stopped) {
      await inTurn().catch((error: unknown) => {
        if (!(error instanceof Problem && error.code === "database-away")) log({ level: "error", where: "reactions", error: error instanceof Error ? error.stack : String(error) });
      });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  return {
    async settle() {
      while ((await inTurn()) > 0);
    },
    async stop() {
      stopped = true;
      await loop;
    },
  };
}
