// Charity: what is offered goes to who needs it most, and everybody who looks sees who waits and who was given what; lists that are cut say so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aidGround, type AidGround, memberId, refused } from "../../../test/aid-world.ts";
import { as } from "../../../test/people.ts";
import { areas, county } from "../../../test/world.ts";
import * as aid from "./service.ts";

let ground: AidGround;
let t: AidGround["t"];
let a: AidGround["a"];
let owner: AidGround["owner"];
const scheme = "low-income";
before(async () => {
  ground = await aidGround([{}, {}, { area: areas.B1 }]);
  ({ t, a, owner } = ground);
});
after(() => ground.close());
const householdOf = async (n: number): Promise<string> =>
  String((await owner.query<{ id: string }>("select m.household_id as id from household_member m where m.person_digest = $1 and m.no = 1", [a.w.platform.keys.blind(memberId(n, 1))])).rows[0]!.id);
const listed = () => as(a.w, "countyReviewer", (tx) => aid.listOffers(tx, a.w.platform, scheme));
const opened = (id: string) => as(a.w, "countyReviewer", (tx) => aid.getHousehold(tx, a.w.platform, { county, id }));
const need = (id: string, actor: "reviewerA" | "reviewerB" = "reviewerA") => as(a.w, actor, (tx) => aid.addNeed(tx, { county, household: id, item: "轮椅", quantity: 2 }));

test("charity goes to those who need it most, never more than there is; who waits and who was given what stands with the offer and with the household", async () => {
  const offer = await as(a.w, "countyReviewer", (tx) => aid.addOffer(tx, a.w.platform, { scheme, area: areas.A, giver: "虚构基金会", item: "轮椅", quantity: 3, until: "2019-12-31" }));
  const [first, second, elsewhere] = [await householdOf(1), await householdOf(2), await householdOf(3)];
  await owner.query("update household set degree = 3 where id = $1", [second]);
  for (const id of [first, second]) await need(id);
  await need(elsewhere, "reviewerB");
  await assert.rejects(need(first), refused("already-exists"));
  const before = await listed();
  assert.deepEqual([before.offers.map(({ waiting }) => waiting), before.gifts, before.totals], [[{ households: 2, quantity: 4 }], [], { offers: 1, needs: 3, gifts: 0 }]);
  const match = () => as(a.w, "countyReviewer", (tx) => aid.matchOffer(tx, a.w.platform, { county, id: offer.id }));
  assert.deepEqual(await match(), { households: 2, given: 3, remaining: 0 });
  await assert.rejects(match(), refused("move-not-possible"));
  const [one, two, three] = [await opened(first), await opened(second), await opened(elsewhere)];
  assert.deepEqual([one, two, three].map(({ needs }) => needs.map(({ item, quantity, met, gifts }) => [item, quantity, met, gifts.map(({ giver, quantity: n }) => `${giver} ${n}`).join()])), [[["轮椅", 2, 1, "虚构基金会 1"]], [["轮椅", 2, 2, "虚构基金会 2"]], [["轮椅", 2, 0, ""]]], "the harder hit is met first");
  assert.match(one.needs[0]!.since, /^\d{4}-\d{2}-\d{2}$/u);
  const after = await listed();
  assert.deepEqual(after.gifts.map(({ household, quantity }) => [household, quantity]).toSorted(), [[first, 1], [second, 2]].toSorted());
  assert.deepEqual([after.offers.map(({ waiting, remaining }) => [waiting.households, waiting.quantity, remaining]), after.totals], [[[1, 1, 0]], { offers: 1, needs: 2, gifts: 2 }]);
});

test("lists hold the first two hundred needs, and a household's page its newest thousand events, and both say how many there are", async () => {
  const id = await householdOf(1);
  await owner.query("insert into aid_need (county, id, household_id, area, scheme, item, quantity, entered_by) select county, gen_random_uuid(), id, area, scheme, 'item ' || n, 1, 'test' from household, generate_series(1, 220) n where id = $1", [id]);
  await owner.query("insert into household_event (county, id, household_id, area, scheme, kind, happened_on, source, source_no, taken_by) select county, gen_random_uuid(), id, area, scheme, 'training', date '2010-01-01' + n, 'many', n::text, 'test' from household, generate_series(1, 1003) n where id = $1", [id]);
  const { needs, totals } = await listed();
  assert.deepEqual([needs.length, totals.needs], [200, 222]);
  const view = await opened(id);
  assert.deepEqual([view.events.length, view.events.at(-1)!.on, view.older], [1000, "2010-01-05", { events: 3, deliveries: 0, warnings: 0 }]);
});
