// What comes at the doors before anybody is known: keys twice, `__proto__`, lists for values, rights smuggled into a body, tricks with headers, methods
// and content types. Each is refused, and nothing is changed. The same holds for every route; here they are tried on signing in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance, FastifyRequest } from "fastify";
import pg from "pg";
import { Type } from "typebox";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { activatePerson, callerOf, codeNow, type Person, signInWith, turnedClock } from "../../../test/played-person.ts";
import { smallWorld, type World } from "../../../test/world.ts";
import { sm2PublicKey, sm2SecretKey, sm2Sign } from "../../bundle/sm2.ts";
import { newId } from "../../core/ids.ts";
import type { Problem } from "../../core/problem.ts";
import { createHttp } from "../../platform/http.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { closed, hasKeyTwice, refuseLooseBodies } from "../../platform/strict-input.ts";
import { allBindings } from "../../server.ts";
import { literals } from "../shapes.ts";
import { issueActivation } from "./activation.ts";
import { certificate, registerCertificate } from "./certificate-factor.ts";
import { digestOf } from "./enrolment.ts";
import { shippedFactors } from "./second-factor.ts";
import { sessionsOf } from "./sign-in.ts";
import { answerCode, signIn } from "./sign-in-steps.ts";

let t: TestDatabase;
let w: World;
let platform: Platform;
let app: FastifyInstance;
let owner: pg.Client;
let person: Person;
const clock = turnedClock("2018-11-01T02:00:00Z");
const password = "Blue-kettle-42";

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  owner = new pg.Client(t.owner);
  await owner.connect();
  platform = { ...w.platform, clock };
  app = await createHttp({ database: t.database, sessions: sessionsOf(platform), bindings: allBindings(platform), isSetUp: async () => true });
  await owner.query("update account set activated_at = null, password_hash = null where login = 'analyst'");
  const { code } = await t.database.write(systemActor("console"), (tx) => issueActivation(tx, platform, w.actors.analyst.account));
  person = await activatePerson(callerOf(app), clock, "analyst", code, password);
});
after(async () => {
  await app.close();
  await owner.end();
  await w.close();
  await t.close();
});

const raw = (payload: string, headers: Readonly<Record<string, string>> = {}, method: "POST" | "PUT" = "POST", url = "/api/session") =>
  app.inject({ method, url, headers: { "content-type": "application/json", "idempotency-key": newId(), ...headers }, payload });
const right = JSON.stringify({ login: "analyst", password });

test("the right body is taken", async () => assert.equal((await raw(right)).statusCode, 200));

for (const [what, body] of [
  ["a key twice", `{"login":"nobody","login":"analyst","password":"${password}"}`],
  ["a key twice, the second in escapes", `{"login":"nobody","\\u006cogin":"analyst","password":"${password}"}`],
  ["__proto__", `{"login":"analyst","password":"${password}","__proto__":{"roles":["county-lead"]}}`],
  ["constructor.prototype", `{"login":"analyst","password":"${password}","constructor":{"prototype":{"roles":["county-lead"]}}}`],
  ["a list for one value", `{"login":["analyst"],"password":"${password}"}`],
  ["a list for the password", `{"login":"analyst","password":["${password}"]}`],
  ["an object for the login", `{"login":{"$ne":null},"password":"${password}"}`],
  ["a number for the login", `{"login":12345,"password":"${password}"}`],
  ["null for the password", `{"login":"analyst","password":null}`],
  ["a role", `{"login":"analyst","password":"${password}","roles":["county-lead"]}`],
  ["an area", `{"login":"analyst","password":"${password}","area":0}`],
  ["a list for the body", `[{"login":"analyst","password":"${password}"}]`],
  ["no JSON", `login=analyst&password=${password}`],
  ["nothing", ""],
  ["a body of many levels", `{"login":${"[".repeat(5000)}${"]".repeat(5000)},"password":"x"}`],
  ["a login of a megabyte", `{"login":"${"a".repeat(1 << 20)}","password":"x"}`],
] as const) {
  test(`${what} is refused`, async () => {
    const reply = await raw(body);
    assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code, reply.headers["set-cookie"]], [400, "bad-request", undefined]);
  });
}

test("what is not of the form of its route is refused in words that say where: body, address, query", async () => {
  const { cookie } = await signInWith(callerOf(app), clock, person);
  const asked = (url: string) => app.inject({ method: "GET", url, headers: { cookie } });
  const replies = [await raw('{"login":"analyst"}'), await asked("/api/tasks/none"), await asked("/api/areas?parent=none"), await asked("/api/areas?parent=none")];
  const said = replies.map((reply) => [reply.statusCode, /^Not of the expected form: (.*)$/u.exec(reply.json<{ detail?: { en: string } }>().detail?.en ?? "")?.[1]]);
  const parent = [400, "parent must be a whole number"];
  assert.deepEqual(said, [[400, "password is missing"], [400, "id must be written as ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"], parent, parent]);
});

test("of one value out of several the refusal names them; of several forms it speaks of the one that was meant", async () => {
  const form = Type.Union([Type.Object({ change: Type.Literal("leave"), member: Type.Integer() }), Type.Object({ change: Type.Literal("merge"), other: literals(["a", "b"]) })]);
  const said = async (body: unknown): Promise<string | undefined> => refuseLooseBodies(form)({ body } as FastifyRequest).then(() => undefined, (error: unknown) => (error as Problem).detail?.en.replace("Not of the expected form: ", ""));
  assert.deepEqual(await Promise.all([{ change: "merge", other: "a" }, { change: "merge" }, { change: "leave", member: "x" }, { change: "split" }, { change: "merge", other: "c" }].map(said)),
    [undefined, "other is missing", "member must be a whole number", "change must be one of leave, merge", "other must be one of a, b"]);
});

test("each fault of a form is said in both languages, with the field as programs write it", async () => {
  const form = Type.Object({ a: Type.Integer({ minimum: 3, maximum: 9 }), b: Type.Object({ "c/d": Type.Array(Type.Object({ e: Type.String({ minLength: 2, maxLength: 3 }), f: Type.Optional(Type.Boolean()) }), { minItems: 1, maxItems: 2 }) }) });
  const said = async (body: unknown): Promise<string> => refuseLooseBodies(form)({ body } as FastifyRequest).then(() => "", (error: unknown) => `${(error as Problem).detail?.zh.replace("请求内容不符合要求：", "")} | ${(error as Problem).detail?.en.replace("Not of the expected form: ", "")}`);
  const of = (e: unknown, a: unknown = 5, more: object = {}) => ({ a, b: { "c/d": [{ e, ...more }] } });
  assert.deepEqual(await Promise.all([of("xx"), of("xx", 2), of("xx", 10), of("x"), of("xxxx"), of(1), of("xx", 5, { f: null }), of("xx", 5, { g: 1 }), { a: 5, b: { "c/d": [] } }, { a: 5, b: { "c/d": [{ e: "xx" }, { e: "xx" }, { e: "xx" }] } }, { a: 5, b: {} }, { ...of("xx"), h: 1 }, []].map(said)), [
    "",
    "a 不能小于 3 | a must be 3 or more",
    "a 不能大于 9 | a must be 9 or less",
    "b.c/d[0].e 至少 2 个字 | b.c/d[0].e must have 2 characters or more",
    "b.c/d[0].e 最多 3 个字 | b.c/d[0].e must have 3 characters or fewer",
    "b.c/d[0].e 应为文字 | b.c/d[0].e must be text",
    "b.c/d[0].f 应为true 或 false | b.c/d[0].f must be true or false",
    "没有这个字段：b.c/d[0].g | there is no field b.c/d[0].g",
    "b.c/d 至少 1 项 | b.c/d must have 1 items or more",
    "b.c/d 最多 2 项 | b.c/d must have 2 items or fewer",
    "缺少 b.c/d | b.c/d is missing",
    "没有这个字段：h | there is no field h",
    "应为对象 | must be an object",
  ]);
});

test("a method is what it is, whatever a header or the address says", async () => {
  for (const header of ["x-http-method-override", "x-http-method", "x-method-override"]) {
    const reply = await raw(right, { [header]: "DELETE" });
    assert.equal(reply.json<{ next: string }>().next, "code", header);
  }
  const asked = await app.inject({ method: "GET", url: "/api/session?_method=POST&login=analyst" });
  assert.equal(asked.statusCode, 404);
  assert.equal((await raw(right, {}, "PUT")).statusCode, 404);
});

test("other content types are refused", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", " application/jsonx", "multipart/form-data", "application/xml", "application/json, text/plain"]) {
    const reply = await raw(right, { "content-type": type });
    assert.ok(reply.statusCode >= 400 && reply.statusCode < 500, `${type}: ${reply.statusCode}`);
  }
});

test("another origin, an origin that is no address, and another site are refused", async () => {
  const tricks: readonly Readonly<Record<string, string>>[] = [{ origin: "https://elsewhere.example" }, { origin: "null" }, { origin: "http://localhost.elsewhere.example" }, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }];
  for (const headers of tricks) assert.equal((await raw(right, headers)).json<{ code: string }>().code, "wrong-origin", JSON.stringify(headers));
});

test("a session comes from its cookie alone: neither header nor address nor two cookies carry one", async () => {
  const { cookie } = await signInWith(callerOf(app), clock, person);
  const token = cookie.split("=")[1]!;
  const me = async (headers: Readonly<Record<string, string>>, url = "/api/me"): Promise<number> => (await app.inject({ method: "GET", url, headers })).statusCode;
  assert.equal(await me({ cookie }), 200);
  assert.equal(await me({ authorization: `Bearer ${token}` }), 401);
  assert.equal(await me({ "x-session": token }), 401);
  assert.equal(await me({}, `/api/me?qingce_session=${token}`), 401);
  assert.equal(await me({ cookie: `qingce_session=x; qingce_session=${token}` }), 401, "the first counts, as with every reader");
  assert.equal(await me({ cookie: `${cookie}x` }), 401);
  assert.equal(await me({ cookie, "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https" }), 200, "nobody's word on protocol is believed");
});

test("a person who says to be another by a header stays who they are", async () => {
  const { cookie } = await signInWith(callerOf(app), clock, person);
  for (const header of ["x-user", "x-account", "x-roles", "x-area", "x-forwarded-user", "app.context"]) {
    const me = (await app.inject({ method: "GET", url: "/api/me", headers: { cookie, [header]: "system-administrator" } })).json<{ login: string; roles: string[] }>();
    assert.deepEqual([me.login, me.roles], ["analyst", ["analyst"]]);
  }
});

test("no answer is kept by the browser, and none tells a secret", async () => {
  const { cookie } = await signInWith(callerOf(app), clock, person);
  const reply = await app.inject({ method: "GET", url: "/api/me/account", headers: { cookie } });
  assert.equal(reply.headers["cache-control"], "no-store");
  assert.ok(!reply.body.includes(person.secret.toString("hex")) && !reply.body.includes("argon2"));
});

/** Holds every connection, so that whoever was let in waits for one, until a second has gone by and `free` is called. */
async function holdConnections(): Promise<{ readonly aSecond: () => Promise<void>; readonly free: () => Promise<void> }> {
  const gate = Promise.withResolvers<void>();
  const begun = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
  const held = begun.map((started) =>
    t.database.read(systemActor("held"), () => {
      started.resolve();
      return gate.promise;
    }),
  );
  await Promise.all(begun.map((started) => started.promise));
  return {
    async aSecond() {
      const from = performance.now();
      while (performance.now() - from < 1000) await new Promise((resolve) => setImmediate(resolve));
    },
    async free() {
      gate.resolve();
      await Promise.all(held);
    },
  };
}

test("requests that wait while the account is disabled do nothing any more", async () => {
  const { cookie } = await signInWith(callerOf(app), clock, person);
  const ask = (): Promise<number> => app.inject({ method: "GET", url: "/api/me", headers: { cookie } }).then((reply) => reply.statusCode);
  assert.equal(await ask(), 200);
  const connections = await holdConnections();
  const waiting = Array.from({ length: 40 }, ask);
  await owner.query("update account set disabled_at = now() where login = 'analyst'");
  await connections.aSecond();
  const late = Array.from({ length: 200 }, ask);
  await connections.free();
  assert.deepEqual([...new Set(await Promise.all([...waiting, ...late]))], [401]);
  await owner.query("update account set disabled_at = null where login = 'analyst'");
});

test("requests of whoever is still there are answered, however long they waited", async () => {
  for (const [login, actor] of Object.entries(w.actors)) await owner.query("insert into session (token_digest, account_id, expires_at) values ($1, $2, '2099-01-01')", [digestOf(`waits-${login}`), actor.account]);
  const ask = (login: string, method: "GET" | "PUT", url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie: `qingce_session=waits-${login}`, "idempotency-key": newId() }, ...(payload && { payload }) }).then((reply) => [login, url, reply.statusCode]);
  const logins = Object.keys(w.actors);
  // Known already, so that only the work itself waits for a connection.
  await Promise.all(logins.map((login) => ask(login, "GET", "/api/me")));
  const connections = await holdConnections();
  const answers = logins.flatMap((login) => ["/api/me", "/api/campaigns", "/api/me/account"].map((url) => ask(login, "GET", url)));
  await connections.aSecond();
  await connections.free();
  assert.deepEqual((await Promise.all(answers)).filter(([, , status]) => status !== 200), []);
});

test("a certificate's signature over the challenge of this sign-in opens where an installation reads certificates, and nowhere else", async () => {
  const secretKey = sm2SecretKey();
  await t.database.write(w.actors.analyst, (tx) => registerCertificate(tx, t.keys, sm2PublicKey(secretKey), clock.now()));
  const begin = async (): Promise<{ token: string; challenge: string }> => (await signIn(platform, "analyst", password, "127.0.0.1")).reply as { token: string; challenge: string };
  const signed = (challenge: string, key = secretKey): string => `sm2:${Buffer.from(sm2Sign(key, Buffer.from(challenge))).toString("base64")}`;
  const answer = async (token: string, code: string, factors = [...shippedFactors, certificate]): Promise<string> => (await answerCode(platform, token, code, "127.0.0.1", factors)).reply.next;
  await owner.query("update access_policy set second_factors = array['totp', 'certificate']");
  const [first, second, third, fourth] = [await begin(), await begin(), await begin(), await begin()];
  assert.equal(await answer(first.token, signed(first.challenge)), "done");
  await assert.rejects(answer(second.token, signed(first.challenge)), /sign-in-failed/, "signed for another sign-in");
  await assert.rejects(answer(third.token, signed(third.challenge, sm2SecretKey())), /sign-in-failed/, "another's key");
  await assert.rejects(answer(fourth.token, signed(fourth.challenge), [...shippedFactors]), /sign-in-failed/, "no reader");
  await owner.query("update access_policy set second_factors = array['totp', 'recovery']");
});

test("keys that stand twice are found at every depth, and only those", () => {
  for (const twice of ['{"a":1,"a":2}', '{"x":[{"b":{},"b":1}]}', '{"a":"}","a":1}', '{"a\\"":1,"a\\u0022":2}', '[1,{"a":[],"b":{"a":1},"a":2}]']) assert.ok(hasKeyTwice(twice), twice);
  for (const once of ["{}", '{"a":1,"b":1}', '{"a":{"a":{"a":1}}}', '[{"a":1},{"a":1}]', '{"a":"a","b":["a","a",{"a":1}]}', '{"a":"{\\"a\\":1,\\"a\\":2}"}', "no json", '{"a']) assert.ok(!hasKeyTwice(once), once);
});

test("every body of the product is closed to keys that its route does not name", () => {
  const loose: string[] = [];
  const look = (schema: unknown, where: string): void => {
    if (Array.isArray(schema)) schema.forEach((each) => look(each, where));
    else if (typeof schema === "object" && schema !== null) {
      const { type, properties, patternProperties, additionalProperties } = schema as Record<string, unknown>;
      if (type === "object" && properties && !patternProperties && additionalProperties !== false) loose.push(where);
      for (const [key, value] of Object.entries(schema)) if (key !== "const" && key !== "enum") look(value, where);
    }
  };
  for (const { route } of allBindings(platform)) if (route.body) look(closed(route.body), `${route.method} ${route.path}`);
  assert.deepEqual(loose, []);
  assert.equal(codeNow(person.secret, clock).length, 6);
});
