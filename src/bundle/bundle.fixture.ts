// Keys, a header and pieces for tests and benchmarks of bundles; everything in them is fictional.
import { joined } from "./bytes.ts";
import type { Piece } from "./frames.ts";
import { NO_PREVIOUS } from "./header.ts";
import { seal, type SealInput } from "./seal.ts";
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
