// A return by a node above: its remarks are pinned to the record as it is here, and the record goes back to the collector.
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt } from "../../scheme/layout.ts";
import { recordEvents } from "../records/events.ts";
import { demandCurrent, lockRecord, refuseDesignationIn, store } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { addRemarks } from "./queries.ts";

export type ReturnFromAbove = { readonly county: number; readonly id: string; readonly basedOn: number; readonly remarks: readonly { readonly path: string; readonly body: string }[] };

/**
 * Returns an accepted record. Runs under the duty `federation`; who wrote the remarks stands in their text.
 * @throws Problem not-found, changed-meanwhile (a newer revision is on its way up), move-not-possible, bad-request, unit-designation
 */
export async function returnFromAbove(tx: Tx, platform: Platform, input: ReturnFromAbove): Promise<void> {
  const record = demandCurrent(await lockRecord(tx, input.county, input.id), input.basedOn);
  if (record.state !== "accepted") throw new Problem("move-not-possible", { zh: "档案已不在“已入库”状态", en: "The record is not accepted any more" });
  refuseDesignationIn(tx, platform, input.remarks.map((remark) => remark.body), record);
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  if (input.remarks.length === 0 || !input.remarks.every((remark) => itemAt(definition, remark.path))) throw new Problem("bad-request", { zh: "批注为空或所指的项目不存在", en: "There is no remark, or one points at an item that does not exist" });
  await addRemarks(tx, record, record.head, input.remarks.map((remark) => ({ id: newId(), ...remark })));
  await store(tx, record, {
    record: { state: "returned", heldFrom: null, openRemarks: record.openRemarks + input.remarks.length, stamp: ["decided"] },
    facts: [{ kind: recordEvents.returned, data: { revision: record.head, remarks: input.remarks.length, from: record.state, above: true } }],
    audit: { action: "record.return-from-above", detail: { revision: record.head, remarks: input.remarks.length } },
  });
}
