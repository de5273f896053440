// Taking a bundle of a node in: signature, place in the chain, then every entry in one transaction. A bundle is taken whole or not at all.
import { BundleFault } from "../../bundle/fault.ts";
import { keysNamed, open, type Opened } from "../../bundle/open.ts";
import { type ByteSource } from "../../bundle/source.ts";
import { keyName, suites } from "../../bundle/suite.ts";
import { sql } from "kysely";
import { levelOf, within } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import { createHash } from "node:crypto";
import { audit } from "../../platform/audit.ts";
import type { OwnFile } from "../../platform/blobs.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { eraseSubject } from "../../platform/erasure.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Scheme } from "../../scheme/model.ts";
import { takeReview, takeRound } from "../campaigns/service.ts";
import { officeKeys } from "../fieldwork/service.ts";
import { takeWords } from "../matching/service.ts";
import { holdAsTold, restrictAsTold, takeReplica } from "../records/service.ts";
import { takeAnswer, takeReport } from "../reports/service.ts";
import { decideFromAbove, returnFromAbove } from "../review/service.ts";
import { noteErasedAt } from "../rights/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { asNodeEntry, type DecisionEntry, type ErasedAtEntry, type ErasedEntry, type NodeEntry, type ReturnEntry, type RoundEntry, type SchemeEntry, type WordEntry } from "./entries.ts";
import * as queries from "./queries.ts";
import { nodeName, placeInChain, takenText } from "./rules.ts";

export type TakenBundle = { readonly from: string; readonly seq: number; readonly repeated: boolean; readonly counts: Record<string, number>; /** Of this node over what it took, hexadecimal. */ readonly signature: string };
const refused = (zh: string, en: string): Problem => new Problem("bundle-not-accepted", { zh, en });
const duty = systemActor("federation");
const allowed: Readonly<Record<queries.Peer["side"], readonly NodeEntry["type"][]>> = {
  below: ["node-scheme", "node-round", "node-picture", "node-record", "node-stored", "node-held", "node-erased", "node-report", "node-taken"],
  above: ["node-scheme", "node-round", "node-word", "node-return", "node-decision", "node-erased-at", "node-report-answer", "node-taken"],
};

/** @throws Problem bundle-not-accepted with the reason, file-harmful, scanner-away; nothing of the bundle is stored then */
export async function takeNodeBundle(platform: Platform, source: ByteSource, by: string): Promise<TakenBundle> {
  try {
    return await take(platform, source, by);
  } catch (error) {
    if (error instanceof BundleFault) throw new Problem("bundle-not-accepted", error.say);
    throw error;
  }
}

async function take(platform: Platform, source: ByteSource, by: string): Promise<TakenBundle> {
  const named = await keysNamed(source);
  const signer = Buffer.from(named.device).toString("hex");
  const peers = await platform.database.read(duty, (tx) => queries.allPeers(tx));
  const peer = peers.find((one) => one.suite === named.suite && Buffer.from(keyName(suites[one.suite], Buffer.from(one.signKey, "hex"))).toString("hex") === signer);
  if (!peer) throw refused("数据包不是由已登记的节点签名的", "The bundle is not signed by a registered node");
  if (peer.endedAt) throw refused("与该节点的交换已停止", "The exchange with this node has ended");
  const openAgain = (): Promise<Opened> => open(source, { device: Buffer.from(peer.signKey, "hex"), receiver: officeKeys(platform.keys, peer.suite).seal }, { maxSize: 4 * 2 ** 30, maxBytes: 8 << 20, maxJson: 32 << 20 });
  const opened = await openAgain();
  const { header, digest } = opened;
  await lookAtFiles(platform, peer, opened, openAgain);
  // Whoever a bundle comes from answers for its range; whoever it goes down to takes it for its own.
  return platform.database.write(systemActor("federation", peer.lo, peer.hi), async (tx) => {
    const locked = await queries.lockPeer(tx, peer.name);
    if (!locked) throw refused("数据包不是由已登记的节点签名的", "The bundle is not signed by a registered node");
    const self = nodeName(await queries.ownArea(tx));
    if (header.from !== peer.name || header.to !== self || header.kind !== (peer.side === "below" ? "node-up" : "node-down")) throw refused("数据包不是发给本节点的", "The bundle is not addressed to this node");
    if (Date.parse(header.expires) < platform.clock.now().getTime()) throw refused("数据包已过有效期，请对方重新打包", "The bundle is out of date; ask the node to make it again");
    const known = await queries.takenDigestAt(tx, peer.name, header.seq);
    const verdict = placeInChain({ seq: locked.takenSeq, digest: locked.takenDigest, takenAt: known?.digest }, { seq: header.seq, digest, previous: header.previous });
    if (verdict.kind === "broken") throw new Problem("bundle-not-accepted", verdict.why);
    const signed = { from: peer.name, seq: header.seq, signature: signatureOf(platform, peer, self, header.seq, digest) };
    if (verdict.kind === "repeat") return { ...signed, repeated: true, counts: known?.counts as Record<string, number> };
    const counts = await apply(tx, platform, locked, opened.pieces);
    await tx.updateTable("nodePeer").set({ takenSeq: header.seq, takenDigest: digest }).where("name", "=", peer.name).execute();
    await tx.insertInto("nodeBundle").values({ peer: peer.name, way: "taken", seq: header.seq, digest, entries: header.entries, bytes: source.size, counts: JSON.stringify(counts), by }).execute();
    await audit(tx, { action: "node.take", area: peer.lo, people: counts["records"] ?? 0, detail: { peer: peer.name, seq: header.seq, ...counts } });
    return { ...signed, repeated: false, counts };
  });
}

/** The operator's scanner may take its time: it looks at what a bundle holds before the transaction, not in it. What was taken once is not looked at again. */
async function lookAtFiles(platform: Platform, peer: queries.Peer, { header, digest }: Opened, openAgain: () => Promise<Opened>): Promise<void> {
  if (!platform.scan) return;
  const known = await platform.database.read(duty, (tx) => queries.takenDigestAt(tx, peer.name, header.seq));
  if (known?.digest === digest) return;
  for await (const { bytes } of (await openAgain()).pieces) if (bytes) await platform.scan(bytes);
}

/** The answer's proof: only the node that has the bundle can say that it took it. */
function signatureOf(platform: Platform, peer: queries.Peer, self: string, seq: number, digest: string): string {
  const { suite, sign } = officeKeys(platform.keys, peer.suite);
  return Buffer.from(suite.sign(sign.secretKey, takenText(peer.name, self, seq, digest))).toString("hex");
}

/**
 * A definition from above is published here. One from below never is: what a county changed in its own house does not become the province's.
 * It must be known here already, word for word, or the bundle waits until it is. @throws Problem bundle-not-accepted naming the version
 */
async function takeScheme(tx: Tx, peer: queries.Peer, entry: SchemeEntry): Promise<void> {
  const { scheme, version, hash } = entry;
  if (peer.side === "above") return void (await publishScheme(tx, entry.definition as unknown as Scheme));
  const known = await tx.selectFrom("schemeVersion").select("hash").where("scheme", "=", scheme).where("version", "=", version).executeTakeFirst();
  if (!known) throw refused(`本节点没有业务定义 ${scheme} ${version}：请先在本节点发布或从上级取得该版本，再读入`, `This node does not have the definition ${scheme} ${version}: publish it here, or get it from above, then take the bundle in again`);
  if (known.hash !== hash) throw refused(`下级所用的业务定义 ${scheme} ${version} 与本节点发布的内容不同：下级须改用本节点的版本`, `The definition ${scheme} ${version} of the node below is not the one published here: the node below must fetch ours`);
}

async function apply(tx: Tx, platform: Platform, peer: queries.Peer, pieces: AsyncIterable<{ readonly entry: unknown; readonly bytes?: Uint8Array }>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const count = (key: string, n = 1): void => void (counts[key] = (counts[key] ?? 0) + n);
  const words: WordEntry[] = [];
  const said: { readonly county: number; readonly recordId: string; readonly stored: boolean }[] = [];
  const held: { readonly county: number; readonly recordId: string; readonly level: number | null }[] = [];
  const own = levelOf(await queries.ownArea(tx));
  const files = new Map<string, OwnFile>();
  for await (const { entry: given, bytes } of pieces) {
    const entry = asNodeEntry(given);
    if (!entry || !allowed[peer.side].includes(entry.type)) throw refused("数据包中有本节点不接受的内容", "The bundle holds something that this node does not take");
    switch (entry.type) {
      case "node-scheme":
        await takeScheme(tx, peer, entry);
        count("schemes");
        break;
      case "node-round":
        if (peer.side === "below" && !(within(entry.area, peer) && entry.hi <= peer.hi)) throw outside();
        count(`rounds-${await taken(tx, peer, entry)}`);
        break;
      case "node-picture": {
        if (!bytes || createHash("sha256").update(bytes).digest("hex") !== entry.sha256 || entry.county * 1e6 < peer.lo - 999_999 || entry.county * 1e6 > peer.hi) throw outside();
        files.set(entry.sha256, await platform.blobs.putOwn(entry.county, bytes));
        count("pictures");
        break;
      }
      case "node-record":
        if (!within(entry.area, peer)) throw outside();
        count("records");
        count(await takeReplica(tx, platform, entry, files));
        // Records whose data are only stored, or that wait on hold, are never sent.
        said.push({ county: entry.county, recordId: entry.record, stored: false });
        held.push({ county: entry.county, recordId: entry.record, level: null });
        break;
      case "node-stored":
        if (!within(entry.area, peer)) throw outside();
        said.push({ county: entry.county, recordId: entry.record, stored: entry.stored });
        count(entry.stored ? "stored" : "stored-ended");
        break;
      case "node-held":
        if (!within(entry.area, peer) || (entry.level !== null && entry.level <= own)) throw outside();
        held.push({ county: entry.county, recordId: entry.record, level: entry.level });
        count(entry.level === null ? "held-ended" : "held-below");
        break;
      case "node-erased":
        if (!within(entry.area, peer)) throw outside();
        if (await erased(tx, platform, peer, entry)) count("erased");
        break;
      case "node-erased-at":
        await erasedAt(tx, platform, peer, entry);
        count("erased-at");
        break;
      case "node-word":
        words.push(entry);
        break;
      case "node-return":
        count(await returned(tx, platform, peer, entry));
        break;
      case "node-decision":
        count(await decided(tx, platform, entry));
        break;
      case "node-report":
        if (!within(entry.area, peer)) throw outside();
        count(await takeReport(tx, entry, peer));
        break;
      case "node-report-answer":
        count(await takeAnswer(tx, entry));
        break;
      case "node-taken":
        // A node that was built again has forgotten what it sent; the other side has not.
        if (entry.seq > peer.sentSeq) count("chain-restored");
        await tx
          .updateTable("nodePeer")
          .set({ confirmedSeq: Math.max(entry.seq, peer.confirmedSeq), ...(entry.seq > peer.sentSeq && { sentSeq: entry.seq, sentDigest: entry.digest }) })
          .where("name", "=", peer.name)
          .execute();
    }
  }
  await restrictAsTold(tx, peer.name, said);
  await holdAsTold(tx, peer.name, held);
  for (const of of Map.groupBy(words, (word) => `${word.county} ${word.campaign} ${word.department}`).values()) {
    const [{ county, campaign, department }] = of as [WordEntry, ...WordEntry[]];
    const said = await takeWords(tx, platform, { county, campaign, department, words: of.map(({ record, field, theirs }) => ({ record, field, theirs: theirs as never })) });
    for (const [key, n] of Object.entries(said)) count(`words-${key}`, n);
  }
  return counts;
}

/** A round with its windows, its chain, seats and locks. */
async function taken(tx: Tx, peer: queries.Peer, entry: RoundEntry): Promise<"added" | "moved" | "same"> {
  const outcome = await takeRound(tx, entry, peer.side === "above");
  if (entry.review) await takeReview(tx, entry, entry.review, { above: peer.side === "above" ? peer.name : undefined, isNew: outcome === "added" });
  return outcome;
}

const outside = (): Problem => refused("数据包含有该节点辖区以外的内容", "The bundle holds something outside the range of its node");

/** A return goes on to the node below that the record came from. One that comes too late leaves the record as it is: what changed meanwhile is on its way up. */
async function returned(tx: Tx, platform: Platform, peer: queries.Peer, entry: ReturnEntry): Promise<"returned" | "returns-late"> {
  const { county, record, basedOn, remarks } = entry;
  if (!(await inTime(tx, () => returnFromAbove(tx, platform, { county, record, basedOn, remarks })))) return "returns-late";
  await queries.callBack(tx, county, record);
  const { area } = await tx.selectFrom("record").select("area").where("county", "=", county).where("id", "=", record).executeTakeFirstOrThrow();
  const below = await queries.belowOf(tx, area);
  if (below) await queries.order(tx, platform, { area, entry, peer: below.name, kind: "return", askedBy: peer.name });
  return "returned";
}

/** A decision about what the record no longer is leaves it as it is, too: its newer state is on its way up, or was there. */
async function decided(tx: Tx, platform: Platform, entry: DecisionEntry): Promise<"approved" | "returned" | "held" | "confirmed" | "decisions-late"> {
  if (!(await inTime(tx, () => decideFromAbove(tx, platform, entry)))) return "decisions-late";
  const { decision } = entry;
  if (decision === "approve") return "approved";
  if (decision === "hold" || decision === "confirm") return decision === "hold" ? "held" : "confirmed";
  await queries.callBack(tx, entry.county, entry.record);
  return "returned";
}

/** Erases the copy here and says so with the next bundle down; nodes above are told with ours. @returns whether there was one */
async function erased(tx: Tx, platform: Platform, peer: queries.Peer, { county, subject, area }: ErasedEntry): Promise<boolean> {
  const held = await tx.selectFrom("subject").select("erasedAt").where("county", "=", county).where("id", "=", subject).executeTakeFirst();
  if (!held) return false;
  if (held.erasedAt === null) await eraseSubject(tx, platform, { county, subjectId: subject });
  const entry: ErasedAtEntry = { type: "node-erased-at", county, subject, node: nodeName(await queries.ownArea(tx)), at: (held.erasedAt ?? platform.clock.now()).toISOString() };
  await queries.order(tx, platform, { area, entry, peer: peer.name, kind: "erased", askedBy: peer.name });
  return held.erasedAt === null;
}

/** Stands at the request by which the person was erased, or goes on to the node below that has it. */
async function erasedAt(tx: Tx, platform: Platform, peer: queries.Peer, entry: ErasedAtEntry): Promise<void> {
  await noteErasedAt(tx, entry);
  const held = await tx.selectFrom("subject").select("area").where("county", "=", entry.county).where("id", "=", entry.subject).executeTakeFirst();
  const below = held && (await queries.belowOf(tx, held.area));
  if (below) await queries.order(tx, platform, { area: held.area, entry, peer: below.name, kind: "erased", askedBy: peer.name });
}

/** Whether it was done; false when the record has moved on, and then nothing is. */
async function inTime(tx: Tx, work: () => Promise<void>): Promise<boolean> {
  await sql`savepoint from_above`.execute(tx);
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Problem) || !["changed-meanwhile", "move-not-possible", "not-found"].includes(error.code)) throw error;
    await sql`rollback to savepoint from_above`.execute(tx);
    return false;
  }
}

