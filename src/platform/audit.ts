// Who saw or changed whose data, why: one row in the same transaction, or the act does not happen.
import { sql } from "kysely";
import type { Details } from "../core/audit-details.ts";
import type { Tx } from "./database.ts";

export type AuditEntry = {
  /** Dotted verb such as `record.open`, `people.search`, `value.reveal`. */
  readonly action: string;
  readonly purpose?: string;
  readonly county?: number;
  readonly area?: number;
  readonly recordId?: string;
  /** How many people the act concerned. */
  readonly people?: number;
  /** Ids, item paths and counts only. */
  readonly detail?: Details;
};

export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  if (isPartOfOneAct(tx)) return;
  await sql`select security.write_audit(${tx.actor.office}, ${entry.action}, ${entry.purpose ?? null}, ${entry.county ?? null}::integer,
    ${entry.area ?? null}::bigint, ${entry.recordId ?? null}::uuid, ${entry.people ?? 1}::integer, ${entry.detail ? JSON.stringify(entry.detail) : null}::jsonb)`.execute(tx);
  countAudit(tx);
}

const parts = new WeakSet<Tx>();
/** True inside an act that has one row for the whole. */
export const isPartOfOneAct = (tx: Tx): boolean => parts.has(tx);
/** Runs a part of an act (the look at a record that is printed, the view that answers a decision) without a row of its own: the caller writes the one for the whole. */
export async function partOfOneAct<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  if (isPartOfOneAct(tx)) return work();
  parts.add(tx);
  try {
    return await work();
  } finally {
    parts.delete(tx);
  }
}

const written = new WeakMap<Tx, number>();
/** Called by whoever writes the row inside a statement of its own. */
export const countAudit = (tx: Tx): void => void written.set(tx, auditRows(tx) + 1);
/** Rows written in this transaction so far. */
export const auditRows = (tx: Tx): number => written.get(tx) ?? 0;
