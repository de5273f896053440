// Fusion on a real database with planted truth: who is meant, whose value is right, what differs, what goes out, and that a kill changes nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, completeAnswers, county } from "../../../test/world.ts";
import { checkCharacter } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import { openSpreadsheet } from "../../platform/spreadsheet.ts";
import type { TaskRun } from "../../platform/queue.ts";
import { openRecord } from "../records/service.ts";
import { runAccept } from "./accept.ts";
import { jobs } from "./jobs.ts";
import { makeReport } from "./report.ts";
import { type FusionInput, runFusion } from "./run-fusion.ts";
import * as service from "./service.ts";
import { planted } from "./planted.fixture.ts";

let m: MatchWorld;
before(async () => {
  m = await matchWorld();
  void jobs;
});
after(() => m.close());

const birth = (n: number): string => `${1950 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`;
const idOf = (n: number, born = birth(n)): string => {
  const first17 = `999999${born.replaceAll("-", "")}${String(n * 2 + 1).padStart(3, "0")}`;
  return first17 + checkCharacter(first17);
};
const NAMES = ["陈建国", "林志强", "黄丽华", "吴金水", "王国华", "李明辉", "张文斌", "苏海燕", "郑天成", "谢玉兰", "许春梅", "刘永福"];
const PS = "公民身份号码,姓名,性别,民族,出生日期,户籍地行政区划,死亡日期,曾服兵役";
const MS = "身份证号,姓名,出生日期,入伍时间,退役时间,服役身份,退役方式";
const police = (n: number, more: { id?: string; name?: string; area?: number | string; dead?: string; served?: string } = {}): string =>
  [more.id ?? idOf(n), more.name ?? NAMES[n], "男", "汉族", birth(n), more.area ?? areas.A1, more.dead ?? "", more.served ?? "是"].join(",");
const army = (n: number, more: { id?: string; name?: string; birth?: string; how?: string } = {}): string =>
  [more.id ?? idOf(n), more.name ?? NAMES[n], more.birth ?? birth(n), "1975-12-01", "1979-11-30", "义务兵", more.how ?? "退伍"].join(",");
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;

const task = (key: FusionInput, stopAt = Infinity): TaskRun<FusionInput> => {
  const stopping = new AbortController();
  let calls = 0;
  const progress = async (): Promise<void> => {
    if (++calls < stopAt) return;
    stopping.abort(new Error("killed"));
    throw new Error("killed");
  };
  return { id: newId(), input: key, actor: m.w.actors.countyLead, signal: stopping.signal, progress };
};
/** As the service does, without a worker of its own. */
async function ask(batches: readonly string[]): Promise<FusionInput> {
  const view = await m.as("countyLead", (tx) => service.startFusion(tx, m.w.platform, { batches: [...batches], purpose: "初始底册" }));
  return { county, id: view.id };
}
const see = (key: FusionInput) => m.as("countyLead", (tx) => service.openFusion(tx, key));
const people = async (key: FusionInput) => (await m.as("countyLead", (tx) => service.listPeople(tx, m.w.platform, key, {}))).rows;

let lists: string[];
let key: FusionInput;

test("a fusion killed at any step leaves nothing, and run again gives the same; every row has one outcome and the counts add up", async () => {
  await m.accept([completeAnswers(9, { name: NAMES[9]!, id_number: idOf(9), birth_date: birth(9) })]);
  const ps = await m.bring("public_security", [PS, police(0), police(1, { name: "林志祥" }), police(2, { dead: "2017-02-03" }), police(3, { area: areas.elsewhere }), police(4, { served: "否" }), police(5, { served: "否" }), police(9), police(10), police(7)].join("\n"));
  // 0 agrees; 1 has another name; 2 died; 5 is known to have served here only; 6 is on this list alone, without a place; 10 has two rows; 7 has one number and two names.
  const ms = await m.bring("military_service", [MS, army(0), army(1), army(2), army(5), army(6), army(9), army(10), army(10, { how: "复员" }), army(7, { name: "马德福" })].join("\n"));
  lists = [ps, ms];
  key = await ask(lists);
  for (const stopAt of [1, 2, 3]) {
    await assert.rejects(runFusion(m.w.platform, task(key, stopAt)), /killed/);
    assert.equal((await m.rows("select from fusion_row union all select from fusion_person union all select from fusion_doubt")).length, 0);
    assert.equal((await see(key)).state, "running");
  }
  await runFusion(m.w.platform, task(key));
  const view = await see(key);
  assert.equal(view.state, "proposed");
  const { rows, fused, duplicates, leftOut } = view.counts as Record<string, number>;
  assert.equal(rows, 18);
  assert.equal((fused ?? 0) + (duplicates ?? 0) + (leftOut ?? 0), rows);
  const once = await m.rows("select batch_id, row_no, outcome, person_no, duplicate_of, reason from fusion_row where fusion_id = $1 order by 1, 2", [key.id]);
  const again = await ask(lists);
  await runFusion(m.w.platform, task(again));
  assert.deepEqual(await m.rows("select batch_id, row_no, outcome, person_no, duplicate_of, reason from fusion_row where fusion_id = $1 order by 1, 2", [again.id]), once);
  await m.as("countyLead", (tx) => service.discardFusion(tx, again));
  assert.equal((await m.rows("select from fusion_person where fusion_id = $1", [again.id])).length, 0);
});

test("values are chosen by the scheme's authority with their sources, and what differs stands beside them", async () => {
  const all = await people(key);
  const of = (name: string) => all.find((one) => one.name === name && one.state !== "left-out");
  const one = of("林志祥")!;
  assert.equal(one.state, "proposed");
  const name = one.values.find((value) => value.path === "general.name")!;
  assert.deepEqual([name.value.zh, name.from.department.zh, name.why, name.differ.map((other) => [other.department.zh, other.value.zh])], ["林志祥", "公安", "authority", [["人武部(国防动员)", "林志强"]]]);
  const enlisted = one.values.find((value) => value.path === "general.enlist_date")!;
  assert.deepEqual([enlisted.value.en, enlisted.from.department.zh, enlisted.why], ["1975-12-01", "人武部(国防动员)", "only"]);
  assert.equal(of("陈建国")!.conflicts, 0);
  assert.equal(of("陈建国")!.values.find((value) => value.path === "general.birth_date")!.why, "agreed");
  const outcomes = Object.fromEntries((await m.rows("select reason, count(*)::int as n from fusion_row where fusion_id = $1 and outcome = 'left-out' group by 1", [key.id])).map((row) => [row["reason"], row["n"]]));
  assert.deepEqual(outcomes, { barred: 2, "no-place": 2, "other-county": 1, "not-expected": 1 }, "dead on one list; two on the army's list alone without a place; one of another county; one who never served");
  assert.equal(of("李明辉")?.state, "proposed", "the army vouches for the service that the police do not know");
  assert.equal(of("许春梅")?.rows.length, 3);
  assert.equal((await m.rows("select from fusion_row where fusion_id = $1 and outcome = 'duplicate'", [key.id])).length, 1);
  assert.equal(all.filter((person) => person.state === "registered").length, 1, "who is in the register already is not proposed again");
});

test("doubtful links wait for a person; the others can be taken in, with provenance and every list's word", async () => {
  const { rows: doubts } = await m.as("countyReviewer", (tx) => service.listDoubts(tx, m.w.platform, key));
  assert.ok(doubts.length >= 1);
  const before = (await see(key)).counts;
  await m.as("countyLead", (tx) => service.acceptFusion(tx, m.w.platform, key));
  await assert.rejects(runAccept(m.w.platform, task(key, 1)), /killed/);
  await runAccept(m.w.platform, task(key));
  await runAccept(m.w.platform, task(key));
  const mid = await see(key);
  assert.equal(mid.state, "proposed", "people of doubtful links are still waiting");
  assert.equal(mid.counts["added"], before["certain"]);
  const [record] = await m.rows("select record_id from fusion_person p where fusion_id = $1 and state = 'added' and conflicts > 0", [key.id]);
  const opened = await m.as("countyReviewer", (tx) => openRecord(tx, m.w.platform, { county, id: String(record?.["record_id"]) }));
  const source = opened.sources.find((one) => one.path === "general.name")!;
  assert.equal(source.from, "base");
  assert.deepEqual(source.vouches.map((vouch) => [vouch.department, vouch.agrees]).sort(), [["military_service", false], ["public_security", true]]);
  for (const doubt of doubts) await m.as("countyReviewer", (tx) => service.decideDoubt(tx, m.w.platform, key, { no: doubt.no, same: true }));
  const decided = await see(key);
  assert.equal(decided.counts["undecided"], 0);
  assert.equal((decided.counts["fused"] ?? 0) + (decided.counts["duplicates"] ?? 0) + (decided.counts["leftOut"] ?? 0), decided.counts["rows"]);
  await assert.rejects(m.as("countyReviewer", (tx) => service.decideDoubt(tx, m.w.platform, key, { no: doubts[0]!.no, same: false })), refused("move-not-possible"));
  await m.as("countyLead", (tx) => service.acceptFusion(tx, m.w.platform, key));
  await runAccept(m.w.platform, task(key));
  const done = await see(key);
  assert.equal(done.state, "accepted");
  const stored = (await m.rows("select count(*)::int as n from record where origin = 'base'"))[0]!["n"];
  assert.equal(stored, 1 + (done.counts["added"] ?? 0));
  assert.deepEqual((await m.rows("select distinct action from audit_entry where action like 'fusion.%' order by 1")).map((row) => row["action"]), ["fusion.accept", "fusion.ask", "fusion.decide", "fusion.discard", "fusion.doubts", "fusion.people", "fusion.run"]);
});

test("a second fusion of the same lists doubles nobody", async () => {
  const second = await ask(lists);
  await runFusion(m.w.platform, task(second));
  const view = await see(second);
  assert.equal(view.counts["proposed"] ?? 0, 0);
  await assert.rejects(m.as("countyLead", (tx) => service.acceptFusion(tx, m.w.platform, second)), refused("move-not-possible"));
});

test("the report says each conflict, each doubt and each row that went out", async () => {
  const { bytes } = await m.as("countyLead", (tx) => makeReport(tx, m.w.platform, key));
  const book = openSpreadsheet(Buffer.from(bytes));
  assert.deepEqual(book.sheets, ["说明", "冲突", "待判断", "未纳入", "人员"]);
  const rowsOf = async (sheet: string): Promise<number> => {
    let n = 0;
    for await (const part of book.rows(sheet)) n += part.length;
    return n - 1;
  };
  const cells: string[] = [];
  for (const sheet of book.sheets) for await (const part of book.rows(sheet)) for (const row of part) cells.push(...(Array.isArray(row) ? row : Object.values(row as object)).flat().map(String));
  assert.ok(cells.some((cell) => /人武部.*：林志强$/u.test(cell)), "what the other list says");
  assert.deepEqual(cells.filter((cell) => cell.includes("[object")), []);
  const { counts } = await see(key);
  assert.equal(await rowsOf("冲突"), counts["fieldConflicts"]);
  assert.equal(await rowsOf("未纳入"), counts["leftOut"]);
});

test("a fusion is asked for with a purpose, over lists of one's own county only, and is seen there only", async () => {
  const start = (batches: string[], purpose: string) => m.as("countyLead", (tx) => service.startFusion(tx, m.w.platform, { batches, purpose }));
  await assert.rejects(start(lists, " "), refused("purpose-missing"));
  await assert.rejects(start([lists[0]!], "初始底册"), refused("move-not-possible"));
  await assert.rejects(start([lists[0]!, newId()], "初始底册"), refused("not-found"));
  const elsewhere = { ...m.w.actors.countyLead, area: 350525000000, lo: 350525000000, hi: 350525999999 };
  assert.deepEqual((await m.t.database.write(elsewhere, (tx) => service.listFusions(tx))).rows, []);
  await assert.rejects(m.t.database.write(elsewhere, (tx) => service.openFusion(tx, key)), refused("not-found"));
});

test("planted people are found again: precision, recall and the chosen values", async () => {
  const made = planted({ people: 600, seed: 11, county, village: areas.B1 });
  const batches = [await m.bring("public_security", made.police), await m.bring("military_service", made.army)];
  const third = await ask(batches);
  await runFusion(m.w.platform, task(third));
  const stored = await m.rows("select batch_id, row_no, coalesce(person_no, -row_no) as person from fusion_row where fusion_id = $1", [third.id]);
  const personOf = new Map(stored.map((row) => [`${batches.indexOf(String(row["batch_id"]))}:${row["row_no"]}`, `${row["person"]}`]));
  const truth = made.pairs;
  const byPerson = Map.groupBy([...personOf.keys()], (row) => personOf.get(row));
  let [found, right] = [0, 0];
  for (const rows of byPerson.values()) for (const [i, a] of rows.entries()) for (const b of rows.slice(i + 1)) [found, right] = [found + 1, right + (truth.has([a, b].sort().join(" ")) ? 1 : 0)];
  const [precision, recall] = [right / found, right / truth.size];
  const { counts } = await see(third);
  console.log(`fusion of ${made.rows} rows: ${truth.size} true pairs, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ${counts["undecided"]} doubtful, ${counts["conflicts"]} people with conflicts`);
  assert.equal(counts["conflicts"], made.conflicts, "every planted difference is a conflict, and nothing else");
  assert.ok(precision >= 0.99 && recall >= 0.9, `${precision} ${recall}`);
});
