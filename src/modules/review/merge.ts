// A person captured twice: one record ends as a duplicate, the other stays and keeps the number. How both stood is written down, so
// that the merge can be undone.
import { Problem } from "../../core/problem.ts";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { recordEvents } from "../records/events.ts";
import { type CaptureReply, claimNumber, demandCurrent, demandMove, lockRecord, lockRecords, mutable, type RecordRow, refuseDesignationIn, releaseMarks, releaseNumber, store, storeIssues } from "../records/service.ts";
import * as queries from "./queries.ts";

export type Merge = { readonly county: number; readonly id: string; readonly basedOn: number; readonly other: string; readonly note?: string | undefined };

/** @throws Problem not-found, changed-meanwhile, not-allowed, move-not-possible, unit-designation */
export async function mergeDuplicate(tx: Tx, platform: Platform, input: Merge): Promise<CaptureReply> {
  const { county } = input;
  await lockRecords(tx, [{ county, id: input.id }, { county, id: input.other }]);
  const record = demandCurrent(await lockRecord(tx, county, input.id), input.basedOn);
  demandMove("merge", tx.actor, record);
  refuseDesignationIn(tx, platform, [input.note], record);
  const other = await lockRecord(tx, county, input.other);
  if (!other || other.campaignId !== record.campaignId) throw new Problem("not-found");
  if (other.id === record.id || other.state === "duplicate") throw new Problem("move-not-possible", { zh: "不能并入这份档案", en: "It cannot be merged into this record" });
  const merge = newId();
  await queries.addMerge(tx, { id: merge, record, other, note: input.note ?? null, heldNumber: await holdsNumber(tx, record), intoHeldNumber: await holdsNumber(tx, other) });
  await releaseNumber(tx, record.scheme, record);
  await releaseMarks(tx, record);
  await takeNumber(tx, other);
  const issues = record.issues.filter((issue) => issue.code !== "duplicate-person");
  await store(tx, record, {
    record: { state: "duplicate", mergedInto: other.id, issues, stamp: ["decided"] },
    facts: [{ kind: recordEvents.merged, data: { revision: record.head, other: other.id, merge } }],
    audit: { action: "record.merge", detail: { other: other.id, merge } },
  });
  await emit(tx, [{ kind: recordEvents.mergedIn, area: other.area, county, subjectId: other.subjectId, recordId: other.id, data: { other: record.id, merge } }]);
  return { county, id: record.id, head: record.head, state: "duplicate", issues: mutable(issues) };
}

/** True when the record's person holds the number; one that nobody held is taken by asking. */
const holdsNumber = async (tx: Tx, record: RecordRow): Promise<boolean> => record.idDigest !== null && claimNumber(tx, record.scheme, record, record.idDigest);

/** The record that stays takes the number, and is free of the doubt once it holds it. */
async function takeNumber(tx: Tx, other: RecordRow): Promise<void> {
  if (!(await holdsNumber(tx, other))) return;
  if (other.issues.some((issue) => issue.code === "duplicate-person")) await storeIssues(tx, other, other.issues.filter((issue) => issue.code !== "duplicate-person"));
}
