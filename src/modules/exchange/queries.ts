// Statements of the imports, one function each. Villages and campaigns are read, never written here.
import { sql } from "kysely";
import type { Issue } from "../../core/issue.ts";
import type { Tx } from "../../platform/database.ts";
import type { Reading } from "./arrived-file.ts";
import type { Peek } from "./peek.ts";
import type { Mapping } from "./targets.ts";

/** What `import_batch.headings` and `.mapping` hold. */
export type StoredPeek = Omit<Peek, "mapping" | "sheet">;
export type Batch = Awaited<ReturnType<typeof batchOf>> & object;
export type BatchKey = { readonly county: number; readonly id: string };
export type Outcome = { readonly no: number; readonly outcome: "accepted" | "returned"; readonly issues: readonly Issue[]; readonly subjectId?: string };
type NewBatch = {
  readonly county: number;
  readonly id: string;
  readonly area: number;
  readonly kind: string;
  readonly department: string | null;
  readonly campaignId: string;
  readonly scheme: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly fileBytes: number;
  readonly asOf: string | null;
  readonly purpose: string | null;
  readonly supplier: string;
  readonly agreementId: string | null;
  readonly cameBy: string;
  readonly keepUntil: string;
};

export const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::jsonb`;

export const batchOf = (tx: Tx, { county, id }: BatchKey) => tx.selectFrom("importBatch").selectAll().where("county", "=", county).where("id", "=", id).executeTakeFirst();
export const lockedBatch = (tx: Tx, { county, id }: BatchKey) => tx.selectFrom("importBatch").selectAll().where("county", "=", county).where("id", "=", id).forUpdate().executeTakeFirst();

export const batches = (tx: Tx, kind: string | undefined) => {
  const all = tx.selectFrom("importBatch").selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(200);
  return (kind === undefined ? all : all.where("kind", "=", kind)).execute();
};

export const insertBatch = (tx: Tx, batch: NewBatch, reading: Reading, peek: Peek) =>
  tx.insertInto("importBatch").values({ ...batch, reading: json(reading), sheet: peek.sheet, headings: json(stored(peek)), mapping: json(peek.mapping), sentBy: tx.actor.account }).returningAll().executeTakeFirstOrThrow();

const stored = ({ sheets, headingRow, columns }: Peek): StoredPeek => ({ sheets, headingRow, columns });

export const setMapping = (tx: Tx, { county, id }: BatchKey, peek: Peek | undefined, mapping: Mapping) =>
  tx
    .updateTable("importBatch")
    .set({ state: "mapped", mapping: json(mapping), ...(peek && { sheet: peek.sheet, headings: json(stored(peek)) }) })
    .where("county", "=", county)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

type Admitted = { readonly taskId?: string; readonly agreementId?: string; readonly keepUntil?: string; readonly unread?: unknown };
export const setState = (tx: Tx, { county, id }: BatchKey, state: string, { unread, ...more }: Admitted = {}) =>
  tx
    .updateTable("importBatch")
    .set({ state, ...more, ...(unread !== undefined && { unread: json(unread) }) })
    .where("county", "=", county)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Which files a run is about to write. */
export const setFiles = (tx: Tx, { county, id }: BatchKey, made: { readonly preparedSha256: string | null; readonly returnedSha256: string | null }) =>
  tx.updateTable("importBatch").set(made).where("county", "=", county).where("id", "=", id).execute();

/** Whether another import of the county that is not wiped still needs the file. */
export async function keptElsewhere(tx: Tx, county: number, sha256: string, except: string): Promise<boolean> {
  const { rows } = await sql`select from import_batch where county = ${county} and state <> 'wiped' and id <> ${except}::uuid
    and ${sha256} in (file_sha256, prepared_sha256, returned_sha256) limit 1`.execute(tx);
  return rows.length > 0;
}

/** Imports whose time has ended, oldest first. */
export const endedBatches = (tx: Tx, today: string) =>
  tx.selectFrom("importBatch").select(["county", "id"]).where("keepUntil", "<", today).where("state", "not in", ["wiped", "running"]).orderBy("keepUntil").limit(500).execute();

/** Lists that a machine sent and no worker has ended. */
export const leftRunning = (tx: Tx) => tx.selectFrom("importBatch").selectAll().where("state", "=", "running").where("cameBy", "<>", "page").orderBy("at").limit(100).execute();

export async function villagesOf(tx: Tx, county: number): Promise<Set<number>> {
  const rows = await tx.selectFrom("area").select("code").where("code", ">=", county * 1e6).where("code", "<", (county + 1) * 1e6).where("level", "=", 5).execute();
  return new Set(rows.map((row) => row.code));
}

/** Rows of one batch in one statement; their county, batch and area are the batch's. */
export const insertOutcomes = (tx: Tx, batch: { readonly county: number; readonly id: string; readonly area: number }, outcomes: readonly Outcome[]) =>
  sql`insert into import_row (county, batch_id, row_no, area, outcome, issues, subject_id)
    select ${batch.county}::int, ${batch.id}::uuid, x.no, ${batch.area}::bigint, x.outcome, x.issues::jsonb, x.subject
    from unnest(${outcomes.map((one) => one.no)}::int[], ${outcomes.map((one) => one.outcome)}::text[], ${outcomes.map((one) => (one.issues.length === 0 ? "[]" : JSON.stringify(one.issues)))}::text[],
      ${outcomes.map((one) => one.subjectId ?? null)}::uuid[]) as x (no, outcome, issues, subject)`.execute(tx);

export const addCounts = (tx: Tx, { county, id }: BatchKey, counts: { readonly rows: number; readonly accepted: number; readonly returned: number }) =>
  sql`update import_batch set rows = rows + ${counts.rows}, accepted = accepted + ${counts.accepted}, returned = returned + ${counts.returned} where county = ${county} and id = ${id}::uuid`.execute(tx);

/** How far an earlier run came: its last row, and which of its rows were returned. */
export async function committed(tx: Tx, { county, id }: BatchKey): Promise<{ readonly last: number; readonly returned: ReadonlySet<number> }> {
  const { rows } = await sql<{ last: number | null; returned: number[] | null }>`
    select max(row_no) as last, array_agg(row_no) filter (where outcome = 'returned') as returned from import_row where county = ${county} and batch_id = ${id}::uuid`.execute(tx);
  return { last: rows[0]?.last ?? 0, returned: new Set(rows[0]?.returned ?? []) };
}

export const finish = (tx: Tx, { county, id }: BatchKey, made: { readonly preparedSha256: string | null; readonly returnedSha256: string | null; readonly refused: number; readonly at: Date }) =>
  tx
    .updateTable("importBatch")
    .set({ state: "done", finishedAt: made.at, preparedSha256: made.preparedSha256, returnedSha256: made.returnedSha256, refused: made.refused })
    .where("county", "=", county)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Returned rows by the fault named first. */
export async function faultCounts(tx: Tx, { county, id }: BatchKey): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ code: string; rows: number }>`
    select coalesce(jsonb_path_query_first(issues, '$[*] ? (@.severity == "block").code') #>> '{}', 'other') as code, count(*)::int as rows
    from import_row where county = ${county} and batch_id = ${id}::uuid and outcome = 'returned' group by 1 order by 2 desc, 1`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.code, row.rows]));
}

export const outcomePage = (tx: Tx, { county, id }: BatchKey, outcome: string | undefined, after: number, most: number) => {
  const rows = tx.selectFrom("importRow").select(["rowNo", "outcome", "issues"]).where("county", "=", county).where("batchId", "=", id).where("rowNo", ">", after).orderBy("rowNo").limit(most);
  return (outcome === undefined ? rows : rows.where("outcome", "=", outcome)).execute();
};

export async function returnedIssues(tx: Tx, { county, id }: BatchKey): Promise<ReadonlyMap<number, readonly Issue[]>> {
  const rows = await tx.selectFrom("importRow").select(["rowNo", "issues"]).where("county", "=", county).where("batchId", "=", id).where("outcome", "=", "returned").execute();
  return new Map(rows.map((row) => [row.rowNo, row.issues as unknown as readonly Issue[]]));
}

export const campaignsHere = (tx: Tx) =>
  tx.selectFrom("campaign").select("id").where("area", "<=", tx.actor.hi).where("hi", ">=", tx.actor.lo).orderBy("startsOn", "desc").orderBy("id", "desc").limit(1).execute();

/** Rounds of a scheme that touch the caller's area, the newest first. */
export const campaignsOfScheme = (tx: Tx, scheme: string) =>
  tx.selectFrom("campaign").select("id").where("scheme", "=", scheme).where("area", "<=", tx.actor.hi).where("hi", ">=", tx.actor.lo).orderBy("startsOn", "desc").orderBy("id", "desc").limit(1).execute();
