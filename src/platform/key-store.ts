// Where key-encryption keys live: outside the database, in numbered versions. The provider here keeps them as files of the data folder;
// a hardware module or a key service is another provider of the same few functions.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { SuiteName } from "./ciphers.ts";

export type KeyVersion = { readonly version: number; readonly suite: SuiteName; readonly madeAt: string };

/**
 * A provider of key-encryption keys. Their 32 bytes are in the server's memory while it runs: a hardware module opens them at the start
 * and closes them in; it is not asked once for every person, which no module is fast enough for.
 */
export type KeyStore = {
  /** Versions in use, oldest first; the last wraps what is new. */
  readonly versions: () => readonly KeyVersion[];
  /** Undefined for a version that was never made, or is retired. */
  readonly secret: (version: number) => Buffer | undefined;
  /** Makes the next version and gives its number, 1–255. It is durable before this returns. */
  readonly add: (suite: SuiteName) => number;
  /** Looks again: another process may have made a version. */
  readonly refresh: () => void;
  /** Destroys a version. Whatever names it cannot be opened any more. */
  readonly retire: (version: number) => void;
};

/** Writes a file whole or not at all, for its owner's eyes only, on the disk before it returns. */
export function writeSecret(file: string, text: string): void {
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = fs.openSync(temporary, "wx", 0o600);
  try {
    fs.writeSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(temporary, file);
  const folder = fs.openSync(path.dirname(file), "r");
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}

/** Overwrites and removes a file. What a disk or a backup keeps of it elsewhere is the operator's to destroy. */
export function destroySecret(file: string): void {
  if (!fs.existsSync(file)) return;
  const { size } = fs.statSync(file);
  const handle = fs.openSync(file, "r+");
  try {
    fs.writeSync(handle, randomBytes(size), 0, size, 0);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.rmSync(file);
}

type Stored = KeyVersion & { readonly key: string };
const fileName = /^kek-(\d{1,3})\.json$/u;

/** Files `kek-N.json` of a folder (mode 0600). */
export function fileKeyStore(folder: string): KeyStore {
  let known: ReadonlyMap<number, Stored> | undefined;
  const read = (): ReadonlyMap<number, Stored> => {
    const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => fileName.test(name)) : [];
    const all = names.map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as Stored).sort((a, b) => a.version - b.version);
    return (known = new Map(all.map((one) => [one.version, one])));
  };
  const all = (): ReadonlyMap<number, Stored> => known ?? read();
  return {
    versions: () => [...all().values()].map(({ version, suite, madeAt }) => ({ version, suite, madeAt })),
    secret(version) {
      const found = all().get(version) ?? read().get(version); // another process may have made it
      return found && Buffer.from(found.key, "base64url");
    },
    add(suite) {
      const version = Math.max(0, ...read().keys()) + 1;
      if (version > 255) throw new Error("there are 255 versions of the key-encryption key at most");
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeSecret(path.join(folder, `kek-${version}.json`), JSON.stringify({ version, suite, madeAt: new Date().toISOString(), key: randomBytes(32).toString("base64url") } satisfies Stored));
      read();
      return version;
    },
    refresh: () => void read(),
    retire(version) {
      destroySecret(path.join(folder, `kek-${version}.json`));
      read();
    },
  };
}

/** Versions in memory only, the first one given: for an installation that lasts as long as the process. */
export function memoryKeyStore(first: Buffer, suite: SuiteName): KeyStore {
  const all = new Map<number, { readonly about: KeyVersion; readonly key: Buffer }>();
  const put = (version: number, key: Buffer, of: SuiteName): void => void all.set(version, { about: { version, suite: of, madeAt: new Date().toISOString() }, key });
  put(1, first, suite);
  return {
    versions: () => [...all.values()].map((one) => one.about),
    secret: (version) => all.get(version)?.key,
    add(of) {
      const version = Math.max(...all.keys()) + 1;
      put(version, randomBytes(32), of);
      return version;
    },
    refresh() {},
    retire: (version) => void all.delete(version),
  };
}
