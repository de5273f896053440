// The owner's eyes for programs that look at a data folder from beside: its server at work, or started for the look and stopped again.
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import type { Config } from "./config.ts";
import { startPostgres, superuser } from "./embedded-postgres.ts";

/** The owner's connection to the server that runs on this folder; undefined when none does. */
export function runningPostgres(dataDir: string): pg.ClientConfig | undefined {
  const file = path.join(dataDir, "postgres", "postmaster.pid");
  if (!fs.existsSync(file)) return undefined;
  const [pid, , , port, host] = fs.readFileSync(file, "utf8").split("\n");
  if (!pid || !port || !host || !fs.existsSync(`/proc/${Number(pid)}`)) return undefined;
  return { host, port: Number(port), user: superuser, password: fs.readFileSync(path.join(dataDir, "keys", "database-password"), "utf8").trim(), database: "qingce" };
}

/** Runs `work` with the owner's connection in one read-only snapshot; undefined when the folder holds no database. */
export async function withOwner<T>(config: Config, work: (client: pg.Client) => Promise<T>): Promise<{ readonly result: T } | undefined> {
  const running = config.ownerUrl ? { connectionString: config.ownerUrl } : runningPostgres(config.dataDir);
  if (!running && !fs.existsSync(path.join(config.dataDir, "postgres", "PG_VERSION"))) return undefined;
  const started = running ? undefined : await startPostgres(config.dataDir);
  const client = new pg.Client(running ?? { host: started!.socketDir, port: started!.port, user: started!.superuser, password: started!.password, database: "qingce" });
  try {
    await client.connect();
    await client.query("begin isolation level repeatable read read only");
    return { result: await work(client) };
  } finally {
    await client.end();
    await started?.stop();
  }
}
