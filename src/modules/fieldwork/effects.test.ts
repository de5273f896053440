// What terminals bring takes effect once, under the rights of the moment, whatever is sent how often and whoever is killed; and what changes reaches every terminal it belongs to.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { addBase, as, submitted } from "../../../test/people.ts";
import { areas, completeAnswers, county, picture } from "../../../test/world.ts";
import type { CaptureEntry, PersonEntry } from "../../bundle/contents.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { restingPlace } from "../../platform/resting.ts";
import type { Scan } from "../../platform/scanner.ts";
import { askHandover, decideRecord, settleHandover } from "../review/service.ts";
import { saveCapture } from "../records/service.ts";
import { workOffBundle } from "./arrival.ts";
import { workOffBundles } from "./duties.ts";
import { educate, type Enrolled, openOfficeForTerminals, type TestOffice } from "../../../test/terminals-office.ts";
import { type TakenIn, workOn } from "../../../test/played-terminal.ts";

let o: TestOffice;
before(async () => void (o = await openOfficeForTerminals(28)));
after(() => o.close());

const person = ({ down }: Enrolled, n: number): PersonEntry => down.people[n]!;
const receipts = (taken: TakenIn | undefined) => new Map((taken?.receipts ?? []).map((one) => [one.entry, one]));
const send = async (e: Enrolled, entries: readonly object[]): Promise<TakenIn | undefined> => {
  await e.terminal.upload(await e.terminal.pack(entries.map((entry) => ({ entry }))));
  await o.apply();
  return e.terminal.fetch();
};

test("sixteen uploads of one bundle at once, worked off by four workers at once, take effect once", async () => {
  const e = await o.enrolled();
  const works = [educate(person(e, 0)), educate(person(e, 1)), educate(person(e, 2))];
  const bytes = await e.terminal.pack(works.map((entry) => ({ entry })));
  const announce = { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  const one = async (): Promise<string> => {
    const id = String((await e.terminal.signed("POST", "/api/terminal/uploads", { json: announce })).body["id"]);
    for (let offset = 0; offset < bytes.length; ) {
      const reply = await e.terminal.signed("PUT", `/api/terminal/uploads/${id}?offset=${offset}`, { bytes: bytes.subarray(offset, offset + 900) });
      // Another of the sixteen was faster: nothing was changed, and the office says where it stands.
      assert.ok(reply.status === 200 || reply.body["code"] === "wrong-offset", JSON.stringify(reply.body));
      offset = Number((await e.terminal.signed("GET", `/api/terminal/uploads/${id}`)).body["offset"]);
    }
    return id;
  };
  const ids = new Set(await Promise.all(Array.from({ length: 16 }, one)));
  assert.equal(ids.size, 1);
  const [id] = ids;
  await Promise.all(Array.from({ length: 4 }, () => workOffBundle(o.platform, id!, (line) => o.faults.push(line))));
  assert.deepEqual((await o.bundle(id!)).outcomes, { applied: 3 });
  for (const work of works) assert.equal(await o.revisions(work.record), 2);
  assert.equal((await e.terminal.fetch())?.receipts.length, 3);
  assert.equal((await o.device(e.device))["seq"], 1);
  assert.deepEqual(o.faults, []);
});

test("a worker killed after any of its steps goes on where it was: nothing twice, nothing lost", async () => {
  const e = await o.enrolled();
  const works = [educate(person(e, 3)), educate(person(e, 4)), educate(person(e, 5)), educate(person(e, 6))];
  const id = await e.terminal.upload(await e.terminal.pack(works.map((entry) => ({ entry }))));
  // A worker whose database goes away after so many transactions, as a kill leaves it.
  for (let steps = 1; (await e.terminal.state(id)) === "queued"; steps += 1) {
    assert.ok(steps < 60);
    let left = steps;
    const dying = <T>(work: () => Promise<T>): Promise<T> => ((left -= 1) < 0 ? Promise.reject(new Error("killed")) : work());
    const { database } = o.platform;
    const platform = { ...o.platform, database: { ...database, read: ((actor, work) => dying(() => database.read(actor, work))) as typeof database.read, write: ((actor, work) => dying(() => database.write(actor, work))) as typeof database.write } };
    await workOffBundle(platform, id, () => {}).catch((error: Error) => assert.equal(error.message, "killed"));
    assert.ok((await o.owner.query("select from bundle_entry e where bundle_id = $1 and outcome <> 'applied' and outcome <> 'refused'", [id])).rowCount === 0);
  }
  assert.equal(await e.terminal.state(id), "applied");
  const { rows } = await o.owner.query("select e.outcome, (select count(*)::int from revision v where v.record_id = e.record_id) as revisions from bundle_entry e where bundle_id = $1", [id]);
  assert.deepEqual(rows, Array.from({ length: 4 }, () => ({ outcome: "applied", revisions: 2 })));
  assert.equal((await e.terminal.fetch())?.receipts.length, 4);
});

test("work on people outside the terminal's area is refused with words, in whatever way it names them", async () => {
  const e = await o.enrolled(areas.A1);
  const other = await addBase(o.w, 300, { domicile_region: String(areas.B1) });
  const foreign = educate({ ...person(e, 7), record: other.id, area: areas.A1 });
  const neighbour = educate({ ...person(e, 7), record: newId(), head: 0, area: areas.A2 }, "60", { fresh: true, before: {} });
  const county2 = educate({ ...person(e, 7), county: 350525, area: areas.elsewhere }, "60");
  const unknown = educate({ ...person(e, 7), record: newId() });
  const down = receipts(await send(e, [foreign, neighbour, county2, unknown]));
  for (const work of [foreign, neighbour, county2, unknown]) {
    assert.equal(down.get(work.entry)?.outcome, "refused");
    assert.match(down.get(work.entry)?.why?.zh ?? "", /管辖范围/u);
  }
  assert.equal(await o.revisions(other.id), 1);
});

test("what is wrong with one piece of work of a bundle leaves the others applied, each with its own receipt, and later work on the same person waits for it", async () => {
  const e = await o.enrolled();
  const works = [educate(person(e, 20)), educate({ ...person(e, 21), record: newId() }), educate({ ...person(e, 22), head: 7 }), educate(person(e, 22)), educate(person(e, 23))];
  const [one, unknown, lying, after, last] = works as [CaptureEntry, CaptureEntry, CaptureEntry, CaptureEntry, CaptureEntry];
  let writes = 0;
  const { database } = o.platform;
  const counting = { ...o.platform, database: { ...database, write: ((actor, work) => ((writes += 1), database.write(actor, work))) as typeof database.write } };
  const id = await e.terminal.upload(await e.terminal.pack(works.map((entry) => ({ entry }))));
  await workOffBundle(counting, id, (line) => o.faults.push(line));
  const down = receipts(await e.terminal.fetch());
  assert.deepEqual([one, unknown, lying, after, last].map((work) => down.get(work.entry)?.outcome), ["applied", "refused", "refused", "applied", "applied"]);
  for (const work of [one, after, last]) assert.equal(await o.revisions(work.record), 2);
  assert.deepEqual((await o.bundle(id)).outcomes, { applied: 3, refused: 2 });

  const smooth = [educate(person(e, 20), "70", { basedOn: 2, before: { ...person(e, 20).answers, general: { ...(person(e, 20).answers["general"] as object), education: "60" } } }), educate(person(e, 24)), educate(person(e, 25)), educate(person(e, 26)), educate(person(e, 24))];
  const whole = await e.terminal.upload(await e.terminal.pack(smooth.map((entry) => ({ entry }))));
  writes = 0;
  await workOffBundle(counting, whole, (line) => o.faults.push(line));
  assert.deepEqual((await o.bundle(whole)).outcomes, { applied: 4, unchanged: 1 }, "the second work on a person finds the first");
  const { rows: stored } = await o.owner.query("select count(*)::int as revisions, count(distinct (v.xmin::text, v.cmin::text))::int as statements from revision v join record r on r.county = v.county and r.id = v.record_id and v.no = r.head where r.id = any ($1)", [smooth.map((work) => work.record)]);
  assert.deepEqual(stored, [{ revisions: 4, statements: 1 }], "what was captured is stored together");
  assert.equal(writes, 3, "its place in the chain, all its work together, its end");
  assert.deepEqual(o.faults, []);
});

test("the scanner looks at each picture inside a bundle: work with a harmful one is refused, other work is applied, and while nobody looks the bundle waits", async () => {
  const e = await o.enrolled();
  const photos = [await picture(), Buffer.concat([await picture(), Buffer.from("HARM")])];
  const works = photos.map((bytes, n) => {
    const id = newId();
    const work = educate(person(e, 10 + n), "60", { pictures: [id] });
    (work.answers as { general: Record<string, unknown> }).general["photo_recent"] = id;
    return { id, work, bytes, entry: { type: "picture", entry: work.entry, id, path: "general.photo_recent", mime: "image/jpeg", sha256: createHash("sha256").update(bytes).digest("hex") } };
  });
  const [clean, harmful] = works as [(typeof works)[0], (typeof works)[0]];
  const id = await e.terminal.upload(await e.terminal.pack(works.flatMap(({ work, entry, bytes }) => [{ entry: work }, { entry, bytes }])));
  const workOff = (scan: Scan): Promise<void> => workOffBundle({ ...o.platform, scan }, id, (line) => o.faults.push(line));
  await assert.rejects(workOff(async () => Promise.reject(new Problem("scanner-away"))), (error) => error instanceof Problem && error.code === "scanner-away");
  assert.equal(await e.terminal.state(id), "queued");
  for (const { work } of works) assert.equal(await o.revisions(work.record), 1);
  let [now, looks] = [0, 0];
  const [lines, resting] = [[] as unknown[], restingPlace(() => now)];
  const away: Scan = async () => ((looks += 1), Promise.reject(new Problem("scanner-away")));
  const other = educate(person(e, 27));
  const round = (): Promise<void> => workOffBundles({ ...o.platform, scan: away }, (line) => lines.push(line), undefined, resting);
  await round();
  const once = looks;
  const next = await e.terminal.upload(await e.terminal.pack([{ entry: other }]));
  for (now of [1_000, 2_000, 59_999]) await round();
  assert.deepEqual([looks, lines], [once, [{ level: "error", where: "terminal bundles", bundle: id, error: "scanner-away" }]], "tried and told once a minute, not with every round");
  assert.notEqual(await e.terminal.state(next), "queued", "what needs no scanner does not wait");
  now = 60_000;
  await round();
  assert.deepEqual([looks, lines.length], [2 * once, 2]);
  await workOff(async (bytes) => (Buffer.from(bytes).includes("HARM") ? Promise.reject(new Problem("file-harmful")) : undefined));
  assert.deepEqual((await o.bundle(id)).outcomes, { applied: 1, refused: 1 });
  const down = receipts(await e.terminal.fetch());
  assert.deepEqual([down.get(clean.work.entry)?.outcome, down.get(harmful.work.entry)?.outcome], ["applied", "refused"]);
  assert.match(down.get(harmful.work.entry)?.why?.zh ?? "", /杀毒程序认为文件有害/u);
  assert.deepEqual((await o.owner.query("select id from media where id = any ($1)", [works.map((one) => one.id)])).rows, [{ id: clean.id }]);
  assert.deepEqual(o.faults, []);
});

test("a collector who was disabled, or whose training ended, brings nothing in; later the same work may come again", async () => {
  const e = await o.enrolled(areas.B, "collectorB");
  const held = await addBase(o.w, 301, { domicile_region: String(areas.B1), education: undefined });
  const listed = (await e.terminal.fetch())?.people.find((one) => one.record === held.id);
  const work = educate(listed!, "60");
  await o.owner.query("update account set disabled_at = now() where id = $1", [o.w.actors.collectorB.account]);
  const refused = receipts(await send(e, [work])).get(work.entry);
  assert.deepEqual([refused?.outcome, refused?.why?.zh], ["refused", "采集员账号已停用"]);
  await o.owner.query("update account set disabled_at = null where id = $1", [o.w.actors.collectorB.account]);
  const now = receipts(await send(e, [work])).get(work.entry);
  assert.equal(now?.outcome, "applied", JSON.stringify(now));
  await o.owner.query("update device_operator set until = '2018-10-31' where device_id = $1", [e.device]);
  const late = educate({ ...listed!, head: 2 }, "70");
  assert.equal(receipts(await send(e, [late])).get(late.entry)?.why?.zh, "采集员的培训已过期");
});

test("what contradicts the office meanwhile is kept apart, what does not is merged, and the overview counts what waits", async () => {
  const e = await o.enrolled();
  const [merged, apart] = [person(e, 8), person(e, 9)];
  const general = (one: PersonEntry) => ({ ...completeAnswers(1).general, ...(one.answers["general"] as object) });
  const office = (one: PersonEntry, more: object) => as(o.w, "collectorA", (tx) => saveCapture(tx, o.platform, { county, id: one.record, basedOn: 1, answers: { ...completeAnswers(1), ...one.answers, general: { ...general(one), ...more } }, channel: "station", submit: false }));
  await office(merged, { education: undefined, remark: "电话预约上门" });
  await office(apart, { education: "20" });
  const [a, b] = [educate(merged, "60"), educate(apart, "60")];
  const down = receipts(await send(e, [a, b]));
  assert.equal(down.get(a.entry)?.outcome, "merged", JSON.stringify(down.get(a.entry)));
  assert.equal(down.get(b.entry)?.outcome, "kept-apart");
  assert.equal((await o.device(e.device))["waitingConflicts"], 1);
});

test("a returned record reaches every terminal of its area with all answers and remarks, also one that came later, and is answered from there", async () => {
  const [e, other] = [await o.enrolled(), await o.enrolled()];
  const sent = await submitted(o.w, 310);
  await e.terminal.fetch();
  await as(o.w, "reviewerA", (tx) => decideRecord(tx, o.platform, { county, id: sent.id, basedOn: sent.head, decision: "return", remarks: [{ path: "general.education", body: "请核对学历" }] }));
  const [before] = [await o.ok("countyLead", "GET", "/api/fieldwork/devices")];
  assert.equal(before.body["unfetchedReturns"], 1);
  const later = await o.enrolled(areas.A1);
  for (const [one, down] of [[e, await e.terminal.fetch()], [other, await other.terminal.fetch()], [later, later.down]] as const) {
    const back = down?.people.find((each) => each.record === sent.id);
    assert.equal(back?.state, "returned", one.device);
    assert.deepEqual(back?.remarks.map((remark) => [remark.path, remark.body]), [["general.education", "请核对学历"]]);
    assert.equal((back?.answers["general"] as { annual_income?: number }).annual_income, 12000);
    await one.terminal.fetch();
  }
  assert.equal((await o.ok("countyLead", "GET", "/api/fieldwork/devices")).body["unfetchedReturns"], 0);
  const back = later.down.people.find((each) => each.record === sent.id)!;
  const work = workOn(back, veterans, { ...back.answers, general: { ...(back.answers["general"] as object), education: "60" } }, { submit: true, remarks: [{ id: back.remarks[0]!.id, answer: "已更正" }] });
  const receipt = receipts(await send(later, [work])).get(work.entry);
  assert.deepEqual([receipt?.outcome, receipt?.state], ["applied", "submitted"], JSON.stringify(receipt));
});

test("a person handed over leaves the terminals of the old area and reaches those of the new", async () => {
  const [from, to] = [await o.enrolled(areas.A), await o.enrolled(areas.B, "collectorB")];
  const moved = person(from, 10);
  const asked = await as(o.w, "collectorA", (tx) => askHandover(tx, o.platform, { county, id: moved.record, toArea: areas.B1, reason: "户口在乙镇" }));
  await as(o.w, "reviewerB", (tx) => settleHandover(tx, o.platform, { county, id: asked.id, accept: true }));
  assert.deepEqual((await from.terminal.fetch())?.entries.filter((one) => one.type === "gone"), [{ type: "gone", county, record: moved.record }]);
  assert.ok((await to.terminal.fetch())?.people.some((one) => one.record === moved.record));
  assert.equal(await from.terminal.fetch(), undefined);
});

test("a change that was open while a bundle was made comes with the next one, though others came between", async () => {
  const e = await o.enrolled();
  const [slow, quick] = [person(e, 11), person(e, 12)];
  const pg = await import("pg");
  const client = new pg.default.Client(o.t.owner);
  await client.connect();
  await client.query("begin");
  await client.query("update record set updated_at = now() where id = $1", [slow.record]);
  await o.owner.query("update record set updated_at = now() where id = $1", [quick.record]);
  assert.deepEqual((await e.terminal.fetch())?.people.map((one) => one.record), [quick.record]);
  await client.query("commit");
  await client.end();
  assert.deepEqual((await e.terminal.fetch())?.people.map((one) => one.record), [slow.record]);
  assert.equal(await e.terminal.fetch(), undefined);
});

test("who is only listed goes out with the base list's items, who is accepted too, and nobody goes out once the lease has ended", async () => {
  const e = await o.enrolled();
  const listed = person(e, 13);
  assert.ok(!("annual_income" in (listed.answers["general"] as object)));
  assert.ok("id_number" in (listed.answers["general"] as object));
  const before = o.clock.at;
  o.clock.at = new Date(before.getTime() + 15 * 86_400_000);
  await addBase(o.w, 320);
  const ended = await e.terminal.fetch();
  assert.deepEqual(ended?.people, []);
  assert.equal(ended?.entries.find((one) => one.type === "lease")?.secret, "");
  await o.ok("countyLead", "POST", `/api/fieldwork/devices/${e.device}/lease`, { leaseDays: 7 });
  const renewed = await e.terminal.fetch();
  assert.ok((renewed?.people.length ?? 0) >= 1, "people of the time without a lease come with the renewed one");
  o.clock.at = before;
});
