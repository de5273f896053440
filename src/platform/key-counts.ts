// How many people's keys lie under each version, asked from beside a server that is at work.
import pg from "pg";
import type { Config } from "./config.ts";
import { runningPostgres } from "./running-postgres.ts";

/** By version; undefined when no database is at work. */
export async function countKeysBeside(config: Pick<Config, "dataDir" | "ownerUrl">): Promise<ReadonlyMap<number, number> | undefined> {
  const running = config.ownerUrl ? { connectionString: config.ownerUrl } : runningPostgres(config.dataDir);
  if (!running) return undefined;
  const client = new pg.Client(running);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; keys: string }>("select version, count(*) as keys from subject_key group by 1");
    return new Map(rows.map((row) => [row.version, Number(row.keys)]));
  } finally {
    await client.end();
  }
}
