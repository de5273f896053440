// The text inside a bundle, made by hands that sign rightly and write wrongly: lengths that lie, JSON that is not canonical, an end that is none.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { collected, party, sealedBy, sealedText, suiteNames } from "./bundle.fixture.ts";
import { joined, toHex, utf8, writeU32 } from "./bytes.ts";
import { BundleFault } from "./fault.ts";
import { writeEnd, writePiece } from "./frames.ts";
import { open } from "./open.ts";
import { CHUNK } from "./preamble.ts";
import { sourceOf } from "./source.ts";
import { suites } from "./suite.ts";

const name = "international";
const all = party(name);
const openText = async (text: Uint8Array): Promise<unknown[]> =>
  collected((await open(sourceOf(await sealedText(name, all, text)), { device: all.device.publicKey, person: all.person.publicKey, receiver: all.receiver })).pieces);
const refused = (text: Uint8Array, code = "damaged"): Promise<void> => assert.rejects(openText(text), (error) => error instanceof BundleFault && error.code === code);

const frame = (json: string | Uint8Array, bytes = new Uint8Array(0), lie: { readonly json?: number; readonly bytes?: number } = {}): Uint8Array => {
  const text = typeof json === "string" ? utf8(json) : json;
  const head = new Uint8Array(8);
  writeU32(head, 0, lie.json ?? text.length);
  writeU32(head, 4, lie.bytes ?? bytes.length);
  return joined(head, text, bytes);
};
/** Digest of text as the last frame has it. */
async function digestOf(text: Uint8Array): Promise<Uint8Array> {
  const blocks = Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, i) => suites[name].digest(text.subarray(i * CHUNK, (i + 1) * CHUNK)));
  return suites[name].digest(joined(...(await Promise.all(blocks))));
}
const closed = async (text: Uint8Array, entries: number): Promise<Uint8Array> => joined(text, writeEnd(entries, await digestOf(text)));

test("frames that are right are read, one by one as they were written", async () => {
  assert.deepEqual(await openText(await closed(frame('{"type":"a"}'), 1)), [{ entry: { type: "a" } }]);
  assert.deepEqual(await openText(await closed(new Uint8Array(0), 0)), []);
});

test("whatever entries and bytes are sealed come out equal, in both suites", async () => {
  const piece = fc.record({ entry: fc.dictionary(fc.string({ unit: "grapheme", maxLength: 5 }), fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" }), { maxKeys: 5, noNullPrototype: true }), size: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000 })) });
  for (const suite of suiteNames) {
    const hands = party(suite);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 4 }), async (wishes) => {
        const pieces = wishes.map(({ entry, size }) => {
          const { ["__proto__"]: _, ...rest } = JSON.parse(JSON.stringify(entry).replaceAll('"__proto__":', '"proto":')) as Record<string, unknown>;
          return { entry: { ...rest, type: "any" }, ...(size > 0 && { bytes: new Uint8Array(size).fill(size & 255) }) };
        });
        const opened = await open(sourceOf(await sealedBy(suite, hands, pieces)), { device: hands.device.publicKey, person: hands.person.publicKey, receiver: hands.receiver });
        assert.deepEqual(await collected(opened.pieces), pieces);
      }),
      { numRuns: 30, seed: 11 },
    );
  }
});

test("lengths that lie are refused before any memory is taken for them", async () => {
  for (const lie of [{ json: 13 }, { json: 11 }, { json: 0 }, { bytes: 1 }, { json: 0xffffffff }, { bytes: 0xffffffff }, { json: 0xffffffff, bytes: 0xffffffff }]) await refused(await closed(frame('{"type":"a"}', new Uint8Array(0), lie), 1));
  for (const rest of [1, 7, 8]) await refused(await closed(joined(frame('{"type":"a"}'), new Uint8Array(rest)), 1));
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 200; i++) await refused(await closed(frame('{"type":"a"}', new Uint8Array(0), { bytes: 0x3fffffff }), 1));
  assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20);
});

test("only canonical JSON of an object with a type is an entry", async () => {
  const texts = ['{"type":"a","type":"b"}', '{"type":"a","__proto__":{"x":1}}', '{"a":{"__proto__":1},"type":"a"}', '{"type": "a"}', ' {"type":"a"}', '{"type":"a"}\n', '{"type":"a","b":1}', '{"n":1.0,"type":"a"}', '{"n":1e2,"type":"a"}', '{"n":-0,"type":"a"}', '{"s":"\\u0041","type":"a"}', '{"s":"\\ud800","type":"a"}', '{"s":"\\/","type":"a"}', '{"type":1}', '{"type":"end"}', '{"type":null}', "[]", "null", '"a"', "", '{"n":NaN,"type":"a"}', `{"n":${"[".repeat(150)}${"]".repeat(150)},"type":"a"}`, '\ufeff{"type":"a"}'];
  for (const text of texts) await refused(await closed(frame(text), 1));
  await refused(await closed(frame(Uint8Array.of(...utf8('{"type":"'), 0xff, ...utf8('"}'))), 1));
  // Deeper than any stack.
  await refused(await closed(frame(`{"n":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)},"type":"a"}`), 1));
});

test("the last frame closes exactly what stands before it", async () => {
  const text = frame('{"type":"a"}');
  const digest = await digestOf(text);
  await refused(joined(text, writeEnd(0, digest)));
  await refused(joined(text, writeEnd(2, digest)));
  await refused(joined(text, writeEnd(1, new Uint8Array(32))));
  await refused(joined(text, writeEnd(1, digest), writeEnd(1, digest)));
  await refused(joined(writeEnd(0, await digestOf(new Uint8Array(0))), text));
  await refused(await closed(joined(text, writeEnd(1, digest)), 2));
  await refused(joined(text, new Uint8Array(128)));
  await refused(joined(text, frame('{"type":"b"}', new Uint8Array(128 - 8 - 12))));
  const padded = writeEnd(1, digest);
  padded[127] = 1;
  await refused(joined(text, padded));
  for (const json of [`{"digest":"${toHex(digest)}","entries":-1,"type":"end"}`, `{"digest":"${toHex(digest)}","entries":1.5,"type":"end"}`, `{"digest":"${toHex(digest)}","entries":1,"more":1,"type":"end"}`, `{"entries":1,"type":"end"}`]) {
    await refused(joined(text, frame(json, new Uint8Array(120 - json.length))));
  }
  assert.throws(() => joined(...writePiece({ entry: { type: "end" } })), TypeError);
});
