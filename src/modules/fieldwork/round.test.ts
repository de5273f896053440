// A terminal and its office over HTTP: enrolled, loaded, back with work, answered by receipts; and the same by file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { inIncident } from "../../../test/incident.ts";
import { addBase } from "../../../test/people.ts";
import { areas, completeAnswers, county, fictionalId, picture, type WorldActor } from "../../../test/world.ts";
import type { CaptureEntry, PersonEntry } from "../../bundle/contents.ts";
import { newId } from "../../core/ids.ts";
import type { Tx } from "../../platform/database.ts";
import { endRestriction, restrict } from "../records/service.ts";
import { writeNotice } from "../safeguards/service.ts";
import { educate, openOfficeForTerminals, type TestOffice } from "../../../test/terminals-office.ts";
import { digestOf, leaseIn, playTerminal, type Terminal, workOn } from "../../../test/played-terminal.ts";
import { openDatabase } from "../../platform/database.ts";
import { takeBundle } from "./down.ts";
import { bringBundle } from "./uploads.ts";

let o: TestOffice;
let terminal: Terminal;
let device: string;
before(async () => {
  o = await openOfficeForTerminals(5);
  terminal = await playTerminal(o.app, () => o.clock.at);
});
after(() => o.close());

test("a county registers a terminal, gives a code to a trained collector, and the terminal enrols with it once", async () => {
  device = await o.register(areas.A, "甲镇一号机");
  assert.equal((await o.device(device))["state"], "registered");
  const code = await o.code(device, "collectorA");
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/u);
  const enrolled = await terminal.enrol(` ${code.toLowerCase().replaceAll("-", " ")} `);
  assert.equal(enrolled.status, 200, JSON.stringify(enrolled.body));
  assert.equal(enrolled.body["device"], device);
  // The answer was lost: the same keys hear it again; other keys do not.
  assert.equal((await terminal.enrol(code)).status, 200);
  const other = await playTerminal(o.app, () => o.clock.at);
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
  assert.deepEqual(lease.operators.map((one) => one.account), [o.w.actors.collectorA.account]);
  assert.deepEqual(down.entries.filter((one) => one.type === "scheme").map((one) => one.version), [veterans.version]);
  assert.equal((down.header.about as { whole: boolean }).whole, true);
  const placeOf = (entries: typeof down.entries) => entries.find((one) => one.type === "campaign")?.place;
  assert.equal(placeOf(down.entries), undefined, "no terminal asks where a visit is made unless the operator says so");
  assert.equal(await terminal.fetch(), undefined);
  const { rows } = await o.owner.query("select people, area from audit_entry where action = 'terminal.read-people'");
  assert.deepEqual(rows, [{ people: 5, area: areas.A }]);
});

test("captures go up in pieces, take effect under the collector, and their receipts come down", async () => {
  const [first, second] = loaded as [PersonEntry, PersonEntry];
  const photo = await picture();
  const id = newId();
  const one = educate(first, "60", { pictures: [id] });
  (one.answers as { general: Record<string, unknown> }).general["photo_recent"] = id;
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
  await o.apply();
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
  const { rows } = await o.owner.query("select author, channel from revision where county = $1 and record_id = $2 and no = 2", [county, first.record]);
  assert.deepEqual(rows, [{ author: o.w.actors.collectorA.account, channel: "home" }]);
  assert.equal((await o.owner.query("select from media where id = $1 and record_id = $2", [id, first.record])).rowCount, 1);
  assert.equal(await terminal.fetch(), undefined);
  assert.deepEqual(o.faults, []);
});

test("the same round by file: brought by the township, answered by a file of the office", async () => {
  const [, , third] = loaded as [PersonEntry, PersonEntry, PersonEntry];
  const work = workOn(third, veterans, undefined, { outcome: { kind: "not-found", note: "多次上门无人" } });
  const { answers: _, before: __, ...outcomeOnly } = work;
  const bytes = await terminal.pack([{ entry: outcomeOnly }]);
  const brought = await o.bring("reviewerA", bytes);
  assert.equal(brought.status, 200, JSON.stringify(brought.body));
  assert.equal(brought.body["state"], "queued");
  await o.apply();
  const shown = await o.ok("reviewerA", "GET", `/api/fieldwork/bundles/${String(brought.body["id"])}`);
  assert.partialDeepStrictEqual(shown.body, { bundle: { state: "applied", outcomes: { applied: 1 } }, entries: [{ outcome: "applied", name: "陈虚构" }] });
  // With one connection there is none to spare: a file that is made or read inside somebody's transaction would wait for ever.
  const single = openDatabase(o.t.app, o.t.keys, 1);
  const narrow = { ...o.platform, database: single };
  assert.equal((await bringBundle(narrow, o.w.actors.reviewerA, { fileName: "again.qcb", mime: "", bytes })).id, brought.body["id"], "brought again it is the same");
  await takeBundle(narrow, o.w.actors.reviewerA, device, {});
  await single.close();
  const file = await o.ok("reviewerA", "POST", `/api/fieldwork/devices/${device}/bundle`, {});
  const taken = await terminal.read(file.raw);
  assert.deepEqual(taken.receipts.map((one) => [one.entry, one.outcome, one.state]), [[work.entry, "applied", "not-found"]]);
  assert.deepEqual(o.faults, []);
});

test("the overview says what is undelivered and where the chain stands", async () => {
  assert.equal((await o.device(device))["seq"], 2);
  assert.equal((await o.device(device))["undeliveredReceipts"], 1);
  await terminal.fetch();
  // The terminal shows with its next question that it holds them.
  assert.equal(await terminal.fetch(), undefined);
  assert.equal((await o.device(device))["undeliveredReceipts"], 0);
});

test("a notice put in force comes down with its round, and how somebody was given it is kept with what they signed, also when there is a newer one by then", async () => {
  for (const n of [31, 32, 33]) await addBase(o.w, n, { education: undefined });
  const write = () => o.platform.database.write(o.w.actors.countyLead, (tx) => writeNotice(tx, o.platform, { campaign: o.w.campaign.id, handler: "虚构县退役军人事务局", contact: "0595-00000000", keptFor: "十年" }));
  const first = await write();
  const down = await terminal.fetch();
  const shown = down?.entries.find((one) => one.type === "campaign")?.notice;
  assert.deepEqual([shown?.no, shown?.digest, JSON.stringify(shown?.body).includes("虚构县退役军人事务局")], [1, first.digest, true]);
  const [now, late, unknown] = down!.people.filter((one) => one.state === "listed") as [PersonEntry, PersonEntry, PersonEntry];
  const told = (person: PersonEntry, digest: string): CaptureEntry => educate(person, "60", { notice: { how: "read-aloud", digest } });
  await terminal.upload(await terminal.pack([{ entry: told(now, first.digest) }]), 100_000);
  await o.apply();
  const second = await write();
  await terminal.upload(await terminal.pack([{ entry: told(late, first.digest) }, { entry: told(unknown, "f".repeat(64)) }]), 100_000);
  await o.apply();
  const kept = await o.owner.query("select notice_digest as digest, how, length(signed_digest) as signed, given_by as by from notice_given where county = $1 and record_id = any ($2) order by given_at", [county, [now.record, late.record, unknown.record]]);
  assert.deepEqual(kept.rows, [now, late].map(() => ({ digest: first.digest, how: "read-aloud", signed: 64, by: o.w.actors.collectorA.account })));
  Object.assign(o.platform, { asksPlace: true });
  const after = await terminal.fetch();
  Object.assign(o.platform, { asksPlace: undefined });
  assert.equal(after?.entries.find((one) => one.type === "campaign")?.place, true, "the operator lets terminals ask where a visit is made");
  assert.equal(after?.entries.find((one) => one.type === "campaign")?.notice?.digest, second.digest);
  assert.deepEqual(after?.receipts.map((one) => one.outcome), ["applied", "applied", "refused"]);
});

test("what is only stored leaves the terminal with its next bundle, and nothing comes down while an incident is in force", async () => {
  const held = await addBase(o.w, 34);
  assert.ok((await terminal.fetch())?.people.some((one) => one.record === held.id));
  const as = <T>(actor: WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => o.platform.database.write(o.w.actors[actor], work);
  await as("countyLead", (tx) => restrict(tx, { county, recordId: held.id }, newId()));
  const gone = await terminal.fetch();
  assert.deepEqual([gone?.entries.filter((one) => one.type === "gone").map((one) => one.record), gone?.people], [[held.id], []]);
  const whole = await o.ok("reviewerA", "POST", `/api/fieldwork/devices/${device}/bundle`, { whole: true });
  assert.ok((await terminal.read(whole.raw)).people.every((one) => one.record !== held.id), "nor is it in a whole bundle");

  await addBase(o.w, 35);
  await inIncident(o.platform, o.w.actors, async () => {
    await assert.rejects(terminal.fetch(), /frozen/u);
    assert.equal((await o.ask("reviewerA", "POST", `/api/fieldwork/devices/${device}/bundle`, {})).body["code"], "frozen");
  });
  await as("countyLead", (tx) => endRestriction(tx, { county, recordId: held.id }, "本人撤回"));
  assert.ok((await terminal.fetch())?.people.some((one) => one.record === held.id), "it comes back when the restriction ends");
});

test("days that moved come down although nothing else is new; work of an open day is taken after the round's end, work of a later day is not", async () => {
  const [, , , fourth, fifth] = loaded as [PersonEntry, PersonEntry, PersonEntry, PersonEntry, PersonEntry];
  await o.owner.query("update campaign set ends_on = '2018-10-31' where id = $1", [fourth.campaign]);
  const down = await terminal.fetch();
  assert.equal(down?.entries.find((one) => one.type === "campaign")?.gate?.endsOn, "2018-10-31");
  assert.equal(await terminal.fetch(), undefined);
  const [inside, outside] = [educate(fourth, "60", { finishedAt: "2018-10-31T15:59:00Z" }), educate(fifth, "60", { finishedAt: "2018-10-31T16:00:00Z" })];
  const upload = await terminal.upload(await terminal.pack([{ entry: inside }, { entry: outside }]), 100_000);
  await o.apply();
  assert.equal(await terminal.state(upload), "applied");
  const answers = new Map((await terminal.fetch())?.receipts.map((receipt) => [receipt.entry, receipt]));
  assert.equal(answers.get(inside.entry)?.outcome, "applied", "until midnight in China");
  assert.equal(answers.get(outside.entry)?.outcome, "refused");
  assert.match(answers.get(outside.entry)?.why?.en ?? "", /2018-10-01 to 2018-10-31 and is over/u);
});
