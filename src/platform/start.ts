// Opens an installation: its folder, lock, keys, database (embedded or given), queue and files. Everything that can go
// wrong at a start is told in one sentence (StartRefused) and leaves nothing running.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { openBlobs } from "./blobs.ts";
import { systemClock, type Clock } from "./clock.ts";
import { type KnownAnswer, proveCiphers } from "./ciphers.ts";
import type { Config } from "./config.ts";
import { openDatabase } from "./database.ts";
import { diskFull, isDiskFull, StartRefused, startPostgres, type PostgresServer } from "./embedded-postgres.ts";
import { replayErasures } from "./erasure.ts";
import { openKeys } from "./keys.ts";
import { migrate } from "./migrate.ts";
import { openQueue } from "./queue.ts";
import { scanWith } from "./scanner.ts";
import type { Platform } from "./platform.ts";

export type Installation = {
  readonly platform: Platform;
  /** Owner's connection: migrations and the load of areas only. */
  readonly owner: pg.ClientConfig;
  readonly migrations: readonly string[];
  /** Process of the embedded server, for measuring; undefined with a given server. */
  readonly postgresPid: () => number | undefined;
  readonly stop: () => Promise<void>;
};

/** Sized for an office PC: about 400 MB for the database. */
const settings = {
  shared_buffers: "192MB",
  work_mem: "24MB",
  maintenance_work_mem: "128MB",
  max_connections: "60",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  log_min_error_statement: "panic",
  log_parameter_max_length_on_error: "0",
};

/** @param published examples that the ciphers must give, when others than the standards' own */
export async function openInstallation(config: Config, clock: Clock = systemClock, published?: readonly KnownAnswer[]): Promise<Installation> {
  demandCiphers(published);
  demandList(config.breachedPasswords);
  prepareFolder(config.dataDir);
  const unlock = lockFolder(config.dataDir);
  let embedded: Embedded | undefined;
  try {
    const keys = openKeys(config.dataDir, config.suite);
    embedded = config.databaseUrl ? undefined : await runEmbedded(config.dataDir);
    const owner: pg.ClientConfig = embedded ? { host: embedded.now().socketDir, port: embedded.now().port, user: embedded.now().superuser, password: embedded.now().password, database: "qingce" } : { connectionString: config.ownerUrl! };
    if (embedded) await createDatabase(owner);
    const appPassword = secret(config.dataDir, "runtime-password");
    const migrations = await migrate({ owner, appPassword, keys });
    const app = embedded ? { ...owner, user: "qingce_app", password: appPassword } : { connectionString: config.databaseUrl! };
    const database = openDatabase(app, keys);
    const blobs = openBlobs(config.dataDir, keys);
    await replayErasures({ database, keys, blobs }, config.dataDir);
    const queue = await openQueue(database, app);
    const workFolder = path.join(config.dataDir, "work");
    fs.rmSync(workFolder, { recursive: true, force: true });
    fs.mkdirSync(workFolder, { recursive: true, mode: 0o700 });
    const running = embedded;
    return {
      platform: { database, keys, blobs, queue, clock, dataFolder: config.dataDir, workFolder, bundleFolder: path.join(config.dataDir, "bundles"), inboxFolder: config.inboxDir, auditFolders: config.auditDirs, ...(config.scanner !== undefined && { scan: scanWith(config.scanner) }), ...(config.asksPlace && { asksPlace: true }), ...(config.breachedPasswords !== undefined && { breachedPasswords: config.breachedPasswords }) },
      owner,
      migrations,
      postgresPid: () => running?.now().pid,
      async stop() {
        await queue.stop();
        await database.close();
        await running?.stop();
        unlock();
      },
    };
  } catch (error) {
    await embedded?.stop();
    unlock();
    throw inOneSentence(error, config);
  }
}

/** Nothing is sealed or opened by ciphers that do not give the published examples. */
function demandCiphers(published?: readonly KnownAnswer[]): void {
  try {
    proveCiphers(published);
  } catch (error) {
    const which = error instanceof Error ? error.message : String(error);
    throw new StartRefused(`密码算法自检未通过（${which}）`, which);
  }
}

/** A list of breached passwords that was asked for is there: without it every new password would fail. */
function demandList(file: string | undefined): void {
  if (file === undefined || fs.existsSync(file)) return;
  throw new StartRefused(`没有找到泄露密码清单 ${file}`, `the list of breached passwords ${file} is not there`);
}

function inOneSentence(error: unknown, config: Config): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (isDiskFull(error)) return diskFull(config.dataDir);
  if (code === "EACCES" || code === "EROFS" || code === "EPERM") return new StartRefused(`数据目录 ${config.dataDir} 不可写`, `the data folder ${config.dataDir} is not writable`);
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "28P01") return new StartRefused(`DATABASE_URL 指定的数据库没有应答（${(error as Error).message}）`, `the database of DATABASE_URL does not answer (${(error as Error).message})`);
  return error;
}

function prepareFolder(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    const probe = path.join(dataDir, ".writable");
    fs.writeFileSync(probe, "x");
    fs.rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOSPC") throw diskFull(dataDir);
    throw new StartRefused(`数据目录 ${dataDir} 不可写（${code}）`, `the data folder ${dataDir} is not writable (${code})`);
  }
}

/** Whether a server is at work on a data folder. */
export function isServed(dataDir: string): boolean {
  const file = path.join(dataDir, "lock");
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  return holder !== 0 && holder !== process.pid && isQingce(holder);
}

/** One server per folder. A lock whose process is gone is taken over: a killed start recovers. */
function lockFolder(dataDir: string): () => void {
  const file = path.join(dataDir, "lock");
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  if (holder && holder !== process.pid && isQingce(holder)) throw new StartRefused(`另一个清册（进程 ${holder}）正在使用数据目录 ${dataDir}`, `another Qingce (process ${holder}) is using the data folder ${dataDir}`);
  fs.writeFileSync(file, String(process.pid));
  return () => fs.rmSync(file, { force: true });
}

function isQingce(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const command = `/proc/${pid}/cmdline`;
    return !fs.existsSync(command) || fs.readFileSync(command, "utf8").includes("main.ts");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function secret(dataDir: string, name: string): string {
  const file = path.join(dataDir, "keys", name);
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

async function createDatabase(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...owner, database: "postgres" });
  await client.connect();
  const { rowCount } = await client.query("select from pg_database where datname = 'qingce'");
  if (rowCount === 0) await client.query("create database qingce");
  await client.end();
}

type Embedded = { readonly now: () => PostgresServer; readonly stop: () => Promise<void> };

/** Keeps the embedded server running: when it ends by itself it is started again, and requests meanwhile get `database-away`. */
async function runEmbedded(dataDir: string): Promise<Embedded> {
  let server = await startPostgres(dataDir, settings);
  let stopping = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      if (stopping) return;
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (stopping) return;
      server = await startPostgres(dataDir, settings).catch(async () => {
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        return server;
      });
    }
  };
  void watch();
  return {
    now: () => server,
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}
