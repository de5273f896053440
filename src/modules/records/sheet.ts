// Answers as they are stored: split by sensitivity, the sensitive part sealed to its record; and put together again.
import type { Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Keys } from "../../platform/keys.ts";
import { sealJoin, sealSplit } from "../../scheme/differences.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";

export type StoredSheet = { readonly answers: string; readonly sealed: Buffer | null };

/** The two columns of a revision. */
export function shut(scheme: Scheme, keys: Keys, county: number, recordId: string, answers: Answers): StoredSheet {
  const { plain, sealed } = sealSplit(scheme, answers);
  return { answers: JSON.stringify(plain), sealed: Object.keys(sealed).length === 0 ? null : seal(keys, county, recordId, sealed) };
}

/** The whole answers of a revision, or the part of them that `only` leaves. */
export function unshut(keys: Keys, county: number, recordId: string, answers: unknown, sealed: Buffer | null, only: (answers: Answers) => Answers = (all) => all): Answers {
  const plain = only((answers ?? {}) as Answers);
  return sealed === null ? plain : sealJoin(plain, only(open<Answers>(keys, county, recordId, sealed)));
}

/** The whole answers of one stored revision; revision 0 is empty, undefined when the record has no such. */
export async function answersOfRevision(tx: Tx, { keys }: { readonly keys: Keys }, at: { readonly county: number; readonly id: string; readonly no: number }): Promise<Answers | undefined> {
  if (at.no === 0) return {};
  const row = await tx.selectFrom("revision").select(["answers", "sealed"]).where("county", "=", at.county).where("recordId", "=", at.id).where("no", "=", at.no).executeTakeFirst();
  return row && unshut(keys, at.county, at.id, row.answers, row.sealed);
}

type Head = { readonly county: number; readonly id: string; readonly head: number; readonly answers: unknown; readonly sealed: Buffer | null };
/** The whole answers of a record's newest revision, as loaded with it. */
export const headOf = (keys: Keys, record: Head): Answers => (record.head === 0 ? {} : unshut(keys, record.county, record.id, record.answers, record.sealed));
