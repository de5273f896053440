// The terminal and a fake office over the network in a real browser: both ways, cut anywhere and gone on with; a full storage, a store thrown away,
// a revoked terminal, a clock that is years off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { Piece } from "../../src/bundle/frames.ts";
import { openBrowser } from "../browser.ts";
import { comeBack, coreScript } from "./core-page.ts";
import { answered, call, type Desk, leave, pin, pullOut, ready, reopen, start, status, takeIn, unlock, workOn } from "./desk.ts";
import { account, device, type FakeOffice, person, recordOf } from "./fake-office.ts";

let browser: Browser;
let script = "";
const offices: FakeOffice[] = [];
const sitDown = (people?: number, suite?: "international" | "national"): Promise<Desk> => ready(browser, script, offices, people, suite);

before(async () => {
  [browser, script] = await Promise.all([openBrowser(), coreScript()]);
});
after(async () => {
  await browser?.close();
  await Promise.all(offices.map((office) => office.close()));
});

const exchange = ({ seat }: Desk): Promise<unknown> => call(seat, (terminal) => terminal.exchange(() => undefined));
const changes = (office: FakeOffice, count: number): Promise<Buffer> => office.bundle(Array.from({ length: count }, (_, i): Piece => ({ entry: person(100 + i, { portrait: "p" }) })).flatMap((piece) => [piece, { entry: { type: "picture", entry: "", id: "p", path: "general.photo", mime: "image/jpeg", sha256: "0".repeat(64) }, bytes: new Uint8Array(40_000).fill(7) }]));

test("work goes up, its receipts and the changes come down; nothing goes twice", async () => {
  const desk = await sitDown();
  const { seat, office } = desk;
  await call(seat, (terminal, work) => terminal.finish(work), workOn(1));
  office.waiting = await changes(office, 3);
  assert.deepEqual(await exchange(desk), { people: 3, gone: 0, receipts: 0, returned: 0, whole: false, sent: 1 });
  assert.deepEqual(office.arrived.map(({ seq, captures }) => [seq, captures.length]), [[1, 1]]);
  office.waiting = await office.bundle([{ entry: office.receipt(office.arrived[0]!.captures[0]!) }, { entry: { type: "taken", seq: 1, digest: office.arrived[0]!.digest } }]);
  assert.deepEqual(await exchange(desk), { people: 0, gone: 0, receipts: 1, returned: 0, whole: false, sent: 1 });
  office.waiting = undefined;
  assert.deepEqual(await exchange(desk), { people: 0, gone: 0, receipts: 0, returned: 0, whole: false, sent: 0 });
  assert.equal(office.arrived.length, 1);
  assert.equal((await status(seat)).unconfirmed, 0);
  await leave(desk);
});

test("an exchange that is cut again and again goes on where it stood, also in another tab", async () => {
  const desk = await sitDown();
  const { seat, office } = desk;
  const picture = await call(seat, (terminal, record) => terminal.storePicture(record, "general.photo", new Blob([crypto.getRandomValues(new Uint8Array(60_000))])), recordOf(2));
  await call(seat, (terminal, work) => terminal.finish(work), workOn(2, { photo: String(picture) }));
  office.waiting = await changes(office, 260);
  assert.ok(office.waiting.length > 8 << 20, "more than two pieces");
  const seen = new Map<string, number>();
  // Each answer is lost the first time it is given.
  office.cut = (method, path) => {
    const times = (seen.get(`${method} ${path}`) ?? 0) + 1;
    seen.set(`${method} ${path}`, times);
    return times === 1 || (path.startsWith("/api/terminal/down/") && times % 2 === 1);
  };
  let done: unknown = "not-reachable";
  for (let tries = 0; done === "not-reachable" && tries < 20; tries += 1) {
    done = await exchange(desk);
    if (tries % 2 === 1) await reopen(seat);
  }
  assert.ok(typeof done === "object", String(done));
  assert.deepEqual(office.arrived.map(({ captures, pictures }) => [captures.length, pictures]), [[1, 1]], "once, with its picture");
  assert.equal((await status(seat)).people, 280);
  const pieces = office.asked.filter((asked) => asked.startsWith("GET /api/terminal/down/"));
  assert.ok(pieces.length <= 2 * Math.ceil(office.waiting.length / (4 << 20)), `${pieces.length} pieces were asked for`);
  await leave(desk);
});

test("the national suite goes the whole way as well", async () => {
  const desk = await sitDown(10, "national");
  const { seat, office } = desk;
  await call(seat, (terminal, work) => terminal.finish(work), workOn(3));
  office.waiting = await office.bundle([{ entry: person(50) }]);
  assert.deepEqual(await exchange(desk), { people: 1, gone: 0, receipts: 0, returned: 0, whole: false, sent: 1 });
  await reopen(seat);
  assert.equal((await status(seat)).people, 11);
  await leave(desk);
});

test("a terminal whose clock is ten years off works, and says how far it is off", async () => {
  const desk = await sitDown();
  const { seat, office } = desk;
  const years = -10 * 365 * 86_400;
  await comeBack(seat);
  await start(seat, years * 1000);
  assert.equal(await unlock(seat), "clock-wrong");
  office.waiting = await office.bundle([{ entry: office.lease() }]);
  assert.ok(typeof (await exchange(desk)) === "object");
  const { stage, skewSeconds = 0, people } = await status(seat);
  assert.deepEqual([stage, people], ["open", 20]);
  assert.ok(Math.abs(skewSeconds - years) < 120, `${skewSeconds}`);
  await call(seat, (terminal, work) => terminal.finish(work), workOn(4));
  office.waiting = undefined;
  await exchange(desk);
  assert.equal(office.arrived.at(-1)?.captures[0]?.finishedAt.slice(0, 10), new Date().toISOString().slice(0, 10), "moments are the office's");
  await leave(desk);
});

test("a revoked terminal that asks the office erases itself", async () => {
  const desk = await sitDown();
  const { seat, office } = desk;
  office.revoked = [device];
  assert.equal(await exchange(desk), "revoked");
  assert.equal((await status(seat)).stage, "revoked");
  await leave(desk);
});

test("where the storage is full nothing acknowledged is lost and the words say what to do; with room again it goes on", async () => {
  const desk = await sitDown();
  const { seat, office } = desk;
  await call(seat, (terminal, work) => terminal.finish(work), workOn(5));
  const large = await changes(office, 300);
  // The store refuses as a full disk does: the write fails, and its transaction with it.
  await seat.page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    let room = 2_000_000;
    IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
      room -= ((value as { readonly rows?: Uint8Array; readonly sealed?: Uint8Array }).rows ?? (value as { readonly sealed?: Uint8Array }).sealed)?.length ?? 100;
      if (room < 0) throw new DOMException("no room", "QuotaExceededError");
      return put.call(this, value, key);
    };
  });
  assert.equal(await takeIn(seat, large), "storage-full");
  assert.equal(await call(seat, (terminal, work) => terminal.saveDraft(work), workOn(6)), "storage-full");
  assert.deepEqual([(await status(seat)).people, (await status(seat)).finished], [20, 1]);
  await reopen(seat);
  assert.deepEqual([(await status(seat)).people, (await status(seat)).finished], [20, 1]);
  assert.ok(typeof (await takeIn(seat, large)) === "object");
  assert.equal((await status(seat)).people, 320);
  await leave(desk);
});

test("a store that the browser threw away is told from a new terminal, and can be enrolled again", async () => {
  const desk = await sitDown();
  const { seat } = desk;
  await pullOut(seat);
  await start(seat);
  assert.equal((await status(seat)).stage, "erased");
  assert.equal(await call(seat, (terminal, pin) => terminal.enrol({ code: "CODE-1", pin }), pin), undefined);
  assert.equal((await status(seat)).stage, "open");
  await leave(desk);
});

test("an activation code that is wrong, and an office that is away, are told apart", async () => {
  const desk = await sitDown();
  const { seat, office } = desk;
  await pullOut(seat);
  await start(seat);
  assert.equal(await call(seat, (terminal, pin) => terminal.enrol({ code: "WRONG", pin }), pin), "code-not-valid");
  assert.equal(await call(seat, (terminal) => terminal.enrol({ code: "CODE-1", pin: "123" })), "wrong-pin");
  const keys = new Set<string>();
  let answers = 0;
  office.cut = (_, path) => {
    if (path !== "/api/terminal/enrol") return false;
    keys.add(Buffer.from(office.terminal!.sign).toString("hex"));
    // Browsers try once more by themselves on a connection that was open.
    return (answers += 1) < 4;
  };
  let done: unknown = "not-reachable";
  let tries = 0;
  for (; done === "not-reachable" && tries < 5; tries += 1) done = await call(seat, (terminal, pin) => terminal.enrol({ code: "CODE-1", pin }), pin);
  assert.equal(done, undefined);
  assert.ok(tries > 1 && keys.size === 1, "the answer was lost, not the enrolment: the same keys come again");
  assert.deepEqual(answered(await status(seat)).operators, [{ account, name: "陈虚构员" }]);
  await leave(desk);
});
