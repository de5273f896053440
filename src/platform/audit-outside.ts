// Checkpoints outside the database: an append-only file in one or more folders, best on a medium that somebody else keeps. A folder that was
// away gets what it missed; nothing that stands there is ever changed.
import fs from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { systemActor } from "./database.ts";

export type KeptCheckpoint = { readonly no: number; readonly seq: number; readonly digest: string; readonly rows: number; readonly algorithm: string; readonly at: string; readonly key: string; readonly signature: string };
type Row = Omit<KeptCheckpoint, "at" | "key"> & { readonly at: Date; readonly keyId: string; readonly publicKey: string };
type StubRow = { readonly toSeq: number; readonly digest: string; readonly removed: number; readonly at: Date; readonly keyId: string; readonly publicKey: string; readonly signature: string };

export const checkpointFile = "checkpoints.jsonl";
const stubFile = "stubs.jsonl";
const most = 10_000;
const duty = systemActor("audit");

/** How far each folder's file was found to reach, so that an idle round reads nothing. */
const reached = new Map<string, { readonly no: number; readonly stub: number }>();

/** Brings the files of all folders up to the database. @throws the first fault of a folder after all were tried, also when a file is ahead of the database */
export async function keepOutside(database: Database, folders: readonly string[]): Promise<void> {
  const faults: unknown[] = [];
  for (const folder of folders) {
    await keepIn(database, folder).catch((fault: unknown) => {
      reached.delete(folder);
      faults.push(fault);
    });
  }
  if (faults.length > 0) throw faults[0];
}

async function keepIn(database: Database, folder: string): Promise<void> {
  const at = reached.get(folder) ?? (await lastIn(folder));
  const { checkpoints, stubs, end } = await database.read(duty, async (tx) => ({
    checkpoints: (await sql<Row>`select * from security.audit_checkpoints(${at.no}, ${most})`.execute(tx)).rows,
    stubs: (await sql<StubRow>`select * from security.audit_stubs()`.execute(tx)).rows.filter((stub) => stub.toSeq > at.stub),
    end: (await sql<{ no: number }>`select no from security.last_audit_checkpoint()`.execute(tx)).rows[0]?.no ?? 0,
  }));
  if (end < at.no) throw new Error(`the audit's checkpoints in ${folder} reach number ${at.no}, those of the database only ${end}: the database is older than its checkpoints`);
  if (checkpoints.length === 0 && stubs.length === 0) return;
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { keyId, publicKey } of [...checkpoints, ...stubs]) await fs.writeFile(path.join(folder, `key-${keyId}.pem`), publicKey, { flag: "wx" }).catch(alreadyThere);
  await append(path.join(folder, checkpointFile), checkpoints.map(({ keyId, publicKey: _, at: when, ...row }) => ({ ...row, at: when.toISOString(), key: keyId })));
  await append(path.join(folder, stubFile), stubs.map(({ keyId, publicKey: _, at: when, ...row }) => ({ ...row, at: when.toISOString(), key: keyId })));
  reached.set(folder, { no: checkpoints.at(-1)?.no ?? at.no, stub: stubs.at(-1)?.toSeq ?? at.stub });
  if (checkpoints.length === most) await keepIn(database, folder);
}

const alreadyThere = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "EEXIST") throw error;
};

async function append(file: string, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return;
  const handle = await fs.open(file, "a", 0o600);
  try {
    await handle.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Where a folder's files end. A last line that a power cut left half is closed, so that the next stands on its own; the verification passes over it. */
async function lastIn(folder: string): Promise<{ readonly no: number; readonly stub: number }> {
  const last = async (name: string): Promise<Readonly<Record<string, unknown>>> => {
    const file = path.join(folder, name);
    const text = await fs.readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return "";
    });
    if (text !== "" && !text.endsWith("\n")) await fs.appendFile(file, "\n");
    return JSON.parse(text.split("\n").findLast((line) => line.startsWith("{") && line.endsWith("}")) ?? "{}") as Readonly<Record<string, unknown>>;
  };
  return { no: Number((await last(checkpointFile))["no"] ?? 0), stub: Number((await last(stubFile))["toSeq"] ?? 0) };
}
