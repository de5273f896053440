// Which rows of a list for an economic check may be matched: those of people of whose household every adult has an authorisation in force
// today. Each of the others is refused with its reason and counted.
import { sql } from "kysely";
import Papa from "papaparse";
import { checkCitizenId } from "../../core/citizen-id.ts";
import type { Tx } from "../../platform/database.ts";
import type { Keys } from "../../platform/keys.ts";
import type { LeftOutReason } from "./rules.ts";

type Standing = "in-force" | "not-yet" | "expired" | "revoked";
const better: readonly Standing[] = ["in-force", "not-yet", "expired", "revoked"];

/** Who may be asked about on a day. */
export type Authorised = { readonly standing: ReadonlyMap<string, Standing>; readonly adults: ReadonlyMap<string, ReadonlySet<string>> };

export async function authorisedOn(tx: Tx, county: number, scheme: string, today: string): Promise<Authorised> {
  const { rows: papers } = await sql<{ digest: string; state: Standing }>`
    select encode(person_digest, 'hex') as digest, case when revoked_at is not null then 'revoked' when from_on > ${today}::date then 'not-yet' when to_on < ${today}::date then 'expired' else 'in-force' end as state
    from authorisation where county = ${county} and scheme = ${scheme}`.execute(tx);
  const standing = new Map<string, Standing>();
  for (const { digest, state } of papers) {
    const known = standing.get(digest);
    if (known === undefined || better.indexOf(state) < better.indexOf(known)) standing.set(digest, state);
  }
  const { rows: needs } = await sql<{ person: string; adults: string[] }>`
    select encode(person_digest, 'hex') as person, array(select encode(d, 'hex') from unnest(adult_digests) d) as adults from authorisation_need where county = ${county} and scheme = ${scheme}`.execute(tx);
  const adults = new Map<string, Set<string>>();
  for (const { person, adults: own } of needs) {
    const all = adults.get(person) ?? new Set();
    for (const adult of own) all.add(adult);
    adults.set(person, all);
  }
  return { standing, adults };
}

/** Why nothing may be asked about the person; undefined when it may. The person's own signature is looked at first. */
export function whyLeftOut(authorised: Authorised, keys: Keys, idNumber: string): LeftOutReason | undefined {
  const checked = checkCitizenId(idNumber);
  if (!checked.ok) return "no-number";
  const person = keys.blind(checked.id).toString("hex");
  const needed = authorised.adults.get(person) ?? new Set([person]);
  const own = authorised.standing.get(person);
  if (needed.has(person) && own !== "in-force") return own ?? "not-signed";
  return [...needed].every((adult) => authorised.standing.get(adult) === "in-force") ? undefined : "adult-not-signed";
}

export type Split = { readonly kept: Buffer; readonly out: readonly { readonly no: number; readonly reason: LeftOutReason }[] };

/** Parts the prepared rows of a list. */
export function splitRows(authorised: Authorised, keys: Keys, prepared: Buffer, idField: string): Split {
  const { data } = Papa.parse<string[]>(prepared.toString("utf8"), { skipEmptyLines: true });
  const at = data[0]?.indexOf(idField) ?? -1;
  const kept: string[][] = data.slice(0, 1);
  const out: { no: number; reason: LeftOutReason }[] = [];
  for (const cells of data.slice(1)) {
    const reason = whyLeftOut(authorised, keys, cells[at] ?? "");
    if (reason === undefined) kept.push(cells);
    else out.push({ no: Number(cells[0]), reason });
  }
  return { kept: Buffer.from(`${Papa.unparse(kept, { newline: "\n" })}\n`), out };
}

type BatchAt = { readonly county: number; readonly id: string; readonly area: number };

/** Takes the place of what the last run left out. */
export async function writeLeftOut(tx: Tx, { county, id, area }: BatchAt, out: Split["out"]): Promise<void> {
  await tx.deleteFrom("rowLeftOut").where("county", "=", county).where("batchId", "=", id).execute();
  await sql`insert into row_left_out (county, batch_id, row_no, area, reason) select ${county}::int, ${id}::uuid, x.no, ${area}::bigint, x.reason
    from unnest(${out.map((one) => one.no)}::int[], ${out.map((one) => one.reason)}::text[]) as x (no, reason)`.execute(tx);
  await tx.updateTable("importBatch").set({ leftOut: out.length }).where("county", "=", county).where("id", "=", id).execute();
}

export async function leftOutCounts(tx: Tx, { county, id }: { readonly county: number; readonly id: string }): Promise<{ readonly reason: LeftOutReason; readonly rows: number }[]> {
  const { rows } = await sql<{ reason: LeftOutReason; rows: number }>`select reason, count(*)::int as rows from row_left_out where county = ${county} and batch_id = ${id}::uuid group by 1 order by 2 desc, 1`.execute(tx);
  return rows;
}

export const leftOutPage = (tx: Tx, { county, id }: { readonly county: number; readonly id: string }, after: number, most: number) =>
  tx.selectFrom("rowLeftOut").select(["rowNo", "reason"]).where("county", "=", county).where("batchId", "=", id).where("rowNo", ">", after).orderBy("rowNo").limit(most).execute();
