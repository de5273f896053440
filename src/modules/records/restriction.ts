// Data that are only stored (个人信息保护法 47): a restricted record stays in the register and is kept out of matching, releases, public lists,
// terminals, other nodes and the queues of work until the restriction ends.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";

type At = { readonly county: number; readonly recordId: string };

/** Condition on a record `r`, as text of a statement. */
export const unrestrictedText = "not exists (select from restriction rx where rx.county = r.county and rx.record_id = r.id and rx.ended_at is null)";
/** The same as a part of a statement. */
export const unrestricted = sql.raw<boolean>(unrestrictedText);

/** Condition on a record `r`: its person was not erased. */
export const unerased = sql<boolean>`not exists (select from erasure ex where ex.county = r.county and ex.subject_id = r.subject_id)`;

/** Terminals that hold the record give it up, or get it again, with their next bundle. */
const touch = (tx: Tx, { county, recordId }: At): Promise<unknown> => sql`update record set updated_at = now() where county = ${county} and id = ${recordId}::uuid`.execute(tx);

/** A record that is restricted already stays so. @throws Problem not-found */
export async function restrict(tx: Tx, at: At, requestId: string): Promise<void> {
  const { rows } = await sql`insert into restriction (county, record_id, area, scheme, request_id)
    select r.county, r.id, r.area, r.scheme, ${requestId}::uuid from record r where r.county = ${at.county} and r.id = ${at.recordId}::uuid and ${unrestricted} returning record_id`.execute(tx);
  if (rows.length === 0 && !(await restrictedSince(tx, at))) throw new Problem("not-found");
  await touch(tx, at);
}

/** @throws Problem not-found when it is not restricted, or by another node's word */
export async function endRestriction(tx: Tx, at: At, reason: string): Promise<void> {
  const { rows } = await sql`update restriction set ended_at = now(), ended_by = ${tx.actor.account}, ended_because = ${reason} where county = ${at.county} and record_id = ${at.recordId}::uuid and ended_at is null and told_by is null returning record_id`.execute(tx);
  if (rows.length === 0) throw new Problem("not-found");
  await touch(tx, at);
}

/**
 * What the node `peer` has said of records that came from it: whether they are only stored there now; of one record its last word counts. What is not
 * here, and restrictions of our own, stay as they are.
 */
export async function restrictAsTold(tx: Tx, peer: string, said: readonly (At & { readonly stored: boolean })[]): Promise<void> {
  const last = new Map(said.map((one) => [`${one.county} ${one.recordId}`, one]));
  const of = (stored: boolean): readonly At[] => [...last.values()].filter((one) => one.stored === stored);
  const column = (some: readonly At[]) => sql`unnest(${some.map((one) => one.county)}::int[], ${some.map((one) => one.recordId)}::uuid[]) as x (county, id)`;
  const [begun, ended] = [of(true), of(false)];
  if (begun.length > 0) {
    await sql`insert into restriction (county, record_id, area, scheme, told_by)
      select r.county, r.id, r.area, r.scheme, ${peer} from ${column(begun)} join record r on r.county = x.county and r.id = x.id where ${unrestricted}`.execute(tx);
  }
  if (ended.length > 0) {
    await sql`update restriction t set ended_at = now(), ended_by = ${tx.actor.account}, ended_because = '原节点已解除 ended at its own node'
      from ${column(ended)} where t.county = x.county and t.record_id = x.id and t.told_by = ${peer} and t.ended_at is null`.execute(tx);
  }
}

export async function restrictedSince(tx: Tx, { county, recordId }: At): Promise<Date | undefined> {
  const row = await tx.selectFrom("restriction").select("since").where("county", "=", county).where("recordId", "=", recordId).where("endedAt", "is", null).executeTakeFirst();
  return row?.since;
}
