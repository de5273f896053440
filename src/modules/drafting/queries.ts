// Statements over drafts of schemes, their edits and dry runs.
import { type Selectable, sql } from "kysely";
import type { DB } from "../../../db/types.ts";
import type { Tx } from "../../platform/database.ts";
import type { DraftState } from "./rules.ts";

export type DraftRow = Selectable<DB["schemeDraft"]>;
export type DryRunRow = Selectable<DB["dryRun"]>;
export type DryRunKey = { readonly county: number; readonly id: string };

export const draftOf = (tx: Tx, id: string): Promise<DraftRow | undefined> => tx.selectFrom("schemeDraft").selectAll().where("id", "=", id).executeTakeFirst();
export const lockedDraft = (tx: Tx, id: string): Promise<DraftRow | undefined> => tx.selectFrom("schemeDraft").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();

/** Every draft without its definition, newest first. */
export const allDrafts = (tx: Tx) =>
  tx
    .selectFrom("schemeDraft")
    .select(["id", "scheme", "baseVersion", "version", "state", "revision", "author", "updatedAt"])
    .select(sql<{ zh: string; en: string }>`definition -> 'label'`.as("label"))
    .orderBy("updatedAt", "desc")
    .execute();

type NewDraft = { readonly id: string; readonly scheme: string; readonly baseVersion: string; readonly version: string; readonly definition: string; readonly hash: string };
export const insertDraft = (tx: Tx, draft: NewDraft, at: Date): Promise<unknown> =>
  tx.insertInto("schemeDraft").values({ ...draft, author: tx.actor.account, hands: [tx.actor.account], createdAt: at, updatedAt: at }).execute();

type Change = { readonly definition: string; readonly hash: string; readonly version: string; readonly revision: number; readonly hands: string[] };
export const storeEdited = (tx: Tx, id: string, change: Change, at: Date): Promise<unknown> => tx.updateTable("schemeDraft").set({ ...change, updatedAt: at }).where("id", "=", id).execute();

type Step = Partial<Pick<DraftRow, "hands" | "submittedBy" | "submittedAt" | "approvedBy" | "approvedAt" | "publishedBy" | "publishedAt" | "returnedBecause">>;
export const storeStep = (tx: Tx, id: string, state: DraftState, step: Step, at: Date): Promise<unknown> => tx.updateTable("schemeDraft").set({ ...step, state, updatedAt: at }).where("id", "=", id).execute();

type NewEdit = { readonly draftId: string; readonly revision: number; readonly edit: string; readonly path: string; readonly was: string | null; readonly now: string | null };
export const insertEdit = (tx: Tx, edit: NewEdit, at: Date): Promise<unknown> => tx.insertInto("schemeEdit").values({ ...edit, who: tx.actor.account, at }).execute();
export const editsOf = (tx: Tx, draft: string) => tx.selectFrom("schemeEdit").selectAll().where("draftId", "=", draft).orderBy("revision", "desc").execute();

export const isPublished = async (tx: Tx, scheme: string, version: string): Promise<boolean> =>
  (await tx.selectFrom("schemeVersion").select("version").where("scheme", "=", scheme).where("version", "=", version).executeTakeFirst()) !== undefined;

/** Records of the caller's area that cite a version, by state. */
export const recordsByState = (tx: Tx, scheme: string, version: string): Promise<{ state: string; count: number }[]> =>
  tx
    .selectFrom("record")
    .select(["state", sql<number>`count(*)::int`.as("count")])
    .where("scheme", "=", scheme)
    .where("version", "=", version)
    .groupBy("state")
    .orderBy("state")
    .execute();

/** Rounds of the scheme with their records in the caller's area, one row a county. */
export const roundsOf = (tx: Tx, scheme: string) =>
  tx
    .selectFrom("record as r")
    .innerJoin("campaign as c", "c.id", "r.campaignId")
    .select(["r.county", "c.id as campaign", "c.version", "c.referenceDate", sql<number>`count(*)::int`.as("records")])
    .where("r.scheme", "=", scheme)
    .groupBy(["r.county", "c.id", "c.version", "c.referenceDate"])
    .orderBy("r.county")
    .orderBy("c.id")
    .execute();

type NewRun = DryRunKey & { readonly area: number; readonly draftId: string; readonly hash: string };
export const insertRun = (tx: Tx, run: NewRun, at: Date): Promise<unknown> => tx.insertInto("dryRun").values({ ...run, counts: "{}", areas: "[]", rules: "[]", options: "[]", askedBy: tx.actor.account, at }).execute();
export const setRun = (tx: Tx, key: DryRunKey, set: { readonly state?: string; readonly taskId?: string; readonly finishedAt?: Date }): Promise<unknown> =>
  tx.updateTable("dryRun").set(set).where("county", "=", key.county).where("id", "=", key.id).execute();
export const runOf = (tx: Tx, key: DryRunKey): Promise<DryRunRow | undefined> => tx.selectFrom("dryRun").selectAll().where("county", "=", key.county).where("id", "=", key.id).executeTakeFirst();

/** Newest dry run of a draft that the caller's area shows. */
export const newestRun = (tx: Tx, draft: string): Promise<DryRunRow | undefined> => tx.selectFrom("dryRun").selectAll().where("draftId", "=", draft).orderBy("at", "desc").orderBy("id", "desc").limit(1).executeTakeFirst();

export type RunResult = { readonly counts: string; readonly areas: string; readonly rules: string; readonly options: string };
export type Sample = { readonly county: number; readonly area: number; readonly recordId: string; readonly severity: "block" | "explain" | "note"; readonly rule: string; readonly path: string };

/** A run that is worked off again leaves only its last result. */
export async function storeResult(tx: Tx, key: DryRunKey, result: RunResult, samples: readonly Sample[], at: Date): Promise<void> {
  await tx.updateTable("dryRun").set({ ...result, state: "done", finishedAt: at }).where("county", "=", key.county).where("id", "=", key.id).execute();
  await tx.deleteFrom("dryRunSample").where("runId", "=", key.id).execute();
  if (samples.length > 0) await tx.insertInto("dryRunSample").values(samples.map((sample, i) => ({ ...sample, runId: key.id, no: i + 1 }))).execute();
}

/** Samples whose record the caller may see now, where it is kept now. */
export const samplesOf = (tx: Tx, run: string) =>
  tx
    .selectFrom("dryRunSample as s")
    .innerJoin("record as r", (join) => join.onRef("r.county", "=", "s.county").onRef("r.id", "=", "s.recordId"))
    .select(["s.county", "s.recordId", "r.area", "s.severity", "s.rule", "s.path"])
    .where("s.runId", "=", run)
    .orderBy("s.no")
    .execute();
