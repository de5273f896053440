// Supervision on a real database: rates with their bases, silence, what waits too long, signals that a person judges, messages, nobody missed, a village on one page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { newId } from "../../core/ids.ts";
import { olderAreDone, testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase, as, type Held, save, submitted } from "../../../test/people.ts";
import { areas, completeAnswers, county, smallWorld, type World } from "../../../test/world.ts";
import { answersOf } from "../../cli/simulate/nation.ts";
import { nationScheme } from "../../cli/simulate/scheme.ts";
import { Problem } from "../../core/problem.ts";
import { systemActor } from "../../platform/database.ts";
import { item } from "../../scheme/define.ts";
import { chapman } from "../../statistics/intervals.ts";
import { createCampaign, takeCounts } from "../campaigns/service.ts";
import { addPerson, setOutcome } from "../records/service.ts";
import { decideBatch } from "../review/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { cellOf, coarse, standsOut } from "./rules.ts";
import * as supervision from "./service.ts";

let t: TestDatabase;
let w: World;
let owner: pg.Client;
let held: Held[];
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const round = () => ({ campaign: w.campaign.id });
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
  owner = new pg.Client(t.owner);
  await owner.connect();
  held = [];
  for (let n = 300; n < 306; n += 1) held.push(await submitted(w, n));
  const left = [await addBase(w, 310), await addBase(w, 311), await addBase(w, 312)] as const;
  await as(w, "collectorA", (tx) => setOutcome(tx, w.platform, { ...left[0], basedOn: 1, outcome: "refused" }));
  await as(w, "collectorA", (tx) => setOutcome(tx, w.platform, { ...left[1], basedOn: 1, outcome: "deceased", date: "2018-09-01" }));
  await as(w, "collectorA", (tx) => addPerson(tx, w.platform, { campaign: w.campaign, area: areas.A2, answers: completeAnswers(313), channel: "station", submit: false }));
  await as(w, "reviewerA", (tx) => decideBatch(tx, w.platform, { records: held.slice(0, 3).map((one) => ({ county, id: one.id, basedOn: one.head })) }));
  await as(w, "countyReviewer", (tx) => decideBatch(tx, w.platform, { records: held.slice(0, 3).map((one) => ({ county, id: one.id, basedOn: one.head })) }));
  // A department's list holds two of the base list, the walk-in, and somebody nobody knows.
  await owner.query("insert into import_batch (county, id, area, kind, scheme, department, campaign_id, file_name, file_sha256, file_bytes, state, sent_by) values ($1, $2, $3, 'extract', 'veterans', 'public_security', $4, 'x.csv', repeat('0', 64), 1, 'uploaded', 'x')", [county, run, county * 1e6, w.campaign.id]);
  await owner.query("insert into match_run (county, id, area, batch_id, department, campaign_id, asked_by) values ($1, $2, $3, $2, 'public_security', $4, 'x')", [county, run, county * 1e6, w.campaign.id]);
  await owner.query(
    `insert into link (county, run_id, row_no, area, record_id, subject_id, weight, probability, decision, why) select county, $2, row_number() over (), area, id, subject_id, 1, 1, case when id = $4 then 'rejected' else 'automatic' end, '{}'
     from record where county = $1 and (id = any ($3) or origin = 'added')`,
    [county, run, [held[0]!.id, held[1]!.id, held[2]!.id], held[2]!.id],
  );
  await owner.query("insert into finding (county, id, area, key, class, department, person_key, campaign_id, run_id, row_no, sealed) values ($1, gen_random_uuid(), $2, 'k1', 'Q01', 'public_security', 'nobody-known', $3, $4, 9, '')", [county, areas.A1, w.campaign.id, run]);
});
const run = "00000000-0000-7000-8000-0000000000aa";
after(async () => {
  await owner.end();
  await t.close();
});

test("each rate stands on its own base, and the parts add up to the whole", async () => {
  const found = await as(w, "countyLead", (tx) => supervision.getSupervision(tx, round()));
  assert.deepEqual([found.whole.people, found.whole.finished, found.whole.refused], [10, { count: 5, base: 10 }, { count: 1, base: 10 }]);
  assert.deepEqual([found.whole.home, found.whole.week], [{ count: 6, base: 7 }, { count: 6, base: 7 }], "of those captured, at home and in the last week");
  assert.deepEqual(found.parts.map((part) => [part.area.code, part.people]), [[areas.A, 10], [areas.B, 0]]);
  assert.equal(found.whole.silent, false);
  await assert.rejects(as(w, "reviewerA", (tx) => supervision.getSupervision(tx, { ...round(), area: areas.B })), refused("not-found"));
});

test("an office of which nothing came for a week is silent while somebody is to be captured, and what waits for more than five days is overdue", async () => {
  await owner.query("update record set submitted_at = now() - interval '8 days' where submitted_at is not null");
  const { whole } = await as(w, "reviewerA", (tx) => supervision.getSupervision(tx, round()));
  assert.deepEqual([whole.silent, whole.week.count, whole.overdue], [true, 0, { count: 3, base: 3 }]);
});

test("a terminal that was not seen for a week is silent", async () => {
  await owner.query(
    `insert into device (county, id, area, label, state, suite, seal_key, sign_key, key_name, lease_days, wipe_after_days, registered_by, registered_at, last_seen_at)
     select $1, gen_random_uuid(), $2, label, 'active', 'international', 'k', 'k', md5(label), 7, 7, 'x', now() - interval '30 days', seen from (values ('甲机', now() - interval '9 days'), ('乙机', now() - interval '1 day'), ('丙机', null)) as x (label, seen)`,
    [county, areas.A],
  );
  const { terminals } = await as(w, "countyLead", (tx) => supervision.getSupervision(tx, round()));
  assert.deepEqual(Object.fromEntries(terminals.map((one) => [one.label, one.silent])), { 甲机: true, 乙机: false, 丙机: true });
});

test("two visits on two days of a year count as two", async () => {
  await owner.query("insert into visit (county, id, record_id, area, campaign_id, state, channel, on_day, asked_by, asked_at, made_by) values ($1, gen_random_uuid(), $2, $3, $4, 'made', 'phone', current_date - 1, 'x', now(), 'x')", [county, held[4]!.id, areas.A1, w.campaign.id]);
  const { whole } = await as(w, "countyLead", (tx) => supervision.getSupervision(tx, round()));
  const january = new Date().getMonth() === 0 && new Date().getDate() === 1;
  if (!january) assert.deepEqual(whole.twice, { count: 1, base: 7 });
});

test("signals tell how often with their base and interval, against the others; only a person judges, and nobody their own work", async () => {
  assert.equal((await as(w, "countyLead", (tx) => supervision.listSignals(tx, w.platform, round()))).collectors.length, 0, "nothing is gathered yet");
  await olderAreDone(owner);
  await takeCounts(t.database);
  assert.equal(await supervision.gatherSignals(w.platform), 1, "one township has captures");
  assert.equal(await supervision.gatherSignals(w.platform), 0, "what did not change is not looked at again");
  const { collectors, gatheredAt } = await as(w, "countyLead", (tx) => supervision.listSignals(tx, w.platform, round()));
  assert.ok(gatheredAt !== undefined);
  assert.deepEqual((await as(w, "reviewerA", (tx) => supervision.listSignals(tx, w.platform, round()))).collectors, collectors, "the township looks at the captures themselves");
  const own = collectors.find((one) => one.collector === w.actors.collectorA.account)!;
  assert.equal(own.captures, 7);
  const by = Object.fromEntries(own.signals.map((one) => [one.kind, one]));
  assert.deepEqual([by["too-fast"]?.count, by["too-fast"]?.base], [6, 6], "seven captures, six gaps");
  assert.ok((by["near-identical"]?.count ?? 0) >= 6 && by["near-identical"]?.base === 7, "made for the test, they all say the same");
  assert.ok(own.signals.every((one) => one.low <= one.count / one.base && one.count / one.base <= one.high));
  const verdict = { ...round(), collector: own.collector, kind: "too-fast" as const, verdict: "explained" as const, note: "同一户多人" };
  await assert.rejects(as(w, "collectorA", (tx) => supervision.judgeSignal(tx, w.platform, verdict)), refused("same-person"));
  await assert.rejects(as(w, "countyLead", (tx) => supervision.judgeSignal(tx, w.platform, { ...verdict, collector: w.actors.collectorB.account })), refused("not-found"));
  await as(w, "countyLead", (tx) => supervision.judgeSignal(tx, w.platform, verdict));
  const again = await as(w, "reviewerA", (tx) => supervision.listSignals(tx, w.platform, round()));
  assert.equal(again.collectors[0]?.signals.find((one) => one.kind === "too-fast")?.verdict, undefined, "what the county judged stands at the county");
  const seen = await as(w, "countyLead", (tx) => supervision.listSignals(tx, w.platform, round()));
  assert.equal(seen.collectors[0]?.signals.find((one) => one.kind === "too-fast")?.verdict?.note, "同一户多人");
});

test("home visits finished on the same terminal in the same minute count as one place, and so do coordinates of the same twenty metres", async () => {
  await owner.query("set session_replication_role = replica");
  for (const [n, one] of held.entries()) await owner.query("update revision set at = $3 where county = $1 and record_id = $2 and kind = 'capture'", [county, one.id, `2018-10-20T02:0${n < 4 ? 0 : n}:${10 + n}Z`]);
  await owner.query("set session_replication_role = origin");
  const placeOf = async (actor: "reviewerA" | "countyLead", campaign: string) => {
    const { collectors } = await as(w, actor, (tx) => supervision.listSignals(tx, w.platform, { campaign }));
    const found = collectors.find((one) => one.collector === w.actors.collectorA.account)?.signals.find((one) => one.kind === "same-place");
    return found && [found.count, found.base];
  };
  assert.deepEqual(await placeOf("reviewerA", w.campaign.id), [4, 6], "four of six in one minute; the walk-in at the station is no home visit");
  // Of work from terminals the terminal and the minute in which it was finished count, not when the office wrote it down: two on one terminal in one minute, one on another terminal in the same.
  const [one, another] = [newId(), newId()];
  await owner.query("set session_replication_role = replica");
  for (const [n, device, at] of [[3, another, "10"], [4, one, "05"], [5, one, "40"]] as const) {
    await owner.query("insert into bundle_entry (county, entry, area, device_id, bundle_id, operator, record_id, record_county, outcome, head, state, sealed, at) values ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), $4, $5, $1, 'applied', 2, 'submitted', '', $6)", [county, areas.A1, device, w.actors.collectorA.account, held[n]!.id, `2018-10-20T02:00:${at}Z`]);
  }
  await owner.query("set session_replication_role = origin");
  assert.deepEqual(await placeOf("reviewerA", w.campaign.id), [5, 6], "three entered at the office in one minute, and two on one terminal");

  const placed = nationScheme();
  const [form] = placed.forms;
  const degrees = (key: string) => item(key, "decimal", key, key, ["R"], { min: 0, max: 180, decimals: 6, sensitivity: "contact" });
  const withPlace = { ...placed, key: "placed", forms: [{ ...form!, sections: [{ ...form!.sections[0]!, items: [...form!.sections[0]!.items, degrees("gps_lon"), degrees("gps_lat")] }] }] };
  const campaign = await t.database.write({ ...systemActor("test"), roles: ["county-lead"] }, async (tx) => {
    const { scheme, version } = await publishScheme(tx, withPlace);
    return createCampaign(tx, { scheme, version, name: { zh: "带坐标", en: "With coordinates" }, area: county * 1e6, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2018-12-31" });
  });
  const spots = [[118.10001, 25.00001], [118.10003, 25.00002], [118.20001, 25.00001], [118.30001, 25.00001]] as const;
  for (const [n, [lon, lat]] of spots.entries()) {
    const { general } = answersOf(n + 40, areas.A1);
    await as(w, "collectorA", (tx) => addPerson(tx, w.platform, { campaign, area: areas.A1, answers: { general: { ...general, gps_lon: lon, gps_lat: lat } }, channel: "home", submit: true, provenance: { "general.gps_lon": "device", "general.gps_lat": "device" } }));
  }
  assert.deepEqual(await placeOf("reviewerA", campaign.id), [2, 4], "two stood at one door, whatever the minute");
  await olderAreDone(owner);
  await takeCounts(t.database);
  await supervision.gatherSignals(w.platform);
  assert.deepEqual(await placeOf("countyLead", campaign.id), [2, 4], "the county reads what was gathered");
  const { rows } = await owner.query("select answers::text, provenance ->> 'general.gps_lon' as lon from revision v join record r on r.county = v.county and r.id = v.record_id where r.campaign_id = $1", [campaign.id]);
  assert.ok(rows.length > 0 && rows.every((row: { answers: string; lon: string }) => !row.answers.includes("gps_l") && row.lon === "device"), "coordinates stand nowhere in the clear, and it is known that a terminal measured them");
  assert.equal(cellOf(coarse(118.12345), coarse(25.98765)), cellOf(118.12345, 25.98765), "what a terminal keeps lies in the same square");
  await as(w, "countyLead", (tx) => supervision.judgeSignal(tx, w.platform, { campaign: campaign.id, collector: w.actors.collectorA.account, kind: "same-place", verdict: "to-check", note: "两户同门" }));
});

test("a collector stands out by the low end of the interval and a base, never by a rate alone", () => {
  assert.equal(standsOut({ base: 10, low: 0.9 }, 0.1), false);
  assert.equal(standsOut({ base: 40, low: 0.3 }, 0.1), true);
  assert.equal(standsOut({ base: 40, low: 0.24 }, 0.1), false);
  assert.equal(standsOut({ base: 40, low: 0.7 }, undefined), true);
});

test("everybody known stands in exactly one state, and the estimate is Chapman's of base list and departments' lists", async () => {
  const { whole, parts } = await as(w, "countyLead", (tx) => supervision.getReconciliation(tx, round()));
  assert.deepEqual([whole.people, whole.base, whole.walkIns, whole.listed, whole.baseAndListed], [10, 9, 1, 3, 2], "a rejected link is no listing");
  assert.deepEqual([whole.accepted, whole.refused, whole.deceased, whole.moved, whole.notFound, whole.open], [3, 1, 1, 0, 0, 5]);
  assert.equal(whole.accepted + whole.refused + whole.deceased + whole.moved + whole.notFound + whole.open, whole.people);
  assert.equal(whole.listOnly, 1);
  const wanted = chapman({ first: 8, second: 3, both: 2 });
  assert.deepEqual(whole.estimate, { all: wanted.all, low: wanted.low, high: wanted.high, unseen: wanted.unseen });
  assert.equal(parts.reduce((sum, part) => sum + part.people, 0), whole.people);
  const village = await as(w, "reviewerA", (tx) => supervision.getReconciliation(tx, { ...round(), area: areas.A2 }));
  assert.deepEqual([village.whole.people, village.whole.estimate], [1, undefined], "one list alone estimates nothing");
});

test("a refusal stays one: whoever refused is not captured without asking anew", async () => {
  const { rows } = await owner.query<{ id: string; head: number }>("select id, head from record where state = 'refused'");
  await assert.rejects(save(w, { county, id: rows[0]!.id, head: rows[0]!.head }, completeAnswers(310)), refused("move-not-possible"));
});

test("a message reaches the office it is for and tells the sender that it was read", async () => {
  await assert.rejects(as(w, "reviewerA", (tx) => supervision.sendMessage(tx, w.platform, { areas: [areas.B], title: "越界", body: "x" })), refused("not-found"));
  await as(w, "countyLead", (tx) => supervision.sendMessage(tx, w.platform, { areas: [areas.A, areas.B], title: "请加快", body: "本周尚未报送" }));
  const there = await as(w, "reviewerA", (tx) => supervision.listMessages(tx));
  assert.deepEqual([there.unread, there.messages.map((one) => one.title)], [1, ["请加快"]]);
  await as(w, "reviewerA", (tx) => supervision.readMessage(tx, w.platform, there.messages[0]!.id));
  await assert.rejects(as(w, "reviewerB", (tx) => supervision.readMessage(tx, w.platform, there.messages[0]!.id)), refused("not-found"));
  const sent = await as(w, "countyLead", (tx) => supervision.listMessages(tx));
  assert.deepEqual([sent.messages.length, sent.messages.filter((one) => one.readAt !== undefined).length, sent.unread], [2, 1, 0]);
});

test("a village's passport holds its people, its work and its cases; other levels have none", async () => {
  const found = await as(w, "reviewerA", (tx) => supervision.getPassport(tx, { ...round(), area: areas.A1 }));
  assert.deepEqual([found.people.people, found.work.people, found.openCases, found.samples.length], [9, 9, 0, 0]);
  await assert.rejects(as(w, "reviewerA", (tx) => supervision.getPassport(tx, { ...round(), area: areas.A })), refused("bad-request"));
});
