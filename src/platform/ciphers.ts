// The two suites in which values and files are sealed: international (AES-256-GCM, HMAC-SHA-256) by Node's own OpenSSL, and national
// (SM4-GCM, GB/T 32907; HMAC-SM3, GB/T 32905), whose Galois mode is ours because Node offers none. Both: nonce of 96 bits, tag of 128.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { toHex } from "../bundle/bytes.ts";
import { sm4Gcm, type Gcm } from "../bundle/sm4-gcm.ts";
import type { SuiteName } from "../bundle/suite-model.ts";

export type { SuiteName } from "../bundle/suite-model.ts";

/** One key in use. `beside` is bound to the text without being part of it. */
export type SealingKey = {
  /** Tag (16 bytes), then the sealed text. A nonce (12 bytes) is used once with a key. */
  readonly seal: (nonce: Uint8Array, beside: Uint8Array, text: Uint8Array) => Buffer;
  /** @throws when anything was altered or the key is another one */
  readonly open: (nonce: Uint8Array, beside: Uint8Array, sealed: Uint8Array) => Buffer;
};
export type FieldSuite = {
  readonly name: SuiteName;
  readonly id: 1 | 2;
  /** A key from 32 bytes; SM4 takes the first 16. */
  readonly key: (material: Buffer) => SealingKey;
  readonly mac: (key: KeyObject, text: string | Uint8Array) => Buffer;
};

const tagLength = 16;

const international: FieldSuite = {
  name: "international",
  id: 1,
  key(material) {
    const key = createSecretKey(material);
    return {
      seal(nonce, beside, text) {
        const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(beside);
        const body = cipher.update(text);
        cipher.final();
        return Buffer.concat([cipher.getAuthTag(), body]);
      },
      open(nonce, beside, sealed) {
        const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength }).setAAD(beside);
        decipher.setAuthTag(sealed.subarray(0, tagLength));
        const text = decipher.update(sealed.subarray(tagLength));
        decipher.final();
        return text;
      },
    };
  },
  mac: (key, text) => createHmac("sha256", key).update(text).digest(),
};

const national: FieldSuite = {
  name: "national",
  id: 2,
  key(material) {
    let made: Gcm | undefined;
    const gcm = (): Gcm => (made ??= sm4Gcm(material.subarray(0, 16)));
    return {
      seal(nonce, beside, text) {
        const out = gcm().seal(nonce, text, beside);
        return Buffer.concat([out.subarray(text.length), out.subarray(0, text.length)]);
      },
      open(nonce, beside, sealed) {
        const text = gcm().open(nonce, Buffer.concat([sealed.subarray(tagLength), sealed.subarray(0, tagLength)]), beside);
        if (text === undefined) throw new Error("sealed value was altered or belongs to another key");
        return Buffer.from(text.buffer, text.byteOffset, text.length);
      },
    };
  },
  mac: (key, text) => createHmac("sm3", key).update(text).digest(),
};

export const fieldSuites: Readonly<Record<SuiteName, FieldSuite>> = { international, national };
/** @throws for a number that no suite has */
export function suiteNumbered(id: number): FieldSuite {
  const suite = id === 1 ? international : id === 2 ? national : undefined;
  if (!suite) throw new Error("sealed value has an unknown suite");
  return suite;
}

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");
const gcmText = bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
const gcmBeside = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
const tls = { key: bytes("0123456789abcdeffedcba9876543210"), nonce: bytes("00001234567800000000abcd"), text: bytes(["aa", "bb", "cc", "dd", "ee", "ff", "ee", "aa"].map((pair) => pair.repeat(8)).join("")) };
const tlsSealed = "83de3541e4c2b58177e065a9bf7b62ec17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d";
const aesKey = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");

export type KnownAnswer = { readonly source: string; readonly actual: () => Uint8Array; readonly expected: string };
/** What standards print of all that seals, blinds and derives here. */
export const knownAnswers: readonly KnownAnswer[] = [
  {
    source: "GCM specification, test case 16: AES-256 with associated data",
    actual: () => international.key(aesKey).seal(bytes("cafebabefacedbaddecaf888"), gcmBeside, gcmText),
    expected: "76fc6ece0f4e1768cddf8853bb2d551b522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
  },
  { source: "RFC 8998, A.1: SM4-GCM, sealed", actual: () => national.key(tls.key).seal(tls.nonce, gcmBeside, tls.text), expected: tlsSealed },
  { source: "RFC 8998, A.1: SM4-GCM, opened", actual: () => national.key(tls.key).open(tls.nonce, gcmBeside, bytes(tlsSealed)), expected: tls.text.toString("hex") },
  { source: "RFC 4231, 4.3: HMAC-SHA-256", actual: () => international.mac(createSecretKey(Buffer.from("Jefe")), "what do ya want for nothing?"), expected: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
  {
    source: "GM/T 0042-2015, D.3: HMAC-SM3",
    actual: () => national.mac(createSecretKey(bytes("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425")), bytes("cd".repeat(50))),
    expected: "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae",
  },
  { source: "RFC 5869, A.1: HKDF with SHA-256", actual: () => Buffer.from(hkdfSync("sha256", bytes("0b".repeat(22)), bytes("000102030405060708090a0b0c"), bytes("f0f1f2f3f4f5f6f7f8f9"), 42)), expected: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865" },
];

/** Works the published examples out. @throws Error naming the first that comes out otherwise */
export function proveCiphers(answers: readonly KnownAnswer[] = knownAnswers): void {
  for (const { source, actual, expected } of answers) {
    let found: string;
    try {
      found = toHex(actual());
    } catch (error) {
      found = error instanceof Error ? error.message : String(error);
    }
    if (found !== expected) throw new Error(`the ciphers do not work as published on this machine: ${source}`);
  }
}
