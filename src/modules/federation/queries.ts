// Statements of nodes, their chains, and what waits to be sent.
import { sql } from "kysely";
import { areaRange, levelOf, within } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import { seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import { unerased, unrestricted } from "../records/service.ts";
import type { DecisionFromAbove } from "../review/service.ts";
import type { ErasedAtEntry, ReturnEntry } from "./entries.ts";
import { type Plan, sentStates, type Side } from "./rules.ts";
import type { SuiteName } from "../../bundle/suite.ts";

export type Peer = {
  readonly name: string;
  readonly label: string;
  readonly side: Side;
  readonly lo: number;
  readonly hi: number;
  readonly suite: SuiteName;
  readonly sealKey: string;
  readonly signKey: string;
  readonly sentSeq: number;
  readonly sentDigest: string | null;
  readonly takenSeq: number;
  readonly takenDigest: string | null;
  readonly confirmedSeq: number;
  readonly endedAt: Date | null;
  readonly address: string | null;
  readonly sending: boolean;
  readonly packEvery: Plan | null;
  readonly packedAt: Date | null;
  readonly failures: number;
  readonly triedAt: Date | null;
  readonly nextTryAt: Date | null;
  readonly sendError: Text | null;
  readonly planBy: string | null;
  readonly planOffice: string | null;
  readonly planArea: number | null;
};

/** The widest area that has an office here: what this installation answers for. */
export async function ownArea(tx: Tx): Promise<number> {
  const rows = await tx.selectFrom("office").select("area").distinct().execute();
  return rows.map((row) => row.area).toSorted((a, b) => areaRange(b).hi - areaRange(b).lo - (areaRange(a).hi - areaRange(a).lo))[0] ?? 0;
}
/** What a node says to others concerns all of it. @throws Problem not-allowed for an office of a part only. @returns the node's area */
export async function demandWholeNode(tx: Tx): Promise<number> {
  const own = await ownArea(tx);
  const { lo, hi } = areaRange(own);
  if (tx.actor.lo > lo || tx.actor.hi < hi) throw new Problem("not-allowed", { zh: "只有负责本节点全部辖区的机构才能与其他节点交换", en: "Only the office that answers for the whole of this node exchanges with others" });
  return own;
}
export const allPeers = async (tx: Tx): Promise<Peer[]> => (await tx.selectFrom("nodePeer").selectAll().orderBy("name").execute()) as Peer[];
export async function lockPeer(tx: Tx, name: string): Promise<Peer | undefined> {
  return (await tx.selectFrom("nodePeer").selectAll().where("name", "=", name).forUpdate().executeTakeFirst()) as Peer | undefined;
}
/** How sending to a node goes; `sendError` in words, or null once a bundle was taken. */
export type SendState = Partial<Pick<Peer, "packedAt" | "failures" | "triedAt" | "nextTryAt" | "sendError">>;
export const setSendState = (tx: Tx, name: string, { sendError, ...state }: SendState) =>
  tx.updateTable("nodePeer").set({ ...state, ...(sendError !== undefined && { sendError: sendError && JSON.stringify(sendError) }) }).where("name", "=", name).execute();
export const sentAt = async (tx: Tx, peer: string, seq: number) => tx.selectFrom("nodeBundle").selectAll().where("peer", "=", peer).where("way", "=", "sent").where("seq", "=", seq).executeTakeFirst();
export type SentBundle = NonNullable<Awaited<ReturnType<typeof sentAt>>>;
/** A bundle that nobody has confirmed is made anew: what was in it waits again. */
export async function takeBack(tx: Tx, peer: string, seq: number): Promise<void> {
  await sql`update node_sent set stored = not stored, stored_seq = null where peer = ${peer} and stored_seq = ${seq}`.execute(tx);
  await sql`update node_sent set held = held_before, held_before = null, held_seq = null where peer = ${peer} and held_seq = ${seq}`.execute(tx);
  await sql`update node_sent set erased_seq = null where peer = ${peer} and erased_seq = ${seq}`.execute(tx);
  await tx.deleteFrom("nodeSent").where("peer", "=", peer).where("seq", "=", seq).execute();
  await tx.updateTable("nodeOrder").set({ sentSeq: null }).where("peer", "=", peer).where("sentSeq", "=", seq).execute();
}
export const bundlesOf = (tx: Tx, peer: string) => tx.selectFrom("nodeBundle").selectAll().where("peer", "=", peer).orderBy("at", "desc").orderBy("seq", "desc").limit(20).execute();
export const takenDigestAt = async (tx: Tx, peer: string, seq: number) => tx.selectFrom("nodeBundle").select(["digest", "counts"]).where("peer", "=", peer).where("way", "=", "taken").where("seq", "=", seq).executeTakeFirst();

/** `level`: this node's own. */
const standing = (peer: string, level: number) => sql`
  from record r left join node_sent n on n.county = r.county and n.record_id = r.id and n.peer = ${peer}
  where (r.state = any (${sentStates}::text[]) or r.state in ('submitted', 'township-approved') and r.desk < ${level}) and ${unrestricted} and ${unerased} and (n.record_id is null or (n.head, n.state, n.area) is distinct from (r.head, r.state, r.area))`;

/** Records that stand otherwise than they were sent, oldest id first; `has` is the revision the node has. */
export async function unsentRecords(tx: Tx, peer: string, most: number): Promise<{ county: number; id: string; has: number; head: number; state: string; area: number; campaignId: string }[]> {
  const { rows } = await sql<{ county: number; id: string; has: number; head: number; state: string; area: number; campaignId: string }>`
    select r.county, r.id, coalesce(n.head, 0) as has, r.head, r.state, r.area, r.campaign_id ${standing(peer, levelOf(await ownArea(tx)))} order by r.county, r.id limit ${most}`.execute(tx);
  return rows;
}
const erasedThere = (peer: string) => sql`from node_sent n join record r on r.county = n.county and r.id = n.record_id join erasure e on e.county = r.county and e.subject_id = r.subject_id where n.peer = ${peer}`;
export type Erased = { readonly county: number; readonly subject: string; readonly area: number };
/** People who were erased here and of whom the node still has a record. */
export const untoldErasures = async (tx: Tx, peer: string): Promise<Erased[]> =>
  (await sql<Erased>`select distinct e.county, e.subject_id as subject, e.area ${erasedThere(peer)} and n.erased_seq is null order by 1, 2`.execute(tx)).rows;
export const noteErased = (tx: Tx, peer: string, seq: number, told: readonly Erased[]): Promise<unknown> =>
  sql`update node_sent n set erased_seq = ${seq} from record r, unnest(${told.map((one) => one.county)}::int[], ${told.map((one) => one.subject)}::uuid[]) as x (county, subject)
    where n.peer = ${peer} and r.county = n.county and r.id = n.record_id and r.county = x.county and r.subject_id = x.subject`.execute(tx);
/** What this node's levels, those above it, and seats there decided on records of a node below that it has not been told of, in the order they were made. */
const untold = (peer: Peer) => sql`
  from record_step s join record r on r.county = s.county and r.id = s.record_id
  where s.county between ${Math.floor(peer.lo / 1e6)} and ${Math.floor(peer.hi / 1e6)} and r.area between ${peer.lo} and ${peer.hi} and s.level < ${levelOf(peer.lo)}
    and not exists (select from node_order o where o.county = s.county and o.record_id = s.record_id and o.step_no = s.no and o.peer = ${peer.name})`;
export type UntoldDecision = { readonly county: number; readonly record: string; readonly area: number; readonly step: number; readonly level: number; readonly seat: string | null; readonly decision: DecisionFromAbove["decision"]; readonly revision: number; readonly remarks: readonly { readonly id: string; readonly path: string; readonly body: string }[] };
/** Remarks belong to the return in whose transaction they were written. */
export async function untoldDecisions(tx: Tx, peer: Peer, most: number): Promise<UntoldDecision[]> {
  const { rows } = await sql<UntoldDecision>`
    select s.county, s.record_id as record, r.area, s.no as step, s.level, s.seat, s.decision, s.revision,
      coalesce((select json_agg(json_build_object('id', m.id, 'path', m.path, 'body', m.body) order by m.id) from remark m where s.decision in ('return', 'differ') and m.county = s.county and m.record_id = s.record_id and m.revision = s.revision and m.at = s.at), '[]'::json) as remarks
    ${untold(peer)} order by s.no limit ${most}`.execute(tx);
  return rows;
}
const unsaid = (peer: string) => sql`(
  select n.county, n.record_id as record, n.area, true as stored from node_sent n join restriction t on t.county = n.county and t.record_id = n.record_id and t.ended_at is null where n.peer = ${peer} and not n.stored
  union all
  select n.county, n.record_id, n.area, false from node_sent n where n.peer = ${peer} and n.stored and not exists (select from restriction t where t.county = n.county and t.record_id = n.record_id and t.ended_at is null))`;
export type Unsaid = { readonly county: number; readonly record: string; readonly area: number; readonly stored: boolean };
/** Records that the node has and whose data are only stored since it heard of them, or are not any more. */
export const unsaidRestrictions = async (tx: Tx, peer: string): Promise<Unsaid[]> => (await sql<Unsaid>`select * from ${unsaid(peer)} u order by county, record`.execute(tx)).rows;
export async function noteSaid(tx: Tx, peer: string, seq: number, said: readonly Unsaid[]): Promise<void> {
  if (said.length === 0) return;
  await sql`update node_sent n set stored = x.stored, stored_seq = ${seq} from unnest(${said.map((one) => one.county)}::int[], ${said.map((one) => one.record)}::uuid[], ${said.map((one) => one.stored)}::boolean[]) as x (county, id, stored)
    where n.county = x.county and n.record_id = x.id and n.peer = ${peer}`.execute(tx);
}
/** Records in review anew that a level of this node, or one below it, has on hold. `own`: this node's level. */
const onHold = (own: number) => sql`(
  select r.county, r.id, r.desk as level from record r where r.state = 'held' and r.desk >= ${own} and ${unerased}
  union all
  select b.county, b.record_id, b.level from hold_below b where b.ended_at is null and not exists (select from record r where r.county = b.county and r.id = b.record_id and r.state = 'held' and r.desk >= ${own}))`;
const unsaidHeld = (peer: string, own: number) => sql`(
  select n.county, n.record_id as record, n.area, h.level from ${onHold(own)} h join node_sent n on n.county = h.county and n.record_id = h.id where n.peer = ${peer} and n.held is distinct from h.level
  union all
  select n.county, n.record_id, n.area, null from node_sent n where n.peer = ${peer} and n.held is not null and not exists (select from ${onHold(own)} h where h.county = n.county and h.id = n.record_id))`;
export type UnsaidHold = { readonly county: number; readonly record: string; readonly area: number; readonly level: number | null };
/** Records that the node has and that are on hold here or below otherwise than it was told last. */
export const unsaidHolds = async (tx: Tx, peer: string): Promise<UnsaidHold[]> => (await sql<UnsaidHold>`select * from ${unsaidHeld(peer, levelOf(await ownArea(tx)))} u order by county, record`.execute(tx)).rows;
export async function noteHolds(tx: Tx, peer: string, seq: number, said: readonly UnsaidHold[]): Promise<void> {
  if (said.length === 0) return;
  await sql`update node_sent n set held_before = n.held, held = x.level, held_seq = ${seq} from unnest(${said.map((one) => one.county)}::int[], ${said.map((one) => one.record)}::uuid[], ${said.map((one) => one.level)}::smallint[]) as x (county, id, level)
    where n.county = x.county and n.record_id = x.id and n.peer = ${peer}`.execute(tx);
}
export async function countUnsent(tx: Tx, peer: Peer): Promise<number> {
  const { rows } = await (peer.side === "above" ? sql<{ n: number }>`select (select count(*) ${standing(peer.name, levelOf(await ownArea(tx)))})::int + (select count(*) from ${unsaid(peer.name)} u)::int + (select count(*) from ${unsaidHeld(peer.name, levelOf(await ownArea(tx)))} u)::int + (select count(distinct e.subject_id) ${erasedThere(peer.name)} and n.erased_seq is null)::int as n` : sql<{ n: number }>`select (select count(*) from node_order where peer = ${peer.name} and sent_seq is null)::int + (select count(*) ${untold(peer)})::int as n`).execute(tx);
  return rows[0]?.n ?? 0;
}
export async function noteSent(tx: Tx, peer: string, seq: number, records: readonly { county: number; id: string; head: number; state: string; area: number }[]): Promise<void> {
  if (records.length === 0) return;
  const column = <T>(of: (one: (typeof records)[number]) => T): T[] => records.map(of);
  await sql`delete from node_sent n using unnest(${column((r) => r.county)}::int[], ${column((r) => r.id)}::uuid[]) as x (county, id) where n.county = x.county and n.record_id = x.id and n.peer = ${peer}`.execute(tx);
  await sql`insert into node_sent (county, record_id, peer, area, head, state, seq)
    select x.county, x.id, ${peer}, x.area, x.head, x.state, ${seq} from unnest(${column((r) => r.county)}::int[], ${column((r) => r.id)}::uuid[], ${column((r) => r.area)}::bigint[], ${column((r) => r.head)}::int[], ${column((r) => r.state)}::text[]) as x (county, id, area, head, state)`.execute(tx);
}
/** A record goes back to its collector at the word of the node above: it rises again whatever it is then. The node still has what it was sent, and hears of holds and of an erasure. */
export const callBack = (tx: Tx, county: number, record: string) => tx.updateTable("nodeSent").set({ state: "called-back" }).where("county", "=", county).where("recordId", "=", record).execute();
type Order = { readonly area: number; readonly entry: ReturnEntry | ErasedAtEntry; readonly peer: string; readonly kind: "return" | "erased"; readonly askedBy: string };
/** Goes down to a node with its next bundle, sealed until then. @returns its id */
export async function order(tx: Tx, platform: Platform, { entry, ...order }: Order): Promise<string> {
  const id = newId();
  await tx.insertInto("nodeOrder").values({ ...order, county: entry.county, id, recordId: "record" in entry ? entry.record : entry.subject, sealed: seal(platform.keys, entry.county, id, entry) }).execute();
  return id;
}
/** The node below in whose range an area lies. */
export const belowOf = async (tx: Tx, area: number): Promise<Peer | undefined> => (await allPeers(tx)).find((one) => one.side === "below" && one.endedAt === null && within(area, one));
export const waitingOrders = (tx: Tx, peer: string, most: number) => tx.selectFrom("nodeOrder").selectAll().where("peer", "=", peer).where("sentSeq", "is", null).orderBy("at").orderBy("id").limit(most).execute();
export const roundsWithin = (tx: Tx, lo: number, hi: number) => tx.selectFrom("campaign").selectAll().where("area", "<=", hi).where("hi", ">=", lo).orderBy("id").execute();
/** Open differences on records within a range of which nothing was sent down yet. */
export async function unsentFindings(tx: Tx, county: number, peer: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select f.id from finding f where f.county = ${county} and f.state = 'open' and f.path is not null and f.record_id is not null
    and not exists (select from node_order o where o.county = f.county and o.id = f.id and o.peer = ${peer}) order by f.id`.execute(tx);
  return rows.map((row) => row.id);
}
