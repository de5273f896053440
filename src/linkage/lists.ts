// Two lists, one person on the left to one on the right: the stages of an ordinary run.
import { resolve } from "node:path";
import type { Prepared, Skipped, Stages } from "./stages.ts";
import { candidates } from "./steps/candidates.ts";
import { compare } from "./steps/compare.ts";
import { decide, leftRepeats } from "./steps/decide.ts";
import { acceptExact, exactPairs } from "./steps/exact.ts";
import { normalise, trust } from "./steps/normalise.ts";
import { read } from "./steps/read.ts";
import { repeats } from "./steps/repeats.ts";
import { STEPS, type Recorder, type StepResult, type Work } from "./steps/step.ts";
import { learnWeights, type Scoring } from "./steps/weights.ts";
import { count, resultFiles, writeLists } from "./steps/write.ts";

/** A step that also makes a value. */
export async function making<T>(step: Recorder["step"], name: Parameters<Recorder["step"]>[0], work: () => Promise<{ result: StepResult; value: T }>): Promise<T> {
  const made: { value?: T } = {};
  await step(name, async () => {
    const { result, value } = await work();
    made.value = value;
    return result;
  });
  return made.value as T;
}

export const learn = (work: Work, step: Recorder["step"]): Promise<Scoring> =>
  making(step, "weights", async () => {
    const { result, scoring } = await learnWeights(work);
    return { result, value: scoring };
  });

async function prepare(work: Work, task: { readonly left: string; readonly right?: string }, step: Recorder["step"]): Promise<Prepared> {
  await step("read", () => read(work, resolve(task.left), task.right === undefined ? undefined : resolve(task.right)));
  await work.db.lock();
  await step("normalise", () => normalise(work));
  const untrusted = await step("trust", () => trust(work));
  await step("exact", () => exactPairs(work));
  const scoring = await learn(work, step);
  await step("accept", () => acceptExact(work, scoring));
  return { scoring, untrustedIdentifiers: untrusted.rows };
}

async function pairs(work: Work, scoring: Scoring, step: Recorder["step"]): Promise<Skipped> {
  const blocked = await making(step, "candidates", async () => {
    const value = await candidates(work);
    return { value, result: { rows: value.rows, ...(value.notes === undefined ? {} : { notes: value.notes }) } };
  });
  await step("compare", () => compare(work, scoring, "pairs", "scored"));
  return blocked;
}

export const twoLists: Stages = {
  oneList: false,
  steps: STEPS.length,
  results: resultFiles(["links", "unmatched_left", "unmatched_right"]),
  prepare,
  pairs,
  finish: async (work, scoring, folder, step) => {
    await step("decide", () => decide(work));
    const { skippedBlocks, skippedPairs } = await making(step, "repeats", async () => {
      const value = await repeats(work, scoring);
      const further: Record<string, number> = work.settings.leftRepeats === "link" ? { "further rows of the left list": await leftRepeats(work, scoring) } : {};
      return { value, result: { rows: value.rows, notes: { ...value.notes, ...further } } };
    });
    await step("write", () => writeLists(work, folder));
    return { counts: await count(work), skippedBlocks, skippedPairs };
  },
};
