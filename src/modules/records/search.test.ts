// Finding people and listing records on a real database.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase, as, save } from "../../../test/people.ts";
import { areas, completeAnswers, countyArea, fictionalId, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { getProgress, listCampaigns } from "../campaigns/service.ts";
import { Problem } from "../../core/problem.ts";
import * as records from "./service.ts";

let t: TestDatabase;
let w: World;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
  const names = ["张三丰", "张三", "曾小张", "买买提·艾力", "单田芳", "李三丰"];
  for (const [n, name] of names.entries()) await addBase(w, n, { name, ...(n === 5 && { domicile_region: String(areas.B1) }) });
});
after(() => t.close());

const find = async (q: string, actor: WorldActor = "countyReviewer"): Promise<string[]> =>
  (await as(w, actor, (tx) => records.searchPeople(tx, w.platform, { campaign: w.campaign.id, q }))).rows.map((row) => row.name).sort();

test("a person is found by the beginning, the middle or the end of the name", async () => {
  assert.deepEqual(await find("张三"), ["张三", "张三丰"]);
  assert.deepEqual(await find("三丰"), ["张三丰", "李三丰"].sort());
  assert.deepEqual(await find("小张"), ["曾小张"]);
  assert.deepEqual(await find("艾力"), ["买买提·艾力"]);
  assert.deepEqual(await find("买买提艾"), ["买买提·艾力"]);
});

test("pinyin and initials find people, surnames read as surnames", async () => {
  assert.deepEqual(await find("zhang san"), ["张三", "张三丰"]);
  assert.deepEqual(await find("zsf"), ["张三丰"]);
  assert.deepEqual(await find("zeng"), ["曾小张"]);
  assert.deepEqual(await find("shan"), ["单田芳"]);
});

test("the ID number finds its person, typed with blanks or in small letters", async () => {
  assert.deepEqual(await find(fictionalId(1)), ["张三"]);
  assert.deepEqual(await find(` ${fictionalId(1).slice(0, 6)} ${fictionalId(1).slice(6).toLowerCase()} `), ["张三"]);
  assert.deepEqual(await find(fictionalId(400)), []);
});

test("a township finds its own people only", async () => {
  assert.deepEqual(await find("三丰", "collectorA"), ["张三丰"]);
  assert.deepEqual(await find("三丰", "collectorB"), ["李三丰"]);
  assert.deepEqual(await find(fictionalId(1), "collectorB"), []);
});

test("signs that mean something to the database mean nothing in a search", async () => {
  for (const q of ["%三丰", "_三丰", "张三%", "张三_丰", "' or 1=1 -- abc", "zsf%"]) assert.deepEqual(await find(q), [], q);
});

const tooWide = (error: unknown): boolean => error instanceof Problem && error.code === "search-too-wide";

test("nobody browses: a search takes a whole ID number, two Chinese characters or three letters, and one county at most", async () => {
  for (const q of ["张", "zs", "%", "___", "张%", "张***", "·", "\u0000", "1234567", fictionalId(1).slice(0, 17)]) await assert.rejects(find(q), tooWide, q);
  const from = (area: number | undefined, q: string) =>
    t.database.write({ ...w.actors.countyReviewer, area: 350500000000, lo: 350500000000, hi: 350599999999 }, (tx) => records.searchPeople(tx, w.platform, { campaign: w.campaign.id, q, area }));
  await assert.rejects(from(undefined, "张三丰"), tooWide);
  await assert.rejects(from(350500000000, "张三丰"), tooWide);
  assert.equal((await from(countyArea, "张三丰")).rows.length, 1);
  assert.equal((await from(undefined, fictionalId(1))).rows.length, 1);
});

test("after a change of name the new one finds the person and the old one does not", async () => {
  const held = await addBase(w, 50, { name: "赵旧名" });
  await save(w, held, completeAnswers(50, { name: "赵新名" }));
  assert.deepEqual(await find("旧名"), []);
  assert.deepEqual(await find("新名"), ["赵新名"]);
});

test("lists come page by page without gaps or repeats, and count all", async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await as(w, "countyReviewer", (tx) => records.listRecords(tx, w.platform, { campaign: w.campaign.id, limit: 2, ...(after && { after }) }));
    assert.equal(page.total, 7);
    seen.push(...page.rows.map((row) => row.id));
    after = page.next;
  } while (after);
  assert.equal(seen.length, 7);
  assert.equal(new Set(seen).size, 7);
  const drafts = await as(w, "collectorA", (tx) => records.listRecords(tx, w.platform, { campaign: w.campaign.id, state: "draft", mine: true }));
  assert.deepEqual(drafts.rows.map((row) => [row.name, row.collector]), [["赵新名", "collectorA"]]);
  await assert.rejects(as(w, "collectorA", (tx) => records.listRecords(tx, w.platform, { campaign: w.campaign.id, area: areas.B })), (error) => error instanceof Problem && error.code === "not-found");
});

test("my work counts what waits for each role", async () => {
  const queues = async (actor: WorldActor): Promise<Record<string, number>> => Object.fromEntries((await as(w, actor, (tx) => records.getWork(tx, w.platform, { campaign: w.campaign.id }))).queues.map((queue) => [queue.key, queue.count]));
  assert.deepEqual(await queues("collectorA"), { "to-capture": 5, drafts: 1, returned: 0, "kept-apart": 0, "cases-open": 0, "cases-overdue": 0 });
  assert.deepEqual(await queues("reviewerB"), { "to-review-township": 0, held: 0, "handovers-in": 0, "handed-back": 0, "releases-own": 0, "copies-overdue": 0, "cases-open": 0, "cases-overdue": 0 });
});

test("progress of the county adds up over its townships, and shows each only its own", async () => {
  const { whole, parts } = await as(w, "countyLead", (tx) => getProgress(tx, w.platform, { campaign: w.campaign.id }));
  assert.equal(whole.area.code, countyArea);
  assert.deepEqual([whole.total, whole.base, whole.added, whole.states], [7, 7, 0, { listed: 6, draft: 1 }]);
  assert.deepEqual(parts.map((part) => [part.area.name, part.total]), [["甲镇", 6], ["乙镇", 1]]);
  const own = await as(w, "reviewerA", (tx) => getProgress(tx, w.platform, { campaign: w.campaign.id }));
  assert.deepEqual([own.whole.area.code, own.whole.total, own.parts.map((part) => part.total)], [areas.A, 6, [6, 0]]);
  await assert.rejects(as(w, "reviewerA", (tx) => getProgress(tx, w.platform, { campaign: w.campaign.id, area: areas.B })), (error) => error instanceof Problem && error.code === "not-found");
  assert.equal((await as(w, "collectorB", (tx) => listCampaigns(tx))).campaigns.length, 1);
});

test("every search and list leaves its audit row without what was typed", async () => {
  const owner = new pg.Client(t.owner);
  await owner.connect();
  const { rows } = await owner.query("select action, detail::text as detail from audit_entry where action in ('people.search', 'people.list')");
  assert.ok(rows.length > 20);
  assert.ok(rows.every((row) => !String(row.detail).includes("张") && !String(row.detail).includes("999999")));
  await owner.end();
});

test("newest answers come in batches for matching, and what departments say is kept", async () => {
  const heads: records.Head[] = [];
  const county = Math.floor(countyArea / 1e6);
  const people = await records.streamHeads(w.platform, w.actors.countyLead, { county, campaign: w.campaign.id }, (batch) => void heads.push(...batch));
  assert.equal(people, 7);
  assert.ok(heads.every((head) => head.answers["general"]?.["id_number"] !== undefined));
  const [first] = heads;
  const vouch = (agrees: boolean): records.Vouch => ({ county, recordId: first!.recordId, path: "general.name", department: "police", agrees, extractId: first!.recordId, asOf: "2018-11-01" });
  await as(w, "countyLead", (tx) => records.recordVouches(tx, [vouch(false), vouch(true)]));
  const view = await as(w, "countyReviewer", (tx) => records.openRecord(tx, w.platform, { county, id: first!.recordId }));
  assert.deepEqual(view.sources.find((source) => source.path === "general.name")?.vouches, [{ department: "police", agrees: true, asOf: "2018-11-01" }]);
});
