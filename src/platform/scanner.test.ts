// What a scanner of files says is believed by its exit status, and its silence is no permission.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { Problem } from "../core/problem.ts";
import { scanWith } from "./scanner.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-scanner-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const program = (name: string, lines: string): string => {
  fs.writeFileSync(path.join(folder, name), lines);
  return `/bin/sh ${path.join(folder, name)}`;
};
const said = (command: string, bytes = Buffer.from("x"), withinMs?: number): Promise<string> => scanWith(command, withinMs)(bytes).then(() => "taken", (error: unknown) => (error instanceof Problem ? error.code : String(error)));

test("a file is taken when the scanner ends with nothing found, refused when it found harm, and waits when it did not answer", async () => {
  const looking = program("looks", "if grep -q HARM; then exit 1; fi");
  assert.equal(await said(looking), "taken");
  assert.equal(await said(looking, Buffer.concat([Buffer.alloc(4 << 20), Buffer.from("\nHARM")])), "file-harmful", "in the last bytes of four million");
  assert.equal(await said(program("rash", "exit 1"), Buffer.alloc(4 << 20)), "file-harmful", "it need not read everything");
  assert.equal(await said(program("broken", "exit 2")), "scanner-away");
  assert.equal(await said(program("killed", "kill -9 $$")), "scanner-away");
  assert.equal(await said(path.join(folder, "nowhere")), "scanner-away");
  assert.equal(await said(program("slow", "exec sleep 30"), Buffer.from("x"), 50), "scanner-away");
});

test("scanners run one at a time, and one that failed holds up none after it", async () => {
  const scan = scanWith(program("alone", `mkdir ${folder}/busy || exit 2; grep -q HARM; found=$?; rmdir ${folder}/busy; [ $found = 1 ]`));
  const all = await Promise.allSettled(["a", "HARM", "b", "c"].map((text) => scan(Buffer.from(text))));
  assert.deepEqual(all.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled", "fulfilled"]);
});
