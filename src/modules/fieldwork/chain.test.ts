// Bundles that are copied, lost, late, forged or foreign: each refused or waiting with its reason, and nothing of them takes effect.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { areas } from "../../../test/world.ts";
import { suites } from "../../bundle/suite.ts";
import { parcelOf } from "../../bundle/parcel.ts";
import { educate, type Enrolled, openOfficeForTerminals, type TestOffice } from "../../../test/terminals-office.ts";
import { chainVerdict, expiredWhy, skewOf } from "./rules.ts";

let o: TestOffice;
before(async () => void (o = await openOfficeForTerminals(8)));
after(() => o.close());

const person = ({ down }: Enrolled, n: number) => down.people[n]!;
const first = "0".repeat(64);

test("the chain says next, repeat, wait or broken", () => {
  const chain = { seq: 2, headDigest: "b", digestAt: (seq: number) => [undefined, "a", "b"][seq] };
  assert.equal(chainVerdict(chain, { seq: 3, digest: "c", previous: "b" }).kind, "next");
  assert.equal(chainVerdict(chain, { seq: 1, digest: "a", previous: first }).kind, "repeat");
  assert.equal(chainVerdict(chain, { seq: 2, digest: "x", previous: "a" }).kind, "broken");
  assert.equal(chainVerdict(chain, { seq: 3, digest: "c", previous: "a" }).kind, "broken");
  assert.deepEqual(chainVerdict(chain, { seq: 5, digest: "e", previous: "d" }), { kind: "wait", missing: 3 });
  assert.equal(chainVerdict({ seq: 0, headDigest: null, digestAt: () => undefined }, { seq: 1, digest: "a", previous: first }).kind, "next");
});

test("a bundle is out of date after what it says, thirty days at most, by the office's clock", () => {
  const made = { created: "2018-11-01T00:00:00Z", expires: "2028-11-01T00:00:00Z" };
  assert.equal(expiredWhy(made, new Date("2018-11-30T00:00:00Z")), undefined);
  assert.match(expiredWhy(made, new Date("2018-12-02T00:00:00Z"))?.zh ?? "", /31 天前打包/u);
  assert.equal(expiredWhy({ ...made, expires: "2018-11-02T00:00:00Z" }, new Date("2018-11-01T12:00:00Z")), undefined);
  assert.ok(expiredWhy({ ...made, expires: "2018-11-02T00:00:00Z" }, new Date("2018-11-03T00:00:00Z")));
  assert.equal(skewOf({ skewSeconds: -315_360_000 }, made.created), -315_360_000);
  assert.equal(skewOf({ clock: "2028-11-01T00:00:00Z" }, made.created), 315_619_200);
  assert.equal(skewOf(undefined, made.created), undefined);
});

test("a bundle sent again has the same receipts and no second effect; other bytes under its number are a copy of the terminal, which raises an alarm", async () => {
  const e = await o.enrolled();
  const work = educate(person(e, 0));
  const bytes = await e.terminal.pack([{ entry: work }]);
  await e.terminal.upload(bytes);
  await o.apply();
  assert.equal((await e.terminal.fetch())?.receipts.length, 1);
  assert.equal(await e.terminal.state(await e.terminal.upload(bytes)), "applied");
  assert.equal((await o.bring("countyLead", bytes)).body["state"], "applied");
  await o.apply();
  assert.equal(await o.revisions(work.record), 2);
  assert.deepEqual((await e.terminal.fetch())?.receipts.map((one) => [one.entry, one.outcome]), [[work.entry, "applied"]]);

  const clone = await e.terminal.pack([{ entry: educate(person(e, 1)) }], { seq: 1, previous: first, keep: true });
  const refused = await e.terminal.upload(clone);
  await o.apply();
  assert.match((await o.bundle(refused)).problem?.zh ?? "", /被复制或被恢复/u);
  assert.match(String(((await o.device(e.device))["alarm"] as { zh: string }).zh), /被复制/u);
  assert.equal(await o.revisions(person(e, 1).record), 1);
  const behind = await e.terminal.pack([{ entry: educate(person(e, 1)) }], { previous: first, keep: true });
  const broken = await e.terminal.upload(behind);
  await o.apply();
  assert.match((await o.bundle(broken)).problem?.zh ?? "", /没有接在/u);
});

test("a bundle that came before its predecessor waits for it; a parcel brings all that is missing at once", async () => {
  const e = await o.enrolled();
  const [one, two, three] = [await e.terminal.pack([{ entry: educate(person(e, 2)) }]), await e.terminal.pack([{ entry: educate(person(e, 3)) }]), await e.terminal.pack([{ entry: educate(person(e, 4)) }])];
  const late = await e.terminal.upload(three);
  await o.apply();
  assert.equal(await e.terminal.state(late), "waiting");
  assert.equal((await o.device(e.device))["waitingBundles"], 1);
  const parcel = Buffer.from(await parcelOf([new Blob([one as Uint8Array<ArrayBuffer>]), new Blob([two as Uint8Array<ArrayBuffer>])]).arrayBuffer());
  const brought = await o.bring("collectorA", parcel);
  assert.equal(brought.status, 200, JSON.stringify(brought.body));
  assert.equal((brought.body["more"] as unknown[]).length, 1);
  await o.apply();
  assert.equal(await e.terminal.state(late), "applied");
  for (const n of [2, 3, 4]) assert.equal(await o.revisions(person(e, n).record), 2);
  assert.equal((await o.device(e.device))["seq"], 3);
});

test("an outdated bundle is refused but keeps its place, so that the next one follows", async () => {
  const e = await o.enrolled();
  const now = o.clock.at.getTime();
  const old = await e.terminal.pack([{ entry: educate(person(e, 5)) }], { created: new Date(now - 31 * 86_400_000).toISOString(), expires: new Date(now - 86_400_000).toISOString() });
  const refused = await e.terminal.upload(old);
  await o.apply();
  assert.match((await o.bundle(refused)).problem?.zh ?? "", /已过期/u);
  assert.deepEqual((await e.terminal.fetch())?.entries.filter((entry) => entry.type === "taken").map((entry) => entry.seq), [1]);
  const again = await e.terminal.upload(await e.terminal.pack([{ entry: educate(person(e, 5)) }]));
  await o.apply();
  assert.equal(await e.terminal.state(again), "applied");
});

test("what another device, another collector or another office made is refused, and what was altered too", async () => {
  const e = await o.enrolled();
  const work = [{ entry: educate(person(e, 6)) }];
  const why = async (bytes: Buffer): Promise<string> => {
    const id = await e.terminal.upload(bytes);
    await o.apply();
    const { state, problem } = await o.bundle(id);
    assert.equal(state, "refused");
    return problem?.zh ?? "";
  };
  const { international } = suites;
  assert.match(await why(await e.terminal.pack(work, { keep: true, person: international.newSignKeys() })), /不是由这台终端的采集员签名/u);
  assert.match(await why(await e.terminal.pack(work, { keep: true, person: null })), /不是由这台终端的采集员签名/u);
  assert.match(await why(await e.terminal.pack(work, { keep: true, receiver: international.newSealKeys().publicKey })), /不是发给本机/u);
  assert.match(await why(await e.terminal.pack(work, { keep: true, device: international.newSignKeys() })), /签名不对/u);
  assert.match(await why(await e.terminal.pack(work, { keep: true, from: "01a2013a-699b-7000-830e-69bb004b283b" })), /不是这台终端的采集数据包/u);
  assert.match(await why(await e.terminal.pack(work, { keep: true, kind: "node-up" })), /不是这台终端的采集数据包/u);
  const altered = Buffer.from(await e.terminal.pack(work, { keep: true }));
  altered[altered.length - 100]! ^= 1;
  assert.ok(await why(altered));
  assert.equal((await o.bring("countyLead", await e.terminal.pack(work, { keep: true, device: international.newSignKeys() }))).body["code"], "bundle-not-accepted");
  assert.equal((await o.bring("countyLead", Buffer.from("not a bundle at all"))).body["code"], "bundle-not-accepted");
  assert.equal((await o.bring("collectorB", await e.terminal.pack(work, { keep: true }))).body["code"], "bundle-not-accepted");
  assert.equal(await o.revisions(person(e, 6).record), 1);
  assert.equal((await o.device(e.device))["seq"], 0);
});

test("a revoked terminal is unknown to the office, its bundles are refused, and it hears of it in a signed list", async () => {
  const e = await o.enrolled(areas.A, "collectorA", "national");
  const other = await o.enrolled();
  const bytes = await e.terminal.pack([{ entry: educate(person(e, 7)) }]);
  assert.equal((await o.ask("reviewerA", "POST", `/api/fieldwork/devices/${e.device}/revoke`, { reason: "丢失" })).status, 403);
  await o.ok("countyLead", "POST", `/api/fieldwork/devices/${e.device}/revoke`, { reason: "丢失" });
  const reply = await e.terminal.signed("POST", "/api/terminal/down", { json: {} });
  assert.deepEqual([reply.status, reply.body["code"]], [401, "device-not-known"]);
  const list = await e.terminal.read((await e.terminal.plain("GET", `/api/terminal/revocations?device=${e.device}`)).raw);
  assert.deepEqual(list.entries, [{ type: "revocations", no: 1, devices: [e.device] }]);
  assert.equal((await e.terminal.plain("GET", `/api/terminal/revocations?device=${other.device}`)).status, 404);
  // The others hear of it with their next bundle.
  assert.deepEqual((await other.terminal.fetch())?.entries.filter((one) => one.type === "revocations"), [{ type: "revocations", no: 1, devices: [e.device] }]);
  const brought = await o.bring("countyLead", bytes);
  await o.apply();
  assert.match((await o.bundle(String(brought.body["id"]))).problem?.zh ?? "", /已吊销/u);
  assert.equal(await o.revisions(person(e, 7).record), 1);
  assert.equal((await e.terminal.read((await o.ok("countyLead", "POST", `/api/fieldwork/devices/${e.device}/bundle`, {})).raw)).entries.length, 1);
});

test("a request with another key, another body, an old challenge or another office's challenge is not heard", async () => {
  const e = await o.enrolled();
  const signed = await e.terminal.signed("POST", "/api/terminal/down", { json: {} });
  assert.equal(signed.status, 200);
  const challenge = String((await e.terminal.plain("GET", "/api/terminal/hello")).body["challenge"]);
  const header = (text: string) => ({ "x-qingce-device": text, "content-type": "application/json" });
  for (const text of ["", `${e.device};${challenge};00112233445566778899aabbccddeeff;`, `${e.device};${challenge};00112233445566778899aabbccddeeff;${Buffer.alloc(64).toString("base64url")}`]) {
    assert.equal((await e.terminal.plain("POST", "/api/terminal/down", Buffer.from("{}"), header(text))).status, 401);
  }
  const before = o.clock.at;
  o.clock.at = new Date(before.getTime() - 3_600_000);
  const old = String((await e.terminal.plain("GET", "/api/terminal/hello")).body["challenge"]);
  o.clock.at = before;
  const { knockText } = await import("./knock.ts");
  const nonce = "00112233445566778899aabbccddeeff";
  const signatureOver = (body: string, with_: string): string => Buffer.from(suites.international.sign(e.terminal.keys.sign.secretKey, Buffer.from(knockText("POST", "/api/terminal/down", with_, nonce, Buffer.from(body))))).toString("base64url");
  const sent = (body: string, with_: string, signature: string) => e.terminal.plain("POST", "/api/terminal/down", Buffer.from(body), header(`${e.device};${with_};${nonce};${signature}`));
  assert.equal((await sent("{}", challenge, signatureOver("{}", challenge))).status, 200);
  assert.equal((await sent('{"peopleHeld":1}', challenge, signatureOver("{}", challenge))).status, 401);
  assert.equal((await sent("{}", old, signatureOver("{}", old))).status, 401);
  assert.equal((await sent("{}", `${Math.floor(before.getTime() / 1000)}.${"0".repeat(64)}`, signatureOver("{}", `${Math.floor(before.getTime() / 1000)}.${"0".repeat(64)}`))).status, 401);
});
