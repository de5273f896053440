// The text inside a bundle: frames of two lengths, canonical JSON and bytes; the last one closes it with the number of entries and the digest
// of all text before, and fills exactly 128 bytes.
import { canonicalJson, readCanonicalJson, type Json } from "../core/json.ts";
import { joined, readU32, textOf, toHex, utf8, writeU32 } from "./bytes.ts";
import { BundleFault } from "./fault.ts";
import { END_FRAME } from "./preamble.ts";

/** An entry is a JSON object with a text `type`; bytes may follow it (a picture). */
export type Piece = { readonly entry: unknown; readonly bytes?: Uint8Array };
export type End = { readonly entries: number; readonly digest: string };

const HEAD = 8;

function frame(json: string, bytes: Uint8Array): Uint8Array[] {
  const text = utf8(json);
  const head = new Uint8Array(HEAD);
  writeU32(head, 0, text.length);
  writeU32(head, 4, bytes.length);
  return bytes.length > 0 ? [head, text, bytes] : [head, text];
}

const typeOf = (entry: unknown): unknown => (typeof entry === "object" && entry !== null && !Array.isArray(entry) ? (entry as { readonly type?: unknown }).type : undefined);
const isEntry = (entry: unknown): boolean => typeof typeOf(entry) === "string" && typeOf(entry) !== "end";

/** @throws TypeError for an entry without a type, of type `end`, or that JSON cannot hold exactly */
export function writePiece({ entry, bytes }: Piece): Uint8Array[] {
  if (!isEntry(entry)) throw new TypeError("an entry is an object with a type other than end");
  const json = canonicalJson(entry);
  if (readCanonicalJson(json) === undefined) throw new TypeError("an entry holds text that is not Unicode, a key __proto__, or too many levels");
  return frame(json, bytes ?? new Uint8Array(0));
}

export function writeEnd(entries: number, digest: Uint8Array): Uint8Array {
  const json = canonicalJson({ type: "end", entries, digest: toHex(digest) });
  return joined(...frame(json, new Uint8Array(END_FRAME - HEAD - json.length)));
}

/** @throws BundleFault damaged */
export function readEnd(bytes: Uint8Array): End {
  const length = readU32(bytes, 0);
  const padding = bytes.subarray(HEAD + length);
  const value = length + HEAD <= END_FRAME && readU32(bytes, 4) === padding.length && padding.every((byte) => byte === 0) ? jsonOf(bytes.subarray(HEAD, HEAD + length)) : undefined;
  const { digest, entries, type, ...more } = (typeof value === "object" && value !== null ? value : {}) as { readonly digest?: unknown; readonly entries?: unknown; readonly type?: unknown };
  if (type !== "end" || typeof digest !== "string" || !/^[0-9a-f]{64}$/u.test(digest) || typeof entries !== "number" || !Number.isSafeInteger(entries) || entries < 0 || Object.keys(more).length > 0) {
    throw new BundleFault("damaged", "the last frame does not close the bundle");
  }
  return { entries, digest };
}

function jsonOf(bytes: Uint8Array): Json | undefined {
  const json = textOf(bytes);
  return json === undefined ? undefined : readCanonicalJson(json);
}

export type FrameLimits = { readonly maxJson: number; readonly maxBytes: number };

/**
 * Pieces out of blocks of text. `length` is the text before the last frame: lengths are held against it before any memory is taken.
 * `entries`: how many there must be, by the last frame. @throws BundleFault damaged, too-large
 */
export async function* readPieces(blocks: AsyncIterable<Uint8Array>, length: number, entries: number, { maxJson, maxBytes }: FrameLimits): AsyncGenerator<Piece, void, undefined> {
  const iterator = blocks[Symbol.asyncIterator]();
  let block: Uint8Array = new Uint8Array(0);
  let at = 0;
  let left = length;
  let count = 0;
  /** The next bytes, across blocks, in memory of their own. */
  const take = async (wanted: number): Promise<Uint8Array> => {
    const out = new Uint8Array(wanted);
    for (let filled = 0; filled < wanted; ) {
      if (at === block.length) {
        const next = await iterator.next();
        if (next.done) throw new BundleFault("damaged", "the text ends within a frame");
        block = next.value;
        at = 0;
      }
      const part = block.subarray(at, Math.min(block.length, at + wanted - filled));
      out.set(part, filled);
      filled += part.length;
      at += part.length;
    }
    left -= wanted;
    return out;
  };
  /** Lengths of JSON and bytes after the head, held against what is left. */
  const lengths = (head: Uint8Array, from: number): readonly [json: number, bytes: number] => {
    const [json, bytes] = [readU32(head, from), readU32(head, from + 4)];
    if (HEAD + json + bytes > left) throw new BundleFault("damaged", "a frame is longer than the text");
    if (json > maxJson || bytes > maxBytes) throw new BundleFault("too-large", `a frame of ${json} and ${bytes} bytes`);
    return [json, bytes];
  };
  const entryOf = (json: Uint8Array): unknown => {
    const entry = jsonOf(json);
    if (!isEntry(entry)) throw new BundleFault("damaged", "an entry is not the canonical JSON of an object with a type");
    if (++count > entries) throw wrongNumber();
    return entry;
  };
  while (left > 0) {
    if (left < HEAD) throw new BundleFault("damaged", "the text ends within a frame");
    // A frame that lies whole in the block is read where it lies.
    if (block.length - at >= HEAD) {
      const [json, bytes] = lengths(block, at);
      const [from, end] = [at + HEAD, at + HEAD + json + bytes];
      if (end <= block.length) {
        const entry = entryOf(block.subarray(from, from + json));
        at = end;
        left -= HEAD + json + bytes;
        yield bytes > 0 ? { entry, bytes: block.slice(from + json, end) } : { entry };
        continue;
      }
    }
    const head = await take(HEAD);
    left += HEAD;
    const [json, bytes] = lengths(head, 0);
    left -= HEAD;
    const entry = entryOf(await take(json));
    yield bytes > 0 ? { entry, bytes: await take(bytes) } : { entry };
  }
  // The generator of blocks checks what follows the last entry.
  while (!(await iterator.next()).done);
  if (count !== entries) throw wrongNumber();
}

const wrongNumber = (): BundleFault => new BundleFault("damaged", "the number of entries is another");
