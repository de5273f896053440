// The stratum of each household by the lines of its area that were in force on the day, set-based. Without a line there is none: nobody is guessed.
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";

/** The line in force for `area` (an expression) on a day: the nearest area's, the latest begun; null when nobody set one. */
export const lineFor = (scheme: string, key: string, area: RawBuilder<unknown>, on: RawBuilder<unknown>): RawBuilder<number | null> =>
  sql<
    number | null
  >`(select s.value from aid_standard s where s.scheme = ${scheme} and s.key = ${key} and s.lo <= ${area} and s.hi >= ${area} and s.from_on <= ${on} and (s.to_on is null or s.to_on >= ${on})
    order by s.lo desc, s.from_on desc limit 1)`;

/**
 * The legal stratum (社会救助暂行办法; 民办函〔2024〕31号): extreme poverty as registered; below the allowance line; below one and a half of it; below the disposable income
 * with necessary expenses of the local share or more. The last three want property within the local line, where one is set. Null when a figure or a line it turns on is
 * not known: income, and property where there is a line for it.
 * @returns households whose stratum changed
 */
export async function assignStrata(tx: Tx, platform: Platform,
  at: { readonly county: number; readonly scheme: string; /** Only these. */ readonly households?: readonly string[] }): Promise<number> {
  const among = at.households === undefined ? sql`true` : sql`h.id = any(${[...at.households]}::uuid[])`;
  const today = sql`${platform.clock.today()}::date`;
  const { rows } = await sql<{ n: number }>`
    with place as materialized (select distinct h.area from household h where h.county = ${at.county} and h.scheme = ${at.scheme} and h.ended_on is null and ${among}),
    line as materialized (select p.area, ${lineFor(at.scheme, "allowance-line", sql`p.area`, today)} as allowance,
      ${lineFor(at.scheme, "disposable-income", sql`p.area`, today)} as disposable, ${lineFor(at.scheme, "rigid-share", sql`p.area`, today)} as share,
      ${lineFor(at.scheme, "property-line", sql`p.area`, today)} as property from place p),
    judged as (select h.id, case
        when 'extreme_poverty' = any (h.categories) then 'extreme-poverty'
        when h.income_fen is null or h.people = 0 or l.allowance is null or l.property is not null and h.assets_fen is null then null
        when h.assets_fen > l.property * h.people then 'other'
        when h.income_fen < l.allowance * h.people then 'allowance'
        when h.income_fen * 2 < l.allowance * 3 * h.people then 'margin'
        when l.disposable is null or l.share is null then null
        when h.income_fen < l.disposable * h.people and h.rigid_fen * 100 >= h.income_fen * l.share then 'rigid-expenses'
        else 'other' end as stratum
      from household h join line l on l.area = h.area where h.county = ${at.county} and h.scheme = ${at.scheme} and h.ended_on is null and ${among}),
    changed as (update household h set stratum = j.stratum from judged j where h.county = ${at.county} and h.id = j.id and h.stratum is distinct from j.stratum returning 1)
    select count(*)::int as n from changed`.execute(tx);
  return rows[0]?.n ?? 0;
}
