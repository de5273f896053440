// Seals sensitive values with a fresh 96-bit nonce, bound to what they belong to: under their person's key, or under their county's key
// when they belong to no person.
import { createDecipheriv } from "node:crypto";
import { fieldSuites, suiteNumbered } from "./ciphers.ts";
import type { Keys } from "./keys.ts";
import { freshNonce, nonceBytes } from "./nonces.ts";
import { wrappedForm, wrappedLength } from "./person-key.ts";

const form = 2;
const headLength = 3;
const place = (head: Buffer, boundTo: string): Buffer => Buffer.concat([head, Buffer.from(boundTo)]);

/**
 * Seals under the county's key. Sealed form: byte 2, suite, number of the person's key (0: the county's), nonce (12), tag (16), ciphertext.
 * `boundTo` (such as a record's id) must be the same at opening.
 */
export function seal(keys: Keys, county: number, boundTo: string, content: unknown): Buffer {
  const suite = keys.suite();
  const head = Buffer.of(form, fieldSuites[suite].id, 0);
  const nonce = freshNonce();
  return Buffer.concat([head, nonce, keys.county(county, suite).seal(nonce, place(head, boundTo), Buffer.from(JSON.stringify(content)))]);
}

/** Seals under a person's key, given wrapped as the database holds it. */
export function sealFor(keys: Keys, person: Buffer, county: number, boundTo: string, content: unknown): Buffer {
  const { no, suite, key } = keys.people.open(county, person);
  const head = Buffer.of(form, fieldSuites[suite].id, no);
  const nonce = freshNonce();
  return Buffer.concat([head, nonce, key.seal(nonce, place(head, boundTo), Buffer.from(JSON.stringify(content)))]);
}

/**
 * Opens what was sealed under a county's key, or under a person's key that stands wrapped before it (`withPersonKey` in SQL).
 * @throws when the bytes were altered, belong to something else, or the key is another one
 */
export const open = <T>(keys: Keys, county: number, boundTo: string, sealed: Buffer): T => JSON.parse(openText(keys, county, boundTo, sealed).toString("utf8")) as T;

function openText(keys: Keys, county: number, boundTo: string, given: Buffer): Buffer {
  const person = given[0] === wrappedForm ? given.subarray(0, wrappedLength) : undefined;
  const sealed = person ? given.subarray(wrappedLength) : given;
  if (sealed[0] === 1) return openFormer(keys, county, boundTo, sealed);
  if (sealed[0] !== form || sealed.length < headLength + nonceBytes + 16) throw new Error("sealed value has an unknown form");
  const head = sealed.subarray(0, headLength);
  const suite = suiteNumbered(head[1] ?? 0).name;
  const no = head[2] ?? 0;
  const owner = no > 0 && person ? keys.people.open(county, person) : undefined;
  if (no > 0 && owner?.no !== no) throw new Error("a person's value came without the key that opens it");
  const key = owner?.key ?? keys.county(county, suite);
  return key.open(sealed.subarray(headLength, headLength + nonceBytes), place(head, boundTo), sealed.subarray(headLength + nonceBytes));
}

/** Former form: version byte 1, nonce (12), tag (16), ciphertext; AES-256-GCM under the county's key. */
function openFormer(keys: Keys, county: number, boundTo: string, sealed: Buffer): Buffer {
  if (sealed.length < 29) throw new Error("sealed value has an unknown form");
  const decipher = createDecipheriv("aes-256-gcm", keys.sealing(county), sealed.subarray(1, 13)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(13, 29));
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
}
