// Hand-over inside the county: asked by the office that holds the record, taken or declined by the office where the person is registered.
import { countyOf, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { maskName } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import { permissionsOf } from "../access/rules.ts";
import { recordEvents } from "../records/events.ts";
import { demandMove, lockRecord, refuseDesignationIn, storeIssues } from "../records/service.ts";
import type { askHandover as askRoute, listHandovers as listRoute } from "./contract.ts";
import * as queries from "./queries.ts";

type View = ReplyOf<typeof askRoute>;

/** @throws Problem not-found, not-allowed, move-not-possible, already-exists, bad-request (not another township of the county), unit-designation */
export async function askHandover(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly toArea: number; readonly reason: string }): Promise<View> {
  const record = await lockRecord(tx, input.county, input.id);
  if (!record) throw new Problem("not-found");
  demandMove("ask-handover", tx.actor, record);
  refuseDesignationIn(tx, platform, [input.reason], record);
  const { toArea } = input;
  const township = (code: number): number => Math.floor(code / 1000);
  if (countyOf(toArea) !== record.county || levelOf(toArea) < 4 || township(toArea) === township(record.area)) {
    throw new Problem("bad-request", { zh: "请选择本县其他乡镇的村或乡镇", en: "Choose a village or township of another township in the county" });
  }
  const id = newId();
  await queries.askHandover(tx, { county: record.county, id, recordId: record.id, area: record.area, toArea, reason: input.reason, person: `${maskName(record.name)} ${record.idMasked ?? ""}`.trim() });
  await emit(tx, [{ kind: recordEvents.handoverAsked, area: record.area, county: record.county, subjectId: record.subjectId, recordId: record.id, data: { handover: id, from: record.area, to: toArea } }]);
  await audit(tx, { action: "handover.ask", county: record.county, area: record.area, recordId: record.id, detail: { handover: id, to: toArea } });
  return one(tx, id);
}

/** Hand-overs to and from the caller's area. */
export async function listHandovers(tx: Tx, input: { readonly state?: string | undefined }): Promise<ReplyOf<typeof listRoute>> {
  const rows = await queries.handovers(tx, input);
  await audit(tx, { action: "handover.list", people: rows.length });
  return { rows: await views(tx, rows) };
}

/**
 * Taken: person, record, revisions, remarks, pictures and vouches move to the receiving area in one step; the answers stay as they are.
 * @throws Problem not-found, not-allowed, move-not-possible (settled already, or not the receiving office)
 */
export async function settleHandover(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly accept: boolean; readonly reason?: string | undefined }): Promise<View> {
  if (!permissionsOf(tx.actor.roles).includes("handover.settle")) throw new Problem("not-allowed");
  refuseDesignationIn(tx, platform, [input.reason], { county: input.county, area: tx.actor.area });
  const [asked] = await queries.handovers(tx, { id: input.id });
  if (!asked) throw new Problem("not-found");
  const settled = await queries.settle(tx, input.county, input.id, input.accept, input.reason ?? null);
  if (settled === undefined) throw new Problem("move-not-possible", { zh: "这项移交已处理，或不由您处理", en: "This hand-over is settled already, or is not yours to settle" });
  const data = { handover: asked.id, from: asked.area, to: asked.toArea };
  const record = input.accept ? await lockRecord(tx, input.county, settled) : undefined;
  if (record) await storeIssues(tx, record, record.issues.filter((issue) => issue.code !== "registered-in-other-township"));
  const kind = input.accept ? recordEvents.handedOver : recordEvents.handoverDeclined;
  await emit(tx, [{ kind, area: asked.toArea, county: asked.county, recordId: settled, ...(record && { subjectId: record.subjectId }), data }]);
  await audit(tx, { action: input.accept ? "handover.take" : "handover.decline", county: asked.county, area: asked.toArea, recordId: settled, detail: { handover: asked.id } });
  return one(tx, input.id);
}

async function one(tx: Tx, id: string): Promise<View> {
  const [view] = await views(tx, await queries.handovers(tx, { id }));
  if (!view) throw new Problem("not-found");
  return view;
}

async function views(tx: Tx, rows: readonly queries.HandoverRow[]): Promise<View[]> {
  const names = await areaNames(tx, rows.flatMap((row) => [row.area, row.toArea]));
  const area = (code: number) => names.get(code) ?? { code, name: String(code), fullName: String(code) };
  return rows.map((row) => ({
    county: row.county,
    id: row.id,
    record: row.recordId,
    name: row.name,
    fromArea: area(row.area),
    toArea: area(row.toArea),
    reason: row.reason,
    state: row.state,
    askedAt: row.askedAt.toISOString(),
    incoming: row.toArea >= tx.actor.lo && row.toArea <= tx.actor.hi && !(row.area >= tx.actor.lo && row.area <= tx.actor.hi),
  }));
}
