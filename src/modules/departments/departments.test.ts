// Departments over HTTP: look-ups under an agreement that two have let, events told twice and out of order, an agreement that is revoked in the middle, an outbox that
// gives the same bytes again.
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { type Lists, listsWorld, person, policeList } from "../../../test/lists-world.ts";
import { addBase, type Held, submitted } from "../../../test/people.ts";
import { areas, county, countyArea, fictionalId, playedSessions } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { systemActor } from "../../platform/database.ts";
import { createHttp } from "../../platform/http.ts";
import { settleReactions } from "../../platform/journal.ts";
import { auditRules } from "../auditing/coverage.ts";
import { createCampaign } from "../campaigns/service.ts";
import { importEvents } from "../exchange/events.ts";
import { revokeAgreement } from "../exchange/agreements.ts";
import { issueToken, revokeToken } from "../exchange/intake.ts";
import { signAgreement } from "../exchange/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { onListFinished, signedText } from "./outbox.ts";
import { routes } from "./routes.ts";

let l: Lists;
let app: FastifyInstance;
let held: Held;
let police: { readonly token: string; readonly agreement: string };
let health: { readonly token: string; readonly agreement: string };
/** A second token of the police's agreement. */
let second: string;
let household: string;
type Body = Record<string, unknown> & { readonly code?: string };
type Reply = { readonly status: number; readonly body: Body; readonly text: string };

before(async () => {
  l = await listsWorld();
  const sessions = playedSessions((token) => ({ ...l.world.actors[token as keyof typeof l.world.actors] }));
  app = await createHttp({ database: l.t.database, sessions, bindings: routes(l.platform), isSetUp: async () => true, audits: auditRules });
  held = await submitted(l.world, 1);
  await addBase(l.world, 2);
  await l.sql("update record set state = 'accepted', decided_at = '2018-10-20' where id = $1", [held.id]);
  const round = await l.t.database.write(systemActor("world"), async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme, version, name: { zh: "低收入轮次", en: "Low-income round" }, area: countyArea, referenceDate: "2018-10-01", startsOn: "2018-10-01",
      endsOn: "2019-01-31" });
  });
  const issued = async (campaign: string, department: string): Promise<{ token: string; agreement: string }> => {
    const { token, view } = await l.t.database.write(l.lead, (tx) => issueToken(tx, l.platform, { campaign, department, label: "接口", endsOn: "2018-12-31" }));
    return { token, agreement: view.agreement };
  };
  police = await issued(l.world.campaign.id, "public_security");
  const more = await issued(l.world.campaign.id, "public_security");
  assert.equal(more.agreement, police.agreement);
  second = more.token;
  await l.t.database.write(l.lead, (tx) =>
    signAgreement(tx, l.platform, { campaign: round.id, department: "medical_insurance", purpose: "防止因病返贫监测", fromOn: "2018-01-01", toOn: "2018-12-31", document: "协议乙" }),
  );
  health = await issued(round.id, "medical_insurance");
  // A registered household of one, whose head is person 5.
  [household] = [newId()];
  const [subject, record] = [newId(), newId()];
  await l.sql("insert into subject (county, id, area, name, pinyin, initials) values ($1, $2, $3, '虚户', '', '')", [county, subject, areas.A1]);
  await l.sql("insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state) values ($1, $2, $3, $4, 'low-income', $5, $6, 'added', 'accepted')", [
    county,
    record,
    subject,
    areas.A1,
    lowIncome.version,
    round.id,
  ]);
  await l.sql("insert into household (county, id, area, scheme, campaign_id, record_id, formed_on) values ($1, $2, $3, 'low-income', $4, $5, '2018-01-01')", [
    county,
    household,
    areas.A1,
    round.id,
    record,
  ]);
  await l.sql("insert into household_member (county, household_id, no, area, scheme, person_digest, relation, since) values ($1, $2, 1, $3, 'low-income', $4, '02', '2018-01-01')", [
    county,
    household,
    areas.A1,
    l.platform.keys.blind(fictionalId(5)),
  ]);
});
after(async () => {
  await app.close();
  await l.close();
});

const ask = async (method: "GET" | "POST", url: string, token: string | undefined, payload?: object): Promise<Reply> => {
  const reply = await app.inject({ method, url, headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) }, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json() as Body, text: reply.body };
};
const office = async (who: string, method: "GET" | "POST", url: string, payload?: object): Promise<Reply> => {
  const reply = await app.inject({ method, url, cookies: { qingce_session: who }, headers: { "idempotency-key": newId() }, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json() as Body, text: reply.body };
};
const lookUp = (items: readonly string[], numbers: readonly string[], token: string | undefined = police.token): Promise<Reply> =>
  ask("POST", "/api/departments/public_security/lookups", token, { purpose: "核对户籍地址", items, people: numbers.map((idNumber, i) => ({ ref: `r${i}`, idNumber })) });
const tell = (events: readonly object[]): Promise<Reply> => ask("POST", "/api/departments/medical_insurance/events", health.token, { events });
const requests = async (kind: string): Promise<unknown[]> =>
  (await l.sql("select outcome, people from intake_request where kind = $1 order by at, id", [kind])).map((row) => [row["outcome"], row["people"]]);

test("nothing is served until the lead has asked and a person of another office has let it; items that are none, in rows or pictures are refused", async () => {
  assert.equal((await lookUp(["general.domicile_region"], [fictionalId(1)])).body.code, "agreement-missing");
  const at = `/api/agreements/${county}/${police.agreement}/serving`;
  assert.equal((await office("countyReviewer", "POST", at, { items: ["general.mobile"], events: [], dailyPeople: 5 })).status, 403);
  for (const wrong of ["general.nothing", "general.photo_recent"])
    assert.equal((await office("countyLead", "POST", at, { items: [wrong], events: [], dailyPeople: 5 })).body.code, "bad-request", wrong);
  const asked = await office("countyLead", "POST", at, { items: ["general.domicile_region", "general.mobile"], events: [], dailyPeople: 5 });
  assert.equal(asked.status, 200, asked.text);
  assert.equal((await lookUp(["general.domicile_region"], [fictionalId(1)])).body.code, "agreement-missing", "asked is not let");
  const decision = `/api/agreements-serving/${county}/${String(asked.body["id"])}/decision`;
  assert.equal((await office("countyLead", "POST", decision, { accept: true })).body.code, "second-person-needed");
  assert.equal((await office("approver", "POST", decision, { accept: true })).body["state"], "accepted");
  assert.equal((await office("approver", "POST", decision, { accept: false })).body.code, "move-not-possible");
});

test("a look-up gives what the agreement serves of accepted people and nothing else; who is not there, only stored or no number is answered alike; each is logged", async () => {
  const reply = await lookUp(["general.domicile_region", "general.mobile"], [fictionalId(1), fictionalId(2), "1", fictionalId(400)]);
  assert.equal(reply.status, 200, reply.text);
  const people = reply.body["people"] as { ref: string; outcome: string; values?: object }[];
  assert.deepEqual(
    people.map((one) => [one.ref, one.outcome, one.values]),
    [
      ["r0", "found", { "general.domicile_region": String(areas.A1), "general.mobile": "13800000000" }],
      ["r1", "not-found", undefined],
      ["r2", "not-found", undefined],
      ["r3", "not-found", undefined],
    ],
  );
  assert.equal((await lookUp(["general.annual_income"], [fictionalId(1)])).body.code, "agreement-missing", "an item it does not serve");
  const [row] = await l.sql("select purpose, people, detail from audit_entry where action = 'department.lookup'");
  assert.deepEqual([row?.["purpose"], row?.["people"], (row?.["detail"] as { asked: number }).asked], ["测试", 1, 4]);
  assert.equal((await lookUp(["general.mobile"], [fictionalId(1), fictionalId(2)])).body.code, "quota-used", "four of five people of the day are used");
  assert.equal((await lookUp(["general.mobile"], [fictionalId(1), fictionalId(2)], second)).body.code, "quota-used", "another token of the agreement has no quota of its own");
  assert.equal((await lookUp(["general.mobile"], [fictionalId(1)], "qcl_" + "x".repeat(43))).status, 401);
  assert.equal(
    (await ask("POST", "/api/departments/civil_affairs/lookups", police.token, { purpose: "核对", items: ["general.mobile"], people: [{ ref: "1", idNumber: fictionalId(1) }] })).status,
    401,
    "another department's door",
  );
  assert.deepEqual((await requests("lookup")).slice(-4), [
    ["answered", 4],
    ["agreement-missing", 0],
    ["quota-used", 0],
    ["quota-used", 0],
  ]);
  // One of the five of the day is left: who is only stored is not there.
  await l.sql("insert into restriction (county, record_id, area, scheme, request_id) values ($1, $2, $3, 'veterans', $4)", [county, held.id, areas.A1, newId()]);
  assert.deepEqual(
    (await Promise.all([police.token, second, police.token, second].map((token) => lookUp(["general.mobile"], [fictionalId(1)], token)))).map(({ body }) =>
      body.code ?? (body["people"] as { outcome: string }[])[0]?.outcome).toSorted(),
    ["not-found", "quota-used", "quota-used", "quota-used"],
    "of four at the same moment by two tokens, one has the last place",
  );
});

test("an event is told twice and out of order without harm; the same number with another content and who is not registered come back", async () => {
  const at = `/api/agreements/${county}/${health.agreement}/serving`;
  assert.equal((await tell([{ no: "b-1", kind: "medical-cost", on: "2018-10-02", idNumber: fictionalId(5), amount: 800 }])).body.code, "agreement-missing");
  const asked = await office("countyLead", "POST", at, { items: [], events: ["medical-cost", "rehabilitation"], dailyPeople: 100 });
  assert.equal(asked.status, 200, asked.text);
  assert.equal((await office("approver", "POST", `/api/agreements-serving/${county}/${String(asked.body["id"])}/decision`, { accept: true })).status, 200);
  const bill = { no: "b-2", kind: "medical-cost", on: "2018-10-20", idNumber: fictionalId(5), amount: 5200.5 };
  const first = await tell([bill]);
  assert.deepEqual([first.status, first.body["taken"], first.body["known"]], [200, 1, 0], first.text);
  const again = await tell([
    { no: "b-1", kind: "medical-cost", on: "2018-10-02", idNumber: fictionalId(5), amount: 800 },
    bill,
    { ...bill, amount: 1 },
    { no: "b-3", kind: "rehabilitation", on: "2018-10-03", idNumber: fictionalId(300) },
  ]);
  assert.deepEqual(
    [again.body["taken"], again.body["known"], (again.body["returned"] as { no: string; why: string }[]).map((one) => [one.no, one.why])],
    [
      1,
      1,
      [
        ["b-2", "source-used"],
        ["b-3", "not-registered"],
      ],
    ],
    again.text,
  );
  assert.deepEqual(
    (await l.sql("select source, source_no, happened_on from household_event where household_id = $1 order by happened_on", [household])).map((row) => [row["source"], row["source_no"]]),
    [
      ["medical_insurance", "b-1"],
      ["medical_insurance", "b-2"],
    ],
  );
  assert.equal((await tell([{ no: "c-1", kind: "death", on: "2018-10-02", idNumber: fictionalId(5) }])).body.code, "agreement-missing", "a kind it does not tell");
});

test("the outbox is numbered without a gap, each line is signed over its place, and asked again it gives the same bytes", async () => {
  const url = "/api/departments/medical_insurance/outbox";
  const [one, two] = [await ask("GET", url, health.token), await ask("GET", url, health.token)];
  assert.equal(one.status, 200, one.text);
  assert.equal(one.text, two.text);
  const { events, publicKey } = one.body as unknown as { events: { county: number; scheme: string; no: number; body: string; signature: string }[]; publicKey: string };
  assert.deepEqual(
    events.map((event) => [event.no, (JSON.parse(event.body) as { kind: string }).kind]),
    [
      [1, "serving.changed"],
      [2, "events.taken"],
      [3, "events.taken"],
    ],
  );
  const signedFor = (department: string, no: number, body: string, signature: string): boolean =>
    verify(null, Buffer.from(signedText({ county, scheme: "low-income", department }, no, body)), createPublicKey(publicKey), Buffer.from(signature, "base64"));
  for (const event of events) assert.ok(signedFor("medical_insurance", event.no, event.body, event.signature));
  const [first] = events;
  assert.ok(!signedFor("medical_insurance", 1, `${first!.body} `, first!.signature), "altered by one blank");
  assert.ok(!signedFor("medical_insurance", 2, first!.body, first!.signature), "moved to another number");
  assert.ok(!signedFor("civil_affairs", 1, first!.body, first!.signature), "moved to another department");
  assert.deepEqual(
    ((await ask("GET", `${url}?after=2&limit=1`, health.token)).body["events"] as { no: number }[]).map((event) => event.no),
    [3],
  );
  for (const secret of [fictionalId(5), "虚户"]) assert.ok(!one.text.includes(secret));
});

test("a list that was worked off is told once, however often the fact is seen", async () => {
  await l.run(await l.send(policeList([person(40, ""), person(41, "")]), { campaign: l.world.campaign.id }));
  const reaction = {
    name: "tell-departments-of-lists",
    kinds: [importEvents.finished],
    handle: async (events: Parameters<typeof onListFinished>[1]) => {
      await onListFinished(l.platform, events);
      await onListFinished(l.platform, events);
    },
  };
  await settleReactions(l.t.database, [reaction]);
  const { events } = (await ask("GET", "/api/departments/public_security/outbox", police.token)).body as unknown as { events: { body: string }[] };
  assert.deepEqual(
    events.map((event) => (JSON.parse(event.body) as { kind: string; data: object }).kind),
    ["serving.changed", "list.finished"],
  );
});

/** A request that has knocked and stands at a lock while `work` holds what it needs. */
async function whileHeld(work: Parameters<typeof l.t.database.write<unknown>>[1], token: string): Promise<Reply> {
  let behind: Promise<Reply> | undefined;
  await l.t.database.write(l.lead, async (tx) => {
    await work(tx);
    let over = false;
    behind = lookUp(["general.mobile"], [fictionalId(1)], token).finally(() => (over = true));
    for (let waits = 0; waits === 0 && !over;) waits = Number((await l.sql("select count(*)::int as n from pg_locks where not granted"))[0]?.["n"]);
  });
  return behind!;
}

test("a token that is revoked while its request waits gives nothing any more; the agreement's other token does", async () => {
  await l.sql("update intake_request set people = 0 where kind = 'lookup'");
  const [row] = await l.sql("select id from intake_token where department = 'public_security' order by at desc, id desc limit 1");
  const reply = await whileHeld((tx) => revokeToken(tx, { county, id: String(row!["id"]) }), second);
  assert.deepEqual([reply.status, reply.body.code], [401, "not-signed-in"]);
  assert.ok(!reply.text.includes("13800000000"));
  assert.equal((await lookUp(["general.mobile"], [fictionalId(1)])).status, 200);
});

test("an agreement that is revoked in the middle of a request: the request that came first is answered whole, the one behind it gets nothing, and both are logged", async () => {
  // The revocation holds the agreement; a look-up that comes now waits for its end, and finds it revoked.
  const behind = await whileHeld((tx) => revokeAgreement(tx, l.platform, { county, id: police.agreement }, "协议终止"), police.token);
  assert.equal(behind.body.code, "agreement-missing");
  assert.ok(!behind.text.includes("13800000000"));
  assert.deepEqual((await requests("lookup")).at(-1), ["agreement-missing", 0]);
  assert.equal((await ask("GET", "/api/departments/public_security/outbox", police.token)).body.code, "agreement-missing");
});

test("the department reads its own catalogue, the county what was asked", async () => {
  const { body } = await ask("GET", "/api/departments/medical_insurance/catalogue", health.token);
  assert.deepEqual([(body["agreement"] as { purpose: string }).purpose, body["events"], (body["sends"] as unknown[]).length > 2], ["防止因病返贫监测", ["medical-cost", "rehabilitation"], true]);
  const seen = await office("countyLead", "GET", `/api/agreements-serving?campaign=${l.world.campaign.id}`);
  assert.deepEqual(
    (seen.body["rows"] as { department: string; state: string }[]).map((row) => [row.department, row.state]),
    [["public_security", "accepted"]],
  );
  assert.ok((seen.body["requests"] as { kind: string; outcome: string }[]).some((row) => row.kind === "lookup" && row.outcome === "quota-used"));
});
