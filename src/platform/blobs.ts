// Files by content: photos, signatures, uploaded workbooks. Stored once under their SHA-256, sealed with the county's key.
import { createCipheriv, createDecipheriv, createHash, type KeyObject, randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { Problem } from "../core/problem.ts";
import type { Keys } from "./keys.ts";

export type Blobs = {
  /** Stores the bytes durably before it resolves; the same bytes of the same county are stored once. @throws Problem disk-full */
  put(county: number, bytes: Uint8Array): Promise<string>;
  /** @throws Problem not-found */
  get(county: number, sha256: string): Promise<Buffer>;
  remove(county: number, sha256: string): Promise<void>;
};

export function openBlobs(dataDir: string, keys: Keys): Blobs {
  const place = (county: number, sha256: string): string => path.join(dataDir, "blobs", String(county), sha256.slice(0, 2), sha256);
  const known = new Set<string>();
  return {
    async put(county, bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const target = place(county, sha256);
      if (known.has(target)) return sha256;
      try {
        await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        if (!(await exists(target))) await writeDurably(target, sealBytes(keys.sealing(county), sha256, bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new Problem("disk-full");
        throw error;
      }
      if (known.size < 100_000) known.add(target);
      return sha256;
    },
    async get(county, sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Problem("not-found");
      try {
        return openBytes(keys.sealing(county), sha256, await fs.readFile(place(county, sha256)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new Problem("not-found");
        throw error;
      }
    },
    async remove(county, sha256) {
      known.delete(place(county, sha256));
      await fs.rm(place(county, sha256), { force: true });
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

function sealBytes(key: KeyObject, sha256: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(sha256));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function openBytes(key: KeyObject, sha256: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12)).setAAD(Buffer.from(sha256));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
