// Bundles to terminals: asked for over the network or at the office, made into a file in the background when there is much, fetched by pieces.
import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { seal } from "../../bundle/seal.ts";
import { audit } from "../../platform/audit.ts";
import { type Actor, systemActor, type Tx } from "../../platform/database.ts";
import type { FileReply, StoredFileReply } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { demandOpen, noticeAt } from "../safeguards/service.ts";
import { makeDown, operatorsInForce, schemesInForce } from "./down-make.ts";
import * as rows from "./down-rows.ts";
import { noticesFor } from "./notices.ts";
import { officeKeys, officeName } from "./office-keys.ts";
import { forDevice, type Knock } from "./knock.ts";
import { deviceById, type EnrolledDevice, isEnrolled, type LeaseRow, lockDevice, newestLease, revocationsNo, revokedDevices } from "./queries.ts";
import { downFileOf } from "./upload-files.ts";
import { wake } from "./wake.ts";

const duty = systemActor("terminals");
export type Asked = { readonly id: string; readonly state: "preparing" | "ready" | "nothing-new"; readonly bytes: number; readonly done: number; readonly total: number };
/** So few people are read and sealed while the terminal waits. */
const atOnce = 300;

/** A terminal's cursor is the last bundle it took in: number and id. */
export const cursorOf = (row: Pick<rows.DownRow, "seq" | "id">): string => `${row.seq}.${row.id}`;

/** The bundle behind a cursor, when it is one of this device's and the database still knows its snapshot. */
async function bundleAt(tx: Tx, device: EnrolledDevice, cursor: string | undefined, cluster: string): Promise<rows.DownRow | undefined> {
  const [, seq, id] = /^(\d{1,9})\.([0-9a-f-]{36})$/u.exec(cursor ?? "") ?? [];
  const row = seq === undefined ? undefined : await rows.downAt(tx, device, Number(seq));
  return row?.id === id && row?.state === "ready" && !row.withheld && row.cluster === cluster ? row : undefined;
}

/** `today`: absent where no notices go out. */
type Now = { readonly reach: rows.Reach; readonly lease: LeaseRow | undefined; readonly today: string | undefined };
/** Is there nothing in the office that this bundle did not bring? */
async function isAllHeld(tx: Tx, device: EnrolledDevice, { reach, lease, today }: Now, held: rows.DownRow): Promise<boolean> {
  if ((lease?.no ?? 0) !== held.leaseNo || device.seq !== held.takenSeq || (await revocationsNo(tx, device.county)) !== held.revocationNo) return false;
  const campaigns = held.holds.filter((one) => one.startsWith("campaign:")).map((one) => one.slice("campaign:".length));
  if (campaigns.toSorted().join() !== reach.campaigns.toSorted().join() || !held.holds.includes(`days:${reach.days}`)) return false;
  if ((await rows.countReceipts(tx, device, held)) > 0 || (await rows.countPeople(tx, reach, held)) > 0) return false;
  if (today !== undefined && (await noticesFor(tx, device, held, today)).length > 0) return false;
  return (await rows.goneSince(tx, reach, held, [])).length === 0;
}

/** Rounds of the area in the programmes for which its collectors may capture. */
export async function reachOf(tx: Tx, platform: Platform, device: EnrolledDevice): Promise<rows.Reach> {
  const { lo, hi } = areaRange(device.area);
  const may = await schemesInForce(tx, platform, device);
  const rounds = (await rows.roundsOf(tx, lo, hi, platform.clock.today())).filter((round) => may === undefined || may.has(round.scheme));
  const notices: (string | undefined)[] = [];
  for (const { scheme } of rounds) notices.push((await noticeAt(tx, platform, { scheme, area: device.area }))?.digest);
  return { county: device.county, lo, hi, campaigns: rounds.map((round) => round.id), days: createHash("sha256").update(JSON.stringify([...rounds.map((round) => round.gate), ...notices])).digest("hex") };
}

type Begun = { readonly row: rows.DownRow; readonly nothingNew: boolean };
type Wish = { readonly cursor: string | undefined; readonly whole: boolean; readonly way: "http" | "file"; readonly by: string };

/** Finds or begins the bundle that brings a terminal up to now, in a transaction of the duty. */
async function begin(tx: Tx, platform: Platform, device: { readonly county: number; readonly id: string }, input: Wish): Promise<Begun> {
  const locked = await lockDevice(tx, device.county, device.id);
  if (!isEnrolled(locked)) throw new Problem("device-not-known");
  await demandOpen(tx, areaRange(locked.area));
  const { snapshot, cluster } = await rows.snapshotNow(tx);
  const held = await bundleAt(tx, locked, input.cursor, cluster);
  if (held && held.seq !== locked.confirmedSeq) await confirm(tx, locked, held.seq);
  const since = input.whole ? undefined : held;
  const reach = await reachOf(tx, platform, locked);
  const lease = await newestLease(tx, locked);
  const canBeOpened = lease !== undefined && lease.untilAt > platform.clock.now() && (await operatorsInForce(tx, platform, locked)).length > 0;
  const now: Now = { reach, lease, today: canBeOpened ? platform.clock.today() : undefined };
  if (since && (await isAllHeld(tx, locked, now, since))) return { row: since, nothingNew: true };
  const withheld = now.today === undefined;
  const newest = await rows.newestDown(tx, locked);
  // One that was asked for before and not taken in yet is gone on with, as long as it is still the whole news.
  if (newest && newest.seq === locked.downSeq && newest.cluster === cluster && newest.sinceSeq === (since?.seq ?? 0) && newest.withheld === withheld && newest.whole === (!since && !withheld)) {
    if (newest.state === "preparing") return { row: newest, nothingNew: false };
    if (newest.state === "ready" && (await isThere(platform, newest)) && (await isAllHeld(tx, locked, now, newest))) return { row: newest, nothingNew: false };
  }
  const total = (withheld ? 0 : await rows.countPeople(tx, reach, since)) + (await rows.countReceipts(tx, locked, since));
  const row = {
    county: locked.county,
    deviceId: locked.id,
    seq: locked.downSeq + 1,
    id: newId(),
    area: locked.area,
    way: input.way,
    state: "preparing",
    whole: !since && !withheld,
    withheld,
    sinceSeq: since?.seq ?? 0,
    snapshot,
    cluster,
    revocationNo: await revocationsNo(tx, locked.county),
    leaseNo: lease?.no ?? 0,
    takenSeq: locked.seq,
    holds: [...reach.campaigns.map((id) => `campaign:${id}`), `days:${reach.days}`] as string[],
    total,
    askedBy: input.by,
    at: platform.clock.now(),
  } as const;
  await tx.insertInto("downBundle").values(row).execute();
  await tx.updateTable("device").set({ downSeq: row.seq }).where("county", "=", locked.county).where("id", "=", locked.id).execute();
  // Written before anything is read: how many people of which area, once for each bundle.
  await audit(tx, { action: "terminal.read-people", purpose: "terminal", county: locked.county, area: locked.area, people: total, detail: { device: locked.id, bundle: row.id, whole: row.whole } });
  return { row: { ...row, done: 0, people: 0, bytes: 0, digest: null }, nothingNew: false };
}

/** What the terminal has shown to hold: receipts and returns in it are delivered. */
export const confirm = (tx: Tx, device: { readonly county: number; readonly id: string }, seq: number) =>
  tx.updateTable("device").set({ confirmedSeq: seq }).where("county", "=", device.county).where("id", "=", device.id).execute();

const isThere = (platform: Platform, row: rows.DownRow): Promise<boolean> =>
  fs.access(downFileOf(platform, row)).then(
    () => true,
    () => false,
  );

/** A terminal asks for what is new since its cursor; asked again, it hears how far the making is. */
export async function askDown(platform: Platform, knock: Knock, input: { readonly cursor?: string | undefined }): Promise<Asked> {
  const { row, nothingNew } = await forDevice(platform, knock, "write", (tx, device) => begin(tx, platform, device, { cursor: input.cursor, whole: false, way: "http", by: `device:${device.id}` }));
  if (nothingNew) return { id: row.id, state: "nothing-new", bytes: 0, done: 0, total: 0 };
  if (row.state === "ready") return { id: row.id, state: "ready", bytes: row.bytes, done: row.done, total: row.total };
  if (row.total <= atOnce) return { id: row.id, state: "ready", bytes: await makeDown(platform, row), done: row.total, total: row.total };
  wake(platform);
  return { id: row.id, state: "preparing", bytes: 0, done: row.done, total: row.total };
}

/** Bytes of a bundle from an offset on. @throws Problem not-found: also when the file is gone and is to be asked for again */
export async function getDown(platform: Platform, knock: Knock, id: string, offset: number, length: number): Promise<FileReply> {
  const row = await forDevice(platform, knock, "read", async (tx, device) => {
    await demandOpen(tx, areaRange(device.area));
    const found = await rows.downById(tx, id);
    if (!found || found.deviceId !== device.id || found.county !== device.county || found.state !== "ready" || offset >= found.bytes) throw new Problem("not-found");
    return found;
  });
  const file = await fs.open(downFileOf(platform, row), "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new Problem("not-found");
    throw error;
  });
  try {
    const bytes = new Uint8Array(Math.min(length, row.bytes - offset));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    if (offset + bytesRead >= row.bytes) await platform.database.write(duty, (tx) => tx.updateTable("downBundle").set({ fetchedAt: platform.clock.now() }).where("county", "=", row.county).where("deviceId", "=", row.deviceId).where("seq", "=", row.seq).execute());
    return { fileName: `${row.id}.qcb`, mime: "application/octet-stream", bytes: bytes.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/**
 * The same bundle as a file to carry. No transaction is held while the file is made.
 * @throws Problem not-found, move-not-possible (no terminal has enrolled), frozen
 */
export async function takeBundle(platform: Platform, caller: Actor, id: string, input: { readonly whole?: boolean | undefined }): Promise<FileReply | StoredFileReply> {
  const { device, confirmed, revocations } = await platform.database.write(caller, async (tx) => {
    await demandOpen(tx, caller);
    const found = await deviceById(tx, id);
    if (!found) throw new Problem("not-found");
    if (!isEnrolled(found)) throw new Problem("move-not-possible", { zh: "终端尚未启用：请先用激活码登记", en: "The terminal is not enrolled yet: use the activation code first" });
    if (found.state !== "revoked") return { device: found, confirmed: found.confirmedSeq > 0 ? await rows.downAt(tx, found, found.confirmedSeq) : undefined };
    await audit(tx, { action: "terminal.take-bundle", county: found.county, area: found.area, people: 0, detail: { device: found.id, revoked: true } });
    return { device: found, revocations: await revocationsFor(tx, platform, found) };
  });
  if (revocations) return revocations;
  const { row } = await platform.database.write(duty, (own) => begin(own, platform, device, { cursor: confirmed && cursorOf(confirmed), whole: input.whole === true || !confirmed, way: "file", by: caller.account }));
  if (row.state !== "ready") await makeDown(platform, row);
  await platform.database.write(caller, (tx) => audit(tx, { action: "terminal.take-bundle", county: device.county, area: device.area, people: row.total, detail: { device: device.id, bundle: row.id } }));
  return { fileName: `清册-${device.label}-${row.seq}.qcb`, mime: "application/octet-stream", path: downFileOf(platform, row) };
}

/** For a terminal that is not known any more: the list of revoked devices and nothing else, sealed to it and signed by the office. @throws Problem not-found */
export async function getRevocations(platform: Platform, id: string): Promise<FileReply> {
  return platform.database.read(duty, async (tx) => {
    const device = await deviceById(tx, id);
    if (device?.state !== "revoked" || !isEnrolled(device)) throw new Problem("not-found");
    return revocationsFor(tx, platform, device);
  });
}

async function revocationsFor(tx: Tx, platform: Platform, device: EnrolledDevice): Promise<FileReply> {
  const [now, keys] = [platform.clock.now(), officeKeys(platform.keys, device.suite)];
  const entry = { type: "revocations", no: await revocationsNo(tx, device.county), devices: await revokedDevices(tx, device.county) };
  const chunks: Uint8Array[] = [];
  const header = { kind: "terminal", from: officeName(device.county), to: device.id, seq: device.downSeq + 1, previous: device.downDigest ?? "0".repeat(64), created: now.toISOString(), expires: new Date(now.getTime() + 30 * 86_400_000).toISOString() } as const;
  for await (const chunk of seal({ suite: device.suite, header, pieces: [{ entry }], device: keys.sign, receiver: Buffer.from(device.sealKey, "hex") })) chunks.push(chunk);
  return { fileName: `清册-${device.label}-吊销.qcb`, mime: "application/octet-stream", bytes: Buffer.concat(chunks) };
}
