// Statements over cases and their steps.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";
import type { CaseAnswer, CaseState } from "./rules.ts";

const size = 4000;
export const pieces = <T>(rows: readonly T[], most = size): T[][] => Array.from({ length: Math.ceil(rows.length / most) }, (_, i) => rows.slice(i * most, (i + 1) * most));

export type CaseRecord = {
  readonly county: number;
  readonly id: string;
  readonly area: number;
  readonly classGroup: string;
  readonly subjectId: string | null;
  readonly recordId: string | null;
  readonly personKey: string;
  readonly personName: string;
  readonly state: CaseState;
  readonly routedBy: "registration" | "residence" | "collector" | "person";
  readonly openedAt: Date;
  readonly dueOn: string;
  readonly answer: CaseAnswer | null;
  readonly answerNote: string | null;
  readonly proofSha256: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly decidedBy: string | null;
  readonly timesReopened: number;
  readonly closedAt: Date | null;
};
const columns = sql`c.county, c.id, c.area, c.class_group, c.subject_id, c.record_id, c.person_key, c.person_name, c.state, c.routed_by, c.opened_at, c.due_on, c.answer, c.answer_note,
  c.proof_sha256, c.answered_by, c.answered_at, c.decided_by, c.times_reopened, c.closed_at`;
const counted = sql`(select count(*)::integer from finding f where f.county = c.county and f.case_id = c.id) as findings,
  (select count(*)::integer from finding f where f.county = c.county and f.case_id = c.id and f.state = 'open') as open_findings`;
export type CountedCase = CaseRecord & { readonly findings: number; readonly openFindings: number };

export async function caseOf(tx: Tx, county: number, id: string): Promise<CountedCase | undefined> {
  const { rows } = await sql<CountedCase>`select ${columns}, ${counted} from case_file c where c.county = ${county} and c.id = ${id}`.execute(tx);
  return rows[0];
}
export async function lockCase(tx: Tx, county: number, id: string): Promise<CaseRecord | undefined> {
  const { rows } = await sql<CaseRecord>`select ${columns} from case_file c where c.county = ${county} and c.id = ${id} for update`.execute(tx);
  return rows[0];
}

export type CaseFilter = { readonly state?: string; readonly group?: string; readonly lo?: number; readonly hi?: number; readonly overdueOn?: string; readonly after?: { readonly dueOn: string; readonly id: string } };
const matching = (filter: CaseFilter) => sql`${filter.state === undefined ? sql`true` : sql`c.state = ${filter.state}`} and ${filter.group === undefined ? sql`true` : sql`c.class_group = ${filter.group}`}
  and ${filter.lo === undefined ? sql`true` : sql`c.area between ${filter.lo} and ${filter.hi ?? filter.lo}`}
  and ${filter.overdueOn === undefined ? sql`true` : sql`c.due_on < ${filter.overdueOn}::date and c.state <> 'closed'`}`;

/** One page, the earliest due first. */
export async function casePage(tx: Tx, filter: CaseFilter, limit: number): Promise<CountedCase[]> {
  const after = filter.after === undefined ? sql`true` : sql`(c.due_on, c.id) > (${filter.after.dueOn}::date, ${filter.after.id}::uuid)`;
  const { rows } = await sql<CountedCase>`select ${columns}, ${counted} from case_file c where ${matching(filter)} and ${after} order by c.due_on, c.id limit ${limit}`.execute(tx);
  return rows;
}
export async function countCases(tx: Tx, filter: CaseFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from case_file c where ${matching(filter)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export const lockCases = (tx: Tx, county: number): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`cases:${county}`}, 0))`.execute(tx);

export async function unclosedCases(tx: Tx, county: number, people: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const part of pieces(people)) {
    const { rows } = await sql<{ id: string; personKey: string; classGroup: string }>`select id, person_key, class_group from case_file
      where county = ${county} and person_key = any(${part}::text[]) and state <> 'closed'`.execute(tx);
    for (const row of rows) found.set(`${row.personKey} ${row.classGroup}`, row.id);
  }
  return found;
}

export async function townshipsAmong(tx: Tx, codes: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ code: number }>`select code from area where code = any(${codes as number[]}::bigint[]) and level = 4`.execute(tx);
  return new Set(rows.map((row) => row.code));
}

export type NewCase = {
  readonly id: string;
  readonly area: number;
  readonly class_group: string;
  readonly subject_id: string | null;
  readonly record_id: string | null;
  readonly person_key: string;
  readonly person_name: string;
  readonly routed_by: string;
  readonly due_on: string;
};
export async function addCases(tx: Tx, county: number, rows: readonly NewCase[]): Promise<void> {
  for (const part of pieces(rows)) {
    await sql`insert into case_file (county, id, area, class_group, subject_id, record_id, person_key, person_name, routed_by, due_on)
      select ${county}, x.id, x.area, x.class_group, x.subject_id, x.record_id, x.person_key, x.person_name, x.routed_by, x.due_on
      from json_to_recordset(${JSON.stringify(part)}::json) as x (id uuid, area bigint, class_group text, subject_id uuid, record_id uuid, person_key text,
        person_name text, routed_by text, due_on date)`.execute(tx);
  }
}

export type Moved = { readonly id: string; readonly area: number; readonly recordId: string | null; readonly subjectId: string | null };
/** Closes those whose findings are all closed. */
export async function closeSettled(tx: Tx, county: number, ids: readonly string[]): Promise<Moved[]> {
  const moved: Moved[] = [];
  for (const part of pieces(ids)) {
    const { rows } = await sql<Moved>`update case_file c set state = 'closed', closed_at = now()
      where c.county = ${county} and c.id = any(${part}::uuid[]) and c.state <> 'closed'
        and exists (select from finding f where f.county = c.county and f.case_id = c.id)
        and not exists (select from finding f where f.county = c.county and f.case_id = c.id and f.state = 'open')
      returning c.id, c.area, c.record_id, c.subject_id`.execute(tx);
    moved.push(...rows);
  }
  return moved;
}

/** Answers “corrected” that the county accepted and the register, now settled, does not bear out: open again. */
export async function reopenContradicted(tx: Tx, county: number, which: { readonly cases?: readonly string[]; readonly records?: readonly string[] }): Promise<Moved[]> {
  const { rows } = await sql<Moved>`update case_file c set state = 'open', times_reopened = c.times_reopened + 1, answer = null, answer_note = null, answered_by = null,
      answered_at = null, decided_by = null, decided_at = null
    from record r where c.county = ${county} and (c.id = any(${which.cases ?? []}::uuid[]) or c.record_id = any(${which.records ?? []}::uuid[]))
      and c.state = 'answered' and c.decided_at is not null and c.answer = 'correct-ours' and r.county = c.county and r.id = c.record_id and r.state = 'accepted'
      and exists (select from finding f where f.county = c.county and f.case_id = c.id and f.state = 'open')
    returning c.id, c.area, c.record_id, c.subject_id`.execute(tx);
  return rows;
}

/** Of these records, those with a case that the county accepted as corrected. */
export async function claimedCorrected(tx: Tx, county: number, records: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ recordId: string }>`select distinct record_id from case_file
    where county = ${county} and record_id = any(${records}::uuid[]) and state = 'answered' and decided_at is not null and answer = 'correct-ours'`.execute(tx);
  return rows.map((row) => row.recordId);
}

export type Step = { readonly case: string; readonly area: number; readonly kind: "answered" | "accepted" | "sent-back" | "reopened" | "closed"; readonly note?: string };
export async function addSteps(tx: Tx, county: number, steps: readonly Step[]): Promise<void> {
  for (const part of pieces(steps)) {
    const rows = part.map((step) => ({ id: newId(), ...step }));
    await sql`insert into case_step (county, id, case_id, area, kind, actor, note, at)
      select ${county}, x.id, x."case", x.area, x.kind, ${tx.actor.account}, x.note, clock_timestamp()
      from json_to_recordset(${JSON.stringify(rows)}::json) as x (id uuid, "case" uuid, area bigint, kind text, note text)`.execute(tx);
  }
}
export const stepsOf = (tx: Tx, county: number, id: string) =>
  tx.selectFrom("caseStep").select(["kind", "actor", "note", "at"]).where("county", "=", county).where("caseId", "=", id).orderBy("at").orderBy("id").execute();

/** Cases with their history go to the township of their record. */
export async function moveCases(tx: Tx, county: number, records: readonly string[]): Promise<void> {
  await sql`update case_file c set area = r.area / 1000 * 1000 from record r
    where c.county = ${county} and c.record_id = any(${records}::uuid[]) and r.county = c.county and r.id = c.record_id and r.area / 1000 * 1000 <> c.area`.execute(tx);
  await sql`update case_step s set area = c.area from case_file c
    where c.county = ${county} and c.record_id = any(${records}::uuid[]) and s.county = c.county and s.case_id = c.id and s.area <> c.area`.execute(tx);
}

/** True when something newer than the open findings stands in the register for the case's person. */
export async function correctedSince(tx: Tx, file: CaseRecord): Promise<boolean> {
  const raised = sql`(select max(f.raised_at) from finding f where f.county = ${file.county} and f.case_id = ${file.id} and f.state = 'open')`;
  const digest = file.personKey.startsWith("id:") ? file.personKey.slice(3) : "";
  const { rows } = await sql<{ found: boolean }>`select exists (
    select from revision v where v.county = ${file.county} and v.at > ${raised} and v.kind in ('capture', 'correction', 'outcome')
      and v.record_id in (
        select ${file.recordId}::uuid
        union select r.id from subject s join record r on r.county = s.county and r.subject_id = s.id
          where s.county = ${file.county} and s.id_digest = decode(${digest}, 'hex') and ${digest} <> '')) as found`.execute(tx);
  return rows[0]?.found ?? false;
}
/** True when the record got a revision after this moment. */
export async function changedAfter(tx: Tx, county: number, recordId: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from revision v where v.county = ${county} and v.record_id = ${recordId}::uuid and v.at > ${at}) as found`.execute(tx);
  return rows[0]?.found ?? false;
}
