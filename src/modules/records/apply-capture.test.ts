// Captures from terminals on a real database: merged, kept apart, settled, and never written over what was not seen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, completeAnswers, county, picture, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import type { Answers, FormAnswers } from "../../scheme/model.ts";
import { publishScheme } from "../schemes/service.ts";
import { askHandover, decideBatch, decideRecord, settleHandover } from "../review/service.ts";
import { type Office, order, play, random, type Seen, type Write } from "./interleavings.fixture.ts";
import * as records from "./service.ts";
import { veterans } from "../../../schemes/veterans/scheme.ts";

let t: TestDatabase;
let w: World;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
});
after(() => t.close());

const as = <T>(actor: WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(w.actors[actor], work);
let person = 0;
const addBase = async (general: FormAnswers = {}): Promise<{ id: string; answers: Answers }> => {
  person += 1;
  const answers = completeAnswers(person, general);
  const { added } = await as("countyLead", (tx) => records.addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people: [{ index: 0, area: areas.A1, answers }] }));
  return { id: added[0]!.recordId, answers };
};
const general = (answers: Answers, more: FormAnswers): Answers => ({ ...answers, general: { ...answers["general"], ...more } });
const bring = (id: string, basedOn: number, given: Answers, theirs: Answers, more: Partial<records.TerminalCapture> = {}, actor: WorldActor = "collectorA"): Promise<records.Applied> =>
  as(actor, (tx) => records.applyCapture(tx, w.platform, { county, id, entry: newId(), device: newId(), version: veterans.version, basedOn, given, answers: theirs, channel: "home", submit: false, ...more }));
const save = (id: string, basedOn: number, answers: Answers, more: Partial<records.CaptureContent> = {}): Promise<records.CaptureReply> =>
  as("collectorA", (tx) => records.saveCapture(tx, w.platform, { county, id, basedOn, answers, channel: "station", submit: false, ...more }));
const heldBy = (id: string): Promise<Answers> => as("collectorA", async (tx) => (await records.openRecord(tx, w.platform, { county, id, for: "capture" })).answers as Answers);
const kept = (id: string, actor: WorldActor = "collectorA") => as(actor, (tx) => records.listKept(tx, w.platform, { county, id }));
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
/** Photo and signature as the collector takes them. */
const pictured = async (answers: Answers): Promise<{ answers: Answers; pictures: records.TakenPicture[] }> => {
  const bytes = await picture();
  const pictures = await records.takePictures(w.platform, veterans, county, ["general.photo_recent", "general.signature"].map((path) => ({ path, bytes })));
  return { answers: general(answers, Object.fromEntries(pictures.map((one) => [one.path.split(".")[1], one.id]))), pictures };
};

test("nobody was there meanwhile: the capture is taken as it is", async () => {
  const { id, answers } = await addBase();
  const reply = await bring(id, 1, answers, general(answers, { remark: "甲" }));
  assert.deepEqual([reply.outcome, reply.head, reply.state, reply.paths], ["applied", 2, "draft", ["general.remark"]]);
});

test("office and terminal changed different items: both stand", async () => {
  const { id, answers } = await addBase();
  await save(id, 1, general(answers, { email: "a@example.cn" }));
  const reply = await bring(id, 1, answers, general(answers, { remark: "乙" }));
  assert.deepEqual([reply.outcome, reply.head], ["merged", 3]);
  const now = (await heldBy(id))["general"];
  assert.deepEqual([now?.["email"], now?.["remark"]], ["a@example.cn", "乙"]);
});

test("both changed the same: nothing is written, both are kept, and the office chooses field by field", async () => {
  const { id, answers } = await addBase({ remark: "原来" });
  await save(id, 1, general(answers, { remark: "办公室", email: "o@example.cn" }));
  const reply = await bring(id, 1, answers, general(answers, { remark: "终端", postcode: "362400" }));
  assert.deepEqual([reply.outcome, reply.head, reply.paths], ["kept-apart", 2, ["general.remark"]]);
  assert.equal((await heldBy(id))["general"]?.["remark"], "办公室");
  const [version] = (await kept(id)).kept;
  assert.deepEqual(version?.choices.map(({ path, office, terminal, contradict }) => ({ path, office, terminal, contradict })), [
    { path: "general.postcode", office: null, terminal: "362400", contradict: false },
    { path: "general.remark", office: "办公室", terminal: "终端", contradict: true },
  ]);
  const settle = (choices: Record<string, "office" | "terminal">, basedOn = 2) =>
    as("collectorA", (tx) => records.settleKept(tx, w.platform, { county, id, kept: version!.id, basedOn, choices: Object.entries(choices).map(([path, take]) => ({ path, take })), reason: "与本人核实" }));
  await assert.rejects(settle({ "general.remark": "terminal" }), refused("bad-request"));
  await assert.rejects(settle({ "general.remark": "terminal", "general.postcode": "terminal" }, 1), refused("changed-meanwhile"));
  const settled = await settle({ "general.remark": "office", "general.postcode": "terminal" });
  assert.equal(settled.head, 3);
  const now = (await heldBy(id))["general"];
  assert.deepEqual([now?.["remark"], now?.["postcode"], now?.["email"]], ["办公室", "362400", "o@example.cn"]);
  assert.deepEqual((await kept(id)).kept, []);
  await assert.rejects(settle({ "general.remark": "terminal", "general.postcode": "terminal" }, 3), refused("not-found"));
});

test("a kept version is seen and settled where the record is, and nowhere else", async () => {
  const { id, answers } = await addBase();
  await save(id, 1, general(answers, { remark: "一" }));
  await bring(id, 1, answers, general(answers, { remark: "二" }));
  assert.equal((await kept(id)).kept.length, 1);
  await assert.rejects(kept(id, "collectorB"), refused("not-found"));
  const [count] = await as("collectorB", async (tx) => [await records.countKeptByDevice(tx)]);
  assert.equal(count?.size, 0);
});

test("what the terminal was not given counts as untouched, and cannot be written over unseen", async () => {
  const { id, answers } = await addBase({ postcode: "362400" });
  const { postcode: _, ...givenItems } = answers["general"] as Record<string, never>;
  const given: Answers = { ...answers, general: givenItems };
  const first = await bring(id, 1, given, general(given, { remark: "补充" }));
  assert.equal(first.outcome, "applied");
  assert.equal((await heldBy(id))["general"]?.["postcode"], "362400");
  const second = await bring(id, 1, given, general(given, { remark: "补充", postcode: "362411" }));
  assert.deepEqual([second.outcome, second.paths], ["kept-apart", ["general.postcode"]]);
  assert.equal((await heldBy(id))["general"]?.["postcode"], "362400");
});

test("a terminal that did not begin from what it was given is refused", async () => {
  const { id, answers } = await addBase();
  await assert.rejects(bring(id, 1, general(answers, { email: "never@example.cn" }), general(answers, { remark: "x" })), refused("bad-request"));
  await assert.rejects(bring(id, 7, answers, answers), refused("bad-request"));
});

test("a record that is under review or accepted is not touched: equal is nothing new, other is kept for later", async () => {
  const { id, answers } = await addBase();
  const { answers: whole, pictures } = await pictured(answers);
  const sent = await bring(id, 1, answers, whole, { submit: true, pictures });
  assert.deepEqual([sent.outcome, sent.state], ["applied", "submitted"]);
  const again = await bring(id, 1, answers, whole, { submit: true });
  assert.deepEqual([again.outcome, again.head], ["unchanged", 2]);
  const late = await bring(id, 1, answers, general(whole, { remark: "迟到的补充" }), { submit: true });
  assert.deepEqual([late.outcome, late.paths], ["kept-apart", ["general.remark"]]);
  const [version] = (await kept(id)).kept;
  const settle = (basedOn: number) => as("collectorA", (tx) => records.settleKept(tx, w.platform, { county, id, kept: version!.id, basedOn, choices: [{ path: "general.remark", take: "terminal" }], reason: "迟到" }));
  await assert.rejects(settle(2), refused("move-not-possible"));
  await as("reviewerA", (tx) => decideRecord(tx, w.platform, { county, id, basedOn: 2, decision: "approve" }));
  await as("countyReviewer", (tx) => decideRecord(tx, w.platform, { county, id, basedOn: 2, decision: "approve" }));
  const settled = await settle(2);
  assert.deepEqual([settled.head, settled.state], [3, "submitted"]);
  assert.equal((await heldBy(id))["general"]?.["remark"], "迟到的补充");
});

test("a photo that the check left open is approved with the reviewer's tick only", async () => {
  const { id, answers } = await addBase();
  const { answers: whole, pictures } = await pictured(answers);
  const portrait = pictures[0]!.id;
  await bring(id, 1, answers, whole, { submit: true, pictures, toJudge: [portrait] });
  const decide = (actor: WorldActor, judged?: boolean) => as(actor, (tx) => decideRecord(tx, w.platform, { county, id, basedOn: 2, decision: "approve", ...(judged !== undefined && { judged }) }));
  await assert.rejects(decide("reviewerA"), refused("record-has-issues"));
  const batch = await as("reviewerA", (tx) => decideBatch(tx, w.platform, { records: [{ county, id, basedOn: 2 }] }));
  assert.equal(batch.approved, 0);
  assert.equal((await decide("reviewerA", true)).state, "township-approved");
  assert.equal((await decide("countyReviewer")).state, "accepted");
});

test("faults that only the merge made keep both; the collector's own faults go back", async () => {
  const { id, answers } = await addBase();
  const { answers: whole, pictures } = await pictured(answers);
  await assert.rejects(bring(id, 1, answers, general(whole, { mobile: undefined, email: undefined, education: undefined }), { submit: true, pictures }), refused("record-has-issues"));
  await save(id, 1, general(answers, { education: undefined }));
  const reply = await bring(id, 1, answers, general(whole, { remark: "丙" }), { submit: true, pictures });
  assert.deepEqual([reply.outcome, (await kept(id)).kept[0]?.reason], ["kept-apart", "faults"]);
  const held = await as("collectorA", (tx) => tx.selectFrom("media").select("path").where("county", "=", county).where("recordId", "=", id).execute());
  assert.equal(held.length, 2, "its pictures wait with it");
});

test("a person on no list keeps the terminal's number of the record; the same work a second time says nothing new", async () => {
  person += 1;
  const [id, answers] = [newId(), completeAnswers(person)];
  const fresh = { campaign: w.campaign, area: areas.A2 };
  const added = await bring(id, 0, {}, answers, { fresh });
  assert.deepEqual([added.outcome, added.head, added.state], ["applied", 1, "draft"]);
  assert.equal((await bring(id, 0, {}, answers, { fresh })).outcome, "unchanged");
  await assert.rejects(bring(newId(), 0, {}, completeAnswers(person + 200), { fresh: { campaign: w.campaign, area: areas.B1 } }), refused("not-found"));
  await assert.rejects(bring(newId(), 1, answers, answers), refused("not-found"));
});

test("a unit designation is kept nowhere, not even apart", async () => {
  const { id, answers } = await addBase();
  await save(id, 1, general(answers, { remark: "一" }));
  await assert.rejects(bring(id, 1, answers, general(answers, { remark: "步兵第112师336团" })), refused("unit-designation"));
  assert.deepEqual((await kept(id)).kept, []);
});

test("work of two versions ago is carried over; an older or unknown version goes back", async () => {
  const { id, answers } = await addBase();
  for (const version of ["2018.2", "2018.3"]) await t.database.write(systemActor("publish"), (tx) => publishScheme(tx, { ...veterans, version }));
  const reply = await bring(id, 1, answers, general(answers, { remark: "旧版" }), { version: "2018.2" });
  assert.equal(reply.outcome, "applied");
  await assert.rejects(bring(id, 1, answers, answers, { version: "2017.9" }), refused("bad-request"));
});

test("a record that is handed over takes its kept version along", async () => {
  const { id, answers } = await addBase();
  await save(id, 1, general(answers, { remark: "一" }));
  await bring(id, 1, answers, general(answers, { remark: "二" }));
  const asked = await as("collectorA", (tx) => askHandover(tx, w.platform, { county, id, toArea: areas.B1, reason: "户籍在乙镇" }));
  await as("reviewerB", (tx) => settleHandover(tx, w.platform, { county, id: asked.id, accept: true }));
  const seen = await t.database.read(w.actors.collectorB, (tx) => tx.selectFrom("keptVersion").select("recordId").where("county", "=", county).execute());
  assert.deepEqual(seen.map((row) => row.recordId), [id]);
});

const FIELDS = ["remark", "former_name", "wechat_qq", "issuing_authority"] as const;
const HIDDEN = "issuing_authority";
const fieldsOf = (answers: Answers): Write => Object.fromEntries(FIELDS.map((field) => [field, String(answers["general"]?.[field] ?? "")]));

async function realOffice(): Promise<Office> {
  const { id, answers } = await addBase(Object.fromEntries(FIELDS.map((field) => [field, `base:${field}`])));
  const head = async (): Promise<{ no: number; answers: Answers }> => {
    const opened = await as("collectorA", (tx) => records.openRecord(tx, w.platform, { county, id, for: "capture" }));
    return { no: opened.record.head, answers: opened.answers as Answers };
  };
  const shown = async (hide: boolean): Promise<Seen> => {
    const { no, answers: now } = await head();
    const values = fieldsOf(now);
    return { revision: no, values: hide ? Object.fromEntries(Object.entries(values).filter(([field]) => field !== HIDDEN)) : values };
  };
  return {
    give: () => shown(true),
    open: () => shown(false),
    save: (from, values) =>
      save(id, from.revision, general(answers, values)).then(
        () => true,
        (error: unknown) => {
          if (refused("changed-meanwhile")(error)) return false;
          throw error;
        },
      ),
    bring: async (_, from, values) => {
      const base = { ...answers["general"] } as Record<string, never>;
      for (const field of FIELDS) delete base[field];
      const reply = await bring(id, from.revision, { ...answers, general: { ...base, ...from.values } }, { ...answers, general: { ...base, ...values } });
      return reply.outcome === "kept-apart" ? "kept" : "taken";
    },
    history: async () => {
      const { no } = await head();
      const revisions: Write[] = [];
      for (let each = 1; each <= no; each += 1) revisions.push(fieldsOf(await revisionOf(id, each)));
      return { revisions, kept: (await kept(id)).kept.map((version) => Object.fromEntries(version.choices.map((choice) => [choice.path.split(".")[1] as string, String(choice.terminal)]))) };
    },
  };
}
const revisionOf = async (id: string, no: number): Promise<Answers> => (await as("collectorA", (tx) => records.answersOfRevision(tx, w.platform, { county, id, no }))) ?? {};

test("orders of two terminals, an editor and an import on the real services overwrite nothing in silence", async () => {
  let keptApart = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const next = random(seed);
    const played = await play(await realOffice(), order(next), FIELDS, next);
    assert.deepEqual(played.overwritten, [], `order ${seed}`);
    keptApart += played.kept;
  }
  assert.ok(keptApart > 10, `${keptApart}`);
});
