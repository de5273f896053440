// Files of bundles on their way: named by county and id, flushed to the disk before they count.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../core/problem.ts";
import type { Platform } from "../../platform/platform.ts";

/** Folder of what is on its way in or out. */
export const bundleFolder = (platform: Platform): string => platform.bundleFolder ?? path.join(platform.workFolder, "bundles");
export const fileOf = (platform: Platform, bundle: { readonly county: number; readonly id: string }): string => path.join(bundleFolder(platform), "in", String(bundle.county), bundle.id);
export const downFileOf = (platform: Platform, bundle: { readonly county: number; readonly id: string }): string => path.join(bundleFolder(platform), "out", String(bundle.county), bundle.id);

/** Writes behind what is there and flushes. @throws Problem disk-full */
export async function append(file: string, offset: number, bytes: Buffer): Promise<void> {
  try {
    await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await fs.open(file, offset === 0 ? "w" : "r+", 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new Problem("disk-full");
    throw error;
  }
}

/** Bytes that are there, 0 without a file. */
export async function lengthOf(file: string, most: number): Promise<number> {
  try {
    return Math.min((await fs.stat(file)).size, most);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

/** SHA-256 of a file. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(part as Buffer);
  return hash.digest("hex");
}
