// People of a county whom another county holds too. Of the other county nothing is read but its code.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

/** True when the caller's scope covers the county whole. */
export const coversCounty = (tx: Tx, county: number): boolean => tx.actor.lo <= county * 1e6 && tx.actor.hi >= county * 1e6 + 999_999;

/** How a person whom another county holds is named among others: the record, the other county, and which member it is. */
export const heldAs = (recordId: string, other: number | undefined, member: string | undefined): string => `${recordId} ${other} ${member ?? ""}`;

/** Each as `heldAs` names it; undefined when the caller's scope does not cover the county. */
export async function heldElsewhere(tx: Tx, county: number, campaign: string): Promise<ReadonlySet<string> | undefined> {
  if (!coversCounty(tx, county)) return undefined;
  const { rows } = await sql<{ recordId: string; member: string | null; other: number }>`
    select h.record_id, encode(h.member, 'hex') as member, h.other from campaign c, security.held_elsewhere(c.scheme, ${county}) h where c.id = ${campaign}`.execute(tx);
  return new Set(rows.map((row) => heldAs(row.recordId, row.other, row.member ?? undefined)));
}
