// A small nation's round through the services: every person ends in exactly one state, careless townships go back whole, and the same nation gives the same figures.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { checkCitizenId } from "../../core/citizen-id.ts";
import { comesToStation, idNumber, isAway, isWalkIn, movedClock, outcomeOf } from "./nation.ts";
import { simulateRound } from "./round.ts";

let t: TestDatabase;
before(async () => void (t = await testDatabase()));
after(() => t.close());

test("a round of two counties ends with every person in exactly one state, and its sums hold", async () => {
  const clock = movedClock("2018-10-08T02:00:00Z");
  const none = (): Promise<never> => Promise.reject(new Error("the simulation asks no queue"));
  const platform: Platform = { database: t.database, keys: t.keys, blobs: t.blobs, queue: { ask: none, work: () => Promise.resolve(), wait: none, stop: () => Promise.resolve() }, clock, workFolder: t.folder };
  const result = await simulateRound(platform, { counties: 2, people: 700, owner: t.owner, clock });
  assert.deepEqual(result.wrong, []);
  assert.equal(result.people, 700);
  assert.equal(Object.values(result.states).reduce((sum, n) => sum + n, 0), 700);
  assert.ok((result.states["accepted"] ?? 0) > 600 && (result.states["refused"] ?? 0) > 0, JSON.stringify(result.states));
  assert.ok((result.samples["failed"] ?? 0) >= 4 && (result.samples["passed"] ?? 0) > 70, `careless townships failed and passed on their second visit: ${JSON.stringify(result.samples)}`);
  assert.ok((result.steps.find((step) => step.step === "visits again")?.records ?? 0) > 20, "what went back was captured again");
  assert.ok(clock.today() > "2018-11-20", "weeks went by");
});

test("who walks in, is away or ends otherwise is spread alike over the counties, however many there are", () => {
  for (const counties of [2, 3, 10, 50, 100]) {
    for (let county = 0; county < counties; county += 1) {
      const people = Array.from({ length: 4000 }, (_, k) => county + k * counties);
      const share = (of: (n: number) => boolean): number => people.filter(of).length / people.length;
      const found = [share(isWalkIn), share(isAway), share(comesToStation), share((n) => outcomeOf(n, 4) !== undefined)];
      assert.ok([0.03, 0.02, 0.1, 0.06].every((wanted, i) => Math.abs(found[i]! / wanted - 1) < 0.5), `${county} of ${counties}: ${found.join(" ")}`);
    }
  }
});

test("the nation's numbers are valid, fictional and different", () => {
  const numbers = Array.from({ length: 50_000 }, (_, n) => idNumber(n * 101));
  assert.equal(new Set(numbers).size, numbers.length);
  assert.ok(numbers.every((number) => number.startsWith("999999") && checkCitizenId(number).ok));
});
