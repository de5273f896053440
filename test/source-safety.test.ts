// What holds for every source and every answer, whatever the module: no text runs as code, no shell, no weak digest or chance, no secret in an
// address, and the same protecting headers on each answer.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Problem } from "../src/core/problem.ts";
import { route } from "../src/core/route.ts";
import { newToken } from "../src/modules/access/enrolment.ts";
import { byProfile, faultsOf } from "../src/modules/access/password-policy.ts";
import { hashPassword, isPassword } from "../src/modules/access/passwords.ts";
import { order } from "../src/modules/order.ts";
import { projectRoot, readConfig } from "../src/platform/config.ts";
import type { Database } from "../src/platform/database.ts";
import { bindAlone, createHttp } from "../src/platform/http.ts";
import { serveCitizen } from "../src/citizen-pages.ts";
import { launcherText } from "../src/cli/terminal-launcher.ts";
import { servePages } from "../src/server.ts";
import { serveTerminal, terminalWorker } from "../src/terminal-pages.ts";

const sources = fs
  .readdirSync(path.join(projectRoot, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/u.test(file) && !/\.(?:test|fixture)\.ts$/u.test(file))
  .map((file) => ({ file: file.replaceAll("\\", "/"), text: fs.readFileSync(path.join(projectRoot, "src", file), "utf8") }));
const holding = (pattern: RegExp): string[] => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
const calls = (pattern: RegExp): Set<string> => new Set(sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map((hit) => `${file}: ${hit[1]!}`)));

test("no page writes text as HTML, and no source runs text as code", () => {
  assert.ok(sources.length > 300);
  assert.deepEqual(holding(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|node:vm/u), []);
});

test("no source starts a shell", () => {
  assert.deepEqual(holding(/shell:\s*true|execSync|execFileSync|\{[^}]*\bexec\b[^}]*\} from "node:child_process"/u), []);
});

test("nothing is drawn by chance that can be guessed", () => {
  assert.deepEqual(holding(/Math\.random/u), []);
  const tokens = new Set(Array.from({ length: 1000 }, newToken));
  assert.equal(tokens.size, 1000);
  for (const token of tokens) assert.ok(Buffer.from(token, "base64url").length === 32);
});

test("digests and ciphers are of a short list, and what is older than that is named", () => {
  const used = calls(/create(?:Hash|Hmac|Cipheriv|Decipheriv)\("([a-z0-9-]+)"/gu);
  const weak = [...used].filter((each) => !/: (?:sha256|sm3|aes-256-gcm|sha512)$/u.test(each)).toSorted();
  // RFC 6238 as the apps read it; the form in which breached passwords are published; names of statements and keys of rows, where nobody gains by two that are equal; one block to shuffle a row's number.
  assert.deepEqual(weak, ["modules/access/breached-passwords.ts: sha1", "modules/access/totp.ts: sha1", "modules/exchange/run.ts: sha1", "modules/releases/mark.ts: aes-128-ecb", "platform/database.ts: sha1"]);
});

test("no connection is believed without its certificate", () => {
  assert.deepEqual(holding(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/u), []);
});

test("no address holds a secret, a name or a number of a person", async () => {
  let seen = 0;
  for (const name of order) {
    const contract = (await import(`../src/modules/${name}/contract.ts`)) as Record<string, unknown>;
    for (const value of Object.values(contract)) {
      if (typeof value !== "object" || value === null || !("method" in value && "path" in value)) continue;
      const { method, path: address, query, params } = value as { method: string; path: string; query?: { properties?: object }; params?: { properties?: object } };
      seen += 1;
      for (const key of [...Object.keys(query?.properties ?? {}), ...Object.keys(params?.properties ?? {})]) {
        if (address === "/api/notices/file" && key === "idNumbers") continue; // how numbers are shown: masked, or not at all
        assert.doesNotMatch(key, /password|secret|token|session|passphrase|idnumber|phone|mobile|person_?name|fullname/iu, `${method} ${address}: ${key}`);
      }
    }
  }
  assert.ok(seen > 100);
});

test("a password is held as typed, whole, up to 64 characters and more, as Argon2id", async () => {
  const typed = ` Ürumqi-${"长密码 z".repeat(14)} `;
  assert.ok([...typed].length > 64);
  assert.deepEqual(faultsOf(typed, byProfile.asvs, { login: "someone", name: "某人" }), []);
  const kept = await hashPassword(typed);
  assert.match(kept, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/u);
  assert.equal(await isPassword(kept, typed), true);
  for (const other of [typed.trim(), typed.toLowerCase(), typed.slice(0, -1)]) assert.equal(await isPassword(kept, other), false);
});

test("passwords are typed into masked fields that take paste and password managers", () => {
  const fields = sources.filter(({ file }) => file.startsWith("web/")).flatMap(({ text }) => [...text.matchAll(/<Input(\.Password)?[^>]*?name=(?:"|\{`?)[^>]*?(current-password|new-password)/gu)]);
  assert.ok(fields.length >= 3);
  for (const [whole, masked] of fields) assert.ok(masked !== undefined, whole);
  assert.deepEqual(holding(/onPaste=\{[^}]*preventDefault/u), []);
});

const reply = async (method: "GET" | "POST" | "TRACE", url: string) => {
  const wrong = route({ method: "GET", path: "/api/wrong", permission: "public", summary: { zh: "出错", en: "Goes wrong" } });
  const refused = route({ method: "GET", path: "/api/refused", permission: "public", summary: { zh: "拒绝", en: "Is refused" } });
  const file = route({ method: "GET", path: "/api/file", permission: "public", summary: { zh: "文件", en: "A file" }, transfer: "file" });
  const app = await createHttp({
    database: {} as Database,
    sessions: { actorOf: async () => undefined },
    isSetUp: async () => true,
    bindings: [
      bindAlone(wrong, () => Promise.reject(new Error("select secret_column from somewhere"))),
      bindAlone(refused, () => Promise.reject(new Problem("not-allowed"))),
      bindAlone(file, () => Promise.resolve({ fileName: 'a"; filename=b.exe\r\nset-cookie: x=1;名单.csv', mime: "text/csv; charset=utf-8", bytes: Buffer.from("<script>") })),
    ],
  });
  try {
    return await app.inject({ method: method as "GET", url });
  } finally {
    await app.close();
  }
};

test("each answer says what it is and what a browser may do with it, and none is open to other sites", async () => {
  for (const url of ["/api/wrong", "/api/refused", "/api/file", "/api/nothing", "/api/openapi.json"]) {
    const { headers } = await reply("GET", url);
    assert.equal(headers["x-content-type-options"], "nosniff", url);
    assert.equal(headers["referrer-policy"], "no-referrer", url);
    const policy = String(headers["content-security-policy"]);
    for (const part of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) assert.ok(policy.includes(part), `${url}: ${part} in ${policy}`);
    assert.equal(headers["access-control-allow-origin"], undefined, url);
    assert.equal(headers["x-powered-by"], undefined);
    assert.match(String(headers["content-type"]), /^(?:application\/(?:problem\+)?json|text\/csv); charset=utf-8$/u, url);
  }
});

test("what goes wrong inside is told as that and nothing more", async () => {
  const { statusCode, body } = await reply("GET", "/api/wrong");
  assert.equal(statusCode, 500);
  assert.doesNotMatch(body, /secret_column|Error|\.ts|at /u);
});

test("by address one gets a page that was built and nothing else: no uploaded file, no source, no history, no key", async (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-served-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  put("dist/office/index.html", "<p>the page</p>");
  put("dist/office/assets/app.js", "the program");
  for (const name of [".git/config", "package.json", "data/keys/root.json", "data/blobs/350524/own/ab12", "data/inbox/public_security/list.csv", "dist/office.map"]) put(name, "NOT FOR EYES");
  const app = await createHttp({ database: {} as Database, sessions: { actorOf: async () => undefined }, isSetUp: async () => true, bindings: [] });
  t.after(() => app.close());
  await servePages(app, path.join(folder, "dist/office"));
  await app.ready();
  put("dist/office/uploaded.html", "NOT FOR EYES");
  put("dist/office/assets/uploaded.js", "NOT FOR EYES");
  const inner = [".git/config", "package.json", "data/keys/root.json", "data/blobs/350524/own/ab12", "data/inbox/public_security/list.csv", "dist/office.map"];
  const ways = inner.flatMap((name) => [`/${name}`, `/../../${name}`, `/assets/../../../${name}`, `/..%2f..%2f${name}`, `/%2e%2e/%2e%2e/${name}`, `/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2f${name}`, `/..\\..\\${name}`, `//${name}`, `/./${name}`, `/${path.join(folder, name)}`]);
  for (const url of [...ways, "/uploaded.html", "/assets/uploaded.js", "/.git/", "/assets/", "/terminal/../package.json", "/src/server.ts"]) {
    const { statusCode, body } = await app.inject({ method: "GET", url });
    assert.ok((statusCode === 200 && body === "<p>the page</p>") || statusCode === 404 || statusCode === 400 || statusCode === 403, `${url}: ${statusCode} ${body.slice(0, 80)}`);
    assert.doesNotMatch(body, /NOT FOR EYES/u, url);
  }
  assert.equal((await app.inject({ method: "GET", url: "/assets/app.js" })).body, "the program");
});

test("only the terminal's page may ask the browser for its place, and only where the operator says so", async (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-place-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, "index.html"), "<p>the page</p>");
  fs.writeFileSync(path.join(folder, "sw.js"), "list([{url:`/terminal/index.html`,revision:`0a`}])");
  const served = async (serve: (app: Parameters<typeof serveTerminal>[0]) => void, at: string) => {
    const app = await createHttp({ database: {} as Database, sessions: { actorOf: async () => undefined }, isSetUp: async () => true, bindings: [] });
    t.after(() => app.close());
    serve(app);
    const { headers } = await app.inject({ method: "GET", url: `${at}/` });
    return { permissions: String(headers["permissions-policy"]), worker: (await app.inject({ method: "GET", url: `${at}/sw.js` })).body };
  };
  const closed = await served((app) => serveTerminal(app, folder), "/terminal");
  const open = await served((app) => serveTerminal(app, folder, true), "/terminal");
  assert.match(closed.permissions, /geolocation=\(\)/u);
  assert.match(open.permissions, /geolocation=\(self\)/u);
  assert.notEqual(open.worker, closed.worker, "a terminal that keeps the page offline takes it anew, with its new permissions");
  assert.throws(() => terminalWorker("list([])", true), /does not list/u);
  assert.match((await served((app) => serveCitizen(app, folder), "/me")).permissions, /geolocation=\(\)/u);
  assert.match(launcherText(folder), /geolocation=\(\)/u);
  assert.match(launcherText(folder, true), /geolocation=\(self\)/u);
  assert.deepEqual([readConfig({}, {}).asksPlace, readConfig({}, { QINGCE_TERMINAL_PLACE: "on" }).asksPlace], [false, true]);
  assert.throws(() => readConfig({}, { QINGCE_TERMINAL_PLACE: "yes" }), /QINGCE_TERMINAL_PLACE/u);
});

test("a file's name is encoded, whatever it holds", async () => {
  const { headers } = await reply("GET", "/api/file");
  assert.match(String(headers["content-disposition"]), /^attachment; filename\*=UTF-8''[A-Za-z0-9%._!~*'()-]+$/u);
  assert.equal(headers["set-cookie"], undefined);
});

test("methods that nobody needs are not there", async () => {
  assert.equal((await reply("TRACE", "/api/refused")).statusCode, 404);
});
