// Keys kept outside the database: the one that signs scopes, the one that seals fields, the one that blinds ID numbers.
import { createHash, createHmac, createPrivateKey, createPublicKey, createSecretKey, hkdfSync, type KeyObject, randomBytes, sign } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export type Keys = {
  /** Signs the scope of each transaction; the database holds a copy that only its definer functions read. */
  readonly context: Buffer;
  /** HMAC-SHA-256 under the context key, in hexadecimal. */
  readonly sign: (text: string) => string;
  /** 32-byte key for the sealed fields of one county. */
  readonly sealing: (county: number) => KeyObject;
  /** Digest of an ID number under a key: equal numbers have equal digests, nothing can be read back. */
  readonly blind: (idNumber: string) => Buffer;
  /** The installation's Ed25519 key (RFC 8032) for files that leave: its public half as PEM, the first 16 hexadecimal digits of its SHA-256 as name. */
  readonly signing: () => Signing;
  /** 40-byte seeds of the office's own key pairs for bundles in one cipher suite: one to open what is sent to it, one to sign what it sends. */
  readonly bundle: (suite: string) => { readonly seal: Buffer; readonly sign: Buffer };
  /** The office's part of the key under which one terminal keeps its store. */
  readonly lease: (device: string) => Buffer;
};
export type Signing = { readonly keyId: string; readonly publicKey: string; readonly sign: (bytes: Uint8Array) => Buffer };

/** Reads `<dataDir>/keys/master`, making it at the first start (mode 0600). Losing it makes sealed fields unreadable for ever. */
export function openKeys(dataDir: string): Keys {
  const file = path.join(dataDir, "keys", "master");
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  }
  return keysFrom(fs.readFileSync(file));
}

/** PKCS #8 head of an Ed25519 private key, before its 32 bytes (RFC 8410). */
const ed25519Head = Buffer.from("302e020100300506032b657004220420", "hex");

function signingFrom(seed: Buffer): Signing {
  const key = createPrivateKey({ key: Buffer.concat([ed25519Head, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key);
  const keyId = createHash("sha256").update(publicKey.export({ format: "der", type: "spki" })).digest("hex").slice(0, 16);
  return { keyId, publicKey: publicKey.export({ format: "pem", type: "spki" }).toString(), sign: (bytes) => sign(null, bytes, key) };
}

/** All keys from one 32-byte master secret (HKDF, RFC 5869). */
export function keysFrom(master: Buffer): Keys {
  const derive = (use: string, length = 32): Buffer => Buffer.from(hkdfSync("sha256", master, "qingce", use, length));
  const context = derive("context");
  const contextKey = createSecretKey(context);
  const blindKey = createSecretKey(derive("blind-index"));
  const counties = new Map<number, KeyObject>();
  let signing: Signing | undefined;
  return {
    bundle: (suite) => ({ seal: derive(`bundle-seal:${suite}`, 40), sign: derive(`bundle-sign:${suite}`, 40) }),
    lease: (device) => derive(`lease:${device}`),
    signing: () => (signing ??= signingFrom(derive("file-signature"))),
    context,
    sign: (text) => createHmac("sha256", contextKey).update(text).digest("hex"),
    blind: (idNumber) => createHmac("sha256", blindKey).update(idNumber).digest(),
    sealing: (county) => {
      let key = counties.get(county);
      if (!key) counties.set(county, (key = createSecretKey(derive(`seal:${county}`))));
      return key;
    },
  };
}
