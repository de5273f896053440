// Making a bundle for a node: upward the records that stand otherwise than they were sent, which are only stored or on hold now, and who was erased; downward rounds, returns and words of departments.
// Chain, what was sent and the file are one step: a crash before the commit leaves a file that the next try writes over.
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { seal } from "../../bundle/seal.ts";
import { type Piece } from "../../bundle/frames.ts";
import { NO_PREVIOUS } from "../../bundle/header.ts";
import { areaRange, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open, seal as sealEntry } from "../../platform/field-cipher.ts";
import type { StoredFileReply } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { reviewAcross, windowsOf } from "../campaigns/service.ts";
import { officeKeys } from "../fieldwork/service.ts";
import { demandOpen } from "../safeguards/service.ts";
import { readPicture, type Replica, replicasOf, storedFiles } from "../records/service.ts";
import { answersToSend, countReportsToSend, noteAnswersSent, noteReportsSent, reportsToSend } from "../reports/service.ts";
import type { DecisionEntry, NodeEntry, RoundEntry } from "./entries.ts";
import { askingFor, mayLeave } from "./confirm.ts";
import * as queries from "./queries.ts";
import { DAYS_VALID, NETWORK_BYTES, nodeName, PEOPLE_PER_BUNDLE, PICTURES_PER_BUNDLE, REPORTS_PER_BUNDLE } from "./rules.ts";

export type Packed = { readonly seq: number; readonly entries: number; readonly bytes: number; readonly counts: Record<string, number>; readonly left: number; /** For a second person. */ readonly waits: boolean };

/** The file of a bundle that was made for a node. */
export const sentFile = (platform: Platform, peer: string, seq: number): string => path.join(platform.bundleFolder ?? path.join(platform.workFolder, "bundles"), "nodes", peer.replace(":", "-"), `${String(seq).padStart(6, "0")}.qcb`);

/** A bundle that was made for a node, as it left. @throws Problem not-allowed, not-found (never made, or its file is gone), second-person-needed */
export async function sentBundle(tx: Tx, platform: Platform, peer: string, seq: number): Promise<StoredFileReply> {
  await queries.demandWholeNode(tx);
  const file = sentFile(platform, peer, seq);
  const sent = await queries.sentAt(tx, peer, seq);
  if (!sent || !existsSync(file)) throw new Problem("not-found");
  if (!mayLeave(sent)) throw new Problem("second-person-needed", { zh: "数据包含人员数据，须由另一机构或上级机构的人员确认后才能取走", en: "People are in it: a person of another office or of a higher level confirms it before it leaves" });
  return { fileName: `${peer.replace(":", "-")}-${seq}.qcb`, mime: "application/octet-stream", path: file };
}

/**
 * Makes the next bundle, or the last anew when a second person has not let it go yet. `mostPictures`: bytes of pictures after which no further record is taken along; a record is never split.
 * @throws Problem not-allowed, not-found, move-not-possible (ended, or nothing waits)
 */
export async function packForNode(tx: Tx, platform: Platform, name: string, mostPictures = PICTURES_PER_BUNDLE): Promise<Packed> {
  const own = await queries.demandWholeNode(tx);
  await demandOpen(tx, areaRange(own));
  const peer = await queries.lockPeer(tx, name);
  if (!peer) throw new Problem("not-found");
  if (peer.endedAt) throw new Problem("move-not-possible", { zh: "与该节点的交换已停止", en: "The exchange with this node has ended" });
  const last = await queries.sentAt(tx, name, peer.sentSeq);
  const anew = last !== undefined && !mayLeave(last);
  const seq = anew ? peer.sentSeq : peer.sentSeq + 1;
  const before = anew ? ((await queries.sentAt(tx, name, seq - 1))?.digest ?? null) : peer.sentDigest;
  if (anew) await queries.takeBack(tx, name, seq);
  const made = peer.side === "above" ? await upward(tx, platform, peer, peer.sending ? { bytes: NETWORK_BYTES, records: true } : { bytes: mostPictures, records: false }) : await downward(tx, platform, peer, seq);
  const counts = { ...made.counts };
  const self = nodeName(own);
  const now = platform.clock.now();
  const { suite, sign } = officeKeys(platform.keys, peer.suite);
  const header = { kind: peer.side === "above" ? ("node-up" as const) : ("node-down" as const), from: self, to: peer.name, seq, previous: before ?? NO_PREVIOUS, created: now.toISOString(), expires: new Date(now.getTime() + DAYS_VALID * 86_400_000).toISOString() };
  const file = sentFile(platform, peer.name, seq);
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await fs.open(file, "w", 0o600);
  let [bytes, entries, digest] = [0, 0, ""];
  const tell = (found: Uint8Array): void => void (digest = Buffer.from(found).toString("hex"));
  async function* counted(): AsyncGenerator<Piece> {
    for await (const piece of made.pieces()) {
      entries += 1;
      yield piece;
    }
    entries += 1;
    yield { entry: { type: "node-taken", seq: peer!.takenSeq, digest: peer!.takenDigest } satisfies NodeEntry };
  }
  try {
    for await (const part of seal({ suite: peer.suite, header, pieces: counted(), device: sign, receiver: Buffer.from(peer.sealKey, "hex"), tell })) {
      await handle.write(part);
      bytes += part.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await tx.updateTable("nodePeer").set({ sentSeq: seq, sentDigest: digest }).where("name", "=", peer.name).execute();
  const people = (counts["records"] ?? 0) + (counts["returns"] ?? 0) + (counts["words"] ?? 0) + (counts["decisions"] ?? 0);
  const row = { digest, entries, bytes, counts: JSON.stringify(counts), by: tx.actor.account, at: now, people, ...(await askingFor(tx, peer)) };
  if (anew) await tx.updateTable("nodeBundle").set(row).where("peer", "=", peer.name).where("way", "=", "sent").where("seq", "=", seq).execute();
  else await tx.insertInto("nodeBundle").values({ ...row, peer: peer.name, way: "sent", seq }).execute();
  await made.note(seq);
  await audit(tx, { action: "node.pack", people: counts["records"] ?? 0, area: tx.actor.lo, detail: { peer: peer.name, seq, suite: suite.name, ...counts } });
  return { seq, entries, bytes, counts, left: made.left, waits: people > 0 };
}

type Made = { readonly pieces: () => AsyncGenerator<Piece>; readonly counts: Record<string, number>; readonly left: number; readonly note: (seq: number) => Promise<void> };

/** Rounds within a range and the definitions they use; a definition goes along with the first bundle and when it is newer than the last. */
async function rounds(tx: Tx, peer: queries.Peer, wanted: ReadonlySet<string> | undefined): Promise<{ entries: NodeEntry[]; rounds: number; schemes: number }> {
  const found = (await queries.roundsWithin(tx, peer.lo, peer.hi)).filter((round) => wanted === undefined || wanted.has(round.id));
  const last = (await queries.bundlesOf(tx, peer.name)).find((bundle) => bundle.way === "sent" && bundle.seq <= peer.confirmedSeq);
  const schemes: NodeEntry[] = [];
  for (const key of new Set(found.map((round) => `${round.scheme}@${round.version}`))) {
    const [scheme = "", version = ""] = key.split("@");
    const row = await tx.selectFrom("schemeVersion").selectAll().where("scheme", "=", scheme).where("version", "=", version).executeTakeFirstOrThrow();
    if (!last || row.publishedAt > last.at) schemes.push({ type: "node-scheme", scheme, version, hash: row.hash, definition: row.definition as never });
  }
  const entries: RoundEntry[] = [];
  for (const { id, scheme, version, nameZh, nameEn, area, hi, referenceDate, startsOn, endsOn, chain } of found) {
    entries.push({ type: "node-round", id, scheme, version, nameZh, nameEn, area, hi, referenceDate, startsOn, endsOn, chain, windows: await windowsOf(tx, id), review: await reviewAcross(tx, id, peer.side === "below" ? peer : undefined) });
  }
  return { entries: [...schemes, ...entries], rounds: entries.length, schemes: schemes.length };
}

/** `records`: not the pictures alone count, but what the records say too. */
type Most = { readonly bytes: number; readonly records: boolean };

/** The first records that together stay below the limit, at least one. */
function within(replicas: readonly Replica[], most: Most): readonly Replica[] {
  let bytes = 0;
  const sizeOf = (replica: Replica): number => replica.pictures.reduce((sum, picture) => sum + picture.bytes, 0) + (most.records ? Buffer.byteLength(JSON.stringify(replica)) : 0);
  const over = replicas.findIndex((replica, i) => (bytes += sizeOf(replica)) > most.bytes && i > 0);
  return over < 0 ? replicas : replicas.slice(0, over);
}

async function upward(tx: Tx, platform: Platform, peer: queries.Peer, most: Most): Promise<Made> {
  const all = await queries.countUnsent(tx, peer);
  const waiting = await queries.unsentRecords(tx, peer.name, PEOPLE_PER_BUNDLE);
  const reports = await reportsToSend(tx, REPORTS_PER_BUNDLE);
  const reportsWaiting = await countReportsToSend(tx);
  const said = await queries.unsaidRestrictions(tx, peer.name);
  const held = await queries.unsaidHolds(tx, peer.name);
  const erased = await queries.untoldErasures(tx, peer.name);
  if (waiting.length === 0 && reports.length === 0 && said.length === 0 && held.length === 0 && erased.length === 0 && peer.confirmedSeq === peer.sentSeq && peer.sentSeq > 0) throw new Problem("move-not-possible", { zh: "没有需要上报的新内容", en: "Nothing new waits to be sent" });
  const replicas = within(await replicasOf(tx, platform, waiting, levelOf(await queries.ownArea(tx))), most);
  const taken = new Set(replicas.map((replica) => `${replica.county} ${replica.record}`));
  const records = waiting.filter((record) => taken.has(`${record.county} ${record.id}`));
  const { entries, rounds: count, schemes } = await rounds(tx, peer, new Set([...records.map((record) => record.campaignId), ...reports.map((report) => report.campaign)]));
  const files = await storedFiles(tx, replicas);
  const pictures = new Map(replicas.flatMap((replica) => replica.pictures.map((picture) => [`${replica.county} ${picture.sha256}`, { county: replica.county, sha256: picture.sha256 }] as const)));
  return {
    counts: { records: replicas.length, revisions: replicas.reduce((sum, replica) => sum + replica.revisions.length, 0), pictures: pictures.size, rounds: count, schemes, ...(reports.length > 0 && { reports: reports.length }), ...(said.length > 0 && { stored: said.length }), ...(held.length > 0 && { holds: held.length }), ...(erased.length > 0 && { erased: erased.length }) },
    left: all - records.length - said.length - held.length - erased.length + (reportsWaiting - reports.length),
    async *pieces() {
      for (const entry of entries) yield { entry };
      for (const picture of pictures.values()) yield { entry: { type: "node-picture", ...picture } satisfies NodeEntry, bytes: await readPicture(platform, picture.county, files.get(`${picture.county} ${picture.sha256}`) ?? { id: "", sha256: picture.sha256, fileKey: null }) };
      for (const replica of replicas) yield { entry: { type: "node-record", ...replica } satisfies NodeEntry };
      for (const one of said) yield { entry: { type: "node-stored", ...one } satisfies NodeEntry };
      for (const one of held) yield { entry: { type: "node-held", ...one } satisfies NodeEntry };
      for (const one of erased) yield { entry: { type: "node-erased", ...one } satisfies NodeEntry };
      for (const report of reports) yield { entry: { type: "node-report", ...report } satisfies NodeEntry };
    },
    note: async (seq) => {
      await queries.noteSent(tx, peer.name, seq, records);
      await queries.noteSaid(tx, peer.name, seq, said);
      await queries.noteHolds(tx, peer.name, seq, held);
      if (erased.length > 0) await queries.noteErased(tx, peer.name, seq, erased);
      await noteReportsSent(tx, reports, seq);
    },
  };
}

/** Puts what was decided about records of the node below on the way down, each decision once. */
async function orderDecisions(tx: Tx, platform: Platform, peer: queries.Peer): Promise<void> {
  const decided = await queries.untoldDecisions(tx, peer, PEOPLE_PER_BUNDLE);
  if (decided.length === 0) return;
  const orders = decided.map(({ county, record, area, step, level, seat, decision, revision, remarks }) => {
    const id = newId();
    const entry: DecisionEntry = { type: "node-decision", county, record, basedOn: revision, level, ...(seat !== null && { seat }), decision, remarks };
    return { county, id, area, peer: peer.name, kind: "decision", recordId: record, stepNo: step, sealed: sealEntry(platform.keys, county, id, entry), askedBy: tx.actor.account };
  });
  for (let from = 0; from < orders.length; from += 1000) await tx.insertInto("nodeOrder").values(orders.slice(from, from + 1000)).execute();
}

async function downward(tx: Tx, platform: Platform, peer: queries.Peer, next: number): Promise<Made> {
  const all = await queries.countUnsent(tx, peer);
  await orderDecisions(tx, platform, peer);
  const orders = await queries.waitingOrders(tx, peer.name, PEOPLE_PER_BUNDLE);
  const many = (kind: string): number => orders.filter((order) => order.kind === kind).length;
  const [decisions, erased] = [many("decision"), many("erased")];
  const { entries, rounds: count, schemes } = await rounds(tx, peer, undefined);
  const answers = await answersToSend(tx, peer.name);
  const asked = [...orders.map((order) => open<NodeEntry>(platform.keys, order.county, order.id, order.sealed)), ...answers.map((answer): NodeEntry => ({ type: "node-report-answer", ...answer }))];
  return {
    counts: { returns: many("return"), words: many("word"), ...(decisions > 0 && { decisions }), ...(erased > 0 && { "erased-at": erased }), rounds: count, schemes, ...(answers.length > 0 && { "report-answers": answers.length }) },
    left: all - orders.length,
    async *pieces() {
      for (const entry of [...entries, ...asked]) yield { entry };
    },
    note: async () => {
      await noteAnswersSent(tx, answers, next);
      for (const order of orders) await tx.updateTable("nodeOrder").set({ sentSeq: next }).where("county", "=", order.county).where("id", "=", order.id).execute();
    },
  };
}
