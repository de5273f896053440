// Seals sensitive values: AES-256-GCM with a fresh 96-bit nonce, bound to what they belong to, under the county's key.
import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto";
import type { Keys } from "./keys.ts";

const nonceBytes = 12;
/** Random bytes for 512 nonces, drawn at once; each is used for one seal. */
const drawn = Buffer.alloc(nonceBytes * 512);
let used = drawn.length;

function freshNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += nonceBytes;
  return Buffer.from(drawn.subarray(used - nonceBytes, used));
}

/** Sealed form: version byte 1, nonce (12), tag (16), ciphertext. `boundTo` (such as a record's id) must be the same at opening. */
export function seal(keys: Keys, county: number, boundTo: string, content: unknown): Buffer {
  const nonce = freshNonce();
  const cipher = createCipheriv("aes-256-gcm", keys.sealing(county), nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(JSON.stringify(content), "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]);
}

/** @throws when the bytes were altered, belong to something else, or the key is another one */
export function open<T>(keys: Keys, county: number, boundTo: string, sealed: Buffer): T {
  if (sealed[0] !== 1 || sealed.length < 29) throw new Error("sealed value has an unknown form");
  const decipher = createDecipheriv("aes-256-gcm", keys.sealing(county), sealed.subarray(1, 13)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(13, 29));
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString("utf8")) as T;
}
