// What terminals have not fetched yet, and what waits at the office because of them.
import { type RawBuilder, sql } from "kysely";
import { areaRange } from "../../core/area-code.ts";
import type { Tx } from "../../platform/database.ts";
import { countKeptByDevice } from "../records/service.ts";
import type { DeviceRow } from "./queries.ts";

export type Unread = { readonly waitingBundles: number; readonly undeliveredReturns: number; readonly undeliveredReceipts: number; readonly waitingConflicts: number };

/** A record's newest state is in no bundle that the device has shown to hold: it is not visible in that bundle's snapshot, or the snapshot is of another cluster. */
export const unseen = (changed: RawBuilder<unknown>) => sql`(b.seq is null or b.cluster <> (select system_identifier::text from pg_control_system()) or (${changed} is not null and not pg_visible_in_snapshot(${changed}, b.snapshot::pg_snapshot)))`;
const scopes = (devices: readonly Pick<DeviceRow, "county" | "id" | "area">[]) =>
  sql`unnest(${devices.map((d) => d.county)}::int[], ${devices.map((d) => d.id)}::uuid[], ${devices.map((d) => d.area)}::bigint[], ${devices.map((d) => areaRange(d.area).hi)}::bigint[]) as x (county, id, lo, hi)`;

/** By device: bundles that wait for an earlier one, returned records and receipts that it has not fetched, versions kept apart. */
export async function unreadOf(tx: Tx, devices: readonly DeviceRow[]): Promise<Map<string, Unread>> {
  const active = devices.filter((device) => device.state === "active");
  const count = async (rows: Promise<{ rows: { device: string; count: number }[] }>): Promise<Map<string, number>> => new Map((await rows).rows.map((row) => [row.device, row.count]));
  const waiting = await count(sql<{ device: string; count: number }>`
    select device_id as device, count(*)::int as count from up_bundle where state in ('waiting', 'queued') and device_id = any (${devices.map((d) => d.id)}::uuid[]) group by 1`.execute(tx));
  const returns = await count(sql<{ device: string; count: number }>`
    select x.id as device, count(*)::int as count
    from ${scopes(active)} join device d on d.county = x.county and d.id = x.id
    join record r on r.county = x.county and r.state = 'returned' and r.area between x.lo and x.hi
    left join down_bundle b on b.county = d.county and b.device_id = d.id and b.seq = d.confirmed_seq
    where ${unseen(sql`r.changed_in`)} group by 1`.execute(tx));
  const receipts = await count(sql<{ device: string; count: number }>`
    select d.id as device, count(*)::int as count
    from device d left join down_bundle b on b.county = d.county and b.device_id = d.id and b.seq = d.confirmed_seq
    join bundle_entry e on e.county = d.county and e.device_id = d.id
    where ${unseen(sql`e.changed_in`)} and d.id = any (${active.map((d) => d.id)}::uuid[]) group by 1`.execute(tx));
  const conflicts = await countKeptByDevice(tx);
  return new Map(
    devices.map(({ id }) => [
      id,
      { waitingBundles: waiting.get(id) ?? 0, undeliveredReturns: returns.get(id) ?? 0, undeliveredReceipts: receipts.get(id) ?? 0, waitingConflicts: conflicts.get(id) ?? 0 },
    ]),
  );
}

/** Returned records of the caller's area that no active terminal has fetched; those of an area without a terminal are among them only where terminals are in use. */
export async function unfetchedReturns(tx: Tx, devices: readonly DeviceRow[]): Promise<number> {
  const active = devices.filter((device) => device.state === "active");
  if (active.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from record r
    where r.state = 'returned' and not exists (
      select from ${scopes(active)} join device d on d.county = x.county and d.id = x.id
      left join down_bundle b on b.county = d.county and b.device_id = d.id and b.seq = d.confirmed_seq
      where x.county = r.county and r.area between x.lo and x.hi and not ${unseen(sql`r.changed_in`)})`.execute(tx);
  return rows[0]?.count ?? 0;
}
