// Statements over runs, links and findings.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

/** Rows of one statement; larger sets are cut into pieces of this size. */
export const piece = 4000;
export const pieces = <T>(rows: readonly T[], size = piece): T[][] => Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));

export type Run = {
  readonly county: number;
  readonly id: string;
  readonly area: number;
  readonly batchId: string;
  readonly department: string;
  readonly campaignId: string;
  readonly state: string;
  readonly taskId: string | null;
  readonly counts: unknown;
  readonly steps: unknown;
  readonly askedBy: string;
  readonly at: Date;
};
const runColumns = ["county", "id", "area", "batchId", "department", "campaignId", "state", "taskId", "counts", "steps", "askedBy", "at"] as const;

export const runOf = (tx: Tx, county: number, id: string): Promise<Run | undefined> =>
  tx.selectFrom("matchRun").select(runColumns).where("county", "=", county).where("id", "=", id).executeTakeFirst();
export const runForUpdate = (tx: Tx, county: number, id: string): Promise<Run | undefined> =>
  tx.selectFrom("matchRun").select(runColumns).where("county", "=", county).where("id", "=", id).forUpdate().executeTakeFirst();
export const recentRuns = (tx: Tx): Promise<Run[]> => tx.selectFrom("matchRun").select(runColumns).orderBy("at", "desc").limit(200).execute();

export const describeRun = (tx: Tx, county: number, id: string, counts: unknown, steps: unknown): Promise<unknown> =>
  sql`update match_run set counts = ${JSON.stringify(counts)}::jsonb, steps = ${JSON.stringify(steps)}::jsonb where county = ${county} and id = ${id}`.execute(tx);

/** The newest finished run of each department in the campaign. */
export async function newestRuns(tx: Tx, county: number, campaign: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ department: string; id: string }>`
    select distinct on (department) department, id from match_run
    where county = ${county} and campaign_id = ${campaign} and state = 'done' order by department, finished_at desc, id desc`.execute(tx);
  return new Map(rows.map((row) => [row.department, row.id]));
}

export type NewLink = {
  readonly row_no: number;
  readonly area: number;
  readonly record_id: string;
  readonly subject_id: string;
  readonly weight: number;
  readonly probability: number;
  readonly decision: string;
  readonly why: unknown;
};
export async function replaceLinks(tx: Tx, county: number, run: string, links: readonly NewLink[]): Promise<void> {
  await tx.deleteFrom("link").where("county", "=", county).where("runId", "=", run).execute();
  for (const part of pieces(links)) {
    await sql`insert into link (county, run_id, row_no, area, record_id, subject_id, weight, probability, decision, why)
      select ${county}, ${run}, x.row_no, x.area, x.record_id, x.subject_id, x.weight, x.probability, x.decision, x.why
      from json_to_recordset(${JSON.stringify(part)}::json) as x (row_no integer, area bigint, record_id uuid, subject_id uuid,
        weight double precision, probability double precision, decision text, why jsonb)`.execute(tx);
  }
}

export async function replaceListedPeople(tx: Tx, county: number, run: string, area: number, digests: readonly string[]): Promise<void> {
  await tx.deleteFrom("listedPerson").where("county", "=", county).where("runId", "=", run).execute();
  for (const part of pieces(digests)) {
    await sql`insert into listed_person (county, run_id, id_digest, area)
      select ${county}, ${run}, decode(x, 'hex'), ${area} from unnest(${part}::text[]) as x on conflict do nothing`.execute(tx);
  }
}

export type StoredFinding = {
  readonly id: string;
  readonly key: string;
  readonly area: number;
  readonly class: string;
  readonly department: string;
  readonly path: string | null;
  readonly recordId: string | null;
  readonly subjectId: string | null;
  readonly personKey: string;
  readonly runId: string;
  readonly rowNo: number | null;
  readonly sealed: Buffer;
  readonly state: string;
  readonly closedBecause: string | null;
  readonly confirmedPair: Buffer | null;
  readonly caseId: string | null;
  readonly campaignId: string;
};
const findingColumns = [
  "f.id", "f.key", "f.area", "f.class", "f.department", "f.path", "f.recordId", "f.subjectId", "f.personKey", "f.runId", "f.rowNo", "f.sealed", "f.state", "f.closedBecause", "f.confirmedPair", "f.caseId", "f.campaignId",
] as const;
const findings = (tx: Tx, county: number) =>
  tx.selectFrom("finding as f").select(findingColumns).where("f.county", "=", county);

export const findingsOfDepartment = (tx: Tx, county: number, campaign: string, department: string): Promise<StoredFinding[]> =>
  findings(tx, county).where("f.department", "=", department).where("f.campaignId", "=", campaign).orderBy("f.id").execute();
export const findingsByKeys = (tx: Tx, county: number, department: string, bases: readonly string[]): Promise<StoredFinding[]> =>
  findings(tx, county).where("f.department", "=", department).where(sql<string>`split_part(f.key, '.', 1)`, "in", bases.length > 0 ? bases : [""]).orderBy("f.id").execute();

/** Open findings, locked in the order of their ids. */
export async function openFindings(tx: Tx, county: number, which: { readonly ids?: readonly string[]; readonly records?: readonly string[]; readonly people?: readonly string[] }): Promise<StoredFinding[]> {
  const { ids = [], records = [], people = [] } = which;
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id from finding where county = ${county} and id = any(${ids}::uuid[]) and state = 'open'
      union select id from finding where county = ${county} and record_id = any(${records}::uuid[]) and state = 'open'
      union select id from finding where county = ${county} and person_key = any(${people}::text[]) and state = 'open') x order by id`.execute(tx);
  const all: StoredFinding[] = [];
  for (const part of pieces(rows.map((row) => row.id))) {
    all.push(...(await findings(tx, county).where(sql<boolean>`f.id = any(${part}::uuid[])`).where("f.state", "=", "open").orderBy("f.id").forUpdate("f").execute()));
  }
  return all;
}

export type NewFinding = {
  readonly id: string;
  readonly key: string;
  readonly area: number;
  readonly class: string;
  readonly path: string | undefined;
  readonly record_id: string | undefined;
  readonly subject_id: string | undefined;
  readonly person_key: string;
  readonly row_no: number | undefined;
  readonly sealed: string;
};
export async function addFindings(tx: Tx, { county, campaign, department, run }: { readonly county: number; readonly campaign: string; readonly department: string; readonly run: string }, rows: readonly NewFinding[]): Promise<void> {
  for (const part of pieces(rows)) {
    await sql`insert into finding (county, campaign_id, id, area, key, class, department, path, record_id, subject_id, person_key, run_id, row_no, sealed)
      select ${county}, ${campaign}, x.id, x.area, x.key, x.class, ${department}, x.path, x.record_id, x.subject_id, x.person_key, ${run}, x.row_no, decode(x.sealed, 'hex')
      from json_to_recordset(${JSON.stringify(part)}::json) as x (id uuid, area bigint, key text, class text, path text, record_id uuid, subject_id uuid,
        person_key text, row_no integer, sealed text)`.execute(tx);
  }
}

export type Renewed = { readonly id: string; readonly class: string; readonly run_id: string; readonly row_no: number | null; readonly sealed: string };
/** The values of open findings as they are now; a confirmation of another pair falls. */
export async function renewFindings(tx: Tx, county: number, rows: readonly Renewed[]): Promise<void> {
  for (const part of pieces(rows)) {
    await sql`update finding f set class = x.class, run_id = x.run_id, row_no = x.row_no, sealed = decode(x.sealed, 'hex'), confirmed_pair = null, confirmed_by = null
      from json_to_recordset(${JSON.stringify(part)}::json) as x (id uuid, class text, run_id uuid, row_no integer, sealed text)
      where f.county = ${county} and f.id = x.id and f.state = 'open'`.execute(tx);
  }
}

export async function closeFindings(tx: Tx, county: number, rows: readonly { readonly id: string; readonly because: string }[]): Promise<void> {
  for (const part of pieces(rows)) {
    await sql`update finding f set state = 'closed', closed_because = x.because, closed_at = now()
      from json_to_recordset(${JSON.stringify(part)}::json) as x (id uuid, because text)
      where f.county = ${county} and f.id = x.id and f.state = 'open'`.execute(tx);
  }
}

export type RecordState = { readonly recordId: string; readonly subjectId: string; readonly area: number; readonly state: string; readonly idDigest: Buffer | null; readonly campaignId: string };
export async function recordStates(tx: Tx, county: number, ids: readonly string[]): Promise<RecordState[]> {
  const found: RecordState[] = [];
  for (const part of pieces([...new Set(ids)])) {
    const { rows } = await sql<RecordState>`select r.id as record_id, r.subject_id, r.area, r.state, s.id_digest, r.campaign_id
      from record r join subject s on s.county = r.county and s.id = r.subject_id where r.county = ${county} and r.id = any(${part}::uuid[])`.execute(tx);
    found.push(...rows);
  }
  return found;
}

/** States of the records that these ID numbers (blind digests in hexadecimal) have in the campaign. */
export async function statesByDigest(tx: Tx, county: number, campaign: string, digests: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const part of pieces(digests)) {
    const { rows } = await sql<{ digest: string; state: string }>`select encode(s.id_digest, 'hex') as digest, r.state
      from subject s join record r on r.county = s.county and r.subject_id = s.id and r.campaign_id = ${campaign}
      where s.county = ${county} and s.id_digest = any(${part.map((digest) => Buffer.from(digest, "hex"))}::bytea[])`.execute(tx);
    for (const row of rows) found.set(row.digest, [...(found.get(row.digest) ?? []), row.state]);
  }
  return found;
}

/** States of the records to which rows are surely linked, as `run row` → states. */
export async function statesByRow(tx: Tx, county: number, rows: readonly { readonly run: string; readonly row: number }[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const part of pieces(rows)) {
    const result = await sql<{ run: string; row: number; state: string }>`select l.run_id as run, l.row_no as row, r.state
      from json_to_recordset(${JSON.stringify(part)}::json) as x (run uuid, row integer)
      join link l on l.county = ${county} and l.run_id = x.run and l.row_no = x.row and l.decision in ('automatic', 'confirmed')
      join record r on r.county = l.county and r.id = l.record_id`.execute(tx);
    for (const row of result.rows) found.set(`${row.run} ${row.row}`, [...(found.get(`${row.run} ${row.row}`) ?? []), row.state]);
  }
  return found;
}

/** Of these records, those that a run's list holds: by ID number or by a sure link. */
export async function listedRecords(tx: Tx, county: number, run: string, records: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const part of pieces(records)) {
    const { rows } = await sql<{ id: string }>`
      select r.id from record r join subject s on s.county = r.county and s.id = r.subject_id
        join listed_person p on p.county = r.county and p.run_id = ${run} and p.id_digest = s.id_digest
        where r.county = ${county} and r.id = any(${part}::uuid[])
      union select l.record_id from link l where l.county = ${county} and l.record_id = any(${part}::uuid[]) and l.run_id = ${run} and l.decision in ('automatic', 'confirmed')`.execute(tx);
    for (const row of rows) found.add(row.id);
  }
  return found;
}

export type FindingFilter = { readonly run?: string; readonly class?: string; readonly state?: string; readonly case?: string; readonly after?: string };
const filtered = (filter: FindingFilter) => sql<boolean>`${filter.run === undefined ? sql`true` : sql`f.run_id = ${filter.run}`} and ${filter.class === undefined ? sql`true` : sql`f.class = ${filter.class}`}
  and ${filter.state === undefined ? sql`true` : sql`f.state = ${filter.state}`} and ${filter.case === undefined ? sql`true` : sql`f.case_id = ${filter.case}`}`;

/** One page in the order in which findings were raised. */
export const findingPage = (tx: Tx, filter: FindingFilter, limit: number) =>
  tx
    .selectFrom("finding as f")
    .select([...findingColumns, "f.county", "f.raisedAt", "f.closedAt"])
    .where(filtered(filter))
    .where(filter.after === undefined ? sql<boolean>`true` : sql<boolean>`f.id > ${filter.after}`)
    .orderBy("f.id")
    .limit(limit)
    .execute();
export async function countFindings(tx: Tx, filter: FindingFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from finding f where ${filtered(filter)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export type LinkRow = { readonly rowNo: number; readonly recordId: string; readonly area: number; readonly weight: number; readonly probability: number; readonly decision: string; readonly why: unknown };
const linkColumns = ["rowNo", "recordId", "area", "weight", "probability", "decision", "why"] as const;
const links = (tx: Tx, county: number, run: string) => tx.selectFrom("link").select(linkColumns).where("county", "=", county).where("runId", "=", run);

/** Pairs to decide, and those a person decided; the undecided first, the most probable first. */
export const doubtfulLinks = (tx: Tx, county: number, run: string, limit: number): Promise<LinkRow[]> =>
  links(tx, county, run).where("decision", "!=", "automatic").orderBy(sql`decision <> 'review'`).orderBy("weight", "desc").orderBy("rowNo").orderBy("recordId").limit(limit).execute();
/** Links of these rows, locked. */
export const linksOfRows = (tx: Tx, county: number, run: string, rows: readonly number[]): Promise<LinkRow[]> =>
  links(tx, county, run).where("rowNo", "in", rows).orderBy("recordId").forUpdate().execute();
export const linksAround = (tx: Tx, county: number, run: string, records: readonly string[], row: number): Promise<LinkRow[]> =>
  links(tx, county, run).where((where) => where.or([where("recordId", "in", records), where("rowNo", "=", row)])).execute();
export const decideLinks = (tx: Tx, county: number, run: string, row: number, records: readonly string[], decision: string): Promise<unknown> =>
  tx
    .updateTable("link")
    .set({ decision, decidedBy: tx.actor.account, decidedAt: sql<Date>`now()` })
    .where("county", "=", county)
    .where("runId", "=", run)
    .where("rowNo", "=", row)
    .where("recordId", "in", records)
    .execute();
