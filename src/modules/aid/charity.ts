// Charity: offers are given to those who need them most, in an order that can be said: degree, urgency, then who has waited longest.
import { sql } from "kysely";
import { areaRange, countyOf, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import { nameFor } from "../access/rules.ts";
import type { addNeed as needRoute, addOffer as offerRoute, getHousehold as householdRoute, listOffers as listRoute, matchOffer as matchRoute } from "./contract.ts";
import { expectRegistered, householdForUpdate } from "./register.ts";
import { headName } from "./views.ts";

type At = { readonly county: number; readonly id: string };

/** @throws Problem not-found (an area outside the caller's), bad-request */
export async function addOffer(tx: Tx, platform: Platform, given: BodyOf<typeof offerRoute>): Promise<ReplyOf<typeof offerRoute>> {
  if (given.area < tx.actor.lo || areaRange(given.area).hi > tx.actor.hi) throw new Problem("not-found");
  if (levelOf(given.area) < 3 || !isDate(given.until) || given.until < platform.clock.today())
    throw new Problem("bad-request", { zh: "供给属于一个县内的区划，截止日期不早于今天", en: "An offer is for an area of one county, until today or later" });
  const id = newId();
  await tx
    .insertInto("aidOffer")
    .values({
      county: countyOf(given.area),
      id,
      area: given.area,
      scheme: given.scheme,
      giver: given.giver.trim(),
      item: given.item.trim(),
      quantity: given.quantity,
      remaining: given.quantity,
      until: given.until,
      enteredBy: tx.actor.account,
    })
    .execute();
  await audit(tx, { action: "aid.offer", county: countyOf(given.area), area: given.area, people: 0, detail: { offer: id, quantity: given.quantity } });
  return { id };
}

/** @throws Problem not-found, move-not-possible (not registered), already-exists (the same need is open) */
export async function addNeed(tx: Tx, given: BodyOf<typeof needRoute>): Promise<ReplyOf<typeof needRoute>> {
  const row = await householdForUpdate(tx, { county: given.county, id: given.household });
  expectRegistered(row);
  const id = newId();
  await tx
    .insertInto("aidNeed")
    .values({ county: given.county, id, householdId: given.household, area: row.area, scheme: row.scheme, item: given.item.trim(), quantity: given.quantity, enteredBy: tx.actor.account })
    .execute();
  await audit(tx, { action: "aid.need", county: given.county, area: row.area, detail: { household: given.household, need: id } });
  return { id };
}

/** Gives what is left of an offer to open needs of its item in its area. @throws Problem not-found, move-not-possible (given away, or over) */
export async function matchOffer(tx: Tx, platform: Platform, at: At): Promise<ReplyOf<typeof matchRoute>> {
  const { rows } = await sql<{
    area: number;
    scheme: string;
    item: string;
    remaining: number;
    until: string;
  }>`select area, scheme, item, remaining, until from aid_offer where county = ${at.county} and id = ${at.id}::uuid for update`.execute(tx);
  const [offer] = rows;
  if (!offer) throw new Problem("not-found");
  if (offer.remaining === 0 || offer.until < platform.clock.today()) throw new Problem("move-not-possible", { zh: "供给已分完或已过期", en: "It is given away, or over" });
  const { lo, hi } = areaRange(offer.area);
  const { rows: matched } = await sql<{ given: number }>`
    with waiting as materialized (select n.* from aid_need n where n.county = ${at.county} and n.scheme = ${offer.scheme} and n.item = ${offer.item} and n.state = 'open'
      and n.area between ${lo} and ${hi} for update),
    queue as (select n.id, n.household_id, n.area, n.quantity - n.met as wants, coalesce(sum(n.quantity - n.met) over (order by h.degree desc nulls last, h.urgency desc nulls last, n.at,
      n.id rows between unbounded preceding and 1 preceding), 0) as before
      from waiting n join household h on h.county = n.county and h.id = n.household_id and h.ended_on is null),
    given as materialized (select q.*, least(q.wants, ${offer.remaining} - q.before)::int as given from queue q where q.before < ${offer.remaining}),
    met as (update aid_need n set met = n.met + g.given, state = case when n.met + g.given = n.quantity then 'met' else 'open' end from given g where n.county = ${at.county} and n.id = g.id
      returning n.id),
    added as (insert into aid_match (county, id, offer_id, need_id, household_id, area, scheme, quantity, by)
      select ${at.county}, gen_random_uuid(), ${at.id}::uuid, g.id, g.household_id, g.area, ${offer.scheme}, g.given, ${tx.actor.account} from given g returning quantity)
    select quantity as given from added, (select count(*) from met) m`.execute(tx);
  const given = matched.reduce((sum, row) => sum + row.given, 0);
  await sql`update aid_offer set remaining = remaining - ${given} where county = ${at.county} and id = ${at.id}::uuid`.execute(tx);
  await audit(tx, { action: "aid.match", county: at.county, area: offer.area, people: matched.length, detail: { offer: at.id, given } });
  return { households: matched.length, given, remaining: offer.remaining - given };
}

type Offer = { county: number; id: string; area: number; giver: string; item: string; quantity: number; remaining: number; until: string; households: number; wanted: number; total: number };
type Need = { county: number; id: string; household: string; area: number; name: string | null; item: string; quantity: number; met: number; degree: number | null; urgency: number | null; total: number };
type Gift = { county: number; id: string; household: string; area: number; name: string | null; giver: string; item: string; quantity: number; on: string; total: number };
const SHOWN = 200;
/** Offers that are open with who waits for each, needs in the order in which they are met, and who was given what, the newest first; of each the first two hundred, and how many there are. */
export async function listOffers(tx: Tx, platform: Platform, scheme: string): Promise<ReplyOf<typeof listRoute>> {
  const { rows: offers } = await sql<Offer>`select o.county, o.id, o.area, o.giver, o.item, o.quantity, o.remaining, o.until, w.households, w.wanted, count(*) over ()::int as total from aid_offer o
      cross join lateral (select count(distinct n.household_id)::int as households, coalesce(sum(n.quantity - n.met), 0)::int as wanted from aid_need n
        where n.county = o.county and n.scheme = o.scheme and n.item = o.item and n.state = 'open' and n.area between o.area and coalesce((select a.hi from area a where a.code = o.area), o.area)) w
      where o.scheme = ${scheme} and o.until >= ${platform.clock.today()}::date order by (o.remaining = 0), o.until, o.id limit ${SHOWN}`.execute(tx);
  const { rows: needs } = await sql<Need>`select n.county, n.id, n.household_id as household, n.area, ${headName("n.county", "n.household_id")} as name, n.item, n.quantity, n.met, h.degree, h.urgency,
      count(*) over ()::int as total from aid_need n join household h on h.county = n.county and h.id = n.household_id where n.scheme = ${scheme} and n.state = 'open'
      order by h.degree desc nulls last, h.urgency desc nulls last, n.at, n.id limit ${SHOWN}`.execute(tx);
  const { rows: gifts } = await sql<Gift>`select m.county, m.id, m.household_id as household, m.area, ${headName("m.county", "m.household_id")} as name, o.giver, o.item, m.quantity,
      (m.at at time zone 'Asia/Shanghai')::date::text as on, count(*) over ()::int as total from aid_match m join aid_offer o on o.county = m.county and o.id = m.offer_id where m.scheme = ${scheme}
      order by m.at desc, m.id limit ${SHOWN}`.execute(tx);
  const areas = await areaNames(
    tx,
    [...offers, ...needs, ...gifts].map((row) => row.area),
  );
  const named = (code: number) => ({ ...(areas.get(code) ?? { code, name: String(code), fullName: String(code) }) });
  await audit(tx, { action: "aid.list-needs", people: new Set([...needs, ...gifts].map(({ household }) => household)).size });
  return {
    offers: offers.map(({ households, wanted, total: _, ...row }) => ({ ...row, area: named(row.area), waiting: { households, quantity: wanted } })),
    gifts: gifts.map(({ total: _, name, ...row }) => ({ ...row, name: nameFor(tx.actor, name ?? ""), area: named(row.area) })),
    totals: { offers: offers[0]?.total ?? 0, needs: needs[0]?.total ?? 0, gifts: gifts[0]?.total ?? 0 },
    needs: needs.map(({ degree, urgency, name, total: _, ...row }) => ({
      ...row,
      name: nameFor(tx.actor, name ?? ""),
      area: named(row.area),
      ...(degree !== null && { degree }),
      ...(urgency !== null && { urgency }),
    })),
  };
}

/** What a household needs of charity, the newest first, with what it was given of each. */
export async function needsOf(tx: Tx, at: At): Promise<ReplyOf<typeof householdRoute>["needs"]> {
  const { rows } = await sql<{ id: string; item: string; quantity: number; met: number; since: string; gifts: { giver: string; quantity: number; on: string }[] }>`
    select n.id, n.item, n.quantity, n.met, (n.at at time zone 'Asia/Shanghai')::date::text as since,
      (select coalesce(jsonb_agg(jsonb_build_object('giver', o.giver, 'quantity', m.quantity, 'on', (m.at at time zone 'Asia/Shanghai')::date) order by m.at), '[]')
        from aid_match m join aid_offer o on o.county = m.county and o.id = m.offer_id where m.county = n.county and m.household_id = n.household_id and m.need_id = n.id) as gifts
    from aid_need n where n.county = ${at.county} and n.household_id = ${at.id}::uuid order by n.at desc, n.id`.execute(tx);
  return rows;
}
