// Keys, a header and pieces for tests and benchmarks of bundles; everything in them is fictional.
import { joined, randomBytes, readU32 } from "./bytes.ts";
import type { Piece } from "./frames.ts";
import { NO_PREVIOUS } from "./header.ts";
import { CHUNK, PREAMBLE, signedText, TAG } from "./preamble.ts";
import { seal, sealBlocks, type SealInput } from "./seal.ts";
import { suites, type SealKeys, type SignKeys, type SuiteName } from "./suite.ts";

export const suiteNames: readonly SuiteName[] = ["international", "national"];

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export type Party = { readonly device: SignKeys; readonly person: SignKeys; readonly receiver: SealKeys };

export function party(name: SuiteName, seed?: number): Party {
  const from = (turn: number): Uint8Array | undefined => (seed === undefined ? undefined : new Uint8Array(40).fill(seed + turn));
  return { device: suites[name].newSignKeys(from(1)), person: suites[name].newSignKeys(from(2)), receiver: suites[name].newSealKeys(from(3)) };
}

export const header = { kind: "captures", from: "device-1", to: "office:350524", seq: 1, previous: NO_PREVIOUS, created: "2026-11-22T10:00:00+08:00", expires: "2026-12-22T10:00:00+08:00", about: { cursor: "c1" } } as const satisfies SealInput["header"];

/** A bundle of pieces by everybody of the party. */
export async function sealedBy(name: SuiteName, { device, person, receiver }: Party, pieces: readonly Piece[], over: Partial<SealInput> = {}): Promise<Uint8Array> {
  return joined(...(await collected(seal({ suite: name, header, pieces, device, person, receiver: receiver.publicKey, ...over }))));
}

/** A bundle whose text is these bytes, right or wrong. */
export async function sealedText(name: SuiteName, { device, person, receiver }: Party, text: Uint8Array, over: Partial<SealInput> = {}): Promise<Uint8Array> {
  const blocks = Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, i) => ({ block: text.subarray(i * CHUNK, (i + 1) * CHUNK), last: (i + 1) * CHUNK >= text.length }));
  return joined(...(await collected(sealBlocks(randomBytes, { suite: name, header, device, person, receiver: receiver.publicKey, ...over }, blocks))));
}

/** The bundle signed anew as it stands now: what a device and a person could do who mean harm. `head` when its length field lies. */
export async function signedAgain(name: SuiteName, { device, person }: Party, bundle: Uint8Array, head = PREAMBLE + readU32(bundle, 12) + suites[name].wrappedLength): Promise<Uint8Array> {
  const suite = suites[name];
  const parts = [bundle.subarray(0, head)];
  for (let at = head; at < bundle.length - 128; at += CHUNK + TAG) parts.push(bundle.subarray(at, Math.min(at + CHUNK + TAG, bundle.length - 128)));
  const digest = await suite.digest(joined(...(await Promise.all(parts.map((part) => suite.digest(part))))));
  return joined(bundle.subarray(0, bundle.length - 128), suite.sign(device.secretKey, signedText("device", digest)), suite.sign(person.secretKey, signedText("person", digest)));
}

/** A generator of numbers from 0 to below 1 that repeats itself from its seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** About 40 KB as a terminal packs them: a capture with its answers and one picture. */
export function smallPieces(): Piece[] {
  const next = seeded(5);
  const picture = Uint8Array.from({ length: 36_000 }, () => Math.floor(next() * 256));
  const capture = { type: "capture", entry: "e1", county: 350_524, record: "r1", answers: { general: { name: "虚构的人", note: "（虚构数据）".repeat(120) } }, pictures: ["p1"] };
  return [{ entry: capture }, { entry: { type: "picture", entry: "e1", id: "p1", path: "general.photo", mime: "image/jpeg" }, bytes: picture }];
}
