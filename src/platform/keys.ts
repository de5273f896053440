// Keys kept outside the database: the one that signs scopes, those that seal what belongs to no person, the one that blinds ID numbers,
// and the versions of the key-encryption key under which people's own keys are wrapped.
import { createHash, createHmac, createPrivateKey, createPublicKey, createSecretKey, hkdfSync, type KeyObject, randomBytes, sign } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fieldSuites, type SealingKey, type SuiteName } from "./ciphers.ts";
import { destroySecret, fileKeyStore, type KeyStore, type KeyVersion, memoryKeyStore, writeSecret } from "./key-store.ts";
import { freshNonce, nonceBytes } from "./nonces.ts";
import { type PersonKeys, personKeys } from "./person-key.ts";

export type Keys = {
  /** Signs the scope of each transaction; the database holds a copy that only its definer functions read. */
  readonly context: Buffer;
  /** HMAC-SHA-256 under the context key, in hexadecimal. */
  readonly sign: (text: string) => string;
  /** 32-byte key of one county for what was sealed before values said their suite. */
  readonly sealing: (county: number) => KeyObject;
  /** Key of one county for what belongs to no person: lists, tasks, stored answers. */
  readonly county: (county: number, suite: SuiteName) => SealingKey;
  /** The suite of what is sealed now. */
  readonly suite: () => SuiteName;
  /** People's own keys: made, opened, wrapped anew. */
  readonly people: PersonKeys;
  /** Versions of the key-encryption key in use, oldest first. */
  readonly versions: () => readonly KeyVersion[];
  /** Makes the next version, from now on used for all that is new, and puts the root under it. */
  readonly renew: (suite: SuiteName) => number;
  /** Takes up a version that another process has made. */
  readonly refresh: () => void;
  /** Destroys a version under which nothing is wrapped any more. @throws for the newest */
  readonly retire: (version: number) => void;
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

/** What all other keys come from, and the keys that blind, in the order in which they are applied. */
export type Root = { readonly master: Buffer; readonly blinding: readonly { readonly suite: SuiteName; readonly key: Buffer | undefined }[] };
type RootFile = { readonly version: number; readonly suite: SuiteName; readonly sealed: string };

const rootFile = (folder: string): string => path.join(folder, "root.json");
const formerFile = (folder: string): string => path.join(folder, "master");
const wrappingRoot = (store: KeyStore, version: number, suite: SuiteName): SealingKey => {
  const secret = store.secret(version);
  if (!secret) throw new Error(`version ${version} of the key-encryption key is not in the key store`);
  return fieldSuites[suite].key(Buffer.from(hkdfSync("sha256", secret, "qingce", `root:${suite}`, 32)));
};

/** Puts the root under the newest version. */
export function writeRoot(folder: string, store: KeyStore, root: Root): void {
  const newest = store.versions().at(-1);
  if (!newest) throw new Error("the key store is empty");
  const text = JSON.stringify({ master: root.master.toString("base64url"), blinding: root.blinding.map(({ suite, key }) => ({ suite, ...(key && { key: key.toString("base64url") }) })) });
  const nonce = freshNonce();
  const sealed = Buffer.concat([nonce, wrappingRoot(store, newest.version, newest.suite).seal(nonce, Buffer.from("root"), Buffer.from(text))]);
  writeSecret(rootFile(folder), JSON.stringify({ version: newest.version, suite: newest.suite, sealed: sealed.toString("base64url") } satisfies RootFile));
}

/** @throws when the version that it is wrapped under is missing, or the file was altered */
export function readRoot(folder: string, store: KeyStore): Root {
  const { version, suite, sealed } = JSON.parse(fs.readFileSync(rootFile(folder), "utf8")) as RootFile;
  const bytes = Buffer.from(sealed, "base64url");
  const text = wrappingRoot(store, version, suite).open(bytes.subarray(0, nonceBytes), Buffer.from("root"), bytes.subarray(nonceBytes)).toString("utf8");
  const { master, blinding } = JSON.parse(text) as { master: string; blinding: readonly { suite: SuiteName; key?: string }[] };
  return { master: Buffer.from(master, "base64url"), blinding: blinding.map((one) => ({ suite: one.suite, key: one.key === undefined ? undefined : Buffer.from(one.key, "base64url") })) };
}

/** Whether a data folder holds keys. */
export const hasKeys = (dataDir: string): boolean => [rootFile, formerFile].some((file) => fs.existsSync(file(path.join(dataDir, "keys"))));

/**
 * Opens `<dataDir>/keys`: the root (`root.json`) under a version of the key-encryption key (`kek-N.json`), made at the first start in `suite`
 * (mode 0600). A root that stood open (`master`, former versions) is put under a key. Losing the folder makes sealed values unreadable for ever.
 */
export function openKeys(dataDir: string, suite: SuiteName = "international"): Keys {
  const folder = path.join(dataDir, "keys");
  const store = fileKeyStore(folder);
  const former = formerFile(folder);
  if (!fs.existsSync(rootFile(folder))) {
    const master = fs.existsSync(former) ? fs.readFileSync(former) : randomBytes(32);
    const blinding = fs.existsSync(former) ? "international" : suite;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (store.versions().length === 0) store.add(suite);
    writeRoot(folder, store, { master, blinding: [{ suite: blinding, key: undefined }] });
  }
  const root = readRoot(folder, store);
  if (fs.existsSync(former) && root.master.equals(fs.readFileSync(former))) destroySecret(former);
  return keysOf(root, store, () => writeRoot(folder, store, root));
}

/** PKCS #8 head of an Ed25519 private key, before its 32 bytes (RFC 8410). */
const ed25519Head = Buffer.from("302e020100300506032b657004220420", "hex");

function signingFrom(seed: Buffer): Signing {
  const key = createPrivateKey({ key: Buffer.concat([ed25519Head, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key);
  const keyId = createHash("sha256").update(publicKey.export({ format: "der", type: "spki" })).digest("hex").slice(0, 16);
  return { keyId, publicKey: publicKey.export({ format: "pem", type: "spki" }).toString(), sign: (bytes) => sign(null, bytes, key) };
}

/** All keys from one 32-byte master secret (HKDF, RFC 5869), with a key store in memory. */
export function keysFrom(master: Buffer, suite: SuiteName = "international"): Keys {
  const store = memoryKeyStore(Buffer.from(hkdfSync("sha256", master, "qingce", "key-encryption", 32)), suite);
  return keysOf({ master, blinding: [{ suite, key: undefined }] }, store, () => {});
}

function keysOf(root: Root, store: KeyStore, keepRoot: () => void): Keys {
  const derive = (use: string, length = 32): Buffer => Buffer.from(hkdfSync("sha256", root.master, "qingce", use, length));
  const context = derive("context");
  const contextKey = createSecretKey(context);
  const blinding = root.blinding.map(({ suite, key }) => ({ mac: fieldSuites[suite].mac, key: createSecretKey(key ?? derive("blind-index")) }));
  const former = new Map<number, KeyObject>();
  const counties = new Map<string, SealingKey>();
  const newest = (): KeyVersion | undefined => store.versions().at(-1);
  let signing: Signing | undefined;
  return {
    bundle: (suite) => ({ seal: derive(`bundle-seal:${suite}`, 40), sign: derive(`bundle-sign:${suite}`, 40) }),
    lease: (device) => derive(`lease:${device}`),
    signing: () => (signing ??= signingFrom(derive("file-signature"))),
    context,
    sign: (text) => createHmac("sha256", contextKey).update(text).digest("hex"),
    blind: (idNumber) => blinding.reduce<string | Buffer>((text, { mac, key }) => mac(key, text), idNumber) as Buffer,
    sealing: (county) => {
      let key = former.get(county);
      if (!key) former.set(county, (key = createSecretKey(derive(`seal:${county}`))));
      return key;
    },
    county: (county, suite) => {
      const name = `${suite} ${county}`;
      let key = counties.get(name);
      if (!key) counties.set(name, (key = fieldSuites[suite].key(derive(`county:${suite}:${county}`))));
      return key;
    },
    suite: () => newest()?.suite ?? "international",
    people: personKeys(store),
    versions: store.versions,
    renew(suite) {
      const version = store.add(suite);
      keepRoot();
      return version;
    },
    refresh: store.refresh,
    retire(version) {
      if (version === newest()?.version) throw new Error("the newest version of the key-encryption key is in use");
      keepRoot(); // under the newest, whatever happened after it was made
      store.retire(version);
    },
  };
}
