// Decisions about pairs on a real database: two people for hard ones, used again on every list, revoked with all that followed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, completeAnswers, county, type WorldActor } from "../../../test/world.ts";
import { areaRange } from "../../core/area-code.ts";
import { checkCharacter } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { FormAnswers } from "../../scheme/model.ts";
import { decidePair, revokePair, settlePair } from "./decisions.ts";
import { getPair, listAllPairs, listPairs, revealPair } from "./pairs.ts";

let m: MatchWorld;
let second: Actor;
let third: Actor;
let records: string[];

const NAMES = ["陈建国", "林志强", "黄丽华", "吴金水", "王国华", "李明辉", "张文斌", "苏海燕", "郑天成", "谢玉兰"];
const birth = (n: number): string => `${1941 + n * 3}-0${1 + (n % 9)}-1${n % 10}`;
const idOf = (n: number): string => {
  const first17 = `999999${birth(n).replaceAll("-", "")}00${(n % 5) * 2 + 1}`;
  return first17 + checkCharacter(first17);
};
const person = (n: number, more: FormAnswers = {}) => completeAnswers(n, { name: NAMES[n] ?? "某某", id_number: idOf(n), birth_date: birth(n), ...more });
const HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地行政区划,曾服兵役";
const line = (n: number, more: { id?: string; name?: string; served?: string } = {}): string => [more.id ?? idOf(n), more.name ?? NAMES[n], "男", birth(n), areas.A1, more.served ?? ""].join(",");
const list = (...rows: string[]): Promise<string> => m.bring("public_security", [HEADINGS, ...rows].join("\n"));
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const by = <T>(actor: Actor | WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => m.t.database.write(typeof actor === "string" ? m.w.actors[actor] : actor, work);

/** Another account of the county office. */
async function another(login: string, roles: readonly string[]): Promise<Actor> {
  const account = newId();
  const like = m.w.actors.countyReviewer;
  await m.rows("insert into account (id, login, name, office_id, password_hash, roles, ends_on) values ($1, $2, $2, $3, 'none', $4, '2099-12-31')", [account, login, like.office, roles]);
  const range = areaRange(like.area);
  return { ...like, account, name: login, roles, lo: range.lo, hi: range.hi };
}

before(async () => {
  m = await matchWorld();
  [second, third] = [await another("reviewer-2", ["county-reviewer"]), await another("reviewer-3", ["county-reviewer"])];
  records = await m.accept([0, 1, 2, 3, 4, 5, 6, 7].map((n) => person(n)));
});
after(() => m.close());

type Pair = { readonly run: string; readonly row: number; readonly record: string };
const pairOf = async (run: string, record: string): Promise<Pair> => {
  for (const state of ["undecided", "second-needed", "disputed", "confirmed", "rejected"] as const) {
    const found = (await by("countyReviewer", (tx) => listPairs(tx, county, run, { state }))).rows.find((pair) => pair.record === record);
    if (found) return { run, row: found.row, record };
  }
  return assert.fail("the pair is not there");
};
const decide = (actor: Actor | WorldActor, { run, row, record }: Pair, same: boolean, note?: string) => by(actor, (tx) => decidePair(tx, m.w.platform, county, run, { row, record, same, ...(note !== undefined && { note }) }));
const settle = (actor: Actor | WorldActor, { run, row, record }: Pair, same: boolean) => by(actor, (tx) => settlePair(tx, m.w.platform, county, run, { row, record, same }));
const revoke = (actor: Actor | WorldActor, { run, row, record }: Pair, reason: string) => by(actor, (tx) => revokePair(tx, m.w.platform, county, run, { row, record, reason }));
const see = (actor: Actor | WorldActor, { run: id, row, record }: Pair) => by(actor, (tx) => getPair(tx, m.w.platform, { county, id, row, record }));
const findings = (record: string) => m.rows("select class, path, state, closed_because from finding where record_id = $1 order by class, path, key", [record]);
const doubtful = (): Promise<string> => list(line(0), line(1), line(2), line(3, { name: "慕容雪莹" }), line(4), line(5), line(6, { id: "", name: "张文武" }), line(7, { id: "", name: "苏海英", served: "是" }));

let run: string;
let easy: Pair;
let hard: Pair;
let batch: string;

test("a pair shows both sides masked, where they differ, how it was weighed, and why two people are needed", async () => {
  batch = await doubtful();
  ({ id: run } = await m.match(batch));
  hard = await pairOf(run, records[3]!);
  easy = await pairOf(run, records[6]!);
  const view = await see("countyReviewer", hard);
  assert.equal(view.state, "undecided");
  assert.ok(view.hard.some((reason) => reason.key === "veto"));
  assert.equal(view.veto?.zh, "同一身份证号，两个姓名");
  assert.ok(view.bars.length >= 5 && view.bars[0]?.label.zh === "起点");
  assert.ok(Math.abs(view.bars.at(-1)!.sum - view.weight) < 0.002, "the bars end at the weight");
  const number = view.lines.find((each) => each.key === "idNumber")!;
  assert.match(number.ours ?? "", /\*/);
  assert.deepEqual([number.masked, number.marks], [true, []]);
  assert.deepEqual(view.moves.filter((move) => move.open).map((move) => move.move), ["decide"]);
  const shown = await by("countyReviewer", (tx) => revealPair(tx, m.w.platform, { county, id: run, row: hard.row, record: hard.record }, { line: "idNumber", purpose: "verify-identity" }));
  assert.deepEqual(shown, { ours: idOf(3), theirs: idOf(3) });
  const audited = await m.rows("select action, purpose from audit_entry where action like 'match.%' and record_id = $1 order by id", [hard.record]);
  assert.deepEqual(audited, [{ action: "match.pair", purpose: null }, { action: "match.reveal", purpose: "verify-identity" }]);
});

test("nobody outside the county sees a pair or decides it, and the roles hold", async () => {
  const stranger: Actor = { ...m.w.actors.countyReviewer, account: newId(), lo: 350525000000, hi: 350525999999 };
  await assert.rejects(see(stranger, hard), refused("not-found"));
  await assert.rejects(decide(stranger, hard, true), refused("not-found"));
  await assert.rejects(decide("analyst", hard, true), refused("not-allowed"));
  const { rows } = await by(stranger, (tx) => listAllPairs(tx, { county }));
  assert.deepEqual(rows, []);
});

test("a hard pair needs a second person: the first is refused, agreement settles it, disagreement goes to the county lead", async () => {
  assert.deepEqual(await decide("countyReviewer", hard, true, "与本人核对"), { decision: "review", state: "second-needed", findings: 0 });
  await assert.rejects(decide("countyReviewer", hard, true), refused("same-person"));
  const waiting = await see("countyReviewer", hard);
  assert.deepEqual(waiting.moves.find((move) => move.move === "second")?.why?.zh, "您已对该配对发表意见，须由另一人判断");
  assert.deepEqual((await decide(second, hard, false)).state, "disputed");
  await assert.rejects(decide(third, hard, true), refused("not-allowed"));
  await assert.rejects(settle("countyReviewer", hard, true), refused("not-allowed"));
  const settled = await settle("countyLead", hard, true);
  assert.deepEqual([settled.decision, settled.state], ["confirmed", "confirmed"]);
  const view = await see("countyReviewer", hard);
  assert.deepEqual(view.opinions.map((said) => [said.kind, said.same, said.by, said.note]), [["first", true, "countyReviewer", "与本人核对"], ["second", false, "reviewer-2", undefined], ["lead", true, "countyLead", undefined]]);
  assert.ok((await findings(records[3]!)).some((finding) => finding["path"] === "general.name" && finding["state"] === "open"), "its name is compared like any link's");
});

test("the database itself takes two opinions of one person for a fault", async () => {
  const [decision] = await m.rows("select id, area from pair_decision where record_id = $1", [records[3]]);
  const again = (account: string) => m.rows("insert into pair_opinion (county, id, decision_id, area, kind, same, author, run_id, row_no) values ($1, $2, $3, $4, 'second', true, $5, $6, 1)", [county, newId(), decision?.["id"], decision?.["area"], account, run]);
  await assert.rejects(again(second.account), /pair_opinion_each_from_another_person/);
});

test("one's own first opinion can be taken back before a second one is given", async () => {
  const pair = await pairOf(run, records[7]!);
  await m.rows("update link set hard = '{veto}' where record_id = $1", [records[7]]);
  assert.equal((await decide("countyReviewer", pair, true)).state, "second-needed");
  await assert.rejects(revoke(second, pair, "不是我的意见"), refused("not-allowed"));
  assert.equal((await revoke("countyReviewer", pair, "看错了一行")).state, "undecided");
  assert.deepEqual((await see("countyReviewer", pair)).opinions.map((said) => [said.kind, said.inForce]), [["first", false], ["revoked", false]]);
  assert.equal((await decide(second, pair, false)).state, "second-needed");
  assert.equal((await decide("countyReviewer", pair, false)).state, "rejected");
});

test("an easy pair is settled by one person", async () => {
  await m.rows("update link set hard = '{}' where record_id = $1", [records[6]]);
  assert.deepEqual(await decide("countyReviewer", easy, true), { decision: "confirmed", state: "confirmed", findings: 1 });
  await assert.rejects(decide(second, easy, false), refused("move-not-possible"));
  const counts = (await by("countyReviewer", (tx) => listPairs(tx, county, run))).counts;
  assert.deepEqual([counts.undecided, counts.confirmed, counts.rejected, counts.all], [0, 2, 1, 3]);
});

test("the next run of the same department gives the same pairs the same decisions without asking", async () => {
  const next = await m.match(await doubtful());
  assert.deepEqual([next.counts["review"], next.counts["reusedSame"], next.counts["reusedDifferent"]], [0, 2, 1]);
  const links = await m.rows("select record_id, decision, pair_state from link where run_id = $1 and pair_state is not null order by row_no", [next.id]);
  assert.deepEqual(links, [
    { record_id: records[3], decision: "confirmed", pair_state: "confirmed" },
    { record_id: records[6], decision: "confirmed", pair_state: "confirmed" },
    { record_id: records[7], decision: "rejected", pair_state: "rejected" },
  ]);
  const view = await see("countyLead", await pairOf(next.id, records[3]!));
  assert.deepEqual([view.reused, view.opinions.length], [true, 3]);
  run = next.id;
});

test("another department's list that says the same of the same person gets the same decision", async () => {
  const csv = ["身份证号,姓名,出生日期,入伍时间,退役时间,服役身份,退役方式", `${idOf(3)},慕容雪莹,${birth(3)},,,,`].join("\n");
  const other = await m.match(await m.bring("military_service", csv));
  const links = await m.rows("select decision, pair_state from link where run_id = $1 and record_id = $2", [other.id, records[3]]);
  assert.deepEqual(links, [{ decision: "confirmed", pair_state: "confirmed" }]);
});

test("a revoked decision is not used any more: its pairs wait again on every list, and what stood on them is withdrawn", async () => {
  const pair = await pairOf(run, records[3]!);
  const before = await findings(records[3]!);
  assert.ok(before.some((finding) => finding["path"] === "general.name" && finding["state"] === "open"));
  await assert.rejects(revoke("countyReviewer", pair, "名字是另一人的"), refused("not-allowed"));
  const reply = await revoke("countyLead", pair, "名字是另一人的");
  assert.deepEqual([reply.decision, reply.state], ["review", "undecided"]);
  assert.deepEqual(await m.rows("select distinct decision, pair_state, decision_id from link where record_id = $1 and pair_state is not null", [records[3]]), [{ decision: "review", pair_state: "undecided", decision_id: null }]);
  const name = (await findings(records[3]!)).find((finding) => finding["path"] === "general.name");
  assert.deepEqual([name?.["state"], name?.["closed_because"]], ["closed", "withdrawn"]);
  assert.deepEqual(await m.rows("select path from vouch where record_id = $1", [records[3]]), [], "nobody vouches for the record by a link that does not hold");
  const next = await m.match(await doubtful());
  assert.deepEqual([next.counts["review"], next.counts["reusedSame"]], [1, 1]);
  const history = (await see("countyLead", await pairOf(next.id, records[3]!))).opinions;
  assert.deepEqual(history.map((said) => said.kind), ["first", "second", "lead", "revoked"]);
  assert.ok(history.every((said) => !said.inForce));
  run = next.id;
});

test("decided again, the difference is open again and its history stays", async () => {
  const pair = await pairOf(run, records[3]!);
  await decide(second, pair, true);
  await decide(third, pair, true);
  const names = (await findings(records[3]!)).filter((finding) => finding["path"] === "general.name").map((finding) => finding["state"]);
  assert.deepEqual(names.sort(), ["closed", "open"]);
});

test("a row that people gave to one record is not given to another by the engine", async () => {
  const late = person(9, { name: "张文武", birth_date: birth(6), id_number: idOf(9) });
  const [recordId] = await m.accept([late]);
  const next = await m.match(await doubtful());
  const links = await m.rows("select record_id, decision from link where run_id = $1 and record_id = any ($2) order by decision", [next.id, [records[6], recordId]]);
  assert.deepEqual(links.filter((link) => link["decision"] === "confirmed"), [{ record_id: records[6], decision: "confirmed" }]);
  assert.ok(!links.some((link) => link["decision"] === "automatic"), JSON.stringify(links));
});

test("a list that is wiped takes its rows along; what was decided by it stays and can still be revoked", async () => {
  const [newest] = await m.rows("select r.id, r.batch_id from match_run r where department = 'public_security' and state = 'done' order by finished_at desc limit 1");
  const at = String(newest?.["id"]);
  assert.ok((await m.rows("select from link where run_id = $1 and sealed is not null", [at])).length > 0);
  await m.rows("update import_batch set state = 'wiped', wiped_at = now(), wiped_by = 'test', wiped_because = 'retention' where id = $1", [newest?.["batch_id"]]);
  assert.equal((await m.rows("select from link where run_id = $1 and sealed is not null", [at])).length, 0);
  const pair = await pairOf(at, records[6]!);
  const view = await see("countyReviewer", pair);
  assert.ok(view.lines.every((each) => each.theirs === null) && view.lines.length > 0);
  const vouched = await m.rows("select from vouch where record_id = $1", [records[6]]);
  assert.ok(vouched.length > 0);
  await revoke("countyReviewer", pair, "名单已清除，重新核对");
  assert.deepEqual(await m.rows("select from vouch where record_id = $1", [records[6]]), []);
  await assert.rejects(decide("countyReviewer", pair, true), refused("move-not-possible"));
  assert.equal((await see("countyReviewer", pair)).moves.find((move) => move.move === "decide")?.why?.zh, "该名单已按期清除，不能再据此判断");
});
