// What becomes of households in an office's hands and in their forms: who is what to the head, what a corrected form says of members, and what an ended household left open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lowIncomeAid } from "../../../schemes/low-income/aid.ts";
import { aidGround, type AidGround, build, householdAnswers, memberId, refused } from "../../../test/aid-world.ts";
import { as } from "../../../test/people.ts";
import { areas, county } from "../../../test/world.ts";
import { systemActor } from "../../platform/database.ts";
import { emit, settleReactions } from "../../platform/journal.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { recordEvents } from "../records/events.ts";
import * as aid from "./service.ts";
import { checkResults } from "./standing-rules.ts";

let ground: AidGround;
let t: AidGround["t"];
let a: AidGround["a"];
let owner: AidGround["owner"];
let rows: AidGround["rows"];
const scheme = "low-income";
before(async () => {
  ground = await aidGround([{}, {}, {}, {}]);
  ({ t, a, owner, rows } = ground);
});
after(() => ground.close());
type At = { readonly county: number; readonly id: string };
const householdOf = async (n: number): Promise<At> => {
  const [row] = await rows("select m.household_id as id from household_member m where m.person_digest = $1 and m.no = 1", [a.w.platform.keys.blind(memberId(n, 1))]);
  return { county, id: String(row?.["id"]) };
};
const apply = (household: At, more: Partial<aid.Application> = {}) => as(a.w, "reviewerA", (tx) => aid.enterApplication(tx, a.w.platform, { county, household: household.id, item: "temporary-relief", via: "window", appliedOn: "2019-09-01", ...more }));
const change = (at: At, given: Parameters<typeof aid.changeHousehold>[3]) => as(a.w, "reviewerA", (tx) => aid.changeHousehold(tx, a.w.platform, at, given));
const relate = (at: At, of: Readonly<Record<number, string>>) => change(at, { change: "relations", on: "2019-09-09", relations: Object.entries(of).map(([member, relation]) => ({ member: Number(member), relation })) });
/** Who stands in the household, by number: what they are to the head. */
const here = async (at: At): Promise<Record<string, unknown>> => Object.fromEntries((await rows("select no, relation from household_member where household_id = $1 and until is null order by no", [at.id])).map((row) => [String(row["no"]), row["relation"]]));
/** The record of the household says this from now on. */
async function corrected(at: At, answers: Answers): Promise<void> {
  const [{ record_id: record }] = (await rows("select record_id from household where id = $1", [at.id])) as [{ record_id: string }];
  await owner.query("insert into revision (county, record_id, no, based_on, area, kind, answers, author) select county, id, head + 1, head, area, 'correction', $2::jsonb, 'test' from record where id = $1", [record, JSON.stringify(answers)]);
  await owner.query("update record set head = head + 1, state = 'accepted' where id = $1", [record]);
  await t.database.write(systemActor("test", county * 1e6, county * 1e6 + 999_999), (tx) => emit(tx, [{ kind: recordEvents.accepted, county, area: areas.A1, recordId: record, data: {} }]));
  await settleReactions(t.database, [{ name: "households-from-records", kinds: [recordEvents.accepted], handle: (events) => aid.onHouseholdAccepted(a.w.platform, [lowIncomeAid], events) }]);
}
const withMembers = (n: number, more: (row: Group) => Group): Answers => {
  const answers = householdAnswers(n);
  return { household: { ...answers["household"], members: (answers["household"]!["members"] as readonly Group[]).map(more) } };
};

test("after the head left, an office says who is the head and what the others are; while a head stands the form says it", async () => {
  const mine = await householdOf(2);
  assert.deepEqual(await here(mine), { 1: "02", 2: "12", 3: "21" });
  await assert.rejects(relate(mine, { 3: "20" }), refused("move-not-possible"), "the form says it");
  await assert.rejects(relate(mine, { 2: "02" }), refused("move-not-possible"), "there is a head");
  await change(mine, { change: "leave", on: "2019-09-05", member: 1, why: "died" });
  await assert.rejects(relate(mine, { 2: "12" }), refused("bad-request"), "nobody is the head");
  await assert.rejects(relate(mine, { 2: "02", 3: "02" }), refused("bad-request"), "two heads");
  await assert.rejects(relate(mine, { 1: "02" }), refused("bad-request"), "who has left is no head");
  await assert.rejects(relate(mine, { 2: "02", 3: "18" }), refused("bad-request"), "no relation of the list");
  await relate(mine, { 2: "02" });
  assert.deepEqual(await here(mine), { 2: "02", 3: "" }, "what the son was, he was to his father");
  const view = await as(a.w, "reviewerA", (tx) => aid.getHousehold(tx, a.w.platform, mine));
  assert.deepEqual(view.members.filter(({ until }) => until === undefined).map(({ relationLabel }) => relationLabel.zh), ["户主", "未登记"]);
  await relate(mine, { 3: "21" });
  // A form that still names the dead man its head says nothing of relations; one that names her does.
  await corrected(mine, withMembers(2, (row) => ({ ...row, ...(row["member_no"] === 2 && { relation_to_head: "12" }) })));
  assert.deepEqual(await here(mine), { 2: "02", 3: "21" });
  await corrected(mine, withMembers(2, (row) => (row["member_no"] === 1 ? { ...row, relation_to_head: "11", person_state: "02" } : { ...row, relation_to_head: row["member_no"] === 2 ? "02" : "20" })));
  assert.deepEqual(await here(mine), { 2: "02", 3: "20" });
  assert.deepEqual((await rows("select detail -> 'now' as now from household_change where household_id = $1 and kind = 'relations' order by at", [mine.id])).map((row) => row["now"]), [[{ no: 2, relation: "02" }, { no: 3, relation: "" }], [{ no: 3, relation: "21" }]]);
});

test("who splits off and who comes from another household leaves the old relations behind, and the office enters the new ones", async () => {
  const mine = await householdOf(3);
  const { other } = await change(mine, { change: "split", on: "2019-09-02", members: [2, 3] });
  const part = { county, id: other! };
  assert.deepEqual([await here(mine), await here(part)], [{ 1: "02" }, { 1: "", 2: "" }]);
  await relate(part, { 1: "02", 2: "21" });
  await assert.rejects(change(part, { change: "split", on: "2019-09-03", members: [1] }), refused("bad-request"), "the head stays");
  await assert.rejects(change(part, { change: "join", on: "2019-09-03", name: "又虚构", idNumber: memberId(90, 3), relation: "02" }), refused("bad-request"), "a second head");
  await change(mine, { change: "merge", on: "2019-09-04", other: part.id });
  assert.deepEqual(await here(mine), { 1: "02", 4: "", 5: "" });
  await assert.rejects(relate(mine, { 4: "02" }), refused("move-not-possible"), "one head");
  await relate(mine, { 4: "12", 5: "21" });
  assert.deepEqual(await here(mine), { 1: "02", 4: "12", 5: "21" });
});

test("what a corrected form says of members is what the household says: name, work, relation; read again unchanged, nothing is written", async () => {
  const mine = await householdOf(4);
  const member = async () => (await as(a.w, "reviewerA", (tx) => aid.getHousehold(tx, a.w.platform, mine))).members.find(({ no }) => no === 3)!;
  const stored = async () => (await rows("select able, employed, sex, birth_date from household_member where household_id = $1 and no = 3", [mine.id]))[0]!;
  const [shown, before] = [await member(), await stored()];
  assert.deepEqual([shown.name, shown.relation, before["employed"]], ["曾虚拟", "21", false]);
  const form = withMembers(4, (row) => (row["member_no"] === 3 ? { ...row, name: "曾更正", relation_to_head: "22", job_state: "11", labour: "01" } : row));
  await corrected(mine, form);
  const after = await member();
  assert.deepEqual([after.name, after.idMasked, after.relation, after.since], ["曾更正", shown.idMasked, "22", shown.since]);
  assert.deepEqual(await stored(), { ...before, able: true, employed: true });
  const all = await rows("select * from household_member where household_id = $1 order by no", [mine.id]);
  await corrected(mine, form);
  await build(a);
  assert.deepEqual(await rows("select * from household_member where household_id = $1 order by no", [mine.id]), all);
});

test("what a household that has ended left open is a task until it is decided or stopped; what was given once and what is over is not", async () => {
  const mine = await householdOf(1);
  const decided = async (item: string, more: object): Promise<string> => {
    const { id } = await apply(mine, { item, appliedOn: "2019-09-01" });
    await as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id }, { decision: "grant", from: "2019-09-02", amount: 300, basis: ["home-visit"], why: "meets-conditions", ...more }));
    return id;
  };
  const monthly = await decided("allowance", {});
  const over = await decided("medical-aid", { to: "2019-09-05" });
  const once = await decided("temporary-relief", {});
  await owner.query("insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, intake_id, source, source_no) select county, gen_random_uuid(), id, household_id, area, scheme, item, 'cash', 'civil_affairs', '2019-09-10', '2019-09-10', 30000, gen_random_uuid(), 'civil_affairs', 'ended-1' from aid_application where id = $1", [once]);
  const { id: waits } = await apply(mine, { item: "job-help", appliedOn: "2019-09-01" });
  const look = async (): Promise<unknown[]> => {
    await t.database.write(a.w.actors.countyLead, (tx) => checkResults(tx, a.w.platform, { county, scheme }));
    return (await rows("select key, state from finding where class = 'AID4' and state = 'open'")).flatMap(({ key }) => Object.entries({ monthly, over, once, waits }).flatMap(([name, id]) => (String(key).includes(id) ? [name] : []))).toSorted();
  };
  assert.deepEqual(await look(), [], "nothing is late while it stands");
  const members = await rows("select no from household_member where household_id = $1 and until is null order by no desc", [mine.id]);
  for (const { no } of members) await as(a.w, "reviewerA", (tx) => aid.changeHousehold(tx, a.w.platform, mine, { change: "leave", on: "2019-09-09", member: Number(no), why: "died" }));
  assert.deepEqual(await look(), ["monthly", "waits"]);
  await as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id: monthly }, { decision: "stop", basis: ["home-visit"], why: "no-longer-needed" }));
  await as(a.w, "countyReviewer", (tx) => aid.withdrawAid(tx, { county, id: waits }));
  assert.deepEqual(await look(), []);
});
