// People for themselves: the scope that sees one person, what is shown to them, what they propose and what the township makes of it, how often they may ask.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { lowIncomeAid } from "../../../schemes/low-income/aid.ts";
import { shippedAid, shippedInsights, shippedSchemes, shippedSelfServices } from "../../../schemes/shipped.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase, as, type Held, submitted } from "../../../test/people.ts";
import { asScope, type SqlRow, type Statement } from "../../../test/scoped-sql.ts";
import { areas, county, countyArea, fictionalId, playedSessions, smallWorld, type World } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { selfActor, signScope, systemActor } from "../../platform/database.ts";
import { settleReactions } from "../../platform/journal.ts";
import { decideAid, onDeclarationTakenIn, takePlan } from "../aid/service.ts";
import { citizenEvents } from "./events.ts";
import { wipeDeclarations } from "./retention.ts";
import { createHttp } from "../../platform/http.ts";
import { itemAt } from "../../scheme/layout.ts";
import { auditRules } from "../auditing/coverage.ts";
import { createCampaign } from "../campaigns/service.ts";
import { approveAssessment, writeAssessment } from "../safeguards/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { demoIdentity } from "./identity.ts";
import { mostADay } from "./rules.ts";
import { routes } from "./routes.ts";

let t: TestDatabase;
let w: World;
let app: FastifyInstance;
let owner: pg.Client;
let mine: Held;
let theirs: Held;
let lowIncomeRound: string;
type Body = Record<string, unknown> & { readonly code?: string; readonly token?: string };
type Reply = { readonly status: number; readonly body: Body };
const chen = { name: "陈虚构", idNumber: fictionalId(1) };

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
  owner = new pg.Client(t.owner);
  await owner.connect();
  mine = await submitted(w, 1);
  theirs = await addBase(w, 2);
  await addBase(w, 3, { name: "李另名" });
  lowIncomeRound = await t.database.write(systemActor("world"), async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return (await createCampaign(tx, { scheme, version, name: { zh: "低收入轮次", en: "Low-income round" }, area: countyArea, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2019-01-31" })).id;
  });
  app = await createHttp({ database: t.database, sessions: playedSessions((token) => w.actors[token as keyof typeof w.actors]), bindings: routes(w.platform, shippedSelfServices, shippedInsights, [demoIdentity]), isSetUp: async () => true, audits: auditRules });
});
after(async () => {
  await app.close();
  await owner.end();
  await w.close();
  await t.close();
});

const sql = async (text: string, ...values: unknown[]): Promise<SqlRow[]> => (await owner.query<SqlRow>(text, values)).rows;
const ask = async (method: "GET" | "POST", url: string, token?: string, payload?: object, from?: string): Promise<Reply> => {
  const reply = await app.inject({ method, url, ...(from !== undefined && { remoteAddress: from }), headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) }, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json() as Body };
};
const office = async (who: string, method: "GET" | "POST", url: string, payload?: object): Promise<Reply> => {
  const reply = await app.inject({ method, url, cookies: { qingce_session: who }, headers: { "idempotency-key": newId() }, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json() as Body };
};
const comeIn = async (given: { name: string; idNumber: string } = chen): Promise<string> => String((await ask("POST", "/api/self/session", undefined, { provider: "demo", given })).body.token);
const citizenOf = async (token: string): Promise<string> => String((await sql("select citizen_id from citizen_session where token_digest = sha256($1::text::bytea)", token))[0]?.["citizen_id"]);
const application = (more: object = {}): object => ({ id: newId(), kind: "apply", campaign: lowIncomeRound, area: areas.A1, answers: { "household.phone": "13800000000", "household.address": "甲镇甲一村2号", "household.hukou_kind": "1", "household.categories": ["expenditure"], "household.poverty_cause_main": "illness", "household.poverty_since": "2018-05", "household.urgency": "2", "household.assistance": ["0"], "household.members[1].name": "陈小虚", "household.members[1].id_number": fictionalId(9, "20080312"), "household.members[1].relation_to_head": "20", "household.members[1].job_state": "31", "household.members[1].health": ["healthy"] }, ...more });

test("a self scope sees nothing in any table but its own rows and what is no person's, and writes nowhere else", async () => {
  const me = await citizenOf(await comeIn());
  const self = (statements: readonly Statement[]): Promise<SqlRow[]> => asScope(t, selfActor(me), statements);
  // Tables without a wall tell of nobody: db/attacks.test.ts names each.
  const tables = await sql(`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege('qingce_app', c.oid, 'select')
    and exists (select from pg_policy p where p.polrelid = c.oid and p.polname in ('scope', 'own', 'duties')) and c.relname not in ('campaign', 'office')`);
  const closed = tables.map(({ name }) => String(name));
  assert.ok(closed.length > 60);
  const counts = closed.map((name) => `select '${name}' as name, count(*)::int as n from ${name}`).join(" union all ");
  const filled = new Set((await sql(counts)).filter((row) => Number(row["n"]) > 0).map((row) => String(row["name"])));
  assert.deepEqual((await self([[counts]])).filter((row) => row["n"] !== 0), []);
  for (const name of ["record", "revision", "subject", "media", "event", "citizen", "citizen_session"]) assert.ok(filled.has(name), `${name} holds rows to be seen`);
  // What looks past the wall gives the person of the scope, whatever is asked.
  const held = await self([["select record_id from security.held_about_me() where not as_member"]]);
  assert.deepEqual(held.map((row) => row["record_id"]), [mine.id]);
  const writes: readonly Statement[] = [
    ["update record set state = 'accepted'"],
    ["insert into subject (county, id, area, name, pinyin, initials) values ($1, $2, $3, 'x', '', '')", county, newId(), areas.A1],
    ["insert into event (kind, area, county, actor, data) values ('record.accepted', $1, $2, $3, '{}')", areas.A1, county, `self:${me}`],
    ["insert into declaration (county, id, area, scheme, campaign_id, citizen_id, kind, state, sealed) values ($1, $2, $3, 'veterans', $4, $5, 'apply', 'sent', '\\x00')", county, newId(), areas.A1, w.campaign.id, newId()],
    ["insert into declaration (county, id, area, scheme, campaign_id, citizen_id, kind, state, sealed) values ($1, $2, $3, 'veterans', $4, $5, 'apply', 'accepted', '\\x00')", county, newId(), areas.A1, w.campaign.id, me],
    // A correction of somebody else's record, in one's own name.
    ["insert into declaration (county, id, area, scheme, campaign_id, citizen_id, kind, state, sealed, record_id, based_on) values ($1, $2, $3, 'veterans', $4, $5, 'correct', 'sent', '\\x00', $6, 1)", county, newId(), areas.A1, w.campaign.id, me, theirs.id],
    ["insert into citizen_session (token_digest, citizen_id, provider, sealed, expires_at) values ('\\x01', $1, 'demo', '\\x00', now() + interval '1 hour')", me],
  ];
  for (const statement of writes) await assert.rejects(self([statement]).then((rows) => (rows.length === 0 && statement[0].startsWith("update") ? Promise.reject(new Error("permission denied: nothing to update")) : rows)), /permission denied|row-level security|outside the scope|in the name of another/, statement[0]);
});

test("a self scope is signed like any other: another's id, an altered one and none at all give nothing", async () => {
  const [me, other] = [await citizenOf(await comeIn()), await citizenOf(await comeIn({ name: "陈虚构", idNumber: fictionalId(2) }))];
  const client = new pg.Client(t.app);
  await client.connect();
  const seen = async (context: string): Promise<number> => {
    await client.query("begin");
    await client.query("select set_config('app.context', $1, true)", [context]);
    const { rows } = await client.query("select record_id from security.held_about_me()");
    await client.query("rollback");
    return rows.length;
  };
  const token = signScope(t.keys, selfActor(me));
  assert.equal(await seen(token), 1);
  assert.equal(await seen(token.replace(me, other)), 0);
  assert.equal(await seen(token.replace("|1|0|", "|0|999999999999|")), 0);
  assert.equal(await seen(""), 0);
  // An office's scope is nobody's self, whatever it may see.
  assert.equal(await seen(signScope(t.keys, systemActor("citizen"))), 0);
  await client.end();
});

test("what is held about me is mine alone, masked, and each look stands in the audit; a number under another's name shows nothing", async () => {
  const { status, body } = await ask("GET", "/api/self/held", await comeIn());
  assert.equal(status, 200);
  const [record, ...more] = body["records"] as { id: string; items: { path: string; shown: { zh: string }; masked: boolean; value: unknown }[] }[];
  assert.deepEqual([record?.id, more.length], [mine.id, 0]);
  const text = JSON.stringify(body);
  for (const whole of [chen.idNumber, "13800000000", "甲一村1号"]) assert.ok(!text.includes(whole), whole);
  assert.equal(record?.items.find((item) => item.path === "general.mobile")?.shown.zh, "138****0000");
  const rows = await sql("select account, purpose, record_id from audit_entry where action = 'self.read' order by id desc limit 1");
  assert.deepEqual([String(rows[0]?.["account"]).slice(0, 5), rows[0]?.["purpose"], rows[0]?.["record_id"]], ["self:", "self", mine.id]);
  const wrong = (await ask("GET", "/api/self/held", await comeIn({ name: "王别人", idNumber: fictionalId(3) }))).body;
  assert.deepEqual([wrong["records"], wrong["otherName"]], [[], 1]);
});

test("nobody is enumerated: a number that is held and one that nobody holds are answered alike, and proofs are counted by address", async () => {
  const shape = async (idNumber: string): Promise<unknown> => {
    const { status, body } = await ask("POST", "/api/self/session", undefined, { provider: "demo", given: { name: "陈虚构", idNumber } });
    return [status, Object.keys(body), body["name"], body["minutes"]];
  };
  assert.deepEqual(await shape(fictionalId(1)), await shape(fictionalId(333)));
  assert.equal((await ask("POST", "/api/self/session", undefined, { provider: "demo", given: { name: "陈虚构", idNumber: "999999195803120011" } })).body.code, "sign-in-failed");
  for (let n = 0; n < mostADay.prove; n += 1) await ask("POST", "/api/self/session", undefined, { provider: "none", given: {} }, "10.9.9.9");
  assert.equal((await ask("POST", "/api/self/session", undefined, { provider: "demo", given: chen }, "10.9.9.9")).body.code, "too-many-requests");
  assert.equal((await ask("POST", "/api/self/session", undefined, { provider: "demo", given: chen }, "10.9.9.8")).status, 200);
  for (const token of [undefined, "x".repeat(43)]) assert.equal((await ask("GET", "/api/self/held", token)).status, 401);
  const left = await comeIn();
  await ask("POST", "/api/self/session/end", left, {});
  assert.equal((await ask("GET", "/api/self/declarations", left)).status, 401);
});

test("tries are counted by what is tried: whoever has used up answers and withdrawals may still declare, and is told where to go", async () => {
  const token = await comeIn({ name: "赵虚构", idNumber: fictionalId(77) });
  const move = () => ask("POST", `/api/self/declarations/${county}/00000000-0000-7000-8000-000000000000/moves`, token, { move: "withdraw" });
  for (let n = 0; n < mostADay.move; n += 1) assert.equal((await move()).status, 404);
  const last = (await move()).body as unknown as { code: string; detail: { zh: string } };
  assert.deepEqual([last.code, /服务窗口/u.test(last.detail.zh)], ["quota-used", true]);
  assert.notEqual((await ask("POST", "/api/self/declarations", token, application())).body.code, "quota-used");
});

test("without a provider nobody comes in, and the demonstration's says that it checks nothing", async () => {
  const bare = await createHttp({ database: t.database, sessions: { actorOf: async () => undefined }, bindings: routes(w.platform, shippedSelfServices, shippedInsights, []), isSetUp: async () => true });
  assert.deepEqual((await bare.inject("/api/self/providers")).json(), { providers: [] });
  assert.equal((await bare.inject({ method: "POST", url: "/api/self/session", payload: { provider: "demo", given: chen } })).statusCode, 404);
  await bare.close();
  const { providers } = (await ask("GET", "/api/self/providers")).body as unknown as { providers: { demo: boolean; label: { zh: string } }[] };
  assert.deepEqual([providers[0]?.demo, /不核验/u.test(providers[0]?.label.zh ?? "")], [true, true]);
});

test("an application is asked back, answered, taken in as a draft through the self channel, and followed; who applies is who was proved", async () => {
  const token = await comeIn();
  const body = application({ said: "丈夫住院" });
  assert.equal((await ask("POST", "/api/self/declarations", token, { ...body, answers: { ...(body as { answers: object }).answers, "household.householder_id": fictionalId(2) } })).body.code, "bad-request", "another's number is no item that can be declared");
  const sent = await ask("POST", "/api/self/declarations", token, body);
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal((await ask("POST", "/api/self/declarations", token, body)).body["id"], sent.body["id"], "sent twice is one");
  assert.equal((await ask("POST", "/api/self/declarations", token, application())).body.code, "already-exists");
  const at = `/api/declarations/${county}/${String(sent.body["id"])}`;
  assert.equal((await office("reviewerB", "GET", at)).status, 404, "another township's");
  assert.equal((await office("reviewerA", "POST", `${at}/decision`, { decision: "reject", words: "不符合" })).status, 403, "who reviews does not take in");
  assert.equal((await office("collectorA", "POST", `${at}/decision`, { decision: "ask" })).body.code, "bad-request", "says what is missing");
  assert.equal((await office("collectorA", "POST", `${at}/decision`, { decision: "ask", words: "请说明住院医院" })).status, 200);
  assert.equal((await office("collectorA", "POST", `${at}/decision`, { decision: "accept" })).body.code, "move-not-possible", "it waits for the person");
  const other = await comeIn({ name: "陈虚构", idNumber: fictionalId(2) });
  assert.equal((await ask("POST", `/api/self/declarations/${county}/${String(sent.body["id"])}/moves`, other, { move: "withdraw" })).status, 404, "another person's");
  assert.deepEqual(((await ask("GET", "/api/self/declarations", other)).body["rows"]), []);
  assert.equal((await ask("POST", `/api/self/declarations/${county}/${String(sent.body["id"])}/moves`, token, { move: "answer", words: "县医院" })).body["state"], "sent");
  const taken = await office("collectorA", "POST", `${at}/decision`, { decision: "accept" });
  assert.equal(taken.status, 200, JSON.stringify(taken.body));
  const { record } = taken.body as unknown as { record: { id: string; state: string } };
  const [stored] = await sql("select r.state, r.channel, r.collector, s.name, s.id_digest, v.provenance from record r join subject s on s.county = r.county and s.id = r.subject_id join revision v on v.record_id = r.id and v.no = r.head where r.id = $1", record.id);
  assert.deepEqual([stored?.["state"], stored?.["channel"], stored?.["collector"], stored?.["name"]], ["draft", "self", w.actors.collectorA.account, "陈虚构"]);
  assert.ok(w.platform.keys.blind(chen.idNumber).equals(stored?.["id_digest"] as Buffer));
  assert.equal((stored?.["provenance"] as Record<string, string>)["household.urgency"], "self");
  const [own] = (await ask("GET", "/api/self/declarations", token)).body["rows"] as { state: string; steps: { act: string; words?: string }[]; record?: { state: { zh: string } } }[];
  assert.deepEqual([own?.state, own?.record?.state.zh, own?.steps.map((step) => step.act)], ["accepted", "采集中", ["sent", "asked", "answered", "accepted"]]);
  // The head of the household sees their own row; of the others, how many.
  const household = ((await ask("GET", "/api/self/held", token)).body["records"] as { scheme: string; others: number; items: unknown[] }[]).find((one) => one.scheme === "low-income");
  assert.equal(household?.others, 1);
  assert.ok(!JSON.stringify(household).includes("陈小虚"));
});

test("the head sees what counts for the household in its index, of the others nothing, by the cutoffs of the place; without an assessment there is none, and the look says which", async () => {
  type Index = { readonly version: number; readonly words: { readonly zh: string }; readonly parts: readonly { readonly key: string; readonly standing: string; readonly words: { readonly zh: string } }[] };
  const index = async (token: string): Promise<Index | undefined> => ((await ask("GET", "/api/self/held", token)).body["records"] as { scheme: string; index?: Index }[]).find((one) => one.scheme === "low-income")?.index;
  assert.equal(await index(await comeIn()), undefined);
  const { id } = await t.database.write(w.actors.countyLead, (tx) => writeAssessment(tx, w.platform, { matter: "automated", title: "指数评估", purpose: "测试", effect: "测试", measures: "测试", risk: "low", madeOn: w.platform.clock.today(), untilOn: "2019-10-01" }));
  await t.database.write(w.actors.approver, (tx) => approveAssessment(tx, w.platform, id));
  const shown = await index(await comeIn());
  assert.deepEqual([shown?.version, shown?.parts.filter(({ standing }) => standing === "of-members").map(({ key }) => key)], [1, ["illness", "insurance", "schooling", "attendance", "work"]]);
  assert.match(shown!.words.zh, /不在此显示.*不单独决定任何待遇/u);
  // The county's own cutoffs, and a neighbour's: hers are those of the county.
  const put = (area: number, version: number) => sql("insert into parameter_set (id, area, scheme, key, version, definition, digest, written_by, written_at, tried_digest, tried, approved_by, approved_at) values ($1, $2, 'low-income', 'register', $3, $4, $5, 'a', now(), $5, '{}', 'b', now())", newId(), area, version, JSON.stringify({ ...shippedInsights[0]!.sets[0], version }), "d".repeat(64));
  await put(countyArea, 7);
  await put(countyArea + 1_000_000, 9);
  assert.equal((await index(await comeIn()))?.version, 7);
  assert.equal((await sql("select detail from audit_entry where action = 'self.read' and detail ? 'index' order by id desc limit 1"))[0]?.["detail"] instanceof Object, true);
  // The function behind it tells a person of the places in which they are held, and an office of its own range.
  const at = (actor: Parameters<typeof asScope>[1], area: number) => asScope(t, actor, [["select version from security.parameter_sets_above('low-income', $1)", area]]).then((rows) => rows.map((row) => row["version"]));
  const me = selfActor(await citizenOf(await comeIn()));
  assert.deepEqual([await at(me, areas.A1), await at(me, areas.B1), await at(me, countyArea + 1_000_000)], [[7], [], []]);
  assert.deepEqual([await at(w.actors.countyLead, areas.B1), await at(w.actors.countyLead, countyArea + 1_000_000)], [[7], []]);
});

test("an application taken in enters the one intake by itself, once, in the name of whoever took it in; the person follows it, reads why it was refused, and why one did not get in", async () => {
  await t.database.write(w.actors.countyReviewer, async (tx) => void (await takePlan(tx, { ...lowIncomeAid, items: lowIncomeAid.items.filter((item) => item.key !== "education-aid") }, { area: countyArea, from: "2018-01-01" })));
  const enter = () => settleReactions(t.database, [{ name: "applications-from-declarations", kinds: [citizenEvents.decided], handle: (events) => onDeclarationTakenIn(w.platform, shippedAid, events) }]);
  await enter();
  const person = { name: "周虚构", idNumber: fictionalId(41) };
  const token = await comeIn(person);
  const body = application() as { answers: Record<string, unknown> };
  const sent = await ask("POST", "/api/self/declarations", token, { ...body, answers: { "household.phone": "13800000001", "household.address": "甲镇甲一村3号", "household.hukou_kind": "1", "household.categories": ["medical", "education"], "household.poverty_cause_main": "illness", "household.poverty_since": "2018-05", "household.urgency": "2", "household.assistance": ["0"] } });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  await office("collectorA", "POST", `/api/declarations/${county}/${String(sent.body["id"])}/decision`, { decision: "accept" });
  await enter();
  type Aid = { item: string; state: string; why?: { zh: string }; dueOn?: string };
  const own = async (who = token): Promise<Aid[]> => ((await ask("GET", "/api/self/declarations", who)).body["rows"] as { aid: Aid[] }[]).flatMap((row) => row.aid);
  const stored = await sql("select id, item, via, entered_by, state from aid_application where source = 'self' and source_no like $1", `${String(sent.body["id"])}%`);
  assert.deepEqual(stored.map((row) => [row["item"], row["via"], row["entered_by"], row["state"]]), [["medical-aid", "self", w.actors.collectorA.account, "open"]]);
  assert.deepEqual((await own()).map(({ item, state, why }) => [item, state, why?.zh]), [["education-aid", "returned", "项目在该日期未执行"], ["medical-aid", "open", undefined]]);
  assert.equal((await sql("select rows, taken, known, jsonb_array_length(returned) as back from aid_intake where id = $1", sent.body["id"]))[0]?.["back"], 1, "every item has one outcome");
  // The journal may tell a fact twice.
  await sql("update reaction_cursor set txid = '0', event_id = 0 where reaction = 'applications-from-declarations'");
  await enter();
  assert.equal((await sql("select count(*)::int as n from aid_application where source = 'self' and source_no like $1", `${String(sent.body["id"])}%`))[0]?.["n"], 1);
  const at = { county, id: String(stored[0]?.["id"]) };
  await assert.rejects(t.database.write({ ...w.actors.countyReviewer, account: w.actors.collectorA.account }, (tx) => decideAid(tx, w.platform, at, { decision: "refuse", basis: ["home-visit"], why: "above-line" })), /same-person/);
  await t.database.write(w.actors.countyReviewer, (tx) => decideAid(tx, w.platform, at, { decision: "refuse", basis: ["home-visit"], why: "above-line" }));
  assert.deepEqual((await own()).map(({ state, why }) => [state, why?.zh])[1], ["refused", "收入超过标准"]);
  assert.deepEqual((await own(await comeIn({ name: "吴别人", idNumber: fictionalId(42) }))), [], "another person's are not told");
});

test("what was not taken in is wiped after its days by the duty of retention alone; that it was sent stays", async () => {
  const token = await comeIn({ name: "郑虚构", idNumber: fictionalId(43) });
  const sent = await ask("POST", "/api/self/declarations", token, application({ said: "不予受理的话" }));
  const id = String(sent.body["id"]);
  await office("collectorA", "POST", `/api/declarations/${county}/${id}/decision`, { decision: "reject", words: "不属本镇" });
  const held = async () => (await sql("select length(d.sealed) as n, d.state, (select count(*)::int from declaration_step s where s.declaration_id = d.id and s.words is not null) as words from declaration d where d.id = $1", id))[0];
  await sql("update declaration set settled_at = $2::date - 179 where id = $1", id, w.platform.clock.today());
  assert.equal(await wipeDeclarations(w.platform, shippedSelfServices), 0, "its days are not over");
  await assert.rejects(asScope(t, w.actors.countyLead, [["select * from security.wipe_declarations('low-income', '2999-01-01', 10)"]]), /only the duty of retention/);
  await sql("update declaration set settled_at = $2::date - 181 where id = $1", id, w.platform.clock.today());
  assert.equal(await wipeDeclarations(w.platform, shippedSelfServices), 1);
  assert.deepEqual(await held(), { n: 0, state: "rejected", words: 0 });
  assert.equal(await wipeDeclarations(w.platform, shippedSelfServices), 0);
  assert.equal((await sql("select people from audit_entry where action = 'declaration.wipe'")).length, 1);
  assert.equal((await ask("GET", "/api/self/declarations", token)).status, 200, "the person still sees that it was sent");
  assert.equal((await office("collectorA", "GET", `/api/declarations/${county}/${id}`)).status, 200);
  assert.equal((await sql("select count(*)::int as n from declaration where state = 'accepted' and length(sealed) > 0"))[0]?.["n"] !== 0, true, "what was taken in stays");
});

test("a person with many declarations sees all of them, so many at a time, and each once", async () => {
  const token = await comeIn({ name: "孙虚构", idNumber: fictionalId(44) });
  const { body: first } = await ask("POST", "/api/self/declarations", token, application());
  await sql("insert into declaration (county, id, area, scheme, campaign_id, citizen_id, kind, state, sealed, sent_at, settled_at) select county, gen_random_uuid(), area, scheme, campaign_id, citizen_id, kind, 'rejected', sealed, sent_at - n * interval '1 day', now() from declaration, generate_series(1, 44) n where id = $1", first["id"]);
  const seen: string[] = [];
  for (let after: unknown = 0, pages = 0; after !== undefined && pages < 9; pages += 1) {
    const { body } = await ask("GET", `/api/self/declarations?after=${String(after)}`, token);
    seen.push(...(body["rows"] as { sentAt: string; id: string }[]).map((row) => `${row.sentAt} ${row.id}`));
    after = body["next"];
  }
  assert.deepEqual([seen.length, new Set(seen).size], [45, 45]);
  assert.deepEqual(seen, seen.toSorted().toReversed(), "the newest first");
  // The oldest of them is answered for itself too.
  assert.equal((await ask("POST", `/api/self/declarations/${county}/${seen.at(-1)!.split(" ")[1]!}/moves`, token, { move: "withdraw" })).body.code, "move-not-possible");
  await sql("delete from declaration where citizen_id = (select citizen_id from declaration where id = $1) and id <> $1", first["id"]);
});

test("a correction proposes: the record stays as it is until it is taken in, and what changed meanwhile is not overwritten", async () => {
  const token = await comeIn();
  const propose = (answers: object, basedOn = mine.head): Promise<Reply> => ask("POST", "/api/self/declarations", token, { id: newId(), kind: "correct", county, record: mine.id, basedOn, answers });
  assert.equal((await propose({ "general.id_number": fictionalId(2) })).body.code, "bad-request", "who one is, is settled with papers");
  assert.equal((await propose({ "general.mobile": "12" })).body.code, "record-has-issues");
  assert.equal((await propose({ "general.mobile": "13911112222" }, 99)).body.code, "changed-meanwhile");
  assert.equal((await ask("POST", "/api/self/declarations", token, { id: newId(), kind: "correct", county, record: theirs.id, basedOn: 1, answers: { "general.mobile": "13911112222" } })).status, 404, "another's record");
  const sent = await propose({ "general.mobile": "13911112222" });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.equal((await sql("select max(no) as head from revision where record_id = $1", mine.id))[0]?.["head"], mine.head, "nothing was written to the record");
  const at = `/api/declarations/${county}/${String(sent.body["id"])}`;
  const seen = (await office("collectorA", "GET", at)).body["items"] as { path: string; declared: { zh: string }; now: { zh: string }; differs: boolean }[];
  assert.deepEqual(seen.map((item) => [item.path, item.declared.zh, item.now.zh, item.differs]), [["general.mobile", "13911112222", "13800000000", true]]);
  assert.equal((await office("collectorA", "POST", `${at}/decision`, { decision: "accept" })).body.code, "move-not-possible", "a record under review is not captured into");
  await as(w, "reviewerA", async () => {});
  await sql("update record set state = 'returned' where id = $1", mine.id);
  const taken = await office("collectorA", "POST", `${at}/decision`, { decision: "accept" });
  assert.equal(taken.status, 200, JSON.stringify(taken.body));
  assert.equal((await sql("select count(*)::int as n from revision where record_id = $1", mine.id))[0]?.["n"], mine.head + 1, "the old revision stands beside the new one");
});

test("what a person declared is sealed, stays what it was, and goes when the person is erased", async () => {
  const [row] = await sql("select county, id, sealed, record_id from declaration where kind = 'correct' limit 1");
  assert.ok(!(row?.["sealed"] as Buffer).includes("13911112222"));
  await assert.rejects(asScope(t, w.actors.collectorA, [["update declaration set sealed = '\\x00' where id = $1", row?.["id"]]]), /in the name of another/);
  await assert.rejects(asScope(t, w.actors.collectorA, [["update declaration set state = 'withdrawn' where id = $1", row?.["id"]]]), /declaration_moves|does not move so/);
  const [subject] = await sql("select subject_id from record where id = $1", mine.id);
  await asScope(t, w.actors.countyLead, [["select security.erase_person($1, $2, array[]::uuid[], array[]::bytea[], array[]::text[], array[]::text[])", county, subject?.["subject_id"]]]);
  const after = await sql("select scheme, length(sealed) as n from declaration d where d.citizen_id = (select citizen_id from declaration where id = $1) order by scheme", row?.["id"]);
  assert.deepEqual(after.map((one) => [one["scheme"], one["n"] === 0]), [["low-income", false], ["veterans", true]]);
  assert.deepEqual(((await ask("GET", "/api/self/held", await comeIn())).body["records"] as { scheme: string }[]).map((one) => one.scheme), ["low-income"]);
});

test("every item that a programme asks for on a telephone is there, and answers say what they rest on", () => {
  for (const service of shippedSelfServices) {
    const scheme = shippedSchemes.find((one) => one.key === service.scheme)!;
    for (const path of [...service.ask, ...(service.rows?.items.map((item) => `${service.rows?.section}[].${item}`) ?? [])]) assert.ok(itemAt(scheme, path), `${service.scheme} ${path}`);
    for (const { question, answer, source } of service.answers) assert.ok(question.en && answer.zh && answer.en && source, question.zh);
  }
});
