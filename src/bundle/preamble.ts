// The first 64 bytes of a bundle, always as long and always in the same places, and what follows from them: where each part lies.
// Everything that is read before the signature is checked is here.
import { joined, readU32, writeU32 } from "./bytes.ts";
import { BundleFault } from "./fault.ts";
import { readExactly, type ByteSource } from "./source.ts";
import { suites, type Suite } from "./suite.ts";

export const FORMAT = 1;
export const PREAMBLE = 64;
export const KEY_NAME = 16;
export const TAG = 16;
/** Text in a chunk; the last one may be shorter. */
export const CHUNK = 65_536;
/** Frame that closes the text, padded to this length. */
export const END_FRAME = 128;
export const HEADER_LIMIT = 65_536;
/** As in PNG: a byte that is no ASCII, the name, both ends of line and the end of file of DOS; transfer as text breaks it visibly. */
export const MAGIC = Uint8Array.of(0x89, 0x51, 0x43, 0x42, 0x0d, 0x0a, 0x1a, 0x0a);

export type Preamble = {
  readonly suite: Suite;
  readonly headerLength: number;
  readonly device: Uint8Array;
  readonly person?: Uint8Array;
  readonly receiver: Uint8Array;
};

export function writePreamble({ suite, headerLength, device, person, receiver }: Preamble): Uint8Array {
  const fixed = new Uint8Array(8);
  fixed.set([FORMAT, suite.id, person ? 1 : 0, 0]);
  writeU32(fixed, 4, headerLength);
  return joined(MAGIC, fixed, device, person ?? new Uint8Array(KEY_NAME), receiver);
}

/** Reads and judges the first 64 bytes and nothing else. @throws BundleFault not-a-bundle, newer-format, cut-short, damaged */
export async function readPreamble(source: ByteSource): Promise<Preamble> {
  const bytes = await readExactly(source, 0, Math.min(PREAMBLE, source.size));
  if (bytes.length === 0 || bytes.subarray(0, MAGIC.length).some((byte, i) => byte !== MAGIC[i])) throw new BundleFault("not-a-bundle", "the first bytes are others");
  if (bytes.length < PREAMBLE) throw new BundleFault("cut-short", `only ${bytes.length} bytes`);
  const [format = 0, suiteId, flags = 0, reserved] = bytes.subarray(MAGIC.length);
  if (format !== FORMAT) throw new BundleFault(format > FORMAT ? "newer-format" : "damaged", `format ${format}`);
  const suite = Object.values(suites).find((each) => each.id === suiteId);
  if (!suite || flags > 1 || reserved !== 0) throw new BundleFault("damaged", "suite or flags unknown");
  const headerLength = readU32(bytes, 12);
  if (headerLength < 2 || headerLength > HEADER_LIMIT) throw new BundleFault("damaged", `header of ${headerLength} bytes`);
  const [device, person, receiver] = [16, 32, 48].map((at) => bytes.slice(at, at + KEY_NAME)) as [Uint8Array, Uint8Array, Uint8Array];
  if (flags === 0 && person.some((byte) => byte !== 0)) throw new BundleFault("damaged", "a person who does not sign");
  return { suite, headerLength, device, ...(flags === 1 && { person }), receiver };
}

/** Where the parts lie, from the preamble and the size alone. */
export type Layout = {
  /** Preamble, header and wrapped key. */
  readonly head: number;
  readonly chunks: number;
  /** Bytes of all chunks with their tags. */
  readonly body: number;
  /** Bytes of text in them. */
  readonly text: number;
  readonly trailer: number;
};

/** @throws BundleFault cut-short when no bundle can have this size */
export function layoutOf({ suite, headerLength, person }: Preamble, size: number): Layout {
  const head = PREAMBLE + headerLength + suite.wrappedLength;
  const trailer = suite.signatureLength * (person ? 2 : 1);
  const body = size - head - trailer;
  const chunks = Math.ceil(body / (CHUNK + TAG));
  const text = body - chunks * TAG;
  const last = body - (chunks - 1) * (CHUNK + TAG);
  if (body < END_FRAME + TAG || last <= TAG) throw new BundleFault("cut-short", `${size} bytes`);
  return { head, chunks, body, text, trailer };
}

/** Nonce of a chunk: seven zeros, its number, and 1 for the last one (STREAM; Hoang, Reyhanitabar, Rogaway, Vizár 2015). */
export function chunkNonce(index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  writeU32(nonce, 7, index);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** What device and person sign: their role, then the digest. */
export const signedText = (role: "device" | "person", digest: Uint8Array): Uint8Array => joined(new TextEncoder().encode(`qingce bundle 1 ${role}`), digest);
export const CHUNK_KEY_USE = "qingce bundle 1 chunks";
