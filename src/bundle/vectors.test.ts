// What docs/bundle-format.md prints is what the code makes: keys, key names, digest and every byte of a small bundle, for both suites.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { collected, header, party, suiteNames } from "./bundle.fixture.ts";
import { fromHex, joined, toHex } from "./bytes.ts";
import { open } from "./open.ts";
import { sealWith } from "./seal.ts";
import { examples, selfTest } from "./self-test.ts";
import { sm4Block, sm4Key } from "./sm4.ts";
import { sourceOf } from "./source.ts";
import { keyName, type SuiteName } from "./suite.ts";

const document = fs.readFileSync(path.join(import.meta.dirname, "../../docs/bundle-format.md"), "utf8");
const pieces = [{ entry: { type: "notice", text: "你好" } }, { entry: { type: "picture" }, bytes: Uint8Array.of(1, 2, 3) }];

/** The lines `name = hexadecimal` of the suite's block in the document; long values go on over lines. */
function printed(name: SuiteName): Readonly<Record<string, string>> {
  const block = new RegExp(`\`\`\`text\\nsuite = ${name}\\n([\\s\\S]*?)\`\`\``, "u").exec(document)?.[1];
  assert.ok(block, `the document has no vectors of the ${name} suite`);
  return Object.fromEntries(block.replace(/\n +/gu, "").trim().split("\n").map((line) => line.split(" = ") as [string, string]));
}

async function derived(name: SuiteName): Promise<Record<string, string>> {
  const { device, person, receiver } = party(name, 0);
  let drawn = 0;
  const counting = (length: number): Uint8Array => Uint8Array.from({ length }, () => drawn++ & 255);
  const bundle = joined(...(await collected(sealWith(counting, { suite: name, header, pieces, device, person, receiver: receiver.publicKey }))));
  const opened = await open(sourceOf(bundle), { device: device.publicKey, person: person.publicKey, receiver });
  assert.deepEqual(await collected(opened.pieces), pieces);
  return {
    "device secret": toHex(device.secretKey),
    "device public": toHex(device.publicKey),
    "device name": toHex(keyName(name, device.publicKey)),
    "person secret": toHex(person.secretKey),
    "person public": toHex(person.publicKey),
    "person name": toHex(keyName(name, person.publicKey)),
    "receiver secret": toHex(receiver.secretKey),
    "receiver public": toHex(receiver.publicKey),
    "receiver name": toHex(keyName(name, receiver.publicKey)),
    digest: opened.digest,
    bundle: toHex(bundle),
  };
}

for (const name of suiteNames) {
  test(`the printed vectors of the ${name} suite are what the code makes`, async () => {
    assert.deepEqual(printed(name), await derived(name));
  });
}

test("every primitive gives the published example, and a wrong one is named", async () => {
  await selfTest();
  assert.ok(examples.length >= 17);
  for (const { source, actual, expected } of examples) assert.equal(toHex(await actual()), expected, source);
});

test("SM4 a million times over gives the example A.2 of GB/T 32907-2016", () => {
  const keys = sm4Key(fromHex("0123456789abcdeffedcba9876543210"));
  const block = Int32Array.of(0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210);
  for (let i = 0; i < 1_000_000; i++) sm4Block(keys, block);
  assert.equal([...block].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join(""), "595298c7c6fd271f0402f804c33d3f66");
});
