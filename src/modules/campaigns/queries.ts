// Statements of the rounds. Counts read the tables record and case_file of later modules: reading only, in this one place.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

export type AreaRow = { readonly code: number; readonly level: number; readonly name: string; readonly fullName: string; readonly hi: number };
export type StateCount = { readonly part: number | null; readonly state: string; readonly origin: string; readonly people: number };
type Range = { readonly campaign: string; readonly lo: number; readonly hi: number; readonly parts: readonly { readonly code: number; readonly hi: number }[] };

/** An area and those directly under it, in the order of their codes. */
export const childAreas = (tx: Tx, code: number): Promise<AreaRow[]> =>
  tx
    .selectFrom("area")
    .select(["code", "level", "name", "fullName", "hi"])
    .where((where) => where.or([where("code", "=", code), where("parent", "=", code)]))
    .where("validTo", "is", null)
    .orderBy("code")
    .execute();

/** People by part, state and origin; `part` is null for people who belong to the area itself and none of its parts. */
export async function countsByPart(tx: Tx, range: Range): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    with n as (
      select area, state, origin, count(*)::int as people from record
      where county between ${county(range.lo)} and ${county(range.hi)} and campaign_id = ${range.campaign}::uuid and area between ${range.lo} and ${range.hi}
      group by area, state, origin)
    select p.code as part, n.state, n.origin, sum(n.people)::int as people
    from n left join ${partsOf(range)} on n.area between p.code and p.hi
    group by p.code, n.state, n.origin`.execute(tx);
  return rows;
}

/** Cases not closed by part. */
export async function openCasesByPart(tx: Tx, range: Range): Promise<{ part: number | null; people: number }[]> {
  const { rows } = await sql<{ part: number | null; people: number }>`
    with n as (
      select area, count(*)::int as people from case_file
      where county between ${county(range.lo)} and ${county(range.hi)} and area between ${range.lo} and ${range.hi} and state <> 'closed'
      group by area)
    select p.code as part, sum(n.people)::int as people from n left join ${partsOf(range)} on n.area between p.code and p.hi group by p.code`.execute(tx);
  return rows;
}

const county = (area: number): number => Math.floor(area / 1e6);
const partsOf = (range: Range) => sql`unnest(${range.parts.map((p) => p.code)}::bigint[], ${range.parts.map((p) => p.hi)}::bigint[]) as p (code, hi)`;
