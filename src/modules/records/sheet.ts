// Answers as they are stored: split by sensitivity, the sensitive part sealed to its record under its person's key; and put together again.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import { open, sealFor } from "../../platform/field-cipher.ts";
import type { Keys } from "../../platform/keys.ts";
import { withPersonKey } from "../../platform/person-keys.ts";
import { sealJoin, sealSplit } from "../../scheme/differences.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";

export type StoredSheet = { readonly answers: string; readonly sealed: Buffer | null };

/** The two columns of a revision. `person`: the person's newest key, wrapped. */
export function shut(scheme: Scheme, keys: Keys, person: Buffer, county: number, recordId: string, answers: Answers): StoredSheet {
  const { plain, sealed } = sealSplit(scheme, answers);
  return { answers: JSON.stringify(plain), sealed: Object.keys(sealed).length === 0 ? null : sealFor(keys, person, county, recordId, sealed) };
}

/** The sealed part of a revision `v` of a record `r`, with the key that opens it. */
export const sealedOf = withPersonKey("v.sealed", "r.county", "r.subject_id");

/** The whole answers of a revision, its sealed part given with the key that opens it (`sealedOf`), or the part of them that `only` leaves. */
export function unshut(keys: Keys, county: number, recordId: string, answers: unknown, sealed: Buffer | null, only: (answers: Answers) => Answers = (all) => all): Answers {
  const plain = only((answers ?? {}) as Answers);
  return sealed === null ? plain : sealJoin(plain, only(open<Answers>(keys, county, recordId, sealed)));
}

/** The whole answers of one stored revision; revision 0 is empty, undefined when the record has no such. */
export async function answersOfRevision(tx: Tx, { keys }: { readonly keys: Keys }, at: { readonly county: number; readonly id: string; readonly no: number }): Promise<Answers | undefined> {
  if (at.no === 0) return {};
  const { rows } = await sql<Pick<Head, "answers" | "sealed">>`
    select v.answers, ${sealedOf} as sealed from revision v join record r on r.county = v.county and r.id = v.record_id
    where v.county = ${at.county} and v.record_id = ${at.id}::uuid and v.no = ${at.no}`.execute(tx);
  const [row] = rows;
  return row && unshut(keys, at.county, at.id, row.answers, row.sealed);
}

type Head = { readonly county: number; readonly id: string; readonly head: number; readonly answers: unknown; readonly sealed: Buffer | null };
/** The whole answers of a record's newest revision, as loaded with it. */
export const headOf = (keys: Keys, record: Head): Answers => (record.head === 0 ? {} : unshut(keys, record.county, record.id, record.answers, record.sealed));
