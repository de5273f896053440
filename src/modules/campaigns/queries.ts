// Statements of the rounds. Counts read the tables record and case_file of later modules: reading only, in this one place.
import { type RawBuilder, sql } from "kysely";
import { levelOf } from "../../core/area-code.ts";
import type { Holidays } from "../../core/time.ts";
import type { Tx } from "../../platform/database.ts";
import type { Window } from "../../scheme/calendar.ts";
import type { CalendarStage } from "../../scheme/model.ts";
import type { EntryGate, ReviewPlan } from "./rules.ts";
import { standing, type StandingRange } from "./standing.ts";

export type AreaRow = { readonly code: number; readonly level: number; readonly name: string; readonly fullName: string; readonly hi: number };
export type StateCount = { readonly part: number | null; readonly state: string; readonly origin: string; readonly people: number };

/** An area and those directly under it, in the order of their codes. */
export const childAreas = (tx: Tx, code: number): Promise<AreaRow[]> =>
  tx
    .selectFrom("area")
    .select(["code", "level", "name", "fullName", "hi"])
    .where((where) => where.or([where("code", "=", code), where("parent", "=", code)]))
    .where("validTo", "is", null)
    .orderBy("code")
    .execute();

/** People by part, state and origin; `part` is null for the whole. */
export async function countsByPart(tx: Tx, range: StandingRange): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select part, state, origin, sum(n)::int as people from ${standing(range)} x where kind = 'record' group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3`.execute(tx);
  return rows;
}

/** Cases not closed by part. */
export async function openCasesByPart(tx: Tx, range: StandingRange): Promise<{ part: number | null; people: number }[]> {
  const { rows } = await sql<{ part: number | null; people: number }>`
    with n as (
      select area, sum(n) as people from case_tally
      where county between ${county(range.lo)} and ${county(range.hi)} and area between ${range.lo} and ${range.hi} and state <> 'closed'
      group by area)
    select p.code as part, sum(n.people)::int as people from n left join ${partsOf(range)} on n.area between p.code and p.hi group by p.code`.execute(tx);
  return rows;
}

const county = (area: number): number => Math.floor(area / 1e6);
const partsOf = (range: StandingRange) => sql`unnest(${range.parts.map((p) => p.code)}::bigint[], ${range.parts.map((p) => p.hi)}::bigint[]) as p (code, hi)`;

/** Days that the State Council freed or made working days. The table is kept by dispatch; it is read here. */
export async function holidays(tx: Tx): Promise<Holidays> {
  const rows = await tx.selectFrom("holiday").select(["day", "worked"]).execute();
  return { free: new Set(rows.filter((row) => !row.worked).map((row) => row.day)), worked: new Set(rows.filter((row) => row.worked).map((row) => row.day)) };
}

export const areaDates = (tx: Tx, code: number): Promise<{ name: string; validTo: string | null } | undefined> => tx.selectFrom("area").select(["name", "validTo"]).where("code", "=", code).executeTakeFirst();

type Beside = { readonly scheme: string; readonly lo: number; readonly hi: number; readonly startsOn: string; readonly endsOn: string };
/** A round of the scheme over any part of the area, on any of these days. */
export const roundsBeside = (tx: Tx, { scheme, lo, hi, startsOn, endsOn }: Beside) =>
  tx
    .selectFrom("campaign")
    .select(["nameZh", "nameEn", "startsOn", "endsOn"])
    .where("scheme", "=", scheme)
    .where("area", "<=", hi)
    .where("hi", ">=", lo)
    .where("startsOn", "<=", endsOn)
    .where("endsOn", ">=", startsOn)
    .executeTakeFirst();

/** The round's windows in the order of its calendar. */
export async function windowsOf(tx: Tx, campaign: string): Promise<Window[]> {
  const rows = await tx.selectFrom("campaignWindow").selectAll().where("campaignId", "=", campaign).orderBy("no").execute();
  return rows.map(({ campaignId: _, no: __, labelZh, labelEn, stage, ...row }) => ({ ...row, stage: stage as CalendarStage, label: { zh: labelZh, en: labelEn } }));
}

/** Takes the place of the windows that the round had. */
export async function putWindows(tx: Tx, campaign: string, windows: readonly Window[]): Promise<void> {
  await tx.deleteFrom("campaignWindow").where("campaignId", "=", campaign).execute();
  if (windows.length === 0) return;
  await tx.insertInto("campaignWindow").values(windows.map(({ label, ...window }, no) => ({ ...window, campaignId: campaign, no, labelZh: label.zh, labelEn: label.en }))).execute();
}

export async function storeDays(tx: Tx, campaign: string, windows: readonly Window[]): Promise<void> {
  for (const { key, startsOn, endsOn, plannedTo } of windows) await tx.updateTable("campaignWindow").set({ startsOn, endsOn, plannedTo }).where("campaignId", "=", campaign).where("key", "=", key).execute();
}

export const movesOf = (tx: Tx, campaign: string) => tx.selectFrom("campaignMove").selectAll().where("campaignId", "=", campaign).orderBy("movedAt", "desc").orderBy("wasFrom").limit(200).execute();

/** What decides about entries, as JSON: for the round `c` and an area, or every part of a range that has more days. */
export const gateOfRound = (lo: RawBuilder<unknown>, hi: RawBuilder<unknown> = lo) => sql<EntryGate>`json_build_object('startsOn', c.starts_on, 'endsOn', c.ends_on,
  'windows', (select json_agg(json_build_object('stage', w.stage, 'level', w.level, 'from', w.starts_on, 'to', w.ends_on)) from campaign_window w where w.campaign_id = c.id and w.stage <> 'report'),
  'extensions', (select json_agg(json_build_object('from', x.from_on, 'to', x.until_on)) from window_extension x where x.campaign_id = c.id and x.state = 'approved' and x.lo <= ${hi} and x.hi >= ${lo}))`;

/** How the round `c` is reviewed, for a record's area, as JSON. */
export const planOfRound = (area: RawBuilder<unknown>) => sql<ReviewPlan>`json_build_object('chain', c.chain, 'offices', c.category_offices,
  'locks', (select json_agg(json_build_object('place', l.place, 'level', l.level)) from section_lock l where l.campaign_id = c.id and l.released_at is null and ${area} between l.lo and l.hi),
  'seats', (select json_agg(json_build_object('department', s.department, 'level', s.level, 'paths', s.paths, 'required', s.required) order by s.department, s.level) from campaign_seat s where s.campaign_id = c.id))`;

/** Gate and plan of review of a round for an area; the round exists. */
export async function termsOf(tx: Tx, campaign: string, area: number): Promise<{ readonly gate: EntryGate; readonly plan: ReviewPlan }> {
  const at = sql`${area}::bigint`;
  const { rows } = await sql<{ gate: EntryGate; plan: ReviewPlan }>`select ${gateOfRound(at)} as gate, ${planOfRound(at)} as plan from campaign c where c.id = ${campaign}::uuid`.execute(tx);
  return rows[0]!;
}

/** @returns the gate of a round for an area; the round exists */
export async function gateOf(tx: Tx, campaign: string, area: number): Promise<EntryGate> {
  const { rows } = await sql<{ gate: EntryGate }>`select ${gateOfRound(sql`${area}::bigint`)} as gate from campaign c where c.id = ${campaign}::uuid`.execute(tx);
  return rows[0]!.gate;
}

/** Level of the caller's office. */
export const levelHere = (tx: Tx): number => levelOf(tx.actor.area);

export const chainOf = async (tx: Tx, campaign: string): Promise<{ readonly chain: readonly number[]; readonly categoryOffices: Readonly<Record<string, string>> }> => {
  const row = await tx.selectFrom("campaign").select(["chain", "categoryOffices"]).where("id", "=", campaign).executeTakeFirstOrThrow();
  return { chain: row.chain, categoryOffices: row.categoryOffices as unknown as Record<string, string> };
};

/** Whether any record of the round is in review. */
export const anyInReview = async (tx: Tx, campaign: string): Promise<boolean> =>
  (await tx.selectFrom("record").select("id").where("campaignId", "=", campaign).where("state", "in", ["submitted", "township-approved", "held"]).limit(1).executeTakeFirst()) !== undefined;
