// Identifiers made by us: UUID version 7 (RFC 9562), ordered by time so that indexes grow at one end.

let lastMs = 0;
let counter = 0;
const pool = new Uint8Array(1024);
let used = pool.length;
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Eight random bytes in hexadecimal; randomness is drawn for many at once. */
function randomHex(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let text = "";
  for (const end = used + 8; used < end; used++) text += hex[pool[used]!]!;
  return text;
}

/** A new UUIDv7; within one millisecond a 12-bit counter keeps the order. */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  const random = randomHex();
  // The variant of RFC 9562: the two highest bits of this part are 10.
  const tail = "89ab"[Number.parseInt(random[0]!, 16) & 3]! + random.slice(1);
  const time = lastMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, "0")}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** True for the textual form of a UUID of any version. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
