// What an area's lines and a grant's days decide: strata by income and property, periods that are paid; and what aid comes to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { aidGround, type AidGround } from "../../../test/aid-world.ts";
import { as } from "../../../test/people.ts";
import { county } from "../../../test/world.ts";
import { listFindings } from "../matching/service.ts";
import { periodEnd } from "./rules.ts";
import * as aid from "./service.ts";
import { checkResults } from "./standing-rules.ts";
import { assignStrata } from "./strata.ts";

let ground: AidGround;
let t: AidGround["t"];
let a: AidGround["a"];
let owner: AidGround["owner"];
let rows: AidGround["rows"];
const scheme = "low-income";
before(async () => {
  ground = await aidGround([{}]);
  ({ t, a, owner, rows } = ground);
});
after(() => ground.close());
const householdOf = async (): Promise<string> => String((await rows("select id from household"))[0]!["id"]);

test("nothing is delivered for a period before the aid begins; the period in which it begins is paid", async () => {
  const id = await householdOf();
  const application = await as(a.w, "reviewerA", (tx) => aid.enterApplication(tx, a.w.platform, { county, household: id, item: "temporary-relief", via: "window", appliedOn: "2019-09-01" }));
  await as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id: application.id }, { decision: "grant", basis: ["home-visit"], why: "meets-conditions", from: "2019-09-10", amount: 300 }));
  await owner.query("update aid_decision set decided_on = '2019-09-02'");
  const by = { household: id, item: "temporary-relief", amount: 300 };
  const { taken, returned } = await as(a.w, "countyReviewer", (tx) => aid.takeDeliveries(tx, a.w.platform, { scheme, department: "civil_affairs", rows: [{ ...by, on: "2019-09-09", no: "b1" }, { ...by, on: "2019-09-10", no: "b2" }] }));
  assert.deepEqual([taken, returned.map(({ row, why }) => [row, why])], [1, [[1, "not-yet"]]]);
  assert.deepEqual([periodEnd("month", "2020-02-11"), periodEnd("year", "2019-09-10"), periodEnd("once", "2019-09-10")], ["2020-02-29", "2019-12-31", "2019-09-10"]);
});

test("what aid comes to is kept with the household: asked, helped, given; also by two at once, and when it is taken back", async () => {
  const id = await householdOf();
  const kept = async () => {
    const [row] = await rows("select applied_on::text, helped_on::text, given_fen::int, deliveries, taken_back from household where id = $1", [id]);
    const [counted] = await rows(`select (select max(applied_on)::text from aid_application where household_id = $1) as applied_on, max(delivered_on) filter (where not taken_back)::text as helped_on,
      coalesce(sum(amount_fen) filter (where not taken_back), 0)::int as given_fen, count(*)::int as deliveries, (count(*) filter (where taken_back))::int as taken_back from aid_delivery where household_id = $1`, [id]);
    assert.deepEqual(row, counted);
    return Object.values(row!);
  };
  const deliver = (no: string) => as(a.w, "countyReviewer", (tx) => aid.takeDeliveries(tx, a.w.platform, { scheme, department: "civil_affairs", rows: [{ household: id, item: "temporary-relief", amount: 300, on: "2019-09-10", no }] }));
  assert.deepEqual(await kept(), ["2019-09-01", "2019-09-10", 30_000, 1, 0]);
  await Promise.all([deliver("k1"), deliver("k2")]);
  assert.deepEqual(await kept(), ["2019-09-01", "2019-09-10", 90_000, 3, 0]);
  for (const [i, row] of (await rows("select id from aid_delivery where household_id = $1", [id])).entries()) {
    await as(a.w, "countyReviewer", (tx) => aid.takeBackDelivery(tx, a.w.platform, { county, id: String(row["id"]) }, { on: "2019-09-10", why: "double" }));
    assert.deepEqual(await kept(), ["2019-09-01", i < 2 ? "2019-09-10" : null, 60_000 - i * 30_000, 3, i + 1]);
  }
  await assert.rejects(as(a.w, "countyLead", (tx) => sql`update household set given_fen = 0`.execute(tx)), /permission denied/u);
});

test("the strata of the allowance want property within the local line, where one is set", async () => {
  const id = await householdOf();
  const stratum = async () => (await rows("select stratum from household where id = $1", [id]))[0]!["stratum"];
  const judged = async (assets: number | null) => {
    await owner.query("update household set income_fen = 100000, assets_fen = $2, stratum = null where id = $1", [id, assets]);
    await as(a.w, "countyReviewer", (tx) => assignStrata(tx, a.w.platform, { county, scheme, households: [id] }));
    return stratum();
  };
  const people = Number((await rows("select people from household where id = $1", [id]))[0]!["people"]);
  assert.equal(await judged(99_999_999), "allowance", "no line of property is set");
  await as(a.w, "countyLead", (tx) => aid.setStandard(tx, { scheme, key: "property-line", area: county * 1e6, from: "2019-01-01", value: 20_000 }));
  assert.deepEqual([await judged(2_000_000 * people), await judged(2_000_000 * people + 1), await judged(null)], ["allowance", "other", null]);
  await owner.query("delete from aid_standard where key = 'property-line'");
});

test("recurring aid is looked at again after its months, sooner where somebody can work; that it goes on repeats its terms, and who is late is a task", async () => {
  const household = await householdOf();
  const decide = (id: string, given: object, actor: "countyReviewer" | "reviewerA" = "countyReviewer") => as(a.w, actor, (tx) => aid.decideAid(tx, a.w.platform, { county, id }, { basis: ["home-visit"], why: "meets-conditions", ...given } as Parameters<typeof aid.decideAid>[3]));
  const applied = async (item: string): Promise<string> => (await as(a.w, "reviewerA", (tx) => aid.enterApplication(tx, a.w.platform, { county, household, item, via: "window", appliedOn: "2019-09-01" }))).id;
  const day = async (id: string) => (await rows("select recheck_on::text as day from aid_application where id = $1", [id]))[0]!["day"];
  const able = (is: boolean) => owner.query("update household_member set able = $1", [is]);
  const granted = async (item: string, more: object = {}): Promise<string> => {
    const id = await applied(item);
    await decide(id, { decision: "grant", from: "2019-09-01", amount: 500, ...more });
    return id;
  };
  await able(true);
  const id = await granted("allowance", { to: "2021-08-31" });
  assert.equal(await day(id), "2020-03-10", "half a year: somebody can work");
  await able(false);
  const [winter, short] = [await granted("winter-goods"), await granted("extreme-poverty", { to: "2019-12-31" })];
  assert.deepEqual([await day(winter), await day(short)], [null, null], "no item of that kind, and over before");
  await assert.rejects(decide(id, { decision: "continue" }, "reviewerA"), /same-person/u);
  for (const more of [{ amount: 600 }, { from: "2019-10-01" }, { to: "2022-01-01" }]) await assert.rejects(decide(id, { decision: "continue", ...more }), /bad-request/u, JSON.stringify(more));
  await decide(id, { decision: "continue" });
  assert.equal(await day(id), "2020-09-10", "a year: nobody can");
  assert.deepEqual((await rows("select decision, from_on::text, to_on::text, amount_fen::int as fen from aid_decision where application_id = $1 order by at", [id])).map((row) => Object.values(row)), [["grant", "2019-09-01", "2021-08-31", 50_000], ["continue", "2019-09-01", "2021-08-31", 50_000]]);
  // Collected data are cited for a recheck as for a grant: with the approval of the case.
  await assert.rejects(decide(id, { decision: "continue", basis: ["economic-check"] }), /second-person-needed/u);
  const use = await as(a.w, "reviewerA", (tx) => aid.askUse(tx, { county, id }, { data: "economic-check", reason: "contradiction" }));
  await as(a.w, "countyLead", (tx) => aid.settleUse(tx, a.w.platform, { county, id: use.id }, { allow: true }));
  await decide(id, { decision: "continue", basis: ["economic-check"] });
  const look = async () => {
    const { notRechecked } = await as(a.w, "countyLead", (tx) => checkResults(tx, a.w.platform, { county, scheme }));
    return [notRechecked, (await rows("select f.state, c.area::bigint as area from finding f join case_file c on c.id = f.case_id where f.class = 'AID5' and f.key like $1", [`%recheck-${id}%`])).map((row) => [row["state"], Number(row["area"])])];
  };
  const listed = async () => (await as(a.w, "countyReviewer", (tx) => aid.listEntries(tx, a.w.platform, { scheme, recheck: true }))).rows.map((row) => [row.id, row.recheckOn]);
  assert.deepEqual([await look(), await listed()], [[0, []], []]);
  await owner.query("update aid_application set recheck_on = '2019-10-10' where id = $1", [id]);
  assert.deepEqual([await look(), await listed()], [[0, []], [[id, "2019-10-10"]]], "due within thirty days is listed, and no fault yet");
  await owner.query("update aid_application set recheck_on = '2019-09-09' where id = $1", [id]);
  assert.deepEqual(await look(), [1, [["open", county * 1e6]]]);
  const { rows: found } = await as(a.w, "countyReviewer", (tx) => listFindings(tx, a.w.platform, { class: "AID5" }));
  assert.deepEqual(found.map(({ theirs }) => theirs), [{ zh: "最低生活保障金：应于2019-09-09前复核", en: "Minimum living allowance: to be rechecked by 2019-09-09" }]);
  await decide(id, { decision: "continue" });
  assert.deepEqual(await look(), [0, [["closed", county * 1e6]]]);
  await decide(id, { decision: "stop", from: "2019-09-10", why: "above-line" });
  assert.equal(await day(id), null);
  await assert.rejects(decide(id, { decision: "continue" }), /move-not-possible/u);
});

test("what is over is not rechecked but applied for anew, and many granted at once are rechecked like one", async () => {
  const household = await householdOf();
  await owner.query("update aid_decision set to_on = '2019-09-09' where item = 'extreme-poverty'");
  const [short] = await rows("select id from aid_application where item = 'extreme-poverty' and state = 'granted'");
  await assert.rejects(as(a.w, "countyReviewer", (tx) => aid.decideAid(tx, a.w.platform, { county, id: String(short!["id"]) }, { decision: "continue", basis: ["home-visit"], why: "meets-conditions" })), /move-not-possible/u);
  const { id } = await as(a.w, "reviewerA", (tx) => aid.enterApplication(tx, a.w.platform, { county, household, item: "allowance", via: "window", appliedOn: "2019-09-02" }));
  await as(a.w, "countyReviewer", (tx) => aid.decideMany(tx, a.w.platform, { county, scheme, decision: "grant", from: "2019-09-10", basis: ["home-visit"], why: "meets-conditions", applications: [{ id, amount: 400 }] }));
  assert.equal((await rows("select recheck_on::text as day from aid_application where id = $1", [id]))[0]!["day"], "2020-09-10");
});
