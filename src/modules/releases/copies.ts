// The copy after it was made: taken once, its passphrase shown apart from it, its destruction recorded; and a found file traced to its copy.
import fs from "node:fs/promises";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open } from "../../platform/field-cipher.ts";
import type { FileReply, StoredFileReply, UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { openSpreadsheet, uninert } from "../../platform/spreadsheet.ts";
import { officeKeys } from "../fieldwork/service.ts";
import type { traceRelease } from "./contract.ts";
import type { Cell } from "./fields.ts";
import { evidenceFor, isCode } from "./mark.ts";
import { releaseFile } from "./produce.ts";
import { type Key, lockRelease, markedReleases, releaseOf, type ReleaseRow, setRelease } from "./queries.ts";
import { copyName, MOST_DOWNLOADS } from "./rules.ts";
import { type View, viewOf } from "./view.ts";

async function ownReady(tx: Tx, platform: Platform, key: Key): Promise<ReleaseRow> {
  const row = await lockRelease(tx, key);
  if (row.askedBy !== tx.actor.account) throw new Problem("not-found");
  if (row.state !== "ready") throw new Problem("move-not-possible", { zh: "文件已取走、已清除或尚未生成", en: "The file was taken, was wiped or is not made yet" });
  if (row.validUntil <= platform.clock.now()) throw new Problem("move-not-possible", { zh: "下载期限已过，文件已清除", en: "The time for taking it has ended" });
  return row;
}

const note = (tx: Tx, action: string, row: ReleaseRow, detail: Readonly<Record<string, unknown>> = {}): Promise<void> =>
  audit(tx, { action, purpose: row.query.purpose, county: row.county, area: row.area, people: row.rows ?? 0, detail: { release: row.id, copy: row.copyNo, ...detail } });

/**
 * The sealed file, for the asker within the period. It is wiped as soon as it has gone out whole; a transfer that broke may be tried again,
 * three times in all. @throws Problem not-found, move-not-possible
 */
export async function takeFile(tx: Tx, platform: Platform, key: Key): Promise<StoredFileReply> {
  const row = await ownReady(tx, platform, key);
  if (row.downloads >= MOST_DOWNLOADS) throw new Problem("move-not-possible", { zh: "下载已三次未完成，请重新申请", en: "Three downloads broke; ask anew" });
  await setRelease(tx, key, { downloads: row.downloads + 1 });
  await note(tx, "release.take", row, { attempt: row.downloads + 1, file: row.fileDigest });
  const { actor } = tx;
  return { fileName: `${copyName(row.county, row.copyNo)}.qcb`, mime: "application/octet-stream", path: releaseFile(platform, row), sent: () => platform.database.write(actor, (after) => markTaken(after, platform, key)) };
}

async function markTaken(tx: Tx, platform: Platform, key: Key): Promise<void> {
  const row = await lockRelease(tx, key);
  if (row.state !== "ready") return;
  const now = platform.clock.now();
  await setRelease(tx, key, { state: "taken", takenAt: now, wipedAt: now });
  await note(tx, "release.taken", row);
  await fs.rm(releaseFile(platform, row), { force: true });
}

/** For the asker, to be told by another way than the file; it can be read until the file's period ends. @throws Problem not-found, move-not-possible */
export async function showPassphrase(tx: Tx, platform: Platform, key: Key): Promise<{ passphrase: string }> {
  const row = await lockRelease(tx, key);
  if (row.askedBy !== tx.actor.account) throw new Problem("not-found");
  if (row.passphrase === null || !["ready", "taken"].includes(row.state) || row.validUntil <= platform.clock.now()) throw new Problem("move-not-possible", { zh: "没有可显示的口令，或已按期清除", en: "There is no passphrase to show, or it was wiped in time" });
  if (row.passphraseShownAt === null) await setRelease(tx, key, { passphraseShownAt: platform.clock.now() });
  await note(tx, "release.passphrase", row);
  return { passphrase: open<string>(platform.keys, row.county, `${row.id}:passphrase`, row.passphrase) };
}

/** The receiver has confirmed that the copy is destroyed. @throws Problem not-found, move-not-possible */
export async function confirmDestroyed(tx: Tx, platform: Platform, key: Key, said: string): Promise<View> {
  const row = await lockRelease(tx, key);
  if (row.state !== "taken" || row.destroyedAt !== null) throw new Problem("move-not-possible", { zh: "此副本未取走或已登记销毁", en: "This copy was not taken, or its destruction is recorded" });
  await setRelease(tx, key, { destroyedAt: platform.clock.now(), destroyedBy: tx.actor.account, destroyedNote: said });
  await note(tx, "release.destroyed", row);
  return viewOf(tx, platform, await releaseOf(tx, key));
}

/** What a receiver needs to check the office's signature, as `qingce release open` and `qingce bundle` read it. */
export function officeKeyFile(platform: Platform, suite: "international" | "national"): FileReply {
  const { sign, seal } = officeKeys(platform.keys, suite);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  return { fileName: `office-key-${suite}.public.json`, mime: "application/json", bytes: Buffer.from(`${JSON.stringify({ suite, sign: hex(sign.publicKey), seal: hex(seal.publicKey) }, undefined, 2)}\n`) };
}

/** Bytes of a text file that are looked at; of a longer one the beginning. */
const LOOKED_AT = 60 << 20;
const MOST_ROWS = 200_000;

type Found = { readonly codes: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

/** Row codes and rows of a found file. The code's column is taken out; texts are as they were before apostrophes. */
async function rowsOfFile(bytes: Buffer): Promise<Found> {
  const text = bytes.length > LOOKED_AT && bytes[0] !== 0x50;
  const sheet = openSpreadsheet(text ? bytes.subarray(0, bytes.lastIndexOf(10, LOOKED_AT) + 1) : bytes);
  const codes: string[] = [];
  const rows: Cell[][] = [];
  reading: for (const name of sheet.sheets.slice(0, 1)) {
    for await (const chunk of sheet.rows(name)) {
      for (const { cells } of chunk) {
        const values = cells.map((cell): Cell => (cell === null || cell === undefined || cell === "" ? null : typeof cell === "string" ? uninert(cell) : typeof cell === "number" ? cell : String(cell)));
        const code = values.findIndex(isCode);
        if (code >= 0) codes.push(String(values[code]));
        rows.push(values.filter((_, i) => i !== code));
        if (rows.length >= MOST_ROWS) break reading;
      }
    }
  }
  return { codes, rows };
}

/** Which copies the file may be, those for which something speaks. @throws Problem bad-request, file-not-readable, file-too-large */
export async function traceFile(tx: Tx, platform: Platform, file: UploadedFile | undefined): Promise<ReplyOf<typeof traceRelease>> {
  if (!file) throw new Problem("bad-request");
  const { codes, rows } = await rowsOfFile(file.bytes);
  const found = [];
  for (const row of await markedReleases(tx)) {
    const { secret } = open<{ secret: string }>(platform.keys, row.county, row.id, row.mark!);
    const width = row.query.fields.length;
    // Head lines and what was added at the right are no rows of the copy; empty cells at the end of a line may be missing.
    const own = rows.filter((cells) => cells.some((cell) => cell !== null)).slice(codes.length < rows.length ? Math.min(2, rows.length - codes.length) : 0).map((cells) => Array.from({ length: width }, (_, i) => cells[i] ?? null));
    const evidence = evidenceFor(secret, codes.slice(0, 2000), own);
    if (evidence.sure) found.push({ copy: copyName(row.county, row.copyNo), county: row.county, id: row.id, receiver: row.query.receiver.name, ...evidence });
  }
  await audit(tx, { action: "release.trace", people: 0, detail: { rows: rows.length, found: found.map((one) => one.id) } });
  return { rows: rows.length, found: found.sort((a, b) => b.codes - a.codes || b.ordered - a.ordered) };
}
