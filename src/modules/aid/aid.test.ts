// Households from records, the chain of aid from application to delivery, what standing rules find, and all that is refused on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { lowIncomeAid } from "../../../schemes/low-income/aid.ts";
import { aidGround, type AidGround, addHouseholds, build, householdAnswers, memberId, refused } from "../../../test/aid-world.ts";
import { as } from "../../../test/people.ts";
import { areas, county } from "../../../test/world.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { emit, settleReactions } from "../../platform/journal.ts";
import { refreshStatistics, systemActor } from "../../platform/database.ts";
import { recordEvents } from "../records/events.ts";
import { checkDay } from "./duties.ts";
import * as aid from "./service.ts";

let ground: AidGround;
let t: AidGround["t"];
let a: AidGround["a"];
let owner: AidGround["owner"];
let rows: AidGround["rows"];
const scheme = "low-income";
before(async () => {
  ground = await aidGround([{}, { area: areas.A2, more: { income_period_to: "2019-06-30" } }, { area: areas.B1 }, { area: areas.B1 }, {}], "records-only");
  ({ t, a, owner, rows } = ground);
});
after(() => ground.close());
const householdOf = async (n: number): Promise<{ county: number; id: string }> => {
  const [row] = await rows("select m.household_id as id from household_member m where m.person_digest = $1 and m.no = 1 and m.until is null",
    [a.w.platform.keys.blind(memberId(n, 1))]);
  return { county, id: String(row?.["id"]) };
};
const apply = (household: { county: number; id: string }, more: Partial<aid.Application> = {}) => as(a.w, "reviewerA",
  (tx) => aid.enterApplication(tx, a.w.platform, { county, household: household.id, item: "temporary-relief", via: "window", appliedOn: "2019-09-01", ...more }));
const grant = (id: string, more: object = {}) => as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id },
  { decision: "grant", basis: ["application-papers"], why: "meets-conditions", from: "2019-09-10", amount: 500, ...more }));
const deliver = (list: readonly object[], department = "civil_affairs") => as(a.w, "countyReviewer",
  (tx) => aid.takeDeliveries(tx, a.w.platform, { scheme, department, rows: list as never }));

test("households are made from records with their members; doing it again changes nothing, and income of another span than twelve months is none", async () => {
  const built = await build(a);
  assert.deepEqual([built.households, built.formed, built.people, built.contested], [5, 5, 15, 0]);
  const before = await rows("select * from household order by id");
  const again = await build(a);
  assert.equal(again.formed, 0);
  assert.deepEqual(await rows("select * from household order by id"), before);
  const strata = await rows("select stratum, unknown, area from household order by area");
  const eleven = strata.find((row) => Number(row["area"]) === areas.A2)!;
  assert.equal(eleven["stratum"], null);
  assert.ok((eleven["unknown"] as string[]).includes("income-period"));
  assert.equal(strata.filter((row) => row["stratum"] === "margin").length, 4, "28,200 yuan for three heads against a line of 7,200");
  const { rows: members } = await owner.query<{ text: string }>("select m::text as text from household_member m");
  assert.ok(members.every(({ text }) => !text.includes("曾虚构") && !/999999(19|20)\d{9}[\dX]/.test(text)), "neither names nor numbers stand in the open");
});

test("a household is seen inside the area only, with its members, and above the county nobody's name is whole", async () => {
  const mine = await householdOf(1);
  const view = await as(a.w, "reviewerA", (tx) => aid.getHousehold(tx, a.w.platform, mine));
  assert.deepEqual([view.members.length, view.members[0]!.name, view.incomePerHead, view.household.stratum, view.tier?.key], [3, "曾虚构", 9400, "margin", "ordinary"]);
  await assert.rejects(as(a.w, "reviewerB", (tx) => aid.getHousehold(tx, a.w.platform, mine)), refused("not-found"));
  const list = await as(a.w, "reviewerB", (tx) => aid.listHouseholds(tx, { scheme }));
  assert.equal(list.total, 2);
});

test("coverage has its base, and without an entered population there is no rate", async () => {
  const none = await as(a.w, "countyLead", (tx) => aid.getCoverage(tx, scheme));
  assert.ok(none.rows.every((row) => row.base === undefined));
  await as(a.w, "countyLead", (tx) => aid.setPopulation(tx, { scheme, area: areas.A, year: 2019, people: 200, source: "统计公报（虚构）" }));
  const rowOf = (await as(a.w, "countyLead", (tx) => aid.getCoverage(tx, scheme))).rows.find((row) => row.area.code === areas.A)!;
  assert.deepEqual([rowOf.people, rowOf.base, rowOf.source], [9, 200, "统计公报（虚构）"]);
  await assert.rejects(as(a.w, "reviewerA", (tx) => aid.setPopulation(tx, { scheme, area: areas.B, year: 2019, people: 200, source: "x" })), refused("not-found"));
});

test("an application hangs on a registered household, an item in force and a day that was; the same source number is the same application", async () => {
  const mine = await householdOf(1);
  const first = await apply(mine, { source: { name: "window-1", no: "77" } });
  assert.deepEqual(await apply(mine, { source: { name: "window-1", no: "77" } }), { ...first, known: true });
  assert.equal(first.dueOn > "2019-09-01", true);
  await assert.rejects(apply(mine), refused("already-exists"), "one of the item is open");
  await assert.rejects(apply(mine, { item: "moon-trip" }), refused("not-found"));
  await assert.rejects(apply(mine, { item: "job-help", appliedOn: "2019-12-01" }), refused("bad-request"));
  await assert.rejects(apply(mine, { item: "job-help", appliedOn: "2017-12-01" }), refused("not-found"));
  await assert.rejects(apply(mine, { item: "job-help", member: 9 }), refused("bad-request"));
  await assert.rejects(apply(await householdOf(3)), refused("not-found"), "another township's");
});

test("whoever entered an application does not decide it, and collected data are no basis without the lead's approval of the case", async () => {
  const mine = await householdOf(1);
  const { id } = await apply(mine, { item: "charity" });
  await assert.rejects(as(a.w, "reviewerA", (tx) => aid.decideAid(tx, a.w.platform, { county, id },
    { decision: "grant", basis: ["home-visit"], why: "meets-conditions", from: "2019-09-10" })), refused("same-person"));
  await assert.rejects(grant(id, { basis: ["home-visit", "register"] }), refused("second-person-needed"));
  const use = await as(a.w, "reviewerA", (tx) => aid.askUse(tx, { county, id }, { data: "register", reason: "document-lost" }));
  await assert.rejects(grant(id, { basis: ["register"] }), refused("second-person-needed"), "asked is not allowed");
  await assert.rejects(as(a.w, "reviewerA", (tx) => aid.settleUse(tx, a.w.platform, { county, id: use.id }, { allow: true })), refused("second-person-needed"));
  await assert.rejects(owner.query(`insert into aid_decision (county, id, application_id, household_id, area, scheme, item, decision, decided_on, from_on, basis, decided_by)
    select county, gen_random_uuid(), id, household_id, area, scheme, item, 'grant', '2019-09-10', '2019-09-10', '{register}', 'x' from aid_application where id = $1`, [id]),
    /without approval/, "the database holds it too");
  await as(a.w, "countyLead", (tx) => aid.settleUse(tx, a.w.platform, { county, id: use.id }, { allow: true }));
  assert.equal((await grant(id, { basis: ["register"] })).state, "granted");
  await assert.rejects(grant(id), refused("move-not-possible"));
});

test("no score decides: the database refuses a decision and a check of a warning by the system", async () => {
  const [row] = await rows("select * from aid_application where state = 'open' limit 1");
  await assert.rejects(owner.query("insert into aid_decision (county, id, application_id, household_id, area, scheme, item, decision, decided_on, from_on, basis, decided_by) values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 'grant', '2019-09-10', '2019-09-10', '{home-visit}', 'system:aid')", [row!["county"], row!["id"], row!["household_id"], row!["area"], row!["scheme"], row!["item"]]), /aid_decision_is_a_persons/);
});

test("negative and absurd money, grants without an amount or before the application are refused", async () => {
  const { id } = await apply(await householdOf(5));
  for (const bad of [{ amount: undefined }, { amount: 0 }, { amount: -5 }, { amount: 99_999_999_999 }, { amount: 0.001 }, { from: "2019-08-01" },
    { to: "2019-09-01" }]) await assert.rejects(grant(id, bad), refused("bad-request"), JSON.stringify(bad));
  await grant(id);
});

test("a delivery without a register entry, without a decision or before it goes back with its reason; the same row again is known", async () => {
  const who = { idNumber: memberId(5, 2), item: "temporary-relief", on: "2019-09-10", amount: 500 };
  const reply = await deliver([
    { ...who, no: "p1" },
    { ...who, idNumber: memberId(90, 1), no: "p2" },
    { ...who, idNumber: memberId(2, 1), no: "p3" },
    { ...who, on: "2019-09-09", no: "p4" },
    { ...who, amount: -3, no: "p5" },
    { ...who, item: "moon-trip", no: "p6" },
    { ...who, item: "medical-aid", no: "p7" },
    { ...who, on: "2019-09-31", no: "p8" },
    { ...who, on: "2019-09-11", no: "p9" },
    { ...who, idNumber: "123456789012345678", no: "p10" },
  ]);
  assert.deepEqual(reply.returned.map(({ row, why }) => [row, why]), [[2, "not-registered"], [3, "no-decision"], [4, "before-decision"], [5, "bad-money"], [6, "unknown-item"],
    [7, "wrong-department"], [8, "bad-day"], [9, "future"], [10, "bad-number"]]);
  assert.deepEqual([reply.rows, reply.taken, reply.known], [10, 1, 0]);
  const again = await deliver([{ ...who, no: "p1" }, { ...who, amount: 501, no: "p1" }]);
  assert.deepEqual([again.taken, again.known, again.returned.map(({ why }) => why)], [0, 1, ["source-used"]]);
  await assert.rejects(as(a.w, "contact", (tx) => aid.takeDeliveries(tx, a.w.platform, { scheme, department: "civil_affairs", rows: [{ ...who, no: "p11" }] })),
    refused("not-found"), "another department's contact");
});

test("nothing is delivered for a period after the aid was stopped or its time was over; the period in which it was stopped is still paid", async () => {
  const mine = await householdOf(5);
  const by = { household: mine.id, item: "allowance", amount: 300 };
  const { id } = await apply(mine, { item: "allowance", appliedOn: "2019-06-01" });
  await grant(id, { from: "2019-06-01", amount: 300 });
  await owner.query("update aid_decision set decided_on = '2019-06-03' where application_id = $1", [id]);
  const change = (given: object) => as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id }, { basis: ["home-visit"], why: "recalculated", ...given } as never));
  const whys = async (...list: readonly (readonly [on: string, no: string])[]) => {
    const { taken, returned } = await deliver(list.map(([on, no]) => ({ ...by, on, no })));
    return [taken, returned.map(({ row, why }) => [row, why])];
  };
  await change({ decision: "change", from: "2019-06-01", to: "2019-07-20", amount: 300 });
  await owner.query("update aid_decision set decided_on = '2019-06-04' where application_id = $1 and decision = 'change'", [id]);
  assert.deepEqual(await whys(["2019-07-31", "s1"], ["2019-08-01", "s2"]), [1, [[2, "stopped"]]], "granted until the twentieth of July");
  await change({ decision: "change", from: "2019-08-01", amount: 300 });
  await owner.query("update aid_decision set decided_on = '2019-08-01' where application_id = $1 and to_on is null and decision = 'change'", [id]);
  await change({ decision: "stop", why: "no-longer-needed" });
  await owner.query("update aid_decision set decided_on = '2019-08-15' where application_id = $1 and decision = 'stop'", [id]);
  assert.deepEqual(await whys(["2019-08-31", "s3"], ["2019-09-02", "s4"], ["2019-07-31", "s1"]), [1, [[2, "stopped"]]], "stopped in August; what was taken before stays known");
  const past = (period: string, on: string) => owner.query(`insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no)
    select county, gen_random_uuid(), id, household_id, area, scheme, item, 'cash', 'x', $2::date, $3::date, 1, 'x', $2::text from aid_application where id = $1`, [id, period, on]);
  await assert.rejects(past("2019-09-01", "2019-09-02"), /after the aid was over/, "the database holds it too");
  await assert.rejects(past("2019-05-01", "2019-09-02"), /before the aid began/, "and what is for a month before the first");
  await past("2019-08-01", "2019-09-02");
  await owner.query("update aid_delivery set taken_back = true, taken_back_on = '2019-09-10', taken_back_by = 'world', taken_back_why = 'by-mistake' where application_id = $1", [id]);
});

test("missed and double aid become cases of the offices, and what is put right closes them", async () => {
  await owner.query("update household set stratum = 'allowance', income_fen = 100000 where area = $1", [areas.B1]);
  const check = (month: string) => as(a.w, "countyReviewer", (tx) => aid.checkAid(tx, a.w.platform, { scheme, month }));
  const first = await check("2019-09");
  assert.equal(first.notJudged, 1);
  const missed = await rows("select f.id, f.case_id, c.area, c.class_group from finding f join case_file c on c.id = f.case_id where f.class = 'AID1' and f.key like '%missed-allowance-month-2019-09-01'");
  assert.deepEqual(missed.map((row) => [Number(row["area"]), row["class_group"]]), [[areas.B, "aid"], [areas.B, "aid"]],
    "each goes to the township that answers for the household");
  assert.equal((await check("2019-09")).raised, 0, "doing it again raises nothing");
  const target = await householdOf(3);
  const { id } = await as(a.w, "reviewerB", (tx) => aid.enterApplication(tx, a.w.platform,
    { county, household: target.id, item: "allowance", via: "missed-aid", appliedOn: "2019-09-10" }));
  assert.equal((await check("2019-09")).closed, 1, "an application that waits is no missed aid");
  await grant(id, { from: "2019-09-10", amount: 300 });
  await deliver([{ household: target.id, item: "allowance", on: "2019-09-10", amount: 300, no: "m1" },
    { household: target.id, item: "allowance", on: "2019-09-10", amount: 300, no: "m2" }]);
  const double = await check("2019-09");
  assert.equal(double.double, 1);
  assert.equal((await rows("select from finding where class = 'AID2' and state = 'open' and case_id is not null")).length, 1);
  const listed = await as(a.w, "countyReviewer", (tx) => aid.listDeliveries(tx, a.w.platform, { scheme }));
  const second = listed.rows.find((row) => row.no === "m2")!;
  const back = (actor: "countyReviewer" | "contact", on = "2019-09-10") => as(a.w, actor, (tx) => aid.takeBackDelivery(tx, a.w.platform, second, { on, why: "double" }));
  await assert.rejects(back("contact"), refused("not-found"), "another department's contact");
  assert.deepEqual((await as(a.w, "contact", (tx) => aid.listDeliveries(tx, a.w.platform, { scheme }))).rows, [], "nor does it see what others gave");
  await assert.rejects(back("countyReviewer", "2019-09-09"), refused("bad-request"), "before it was delivered");
  await back("countyReviewer");
  await assert.rejects(back("countyReviewer"), refused("move-not-possible"));
  assert.deepEqual([(await check("2019-09")).double, (await rows("select from finding where class = 'AID2' and state = 'open'")).length], [0, 0]);
  await assert.rejects(check("2019-10"), refused("bad-request"), "a month that has not begun");
  await assert.rejects(as(a.w, "reviewerA", (tx) => aid.checkAid(tx, a.w.platform, { scheme, month: "2019-09" })), refused("not-found"));
});

test("a person in two households counts in neither, both offices get a case, and who settles it says where", async () => {
  const members = [{ member_no: 1, name: "重虚构", id_number: memberId(60, 1), relation_to_head: "02", birth_date: "1962-03-15", person_state: "01" },
    { member_no: 2, name: "李假设", id_number: memberId(3, 2), relation_to_head: "12", birth_date: "1974-11-02", person_state: "01" }];
  await addHouseholds(a.w, a.campaign, [{ area: areas.A1, n: 60, more: { members } }]);
  assert.equal((await build(a)).contested, 1);
  const [first, second] = [await householdOf(3), await householdOf(60)];
  assert.equal((await rows("select from household_member where contested and until is null")).length, 2);
  const checked = await as(a.w, "countyReviewer", (tx) => aid.checkAid(tx, a.w.platform, { scheme, month: "2019-09" }));
  assert.equal(checked.contested, 2);
  const offices = await rows("select distinct c.area from finding f join case_file c on c.id = f.case_id where f.class = 'AID3' and f.state = 'open' order by 1");
  assert.deepEqual(offices.map((row) => Number(row["area"])), [areas.A, areas.B]);
  const by = { idNumber: memberId(3, 2), item: "allowance", on: "2019-09-10", amount: 1, no: "c1" };
  assert.deepEqual((await deliver([by])).returned.map(({ why }) => why), ["contested"]);
  const [row] = await rows("select no from household_member where household_id = $1 and contested", [first.id]);
  await assert.rejects(as(a.w, "reviewerB", (tx) => aid.changeHousehold(tx, a.w.platform, first, { change: "settle", on: "2019-09-10", member: Number(row!["no"]), here: true })),
    refused("move-not-possible"), "a township does not see both sides");
  await as(a.w, "countyReviewer", (tx) => aid.changeHousehold(tx, a.w.platform, first, { change: "settle", on: "2019-09-10", member: Number(row!["no"]), here: true }));
  assert.equal((await rows("select from household_member where contested and until is null")).length, 0);
  assert.equal((await as(a.w, "countyLead", (tx) => aid.getHousehold(tx, a.w.platform, second))).members.find((one) => one.no === 2)?.whyLeft, "mistaken");
  assert.equal((await as(a.w, "countyReviewer", (tx) => aid.checkAid(tx, a.w.platform, { scheme, month: "2019-09" }))).contested, 0);
});

test("a household splits, its new part gets no aid before it is registered, and merges back; who marries in from another township is contested", async () => {
  const mine = await householdOf(1);
  const change = (given: Parameters<typeof aid.changeHousehold>[3], at = mine) => as(a.w, "reviewerA", (tx) => aid.changeHousehold(tx, a.w.platform, at, given));
  await assert.rejects(change({ change: "split", on: "2019-09-01", members: [1] }), refused("bad-request"), "the head stays");
  await assert.rejects(change({ change: "split", on: "2019-09-11", members: [2] }), refused("bad-request"), "tomorrow");
  const { other } = await change({ change: "split", on: "2019-09-01", members: [2, 3] });
  const part = { county, id: other! };
  await assert.rejects(apply(part, { item: "job-help" }), refused("move-not-possible"), "not registered");
  assert.deepEqual((await deliver([{ household: part.id, item: "temporary-relief", on: "2019-09-10", amount: 1, no: "s1" }])).returned.map(({ why }) => why), ["not-registered"]);
  assert.deepEqual((await rows("select people from household where id = any($1) order by people", [[mine.id, part.id]])).map((row) => row["people"]), [1, 2]);
  await change({ change: "merge", on: "2019-09-05", other: part.id });
  assert.deepEqual(await rows("select people, ended_because from household where id = any($1) order by people", [[mine.id, part.id]]),
    [{ people: 0, ended_because: "merged" }, { people: 3, ended_because: null }]);
  const married = await change({ change: "join", on: "2019-09-06", name: "嫁虚构", idNumber: memberId(4, 2), relation: "12" });
  assert.equal(married.contested, true);
  assert.equal((await rows("select from household_member where person_digest = $1 and contested and until is null", [a.w.platform.keys.blind(memberId(4, 2))])).length, 2);
  const [joined] = await rows("select no from household_member where household_id = $1 and contested", [mine.id]);
  await change({ change: "leave", on: "2019-09-07", member: Number(joined!["no"]), why: "mistaken" });
  assert.equal((await rows("select from household_member where contested and until is null")).length, 0, "the other place counts again");
});

const PLANS = [lowIncomeAid];
/** Says of a household's record that it is in the register now, with these answers, and lets the reaction follow. */
async function accepted(record: string, answers: Answers): Promise<void> {
  await owner.query("insert into revision (county, record_id, no, based_on, area, kind, answers, author) select county, id, head + 1, head, area, 'correction', $2::jsonb, 'test' from record where id = $1", [record, JSON.stringify(answers)]);
  await owner.query("update record set head = head + 1, state = 'accepted' where id = $1", [record]);
  await t.database.write(systemActor("test", county * 1e6, county * 1e6 + 999_999),
    (tx) => emit(tx, [{ kind: recordEvents.accepted, county, area: areas.A1, recordId: record, data: {} }]));
  await settleReactions(t.database, [{ name: "households-from-records", kinds: [recordEvents.accepted],
    handle: (events) => aid.onHouseholdAccepted(a.w.platform, PLANS, events) }]);
}

test("an accepted record makes its household anew by itself; who left by an office's act does not come back by an older row, who came by one stays", async () => {
  const mine = await householdOf(4);
  const [{ record_id: record }] = (await rows("select record_id from household where id = $1", [mine.id])) as [{ record_id: string }];
  await as(a.w, "reviewerB", (tx) => aid.changeHousehold(tx, a.w.platform, mine, { change: "leave", on: "2019-09-08", member: 3, why: "moved" }));
  await as(a.w, "reviewerB", (tx) => aid.changeHousehold(tx, a.w.platform, mine, { change: "join", on: "2019-09-08", name: "来虚构", idNumber: memberId(62, 3), relation: "20" }));
  const form = householdAnswers(4, areas.B1).household!;
  const baby = { ...(form["members"] as readonly Group[])[2]!, member_no: 4, id_number: memberId(61, 3), name: "新虚构" };
  const answers: Answers = { household: { ...form, members: [...(form["members"] as readonly Group[]), baby],
    incomes: [{ member_no: 2, kind: "b11_wage", amount: 9000, source: "declared" }] } };
  await accepted(record, answers);
  const now = async () => (await rows("select h.people, h.income_fen::int as income, h.stratum, array(select m.no from household_member m where m.household_id = h.id and m.until is null order by 1) as here from household h where h.id = $1", [mine.id]))[0]!;
  const first = await now();
  assert.deepEqual([first["income"], first["stratum"]], [900_000, "allowance"], "the figures are the new answers'");
  assert.deepEqual([(first["here"] as number[]).length, first["people"]], [4, 4], "two who stayed, the newborn, and who is on no form yet");
  const audits = (await rows("select count(*)::int as n from audit_entry where action = 'household.build' and account = 'system:aid'"))[0]!["n"];
  assert.equal(audits, 1);
  // The same fact once more writes nothing else than its audit row.
  const members = await rows("select * from household_member order by household_id, no");
  await t.database.write(systemActor("test", county * 1e6, county * 1e6 + 999_999),
    (tx) => emit(tx, [{ kind: recordEvents.accepted, county, area: areas.B1, recordId: record, data: {} }]));
  await settleReactions(t.database, [{ name: "households-from-records", kinds: [recordEvents.accepted],
    handle: (events) => aid.onHouseholdAccepted(a.w.platform, PLANS, events) }]);
  assert.deepEqual(await rows("select * from household_member order by household_id, no"), members);
  // Once a form names who was let in, forms decide: the next one without them ends the place.
  const let_in = { ...baby, member_no: 5, id_number: memberId(62, 3), name: "来虚构" };
  await accepted(record, { household: { ...answers["household"], members: [...(form["members"] as readonly Group[]), baby, let_in] } });
  assert.equal(((await now())["here"] as number[]).length, 4);
  await accepted(record, answers);
  assert.equal(((await now())["here"] as number[]).length, 3);
});

test("aid without a result is a task of the county on the day after it was due, and closes with the result; a duty of a day is done once", async () => {
  assert.deepEqual([checkDay("2019-09-10", 10), checkDay("2019-09-09", 10), checkDay("2019-01-05", 10)],
    [{ on: "2019-09-10", month: "2019-08" }, { on: "2019-08-10", month: "2019-07" }, { on: "2018-12-10", month: "2018-11" }]);
  const { id } = await apply(await householdOf(5), { item: "job-help", appliedOn: "2019-08-01" });
  const first = await aid.aidDuties(a.w.platform, PLANS);
  assert.deepEqual(first.done.map((one) => one.kind).sort(), ["check", "results"], "no rule of warnings is on here");
  const late = `select f.state, c.area, c.class_group from finding f join case_file c on c.id = f.case_id where f.class = 'AID4' and f.key like '%result-${id}%'`;
  assert.deepEqual((await rows(late)).map((row) => [row["state"], Number(row["area"]), row["class_group"]]), [["open", county * 1e6, "result"]], "the county answers for it");
  assert.equal((await rows("select from audit_entry where action = 'aid.check' and account = 'system:aid'")).length, 2);
  const stands = await rows("select * from finding order by id");
  // Whatever has been done is known from the one question that is asked for all counties: no county's transaction is opened.
  const shut = { ...a.w.platform, database: { ...a.w.platform.database, write: () => Promise.reject(new Error("a county was asked")) } };
  assert.deepEqual((await aid.aidDuties(shut, PLANS)).done, [], "twice a day is once");
  assert.deepEqual(await rows("select * from finding order by id"), stands);
  await as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id }, { decision: "refuse", basis: ["home-visit"], why: "no-longer-needed" }));
  await owner.query("update aid_duty set on_day = on_day - 1");
  await aid.aidDuties(a.w.platform, PLANS);
  assert.equal((await rows(late))[0]!["state"], "closed");
});

test("support goes in no circle, to nobody oneself, and money of it is believable; a household of more than thirty is refused", async () => {
  const mine = await householdOf(1);
  const support = (supporter: string, at = mine, actor: "countyReviewer" | "reviewerA" = "countyReviewer", fee = 100) => as(a.w, actor,
    (tx) => aid.addSupport(tx, a.w.platform, at, { member: 1, supporter, kind: "towards-parents", fee, since: "2019-09-01" }));
  await support(memberId(3, 1));
  await support(memberId(5, 1), await householdOf(3));
  await assert.rejects(support(memberId(1, 1), await householdOf(5)), refused("move-not-possible"), "1 by 3, 3 by 5, 5 by 1");
  await assert.rejects(support(memberId(1, 1)), refused("bad-request"), "oneself");
  await assert.rejects(support(memberId(5, 1), mine, "countyReviewer", -1), refused("bad-request"));
  await assert.rejects(support(memberId(3, 1)), refused("already-exists"));
  const shown = await as(a.w, "countyReviewer", (tx) => aid.getHousehold(tx, a.w.platform, mine));
  assert.deepEqual(shown.support.map((one) => [one.supported !== "", one.supporter]), [[true, ""]], "who stands outside has no name here, in no language");
  const many = Array.from({ length: 40 }, (_, i) => ({ member_no: i + 1, name: `众${i}`, id_number: memberId(100 + i, 1), relation_to_head: i === 0 ? "02" : "99",
    birth_date: "1962-03-15", person_state: "01" }));
  await addHouseholds(a.w, a.campaign, [{ n: 100, more: { members: many } }]);
  await build(a);
  const [big] = await rows("select h.people, h.unknown from household h where 'too-many-members' = any (h.unknown)");
  assert.equal(big!["people"], 30);
  await assert.rejects(as(a.w, "reviewerA", async (tx) => aid.changeHousehold(tx, a.w.platform, await householdOf(100),
    { change: "join", on: "2019-09-06", name: "又一人", idNumber: memberId(160, 1), relation: "99" })), refused("bad-request"));
});

test("a list of applications enters as if each was typed, and many are decided at once; what is wrong with one row leaves the others", async () => {
  const rowOf = (n: number, item: string, no: string, on = "2019-09-02") => ({ idNumber: memberId(n, 1), item, on, no });
  const enter = (list: ReturnType<typeof rowOf>[]) => as(a.w, "reviewerA", (tx) => aid.enterMany(tx, a.w.platform, { scheme, source: "street-office", via: "department", rows: list }));
  const first = await enter([rowOf(1, "disaster-relief", "1"), rowOf(5, "disaster-relief", "2"), rowOf(1, "disaster-relief", "3"), rowOf(1, "winter-goods", "2"),
    rowOf(1, "no-such-item", "4"), rowOf(99, "disaster-relief", "5"),
    rowOf(1, "disaster-relief", "6", "2019-12-01")]);
  assert.deepEqual([first.rows, first.taken, first.known], [7, 2, 1], "an item that waits already is known");
  assert.deepEqual(first.returned.map((one) => `${one.row} ${one.why}`), ["4 source-used", "5 unknown-item", "6 not-registered", "7 future"]);
  const again = await enter([rowOf(1, "disaster-relief", "1"), rowOf(5, "winter-goods", "2")]);
  assert.deepEqual([again.taken, again.known, again.returned.map((one) => one.why)], [0, 1, ["source-used"]], "a number names one row for ever");
  const { aid: lines } = await as(a.w, "countyReviewer", async (tx) => aid.getHousehold(tx, a.w.platform, await householdOf(1)));
  assert.deepEqual(lines.filter((one) => one.item === "disaster-relief").map((one) => one.departmentLabel), [{ zh: "应急管理部门", en: "Emergency management" }],
    "who gives aid and sends no lists has a name too");
  const ids = (await rows("select id from aid_application where source = 'street-office' order by source_no")).map((row) => String(row["id"]));
  const decide = (actor: "reviewerA" | "countyReviewer", more: object = {}) => as(a.w, actor,
    (tx) => aid.decideMany(tx, a.w.platform, { county, scheme, decision: "grant", basis: ["home-visit"], why: "meets-conditions", from: "2019-09-03",
    applications: [{ id: ids[0]!, amount: 500 }, { id: ids[1]! }, { id: ids[0]!, amount: 700 }, { id: a.campaign.id, amount: 1 }], ...more }));
  const own = await decide("reviewerA");
  assert.deepEqual([own.decided, own.refused.map((one) => one.problem)], [0, ["same-person", "same-person", "same-person", "not-found"]]);
  await assert.rejects(decide("countyReviewer", { basis: ["register"] }), refused("bad-request"), "collected data are let for a single case");
  const decided = await decide("countyReviewer");
  assert.equal(decided.decided, 1);
  assert.deepEqual(decided.refused.map((one) => one.problem), ["bad-request", "move-not-possible", "not-found"], "cash without an amount, one named twice, one of nobody");
  const stored = await rows("select d.amount_fen, x.state from aid_application x left join aid_decision d on d.application_id = x.id where x.source = 'street-office' order by x.source_no");
  assert.deepEqual(stored.map((row) => [row["state"], row["amount_fen"] === null ? null : Number(row["amount_fen"])]), [["granted", 50_000], ["open", null]]);
});

test("the planner is told again of tables of which a tenth has changed, and of no others", async () => {
  const times = async (table: string): Promise<number> => Number((await rows("select analyze_count from pg_stat_all_tables where schemaname = 'public' and relname = $1",
    [table]))[0]!["analyze_count"]);
  // What others wrote a moment ago is not counted yet: of rows that are never counted only the table's size tells.
  const uncounted = (source: string) => rows(`insert into household_event (county, id, household_id, area, scheme, kind, happened_on, source, source_no, taken_by)
    select h.county, gen_random_uuid(), h.id, h.area, h.scheme, 'training', '2019-09-01', '${source}', h.id || '-' || n, 'test' from household h cross join generate_series(1, 200) n`);
  const toldAgain = async (): Promise<number> => {
    const before = await times("household_event");
    await as(a.w, "countyReviewer", refreshStatistics);
    return (await times("household_event")) - before;
  };
  await rows("set track_counts = off");
  await uncounted("one");
  await rows("analyze household_event");
  assert.equal(await toldAgain(), 0);
  await uncounted("two");
  assert.equal(await toldAgain(), 1, "it has grown by more than a tenth");
  assert.equal(await toldAgain(), 0);
  await rows("reset track_counts");
  const events = await times("household_event");
  await as(a.w, "countyReviewer", async (tx) => {
    await sql`insert into household_event (county, id, household_id, area, scheme, kind, happened_on, source, source_no, taken_by)
      select h.county, gen_random_uuid(), h.id, h.area, h.scheme, 'training', '2019-09-01', 'many', h.id || '-' || n, 'test' from household h cross
        join generate_series(1, 200) n`.execute(tx);
    await refreshStatistics(tx);
  });
  assert.deepEqual([await times("vouch_list"), await times("household_event")], [0, events + 1], "nothing was ever said about a record here");
});
