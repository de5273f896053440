// Two nodes on two databases: a county sends its accepted records up, a city sends returns, rounds and departments' words down, by file alone.
import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, completeAnswers, county, countyArea, picture, smallWorld, type World } from "../../../test/world.ts";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { sourceOf } from "../../bundle/source.ts";
import { seal } from "../../bundle/seal.ts";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { createHttp } from "../../platform/http.ts";
import { keysFrom } from "../../platform/keys.ts";
import { type Actor, systemActor, type Tx } from "../../platform/database.ts";
import type { Answers } from "../../scheme/model.ts";
import { openCases } from "../dispatch/service.ts";
import { recheck, takeWords } from "../matching/service.ts";
import { addBasePeople, answersOfRevision, getMedia, openRecord, saveCapture, takePictures } from "../records/service.ts";
import { answerRemark, decideRecord } from "../review/service.ts";
import { officeKeys } from "../fieldwork/service.ts";
import { confirmBundle, mayLeave } from "./confirm.ts";
import { type Packed, packForNode, sentBundle, sentFile } from "./pack.ts";
import { looksFirst } from "../../../test/looks-first.ts";
import { contents } from "../../../test/node-contents.ts";
import { sentAt } from "./queries.ts";
import { isToldLater, staysAtHome } from "../../../test/only-stored.ts";
import { chainAcrossNodes } from "../../../test/chain-across-nodes.ts";
import { leadOf, threeNodes } from "../../../test/three-nodes.ts";
import { reportGoesUp } from "../../../test/report-goes-up.ts";
import { routes } from "./routes.ts";
import { sendToNodes } from "./send.ts";
import { addNode, endNode, listNodes, returnDown, setSending, wordsDown } from "./service.ts";
import { takeNodeBundle, type TakenBundle } from "./take.ts";

const [CITY, PROVINCE] = [350500000000, 350000000000];
const [countyNode, cityNode] = [`node:${countyArea}`, `node:${CITY}`] as const;
type Node = { t: TestDatabase; w: World; lead: Actor };
let lower: Node;
let upper: Node;

const cityOn = (t: TestDatabase, w: World): Promise<Actor> => leadOf(t, w, { code: CITY, level: 2, parent: 350000000000, name: "虚构市" });
before(async () => {
  const [a, b] = [await testDatabase(), await testDatabase()];
  const [wa, wb] = [await smallWorld(a), await smallWorld(b)];
  lower = { t: a, w: wa, lead: wa.actors.countyLead };
  upper = { t: b, w: { ...wb, platform: { ...wb.platform, keys: keysFrom(Buffer.alloc(32, 9)) } }, lead: await cityOn(b, wb) };
  await introduce();
});
after(async () => {
  await lower.t.close();
  await upper.t.close();
});

const on = <T>(node: Node, work: (tx: Tx) => Promise<T>, actor: Actor = node.lead): Promise<T> => node.t.database.write(actor, work);
async function introduce(below: Node = lower, above: Node = upper, [upperArea, lowerArea]: readonly [number, number] = [CITY, countyArea]): Promise<void> {
  for (const [at, other, side, area] of [[below, above, "above", upperArea], [above, below, "below", lowerArea]] as const) {
    const { seal: sealing, sign } = officeKeys(other.w.platform.keys, "international");
    await on(at, (tx) => addNode(tx, at.w.platform, { area, label: side, side, suite: "international", seal: Buffer.from(sealing.publicKey).toString("hex"), sign: Buffer.from(sign.publicKey).toString("hex") }));
  }
}
/** Somebody of another office of the node, who lets bundles go. */
const second = (node: Node): Actor => ({ ...node.w.actors.approver, area: node.lead.area, lo: node.lead.lo, hi: node.lead.hi });
async function letGo(node: Node, peer: string, seq: number): Promise<void> {
  const bundle = await on(node, (tx) => sentAt(tx, peer, seq));
  if (bundle && !mayLeave(bundle)) await on(node, (tx) => confirmBundle(tx, node.w.platform, peer, seq, bundle.digest), second(node));
}
async function pack(node: Node, peer: string, mostPictures?: number): Promise<Packed> {
  const packed = await on(node, (tx) => packForNode(tx, node.w.platform, peer, mostPictures));
  await letGo(node, peer, packed.seq);
  return packed;
}
const fileAt = (node: Node, peer: string, seq: number): Promise<Buffer> => fs.readFile(sentFile(node.w.platform, peer, seq));
const take = (node: Node, bytes: Uint8Array): Promise<TakenBundle> => takeNodeBundle(node.w.platform, sourceOf(bytes), "test");
const carry = async (from: Node, to: Node, peer: string): Promise<TakenBundle> => take(to, await fileAt(from, peer, (await pack(from, peer)).seq));
const refused = (words: RegExp) => (error: unknown) => error instanceof Problem && error.code === "bundle-not-accepted" && words.test(error.detail?.en ?? "");

let person = 0;
async function accepted(general: Answers[string] = {}): Promise<string> {
  person += 1;
  const { platform, campaign, actors } = lower.w;
  const answers = completeAnswers(person, general);
  const { added } = await on(lower, (tx) => addBasePeople(tx, platform, { campaign, batchId: newId(), people: [{ index: 0, area: areas.A1, answers }] }));
  const id = added[0]!.recordId;
  const pictures = await takePictures(platform, veterans, county, await Promise.all(["general.photo_recent", "general.signature"].map(async (path) => ({ path, bytes: await picture() }))));
  const whole = { ...answers, general: { ...answers["general"], ...Object.fromEntries(pictures.map((one) => [one.path.split(".")[1], one.id])) } };
  await on(lower, (tx) => saveCapture(tx, platform, { county, id, basedOn: 1, answers: whole, channel: "home", submit: true, pictures }), actors.collectorA);
  await approve(id, 2);
  return id;
}
async function approve(id: string, basedOn: number): Promise<void> {
  for (const actor of [lower.w.actors.reviewerA, lower.w.actors.countyReviewer]) await on(lower, (tx) => decideRecord(tx, lower.w.platform, { county, id, basedOn, decision: "approve" }), actor);
}
/** Corrects a record and lets it through the chain again. */
async function correct(id: string, basedOn: number, general: Answers[string]): Promise<void> {
  const answers = (await opened(lower, id, basedOn))!;
  await on(lower, (tx) => saveCapture(tx, lower.w.platform, { county, id, basedOn, answers: { ...answers, general: { ...answers["general"], ...general } }, channel: "station", reason: "更正", submit: true }), lower.w.actors.collectorA);
  await approve(id, basedOn + 1);
}
const opened = (node: Node, id: string, no: number): Promise<Answers | undefined> => on(node, (tx) => answersOfRevision(tx, node.w.platform, { county, id, no }));
test("accepted records go up with their history and pictures, sealed anew under the other node's keys", async () => {
  const [first, second] = [await accepted(), await accepted()];
  const packed = await pack(lower, cityNode);
  assert.deepEqual({ ...packed.counts, pictures: undefined }, { records: 2, revisions: 4, pictures: undefined, rounds: 1, schemes: 1 });
  const reply = await take(upper, await fileAt(lower, cityNode, 1));
  assert.deepEqual([reply.from, reply.seq, reply.repeated, reply.counts["added"]], [countyNode, 1, false, 2]);
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
  const shown = await on(upper, (tx) => openRecord(tx, upper.w.platform, { county, id: first, for: "view" }));
  assert.equal(shown.record.state, "accepted");
  const [image] = await on(upper, (tx) => tx.selectFrom("media").select(["id", "sha256", "fileKey"]).where("recordId", "=", second).execute());
  assert.ok((await on(upper, (tx) => getMedia(tx, upper.w.platform, { county, id: second, media: image!.id }))).bytes.length > 0);
  assert.ok(image!.fileKey !== null);
});

test("the same bundle again says what it said; another past, a gap, a changed byte and a wrong node are refused", async () => {
  const bytes = await fileAt(lower, cityNode, 1);
  assert.equal((await take(upper, bytes)).repeated, true);
  await accepted();
  await pack(lower, cityNode);
  await accepted();
  await pack(lower, cityNode);
  await assert.rejects(take(upper, await fileAt(lower, cityNode, 3)), refused(/Bundles 2 to 2 are missing/));
  const changed = Buffer.from(await fileAt(lower, cityNode, 2));
  changed[changed.length >> 1]! ^= 1;
  await assert.rejects(take(upper, changed), (error) => error instanceof Problem && error.code === "bundle-not-accepted");
  await assert.rejects(take(lower, await fileAt(lower, cityNode, 2)), refused(/not signed by a registered node/));
  assert.equal((await take(upper, await fileAt(lower, cityNode, 2))).counts["added"], 1);
  assert.equal((await take(upper, await fileAt(lower, cityNode, 3))).counts["added"], 1);
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
});

test("what the county corrects goes up as a new revision; what did not change stays at home", async () => {
  const id = await accepted();
  await carry(lower, upper, cityNode);
  await correct(id, 2, { remark: "县级更正" });
  const packed = await pack(lower, cityNode);
  assert.deepEqual([packed.counts["records"], packed.counts["revisions"], packed.left], [1, 1, 0]);
  const reply = await take(upper, await fileAt(lower, cityNode, packed.seq));
  assert.equal(reply.counts["updated"], 1);
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
});

test("a bundle holds no more pictures than a file may; the rest goes with the next, and the scanner looks at it before any of it is taken", async () => {
  for (let n = 0; n < 3; n += 1) await accepted();
  const first = await pack(lower, cityNode, 1);
  assert.deepEqual([first.counts["records"], first.left], [1, 2], "a record is never split, and one always goes");
  await take(upper, await fileAt(lower, cityNode, first.seq));
  const second = await pack(lower, cityNode);
  assert.deepEqual([second.counts["records"], second.left], [2, 0]);
  await looksFirst(upper.w.platform, await fileAt(lower, cityNode, second.seq), () => contents(upper, areaRange(CITY)));
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
});

test("a bundle with people in it leaves when a person of another office has let exactly this one go", async () => {
  const code = (of: string) => (error: unknown): boolean => error instanceof Problem && error.code === of;
  const packNow = async () => (await accepted(), on(lower, (tx) => packForNode(tx, lower.w.platform, cityNode)));
  const { seq, waits } = await packNow();
  const [fetchIt, digestNow] = [() => on(lower, (tx) => sentBundle(tx, lower.w.platform, cityNode, seq)), async () => (await on(lower, (tx) => sentAt(tx, cityNode, seq)))!.digest];
  const confirm = (actor: Actor, digest: string, platform = lower.w.platform) => on(lower, (tx) => confirmBundle(tx, platform, cityNode, seq, digest), actor);
  const first = await digestNow();
  await assert.rejects(fetchIt(), code("second-person-needed"));
  await assert.rejects(confirm(lower.lead, first), code("second-person-needed"), "nobody lets go what they made");
  const anew = await packNow();
  assert.deepEqual([waits, anew.seq, anew.counts["records"]], [true, seq, 2], "made anew under its number while nobody has let it go");
  await assert.rejects(confirm(second(lower), first), code("changed-meanwhile"), "a word for the former content counts for nothing");
  await assert.rejects(confirm(second(lower), await digestNow(), { ...lower.w.platform, clock: { ...lower.w.platform.clock, now: () => new Date(Date.now() + 15 * 86_400_000) } }), code("move-not-possible"), "too late");
  await confirm(second(lower), await digestNow());
  await fetchIt();
  await assert.rejects(on(lower, (tx) => tx.updateTable("nodeBundle").set({ people: 0 }).where("seq", "=", seq).where("way", "=", "sent").execute()), /may have left/, "what may have left is never rewritten");
  await take(upper, await fileAt(lower, cityNode, seq));
});

test("an office of a part of the node neither registers nodes nor packs for them", async () => {
  const part = { ...lower.w.actors.collectorA, roles: ["county-lead"] };
  const barred = (error: unknown): boolean => error instanceof Problem && error.code === "not-allowed";
  await assert.rejects(on(lower, (tx) => packForNode(tx, lower.w.platform, cityNode), part), barred);
  await assert.rejects(on(lower, (tx) => endNode(tx, cityNode, "x"), part), barred);
  await assert.rejects(on(lower, (tx) => wordsDown(tx, lower.w.platform, county), part), barred);
});

test("the city returns a record with remarks; the county's collector has it back; a return that comes too late leaves it", async () => {
  const [id, other] = [await accepted(), await accepted()];
  await carry(lower, upper, cityNode);
  const ask = (record: string, body: string) => on(upper, (tx) => returnDown(tx, upper.w.platform, { county, id: record, basedOn: 2, remarks: [{ path: "general.remark", body }] }));
  await assert.rejects(ask(id, "步兵第112师336团"), (error) => error instanceof Problem && error.code === "unit-designation");
  await ask(id, "请核实备注");
  await ask(other, "请核实");
  await correct(other, 2, { remark: "已先更正" });
  const reply = await carry(upper, lower, countyNode);
  assert.deepEqual([reply.counts["returned"], reply.counts["returns-late"]], [1, 1]);
  const back = await on(lower, (tx) => openRecord(tx, lower.w.platform, { county, id, for: "view" }), lower.w.actors.collectorA);
  assert.deepEqual([back.record.state, back.remarks.map((remark) => remark.body)], ["returned", ["请核实备注"]]);
  await on(lower, (tx) => answerRemark(tx, lower.w.platform, { county, id, remark: back.remarks[0]!.id, answer: "已核实" }), lower.w.actors.collectorA);
  await correct(id, 2, { remark: "已核实" });
  await carry(lower, upper, cityNode);
  assert.equal((await on(upper, (tx) => openRecord(tx, upper.w.platform, { county, id: other, for: "view" }))).record.head, 3);
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
});

test("a difference found at the city becomes a case at the county, and closes at both by the same check", async () => {
  const id = await accepted({ name: "王虚名" });
  await carry(lower, upper, cityNode);
  const department = veterans.departments.find((one) => one.fields.some((field) => field.compares === "general.name"))!;
  const field = department.fields.find((one) => one.compares === "general.name")!;
  const campaign = lower.w.campaign.id;
  const raised = await on(upper, (tx) => takeWords(tx, upper.w.platform, { county, campaign, department: department.key, words: [{ record: id, field: field.key, theirs: "王虚铭" }] }));
  assert.deepEqual(raised, { raised: 1, agreeing: 0, left: 0 });
  assert.deepEqual(await on(upper, (tx) => wordsDown(tx, upper.w.platform, county)), { sent: 1 });
  assert.deepEqual(await on(upper, (tx) => wordsDown(tx, upper.w.platform, county)), { sent: 0 });
  const reply = await carry(upper, lower, countyNode);
  assert.equal(reply.counts["words-raised"], 1);
  await on(lower, (tx) => openCases(tx, lower.w.platform, { county }));
  const cases = await on(lower, (tx) => tx.selectFrom("caseFile").select(["recordId", "state"]).where("recordId", "=", id).execute());
  assert.deepEqual(cases, [{ recordId: id, state: "open" }]);
  await correct(id, 2, { name: "王虚铭" });
  assert.equal((await on(lower, (tx) => recheck(tx, lower.w.platform, { county, recordIds: [id] }))).closed.length, 1);
  await carry(lower, upper, cityNode);
  assert.equal((await on(upper, (tx) => recheck(tx, upper.w.platform, { county, recordIds: [id] }))).closed.length, 1);
});

test("a round that the city opens reaches the county, and its dates move with the city", async () => {
  const owner = new pg.Client(upper.t.owner);
  await owner.connect();
  const round = newId();
  await owner.query("insert into campaign (id, scheme, version, name_zh, name_en, area, hi, reference_date, starts_on, ends_on) values ($1, $2, $3, '第二轮', 'Second round', $4, $5, '2019-10-01', '2019-10-01', '2019-12-31')", [round, veterans.key, veterans.version, countyArea, areaRange(countyArea).hi]);
  assert.ok((await carry(upper, lower, countyNode)).counts["rounds-added"]);
  await owner.query("update campaign set ends_on = '2020-01-31' where id = $1", [round]);
  assert.equal((await carry(upper, lower, countyNode)).counts["rounds-moved"], 1);
  const [row] = await on(lower, (tx) => tx.selectFrom("campaign").select("endsOn").where("id", "=", round).execute());
  assert.equal(row?.endsOn, "2020-01-31");
  await owner.end();
});

test("a county cannot send another county's record, nor rewrite its own history, nor something no county sends", async () => {
  const id = await accepted();
  await carry(lower, upper, cityNode);
  const { records } = (await contents(lower, areaRange(CITY))) as { records: { id: string; subjectId: string; campaignId: string }[] };
  const record = records.find((one) => one.id === id)!;
  const peer = (await on(lower, (tx) => listNodes(tx, lower.w.platform))).peers[0]!;
  const state = await lower.t.database.read(lower.lead, (tx) => tx.selectFrom("nodePeer").selectAll().executeTakeFirstOrThrow());
  const forged = async (entry: Record<string, unknown>): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    const header = { kind: "node-up" as const, from: countyNode, to: cityNode, seq: peer.sentSeq + 1, previous: state.sentDigest!, created: "2018-11-01T02:00:00Z", expires: "2018-12-01T02:00:00Z" };
    for await (const part of seal({ suite: "international", header, pieces: [{ entry }], device: officeKeys(lower.w.platform.keys, "international").sign, receiver: officeKeys(upper.w.platform.keys, "international").seal.publicKey })) parts.push(part);
    return Buffer.concat(parts);
  };
  const now = "2018-11-01T02:00:00.000000Z";
  const base = { type: "node-record", county, record: id, subject: record.subjectId, campaign: record.campaignId, area: areas.A1, scheme: veterans.key, version: veterans.version, origin: "base", state: "accepted", head: 2, collector: null, channel: "home", mergedInto: null, issues: [], capturedAt: now, submittedAt: now, decidedAt: now, updatedAt: now, revisions: [], pictures: [] };
  await assert.rejects(take(upper, await forged({ ...base, county: 350525, area: areas.elsewhere, record: newId(), subject: newId() })), refused(/outside the range/));
  await assert.rejects(take(upper, await forged({ type: "node-return", county, record: id, basedOn: 2, remarks: [{ path: "general.remark", body: "x" }] })), refused(/does not take/));
  await assert.rejects(take(upper, await forged({ ...base, surprise: 1, revisions: "none" })), refused(/does not take/));
  const revision = { no: 2, basedOn: 1, kind: "capture", answers: completeAnswers(1, { remark: "改写历史" }), provenance: {}, signedDigest: null, reason: null, author: "x", channel: "home", at: now };
  await assert.rejects(take(upper, await forged({ ...base, revisions: [revision] })), (error) => error instanceof Problem && error.code === "bundle-not-accepted");
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
});

/** A server that answers everything alike; counts what it was asked. */
async function answering(here: { after: (work: () => unknown) => void }, answer: (request: http.IncomingMessage, reply: http.ServerResponse) => void): Promise<{ address: string; asked: () => number }> {
  let asked = 0;
  const server = http.createServer((request, reply) => {
    asked += 1;
    request.resume().once("end", () => answer(request, reply));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  here.after(() => server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}
const sendingOf = async (node: Node) => (await on(node, (tx) => listNodes(tx, node.w.platform))).peers[0]!;
const setOut = (node: Node, peer: string, input: Parameters<typeof setSending>[2]) => on(node, (tx) => setSending(tx, peer, input));

test("what waits goes to the registered server by itself, in order and made by plan, until the other node has signed that it took it", async (here) => {
  const app = await createHttp({ database: upper.t.database, bindings: routes(upper.w.platform), isSetUp: async () => true, sessions: { actorOf: async () => undefined } });
  here.after(() => app.close());
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  await accepted();
  await pack(lower, cityNode);
  await accepted();
  await setOut(lower, cityNode, { address: `${address}/`, sending: true, packEvery: "day" });
  const before = await sendingOf(lower);
  assert.equal(before.address, address);
  await sendToNodes(lower.w.platform);
  assert.deepEqual([(await sendingOf(lower)).sentSeq, (await sendingOf(lower)).confirmedSeq], [before.sentSeq + 1, before.sentSeq], "what is made by plan waits for a second person");
  await letGo(lower, cityNode, before.sentSeq + 1);
  await sendToNodes(lower.w.platform);
  const sent = await sendingOf(lower);
  assert.deepEqual([sent.sentSeq, sent.confirmedSeq, sent.waiting, sent.failures, sent.sendError], [before.sentSeq + 1, before.sentSeq + 1, 0, 0, undefined]);
  assert.deepEqual(await contents(upper, areaRange(CITY)), await contents(lower, areaRange(CITY)));
  await accepted();
  await sendToNodes(lower.w.platform);
  assert.equal((await sendingOf(lower)).waiting, 1, "the next is made a day later");
  await setOut(lower, cityNode, { address, sending: false });
  await pack(lower, cityNode);
  await sendToNodes(lower.w.platform);
  assert.equal((await sendingOf(lower)).confirmedSeq, sent.confirmedSeq, "switched off");
  await take(upper, await fileAt(lower, cityNode, sent.sentSeq + 1));
  await setOut(lower, cityNode, { address, sending: true });
  await sendToNodes(lower.w.platform);
  assert.equal((await sendingOf(lower)).confirmedSeq, sent.sentSeq + 1, "what was carried meanwhile is answered as taken");
});

test("a server that is away, points elsewhere, refuses, or answers without the node's signature is told of in words and asked again after growing pauses", async (here) => {
  await accepted();
  const { seq } = await pack(lower, cityNode);
  const clock = { at: new Date() };
  const platform = { ...lower.w.platform, clock: { ...lower.w.platform.clock, now: () => clock.at } };
  const elsewhere = await answering(here, (_, reply) => reply.end("{}"));
  const turn = await answering(here, (_, reply) => reply.writeHead(307, { location: `${elsewhere.address}/api/federation/bundles` }).end());
  const lying = await answering(here, (_, reply) => reply.setHeader("content-type", "application/json").end(JSON.stringify({ from: countyNode, seq, repeated: false, counts: {}, signature: "00".repeat(64) })));
  const refusing = await answering(here, (_, reply) => reply.writeHead(422, { "content-type": "application/problem+json" }).end(JSON.stringify({ code: "bundle-not-accepted", detail: { zh: "缺少第 1 号", en: "Number 1 is missing" } })));
  for (const [address, words] of [["http://127.0.0.1:9", /cannot be reached/u], [turn.address, /points to another address/u], [lying.address, /not signed by that node/u], [refusing.address, /Number 1 is missing/u]] as const) {
    await setOut(lower, cityNode, { address, sending: true });
    await sendToNodes(platform);
    const { confirmedSeq, failures, sendError } = await sendingOf(lower);
    assert.deepEqual([confirmedSeq, failures], [seq - 1, 1]);
    assert.match(sendError?.en ?? "", words);
  }
  assert.equal(elsewhere.asked(), 0);
  await sendToNodes(platform);
  assert.equal(refusing.asked(), 1, "not before its time");
  for (const seconds of [30, 60, 120]) {
    clock.at = new Date(clock.at.getTime() + seconds * 1000 - 1);
    await sendToNodes(platform);
    clock.at = new Date(clock.at.getTime() + 1);
    const asked = refusing.asked();
    await sendToNodes(platform);
    assert.equal(refusing.asked(), asked + 1);
  }
  for (const address of ["ftp://10.0.0.5", "http://10.0.0.5/elsewhere", "http://a:b@10.0.0.5", "10.0.0.5:7350", "http://10.0.0.5/?to=other"]) await assert.rejects(setOut(lower, cityNode, { address, sending: true }), (error) => error instanceof Problem && error.code === "bad-request", address);
  await assert.rejects(setOut(lower, cityNode, { sending: true }), (error) => error instanceof Problem && error.code === "bad-request");
  await setOut(lower, cityNode, { sending: false });
  await take(upper, await fileAt(lower, cityNode, seq));
});

test("a definition from below is never published above: it must be known there word for word, or the bundle is refused naming the version", async () => {
  const owner = new pg.Client(upper.t.owner);
  await owner.connect();
  const published = async (): Promise<number> => Number((await owner.query("select count(*) as n from scheme_version")).rows[0].n);
  const [before, peer] = [await published(), await sendingOf(lower)];
  const state = await lower.t.database.read(lower.lead, (tx) => tx.selectFrom("nodePeer").selectAll().executeTakeFirstOrThrow());
  const brought = async (entry: object): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    const header = { kind: "node-up" as const, from: countyNode, to: cityNode, seq: peer.sentSeq + 1, previous: state.sentDigest!, created: "2018-11-01T02:00:00Z", expires: "2099-12-01T02:00:00Z" };
    for await (const part of seal({ suite: "international", header, pieces: [{ entry }], device: officeKeys(lower.w.platform.keys, "international").sign, receiver: officeKeys(upper.w.platform.keys, "international").seal.publicKey })) parts.push(part);
    return Buffer.concat(parts);
  };
  const entry = { type: "node-scheme", scheme: veterans.key, version: "2099.1", hash: "f".repeat(64), definition: { ...veterans, version: "2099.1" } };
  await assert.rejects(take(upper, await brought(entry)), refused(/does not have the definition veterans 2099\.1/u));
  await assert.rejects(take(upper, await brought({ ...entry, version: veterans.version })), refused(/is not the one published here/u));
  assert.equal(await published(), before);
  await owner.end();
});

test("a report sealed at the county goes up in a bundle, the city's answer comes back down, and a changed one is refused", async () => {
  await reportGoesUp({ lower, upper, county, countyArea, countyNode, refused, carryUp: () => carry(lower, upper, cityNode), carryDown: () => carry(upper, lower, countyNode) });
  // The county says with its next bundle that it has the answer.
  await accepted();
  await carry(lower, upper, cityNode);
});

test("a chain that ends at the city crosses the nodes: what the county approved rises, what the city decides goes down, with remarks and answers", () =>
  chainAcrossNodes({ lower, upper, throughTheCounty: accepted, correct, carryUp: () => carry(lower, upper, cityNode), carryDown: () => carry(upper, lower, countyNode) }));

test("three nodes in a row: a record rises to the province, is held, returned and corrected below, and stands in three registers", async (here) => {
  const t = await testDatabase();
  here.after(() => t.close());
  const w = await smallWorld(t);
  const top: Node = { t, w: { ...w, platform: { ...w.platform, keys: keysFrom(Buffer.alloc(32, 11)) } }, lead: await leadOf(t, w, { code: PROVINCE, level: 1, parent: 0, name: "某省" }) };
  await introduce(upper, top, [PROVINCE, CITY]);
  const peers = new Map([[lower, countyNode], [upper, cityNode], [top, `node:${PROVINCE}`]]);
  await threeNodes({ lower, upper, top, throughTheCounty: accepted, correct, pack: async (from, to) => fileAt(from, peers.get(to)!, (await pack(from, peers.get(to)!)).seq), take });
});

test("what is only stored goes to no other node, and nothing is packed while an incident is in force", () => staysAtHome({ w: lower.w, accepted, on: (work) => on(lower, work), carry: () => carry(lower, upper, cityNode) }));
test("a node that has a record hears with its next bundle that it is only stored now, and that this has ended", () => isToldLater({ w: lower.w, accepted, on: (work) => on(lower, work), above: (work) => on(upper, work), carry: () => carry(lower, upper, cityNode), correct: (id) => correct(id, 2, { remark: "更正" }), pack: () => on(lower, (tx) => packForNode(tx, lower.w.platform, cityNode)) }));

test("a lost node is built again from the bundles that were sent to it", async (here) => {
  const t = await testDatabase();
  here.after(() => t.close());
  const w = await smallWorld(t);
  const again: Node = { t, w: { ...w, platform: { ...w.platform, keys: upper.w.platform.keys } }, lead: await cityOn(t, w) };
  const { seal: sealing, sign } = officeKeys(lower.w.platform.keys, "international");
  await on(again, (tx) => addNode(tx, again.w.platform, { area: countyArea, label: "below", side: "below", suite: "international", seal: Buffer.from(sealing.publicKey).toString("hex"), sign: Buffer.from(sign.publicKey).toString("hex") }));
  const { peers } = await on(lower, (tx) => listNodes(tx, lower.w.platform));
  for (let seq = 1; seq <= peers[0]!.sentSeq; seq += 1) await take(again, await fileAt(lower, cityNode, seq)).catch((error: unknown) => assert.fail(`bundle ${seq}: ${String(error)}`));
  assert.deepEqual(await contents(again, areaRange(CITY)), await contents(upper, areaRange(CITY)));
  assert.ok((await carry(again, lower, countyNode)).counts["rounds-same"], "and goes on from where it was");
});

test("an ended exchange takes and makes nothing", async () => {
  await on(upper, (tx) => endNode(tx, countyNode, "合并机构"));
  await accepted();
  const { seq } = await pack(lower, cityNode);
  await assert.rejects(take(upper, await fileAt(lower, cityNode, seq)), refused(/has ended/));
  await assert.rejects(pack(upper, countyNode), (error) => error instanceof Problem && error.code === "move-not-possible");
});
