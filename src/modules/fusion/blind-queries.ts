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
};
export const change = (tx: Tx, { county, id }: FusionKey, { counts, returned, ...plain }: Change) =>
  tx
    .updateTable("blindExchange")
    .set({ ...plain, ...(counts && { counts: sql<never>`${JSON.stringify(counts)}::jsonb` }), ...(returned && { returnedAt: sql<Date>`now()` }) })
    .where("county", "=", county)
    .where("id", "=", id)
    .execute();
