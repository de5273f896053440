// Nodes and what is asked to go down to them.
import { areaRange } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { suites, type SuiteName } from "../../bundle/suite.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import { approvalRefusal } from "../access/rules.ts";
import { accountNames, officeOf } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { officeKeys } from "../fieldwork/service.ts";
import { wordsOf } from "../matching/service.ts";
import { answersToSend, countReportsToSend } from "../reports/service.ts";
import { demandCurrent, lockRecord, refuseDesignationIn } from "../records/service.ts";
import type { addNode as addRoute, listNodes as listRoute, peerView, returnDown as returnRoute, setSending as sendingRoute } from "./contract.ts";
import type { ReturnEntry, WordEntry } from "./entries.ts";
import type { Static } from "typebox";
import { confirmBundle, mayLeave } from "./confirm.ts";
import * as queries from "./queries.ts";
import { nodeName } from "./rules.ts";

type PeerView = Static<typeof peerView>;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const names: readonly SuiteName[] = ["international", "national"];

type Reader = Parameters<typeof approvalRefusal>[1];
function bundleView(row: Awaited<ReturnType<typeof queries.bundlesOf>>[number], reader: Reader, people: ReadonlyMap<string, string>): PeerView["bundles"][number] {
  const waits = row.way === "sent" && !mayLeave(row);
  const why = waits ? approvalRefusal({ askedBy: row.askedBy ?? "", askedOffice: row.askedOffice ?? "", askedArea: row.askedArea ?? 0 }, reader) : undefined;
  return {
    way: row.way as "sent" | "taken", seq: row.seq, entries: row.entries, bytes: Number(row.bytes), counts: row.counts as Record<string, number>, at: row.at.toISOString(), digest: row.digest, waits,
    ...(row.confirmedBy !== null && { confirmedBy: people.get(row.confirmedBy) ?? row.confirmedBy }),
    ...(why && { cannotConfirm: { ...why } }),
  };
}

async function viewOf(tx: Tx, peer: queries.Peer): Promise<PeerView> {
  const reader = { ...tx.actor, office: await officeOf(tx, tx.actor.account) };
  const code = peer.side === "above" ? Number(peer.name.slice(5)) : peer.lo;
  const area = (await areaNames(tx, [code])).get(code) ?? { code, name: String(code), fullName: String(code) };
  const bundles = await queries.bundlesOf(tx, peer.name);
  const people = await accountNames(tx, bundles.flatMap((row) => (row.confirmedBy === null ? [] : [row.confirmedBy])));
  return {
    name: peer.name,
    label: peer.label,
    side: peer.side,
    area: { ...area },
    suite: peer.suite,
    sentSeq: peer.sentSeq,
    confirmedSeq: peer.confirmedSeq,
    takenSeq: peer.takenSeq,
    waiting: (await queries.countUnsent(tx, peer)) + (peer.side === "above" ? await countReportsToSend(tx) : (await answersToSend(tx, peer.name)).length),
    ...(peer.endedAt && { endedAt: peer.endedAt.toISOString() }),
    ...(peer.address !== null && { address: peer.address }),
    sending: peer.sending,
    ...(peer.packEvery && { packEvery: peer.packEvery }),
    failures: peer.failures,
    ...(peer.triedAt && { triedAt: peer.triedAt.toISOString() }),
    ...(peer.nextTryAt && { nextTryAt: peer.nextTryAt.toISOString() }),
    ...(peer.sendError && { sendError: peer.sendError }),
    bundles: bundles.map((bundle) => bundleView(bundle, reader, people)),
  };
}

/** A second person lets a bundle go. @throws Problem not-allowed, not-found, second-person-needed, changed-meanwhile, move-not-possible */
export async function letBundleGo(tx: Tx, platform: Platform, { name, seq }: { readonly name: string; readonly seq: number }, digest: string): Promise<PeerView> {
  await confirmBundle(tx, platform, name, seq, digest);
  const peer = await queries.lockPeer(tx, name);
  if (!peer) throw new Problem("not-found");
  return viewOf(tx, peer);
}

/** This node with its public keys, and the others. */
export async function listNodes(tx: Tx, platform: Platform): Promise<ReplyOf<typeof listRoute>> {
  const own = await queries.ownArea(tx);
  const area = (await areaNames(tx, [own])).get(own) ?? { code: own, name: String(own), fullName: String(own) };
  const keys = names.map((suite) => {
    const { seal: sealing, sign } = officeKeys(platform.keys, suite);
    return { suite, seal: hex(sealing.publicKey), sign: hex(sign.publicKey) };
  });
  const peers = [];
  for (const peer of await queries.allPeers(tx)) peers.push(await viewOf(tx, peer));
  return { self: { name: nodeName(own), area: { ...area }, keys }, peers };
}

/** Registers a node with the public keys that its office has read out. @throws Problem bad-request, already-exists */
export async function addNode(tx: Tx, _platform: Platform, input: BodyOf<typeof addRoute>): Promise<PeerView> {
  const own = await queries.demandWholeNode(tx);
  const [ours, theirs] = [areaRange(own), areaRange(input.area)];
  const fits = input.side === "above" ? theirs.lo <= ours.lo && ours.hi <= theirs.hi : ours.lo <= theirs.lo && theirs.hi <= ours.hi;
  if (!fits || input.area === own) throw new Problem("bad-request", { zh: "上级节点的辖区须包含本节点，下级节点的辖区须在本节点之内", en: "A node above covers this one, a node below lies within it" });
  const suite = suites[input.suite];
  if (input.seal.length !== suite.sealKeyLength * 2 || input.sign.length !== suite.signKeyLength * 2) throw new Problem("bad-request", { zh: "公钥长度与所选密码套件不符", en: "The keys are not of the chosen suite" });
  const range = input.side === "above" ? ours : theirs;
  const name = nodeName(input.area);
  if ((await queries.allPeers(tx)).some((peer) => peer.name === name)) throw new Problem("already-exists");
  await tx.insertInto("nodePeer").values({ name, label: input.label, side: input.side, lo: range.lo, hi: range.hi, suite: input.suite, sealKey: input.seal, signKey: input.sign, addedBy: tx.actor.account }).execute();
  await audit(tx, { action: "node.add", area: range.lo, people: 0, detail: { node: name, side: input.side } });
  const peer = await queries.lockPeer(tx, name);
  if (!peer) throw new Problem("internal");
  return viewOf(tx, peer);
}

/** @throws Problem not-found, move-not-possible */
export async function endNode(tx: Tx, name: string, reason: string): Promise<PeerView> {
  await queries.demandWholeNode(tx);
  const peer = await queries.lockPeer(tx, name);
  if (!peer) throw new Problem("not-found");
  if (peer.endedAt) throw new Problem("move-not-possible");
  await tx.updateTable("nodePeer").set({ endedAt: new Date(), endedBecause: reason }).where("name", "=", name).execute();
  await audit(tx, { action: "node.end", area: peer.lo, people: 0, detail: { node: name } });
  return viewOf(tx, { ...peer, endedAt: new Date() });
}

/**
 * Sets where bundles go by themselves, whether they do, and whether they are made by themselves; what failed before is tried anew at once.
 * @throws Problem not-found, not-allowed, bad-request, move-not-possible (the exchange has ended)
 */
export async function setSending(tx: Tx, name: string, { address, sending, packEvery }: BodyOf<typeof sendingRoute>): Promise<PeerView> {
  await queries.demandWholeNode(tx);
  const peer = await queries.lockPeer(tx, name);
  if (!peer) throw new Problem("not-found");
  if (peer.endedAt) throw new Problem("move-not-possible", { zh: "与该节点的交换已停止", en: "The exchange with this node has ended" });
  const at = address === undefined || address.trim() === "" ? null : originOf(address.trim());
  if (sending && at === null) throw new Problem("bad-request", { zh: "请先填写对方服务器的地址", en: "Say the address of the other server first" });
  const plan = packEvery === undefined ? { planBy: null, planOffice: null, planArea: null } : { planBy: tx.actor.account, planOffice: await officeOf(tx, tx.actor.account), planArea: tx.actor.area };
  const now = { address: at, sending, packEvery: packEvery ?? null, failures: 0, nextTryAt: null, ...plan };
  await tx.updateTable("nodePeer").set({ ...now, sendError: null }).where("name", "=", name).execute();
  await audit(tx, { action: "node.sending", area: peer.lo, people: 0, detail: { node: name, sending, packEvery: packEvery ?? "none" } });
  return viewOf(tx, { ...peer, ...now, sendError: null });
}

/** Scheme, host and port. @throws Problem bad-request for anything more or anything else */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "" || url.pathname !== "/") {
    throw new Problem("bad-request", { zh: "地址形如 https://10.0.0.5:7350，不带路径、账号或参数", en: "An address is like https://10.0.0.5:7350, without a path, an account or parameters" });
  }
  return url.origin;
}

async function belowOf(tx: Tx, area: number): Promise<queries.Peer> {
  const peer = await queries.belowOf(tx, area);
  if (!peer) throw new Problem("move-not-possible", { zh: "该档案不是由下级节点上报的，请在本节点直接审核", en: "No node below has sent this record; review it here" });
  return peer;
}

/** Asks for a record to be returned by the node that holds it. @throws Problem not-found, changed-meanwhile, move-not-possible, unit-designation */
export async function returnDown(tx: Tx, platform: Platform, input: BodyOf<typeof returnRoute>): Promise<{ id: string }> {
  const record = demandCurrent(await lockRecord(tx, input.county, input.id), input.basedOn);
  if (record.state !== "accepted") throw new Problem("move-not-possible");
  refuseDesignationIn(tx, platform, input.remarks.map((remark) => remark.body), record);
  const peer = await belowOf(tx, record.area);
  const entry: ReturnEntry = { type: "node-return", county: record.county, record: record.id, basedOn: record.head, remarks: input.remarks };
  const id = await queries.order(tx, platform, { area: record.area, entry, peer: peer.name, kind: "return", askedBy: tx.actor.account });
  await audit(tx, { action: "node.return", county: record.county, area: record.area, recordId: record.id, detail: { remarks: input.remarks.length } });
  return { id };
}

/** Puts what departments said of open differences in a county on the way down, each once. */
export async function wordsDown(tx: Tx, platform: Platform, county: number): Promise<{ sent: number }> {
  await queries.demandWholeNode(tx);
  const peer = await belowOf(tx, county * 1e6);
  const words = await wordsOf(tx, platform, { county, findings: await queries.unsentFindings(tx, county, peer.name) });
  for (let from = 0; from < words.length; from += 1000) {
    const part = words.slice(from, from + 1000).map(({ finding, record, field, theirs, campaign, department, area }) => {
      const entry: WordEntry = { type: "node-word", county, campaign, department, record, field, theirs: theirs as never };
      return { county, id: finding, area, peer: peer.name, kind: "word", recordId: record, sealed: seal(platform.keys, county, finding, entry), askedBy: tx.actor.account };
    });
    await tx.insertInto("nodeOrder").values(part).execute();
  }
  await audit(tx, { action: "node.words", county, area: county * 1e6, people: words.length, detail: { node: peer.name } });
  return { sent: words.length };
}
