// The proposal becomes the base list, five hundred people in one transaction: killed anywhere it goes on with those still proposed.
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import { refreshStatistics } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { closing, type TaskRun } from "../../platform/queue.ts";
import type { Answers, FormAnswers } from "../../scheme/model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { addBasePeople, recordVouches, type Vouch } from "../records/service.ts";
import { type Chosen, fuse, type FusionGround } from "./fuse.ts";
import * as queries from "./queries.ts";
import { type FusionInput, fusionGround } from "./run-fusion.ts";
import { openKnown } from "./service.ts";
import { labelOfDepartment } from "./view.ts";

const PEOPLE_A_TRANSACTION = 500;
const stage: Text = { zh: "正在采纳为底册", en: "Taking into the base list" };

/** The task of kind `fusion-accept`. @throws Problem not-found, task-cancelled; what was taken in stays, the rest can be accepted again */
export async function runAccept(platform: Platform, task: TaskRun<FusionInput>): Promise<unknown> {
  const key = task.input;
  const { database } = platform;
  try {
    for (;;) {
      task.signal.throwIfAborted();
      const counts = await database.write(task.actor, (tx) => takeIn(tx, platform, key));
      if (counts === undefined) break;
      await task.progress(stage, counts["added"] ?? 0, (counts["added"] ?? 0) + (counts["certain"] ?? 0));
    }
    await database.write(task.actor, refreshStatistics);
  } catch (error) {
    const interrupted = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!interrupted) await database.write(closing(task.actor), (tx) => queries.setState(tx, key, "proposed"));
    throw error;
  }
  return database.write(task.actor, async (tx) => {
    const fusion = await queries.lockedFusion(tx, key);
    if (fusion?.state !== "accepting") return fusion?.counts;
    if (fusion.wipedAt !== null) {
      await queries.setState(tx, key, "proposed");
      return fusion.counts;
    }
    const counts = await queries.recount(tx, key);
    const all = (counts["proposed"] ?? 0) === 0;
    await queries.setState(tx, key, all ? "accepted" : "proposed", all ? { settledBy: tx.actor.account } : {});
    return counts;
  });
}

/** The next people; undefined when nobody is left. */
async function takeIn(tx: Tx, platform: Platform, key: queries.FusionKey): Promise<Record<string, number> | undefined> {
  const fusion = await queries.lockedFusion(tx, key);
  if (fusion === undefined) throw new Problem("not-found");
  const people = fusion.state === "accepting" && fusion.wipedAt === null ? await queries.nextCertain(tx, key, PEOPLE_A_TRANSACTION) : [];
  if (people.length === 0) return undefined;
  const ground = await fusionGround(tx, platform, fusion);
  const campaign = await campaignOf(tx, fusion.campaignId);
  const chosen = new Map(people.map((person) => [person.no, fuse(ground, openKnown(platform, key, person)).values]));
  const { added } = await addBasePeople(tx, platform, {
    campaign,
    batchId: key.id,
    people: people.map(({ no }) => ({ index: no, area: fusion.county * 1e6, answers: answersOf(chosen.get(no) ?? []), provenanceNote: noteOf(ground, chosen.get(no) ?? []) })),
  });
  const records = new Map(added.map((one) => [one.index, one.recordId]));
  await recordVouches(tx, added.flatMap(({ index, recordId }) => vouchesOf(ground, recordId, chosen.get(index) ?? [])));
  await queries.settlePeople(tx, key, people.map(({ no }) => ({ no, state: records.has(no) ? "added" : "registered", record: records.get(no) ?? null })));
  return queries.recount(tx, key);
}

export function answersOf(values: readonly Chosen[]): Answers {
  const answers: Record<string, Record<string, FormAnswers[string]>> = {};
  for (const { path, value } of values) {
    const dot = path.indexOf(".");
    (answers[path.slice(0, dot)] ??= {})[path.slice(dot + 1)] = value;
  }
  return answers;
}

/** Stands with the first revision: which lists the person came from. */
function noteOf(ground: FusionGround, values: readonly Chosen[]): string {
  const lists = [...new Set(values.flatMap((one) => [one.list, ...one.agree.map((said) => said.list), ...one.differ.map((said) => said.list)]))].sort();
  return `多源融合 / fused: ${lists.map((list) => `${labelOfDepartment(ground.scheme, ground.lists[list]?.department ?? "").zh} ${ground.lists[list]?.asOf ?? ""}`).join("、")}`;
}

/** Who gave a value and who agrees vouches for it; who says otherwise is kept beside it as differing. */
function vouchesOf(ground: FusionGround, recordId: string, values: readonly Chosen[]): Vouch[] {
  return values.flatMap((one) => {
    const word = (list: number, agrees: boolean): Vouch[] => {
      const { department, asOf, batch } = ground.lists[list] ?? {};
      return department === undefined || asOf === undefined || batch === undefined ? [] : [{ county: ground.county, recordId, path: one.path, department, agrees, extractId: batch, asOf }];
    };
    return [...one.differ.flatMap((said) => word(said.list, false)), ...one.agree.flatMap((said) => word(said.list, true)), ...word(one.list, true)];
  });
}
