// Statements over what signing in needs: the policy, counted failures, second factors, codes, what waits between two steps, sessions.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { AccessPolicy } from "./password-policy.ts";

const policyColumns = ["profile", "minLength", "classes", "history", "maxAgeDays", "idleMinutes", "administratorIdleMinutes", "sessionHours", "failures", "sourceFailures", "blockMinutes", "sessions", "revealsPerDay", "secondFactors"] as const;
export const policy = async (tx: Tx): Promise<AccessPolicy> => (await tx.selectFrom("accessPolicy").select(policyColumns).executeTakeFirstOrThrow()) as AccessPolicy;
export const policyChange = (tx: Tx) => tx.selectFrom("accessPolicy").select(["changedAt", "changedBy"]).executeTakeFirstOrThrow();
export const setPolicy = (tx: Tx, wish: AccessPolicy, at: Date) =>
  tx.updateTable("accessPolicy").set({ ...wish, secondFactors: [...wish.secondFactors], changedAt: at, changedBy: tx.actor.account }).executeTakeFirst();

/**
 * Counts one try before it is looked at, so that tries at the same moment cannot pass the limit together.
 * @returns false when the key is blocked: this try must fail
 */
export async function takeTry(tx: Tx, key: string, most: number, blockMinutes: number, windowMinutes: number | null, now: Date): Promise<boolean> {
  const { rows } = await sql<{ failures: number }>`
    insert into login_attempt as l (key, failures, since, blocked_until) values (${key}, 1, ${now}, null)
    on conflict (key) do update set
      failures = case when l.blocked_until <= ${now} or l.blocked_until is null and l.since <= ${now}::timestamptz - make_interval(mins => ${windowMinutes ?? 5_256_000}::integer) then 1 else l.failures + 1 end,
      since = case when l.blocked_until <= ${now} or l.blocked_until is null and l.since <= ${now}::timestamptz - make_interval(mins => ${windowMinutes ?? 5_256_000}::integer) then ${now} else l.since end,
      blocked_until = case when l.blocked_until <= ${now} then null
        when l.blocked_until is null and l.failures + 1 >= ${most}::integer and l.since > ${now}::timestamptz - make_interval(mins => ${windowMinutes ?? 5_256_000}::integer)
        then ${now}::timestamptz + make_interval(mins => ${blockMinutes}::integer) else l.blocked_until end
    returning failures`.execute(tx);
  return (rows[0]?.failures ?? 0) <= most;
}
/** A try that was right counts no more; earlier failures of an account are forgotten, those of a source stay. */
export async function giveBackTry(tx: Tx, accountKey: string, sourceKey: string, mostOfSource: number): Promise<void> {
  await sql`with gone as (delete from login_attempt where key = ${accountKey})
    update login_attempt set failures = greatest(failures - 1, 0), blocked_until = case when failures - 1 < ${mostOfSource}::integer then null else blocked_until end where key = ${sourceKey}`.execute(tx);
}
export const forgive = (tx: Tx, key: string) => sql`select security.forgive(${key})`.execute(tx);
export const forgetWhatRanOut = (tx: Tx, now: Date) => sql`select security.forget_sign_ins(${now})`.execute(tx);

export type Pending = { readonly tokenDigest: Buffer; readonly step: "code" | "new-password"; readonly loginKey: string; readonly accountId: string | null; readonly passwordRight: boolean; readonly source: string; readonly expiresAt: Date };
export const addPending = (tx: Tx, pending: Pending) => tx.insertInto("pendingSignIn").values(pending).execute();
/** Takes what waits: a second answer finds nothing. */
export const takePending = (tx: Tx, tokenDigest: Buffer) => tx.deleteFrom("pendingSignIn").where("tokenDigest", "=", tokenDigest).returningAll().executeTakeFirst();
export const pendingOf = (tx: Tx, tokenDigest: Buffer) => tx.selectFrom("pendingSignIn").selectAll().where("tokenDigest", "=", tokenDigest).executeTakeFirst();

export const factorsOf = (tx: Tx, accountId: string) => tx.selectFrom("secondFactor").select(["kind", "sealed", "since", "lastStep"]).where("accountId", "=", accountId).orderBy("kind").execute();
export const addFactor = (tx: Tx, factor: { accountId: string; kind: string; sealed: Buffer; digest: Buffer; lastStep: number; since: Date }) => tx.insertInto("secondFactor").values(factor).execute();
export const removeFactor = (tx: Tx, accountId: string, kind: string) => tx.deleteFrom("secondFactor").where("accountId", "=", accountId).where("kind", "=", kind).execute();
/** Each step is accepted once: false when it, or a later one, was accepted before. */
export async function useStep(tx: Tx, accountId: string, kind: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable("secondFactor").set({ lastStep: step }).where("accountId", "=", accountId).where("kind", "=", kind).where("lastStep", "<", step).executeTakeFirst();
  return numUpdatedRows > 0n;
}
export async function useRecoveryCode(tx: Tx, accountId: string, digest: Buffer): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("recoveryCode").where("accountId", "=", accountId).where("digest", "=", digest).executeTakeFirst();
  return numDeletedRows > 0n;
}
export async function replaceRecoveryCodes(tx: Tx, accountId: string, digests: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom("recoveryCode").where("accountId", "=", accountId).execute();
  await tx.insertInto("recoveryCode").values(digests.map((digest) => ({ accountId, digest }))).execute();
}
export const recoveryCodesLeft = async (tx: Tx, accountId: string): Promise<number> =>
  Number((await tx.selectFrom("recoveryCode").select((eb) => eb.fn.countAll().as("n")).where("accountId", "=", accountId).executeTakeFirstOrThrow()).n);

export const formerPasswords = async (tx: Tx, accountId: string, most: number): Promise<string[]> =>
  (await tx.selectFrom("formerPassword").select("passwordHash").where("accountId", "=", accountId).orderBy("setAt", "desc").limit(most).execute()).map((row) => row.passwordHash);
export const setPassword = (tx: Tx, accountId: string, hash: string, at: Date) => sql`select security.set_password(${accountId}::uuid, ${hash}, ${at})`.execute(tx);

export const openActivation = (tx: Tx, accountId: string, digest: Buffer, expiresAt: Date) => sql`select security.open_activation(${accountId}::uuid, ${digest}, ${expiresAt})`.execute(tx);
export const activationOf = (tx: Tx, accountId: string, digest: Buffer) =>
  tx.selectFrom("activation").select("expiresAt").where("accountId", "=", accountId).where("digest", "=", digest).executeTakeFirst();
export async function useActivation(tx: Tx, accountId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("activation").where("accountId", "=", accountId).executeTakeFirst();
  return numDeletedRows > 0n;
}

export type Enrolment = { readonly tokenDigest: Buffer; readonly purpose: "activation" | "renewal" | "set-up"; readonly accountId: string | null; readonly sealed: Buffer; readonly expiresAt: Date };
export const addEnrolment = (tx: Tx, enrolment: Enrolment) => tx.insertInto("enrolment").values(enrolment).execute();
/** Counts a try at what was begun and gives it back; undefined when there is nothing, or it was tried too often. */
export const tryEnrolment = (tx: Tx, tokenDigest: Buffer, now: Date) =>
  tx.updateTable("enrolment").set((eb) => ({ tries: eb("tries", "+", 1) })).where("tokenDigest", "=", tokenDigest).where("tries", "<", 5).where("expiresAt", ">", now).returningAll().executeTakeFirst();
export async function endEnrolment(tx: Tx, tokenDigest: Buffer): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("enrolment").where("tokenDigest", "=", tokenDigest).executeTakeFirst();
  return numDeletedRows > 0n;
}

export const addSession = (tx: Tx, session: { tokenDigest: Buffer; accountId: string; createdAt: Date; lastSeenAt: Date; expiresAt: Date; source: string }) => tx.insertInto("session").values(session).execute();
/** Sign-ins of one account come one after the other. */
export const oneAtATime = (tx: Tx, accountId: string) => sql`select pg_advisory_xact_lock(hashtextextended('sign-in:' || ${accountId}::text, 0))`.execute(tx);
/** Ends the caller's sessions but this new one and the newest `others` before it. */
export const endOlderSessions = (tx: Tx, accountId: string, but: Buffer, others: number, at: Date) =>
  tx.updateTable("session").set({ endedAt: at, endedBecause: "superseded" }).where("accountId", "=", accountId).where("endedAt", "is", null).where("tokenDigest", "<>", but)
    .where("tokenDigest", "not in", tx.selectFrom("session").select("tokenDigest").where("accountId", "=", accountId).where("endedAt", "is", null).where("tokenDigest", "<>", but).orderBy("createdAt", "desc").limit(others))
    .execute();
export const endOtherSessions = (tx: Tx, accountId: string, but: Buffer, at: Date) =>
  tx.updateTable("session").set({ endedAt: at, endedBecause: "password-changed" }).where("accountId", "=", accountId).where("endedAt", "is", null).where("tokenDigest", "<>", but).execute();
export const endSession = (tx: Tx, tokenDigest: Buffer, at: Date) =>
  tx.updateTable("session").set({ endedAt: at, endedBecause: "signed-out" }).where("tokenDigest", "=", tokenDigest).where("endedAt", "is", null).execute();
export const sessionsBefore = (tx: Tx, accountId: string, but: Buffer | undefined) => {
  const all = tx.selectFrom("session").select(["createdAt", "source", "endedAt", "expiresAt"]).where("accountId", "=", accountId);
  return (but ? all.where("tokenDigest", "<>", but) : all).orderBy("createdAt", "desc").limit(20).execute();
};
export const noteSignIn = (tx: Tx, at: Date) => sql`select security.note_sign_in(${at})`.execute(tx);
/** Administrators of each kind that were ever made, apart from the demonstration's. */
export const administrators = (tx: Tx) => tx.selectFrom("account").innerJoin("office", "office.id", "account.officeId").select(["account.login", "account.name", "account.roles", "account.officeId", "office.name as officeName"]).where("account.demo", "=", false)
  .where(sql<boolean>`account.roles && array['system-administrator', 'security-administrator', 'audit-administrator']`).orderBy("account.createdAt").execute();
export const oneSetUp = (tx: Tx) => sql`select pg_advisory_xact_lock(hashtextextended('set-up', 0))`.execute(tx);
