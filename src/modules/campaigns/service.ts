// Rounds of collection: making one, listing those that touch the caller's area, and the counts of how far they are.
import { sql } from "kysely";
import { areaRange, levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { canonicalJson } from "../../core/json.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { getProgress as progressRoute, listCampaigns as listRoute } from "./contract.ts";
import type { Window } from "../../scheme/calendar.ts";
import { anyInReview, childAreas, countsByPart, gateOfRound, holidays, openCasesByPart, planOfRound, putWindows, type StateCount, termsOf, windowsOf } from "./queries.ts";

import { chainFault } from "./rules.ts";
import { caseSums, endOfKnownDay, recordCounts } from "./known.ts";

export { type CaseSum, caseSums, type CountRange, endOfKnownDay, type FindingSum, findingSums, type RecordCount, recordCounts } from "./known.ts";
export { foldCounts, standing, type StandingRange, startCountDuty, takeCounts } from "./standing.ts";
export { childAreas } from "./queries.ts";
export { gateOfRound, holidays, planOfRound, termsOf, windowsOf };
export { closedEntry, defaultChain, type EntryGate, type ReviewPlan, type Seat } from "./rules.ts";
export { type ReviewAcross, reviewAcross, takeReview } from "./across-nodes.ts";

export type Campaign = {
  readonly id: string;
  readonly scheme: string;
  readonly version: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly area: number;
  readonly hi: number;
  readonly referenceDate: string;
  readonly startsOn: string;
  readonly endsOn: string;
};
export type NewCampaign = {
  readonly scheme: string;
  readonly version: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** The area of the round, usually a county. */
  readonly area: number;
  /** `YYYY-MM-DD`; ages and standings are taken at this date. */
  readonly referenceDate: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly id?: string;
  /** Windows by level and stage; without any the round takes entries from its first day to its last. */
  readonly windows?: readonly Window[];
  /** The shipped calendar they come from, and the round before this one. */
  readonly calendar?: string;
  readonly previous?: string;
};

/** Opens a round for a published scheme version over an area. */
export async function createCampaign(tx: Tx, input: NewCampaign): Promise<Campaign> {
  const { name, id = newId(), windows = [], calendar, previous, ...rest } = input;
  const row: Campaign = { id, ...rest, nameZh: name.zh, nameEn: name.en, hi: areaRange(input.area).hi };
  await tx.insertInto("campaign").values({ ...row, calendar: calendar ?? null, previous: previous ?? null }).execute();
  await putWindows(tx, id, windows);
  await audit(tx, { action: "campaign.create", area: input.area, people: 0, detail: { campaign: id, scheme: input.scheme, version: input.version } });
  return row;
}

/** One round, locked until the transaction ends if asked. @throws Problem not-found, also when it does not touch the caller's area */
export async function campaignOf(tx: Tx, id: string, lock?: "locked"): Promise<Campaign> {
  const found = tx.selectFrom("campaign").selectAll().where("id", "=", id).where("area", "<=", tx.actor.hi).where("hi", ">=", tx.actor.lo);
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst();
  if (!row) throw new Problem("not-found");
  return row;
}

/** A round is moved and set by who answers for all of its area. */
export const coversRound = (tx: Tx, campaign: Pick<Campaign, "area" | "hi">): boolean => tx.actor.lo <= campaign.area && campaign.hi <= tx.actor.hi;

/**
 * A round that another node has opened, under its id. From above its dates are moved too; otherwise a known round must be the same.
 * @throws Problem already-exists when the id stands for another round
 */
export async function takeRound(tx: Tx, round: Campaign & { readonly windows?: readonly Window[] | undefined; readonly chain?: readonly number[] | undefined }, fromAbove: boolean): Promise<"added" | "moved" | "same"> {
  const { windows, chain } = round;
  if (chain && chainFault(chain)) throw new Problem("bad-request", chainFault(chain));
  const { id, scheme, version, nameZh, nameEn, area, referenceDate, startsOn, endsOn } = round;
  const known = await tx.selectFrom("campaign").selectAll().where("id", "=", id).executeTakeFirst();
  if (!known) {
    await createCampaign(tx, { id, scheme, version, name: { zh: nameZh, en: nameEn }, area, referenceDate, startsOn, endsOn, ...(windows && { windows }) });
    if (chain) await tx.updateTable("campaign").set({ chain: [...chain] }).where("id", "=", id).execute();
    return "added";
  }
  if (known.scheme !== scheme || known.version !== version || known.area !== area || known.referenceDate !== referenceDate) throw new Problem("already-exists", { zh: "同一编号的轮次内容不同", en: "The id stands for another round here" });
  const sameDays = known.startsOn === startsOn && known.endsOn === endsOn && (windows === undefined || canonicalJson(await windowsOf(tx, id)) === canonicalJson(windows));
  // The chain follows the node above as well, once no record is in review here: none may stand at a desk that is not in it.
  const follows = fromAbove && chain !== undefined && chain.join() !== known.chain.join() && !(await anyInReview(tx, id));
  if (follows) await tx.updateTable("campaign").set({ chain: [...chain] }).where("id", "=", id).execute();
  if (!fromAbove || (sameDays && !follows)) return "same";
  if (windows) await putWindows(tx, id, windows);
  await tx.updateTable("campaign").set({ startsOn, endsOn }).where("id", "=", id).execute();
  await audit(tx, { action: "campaign.move", area, people: 0, detail: { campaign: id, startsOn, endsOn } });
  return "moved";
}

/** Rounds that touch the caller's area, newest first. */
export async function listCampaigns(tx: Tx): Promise<ReplyOf<typeof listRoute>> {
  const rows = await tx
    .selectFrom("campaign as c")
    .leftJoin("area as a", "a.code", "c.area")
    .selectAll("c")
    .select(["a.name as areaName", "a.fullName as areaFullName"])
    .where("c.area", "<=", tx.actor.hi)
    .where("c.hi", ">=", tx.actor.lo)
    .orderBy("c.startsOn", "desc")
    .orderBy("c.id", "desc")
    .execute();
  return {
    campaigns: rows.map((c) => ({
      id: c.id,
      scheme: c.scheme,
      version: c.version,
      name: { zh: c.nameZh, en: c.nameEn },
      area: { code: c.area, name: c.areaName ?? String(c.area), fullName: c.areaFullName ?? String(c.area) },
      referenceDate: c.referenceDate,
      startsOn: c.startsOn,
      endsOn: c.endsOn,
      ...(c.previous !== null && { previous: c.previous }),
    })),
  };
}

type Progress = ReplyOf<typeof progressRoute>;
type Row = Progress["whole"];

/**
 * Counts of an area (default: the caller's, inside the round) and of the areas directly under it. Only counts, no people. Of now from what stands
 * (standing.ts), as known on a closed day from the kept changes (known.ts).
 */
export async function getProgress(tx: Tx, platform: Platform, input: { readonly campaign: string; readonly area?: number | undefined; readonly knownOn?: string | undefined }): Promise<Progress> {
  const campaign = await campaignOf(tx, input.campaign);
  const code = input.area ?? Math.max(campaign.area, tx.actor.area);
  const { hi } = areaRange(code);
  if (code < tx.actor.lo || hi > tx.actor.hi) throw new Problem("not-found");
  const areas = await childAreas(tx, code);
  const whole = areas.find((area) => area.code === code);
  const parts = areas.filter((area) => area.code !== code);
  const range = { campaign: campaign.id, lo: code, hi, parts: parts.map((part) => ({ code: part.code, hi: part.hi })) };
  const before = input.knownOn === undefined ? undefined : await endOfKnownDay(tx, input.knownOn);
  const [counts, cases] = before
    ? [wholeToo(await recordCounts(tx, { ...range, before })), (await caseSums(tx, { ...range, before })).filter((row) => row.state !== "closed").map(({ part, n }) => ({ part, people: n }))]
    : [await countsByPart(tx, range), await openCasesByPart(tx, range)];
  const openIn = (part: number | null): number => cases.filter((row) => part === null || row.part === part).reduce((sum, row) => sum + row.people, 0);
  const row = (area: { code: number; level: number; name: string; fullName: string }, part: number | null): Row => ({
    area: { code: area.code, name: area.name, fullName: area.fullName },
    level: area.level,
    ...totals(counts.filter((count) => count.part === part)),
    openCases: openIn(part),
  });
  const unknown = { code, level: levelOf(code), name: String(code), fullName: String(code) };
  return { asOf: platform.clock.now().toISOString(), ...(input.knownOn !== undefined && { knownOn: input.knownOn }), whole: row(whole ?? unknown, null), parts: parts.map((part) => row(part, part.code)) };
}

/** Sums by part, and the same once more for the whole. */
const wholeToo = (rows: readonly StateCount[]): StateCount[] => [...rows.filter((row) => row.part !== null), ...rows.map((row) => ({ ...row, part: null }))];

function totals(counts: readonly StateCount[]): Pick<Row, "total" | "base" | "added" | "states"> {
  const sum = { total: 0, base: 0, added: 0, states: {} as Record<string, number> };
  for (const { state, origin, people } of counts) {
    sum.total += people;
    sum[origin === "base" ? "base" : "added"] += people;
    sum.states[state] = (sum.states[state] ?? 0) + people;
  }
  return sum;
}

/** Counts of the whole round by state, for summaries. */
export async function stateTotals(tx: Tx, campaign: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; people: number }>`select state, count(*)::int as people from record where campaign_id = ${campaign}::uuid group by state`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.state, row.people]));
}
