// Where things are and how the server listens, read once from the environment and the command line.
import path from "node:path";

export type Config = {
  /** Folder that holds everything that must be kept: database, blobs, keys. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Absent: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Owner's connection for migrations when `databaseUrl` is set. */
  readonly ownerUrl: string | undefined;
  /** Folder into which departments put their lists, a folder each. */
  readonly inboxDir: string;
  readonly root: string;
};

export const projectRoot: string = path.resolve(import.meta.dirname, "../..");

/** Reads QINGCE_DATA, QINGCE_INBOX (default: `inbox` in the data folder), QINGCE_HOST, QINGCE_PORT, DATABASE_URL and DATABASE_OWNER_URL; flags override. Listens on loopback unless told otherwise. */
export function readConfig(flags: Readonly<Record<string, string | undefined>> = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(flags["port"] ?? env["QINGCE_PORT"] ?? 7350);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`port must be 0–65535, not ${flags["port"] ?? env["QINGCE_PORT"]}`);
  const dataDir = path.resolve(flags["data"] ?? env["QINGCE_DATA"] ?? path.join(projectRoot, "data"));
  return {
    dataDir,
    inboxDir: path.resolve(env["QINGCE_INBOX"] ?? path.join(dataDir, "inbox")),
    host: flags["host"] ?? env["QINGCE_HOST"] ?? "127.0.0.1",
    port,
    databaseUrl: env["DATABASE_URL"],
    ownerUrl: env["DATABASE_OWNER_URL"] ?? env["DATABASE_URL"],
    root: projectRoot,
  };
}
