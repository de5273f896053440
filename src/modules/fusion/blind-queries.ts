// Statements of exchanges without showing lists.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { FusionKey } from "./queries.ts";

export type Exchange = Awaited<ReturnType<typeof exchangeOf>> & object;
export const exchangeOf = (tx: Tx, { county, id }: FusionKey) => tx.selectFrom("blindExchange").selectAll().where("county", "=", county).where("id", "=", id).executeTakeFirst();
export const lock = (tx: Tx, { county, id }: FusionKey) => tx.selectFrom("blindExchange").select("id").where("county", "=", county).where("id", "=", id).forUpdate().execute();
export const exchanges = (tx: Tx) => tx.selectFrom("blindExchange").selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(200).execute();

export type Change = {
  readonly state?: string;
  readonly taskId?: string;
  readonly people?: number;
  readonly tokensSha256?: string;
  readonly recordsSha256?: string;
  readonly asOf?: string;
  readonly batchId?: string;
  readonly runId?: string;
  readonly counts?: Readonly<Record<string, number>>;
  readonly returned?: true;
  readonly hitsSha256?: string | null;
};
export const change = (tx: Tx, { county, id }: FusionKey, { counts, returned, ...plain }: Change) =>
  tx
    .updateTable("blindExchange")
    .set({ ...plain, ...(counts && { counts: sql<never>`${JSON.stringify(counts)}::jsonb` }), ...(returned && { returnedAt: sql<Date>`now()` }) })
    .where("county", "=", county)
    .where("id", "=", id)
    .execute();

/** Exchanges whose time has ended and whose tokens are still kept, oldest first. */
export const endedExchanges = (tx: Tx, today: string) =>
  tx.selectFrom("blindExchange").select(["county", "id"]).where("keepUntil", "<", today).where("wipedAt", "is", null).where("state", "not in", ["waiting", "taking"]).orderBy("keepUntil").limit(500).execute();
export const markWiped = (tx: Tx, { county, id }: FusionKey) =>
  tx.updateTable("blindExchange").set({ wipedAt: sql<Date>`now()`, sealed: null }).where("county", "=", county).where("id", "=", id).execute();

/** Whether the same file of hits is needed by a list, or by another exchange that is still at it. */
export async function hitsElsewhere(tx: Tx, { county, id }: FusionKey, sha256: string): Promise<boolean> {
  const { rows } = await sql`select from import_batch where county = ${county} and state <> 'wiped' and file_sha256 = ${sha256}
    union all select from blind_exchange where county = ${county} and id <> ${id}::uuid and state = 'taking' and hits_sha256 = ${sha256} limit 1`.execute(tx);
  return rows.length > 0;
}
