// Where things are and how the server listens, read once from the environment and the command line.
import path from "node:path";
import type { SuiteName } from "./ciphers.ts";

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
  /** Folders that take the checkpoints of the audit: in the data folder, and where QINGCE_AUDIT_COPY says, best on another medium. */
  readonly auditDirs: readonly string[];
  /** Cipher suite of an installation that is new; one that exists keeps its own until its keys are renewed. */
  readonly suite: SuiteName;
  /** Program that looks at each file that comes in. */
  readonly scanner: string | undefined;
  /** Terminals may ask the browser where a home visit is made. */
  readonly asksPlace: boolean;
  /** List of passwords known from breaches. */
  readonly breachedPasswords: string | undefined;
  /** Addresses or networks of the proxy in front, whose word on protocol and caller is believed. */
  readonly proxies: readonly string[];
  readonly root: string;
};

export const projectRoot: string = path.resolve(import.meta.dirname, "../..");

/** Reads QINGCE_DATA, QINGCE_INBOX (default: `inbox` in the data folder), QINGCE_HOST, QINGCE_PORT, QINGCE_SUITE (`international` or `national`), QINGCE_PROXY (addresses, by commas), QINGCE_AUDIT_COPY, QINGCE_SCANNER, QINGCE_TERMINAL_PLACE (`on`), QINGCE_BREACHED_PASSWORDS, DATABASE_URL and DATABASE_OWNER_URL; flags override. Listens on loopback unless told otherwise. */
export function readConfig(flags: Readonly<Record<string, string | undefined>> = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(flags["port"] ?? env["QINGCE_PORT"] ?? 7350);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`port must be 0–65535, not ${flags["port"] ?? env["QINGCE_PORT"]}`);
  const suite = env["QINGCE_SUITE"] ?? "international";
  if (suite !== "international" && suite !== "national") throw new Error(`QINGCE_SUITE must be international or national, not ${suite}`);
  const asked = env["QINGCE_TERMINAL_PLACE"] || "off";
  if (asked !== "on" && asked !== "off") throw new Error(`QINGCE_TERMINAL_PLACE must be on or off, not ${asked}`);
  const dataDir = path.resolve(flags["data"] ?? env["QINGCE_DATA"] ?? path.join(projectRoot, "data"));
  return {
    dataDir,
    inboxDir: path.resolve(env["QINGCE_INBOX"] ?? path.join(dataDir, "inbox")),
    auditDirs: [path.join(dataDir, "audit/checkpoints"), ...(env["QINGCE_AUDIT_COPY"] ? [path.resolve(env["QINGCE_AUDIT_COPY"])] : [])],
    host: flags["host"] ?? env["QINGCE_HOST"] ?? "127.0.0.1",
    port,
    databaseUrl: env["DATABASE_URL"],
    ownerUrl: env["DATABASE_OWNER_URL"] ?? env["DATABASE_URL"],
    suite,
    scanner: env["QINGCE_SCANNER"] || undefined,
    asksPlace: asked === "on",
    breachedPasswords: env["QINGCE_BREACHED_PASSWORDS"] ? path.resolve(env["QINGCE_BREACHED_PASSWORDS"]) : undefined,
    proxies: (env["QINGCE_PROXY"] ?? "").split(",").map((each) => each.trim()).filter((each) => each !== ""),
    root: projectRoot,
  };
}
