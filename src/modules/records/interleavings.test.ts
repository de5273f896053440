// No order of two terminals, an office editor and an import overwrites a value that its writer's successor had not seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { order, play, random } from "./interleavings.fixture.ts";
import { FIELDS, officeInMemory } from "./interleavings-in-memory.fixture.ts";

test("20,000 orders of four writers overwrite nothing in silence, and some of them contradict each other", async () => {
  const totals = { taken: 0, kept: 0, refused: 0 };
  for (let seed = 1; seed <= 20_000; seed += 1) {
    const next = random(seed);
    const played = await play(officeInMemory(), order(next), FIELDS, next);
    assert.deepEqual(played.overwritten, [], `order ${seed}`);
    totals.taken += played.taken;
    totals.kept += played.kept;
    totals.refused += played.refused;
  }
  assert.ok(totals.taken > 20_000 && totals.kept > 5_000 && totals.refused > 5_000, JSON.stringify(totals));
});

test("the model notices an office that takes everything as it comes", async () => {
  let found = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = random(seed);
    found += (await play(officeInMemory(true), order(next), FIELDS, next)).overwritten.length;
  }
  assert.ok(found > 50, `${found}`);
});
