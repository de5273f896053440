// The review of a round on its way to another node: which office reviews whom, seats of other departments, and downward the sections that this node's
// level, or one above it, has locked. The chain itself and the windows travel with the round.
import { sql } from "kysely";
import { levelOf } from "../../core/area-code.ts";
import type { Tx } from "../../platform/database.ts";
import { accountNames } from "../access/service.ts";
import type { Seat } from "./rules.ts";

export type LockAcross = { readonly id: string; readonly lo: number; readonly hi: number; readonly level: number; readonly place: string; readonly reason: string; readonly by: string; readonly at: string };
export type ReviewAcross = { readonly offices: Readonly<Record<string, string>>; readonly seats: readonly Seat[]; /** In force in the receiver's area; upward none. */ readonly locks: readonly LockAcross[] };

/** @param below range of the node that it goes down to; absent: upward */
export async function reviewAcross(tx: Tx, campaign: string, below?: { readonly lo: number; readonly hi: number }): Promise<ReviewAcross> {
  const { categoryOffices } = await tx.selectFrom("campaign").select("categoryOffices").where("id", "=", campaign).executeTakeFirstOrThrow();
  const seats = await tx.selectFrom("campaignSeat").select(["department", "level", "paths", "required"]).where("campaignId", "=", campaign).orderBy("department").orderBy("level").execute();
  const locks = below ? await tx.selectFrom("sectionLock").selectAll().where("campaignId", "=", campaign).where("releasedAt", "is", null).where("lo", "<=", below.hi).where("hi", ">=", below.lo).where("level", "<", levelOf(below.lo)).orderBy("id").execute() : [];
  const names = await accountNames(tx, locks.map((lock) => lock.lockedBy));
  return {
    offices: categoryOffices as Record<string, string>,
    seats,
    locks: locks.map(({ id, lo, hi, level, place, reason, lockedBy, lockedAt }) => ({ id, lo, hi, level, place, reason, by: names.get(lockedBy) ?? lockedBy, at: lockedAt.toISOString() })),
  };
}

/**
 * What another node says of a round's review. Of a round that is this node's own too, only seats of levels above it follow; what this node's levels have set
 * stays. Locks that the node above no longer names are released. @param above the node's name, or undefined for one below, which only says it of a new round
 */
export async function takeReview(tx: Tx, round: { readonly id: string; readonly area: number; readonly hi: number }, review: Partial<ReviewAcross>, { above, isNew }: { readonly above: string | undefined; readonly isNew: boolean }): Promise<void> {
  if (above === undefined && !isNew) return;
  const { seats, offices } = review;
  const own = levelOf(tx.actor.lo);
  const wholly = isNew || round.area < tx.actor.lo || round.hi > tx.actor.hi;
  if (offices && wholly) await tx.updateTable("campaign").set({ categoryOffices: sql`${JSON.stringify(offices)}::jsonb` }).where("id", "=", round.id).execute();
  if (seats) {
    const levels = [0, 1, 2, 3, 4, 5].filter((level) => wholly || level < own);
    await tx.deleteFrom("campaignSeat").where("campaignId", "=", round.id).where("level", "in", levels).execute();
    const taken = seats.filter((seat) => levels.includes(seat.level));
    if (taken.length > 0) await tx.insertInto("campaignSeat").values(taken.map(({ department, level, paths, required }) => ({ campaignId: round.id, department, level, paths: [...paths], required }))).execute();
  }
  if (above === undefined || !review.locks) return;
  const locks = review.locks.filter((lock) => lock.level < own && lock.lo <= tx.actor.hi && lock.hi >= tx.actor.lo);
  await sql`update section_lock set released_by = 'system:federation', released_at = now(), release_reason = '上级已解除 released above'
    where campaign_id = ${round.id}::uuid and told_by = ${above} and released_at is null and id <> all (${locks.map((lock) => lock.id)}::uuid[])`.execute(tx);
  if (locks.length === 0) return;
  await tx
    .insertInto("sectionLock")
    .values(locks.map(({ by, at, ...lock }) => ({ ...lock, campaignId: round.id, lockedBy: by, lockedAt: new Date(at), toldBy: above })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
