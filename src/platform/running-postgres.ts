// Finds the embedded server of a data folder that is at work, for programs that look at it from beside.
import fs from "node:fs";
import path from "node:path";
import type pg from "pg";
import { superuser } from "./embedded-postgres.ts";

/** The owner's connection to the server that runs on this folder; undefined when none does. */
export function runningPostgres(dataDir: string): pg.ClientConfig | undefined {
  const file = path.join(dataDir, "postgres", "postmaster.pid");
  if (!fs.existsSync(file)) return undefined;
  const [pid, , , port, host] = fs.readFileSync(file, "utf8").split("\n");
  if (!pid || !port || !host || !fs.existsSync(`/proc/${Number(pid)}`)) return undefined;
  return { host, port: Number(port), user: superuser, password: fs.readFileSync(path.join(dataDir, "keys", "database-password"), "utf8").trim(), database: "qingce" };
}
