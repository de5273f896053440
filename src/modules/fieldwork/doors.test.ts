// The doors of terminals: codes are used once, within a day, by trained people; uploads survive kills; the wall holds for each table.
import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { areas } from "../../../test/world.ts";
import { eraseSubject } from "../../platform/erasure.ts";
import { clearOld } from "./duties.ts";
import { educate, openOfficeForTerminals, type TestOffice } from "../../../test/terminals-office.ts";
import { digestOf, playTerminal } from "../../../test/played-terminal.ts";
import { bundleFolder } from "./upload-files.ts";
import { bellOf } from "./wake.ts";

let o: TestOffice;
before(async () => void (o = await openOfficeForTerminals(3)));
after(() => o.close());

test("a code is used up by five wrong tries, by a day, by a newer one and by its use; it is kept nowhere", async () => {
  const device = await o.register(areas.A, "一号机");
  const terminal = await playTerminal(o.app, () => o.clock.at);
  const tried = async (code: string): Promise<unknown> => (await terminal.enrol(code)).body["code"];
  const first = await o.code(device, "collectorA");
  const wrong = `${first.slice(0, 5)}0000-0000-0000`;
  for (let i = 0; i < 5; i += 1) assert.equal(await tried(wrong), "code-not-valid");
  assert.equal(await tried(first), "code-not-valid");
  const second = await o.code(device, "collectorA");
  assert.equal(await tried(first), "code-not-valid");
  const at = o.clock.at;
  o.clock.at = new Date(at.getTime() + 25 * 3_600_000);
  assert.equal(await tried(second), "code-not-valid");
  o.clock.at = at;
  assert.equal((await terminal.enrol(second)).status, 200);
  assert.equal((await (await playTerminal(o.app, () => o.clock.at)).enrol(second)).body["code"], "code-not-valid");
  const { rows } = await o.owner.query("select row_to_json(d)::text as text from device_operator d");
  for (const code of [first, second]) assert.ok(!rows.some((row: { text: string }) => row.text.includes(code.replaceAll("-", "").slice(4)) || row.text.includes(code.slice(5))));
});

test("only trained collectors of the area who are in use get a code, and only a device's own hardware takes a second person in", async () => {
  const device = await o.register(areas.B, "二号机");
  const give = (account: string, trainedOn: string) => o.ask("countyLead", "POST", `/api/fieldwork/devices/${device}/operators`, { account, trainedOn });
  const { collectorA, collectorB, reviewerB } = o.w.actors;
  assert.equal((await give(collectorA.account, "2018-10-20")).body["code"], "move-not-possible");
  assert.equal((await give(reviewerB.account, "2018-10-20")).body["code"], "move-not-possible");
  assert.equal((await give(collectorB.account, "2018-11-02")).body["code"], "move-not-possible");
  assert.equal((await give(collectorB.account, "2017-10-20")).body["code"], "move-not-possible");
  const one = await playTerminal(o.app, () => o.clock.at);
  assert.equal((await one.enrol(await o.code(device, "collectorB"))).status, 200);
  const other = await playTerminal(o.app, () => o.clock.at);
  assert.match(JSON.stringify((await other.enrol(await o.code(device, "collectorB"))).body), /另一台设备/u);
});

test("a third party under contract is put on no terminal, enrols none, and gets nobody's data with one that was its own before", async () => {
  const { account } = o.w.actors.collectorA;
  const rolesAre = (...roles: string[]) => o.owner.query("update account set roles = $2, rights = (select jsonb_agg(jsonb_build_object('role', r)) from unnest($2::text[]) r) where id = $1", [account, roles]);
  const e = await o.enrolled();
  const device = await o.register(areas.A, "受托机");
  const code = await o.code(device, "collectorA");
  await rolesAre("collector", "entrusted");
  try {
    const given = await o.ask("countyLead", "POST", `/api/fieldwork/devices/${device}/operators`, { account, trainedOn: "2018-10-20" });
    assert.equal(given.body["code"], "move-not-possible");
    assert.match(JSON.stringify(given.body), /own work only/u);
    assert.doesNotMatch(JSON.stringify((await o.ask("countyLead", "GET", "/api/fieldwork/collectors")).body), new RegExp(account));
    assert.equal((await (await playTerminal(o.app, () => o.clock.at)).enrol(code)).body["code"], "code-not-valid");
    await o.owner.query("update record set updated_at = now()");
    const down = await e.terminal.fetch();
    assert.deepEqual([down?.people.length, down?.entries.flatMap((one) => (one.type === "lease" ? one.operators : []))], [0, []]);
  } finally {
    await rolesAre("collector");
  }
  assert.ok(((await e.terminal.fetch())?.people.length ?? 0) > 0, "people are there");
});

test("a collector with a right for one programme gets that programme's rounds only, and gives the others up when the right is narrowed", async () => {
  const { account } = o.w.actors.collectorA;
  const rightFor = (schemes?: readonly string[]) => o.owner.query("update account set rights = jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('role', 'collector', 'schemes', $2::jsonb))) where id = $1", [account, schemes ? JSON.stringify(schemes) : null]);
  const { terminal, down: all } = await o.enrolled();
  const rounds = (down: typeof all | undefined) => down?.entries.flatMap((one) => (one.type === "campaign" ? [one.scheme] : []));
  assert.deepEqual(rounds(all), ["veterans"]);
  try {
    await rightFor(["low-income"]);
    const narrowed = await terminal.fetch();
    assert.deepEqual([rounds(narrowed), narrowed?.people.length], [[], 0]);
    assert.equal(narrowed?.entries.filter((one) => one.type === "gone").length, all.people.length, "whom it held of the other programme it gives up");
    assert.deepEqual(rounds((await o.enrolled()).down), [], "activated with the narrow right it never had them");
    await rightFor(["low-income", "veterans"]);
    const wider = await terminal.fetch();
    assert.deepEqual([rounds(wider), wider?.people.length], [["veterans"], all.people.length]);
  } finally {
    await rightFor();
  }
});

test("an upload goes on where the disk says, a wrong offset changes nothing, damage on the way begins anew, and what nobody finishes is cleared", async () => {
  const e = await o.enrolled();
  const bytes = await e.terminal.pack([{ entry: educate(e.down.people[0]!) }]);
  const begun = await e.terminal.signed("POST", "/api/terminal/uploads", { json: { bytes: bytes.length, sha256: digestOf(bytes) } });
  const id = String(begun.body["id"]);
  const put = (offset: number, part: Buffer) => e.terminal.signed("PUT", `/api/terminal/uploads/${id}?offset=${offset}`, { bytes: part });
  assert.equal((await put(0, bytes.subarray(0, 100))).body["offset"], 100);
  assert.equal((await put(0, bytes.subarray(0, 100))).body["code"], "wrong-offset");
  assert.equal((await put(300, bytes.subarray(300, 400))).body["code"], "wrong-offset");
  // A server that was killed after the bytes were on the disk and before the number was written.
  const file = path.join(bundleFolder(o.platform), "in", "350524", id);
  await fs.appendFile(file, bytes.subarray(100, 250));
  assert.equal((await e.terminal.signed("GET", `/api/terminal/uploads/${id}`)).body["offset"], 250);
  const damaged = Buffer.from(bytes.subarray(250));
  damaged[10]! ^= 1;
  assert.equal((await put(250, damaged)).body["code"], "bundle-not-accepted");
  assert.equal((await e.terminal.signed("GET", `/api/terminal/uploads/${id}`)).body["offset"], 0);
  assert.equal((await put(0, Buffer.concat([bytes, Buffer.from("more")]))).body["code"], "file-too-large");
  assert.equal((await put(0, bytes)).body["state"], "queued");
  const other = await o.enrolled();
  assert.equal((await other.terminal.signed("GET", `/api/terminal/uploads/${id}`)).status, 404);
  assert.equal((await e.terminal.signed("POST", "/api/terminal/uploads", { json: { bytes: 2 ** 31, sha256: "0".repeat(64) } })).status, 413);
  const left = String((await e.terminal.signed("POST", "/api/terminal/uploads", { json: { bytes: 10, sha256: "1".repeat(64) } })).body["id"]);
  const at = o.clock.at;
  o.clock.at = new Date(at.getTime() + 8 * 86_400_000);
  await clearOld(o.platform);
  o.clock.at = at;
  assert.equal((await e.terminal.signed("GET", `/api/terminal/uploads/${left}`)).status, 404);
  await o.apply();
  assert.equal(await e.terminal.state(id), "applied");
});

test("a terminal that waits hears of its bundle when it was looked at, and of one that nobody looks at when its seconds are over", async () => {
  const e = await o.enrolled();
  const id = await e.terminal.upload(await e.terminal.pack([{ entry: educate(e.down.people[1]!) }]));
  const idle = await e.terminal.signed("GET", `/api/terminal/uploads/${id}?wait=1`);
  assert.equal(idle.body["state"], "queued");
  const waiting = e.terminal.signed("GET", `/api/terminal/uploads/${id}?wait=10`);
  await once(bellOf(o.platform), "newListener");
  const from = performance.now();
  await o.apply();
  assert.equal((await waiting).body["state"], "applied");
  assert.ok(performance.now() - from < 9_000);
  assert.equal((await e.terminal.signed("GET", `/api/terminal/uploads/${id}?wait=11`)).status, 400);
});

test("terminals, their bundles and outcomes are seen in their own area only", async () => {
  const e = await o.enrolled(areas.B, "collectorB");
  assert.ok(e.device);
  const areasSeen = async (actor: "collectorA" | "reviewerB" | "countyLead", table: string): Promise<number> =>
    o.t.database.read(o.w.actors[actor], async (tx) => (await tx.selectFrom(table as "device").select("area").execute()).filter(({ area }) => area < o.w.actors[actor].lo || area > o.w.actors[actor].hi).length);
  for (const table of ["device", "device_operator", "device_lease", "up_bundle", "bundle_entry", "down_bundle", "record_left"]) {
    assert.ok((await o.owner.query(`select from pg_policies where tablename = '${table}' and policyname = 'scope'`)).rowCount === 1, table);
    for (const actor of ["collectorA", "reviewerB", "countyLead"] as const) assert.equal(await areasSeen(actor, table), 0, table);
  }
  const seen = async (actor: "collectorA" | "reviewerB" | "countyLead") => ((await o.ok(actor, "GET", "/api/fieldwork/devices")).body["devices"] as { id: string }[]).map((one) => one.id);
  assert.ok(!(await seen("collectorA")).includes(e.device) && (await seen("reviewerB")).includes(e.device) && (await seen("countyLead")).includes(e.device));
  assert.equal((await o.ask("collectorA", "POST", `/api/fieldwork/devices/${e.device}/bundle`, {})).status, 404);
  assert.equal((await o.ask("collectorA", "POST", "/api/fieldwork/devices", { label: "x", area: areas.A, leaseDays: 1, wipeAfterDays: 1 })).status, 403);
});

test("who is erased leaves the terminals that hold them with their next bundle, and comes to no new one", async () => {
  const { terminal, down } = await o.enrolled();
  const { county, record } = down.people[0]!;
  await o.t.database.write(o.w.actors.countyLead, async (tx) => {
    const { subjectId } = await tx.selectFrom("record").select("subjectId").where("id", "=", record).executeTakeFirstOrThrow();
    await eraseSubject(tx, o.w.platform, { county, subjectId });
  });
  const next = await terminal.fetch();
  assert.deepEqual([next?.entries.flatMap((one) => (one.type === "gone" ? [one.record] : [])), next?.people.length], [[record], 0]);
  assert.ok(!(await o.enrolled()).down.people.some((one) => one.record === record));
});
