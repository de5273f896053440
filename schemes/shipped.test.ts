// What was shipped under a version stays what it was, byte for byte: records cite it for ever. Whoever means to change a definition that is
// already out in the field gives it a new version; before the first release the hash here changes in the same commit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { schemeHash } from "../src/scheme/publish.ts";
import { shippedOverlays, shippedSchemes } from "./shipped.ts";

const hashes: Readonly<Record<string, string>> = {
  "veterans 2018.1": "01fce7d88f122b51e59f3fe79e638730d88363c6d894745ec6865e3b7388951e",
  "disability 2017.1": "8e0b761d9d52b9045540c315e880a50d39cd0a924bdfada7fcc1f1cb3cdc5b7f",
  "disability 2022.1": "2e0154a3ff712f49e648d0a80258a77061f2a7e4430e16016a7ab334262142d3",
  "disability-village 2017.1": "6c8010e7cf57d60b1b3d165544bc2294581708a087bc33da843b9cf0569a41bf",
  "low-income 2019.1": "6e0e92a905e7012b7bd7bccc67333eabb58f2b82b05cd6b73f521465f25ecd86",
};

test("every shipped version has the content it was published with", async () => {
  const now = Object.fromEntries(await Promise.all(shippedSchemes.map(async (scheme) => [`${scheme.key} ${scheme.version}`, await schemeHash(scheme)] as const)));
  assert.deepEqual(now, hashes);
});

test("overlays are keyed in one form, words joined by underscores, and no two alike", () => {
  const keys = shippedOverlays.map((overlay) => overlay.key);
  assert.deepEqual(keys.filter((key) => !/^[a-z]+(_[a-z]+)*$/.test(key)), []);
  assert.equal(new Set(keys).size, keys.length);
});
