// A round whose chain ends at the province, on three nodes: county, city and province. Records rise through the city, holds, words of a seat, locks and returns
// come down through it, a node that was cut off catches up, and at the end three registers hold the same.
import assert from "node:assert/strict";
import pg from "pg";
import type { TestDatabase } from "./database.ts";
import { contents } from "./node-contents.ts";
import { areas, county, countyArea, type World } from "./world.ts";
import { areaRange } from "../src/core/area-code.ts";
import { newId } from "../src/core/ids.ts";
import { Problem } from "../src/core/problem.ts";
import { lockSection, releaseSection, setReview } from "../src/modules/campaigns/chain.ts";
import { returnDown } from "../src/modules/federation/service.ts";
import type { TakenBundle } from "../src/modules/federation/take.ts";
import { answersOfRevision, openRecord, saveCapture } from "../src/modules/records/service.ts";
import { answerRemark, decideRecord, decideSeat, listSeat, openSeat } from "../src/modules/review/service.ts";
import { confirmRequest, decideRequest, getRequest, takeRequest } from "../src/modules/rights/service.ts";
import type { Actor, Tx } from "../src/platform/database.ts";
import type { Answers } from "../src/scheme/model.ts";

type Node = { readonly t: TestDatabase; readonly w: World; readonly lead: Actor };
type Given = {
  readonly lower: Node;
  readonly upper: Node;
  readonly top: Node;
  /** Captured and approved by township and county. @returns the record */
  readonly throughTheCounty: () => Promise<string>;
  readonly correct: (id: string, basedOn: number, general: Answers[string]) => Promise<void>;
  /** Made and let go. @returns the file */
  readonly pack: (from: Node, to: Node) => Promise<Buffer>;
  readonly take: (at: Node, bytes: Uint8Array) => Promise<TakenBundle>;
};

/** An office with a lead at an area above the county of the small world. */
export async function leadOf(t: TestDatabase, w: World, { code, level, parent, name }: { readonly code: number; readonly level: number; readonly parent: number; readonly name: string }): Promise<Actor> {
  const owner = new pg.Client(t.owner);
  await owner.connect();
  await owner.query("insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values ($1, $2, $3, $4, $5, $5, '', '', 'test', '2023-01-01') on conflict do nothing", [code, level, parent, areaRange(code).hi, name]);
  const [office, account] = [newId(), newId()];
  await owner.query("insert into office (id, area, department, name) values ($1, $2, 'civil-affairs', $3)", [office, code, `${name}局`]);
  await owner.query("insert into account (id, login, name, office_id, password_hash, roles, ends_on) values ($1, $2, $3, $4, 'none', '{county-lead}', '2099-12-31')", [account, `lead-${code}`, level === 2 ? "市负责人" : `${name}负责人`, office]);
  await owner.end();
  return { ...w.actors.countyLead, account, office, area: code, ...areaRange(code) };
}

const refused = (code: Problem["code"], en = /./u) => (error: unknown): boolean => error instanceof Problem && error.code === code && en.test(error.detail?.en ?? error.code);

export async function threeNodes({ lower, upper, top, throughTheCounty, correct, pack, take }: Given): Promise<void> {
  const { campaign, actors } = lower.w;
  const on = <T>(node: Node, work: (tx: Tx) => Promise<T>, actor: Actor = node.lead): Promise<T> => node.t.database.write(actor, work);
  const somebody = (node: Node, role: string, department: string): Actor => ({ ...node.lead, account: newId(), name: role, roles: [role], department });
  const reviewers = new Map([[upper, somebody(upper, "level-reviewer", "civil-affairs")], [top, somebody(top, "level-reviewer", "civil-affairs")]]);
  const armed = somebody(top, "joint-reviewer", "armed_forces");
  const carry = async (from: Node, to: Node): Promise<TakenBundle> => take(to, await pack(from, to));
  const up = async () => [await carry(lower, upper), await carry(upper, top)] as const;
  const down = async () => [await carry(top, upper), await carry(upper, lower)] as const;
  const decide = (node: Node, id: string, basedOn: number, decision: "approve" | "return" | "hold") =>
    on(node, (tx) => decideRecord(tx, node.w.platform, { county, id, basedOn, decision, ...(decision === "return" && { remarks: [{ path: "general.remark", body: "请省级意见核实" }] }) }), reviewers.get(node)!);
  const standing = (id: string) => Promise.all([lower, upper, top].map((node) => on(node, async (tx) => Object.values(await tx.selectFrom("record").select(["state", "desk", "head"]).where("id", "=", id).executeTakeFirstOrThrow()).join(" "))));
  const everywhere = async (id: string, as: string) => assert.deepEqual(await standing(id), [as, as, as]);
  const speak = (id: string, basedOn: number, decision: "confirm" | "differ") => on(top, (tx) => decideSeat(tx, top.w.platform, { county, id, basedOn, decision, remarks: decision === "differ" ? [{ path: "general.name", body: "与征兵名册不符" }] : [] }), armed);
  const answerAll = async (id: string): Promise<void> => {
    const { remarks } = await on(lower, (tx) => openRecord(tx, lower.w.platform, { county, id, for: "view" }), actors.collectorA);
    for (const remark of remarks) if (remark.answer === undefined) await on(lower, (tx) => answerRemark(tx, lower.w.platform, { county, id, remark: remark.id, answer: "已核实" }), actors.collectorA);
  };
  const plan = (chain: number[], seats: Parameters<typeof setReview>[1]["seats"] = []) => on(top, (tx) => setReview(tx, { id: campaign.id, chain, offices: {}, seats }));

  await throughTheCounty();
  await up();
  await plan([4, 3, 2, 1], [{ department: "armed_forces", level: 1, paths: ["general.name"], required: true }]);
  assert.deepEqual((await down()).map((taken) => taken.counts["rounds-moved"]), [1, 1], "chain and seat go down through the city");

  // The city is cut off: what the county sends waits, and is taken in order, once.
  const id = await throughTheCounty();
  await on(lower, (tx) => tx.insertInto("recordStep").values({ county, recordId: id, area: areas.A1, level: 3, seat: "public_security", decision: "confirm", revision: 2, by: "police" }).execute());
  const first = await pack(lower, upper);
  const other = await throughTheCounty();
  const second = await pack(lower, upper);
  await assert.rejects(take(upper, second), refused("bundle-not-accepted", /missing/u));
  assert.deepEqual([(await take(upper, first)).counts["added"], (await take(upper, second)).counts["added"], (await take(upper, first)).repeated], [1, 1, true]);
  for (const one of [id, other]) await decide(upper, one, 2, "approve");
  assert.equal((await carry(upper, top)).counts["added"], 2);
  assert.deepEqual(await standing(id), ["township-approved 2 2", "township-approved 1 2", "township-approved 1 2"]);

  // Held at the province, and known as held below; what the city sends before it has heard of it does not undo it.
  await decide(top, id, 2, "hold");
  const { locks } = await on(top, (tx) => lockSection(tx, top.w.platform, { id: campaign.id, area: countyArea, place: "general", reason: "省级已核定" }));
  await on(upper, (tx) => tx.deleteFrom("nodeSent").where("recordId", "=", id).execute());
  assert.equal((await carry(upper, top)).counts["older"], 1);
  const [atTheCity, atTheCounty] = await down();
  assert.deepEqual([atTheCity.counts["held"], atTheCounty.counts["held"], atTheCounty.counts["approved"]], [1, 1, 2]);
  await everywhere(id, "held 1 2");
  const seen = await on(lower, (tx) => openRecord(tx, lower.w.platform, { county, id, for: "view" }), actors.reviewerA);
  assert.deepEqual([seen.record.state, seen.history.filter((entry) => entry.kind === "record.held").map((entry) => entry.level)], ["held", [1]], "the township sees who holds it");
  await assert.rejects(on(lower, (tx) => decideRecord(tx, lower.w.platform, { county, id, basedOn: 2, decision: "return", remarks: [{ path: "general.remark", body: "x" }] }), actors.countyReviewer), refused("move-not-possible", /province/u));

  // The seat sits at the province: it sees its field and no other, and the province waits for it.
  assert.deepEqual((await on(top, (tx) => listSeat(tx, { campaign: campaign.id }), armed)).rows.map((row) => row.id), [other]);
  assert.deepEqual((await on(top, (tx) => openSeat(tx, top.w.platform, { county, id: other }), armed)).fields.map((field) => field.path), ["general.name"]);
  await assert.rejects(on(upper, (tx) => openSeat(tx, upper.w.platform, { county, id: other }), somebody(upper, "joint-reviewer", "armed_forces")), refused("not-allowed"));
  await assert.rejects(decide(top, other, 2, "approve"), refused("seat-missing"));
  await speak(other, 2, "differ");
  await decide(top, id, 2, "return");
  assert.deepEqual((await down()).map((taken) => taken.counts["returned"]), [2, 2]);
  for (const one of [id, other]) {
    await everywhere(one, "returned  2");
    await answerAll(one);
  }

  // What the province has locked stays as it is at the county until the province lets go.
  await assert.rejects(correct(id, 2, { remark: "按省级意见更正" }), refused("section-locked", /locked by the province/u));
  await on(top, (tx) => releaseSection(tx, top.w.platform, { id: campaign.id, lock: locks[0]!.id, reason: "可更正" }));
  await down();
  for (const one of [id, other]) await correct(one, 2, { remark: "按省级意见更正" });
  assert.equal((await carry(lower, upper)).counts["updated"], 2);
  for (const one of [id, other]) await decide(upper, one, 3, "approve");
  assert.equal((await carry(upper, top)).counts["updated"], 2);
  const again = await on(top, (tx) => openRecord(tx, top.w.platform, { county, id, for: "review" }), reviewers.get(top)!);
  assert.deepEqual([again.record.head, again.remarks.map((remark) => remark.answer)], [3, ["已核实"]], "answers rise through the city");
  for (const one of [id, other]) {
    await speak(one, 3, "confirm");
    await decide(top, one, 3, "approve");
  }
  const said = await down();
  assert.deepEqual(said.map((taken) => [taken.counts["confirmed"], taken.counts["approved"], taken.counts["decisions-late"]]), [[2, 2, undefined], [2, 4, undefined]]);
  await everywhere(other, "accepted  3");
  const steps = await on(lower, (tx) => tx.selectFrom("recordStep").select(["level", "seat", "decision", "revision"]).where("recordId", "=", other).orderBy("no").execute());
  assert.deepEqual(steps.map((step) => `${step.level} ${step.decision} ${step.revision} ${step.seat ?? ""}`.trim()), ["4 approve 2", "3 approve 2", "2 approve 2", "1 differ 2 armed_forces", "4 approve 3", "3 approve 3", "2 approve 3", "1 confirm 3 armed_forces", "1 approve 3"]);

  // Returned out of the register by the province, it comes back through the city to its collector and rises again.
  await on(top, (tx) => returnDown(tx, top.w.platform, { county, id, basedOn: 3, remarks: [{ path: "general.remark", body: "请再核实" }] }));
  assert.deepEqual((await down()).map((taken) => taken.counts["returned"]), [1, 1]);
  await plan([4, 3]);
  await down();
  await answerAll(id);

  // In review anew and on hold below: the nodes above have what was sent before, and say so until the hold has ended. Each word goes up once.
  const answers = (await on(lower, (tx) => answersOfRevision(tx, lower.w.platform, { county, id, no: 3 })))!;
  await on(lower, (tx) => saveCapture(tx, lower.w.platform, { county, id, basedOn: 3, answers: { ...answers, general: { ...answers["general"], remark: "再次更正" } }, channel: "station", reason: "更正", submit: true }), actors.collectorA);
  const below = (decision: "approve" | "hold", actor: Actor) => on(lower, (tx) => decideRecord(tx, lower.w.platform, { county, id, basedOn: 4, decision }), actor);
  const told = async () => (await up()).map((taken) => [taken.counts["held-below"], taken.counts["held-ended"]]);
  const heldAt = (node: Node) => on(node, (tx) => openRecord(tx, node.w.platform, { county, id, for: "view" })).then((seen) => [seen.record.state, seen.record.head, seen.heldBelow?.level]);
  await below("hold", actors.reviewerA);
  assert.deepEqual(await told(), [[1, undefined], [1, undefined]]);
  assert.deepEqual([await heldAt(upper), await heldAt(top), (await heldAt(lower))[2]], [["returned", 3, 4], ["accepted", 3, 4], undefined]);
  await below("approve", actors.reviewerA);
  await below("hold", actors.countyReviewer);
  assert.deepEqual([await told(), await heldAt(top)], [[[1, undefined], [1, undefined]], ["accepted", 3, 3]], "the county has it on hold now");
  assert.deepEqual(await told(), [[undefined, undefined], [undefined, undefined]]);
  await below("approve", actors.countyReviewer);
  await up();
  await everywhere(id, "accepted  4");
  assert.deepEqual([(await heldAt(upper))[2], (await heldAt(top))[2]], [undefined, undefined], "what rises is on hold no more");
  const registers = await Promise.all([lower, upper, top].map((node) => contents(node, areaRange(countyArea))));
  assert.deepEqual(registers[1], registers[0]);
  assert.deepEqual(registers[2], registers[0], "nothing is lost on the way");

  for (const node of [upper, top]) assert.equal((await on(node, (tx) => tx.selectFrom("recordStep").select("no").where("recordId", "=", id).where("seat", "=", "public_security").execute())).length, 1, "the word of the county's seat has risen, once");

  // Erased at the county: every node that has a copy erases it when it hears, and its receipt stands at the request.
  const { platform } = lower.w;
  const asked = await on(lower, (tx) => takeRequest(tx, platform, { county, record: other, kind: "deletion", asker: "self", proof: "id-card", ground: "unlawful" }), actors.collectorA);
  const request = { county, id: asked.request.id };
  await on(lower, (tx) => decideRequest(tx, platform, request, { outcome: "granted" }), actors.countyReviewer);
  await on(lower, (tx) => confirmRequest(tx, platform, request, { agree: true }));
  const copies = async () => (await on(lower, (tx) => getRequest(tx, platform, request))).notices.map((one) => [one.ref.split(" ")[0], one.told !== undefined]);
  const named = (node: Node) => on(node, async (tx) => (await tx.selectFrom("subject as s").innerJoin("record as r", "r.subjectId", "s.id").select(["s.name", "s.idDigest"]).where("r.id", "=", other).executeTakeFirstOrThrow()).name);
  const [city, province] = ["node:350500000000", "node:350000000000"];
  assert.deepEqual([await copies(), await named(upper), await named(top)].map((one) => (typeof one === "string" ? one !== "" : one)), [[[city, false]], true, true]);
  assert.deepEqual((await up()).map((taken) => taken.counts["erased"]), [1, 1]);
  assert.deepEqual([await named(lower), await named(upper), await named(top)], ["", "", ""]);
  for (const node of [upper, top]) assert.equal(await on(node, (tx) => answersOfRevision(tx, node.w.platform, { county, id: other, no: 2 }).then((answers) => Object.keys(answers ?? {}).length)), 0);
  assert.deepEqual((await down()).map((taken) => taken.counts["erased-at"]), [1, 2]);
  assert.deepEqual((await copies()).toSorted(), [[province, true], [city, true]]);
  await throughTheCounty();
  assert.deepEqual((await up()).map((taken) => [taken.counts["erased"], taken.counts["records"]]), [[undefined, 1], [undefined, 1]], "it is said once, and what was erased is not sent again");
}
