// Statements of remarks and hand-overs.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";

type Where = { readonly county: number; readonly id: string; readonly area: number };
export type NewRemark = { readonly id: string; readonly path: string; readonly body: string };

export async function addRemarks(tx: Tx, at: Where, revision: number, remarks: readonly NewRemark[]): Promise<void> {
  await tx
    .insertInto("remark")
    .values(remarks.map((remark) => ({ ...remark, county: at.county, recordId: at.id, area: at.area, revision, author: tx.actor.account })))
    .execute();
}

export type RemarkRow = {
  readonly id: string;
  readonly path: string;
  readonly revision: number;
  readonly body: string;
  readonly author: string;
  readonly at: Date;
  readonly answer: string | null;
};

/** Answers an open remark; undefined when there is none or it is answered already. */
export async function answerOpenRemark(tx: Tx, at: Where, remark: string, answer: string): Promise<(RemarkRow & { readonly answeredAt: Date | null }) | undefined> {
  const row = await tx
    .updateTable("remark")
    .set({ answer, answeredBy: tx.actor.account, answeredAt: sql<Date>`now()` })
    .where("county", "=", at.county)
    .where("recordId", "=", at.id)
    .where("id", "=", remark)
    .where("answer", "is", null)
    .returning(["id", "path", "revision", "body", "author", "at", "answer", "answeredAt"])
    .executeTakeFirst();
  return row;
}

/** Whether the record has this remark at all. */
export const hasRemark = async (tx: Tx, at: Where, remark: string): Promise<boolean> =>
  (await tx.selectFrom("remark").select("id").where("county", "=", at.county).where("recordId", "=", at.id).where("id", "=", remark).executeTakeFirst()) !== undefined;

export type HandoverRow = {
  readonly county: number;
  readonly id: string;
  readonly recordId: string;
  readonly area: number;
  readonly toArea: number;
  readonly reason: string;
  readonly state: "asked" | "accepted" | "declined";
  readonly askedAt: Date;
  /** In full for the office that holds the record, masked for the other. */
  readonly name: string;
};

/** Hand-overs from and to the caller's area, the newest first. */
export async function handovers(tx: Tx, filter: { readonly id?: string; readonly state?: string | undefined }): Promise<HandoverRow[]> {
  const { rows } = await sql<HandoverRow>`
    select h.county, h.id, h.record_id, h.area, h.to_area, h.reason, h.state, h.asked_at, coalesce(s.name, h.person) as name
    from handover h left join record r on r.county = h.county and r.id = h.record_id left join subject s on s.county = r.county and s.id = r.subject_id
    where ${filter.id === undefined ? sql`true` : sql`h.id = ${filter.id}::uuid`} and ${filter.state === undefined ? sql`true` : sql`h.state = ${filter.state}`}
    order by h.asked_at desc, h.id limit 500`.execute(tx);
  return rows;
}

export async function askHandover(tx: Tx, row: { readonly county: number; readonly id: string; readonly recordId: string; readonly area: number; readonly toArea: number; readonly reason: string; readonly person: string }): Promise<void> {
  await tx.insertInto("handover").values({ ...row, askedBy: tx.actor.account }).execute();
}

/** The record's id when the caller's office may settle the hand-over and has now done so, else undefined. */
export async function settle(tx: Tx, county: number, id: string, accept: boolean, why: string | null): Promise<string | undefined> {
  const { rows } = await sql<{ record: string | null }>`select security.settle_handover(${county}, ${id}::uuid, ${accept}, ${why}) as record`.execute(tx);
  return rows[0]?.record ?? undefined;
}
