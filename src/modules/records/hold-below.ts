// Holds of nodes below on records that were sent up before and are in review there anew: the copy here stands as it was sent, and says so.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

type At = { readonly county: number; readonly recordId: string };

/** What the node `peer` has said of records that came from it: the level there, or below it, that has them on hold, or null. Of one record its last word counts; what is not here stays so. */
export async function holdAsTold(tx: Tx, peer: string, said: readonly (At & { readonly level: number | null })[]): Promise<void> {
  const last = [...new Map(said.map((one) => [`${one.county} ${one.recordId}`, one])).values()];
  if (last.length === 0) return;
  const of = (some: typeof last) => sql`unnest(${some.map((one) => one.county)}::int[], ${some.map((one) => one.recordId)}::uuid[], ${some.map((one) => one.level)}::smallint[]) as x (county, id, level)`;
  await sql`update hold_below b set ended_at = clock_timestamp() from ${of(last)} where b.county = x.county and b.record_id = x.id and b.told_by = ${peer} and b.ended_at is null and b.level is distinct from x.level`.execute(tx);
  const begun = last.filter((one) => one.level !== null);
  if (begun.length === 0) return;
  await sql`insert into hold_below (county, record_id, area, scheme, since, level, told_by)
    select r.county, r.id, r.area, r.scheme, clock_timestamp(), x.level, ${peer} from ${of(begun)} join record r on r.county = x.county and r.id = x.id
    where not exists (select from hold_below b where b.county = r.county and b.record_id = r.id and b.ended_at is null)`.execute(tx);
}

/** The hold below that this node was told of, when one is in force. */
export async function heldBelow(tx: Tx, { county, recordId }: At): Promise<{ readonly level: number; readonly since: Date } | undefined> {
  return tx.selectFrom("holdBelow").select(["level", "since"]).where("county", "=", county).where("recordId", "=", recordId).where("endedAt", "is", null).executeTakeFirst();
}
