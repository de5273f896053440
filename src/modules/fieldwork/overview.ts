// What the office sees of bundles: the list, and one with the outcome of each entry.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { QueryOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { mutable } from "../records/service.ts";
import { toldOf } from "./bundle-rows.ts";
import type { getBundle as oneRoute, listBundles as listRoute } from "./contract.ts";
import type { BundleState } from "./rules.ts";

type View = ReplyOf<typeof listRoute>["bundles"][number];
type Listed = {
  readonly county: number;
  readonly id: string;
  readonly device: string | null;
  readonly label: string | null;
  readonly way: "http" | "file";
  readonly state: BundleState;
  readonly seq: number | null;
  readonly bytes: number;
  readonly received: number;
  readonly at: Date;
  readonly problem: { zh: string; en: string } | null;
  readonly outcomes: Record<string, number>;
};
const most = 200;

async function listed(tx: Tx, where: { readonly device?: string | undefined; readonly state?: string | undefined; readonly id?: string | undefined }): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select b.county, b.id, b.device_id as device, d.label, b.way, b.state, b.seq, b.bytes, b.received, b.at, b.problem, b.outcomes
    from up_bundle b left join device d on d.county = b.county and d.id = b.device_id
    where true ${where.device ? sql`and b.device_id = ${where.device}::uuid` : sql``} ${where.state ? sql`and b.state = ${where.state}` : sql``} ${where.id ? sql`and b.id = ${where.id}::uuid` : sql``}
    order by b.at desc, b.id desc limit ${most}`.execute(tx);
  return rows;
}

const view = (row: Listed): View => ({
  id: row.id,
  ...(row.device !== null && { device: { id: row.device, label: row.label ?? row.device } }),
  way: row.way,
  state: row.state,
  ...(row.seq !== null && { seq: row.seq }),
  bytes: row.bytes,
  received: row.received,
  at: row.at.toISOString(),
  ...(row.problem !== null && { problem: row.problem }),
  outcomes: row.outcomes,
});

/** The newest 200 bundles of the caller's area. */
export const listBundles = async (tx: Tx, query: QueryOf<typeof listRoute>): Promise<ReplyOf<typeof listRoute>> => ({ bundles: (await listed(tx, query)).map(view) });

/** What was brought in one file: its last bundle, and the others beside it. */
export async function broughtView(tx: Tx, ids: readonly string[]): Promise<View & { more?: View[] }> {
  const all = [];
  for (const id of ids) all.push(await oneBundle(tx, id));
  const last = all.pop();
  if (!last) throw new Problem("not-found");
  return all.length > 0 ? { ...last, more: all } : last;
}

/** @throws Problem not-found */
async function oneBundle(tx: Tx, id: string): Promise<View> {
  const [row] = await listed(tx, { id });
  if (!row) throw new Problem("not-found");
  return view(row);
}

type Entry = { readonly county: number; readonly entry: string; readonly recordCounty: number; readonly recordId: string; readonly name: string | null; readonly outcome: string; readonly sealed: Buffer; readonly at: Date };

/** A bundle with what became of each piece of work; reading names is recorded. @throws Problem not-found */
export async function getBundle(tx: Tx, platform: Platform, id: string): Promise<ReplyOf<typeof oneRoute>> {
  const [row] = await listed(tx, { id });
  if (!row) throw new Problem("not-found");
  const { rows } = await sql<Entry>`
    select e.county, e.entry, e.record_county, e.record_id, s.name, e.outcome, e.sealed, e.at
    from bundle_entry e left join record r on r.county = e.record_county and r.id = e.record_id left join subject s on s.county = r.county and s.id = r.subject_id
    where e.county = ${row.county} and e.bundle_id = ${row.id}::uuid
    order by array_position(array['refused', 'kept-apart', 'unchanged', 'merged', 'applied'], e.outcome), e.at, e.entry`.execute(tx);
  await audit(tx, { action: "terminal.open-bundle", county: row.county, people: rows.length, detail: { bundle: row.id } });
  return {
    bundle: view(row),
    entries: rows.map((entry) => {
      const { issues, why } = toldOf(platform, entry);
      return { entry: entry.entry, record: { county: entry.recordCounty, id: entry.recordId }, name: entry.name ?? "", outcome: entry.outcome, issues: mutable(issues), ...(why && { why: { ...why } }), at: entry.at.toISOString() };
    }),
  };
}
