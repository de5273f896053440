// Files: photos, signatures, uploaded workbooks. A file of a county is stored once under its SHA-256, sealed with the county's key; a
// file of a person is sealed under a key of its own, which whoever stores it keeps sealed under the person's key.
import { createDecipheriv, createHash, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { Problem } from "../core/problem.ts";
import { fieldSuites, type SealingKey, type SuiteName, suiteNumbered } from "./ciphers.ts";
import type { Keys } from "./keys.ts";
import { freshNonce, nonceBytes } from "./nonces.ts";

/** A file under a key of its own: 32 bytes. */
export type OwnFile = { readonly sha256: string; readonly key: Buffer };

export type Blobs = {
  /** Stores the bytes durably before it resolves; the same bytes of the same county are stored once. @throws Problem disk-full */
  put(county: number, bytes: Uint8Array): Promise<string>;
  /** @throws Problem not-found */
  get(county: number, sha256: string): Promise<Buffer>;
  remove(county: number, sha256: string): Promise<void>;
  /** As `put`, under a key of its own. Bytes that this process has stored before get the same key again. */
  putOwn(county: number, bytes: Uint8Array): Promise<OwnFile>;
  /** @throws Problem not-found */
  getOwn(county: number, file: OwnFile): Promise<Buffer>;
  /** Where a file lies, for `removeAt`: of the county, or under a key of its own. */
  placeOf(county: number, file: { readonly sha256: string; readonly key?: Buffer | undefined }): string;
  removeAt(place: string): Promise<void>;
};

/** Marks a file that says its suite; files stored before begin with a random nonce. */
const mark = Buffer.from("QCF2");
const headLength = mark.length + 1;
const mostKnown = 100_000;
const ownName = (key: Buffer): string => createHash("sha256").update("qingce file").update(key).digest("hex");
const keyOfFile = (suite: SuiteName, key: Buffer): SealingKey => fieldSuites[suite].key(Buffer.from(hkdfSync("sha256", key, "qingce", `file:${suite}`, 32)));

export function openBlobs(dataDir: string, keys: Keys): Blobs {
  const root = path.join(dataDir, "blobs");
  const shared = (county: number, sha256: string): string => path.join(String(county), sha256.slice(0, 2), sha256);
  const own = (county: number, key: Buffer): string => path.join(String(county), "own", ownName(key).slice(0, 2), ownName(key));
  const known = new Set<string>();
  const keysKnown = new Map<string, Buffer>();
  const store = async (place: string, key: SealingKey, suite: SuiteName, sha256: string, bytes: Uint8Array): Promise<void> => {
    const target = path.join(root, place);
    try {
      await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      if (await exists(target)) return;
      const head = Buffer.concat([mark, Buffer.of(fieldSuites[suite].id)]);
      const nonce = freshNonce();
      await writeDurably(target, Buffer.concat([head, nonce, key.seal(nonce, Buffer.concat([head, Buffer.from(sha256)]), bytes)]));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new Problem("disk-full");
      throw error;
    }
  };
  const load = async (place: string, sha256: string, keyIn: (suite: SuiteName) => SealingKey, former: () => KeyObject | undefined): Promise<Buffer> => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Problem("not-found");
    let bytes: Buffer;
    try {
      bytes = await fs.readFile(path.join(root, place));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new Problem("not-found");
      throw error;
    }
    if (!bytes.subarray(0, mark.length).equals(mark)) return openFormer(former(), sha256, bytes);
    const head = bytes.subarray(0, headLength);
    const key = keyIn(suiteNumbered(head[mark.length] ?? 0).name);
    return key.open(bytes.subarray(headLength, headLength + nonceBytes), Buffer.concat([head, Buffer.from(sha256)]), bytes.subarray(headLength + nonceBytes));
  };
  return {
    async put(county, bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const place = shared(county, sha256);
      if (known.has(place)) return sha256;
      const suite = keys.suite();
      await store(place, keys.county(county, suite), suite, sha256, bytes);
      if (known.size < mostKnown) known.add(place);
      return sha256;
    },
    get: (county, sha256) => load(shared(county, sha256), sha256, (suite) => keys.county(county, suite), () => keys.sealing(county)),
    async remove(county, sha256) {
      const place = shared(county, sha256);
      known.delete(place);
      await fs.rm(path.join(root, place), { force: true });
    },
    async putOwn(county, bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const name = `${county} ${sha256}`;
      const before = keysKnown.get(name);
      if (before) return { sha256, key: before };
      const key = randomBytes(32);
      const suite = keys.suite();
      await store(own(county, key), keyOfFile(suite, key), suite, sha256, bytes);
      if (keysKnown.size >= mostKnown) keysKnown.clear();
      keysKnown.set(name, key);
      return { sha256, key };
    },
    getOwn: (county, { sha256, key }) => load(own(county, key), sha256, (suite) => keyOfFile(suite, key), () => undefined),
    placeOf: (county, { sha256, key }) => (key ? own(county, key) : shared(county, sha256)),
    async removeAt(place) {
      if (!/^\d+[\\/](?:own[\\/])?[0-9a-f]{2}[\\/][0-9a-f]{64}$/.test(place)) throw new Error("this is no place of a file");
      known.delete(place);
      keysKnown.clear(); // the same bytes stored again get a file and a key again
      await fs.rm(path.join(root, place), { force: true });
    },
  };
}

const exists = (file: string): Promise<boolean> =>
  fs.access(file).then(
    () => true,
    () => false,
  );

async function writeDurably(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${target}.${randomBytes(6).toString("hex")}`;
  const handle = await fs.open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(temporary, target);
}

/** Former form: nonce (12), tag (16), ciphertext; AES-256-GCM under the county's key. */
function openFormer(key: KeyObject | undefined, sha256: string, sealed: Buffer): Buffer {
  if (!key) throw new Error("the file has an unknown form");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12)).setAAD(Buffer.from(sha256));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
