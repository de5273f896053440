// The detached signature of a file that leaves for a department: Ed25519 (RFC 8032) by the key of the installation over the file's
// bytes, with the public key beside it, so that it can be checked with any tool.
import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import type { Keys } from "../../platform/keys.ts";

export type Signature = { readonly format: "qingce-signature-1"; readonly algorithm: "Ed25519"; readonly keyId: string; readonly publicKey: string; readonly sha256: string; readonly signedAt: string; readonly signature: string };
export type Verdict = { readonly valid: boolean; readonly ours: boolean; readonly keyId: string; readonly signedAt: string; readonly why: { readonly zh: string; readonly en: string } };

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
/** What is signed: the file's digest and the moment, so that neither can be changed. */
const signedText = (sha256: string, signedAt: string): Buffer => Buffer.from(`qingce-signature-1\n${sha256}\n${signedAt}\n`);

export function signFile(keys: Keys, bytes: Uint8Array, signedAt: string): Signature {
  const sha256 = sha256Of(bytes);
  const { keyId, publicKey, sign } = keys.signing();
  return { format: "qingce-signature-1", algorithm: "Ed25519", keyId, publicKey, sha256, signedAt, signature: sign(signedText(sha256, signedAt)).toString("base64") };
}

const fault = (keyId: string, signedAt: string, zh: string, en: string): Verdict => ({ valid: false, ours: false, keyId, signedAt, why: { zh, en } });
const isSignature = (value: unknown): value is Signature => {
  const given = value as Partial<Signature> | null;
  return typeof given === "object" && given !== null && given.format === "qingce-signature-1" && given.algorithm === "Ed25519" && ["keyId", "publicKey", "sha256", "signedAt", "signature"].every((key) => typeof given[key as keyof Signature] === "string");
};

function publicKeyOf(given: Signature): KeyObject | undefined {
  try {
    const key = createPublicKey(given.publicKey);
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined; // not a key at all: said to the caller as such
  }
}

/** Whether the text is the signature of exactly these bytes, and whether this installation made it. */
export function verifyFile(keys: Keys, bytes: Uint8Array, text: string): Verdict {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = undefined;
  }
  if (!isSignature(given)) return fault("", "", "这不是签名文件", "This is not a signature file");
  const { keyId, signedAt } = given;
  const key = publicKeyOf(given);
  if (key === undefined) return fault(keyId, signedAt, "签名文件中的公钥无效", "The public key in the signature file is not valid");
  if (sha256Of(bytes) !== given.sha256) return fault(keyId, signedAt, "文件内容与签名不符：文件在签名之后被改动，或不是同一个文件", "The file is not the one that was signed: it was changed, or it is another");
  if (!verify(null, signedText(given.sha256, signedAt), key, Buffer.from(given.signature, "base64"))) return fault(keyId, signedAt, "签名无效", "The signature is not valid");
  const own = keys.signing();
  const ours = own.keyId === keyId && own.publicKey.trim() === given.publicKey.trim();
  return { valid: true, ours, keyId, signedAt, why: ours ? { zh: "签名有效，由本系统生成，文件未被改动", en: "Valid: made by this installation, and the file is unchanged" } : { zh: "签名有效，但不是由本系统生成，请核对公钥来源", en: "Valid, but by another key than this installation's: make sure whose it is" } };
}
