// What the runner no longer follows is still told: an error that no test waits for fails its file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const { NODE_TEST_CONTEXT: _, ...environment } = process.env;

for (const [kind, late] of [
  ["a promise that fails unheard", 'Promise.reject(new Error("nobody waits for this"))'],
  ["an error thrown later", 'setTimeout(() => { throw new Error("nobody waits for this"); }, 1)'],
] as const) {
  test(`${kind} fails the file and is said`, () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-runner-"));
    const file = path.join(folder, "late.test.mjs");
    fs.writeFileSync(file, `import { test } from "node:test";\ntest("itself fine", async () => { ${late}; await new Promise((resolve) => setTimeout(resolve, 20)); });\n`);
    const run = spawnSync(process.execPath, ["--import", import.meta.resolve("./light-runner.ts"), file], { env: environment, encoding: "utf8" });
    fs.rmSync(folder, { recursive: true });
    assert.equal(run.status, 1, run.stdout);
    assert.match(run.stdout, /nobody waits for this/);
  });
}
