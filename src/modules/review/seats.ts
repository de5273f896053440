// Seats of other departments at the review (公安, 人武部): each sees its fields of the records that wait there, and nothing else; it confirms
// them, or sends the record back with a remark. Where a seat is required, the level waits for it.
import { sql } from "kysely";
import { levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { changedPaths } from "../../scheme/differences.ts";
import { answerAt, itemAt } from "../../scheme/layout.ts";
import type { Scheme } from "../../scheme/model.ts";
import { areaNames } from "../areas/service.ts";
import { campaignOf, type Seat } from "../campaigns/service.ts";
import { recordEvents } from "../records/events.ts";
import { deskLabels, deskOf } from "../records/rules.ts";
import { answersOfRevision, type BriefRow, type CaptureReply, demandCurrent, lockRecord, mutable, type RecordRow, refuseDesignationIn, store, unrestricted } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { decideSeat as decideRoute, listSeat as listRoute, openSeat as openRoute } from "./contract.ts";
import { addRemarks } from "./queries.ts";

const noSeat = (): Problem => new Problem("not-allowed", { zh: "您的部门在本轮没有会审席位", en: "Your department has no seat in this round" });
/** The caller's seat: it sits at the level of an office of its department. @throws Problem not-allowed */
function seatOf(tx: Tx, plan: Pick<RecordRow["plan"], "seats">): Seat {
  const seat = plan.seats?.find((one) => one.department === tx.actor.department && one.level === levelOf(tx.actor.area));
  if (!seat) throw noSeat();
  return seat;
}

/** Records at the desk of the seat's level whose newest revision the seat has not spoken on, oldest first; who they are about is not told here. */
export async function listSeat(tx: Tx, input: { readonly campaign: string }): Promise<ReplyOf<typeof listRoute>> {
  const campaign = await campaignOf(tx, input.campaign);
  const seats = await tx.selectFrom("campaignSeat").select(["department", "level", "paths", "required"]).where("campaignId", "=", campaign.id).execute();
  const { department, level } = seatOf(tx, { seats });
  const [first, last] = [Math.floor(tx.actor.lo / 1e6), Math.floor(tx.actor.hi / 1e6)];
  const { rows } = await sql<{ county: number; id: string; area: number; head: number; total: number }>`
    select r.county, r.id, r.area, r.head, count(*) over ()::int as total from record r
    where r.county between ${first} and ${last} and r.campaign_id = ${campaign.id}::uuid and r.area between ${tx.actor.lo} and ${tx.actor.hi} and r.desk = ${level} and r.state in ('submitted', 'township-approved') and ${unrestricted}
      and not exists (select from record_step t where t.county = r.county and t.record_id = r.id and t.seat = ${department} and t.level = ${level} and t.revision = r.head)
    order by r.submitted_at, r.id limit 200`.execute(tx);
  const names = await areaNames(tx, rows.map((row) => row.area));
  await audit(tx, { action: "seat.list", people: rows.length, detail: { campaign: campaign.id } });
  return { rows: rows.map(({ county, id, area, head }) => ({ county, id, head, area: names.get(area)! })), total: rows[0]?.total ?? 0 };
}

/** The fields of the seat, in full, and no other. @throws Problem not-found, not-allowed */
export async function openSeat(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string }): Promise<ReplyOf<typeof openRoute>> {
  const record = await lockRecord(tx, input.county, input.id);
  if (!record) throw new Problem("not-found");
  const seat = seatOf(tx, record.plan);
  if (deskOf(record, record.plan.chain) !== seat.level) throw new Problem("not-found");
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  const answers = (await answersOfRevision(tx, platform, { county: record.county, id: record.id, no: record.head })) ?? {};
  await audit(tx, { action: "seat.open", county: record.county, area: record.area, recordId: record.id, detail: { revision: record.head, paths: seat.paths } });
  const fields = seat.paths.flatMap((path) => {
    const place = itemAt(definition, path);
    return place ? [{ path, label: { ...place.item.label }, value: answerAt(answers, path) ?? null }] : [];
  });
  return { county: record.county, id: record.id, head: record.head, scheme: record.scheme, version: record.version, fields };
}

/**
 * Confirms the fields, or sends the record back with remarks on them.
 * @throws Problem not-found, not-allowed, changed-meanwhile, move-not-possible (not at this desk), bad-request, unit-designation
 */
export async function decideSeat(tx: Tx, platform: Platform, input: BodyOf<typeof decideRoute> & { readonly county: number; readonly id: string }): Promise<CaptureReply> {
  const record = demandCurrent(await lockRecord(tx, input.county, input.id), input.basedOn);
  const seat = seatOf(tx, record.plan);
  if (deskOf(record, record.plan.chain) !== seat.level || record.state === "held") throw new Problem("move-not-possible", { zh: `档案不在${deskLabels[seat.level]!.zh}审核环节`, en: `The record is not at the ${deskLabels[seat.level]!.en}'s desk` });
  if (record.collector === tx.actor.account) throw new Problem("same-person");
  const remarks = input.remarks ?? [];
  const confirms = input.decision === "confirm";
  if (confirms !== (remarks.length === 0)) throw new Problem("bad-request", { zh: "不一致时请写批注，确认时不写", en: "Remarks go with a difference, and only there" });
  if (!remarks.every((remark) => seat.paths.includes(remark.path))) throw new Problem("bad-request", { zh: "只能对本部门的项目写批注", en: "Remarks stand at the seat's own fields" });
  refuseDesignationIn(tx, platform, remarks.map((remark) => remark.body), record);
  const state = confirms ? record.state : "returned";
  if (!confirms) await addRemarks(tx, record, record.head, remarks.map((remark) => ({ id: newId(), ...remark })));
  await store(tx, record, {
    step: { level: seat.level, seat: seat.department, decision: input.decision, revision: record.head },
    record: { state, ...(!confirms && { desk: null, stamp: ["decided"] as const }), openRemarks: record.openRemarks + remarks.length },
    facts: confirms ? [{ kind: recordEvents.confirmed, data: { revision: record.head, department: seat.department } }] : [{ kind: recordEvents.returned, data: { revision: record.head, from: record.state, remarks: remarks.length, department: seat.department } }],
    audit: { action: confirms ? "seat.confirm" : "seat.return", detail: { revision: record.head, department: seat.department } },
  });
  return { county: record.county, id: record.id, head: record.head, state, issues: mutable(record.issues) };
}

/** A confirmation holds as long as none of the seat's fields has changed since. @throws Problem seat-missing, naming the departments */
export async function demandSeats(tx: Tx, platform: Platform, definition: Scheme, record: RecordRow): Promise<void> {
  const desk = deskOf(record, record.plan.chain);
  const required = (record.plan.seats ?? []).filter((seat) => seat.required && seat.level === desk);
  if (required.length === 0) return;
  const { rows } = await sql<{ seat: string; revision: number }>`
    select t.seat, max(t.revision) as revision from record_step t where t.county = ${record.county} and t.record_id = ${record.id}::uuid and t.decision = 'confirm' and t.level = ${desk} group by t.seat`.execute(tx);
  const missing: string[] = [];
  for (const seat of required) {
    const confirmed = rows.find((row) => row.seat === seat.department)?.revision;
    if (confirmed === record.head) continue;
    const [then, now] = confirmed === undefined ? [undefined, undefined] : [await answersOfRevision(tx, platform, { ...record, no: confirmed }), await answersOfRevision(tx, platform, { ...record, no: record.head })];
    if (!then || !now || changedPaths(definition, then, now).some((path) => seat.paths.includes(path))) missing.push(seat.department);
  }
  if (missing.length > 0) throw new Problem("seat-missing", { zh: `尚未确认：${missing.join("、")}`, en: `Not confirmed yet: ${missing.join(", ")}` });
}

/** Those of many records whose newest revision a required seat of the level at whose desk they are has not confirmed: they are approved one by one. */
export async function withoutSeats(tx: Tx, records: readonly BriefRow[]): Promise<ReadonlySet<string>> {
  const needed = new Map(records.map((record) => [record.id, (record.plan.seats ?? []).filter((seat) => seat.required && seat.level === deskOf(record, record.plan.chain))]));
  const waiting = records.filter((record) => needed.get(record.id)!.length > 0);
  if (waiting.length === 0) return new Set();
  const { rows } = await sql<{ id: string; seat: string; level: number }>`
    select x.id, t.seat, t.level from unnest(${waiting.map((one) => one.county)}::int[], ${waiting.map((one) => one.id)}::uuid[], ${waiting.map((one) => one.head)}::int[]) as x (county, id, head)
    join record_step t on t.county = x.county and t.record_id = x.id and t.decision = 'confirm' and t.revision = x.head`.execute(tx);
  const confirmed = new Set(rows.map((row) => `${row.id} ${row.seat} ${row.level}`));
  return new Set(waiting.filter((record) => needed.get(record.id)!.some((seat) => !confirmed.has(`${record.id} ${seat.department} ${seat.level}`))).map((record) => record.id));
}
