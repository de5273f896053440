// Statements of records that change them: loading them under a lock, numbers and names; what became of records is stored by store.ts.
import { type RawBuilder, sql } from "kysely";
import { levelOf } from "../../core/area-code.ts";
import type { Issue } from "../../core/issue.ts";
import { countAudit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { eachByKey } from "../../platform/many-rows.ts";
import { newestPersonKey } from "../../platform/person-keys.ts";
import { type EntryGate, gateOfRound, planOfRound, type ReviewPlan } from "../campaigns/service.ts";
import type { State } from "./rules.ts";
import { sealedOf } from "./sheet.ts";

/** A record with its subject, its round and its newest revision. */
export type RecordRow = {
  readonly county: number;
  readonly id: string;
  readonly subjectId: string;
  readonly area: number;
  readonly scheme: string;
  readonly version: string;
  readonly campaignId: string;
  readonly referenceDate: string;
  readonly origin: "base" | "added";
  readonly state: State;
  readonly heldFrom: string | null;
  readonly head: number;
  readonly collector: string | null;
  readonly channel: string | null;
  readonly openRemarks: number;
  readonly issues: readonly Issue[];
  readonly name: string;
  readonly idDigest: Buffer | null;
  readonly idMasked: string | null;
  readonly sex: string | null;
  readonly birthDate: string | null;
  /** The person holds the number they are known by, and no other office waits for it. */
  readonly holdsNumber: boolean;
  readonly kind: string | null;
  readonly answers: unknown;
  readonly sealed: Buffer | null;
  /** The person's newest key, wrapped; null when they have none yet. */
  readonly personKey: Buffer | null;
  readonly provenance: Readonly<Record<string, string>> | null;
  readonly signedDigest: string | null;
  readonly reason: string | null;
  readonly mediaIds: readonly string[] | null;
  /** When something may be entered. */
  readonly gate: EntryGate;
  readonly categories: readonly string[];
  /** The level at whose desk it waits. */
  readonly desk: number | null;
  readonly plan: ReviewPlan;
  /** The level at which the caller approved it last. */
  readonly approvedAt: number | null;
};

/** What the chain of the round `c` says of the record `r` to the caller. */
export const chainColumns = (tx: Tx): RawBuilder<unknown> => sql`r.desk, ${planOfRound(sql`r.area`)} as plan,
  (select t.level from record_step t where t.county = r.county and t.record_id = r.id and t.by = ${tx.actor.account} and t.decision = 'approve' order by t.no desc limit 1) as approved_at`;

/** What a `RecordRow` reads: of the record `r`, its subject `s`, its round `c` and its newest revision `v`. */
const wholeColumns = (tx: Tx): RawBuilder<unknown> => sql`
      r.county, r.id, r.subject_id, r.area, r.scheme, r.version, r.campaign_id, c.reference_date, r.origin, r.state, r.held_from, r.head, r.collector, r.channel,
      r.open_remarks, r.issues, s.name, s.id_digest, s.id_masked, s.sex, s.birth_date,
      security.holds_own_number(r.scheme, r.county, r.subject_id) as holds_number, v.kind, v.answers, ${sealedOf} as sealed, v.provenance, v.signed_digest, v.reason,
      ${newestPersonKey(sql`r.county`, sql`r.subject_id`)} as person_key,
      (select array_agg(m.id::text) from media m where m.county = r.county and m.record_id = r.id) as media_ids, ${gateOfRound(sql`r.area`)} as gate, r.categories, ${chainColumns(tx)}`;

/** Locks the record until the transaction ends; undefined when there is none in the caller's area. */
export async function lockRecord(tx: Tx, county: number, id: string): Promise<RecordRow | undefined> {
  const { rows } = await sql<RecordRow>`
    select ${wholeColumns(tx)}
    from record r
    join subject s on s.county = r.county and s.id = r.subject_id
    join campaign c on c.id = r.campaign_id
    left join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
    where r.county = ${county} and r.id = ${id}::uuid
    for update of r`.execute(tx);
  return rows[0];
}

/** The same for many records of one county, locked in the order of their ids. Whoever waited for another's change finds no answers beside the new head: the caller asks for the head first. */
export async function lockWholeRecords(tx: Tx, county: number, ids: readonly string[]): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select ${wholeColumns(tx)}
    from ${eachByKey(ids.toSorted(), sql`select * from record where county = ${county} and id = x.id for update`, "r")}
    cross join lateral (select * from subject where county = r.county and id = r.subject_id offset 0) s
    join campaign c on c.id = r.campaign_id
    left join lateral (select * from revision where county = r.county and record_id = r.id and no = r.head offset 0) v on true`.execute(tx);
  return rows;
}

type Where = { readonly county: number; readonly id: string; readonly subjectId: string; readonly area: number };

/** Another name: its ends take the place of the old ones. */
export async function replaceNameParts(tx: Tx, at: Where, parts: readonly string[]): Promise<void> {
  await tx.deleteFrom("subjectNamePart").where("county", "=", at.county).where("subjectId", "=", at.subjectId).execute();
  if (parts.length === 0) return;
  await tx.insertInto("subjectNamePart").values(parts.map((part) => ({ county: at.county, part, area: at.area, subjectId: at.subjectId }))).execute();
}

/** Claims a number; false when another subject of the caller's scope holds it. What is held outside the scope is not told, and is opened to be settled between the offices. */
export async function claimNumber(tx: Tx, scheme: string, at: Where, digest: Buffer): Promise<boolean> {
  const { rows } = await sql`select security.claim_identities(${scheme}, ${at.county}, array[${digest}::bytea], array[${at.subjectId}::uuid])`.execute(tx);
  return rows.length === 0;
}

/** True when the number of the subject waits to be settled with another office. Told to offices of the whole county and above only. */
export async function isContested(tx: Tx, scheme: string, at: { readonly county: number; readonly subjectId: string }): Promise<boolean> {
  return (await contested(tx, scheme, at.county, [at.subjectId])).size > 0;
}

/** Those of the subjects whose number waits to be settled, as `isContested`. */
export async function contested(tx: Tx, scheme: string, county: number, subjects: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ subject: string }>`
    select subject_id as subject from contested_number where scheme = ${scheme} and county = ${county} and subject_id = any (${subjects}::uuid[]) and side = 'asks' and state in ('open', 'kept')`.execute(tx);
  return new Set(rows.map((row) => row.subject));
}

/** Opens anew what is to be settled about a subject's number, if anybody else holds it. */
export async function contestNumber(tx: Tx, scheme: string, at: Where, digest: Buffer): Promise<void> {
  await sql`select security.contest_numbers(${scheme}, ${at.county}, array[${digest}::bytea], array[${at.subjectId}::uuid])`.execute(tx);
}

export async function releaseNumber(tx: Tx, scheme: string, at: Where): Promise<void> {
  await sql`select security.release_identity(${scheme}, ${at.county}, ${at.subjectId}::uuid)`.execute(tx);
}

const known = new Map<number, ReadonlySet<number>>();

/** Area codes of a county, kept in the process; empty when the county is not loaded. */
export async function areasOfCounty(tx: Tx, county: number): Promise<ReadonlySet<number>> {
  const kept = known.get(county);
  if (kept) return kept;
  const rows = await tx.selectFrom("area").select("code").where("code", ">=", county * 1e6).where("code", "<", (county + 1) * 1e6).execute();
  const codes = new Set(rows.map((row) => row.code));
  if (codes.size > 0) known.set(county, codes);
  return codes;
}

export type BriefRow = {
  readonly county: number;
  readonly id: string;
  readonly subjectId: string;
  readonly area: number;
  readonly scheme: string;
  readonly state: State;
  readonly heldFrom: string | null;
  readonly head: number;
  readonly collector: string | null;
  readonly openRemarks: number;
  /** Issues that stop an approval. */
  readonly blocking: number;
} & Pick<RecordRow, "categories" | "desk" | "plan" | "approvedAt">;

/** Locks many records in the order of their ids; those outside the caller's area are left out. */
export async function lockRecords(tx: Tx, keys: readonly { readonly county: number; readonly id: string }[]): Promise<BriefRow[]> {
  const { rows } = await sql<BriefRow>`
    select r.county, r.id, r.subject_id, r.area, r.scheme, r.state, r.held_from, r.head, r.collector, r.open_remarks, r.categories, ${chainColumns(tx)},
      (select count(*)::int from jsonb_array_elements(r.issues) i where i ->> 'severity' = 'block' or i ->> 'code' = 'picture-to-judge') as blocking
    from record r join unnest(${keys.map((key) => key.county)}::int[], ${keys.map((key) => key.id)}::uuid[]) as x (county, id) on r.county = x.county and r.id = x.id
      join campaign c on c.id = r.campaign_id
    order by r.county, r.id for update of r`.execute(tx);
  return rows;
}

/** `desk`: where it goes next; absent: to no desk. */
export type Decided = { readonly record: BriefRow; readonly state: State; readonly kind: string; readonly desk?: number | null };

/** Many decisions in one statement: states, desks, steps of the chain, journal and one audit row. */
export async function storeDecisions(tx: Tx, decisions: readonly Decided[], action: string): Promise<void> {
  const column = <T>(of: (one: Decided) => T): T[] => decisions.map(of);
  const [first] = decisions;
  if (!first) return;
  await sql`
    with x as (
      select * from unnest(${column((d) => d.record.county)}::int[], ${column((d) => d.record.id)}::uuid[], ${column((d) => d.record.subjectId)}::uuid[], ${column((d) => d.record.area)}::bigint[],
        ${column((d) => d.state)}::text[], ${column((d) => d.kind)}::text[], ${column((d) => d.record.head)}::int[], ${column((d) => d.desk ?? null)}::int[]) with ordinality as x (county, id, subject_id, area, state, kind, head, desk, n)
    ), file as (
      update record r set state = x.state, desk = x.desk, held_from = null, decided_at = now(), updated_at = now() from x where r.county = x.county and r.id = x.id
    ), fact as (
      insert into event (kind, area, county, actor, subject_id, record_id, data)
      select x.kind, x.area, x.county, ${tx.actor.account}, x.subject_id, x.id, jsonb_build_object('revision', x.head, 'level', ${levelOf(tx.actor.area)}::int) from x order by x.n
    ), step as (
      insert into record_step (county, record_id, area, level, decision, revision, by, office)
      select x.county, x.id, x.area, ${levelOf(tx.actor.area)}, case x.state when 'returned' then 'return' else 'approve' end, x.head, ${tx.actor.account}, ${tx.actor.office} from x where x.head > 0 order by x.n
    )
    select security.write_audit(${tx.actor.office}, ${action}, null, ${first.record.county}, ${tx.actor.area}, null, ${decisions.length}, null)`.execute(tx);
  countAudit(tx);
}

/** Replaces the issues kept with a record. */
export async function storeIssues(tx: Tx, at: { readonly county: number; readonly id: string }, issues: readonly Issue[]): Promise<void> {
  await sql`update record set issues = ${JSON.stringify(issues)}::jsonb where county = ${at.county} and id = ${at.id}::uuid`.execute(tx);
}

/** One open remark less. */
export async function countAnsweredRemark(tx: Tx, at: { readonly county: number; readonly id: string }): Promise<void> {
  await sql`update record set open_remarks = open_remarks - 1, updated_at = now() where county = ${at.county} and id = ${at.id}::uuid`.execute(tx);
}
