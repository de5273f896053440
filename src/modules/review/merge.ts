// A person captured twice: one record ends as a duplicate, the other stays and keeps the number.
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { recordEvents } from "../records/events.ts";
import { type CaptureReply, claimNumber, demandCurrent, demandMove, lockRecord, lockRecords, mutable, type RecordRow, refuseDesignationIn, releaseMarks, releaseNumber, store, storeIssues } from "../records/service.ts";

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
  await releaseNumber(tx, record.scheme, record);
  await releaseMarks(tx, record);
  await takeNumber(tx, other);
  const issues = record.issues.filter((issue) => issue.code !== "duplicate-person");
  await store(tx, record, {
    record: { state: "duplicate", mergedInto: other.id, issues, stamp: ["decided"] },
    facts: [{ kind: recordEvents.merged, data: { revision: record.head, other: other.id } }],
    audit: { action: "record.merge", detail: { other: other.id } },
  });
  return { county, id: record.id, head: record.head, state: "duplicate", issues: mutable(issues) };
}

/** The record that stays takes the number, and is free of the doubt once it holds it. */
async function takeNumber(tx: Tx, other: RecordRow): Promise<void> {
  if (other.idDigest === null || !(await claimNumber(tx, other.scheme, other, other.idDigest))) return;
  if (other.issues.some((issue) => issue.code === "duplicate-person")) await storeIssues(tx, other, other.issues.filter((issue) => issue.code !== "duplicate-person"));
}
