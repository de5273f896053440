// The dry run of a draft: every stored record of the asker's area is carried forward and checked twice; nothing of it is changed.
// A run that was ended anywhere begins again and leaves one result.
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { Platform } from "../../platform/platform.ts";
import { closing, type TaskKind, type TaskRun } from "../../platform/queue.ts";
import type { Scheme } from "../../scheme/model.ts";
import { streamHeads } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import * as queries from "./queries.ts";
import { definitionOf } from "./service.ts";
import { tallyOf } from "./tally.ts";

const stage: Text = { zh: "正在用新旧两个版本检查已有档案", en: "Checking stored records with both versions" };
/** Records between two looks at what else the process has to do. */
const A_BREATH = 100;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Task = Pick<TaskRun<queries.DryRunKey>, "actor" | "input" | "progress" | "signal">;
type Round = Awaited<ReturnType<typeof queries.roundsOf>>[number];
type Ground = { readonly to: Scheme; readonly area: number; readonly rounds: readonly (Round & { readonly from: Scheme })[] };

async function begin(platform: Platform, task: Task): Promise<Ground | undefined> {
  return platform.database.write(task.actor, async (tx) => {
    const run = await queries.runOf(tx, task.input);
    const draft = run && (await queries.draftOf(tx, run.draftId));
    if (!run || !draft) throw new Problem("not-found");
    if (run.state === "done") return undefined;
    if (draft.hash !== run.hash) throw new Problem("draft-changed");
    await queries.setRun(tx, task.input, { state: "running" });
    const rounds: Ground["rounds"][number][] = [];
    for (const round of await queries.roundsOf(tx, draft.scheme)) rounds.push({ ...round, from: (await loadScheme(tx, draft.scheme, round.version)).definition });
    return { to: definitionOf(draft), area: run.area, rounds };
  });
}

/** The task of kind `scheme-dry-run`. @throws Problem draft-changed, task-cancelled; the run is then `failed` */
export async function runDry(platform: Platform, task: Task): Promise<{ readonly records: number }> {
  try {
    const ground = await begin(platform, task);
    if (!ground) return { records: 0 };
    const tally = tallyOf(ground.to, ground.area);
    const total = ground.rounds.reduce((sum, round) => sum + round.records, 0);
    let done = 0;
    for (const { county, campaign, referenceDate, from } of ground.rounds) {
      const options = { today: platform.clock.today(), referenceDate };
      await streamHeads(platform, task.actor, { county, campaign, purpose: "scheme-dry-run" }, async (heads) => {
        for (const [i, head] of heads.entries()) {
          tally.add({ county, ...head }, from, options);
          if (i % A_BREATH === A_BREATH - 1) {
            await breathe();
            task.signal.throwIfAborted();
            await task.progress(stage, done + i, total);
          }
        }
        done += heads.length;
        await task.progress(stage, done, Math.max(total, done));
      });
    }
    const { counts, areas, rules, options, samples } = tally.result();
    const result = { counts: JSON.stringify(counts), areas: JSON.stringify(areas), rules: JSON.stringify(rules.slice(0, 500)), options: JSON.stringify(options) };
    await platform.database.write(task.actor, (tx) => queries.storeResult(tx, task.input, result, samples, platform.clock.now()));
    return { records: counts.records };
  } catch (error) {
    const retried = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!retried) await platform.database.write(closing(task.actor), (tx) => queries.setRun(tx, task.input, { state: "failed", finishedAt: platform.clock.now() }));
    throw error;
  }
}

export const jobs = (platform: Platform): TaskKind[] => [{ kind: "scheme-dry-run", run: (task) => runDry(platform, task as unknown as TaskRun<queries.DryRunKey>) }];
