// Random nonces of 96 bits, drawn in bulk.
import { randomFillSync } from "node:crypto";

export const nonceBytes = 12;
/** Random bytes for 512 nonces, drawn at once; each is used for one seal. */
const drawn = Buffer.alloc(nonceBytes * 512);
let used = drawn.length;

export function freshNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += nonceBytes;
  return Buffer.from(drawn.subarray(used - nonceBytes, used));
}
