// Bytes put together, numbers in them (big-endian throughout), hexadecimal, and UTF-8 that is read strictly.

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equality without an early end, for tags and digests. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const readU32 = (bytes: Uint8Array, at: number): number => view(bytes).getUint32(at);
export const writeU32 = (bytes: Uint8Array, at: number, value: number): void => view(bytes).setUint32(at, value);

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Hexadecimal digits in pairs. @throws TypeError for anything else */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/iu.test(text)) throw new TypeError("hexadecimal digits in pairs");
  return Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
export const utf8 = (text: string): Uint8Array => encoder.encode(text);
/** Text of UTF-8 bytes, undefined when they are not valid. A byte order mark stays a character. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes from the operating system's generator. */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
