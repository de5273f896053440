// Statements over decisions about pairs and what was said on them.
import { type RawBuilder, sql } from "kysely";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";
import type { InForce } from "./decisions-evidence.ts";
import type { HardReason, PairState } from "./decisions-rules.ts";
import type { StoredBar } from "./waterfall.ts";

export type PairLink = {
  readonly runId: string;
  readonly rowNo: number;
  readonly recordId: string;
  readonly subjectId: string;
  /** Digest of the member of the record it is about; empty for the subject. */
  readonly member: string;
  readonly area: number;
  readonly weight: number;
  readonly probability: number;
  readonly decision: string;
  readonly why: { readonly zh: string; readonly en: string };
  readonly weighing: readonly StoredBar[] | null;
  readonly veto: string | null;
  readonly hard: readonly HardReason[];
  readonly otherDigest: Buffer | null;
  readonly sealed: Buffer | null;
  readonly pairState: PairState | null;
  readonly decisionId: string | null;
};
const columns = sql`l.run_id, l.row_no, l.record_id, l.subject_id, l.member, l.area, l.weight, l.probability, l.decision, l.why, l.weighing, l.veto, l.hard, l.other_digest, l.sealed, l.pair_state, l.decision_id`;

export type PairPage = { readonly county: number; readonly runs?: readonly string[] | undefined; readonly state: PairState; readonly from?: number | undefined; readonly to?: number | undefined; readonly after?: PairPlace | undefined; readonly limit: number };
export type PairPlace = { readonly weight: number; readonly run: string; readonly row: number; readonly record: string };
export type PairBrief = Pick<PairLink, "runId" | "rowNo" | "recordId" | "weight" | "probability" | "decision" | "why" | "hard" | "pairState">;

/** One page of pairs in one state, the heaviest first; reads an index in its order, however many there are. One run, or all of `runs`. */
export const pairPage = async (tx: Tx, page: PairPage): Promise<PairBrief[]> => (await pageQuery(page).execute(tx)).rows;
export function pageQuery(page: PairPage): RawBuilder<PairBrief> {
  const { county, runs, state, after } = page;
  const [only] = runs?.length === 1 ? runs : [];
  const place = only === undefined ? sql`(l.weight, l.run_id, l.row_no, l.record_id)` : sql`(l.weight, l.row_no, l.record_id)`;
  const order = only === undefined ? sql`l.weight desc, l.run_id desc, l.row_no desc, l.record_id desc` : sql`l.weight desc, l.row_no desc, l.record_id desc`;
  const where = [sql`l.county = ${county}`, sql`l.pair_state = ${state}`];
  if (only !== undefined) where.push(sql`l.run_id = ${only}::uuid`);
  else if (runs !== undefined) where.push(sql`l.run_id = any(${runs}::uuid[])`);
  if (page.from !== undefined) where.push(sql`l.weight >= ${page.from}::float8`);
  if (page.to !== undefined) where.push(sql`l.weight < ${page.to}::float8`);
  if (after !== undefined) where.push(sql`${place} < ${only === undefined ? sql`(${after.weight}::float8, ${after.run}::uuid, ${after.row}::integer, ${after.record}::uuid)` : sql`(${after.weight}::float8, ${after.row}::integer, ${after.record}::uuid)`}`);
  return sql<PairBrief>`select l.run_id, l.row_no, l.record_id, l.weight, l.probability, l.decision, l.why, l.hard, l.pair_state from link l
    where ${sql.join(where, sql` and `)} order by ${order} limit ${page.limit}`;
}

/**
 * How many pairs stand where, in these runs. A run knows how many it asked about: then only those that people have seen are counted,
 * which are few however many wait.
 */
export async function pairCounts(tx: Tx, county: number, runs: readonly PairRun[]): Promise<Partial<Record<PairState, number>>> {
  const whole = runs.every((run) => run.pairs !== undefined && tx.actor.lo <= county * 1e6 && tx.actor.hi >= county * 1e6 + 999_999);
  const { rows } = await countQuery(county, runs.map((run) => run.id), whole).execute(tx);
  const counts: Partial<Record<PairState, number>> = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  if (!whole) return counts;
  const seen = rows.reduce((sum, { n }) => sum + n, 0);
  return { ...counts, undecided: runs.reduce((sum, run) => sum + (run.pairs ?? 0), 0) - seen };
}
export const countQuery = (county: number, runs: readonly string[], seen: boolean): RawBuilder<{ state: PairState; n: number }> =>
  sql`select l.pair_state as state, count(*)::integer as n from link l where l.county = ${county} and l.run_id = any(${runs}::uuid[])
    and ${seen ? sql`l.pair_state in ('second-needed', 'disputed', 'confirmed', 'rejected')` : sql`l.pair_state is not null`} group by 1`;

/** A finished run; `pairs` is how many it left to people or took over from earlier decisions. */
export type PairRun = { readonly id: string; readonly department: string; readonly pairs: number | undefined };
/** The newest finished run of each round and department. */
export async function currentRuns(tx: Tx, county: number): Promise<PairRun[]> {
  const { rows } = await sql<{ id: string; department: string; pairs: number | null }>`select distinct on (campaign_id, department) id, department, (counts ->> 'pairs')::integer as pairs from match_run
    where county = ${county} and state = 'done' order by campaign_id, department, finished_at desc, id desc`.execute(tx);
  return rows.map(({ pairs, ...run }) => ({ ...run, pairs: pairs ?? undefined }));
}

/** True when the list's content was wiped: what it said can no longer be shown or judged. */
export async function isWiped(tx: Tx, county: number, batch: string): Promise<boolean> {
  const found = await tx.selectFrom("importBatch").select("state").where("county", "=", county).where("id", "=", batch).executeTakeFirst();
  return found?.state === "wiped";
}

export async function pairOf(tx: Tx, county: number, run: string, row: number, record: string): Promise<PairLink | undefined> {
  const { rows } = await sql<PairLink>`select ${columns} from link l where l.county = ${county} and l.run_id = ${run} and l.row_no = ${row} and l.record_id = ${record}`.execute(tx);
  return rows[0];
}
/** One writer of a county's pairs and findings at a time: the lock of `raise`, taken before any row. */
export const lockCounty = (tx: Tx, county: number): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`findings:${county}`}, 0))`.execute(tx);
/** All links of a row, locked. */
export async function lockRow(tx: Tx, county: number, run: string, row: number): Promise<PairLink[]> {
  const { rows } = await sql<PairLink>`select ${columns} from link l where l.county = ${county} and l.run_id = ${run} and l.row_no = ${row} order by l.record_id for update`.execute(tx);
  return rows;
}
/** A person of the register (a subject, or a member of its record) and somebody's evidence on a list. */
export type About = Pick<Decision, "subjectId" | "member" | "otherDigest">;
/** Links of the same person and evidence in any run, undecided or settled by the decision; locked. */
export async function lockPairs(tx: Tx, county: number, { subjectId, member, otherDigest: digest }: About): Promise<PairLink[]> {
  const { rows } = await sql<PairLink>`select ${columns} from link l where l.county = ${county} and l.subject_id = ${subjectId} and l.member = ${member} and l.other_digest = ${digest} and l.pair_state is not null
    order by l.run_id, l.row_no, l.record_id for update`.execute(tx);
  return rows;
}
/** Links that a decision settled, its own and those that fell with it; locked. */
export async function lockSettledBy(tx: Tx, county: number, decision: string): Promise<PairLink[]> {
  const { rows } = await sql<PairLink>`select ${columns} from link l where l.county = ${county} and l.decision_id = ${decision} order by l.run_id, l.row_no, l.record_id for update`.execute(tx);
  return rows;
}
/** The links of these records in a run, and of this row; their listed rows where they are kept. */
export async function pairsAround(tx: Tx, county: number, run: string, records: readonly string[], row: number): Promise<PairLink[]> {
  const { rows } = await sql<PairLink>`select ${columns} from link l where l.county = ${county} and l.run_id = ${run} and (l.record_id = any(${records}::uuid[]) or l.row_no = ${row}) order by l.row_no, l.record_id`.execute(tx);
  return rows;
}

export type Standing = { readonly decision: string; readonly state: PairState; readonly decisionId: string | null };
export async function standLinks(tx: Tx, county: number, links: readonly Pick<PairLink, "runId" | "rowNo" | "recordId">[], to: Standing): Promise<void> {
  const settled = to.decision === "confirmed" || to.decision === "rejected";
  const keys = links.map((link) => ({ run: link.runId, row: link.rowNo, record: link.recordId }));
  await sql`update link l set decision = ${to.decision}, pair_state = ${to.state}, decision_id = ${to.decisionId}::uuid,
      decided_by = ${settled ? tx.actor.account : null}, decided_at = ${settled ? sql`now()` : null}
    from json_to_recordset(${JSON.stringify(keys)}::json) as x (run uuid, "row" integer, record uuid)
    where l.county = ${county} and l.run_id = x.run and l.row_no = x."row" and l.record_id = x.record`.execute(tx);
}
export const keepEvidence = (tx: Tx, county: number, link: PairLink, digest: Buffer): Promise<unknown> =>
  sql`update link set other_digest = ${digest} where county = ${county} and run_id = ${link.runId} and row_no = ${link.rowNo} and record_id = ${link.recordId}`.execute(tx);

export type Decision = { readonly id: string; readonly area: number; readonly subjectId: string; readonly member: string; readonly otherDigest: Buffer; readonly state: Exclude<PairState, "undecided"> | "revoked"; readonly hard: readonly HardReason[]; readonly recordId: string; readonly runId: string; readonly rowNo: number; readonly department: string };
const decisionColumns = sql`d.id, d.area, d.subject_id, d.member, d.other_digest, d.state, d.hard, d.record_id, d.run_id, d.row_no, d.department`;

/** The decision in force about a person and this evidence, locked. */
export async function lockDecision(tx: Tx, county: number, { subjectId, member, otherDigest }: About): Promise<Decision | undefined> {
  const { rows } = await sql<Decision>`select ${decisionColumns} from pair_decision d where d.county = ${county} and d.subject_id = ${subjectId} and d.member = ${member} and d.other_digest = ${otherDigest} and d.state <> 'revoked' for update`.execute(tx);
  return rows[0];
}
export async function decisionById(tx: Tx, county: number, id: string): Promise<Decision | undefined> {
  const { rows } = await sql<Decision>`select ${decisionColumns} from pair_decision d where d.county = ${county} and d.id = ${id}`.execute(tx);
  return rows[0];
}
/** Every decision about the same person and evidence, revoked ones too, in the order they were asked. */
export async function decisionsAbout(tx: Tx, county: number, { subjectId, member, otherDigest }: About): Promise<Decision[]> {
  const { rows } = await sql<Decision>`select ${decisionColumns} from pair_decision d where d.county = ${county} and d.subject_id = ${subjectId} and d.member = ${member} and d.other_digest = ${otherDigest} order by d.asked_at, d.id`.execute(tx);
  return rows;
}
export async function addDecision(tx: Tx, county: number, made: Decision): Promise<void> {
  await sql`insert into pair_decision (county, id, area, subject_id, member, other_digest, state, hard, record_id, run_id, row_no, department, settled_at)
    values (${county}, ${made.id}, ${made.area}, ${made.subjectId}, ${made.member}, ${made.otherDigest}, ${made.state}, ${made.hard}::text[], ${made.recordId}, ${made.runId}, ${made.rowNo}, ${made.department},
      ${made.state === "confirmed" || made.state === "rejected" ? sql`now()` : null})`.execute(tx);
}
export const moveDecision = (tx: Tx, county: number, id: string, state: Decision["state"]): Promise<unknown> =>
  sql`update pair_decision set state = ${state}, settled_at = ${state === "confirmed" || state === "rejected" ? sql`now()` : sql`settled_at`} where county = ${county} and id = ${id}`.execute(tx);

export type Opinion = { readonly decisionId: string; readonly kind: "first" | "second" | "lead" | "revoked"; readonly same: boolean | null; readonly note: string | null; readonly author: string; readonly runId: string; readonly at: Date };
export async function opinionsOn(tx: Tx, county: number, decisions: readonly string[]): Promise<Opinion[]> {
  const { rows } = await sql<Opinion>`select o.decision_id, o.kind, o.same, o.note, o.author, o.run_id, o.at from pair_opinion o where o.county = ${county} and o.decision_id = any(${decisions}::uuid[]) order by o.at, o.id`.execute(tx);
  return rows;
}
export async function addOpinion(tx: Tx, county: number, on: { readonly decision: Decision; readonly run: string; readonly row: number }, said: Pick<Opinion, "kind" | "same" | "note">): Promise<void> {
  await sql`insert into pair_opinion (county, id, decision_id, area, kind, same, note, author, run_id, row_no)
    values (${county}, ${newId()}, ${on.decision.id}, ${on.decision.area}, ${said.kind}, ${said.same}, ${said.note}, ${tx.actor.account}, ${on.run}, ${on.row})`.execute(tx);
}

/** All decisions of a county that hold now. */
export async function decisionsInForce(tx: Tx, county: number): Promise<InForce[]> {
  const { rows } = await sql<InForce>`select id, subject_id, member, encode(other_digest, 'hex') as digest, state from pair_decision where county = ${county} and state <> 'revoked' order by id`.execute(tx);
  return rows;
}
