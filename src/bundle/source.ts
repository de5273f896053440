// Where bundles are read from: anything that gives bytes by range, so that 2 GB never stand in memory at once.
import { BundleFault } from "./fault.ts";

export type ByteSource = { readonly size: number; readonly read: (offset: number, length: number) => Promise<Uint8Array> };

export function sourceOf(bytes: Uint8Array | Blob): ByteSource {
  if (bytes instanceof Uint8Array) return { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
  return { size: bytes.size, read: async (offset, length) => new Uint8Array(await bytes.slice(offset, offset + length).arrayBuffer()) };
}

/** Exactly these bytes. @throws BundleFault when the source has become shorter meanwhile */
export async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw new BundleFault("cut-short", `${bytes.length} of ${length} bytes at ${offset}`);
  return bytes;
}
