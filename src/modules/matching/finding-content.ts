// What a finding keeps sealed: the two values, and who it is about where no record says so; and the digests it is known by.
import { createHash } from "node:crypto";
import type { Value } from "../../scheme/model.ts";
import type { MemberMark } from "./members.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Keys } from "../../platform/keys.ts";

export type FindingContent = {
  /** Key of the department's field that is compared; absent for absences. */
  readonly field?: string;
  readonly ours?: Value;
  readonly theirs?: Value;
  /** `theirs` in English, where it is a sentence of a rule and no value. */
  readonly inEnglish?: string;
  readonly name: string;
  /** Only for people who have no record. */
  readonly idNumber?: string;
  /** Only for a person whom another county holds too: that county's code, and nothing else of it. */
  readonly other?: number;
  /** The member of the record it is about; absent: the subject itself. `name` is then the member's. */
  readonly member?: MemberMark;
};

export const sealContent = (keys: Keys, county: number, findingId: string, content: FindingContent): Buffer => seal(keys, county, findingId, content);
/** Nothing but an empty name when the content went with its list. */
export const openContent = (keys: Keys, county: number, findingId: string, sealed: Buffer): FindingContent => (sealed.length === 0 ? { name: "" } : open<FindingContent>(keys, county, findingId, sealed));

const settled = (value: Value | undefined): unknown => (Array.isArray(value) ? [...value].sort() : (value ?? null));
export const samePair = (a: FindingContent, b: FindingContent): boolean =>
  JSON.stringify([settled(a.ours), settled(a.theirs)]) === JSON.stringify([settled(b.ours), settled(b.theirs)]);

/** Keyed digest of the exact pair of values. */
export const pairDigest = (keys: Keys, content: FindingContent): Buffer => keys.blind(`pair|${JSON.stringify([settled(content.ours), settled(content.theirs)])}`);

/** Identity of a finding over all runs: the same difference of the same person has the same key. */
export const findingKey = (...parts: readonly string[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** A difference that comes back after it was closed is a new finding, `<key>.2`, so that history stays. */
export const generationOf = (key: string): { readonly base: string; readonly generation: number } => {
  const [base = key, generation] = key.split(".");
  return { base, generation: generation === undefined ? 1 : Number(generation) };
};

/** `member`: digest of a member of the record, who has findings and cases of their own. */
export const personOfSubject = (subjectId: string, member = ""): string => `subject:${subjectId}${member === "" ? "" : `#${member}`}`;
/** Key of a listed person who is not in the register: by a valid ID number, else by all that the row says. */
export const personOfRow = (keys: Keys, row: { readonly id18: string; readonly valid: boolean; readonly name: string; readonly birth: string }): string =>
  row.valid ? personOfDigest(keys.blind(row.id18)) : `row:${keys.blind(`${row.id18}|${row.name}|${row.birth}`).toString("hex")}`;
export const personOfDigest = (idDigest: Buffer): string => `id:${idDigest.toString("hex")}`;
