// Identifiers: well-formed, unique, and in the order they were made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isId, newId } from "./ids.ts";

test("ten thousand identifiers are UUIDs of version 7, all different, in order", () => {
  const ids = Array.from({ length: 10_000 }, newId);
  assert.ok(ids.every((id) => isId(id) && id[14] === "7" && "89ab".includes(id[19]!)));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual([...ids].sort(), ids);
});
