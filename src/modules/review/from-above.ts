// What a node above decided about a record: a return pins its remarks to the record as it is here and sends it to the collector, an approval moves it on in its
// chain, a hold stops it where it is; a seat there confirms its fields, or sends the record back as a level does.
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { recordEvents } from "../records/events.ts";
import { afterApproval, deskOf } from "../records/rules.ts";
import { demandCurrent, lockRecord, type RecordRow, refuseDesignationIn, type Step, store } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { addRemarks, type NewRemark } from "./queries.ts";
import { isPlace } from "./remarks.ts";

type At = { readonly county: number; readonly record: string; readonly basedOn: number };
export type ReturnFromAbove = At & { readonly remarks: readonly Omit<NewRemark, "id">[] };
/** `remarks` keep the ids they have at the node that wrote them, so that their answers find them. */
export type DecisionFromAbove = At & { readonly level: number; /** The department, when a seat spoke. */ readonly seat?: string; readonly decision: Step["decision"]; readonly remarks: readonly NewRemark[] };

/**
 * Returns an accepted record. Runs under the duty `federation`; who wrote the remarks stands in their text.
 * @throws Problem not-found, changed-meanwhile (a newer revision is on its way up), move-not-possible, bad-request, unit-designation
 */
export async function returnFromAbove(tx: Tx, platform: Platform, input: ReturnFromAbove): Promise<void> {
  const record = demandCurrent(await lockRecord(tx, input.county, input.record), input.basedOn);
  if (record.state !== "accepted") throw new Problem("move-not-possible", { zh: "档案已不在“已入库”状态", en: "The record is not accepted any more" });
  if (input.remarks.length === 0) throw new Problem("bad-request", { zh: "退回须附批注", en: "A return says why" });
  await sendBack(tx, platform, record, input.remarks.map((remark) => ({ id: newId(), ...remark })));
}

/**
 * What a level above this node decided about a record at its desk; in the history here it stands as a step of that level.
 * @throws Problem not-found, changed-meanwhile, move-not-possible (it is not at that level's desk any more), bad-request, unit-designation
 */
export async function decideFromAbove(tx: Tx, platform: Platform, input: DecisionFromAbove): Promise<void> {
  const { level, decision, seat } = input;
  if ((seat !== undefined) !== (decision === "confirm" || decision === "differ")) throw new Problem("bad-request", { zh: "席位只确认或退回", en: "A seat confirms or differs, and only a seat does" });
  const record = demandCurrent(await lockRecord(tx, input.county, input.record), input.basedOn);
  if (deskOf(record, record.plan.chain) !== level || (record.state === "held" && decision !== "approve" && decision !== "return")) throw new Problem("move-not-possible", { zh: "档案已不在该级审核", en: "The record is not at that level's desk any more" });
  if (decision === "return" || decision === "differ") return sendBack(tx, platform, record, input.remarks, { level, decision, revision: record.head, ...(seat !== undefined && { seat }) });
  const step = { level, decision, revision: record.head, ...(seat !== undefined && { seat }) };
  if (seat !== undefined) {
    return store(tx, record, {
      step,
      record: { state: record.state },
      facts: [{ kind: recordEvents.confirmed, data: { revision: record.head, level, department: seat, above: true } }],
      audit: { action: "seat.confirm-from-above", detail: { revision: record.head, level, department: seat } },
    });
  }
  if (decision === "hold") {
    return store(tx, record, {
      step,
      record: { state: "held", heldFrom: record.state, desk: level, stamp: ["decided"] },
      facts: [{ kind: recordEvents.held, data: { revision: record.head, from: record.state, level, above: true } }],
      audit: { action: "record.hold-from-above", detail: { revision: record.head, level } },
    });
  }
  const next = afterApproval(level, record.plan.chain);
  await store(tx, record, {
    step,
    record: { ...next, heldFrom: null, stamp: ["decided"] },
    facts: [{ kind: next.state === "accepted" ? recordEvents.accepted : recordEvents.approved, data: { revision: record.head, level, above: true } }],
    audit: { action: "record.approve-from-above", detail: { revision: record.head, level } },
  });
}

/** @param step of the level, or the seat, that returned it in its chain; absent for a record that was in the register */
async function sendBack(tx: Tx, platform: Platform, record: RecordRow, remarks: readonly NewRemark[], step?: Step): Promise<void> {
  refuseDesignationIn(tx, platform, remarks.map((remark) => remark.body), record);
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  if (!remarks.every((remark) => isPlace(definition, remark.path))) throw new Problem("bad-request", { zh: "批注所指的项目不存在", en: "A remark points at an item that does not exist" });
  if (remarks.length > 0) await addRemarks(tx, record, record.head, remarks);
  await store(tx, record, {
    step,
    record: { state: "returned", heldFrom: null, desk: null, openRemarks: record.openRemarks + remarks.length, stamp: ["decided"] },
    facts: [{ kind: recordEvents.returned, data: { revision: record.head, remarks: remarks.length, from: record.state, above: true, ...(step && { level: step.level }), ...(step?.seat !== undefined && { department: step.seat }) } }],
    audit: { action: "record.return-from-above", detail: { revision: record.head, remarks: remarks.length } },
  });
}
