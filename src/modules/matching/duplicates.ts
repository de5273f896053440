// Duplicates across counties: the same number under different subjects, or a list's row that both claim. Each county gets a
// finding on its own record; it learns which county holds the other and whom to call, and nothing of the other's data.
import { sql } from "kysely";
import { systemActor, type Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { findingKey, openContent, personOfSubject } from "./finding-content.ts";
import { groundOf } from "./ground.ts";
import type { Wanted } from "./judge.ts";
import { membersNow } from "./member-claims.ts";
import { markOf } from "./members.ts";
import { raise } from "./raise.ts";
import { duplicateClass, registerKey } from "./rules.ts";

const noRun = "00000000-0000-0000-0000-000000000000";
type Held = { readonly campaignId: string; readonly recordId: string; readonly subjectId: string; readonly area: number; readonly name: string; readonly member: string | null; readonly other: number };

/** Raises and closes a county's own findings. @returns the counties that hold the others */
async function raiseIn(tx: Tx, platform: Platform, county: number): Promise<number[]> {
  const { rows } = await sql<Held>`
    select r.campaign_id, r.id as record_id, r.subject_id, r.area, s.name, encode(h.member, 'hex') as member, h.other
    from (select distinct scheme from record where county = ${county}) x cross join lateral security.held_elsewhere(x.scheme, ${county}) h
      join record r on r.county = ${county} and r.id = h.record_id join subject s on s.county = r.county and s.id = r.subject_id
    order by r.campaign_id, r.id, h.member nulls first, h.other`.execute(tx);
  const open = await sql<{ campaignId: string }>`select distinct campaign_id from finding where county = ${county} and department = ${registerKey} and state = 'open'`.execute(tx);
  const byCampaign = Map.groupBy(rows, (row) => row.campaignId);
  for (const { campaignId } of open.rows) if (!byCampaign.has(campaignId)) byCampaign.set(campaignId, []);
  for (const [campaign, held] of byCampaign) {
    const ground = await groundOf(tx, platform, { county, campaign, department: registerKey });
    const wanted = new Map<string, Wanted>();
    const members = await membersNow(tx, platform, ground, held.flatMap(({ recordId, member }) => (member === null ? [] : [recordId])));
    for (const { recordId, subjectId, area, name, member: digest, other } of held) {
      const member = digest === null ? undefined : members.get(recordId)?.find((each) => each.key === digest);
      // A member is told of as our answers name them now; who left them since is told of no more.
      if (digest !== null && member === undefined) continue;
      const key = findingKey(campaign, registerKey, duplicateClass.key, recordId, String(other), ...(member ? [member.key] : []));
      const content = { name: member?.person.name ?? name, other, ...(member && { member: markOf(member) }) };
      wanted.set(key, { key, class: duplicateClass.key, path: undefined, recordId, subjectId, personKey: personOfSubject(subjectId, member?.key), area, row: undefined, content });
    }
    await raise(tx, platform, ground, noRun, { wanted, said: [], found: new Map(), claims: [] }, true);
  }
  return [...new Set(rows.map((row) => row.other))];
}

const dutyIn = (county: number) => systemActor("duplicates", county * 1e6, county * 1e6 + 999_999);

/** Both sides of every duplicate of these counties are told; doing it again changes nothing. @returns the counties looked at */
export async function tellDuplicates(platform: Platform, counties: readonly number[]): Promise<number[]> {
  const looked = new Set<number>();
  const others = new Set<number>();
  const look = async (county: number): Promise<void> => {
    looked.add(county);
    for (const other of await platform.database.write(dutyIn(county), (tx) => raiseIn(tx, platform, county))) others.add(other);
  };
  for (const county of [...new Set(counties)].toSorted((a, b) => a - b)) await look(county);
  for (const county of [...others].toSorted((a, b) => a - b)) if (!looked.has(county)) await look(county);
  return [...looked];
}

/** Records settled in one county may end what another county was told: the counties named in their findings look again. */
export async function otherSidesOf(platform: Platform, county: number, recordIds: readonly string[]): Promise<number[]> {
  return platform.database.read(dutyIn(county), async (tx) => {
    const { rows } = await sql<{ id: string; sealed: Buffer }>`
      select id, sealed from finding where county = ${county} and record_id = any(${recordIds}::uuid[]) and department = ${registerKey}`.execute(tx);
    return [...new Set(rows.flatMap((row) => openContent(platform.keys, county, row.id, row.sealed).other ?? []))];
  });
}

/** Every county that has records, by jumps along the primary key. */
export async function countiesAtWork(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ county: number }>`
    with recursive c as ((select county from record order by county limit 1)
      union all select (select r.county from record r where r.county > c.county order by r.county limit 1) from c where c.county is not null)
    select county from c where county is not null`.execute(tx);
  return rows.map((row) => row.county);
}
