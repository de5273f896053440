// The pure parts of the terminal's core: sealing by place, keys, the clock of leases, the states of work, heads and search.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReceiptEntry } from "../../../bundle/contents.ts";
import { chineseDate, isSetBack, momentOf, seen, toldBy } from "./clock.ts";
import { emptyMemory } from "./context.ts";
import { type Head, layOver, plainOf, segmentOf } from "./heads.ts";
import { leaseKey, newBrowserKeys, pinKey, random, unwrap, wrap } from "./keys.ts";
import { hold } from "./load.ts";
import { pagesOf, PAGE_BYTES } from "./people.ts";
import { search } from "./search.ts";
import { seal, SEAL_BYTES, unseal, utf8 } from "./seal.ts";
import { nameSpeller } from "./spelling.ts";
import { answeredBy, captureOf, movedBy, onRefused, picturesIn, standing, type WorkRow, workStates } from "./work.ts";

const key = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]) as Promise<CryptoKey>;

test("a row opens in its own place only, and never with a bit changed", async () => {
  const own = await key();
  const row = await seal(own, "person/a", utf8("虚构"));
  assert.equal(row.length, utf8("虚构").length + SEAL_BYTES);
  assert.deepEqual(await unseal(own, "person/a", row), utf8("虚构"));
  await assert.rejects(unseal(own, "person/b", row), { name: "OperationError" });
  await assert.rejects(unseal(await key(), "person/a", row), { name: "OperationError" });
  for (let bit = 0; bit < row.length * 8; bit += 1) {
    const bent = row.slice();
    bent[bit >> 3]! ^= 1 << (bit & 7);
    await assert.rejects(unseal(own, "person/a", bent), { name: "OperationError" });
  }
});

test("no nonce comes twice", async () => {
  const own = await key();
  const nonces = new Set<string>();
  for (let i = 0; i < 5000; i += 1) nonces.add(String((await seal(own, "x", utf8("x"))).subarray(0, 12)));
  assert.equal(nonces.size, 5000);
});

test("the store key needs the PIN, this browser and the lease, each of them", async () => {
  const [browser, other] = [await newBrowserKeys(), await newBrowserKeys()];
  const salt = random(16);
  const [terminalKey, storeKey] = [random(32), random(32)];
  const wrapped = await wrap(await pinKey("135790", salt, browser.mac, 1000), "terminal", terminalKey);
  assert.deepEqual(await unwrap(await pinKey("１３５７９０", salt, browser.mac, 1000), "terminal", wrapped), terminalKey, "full width is the same PIN");
  assert.equal(await unwrap(await pinKey("135791", salt, browser.mac, 1000), "terminal", wrapped), undefined);
  assert.equal(await unwrap(await pinKey("135790", salt, other.mac, 1000), "terminal", wrapped), undefined);
  const store = await wrap(await leaseKey(terminalKey, "secret of the lease"), "store", storeKey);
  assert.deepEqual(await unwrap(await leaseKey(terminalKey, "secret of the lease"), "store", store), storeKey);
  assert.equal(await unwrap(await leaseKey(terminalKey, "another"), "store", store), undefined);
  assert.equal(await unwrap(await leaseKey(random(32), "secret of the lease"), "store", store), undefined);
  await assert.rejects(crypto.subtle.exportKey("raw", browser.mac));
});

test("time for leases never goes back, is corrected by the office, and survives clocks that are ten years wrong", () => {
  const [day, year] = [86_400_000, 365 * 86_400_000];
  const t0 = Date.parse("2026-11-01T00:00:00Z");
  let clock = { latest: t0, skew: 0 };
  assert.equal(momentOf(clock, t0 - year), t0);
  assert.equal(isSetBack(clock, t0 - 3_600_000), false);
  assert.equal(isSetBack(clock, t0 - 2 * day), true);
  clock = seen(clock, t0 + 10 * year);
  assert.equal(momentOf(clock, t0), t0 + 10 * year, "what was seen stays");
  clock = toldBy(clock, t0 + day, t0 + day, true);
  assert.equal(momentOf(clock, t0 + day), t0 + day, "until the office says otherwise");
  clock = toldBy(clock, t0 + 2 * day, t0 + 2 * day - 10 * year, true);
  assert.equal(momentOf(clock, t0 + 3 * day - 10 * year), t0 + 3 * day);
  // By file: the bundle may be days old, so a clock ahead of it is believed, one behind it is not.
  clock = toldBy({ latest: t0, skew: 0 }, t0 + day, t0 + 3 * day, false);
  assert.deepEqual(clock, { latest: t0 + day, skew: 0 });
  clock = toldBy({ latest: t0, skew: 0 }, t0 + day, t0 - year, false);
  assert.equal(momentOf(clock, t0 - year), t0 + day);
});

const row = (more: Partial<WorkRow> = {}): WorkRow => ({
  entry: "e1", record: "r1", county: 350524, campaign: "c", area: 350524100201, fresh: false, scheme: "s", version: "1", hash: "h", basedOn: 3, before: { general: { name: "虚构" } },
  state: "draft", answers: { general: { name: "虚构二" } }, provenance: {}, channel: "home", remarkAnswers: {}, toJudge: [], startedAt: "2026-11-01T00:00:00Z", savedAt: "2026-11-01T00:00:00Z", ...more,
});
const receipt = (outcome: ReceiptEntry["outcome"], entry = "e1"): ReceiptEntry => ({ type: "receipt", entry, outcome, county: 350524, record: "r1", head: 4, state: "submitted", issues: [], at: "2026-11-02T00:00:00Z" });

test("what is packed does not change any more, and only packed work is answered", () => {
  for (const state of workStates) {
    const open = state === "draft" || state === "finished";
    assert.equal(movedBy(state, "save") !== undefined, open, state);
    assert.equal(movedBy(state, "finish") !== undefined, open, state);
    assert.equal(movedBy(state, "pack") !== undefined, state === "finished", state);
    for (const event of ["receipt-settled", "receipt-refused", "receipt-kept-apart", "out-of-date"] as const) assert.equal(movedBy(state, event) !== undefined, state === "packed", `${state} ${event}`);
  }
});

test("receipts settle, refuse or keep apart, once; those of other entries do nothing", () => {
  const packed = row({ state: "packed", seq: 1 });
  for (const outcome of ["applied", "merged", "unchanged", "repeated"] as const) assert.equal(answeredBy(packed, receipt(outcome), 5)?.state, "settled");
  const refused = answeredBy(packed, receipt("refused"), 5)!;
  assert.equal(refused.state, "refused");
  assert.equal(answeredBy(refused, receipt("refused"), 6), undefined);
  assert.equal(answeredBy(packed, receipt("applied", "e2"), 5), undefined);
  assert.equal(answeredBy(row({ state: "draft" }), receipt("applied"), 5), undefined);
  // Newer work on top of what was refused carries the refused changes on.
  const later = onRefused(row({ entry: "e2", state: "finished", before: { general: { name: "虚构二" } } }), refused);
  assert.deepEqual([later.state, later.before, later.basedOn], ["draft", packed.before, 3]);
});

test("of several pieces of work on a person the one that somebody here must act on stands first", () => {
  const works = [row({ entry: "a", state: "packed", seq: 1 }), row({ entry: "b", state: "refused" }), row({ entry: "c", state: "settled" })];
  assert.equal(standing(works).get("r1")?.entry, "b");
  assert.equal(standing([...works, row({ entry: "d" })]).get("r1")?.entry, "d");
  assert.equal(standing([works[2]!]).size, 0);
});

test("an entry for the office names the pictures of its answers, and an outcome carries no answers", () => {
  const id = "019abcde-0000-7000-8000-000000000001";
  assert.deepEqual(picturesIn({ general: { photo: id, name: "虚构", awards: [{ paper: id }] } }, (one) => one === id), [id]);
  const capture = captureOf(row({ state: "finished", finishedAt: "2026-11-01T01:00:00Z" }), [id]);
  assert.deepEqual([capture.submit, capture.before, capture.pictures], [true, { general: { name: "虚构" } }, [id]]);
  const outcome = captureOf(row({ outcome: { kind: "refused", note: "不愿意" } }), []);
  assert.deepEqual([outcome.submit, outcome.answers, outcome.before, outcome.outcome?.kind], [false, undefined, undefined, "refused"]);
});

const head = (n: number, name: string, idNumber: string, spelled: string, more: Partial<Head> = {}): Head => ({ record: `r${n}`, county: 350524, campaign: "c", name, idNumber, spelled, plain: plainOf(name, idNumber), area: 350524100201, state: "listed", head: 1, spot: { page: 0, offset: 0, length: 1 }, ...more });

test("heads survive the store; a later segment replaces and removes, but not those who have work here", () => {
  const heads = new Map<string, Head>();
  layOver(heads, segmentOf([head(1, "陈一", "1", "cy chenyi"), head(2, "陈二", "2", "ce chener"), head(3, "陈三", "3", "cs chensan")]), () => false);
  assert.deepEqual(heads.get("r1"), head(1, "陈一", "1", "cy chenyi"));
  layOver(heads, segmentOf([{ gone: "r1" }, { gone: "r2" }, head(3, "陈三", "3", "cs chensan", { state: "returned" })]), (record) => record === "r2");
  assert.deepEqual([...heads].map(([record, { gone, state }]) => [record, gone, state]), [["r2", true, "listed"], ["r3", undefined, "returned"]]);
});

test("search finds by each way in, best first, and counts all", async () => {
  const spell = await nameSpeller();
  const names = ["曾国华", "陈国华", "单 雄信", "阿卜杜·热合曼", "陈华"];
  const heads = names.map((name, n) => head(n, name, `99999919580312${n}01${n === 1 ? "X" : n}`, spell(name), n === 4 ? { area: 350524101201, state: "returned" } : {}));
  const areas = [["350524100000", "甲镇"], ["350524101000", "乙乡"]] as const;
  const find = (text: string, more: object = {}, works = new Map<string, "draft" | "packed">()): string[] => search(heads, works, areas, { text, campaign: "c", ...more }, 10).rows.map(({ name }) => name);
  assert.deepEqual(find("陈国华"), ["陈国华"]);
  assert.deepEqual(find("国华"), ["曾国华", "陈国华"]);
  assert.deepEqual(find("zeng"), ["曾国华"]);
  assert.deepEqual(find("sxx"), ["单 雄信"], "a surname is read as a surname: 单 shan");
  assert.deepEqual(find("CH"), ["陈华", "陈国华"], "whole initials before a part of the spelling");
  assert.deepEqual(find("阿卜杜•热合曼"), ["阿卜杜·热合曼"], "whichever dot");
  assert.deepEqual(find("999999195803121 01x"), ["陈国华"], "a blank and a small x");
  assert.deepEqual(find("２０１２"), ["单 雄信"], "the last digits, in full width");
  assert.deepEqual(find("乙乡"), ["陈华"]);
  assert.deepEqual(find("350524101"), ["陈华"]);
  assert.deepEqual(find("", { area: 350524101000 }), ["陈华"]);
  assert.deepEqual(find("", { show: "returned" }), ["陈华"]);
  assert.deepEqual(find("", { show: "unsent" }, new Map([["r0", "packed" as const]])), ["曾国华"]);
  assert.equal(find("", { show: "to-do" }, new Map([["r0", "packed" as const], ["r1", "draft" as const]])).length, 4);
  assert.deepEqual(find("", { campaign: "other" }), []);
  assert.deepEqual(search(heads, new Map(), areas, { text: "", campaign: "c" }, 2), { rows: search(heads, new Map(), areas, { text: "", campaign: "c" }, 10).rows.slice(0, 2), total: 5 });
});

test("sealed people are cut into pages; each is found again by its place", () => {
  const rows = [10, PAGE_BYTES - 5, 7, PAGE_BYTES + 100, 1].map((length, i) => new Uint8Array(length).fill(i + 1));
  const { pages, spots } = pagesOf(rows, 4);
  spots.forEach(({ page, offset, length }, i) => assert.deepEqual(pages[page - 4]!.subarray(offset, offset + length), rows[i]));
  assert.ok(pages.every((page) => page.length <= PAGE_BYTES || rows.some(({ length }) => length === page.length)));
});

test("notices stand in the order they were written, each once; a whole list brings all there are", () => {
  const memory = emptyMemory();
  const notice = (id: string, at: string, title = id) => ({ type: "notice", id, title, body: "内容", until: "2018-11-20", at }) as const;
  hold(memory, [notice("b", "2018-11-02T00:00:00Z")], false);
  hold(memory, [notice("a", "2018-11-01T00:00:00Z")], false);
  hold(memory, [notice("b", "2018-11-02T00:00:00Z", "改")], false);
  assert.deepEqual(memory.notices.map(({ title }) => title), ["a", "改"]);
  hold(memory, [notice("c", "2018-11-03T00:00:00Z")], true);
  assert.deepEqual(memory.notices.map(({ id }) => id), ["c"]);
  // Shown until the end of the day in China.
  assert.deepEqual([chineseDate(Date.parse("2018-11-20T15:59:59Z")), chineseDate(Date.parse("2018-11-20T16:00:00Z"))], ["2018-11-20", "2018-11-21"]);
});
