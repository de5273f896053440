// Statements over offices, accounts, their roles, rosters and hand-overs of administrators, as the three administrators work with them.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import type { Static } from "typebox";
import type { right } from "./contract.ts";

export type RightWish = Static<typeof right>;
export type AccountDetail = {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly endsOn: string;
  readonly disabledAt: Date | null;
  readonly disabledWhy: string | null;
  readonly activatedAt: Date | null;
  readonly lastSignInAt: Date | null;
  readonly batchId: string | null;
  readonly officeId: string;
  readonly officeName: string;
  readonly department: string;
  readonly area: number;
  readonly closedAt: Date | null;
  readonly demo: boolean;
  readonly held: readonly { readonly role: string; readonly schemes: readonly string[] | null; readonly ends_on: string | null; readonly contract: string | null; readonly waiting: boolean; readonly asked_by: string }[] | null;
};

/** Accounts with their offices and all their roles, waiting ones too; one of them, or all by login. */
export async function details(tx: Tx, id?: string): Promise<AccountDetail[]> {
  const { rows } = await sql<AccountDetail>`
    select a.id, a.login, a.name, a.ends_on, a.disabled_at, a.disabled_why, a.activated_at, a.last_sign_in_at, a.batch_id, a.demo,
      o.id as office_id, o.name as office_name, o.department, o.area, o.closed_at,
      (select json_agg(json_build_object('role', r.role, 'schemes', r.schemes, 'ends_on', r.ends_on, 'contract', r.contract, 'waiting', r.confirmed_at is null, 'asked_by', coalesce(w.name, r.asked_by)) order by r.role)
        from account_role r left join account w on w.id::text = r.asked_by where r.account_id = a.id) as held
    from account a join office o on o.id = a.office_id
    where ${id ?? null}::uuid is null or a.id = ${id ?? null}::uuid
    order by a.login`.execute(tx);
  return rows;
}

export const officeById = (tx: Tx, id: string) => tx.selectFrom("office").selectAll().where("id", "=", id).executeTakeFirst();
export const renameOffice = (tx: Tx, id: string, name: string) => tx.updateTable("office").set({ name }).where("id", "=", id).execute();
export const closeOffice = (tx: Tx, id: string, at: Date) => tx.updateTable("office").set({ closedAt: at }).where("id", "=", id).execute();
export const accountsInUseAt = (tx: Tx, officeId: string) => tx.selectFrom("account").select("id").where("officeId", "=", officeId).where("disabledAt", "is", null).execute();

/** Locks an account for the decision at hand; false when there is none. */
export const lockAccount = async (tx: Tx, id: string): Promise<boolean> => (await sql`select pg_advisory_xact_lock(hashtextextended('account:' || ${id}::text, 0))`.execute(tx), (await tx.selectFrom("account").select("id").where("id", "=", id).executeTakeFirst()) !== undefined);
export const addAccount = (tx: Tx, account: { id: string; login: string; name: string; officeId: string; endsOn: string; batchId: string | null }) => tx.insertInto("account").values({ ...account, roles: [], passwordHash: null }).execute();
export const setEnd = (tx: Tx, id: string, endsOn: string) => tx.updateTable("account").set({ endsOn }).where("id", "=", id).execute();
export const setOffice = (tx: Tx, id: string, officeId: string) => tx.updateTable("account").set({ officeId }).where("id", "=", id).execute();
export const setDisabled = (tx: Tx, id: string, at: Date | null, why: string | null) => tx.updateTable("account").set({ disabledAt: at, disabledWhy: why }).where("id", "=", id).execute();

const roleRow = (account: string, wish: RightWish, by: string, confirmedAt: Date | null) => ({
  accountId: account,
  role: wish.role,
  schemes: wish.schemes ? [...wish.schemes] : null,
  endsOn: wish.endsOn ?? null,
  contract: wish.contract ?? null,
  askedBy: by,
  confirmedBy: confirmedAt ? by : null,
  confirmedAt,
});
/** Roles of accounts, waiting (`confirmedAt` null) or in force. */
export const addRoles = (tx: Tx, roles: readonly { readonly account: string; readonly wish: RightWish }[], confirmedAt: Date | null) =>
  roles.length === 0 ? Promise.resolve() : tx.insertInto("accountRole").values(roles.map(({ account, wish }) => roleRow(account, wish, tx.actor.account, confirmedAt))).execute().then(() => undefined);
export const removeRoles = (tx: Tx, account: string) => tx.deleteFrom("accountRole").where("accountId", "=", account).execute();
/** Every right of an account waits anew. */
export const unconfirmRoles = (tx: Tx, account: string) => tx.updateTable("accountRole").set({ confirmedBy: null, confirmedAt: null }).where("accountId", "=", account).execute();
export const confirmRoles = async (tx: Tx, accounts: readonly string[], at: Date): Promise<number> =>
  (await tx.updateTable("accountRole").set({ confirmedBy: tx.actor.account, confirmedAt: at }).where("accountId", "in", accounts).where("confirmedAt", "is", null).returning("role").execute()).length;
export const refuseRoles = async (tx: Tx, accounts: readonly string[]): Promise<number> => (await tx.deleteFrom("accountRole").where("accountId", "in", accounts).where("confirmedAt", "is", null).returning("role").execute()).length;

/** Accounts that nobody has used since a moment, without the last administrator of a kind. */
export async function idleSince(tx: Tx, since: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from account a where a.disabled_at is null and not a.demo and greatest(a.created_at, a.last_sign_in_at, a.activated_at) < ${since}
      and not exists (select from unnest(a.roles) r where r = any (security.administrator_roles())
        and not exists (select from account b where b.id <> a.id and r = any (b.roles) and b.disabled_at is null and greatest(b.created_at, b.last_sign_in_at, b.activated_at) >= ${since}))`.execute(tx);
  return rows.map((row) => row.id);
}

export const addBatch = (tx: Tx, batch: { id: string; fileName: string; made: number; returned: number; lines: string; madeAt: Date }) => tx.insertInto("accountBatch").values({ ...batch, madeBy: tx.actor.account }).execute();
export const batchById = (tx: Tx, id: string) => tx.selectFrom("accountBatch").selectAll().where("id", "=", id).executeTakeFirst();

export type Replacement = { readonly id: string; readonly role: string; readonly from: string | null; readonly to: string; readonly askedBy: string; readonly askedAt: Date; readonly state: string; readonly parties: readonly (string | null)[] };
/** Hand-overs of administrators, newest first. */
export async function replacements(tx: Tx, id?: string): Promise<Replacement[]> {
  const { rows } = await sql<Replacement>`
    select h.id, h.role, f.name as "from", t.name as "to", coalesce(w.name, h.asked_by) as asked_by, h.asked_at, h.state, array[h.asked_by, h.from_account::text, h.to_account::text] as parties
    from administrator_handover h join account t on t.id = h.to_account left join account f on f.id = h.from_account left join account w on w.id::text = h.asked_by
    where ${id ?? null}::uuid is null or h.id = ${id ?? null}::uuid order by h.asked_at desc, h.id limit 50`.execute(tx);
  return rows;
}
export const addReplacement = (tx: Tx, wish: { id: string; role: string; fromAccount: string | null; toAccount: string; askedAt: Date }) => tx.insertInto("administratorHandover").values({ ...wish, askedBy: tx.actor.account }).execute();
export async function settleReplacement(tx: Tx, id: string, accept: boolean): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select security.settle_administrator(${id}::uuid, ${accept}) as done`.execute(tx);
  return rows[0]?.done ?? false;
}
