// Duties of the worker: rounds do not overlap, failures are told without content, stopping waits, and what cannot be done for now rests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../core/problem.ts";
import { startDuty } from "./duty.ts";
import { restingPlace } from "./resting.ts";

test("rounds come one after another, and stopping waits for the one at hand", async () => {
  let [begun, ended] = [0, 0];
  const second = Promise.withResolvers<void>();
  const duty = startDuty({
    name: "test",
    everyMs: 5,
    log: () => assert.fail("nothing goes wrong"),
    work: async () => {
      begun += 1;
      assert.equal(begun, ended + 1, "two rounds at once");
      if (begun === 2) second.resolve();
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended += 1;
    },
  });
  // The duty itself does not keep a process alive.
  const awake = setInterval(() => undefined, 1000);
  await second.promise;
  await duty.stop();
  clearInterval(awake);
  assert.ok(begun >= 2);
  assert.equal(ended, begun);
});

test("a long round is told that it shall end", async () => {
  const duty = startDuty({ name: "test", everyMs: 60_000, log: () => assert.fail("nothing goes wrong"), work: (stopping) => new Promise<void>((resolve) => stopping.addEventListener("abort", () => resolve())) });
  await duty.stop();
});

test("what goes wrong is logged under the duty's name; a database that is away is not", async () => {
  const lines: unknown[] = [];
  const failing = (error: Error): Promise<void> => startDuty({ name: "test", everyMs: 60_000, log: (line) => lines.push(line), work: () => Promise.reject(error) }).stop();
  await failing(new Problem("database-away"));
  assert.deepEqual(lines, []);
  await failing(new TypeError("no such thing"));
  assert.deepEqual(lines, [{ level: "error", where: "test", error: "TypeError: no such thing" }]);
});

test("what rests is left alone for a minute, and a cause is told once in a minute, whoever has it", () => {
  let now = 0;
  const resting = restingPlace(() => now);
  resting.rest("one");
  const told = [resting.isNews("away"), resting.isNews("away"), resting.isNews("full")];
  now = 30_000;
  resting.rest("two");
  assert.deepEqual([told, resting.isNews("away"), resting.now()], [[true, false, true], false, ["one", "two"]]);
  now = 60_000;
  assert.deepEqual([resting.isNews("away"), resting.isNews("away"), resting.now()], [true, false, ["two"]]);
});
