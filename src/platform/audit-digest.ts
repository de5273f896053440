// The digest of the audit's chain: the only code that its writer and its verifier share.
import { hash } from "node:crypto";

export type ChainAlgorithm = "sha-256" | "sm3";
/** What stands before the first row. */
export const chainStart: Buffer = Buffer.alloc(32);

const names: Readonly<Record<ChainAlgorithm, string>> = { "sha-256": "sha256", sm3: "sm3" };

/** Digest of a row: over the digest before it (32 bytes), its number in the chain, a tab, and its line. SHA-256 (FIPS 180-4) or SM3 (GB/T 32905). */
export const chainDigest = (algorithm: ChainAlgorithm, previous: Buffer, seq: number, line: string): Buffer => hash(names[algorithm], Buffer.concat([previous, Buffer.from(`${seq}\t${line}`)]), "buffer");
