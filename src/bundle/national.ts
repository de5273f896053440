// The national suite: SM2 signatures and encryption (GB/T 32918), SM3 (GB/T 32905) and HKDF over it, SM4-GCM (GB/T 32907).
import { hkdf } from "@noble/hashes/hkdf.js";
import { randomBytes, utf8 } from "./bytes.ts";
import { sm2Decrypt, sm2Encrypt, sm2PublicKey, sm2SecretKey, sm2Sign, sm2Verify } from "./sm2.ts";
import { sm3 } from "./sm3.ts";
import { sm4Gcm } from "./sm4-gcm.ts";
import type { Suite } from "./suite-model.ts";

const newKeys = (seed?: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array } => {
  const secretKey = sm2SecretKey(seed);
  return { publicKey: sm2PublicKey(secretKey), secretKey };
};

export const national: Suite = {
  name: "national",
  id: 2,
  sealKeyLength: 65,
  signKeyLength: 65,
  wrappedLength: 65 + 32 + 32,
  signatureLength: 64,
  keyLength: 16,
  newSealKeys: newKeys,
  newSignKeys: newKeys,
  digest: (bytes) => Promise.resolve(sm3(bytes)),
  digestNow: sm3,
  hkdf: (secret, salt, use, length) => hkdf(sm3, secret, salt, utf8(use), length),
  sign: (secretKey, message, random = randomBytes) => sm2Sign(secretKey, message, random(32)),
  verify: sm2Verify,
  wrap: (receiver, fileKey, random = randomBytes) => Promise.resolve(sm2Encrypt(receiver, fileKey, sm2SecretKey(random(40)))),
  unwrap: (receiver, wrapped) => Promise.resolve(sm2Decrypt(receiver.secretKey, wrapped)),
  cipher(key) {
    const gcm = sm4Gcm(key);
    return Promise.resolve({
      seal: (nonce, text) => Promise.resolve(gcm.seal(nonce, text)),
      open: (nonce, sealed) => Promise.resolve(gcm.open(nonce, sealed)),
    });
  },
};
