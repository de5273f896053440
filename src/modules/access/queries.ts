// Statements over offices, accounts, sessions and failed attempts.
import { sql } from "kysely";
import { isId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";

const accountColumns = ["account.id", "account.login", "account.name", "account.roles", "account.rights", "account.endsOn", "account.disabledAt", "account.demo", "account.activatedAt", "account.passwordSetAt", "account.officeId", "office.area", "office.department", "office.name as officeName"] as const;
const accounts = (tx: Tx) => tx.selectFrom("account").innerJoin("office", "office.id", "account.officeId").select(accountColumns);
export type AccountRow = Awaited<ReturnType<typeof allAccounts>>[number];

export const accountByLogin = (tx: Tx, login: string) => accounts(tx).where("account.login", "=", login).executeTakeFirst();
/** The hash a password is held against; read by the sign-in's duty only. */
export async function passwordOf(tx: Tx, login: string): Promise<string | undefined> {
  const { rows } = await sql<{ hash: string | null }>`select security.password_of(${login}) as hash`.execute(tx);
  return rows[0]?.hash ?? undefined;
}
export const accountById = (tx: Tx, id: string) => accounts(tx).where("account.id", "=", id).executeTakeFirst();
export const allAccounts = (tx: Tx) => accounts(tx).orderBy("account.login").execute();
/** Accounts in use today whose office's area touches the range. */
export const accountsWithin = (tx: Tx, lo: number, hi: number, today: string) =>
  accounts(tx).where("account.disabledAt", "is", null).where("account.endsOn", ">=", today).where("office.area", "<=", hi).where("office.area", ">=", lo).orderBy("office.area").orderBy("account.name").execute();
export const demoAccounts = (tx: Tx) => accounts(tx).where("account.demo", "=", true).orderBy("account.login").execute();
/** Names of these accounts; what is no account (the system, somebody removed) has none. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter(isId);
  const rows = wanted.length === 0 ? [] : await tx.selectFrom("account").select(["id", "name"]).where("id", "in", wanted).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
export const allOffices = (tx: Tx) => tx.selectFrom("office").selectAll().orderBy("area").orderBy("department").execute();
export const installation = (tx: Tx) => tx.selectFrom("installation").selectAll().executeTakeFirst();
export const markInstalled = (tx: Tx, demo: boolean) => tx.insertInto("installation").values({ demo }).execute();

export const addOffice = (tx: Tx, office: { id: string; area: number; department: string; name: string }) => tx.insertInto("office").values(office).execute();
export const addAccount = (tx: Tx, account: { id: string; login: string; name: string; officeId: string; passwordHash: string | null; passwordSetAt?: Date; activatedAt?: Date; roles: string[]; endsOn: string; demo: boolean }) =>
  tx.insertInto("account").values(account).execute();
export const disable = (tx: Tx, id: string, at: Date) => tx.updateTable("account").set({ disabledAt: at }).where("id", "=", id).execute();

/** The account behind a session, how the session stands, and how long it may be left alone. */
export const accountOfSession = (tx: Tx, tokenDigest: Buffer) =>
  accounts(tx)
    .innerJoin("session", "session.accountId", "account.id")
    .innerJoin("accessPolicy", (join) => join.onTrue())
    .select(["session.expiresAt", "session.lastSeenAt", "session.endedBecause", "accessPolicy.idleMinutes", "accessPolicy.administratorIdleMinutes"])
    .where("session.tokenDigest", "=", tokenDigest)
    .executeTakeFirst();
export const touchSession = (tx: Tx, tokenDigest: Buffer, at: Date) => tx.updateTable("session").set({ lastSeenAt: at }).where("tokenDigest", "=", tokenDigest).execute();
/** Ends the caller's own sessions, or an administrator those of an account that is closed. */
export const removeSessionsOf = (tx: Tx, accountId: string) => sql`select security.end_sessions(${accountId}::uuid)`.execute(tx);
