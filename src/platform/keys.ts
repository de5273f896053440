// Keys kept outside the database: the one that signs scopes, the one that seals fields, the one that blinds ID numbers.
import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
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
};

/** Reads `<dataDir>/keys/master`, making it at the first start (mode 0600). Losing it makes sealed fields unreadable for ever. */
export function openKeys(dataDir: string): Keys {
  const file = path.join(dataDir, "keys", "master");
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  }
  return keysFrom(fs.readFileSync(file));
}

/** All keys from one 32-byte master secret (HKDF, RFC 5869). */
export function keysFrom(master: Buffer): Keys {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync("sha256", master, "qingce", use, 32));
  const context = derive("context");
  const contextKey = createSecretKey(context);
  const blindKey = createSecretKey(derive("blind-index"));
  const counties = new Map<number, KeyObject>();
  return {
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
