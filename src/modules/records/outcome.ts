// Why nothing was captured: the person refused, was not found, has died or moved away. An outcome is a revision like any other.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { releaseMarks } from "./across.ts";
import { type CaptureReply, mutable } from "./capture.ts";
import { refuseDesignationIn } from "./designation.ts";
import { recordEvents } from "./events.ts";
import { parkedIssue, parkFact, waitsForNextRound } from "./parked.ts";
import { lockRecord } from "./queries.ts";
import type { Outcome } from "./rules.ts";
import { demandCurrent, demandMove, demandOpenEntry } from "./standing.ts";
import { store } from "./store.ts";

export type OutcomeInput = { readonly county: number; readonly id: string; readonly basedOn: number; readonly outcome: Outcome; readonly note?: string | undefined; readonly date?: string | undefined; readonly capturedOn?: string | undefined };

/** What happened after the reference date is parked, and the record stays as it is. @throws Problem not-found, changed-meanwhile, move-not-possible, not-allowed, unit-designation, window-closed */
export async function setOutcome(tx: Tx, platform: Platform, input: OutcomeInput): Promise<CaptureReply> {
  const record = demandCurrent(await lockRecord(tx, input.county, input.id), input.basedOn);
  demandMove("outcome", tx.actor, record);
  demandOpenEntry(tx, platform, record, input);
  refuseDesignationIn(tx, platform, [input.note], record);
  if (waitsForNextRound(record, input.outcome, input.date)) {
    await parkFact(tx, platform, record, input.outcome, input.date, input.note);
    return { county: record.county, id: record.id, head: record.head, state: record.state, issues: [...mutable(record.issues), ...mutable([parkedIssue(input.date, record.referenceDate)])] };
  }
  const no = record.head + 1;
  const reason = [input.date, input.note].filter((part) => part !== undefined && part !== "").join(" ") || null;
  // The answers stay as they were, sealed to the same record.
  await sql`
    insert into revision (county, record_id, no, based_on, area, kind, answers, sealed, provenance, signed_digest, reason, author, channel)
    select v.county, v.record_id, ${no}, ${record.head}, ${record.area}, 'outcome', v.answers, v.sealed, v.provenance, v.signed_digest, ${reason}, ${tx.actor.account}, v.channel
    from revision v where v.county = ${record.county} and v.record_id = ${record.id}::uuid and v.no = ${record.head}`.execute(tx);
  await releaseMarks(tx, record);
  await store(tx, record, {
    record: { state: input.outcome, head: no, collector: tx.actor.account, stamp: ["decided"] },
    facts: [{ kind: recordEvents.outcome, data: { revision: no, outcome: input.outcome } }],
    audit: { action: "record.outcome", detail: { revision: no, outcome: input.outcome } },
  });
  return { county: record.county, id: record.id, head: no, state: input.outcome, issues: mutable(record.issues) };
}
