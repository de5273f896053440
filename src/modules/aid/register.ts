// Finding households: by id inside the caller's area, by a person's number, and whether aid may hang on one.
import { sql } from "kysely";
import { checkCitizenId } from "../../core/citizen-id.ts";
import { Problem } from "../../core/problem.ts";
import type { Tx } from "../../platform/database.ts";
import { columnOf } from "../../platform/many-rows.ts";
import type { Platform } from "../../platform/platform.ts";
import type { State } from "../records/rules.ts";
import type { ReturnReason } from "./rules.ts";

/** Outcomes of a record by which there is no household to help: whoever it was about was not met, refused, or belongs elsewhere. */
const withoutHousehold: readonly State[] = ["refused", "not-found", "moved", "duplicate"];
/** Whether a record in this state stands for a household. */
export const standsForHousehold = (state: State): boolean => !withoutHousehold.includes(state);
/** The same of a record `r` in a statement. */
export const isOfHousehold = sql<boolean>`r.state <> all (${[...withoutHousehold]}::text[])`;

export type HouseholdRow = {
  readonly county: number;
  readonly id: string;
  readonly area: number;
  readonly scheme: string;
  readonly campaignId: string;
  readonly recordId: string | null;
  readonly endedOn: string | null;
  readonly registered: boolean;
};

/** A household is registered when its record is, and stands in no outcome that ends it (refused, moved, duplicate …). */
export const registered = sql<boolean>`(h.record_id is not null and exists (select from record r where r.county = h.county and r.id = h.record_id
  and ${isOfHousehold}))`;
const columns = sql`h.county, h.id, h.area, h.scheme, h.campaign_id, h.record_id, h.ended_on, ${registered} as registered`;

/** Locked for the caller's change. @throws Problem not-found (outside the caller's area too) */
export async function householdForUpdate(tx: Tx, at: { readonly county: number; readonly id: string }): Promise<HouseholdRow> {
  const { rows } = await sql<HouseholdRow>`select ${columns} from household h where h.county = ${at.county} and h.id = ${at.id}::uuid for update of h`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  return row;
}

/** @throws Problem move-not-possible: ended, or not registered (凡申请必入库) */
export function expectRegistered(row: HouseholdRow): void {
  if (row.endedOn !== null) throw new Problem("move-not-possible", { zh: "该家庭已销户", en: "The household has ended" });
  if (!row.registered) throw new Problem("move-not-possible", { zh: "该家庭未登记入库，先入库后救助", en: "The household is not in the register: register it first" });
}

/** Where a person stands in the caller's area; `contested` when in two households at once. */
export type Stand = {
  readonly county: number;
  readonly household: string;
  readonly area: number;
  readonly member: number;
  readonly contested: boolean;
  readonly registered: boolean;
  readonly ended: boolean;
};
/** Standing places by ID number in canonical form. People outside the caller's area are not there. */
export async function standsOf(tx: Tx, platform: Platform, scheme: string, numbers: readonly string[]): Promise<Map<string, Stand>> {
  const digests = new Map(numbers.map((number) => [platform.keys.blind(number).toString("hex"), number]));
  if (digests.size === 0) return new Map();
  const [first, last] = [Math.floor(tx.actor.lo / 1e6), Math.floor(tx.actor.hi / 1e6)];
  // Each number is looked up by itself; of one county the index finds it at once, of a range it would be walked for each.
  const counties = first === last ? sql`m.county = ${first}` : sql`m.county between ${first} and ${last}`;
  const { rows } = await sql<Stand & { digest: string }>`
    select x.digest, m.county, m.household_id as household, m.area, m.no as member, m.contested, ${registered} as registered, h.ended_on is not null as ended
    from unnest(${columnOf([...digests.keys()])}::text[]) x (digest)
      cross join lateral (select m.county, m.household_id, m.area, m.no, m.contested from household_member m
        where ${counties} and m.person_digest = decode(x.digest, 'hex') and m.until is null and m.scheme = ${scheme} offset 0) m
      join household h on h.county = m.county and h.id = m.household_id order by m.county, m.household_id, m.no`.execute(tx);
  const found = new Map<string, Stand>();
  for (const { digest, ...stand } of rows) {
    const number = digests.get(digest);
    if (number !== undefined && !found.has(number)) found.set(number, stand);
  }
  return found;
}

/** The household of one person. The caller writes the audit row. Undefined: none in the caller's area, or no valid number. */
export async function householdOf(tx: Tx, platform: Platform, given: { readonly scheme: string; readonly idNumber: string }): Promise<Stand | undefined> {
  const checked = checkCitizenId(given.idNumber);
  return checked.ok ? (await standsOf(tx, platform, given.scheme, [checked.id])).get(checked.id) : undefined;
}

export type Person = { readonly household?: string | undefined; readonly idNumber?: string | undefined };
/** Where each row's household stands, or why it goes back. Rows name a household's id or a member's number. */
export async function placesOf(tx: Tx, platform: Platform, scheme: string, rows: readonly Person[]): Promise<(Stand | ReturnReason)[]> {
  const numbers = rows.map((row) => (row.idNumber === undefined ? undefined : checkCitizenId(row.idNumber)));
  const stands = await standsOf(
    tx,
    platform,
    scheme,
    numbers.flatMap((one) => (one?.ok ? [one.id] : [])),
  );
  const ids = [...new Set(rows.flatMap((row) => row.household ?? []))];
  const { rows: known } = await sql<Stand>`select h.county, h.id as household, h.area, 0 as member, false as contested, ${registered} as registered, h.ended_on is not null as ended
    from household h
    where h.county between ${Math.floor(tx.actor.lo / 1e6)} and ${Math.floor(tx.actor.hi / 1e6)} and h.id = any(${ids}::uuid[]) and h.scheme = ${scheme}`.execute(tx);
  const byId = new Map(known.map((row) => [row.household, row]));
  return rows.map((row, i) => {
    const number = numbers[i];
    const stand = row.household !== undefined ? byId.get(row.household) : number?.ok ? stands.get(number.id) : undefined;
    if (row.household === undefined && !number?.ok) return "bad-number";
    if (stand === undefined || !stand.registered) return "not-registered";
    return stand.ended ? "ended" : stand.contested ? "contested" : stand;
  });
}
