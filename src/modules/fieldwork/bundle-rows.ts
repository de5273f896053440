// Statements over bundles that came in and over the outcomes of their entries.
import { sql, type Updateable } from "kysely";
import type { DB } from "../../../db/types.ts";
import type { Issue, Text } from "../../core/issue.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { BundleState } from "./rules.ts";

export type BundleRow = {
  readonly county: number;
  readonly id: string;
  readonly deviceId: string | null;
  readonly area: number;
  readonly way: "http" | "file";
  readonly state: BundleState;
  readonly bytes: number;
  readonly received: number;
  readonly sha256: string;
  readonly seq: number | null;
  readonly digest: string | null;
  readonly previous: string | null;
  readonly inChain: boolean;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly problem: Text | null;
  readonly at: Date;
  readonly completeAt: Date | null;
};
type Device = { readonly county: number; readonly id: string };

export const bundleRows = (tx: Tx) =>
  tx
    .selectFrom("upBundle")
    .select(["county", "id", "deviceId", "area", "way", "state", "bytes", "received", "sha256", "seq", "digest", "previous", "inChain", "outcomes", "problem", "at", "completeAt"])
    .$castTo<BundleRow>();

export const bundleById = (tx: Tx, id: string): Promise<BundleRow | undefined> => bundleRows(tx).where("id", "=", id).executeTakeFirst();
export const lockBundle = (tx: Tx, id: string): Promise<BundleRow | undefined> => bundleRows(tx).where("id", "=", id).forUpdate().executeTakeFirst();
export const bundleOf = (tx: Tx, device: Device, sha256: string): Promise<BundleRow | undefined> =>
  bundleRows(tx).where("county", "=", device.county).where("deviceId", "=", device.id).where("sha256", "=", sha256).executeTakeFirst();

/** Bundles to be opened, the oldest first, without those in work and those left alone for now. */
export async function bundlesToWork(tx: Tx, most: number, except: readonly string[]): Promise<{ readonly id: string; readonly deviceId: string }[]> {
  return tx.selectFrom("upBundle").select(["id", "deviceId"]).where("state", "=", "queued").where("deviceId", "is not", null).where(sql<boolean>`id <> all (${[...except]}::uuid[])`).orderBy("completeAt").orderBy("id").limit(most).$castTo<{ id: string; deviceId: string }>().execute();
}

/** The link of a device's chain with this number. */
export const linkAt = (tx: Tx, device: Device, seq: number): Promise<BundleRow | undefined> =>
  bundleRows(tx).where("county", "=", device.county).where("deviceId", "=", device.id).where("seq", "=", seq).where("inChain", "=", true).executeTakeFirst();
/** Bundles with this number that wait for an earlier one. */
export const waitingAt = (tx: Tx, device: Device, seq: number): Promise<BundleRow[]> =>
  bundleRows(tx).where("county", "=", device.county).where("deviceId", "=", device.id).where("seq", "=", seq).where("state", "=", "waiting").execute();

/** Bytes announced or here that are not applied yet: of the device and of all. */
export async function waitingBytes(tx: Tx, device: Device): Promise<{ readonly device: number; readonly total: number }> {
  const { rows } = await sql<{ device: number; total: number }>`
    select coalesce(sum(bytes) filter (where county = ${device.county} and device_id = ${device.id}::uuid), 0)::bigint as device, coalesce(sum(bytes), 0)::bigint as total
    from up_bundle where state in ('receiving', 'waiting', 'queued')`.execute(tx);
  return rows[0] ?? { device: 0, total: 0 };
}

/** JSON as text, as everywhere. */
export type BundleChange = Omit<Updateable<DB["upBundle"]>, "outcomes"> & { readonly outcomes?: string };
export const setBundle = (tx: Tx, bundle: { readonly county: number; readonly id: string }, change: BundleChange) =>
  tx.updateTable("upBundle").set(change as Updateable<DB["upBundle"]>).where("county", "=", bundle.county).where("id", "=", bundle.id).execute();

/** What is told of one piece of work besides its outcome. */
export type Told = { readonly issues: readonly Issue[]; readonly why?: Text };
export type EntryRow = {
  readonly county: number;
  readonly entry: string;
  readonly area: number;
  readonly deviceId: string;
  readonly bundleId: string;
  readonly operator: string;
  readonly campaignId: string | null;
  readonly recordId: string;
  readonly recordCounty: number;
  readonly outcome: string;
  readonly head: number;
  readonly state: string;
};

/** The outcome of one entry, in the transaction of its effect. @throws Problem already-exists when it has one */
export const putEntry = (tx: Tx, platform: Platform, row: EntryRow, told: Told) =>
  tx
    .insertInto("bundleEntry")
    .values({ ...row, sealed: seal(platform.keys, row.county, row.entry, told), at: platform.clock.now() })
    .execute();

export const toldOf = (platform: Platform, row: { readonly county: number; readonly entry: string; readonly sealed: Buffer }): Told => open<Told>(platform.keys, row.county, row.entry, row.sealed);

/** What an entry came to before: undefined when it has no outcome yet. */
export const entryOf = (tx: Tx, county: number, entry: string) =>
  tx.selectFrom("bundleEntry").select(["bundleId", "outcome", "deviceId"]).where("county", "=", county).where("entry", "=", entry).executeTakeFirst();

/** Refused work that comes in another bundle is tried again: its old outcome makes way. */
export const forgetRefused = (tx: Tx, county: number, entry: string, bundle: string) =>
  tx.deleteFrom("bundleEntry").where("county", "=", county).where("entry", "=", entry).where("outcome", "=", "refused").where("bundleId", "<>", bundle).execute();

/** The same receipts again, for a terminal that says the same again. */
export const repeatReceipts = (tx: Tx, device: Device, bundle: string) =>
  sql`update bundle_entry set changed_in = pg_current_xact_id() where county = ${device.county} and bundle_id = ${bundle}::uuid`.execute(tx);
export const repeatReceipt = (tx: Tx, county: number, entry: string) => sql`update bundle_entry set changed_in = pg_current_xact_id() where county = ${county} and entry = ${entry}::uuid`.execute(tx);

/** How many entries of a bundle came to what. */
export async function outcomesOf(tx: Tx, bundle: { readonly county: number; readonly id: string }): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; count: number }>`select outcome, count(*)::int as count from bundle_entry where county = ${bundle.county} and bundle_id = ${bundle.id}::uuid group by outcome`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
}
