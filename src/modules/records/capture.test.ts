// Capture on a real database: what is stored, what is refused, and what stays of a refusal.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, completeAnswers, county, fictionalId, picture, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import * as records from "./service.ts";

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

const as = <T>(actor: WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(w.actors[actor], work);
const addBase = async (n: number, more: Parameters<typeof completeAnswers>[1] = {}): Promise<string> => {
  const { added } = await as("countyLead", (tx) =>
    records.addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people: [{ index: 0, area: areas.A1, answers: completeAnswers(n, more) }] }),
  );
  return added[0]!.recordId;
};
const save = (id: string, basedOn: number, more: Partial<records.CaptureContent> = {}, actor: WorldActor = "collectorA"): Promise<records.CaptureReply> =>
  as(actor, (tx) => records.saveCapture(tx, w.platform, { county, id, basedOn, answers: completeAnswers(1), channel: "home", submit: false, ...more }));
const rows = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await owner.query(text, values)).rows as Record<string, unknown>[];
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;

test("people of a base list become listed records where they are registered, each number once", async () => {
  const people = [1001, 1002, 1001].map((n, index) => ({ index, area: areas.A1, answers: completeAnswers(n - 1000, { name: `王虚${index}`, ...(index === 1 && { domicile_region: String(areas.B2) }) }) }));
  const reply = await as("countyLead", (tx) => records.addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people }));
  assert.deepEqual(reply.added.map((one) => one.index), [0, 1]);
  assert.deepEqual(reply.duplicates, [2]);
  const stored = await rows("select area, state, origin, head from record where id = any ($1) order by area", [reply.added.map((one) => one.recordId)]);
  assert.deepEqual(stored, [
    { area: areas.A1, state: "listed", origin: "base", head: 1 },
    { area: areas.B2, state: "listed", origin: "base", head: 1 },
  ]);
  const again = await as("countyLead", (tx) => records.addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people: people.slice(0, 2) }));
  assert.deepEqual(again, { added: [], duplicates: [0, 1] });
});

test("a capture makes a new revision only when something changed, and says what", async () => {
  const id = await addBase(10);
  const first = await save(id, 1, { answers: completeAnswers(10, { education: "60" }) });
  assert.equal(first.state, "draft");
  assert.equal(first.head, 2);
  const second = await save(id, 2, { answers: completeAnswers(10, { education: "60" }) });
  assert.equal(second.head, 2);
  const [event] = await rows("select data from event where record_id = $1 and kind = 'record.captured'", [id]);
  assert.deepEqual(event?.["data"], { revision: 2, kind: "capture", changed: ["general.education"] });
});

test("a save based on an older revision is refused and changes nothing", async () => {
  const id = await addBase(11);
  await save(id, 1, { answers: completeAnswers(11, { education: "60" }) });
  await assert.rejects(save(id, 1, { answers: completeAnswers(11, { education: "80" }) }), refused("changed-meanwhile"));
  assert.equal((await rows("select head from record where id = $1", [id]))[0]?.["head"], 2);
});

test("of two saves at the same moment one wins and the other is told", async () => {
  const id = await addBase(12);
  const outcomes = await Promise.allSettled(["60", "80", "90"].map((education) => save(id, 1, { answers: completeAnswers(12, { education }) })));
  assert.equal(outcomes.filter((one) => one.status === "fulfilled").length, 1);
  assert.ok(outcomes.every((one) => one.status === "fulfilled" || refused("changed-meanwhile")(one.reason)));
});

test("another township does not find the record", async () => {
  const id = await addBase(13);
  await assert.rejects(save(id, 1, {}, "collectorB"), refused("not-found"));
  await assert.rejects(as("collectorB", (tx) => records.openRecord(tx, w.platform, { county, id })), refused("not-found"));
});

test("an upload of many captures stores what they store one by one; one that is refused leaves nothing of the others", async () => {
  const file = { bytes: await picture() };
  const told = async (n: number, name: string, more: Parameters<typeof completeAnswers>[1] = {}) => {
    const pictures = await records.takePictures(w.platform, veterans, county, ["general.photo_recent", "general.signature"].map((path) => ({ path, ...file })));
    return { answers: completeAnswers(n, { name, photo_recent: pictures[0]!.id, signature: pictures[1]!.id, ...more }), pictures, channel: "home" as const, submit: true };
  };
  const visits = async (n: number) => [await told(n, "赵虚一", { education: "60" }), await told(n + 1, "陈虚构"), { ...(await told(n + 2, "陈虚构", { mobile: undefined })), submit: false }];
  const listed = (n: number) => Promise.all([n, n + 1, n + 2].map((one) => addBase(one)));
  const [many, single] = [await listed(401), await listed(411)];
  const upload = async (basedOn: number) => (await visits(401)).map((content, i) => ({ ...content, id: many[i]!, basedOn }));
  const kept = async (ids: readonly string[]) => {
    const found = await rows(`select r.state, r.head, r.desk, r.collector, r.channel, r.categories, r.counted, r.issues, r.captured_at is not null as captured, r.submitted_at is not null as submitted, s.name, s.pinyin, s.id_masked is not null as known,
        v.kind, v.based_on, v.answers, v.sealed is not null as sealed, v.provenance, v.author, (select array_agg(e.kind || e.data order by e.id) from event e where e.record_id = r.id) as facts,
        (select array_agg(a.action || coalesce(a.detail, '{}')::text) from audit_entry a where a.record_id = r.id) as audit, (select array_agg(m.path order by m.path) from media m where m.record_id = r.id) as pictures,
        (select array_agg(p.part order by p.part) from subject_name_part p where p.subject_id = s.id) as parts
      from record r join subject s on s.id = r.subject_id join revision v on v.record_id = r.id and v.no = r.head where r.id = any ($1) order by array_position($1, r.id)`, [ids]);
    return found.map((row) => ({ ...row, answers: JSON.stringify(row["answers"]).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, "picture") }));
  };
  const replies = await as("collectorA", async (tx) => records.saveCaptures(tx, w.platform, county, await upload(1)));
  for (const [i, content] of (await visits(411)).entries()) await save(single[i]!, 1, content);
  assert.deepEqual(replies.map(({ id, head, state }) => [id, head, state]), [[many[0], 2, "submitted"], [many[1], 2, "submitted"], [many[2], 2, "draft"]]);
  const before = await kept(many);
  assert.deepEqual(before, await kept(single));
  assert.deepEqual(before.map((row) => (row as Record<string, unknown>)["name"]), ["赵虚一", "陈虚构", "陈虚构"]);
  const more = await listed(421);
  const late = (await visits(421)).map((content, i) => ({ ...content, id: more[i]!, basedOn: i === 2 ? 7 : 1 }));
  await assert.rejects(as("collectorA", (tx) => records.saveCaptures(tx, w.platform, county, late)), refused("changed-meanwhile"));
  await assert.rejects(as("collectorA", (tx) => records.saveCaptures(tx, w.platform, county, [late[0]!, late[0]!])), refused("bad-request"));
  await assert.rejects(as("collectorB", (tx) => records.saveCaptures(tx, w.platform, county, late)), refused("not-found"));
  assert.deepEqual((await kept(more)).map((row) => [(row as Record<string, unknown>)["state"], (row as Record<string, unknown>)["head"]]), [["listed", 1], ["listed", 1], ["listed", 1]]);
});

test("nobody without the permission captures", async () => {
  const id = await addBase(14);
  await assert.rejects(save(id, 1, {}, "reviewerA"), refused("not-allowed"));
  await assert.rejects(save(id, 1, {}, "countyLead"), refused("not-allowed"));
});

test("a record with blocking issues stays a draft that keeps its issues, and is not submitted", async () => {
  const id = await addBase(15);
  const reply = await save(id, 1, { answers: completeAnswers(15, { education: "no-such-code" }) });
  assert.ok(reply.issues.some((issue) => issue.paths.includes("general.education")));
  await assert.rejects(save(id, reply.head, { answers: completeAnswers(15), submit: true }), refused("record-has-issues"));
});

test("a unit designation leaves no byte in the database, only a count", async () => {
  const id = await addBase(16);
  const word = "第三十八集团军";
  await assert.rejects(save(id, 1, { answers: completeAnswers(16, { remark: `原${word}战士` }) }), refused("unit-designation"));
  await assert.rejects(save(id, 1, { reason: word }), refused("unit-designation"));
  await save(id, 1, { answers: { general: { [word]: "x" } } });
  const columns = await rows("select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY')");
  for (const { table_name, column_name } of columns) {
    const found = await rows(`select 1 from "${String(table_name)}" where "${String(column_name)}"::text like '%集团军%' limit 1`);
    if (table_name !== "scheme_version") assert.deepEqual(found, [], `${String(table_name)}.${String(column_name)}`);
  }
  for (let tries = 0; tries < 50 && (await rows("select 1 from audit_entry where action = 'record.refuse-designation'")).length < 2; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok((await rows("select detail from audit_entry where action = 'record.refuse-designation'")).every((row) => JSON.stringify(row["detail"]) === '{"refused":1}'));
});

test("sensitive answers lie sealed and are shown masked unless opened for capture", async () => {
  const id = await addBase(17);
  const [stored] = await rows("select answers::text as answers, sealed from revision where record_id = $1", [id]);
  assert.ok(!String(stored?.["answers"]).includes(fictionalId(17)) && !String(stored?.["answers"]).includes("13800000000"));
  const seen = await as("collectorA", (tx) => records.openRecord(tx, w.platform, { county, id }));
  assert.equal((seen.answers["general"] as Record<string, unknown>)["mobile"], "138****0000");
  assert.ok(seen.masked.includes("general.id_number"));
  const full = await as("collectorA", (tx) => records.openRecord(tx, w.platform, { county, id, for: "capture" }));
  assert.equal((full.answers["general"] as Record<string, unknown>)["id_number"], fictionalId(17));
  await assert.rejects(as("countyLead", (tx) => records.openRecord(tx, w.platform, { county, id, for: "capture" })), refused("not-allowed"));
  const shown = await as("countyLead", (tx) => records.revealValue(tx, w.platform, { county, id, path: "general.mobile", purpose: "contact-person" }));
  assert.equal(shown.value, "13800000000");
  const audits = await rows("select action, purpose from audit_entry where record_id = $1 and action <> 'record.capture' order by id", [id]);
  assert.deepEqual(audits, [
    { action: "record.open", purpose: "view" },
    { action: "record.open", purpose: "capture" },
    { action: "value.reveal", purpose: "contact-person" },
  ]);
});

test("values in full are counted by account and day, also when many are asked for at once, and a refusal says when it ends", async () => {
  const id = await addBase(23);
  const reveal = (actor: "collectorA" | "reviewerA") => as(actor, (tx) => records.revealValue(tx, w.platform, { county, id, path: "general.mobile", purpose: "contact-person" }));
  await rows("update access_policy set reveals_per_day = 3");
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => reveal("reviewerA")));
  const refusals = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as Problem] : []));
  assert.deepEqual(refusals.map(({ code }) => code), Array.from({ length: 5 }, () => "quota-used"));
  assert.match(JSON.stringify(refusals[0]?.detail), /次日零时/u);
  assert.deepEqual(await rows("select count(*)::int as shown from audit_entry where action = 'value.reveal' and record_id = $1", [id]), [{ shown: 3 }]);
  assert.equal((await reveal("collectorA")).value, "13800000000", "each account has its own");
  await rows("update reveal_count set day = day - 1");
  assert.equal((await reveal("reviewerA")).value, "13800000000", "the next day begins anew");
  await rows("update access_policy set reveals_per_day = 200");
});

test("a number that another office holds is answered as one that nobody holds; inside one's own area it is told, and keeps the record from approval only", async () => {
  await addBase(18);
  const add = (actor: "collectorA" | "collectorB", area: number, n: number) =>
    as(actor, (tx) => records.addPerson(tx, w.platform, { campaign: w.campaign, area, answers: completeAnswers(n, { domicile_region: String(area) }), channel: "station", submit: false }));
  const told = (reply: records.CaptureReply): unknown => ({ ...reply, id: "" });
  const [foreign, absent] = [await add("collectorB", areas.B1, 18), await add("collectorB", areas.B1, 118)];
  assert.deepEqual(told(foreign), told(absent));
  // Saved again, opened and moved on, the two still answer alike.
  const again = (reply: records.CaptureReply, n: number) =>
    as("collectorB", (tx) => records.saveCapture(tx, w.platform, { county, id: reply.id, basedOn: reply.head, answers: completeAnswers(n, { domicile_region: String(areas.B1), health: "10" }), channel: "station", submit: false }));
  assert.deepEqual(told(await again(foreign, 18)), told(await again(absent, 118)));
  const opened = async (actor: "collectorB" | "countyReviewer", id: string): Promise<string[]> => (await as(actor, (tx) => records.openRecord(tx, w.platform, { county, id }))).issues.map((issue) => issue.code);
  assert.deepEqual(await opened("collectorB", foreign.id), await opened("collectorB", absent.id));
  assert.ok((await opened("countyReviewer", foreign.id)).includes("duplicate-person"), "the county settles it");
  assert.ok(!(await opened("countyReviewer", absent.id)).includes("duplicate-person"));
  const issue = (await add("collectorA", areas.A2, 18)).issues.find((one) => one.code === "duplicate-person");
  assert.equal(issue?.severity, "block");
  assert.ok(!JSON.stringify(issue).includes("甲"));
});

test("who holds their own number and takes another's is told so, and what they held becomes free", async () => {
  const [id] = [await addBase(431), await addBase(432)];
  const codes = (reply: records.CaptureReply) => reply.issues.map((issue) => issue.code).filter((code) => code === "duplicate-person");
  assert.deepEqual(codes(await save(id, 1, { answers: completeAnswers(431, { education: "60" }) })), []);
  assert.deepEqual(codes(await save(id, 2, { answers: completeAnswers(432) })), ["duplicate-person"]);
  const third = await addBase(433);
  assert.deepEqual(codes(await save(third, 1, { answers: completeAnswers(431) })), [], "the number given up is free");
  assert.deepEqual(codes(await save(id, 3, { answers: completeAnswers(431) })), ["duplicate-person"]);
});

test("people registered elsewhere are told apart: another county, another township", async () => {
  const id = await addBase(19);
  const otherCounty = await save(id, 1, { answers: completeAnswers(19, { domicile_region: String(areas.elsewhere) }) });
  assert.equal(otherCounty.issues.find((issue) => issue.code === "registered-elsewhere")?.severity, "block");
  const otherTownship = await save(id, 2, { answers: completeAnswers(19, { domicile_region: String(areas.B1) }) });
  assert.equal(otherTownship.issues.find((issue) => issue.code === "registered-in-other-township")?.severity, "explain");
});
