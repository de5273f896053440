// A terminal and its office over HTTP: enrolled, loaded, back with work, answered by receipts; and the same by file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase } from "../../../test/people.ts";
import { areas, completeAnswers, county, fictionalId, picture, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import type { CaptureEntry, PersonEntry } from "../../bundle/contents.ts";
import { newId } from "../../core/ids.ts";
import { createHttp } from "../../platform/http.ts";
import { permissionsOf } from "../access/rules.ts";
import { workOffBundles } from "./duties.ts";
import { routes } from "./routes.ts";
import { digestOf, leaseIn, playTerminal, type Terminal, workOn } from "./terminal.fixture.ts";

let t: TestDatabase;
let w: World;
let app: FastifyInstance;
let owner: pg.Client;
let terminal: Terminal;
let device: string;
const faults: unknown[] = [];
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
  owner = new pg.Client(t.owner);
  await owner.connect();
  app = await createHttp({
    database: t.database,
    bindings: routes(w.platform),
    isSetUp: async () => true,
    sessions: {
      actorOf: async (token) => {
        const actor = w.actors[token as WorldActor];
        return actor && { actor, permissions: permissionsOf(actor.roles) };
      },
    },
    log: (line) => faults.push(line),
  });
  for (let n = 1; n <= 5; n += 1) await addBase(w, n, { education: undefined });
  terminal = await playTerminal(app, () => w.platform.clock.now());
});
after(async () => {
  await app.close();
  await owner.end();
  await t.close();
});

async function send(actor: WorldActor, method: "GET" | "POST", url: string, payload?: object) {
  const reply = await app.inject({ method, url, cookies: { qingce_session: actor }, headers: { "idempotency-key": newId() }, ...(payload && { payload }) });
  assert.ok(reply.statusCode < 300, `${method} ${url}: ${reply.statusCode} ${reply.body}`);
  return reply;
}
const json = async <T>(actor: WorldActor, method: "GET" | "POST", url: string, payload?: object): Promise<T> => (await send(actor, method, url, payload)).json() as T;
const apply = (): Promise<void> => workOffBundles(w.platform, (line) => faults.push(line));

test("a county registers a terminal, gives a code to a trained collector, and the terminal enrols with it once", async () => {
  const made = await json<{ id: string; state: string }>("countyLead", "POST", "/api/fieldwork/devices", { label: "甲镇一号机", area: areas.A, leaseDays: 14, wipeAfterDays: 7 });
  assert.equal(made.state, "registered");
  device = made.id;
  const { code } = await json<{ code: string }>("countyLead", "POST", `/api/fieldwork/devices/${device}/operators`, { account: w.actors.collectorA.account, trainedOn: "2018-10-20" });
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/u);
  const enrolled = await terminal.enrol(` ${code.toLowerCase().replaceAll("-", " ")} `);
  assert.equal(enrolled.status, 200, JSON.stringify(enrolled.body));
  assert.equal(enrolled.body["device"], device);
  // The answer was lost: the same keys hear it again; other keys do not.
  assert.equal((await terminal.enrol(code)).status, 200);
  const other = await playTerminal(app, () => w.platform.clock.now());
  assert.equal((await other.enrol(code)).body["code"], "code-not-valid");
});

let loaded: readonly PersonEntry[];
test("the base list of its area comes down with lease, definition and areas; then nothing is new", async () => {
  const down = await terminal.fetch(100_000);
  assert.ok(down);
  loaded = down.people;
  assert.equal(loaded.length, 5);
  assert.deepEqual(new Set(loaded.map((one) => one.state)), new Set(["listed"]));
  assert.equal(loaded[0]?.answers["general"] && (loaded[0].answers["general"] as { name?: string }).name !== undefined, true);
  const lease = leaseIn(down);
  assert.equal(lease.until, "2018-11-15T02:00:00.000Z");
  assert.equal(Buffer.from(lease.secret, "base64url").length, 32);
  assert.deepEqual(lease.operators.map((one) => one.account), [w.actors.collectorA.account]);
  assert.deepEqual(down.entries.filter((one) => one.type === "scheme").map((one) => one.version), [veterans.version]);
  assert.equal((down.header.about as { whole: boolean }).whole, true);
  assert.equal(await terminal.fetch(), undefined);
  const { rows } = await owner.query("select people, area from audit_entry where action = 'terminal.read-people'");
  assert.deepEqual(rows, [{ people: 5, area: areas.A }]);
});

test("captures go up in pieces, take effect under the collector, and their receipts come down", async () => {
  const [first, second] = loaded as [PersonEntry, PersonEntry];
  const photo = await picture();
  const id = newId();
  const one = workOn(first, veterans, completeAnswers(1, { ...(first.answers["general"] as object), education: "60", photo_recent: id }), { pictures: [id] });
  const fresh = workOn({ ...second, record: newId(), head: 0, area: areas.A2 }, veterans, completeAnswers(200, { id_number: fictionalId(200) }), { fresh: true, before: {} });
  const refused = workOn(second, veterans, { general: { ...(second.answers["general"] as object), remark: "原第三十八集团军" } });
  const pieces = [
    { entry: one },
    { entry: { type: "picture", entry: one.entry, id, path: "general.photo_recent", mime: "image/jpeg", sha256: digestOf(photo) }, bytes: photo },
    { entry: { type: "capture", entry: newId(), nonsense: true } },
    { entry: refused },
    { entry: fresh },
  ];
  const bytes = await terminal.pack(pieces);
  const upload = await terminal.upload(bytes, 700);
  assert.equal(await terminal.state(upload), "queued");
  await apply();
  assert.equal(await terminal.state(upload), "applied");
  const down = await terminal.fetch();
  const outcome = (entry: CaptureEntry) => down?.receipts.find((receipt) => receipt.entry === entry.entry);
  assert.equal(outcome(one)?.outcome, "applied", JSON.stringify(outcome(one)));
  assert.equal(outcome(one)?.head, 2);
  assert.equal(outcome(fresh)?.outcome, "applied", JSON.stringify(outcome(fresh)));
  assert.equal(outcome(refused)?.outcome, "refused");
  assert.match(outcome(refused)?.why?.zh ?? "", /部队番号/u);
  assert.equal(down?.receipts.length, 4);
  assert.deepEqual(down?.entries.filter((one) => one.type === "taken").map((one) => one.seq), [1]);
  assert.deepEqual(new Set(down?.people.map((one) => one.record)), new Set([first.record, fresh.record]));
  const mine = down?.people.find((person) => person.record === first.record);
  assert.ok(mine?.portrait && down?.pictures.get(mine.portrait));
  const { rows } = await owner.query("select author, channel from revision where county = $1 and record_id = $2 and no = 2", [county, first.record]);
  assert.deepEqual(rows, [{ author: w.actors.collectorA.account, channel: "home" }]);
  assert.equal((await owner.query("select from media where id = $1 and record_id = $2", [id, first.record])).rowCount, 1);
  assert.equal(await terminal.fetch(), undefined);
  assert.deepEqual(faults, []);
});

test("the same round by file: brought by the township, answered by a file of the office", async () => {
  const [, , third] = loaded as [PersonEntry, PersonEntry, PersonEntry];
  const work = workOn(third, veterans, undefined, { outcome: { kind: "not-found", note: "多次上门无人" } });
  const { answers: _, before: __, ...outcomeOnly } = work;
  const bytes = await terminal.pack([{ entry: outcomeOnly }]);
  const form = new FormData();
  form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }), "terminal.qcb");
  const brought = await app.inject({ method: "POST", url: "/api/fieldwork/bundles", cookies: { qingce_session: "reviewerA" }, headers: { "idempotency-key": newId() }, payload: form });
  assert.equal(brought.statusCode, 200, brought.body);
  assert.equal((brought.json() as { state: string }).state, "queued");
  await apply();
  const shown = await json<{ bundle: { state: string; outcomes: object }; entries: { outcome: string; name: string }[] }>("reviewerA", "GET", `/api/fieldwork/bundles/${(brought.json() as { id: string }).id}`);
  assert.equal(shown.bundle.state, "applied");
  assert.deepEqual(shown.bundle.outcomes, { applied: 1 });
  const file = await send("reviewerA", "POST", `/api/fieldwork/devices/${device}/bundle`, {});
  const taken = await terminal.read(file.rawPayload);
  assert.deepEqual(taken.receipts.map((one) => [one.entry, one.outcome, one.state]), [[work.entry, "applied", "not-found"]]);
  assert.deepEqual(faults, []);
});

test("the overview says what is undelivered and where the chain stands", async () => {
  const { devices } = await json<{ devices: Record<string, unknown>[] }>("countyLead", "GET", "/api/fieldwork/devices");
  const [one] = devices;
  assert.equal(one?.["seq"], 2);
  assert.equal(one?.["undeliveredReceipts"], 1);
  await terminal.fetch();
  await terminal.fetch();
  const after = await json<{ devices: Record<string, unknown>[] }>("countyLead", "GET", "/api/fieldwork/devices");
  assert.equal(after.devices[0]?.["undeliveredReceipts"], 0);
});
