// Aid in a snapshot: deliveries of a county by village, item, department and month, amounts in whole hundreds of yuan, and what the aid line says of each record on the axes of
// asking and help. What was taken back is not among them, nor aid of households whose data may only be stored.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { Group } from "../../scheme/model.ts";
import { unrestricted } from "../records/service.ts";
import type { Cell } from "./flatten.ts";

export type KnownAid = { readonly county: number; readonly slice: number; readonly mark: string };

/**
 * What is known of the aid of each slice of the households of a county: where they are, when they asked last and were helped, how much and how often they were given, what was taken
 * back, and whether their data may be told; one row a household is read, however many deliveries there were. `sliceOf`: the slice of the record that a column names.
 */
export async function aidKnown(tx: Tx, campaign: string, sliceOf: (record: RawBuilder<unknown>) => RawBuilder<number>): Promise<readonly KnownAid[]> {
  const { rows } = await sql<KnownAid>`
    select h.county, ${sliceOf(sql`coalesce(h.record_id, h.id)`)} as slice,
      count(*) || ':' || to_hex(bit_xor(hash_record_extended(row(h.id, h.record_id, h.area, h.ended_on is null, h.applied_on, h.helped_on, h.given_fen, h.deliveries, h.taken_back, x.record_id is null), 0))) as mark
    from household h left join (select distinct county, record_id from restriction where ended_at is null) x on x.county = h.county and x.record_id = h.record_id
    where h.campaign_id = ${campaign}::uuid and (h.applied_on is not null or h.deliveries > 0) group by 1, 2`.execute(tx);
  return rows;
}

/** By household first, so that nothing is sorted: about 3 µs a delivery. */
export async function aidOfCounty(tx: Tx, county: number, campaign: string): Promise<(readonly Cell[])[]> {
  await sql`set local enable_sort = off`.execute(tx);
  const { rows } = await sql<{ area: number; item: string; department: string; month: string; households: number; payments: number; hundreds: number }>`
    select h.area, d.item, d.department, to_char(d.month, 'YYYY-MM') as month, count(*)::int as households, sum(d.payments)::int as payments, (sum(d.fen) / 10000)::bigint as hundreds
    from household h cross join lateral (select item, department, date_trunc('month', delivered_on::timestamp) as month, count(*) as payments, sum(amount_fen) as fen
      from aid_delivery where county = h.county and household_id = h.id and not taken_back group by 1, 2, 3) d
    where h.county = ${county} and h.campaign_id = ${campaign}::uuid and h.deliveries > 0
      and exists (select from record r where r.county = h.county and r.id = h.record_id and ${unrestricted}) group by h.area, d.item, d.department, d.month`.execute(tx);
  await sql`set local enable_sort = on`.execute(tx);
  const inOrder = (a: readonly Cell[], b: readonly Cell[]): number => Number(a[0]) - Number(b[0]) || (String(a.slice(1, 4)) < String(b.slice(1, 4)) ? -1 : 1);
  return rows.map((row) => [row.area, row.item, row.department, row.month, row.households, row.payments, row.hundreds]).toSorted(inOrder);
}

/** The aid line of the record `r` as columns for `aidLineOf`, from its household `h`: null where it never asked and was given nothing. */
export const aidColumns = sql<never>`h.applied_on::text as asked, h.helped_on::text as helped, case when h.applied_on is not null or h.deliveries > 0 then h.given_fen / 100.0::float8 end as yuan`;
export const aidHousehold = sql<never>`left join household h on h.county = r.county and h.record_id = r.id and h.ended_on is null`;
export type AidColumns = { readonly asked: string | null; readonly helped: string | null; readonly yuan: number | null };

/**
 * The words of the form `aid_line` that axes may ask beside those of the scheme: `asked_on`, the day of the latest application; `helped_on`, that of the latest delivery; `amount`,
 * all that was given, in yuan.
 */
export const aidLineOf = ({ asked, helped, yuan }: AidColumns): Group => ({ ...(asked !== null && { asked_on: asked }), ...(helped !== null && { helped_on: helped }), ...(yuan !== null && { amount: yuan }) });
