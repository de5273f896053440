// What an area's lines and a grant's days decide: strata by income and property, periods that are paid; and what aid comes to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { aidWorld, type AidWorld, build } from "../../../test/aid-world.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { as } from "../../../test/people.ts";
import { county } from "../../../test/world.ts";
import { periodEnd } from "./rules.ts";
import * as aid from "./service.ts";
import { assignStrata } from "./strata.ts";

let t: TestDatabase;
let a: AidWorld;
let owner: pg.Client;
const scheme = "low-income";
before(async () => {
  t = await testDatabase();
  a = await aidWorld(t, [{}]);
  owner = new pg.Client(t.owner);
  await owner.connect();
  await build(a);
});
after(async () => {
  await owner.end();
  await t.close();
});
const rows = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await owner.query(text, values)).rows as Record<string, unknown>[];
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
