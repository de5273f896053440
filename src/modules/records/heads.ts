// Newest answers of many records, for matching and reports.
import { sql } from "kysely";
import { audit } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Answers } from "../../scheme/model.ts";
import type { State } from "./rules.ts";
import { unshut } from "./sheet.ts";

export type Head = { readonly recordId: string; readonly subjectId: string; readonly area: number; readonly state: State; readonly head: number; readonly answers: Answers };
type Stored = { id: string; subjectId: string; area: number; state: State; head: number; answers: unknown; sealed: Buffer | null };

/** Newest answers by record id; records outside the caller's area are left out. The caller writes the audit row: it knows the purpose. */
export async function headAnswers(tx: Tx, platform: Platform, county: number, recordIds: readonly string[]): Promise<Map<string, Answers>> {
  const { rows } = await sql<Stored>`
    select r.id, v.answers, v.sealed from record r join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
    where r.county = ${county} and r.id = any (${recordIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, unshut(platform.keys, county, row.id, row.answers, row.sealed)]));
}

const batch = 2000;

/** Every record of a round in batches, each from a transaction of its own; the audit row is written first. Resolves to the number of people. */
export async function streamHeads(
  platform: Platform,
  actor: Actor,
  input: { readonly county: number; readonly campaign: string; readonly states?: readonly State[]; readonly purpose?: string },
  onBatch: (heads: readonly Head[]) => Promise<void> | void,
): Promise<number> {
  const { county, campaign, states } = input;
  const within = states ? sql`and r.state = any (${states}::text[])` : sql``;
  await platform.database.write(actor, async (tx) => {
    const { rows } = await sql<{ people: number }>`select count(*)::int as people from record r where r.county = ${county} and r.campaign_id = ${campaign}::uuid ${within}`.execute(tx);
    await audit(tx, { action: "people.read-all", purpose: input.purpose ?? "match", county, people: rows[0]?.people ?? 0, detail: { campaign } });
  });
  let last = "00000000-0000-0000-0000-000000000000";
  let people = 0;
  for (;;) {
    const { rows } = await platform.database.read(actor, (tx) =>
      sql<Stored>`
        select r.id, r.subject_id, r.area, r.state, r.head, v.answers, v.sealed
        from record r join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head
        where r.county = ${county} and r.campaign_id = ${campaign}::uuid and r.id > ${last}::uuid ${within}
        order by r.id limit ${batch}`.execute(tx),
    );
    if (rows.length === 0) return people;
    await onBatch(rows.map((row) => ({ recordId: row.id, subjectId: row.subjectId, area: row.area, state: row.state, head: row.head, answers: unshut(platform.keys, county, row.id, row.answers, row.sealed) })));
    people += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < batch) return people;
  }
}

export type Vouch = { readonly county: number; readonly recordId: string; readonly path: string; readonly department: string; readonly agrees: boolean; readonly extractId: string; readonly asOf: string };

/** What departments say of values; a newer list takes the place of an older one of the same department. Records outside the caller's area are left out. */
export async function recordVouches(tx: Tx, rows: readonly Vouch[]): Promise<void> {
  const column = <K extends keyof Vouch>(key: K): Vouch[K][] => rows.map((row) => row[key]);
  await sql`
    insert into vouch (county, record_id, path, department, area, agrees, extract_id, as_of)
    select distinct on (x.county, x.record_id, x.path, x.department) x.county, x.record_id, x.path, x.department, r.area, x.agrees, x.extract_id, x.as_of
    from unnest(${column("county")}::int[], ${column("recordId")}::uuid[], ${column("path")}::text[], ${column("department")}::text[], ${column("agrees")}::bool[], ${column("extractId")}::uuid[], ${column("asOf")}::date[])
      with ordinality as x (county, record_id, path, department, agrees, extract_id, as_of, n)
    join record r on r.county = x.county and r.id = x.record_id
    order by x.county, x.record_id, x.path, x.department, x.n desc
    on conflict (county, record_id, path, department) do update set agrees = excluded.agrees, extract_id = excluded.extract_id, as_of = excluded.as_of, area = excluded.area, at = now()`.execute(tx);
}

/** A department's list turned out to speak of somebody else: its word on this record's values falls. */
export async function withdrawVouches(tx: Tx, at: { readonly county: number; readonly recordId: string; readonly department: string; readonly extractId: string }): Promise<void> {
  await tx.deleteFrom("vouch").where("county", "=", at.county).where("recordId", "=", at.recordId).where("department", "=", at.department).where("extractId", "=", at.extractId).execute();
}
