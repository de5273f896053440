// A household as people see it: members over time, its line of aid, its life line, its warnings; and lists with coverage against resident population.
import { type RawBuilder, sql } from "kysely";
import { areaRange, levelOf } from "../../core/area-code.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, QueryOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Stratum } from "../../scheme/aid-model.ts";
import { nameFor } from "../access/rules.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { aidLines } from "./aid-lines.ts";
import type { getCoverage as coverageRoute, getHousehold as getRoute, listHouseholds as listRoute, setPopulation as populationRoute } from "./contract.ts";
import { registered } from "./register.ts";
import { type changeKinds, type Leaving, yuanOf } from "./rules.ts";
import { headName } from "./views.ts";
import { needsOf } from "./charity.ts";
import { warningsWhere } from "./warnings.ts";

type View = ReplyOf<typeof getRoute>;
type Listed = {
  readonly county: number;
  readonly id: string;
  readonly area: number;
  readonly name: string | null;
  readonly people: number;
  readonly stratum: Stratum | null;
  readonly categories: string[];
  readonly degree: number | null;
  readonly urgency: number | null;
  readonly registered: boolean;
  readonly formedOn: string;
  readonly endedOn: string | null;
  readonly openWarnings: number;
  readonly contested: boolean;
};
const listed = sql`h.county, h.id, h.area, ${headName("h.county", "h.id")} as name, h.people, h.stratum, h.categories, h.degree, h.urgency, ${registered} as registered, h.formed_on,
  h.ended_on,
  (select count(*)::int from warning w where w.county = h.county and w.household_id = h.id and w.state <> 'filed') as open_warnings,
    exists (select from household_member m where m.county = h.county and m.household_id = h.id and m.contested and m.until is null) as contested`;

async function rowViews(tx: Tx, rows: readonly Listed[]): Promise<View["household"][]> {
  const areas = await areaNames(
    tx,
    rows.map((row) => row.area),
  );
  return rows.map(({ stratum, degree, urgency, endedOn, name, ...row }) => ({
    ...row,
    name: nameFor(tx.actor, name ?? ""),
    area: { ...(areas.get(row.area) ?? { code: row.area, name: String(row.area), fullName: String(row.area) }) },
    ...(stratum !== null && { stratum }),
    ...(degree !== null && { degree }),
    ...(urgency !== null && { urgency }),
    ...(endedOn !== null && { endedOn }),
  }));
}
const inArea = (column: RawBuilder<unknown>, area: number | undefined): RawBuilder<unknown> =>
  area === undefined ? sql`true` : sql`${column} between ${area} and coalesce((select a.hi from area a where a.code = ${area}), ${area})`;

const PAGE = 50;
export async function listHouseholds(tx: Tx, query: QueryOf<typeof listRoute>): Promise<ReplyOf<typeof listRoute>> {
  const [area, id] = query.after?.split("~") ?? [];
  if (query.after !== undefined && !(/^\d{12}$/.test(area ?? "") && /^[0-9a-f-]{36}$/.test(id ?? ""))) throw new Problem("bad-request");
  const filter = sql`h.scheme = ${query.scheme} and h.ended_on is null and h.county between ${Math.floor(tx.actor.lo / 1e6)} and ${Math.floor(tx.actor.hi / 1e6)}
    and ${inArea(sql`h.area`, query.area)} and ${query.stratum === undefined ? sql`true` : sql`h.stratum = ${query.stratum}`}
    and ${query.contested ? sql`exists (select from household_member m where m.county = h.county and m.household_id = h.id and m.contested and m.until is null)` : sql`true`}`;
  const { rows } = await sql<Listed>`select ${listed} from household h where ${filter} and ${area === undefined ? sql`true` : sql`(h.area, h.id) > (${area}::bigint, ${id}::uuid)`} order by h.area, h.id
      limit ${PAGE + 1}`.execute(tx);
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from household h where ${filter}`.execute(tx);
  await audit(tx, { action: "household.list", people: Math.min(rows.length, PAGE) });
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { rows: await rowViews(tx, rows.slice(0, PAGE)), total: total[0]?.n ?? 0, ...(last && { next: `${last.area}~${last.id}` }) };
}

type Whole = Listed & {
  readonly scheme: string;
  readonly campaignId: string;
  readonly recordId: string | null;
  readonly cause: string | null;
  readonly povertySince: string | null;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly incomeFen: number | null;
  readonly rigidFen: number | null;
  readonly assetsFen: number | null;
  readonly assessedOn: string | null;
  readonly unknown: string[];
  readonly deliveries: number;
};
/** So many of each kind a household's page holds; of more it says how many there are. */
const NEWEST = 1000;
type MemberRow = {
  no: number;
  sealed: Buffer | null;
  digest: Buffer | null;
  sex: string | null;
  birthDate: string | null;
  relation: string;
  since: string;
  until: string | null;
  whyLeft: Leaving | null;
  contested: boolean;
  authorised: boolean;
};

/** @throws Problem not-found */
export async function getHousehold(tx: Tx, platform: Platform, at: { readonly county: number; readonly id: string }): Promise<View> {
  const { rows } = await sql<Whole>`select ${listed}, h.scheme, h.campaign_id, h.record_id, h.cause, h.poverty_since, h.period_from, h.period_to, h.income_fen, h.rigid_fen, h.assets_fen, h.assessed_on,
      h.unknown, h.deliveries from household h where h.county = ${at.county} and h.id = ${at.id}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  const { definition } = await loadScheme(tx, row.scheme, (await campaignOf(tx, row.campaignId)).version);
  const label = (set: string, code: string): { zh: string; en: string } => ({
    ...(definition.codeSets.find((each) => each.key === set)?.options.find((each) => each.code === code)?.label ?? { zh: code, en: code }),
  });
  const members = await membersOf(tx, platform, at, row.scheme, label);
  const events = await sql<{
    kind: View["events"][number]["kind"];
    on: string;
    amountFen: number | null;
    source: string;
    memberNo: number | null;
    total: number;
  }>`select kind, happened_on as on, amount_fen, source, member_no, count(*) over ()::int as total from household_event where county = ${at.county} and household_id = ${at.id}::uuid
    order by happened_on desc, id limit ${NEWEST}`.execute(tx);
  const changes = await sql<{
    kind: (typeof changeKinds)[number];
    on: string;
    other: string | null;
    by: string;
  }>`select kind, on_day as on, other_household as other, by from household_change where county = ${at.county} and household_id = ${at.id}::uuid order by on_day desc, at desc`.execute(tx);
  const support = await sql<{
    id: string;
    kind: View["support"][number]["kind"];
    feeFen: number;
    since: string;
    until: string | null;
    supported: Buffer;
    supporter: Buffer;
  }>`select id, kind, fee_fen, since, until, supported, supporter from support_duty where county = ${at.county} and household_id = ${at.id}::uuid order by since desc, id`.execute(tx);
  const people = await accountNames(
    tx,
    changes.rows.map((change) => change.by).filter((by) => !by.startsWith("system:")),
  );
  const aid = await aidLines(tx, platform, at, definition, NEWEST);
  const warnings = await warningsWhere(tx, platform, sql`w.county = ${at.county} and w.household_id = ${at.id}::uuid`, NEWEST);
  const { rows: warned } = await sql<{ n: number }>`select count(*)::int as n from warning where county = ${at.county} and household_id = ${at.id}::uuid`.execute(tx);
  const byDigest = new Map(members.map(({ digest, view }) => [digest?.toString("hex"), view.name]));
  const named = (digest: Buffer): string => byDigest.get(digest.toString("hex")) ?? "";
  await audit(tx, { action: "household.open", purpose: "aid", county: at.county, area: row.area, people: members.length, ...(row.recordId !== null && { recordId: row.recordId }) });
  const [household] = await rowViews(tx, [row]);
  return {
    household: {
      county: household!.county,
      id: household!.id,
      area: household!.area,
      name: household!.name,
      people: household!.people,
      categories: household!.categories,
      registered: household!.registered,
      formedOn: household!.formedOn,
      openWarnings: household!.openWarnings,
      contested: household!.contested,
      ...(household!.stratum && { stratum: household!.stratum }),
      ...(household!.degree && { degree: household!.degree }),
      ...(household!.urgency && { urgency: household!.urgency }),
      ...(household!.endedOn && { endedOn: household!.endedOn }),
    },
    scheme: row.scheme,
    campaign: row.campaignId,
    ...(row.recordId !== null && { record: row.recordId }),
    ...(row.cause !== null && { cause: row.cause, causeLabel: label("poverty-cause", row.cause) }),
    ...(row.povertySince !== null && { povertySince: row.povertySince }),
    ...(row.periodFrom !== null && row.periodTo !== null && { incomePeriod: { from: row.periodFrom, to: row.periodTo } }),
    ...(row.incomeFen !== null && { income: yuanOf(row.incomeFen), ...(row.people > 0 && { incomePerHead: yuanOf(Math.round(row.incomeFen / row.people)) }) }),
    ...(row.rigidFen !== null && { rigid: yuanOf(row.rigidFen) }),
    ...(row.assetsFen !== null && { assets: yuanOf(row.assetsFen) }),
    ...(row.assessedOn !== null && { assessedOn: row.assessedOn }),
    ...(row.stratum === null && {
      withoutStratum: row.incomeFen === null ? { zh: "收入未核定（须为12个月）", en: "The income is not known (of twelve months)" } : { zh: "本地标准未设定", en: "No line is set for the area" },
    }),
    unknown: row.unknown,
    ...(await tierOf(tx, at)),
    members: members.map(({ view }) => view),
    support: support.rows.map(({ feeFen, supported, supporter, until, ...duty }) => ({
      ...duty,
      fee: yuanOf(feeFen),
      ...(until !== null && { until }),
      supported: named(supported),
      supporter: named(supporter),
    })),
    changes: changes.rows.map(({ other, by, ...change }) => ({ ...change, ...(other !== null && { other }), by: people.get(by) ?? by })),
    events: events.rows.map(({ amountFen, memberNo, total: _, ...event }) => ({ ...event, ...(amountFen !== null && { amount: yuanOf(amountFen) }), ...(memberNo !== null && { memberNo }) })),
    aid,
    needs: await needsOf(tx, at),
    warnings,
    older: {
      events: (events.rows[0]?.total ?? 0) - events.rows.length,
      deliveries: row.deliveries - aid.reduce((sum, { deliveries }) => sum + deliveries.length, 0),
      warnings: (warned[0]?.n ?? 0) - warnings.length,
    },
  };
}

async function membersOf(tx: Tx, platform: Platform, at: { readonly county: number; readonly id: string }, scheme: string, label: (set: string, code: string) => { zh: string; en: string }) {
  const today = platform.clock.today();
  const { rows } = await sql<MemberRow>`select m.no, m.sealed, m.person_digest as digest, m.sex, m.birth_date, m.relation, m.since, m.until, m.why_left, m.contested,
      exists (select from authorisation a where a.county = m.county and a.scheme = ${scheme} and a.person_digest = m.person_digest and a.revoked_at is null
        and ${today}::date between a.from_on and a.to_on) as authorised
    from household_member m where m.county = ${at.county} and m.household_id = ${at.id}::uuid order by m.until nulls first, m.no`.execute(tx);
  const adultFrom = `${Number(today.slice(0, 4)) - 18}${today.slice(4)}`;
  return rows.map((row) => {
    const shown = row.sealed === null ? { name: "" } : open<{ name: string; idMasked?: string }>(platform.keys, at.county, at.id, row.sealed);
    const view: View["members"][number] = {
      no: row.no,
      name: nameFor(tx.actor, shown.name),
      relation: row.relation,
      relationLabel: row.relation === "" ? { zh: "未登记", en: "Not told" } : label("family-relation", row.relation),
      since: row.since,
      contested: row.contested,
      ...(shown.idMasked !== undefined && { idMasked: shown.idMasked }),
      ...(row.sex !== null && { sex: row.sex }),
      ...(row.birthDate !== null && { birthDate: row.birthDate }),
      ...(row.until !== null && { until: row.until }),
      ...(row.whyLeft !== null && { whyLeft: row.whyLeft }),
      // Papers are the county's: a township, which cannot see them, is not told that there is none.
      ...(levelOf(tx.actor.area) === 3 && (row.birthDate === null || row.birthDate <= adultFrom) && row.until === null && { authorised: row.authorised }),
    };
    return { digest: row.digest, view };
  });
}

/** The tier of cause, degree and urgency, with the help it is owed and whether it came this year. */
async function tierOf(tx: Tx, at: { readonly county: number; readonly id: string }): Promise<Pick<View, "tier"> | Record<string, never>> {
  const { rows } = await sql<{ key: string; zh: string; en: string; owed: string[]; days: number; helped: string[]; labels: { key: string; zh: string; en: string }[] }>`
    select t.key, t.label_zh as zh, t.label_en as en, t.owed, t.within_days as days, array(select distinct d.item from aid_delivery d where d.county = h.county and d.household_id = h.id
      and not d.taken_back and d.delivered_on > current_date - 365) as helped,
      (select coalesce(jsonb_agg(distinct jsonb_build_object('key', i.key, 'zh', i.label_zh, 'en', i.label_en)), '[]') from aid_item i where i.scheme = h.scheme
        and i.key = any (t.owed)) as labels
    from household h join aid_tier t on t.scheme = h.scheme and h.degree >= t.degree_at_least and h.urgency >= t.urgency_at_least and (cardinality(t.causes) = 0 or h.cause = any (t.causes))
      where h.county = ${at.county} and h.id = ${at.id}::uuid order by t.place limit 1`.execute(tx);
  const [tier] = rows;
  if (!tier) return {};
  const labelOf = (key: string) => {
    const found = tier.labels.find((each) => each.key === key);
    return found ? { zh: found.zh, en: found.en } : { zh: key, en: key };
  };
  return { tier: { key: tier.key, label: { zh: tier.zh, en: tier.en }, withinDays: tier.days,
    owed: tier.owed.map((item) => ({ item, label: labelOf(item), helped: tier.helped.includes(item) })) } };
}

/** The pilot's goal: people in the register are at least 5 % of the resident population (S4). */
const goal = 0.05;
type Covered = { code: number; households: number; people: number; base: number | null; year: number | null; source: string | null };
/** The caller's area and the areas below it; without an entered population there is no rate. */
export async function getCoverage(tx: Tx, scheme: string): Promise<ReplyOf<typeof coverageRoute>> {
  const { rows } = await sql<Covered>`
    select a.code, (select count(*)::int from household h where h.scheme = ${scheme} and h.area between a.code and a.hi and h.ended_on is null and ${registered}) as households,
      (select coalesce(sum(h.people), 0)::int from household h where h.scheme = ${scheme} and h.area between a.code and a.hi and h.ended_on is null and ${registered}) as people,
      p.people as base, p.year, p.source
    from area a left join lateral (select p.people, p.year, p.source from resident_population p where p.scheme = ${scheme} and p.lo = a.code order by p.year desc limit 1) p on true
    where a.valid_to is null and (a.code = ${tx.actor.area} or a.parent = ${tx.actor.area}) order by a.code limit 200`.execute(tx);
  const names = await areaNames(
    tx,
    rows.map((row) => row.code),
  );
  return {
    goal,
    rows: rows.map(({ code, base, year, source, ...row }) => ({
      area: { ...(names.get(code) ?? { code, name: String(code), fullName: String(code) }) },
      ...row,
      ...(base !== null && { base }),
      ...(year !== null && { year }),
      ...(source !== null && { source }),
    })),
  };
}

/** @throws Problem not-found (outside the caller's area) */
export async function setPopulation(tx: Tx, given: BodyOf<typeof populationRoute>): Promise<Record<string, never>> {
  const { lo, hi } = areaRange(given.area);
  if (lo < tx.actor.lo || hi > tx.actor.hi || levelOf(lo) === 0) throw new Problem("not-found");
  const put = await sql`update resident_population set people = ${given.people}, source = ${given.source}, set_by = ${tx.actor.account} where scheme = ${given.scheme} and lo = ${lo}
      and year = ${given.year}`.execute(tx);
  if (put.numAffectedRows === 0n)
    await tx.insertInto("residentPopulation").values({ scheme: given.scheme, lo, hi, year: given.year, people: given.people, source: given.source, setBy: tx.actor.account }).execute();
  await audit(tx, { action: "household.population", area: lo, people: 0, detail: { year: given.year, people: given.people } });
  return {};
}
