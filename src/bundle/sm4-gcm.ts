// SM4 in Galois/Counter Mode (NIST SP 800-38D; RFC 8998 for SM4): nonces of 96 bits, tags of 128. What WebCrypto does for AES, for SM4.
import { equal } from "./bytes.ts";
import { sm4Block, sm4Key } from "./sm4.ts";

const TAG = 16;

/** For a byte that leaves at the right end: what comes back at the left (x^128 = 1 + x + x^2 + x^7, bits reflected). */
const reductions = Int32Array.from({ length: 256 }, (_, byte) => {
  let r = byte;
  for (let i = 0; i < 8; i++) r = r & 1 ? (r >>> 1) ^ 0xe1000000 : r >>> 1;
  return r;
});

/** Multiples of H by every byte: `byte · H`, four words each. */
function multiples(h: Int32Array): Int32Array {
  const table = new Int32Array(256 * 4);
  let [a, b, c, d] = [h[0]!, h[1]!, h[2]!, h[3]!];
  for (let bit = 128; bit > 0; bit >>= 1) {
    table.set([a, b, c, d], bit * 4);
    const out = d & 1;
    d = (d >>> 1) | (c << 31);
    c = (c >>> 1) | (b << 31);
    b = (b >>> 1) | (a << 31);
    a = (a >>> 1) ^ (out ? 0xe1000000 : 0);
  }
  for (let bit = 2; bit < 256; bit <<= 1) for (let low = 1; low < bit; low++) for (let word = 0; word < 4; word++) table[(bit + low) * 4 + word] = table[bit * 4 + word]! ^ table[low * 4 + word]!;
  return table;
}

/** Goes on with the hash of GCM over bytes, the last block filled with zeros. */
function absorb(table: Int32Array, hash: Int32Array, bytes: Uint8Array): void {
  const whole = bytes.length - (bytes.length % 16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, whole);
  for (let at = 0; at < whole; at += 16) {
    absorbBlock(table, hash, view.getInt32(at), view.getInt32(at + 4), view.getInt32(at + 8), view.getInt32(at + 12));
  }
  if (whole < bytes.length) {
    const last = new Uint8Array(16);
    last.set(bytes.subarray(whole));
    absorb(table, hash, last);
  }
}

function absorbBlock(table: Int32Array, hash: Int32Array, w0: number, w1: number, w2: number, w3: number): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let word = 3; word >= 0; word--) {
    const x = hash[word]! ^ (word === 3 ? w3 : word === 2 ? w2 : word === 1 ? w1 : w0);
    for (let shift = 0; shift < 32; shift += 8) {
      const back = reductions[d & 255]!;
      const at = ((x >>> shift) & 255) << 2;
      d = ((d >>> 8) | (c << 24)) ^ table[at + 3]!;
      c = ((c >>> 8) | (b << 24)) ^ table[at + 2]!;
      b = ((b >>> 8) | (a << 24)) ^ table[at + 1]!;
      a = (a >>> 8) ^ back ^ table[at]!;
    }
  }
  hash[0] = a;
  hash[1] = b;
  hash[2] = c;
  hash[3] = d;
}

export type Gcm = {
  /** Text sealed, followed by its tag. A nonce (12 bytes) is used once with a key. */
  readonly seal: (nonce: Uint8Array, text: Uint8Array, beside?: Uint8Array) => Uint8Array;
  /** The text, or undefined when the tag is not right. */
  readonly open: (nonce: Uint8Array, sealed: Uint8Array, beside?: Uint8Array) => Uint8Array | undefined;
};

/** SM4-GCM under a key of 16 bytes. */
export function sm4Gcm(key: Uint8Array): Gcm {
  const keys = sm4Key(key);
  const h = new Int32Array(4);
  sm4Block(keys, h);
  const table = multiples(h);

  const counted = (nonce: Uint8Array, from: Uint8Array, to: Uint8Array): void => {
    const view = new DataView(nonce.buffer, nonce.byteOffset, 12);
    const [n0, n1, n2] = [view.getInt32(0), view.getInt32(4), view.getInt32(8)];
    const source = new DataView(from.buffer, from.byteOffset, from.length);
    const target = new DataView(to.buffer, to.byteOffset, from.length);
    const block = new Int32Array(4);
    const whole = from.length - (from.length % 16);
    let counter = 2;
    const next = (): void => {
      block[0] = n0;
      block[1] = n1;
      block[2] = n2;
      block[3] = counter++;
      sm4Block(keys, block);
    };
    for (let at = 0; at < whole; at += 16) {
      next();
      target.setInt32(at, source.getInt32(at) ^ block[0]!);
      target.setInt32(at + 4, source.getInt32(at + 4) ^ block[1]!);
      target.setInt32(at + 8, source.getInt32(at + 8) ^ block[2]!);
      target.setInt32(at + 12, source.getInt32(at + 12) ^ block[3]!);
    }
    if (whole === from.length) return;
    next();
    for (let at = whole; at < from.length; at++) to[at] = from[at]! ^ (block[(at - whole) >> 2]! >>> (24 - 8 * (at & 3)));
  };
  const tagOf = (nonce: Uint8Array, sealed: Uint8Array, beside: Uint8Array): Uint8Array => {
    const hash = new Int32Array(4);
    absorb(table, hash, beside);
    absorb(table, hash, sealed);
    absorbBlock(table, hash, Math.floor(beside.length / 2 ** 29), beside.length << 3, Math.floor(sealed.length / 2 ** 29), sealed.length << 3);
    const view = new DataView(nonce.buffer, nonce.byteOffset, 12);
    const mask = Int32Array.of(view.getInt32(0), view.getInt32(4), view.getInt32(8), 1);
    sm4Block(keys, mask);
    const tag = new DataView(new ArrayBuffer(TAG));
    for (let i = 0; i < 4; i++) tag.setInt32(4 * i, hash[i]! ^ mask[i]!);
    return new Uint8Array(tag.buffer);
  };

  const none = new Uint8Array(0);
  const twelve = (nonce: Uint8Array): void => {
    if (nonce.length !== 12) throw new RangeError("a nonce has 12 bytes");
  };
  return {
    seal(nonce, text, beside = none) {
      twelve(nonce);
      const out = new Uint8Array(text.length + TAG);
      counted(nonce, text, out);
      out.set(tagOf(nonce, out.subarray(0, text.length), beside), text.length);
      return out;
    },
    open(nonce, sealed, beside = none) {
      twelve(nonce);
      if (sealed.length < TAG) return undefined;
      const body = sealed.subarray(0, sealed.length - TAG);
      if (!equal(tagOf(nonce, body, beside), sealed.subarray(body.length))) return undefined;
      const out = new Uint8Array(body.length);
      counted(nonce, body, out);
      return out;
    },
  };
}
