// A picture of a record: on its way into a row, and as a file under a key of its own, which the row keeps sealed under the person's key.
import type { OwnFile } from "../../platform/blobs.ts";
import { open, sealFor } from "../../platform/field-cipher.ts";
import type { Keys } from "../../platform/keys.ts";
import type { Platform } from "../../platform/platform.ts";

/** Looked at, stored as a file under `key`, ready to become a row of its record; `id` is the answer of the item at `path`. */
export type TakenPicture = { readonly id: string; readonly path: string; readonly sha256: string; readonly bytes: number; readonly key: Buffer };

/** What a row keeps of the file's key. `person`: the person's newest key, wrapped. */
export const fileKeyOf = (keys: Keys, person: Buffer, county: number, picture: { readonly id: string; readonly key: Buffer }): Buffer => sealFor(keys, person, county, picture.id, picture.key.toString("base64"));

/** `fileKey` comes with the key that opens it (`withPersonKey`); null for a file under its county's key, stored before files had their own. */
export type StoredPicture = { readonly id: string; readonly sha256: string; readonly fileKey: Buffer | null };

/** The file of a row. */
export const fileOf = (keys: Keys, county: number, { id, sha256, fileKey }: StoredPicture): OwnFile | { readonly sha256: string; readonly key?: undefined } =>
  fileKey === null ? { sha256 } : { sha256, key: Buffer.from(open<string>(keys, county, id, fileKey), "base64") };

/** The bytes of a stored picture. @throws Problem not-found */
export async function readPicture(platform: Platform, county: number, stored: StoredPicture): Promise<Buffer> {
  const file = fileOf(platform.keys, county, stored);
  return file.key ? platform.blobs.getOwn(county, file) : platform.blobs.get(county, file.sha256);
}
