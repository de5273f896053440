// The terminal as one file on a county PC: it serves the page to this machine only, passes the terminal's own requests on to an office, and the page
// stands when the launcher is gone.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launcherText } from "../../src/cli/terminal-launcher.ts";
import { openBrowser } from "../browser.ts";
import { FakeOffice } from "./fake-office.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-launcher-"));
const file = path.join(folder, "terminal.mjs");
/** The machine's own Node where it has one: that is what county PCs run. */
const node = ["/usr/bin/node", "/usr/local/bin/node"].find((each) => fs.existsSync(each)) ?? process.execPath;
const office = new FakeOffice();
const started: ChildProcess[] = [];
let browser: Browser;

before(async () => {
  fs.writeFileSync(file, launcherText());
  browser = await openBrowser();
});
after(async () => {
  for (const child of started) child.kill();
  await browser?.close();
  await office.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Starts the launcher and waits for the address that it prints. */
async function launch(...args: string[]): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  const child = spawn(node, [file, "--port", "0", ...args], { cwd: folder, env: { PATH: process.env["PATH"] }, stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (part: Buffer) => {
      const found = /http:\/\/localhost:\d+/.exec((said += part.toString()));
      if (found) resolve(found[0]);
    });
    child.stderr.on("data", (part: Buffer) => (said += part.toString()));
    child.on("exit", (code) => reject(new Error(`the launcher ended with ${code}: ${said}`)));
  });
  return { address, stop: () => new Promise((done) => child.once("exit", () => done()) && child.kill()) };
}

/** A request with headers that a browser would not let a page set. */
const ask = (address: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => http.get(address, { headers }, (response) => resolve(response.resume().statusCode ?? 0)).on("error", reject));

test("the file alone serves the page, under the terminal's content policy", async () => {
  const { address, stop } = await launch();
  const page = await fetch(`${address}/`);
  assert.equal(new URL(page.url).pathname, "/terminal/");
  assert.match(page.headers.get("content-security-policy") ?? "", /script-src 'self';/);
  const text = await page.text();
  const [script] = /\/terminal\/assets\/[^"]+\.js/.exec(text) ?? [];
  assert.ok(script);
  assert.match((await fetch(address + script)).headers.get("content-type") ?? "", /javascript/);
  assert.equal((await fetch(`${address}/terminal/people`)).status, 200, "an address of the app opens it");
  assert.equal((await fetch(`${address}/terminal/assets/no.js`)).status, 404);
  const [none] = [await fetch(`${address}/api/terminal/hello`)];
  assert.deepEqual([none.status, ((await none.json()) as { code: string }).code], [503, "no-office"]);
  await stop();
});

test("only the terminal's own requests go on to the office, and only from its own page", async () => {
  const served = await office.serve("");
  const { address, stop } = await launch("--office", served);
  const reply = (await (await fetch(`${address}/api/terminal/hello`)).json()) as { challenge: string };
  assert.equal(reply.challenge, "1.a");
  assert.equal((await fetch(`${address}/api/accounts`)).status, 404);
  assert.equal(await ask(`${address}/api/terminal/hello`, { origin: "http://evil.example" }), 403);
  assert.equal(await ask(`${address}/api/terminal/hello`, { host: "evil.example" }), 403, "a name that was bent to this machine");
  assert.equal(await ask(`${address}/api/terminal/hello`, { "sec-fetch-site": "cross-site" }), 403);
  assert.deepEqual(office.asked, ["GET /api/terminal/hello"]);
  await office.close();
  const away = await fetch(`${address}/api/terminal/hello`);
  assert.deepEqual([away.status, ((await away.json()) as { code: string }).code], [502, "no-answer"]);
  await stop();
});

test("once loaded the page opens without the launcher, without a breach of its policy", async () => {
  const { address, stop } = await launch();
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
  await page.goto(`${address}/terminal/`);
  await page.locator("#app *").first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await stop();
  const second = await context.newPage();
  await second.goto(`${address}/terminal/`);
  await second.locator("#app *").first().waitFor();
  assert.equal(await second.evaluate(() => navigator.serviceWorker.controller !== null), true);
  assert.deepEqual(complaints, []);
  await context.close();
});
