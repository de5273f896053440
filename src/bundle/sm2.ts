// SM2 (GB/T 32918-2016) on its recommended curve: signatures with the identifier 1234567812345678 and encryption in the order C1‖C3‖C2.
// The arithmetic of the curve is that of @noble/curves; what makes SM2 out of it is here. Not node:crypto: its "SM2" signature is plain ECDSA.
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { hmac } from "@noble/hashes/hmac.js";
import { equal, joined, randomBytes, utf8 } from "./bytes.ts";
import { sm3 } from "./sm3.ts";

/** Parameters of GB/T 32918.5-2017. */
const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrass<bigint>(curve);
type Point = InstanceType<typeof Point>;
const { n } = curve;
const identifier = utf8("1234567812345678");

const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const toBytes = (number: bigint): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * (31 - i))) & 0xffn));
const modulo = (number: bigint): bigint => ((number % n) + n) % n;
const inverse = (number: bigint): bigint => Point.Fn.inv(number);

/** A secret number from 1 to n − 2, as signing needs it. @throws RangeError */
function secretOf(key: Uint8Array): bigint {
  const d = toNumber(key);
  if (key.length !== 32 || d < 1n || d > n - 2n) throw new RangeError("an SM2 secret key is a number from 1 to n-2 in 32 bytes");
  return d;
}

/** A point that is on the curve and written as 04‖x‖y; undefined otherwise. */
function pointOf(key: Uint8Array): Point | undefined {
  if (key.length !== 65 || key[0] !== 4) return undefined;
  try {
    return Point.fromBytes(key);
  } catch {
    return undefined;
  }
}

/** Public key (65 bytes, uncompressed) of a secret one. */
export const sm2PublicKey = (secretKey: Uint8Array): Uint8Array => Point.BASE.multiply(secretOf(secretKey)).toBytes(false);

/** A secret key from 40 random bytes: n − 2 values, each as likely as the other to 2⁻⁶⁴. */
export const sm2SecretKey = (random: Uint8Array = randomBytes(40)): Uint8Array => toBytes((toNumber(random) % (n - 2n)) + 1n);

/** e = SM3(Z ‖ message), Z over identifier, curve and public key (GB/T 32918.2, 5.5). */
function digestOf(publicKey: Uint8Array, message: Uint8Array): bigint {
  const z = sm3(joined(Uint8Array.of(0, identifier.length * 8), identifier, toBytes(curve.a), toBytes(curve.b), toBytes(curve.Gx), toBytes(curve.Gy), publicKey.subarray(1)));
  return toNumber(sm3(joined(z, message)));
}

/** Numbers from 1 to n − 1, one after another, as RFC 6979 makes them, over HMAC-SM3 and with fresh randomness mixed in (its section 3.6): neither a
 *  weak generator nor a repeated one gives the secret away. */
function* nonces(secretKey: Uint8Array, digest: bigint, extra: Uint8Array): Generator<bigint> {
  const seed = joined(secretKey, toBytes(modulo(digest)), extra);
  let v = new Uint8Array(32).fill(1);
  let k = new Uint8Array(32);
  for (const step of [0, 1]) {
    k = Uint8Array.from(hmac(sm3, k, joined(v, Uint8Array.of(step), seed)));
    v = Uint8Array.from(hmac(sm3, k, v));
  }
  for (;;) {
    v = Uint8Array.from(hmac(sm3, k, v));
    const number = toNumber(v);
    if (number > 0n && number < n) yield number;
    k = Uint8Array.from(hmac(sm3, k, joined(v, Uint8Array.of(0))));
    v = Uint8Array.from(hmac(sm3, k, v));
  }
}

/** r‖s, 64 bytes. `nonce` only for published examples. */
export function sm2Sign(secretKey: Uint8Array, message: Uint8Array, extra: Uint8Array = randomBytes(32), nonce?: bigint): Uint8Array {
  const d = secretOf(secretKey);
  const e = digestOf(sm2PublicKey(secretKey), message);
  for (const k of nonce === undefined ? nonces(secretKey, e, extra) : [nonce]) {
    const r = modulo(e + Point.BASE.multiply(k).toAffine().x);
    if (r === 0n || r + k === n) continue;
    const s = modulo(inverse(1n + d) * (k - r * d));
    if (s !== 0n) return joined(toBytes(r), toBytes(s));
  }
  throw new RangeError("this nonce cannot sign");
}

/** Whether r‖s is a signature of the message; r and s from 1 to n − 1 only. */
export function sm2Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const point = pointOf(publicKey);
  if (!point || signature.length !== 64) return false;
  const [r, s] = [toNumber(signature.subarray(0, 32)), toNumber(signature.subarray(32))];
  if (r < 1n || r >= n || s < 1n || s >= n) return false;
  const t = modulo(r + s);
  if (t === 0n) return false;
  const sum = Point.BASE.multiplyUnsafe(s).add(point.multiplyUnsafe(t));
  return !sum.is0() && modulo(digestOf(publicKey, message) + sum.toAffine().x) === r;
}

/** Bytes from the shared point (GB/T 32918.4, 5.4.3). */
function keyStream(shared: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sm3(joined(shared, Uint8Array.of(0, 0, 0, i + 1))));
  return joined(...blocks).subarray(0, length);
}

const masked = (bytes: Uint8Array, mask: Uint8Array): Uint8Array => bytes.map((byte, i) => byte ^ mask[i]!);

/** Of zeroes only: such a mask would show the message; the standard takes another point, and opens nothing under it (GB/T 32918.4, 6.1 A5 and 7.1 B4). A mask of one byte is one in 256. */
const hidesNothing = (mask: Uint8Array): boolean => mask.every((byte) => byte === 0);

/**
 * C1 (65 bytes) ‖ C3 (32) ‖ C2 (as long as the message, which has at least one byte and at most 255 blocks). `nonce`, a secret number, only for published examples.
 * @throws RangeError for a key that is no point of the curve, and for a nonce that hides nothing
 */
export function sm2Encrypt(publicKey: Uint8Array, message: Uint8Array, nonce?: Uint8Array): Uint8Array {
  const point = pointOf(publicKey);
  if (!point) throw new RangeError("an SM2 public key is a point of the curve in 65 bytes");
  if (message.length === 0) throw new RangeError("nothing to encrypt");
  for (;;) {
    const k = secretOf(nonce ?? sm2SecretKey());
    const shared = point.multiply(k).toBytes(false).subarray(1);
    const mask = keyStream(shared, message.length);
    if (!hidesNothing(mask)) return joined(Point.BASE.multiply(k).toBytes(false), sm3(joined(shared.subarray(0, 32), message, shared.subarray(32))), masked(message, mask));
    if (nonce) throw new RangeError("this nonce hides nothing");
  }
}

/** The message, or undefined when it was not for this key or was altered. */
export function sm2Decrypt(secretKey: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  const point = pointOf(sealed.subarray(0, 65));
  if (!point || sealed.length <= 97) return undefined;
  const shared = point.multiply(secretOf(secretKey)).toBytes(false).subarray(1);
  const hidden = sealed.subarray(97);
  const mask = keyStream(shared, hidden.length);
  const message = masked(hidden, mask);
  return !hidesNothing(mask) && equal(sm3(joined(shared.subarray(0, 32), message, shared.subarray(32))), sealed.subarray(65, 97)) ? message : undefined;
}
