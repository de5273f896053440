// Several bundles of one chain in one file, for carrying: 8 bytes `QCPARCEL`, then for each bundle its length (8 bytes, big-endian) and the bundle.
// A parcel protects nothing by itself; each bundle in it does. A single bundle is carried as it is.
import { BundleFault } from "./fault.ts";

/** Anything read by range. */
type Ranged = { readonly size: number; readonly read: (offset: number, length: number) => Promise<Uint8Array> };

const MAGIC = new TextEncoder().encode("QCPARCEL");
const LENGTH = 8;
/** A terminal that was away for months has a few dozen. */
const MOST = 1000;

/** The file to carry: the bundle itself when there is one, a parcel of several. */
export function parcelOf(bundles: readonly Blob[]): Blob {
  const [only] = bundles;
  if (bundles.length === 1 && only) return only;
  const parts = bundles.flatMap((bundle) => {
    const length = new Uint8Array(LENGTH);
    new DataView(length.buffer).setBigUint64(0, BigInt(bundle.size));
    return [length, bundle];
  });
  return new Blob([MAGIC, ...parts], { type: "application/octet-stream" });
}

/**
 * Where the bundles of a carried file lie; a file that is no parcel is one bundle.
 * @throws BundleFault cut-short, damaged, too-large
 */
export async function bundlesIn(file: Ranged): Promise<readonly { readonly offset: number; readonly length: number }[]> {
  const head = await file.read(0, Math.min(MAGIC.length, file.size));
  if (head.length < MAGIC.length || !MAGIC.every((byte, i) => head[i] === byte)) return [{ offset: 0, length: file.size }];
  const found: { offset: number; length: number }[] = [];
  let at = MAGIC.length;
  while (at < file.size) {
    if (at + LENGTH > file.size) throw new BundleFault("cut-short", "the parcel ends inside a length");
    const bytes = await file.read(at, LENGTH);
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset, LENGTH).getBigUint64(0));
    at += LENGTH;
    if (length === 0) throw new BundleFault("damaged", "an empty bundle in a parcel");
    if (length > file.size - at) throw new BundleFault("cut-short", "the parcel ends inside a bundle");
    if (found.push({ offset: at, length }) > MOST) throw new BundleFault("too-large", "too many bundles in a parcel");
    at += length;
  }
  if (found.length === 0) throw new BundleFault("cut-short", "the parcel is empty");
  return found;
}
