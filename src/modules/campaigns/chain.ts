// How a round is reviewed, as its data: the levels of the chain, who reviews a category at the county, seats of other departments, locked sections.
import { sql } from "kysely";
import { areaRange, levelOf, within } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt } from "../../scheme/layout.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { getReview as getRoute, lockSection as lockRoute, releaseSection as releaseRoute, setReview as setRoute } from "./contract.ts";
import * as queries from "./queries.ts";
import { chainFault, seatLevel } from "./rules.ts";
import { campaignOf, coversRound } from "./service.ts";

type View = ReplyOf<typeof getRoute>;

export async function getReview(tx: Tx, input: { readonly id: string }): Promise<View> {
  const campaign = await campaignOf(tx, input.id);
  const { chain, categoryOffices } = await queries.chainOf(tx, campaign.id);
  const seats = await tx.selectFrom("campaignSeat").select(["department", "level", "paths", "required"]).where("campaignId", "=", campaign.id).orderBy("department").orderBy("level").execute();
  const locks = await tx.selectFrom("sectionLock").selectAll().where("campaignId", "=", campaign.id).where("releasedAt", "is", null).where("lo", "<=", tx.actor.hi).where("hi", ">=", tx.actor.lo).orderBy("lockedAt").execute();
  const [areas, names] = [await areaNames(tx, locks.map((lock) => lock.lo)), await accountNames(tx, locks.map((lock) => lock.lockedBy))];
  return {
    chain: [...chain],
    offices: { ...categoryOffices },
    seats: seats.map((seat) => ({ ...seat, paths: [...seat.paths] })),
    locks: locks.map((lock) => ({ id: lock.id, area: areas.get(lock.lo)!, level: lock.level, place: lock.place, reason: lock.reason, by: names.get(lock.lockedBy) ?? lock.lockedBy, at: lock.lockedAt.toISOString(), mayRelease: mayRelease(tx, lock) })),
    maySet: coversRound(tx, campaign),
    inReview: coversRound(tx, campaign) && (await queries.anyInReview(tx, campaign.id)),
  };
}

/**
 * Sets how the round is reviewed. The chain stays as it is while records are in review: none may stand at a desk that is not in it.
 * @throws Problem not-found, not-allowed (a higher office's round), bad-request (no chain, fields or categories that the scheme has not), move-not-possible
 */
export async function setReview(tx: Tx, input: BodyOf<typeof setRoute> & { readonly id: string }): Promise<View> {
  const campaign = await campaignOf(tx, input.id, "locked");
  if (!coversRound(tx, campaign)) throw new Problem("not-allowed", { zh: "这一轮由上级开展，由上级设定", en: "The round is a higher office's, which sets this" });
  const fault = chainFault(input.chain);
  if (fault) throw new Problem("bad-request", fault);
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const unknown = input.seats.flatMap((seat) => seat.paths).find((path) => !itemAt(definition, path)) ?? Object.keys(input.offices).find((category) => !definition.categories.some((one) => one.key === category));
  if (unknown !== undefined) throw new Problem("bad-request", { zh: `方案中没有“${unknown}”`, en: `The scheme has no “${unknown}”` });
  const deskless = input.seats.find((seat) => !input.chain.includes(seat.level ?? seatLevel));
  if (deskless) throw new Problem("bad-request", { zh: `“${deskless.department}”的席位所在层级不在审核层级中`, en: `The seat of “${deskless.department}” sits at a level that is not in the chain` });
  const { chain } = await queries.chainOf(tx, campaign.id);
  if (chain.join() !== input.chain.join() && (await queries.anyInReview(tx, campaign.id))) throw new Problem("move-not-possible", { zh: "还有档案正在审核，审核层级不能更改", en: "Records are in review; the chain cannot change now" });
  await tx.updateTable("campaign").set({ chain: [...input.chain], categoryOffices: sql`${JSON.stringify(input.offices)}::jsonb` }).where("id", "=", campaign.id).execute();
  await tx.deleteFrom("campaignSeat").where("campaignId", "=", campaign.id).execute();
  if (input.seats.length > 0) await tx.insertInto("campaignSeat").values(input.seats.map((seat) => ({ ...seat, level: seat.level ?? seatLevel, campaignId: campaign.id }))).execute();
  await audit(tx, { action: "campaign.review", area: campaign.area, people: 0, detail: { campaign: campaign.id, chain: input.chain, seats: input.seats.map((seat) => seat.department), offices: input.offices } });
  return getReview(tx, { id: campaign.id });
}

/** Locks a form or a section in an area, by the level of the caller's office. @throws Problem not-found, bad-request, already-exists */
export async function lockSection(tx: Tx, platform: Platform, input: BodyOf<typeof lockRoute> & { readonly id: string }): Promise<View> {
  const campaign = await campaignOf(tx, input.id);
  if (!within(input.area, tx.actor)) throw new Problem("not-found");
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const [form, section] = input.place.split(".");
  const found = definition.forms.find((one) => one.key === form);
  if (!found || (section !== undefined && !found.sections.some((one) => one.key === section))) throw new Problem("bad-request", { zh: `方案中没有“${input.place}”`, en: `The scheme has no “${input.place}”` });
  const id = newId();
  await tx.insertInto("sectionLock").values({ id, campaignId: campaign.id, lo: input.area, hi: areaRange(input.area).hi, level: levelOf(tx.actor.area), place: input.place, reason: input.reason, lockedBy: tx.actor.account, lockedAt: platform.clock.now() }).execute();
  await audit(tx, { action: "round.lock", area: input.area, people: 0, detail: { campaign: campaign.id, lock: id, place: input.place } });
  return getReview(tx, { id: campaign.id });
}

/** The level that locked lets go, or one above it. */
const mayRelease = (tx: Tx, lock: { readonly lo: number; readonly hi: number; readonly level: number }): boolean => tx.actor.lo <= lock.lo && lock.hi <= tx.actor.hi && levelOf(tx.actor.area) <= lock.level;

/** @throws Problem not-found (none in force), not-allowed (another level's) */
export async function releaseSection(tx: Tx, platform: Platform, input: BodyOf<typeof releaseRoute> & { readonly id: string; readonly lock: string }): Promise<View> {
  await campaignOf(tx, input.id);
  const lock = await tx.selectFrom("sectionLock").selectAll().where("id", "=", input.lock).where("campaignId", "=", input.id).where("releasedAt", "is", null).forUpdate().executeTakeFirst();
  if (!lock || lock.hi < tx.actor.lo || lock.lo > tx.actor.hi) throw new Problem("not-found");
  if (!mayRelease(tx, lock)) throw new Problem("not-allowed", { zh: "由锁定的层级或其上级解锁", en: "The level that locked it lets go, or one above" });
  await tx.updateTable("sectionLock").set({ releasedBy: tx.actor.account, releasedAt: platform.clock.now(), releaseReason: input.reason }).where("id", "=", lock.id).execute();
  await audit(tx, { action: "round.unlock", area: lock.lo, people: 0, detail: { campaign: input.id, lock: lock.id, place: lock.place } });
  return getReview(tx, { id: input.id });
}
