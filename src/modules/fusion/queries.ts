// Statements of fusions, one function each. Registers and lists are read through the services of their modules.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { FusedList } from "./fuse.ts";
import type { PersonState } from "./rules.ts";

export type FusionKey = { readonly county: number; readonly id: string };
const columns = ["county", "id", "area", "campaignId", "purpose", "state", "lists", "taskId", "counts", "steps", "askedBy", "at", "wipedAt"] as const;
export type Fusion = Awaited<ReturnType<typeof fusionOf>> & object;

export const fusionOf = (tx: Tx, { county, id }: FusionKey) => tx.selectFrom("fusion").select(columns).where("county", "=", county).where("id", "=", id).executeTakeFirst();
export const lockedFusion = (tx: Tx, { county, id }: FusionKey) => tx.selectFrom("fusion").select(columns).where("county", "=", county).where("id", "=", id).forUpdate().executeTakeFirst();
export const fusions = (tx: Tx) => tx.selectFrom("fusion").select(columns).orderBy("at", "desc").orderBy("id", "desc").limit(200).execute();
export const listsOf = (fusion: Pick<Fusion, "lists">): readonly FusedList[] => fusion.lists as unknown as FusedList[];

/** Lists of departments that have come in whole. */
export const doneBatches = (tx: Tx, ids: readonly string[]) =>
  tx.selectFrom("importBatch").select(["county", "id", "area", "campaignId", "department", "asOf", "at", "accepted"]).where("id", "in", ids).where("kind", "=", "extract").where("state", "=", "done").forShare().execute();

/** Townships of the county. */
export async function townships(tx: Tx, county: number): Promise<Set<number>> {
  const rows = await tx.selectFrom("area").select("code").where("code", ">=", county * 1e6).where("code", "<", (county + 1) * 1e6).where("level", "=", 4).execute();
  return new Set(rows.map((row) => row.code));
}

export type NewPerson = { readonly no: number; readonly state: string; readonly reason: string | null; readonly conflicts: number; readonly sealed: string; readonly record: string | null };
export type NewRow = { readonly batch: string; readonly row: number; readonly outcome: string; readonly person: number | null; readonly of: number | null; readonly reason: string | null };
export type NewDoubt = { readonly no: number; readonly a: number; readonly b: number; readonly weight: number; readonly probability: number; readonly why: unknown };
const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::jsonb`;
type Place = FusionKey & { readonly area: number };
const MOST_ROWS = 4000;
const pieces = <T>(rows: readonly T[]): T[][] => Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, i) => rows.slice(i * MOST_ROWS, (i + 1) * MOST_ROWS));

export async function clear(tx: Tx, { county, id }: FusionKey): Promise<void> {
  for (const table of ["fusionRow", "fusionPerson", "fusionDoubt"] as const) await tx.deleteFrom(table).where("county", "=", county).where("fusionId", "=", id).execute();
}
export async function addPeople(tx: Tx, { county, id, area }: Place, people: readonly NewPerson[]): Promise<void> {
  for (const part of pieces(people)) {
    await sql`insert into fusion_person (county, fusion_id, no, area, state, reason, conflicts, sealed, record_id)
      select ${county}, ${id}::uuid, x.no, ${area}::bigint, x.state, x.reason, x.conflicts, decode(x.sealed, 'hex'), x.record
      from json_to_recordset(${JSON.stringify(part)}::json) as x (no integer, state text, reason text, conflicts integer, sealed text, record uuid)`.execute(tx);
  }
}
export async function addRows(tx: Tx, { county, id, area }: Place, rows: readonly NewRow[]): Promise<void> {
  for (const part of pieces(rows)) {
    await sql`insert into fusion_row (county, fusion_id, batch_id, row_no, area, outcome, person_no, duplicate_of, reason)
      select ${county}, ${id}::uuid, x.batch, x.row, ${area}::bigint, x.outcome, x.person, x.of, x.reason
      from json_to_recordset(${JSON.stringify(part)}::json) as x (batch uuid, "row" integer, outcome text, person integer, "of" integer, reason text)
      on conflict (county, fusion_id, batch_id, row_no) do update set outcome = excluded.outcome, person_no = excluded.person_no, duplicate_of = excluded.duplicate_of, reason = excluded.reason`.execute(tx);
  }
}
export async function addDoubts(tx: Tx, { county, id, area }: Place, doubts: readonly NewDoubt[]): Promise<void> {
  for (const part of pieces(doubts)) {
    await sql`insert into fusion_doubt (county, fusion_id, no, area, person_a, person_b, weight, probability, why)
      select ${county}, ${id}::uuid, x.no, ${area}::bigint, x.a, x.b, x.weight, x.probability, x.why
      from json_to_recordset(${JSON.stringify(part)}::json) as x (no integer, a integer, b integer, weight double precision, probability double precision, why jsonb)`.execute(tx);
  }
}

export const setState = (tx: Tx, { county, id }: FusionKey, state: string, more: { readonly taskId?: string; readonly settledBy?: string; readonly steps?: unknown } = {}) =>
  tx
    .updateTable("fusion")
    .set({
      state,
      ...(more.taskId !== undefined && { taskId: more.taskId }),
      ...(more.settledBy !== undefined && { settledBy: more.settledBy, settledAt: sql<Date>`now()` }),
      ...(more.steps !== undefined && { steps: json(more.steps), finishedAt: sql<Date>`now()` }),
    })
    .where("county", "=", county)
    .where("id", "=", id)
    .execute();

/** Counts from the tables as they stand, so that they always add up. */
export async function recount(tx: Tx, { county, id }: FusionKey): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select case outcome when 'fused' then 'fused' when 'duplicate' then 'duplicates' else 'leftOut' end as key, count(*)::int as n from fusion_row where county = ${county} and fusion_id = ${id}::uuid group by 1
    union all select 'rows', count(*)::int from fusion_row where county = ${county} and fusion_id = ${id}::uuid
    union all select 'out:' || reason, count(*)::int from fusion_row where county = ${county} and fusion_id = ${id}::uuid and outcome = 'left-out' group by 1
    union all select state, count(*)::int from fusion_person where county = ${county} and fusion_id = ${id}::uuid and state in ('proposed', 'registered', 'added') group by 1
    union all select 'people', count(*)::int from fusion_person where county = ${county} and fusion_id = ${id}::uuid and state in ('proposed', 'registered', 'added')
    union all select 'conflicts', count(*)::int from fusion_person where county = ${county} and fusion_id = ${id}::uuid and state in ('proposed', 'registered', 'added') and conflicts > 0
    union all select 'fieldConflicts', coalesce(sum(conflicts), 0)::int from fusion_person where county = ${county} and fusion_id = ${id}::uuid and state in ('proposed', 'registered', 'added')
    union all select 'doubts', count(*)::int from fusion_doubt where county = ${county} and fusion_id = ${id}::uuid
    union all select 'undecided', count(*)::int from fusion_doubt where county = ${county} and fusion_id = ${id}::uuid and decision = 'undecided'
    union all select 'certain', count(*)::int from fusion_person p where p.county = ${county} and p.fusion_id = ${id}::uuid and p.state = 'proposed' and ${certain}`.execute(tx);
  const counts = Object.fromEntries(rows.map((row) => [row.key, row.n]));
  await tx.updateTable("fusion").set({ counts: json(counts) }).where("county", "=", county).where("id", "=", id).execute();
  return counts;
}

/** Not in an undecided link. */
const certain = sql`not exists (select from fusion_doubt d where d.county = p.county and d.fusion_id = p.fusion_id and d.decision = 'undecided' and p.no in (d.person_a, d.person_b))`;

export type StoredPerson = { readonly no: number; readonly state: PersonState; readonly reason: string | null; readonly conflicts: number; readonly sealed: Buffer; readonly recordId: string | null };
const person = sql`p.no, p.state, p.reason, p.conflicts, p.sealed, p.record_id`;

/** The next people to be taken in, locked. */
export async function nextCertain(tx: Tx, { county, id }: FusionKey, most: number): Promise<StoredPerson[]> {
  const { rows } = await sql<StoredPerson>`select ${person} from fusion_person p where p.county = ${county} and p.fusion_id = ${id}::uuid and p.state = 'proposed' and ${certain} order by p.no limit ${most} for update of p`.execute(tx);
  return rows;
}
export async function peoplePage(tx: Tx, { county, id }: FusionKey, query: { readonly state?: string | undefined; readonly conflicts?: boolean; readonly after: number; readonly most: number }): Promise<StoredPerson[]> {
  const { rows } = await sql<StoredPerson>`select ${person} from fusion_person p where p.county = ${county} and p.fusion_id = ${id}::uuid and p.no > ${query.after}
    ${query.state === undefined ? sql`and p.state <> 'merged'` : sql`and p.state = ${query.state}`} ${query.conflicts === true ? sql`and p.conflicts > 0` : sql``} order by p.no limit ${query.most}`.execute(tx);
  return rows;
}
export async function countPeople(tx: Tx, { county, id }: FusionKey, query: { readonly state?: string | undefined; readonly conflicts?: boolean }): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from fusion_person p where p.county = ${county} and p.fusion_id = ${id}::uuid
    ${query.state === undefined ? sql`and p.state <> 'merged'` : sql`and p.state = ${query.state}`} ${query.conflicts === true ? sql`and p.conflicts > 0` : sql``}`.execute(tx);
  return rows[0]?.n ?? 0;
}
export async function peopleByNo(tx: Tx, { county, id }: FusionKey, numbers: readonly number[]): Promise<Map<number, StoredPerson>> {
  const { rows } = await sql<StoredPerson>`select ${person} from fusion_person p where p.county = ${county} and p.fusion_id = ${id}::uuid and p.no = any(${numbers}::int[]) order by p.no for update`.execute(tx);
  return new Map(rows.map((row) => [row.no, row]));
}
export const settlePeople = (tx: Tx, { county, id }: FusionKey, settled: readonly { readonly no: number; readonly state: string; readonly record: string | null }[]) =>
  sql`update fusion_person p set state = x.state, record_id = x.record from json_to_recordset(${JSON.stringify(settled)}::json) as x (no integer, state text, record uuid)
    where p.county = ${county} and p.fusion_id = ${id}::uuid and p.no = x.no`.execute(tx);
export const changePerson = (tx: Tx, { county, id }: FusionKey, changed: NewPerson) =>
  sql`update fusion_person set state = ${changed.state}, reason = ${changed.reason}, conflicts = ${changed.conflicts}, sealed = decode(${changed.sealed}, 'hex'), record_id = ${changed.record}::uuid
    where county = ${county} and fusion_id = ${id}::uuid and no = ${changed.no}`.execute(tx);

export const doubts = (tx: Tx, { county, id }: FusionKey, most: number) =>
  tx.selectFrom("fusionDoubt").select(["no", "personA", "personB", "weight", "probability", "why", "decision"]).where("county", "=", county).where("fusionId", "=", id).orderBy("decision", "desc").orderBy("weight", "desc").orderBy("no").limit(most).execute();
export const lockedDoubt = (tx: Tx, { county, id }: FusionKey, no: number) =>
  tx.selectFrom("fusionDoubt").select(["no", "personA", "personB", "decision"]).where("county", "=", county).where("fusionId", "=", id).where("no", "=", no).forUpdate().executeTakeFirst();
/** Decides all open links between the two. */
export const decideBetween = (tx: Tx, { county, id }: FusionKey, a: number, b: number, decision: "same" | "different") =>
  tx.updateTable("fusionDoubt").set({ decision, decidedBy: tx.actor.account, decidedAt: sql<Date>`now()` }).where("county", "=", county).where("fusionId", "=", id).where("personA", "=", Math.min(a, b)).where("personB", "=", Math.max(a, b)).where("decision", "=", "undecided").execute();
/** What was asked about the second person is asked about the first from now on. */
export const pointAt = (tx: Tx, { county, id }: FusionKey, from: number, to: number) =>
  sql`update fusion_doubt set person_a = least(${to}::int, case when person_a = ${from} then person_b else person_a end), person_b = greatest(${to}::int, case when person_a = ${from} then person_b else person_a end)
    where county = ${county} and fusion_id = ${id}::uuid and decision = 'undecided' and ${from} in (person_a, person_b)`.execute(tx);
export const rowsLeftOut = (tx: Tx, { county, id }: FusionKey) =>
  tx.selectFrom("fusionRow").select(["batchId", "rowNo", "personNo", "reason"]).where("county", "=", county).where("fusionId", "=", id).where("outcome", "=", "left-out").orderBy("batchId").orderBy("rowNo").execute();
