// One engine: the checker as it is built for browsers gives, in a browser, the verdicts that the server gives, issue by issue and answer by answer.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { disability } from "../../schemes/disability/scheme.ts";
import { soundPersons } from "../../schemes/disability/sample-records.ts";
import { samples } from "../../schemes/low-income/sample-households.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { soundRecords } from "../../schemes/veterans/sample-others.ts";
import { soundRecord } from "../../schemes/veterans/sample-records.ts";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { projectRoot } from "../../src/platform/config.ts";
import { checker } from "../../src/scheme/check.ts";
import type { Answers, Scheme } from "../../src/scheme/model.ts";
import { canonicalJson } from "../../src/core/json.ts";
import { openBrowser } from "../browser.ts";
import { damagedRecords } from "../damaged-records.ts";

const context = { today: "2018-11-20", referenceDate: "2018-10-01" };
let browser: Browser;
let page: Page;
before(async () => {
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-verdicts-"));
  await build({ configFile: false, logLevel: "error", publicDir: false, root: projectRoot, build: { outDir, emptyOutDir: true, target: "es2022", lib: { entry: path.join(projectRoot, "src/scheme/check.ts"), formats: ["iife"], name: "engine", fileName: () => "engine.js" } } });
  browser = await openBrowser();
  page = await browser.newPage();
  await page.addScriptTag({ content: fs.readFileSync(path.join(outDir, "engine.js"), "utf8") });
  fs.rmSync(outDir, { recursive: true });
});
after(() => browser.close());

type Engine = { readonly checker: typeof checker };

async function agrees(scheme: Scheme, sound: readonly Answers[], n: number): Promise<void> {
  const records = damagedRecords(scheme, sound, n, 11);
  const check = checker(scheme);
  const here = records.map((answers) => check(answers, context));
  // As a terminal gets it: the published JSON.
  const sent = JSON.stringify({ definition: JSON.parse(canonicalJson(scheme)) as unknown, records, at: context });
  const there = await page.evaluate((text: string) => {
    const { definition, records: given, at } = JSON.parse(text) as { definition: Scheme; records: Answers[]; at: typeof context };
    const judge = (globalThis as unknown as { readonly engine: Engine }).engine.checker(definition);
    return JSON.stringify(given.map((answers) => judge(answers, at)));
  }, sent);
  const verdicts = JSON.parse(there) as unknown[];
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  here.forEach((verdict, i) => assert.deepEqual(verdicts[i], plain(verdict), JSON.stringify(records[i])));
  const codes = new Set(here.flatMap((verdict) => verdict.issues.map((issue) => issue.code)));
  assert.ok(codes.size >= 25, `the sample is worth something: ${codes.size} kinds of fault`);
}

test("veterans: 600 records, sound and damaged, are judged alike in the browser and on the server", () => agrees(veterans, [soundRecord, ...Object.values(soundRecords)], 600));
test("disabled persons: 600 records are judged alike", () => agrees(disability, Object.values(soundPersons), 600));
test("households: 600 records are judged alike", () => agrees(lowIncome, Object.values(samples), 600));
