// Signing in, being locked out, being disabled; the first-run set-up; who may open accounts — over the whole server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { smallWorld, countyArea, type World } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { createHttp } from "../../platform/http.ts";
import { allBindings } from "../../server.ts";
import { setUpState } from "./service.ts";
import { systemActor } from "../../platform/database.ts";
import { permissionsOf, roles } from "./rules.ts";
import { sessionsOf } from "./sign-in.ts";

let t: TestDatabase;
let w: World;
let app: FastifyInstance;
const code = "123456789";
const password = "a-long-enough-password";

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  app = await createHttp({
    database: t.database,
    sessions: sessionsOf(w.platform),
    bindings: allBindings(w.platform, code),
    isSetUp: async () => !(await t.database.read(systemActor("start"), setUpState)).needed,
  });
});
after(async () => {
  await app.close();
  await w.close();
  await t.close();
});

type Answer = { readonly status: number; readonly body: Record<string, never> & { code?: string; needed?: boolean; roles?: string[]; accounts?: { id: string; login: string }[]; id?: string; area?: { code: number } }; readonly cookie: string };
async function call(method: "GET" | "POST" | "DELETE", url: string, body?: unknown, cookie = "", headers: Record<string, string> = {}): Promise<Answer> {
  const reply = await app.inject({ method, url, headers: { cookie, "idempotency-key": newId(), ...headers }, ...(body !== undefined && { payload: body as object }) });
  const set = reply.headers["set-cookie"];
  return { status: reply.statusCode, body: reply.json(), cookie: (Array.isArray(set) ? set[0] : set)?.split(";")[0] ?? cookie };
}
const signIn = (login: string, given = password): Promise<Answer> => call("POST", "/api/session", { login, password: given });

test("before its set-up the server answers only what the set-up needs", async () => {
  assert.equal((await call("GET", "/api/set-up")).body.needed, true);
  const refused = await call("GET", "/api/campaigns");
  assert.deepEqual([refused.status, refused.body.code], [503, "set-up-needed"]);
});

test("the set-up wants the code from the console, and happens once", async () => {
  const wish = { login: "admin", name: "管理员", password, area: countyArea, officeName: "信息中心" };
  assert.equal((await call("POST", "/api/set-up", { ...wish, code: "000000000" })).body.code, "sign-in-failed");
  assert.equal((await call("POST", "/api/set-up", { ...wish, code })).status, 200);
  assert.equal((await call("POST", "/api/set-up", { ...wish, code })).body.code, "set-up-done");
  assert.equal((await call("GET", "/api/set-up")).body.needed, false);
});

test("an administrator opens offices and accounts and sees no people", async () => {
  const { cookie, status } = await signIn("admin");
  assert.equal(status, 200);
  const office = await call("POST", "/api/offices", { area: countyArea, department: "veterans-affairs-2", name: "退役军人事务局" }, cookie);
  assert.equal(office.status, 200);
  const wish = { login: "reviewer", name: "审核员", password, officeId: office.body.id, roles: ["county-reviewer"], endsOn: "2099-12-31" };
  assert.equal((await call("POST", "/api/accounts", wish, cookie)).status, 200);
  assert.equal((await call("POST", "/api/accounts", wish, cookie)).body.code, "already-exists");
  assert.equal((await call("POST", "/api/accounts", { ...wish, login: "other", roles: ["emperor"] }, cookie)).body.code, "bad-request");
  assert.equal((await call("POST", "/api/accounts", { ...wish, login: "other", roles: ["system-administrator", "collector"] }, cookie)).body.code, "bad-request");
  assert.equal((await call("POST", "/api/people/search", { campaign: w.campaign.id, q: "x" }, cookie)).body.code, "not-allowed");
  assert.equal((await call("GET", "/api/accounts", undefined, (await signIn("reviewer")).cookie)).body.code, "not-allowed");
});

test("more people than the database has connections sign in at the same moment, and others are served meanwhile", async () => {
  const { cookie } = await signIn("admin");
  const burst = Array.from({ length: 20 }, () => signIn("admin"));
  assert.equal((await call("GET", "/api/me", undefined, cookie)).status, 200);
  assert.deepEqual([...new Set((await Promise.all(burst)).map(({ status }) => status))], [200]);
});

test("a wrong password, an unknown login and a locked account are told in the same words", async () => {
  const wrong = await signIn("reviewer", "wrong");
  const unknown = await signIn("nobody-here", "wrong");
  assert.deepEqual([wrong.status, wrong.body], [401, { ...unknown.body, instance: wrong.body["instance"] }]);
  for (let i = 0; i < 4; i++) await signIn("reviewer", "wrong");
  assert.equal((await signIn("reviewer")).body.code, "sign-in-failed", "locked after five failures, also for the right password");
});

test("a disabled account is out within a second, and its sessions are gone", async () => {
  const admin = (await signIn("admin")).cookie;
  const accounts = (await call("GET", "/api/accounts", undefined, admin)).body.accounts!;
  const office = await call("POST", "/api/offices", { area: countyArea, department: "third", name: "第三机构" }, admin);
  await call("POST", "/api/accounts", { login: "leaver", name: "将离职", password, officeId: office.body.id, roles: ["analyst"], endsOn: "2099-12-31" }, admin);
  const { cookie } = await signIn("leaver");
  assert.equal((await call("GET", "/api/me", undefined, cookie)).status, 200);
  const id = (await call("GET", "/api/accounts", undefined, admin)).body.accounts!.find((each) => each.login === "leaver")!.id;
  assert.ok(!accounts.some((each) => each.id === id));
  assert.equal((await call("POST", `/api/accounts/${id}/disable`, undefined, admin)).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert.equal((await call("GET", "/api/me", undefined, cookie)).body.code, "not-signed-in");
  assert.equal((await signIn("leaver")).body.code, "sign-in-failed");
});

test("signing out ends the session on the server", async () => {
  const { cookie } = await signIn("admin");
  assert.equal((await call("DELETE", "/api/session", undefined, cookie)).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert.equal((await call("GET", "/api/me", undefined, cookie)).body.code, "not-signed-in");
});

test("a write without a key, from another origin, or with a content type of its own is refused", async () => {
  const { cookie } = await signIn("admin");
  const office = { area: countyArea, department: "x", name: "x" };
  const without = await app.inject({ method: "POST", url: "/api/offices", headers: { cookie }, payload: office });
  assert.equal(without.json<{ code: string }>().code, "bad-request");
  assert.equal((await call("POST", "/api/offices", office, cookie, { origin: "https://elsewhere.example" })).body.code, "wrong-origin");
  assert.equal((await call("POST", "/api/offices", office, cookie, { "sec-fetch-site": "cross-site" })).body.code, "wrong-origin");
  for (const type of ["text/plain", "application/json\t; x", " application/jsonx", "application/x-www-form-urlencoded"]) {
    const reply = await app.inject({ method: "POST", url: "/api/offices", headers: { cookie, "content-type": type, "idempotency-key": newId() }, payload: '{"area":1,"department":"x","name":""}' });
    assert.ok(reply.statusCode >= 400 && reply.statusCode < 500, `${type}: ${reply.statusCode}`);
  }
});

test("the same key with the same content gets the same answer, with another content it is refused", async () => {
  const { cookie } = await signIn("admin");
  const send = (name: string) => app.inject({ method: "POST", url: "/api/offices", headers: { cookie, "idempotency-key": "the-same-key" }, payload: { area: countyArea, department: "once", name } });
  const [first, again, other] = [await send("一次"), await send("一次"), await send("另一个")];
  assert.deepEqual(first.json(), again.json());
  assert.equal(first.statusCode, 200);
  assert.equal(other.json<{ code: string }>().code, "key-reused");
});

test("the API describes every route in OpenAPI 3.1", async () => {
  const { paths, openapi } = (await app.inject({ url: "/api/openapi.json" })).json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>();
  assert.equal(openapi, "3.1.0");
  for (const { route } of allBindings(w.platform)) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    assert.ok(paths[path]?.[route.method.toLowerCase()], `${route.method} ${path}`);
  }
});

test("no role holds both capture and accounts, and every role's permissions are known", () => {
  assert.ok(!permissionsOf(["system-administrator", "security-administrator", "audit-administrator"]).some((permission) => permission.startsWith("record.")));
  for (const [name, role] of Object.entries(roles)) assert.ok(role.label.zh && role.label.en && role.may.length > 0, name);
});
