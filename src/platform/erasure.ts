// Erasing a person: their keys are destroyed and what names them is cleared, in one transaction; their files follow. Who was erased is
// written to a list outside the database too, so that a backup restored later does not bring them back: the next start erases them again.
import fs from "node:fs";
import path from "node:path";
import { sql } from "kysely";
import { audit } from "./audit.ts";
import type { Blobs } from "./blobs.ts";
import { type Database, systemActor, type Tx } from "./database.ts";
import { type Duty, type Log, startDuty } from "./duty.ts";
import { open, seal } from "./field-cipher.ts";
import type { Keys } from "./keys.ts";
import { type PersonAt, withPersonKey } from "./person-keys.ts";

type With = { readonly keys: Keys; readonly blobs: Blobs };
type File = { readonly id: string; readonly sha256: string; readonly fileKey: Buffer | null };

/** What a terminal is told of work on an erased person's record: nothing. */
const nothingTold = { issues: [] };

/**
 * Erases the person for ever. Stays: ids, states, dates of steps, counts, the audit. What of them stands in lists that departments sent
 * goes with the list; in releases and stored answers to requests when these end.
 * @throws when the person is not in the caller's area
 */
export async function eraseSubject(tx: Tx, { keys, blobs }: With, { county, subjectId }: PersonAt): Promise<void> {
  const { rows: entries } = await sql<{ county: number; entry: string }>`select e.county, e.entry from bundle_entry e join record r on r.county = e.record_county and r.id = e.record_id
    where r.county = ${county} and r.subject_id = ${subjectId}::uuid`.execute(tx);
  const { rows: files } = await sql<File>`
    select m.id, m.sha256, ${withPersonKey("m.file_key", "r.county", "r.subject_id")} as file_key from media m join record r on r.county = m.county and r.id = m.record_id
      where r.county = ${county} and r.subject_id = ${subjectId}::uuid
    union all select c.id, c.proof_sha256, null from case_file c where c.county = ${county} and c.subject_id = ${subjectId}::uuid and c.proof_sha256 is not null`.execute(tx);
  const place = ({ id, sha256, fileKey }: File): string => blobs.placeOf(county, { sha256, key: fileKey === null ? undefined : Buffer.from(open<string>(keys, county, id, fileKey), "base64") });
  const told = entries.map((one) => seal(keys, one.county, one.entry, nothingTold));
  await sql`select security.erase_person(${county}, ${subjectId}::uuid, ${entries.map((one) => one.entry)}::uuid[], ${told}::bytea[], ${files.map((file) => file.sha256)}::text[], ${files.map(place)}::text[])`.execute(tx);
  await audit(tx, { action: "person.erase", county, people: 1, detail: { subject: subjectId } });
}

const duty = systemActor("erasure");
const listFile = (dataDir: string): string => path.join(dataDir, "keys", "erased");

/** People on the list outside the database. */
export function erasedOutside(dataDir: string): PersonAt[] {
  const file = listFile(dataDir);
  if (!fs.existsSync(file)) return [];
  return fs.readFileSync(file, "utf8").split("\n").flatMap((line) => {
    const [county, subjectId] = line.split(" ");
    return county !== undefined && subjectId !== undefined && /^\d{6}$/.test(county) ? [{ county: Number(county), subjectId }] : [];
  });
}

type Given = With & { readonly database: Database };

/** Writes new erasures to the list outside the database and removes the files of who was erased. @returns how many were settled */
export async function settleErasures({ database, blobs }: Given, dataDir: string): Promise<number> {
  const rows = await database.read(duty, (tx) => tx.selectFrom("erasure").select(["county", "subjectId", "at", "files"]).where("settledAt", "is", null).orderBy("at").limit(1000).execute());
  if (rows.length === 0) return 0;
  const handle = fs.openSync(listFile(dataDir), "a", 0o600);
  try {
    fs.writeSync(handle, rows.map((row) => `${row.county} ${row.subjectId} ${row.at.toISOString()}\n`).join(""));
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  for (const row of rows) for (const place of row.files) await blobs.removeAt(place);
  await database.write(duty, (tx) => tx.updateTable("erasure").set({ settledAt: new Date() }).where("subjectId", "in", rows.map((row) => row.subjectId)).where("settledAt", "is", null).execute());
  return rows.length;
}

/** Erases again whom the list names and this database, restored from an older backup, still holds. @returns how many */
export async function replayErasures(given: Given, dataDir: string): Promise<number> {
  let again = 0;
  for (const at of erasedOutside(dataDir)) {
    again += await given.database.write(duty, async (tx) => {
      const held = await tx.selectFrom("subject").select("id").where("county", "=", at.county).where("id", "=", at.subjectId).where("erasedAt", "is", null).executeTakeFirst();
      if (held) await eraseSubject(tx, given, at);
      return held ? 1 : 0;
    });
  }
  return again;
}

/** Settles erasures now and every ten seconds. */
export const startErasures = (given: Given, dataDir: string, log: Log): Duty => startDuty({ name: "erasures", everyMs: 10_000, log, work: () => settleErasures(given, dataDir) });
