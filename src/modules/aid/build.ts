// Households made from the records of a round: figures, members and support as the newest answers say them. Doing it again changes nothing.
// A person who stands in two households counts in neither until an office has settled it; no side is picked silently.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import { audit } from "../../platform/audit.ts";
import { type Actor, refreshAfter, type Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import { columnOf } from "../../platform/many-rows.ts";
import type { Platform } from "../../platform/platform.ts";
import type { AidPlan } from "../../scheme/aid-model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { type Head, streamHeads } from "../records/service.ts";
import { type Facts, factsOf, type MemberFacts, shownOf } from "./facts.ts";
import { isHead } from "./rules.ts";
import { standsForHousehold } from "./register.ts";
import { circleAmong } from "./support.ts";
import { assignStrata } from "./strata.ts";

export type Built = {
  readonly households: number;
  readonly formed: number;
  readonly people: number;
  readonly contested: number;
  /** Circular support in the answers: left out, and counted. */ readonly circular: number;
  /** Records of people who were not met, or are not of this register any more. */ readonly left: number;
};

/** `renewed`: known, and its form says something since that was not read yet. */
type Made = { readonly head: Head; readonly facts: Facts; id: string; fresh: boolean; renewed: boolean };

/** Builds all households of a round. Each batch of records is one transaction. */
export async function buildHouseholds(platform: Platform, actor: Actor, plan: AidPlan, at: { readonly county: number; readonly campaign: string }): Promise<Built> {
  const sum = { households: 0, formed: 0, people: 0, contested: 0, circular: 0, left: 0 };
  const { referenceDate } = await platform.database.read(actor, (tx) => campaignOf(tx, at.campaign));
  await streamHeads(platform, actor, { ...at, purpose: "households" }, async (heads) => {
    const here = heads.filter((head) => standsForHousehold(head.state));
    const built = await platform.database.write(actor, (tx) => putHouseholds(tx, platform, plan, { ...at, referenceDate }, here));
    for (const key of ["households", "formed", "people", "contested", "circular"] as const) sum[key] += built[key];
    sum.left += heads.length - here.length;
  });
  await platform.database.write(actor, async (tx) => {
    await refreshAfter(tx, sum.households);
    await assignStrata(tx, platform, { county: at.county, scheme: plan.scheme });
    await audit(tx, { action: "household.build", purpose: "households", county: at.county, people: sum.people, detail: { campaign: at.campaign, households: sum.households } });
  });
  return sum;
}

type Round = { readonly county: number; readonly campaign: string; readonly referenceDate: string };
/** Households of these records as they stand now. The caller writes the audit row. */
export async function putHouseholds(tx: Tx, platform: Platform, plan: AidPlan, at: Round, heads: readonly Head[]): Promise<Omit<Built, "left">> {
  const { county } = at;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`households:${county}`}, 0))`.execute(tx);
  const known = await sql<{
    id: string;
    recordId: string;
    revision: number | null;
  }>`select id, record_id, revision from household where county = ${county} and record_id = any(${heads.map((head) => head.recordId)}::uuid[]) and ended_on is null`.execute(tx);
  const byRecord = new Map(known.rows.map((row) => [row.recordId, row]));
  const context = { today: platform.clock.today(), referenceDate: at.referenceDate };
  const made = heads.map((head): Made => {
    const before = byRecord.get(head.recordId);
    return { head, facts: factsOf(plan.household, head.answers, context), id: before?.id ?? newId(), fresh: before === undefined, renewed: before !== undefined && before.revision !== head.head };
  });
  const fresh = made.filter((one) => one.fresh);
  await insertHouseholds(tx, platform, plan.scheme, at, fresh);
  await updateFigures(
    tx,
    platform,
    county,
    at.campaign,
    made.filter((one) => !one.fresh),
  );
  const contested = await putMembers(tx, platform, plan.scheme, at, made);
  await countWhoCame(tx, county, made);
  const circular = await putSupport(tx, platform, plan.scheme, at, made);
  // The next batch is held against these.
  await refreshAfter(tx, fresh.length);
  return { households: made.length, formed: fresh.length, people: made.reduce((total, one) => total + one.facts.people, 0), contested, circular };
}

/** Columns of figures, the same as they come from a form, and their types there. */
const figures = sql`revision, categories, hardships, cause, degree, urgency, poverty_since, asked_on, people, employed, housing_area, period_from, period_to, income_fen, rigid_fen, assets_fen,
  conditions, unknown`;
const figuresOfX = sql`x.revision, x.categories, x.hardships, x.cause, x.degree, x.urgency, x.poverty_since, x.asked_on, x.people, x.employed, x.housing_area, x.period_from, x.period_to, x.income_fen,
  x.rigid_fen, x.assets_fen, x.conditions, x.unknown`;
const figureTypes = sql`revision int, categories text[], hardships smallint, cause text, degree smallint, urgency smallint, poverty_since date, asked_on date, people smallint, employed smallint,
  housing_area float8, period_from date, period_to date, income_fen bigint, rigid_fen bigint, assets_fen bigint, conditions text[], unknown text[]`;
const figuresOf = ({ head, facts }: Made): Readonly<Record<string, unknown>> => ({
  revision: head.head,
  categories: facts.categories,
  hardships: facts.hardships,
  cause: facts.cause,
  degree: facts.degree,
  urgency: facts.urgency,
  poverty_since: facts.since,
  asked_on: facts.askedOn,
  people: facts.people,
  employed: facts.employed,
  housing_area: facts.housingArea,
  period_from: facts.period?.from,
  period_to: facts.period?.to,
  income_fen: facts.income,
  rigid_fen: facts.rigid,
  assets_fen: facts.assets,
  conditions: facts.conditions,
  unknown: facts.unknown,
});

async function insertHouseholds(tx: Tx, platform: Platform, scheme: string, { county, campaign, referenceDate }: Round, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map((one) => ({ id: one.id, area: one.head.area, record: one.head.recordId, ...figuresOf(one) }));
  await sql`insert into household (county, id, area, scheme, campaign_id, record_id, formed_on, assessed_on, ${figures})
    select ${county}, x.id, x.area, ${scheme}, ${campaign}::uuid, x.record, ${referenceDate}::date, ${platform.clock.today()}::date, ${figuresOfX}
    from json_to_recordset(${JSON.stringify(rows)}::json) as x (id uuid, area bigint, record uuid, ${figureTypes})`.execute(tx);
  await sql`insert into household_change (county, id, household_id, area, scheme, kind, on_day, by)
    select ${county}, gen_random_uuid(), x.id, x.area, ${scheme}, 'formed', ${referenceDate}::date, ${tx.actor.account}
    from unnest(${columnOf(made.map((one) => one.id))}::uuid[], ${columnOf(made.map((one) => one.head.area))}::bigint[]) as x (id, area)`.execute(tx);
}

/** Only figures that differ are written, so that doing it again writes nothing. */
async function updateFigures(tx: Tx, platform: Platform, county: number, campaign: string, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map((one) => ({ id: one.id, ...figuresOf(one) }));
  await sql`update household h set (campaign_id, assessed_on, ${figures}) = (${campaign}::uuid, ${platform.clock.today()}::date, ${figuresOfX})
    from json_to_recordset(${JSON.stringify(rows)}::json) as x (id uuid, ${figureTypes})
    where h.county = ${county} and h.id = x.id and (h.revision, h.campaign_id) is distinct from (x.revision, ${campaign}::uuid)`.execute(tx);
}

/** A form's figures leave out whom an office let in since: there the members themselves are counted. */
const countWhoCame = (tx: Tx, county: number, made: readonly Made[]): Promise<unknown> =>
  sql`update household h set people = x.people, employed = x.employed from (
      select m.household_id as id, count(*)::int as people, (count(*) filter (where m.employed))::int as employed from household_member m
      where m.county = ${county} and m.household_id = any(${made.flatMap((one) => (one.fresh ? [] : [one.id]))}::uuid[]) and m.until is null group by 1 having bool_or(m.by_office)) x
    where h.county = ${county} and h.id = x.id and (h.people, h.employed) is distinct from (x.people, x.employed)`.execute(tx);

type Stored = { readonly householdId: string; readonly no: number; readonly digest: string | null; readonly until: string | null; readonly byOffice: boolean } & Said & { readonly sealed: Buffer | null };
/** What a form says of a member beside their number. */
type Said = { readonly relation: string; readonly sex: string | null; readonly birthDate: string | null; readonly able: boolean | null; readonly employed: boolean | null };
type NewMember = { readonly household: string; readonly area: number; readonly no: number; readonly digest: string | undefined; readonly member: MemberFacts };

/** @returns how many people stand in two households after this */
async function putMembers(tx: Tx, platform: Platform, scheme: string, { county, referenceDate }: Round, made: readonly Made[]): Promise<number> {
  const stored = await sql<Stored>`select household_id, no, encode(person_digest, 'hex') as digest, until, by_office, relation, sex, birth_date, able, employed, sealed from household_member where county = ${county}
      and household_id = any(${made.flatMap((one) => (one.fresh ? [] : [one.id]))}::uuid[]) order by household_id, no`.execute(tx);
  const byHousehold = Map.groupBy(stored.rows, (row) => row.householdId);
  const gone = await leftByOffice(tx, county, scheme, [...byHousehold.keys()]);
  const added: NewMember[] = [];
  const left: { household: string; no: number; until: string; why: string }[] = [];
  const named: { household: string; no: number }[] = [];
  const said: SaidAnew[] = [];
  for (const { id, head, facts, renewed } of made) {
    const before = byHousehold.get(id) ?? [];
    let next = before.reduce((most, row) => Math.max(most, row.no), 0);
    const taken = new Set<string>();
    const seen = new Set<number>();
    // A form whose head has left since says nothing of who is what to the head now.
    const headed = renewed && facts.members.some((one) => isHead(one.relation) && one.until === undefined && !gone.has(`${id} ${one.id18 === undefined ? "" : platform.keys.blind(one.id18).toString("hex")}`));
    for (const member of facts.members) {
      const digest = member.id18 === undefined ? undefined : platform.keys.blind(member.id18).toString("hex");
      if (digest !== undefined && taken.has(digest)) continue;
      if (digest !== undefined) taken.add(digest);
      const old =
        before.find((row) => !seen.has(row.no) && (digest === undefined ? row.no === member.no && row.digest === null && !row.byOffice : row.digest === digest && row.until === null)) ??
        before.find((row) => digest !== undefined && row.digest === digest && row.until !== null && member.until !== undefined);
      if (old === undefined && digest !== undefined && gone.has(`${id} ${digest}`)) continue;
      if (old === undefined) added.push({ household: id, area: head.area, no: (next = before.length === 0 ? Math.max(next + 1, Math.min(member.no, 200)) : next + 1), digest, member });
      else {
        seen.add(old.no);
        if (old.byOffice) named.push({ household: id, no: old.no });
        if (renewed && old.until === null) said.push(...saidAnew(platform, { county, id }, old, member, headed));
        if (old.until === null && member.until !== undefined) left.push({ household: id, no: old.no, until: member.until, why: member.why ?? "moved" });
      }
    }
    // Who is on the form no more was entered by mistake; who came by an office's act is on none yet.
    for (const row of before)
      if (row.until === null && !row.byOffice && !seen.has(row.no) && facts.members.length > 0) left.push({ household: id, no: row.no, until: platform.clock.today(), why: "mistaken" });
  }
  if (left.length > 0)
    await sql`update household_member m set until = greatest(m.since, x.until), why_left = x.why
      from json_to_recordset(${JSON.stringify(left)}::json) as x (household uuid, no smallint, until date, why text) where m.county = ${county} and m.household_id = x.household
      and m.no = x.no`.execute(tx);
  if (said.length > 0)
    await sql`update household_member m set (relation, sex, birth_date, able, employed, sealed) = (x.relation, x.sex, x.birth, x.able, x.employed, coalesce(decode(x.sealed, 'hex'), m.sealed))
      from json_to_recordset(${JSON.stringify(said)}::json) as x (household uuid, no smallint, relation text, sex text, birth date, able boolean, employed boolean, sealed text)
      where m.county = ${county} and m.household_id = x.household and m.no = x.no`.execute(tx);
  if (named.length > 0)
    await sql`update household_member m set by_office = false from json_to_recordset(${JSON.stringify(named)}::json) as x (household uuid, no smallint) where m.county = ${county}
      and m.household_id = x.household and m.no = x.no`.execute(tx);
  const claimed = await contestedAmong(tx, county, scheme, added);
  const rows = added.map(({ household, area, no, digest, member }) => ({
    household,
    area,
    no,
    digest,
    sealed: seal(platform.keys, county, household, shownOf(member)).toString("hex"),
    sex: member.sex,
    birth: member.birth,
    relation: member.relation,
    able: member.able,
    employed: member.employed,
    since: member.since ?? (member.until !== undefined && member.until < referenceDate ? member.until : referenceDate),
    until: member.until,
    why: member.why,
    contested: digest !== undefined && member.until === undefined && claimed.has(digest),
  }));
  for (let from = 0; from < rows.length; from += 5000) {
    await sql`insert into household_member (county, household_id, no, area, scheme, person_digest, sealed, sex, birth_date, relation, able, employed, since, until, why_left, contested)
      select ${county}, x.household, x.no, x.area, ${scheme}, decode(x.digest, 'hex'), decode(x.sealed, 'hex'), x.sex, x.birth, x.relation, x.able, x.employed,
        least(x.since, coalesce(x.until, x.since)), x.until, case when x.until is not null then coalesce(x.why, 'moved') end, x.contested
      from json_to_recordset(${JSON.stringify(rows.slice(from, from + 5000))}::json) as x (household uuid, no smallint, area bigint, digest text, sealed text, sex text, birth date,
        relation text, able boolean, employed boolean, since date, until date, why text, contested boolean)`.execute(tx);
  }
  return new Set(rows.flatMap((row) => (row.contested ? [row.digest] : []))).size;
}

type SaidAnew = { readonly household: string; readonly no: number; readonly relation: string; readonly sex: string | null; readonly birth: string | null; readonly able: boolean | null; readonly employed: boolean | null; readonly sealed?: string };
/** What the form says otherwise of somebody who stands in the household: nothing where all is as it was. */
function saidAnew(platform: Platform, at: { readonly county: number; readonly id: string }, old: Stored, member: MemberFacts, headed: boolean): SaidAnew[] {
  const now: Said = { relation: headed ? member.relation : old.relation, sex: member.sex ?? null, birthDate: member.birth ?? null, able: member.able ?? null, employed: member.employed ?? null };
  const shown = shownOf(member);
  const same = old.sealed !== null && JSON.stringify(open(platform.keys, at.county, at.id, old.sealed)) === JSON.stringify(shown);
  if (same && (Object.keys(now) as (keyof Said)[]).every((key) => now[key] === old[key])) return [];
  const { birthDate, ...rest } = now;
  return [{ household: at.id, no: old.no, ...rest, birth: birthDate, ...(!same && { sealed: seal(platform.keys, at.county, at.id, shown).toString("hex") }) }];
}

/**
 * Who left a household by an office's act (split, married out, moved, died, settled elsewhere) comes back by an office's act, not by an older row of a form.
 * @returns `household digest`
 */
async function leftByOffice(tx: Tx, county: number, scheme: string, households: readonly string[]): Promise<ReadonlySet<string>> {
  if (households.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`select m.household_id || ' ' || encode(m.person_digest, 'hex') as key from household_member m
    where m.county = ${county} and m.household_id = any(${[...households]}::uuid[]) and m.until is not null and m.person_digest is not null and (
      exists (select from household_change c where c.county = m.county and c.household_id = m.household_id
        and (c.kind in ('split', 'left', 'died', 'moved') or c.kind = 'settled' and c.detail ->> 'here' = 'false')
        and (c.detail ->> 'member' = m.no::text or c.detail -> 'members' @> to_jsonb(m.no)))
      or m.why_left = 'mistaken' and exists (select from household_member o where o.county = m.county and o.person_digest = m.person_digest and o.scheme = ${scheme} and o.until is null
        and o.household_id <> m.household_id))`.execute(tx);
  return new Set(rows.map((row) => row.key));
}

/**
 * Of the people to come in, those who stand in another household or come twice: all their places become contested.
 * @returns their digests
 */
async function contestedAmong(tx: Tx, county: number, scheme: string, added: readonly NewMember[]): Promise<ReadonlySet<string>> {
  const coming = added.flatMap((one) => (one.digest !== undefined && one.member.until === undefined ? [one.digest] : []));
  if (coming.length === 0) return new Set();
  const claimed = new Set<string>();
  const once = new Set<string>();
  for (const digest of coming)
    if (once.has(digest)) claimed.add(digest);
    else once.add(digest);
  const { rows } = await sql<{ digest: string }>`select * from security.contest_people(${county}, ${scheme}, ${columnOf([...once])}::text[]) as c (digest)`.execute(tx);
  for (const { digest } of rows) claimed.add(digest);
  return claimed;
}

/** @returns how many were left out because they would close a circle */
async function putSupport(tx: Tx, platform: Platform, scheme: string, { county, referenceDate }: Round, made: readonly Made[]): Promise<number> {
  const blind = (id18: string): string => platform.keys.blind(id18).toString("hex");
  const wanted = made.flatMap(({ id, head, facts }) =>
    facts.support.flatMap((one) => {
      const supported = facts.members.find((member) => member.no === one.member)?.id18;
      return supported === undefined || supported === one.supporter
        ? []
        : [{ household: id, area: head.area, supported: blind(supported), supporter: blind(one.supporter), kind: one.kind, fee: one.fee }];
    }),
  );
  if (wanted.length === 0) return 0;
  const refused = await circleAmong(tx, county, scheme, wanted);
  const rows = wanted.filter((one) => !refused.has(one));
  await sql`insert into support_duty (county, id, household_id, area, scheme, supported, supporter, kind, fee_fen, since, entered_by)
    select distinct on (x.supported, x.supporter) ${county}, gen_random_uuid(), x.household, x.area, ${scheme}, decode(x.supported, 'hex'), decode(x.supporter, 'hex'), x.kind, x.fee,
      ${referenceDate}::date, ${tx.actor.account}
    from json_to_recordset(${JSON.stringify(rows)}::json) as x (household uuid, area bigint, supported text, supporter text, kind text, fee bigint)
    where not exists (select from support_duty d where d.county = ${county} and d.scheme = ${scheme} and d.supported = decode(x.supported, 'hex') and d.supporter = decode(x.supporter, 'hex')
      and d.until is null)`.execute(tx);
  return refused.size;
}
