// Bundles both ways: what goes in comes out, for both suites, whatever the length.
import assert from "node:assert/strict";
import { test } from "node:test";
import { collected, header, party, sealedBy, suiteNames } from "./bundle.fixture.ts";
import { toHex } from "./bytes.ts";
import type { Piece } from "./frames.ts";
import { keysNamed, open, verify } from "./open.ts";
import { sourceOf } from "./source.ts";
import { keyName } from "./suite.ts";

for (const name of suiteNames) {
  test(`what is sealed comes out, also where frames meet the ends of chunks (${name})`, async () => {
    const all = party(name);
    const keys = { device: all.device.publicKey, person: all.person.publicKey };
    for (const size of [0, 1, 60_000, 65_300, 65_340, 65_369, 65_370, 65_371, 65_408, 65_536, 131_000, 200_000]) {
      const pieces: Piece[] = size === 0 ? [] : [{ entry: { n: 1, type: "a", 名: "字" } }, { entry: { type: "picture" }, bytes: new Uint8Array(size).fill(7) }];
      const source = sourceOf(await sealedBy(name, all, pieces));
      assert.deepEqual(await keysNamed(source), { suite: name, device: keyName(name, keys.device), person: keyName(name, keys.person), receiver: keyName(name, all.receiver.publicKey) });
      const opened = await open(source, { ...keys, receiver: all.receiver });
      assert.deepEqual(opened.header, { ...header, format: 1, entries: pieces.length });
      assert.deepEqual(await collected(opened.pieces), pieces);
      assert.equal(toHex((await verify(source, keys)).digest), opened.digest);
    }
  });
}
