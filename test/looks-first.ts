// A node's bundle comes in while the operator's scanner is there: it looks at the pictures inside before any of them is stored.
import assert from "node:assert/strict";
import { sourceOf } from "../src/bundle/source.ts";
import { Problem, type ProblemCode } from "../src/core/problem.ts";
import { takeNodeBundle, type TakenBundle } from "../src/modules/federation/take.ts";
import type { Platform } from "../src/platform/platform.ts";

/** Takes a bundle that holds pictures, after it was refused twice. @param held all that the node holds */
export async function looksFirst(platform: Platform, bytes: Uint8Array, held: () => Promise<unknown>): Promise<void> {
  const looked: Uint8Array[] = [];
  const takeWith = (says?: ProblemCode): Promise<TakenBundle> => takeNodeBundle({ ...platform, scan: async (one) => (looked.push(one), says && Promise.reject(new Problem(says))) }, sourceOf(bytes), "test");
  const before = await held();
  for (const says of ["file-harmful", "scanner-away"] as const) await assert.rejects(takeWith(says), (error) => error instanceof Problem && error.code === says);
  assert.deepEqual(await held(), before, "a bundle is taken whole or not at all");
  assert.equal(looked.length, 2, "one picture is enough");
  const { counts } = await takeWith();
  const pictures = counts["pictures"] ?? 0;
  assert.ok(pictures > 0);
  assert.equal(looked.length, 2 + pictures);
  assert.ok(looked.every((one) => one[0] === 0xff && one[1] === 0xd8), "what is looked at are pictures, not what seals them");
  assert.equal((await takeWith()).repeated, true);
  assert.equal(looked.length, 2 + pictures, "what was taken is not looked at again");
}
