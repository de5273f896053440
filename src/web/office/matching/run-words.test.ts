// Names of steps, and findings among the counts of a run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { classCounts, stepLabels } from "./run-words.ts";

test("the comparison of pairs and the comparison of items have different names", () => {
  assert.deepEqual(stepLabels(["compare", "compare", "new-step"]).map((label) => label.zh), ["比较候选配对", "逐项比对", "new-step"]);
});

test("what is no known count of a run is a class of findings", () => {
  assert.deepEqual(classCounts({ records: 5, rows: 4, P04: 1, H01: 2, raised: 3 }), [{ class: "H01", count: 2 }, { class: "P04", count: 1 }]);
});
