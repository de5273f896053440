// Statements over the administrative tree.
import type { Tx } from "../../platform/database.ts";
import { sql, type SqlBool } from "kysely";

export type AreaRow = { readonly code: number; readonly level: number; readonly parent: number; readonly hi: number; readonly name: string; readonly fullName: string };

const columns = ["code", "level", "parent", "hi", "name", "fullName"] as const;

export const childrenOf = (tx: Tx, parent: number): Promise<AreaRow[]> => tx.selectFrom("area").select(columns).where("parent", "=", parent).where("validTo", "is", null).orderBy("code").execute();

export const byCodes = (tx: Tx, codes: readonly number[]): Promise<AreaRow[]> => (codes.length ? tx.selectFrom("area").select(columns).where("code", "in", codes).execute() : Promise.resolve([]));

/** Areas whose name, pinyin or initials begin with the text; higher levels first. */
export function startingWith(tx: Tx, column: "name" | "pinyin" | "initials", prefix: string, lo: number, hi: number, most: number): Promise<AreaRow[]> {
  return tx
    .selectFrom("area")
    .select(columns)
    .where(column, ">=", prefix)
    .where(column, "<", `${prefix}\u{10FFFF}`)
    .where("code", ">=", lo)
    .where("code", "<=", hi)
    .where("validTo", "is", null)
    .orderBy("level")
    .orderBy("code")
    .limit(most)
    .execute();
}

export const containing = (tx: Tx, part: string, lo: number, hi: number, most: number): Promise<AreaRow[]> =>
  tx
    .selectFrom("area")
    .select(columns)
    .where(sql<SqlBool>`strpos(name, ${part}) > 0`)
    .where("code", ">=", lo)
    .where("code", "<=", hi)
    .where("validTo", "is", null)
    .orderBy("level")
    .orderBy("code")
    .limit(most)
    .execute();

export const parentsAmong = async (tx: Tx, codes: readonly number[]): Promise<Set<number>> => {
  if (codes.length === 0) return new Set();
  const rows = await tx.selectFrom("area").select("parent").distinct().where("parent", "in", codes).execute();
  return new Set(rows.map((row) => row.parent));
};
