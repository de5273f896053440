// Who is a member of which record, as keyed digests: by them a listed person counts as met, and two counties learn that both hold somebody.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import { columnOf, eachByKey } from "../../platform/many-rows.ts";
import type { Platform } from "../../platform/platform.ts";
import { headAnswers } from "../records/service.ts";
import { groundOf, type Ground } from "./ground.ts";
import { type Member, membersOf } from "./members.ts";
import { pieces, recordStates } from "./queries.ts";
import { registerKey } from "./rules.ts";

/** Members of these records by record id, as their newest answers name them. The caller writes the audit row. */
export async function membersNow(tx: Tx, platform: Platform, ground: Ground, recordIds: readonly string[]): Promise<Map<string, Member[]>> {
  if (ground.scheme.members === undefined || recordIds.length === 0) return new Map();
  const answers = await headAnswers(tx, platform, ground.county, recordIds);
  return new Map([...answers].map(([id, of]) => [id, membersOf(ground, platform.keys, of)]));
}

/** The digests of these records become exactly those of their members with valid numbers. Records outside the caller's area are left out. */
export async function storeClaims(tx: Tx, county: number, members: Iterable<readonly [recordId: string, members: readonly Member[]]>): Promise<void> {
  for (const part of pieces([...members])) {
    const claims = part.flatMap(([record, list]) => list.flatMap(({ key, person }) => (person.valid ? [{ record, key }] : [])));
    // Pairs are held against each other as a hashed set: joined, the planner takes both for a few rows and walks them by each other.
    const claimed = sql`select y.record, decode(y.digest, 'hex') as digest from unnest(${columnOf(claims.map((claim) => claim.record))}::uuid[], ${columnOf(claims.map((claim) => claim.key))}::text[]) as y (record, digest)`;
    const { rows: gone } = await sql<{ record: string; digest: string }>`select r.record_id as record, encode(r.id_digest, 'hex') as digest
      from ${eachByKey(part.map(([record]) => record), sql`select c.record_id, c.id_digest from member_claim c where c.county = ${county} and c.record_id = x.id`, "r")}
      where (r.record_id, r.id_digest) not in (${claimed})`.execute(tx);
    if (gone.length > 0) {
      await sql`delete from member_claim c using unnest(${columnOf(gone.map((one) => one.record))}::uuid[], ${columnOf(gone.map((one) => one.digest))}::text[]) as x (record, digest)
        where c.county = ${county} and c.record_id = x.record and c.id_digest = decode(x.digest, 'hex')`.execute(tx);
    }
    if (claims.length === 0) continue;
    await sql`insert into member_claim (county, record_id, id_digest, area)
      select ${county}, z.record, z.digest, r.area from (${claimed}) z cross join lateral (select r.area from record r where r.county = ${county} and r.id = z.record offset 0) r
      on conflict do nothing`.execute(tx);
  }
}

/** The digests of these records are put in order; nothing happens for records whose scheme knows no members. */
export async function claimMembers(tx: Tx, platform: Platform, county: number, recordIds: readonly string[]): Promise<void> {
  for (const [campaign, ofCampaign] of Map.groupBy(await recordStates(tx, county, recordIds), (record) => record.campaignId)) {
    const ground = await groundOf(tx, platform, { county, campaign, department: registerKey });
    if (ground.scheme.members === undefined) continue;
    const members = await membersNow(tx, platform, ground, ofCampaign.map((record) => record.recordId));
    await storeClaims(tx, county, members);
  }
}
