// People of a county whom another county holds too. Of the other county nothing is read but its code.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

/** True when the caller's scope covers the county whole. */
export const coversCounty = (tx: Tx, county: number): boolean => tx.actor.lo <= county * 1e6 && tx.actor.hi >= county * 1e6 + 999_999;

/** `record county` of each; undefined when the caller's scope does not cover the county. */
export async function heldElsewhere(tx: Tx, county: number, campaign: string): Promise<ReadonlySet<string> | undefined> {
  if (!coversCounty(tx, county)) return undefined;
  const { rows } = await sql<{ recordId: string; other: number }>`
    select h.record_id, h.other from campaign c, security.held_elsewhere(c.scheme, ${county}) h where c.id = ${campaign}`.execute(tx);
  return new Set(rows.map((row) => `${row.recordId} ${row.other}`));
}
