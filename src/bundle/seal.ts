// Seals and signs a bundle as a stream: a few chunks are in memory at a time, whatever its size.
import { joined, randomBytes } from "./bytes.ts";
import { digestList } from "./digest-list.ts";
import { writeEnd, writePiece, type Piece } from "./frames.ts";
import { writeHeader, type BundleHeader } from "./header.ts";
import { CHUNK, CHUNK_KEY_USE, chunkNonce, signedText, writePreamble } from "./preamble.ts";
import { keyName, suites, type SignKeys, type SuiteName } from "./suite.ts";
import type { Random, Suite } from "./suite-model.ts";

export type SealInput = {
  readonly suite: SuiteName;
  readonly header: Omit<BundleHeader, "format" | "entries">;
  readonly pieces: AsyncIterable<Piece> | Iterable<Piece>;
  readonly device: SignKeys;
  readonly person?: SignKeys;
  /** Public key to seal to. */
  readonly receiver: Uint8Array;
  /** Hears the digest of the bundle, which the header of the next one in its chain names. */
  readonly tell?: (digest: Uint8Array) => void;
};

/** Chunks that are encrypted ahead of the one that is written. */
const AHEAD = 4;

/** The bytes of a bundle, in order. @throws TypeError for a header, entry or key that is not right */
export function seal(input: SealInput): AsyncGenerator<Uint8Array, void, undefined> {
  return sealWith(randomBytes, input);
}

/** As `seal`, with randomness from the caller: for test vectors, never for data. */
export function sealWith(random: Random, input: SealInput): AsyncGenerator<Uint8Array, void, undefined> {
  return sealBlocks(random, input, blocksOf(suites[input.suite], input.pieces));
}

/** Seals text that is cut into blocks already, without looking into it. */
export async function* sealBlocks(random: Random, { suite: name, header, device, person, receiver, tell }: Omit<SealInput, "pieces">, blocks: AsyncIterable<Block> | Iterable<Block>): AsyncGenerator<Uint8Array, void, undefined> {
  const suite = suites[name];
  if (receiver.length !== suite.sealKeyLength || [device, person].some((keys) => keys && keys.publicKey.length !== suite.signKeyLength)) throw new TypeError(`a key is not of the ${name} suite`);
  const headerBytes = writeHeader(header);
  const fileKey = random(32);
  const preamble = writePreamble({
    suite,
    headerLength: headerBytes.length,
    device: keyName(suite, device.publicKey),
    ...(person && { person: keyName(suite, person.publicKey) }),
    receiver: keyName(suite, receiver),
  });
  const head = joined(preamble, headerBytes, await suite.wrap(receiver, fileKey, random));
  const headDigest = await suite.digest(head);
  const cipher = await suite.cipher(suite.hkdf(fileKey, headDigest, CHUNK_KEY_USE, suite.keyLength));
  yield head;

  const digests = digestList(headDigest);
  const waiting: Promise<readonly [Uint8Array, Uint8Array]>[] = [];
  const settle = async (): Promise<Uint8Array> => {
    const [chunk, digest] = await waiting.shift()!;
    digests.add(digest);
    return chunk;
  };
  let index = 0;
  for await (const { block, last } of blocks) {
    const nonce = chunkNonce(index++, last);
    const chunk = cipher.seal(nonce, block).then(async (bytes) => [bytes, await suite.digest(bytes)] as const);
    // Its failure is seen when its turn comes.
    chunk.catch(() => undefined);
    waiting.push(chunk);
    if (waiting.length >= AHEAD) yield await settle();
  }
  while (waiting.length > 0) yield await settle();

  const digest = await suite.digest(digests.joined());
  tell?.(digest);
  yield suite.sign(device.secretKey, signedText("device", digest), random);
  if (person) yield suite.sign(person.secretKey, signedText("person", digest), random);
}

/** Every block but the last has 64 KiB. */
export type Block = { readonly block: Uint8Array; readonly last: boolean };

/** The frames of all pieces and the one that closes them, cut into blocks of 64 KiB. */
async function* blocksOf(suite: Suite, pieces: SealInput["pieces"]): AsyncGenerator<Block, void, undefined> {
  const digests = digestList();
  /** Digests that are on their way, in order. */
  const coming: Promise<Uint8Array>[] = [];
  const settle = async (most: number): Promise<void> => {
    while (coming.length > most) digests.add(await coming.shift()!);
  };
  let block = new Uint8Array(CHUNK);
  let filled = 0;
  /** Takes the bytes in; gives the blocks that are full and not the last. */
  const add = (bytes: Uint8Array, counted: boolean): Uint8Array[] => {
    const full: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (filled === CHUNK) {
        full.push(block);
        block = new Uint8Array(CHUNK);
        filled = 0;
      }
      const part = bytes.subarray(at, at + CHUNK - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (counted && filled === CHUNK) coming.push(suite.digest(block));
    }
    return full;
  };
  let entries = 0;
  for await (const piece of pieces) {
    entries += 1;
    for (const part of writePiece(piece)) for (const full of add(part, true)) yield { block: full, last: false };
    await settle(AHEAD);
  }
  if (filled > 0 && filled < CHUNK) coming.push(suite.digest(block.slice(0, filled)));
  await settle(0);
  const end = writeEnd(entries, await suite.digest(digests.joined()));
  for (const full of add(end, false)) yield { block: full, last: false };
  yield { block: block.subarray(0, filled), last: true };
}
