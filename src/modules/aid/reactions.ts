// What moves by itself: a record in the register makes its household anew, and an application that a person declared and the township took in enters the one intake.
// Handlers may see a fact twice; what they did before is known.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import { audit, partOfOneAct } from "../../platform/audit.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { emit, type JournalEvent } from "../../platform/journal.ts";
import type { Platform } from "../../platform/platform.ts";
import type { AidPlan } from "../../scheme/aid-model.ts";
import { campaignOf } from "../campaigns/service.ts";
import { headsOf } from "../records/service.ts";
import { putHouseholds } from "./build.ts";
import { enterApplication } from "./entries.ts";
import { aidEvents } from "./events.ts";
import { householdForUpdate, standsForHousehold } from "./register.ts";
import type { ReturnReason } from "./rules.ts";
import { assignStrata } from "./strata.ts";

const dutyOf = (county: number) => systemActor("aid", county * 1e6, county * 1e6 + 999_999);
type Of = { readonly county: number; readonly campaignId: string; readonly scheme: string; readonly ids: readonly string[] };

/** Records of programmes with households, by round. */
async function byRound(tx: Tx, county: number, ids: readonly string[], plans: readonly AidPlan[]): Promise<Of[]> {
  const { rows } = await sql<{
    id: string;
    campaignId: string;
    scheme: string;
  }>`select id, campaign_id, scheme from record where county = ${county} and id = any(${[...new Set(ids)]}::uuid[])
    and scheme = any(${plans.map((plan) => plan.scheme)}::text[])`.execute(tx);
  return [...Map.groupBy(rows, (row) => row.campaignId)].map(([campaignId, of]) => ({ county, campaignId, scheme: of[0]?.scheme ?? "", ids: of.map((row) => row.id) }));
}

/** Makes the households of these records anew, with their strata. @returns ids of households by record */
async function rebuild(tx: Tx, platform: Platform, plans: readonly AidPlan[], { county, campaignId, scheme, ids }: Of): Promise<ReadonlyMap<string, string>> {
  const plan = plans.find((each) => each.scheme === scheme);
  const heads = plan ? (await headsOf(tx, platform, county, ids)).filter((head) => standsForHousehold(head.state)) : [];
  if (!plan || heads.length === 0) return new Map();
  const { referenceDate } = await campaignOf(tx, campaignId);
  const built = await putHouseholds(tx, platform, plan, { county, campaign: campaignId, referenceDate }, heads);
  const { rows } = await sql<{
    id: string;
    recordId: string;
  }>`select id, record_id from household where county = ${county} and record_id = any(${heads.map((head) => head.recordId)}::uuid[]) and ended_on is null`.execute(tx);
  await assignStrata(tx, platform, { county, scheme, households: rows.map((row) => row.id) });
  await audit(tx, { action: "household.build", purpose: "households", county, people: built.people, detail: { campaign: campaignId, households: built.households, because: "accepted" } });
  return new Map(rows.map((row) => [row.recordId, row.id]));
}

/** A record of a household, or its correction, is in the register: its household's figures, members and relations are as it says. */
export async function onHouseholdAccepted(platform: Platform, plans: readonly AidPlan[], events: readonly JournalEvent[]): Promise<void> {
  for (const [county, ofCounty] of Map.groupBy(events, (event) => event.county)) {
    await platform.database.write(dutyOf(county), async (tx) => {
      for (const of of await byRound(
        tx,
        county,
        ofCounty.flatMap((event) => event.recordId ?? []),
        plans,
      ))
        await rebuild(tx, platform, plans, of);
    });
  }
}

type Entry = { readonly declaration: string; readonly recordId: string; readonly on: string; readonly by: string };
const entryIn = ({ data, recordId, actor }: JournalEvent): Entry | undefined =>
  data["kind"] === "apply" && data["decision"] === "accept" && typeof data["declaration"] === "string" && typeof data["on"] === "string" && recordId
    ? { declaration: data["declaration"], recordId, on: data["on"], by: actor }
    : undefined;

/** Items that a household of these categories applies for when it declares itself. */
export const itemsAppliedFor = (plan: AidPlan, categories: readonly string[]): readonly string[] => {
  const named = new Set(categories.flatMap((category) => plan.declared.byCategory[category] ?? []));
  return named.size > 0 ? [...named] : [plan.declared.otherwise];
};

/**
 * An application that a person declared was taken in: its household stands in the register as far as it is known, and an application for each item enters the one
 * intake, in the name of whoever took it in, who therefore does not decide it. What cannot enter goes back with its reason, which the person reads.
 */
export async function onDeclarationTakenIn(platform: Platform, plans: readonly AidPlan[], events: readonly JournalEvent[]): Promise<void> {
  for (const event of events) {
    const entry = entryIn(event);
    if (entry) await platform.database.write(dutyOf(event.county), (tx) => enterDeclared(tx, platform, plans, event.county, entry));
  }
}

type Returned = { readonly row: number; readonly item: string; readonly why: ReturnReason };
async function enterDeclared(tx: Tx, platform: Platform, plans: readonly AidPlan[], county: number, entry: Entry): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`declared:${entry.declaration}`}, 0))`.execute(tx);
  if (await tx.selectFrom("aidIntake").select("id").where("county", "=", county).where("id", "=", entry.declaration).executeTakeFirst()) return;
  const [of] = await byRound(tx, county, [entry.recordId], plans);
  const plan = plans.find((each) => each.scheme === of?.scheme);
  if (!of || !plan) return;
  const household = (await partOfOneAct(tx, () => rebuild(tx, platform, plans, of))).get(entry.recordId);
  const stored =
    household === undefined ? undefined : await sql<{ area: number; categories: string[] }>`select area, categories from household where county = ${county}
      and id = ${household}::uuid`.execute(tx);
  const items = itemsAppliedFor(plan, stored?.rows[0]?.categories ?? []);
  const returned: Returned[] = [];
  let [taken, known] = [0, 0];
  for (const [i, item] of items.entries()) {
    const outcome = household === undefined ? "not-registered" : await enterOne(tx, platform, { county, household, item, entry });
    if (outcome === "taken") taken += 1;
    else if (outcome === "known") known += 1;
    else returned.push({ row: i + 1, item, why: outcome });
  }
  const area = stored?.rows[0]?.area ?? county * 1e6;
  await sql`insert into aid_intake (county, id, area, scheme, department, rows, taken, known, returned, sent_by)
    values (${county}, ${entry.declaration}::uuid, ${area}, ${of.scheme}, 'self', ${items.length}, ${taken}, ${known}, ${JSON.stringify(returned)}::jsonb, ${entry.by})`.execute(tx);
  if (returned.length > 0)
    await emit(tx, [{ kind: aidEvents.returned, county, area, recordId: entry.recordId,
      data: { declaration: entry.declaration, items: returned.map(({ item, why }) => `${item}:${why}`) } }]);
  await audit(tx, { action: "aid.apply", purpose: "self", county, area, recordId: entry.recordId, detail: { declaration: entry.declaration, taken, known, returned: returned.length } });
}

/** An item that waits already is `known`: the person has one application of it, whoever brought it. */
async function enterOne(
  tx: Tx,
  platform: Platform,
  { county, household, item, entry }: { readonly county: number; readonly household: string; readonly item: string; readonly entry: Entry },
): Promise<"taken" | "known" | ReturnReason> {
  const row = await householdForUpdate(tx, { county, id: household });
  if (row.endedOn !== null) return "ended";
  if (!row.registered) return "not-registered";
  const waiting = await tx
    .selectFrom("aidApplication")
    .select("id")
    .where("county", "=", county)
    .where("householdId", "=", household)
    .where("item", "=", item)
    .where("memberNo", "is", null)
    .where("state", "=", "open")
    .executeTakeFirst();
  if (waiting) return "known";
  const given = { county, household, item, via: "self" as const, appliedOn: entry.on, source: { name: "self", no: `${entry.declaration}:${item}` }, enteredBy: entry.by };
  return partOfOneAct(tx, () => enterApplication(tx, platform, given)).then(
    () => "taken" as const,
    (error: unknown) => {
      // Everything else that it refuses was looked at before.
      if (error instanceof Problem && error.code === "not-found") return "not-in-force" as const;
      throw error;
    },
  );
}
