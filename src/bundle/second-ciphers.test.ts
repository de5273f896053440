// Our ciphers against others on random messages, both ways: SM2 against the openssl program (identifier 1234567812345678), SM2 and SM4-GCM
// against another library, SM3, HKDF, X25519, Ed25519 and AES-GCM against node:crypto. QINGCE_CROSS sets how many messages (default 6 by the
// program, ten times as many otherwise).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { sm2, sm4 } from "sm-crypto-v2";
import { fromHex, joined, randomBytes, toHex } from "./bytes.ts";
import { international } from "./international.ts";
import { national } from "./national.ts";
import { sm2Decrypt, sm2Encrypt, sm2PublicKey, sm2SecretKey, sm2Sign, sm2Verify } from "./sm2.ts";
import { sm3 } from "./sm3.ts";
import { sm4Gcm } from "./sm4-gcm.ts";

const rounds = Number(process.env["QINGCE_CROSS"] ?? 6);
const message = (i: number): Uint8Array => randomBytes(1 + ((i * 7919) % 300));

// DER (X.690), as far as keys, signatures and ciphertexts of SM2 need it.
const der = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = joined(...parts);
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return joined(Uint8Array.of(tag, ...length), content);
};
const integer = (number: Uint8Array): Uint8Array => {
  const trimmed = number.subarray(Math.max(0, number.findIndex((byte) => byte !== 0)));
  return der(2, trimmed[0]! & 128 ? joined(Uint8Array.of(0), trimmed) : trimmed);
};
function* elements(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const long = bytes[at + 1]! & 128 ? bytes[at + 1]! & 127 : 0;
    const length = long === 0 ? bytes[at + 1]! : bytes.subarray(at + 2, at + 2 + long).reduce((sum, byte) => sum * 256 + byte, 0);
    yield bytes.subarray(at + 2 + long, at + 2 + long + length);
    at += 2 + long + length;
  }
}
const number32 = (content: Uint8Array): Uint8Array => joined(new Uint8Array(32), content).slice(-32);
const pem = (label: string, bytes: Uint8Array): string => `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString("base64")}\n-----END ${label}-----\n`;
const curve = fromHex("06082a811ccf5501822d");
const secretPem = (secret: Uint8Array): string => pem("EC PRIVATE KEY", der(0x30, der(2, Uint8Array.of(1)), der(4, secret), der(0xa0, curve), der(0xa1, der(3, Uint8Array.of(0), sm2PublicKey(secret)))));
const publicPem = (key: Uint8Array): string => pem("PUBLIC KEY", der(0x30, der(0x30, fromHex("06072a8648ce3d0201"), curve), der(3, Uint8Array.of(0), key)));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-openssl-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content?: Uint8Array | string): string => {
  const at = path.join(folder, name);
  if (content !== undefined) fs.writeFileSync(at, content);
  return at;
};
const openssl = (...words: readonly string[]): { readonly status: number | null; readonly out: Buffer; readonly err: string } => {
  const { status, stdout, stderr, error } = spawnSync("openssl", words);
  return { status: error ? -1 : status, out: stdout ?? Buffer.alloc(0), err: error ? error.message : stderr.toString() };
};
const knowsSm2 = openssl("list", "-public-key-algorithms");
const away = knowsSm2.status !== 0 ? `no openssl program on this machine: ${knowsSm2.err.trim()}` : knowsSm2.out.toString().includes("SM2") ? false : "this openssl does not know SM2";
const withId = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"];

test("SM2 signatures are verified by openssl, and those of openssl here", { skip: away }, () => {
  for (let i = 0; i < rounds; i++) {
    const [secret, text] = [sm2SecretKey(), message(i)];
    const [key, pub, input] = [file("key.pem", secretPem(secret)), file("pub.pem", publicPem(sm2PublicKey(secret))), file("message", text)];
    const ours = sm2Sign(secret, text);
    const verified = openssl("pkeyutl", "-verify", "-pubin", "-inkey", pub, "-in", input, "-sigfile", file("sig", der(0x30, integer(ours.subarray(0, 32)), integer(ours.subarray(32)))), ...withId);
    assert.equal(verified.status, 0, verified.err);
    const signed = openssl("pkeyutl", "-sign", "-inkey", key, "-in", input, "-out", file("theirs"), ...withId);
    assert.equal(signed.status, 0, signed.err);
    const [r, s] = [...elements([...elements(fs.readFileSync(file("theirs")))][0]!)].map(number32) as [Uint8Array, Uint8Array];
    assert.ok(sm2Verify(sm2PublicKey(secret), text, joined(r, s)));
    assert.ok(!sm2Verify(sm2PublicKey(secret), joined(text, Uint8Array.of(0)), joined(r, s)));
  }
});

test("what is sealed to an SM2 key is opened by openssl, and the other way round", { skip: away }, () => {
  for (let i = 0; i < rounds; i++) {
    const [secret, text] = [sm2SecretKey(), message(i)];
    const sealed = sm2Encrypt(sm2PublicKey(secret), text);
    const asDer = der(0x30, integer(sealed.subarray(1, 33)), integer(sealed.subarray(33, 65)), der(4, sealed.subarray(65, 97)), der(4, sealed.subarray(97)));
    const opened = openssl("pkeyutl", "-decrypt", "-inkey", file("key.pem", secretPem(secret)), "-in", file("sealed", asDer));
    assert.deepEqual([opened.status, opened.out.toString("hex")], [0, toHex(text)], opened.err);
    const theirs = openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", file("pub.pem", publicPem(sm2PublicKey(secret))), "-in", file("message", text));
    const [x, y, hash, hidden] = [...elements([...elements(theirs.out)][0]!)] as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    assert.deepEqual(sm2Decrypt(secret, joined(Uint8Array.of(4), number32(x), number32(y), hash, hidden)), text);
  }
});

test("a message whose mask would be zeroes is sealed under another point, and opened by nobody", () => {
  const [secret, text] = [new Uint8Array(32).fill(7), Uint8Array.of(42)];
  const key = sm2PublicKey(secret);
  const nonce = new Uint8Array(32);
  nonce[31] = 235; // Found by trying: its mask of one byte is zero.
  assert.throws(() => sm2Encrypt(key, text, nonce), RangeError);
  // What it would be: the point that both share is that of the product of their secrets.
  const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
  const shared = sm2PublicKey(fromHex(((BigInt(`0x${toHex(secret)}`) * 235n) % order).toString(16).padStart(64, "0"))).subarray(1);
  const sealed = (message: Uint8Array, hidden: Uint8Array): Uint8Array => joined(sm2PublicKey(nonce), sm3(joined(shared.subarray(0, 32), message, shared.subarray(32))), hidden);
  const longer = sm2Encrypt(key, Uint8Array.of(42, 0), nonce);
  assert.deepEqual(sealed(Uint8Array.of(42, 0), longer.subarray(97)), longer, "made as the product makes it");
  assert.equal(longer[97], 42, "the first byte of the mask is zero");
  assert.equal(sm2Decrypt(secret, sealed(text, text)), undefined);
  assert.throws(() => sm2Encrypt(key, new Uint8Array(0)), RangeError);
});

test("SM2 agrees with another library, both ways", () => {
  for (let i = 0; i < rounds; i++) {
    const [secret, text] = [sm2SecretKey(), message(i)];
    const key = sm2PublicKey(secret);
    assert.ok(sm2.doVerifySignature(text, toHex(sm2Sign(secret, text)), toHex(key), { hash: true, der: false }));
    assert.ok(sm2Verify(key, text, fromHex(sm2.doSignature(text, toHex(secret), { hash: true, der: false }))));
    assert.deepEqual(sm2.doDecrypt(toHex(sm2Encrypt(key, text)).slice(2), toHex(secret), 1, { output: "array" }), text);
    assert.deepEqual(sm2Decrypt(secret, fromHex(`04${sm2.doEncrypt(text, toHex(key), 1)}`)), text);
  }
});

test("SM4-GCM agrees with another library, at every length of a last block and with text beside", () => {
  for (let i = 0; i < Math.max(50, rounds * 10); i++) {
    const [key, nonce, text, beside] = [randomBytes(16), randomBytes(12), randomBytes(i), randomBytes((i * 5) % 40)];
    const theirs = sm4.encrypt(text, key, { mode: "gcm", iv: nonce, associatedData: beside, output: "array", outputTag: true, padding: "none" });
    const sealed = sm4Gcm(key).seal(nonce, text, beside);
    assert.equal(toHex(sealed), toHex(joined(theirs.output, theirs.tag!)));
    assert.deepEqual(sm4Gcm(key).open(nonce, sealed, beside), text);
    sealed[i % sealed.length]! ^= 1;
    assert.equal(sm4Gcm(key).open(nonce, sealed, beside), undefined);
  }
});

test("SM3 and HKDF over it agree with node:crypto at every length up to 300, and piece by piece", () => {
  for (let length = 0; length <= 300; length++) {
    const text = randomBytes(length);
    const theirs = crypto.createHash("sm3").update(text).digest("hex");
    assert.equal(toHex(sm3(text)), theirs);
    const half = length >> 1;
    assert.equal(toHex(sm3.create().update(text.subarray(0, half)).clone().update(text.subarray(half)).digest()), theirs);
  }
  const [secret, salt] = [randomBytes(32), randomBytes(20)];
  assert.equal(toHex(national.hkdf(secret, salt, "use", 48)), Buffer.from(crypto.hkdfSync("sm3", secret, salt, "use", 48)).toString("hex"));
});

test("the international suite agrees with node:crypto on random keys and messages", async () => {
  const key = (kind: "ed25519" | "x25519", raw: Uint8Array): crypto.KeyObject =>
    crypto.createPrivateKey({ key: Buffer.from(joined(fromHex(`302e020100300506032b65${kind === "ed25519" ? "70" : "6e"}04220420`), raw)), format: "der", type: "pkcs8" });
  for (let i = 0; i < rounds * 10; i++) {
    const [{ secretKey, publicKey }, text] = [international.newSignKeys(), message(i)];
    const signature = crypto.sign(null, text, key("ed25519", secretKey));
    assert.equal(toHex(international.sign(secretKey, text)), signature.toString("hex"));
    assert.ok(international.verify(publicKey, text, signature));
    const seal = international.newSealKeys();
    assert.equal(toHex(seal.publicKey), crypto.createPublicKey(key("x25519", seal.secretKey)).export({ format: "der", type: "spki" }).subarray(-32).toString("hex"));
    const [aes, nonce] = [randomBytes(32), randomBytes(12)];
    const cipher = crypto.createCipheriv("aes-256-gcm", aes, nonce);
    assert.equal(toHex(await (await international.cipher(aes)).seal(nonce, text)), Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString("hex"));
    assert.equal(toHex(international.hkdf(aes, nonce, "use", 32)), Buffer.from(crypto.hkdfSync("sha256", aes, nonce, "use", 32)).toString("hex"));
  }
});

test("SM2 signatures that standards call wrong are refused: numbers out of range, the other s, points off the curve", () => {
  const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
  const word = (number: bigint): Uint8Array => fromHex(number.toString(16).padStart(64, "0"));
  const secret = sm2SecretKey();
  const key = sm2PublicKey(secret);
  const text = message(1);
  const signature = sm2Sign(secret, text);
  assert.ok(sm2Verify(key, text, signature));
  const [r, s] = [BigInt(`0x${toHex(signature.subarray(0, 32))}`), BigInt(`0x${toHex(signature.subarray(32))}`)];
  const pairs: readonly (readonly [bigint, bigint])[] = [[0n, s], [r, 0n], [n, s], [r, n], [r + 1n, s], [r, n - s], [n - r, s], [r, n - r], [2n ** 256n - 1n, s], [s, r]];
  for (const [a, b] of pairs) assert.ok(!sm2Verify(key, text, joined(word(a), word(b))));
  if (r + n < 2n ** 256n) assert.ok(!sm2Verify(key, text, joined(word(r + n), word(s))));
  for (const wrong of [joined(signature, Uint8Array.of(0)), signature.subarray(1), new Uint8Array(64)]) assert.ok(!sm2Verify(key, text, wrong));
  const off = key.slice();
  off[64]! ^= 1;
  for (const bad of [off, new Uint8Array(65), joined(Uint8Array.of(2), key.subarray(1, 33)), key.subarray(1)]) {
    assert.ok(!sm2Verify(bad, text, signature));
    assert.throws(() => sm2Encrypt(bad, text), RangeError);
    assert.equal(sm2Decrypt(secret, joined(bad, new Uint8Array(64))), undefined);
  }
  for (const bad of [new Uint8Array(32), word(n), word(n - 1n), new Uint8Array(31)]) assert.throws(() => sm2PublicKey(bad), RangeError);
  // One message is signed anew each time, and a generator that repeats itself gives nothing away: other messages get other nonces.
  assert.notEqual(toHex(sm2Sign(secret, text)), toHex(signature));
  const same = new Uint8Array(32);
  assert.notEqual(toHex(sm2Sign(secret, text, same).subarray(0, 32)), toHex(sm2Sign(secret, message(2), same).subarray(0, 32)));
});
