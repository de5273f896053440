// The review chain on a real database: approve, return and answer, hold, two persons, corrections, duplicates, hand-over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase, as, type Held, save, submitted, withPictures } from "../../../test/people.ts";
import { areas, completeAnswers, county, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { Problem } from "../../core/problem.ts";
import * as records from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import * as review from "./service.ts";

let t: TestDatabase;
let w: World;
let owner: pg.Client;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
  owner = new pg.Client(t.owner);
  await owner.connect();
});
after(async () => {
  await owner.end();
  await t.close();
});

type Decision = "approve" | "return" | "hold";
const decide = (actor: WorldActor, held: Held, decision: Decision, remarks?: { path: string; body: string }[]): Promise<records.CaptureReply> =>
  as(w, actor, (tx) => review.decideRecord(tx, w.platform, { county: held.county, id: held.id, basedOn: held.head, decision, ...(remarks && { remarks }) }));
const rows = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await owner.query(text, values)).rows as Record<string, unknown>[];
const facts = async (id: string): Promise<unknown[]> => (await rows("select kind from event where record_id = $1 order by id", [id])).map((row) => row["kind"]);
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const accepted = async (n: number): Promise<Awaited<ReturnType<typeof submitted>>> => {
  const held = await submitted(w, n);
  await decide("reviewerA", held, "approve");
  await decide("countyReviewer", held, "approve");
  return held;
};

test("a submitted record passes the township, then the county, and every step is a fact", async () => {
  const held = await submitted(w, 20);
  assert.equal((await decide("reviewerA", held, "approve")).state, "township-approved");
  assert.equal((await decide("countyReviewer", held, "approve")).state, "accepted");
  assert.deepEqual(await facts(held.id), ["record.captured", "record.submitted", "record.township-approved", "record.accepted"]);
});

test("each level decides in its own turn only, and another township not at all", async () => {
  const held = await submitted(w, 21);
  await assert.rejects(decide("countyReviewer", held, "approve"), refused("move-not-possible"));
  await assert.rejects(decide("reviewerB", held, "approve"), refused("not-found"));
  await assert.rejects(decide("collectorA", held, "approve"), refused("not-allowed"));
  await decide("reviewerA", held, "approve");
  await assert.rejects(decide("reviewerA", held, "approve"), refused("move-not-possible"));
});

test("who captured a record does not review it", async () => {
  const held = await submitted(w, 22, "bothA");
  await assert.rejects(decide("bothA", held, "approve"), refused("same-person"));
  await assert.rejects(decide("bothA", held, "return", [{ path: "general.name", body: "请核对" }]), refused("same-person"));
});

test("a returned record carries remarks that are answered before it is submitted again", async () => {
  const held = await submitted(w, 23);
  await assert.rejects(decide("reviewerA", held, "return"), refused("bad-request"));
  await assert.rejects(decide("reviewerA", held, "return", [{ path: "general.nothing", body: "x" }]), refused("bad-request"));
  await assert.rejects(decide("reviewerA", held, "return", [{ path: "general.name", body: "原第三十八集团军" }]), refused("unit-designation"));
  await decide("reviewerA", held, "return", [
    { path: "general.mobile", body: "号码打不通" },
    { path: "general.education", body: "请核对毕业证" },
  ]);
  await assert.rejects(save(w, held, held.answers, { submit: true }), refused("remarks-unanswered"));
  const view = await as(w, "collectorA", (tx) => records.openRecord(tx, w.platform, { ...held, for: "capture" }));
  assert.equal(view.remarks.length, 2);
  const [first, second] = view.remarks;
  const answer = (remark: string): Promise<unknown> => as(w, "collectorA", (tx) => review.answerRemark(tx, w.platform, { county, id: held.id, remark, answer: "已核对" }));
  await answer(first!.id);
  await assert.rejects(answer(first!.id), refused("move-not-possible"));
  await assert.rejects(save(w, held, held.answers, { submit: true }), refused("remarks-unanswered"));
  await answer(second!.id);
  const again = await save(w, held, { ...held.answers, general: { ...held.answers["general"], mobile: "13900000000" } }, { submit: true });
  assert.equal(again.state, "submitted");
  assert.equal(again.head, held.head + 1);
});

test("a record on hold is taken up by the level that holds it", async () => {
  const held = await submitted(w, 24);
  assert.equal((await decide("reviewerA", held, "hold")).state, "held");
  await assert.rejects(decide("countyReviewer", held, "approve"), refused("move-not-possible"));
  assert.equal((await decide("reviewerA", held, "approve")).state, "township-approved");
  await decide("countyReviewer", held, "hold");
  await assert.rejects(decide("reviewerA", held, "approve"), refused("move-not-possible"));
  assert.equal((await decide("countyReviewer", held, "approve")).state, "accepted");
});

test("a batch gives each record its own outcome", async () => {
  const [good, stale, foreign] = [await submitted(w, 25), await submitted(w, 26), await submitted(w, 27, "bothA")];
  const reply = await as(w, "bothA", (tx) =>
    review.decideBatch(tx, w.platform, { records: [{ county, id: good.id, basedOn: good.head }, { county, id: stale.id, basedOn: stale.head - 1 }, { county, id: foreign.id, basedOn: foreign.head }, { county, id: "00000000-0000-7000-8000-000000000000", basedOn: 1 }] }),
  );
  assert.equal(reply.approved, 1);
  assert.deepEqual(reply.refused.map((one) => one.problem), ["changed-meanwhile", "same-person", "not-found"]);
  assert.equal((await facts(good.id)).at(-1), "record.township-approved");
});

test("a correction of an accepted record needs a reason, is submitted at once and reviewed again", async () => {
  const held = await accepted(28);
  const corrected = { ...held.answers, general: { ...held.answers["general"], education: "60" } };
  await assert.rejects(save(w, held, corrected, { reason: "更正" }), refused("move-not-possible"));
  await assert.rejects(save(w, held, corrected, { submit: true }), refused("record-has-issues"));
  const reply = await save(w, held, corrected, { submit: true, reason: "毕业证有误" });
  assert.equal(reply.state, "submitted");
  const [fact] = await rows("select data from event where record_id = $1 and kind = 'record.captured' order by id desc limit 1", [held.id]);
  assert.equal((fact?.["data"] as { kind: string }).kind, "correction");
  const again = { ...held, head: reply.head };
  await decide("reviewerA", again, "approve");
  assert.equal((await decide("countyReviewer", again, "approve")).state, "accepted");
});

test("a person captured twice is submitted, refused approval, and merged by the county", async () => {
  const first = await accepted(29);
  const added = await as(w, "collectorB", (tx) =>
    records.addPerson(tx, w.platform, { campaign: w.campaign, area: areas.B1, answers: completeAnswers(29, { domicile_region: String(areas.B1) }), channel: "station", submit: false }),
  );
  const second: Held = { county, id: added.id, head: added.head };
  const answers = await withPictures(w, second, completeAnswers(29, { domicile_region: String(areas.B1) }), "collectorB");
  const reply = await save(w, second, answers, { submit: true }, "collectorB");
  assert.equal(reply.state, "submitted");
  const held = { ...second, head: reply.head };
  // The township is not told that another township holds the number; the county is, and lets it not pass.
  assert.equal((await decide("reviewerB", held, "approve")).state, "township-approved");
  await assert.rejects(decide("countyReviewer", held, "approve"), refused("record-has-issues"));
  assert.deepEqual((await as(w, "countyReviewer", (tx) => review.decideBatch(tx, w.platform, { records: [{ county, id: held.id, basedOn: held.head }] }))).refused.map(({ problem }) => problem), ["record-has-issues"]);
  const merge = (actor: WorldActor, other: string): Promise<records.CaptureReply> => as(w, actor, (tx) => review.mergeDuplicate(tx, w.platform, { county, id: held.id, basedOn: held.head, other }));
  await assert.rejects(merge("reviewerB", first.id), refused("not-allowed"));
  await assert.rejects(merge("countyReviewer", held.id), refused("move-not-possible"));
  assert.equal((await merge("countyReviewer", first.id)).state, "duplicate");
  assert.equal((await rows("select merged_into from record where id = $1", [held.id]))[0]?.["merged_into"], first.id);
  await assert.rejects(save(w, held, answers, {}, "collectorB"), refused("move-not-possible"));
});

test("merging the record that holds the number gives the number to the one that stays", async () => {
  const first = await submitted(w, 30);
  const second = await as(w, "collectorB", (tx) => records.addPerson(tx, w.platform, { campaign: w.campaign, area: areas.B1, answers: completeAnswers(30, { domicile_region: String(areas.B1) }), channel: "station", submit: false }));
  const waits = () => rows("select state from contested_number where subject_id = (select subject_id from record where id = $1)", [second.id]);
  assert.deepEqual(await waits(), [{ state: "open" }]);
  await as(w, "countyReviewer", (tx) => review.mergeDuplicate(tx, w.platform, { county, id: first.id, basedOn: first.head, other: second.id }));
  const [other] = await rows("select issues, subject_id from record where id = $1", [second.id]);
  assert.ok(!JSON.stringify(other?.["issues"]).includes("duplicate-person"));
  assert.deepEqual(await rows("select subject_id from identity_claim where subject_id = $1", [other?.["subject_id"]]), [{ subject_id: other?.["subject_id"] }]);
  assert.deepEqual(await waits(), [{ state: "ended" }]);
});

test("a hand-over moves the person and everything that hangs on the record", async () => {
  const base = await addBase(w, 31);
  const answers = await withPictures(w, base, completeAnswers(31, { domicile_region: String(areas.B1) }));
  const draft = await save(w, base, answers);
  assert.ok(draft.issues.some((issue) => issue.code === "registered-in-other-township"));
  const held = { ...base, head: draft.head };
  const ask = (toArea: number): Promise<{ id: string }> => as(w, "collectorA", (tx) => review.askHandover(tx, w.platform, { county, id: held.id, toArea, reason: "户籍在乙镇" }));
  await assert.rejects(ask(areas.A2), refused("bad-request"));
  await assert.rejects(ask(areas.elsewhere), refused("bad-request"));
  const asked = await ask(areas.B1);
  await assert.rejects(ask(areas.B2), refused("already-exists"));
  const settle = (actor: WorldActor, accept: boolean): Promise<unknown> => as(w, actor, (tx) => review.settleHandover(tx, w.platform, { county, id: asked.id, accept }));
  await assert.rejects(settle("reviewerA", true), refused("move-not-possible"));
  await assert.rejects(settle("collectorB", true), refused("not-allowed"));
  const incoming = await as(w, "reviewerB", (tx) => review.listHandovers(tx, { state: "asked" }));
  assert.deepEqual(incoming.rows.map((row) => [row.record, row.incoming]), [[held.id, true]]);
  await settle("reviewerB", true);
  for (const [table, key] of [["record", "id"], ["revision", "record_id"], ["media", "record_id"]]) {
    const found = await rows(`select distinct area from ${table} where ${key} = $1`, [held.id]);
    assert.deepEqual(found, [{ area: areas.B1 }], table);
  }
  assert.deepEqual(await rows("select distinct s.area from subject s join record r on r.subject_id = s.id where r.id = $1", [held.id]), [{ area: areas.B1 }]);
  assert.deepEqual(await rows("select distinct p.area from subject_name_part p join record r on r.subject_id = p.subject_id where r.id = $1", [held.id]), [{ area: areas.B1 }]);
  await assert.rejects(as(w, "collectorA", (tx) => records.openRecord(tx, w.platform, { county, id: held.id })), refused("not-found"));
  const view = await as(w, "collectorB", (tx) => records.openRecord(tx, w.platform, { county, id: held.id }));
  assert.deepEqual(view.issues, []);
  assert.ok(view.history.some((entry) => entry.kind === "record.handed-over"));
  assert.equal((await save(w, held, answers, { submit: true }, "collectorB")).state, "submitted");
  await assert.rejects(settle("reviewerB", true), refused("move-not-possible"));
});

test("a declined hand-over leaves the record where it is", async () => {
  const held = await addBase(w, 32);
  const asked = await as(w, "collectorA", (tx) => review.askHandover(tx, w.platform, { county, id: held.id, toArea: areas.B1, reason: "户籍在乙镇" }));
  const view = await as(w, "reviewerB", (tx) => review.settleHandover(tx, w.platform, { county, id: asked.id, accept: false, reason: "户籍不在本镇" }));
  assert.equal(view.state, "declined");
  assert.deepEqual(await rows("select area from record where id = $1", [held.id]), [{ area: areas.A1 }]);
});

test("a record that passed review meanwhile is not taken away by a waiting hand-over", async () => {
  const held = await submitted(w, 36);
  const asked = await as(w, "collectorA", (tx) => review.askHandover(tx, w.platform, { county, id: held.id, toArea: areas.B1, reason: "户籍在乙镇" }));
  await decide("reviewerA", held, "approve");
  const settle = (accept: boolean): Promise<{ state: string }> => as(w, "reviewerB", (tx) => review.settleHandover(tx, w.platform, { county, id: asked.id, accept }));
  await assert.rejects(settle(true), refused("move-not-possible"));
  assert.equal((await settle(false)).state, "declined");
});

test("outcomes end a record; a person not found can still be captured later", async () => {
  const outcome = (held: Held, what: "refused" | "not-found" | "deceased" | "moved"): Promise<records.CaptureReply> =>
    as(w, "collectorA", (tx) => records.setOutcome(tx, w.platform, { county, id: held.id, basedOn: held.head, outcome: what, note: "本人意愿" }));
  const refusing = await addBase(w, 33);
  const ended = await outcome(refusing, "refused");
  assert.equal(ended.state, "refused");
  await assert.rejects(save(w, { ...refusing, head: ended.head }, completeAnswers(33)), refused("move-not-possible"));
  await assert.rejects(outcome({ ...refusing, head: ended.head }, "moved"), refused("move-not-possible"));
  const missing = await addBase(w, 34);
  const gone = await outcome(missing, "not-found");
  assert.equal((await save(w, { ...missing, head: gone.head }, completeAnswers(34))).state, "draft");
});

test("a change after the signature shows", async () => {
  const held = await addBase(w, 35);
  const answers = await withPictures(w, held, completeAnswers(35));
  const { definition } = await as(w, "countyLead", (tx) => loadScheme(tx, w.campaign.scheme, w.campaign.version));
  const signed = await save(w, held, answers, { signedDigest: records.signedDigestOf(definition, answers) });
  const view = (): Promise<{ signedVersionDiffers: boolean }> => as(w, "collectorA", (tx) => records.openRecord(tx, w.platform, { county, id: held.id }));
  assert.equal((await view()).signedVersionDiffers, false);
  await save(w, { ...held, head: signed.head }, { ...answers, general: { ...answers["general"], marital: "10" } });
  assert.equal((await view()).signedVersionDiffers, true);
});
