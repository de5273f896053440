// The key of one person: 32 random bytes that are stored only wrapped under a version of the key-encryption key. What is sealed with it
// is gone when every wrapped copy is gone.
import { hkdfSync, randomBytes } from "node:crypto";
import { fieldSuites, type SealingKey, suiteNumbered, type SuiteName } from "./ciphers.ts";
import type { KeyStore } from "./key-store.ts";
import { freshNonce, nonceBytes } from "./nonces.ts";

/** A person's key, open. */
export type PersonKey = {
  /** Number of the key among those the person has had, 1–255. */
  readonly no: number;
  readonly suite: SuiteName;
  readonly key: SealingKey;
};

/** Marks a wrapped key, also where it stands before a value that it opens. */
export const wrappedForm = 3;
const headLength = 5;
/** form 3, version of the key-encryption key, its suite, the person key's suite, its number; nonce; tag and 32 bytes. */
export const wrappedLength = headLength + nonceBytes + 16 + 32;
/** Version of the key-encryption key under which a person's key is wrapped. */
export const versionOf = (wrapped: Buffer): number => wrapped[1] ?? 0;
export const suiteOf = (wrapped: Buffer): SuiteName => suiteNumbered(wrapped[3] ?? 0).name;

export type PersonKeys = {
  /** A new key, wrapped under the newest version. @param no which key of this person it is, 1–255 */
  readonly make: (county: number, no: number) => Buffer;
  /** @throws when it was altered, belongs to another county, or its version is retired */
  readonly open: (county: number, wrapped: Buffer) => PersonKey;
  /** The same key under the newest version. */
  readonly rewrap: (county: number, wrapped: Buffer) => Buffer;
};

const mostOpen = 20_000;

export function personKeys(store: KeyStore): PersonKeys {
  const wrapping = new Map<string, SealingKey>();
  const opened = new Map<string, PersonKey>();
  /** Each county has wrapping keys of its own, so that no key seals more than a county's people. */
  const wrappingKey = (version: number, county: number, suite: SuiteName): SealingKey => {
    const name = `${version} ${county}`;
    let key = wrapping.get(name);
    if (!key) {
      const secret = store.secret(version);
      if (!secret) throw new Error(`version ${version} of the key-encryption key is not in the key store`);
      wrapping.set(name, (key = fieldSuites[suite].key(Buffer.from(hkdfSync("sha256", secret, "qingce", `person-keys:${suite}:${county}`, 32)))));
    }
    return key;
  };
  const place = (county: number, head: Buffer): Buffer => Buffer.concat([Buffer.from(`person-key|${county}|`), head]);
  const wrap = (county: number, suite: SuiteName, no: number, material: Buffer): Buffer => {
    const newest = store.versions().at(-1);
    if (!newest) throw new Error("the key store is empty");
    if (!Number.isInteger(no) || no < 1 || no > 255) throw new Error("a person has 255 keys at most");
    const head = Buffer.of(wrappedForm, newest.version, fieldSuites[newest.suite].id, fieldSuites[suite].id, no);
    const nonce = freshNonce();
    return Buffer.concat([head, nonce, wrappingKey(newest.version, county, newest.suite).seal(nonce, place(county, head), material)]);
  };
  const unwrap = (county: number, wrapped: Buffer): Buffer => {
    if (wrapped[0] !== wrappedForm || wrapped.length !== wrappedLength) throw new Error("wrapped key has an unknown form");
    const head = wrapped.subarray(0, headLength);
    return wrappingKey(versionOf(wrapped), county, suiteNumbered(wrapped[2] ?? 0).name).open(wrapped.subarray(headLength, headLength + nonceBytes), place(county, head), wrapped.subarray(headLength + nonceBytes));
  };
  const nameOf = (county: number, wrapped: Buffer): string => `${county} ${wrapped.toString("latin1")}`;
  /** Keys stay open for a while, in memory only; the oldest make room. */
  const keep = (county: number, wrapped: Buffer, material: Buffer): PersonKey => {
    const suite = suiteOf(wrapped);
    const key: PersonKey = { no: wrapped[4] ?? 0, suite, key: fieldSuites[suite].key(material) };
    if (opened.size >= mostOpen) for (const first of [...opened.keys()].slice(0, mostOpen / 10)) opened.delete(first);
    opened.set(nameOf(county, wrapped), key);
    return key;
  };
  return {
    make(county, no) {
      const material = randomBytes(32);
      const wrapped = wrap(county, store.versions().at(-1)?.suite ?? "international", no, material);
      keep(county, wrapped, material);
      return wrapped;
    },
    rewrap: (county, wrapped) => wrap(county, suiteOf(wrapped), wrapped[4] ?? 0, unwrap(county, wrapped)),
    open: (county, wrapped) => opened.get(nameOf(county, wrapped)) ?? keep(county, wrapped, unwrap(county, wrapped)),
  };
}
