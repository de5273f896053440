// The register as tokens, a department's own list as tokens, and the hits back as findings: the same absences as from the list itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, completeAnswers, county } from "../../../test/world.ts";
import { checkCharacter } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { matchTokens, readTokens } from "../../linkage/token-match.ts";
import { tokenFile } from "../../linkage/tokens.ts";
import { nameSyllables } from "../../platform/pinyin.ts";
import * as blind from "./blind.ts";
import { runHits, takeHits } from "./blind-hits.ts";

let m: MatchWorld;
before(async () => void (m = await matchWorld()));
after(() => m.close());

const NAMES = ["陈建国", "林志强", "黄丽华", "吴金水", "王国华", "李明辉"];
const birth = (n: number): string => `${1951 + n * 3}-0${1 + n}-1${n}`;
const idOf = (n: number): string => {
  const first17 = `999999${birth(n).replaceAll("-", "")}00${n}`;
  return first17 + checkCharacter(first17);
};
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const hitsFile = (text: string) => ({ fileName: "HITS.csv", mime: "text/csv", bytes: Buffer.from(text) });
const findings = () => m.rows("select class, record_id, state, closed_because from finding order by record_id, class");

let records: string[];
let key: { county: number; id: string };

test("the county makes a token file of its register for one department: nothing clear in it, purpose and audit", async () => {
  records = await m.accept(NAMES.map((name, n) => completeAnswers(n, { name, id_number: idOf(n), birth_date: birth(n) })));
  const ask = (purpose: string, department = "public_security") => m.as("countyLead", (tx) => blind.makeExchange(tx, m.w.platform, { campaign: m.w.campaign.id, department, purpose }));
  await assert.rejects(ask(" "), refused("purpose-missing"));
  await assert.rejects(ask("核对", "nobody"), refused("not-found"));
  const view = await ask("核对户籍");
  key = { county, id: view.id };
  assert.equal(view.state, "waiting");
  await assert.rejects(m.as("countyLead", (tx) => blind.tokensOf(tx, m.w.platform, key)), refused("move-not-possible"));
  const task = { id: newId(), input: key, actor: m.w.actors.countyLead, signal: new AbortController().signal, progress: () => Promise.resolve() };
  assert.deepEqual(await blind.runTokens(m.w.platform, task), { people: 6 });
  assert.deepEqual(await blind.runTokens(m.w.platform, task), { people: 6 });
  const file = Buffer.from((await m.as("countyLead", (tx) => blind.tokensOf(tx, m.w.platform, key))).bytes).toString();
  for (const clear of [...NAMES, ...NAMES.map((_, n) => idOf(n)), ...records, ...NAMES.map((_, n) => birth(n))]) assert.ok(!file.includes(clear));
  assert.equal(file.trim().split("\n").length, 8);
});

test("the department's hits raise what its list would have raised, and close it again", async () => {
  const tokens = Buffer.from((await m.as("countyLead", (tx) => blind.tokensOf(tx, m.w.platform, key))).bytes).toString();
  const agreed = Buffer.from(Buffer.from((await m.as("countyLead", (tx) => blind.agreedKey(tx, m.w.platform, key))).bytes).toString().trim(), "hex");
  // The department has four of the six, one with a number that lost two digits' order; it never shows the list.
  const swapped = `${idOf(3).slice(0, 15)}${idOf(3)[16]}${idOf(3)[15]}${idOf(3)[17]}`;
  const theirs = [0, 1, 2, 3].map((n) => ({ id: `D${n}`, name: NAMES[n]!, sound: nameSyllables(NAMES[n]!), id18: n === 3 ? swapped : idOf(n), valid: n !== 3, birth: birth(n), sex: "1", phone: "", area: String(areas.A1) }));
  const { hits } = matchTokens(readTokens(tokens), readTokens(tokenFile(theirs, agreed, "sha256").file));
  const text = `row,decision,weight\n${hits.map((hit) => `${hit.row},${hit.decision},${hit.weight}\n`).join("")}`;
  const take = (content: string, asOf?: string) => m.as("countyLead", (tx) => takeHits(tx, m.w.platform, key, { asOf }, hitsFile(content)));
  const told: number[] = [];
  const work = (signal = new AbortController().signal) => runHits(m.w.platform, { id: newId(), input: key, actor: m.w.actors.countyLead, signal, progress: async (_, done) => void told.push(done) });
  const state = async () => (await m.rows("select state, hits_sha256 from blind_exchange"))[0];
  await assert.rejects(take("id,name\n1,2\n"), refused("file-not-readable"));
  await assert.rejects(take(text, "2099-01-01"), refused("bad-request"));
  for (const wrong of ["abcdefgh,hit,12", text.split("\n").slice(1, 2).concat(text.split("\n")[1]!).join("\n"), text.split("\n")[1]!.replace("hit", "well")]) {
    assert.equal((await take(`row,decision,weight\n${wrong}\n`)).state, "taking");
    await assert.rejects(take(text), refused("move-not-possible"));
    await assert.rejects(work(), refused("file-not-readable"));
    assert.deepEqual(await state(), { state: "made", hits_sha256: null }, "the exchange waits for another file");
  }
  assert.equal((await take(text, "2018-10-30")).state, "taking");
  await assert.rejects(work(AbortSignal.abort()));
  assert.equal((await state())?.["state"], "taking", "an interrupted task is gone on with");
  assert.deepEqual(await work(), { people: 6, hits: 4, perhaps: 0, absent: 2, raised: 2, closed: 0 });
  await work();
  assert.ok(told.length > 2, "the work says how far it is");
  const view = await m.as("countyLead", (tx) => blind.openExchange(tx, key));
  assert.equal(view.state, "returned");
  assert.deepEqual(view.counts, { people: 6, hits: 4, perhaps: 0, absent: 2, raised: 2, closed: 0 });
  assert.deepEqual((await findings()).map((row) => [row["class"], row["record_id"], row["state"]]), [records[4], records[5]].sort().map((record) => ["P01", record, "open"]));
  await assert.rejects(take(text), refused("move-not-possible"));
  assert.equal((await m.rows("select from vouch")).length, 0, "nobody vouches for a value that was not shown");
  // The list itself says the same and more: the fifth person is on it by now.
  const HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地行政区划,曾服兵役";
  const line = (n: number): string => [idOf(n), NAMES[n], "男", birth(n), areas.A1, ""].join(",");
  await m.match(await m.bring("public_security", [HEADINGS, ...[0, 1, 2, 3, 4].map(line)].join("\n")));
  assert.deepEqual((await findings()).map((row) => [row["record_id"], row["state"], row["closed_because"]]), [[records[4], "closed", "agrees"], [records[5], "open", null]].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
});

test("another county neither sees the exchange nor gets its key, and every step left an audit row", async () => {
  const elsewhere = { ...m.w.actors.countyLead, area: 350525000000, lo: 350525000000, hi: 350525999999 };
  const there = <T>(act: Parameters<typeof m.t.database.write<T>>[1]) => m.t.database.write(elsewhere, act);
  assert.deepEqual((await there((tx) => blind.listExchanges(tx))).rows, []);
  await assert.rejects(there((tx) => blind.agreedKey(tx, m.w.platform, key)), refused("not-found"));
  assert.deepEqual((await m.rows("select distinct action from audit_entry where action like 'blind.%' order by 1")).map((row) => row["action"]), ["blind.ask", "blind.hand-out", "blind.hits", "blind.hits-in", "blind.key", "blind.tokens"]);
});
