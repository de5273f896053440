// Review: townships and the county approve what is right, return what is not with a remark on its field; collectors answer.
import { Problem } from "../../core/problem.ts";
import type { Actor } from "../../platform/database.ts";
import { listRecords } from "../../modules/records/service.ts";
import { answerRemark, decideBatch, decideRecord, mergeDuplicate } from "../../modules/review/service.ts";
import { openRecord } from "../../modules/records/service.ts";
import type { Capture } from "./captures.ts";
import type { Images } from "./images.ts";
import { capture, type Caught, type Held } from "./loop-capture.ts";
import { inParallel } from "../../platform/lanes.ts";
import type { World } from "./world.ts";

const lanes = 4;

type Queued = { readonly county: number; readonly id: string; readonly head: number };
export type ReviewCounts = { returned: number; approved: number; merged: number };

/** All records in a state that the reviewer can see. */
async function queueOf(world: World, reviewer: Actor, state: "submitted" | "township-approved"): Promise<Queued[]> {
  const found: Queued[] = [];
  let after: string | undefined;
  do {
    const page = await world.platform.database.write(reviewer, (tx) => listRecords(tx, world.platform, { campaign: world.campaign.id, state, limit: 500, ...(after && { after }) }));
    found.push(...page.rows.map(({ county, id, head }) => ({ county, id, head })));
    after = page.next;
  } while (after);
  return found;
}

/** Approves in batches; records that were refused (such as contested numbers) stay for a person. */
async function approveAll(world: World, reviewer: Actor, queue: readonly Queued[]): Promise<number> {
  let approved = 0;
  for (let i = 0; i < queue.length; i += 250) {
    const batch = queue.slice(i, i + 250).map(({ county, id, head }) => ({ county, id, basedOn: head }));
    approved += (await world.platform.database.write(reviewer, (tx) => decideBatch(tx, world.platform, { records: batch }))).approved;
  }
  return approved;
}

/**
 * One full turn of the chain. Records whose planted fault belongs to a level are returned there with a remark, answered, corrected and
 * submitted again; second captures are merged by the county.
 */
export async function review(world: World, caught: Caught, images: Images, onRecord: (done: number) => void): Promise<ReviewCounts> {
  const counts: ReviewCounts = { returned: 0, approved: 0, merged: 0 };
  const { faulty } = caught;
  const mend = async (reviewer: Actor, level: "township" | "county", queue: readonly Queued[]): Promise<Queued[]> => {
    const wrong = queue.filter(({ id }) => faulty.get(id)?.fault?.by === level);
    for (const record of wrong) await returnAndMend(world, reviewer, faulty.get(record.id)!, record, images);
    counts.returned += wrong.length;
    const mended = new Set(wrong.map(({ id }) => id));
    return queue.filter(({ id }) => !mended.has(id));
  };
  await inParallel(world.reviewers, lanes, async (reviewer) => {
    await approveAll(world, reviewer, await mend(reviewer, "township", await queueOf(world, reviewer, "submitted")));
    onRecord(await approveAll(world, reviewer, await queueOf(world, reviewer, "submitted")));
  });
  counts.merged = await mergeSeconds(world, caught);
  const sound = await mend(world.countyReviewer, "county", await queueOf(world, world.countyReviewer, "township-approved"));
  counts.approved += await approveAll(world, world.countyReviewer, sound);
  await approveEverything(world, counts);
  onRecord(counts.approved);
  return counts;
}

/** Townships, then the county, approve whatever waits; used after returns and for corrections. */
export async function approveEverything(world: World, counts?: ReviewCounts): Promise<void> {
  await inParallel(world.reviewers, lanes, async (reviewer) => void (await approveAll(world, reviewer, await queueOf(world, reviewer, "submitted"))));
  const approved = await approveAll(world, world.countyReviewer, await queueOf(world, world.countyReviewer, "township-approved"));
  if (counts) counts.approved += approved;
}

/** Returned with a remark; a submission without an answer to it is refused; answered, corrected, submitted again. */
async function returnAndMend(world: World, reviewer: Actor, visit: Capture, record: Queued, images: Images): Promise<void> {
  const { platform } = world;
  const fault = visit.fault!;
  const place = { county: record.county, id: record.id };
  await platform.database.write(reviewer, (tx) => decideRecord(tx, platform, { ...place, basedOn: record.head, decision: "return", remarks: [{ path: fault.path, body: fault.remark }] }));
  const collector = collectorOf(world, visit);
  const held: Held = { ...place, head: record.head };
  const opened = await platform.database.write(collector, (tx) => openRecord(tx, platform, { ...place, for: "capture" }));
  for (const remark of opened.remarks.filter((each) => each.answer === undefined)) {
    await platform.database.write(collector, (tx) => answerRemark(tx, platform, { ...place, remark: remark.id, answer: fault.answer }));
  }
  held.head = opened.record.head;
  await capture(world, collector, visit, images, held, fault.correctedAnswers);
}

const collectorOf = (world: World, visit: Capture): Actor => {
  const township = visit.handover ? world.reviewers.findIndex((reviewer) => reviewer.area === Number(visit.handover!.toTownship)) : visit.townshipIndex;
  return world.collectors[township]![visit.collector];
};

/** A second capture of a person is found by its contested number and merged into the first by the county. */
async function mergeSeconds(world: World, caught: Caught): Promise<number> {
  let merged = 0;
  for (const [person, second] of caught.second) {
    const first = caught.first.get(person);
    if (!first) throw new Error(`the first capture of ${person} is missing`);
    const reply = await world.platform.database.write(world.countyReviewer, (tx) =>
      mergeDuplicate(tx, world.platform, { county: second.county, id: second.id, basedOn: second.head, other: first.id, note: "同一人重复采集（虚构示例）" }),
    );
    if (reply.state !== "duplicate") throw new Problem("internal");
    merged++;
  }
  return merged;
}
