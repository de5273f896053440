// People's keys as the database holds them: read together with what they open, made where a person has none yet.
import { type RawBuilder, sql } from "kysely";
import { Problem } from "../core/problem.ts";
import type { Tx } from "./database.ts";
import type { Keys } from "./keys.ts";

type Sql = RawBuilder<unknown>;
export type PersonAt = { readonly county: number; readonly subjectId: string };

/**
 * A sealed column with the wrapped key that opens it before it, as `open` takes it: both come from one statement, so that a key that is
 * renewed or wrapped anew meanwhile is never the wrong one. What is sealed under its county's key comes as it is.
 */
export const withPersonKey = (sealed: string, county: string, subject: string): Sql => sql.raw(textWithPersonKey(sealed, county, subject));

/** The same as text, for a statement that is put together as text. Takes names of columns, nothing from outside. */
export const textWithPersonKey = (sealed: string, county: string, subject: string): string =>
  `(coalesce(case when length(${sealed}) > 3 then (select sk.wrapped from subject_key sk where sk.county = ${county} and sk.subject_id = ${subject} and sk.no = get_byte(${sealed}, 2)) end, ''::bytea) || ${sealed})`;

/** The person's newest key, wrapped; null when they have none yet. */
export const newestPersonKey = (county: Sql, subject: Sql): Sql => sql`(select sk.wrapped from subject_key sk where sk.county = ${county} and sk.subject_id = ${subject} order by sk.no desc limit 1)`;

/** All the person's keys, the newest first: files may lie under any. */
export const allPersonKeys = (county: Sql, subject: Sql): Sql => sql`array(select sk.wrapped from subject_key sk where sk.county = ${county} and sk.subject_id = ${subject} order by sk.no desc)`;

/** The person's newest key; made when they have none. @throws Problem not-found (outside the caller's area), move-not-possible (erased) */
export async function personKey(tx: Tx, keys: Keys, { county, subjectId }: PersonAt): Promise<Buffer> {
  for (;;) {
    const { rows } = await sql<{ wrapped: Buffer | null; area: number }>`select ${newestPersonKey(sql`s.county`, sql`s.id`)} as wrapped, s.area from subject s where s.county = ${county} and s.id = ${subjectId}::uuid`.execute(tx);
    const [found] = rows;
    if (!found) throw new Problem("not-found");
    if (found.wrapped !== null) return found.wrapped;
    // Of two that make one at once the first stays.
    await tx.insertInto("subjectKey").values({ county, subjectId, no: 1, area: found.area, wrapped: keys.people.make(county, 1) }).onConflict((conflict) => conflict.doNothing()).execute();
  }
}
