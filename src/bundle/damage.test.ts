// Bundles that were altered, cut, mixed or made by somebody else: none is taken, and each refusal is a BundleFault with its code.
// A seeded sample runs here; `npm run bench -- bundle` flips every bit and cuts at every length.
import assert from "node:assert/strict";
import { test } from "node:test";
import { collected, header, party, sealedBy, seeded, signedAgain, smallPieces, suiteNames, type Party } from "./bundle.fixture.ts";
import { joined, readU32, toHex, utf8, writeU32 } from "./bytes.ts";
import { BundleFault, type BundleFaultCode } from "./fault.ts";
import { keysNamed, open, verify, type Limits } from "./open.ts";
import { CHUNK, chunkNonce, PREAMBLE, TAG } from "./preamble.ts";
import { sourceOf } from "./source.ts";
import { suites, type SuiteName } from "./suite.ts";

const openBy = async (all: Party, bytes: Uint8Array, limits?: Limits): Promise<unknown[]> => collected((await open(sourceOf(bytes), { device: all.device.publicKey, person: all.person.publicKey, receiver: all.receiver }, limits)).pieces);
/** Code of the refusal. Anything but a BundleFault is a failure of the test. */
async function refusal(act: Promise<unknown>): Promise<BundleFaultCode> {
  try {
    await act;
  } catch (error) {
    if (error instanceof BundleFault) return error.code;
    throw error;
  }
  return assert.fail("it was taken");
}
const wrappedAt = (bytes: Uint8Array): number => PREAMBLE + readU32(bytes, 12);
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = bytes.slice();
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
};

for (const name of suiteNames) {
  const all = party(name);
  const small = await sealedBy(name, all, smallPieces());
  const large = await sealedBy(name, all, [{ entry: { type: "big" }, bytes: new Uint8Array(3.5 * CHUNK).fill(1) }]);
  const suite = suites[name];
  const head = (bytes: Uint8Array): number => wrappedAt(bytes) + suite.wrappedLength;

  test(`a flipped bit is refused, wherever it is (${name})`, async () => {
    assert.ok(small.length > 38_000 && small.length < 42_000, String(small.length));
    await openBy(all, small);
    const next = seeded(1);
    for (let i = 0; i < 160; i++) await refusal(openBy(all, flipped(small, Math.floor(next() * small.length * 8))));
    // Every bit of the preamble, and some of each part behind it.
    for (let bit = 0; bit < PREAMBLE * 8; bit++) await refusal(openBy(all, flipped(small, bit)));
    for (const at of [PREAMBLE, wrappedAt(small), head(small), small.length - 129, small.length - 128, small.length - 64, small.length - 1]) await refusal(openBy(all, flipped(small, at * 8 + 3)));
  });

  test(`a bit flipped by those who sign is refused by the seal (${name})`, async () => {
    const next = seeded(2);
    for (let i = 0; i < 120; i++) {
      const bit = Math.floor((i < 60 ? head(small) : small.length - 128) * 8 * next());
      const [device, person] = [bit >> 3 >= 16 && bit >> 3 < 32, bit >> 3 >= 32 && bit >> 3 < 48];
      const altered = flipped(small, bit);
      const code = await refusal(openBy(all, await signedAgain(name, all, altered, head(small))));
      if (device || person) assert.equal(code, "wrong-signature");
    }
  });

  test(`a cut is refused, wherever it is (${name})`, async () => {
    const next = seeded(3);
    const lengths = [0, 1, 7, 8, 63, 64, 65, ...Array.from({ length: 100 }, () => Math.floor(next() * small.length)), small.length - 64, small.length - 1];
    for (const length of lengths) {
      const code = await refusal(openBy(all, small.subarray(0, length)));
      assert.ok(length === 0 ? code === "not-a-bundle" : ["cut-short", "wrong-signature"].includes(code), `${length}: ${code}`);
    }
    assert.equal(await refusal(openBy(all, joined(small, Uint8Array.of(0)))), "wrong-signature");
    // Cut by those who sign, in and between chunks: the last chunk says that it is the last.
    for (const chunks of [1, 2, 3]) {
      const cut = joined(large.subarray(0, head(large) + chunks * (CHUNK + TAG)), large.subarray(large.length - 128));
      assert.equal(await refusal(openBy(all, await signedAgain(name, all, cut))), "damaged");
    }
  });

  test(`chunks swapped, doubled, left out or from another bundle of the same hands are refused (${name})`, async () => {
    const chunk = (from: Uint8Array, i: number): Uint8Array => from.subarray(head(from) + i * (CHUNK + TAG), Math.min(head(from) + (i + 1) * (CHUNK + TAG), from.length - 128));
    const other = await sealedBy(name, all, [{ entry: { type: "big" }, bytes: new Uint8Array(3.5 * CHUNK).fill(1) }]);
    assert.equal(other.length, large.length);
    const put = (...chunks: readonly Uint8Array[]): Uint8Array => joined(large.subarray(0, head(large)), ...chunks, large.subarray(large.length - 128));
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => chunk(large, i)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    await openBy(all, await signedAgain(name, all, put(a, b, c, d)));
    for (const wrong of [put(b, a, c, d), put(a, c, b, d), put(a, b, b, c, d), put(a, c, d), put(a, chunk(other, 1), c, d), put(a, b, c, chunk(other, 3)), put(a, b, d, c.subarray(0, d.length))]) {
      assert.equal(await refusal(openBy(all, wrong)), "wrong-signature");
      assert.equal(await refusal(openBy(all, await signedAgain(name, all, wrong))), "damaged");
    }
    // Head of one, chunks of the other; and the wrapped key of the other.
    const mixed = joined(other.subarray(0, head(other)), large.subarray(head(large)));
    assert.equal(await refusal(openBy(all, await signedAgain(name, all, mixed))), "damaged");
    const wrapped = joined(large.subarray(0, wrappedAt(large)), other.subarray(wrappedAt(other), head(other)), large.subarray(head(large)));
    assert.equal(await refusal(openBy(all, await signedAgain(name, all, wrapped))), "damaged");
  });

  test(`other keys, roles and suites are refused (${name})`, async () => {
    const stranger = party(name);
    const [device, person] = [all.device.publicKey, all.person.publicKey];
    const source = sourceOf(small);
    assert.equal(await refusal(openBy({ ...all, device: stranger.device }, small)), "wrong-signature");
    assert.equal(await refusal(openBy({ ...all, person: stranger.person }, small)), "wrong-signature");
    assert.equal(await refusal(openBy({ ...all, receiver: stranger.receiver }, small)), "not-for-us");
    assert.equal(await refusal(verify(source, { device })), "wrong-signature");
    assert.equal(await refusal(verify(sourceOf(await sealedBy(name, all, [], { person: undefined })), { device, person })), "wrong-signature");
    // The person's signature in the place of the device's, by one hand with both keys alike.
    const one: Party = { ...all, person: all.device };
    const both = await sealedBy(name, one, []);
    assert.equal(await refusal(openBy(one, joined(both.subarray(0, both.length - 128), both.subarray(both.length - 64), both.subarray(both.length - 128, both.length - 64)))), "wrong-signature");
    // The key names of the right hands over the signature of others.
    assert.equal(await refusal(openBy(all, await signedAgain(name, stranger, small))), "wrong-signature");
    // A right receiver's name over a key wrapped to somebody else.
    const theirs = await sealedBy(name, { ...all, receiver: stranger.receiver }, []);
    theirs.set(small.subarray(48, 64), 48);
    assert.equal(await refusal(openBy(all, await signedAgain(name, all, theirs))), "damaged");
    const otherSuite = small.slice();
    otherSuite[9] = 3 - otherSuite[9]!;
    const otherName: SuiteName = name === "national" ? "international" : "national";
    await refusal(openBy(all, otherSuite));
    await refusal(openBy(party(otherName), otherSuite));
    for (const key of [new Uint8Array(0), new Uint8Array(32), new Uint8Array(65), new Uint8Array(65).fill(4), new Uint8Array(33).fill(255)]) assert.equal(suite.verify(key, utf8("m"), small.subarray(0, 64)), false);
  });

  test(`headers that are not as they should be are refused after the signature and before the key (${name})`, async () => {
    const written = new TextDecoder().decode(small.subarray(PREAMBLE, wrappedAt(small)));
    const wrong = [
      written.replace('"seq":1', '"seq":0'),
      written.replace('"seq":1', '"seq":1.5'),
      written.replace('"seq":1', '"seq":1.0'),
      written.replace('"seq":1', '"seq":1,"seq":1'),
      written.replace('"seq":1', ' "seq":1'),
      written.replace('"seq":1', '"sea":0,"seq":1'),
      written.replace('"seq":1', '"seq":"1"'),
      written.replace('"about":{"cursor":"c1"}', '"about":{"__proto__":{}}'),
      written.replace('"cursor"', '"cur\\u0073or"'),
      written.replace('"captures"', '"capture"'),
      written.replace("T10", "T25"),
      written.replace(/"from":"[^"]*",/u, ""),
      "[]",
      "null",
      "{}",
      "{",
    ];
    const signers = { device: all.device.publicKey, person: all.person.publicKey };
    await verify(sourceOf(await signedAgain(name, all, small)), signers);
    for (const json of wrong) {
      assert.notEqual(json, written);
      const bytes = utf8(json);
      const altered = joined(small.subarray(0, PREAMBLE), bytes, small.subarray(wrappedAt(small)));
      writeU32(altered, 12, bytes.length);
      // verify alone: opening would fail by the key as well, which hangs on the header.
      assert.equal(await refusal(verify(sourceOf(await signedAgain(name, all, altered)), signers)), "damaged", json);
    }
    const invalid = small.slice();
    invalid[PREAMBLE + 3] = 0xff;
    assert.equal(await refusal(verify(sourceOf(await signedAgain(name, all, invalid)), signers)), "damaged");
  });

  test(`limits, expiry and what is no bundle at all (${name})`, async () => {
    assert.equal(await refusal(openBy(all, small, { maxSize: 1000 })), "too-large");
    assert.equal(await refusal(openBy(all, small, { maxBytes: 1000 })), "too-large");
    assert.equal(await refusal(openBy(all, small, { maxJson: 100 })), "too-large");
    assert.equal(await refusal(openBy(all, small, { maxEntries: 1 })), "too-large");
    assert.equal(await refusal(openBy(all, small, { now: new Date("2027-01-01T00:00:00Z") })), "expired");
    await openBy(all, small, { now: new Date("2026-12-22T01:59:00Z") });
    for (const junk of [utf8("PK\u0003\u0004"), utf8("{}"), new Uint8Array(5000)]) assert.equal(await refusal(keysNamed(sourceOf(junk))), "not-a-bundle");
    for (const [at, value] of [[8, 0], [9, 0], [9, 3], [10, 2], [10, 129], [11, 1], [12, 1]] as const) {
      const odd = small.slice();
      odd[at] = value;
      assert.equal(await refusal(keysNamed(sourceOf(odd))), "damaged", `byte ${at}`);
    }
    const nobody = small.slice();
    nobody[10] = 0;
    assert.equal(await refusal(keysNamed(sourceOf(nobody))), "damaged", "a person's name where no person signs");
    const newer = small.slice();
    newer[8] = 2;
    assert.equal(await refusal(keysNamed(sourceOf(newer))), "newer-format");
    // A source that becomes shorter while it is read.
    let reads = 0;
    const shrinking = { size: small.length, read: async (at: number, length: number) => small.subarray(at, reads++ > 2 ? at + length - 1 : at + length) };
    assert.equal(await refusal(open(shrinking, { device: all.device.publicKey, person: all.person.publicKey, receiver: all.receiver })), "cut-short");
  });

  test(`a source that changes between the check and the reading is refused (${name})`, async () => {
    const bytes = small.slice();
    const opened = await open(sourceOf(bytes), { device: all.device.publicKey, person: all.person.publicKey, receiver: all.receiver });
    bytes[head(bytes) + 100]! ^= 1;
    assert.equal(await refusal(collected(opened.pieces)), "damaged");
  });

  test(`the same content is never sealed twice with one key (${name})`, async () => {
    const again = await sealedBy(name, all, smallPieces());
    assert.equal(again.length, small.length);
    assert.notEqual(toHex(again.subarray(wrappedAt(again), head(again))), toHex(small.subarray(wrappedAt(small), head(small))));
    const same = small.subarray(head(small), small.length - 128).filter((byte, i) => byte === again[head(again) + i]).length / small.length;
    assert.ok(same < 0.01, `${same} of the bytes are the same`);
  });
}

test("no two chunks of a bundle have one nonce", () => {
  const seen = new Set<string>();
  for (let index = 0; index < 70_000; index++) for (const last of [false, true]) seen.add(toHex(chunkNonce(index, last)));
  assert.equal(seen.size, 140_000);
});

test("what cannot be written is refused when it is sealed", async () => {
  const all = party("international");
  const circle: unknown[] = [];
  for (let i = 0, at = circle; i < 200; i++) at.push((at = []));
  for (const entry of [{}, { type: 1 }, { type: "end" }, null, [], "text", { type: "a", n: Number.NaN }, { type: "a", s: "\ud800" }, { type: "a", ["__proto__"]: 1 }, { type: "a", circle }, { type: "a", big: 1n }]) {
    await assert.rejects(sealedBy("international", all, [{ entry }]), TypeError);
  }
  for (const over of [{ seq: 0 }, { previous: "0" }, { from: "" }, { created: "yesterday" }, { about: { text: "\ud800" } }, { about: "x".repeat(70_000) }, { kind: "other" as never }]) {
    await assert.rejects(sealedBy("international", all, [], { header: { ...header, ...over } }), TypeError);
  }
  await assert.rejects(sealedBy("international", { ...all, receiver: party("national").receiver }, []), TypeError);
  await assert.rejects(sealedBy("international", { ...all, receiver: { ...all.receiver, publicKey: new Uint8Array(32) } }, []), RangeError);
});
