// Signing in over the whole server: three people set it up, each with a second factor; codes are good once; what was wrong shows nowhere; guessing
// at the same moment does not pass the limit; sessions end for a reason that is told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { activatePerson, type Answer, type Caller, callerOf, codeNow, type Person, secretBytes, setUpPerson, signInWith, turnedClock } from "../../../test/played-person.ts";
import { countyArea, smallWorld, type World } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { createHttp } from "../../platform/http.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { allBindings } from "../../server.ts";
import { issueActivation } from "./activation.ts";
import { byProfile } from "./password-policy.ts";
import { setUpState } from "./set-up.ts";
import { forgetSessions, sessionsOf } from "./sign-in.ts";

let t: TestDatabase;
let w: World;
let owner: pg.Client;
let platform: Platform;
let app: FastifyInstance;
let call: Caller;
const clock = turnedClock("2018-11-01T02:00:00Z");
const consoleCode = "123456789";
const password = "Blue-kettle-42";
const people: Record<string, Person> = {};

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  owner = new pg.Client(t.owner);
  await owner.connect();
  // A new installation has nobody who administers it.
  await owner.query("set session_replication_role = replica");
  await owner.query("delete from account_role where account_id in (select id from account where login like '%administrator')");
  await owner.query("delete from account where login like '%administrator'");
  await owner.query("reset session_replication_role");
  platform = { ...w.platform, clock };
  app = await createHttp({
    database: t.database,
    sessions: sessionsOf(platform),
    bindings: allBindings(platform, consoleCode),
    isSetUp: async () => !(await t.database.read(systemActor("start"), setUpState)).needed,
    proxies: ["10.0.0.1"],
  });
  call = callerOf(app);
});
after(async () => {
  await app.close();
  await owner.end();
  await w.close();
  await t.close();
});

const wishes = [
  { role: "system-administrator", login: "sys-one", name: "系统甲", area: countyArea, officeName: "信息中心" },
  { role: "security-administrator", login: "sec-one", name: "安全乙" },
  { role: "audit-administrator", login: "aud-one", name: "审计丙" },
].map((wish) => ({ ...wish, code: consoleCode, password }));
const codeOf = (answer: Answer): unknown => answer.body["code"];

/** An account of a role, opened and activated. */
async function newcomer(login: string, role: string): Promise<Person & { id: string; cookie: string }> {
  const id = newId();
  const { rows } = await owner.query<{ id: string }>("select id from office where area = $1 limit 1", [countyArea]);
  await owner.query("insert into account (id, login, name, office_id, roles, ends_on) values ($1, $2, $3, $4, $5, '2099-12-31')", [id, login, `${login} 某`, rows[0]!.id, [role]]);
  const { code } = await t.database.write(systemActor("console"), (tx) => issueActivation(tx, platform, id));
  const person = await activatePerson(call, clock, login, code, password);
  const { cookie, status } = await signInWith(call, clock, person);
  assert.equal(status, 200);
  return { ...person, id, cookie };
}

test("before three people have set it up, nothing else answers", async () => {
  assert.deepEqual([(await call("GET", "/api/set-up")).body["next"], (await call("GET", "/api/campaigns")).status], ["system-administrator", 503]);
  for (const [url, body] of [["/api/session", { login: "abc", password }], ["/api/session/activation", { login: "abc", code: "x", password }], ["/api/session/code", { token: "x".repeat(30), code: "123456" }]] as const) assert.equal(codeOf(await call("POST", url, body)), "set-up-needed", url);
});

test("each of the three sets it up in turn, with a factor of their own, and another person than the ones before", async () => {
  assert.equal(codeOf(await call("POST", "/api/set-up", { ...wishes[0], code: "000000000" })), "sign-in-failed");
  assert.equal(codeOf(await call("POST", "/api/set-up", wishes[1])), "move-not-possible");
  assert.equal(codeOf(await call("POST", "/api/set-up", { ...wishes[0], password: "short" })), "password-not-accepted");
  const begun = await call("POST", "/api/set-up", wishes[0]);
  assert.equal(codeOf(await call("POST", "/api/set-up/confirm", { token: begun.body["token"], code: "000000" })), "factor-code-wrong");
  assert.equal((await call("GET", "/api/set-up")).body["next"], "system-administrator", "nothing is made before the code came back");
  people["sys"] = await setUpPerson(call, clock, wishes[0]!);
  assert.equal((await call("GET", "/api/set-up")).body["next"], "security-administrator");
  assert.equal((await signInWith(call, clock, people["sys"])).status, 503, "nobody works before all three are there");
  for (const same of [{ login: "sys-one" }, { name: "系统甲" }]) assert.equal(codeOf(await call("POST", "/api/set-up", { ...wishes[1], ...same })), "already-exists");
  people["sec"] = await setUpPerson(call, clock, wishes[1]!);
  people["aud"] = await setUpPerson(call, clock, wishes[2]!);
  assert.equal((await call("GET", "/api/set-up")).body["needed"], false);
  assert.equal(codeOf(await call("POST", "/api/set-up", wishes[2])), "set-up-done");
  const { rows } = await owner.query("select (select count(*) from account where login like '%-one')::int as accounts, (select count(*) from office where department = 'administration')::int as offices, (select count(*) from installation)::int as marks");
  assert.deepEqual(rows[0], { accounts: 3, offices: 1, marks: 1 });
});

test("a second factor serves one account only", async () => {
  const [one, two] = (await owner.query<{ account_id: string; digest: Buffer }>("select account_id, digest from second_factor order by since limit 2")).rows;
  await assert.rejects(owner.query("update second_factor set digest = $1 where account_id = $2", [one!.digest, two!.account_id]), /second_factor_serves_one_account/);
});

test("both factors open a session; the same code never opens a second one", async () => {
  const person = people["sys"]!;
  const first = await call("POST", "/api/session", { login: person.login, password });
  assert.deepEqual([first.status, first.body["next"], first.body["me"], first.headers["set-cookie"]], [200, "code", undefined, undefined]);
  clock.turn(30);
  const code = codeNow(person.secret, clock);
  const entered = await call("POST", "/api/session/code", { token: first.body["token"], code });
  assert.deepEqual([entered.status, entered.body["next"]], [200, "done"]);
  assert.match(String(entered.headers["set-cookie"]), /^qingce_session=.*HttpOnly; SameSite=Strict$/);
  assert.equal((await call("GET", "/api/me", undefined, entered.cookie)).body["login"], person.login);
  const again = await call("POST", "/api/session", { login: person.login, password });
  assert.equal(codeOf(await call("POST", "/api/session/code", { token: again.body["token"], code })), "sign-in-failed", "replayed");
  assert.equal(codeOf(await call("POST", "/api/session/code", { token: first.body["token"], code: "123456" })), "sign-in-failed", "the token is used up");
  clock.turn(30);
  const elsewhere = await call("POST", "/api/session", { login: person.login, password });
  assert.equal(codeOf(await call("POST", "/api/session/code", { token: elsewhere.body["token"], code: codeNow(person.secret, clock) }, "", {}, "10.9.9.9")), "sign-in-failed", "the token is bound to its source");
  clock.turn(30);
  const late = await call("POST", "/api/session", { login: person.login, password });
  clock.turn(6 * 60);
  assert.equal(codeOf(await call("POST", "/api/session/code", { token: late.body["token"], code: codeNow(person.secret, clock) })), "sign-in-failed", "the token is short-lived");
  assert.equal((await signInWith(call, clock, person)).status, 200);
});

test("an unknown login, a wrong password and a wrong code are told in the same words, at the same step", async () => {
  const tell = async (login: string, given: string, code: string): Promise<unknown[]> => {
    const first = await call("POST", "/api/session", { login, password: given });
    const second = await call("POST", "/api/session/code", { token: first.body["token"], code });
    const { instance, ...words } = second.body as Record<string, unknown>;
    assert.ok(instance);
    return [first.status, Object.keys(first.body).toSorted(), second.status, words];
  };
  const told = async (): Promise<Record<string, unknown>[]> => (await owner.query<Record<string, unknown>>("select detail - 'from' as detail, people from audit_entry where action = 'sign-in.refused' order by id")).rows;
  const before = (await told()).length;
  const unknown = await tell("nobody-here", "x", "123456");
  clock.turn(30);
  assert.deepEqual(await tell("aud-one", "wrong", codeNow(people["aud"]!.secret, clock)), unknown);
  assert.deepEqual(await tell("aud-one", password, "000000"), unknown);
  const { rows: own } = await owner.query<{ id: string }>("select id from account where login = 'aud-one'");
  assert.deepEqual((await told()).slice(before), [{ detail: { where: "code" }, people: 0 }, ...[1, 2].map(() => ({ detail: { where: "code", account: own[0]?.id }, people: 0 }))], "each leaves its row");
  // The code that came with the wrong password was not used up.
  const first = await call("POST", "/api/session", { login: "aud-one", password });
  assert.equal((await call("POST", "/api/session/code", { token: first.body["token"], code: codeNow(people["aud"]!.secret, clock) })).status, 200);
});

test("guesses at the same moment do not pass the limit, and a locked account takes the right answer no more until its time is over", async () => {
  const person = await newcomer("locked", "analyst");
  const tokens = await Promise.all(Array.from({ length: 12 }, () => call("POST", "/api/session", { login: "locked", password })));
  // All are guessed at once: by the fifth the account is closed, whatever comes beside it.
  await Promise.all(tokens.map(({ body }, i) => call("POST", "/api/session/code", { token: body["token"], code: String(100_000 + i) })));
  const { rows } = await owner.query<{ failures: number; blocked: boolean }>("select failures, blocked_until is not null as blocked from login_attempt where key = $1", [`account:${platform.keys.blind("login:locked").toString("hex")}`]);
  assert.deepEqual([rows[0]!.failures, rows[0]!.blocked], [12, true]);
  assert.equal(codeOf(await signInWith(call, clock, person)), "sign-in-failed");
  clock.turn(byProfile["djbh-3"].blockMinutes * 60);
  assert.equal((await signInWith(call, clock, person)).status, 200);
});

test("the source of many failures is refused, others are not", async () => {
  const person = await newcomer("elsewhere", "analyst");
  for (let i = 0; i < 50; i += 1) await call("POST", "/api/session/code", { token: "x".repeat(40), code: "123456" }, "", {}, "10.7.7.7");
  assert.equal(codeOf(await signInWith(call, clock, person, "10.7.7.7")), "sign-in-failed");
  assert.equal((await signInWith(call, clock, person)).status, 200);
});

test("a recovery code opens once; what is kept of it is a digest", async () => {
  const person = await newcomer("recoverer", "analyst");
  assert.equal(person.recoveryCodes.length, 10);
  assert.ok(new Set(person.recoveryCodes).size === 10 && person.recoveryCodes.every((code) => /^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/u.test(code)), "ten of 32 letters each: 50 bits");
  const use = async (code: string): Promise<Answer> => call("POST", "/api/session/code", { token: (await call("POST", "/api/session", { login: person.login, password })).body["token"], code });
  const entered = await use(person.recoveryCodes[0]!.toLowerCase());
  assert.equal(entered.status, 200);
  assert.equal((await call("GET", "/api/me/account", undefined, entered.cookie)).body["recoveryCodesLeft"], 9);
  assert.equal(codeOf(await use(person.recoveryCodes[0]!)), "sign-in-failed");
  const kept = JSON.stringify((await owner.query("select encode(digest, 'escape') as d from recovery_code union all select encode(sealed, 'escape') from second_factor")).rows);
  assert.ok(!person.recoveryCodes.some((code) => kept.includes(code.replace("-", ""))) && !kept.includes(person.secret.toString("hex")));
});

test("an activation code is good once, for seven days; a new one ends the way in before it", async () => {
  const person = await newcomer("activated", "analyst");
  const give = (): Promise<{ code: string }> => t.database.write(systemActor("console"), (tx) => issueActivation(tx, platform, person.id));
  const { code } = await give();
  assert.equal(codeOf(await call("GET", "/api/me", undefined, person.cookie)), "not-signed-in");
  assert.equal(codeOf(await signInWith(call, clock, person)), "sign-in-failed", "the old way in is closed at once");
  assert.equal(codeOf(await call("POST", "/api/session/activation", { login: "activated", code: `${code.slice(0, -1)}${code.endsWith("A") ? "B" : "A"}`, password })), "code-not-valid");
  assert.equal(codeOf(await call("POST", "/api/session/activation", { login: "nobody", code, password })), "code-not-valid");
  clock.turn(7 * 86_400);
  assert.equal(codeOf(await call("POST", "/api/session/activation", { login: "activated", code, password: "Green-kettle-43" })), "code-not-valid", "too late");
  const again = await give();
  assert.equal(codeOf(await call("POST", "/api/session/activation", { login: "activated", code, password: "Green-kettle-43" })), "code-not-valid", "only the newest counts");
  const taken = await activatePerson(call, clock, "activated", again.code.toLowerCase().replaceAll("-", " "), "Green-kettle-43");
  assert.equal(codeOf(await call("POST", "/api/session/activation", { login: "activated", code: again.code, password })), "code-not-valid", "used up");
  assert.equal((await signInWith(call, clock, taken)).status, 200);
});

test("the newer session of an account wins, and the older page is told why", async () => {
  const person = await newcomer("twice", "analyst");
  const second = await signInWith(call, clock, person);
  const older = await call("GET", "/api/me", undefined, person.cookie);
  assert.deepEqual([codeOf(older), (older.body["detail"] as { en: string }).en], ["not-signed-in", "This account signed in elsewhere and was signed out here"]);
  assert.equal((await call("GET", "/api/me", undefined, second.cookie)).status, 200);
});

test("a session ends when nobody touches it, and after its hours whatever happens; a page that asks by itself keeps nothing alive", async () => {
  const person = await newcomer("idler", "analyst");
  const why = async (cookie: string, headers = {}): Promise<unknown> => ((await call("GET", "/api/me", undefined, cookie, headers)).body["detail"] as { en: string } | undefined)?.en;
  const step = async (minutes: number, headers = {}): Promise<unknown> => {
    clock.turn(minutes * 60);
    forgetSessions(platform);
    return why(person.cookie, headers);
  };
  assert.equal(await step(14), undefined);
  assert.equal(await step(14), undefined);
  assert.equal(await step(10, { "x-qingce-unattended": "1" }), undefined);
  assert.equal(await step(6, { "x-qingce-unattended": "1" }), "Signed out after a while without a touch");
  const again = await signInWith(call, clock, person);
  for (let i = 0; i < 33; i += 1) {
    clock.turn(14 * 60);
    forgetSessions(platform);
    await call("GET", "/api/me", undefined, again.cookie);
  }
  assert.equal(await why(again.cookie), undefined, "seven hours and a half of work");
  clock.turn(14 * 60);
  forgetSessions(platform);
  await call("GET", "/api/me", undefined, again.cookie);
  clock.turn(14 * 60);
  forgetSessions(platform);
  assert.equal(await why(again.cookie), "This session has reached its length; sign in again");
});

test("a password is changed with the one before, ends the other sessions, and no earlier one comes back", async () => {
  await owner.query("update access_policy set sessions = 2");
  const person = await newcomer("changer", "analyst");
  const other = await signInWith(call, clock, person);
  const change = (current: string, next: string): Promise<Answer> => call("POST", "/api/me/account/password", { current, next }, other.cookie);
  assert.equal(codeOf(await change("wrong", "Green-kettle-43")), "sign-in-failed");
  const short = await change(password, "abc");
  assert.deepEqual([codeOf(short), (short.body["issues"] as { code: string }[]).map((issue) => issue.code)], ["password-not-accepted", ["password-too-short", "password-too-plain", "password-guessable"]]);
  assert.equal(codeOf(await change(password, password)), "password-not-accepted");
  assert.equal((await change(password, "Green-kettle-43")).status, 200);
  assert.equal(((await call("GET", "/api/me", undefined, person.cookie)).body["detail"] as { en: string }).en, "The password was changed; sign in with the new one");
  assert.equal((await call("GET", "/api/me", undefined, other.cookie)).status, 200);
  assert.equal(codeOf(await change("Green-kettle-43", password)), "password-not-accepted", "used before");
  await owner.query("update access_policy set sessions = 1");
});

test("a password whose time has run out is changed before anything else", async () => {
  const person = await newcomer("old-hand", "analyst");
  clock.turn(91 * 86_400);
  const second = await signInWith(call, clock, person);
  assert.deepEqual([second.status, second.body["next"], second.headers["set-cookie"]], [200, "new-password", undefined]);
  const set = (next: string): Promise<Answer> => call("POST", "/api/session/password", { token: second.body["token"], password: next });
  assert.equal(codeOf(await set(password)), "password-not-accepted");
  const done = await set("Green-kettle-43");
  assert.deepEqual([done.status, done.body["next"]], [200, "done"]);
  assert.equal((await call("GET", "/api/me", undefined, done.cookie)).body["login"], "old-hand");
  assert.equal(codeOf(await set("Green-kettle-44")), "sign-in-failed", "the token is used up");
  assert.equal((await signInWith(call, clock, { ...person, password: "Green-kettle-43" })).body["next"], "done");
});

test("a second factor is exchanged with password and code, and the one before ends", async () => {
  const person = await newcomer("exchanger", "analyst");
  const url = "/api/me/account/factor";
  assert.equal(codeOf(await call("POST", url, { password }, person.cookie)), "sign-in-failed", "the password alone does not do");
  clock.turn(30);
  const begun = await call("POST", url, { password, code: codeNow(person.secret, clock) }, person.cookie);
  const secret = secretBytes(String(begun.body["secret"]));
  assert.equal((await call("POST", `${url}/confirm`, { token: begun.body["token"], code: codeNow(secret, clock) }, person.cookie)).status, 200);
  assert.equal(codeOf(await signInWith(call, clock, person)), "sign-in-failed");
  assert.equal((await signInWith(call, clock, { ...person, secret })).status, 200);
});

test("signing out ends the session on the server, takes the cookie back, and tells the browser to drop what it kept", async () => {
  const person = await newcomer("leaver", "analyst");
  const out = await call("DELETE", "/api/session", undefined, person.cookie);
  assert.match(String(out.headers["set-cookie"]), /qingce_session=;.*Expires=Thu, 01 Jan 1970/);
  assert.equal(out.headers["clear-site-data"], '"cache"');
  assert.equal(codeOf(await call("GET", "/api/me", undefined, person.cookie)), "not-signed-in");
});

test("over HTTPS, as the known proxy tells it, the cookie is Secure and held to this host; nobody else is believed", async () => {
  const person = await newcomer("by-proxy", "analyst");
  const enter = async (from: string): Promise<Answer> => {
    const headers = { "x-forwarded-proto": "https", "x-forwarded-for": "10.5.5.5" };
    const first = await call("POST", "/api/session", { login: "by-proxy", password }, "", headers, from);
    clock.turn(30);
    return call("POST", "/api/session/code", { token: first.body["token"], code: codeNow(person.secret, clock) }, "", headers, from);
  };
  const secure = await enter("10.0.0.1");
  assert.match(String(secure.headers["set-cookie"]), /^__Host-qingce_session=.*Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  assert.equal((await call("GET", "/api/me", undefined, secure.cookie, { "x-forwarded-proto": "https" }, "10.0.0.1")).status, 200);
  assert.equal(codeOf(await call("GET", "/api/me", undefined, secure.cookie)), "not-signed-in", "without HTTPS the cookie is not looked for");
  const sources = (await owner.query<{ source: string }>("select s.source from session s join account a on a.id = s.account_id where a.login = 'by-proxy' order by s.created_at desc limit 1")).rows;
  assert.equal(sources[0]!.source, "10.5.5.5");
  assert.match(String((await enter("10.0.0.2")).headers["set-cookie"]), /^qingce_session=/);
});

test("the rules are changed by the security administrator alone", async () => {
  const [sys, sec] = [await signInWith(call, clock, people["sys"]!), await signInWith(call, clock, people["sec"]!)];
  // Their passwords have run out meanwhile.
  const enter = async (answer: Answer): Promise<string> => (answer.body["next"] === "new-password" ? (await call("POST", "/api/session/password", { token: answer.body["token"], password: "Green-kettle-43" })).cookie : answer.cookie);
  const [system, security] = [await enter(sys), await enter(sec)];
  const wish = { ...byProfile.asvs, secondFactors: ["totp"] };
  assert.equal(codeOf(await call("PUT", "/api/accounts/policy", wish, system)), "not-allowed");
  assert.equal(codeOf(await call("PUT", "/api/accounts/policy", { ...wish, secondFactors: ["certificate"] }, security)), "bad-request");
  assert.equal(codeOf(await call("PUT", "/api/accounts/policy", { ...wish, profile: "demo" }, security)), "bad-request");
  const changed = await call("PUT", "/api/accounts/policy", wish, security);
  assert.deepEqual([changed.status, (changed.body["policy"] as { minLength: number }).minLength, changed.body["changedBy"]], [200, 15, "安全乙"]);
  assert.equal((await call("PUT", "/api/accounts/policy", byProfile["djbh-3"], security)).status, 200);
});
