// Verifies and opens a bundle by ranges. Signatures over all bytes are checked before the header, the wrapped key or a chunk is looked into.
import { equal, joined, toHex } from "./bytes.ts";
import { digestList } from "./digest-list.ts";
import { BundleFault } from "./fault.ts";
import { readEnd, readPieces, type Piece } from "./frames.ts";
import { readHeader, type BundleHeader, type WrittenHeader } from "./header.ts";
import { CHUNK, CHUNK_KEY_USE, chunkNonce, END_FRAME, layoutOf, PREAMBLE, readPreamble, signedText, TAG, type Layout, type Preamble } from "./preamble.ts";
import { readExactly, type ByteSource } from "./source.ts";
import { keyName, type SealKeys, type Suite, type SuiteName } from "./suite.ts";
import type { Cipher } from "./suite-model.ts";

/** Names of the keys as the preamble has them: nothing is proved by them. */
export type Sealed = { readonly suite: SuiteName; readonly device: Uint8Array; readonly person?: Uint8Array; readonly receiver: Uint8Array };
/** Public keys that must have signed: the person's exactly when the bundle names one. */
export type Signers = { readonly device: Uint8Array; readonly person?: Uint8Array };
export type Limits = {
  /** Bytes of the bundle; 4 GiB when not given. */
  readonly maxSize?: number;
  /** Bytes of an entry's JSON, 16 MiB, and of the bytes that follow it, 64 MiB. */
  readonly maxJson?: number;
  readonly maxBytes?: number;
  readonly maxEntries?: number;
  /** Moment the expiry is judged at; not judged when not given. */
  readonly now?: Date;
};
export type Verified = { readonly digest: Uint8Array; readonly header: WrittenHeader };
export type Opened = { readonly header: BundleHeader; readonly digest: string; readonly pieces: AsyncIterable<Piece> };

/** Chunks that are read and worked on at a time, about a megabyte; the next ones are read meanwhile. */
const BATCH = 16;

/** Which keys a bundle names; reads its first 64 bytes only. @throws BundleFault */
export async function keysNamed(source: ByteSource): Promise<Sealed> {
  const { suite, device, person, receiver } = await readPreamble(source);
  return { suite: suite.name, device, ...(person && { person }), receiver };
}

/** What a bundle says of itself, with no key and no proof: for people who look into a file, never to act on. @throws BundleFault */
export async function inspect(source: ByteSource): Promise<{ readonly keys: Sealed; readonly header: WrittenHeader; readonly parts: Pick<Layout, "chunks" | "text"> & { readonly size: number } }> {
  const preamble = await readPreamble(source);
  const { chunks, text } = layoutOf(preamble, source.size);
  const header = readHeader(await readExactly(source, PREAMBLE, preamble.headerLength));
  return { keys: await keysNamed(source), header, parts: { size: source.size, chunks, text } };
}

/** Parts one after another, each begun while the one before is worked on. A failure shows when its turn comes. */
async function* ahead<T>(count: number, load: (part: number) => Promise<T>): AsyncGenerator<T, void, undefined> {
  const begin = (part: number): Promise<T> | undefined => {
    const loading = part < count ? load(part) : undefined;
    loading?.catch(() => undefined);
    return loading;
  };
  let next = begin(0);
  for (let part = 1; next; part++) {
    const loaded: T = await next;
    next = begin(part);
    yield loaded;
  }
}

/** The digest that is signed: over the digests of the head and of each chunk. */
async function digestOf(source: ByteSource, suite: Suite, { head, body }: Layout): Promise<Uint8Array> {
  const digests = digestList(await suite.digest(await readExactly(source, 0, head)));
  const size = BATCH * (CHUNK + TAG);
  for await (const part of ahead(Math.ceil(body / size), (i) => readExactly(source, head + i * size, Math.min(size, body - i * size)))) {
    const chunks = Array.from({ length: Math.ceil(part.length / (CHUNK + TAG)) }, (_, i) => part.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG)));
    for (const digest of await Promise.all(chunks.map((chunk) => suite.digest(chunk)))) digests.add(digest);
  }
  return suite.digest(digests.joined());
}

type Checked = Verified & { readonly preamble: Preamble; readonly layout: Layout };

async function checked(source: ByteSource, keys: Signers, limits: Limits): Promise<Checked> {
  if (source.size > (limits.maxSize ?? 2 ** 32)) throw new BundleFault("too-large", `${source.size} bytes`);
  const preamble = await readPreamble(source);
  const { suite, device, person } = preamble;
  const layout = layoutOf(preamble, source.size);
  const named = (name: Uint8Array | undefined, key: Uint8Array | undefined): boolean => (name && key ? equal(name, keyName(suite, key)) : !name && !key);
  if (!named(device, keys.device) || !named(person, keys.person)) throw new BundleFault("wrong-signature", "it names other keys");
  const digest = await digestOf(source, suite, layout);
  const trailer = await readExactly(source, layout.head + layout.body, layout.trailer);
  const signature = (at: number): Uint8Array => trailer.subarray(at * suite.signatureLength, (at + 1) * suite.signatureLength);
  if (!suite.verify(keys.device, signedText("device", digest), signature(0))) throw new BundleFault("wrong-signature", "of the device");
  if (keys.person && !suite.verify(keys.person, signedText("person", digest), signature(1))) throw new BundleFault("wrong-signature", "of the person");
  const header = readHeader(await readExactly(source, PREAMBLE, preamble.headerLength));
  if (limits.now && Date.parse(header.expires) < limits.now.getTime()) throw new BundleFault("expired", header.expires);
  return { preamble, layout, digest, header };
}

/** Signatures over all bytes, then the header. @throws BundleFault */
export async function verify(source: ByteSource, keys: Signers, limits: Limits = {}): Promise<Verified> {
  const { digest, header } = await checked(source, keys, limits);
  return { digest, header };
}

/** Verifies, then decrypts piece by piece while `pieces` is read; a fault can still come there, so that nothing is applied before its end.
 *  `pieces` is read once. @throws BundleFault */
export async function open(source: ByteSource, keys: Signers & { readonly receiver: SealKeys }, limits: Limits = {}): Promise<Opened> {
  const { device, person, receiver } = keys;
  const { preamble, layout, digest, header } = await checked(source, { device, ...(person && { person }) }, limits);
  const { suite, headerLength } = preamble;
  if (!equal(preamble.receiver, keyName(suite, receiver.publicKey))) throw new BundleFault("not-for-us", "it names another receiver");
  const head = await readExactly(source, 0, layout.head);
  const fileKey = await suite.unwrap(receiver, head.subarray(PREAMBLE + headerLength));
  if (!fileKey || fileKey.length !== 32) throw new BundleFault("damaged", "the wrapped key");
  const cipher = await suite.cipher(suite.hkdf(fileKey, await suite.digest(head), CHUNK_KEY_USE, suite.keyLength));
  const end = readEnd(await tail(source, layout, cipher));
  if (end.entries > (limits.maxEntries ?? Number.MAX_SAFE_INTEGER)) throw new BundleFault("too-large", `${end.entries} entries`);
  const before = layout.text - END_FRAME;
  const pieces = readPieces(textBlocks(source, layout, cipher, suite, end.digest), before, end.entries, { maxJson: limits.maxJson ?? 2 ** 24, maxBytes: limits.maxBytes ?? 2 ** 26 });
  return { header: { ...header, entries: end.entries }, digest: toHex(digest), pieces };
}

/** Text of chunks `from` to before `to`. @throws BundleFault damaged */
async function decrypted(source: ByteSource, { head, body, chunks }: Layout, cipher: Cipher, from: number, to: number): Promise<Uint8Array[]> {
  const start = from * (CHUNK + TAG);
  const part = await readExactly(source, head + start, Math.min(to * (CHUNK + TAG), body) - start);
  return Promise.all(
    Array.from({ length: to - from }, async (_, i) => {
      const index = from + i;
      const text = await cipher.open(chunkNonce(index, index === chunks - 1), part.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG)));
      if (!text) throw new BundleFault("damaged", `chunk ${index}`);
      return text;
    }),
  );
}

/** The last 128 bytes of text, which may lie in two chunks. */
async function tail(source: ByteSource, layout: Layout, cipher: Cipher): Promise<Uint8Array> {
  const { chunks, text } = layout;
  const last = joined(...(await decrypted(source, layout, cipher, text - (chunks - 1) * CHUNK < END_FRAME ? chunks - 2 : chunks - 1, chunks)));
  return last.subarray(last.length - END_FRAME);
}

/** All text before the last frame, in blocks; at its end the digest is held against that of the last frame. */
async function* textBlocks(source: ByteSource, layout: Layout, cipher: Cipher, suite: Suite, expected: string): AsyncGenerator<Uint8Array, void, undefined> {
  const before = layout.text - END_FRAME;
  const chunks = Math.ceil(before / CHUNK);
  const digests = digestList();
  const load = async (batch: number): Promise<readonly (readonly [block: Uint8Array, digest: Uint8Array])[]> => {
    const from = batch * BATCH;
    const texts = await decrypted(source, layout, cipher, from, Math.min(from + BATCH, chunks));
    return Promise.all(
      texts.map(async (text, i) => {
        const block = text.subarray(0, Math.min(CHUNK, before - (from + i) * CHUNK));
        return [block, await suite.digest(block)] as const;
      }),
    );
  };
  for await (const batch of ahead(Math.ceil(chunks / BATCH), load)) {
    for (const [block, digest] of batch) {
      digests.add(digest);
      yield block;
    }
  }
  if (toHex(await suite.digest(digests.joined())) !== expected) throw new BundleFault("damaged", "the digest of the text is another");
}
