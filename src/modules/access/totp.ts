// Time-based one-time passwords (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits — what every authenticator app reads.
import { createHmac, timingSafeEqual } from "node:crypto";

const stepSeconds = 30;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bytes in base 32 (RFC 4648), without padding. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + letters[(held << (5 - bits)) & 31] : text;
}

/** The time step an instant lies in. */
export const stepOf = (at: Date): number => Math.floor(at.getTime() / 1000 / stepSeconds);

/** The six digits of a step (RFC 4226, section 5.3). */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const at = mac[19]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The step whose code this is, of the one at hand and its two neighbours (clocks differ); undefined when it is none of them. */
export function stepOfCode(secret: Uint8Array, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const now = stepOf(at);
  let found: number | undefined;
  for (const step of [now - 1, now, now + 1]) if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) found = step;
  return found;
}

/** What an authenticator app takes over, by hand or from a picture made of it (Key URI format). */
export const otpauth = (login: string, secret: Uint8Array): string => `otpauth://totp/${encodeURIComponent(`Qingce:${login}`)}?secret=${base32(secret)}&issuer=Qingce`;
