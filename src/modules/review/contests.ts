// One number held by the offices of two counties: the one that holds it keeps it or gives it up. The one that asks is not told where it is
// held until that answer; a collector is told nothing at all.
import { sql } from "kysely";
import { maskName } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import { refuseDesignationIn } from "../records/service.ts";
import type { listContests as listRoute } from "./contract.ts";

type View = ReplyOf<typeof listRoute>["rows"][number];
type Row = {
  readonly county: number;
  readonly id: string;
  readonly side: "asks" | "holds";
  readonly scheme: string;
  readonly otherCounty: number;
  readonly openedAt: Date;
  readonly state: View["state"];
  readonly reason: string | null;
  readonly name: string | null;
  readonly idMasked: string | null;
  readonly recordId: string | null;
};

const found = async (tx: Tx, only: ReturnType<typeof sql>): Promise<Row[]> =>
  (
    await sql<Row>`
      select c.county, c.id, c.side, c.scheme, c.other_county, c.opened_at, c.state, c.reason, s.name, s.id_masked,
        (select r.id from record r where r.county = c.county and r.subject_id = c.subject_id and r.scheme = c.scheme order by r.updated_at desc limit 1) as record_id
      from contested_number c left join subject s on s.county = c.county and s.id = c.subject_id
      where ${only} order by c.opened_at desc, c.id, c.side limit 500`.execute(tx)
  ).rows;

async function views(tx: Tx, rows: readonly Row[]): Promise<View[]> {
  const names = await areaNames(tx, rows.map((row) => row.otherCounty * 1e6));
  return rows.map((row) => ({
    county: row.county,
    id: row.id,
    side: row.side,
    scheme: row.scheme,
    name: maskName(row.name ?? ""),
    idNumber: row.idMasked ?? "",
    ...(row.recordId !== null && { record: row.recordId }),
    ...((row.side === "holds" || row.state === "kept" || row.state === "given") && { other: names.get(row.otherCounty * 1e6)?.fullName ?? String(row.otherCounty) }),
    openedAt: row.openedAt.toISOString(),
    state: row.state,
    ...(row.reason !== null && { reason: row.reason }),
  }));
}

/** Numbers of this county that wait to be settled, the newest first; names and numbers masked. */
export async function listContests(tx: Tx): Promise<ReplyOf<typeof listRoute>> {
  const rows = await found(tx, sql`true`);
  await audit(tx, { action: "contest.list", people: rows.length });
  return { rows: await views(tx, rows) };
}

/** @throws Problem not-found, unit-designation, move-not-possible (settled already, or the person's records here go on) */
export async function settleContest(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly give: boolean; readonly reason: string }): Promise<View> {
  refuseDesignationIn(tx, platform, [input.reason], { county: input.county, area: tx.actor.area });
  const own = sql`c.county = ${input.county} and c.id = ${input.id}::uuid and c.side = 'holds'`;
  const [row] = await found(tx, own);
  if (!row) throw new Problem("not-found");
  const { rows } = await sql<{ settled: boolean }>`select security.settle_contest(${input.county}, ${input.id}::uuid, ${input.give}, ${input.reason}) as settled`.execute(tx);
  if (!rows[0]?.settled) throw new Problem("move-not-possible", { zh: "已处理，或本县档案尚未办结：请先登记采集结果（如已迁出）再让出", en: "Settled already, or the record here goes on: record its outcome first (moved away, for example), then give the number up" });
  await audit(tx, { action: "contest.settle", county: row.county, area: row.county * 1e6, ...(row.recordId !== null && { recordId: row.recordId }), detail: { contest: row.id, give: input.give } });
  return (await views(tx, await found(tx, own)))[0]!;
}
