// The console of the audit administrator: rows by person, reader, purpose, action and time; nobody else sees any; nothing personal inside.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase, type Held, submitted } from "../../../test/people.ts";
import { areas, completeAnswers, county, countyArea, fictionalId, playedSessions, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { settleAudit } from "../../platform/audit-chain.ts";
import { chainOptions } from "../../platform/audit-duty.ts";
import type { Actor } from "../../platform/database.ts";
import { createHttp } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { routes as records } from "../records/routes.ts";
import { verifyAuditFile } from "./audit-file.ts";
import { auditRules } from "./coverage.ts";
import { checkChain } from "./jobs.ts";
import { routes } from "./routes.ts";
import { isNamed } from "./rules.ts";
import { markLookup } from "./service.ts";

let t: TestDatabase;
let w: World;
let owner: pg.Client;
let app: FastifyInstance;
let platform: Platform;
let held: Held;
const actors = new Map<string, Actor>();

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  owner = new pg.Client(t.owner);
  await owner.connect();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  platform = { ...w.platform, clock: { now: () => new Date(), today: () => today }, auditFolders: [path.join(t.folder, "outside")] };
  for (const [login, role, area] of [["auditor", "audit-administrator", countyArea], ["elsewhere", "audit-administrator", 350525000000], ["sysadmin", "system-administrator", countyArea]] as const) {
    const [office, account] = [newId(), newId()];
    await owner.query("insert into office (id, area, department, name) values ($1, $2, $3, $4)", [office, area, login, `${login} 办公室`]);
    await owner.query("insert into account (id, login, name, office_id, password_hash, roles, ends_on) values ($1, $2, $3, $4, 'none', $5, '2099-12-31')", [account, login, login, office, [role]]);
    const { lo, hi } = areaRange(area);
    actors.set(login, { account, name: login, office, department: login, roles: [role], area, lo, hi });
  }
  for (const [login, actor] of Object.entries(w.actors)) actors.set(login, actor);
  app = await createHttp({
    database: t.database,
    // The round stands in the clock of the small world; the audit is of today.
    bindings: [...records(w.platform), ...routes(platform)],
    isSetUp: async () => true,
    audits: auditRules,
    sessions: playedSessions((token) => actors.get(token)),
  });
  held = await submitted(w, 7);
  await addBase(w, 8);
});
after(async () => {
  await app.close();
  await owner.end();
  await w.close();
  await t.close();
});

type Body = Record<string, never> & { readonly rows: readonly { readonly action: string; readonly reader: { readonly name: string }; readonly record?: { readonly id: string; readonly name: string }; readonly purpose?: { readonly key: string } }[]; readonly next?: string; readonly person?: { readonly name: string; readonly idNumber: string; readonly records: number } };
async function ask(who: string, method: "GET" | "POST" | "PUT", url: string, payload?: object): Promise<{ readonly status: number; readonly body: Body; readonly raw: Buffer }> {
  const reply = await app.inject({ method, url, cookies: { qingce_session: who }, headers: { "idempotency-key": newId() }, ...(payload && { payload }) });
  return { status: reply.statusCode, body: /application\/(problem\+)?json/.test(reply.headers["content-type"] ?? "") ? (reply.json() as Body) : ({} as Body), raw: reply.rawPayload };
}
const find = (payload: object, who = "auditor") => ask(who, "POST", "/api/audit/entries", payload);
const rowsNow = async (): Promise<number> => Number((await owner.query<{ n: string }>("select count(*) as n from audit_entry")).rows[0]?.n);

test("who read a person is found by the whole ID number, with the name masked and nothing else shown", async () => {
  const url = `/api/records/${county}/${held.id}`;
  await ask("collectorA" satisfies WorldActor, "GET", url);
  await ask("countyLead", "POST", `${url}/reveal`, { path: "general.id_number", purpose: "verify-identity" });
  const { status, body } = await find({ person: fictionalId(7) });
  assert.equal(status, 200);
  assert.deepEqual(body.person, { name: "陈**", idNumber: body.person?.idNumber, records: 1 });
  assert.match(body.person?.idNumber ?? "", /^\d+\*+[\dX]*$/);
  assert.deepEqual(body.rows.slice(0, 2).map((row) => [row.action, row.reader.name, row.record?.id, row.record?.name]), [["value.reveal", "countyLead", held.id, "陈**"], ["record.open", "collectorA", held.id, "陈**"]]);
  assert.deepEqual((await find({ person: held.id })).body.rows.filter((row) => row.action !== "audit.read").map((row) => row.action).slice(0, 2), ["value.reveal", "record.open"]);
  assert.equal((await find({ person: "350524195803" })).status, 400);
  assert.deepEqual((await find({ person: fictionalId(400) })).body.rows, []);
});

test("rows are found by reader, purpose, action and time, and pages follow by key without a gap or a repeat", async () => {
  assert.ok((await find({ reader: "countylead" })).body.rows.every((row) => row.reader.name === "countyLead"));
  assert.deepEqual((await find({ purpose: "verify-identity" })).body.rows.map((row) => row.action), ["value.reveal"]);
  assert.deepEqual([...new Set((await find({ action: "record.open" })).body.rows.map((row) => row.action))], ["record.open"]);
  assert.deepEqual((await find({ from: "2020-01-01", to: "2020-01-31" })).body.rows, []);
  await owner.query("insert into audit_entry (at, account, action, county, area) select now() - interval '1 day', 'system:many', 'people.list', 350524, 350524000000 from generate_series(1, 250)");
  const seen: number[] = [];
  let after: string | undefined;
  do {
    const { body } = await find({ reader: "system:many", ...(after && { after }) });
    seen.push(...body.rows.map((row) => Number((row as unknown as { id: number }).id)));
    after = body.next;
  } while (after);
  assert.deepEqual([seen.length, new Set(seen).size], [250, 250]);
  assert.deepEqual(seen.toSorted((a, b) => b - a), seen);
});

test("reading the audit leaves a row, an audit administrator of another area sees none of ours, and nobody else sees any", async () => {
  const before = await rowsNow();
  await find({ person: fictionalId(7) });
  assert.equal(await rowsNow(), before + 1);
  const { rows } = await owner.query<{ action: string; detail: object }>("select action, detail from audit_entry order by id desc limit 1");
  assert.deepEqual([rows[0]?.action, JSON.stringify(rows[0]?.detail).includes(fictionalId(7))], ["audit.read", false]);
  assert.deepEqual((await find({}, "elsewhere")).body.rows.filter((row) => !["audit.read"].includes(row.action) && row.reader.name !== "system:world"), []);
  assert.equal((await find({ person: fictionalId(7) }, "elsewhere")).body.person, undefined);
  for (const who of ["sysadmin", "countyLead", "collectorA", "analyst"]) {
    for (const [method, url, payload] of [["POST", "/api/audit/entries", {}], ["POST", "/api/audit/file", {}], ["GET", "/api/audit/state"], ["POST", "/api/audit/checks", {}], ["PUT", "/api/audit/years", { years: 4 }], ["GET", "/api/audit/marks"]] as const) {
      assert.equal((await ask(who, method, url, payload)).status, 403, `${who} ${url}`);
    }
  }
});

test("a refusal leaves one row: a permission that is missing, a record out of reach", async () => {
  const denials = async (): Promise<Record<string, unknown>[]> => (await owner.query<Record<string, unknown>>("select account, record_id, detail from audit_entry where action = 'denied' order by id")).rows;
  const before = (await denials()).length;
  assert.equal((await ask("analyst", "GET", `/api/records/${county}/${held.id}`)).status, 403);
  assert.equal((await ask("collectorB", "GET", `/api/records/${county}/${held.id}`)).status, 404);
  const [first, second, ...more] = (await denials()).slice(before);
  assert.deepEqual(first, { account: actors.get("analyst")!.account, record_id: held.id, detail: { route: "GET /api/records/:county/:id", code: "not-allowed" } });
  assert.deepEqual(second, { account: actors.get("collectorB")!.account, record_id: held.id, detail: { route: "GET /api/records/:county/:id", code: "not-found" } });
  assert.deepEqual(more, []);
});

test("an account that asks faster than any person is held back and leaves one row for it; others are answered meanwhile", async () => {
  const slow = await createHttp({ database: t.database, bindings: records(w.platform), isSetUp: async () => true, audits: auditRules, requestsPerMinute: 3, sessions: playedSessions((token) => actors.get(token)) });
  try {
    const look = async (who: string): Promise<number> => (await slow.inject({ method: "GET", url: `/api/records/${county}/${held.id}`, cookies: { qingce_session: who } })).statusCode;
    const count = async (): Promise<unknown> => (await owner.query("select count(*)::int as n from audit_entry where action = 'denied' and account = $1 and detail ->> 'code' = 'too-many-requests'", [actors.get("countyReviewer")!.account])).rows[0]?.n;
    const all = [];
    for (let n = 0; n < 6; n += 1) all.push(await look("countyReviewer"));
    assert.deepEqual(all, [200, 200, 200, 429, 429, 429]);
    assert.equal(await count(), 1);
    assert.equal(await look("collectorA"), 200);
  } finally {
    await slow.close();
  }
});

test("an answer that is shown again for the same key leaves a row of its own", async () => {
  const key = newId();
  const again = await addBase(w, 9);
  const send = () => app.inject({ method: "PUT", url: `/api/records/${county}/${again.id}/capture`, cookies: { qingce_session: "collectorA" }, headers: { "idempotency-key": key }, payload: { basedOn: 1, answers: completeAnswers(9), channel: "home", submit: false } });
  assert.deepEqual([(await send()).statusCode, (await send()).statusCode], [200, 200]);
  const { rows } = await owner.query<{ action: string }>("select action from audit_entry where record_id = $1 and account = $2 order by id", [again.id, actors.get("collectorA")!.account]);
  assert.deepEqual(rows.map(({ action }) => action), ["record.capture", "answer.repeat"]);
});

test("when the row cannot be written, nothing is answered", async () => {
  await owner.query("alter table audit_entry add constraint full_store check (action <> 'record.open') not valid");
  const { status, raw } = await ask("collectorA", "GET", `/api/records/${county}/${held.id}`);
  await owner.query("alter table audit_entry drop constraint full_store");
  assert.equal(status, 500);
  assert.ok(!raw.includes("陈虚构"));
});

test("the chosen rows go out as a signed file, in which every change is found", async () => {
  const { status, raw } = await ask("auditor", "POST", "/api/audit/file", { action: "record.open" });
  assert.equal(status, 200);
  const trusted = t.keys.signing().publicKey;
  const verdict = verifyAuditFile(raw, trusted);
  assert.deepEqual([verdict.clean, verdict.kind, verdict.rows > 0], [true, "selection", true]);
  assert.equal(verifyAuditFile(Buffer.from(raw.toString("utf8").replace("record.open", "record.view")), trusted).clean, false);
  assert.equal(verifyAuditFile(Buffer.from(raw.toString("utf8").split("\n").toSpliced(1, 1).join("\n")), trusted).clean, false);
  assert.ok(!raw.includes("陈虚构") && !raw.includes(fictionalId(7)));
});

test("the chain's state is shown, its verification runs as a task and its verdict is kept", async () => {
  await settleAudit(t.database, chainOptions(platform));
  const clean = await checkChain(platform, { actor: actors.get("auditor")!, progress: () => Promise.resolve() });
  assert.deepEqual([clean.clean, clean.rows > 250], [true, true], clean.fault?.message.en);
  await owner.query("update audit_entry set people = 77 where id = (select entry_id from audit_chain where seq = 5)");
  const found = await checkChain(platform, { actor: actors.get("auditor")!, progress: () => Promise.resolve() });
  assert.deepEqual([found.clean, found.fault?.row], [false, 5]);
  const { body } = await ask("auditor", "GET", "/api/audit/state");
  const state = body as unknown as { chained: number; unchained: number; years: number; checks: { clean: boolean; fault?: { row: number } }[]; checkpoint?: { seq: number } };
  assert.deepEqual([state.checks[0]?.clean, state.checks[0]?.fault?.row, state.checks[1]?.clean, state.years], [false, 5, true, 3]);
  assert.equal(state.checkpoint?.seq, state.chained);
  assert.equal((await ask("auditor", "POST", "/api/audit/checks", {})).status, 200);
});

test("the years are set by the audit administrator, never below three", async () => {
  assert.equal((await ask("auditor", "PUT", "/api/audit/years", { years: 2 })).status, 400);
  assert.equal((await ask("auditor", "PUT", "/api/audit/years", { years: 5 })).status, 200);
  assert.equal((await owner.query<{ years: number }>("select years from audit_retention")).rows[0]?.years, 5);
});

test("a marked look-up is on the list of its week, and is seen once, by somebody else", async () => {
  await t.database.write(actors.get("countyLead")!, (tx) => markLookup(tx, { kind: "same-surname", county, area: areas.A1, recordId: held.id }));
  const { rows } = (await ask("auditor", "GET", "/api/audit/marks")).body as unknown as { rows: { id: string; kind: string; reader: { name: string } }[] };
  assert.deepEqual(rows.map(({ kind, reader }) => [kind, reader.name]), [["same-surname", "countyLead"]]);
  assert.deepEqual((await ask("elsewhere", "GET", "/api/audit/marks")).body.rows, []);
  const url = `/api/audit/marks/${county}/${rows[0]!.id}`;
  assert.equal((await ask("auditor", "POST", url, { remark: "已核实，系工作需要" })).status, 200);
  assert.equal((await ask("auditor", "POST", url, { remark: "再次" })).status, 409);
  await assert.rejects(t.database.write(actors.get("countyLead")!, (tx) => tx.updateTable("auditMark").set({ seenBy: tx.actor.account, seenAt: new Date(), remark: "x" }).where("id", "=", rows[0]!.id).execute().then(([done]) => assert.equal(done?.numUpdatedRows, 1n))));
});

test("no name, number or phone of anybody stands in the audit", async () => {
  const { rows } = await owner.query<{ all: string }>("select string_agg(e::text, ' ') as all from audit_entry e");
  for (const canary of ["陈虚构", "陈虚设", fictionalId(7), fictionalId(9), "13800000000", "甲一村1号"]) assert.ok(!rows[0]!.all.includes(canary), canary);
});

test("every action of the table of routes has a name in both languages", () => {
  const actions = new Set(Object.values(auditRules).flatMap((rule) => (rule.by === "none" ? [] : rule.actions)));
  assert.deepEqual([...actions].filter((action) => !isNamed(action)), []);
});
