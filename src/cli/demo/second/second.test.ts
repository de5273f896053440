// The second county, small: its round through the services ends with every sum adding up, and what is found is what was planted, no more and no less.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import pg from "pg";
import { lowIncome } from "../../../../schemes/low-income/scheme.ts";
import { testDatabase, type TestDatabase } from "../../../../test/database.ts";
import { checkCitizenId } from "../../../core/citizen-id.ts";
import { closeReaders } from "../../../modules/insight/service.ts";
import { publishScheme } from "../../../modules/schemes/service.ts";
import { fixedClock } from "../../../platform/clock.ts";
import { systemActor } from "../../../platform/database.ts";
import type { Platform } from "../../../platform/platform.ts";
import { openQueue } from "../../../platform/queue.ts";
import { startWorker } from "../../../worker.ts";
import { geographyFromPackage } from "../geography.ts";
import type { Stages } from "../loop.ts";
import { daysOf, makeHouseholds, SECOND_COUNTY } from "./households.ts";
import { runSecond, type SecondResult } from "./loop.ts";
import { openSecondWorld } from "./world.ts";

const geography = { townships: geographyFromPackage(SECOND_COUNTY).townships.slice(0, 3).map((one) => ({ ...one, villages: one.villages.slice(0, 4) })) };
/** Before and after the tenth, from which on the standing rules look at the month before. */
const [today, later] = ["2019-09-05", "2019-10-28"];
const databases: TestDatabase[] = [];
/** A database with the county's areas and the scheme. */
async function countyDatabase(): Promise<TestDatabase> {
  const t = await testDatabase();
  databases.push(t);
  const owner = new pg.Client(t.owner);
  await owner.connect();
  const county = Number(SECOND_COUNTY) * 1e6;
  const rows = [[county, 3, 350500000000, "德化县"] as const, ...geography.townships.flatMap((one) => [[Number(one.code), 4, county, one.name] as const, ...one.villages.map((each) => [Number(each.code), 5, Number(one.code), each.name] as const)])];
  for (const [code, level, parent, name] of rows) await owner.query("insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values ($1, $2, $3, $4, $5, $5, '', '', 'test', '2018-01-01')", [code, level, parent, code + (level === 3 ? 999_999 : level === 4 ? 999 : 0), name]);
  await owner.end();
  await t.database.write(systemActor("test"), (tx) => publishScheme(tx, lowIncome));
  return t;
}
after(async () => {
  await closeReaders();
  for (const t of databases) await t.close();
});

test("the households of the second county are fictional, the same each time, and each person has one number", () => {
  const [first, again] = [makeHouseholds(7, 500, geography, daysOf(today), 60), makeHouseholds(7, 500, geography, daysOf(today), 60)];
  assert.deepEqual(first, again);
  const numbers = first.flatMap((one) => one.members.map((row) => String(row["id_number"])));
  assert.ok(numbers.every((number) => number.startsWith("999999") && checkCitizenId(number).ok));
  assert.equal(numbers.length - new Set(numbers).size, first.filter((one) => one.contested).length, "only who was planted stands in two households");
});

/** @param visits households that are visited; the fewer, the sooner it is done */
async function round(day: string, visits: number): Promise<SecondResult> {
  const t = await countyDatabase();
  const queue = await openQueue(t.database, t.app);
  const platform: Platform = { database: t.database, keys: t.keys, blobs: t.blobs, queue, clock: fixedClock(`${day}T02:00:00Z`), workFolder: t.folder, dataFolder: t.folder };
  const faults: unknown[] = [];
  const worker = await startWorker(platform, (line) => faults.push(line));
  const stages: Stages = async (name, work) => {
    const from = performance.now();
    const [done, said] = await work(() => {});
    if (process.env["SAY_STAGES"]) console.log(`${((performance.now() - from) / 1000).toFixed(1)} s ${name}: ${said}`);
    return done;
  };
  try {
    const result = await runSecond(await openSecondWorld(platform, worker, geography, daysOf(day)), 1, { count: Number(process.env["SECOND_HOUSEHOLDS"] ?? 300), visits: Number(process.env["SECOND_VISITS"] ?? visits) }, stages);
    assert.deepEqual(faults, []);
    assert.deepEqual(result.wrong, []);
    return result;
  } finally {
    await worker.stop();
    await queue.stop();
  }
}
const everyRule = ["W1", "W10", "W11", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9"];

test("the round of the second county finds what was planted, closes it, and every sum adds up", async () => {
  const result = await round(today, 60);
  assert.ok(result.matched.score.planted > 0 && result.faults.scores.missed.planted > 0 && result.faults.scores.double.planted > 0 && result.warnings.score.planted > 0, "something was planted to be found");
  assert.deepEqual(Object.keys(result.warnings.byRule).sort(), everyRule, "each rule finds what was planted for it");
  assert.deepEqual(result.warnings.byRule, result.warnings.planted, "and nothing else");
  assert.ok(result.met.declared > 0 && result.closed.filed > 0 && result.index.m0.value > 0);
});

test("late in a month, when the month before has been looked at, all eleven rules find what was planted too", async () => {
  const { warnings } = await round(later, 10);
  assert.deepEqual(Object.keys(warnings.byRule).sort(), everyRule);
  assert.deepEqual(warnings.byRule, warnings.planted);
});
