// A correction that a person asked for is told to whoever had the old value (个人信息保护法 46): receivers of released copies, departments that got
// returned files, nodes that got the record. Who they are is taken from the registers when the correction is in the register.
import { sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import type { JournalEvent } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import { refuseDesignationIn } from "../records/service.ts";
import { copyName } from "../releases/rules.ts";
import { type Key, requestOf, type RequestRow, setRequest } from "./queries.ts";
import { type View, viewOf } from "./view.ts";

type Receiver = { readonly kind: "release" | "return" | "node"; readonly receiver: string; readonly ref: string; readonly paths: readonly string[] };
type Release = { readonly county: number; readonly copyNo: number; readonly area: number; readonly query: { readonly receiver: { readonly name: string }; readonly categories: readonly string[]; readonly fields: readonly { readonly path: string }[] } };

/** Who has, or by the conditions of a list may have, the values at these paths. Copies that were destroyed are left out. */
export async function receiversOf(tx: Tx, row: RequestRow): Promise<Receiver[]> {
  const { rows: records } = await sql<{ campaignId: string; categories: readonly string[] | null }>`select campaign_id, categories from record where county = ${row.county} and id = ${row.recordId}::uuid`.execute(tx);
  const [record] = records;
  if (!record) return [];
  const { rows: releases } = await sql<Release>`select county, copy_no, area, query from release where campaign_id = ${record.campaignId}::uuid and state = 'taken' and destroyed_at is null order by copy_no`.execute(tx);
  const released = releases.flatMap(({ county, copyNo, area, query }): Receiver[] => {
    const { lo, hi } = areaRange(area);
    const paths = row.paths.filter((path) => query.fields.some((field) => field.path === path));
    const inside = row.area >= lo && row.area <= hi && (query.categories.length === 0 || query.categories.some((one) => record.categories?.includes(one)));
    return inside && paths.length > 0 ? [{ kind: "release", receiver: query.receiver.name, ref: copyName(county, copyNo), paths }] : [];
  });
  const { rows: returned } = await sql<{ id: string; department: string; paths: string[] }>`
    select f.id, f.department, array_agg(distinct x.path) as paths from return_file f join finding x on x.county = f.county and x.department = f.department and x.campaign_id = f.campaign_id
    where f.county = ${row.county} and x.record_id = ${row.recordId}::uuid and x.path = any (${row.paths as string[]}::text[]) and x.raised_at <= f.at group by f.id, f.department order by f.id`.execute(tx);
  const { rows: nodes } = await sql<{ name: string; label: string; seq: number }>`
    select n.peer as name, p.label, n.seq from node_sent n join node_peer p on p.name = n.peer where n.county = ${row.county} and n.record_id = ${row.recordId}::uuid order by 1`.execute(tx);
  return [
    ...released,
    ...returned.map(({ id, department, paths }): Receiver => ({ kind: "return", receiver: department, ref: id, paths })),
    ...nodes.map(({ name, label, seq }): Receiver => ({ kind: "node", receiver: label, ref: `${name} ${seq}`, paths: row.paths })),
  ];
}

/** Corrections that came into the register settle the requests that waited for them; their receivers are listed once, however often a fact is seen. */
export async function onCorrectionInRegister(platform: Platform, events: readonly JournalEvent[]): Promise<void> {
  for (const [county, ofCounty] of Map.groupBy(events, (event) => event.county)) {
    const records = [...new Set(ofCounty.flatMap((event) => event.recordId ?? []))];
    await platform.database.write(systemActor("rights", county * 1e6, county * 1e6 + 999_999), async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select q.id from person_request q join record r on r.county = q.county and r.id = q.record_id join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
        where q.county = ${county} and q.kind = 'correction' and q.state = 'accepted' and q.record_id = any (${records}::uuid[]) and r.state = 'accepted' and v.kind = 'correction' and v.at >= q.decided_at
        order by q.id for update of q`.execute(tx);
      for (const { id } of rows) await settle(tx, platform, await requestOf(tx, { county, id }));
    });
  }
}

async function settle(tx: Tx, platform: Platform, row: RequestRow): Promise<void> {
  const receivers = await receiversOf(tx, row);
  const { county, area, scheme, recordId } = row;
  if (receivers.length > 0) {
    await tx
      .insertInto("correctionNotice")
      .values(receivers.map(({ kind, receiver, ref, paths }) => ({ county, id: newId(), area, scheme, requestId: row.id, recordId, receiverKind: kind, receiver, ref, paths: [...paths] })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await setRequest(tx, row, { state: "done", doneAt: platform.clock.now() });
  await audit(tx, { action: "rights.corrected", county, area, recordId, detail: { request: row.id, receivers: receivers.length } });
}

/** Nodes above that have the record of somebody who is erased: each is told with the next bundle, and stands at the request until it says when it did. */
export async function listNodesToErase(tx: Tx, row: RequestRow): Promise<void> {
  const nodes = (await receiversOf(tx, { ...row, paths: [] })).filter((one) => one.kind === "node");
  await noteNodes(tx, row, nodes.map(({ receiver, ref }) => ({ receiver, ref })));
}

const noteNodes = async (tx: Tx, { county, area, scheme, recordId, id }: Pick<RequestRow, "county" | "area" | "scheme" | "recordId" | "id">, nodes: readonly { readonly receiver: string; readonly ref: string; readonly toldBy?: string; readonly toldAt?: Date; readonly how?: string }[]): Promise<void> => {
  if (nodes.length === 0) return;
  await tx.insertInto("correctionNotice").values(nodes.map((node) => ({ county, id: newId(), area, scheme, requestId: id, recordId, receiverKind: "node", paths: [], ...node }))).onConflict((conflict) => conflict.doNothing()).execute();
};

/** A node has erased its copy: its receipt stands at each request by which the person was erased. A node further up, of which nobody here knew, is added. */
export async function noteErasedAt(tx: Tx, { county, subject, node, at }: { readonly county: number; readonly subject: string; readonly node: string; readonly at: string }): Promise<void> {
  const told = { toldBy: tx.actor.account, toldAt: new Date(at), how: "已删除副本，回执已收到 copy erased, receipt taken" };
  const requests = await tx.selectFrom("personRequest").select(["county", "id", "area", "scheme", "recordId"]).where("county", "=", county).where("subjectId", "=", subject).where("kind", "=", "deletion").where("confirmedAt", "is not", null).where("state", "=", "done").execute();
  for (const request of requests) {
    const known = await tx.updateTable("correctionNotice").set(told).where("county", "=", county).where("requestId", "=", request.id).where("receiverKind", "=", "node").where("ref", "like", `${node}%`).where("toldAt", "is", null).returning("id").execute();
    if (known.length === 0) await noteNodes(tx, request, [{ receiver: node, ref: node, ...told }]);
  }
}

/** @throws Problem not-found, move-not-possible (told already), unit-designation */
export async function tellReceiver(tx: Tx, platform: Platform, key: Key, notice: string, how: string): Promise<View> {
  const row = await requestOf(tx, key);
  refuseDesignationIn(tx, platform, [how], row);
  const found = await tx.selectFrom("correctionNotice").select("toldAt").where("county", "=", key.county).where("requestId", "=", key.id).where("id", "=", notice).forUpdate().executeTakeFirst();
  if (!found) throw new Problem("not-found");
  if (found.toldAt !== null) throw new Problem("move-not-possible");
  await tx.updateTable("correctionNotice").set({ toldBy: tx.actor.account, toldAt: platform.clock.now(), how: how.trim() }).where("county", "=", key.county).where("id", "=", notice).execute();
  await audit(tx, { action: "person-request.tell", county: row.county, area: row.area, recordId: row.recordId, detail: { request: row.id, notice } });
  return viewOf(tx, platform, row);
}
