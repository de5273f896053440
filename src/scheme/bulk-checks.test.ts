// One select over a snapshot finds what the check of single records finds, for every programme.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { disability } from "../../schemes/disability/scheme.ts";
import { soundPersons } from "../../schemes/disability/sample-records.ts";
import { samples } from "../../schemes/low-income/sample-households.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { soundRecords } from "../../schemes/veterans/sample-others.ts";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { damagedRecords } from "../../test/damaged-records.ts";
import { openDuckDb } from "../../test/duckdb.ts";
import { bulkChecks } from "./bulk-checks.ts";
import { checker } from "./check.ts";
import { readRows, rowOf } from "./columns.ts";
import type { Answers, Scheme } from "./model.ts";
import { neverTrueWithout } from "./never-true.ts";

const today = "2018-11-20";
/** Found by scanning texts, which bulk SQL leaves to the check of single records. */
const LEFT_OUT = new Set(["unit-designation-doubt", "unit-designation"]);

const agrees = async (scheme: Scheme, sound: readonly Answers[], n: number): Promise<void> => {
  const check = checker(scheme);
  const settled = damagedRecords(scheme, sound, n, 7).map((answers) => check(answers, { today }).answers);
  const expected = settled.map((answers) => [...new Set(check(answers, { today }).issues.map((issue) => issue.code).filter((code) => !LEFT_OUT.has(code)))].toSorted());
  const db = await openDuckDb({ threads: 2 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-bulk-"));
  const file = path.join(folder, "rows.ndjson");
  fs.writeFileSync(file, settled.map((answers, i) => JSON.stringify({ record: String(i), ...rowOf(scheme, answers) })).join("\n"));
  await db.run(`CREATE TABLE snapshot AS ${readRows(scheme, file)}`);
  fs.rmSync(folder, { recursive: true });
  const found = settled.map(() => new Set<string>());
  for (const [record, code] of await db.rows(bulkChecks(scheme).sql, { today, reference_date: scheme.referenceDate })) found[Number(record)]?.add(String(code));
  db.close();
  settled.forEach((answers, i) => assert.deepEqual([...(found[i] ?? [])].toSorted(), expected[i], JSON.stringify(answers)));
  const codes = new Set(expected.flat());
  assert.ok(codes.size > 30, `the sample is worth something: ${codes.size} kinds of fault`);
};

test("veterans: 3,000 damaged records get the same faults", () => agrees(veterans, [soundRecord, ...Object.values(soundRecords)], 3000));
test("disabled persons: 2,000 damaged records get the same faults", () => agrees(disability, Object.values(soundPersons), 2000));
test("households: 2,000 damaged records get the same faults", () => agrees(lowIncome, Object.values(samples), 2000));

test("a rule that cannot hold without a form is read only where the form is open", () => {
  assert.ok(neverTrueWithout("sub", ["and", ["=", ["ref", "sub.a"], ["const", "1"]], ["is-missing", ["ref", "general.b"]]]));
  assert.ok(neverTrueWithout("sub", ["any", "sub.rows", ["const", true]]));
  assert.ok(!neverTrueWithout("sub", ["is-missing", ["ref", "sub.a"]]));
  assert.ok(!neverTrueWithout("sub", ["or", ["=", ["ref", "sub.a"], ["const", 1]], ["=", ["ref", "general.b"], ["const", 1]]]));
  assert.ok(!neverTrueWithout("sub", ["not", ["any", "sub.rows", ["const", true]]]));
  assert.ok(!neverTrueWithout("sub", ["=", ["if", ["=", ["ref", "sub.a"], ["const", 1]], ["const", 1], ["const", 2]], ["const", 2]]));
});
