// The two cipher suites behind one interface: international (X25519, Ed25519, AES-256-GCM, SHA-256) and national (SM2, SM3, SM4-GCM).
// Which one a bundle uses is a byte of its preamble; nothing else in the format knows.
import { international } from "./international.ts";
import { national } from "./national.ts";
import type { Suite, SuiteName } from "./suite-model.ts";

export type { SealKeys, SignKeys, Suite, SuiteName } from "./suite-model.ts";

export const suites: Readonly<Record<SuiteName, Suite>> = { international, national };

/** How a bundle names a key: the first 16 bytes of the digest of the public key. */
export const keyName = (suite: SuiteName | Suite, publicKey: Uint8Array): Uint8Array => (typeof suite === "string" ? suites[suite] : suite).digestNow(publicKey).subarray(0, 16);
