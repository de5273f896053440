// A release as a sealed file: a bundle that holds one file in parts, sealed to the receiver's key, or to a key made of a passphrase by
// Argon2id (RFC 9106) for a receiver without one; signed by the office either way.
import { hashRaw } from "@node-rs/argon2";
import { randomBytes, randomInt } from "node:crypto";
import type { Piece } from "../../bundle/frames.ts";
import { NO_PREVIOUS } from "../../bundle/header.ts";
import { open, type Opened } from "../../bundle/open.ts";
import { seal } from "../../bundle/seal.ts";
import type { ByteSource } from "../../bundle/source.ts";
import { type SealKeys, type SignKeys, type SuiteName, suites } from "../../bundle/suite.ts";

/** Bytes of the file in one entry. */
export const PART = 1 << 20;
/** Memory in KiB, passes and lanes; they stand in the header, so that they can be raised. */
const COST = { memory: 65_536, passes: 3, lanes: 1 } as const;
export type Kdf = { readonly kdf: "argon2id"; readonly salt: string; readonly memory: number; readonly passes: number; readonly lanes: number };

const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/** Six groups of four letters that are easily read out: 118 random bits. */
export const newPassphrase = (): string => Array.from({ length: 6 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("")).join("-");

export const newKdf = (): Kdf => ({ kdf: "argon2id", salt: randomBytes(16).toString("hex"), ...COST });

/** The key pair of a passphrase; hyphens, spaces and case do not matter. */
export async function passphraseKeys(suite: SuiteName, passphrase: string, { salt, memory, passes, lanes }: Kdf): Promise<SealKeys> {
  const seed = await hashRaw(passphrase.replace(/[\s-]/gu, "").toUpperCase(), { algorithm: 2, salt: Buffer.from(salt, "hex"), memoryCost: memory, timeCost: passes, parallelism: lanes, outputLen: 40 });
  return suites[suite].newSealKeys(seed);
}

export type SealedFile = { readonly suite: SuiteName; readonly from: string; readonly to: string; readonly copy: string; readonly fileName: string; readonly created: Date; readonly expires: Date; readonly sign: SignKeys; readonly receiver: Uint8Array; readonly kdf?: Kdf };

/** The sealed bytes of a file that comes as a stream. */
export function sealFile(file: SealedFile, content: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void, undefined> {
  async function* pieces(): AsyncGenerator<Piece> {
    yield { entry: { type: "release-file", copy: file.copy, name: file.fileName } };
    let no = 0;
    for await (const bytes of inParts(content)) yield { entry: { type: "release-part", no: (no += 1) }, bytes };
  }
  const about = { copy: file.copy, ...(file.kdf && { ...file.kdf }) };
  return seal({ suite: file.suite, header: { kind: "release", from: file.from, to: file.to, seq: 1, previous: NO_PREVIOUS, created: file.created.toISOString(), expires: file.expires.toISOString(), about }, pieces: pieces(), device: file.sign, receiver: file.receiver });
}

async function* inParts(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const bytes of content) {
    waiting.push(bytes);
    size += bytes.length;
    if (size < PART) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** How a passphrase becomes the key, as the header says; undefined for a file that is sealed to a key. Costs are bounded, since nothing proves them yet. */
export function kdfIn(about: unknown): Kdf | undefined {
  const { kdf, salt, memory, passes, lanes } = (about ?? {}) as Partial<Record<keyof Kdf, unknown>>;
  const whole = (value: unknown, most: number): value is number => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most;
  if (kdf !== "argon2id" || typeof salt !== "string" || !/^[0-9a-f]{32}$/u.test(salt) || !whole(memory, 1 << 20) || !whole(passes, 20) || !whole(lanes, 8)) return undefined;
  return { kdf, salt, memory, passes, lanes };
}

type Named = { readonly type?: unknown; readonly name?: unknown; readonly no?: unknown };

/** The file within, in parts; its name first. @throws BundleFault for a file that was altered, is not for this key or is no release */
export async function openFile(source: ByteSource, device: Uint8Array, receiver: SealKeys): Promise<{ readonly header: Opened["header"]; readonly digest: string; readonly name: string; readonly parts: AsyncGenerator<Uint8Array, void, undefined> }> {
  const { header, digest, pieces } = await open(source, { device, receiver });
  const entries = pieces[Symbol.asyncIterator]();
  const first = await entries.next();
  const head = (first.done ? {} : first.value.entry) as Named;
  if (header.kind !== "release" || head.type !== "release-file" || typeof head.name !== "string") throw new TypeError("this bundle holds no release");
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    let no = 0;
    for (let next = await entries.next(); !next.done; next = await entries.next()) {
      const entry = next.value.entry as Named;
      if (entry.type !== "release-part" || entry.no !== (no += 1) || !next.value.bytes) throw new TypeError("a part of the release is missing");
      yield next.value.bytes;
    }
  }
  return { header, digest, name: head.name, parts: parts() };
}
