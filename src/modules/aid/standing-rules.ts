// The standing rules of aid, per item and period: who is owed and not helped (missed), who is helped twice (double), who stands in two households.
// What they find becomes cases of the offices that answer for the people; what they no longer find closes.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { isMonth } from "../../core/time.ts";
import { countyOf, levelOf } from "../../core/area-code.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { openCases } from "../dispatch/service.ts";
import { raiseStanding, type StandingFault } from "../matching/service.ts";
import type { checkAid as checkRoute } from "./contract.ts";
import type { AidPeriod } from "../../scheme/aid-model.ts";
import { isOfHousehold } from "./register.ts";
import { assignStrata } from "./strata.ts";
import { itemOfApplication } from "./views.ts";
import { planForAll } from "./warning-sql.ts";

type At = { readonly county: number; readonly scheme: string; readonly month: string };
type Fault = {
  readonly household: string;
  readonly item: string;
  readonly label: string;
  readonly labelEn: string;
  readonly period: string;
  readonly span: AidPeriod;
  readonly campaignId: string;
  readonly recordId: string;
  readonly subjectId: string;
  readonly area: number;
  readonly name: string;
};
type Late = Omit<Fault, "period" | "span"> & { readonly application: string; readonly since: string; readonly state: keyof typeof lateWords };
type Judged = {
  readonly missed: readonly Fault[];
  readonly double: readonly (Fault & { readonly other: string; readonly otherEn: string; readonly n: number })[];
  readonly contested: readonly Fault[];
  readonly notJudged: number;
  readonly households: number;
};

const who = sql`h.id as household, h.campaign_id, h.record_id, r.subject_id, h.area, s.name`;
const person = sql`join record r on r.county = h.county and r.id = h.record_id and ${isOfHousehold} join subject s on s.county = r.county and s.id = r.subject_id`;

/** Items as they stand at each place that has households, on the last day of the month. */
const itemsAt = ({ county, scheme, month }: At) => sql`
  month as (select (${`${month}-01`})::date as first, ((${`${month}-01`})::date + interval '1 month' - interval '1 day')::date as last),
  place as materialized (select distinct area from household where county = ${county} and scheme = ${scheme} and ended_on is null),
  item as materialized (select distinct on (p.area, i.key) p.area, i.key, i.label_zh, i.label_en, i.period, i.strata, i.categories, i.exclusive_with,
      case i.period when 'month' then m.first when 'year' then date_trunc('year', m.first)::date end as period_on
    from place p cross join month m join aid_item i on i.scheme = ${scheme} and i.lo <= p.area and i.hi >= p.area and i.from_on <= m.last and (i.to_on is null or i.to_on >= m.first)
      order by p.area, i.key, i.lo desc, i.from_on desc)`;

/** Owed by stratum or category, or by the tier of cause, degree and urgency; no delivery in the period, no application that waits or was refused since it began. */
async function missedOf(tx: Tx, at: At): Promise<Fault[]> {
  const { rows } = await sql<Fault>`
    with ${itemsAt(at)},
    owed as materialized (
      select h.county, h.id, i.key, i.label_zh, i.label_en, i.period, i.period_on from household h join item i on i.area = h.area and i.period <> 'once' cross join month m
        where h.county = ${at.county} and h.scheme = ${at.scheme} and h.ended_on is null and h.formed_on <= m.last and (h.stratum = any (i.strata) or h.categories && i.categories)
      union
      select h.county, h.id, i.key, i.label_zh, i.label_en, i.period, coalesce(i.period_on, m.first) from household h cross join month m
        join lateral (select t.owed from aid_tier t where t.scheme = h.scheme and h.degree >= t.degree_at_least and h.urgency >= t.urgency_at_least
          and (cardinality(t.causes) = 0 or h.cause = any (t.causes)) order by t.place limit 1) t on true
        join item i on i.area = h.area and i.key = any (t.owed) where h.county = ${at.county} and h.scheme = ${at.scheme} and h.ended_on is null and h.formed_on <= m.last),
    helped as materialized (
      select d.household_id, h.area, d.item, d.period_on from aid_delivery d join household h on h.county = d.county and h.id = d.household_id cross join month m
        where d.county = ${at.county} and d.scheme = ${at.scheme} and d.period_on between date_trunc('year', m.first)::date and m.last and not d.taken_back),
    settled as materialized (
      select p.household_id, p.item, p.period_on from helped p
      union
      select p.household_id, x.key, p.period_on from helped p join (select i.area, i.key, unnest(i.exclusive_with) as other from item i) x on x.area = p.area and x.other = p.item),
    waiting as materialized (
      select a.household_id, a.item, case when a.state = 'open' then 'infinity'::date else a.applied_on end as until from aid_application a where a.county = ${at.county}
        and a.scheme = ${at.scheme} and a.state in ('open', 'refused')),
    fault as materialized (select o.* from owed o cross join month m where not exists (select from settled g where g.household_id = o.id and g.item = o.key
      and g.period_on between o.period_on and m.last)
      and not exists (select from waiting a where a.household_id = o.id and a.item = o.key and a.until >= o.period_on))
    select ${who}, o.key as item, o.label_zh as label, o.label_en, o.period as span, o.period_on as period from fault o join household h on h.county = o.county and h.id = o.id ${person}
    order by h.campaign_id, h.id, o.key`.execute(tx);
  return rows;
}

/** Two deliveries of one item for one period (a single item by two departments or twice), or of items that exclude each other for the same period. */
async function doubleOf(tx: Tx, at: At): Promise<Judged["double"]> {
  const { rows } = await sql<Judged["double"][number]>`
    with ${itemsAt(at)},
    given as materialized (select d.county, d.household_id, h.area, d.item, d.period_on, count(*)::int as n from aid_delivery d
      join household h on h.county = d.county and h.id = d.household_id cross join month m
      where d.county = ${at.county} and d.scheme = ${at.scheme} and d.period_on between date_trunc('year', m.first)::date and m.last and not d.taken_back group by 1, 2, 3, 4, 5),
    -- First what one household got for one period, then which items exclude each other: the other way round, each delivery meets the items of each place.
    together as materialized (select g.household_id, g.area, g.item, g.period_on, e.item as other from given g
      join given e on e.household_id = g.household_id and e.period_on = g.period_on and e.item > g.item),
    excluded as materialized (select i.area, i.key, unnest(i.exclusive_with) as other from item i),
    pair as materialized (
      select distinct on (g.household_id, g.item, g.period_on) g.household_id, g.item, g.period_on, o.label_zh as other, o.label_en as other_en from together g
        join excluded x on x.area = g.area and x.key = g.item and x.other = g.other join item o on o.area = g.area and o.key = g.other
        order by g.household_id, g.item, g.period_on, o.key),
    fault as materialized (select g.county, g.household_id, g.item, g.period_on, g.n, i.label_zh, i.label_en, i.period, coalesce(p.other, '') as other, coalesce(p.other_en, '') as other_en from given g
      join item i on i.area = g.area and i.key = g.item left join pair p on p.household_id = g.household_id and p.item = g.item and p.period_on = g.period_on
      where g.n > 1 or p.other is not null)
    select ${who}, g.item, g.label_zh as label, g.label_en, g.period as span, g.period_on as period, g.other, g.other_en, g.n from fault g join household h on h.county = g.county and h.id = g.household_id ${person}
    order by h.campaign_id, h.id, g.item, g.period_on`.execute(tx);
  return rows;
}

async function contestedOf(tx: Tx, { county, scheme }: At): Promise<Fault[]> {
  const { rows } = await sql<Fault>`select ${who}, 'member' as item, m.no::text as label, m.no::text as label_en, 'once' as span, encode(m.person_digest, 'hex') as period from household_member m
      join household h on h.county = m.county and h.id = m.household_id ${person}
    where m.county = ${county} and m.scheme = ${scheme} and m.contested and m.until is null and h.ended_on is null order by h.campaign_id, h.id, m.no`.execute(tx);
  return rows;
}

const first = (month: string): string => `${month}-01`;

/** Judges a county for a month; writes nothing. */
async function judgeAid(tx: Tx, at: At): Promise<Judged> {
  const { rows } = await sql<{
    households: number;
    notJudged: number;
  }>`select count(*)::int as households, (count(*) filter (where stratum is null))::int as not_judged from household where county = ${at.county} and scheme = ${at.scheme}
    and ended_on is null`.execute(tx);
  await planForAll(tx);
  const found = { missed: await missedOf(tx, at), double: await doubleOf(tx, at), contested: await contestedOf(tx, at), notJudged: rows[0]?.notJudged ?? 0,
    households: rows[0]?.households ?? 0 };
  // What follows looks rows up by their keys again.
  await sql`set local enable_nestloop = on`.execute(tx);
  return found;
}

function faultsOf(judged: Judged): (StandingFault & { readonly campaignId: string })[] {
  const base = ({ recordId, subjectId, area, name, campaignId }: Fault) => ({ recordId, subjectId, area, name, campaignId });
  return [
    ...judged.missed.map((one) => ({ ...base(one), class: "AID1" as const, mark: `missed-${one.item}-${one.span}-${one.period}`, found: { zh: `${one.label}：${one.period}起的期间应助未助`, en: `${one.labelEn}: owed and not given in the period from ${one.period}` } })),
    ...judged.double.map((one) => ({
      ...base(one),
      class: "AID2" as const,
      mark: `double-${one.item}-${one.period}`,
      found: one.other === ""
        ? { zh: `${one.label}：${one.period}起的期间发放${one.n}次`, en: `${one.labelEn}: given ${one.n} times in the period from ${one.period}` }
        : { zh: `${one.label}与${one.other}同期发放（${one.period}）`, en: `${one.labelEn} and ${one.otherEn} given for one period (${one.period})` },
    })),
    ...judged.contested.map((one) => ({ ...base(one), class: "AID3" as const, mark: `contested-${one.period.slice(0, 24)}`, found: { zh: `第${one.label}号成员同时登记在另一户，两户均未计入，须认定归属`, en: `Member ${one.label} stands in another household too and counts in neither: settle where they belong` } })),
  ];
}

/**
 * Runs the rules for the caller's county and a month; findings and cases follow at once. One audit row.
 * @throws Problem bad-request (a month that is none or has not begun), not-found (above a county)
 */
export async function checkAid(tx: Tx, platform: Platform, given: BodyOf<typeof checkRoute>): Promise<ReplyOf<typeof checkRoute>> {
  if (levelOf(tx.actor.area) !== 3) throw new Problem("not-found", { zh: "由县级办理", en: "The county does this" });
  if (!isMonth(given.month) || first(given.month) > platform.clock.today()) throw new Problem("bad-request", { zh: "月份不正确或尚未开始", en: "The month is none, or has not begun" });
  const at = { county: countyOf(tx.actor.area), scheme: given.scheme, month: given.month };
  const { withoutResult, notRechecked, ...late } = await checkResults(tx, platform, at);
  const found = await checkMonth(tx, platform, at);
  const { missed, double, contested } = found;
  await audit(tx, { action: "aid.check", purpose: "standing-rules", county: at.county, people: found.households, detail: { month: given.month, missed, double, contested, withoutResult, notRechecked } });
  return { ...found, withoutResult, notRechecked, raised: found.raised + late.raised, closed: found.closed + late.closed, cases: found.cases + late.cases };
}

export type Checked = {
  readonly missed: number;
  readonly double: number;
  readonly contested: number;
  readonly raised: number;
  readonly closed: number;
  readonly cases: number;
  /** Households without a stratum. */ readonly notJudged: number;
  readonly households: number;
};
/** Missed and double aid, and who stands in two households, judged for a month; findings and cases follow. The caller writes the audit row. */
export async function checkMonth(tx: Tx, platform: Platform, at: At): Promise<Checked> {
  await assignStrata(tx, platform, at);
  const judged = await judgeAid(tx, at);
  const { raised, closed } = await raiseFaults(tx, platform, at, judged);
  const { opened } = await openCases(tx, platform, at);
  return { missed: judged.missed.length, double: judged.double.length, contested: judged.contested.length, raised, closed, cases: opened, notJudged: judged.notJudged,
    households: judged.households };
}

const lateWords = {
  open: (day: string) => ({ zh: `应于${day}前办结的申请尚无结果`, en: `the application was due on ${day} and has no result` }),
  granted: (day: string) => ({ zh: `自${day}起批准，至今没有发放`, en: `granted from ${day}, and nothing came` }),
  "open-ended": (day: string) => ({ zh: `该户已于${day}销户，申请尚未办结`, en: `the household ended on ${day}, and the application is open` }),
  "granted-ended": (day: string) => ({ zh: `该户已于${day}销户，救助尚未停发`, en: `the household ended on ${day}, and the aid goes on` }),
  recheck: (day: string) => ({ zh: `应于${day}前复核`, en: `to be rechecked by ${day}` }),
} as const;
/** Days after the first that a grant is for, by which something was delivered. */
const DELIVERED_WITHIN = 30;
/**
 * Aid without a result: applications whose day has passed undecided, grants of which nothing came, and what a household that has ended left open: it is decided, withdrawn or stopped,
 * never forgotten; and recurring aid that nobody looked at again in time. Each is a task of the county, closed by the next look once there is a result. The caller writes the audit row.
 */
export async function checkResults(
  tx: Tx,
  platform: Platform,
  at: Omit<At, "month">,
): Promise<{ readonly withoutResult: number; readonly notRechecked: number; readonly raised: number; readonly closed: number; readonly cases: number }> {
  const today = sql`${platform.clock.today()}::date`;
  const { rows } = await sql<Late>`
    with late as materialized (
      select a.county, a.id, case when h.ended_on is null then a.state else a.state || '-ended' end as state, coalesce(h.ended_on, case a.state when 'open' then a.due_on else d.from_on end) as since, g.came
        from aid_application a join household h on h.county = a.county and h.id = a.household_id
        left join lateral (select d.from_on, d.to_on from aid_decision d where d.county = a.county and d.application_id = a.id and d.decision in ('grant', 'change')
          order by d.decided_on desc, d.at desc limit 1) d on a.state = 'granted'
        left join lateral (select exists (select from aid_delivery g where g.county = a.county and g.application_id = a.id and not g.taken_back) as came) g on a.state = 'granted'
        where a.county = ${at.county} and a.scheme = ${at.scheme} and (a.state = 'open' and (h.ended_on is not null or a.due_on < ${today})
          or a.state = 'granted' and case when h.ended_on is null then d.from_on + ${DELIVERED_WITHIN}::int < ${today} and not g.came else coalesce(d.to_on >= ${today}, true) end)
      union all
      select a.county, a.id, 'recheck', a.recheck_on, null from aid_application a join household h on h.county = a.county and h.id = a.household_id
        where a.county = ${at.county} and a.scheme = ${at.scheme} and a.recheck_on < ${today} and h.ended_on is null)
    select ${who}, l.id as application, a.item, coalesce(i.label_zh, a.item) as label, coalesce(i.label_en, a.item) as label_en, l.since, l.state from late l
      join aid_application a on a.county = l.county and a.id = l.id ${itemOfApplication} join household h on h.county = a.county and h.id = a.household_id ${person}
    -- What is given once and was given has its result.
    where not (l.state = 'granted-ended' and l.came and coalesce(i.period = 'once', false))
    order by h.campaign_id, l.id, l.state`.execute(tx);
  const faults = rows.map(({ recordId, subjectId, area, name, campaignId, application, label, labelEn, since, state }) => ({
    recordId,
    subjectId,
    area,
    name,
    campaignId,
    ...(state === "recheck" ? { class: "AID5" as const, mark: `recheck-${application}` } : { class: "AID4" as const, mark: `result-${application}` }),
    found: { zh: `${label}：${lateWords[state](since).zh}`, en: `${labelEn}: ${lateWords[state](since).en}` },
  }));
  const sum = await raiseByRound(tx, platform, at, faults, (mark) => mark.startsWith("result-") || mark.startsWith("recheck-"));
  const { opened } = await openCases(tx, platform, at);
  const notRechecked = rows.filter(({ state }) => state === "recheck").length;
  return { withoutResult: rows.length - notRechecked, notRechecked, ...sum, cases: opened };
}

async function raiseFaults(tx: Tx, platform: Platform, at: At, judged: Judged): Promise<{ raised: number; closed: number }> {
  const year = at.month.slice(0, 4);
  // Only what this month's look could have found again is closed by it.
  const among = (mark: string): boolean =>
    mark.startsWith("contested-") ||
    (mark.startsWith("missed-")
      ? mark.slice(-10, -3) === at.month || mark.endsWith(`-year-${year}-01-01`)
      : mark.startsWith("double-") && mark.slice(-10) >= `${year}-01-01` && mark.slice(-10, -3) <= at.month);
  return raiseByRound(tx, platform, at, faultsOf(judged), among);
}

async function raiseByRound(
  tx: Tx,
  platform: Platform,
  at: Omit<At, "month">,
  faults: readonly (StandingFault & { readonly campaignId: string })[],
  among: (mark: string) => boolean,
): Promise<{ raised: number; closed: number }> {
  const byRound = Map.groupBy(faults, (fault) => fault.campaignId);
  const rounds = await sql<{ campaignId: string }>`select distinct campaign_id from household where county = ${at.county} and scheme = ${at.scheme}`.execute(tx);
  let [raised, closed] = [0, 0];
  for (const { campaignId } of rounds.rows) {
    const outcome = await raiseStanding(tx, platform, { county: at.county, campaign: campaignId, among }, byRound.get(campaignId) ?? []);
    raised += outcome.added;
    closed += outcome.closed;
  }
  return { raised, closed };
}
