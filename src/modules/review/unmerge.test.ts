// A merge and its undoing on a real database: afterwards everything is as it was before.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { type Held, save, submitted, withPictures } from "../../../test/people.ts";
import { areas, completeAnswers, county, fictionalId, type WorldActor } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import * as records from "../records/service.ts";
import * as review from "./service.ts";

let m: MatchWorld;
let second: Actor;
before(async () => {
  m = await matchWorld();
  const like = m.w.actors.countyReviewer;
  second = { ...like, account: newId(), name: "reviewer-2" };
});
after(() => m.close());

const by = <T>(actor: Actor | WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => m.t.database.write(typeof actor === "string" ? m.w.actors[actor] : actor, work);
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const merge = (held: Held, other: string) => by("countyReviewer", (tx) => review.mergeDuplicate(tx, m.w.platform, { county, id: held.id, basedOn: held.head, other, note: "同一人" }));
const undo = (actor: Actor | WorldActor, id: string, reason = "并非同一人") => by(actor, (tx) => review.unmergeRecord(tx, m.w.platform, { county, id, reason }));

/** The same person captured again in the other township. */
async function capturedAgain(n: number): Promise<Held> {
  const answers = completeAnswers(n, { domicile_region: String(areas.B1) });
  const added = await by("collectorB", (tx) => records.addPerson(tx, m.w.platform, { campaign: m.w.campaign, area: areas.B1, answers, channel: "station", submit: false }));
  const held: Held = { county, id: added.id, head: added.head };
  const reply = await save(m.w, held, await withPictures(m.w, held, answers, "collectorB"), { submit: true }, "collectorB");
  return { ...held, head: reply.head };
}

/** Everything of two records that a merge could touch; times of change aside. */
async function standOf(ids: readonly string[]): Promise<unknown> {
  const of = (text: string) => m.rows(text, [ids]);
  return {
    records: await of("select to_jsonb(r) - 'updated_at' - 'changed_in' as row from record r where id = any ($1) order by id"),
    subjects: await of("select to_jsonb(s) as row from subject s join record r on r.county = s.county and r.subject_id = s.id where r.id = any ($1) order by s.id"),
    revisions: await of("select record_id, no, area, md5(answers::text) as answers from revision where record_id = any ($1) order by 1, 2"),
    media: await of("select id, record_id, path from media where record_id = any ($1) order by id"),
    numbers: await of("select c.subject_id, encode(c.id_digest, 'hex') as number from identity_claim c join record r on r.subject_id = c.subject_id where r.id = any ($1) order by 1, 2"),
    marks: await of("select c.subject_id, c.rule, encode(c.digest, 'hex') as digest from mark_claim c join record r on r.subject_id = c.subject_id where r.id = any ($1) order by 1, 2, 3"),
    remarks: await of("select id, record_id from remark where record_id = any ($1) order by id"),
    links: await of("select to_jsonb(l) as row from link l where record_id = any ($1) order by run_id, row_no, record_id"),
    findings: await of("select record_id, class, path, area from finding where record_id = any ($1) and state = 'open' order by 1, 2, 3"),
  };
}

test("a merge undone leaves everything as it was before: states, doubts, the number, marks, links, open findings", async () => {
  const first = await submitted(m.w, 40);
  const again = await capturedAgain(40);
  const before = await standOf([first.id, again.id]);
  await merge(again, first.id);
  assert.notDeepEqual(await standOf([first.id, again.id]), before);
  await undo(second, again.id);
  assert.deepEqual(await standOf([first.id, again.id]), before);
});

test("the number goes back when the record that ended had held it", async () => {
  const first = await submitted(m.w, 41);
  const again = await capturedAgain(41);
  const before = await standOf([first.id, again.id]);
  await merge(first, again.id);
  const [holder] = await m.rows("select r.id from identity_claim c join record r on r.subject_id = c.subject_id where r.id = any ($1)", [[first.id, again.id]]);
  assert.equal(holder?.["id"], again.id);
  await undo("countyLead", first.id);
  assert.deepEqual(await standOf([first.id, again.id]), before);
});

test("a number that a third person took meanwhile is told as a doubt, not taken away", async () => {
  const first = await submitted(m.w, 42);
  const again = await capturedAgain(42);
  await merge(first, again.id);
  // The record that stayed is corrected to another number, and a third person comes with the old one.
  const answers = completeAnswers(42, { domicile_region: String(areas.B1), id_number: fictionalId(43) });
  await m.rows("update record set state = 'draft' where id = $1", [again.id]);
  await save(m.w, again, await withPictures(m.w, again, answers, "collectorB"), {}, "collectorB");
  const thief = await by("collectorA", (tx) => records.addPerson(tx, m.w.platform, { campaign: m.w.campaign, area: areas.A1, answers: completeAnswers(42), channel: "station", submit: false }));
  assert.ok(!thief.issues.some((issue) => issue.code === "duplicate-person"));
  const back = await undo(second, first.id);
  assert.ok(back.issues.some((issue) => issue.code === "duplicate-person"));
});

test("who merged does not undo it; a reason is kept; what is undone is not undone twice; other counties and roles do not reach it", async () => {
  const first = await submitted(m.w, 44);
  const again = await capturedAgain(44);
  await assert.rejects(undo(second, again.id), refused("not-found"), "nothing to undo");
  await merge(again, first.id);
  await assert.rejects(undo("countyReviewer", again.id), refused("same-person"));
  await assert.rejects(undo("reviewerB", again.id), refused("not-allowed"));
  await assert.rejects(undo({ ...second, lo: 350525000000, hi: 350525999999 }, again.id), refused("not-found"));
  const seen = await by("countyReviewer", (tx) => review.getMerge(tx, { county, id: again.id }));
  assert.deepEqual([seen.merges[0]?.into, seen.merges[0]?.note, seen.merges[0]?.undo.open, seen.merges[0]?.undo.why?.zh], [first.id, "同一人", false, "合并人不能自行撤销合并，须由另一人或县级负责人撤销"]);
  await undo("countyLead", again.id, "两名同胞兄弟");
  await assert.rejects(undo("countyLead", again.id), refused("not-found"));
  const after = await by("countyReviewer", (tx) => review.getMerge(tx, { county, id: again.id }));
  assert.deepEqual([after.merges[0]?.undone?.by, after.merges[0]?.undone?.reason], ["countyLead", "两名同胞兄弟"]);
  const kinds = (await m.rows("select kind from event where record_id = $1 order by id", [again.id])).map((row) => row["kind"]);
  assert.deepEqual(kinds.slice(-2), ["record.merged", "record.unmerged"]);
  assert.equal((await m.rows("select from event where record_id = $1 and kind = 'record.unmerged'", [first.id])).length, 1, "it stands in the history of both");
  assert.equal((await m.rows("select from audit_entry where action = 'record.unmerge' and record_id = $1 and people = 2", [again.id])).length, 1);
  await merge(again, first.id);
  assert.equal((await m.rows("select from record_merge where record_id = $1", [again.id])).length, 2, "it can be merged again");
});

test("findings that were withdrawn with the merge are raised again by the newest list", async () => {
  const [kept, other] = await m.accept([completeAnswers(60, { name: "陈建国" }), completeAnswers(61, { name: "林志强" })]);
  const batch = await m.bring("public_security", ["公民身份号码,姓名,性别,出生日期,户籍地行政区划,曾服兵役", `${fictionalId(60)},陈建国,男,1958-03-12,${areas.A1},`, `${fictionalId(61)},林志坚,男,1958-03-12,${areas.A1},`].join("\n"));
  await m.match(batch);
  await m.settle();
  const open = () => m.rows("select class, path from finding where record_id = $1 and state = 'open' order by 1, 2", [other]);
  const before = await open();
  assert.ok(before.length > 0);
  await m.rows("update record set state = 'township-approved' where id = $1", [other]);
  const [{ head } = { head: 0 }] = await m.rows("select head from record where id = $1", [other]);
  await merge({ county, id: other!, head: Number(head) }, kept!);
  await m.settle();
  assert.deepEqual(await open(), []);
  assert.ok((await m.rows("select from finding where record_id = $1 and closed_because = 'withdrawn'", [other])).length > 0);
  await m.rows("update record_merge set state_before = 'accepted' where record_id = $1", [other]);
  await undo(second, other!);
  await m.settle();
  assert.deepEqual(await open(), before);
  assert.ok((await m.rows("select from case_file where record_id = $1 and state <> 'closed'", [other])).length > 0, "and a case waits for them");
});
