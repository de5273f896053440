// The command `keys`, run as it is documented: former keys are taken over, a renewal with the server stopped ends with one version.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { keysFrom, openKeys } from "../platform/keys.ts";

const main = path.join(import.meta.dirname, "main.ts");
const run = (...args: string[]) => spawnSync(process.execPath, [main, "keys", ...args], { encoding: "utf8" });

test("keys status and keys rotate with the server stopped", (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-keys-"));
  fs.chmodSync(folder, 0o711);
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  assert.equal(run("status", "--data", folder).status, 1);
  assert.match(run("turn", "--data", folder).stderr, /用法[\s\S]*usage/);
  fs.mkdirSync(path.join(folder, "keys"));
  fs.writeFileSync(path.join(folder, "keys", "master"), Buffer.alloc(32, 4));
  assert.match(run("status", "--data", folder).stdout, /key-encryption key 1: international/);
  assert.equal(run("rotate", "--suite", "other", "--data", folder).status, 1);
  const turned = run("rotate", "--suite", "national", "--data", folder);
  assert.equal(turned.status, 0, turned.stderr);
  assert.match(turned.stdout, /versions in use: 2\n/);
  assert.match(run("status", "--data", folder).stdout, /suite: national\n.*key-encryption key 2: national/);
  assert.deepEqual(openKeys(folder).blind("x"), keysFrom(Buffer.alloc(32, 4)).blind("x"));
});

test("a version made by the command beside a server at work is taken up by it", (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-keys-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const server = openKeys(folder);
  const before = server.people.make(1, 1);
  openKeys(folder).renew("national");
  assert.equal(server.suite(), "international");
  server.refresh();
  assert.equal(server.suite(), "national");
  const again = server.people.rewrap(1, before);
  server.retire(1);
  assert.equal(openKeys(folder).people.open(1, again).no, 1);
});
