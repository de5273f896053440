// Answers as they are stored: split by sensitivity, the sensitive part sealed to its record; and put together again.
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

/** The whole answers of a revision. */
export function unshut(keys: Keys, county: number, recordId: string, answers: unknown, sealed: Buffer | null): Answers {
  const plain = (answers ?? {}) as Answers;
  return sealed === null ? plain : sealJoin(plain, open<Answers>(keys, county, recordId, sealed));
}
