// The international suite: X25519 (RFC 7748), Ed25519 (RFC 8032), SHA-256 and HKDF (RFC 5869), AES-256-GCM by WebCrypto.
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { joined, randomBytes, utf8 } from "./bytes.ts";
import type { Cipher, Suite } from "./suite-model.ts";

/** WebCrypto does not take memory that threads share; bytes here never come from such. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;
const zeroNonce = new Uint8Array(12);
const derive = (secret: Uint8Array, salt: Uint8Array, use: string, length: number): Uint8Array => hkdf(sha256, secret, salt, utf8(use), length);

async function aes(key: Uint8Array): Promise<Cipher> {
  const handle = await crypto.subtle.importKey("raw", own(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  return {
    async seal(nonce, text) {
      return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: own(nonce) }, handle, own(text)));
    },
    async open(nonce, sealed) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: own(nonce) }, handle, own(sealed)));
      } catch (error) {
        if (error instanceof DOMException && error.name === "OperationError") return undefined;
        throw error;
      }
    },
  };
}

/** The key that wraps: from the shared secret and both public keys, as in age's X25519 recipients. Undefined for a point of small order. */
function wrappingKey(secretKey: Uint8Array, other: Uint8Array, ephemeral: Uint8Array, receiver: Uint8Array): Uint8Array | undefined {
  try {
    return derive(x25519.getSharedSecret(secretKey, other), joined(ephemeral, receiver), "qingce bundle 1 wrap", 32);
  } catch {
    return undefined;
  }
}

export const international: Suite = {
  name: "international",
  id: 1,
  sealKeyLength: 32,
  signKeyLength: 32,
  wrappedLength: 32 + 32 + 16,
  signatureLength: 64,
  keyLength: 32,
  newSealKeys(seed = randomBytes(40)) {
    const secretKey = seed.slice(0, 32);
    return { publicKey: x25519.getPublicKey(secretKey), secretKey };
  },
  newSignKeys(seed = randomBytes(40)) {
    const secretKey = seed.slice(0, 32);
    return { publicKey: ed25519.getPublicKey(secretKey), secretKey };
  },
  digest: async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", own(bytes))),
  digestNow: sha256,
  hkdf: derive,
  sign: (secretKey, message) => ed25519.sign(message, secretKey),
  verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
  async wrap(receiver, fileKey, random = randomBytes) {
    const secretKey = random(32);
    const ephemeral = x25519.getPublicKey(secretKey);
    const key = wrappingKey(secretKey, receiver, ephemeral, receiver);
    if (!key) throw new RangeError("this is no public key to seal to");
    return joined(ephemeral, await (await aes(key)).seal(zeroNonce, fileKey));
  },
  async unwrap(receiver, wrapped) {
    const ephemeral = wrapped.subarray(0, 32);
    const key = wrappingKey(receiver.secretKey, ephemeral, ephemeral, receiver.publicKey);
    return key && (await aes(key)).open(zeroNonce, wrapped.subarray(32));
  },
  cipher: aes,
};
