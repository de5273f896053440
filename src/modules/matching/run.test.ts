// Runs on a real database: interrupted at every step, decided pairs, newer lists, lists that prove nothing.
import assert from "node:assert/strict";
import fs from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, completeAnswers, county } from "../../../test/world.ts";
import { checkCharacter } from "../../core/citizen-id.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { FormAnswers } from "../../scheme/model.ts";
import type { TaskRun } from "../../platform/queue.ts";
import { decidePair } from "./decisions.ts";
import { getPair, listPairs } from "./pairs.ts";
import { type MatchInput, runMatch } from "./run-match.ts";
import { recheck, startMatch } from "./service.ts";

let m: MatchWorld;
before(async () => void (m = await matchWorld()));
after(() => m.close());

const NAMES = ["陈建国", "林志强", "黄丽华", "吴金水", "王国华", "李明辉", "张文斌", "苏海燕", "郑天成", "谢玉兰", "许春梅", "刘永福"];
const birth = (n: number): string => `${1941 + n * 3}-0${1 + (n % 9)}-1${n % 10}`;
const idOf = (n: number): string => {
  const first17 = `999999${birth(n).replaceAll("-", "")}00${(n % 5) * 2 + 1}`;
  return first17 + checkCharacter(first17);
};
const person = (n: number, more: FormAnswers = {}) => completeAnswers(n, { name: NAMES[n] ?? "某某", id_number: idOf(n), birth_date: birth(n), ...more });
const HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地行政区划,曾服兵役";
const line = (n: number, more: { id?: string; name?: string; served?: string } = {}): string => [more.id ?? idOf(n), more.name ?? NAMES[n], "男", birth(n), areas.A1, more.served ?? ""].join(",");
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const found = () => m.rows("select key, class, path, record_id, person_key, row_no, state, closed_because from finding order by key");

let records: string[];
let batch: string;

/** A task of its own, without the queue; interrupted at the given call of `progress`, as by a process that ends. */
async function runAlone(run: string, stopAt = Infinity): Promise<unknown> {
  const stopping = new AbortController();
  let calls = 0;
  const progress = async (): Promise<void> => {
    if (++calls < stopAt) return;
    stopping.abort(new Error("killed"));
    throw new Error("killed");
  };
  const task: TaskRun<MatchInput> = { id: newId(), input: { county, run }, actor: m.w.actors.countyLead, signal: stopping.signal, progress };
  return runMatch(m.w.platform, task);
}

async function newRun(): Promise<string> {
  const id = newId();
  await m.rows(
    "insert into match_run (county, id, area, batch_id, department, campaign_id, asked_by) select county, $1, area, id, department, campaign_id, 'test' from import_batch where id = $2",
    [id, batch],
  );
  return id;
}

test("a run interrupted at any step leaves nothing behind, and started again ends as if it had not been", async () => {
  records = await m.accept([0, 1, 2, 3, 4, 5, 6, 7].map((n) => person(n)));
  batch = await m.bring("public_security", [HEADINGS, line(0), line(1, { name: "林自强" }), line(2), line(3), line(4), line(5, { id: `${idOf(5).slice(0, 17)}0` }), line(9, { served: "是" })].join("\n"));
  const run = await newRun();
  const folder = path.join(m.w.platform.workFolder, `match-${run}`);
  for (const stopAt of [1, 2, 3, 4]) {
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(path.join(folder, "left.csv"), "left behind by a killed process");
    await assert.rejects(runAlone(run, stopAt), /killed/);
    assert.deepEqual(await m.rows("select state from match_run where id = $1", [run]), [{ state: "running" }]);
    assert.equal((await m.rows("select from link union all select from finding union all select from vouch union all select from listed_person")).length, 0);
    await assert.rejects(fs.access(folder), "the work folder is wiped");
  }
  await runAlone(run);
  assert.deepEqual((await found()).map((row) => row["class"]).sort(), ["P01", "P01", "P02", "P06"]);
  const once = await found();
  const links = await m.rows("select row_no, record_id, decision, weight from link order by 1");
  assert.equal((await m.rows("select from event where kind = 'match.finished'")).length, 1);
  await runAlone(run);
  assert.equal((await m.rows("select from event where kind = 'match.finished'")).length, 1, "a run that is done is not done again");
  const second = await newRun();
  await runAlone(second);
  assert.deepEqual(await found(), once);
  assert.deepEqual(await m.rows("select row_no, record_id, decision, weight from link where run_id = $1 order by 1", [second]), links);
});

test("every compared value has the department's word beside it", async () => {
  const vouches = await m.rows("select path, agrees from vouch where record_id = $1 order by path", [records[1]]);
  assert.deepEqual(vouches, [
    { path: "general.birth_date", agrees: true },
    { path: "general.domicile_region", agrees: true },
    { path: "general.name", agrees: false },
    { path: "general.sex", agrees: true },
  ]);
});

test("two valid numbers or a doubtful name are decided by a person, once, and then count like any link", async () => {
  // The same birth date and place, no number, another given name: perhaps a brother.
  batch = await m.bring("public_security", [HEADINGS, line(0), line(1), line(2), line(3), line(4), line(5), line(6, { id: "", name: "张文武" }), line(7, { id: "", name: "苏海英", served: "是" })].join("\n"));
  const { id } = await m.match(batch);
  const pairs = await m.as("countyReviewer", (tx) => listPairs(tx, county, id));
  const names: unknown[] = [];
  for (const { row, record } of pairs.rows) {
    const pair = await m.as("countyReviewer", (tx) => getPair(tx, m.w.platform, { county, id, row, record }));
    names.push([...pair.lines.filter((line) => line.key === "name").flatMap((line) => [line.ours, line.theirs]), pair.decision]);
    assert.ok(Math.abs(pair.bars.reduce((sum, bar) => sum + bar.bits, 0) - pair.weight) < 0.01, "the bars sum up to the weight");
  }
  assert.deepEqual(names.sort(), [["张文斌", "张文武", "review"], ["苏海燕", "苏海英", "review"]].sort());
  assert.deepEqual(await m.rows("select class, record_id from finding where state = 'open' and record_id = any ($1)", [[records[6], records[7]]]), [
    { class: "P01", record_id: records[6] },
    { class: "P01", record_id: records[7] },
  ], "missing since the first list, undecided now");
  // Both may be a brother: two people decide.
  const second = { ...m.w.actors.countyReviewer, account: newId() };
  const decide = async (record: string, same: boolean) => {
    const row = pairs.rows.find((pair) => pair.record === record)!.row;
    const first = await m.as("countyReviewer", (tx) => decidePair(tx, m.w.platform, county, id, { row, record, same }));
    return first.state === "second-needed" ? m.t.database.write(second, (tx) => decidePair(tx, m.w.platform, county, id, { row, record, same })) : first;
  };
  assert.deepEqual(await decide(records[6]!, true), { decision: "confirmed", state: "confirmed", findings: 1 });
  assert.deepEqual(await m.rows("select class, state, closed_because from finding where record_id = $1 order by class", [records[6]]), [
    { class: "P01", state: "closed", closed_because: "agrees" },
    { class: "P02", state: "open", closed_because: null },
  ]);
  assert.deepEqual(await decide(records[7]!, false), { decision: "rejected", state: "rejected", findings: 1 }, "who is marked as having served is not in the register after all");
  assert.equal((await m.rows("select from finding where class = 'P06' and state = 'open' and row_no = $1", [pairs.rows.find((pair) => pair.record === records[7])!.row])).length, 1);
  await assert.rejects(decide(records[6]!, false), refused("move-not-possible"));
});

test("a list without rows proves nothing about anybody; a list is matched once at a time, and only when it is whole", async () => {
  const open = (await m.rows("select id from finding where state = 'open' order by id")).length;
  const empty = await m.bring("military_service", "身份证号,姓名,出生日期,入伍时间,退役时间,服役身份,退役方式\nB000000000,无号,,,,,");
  const { counts } = await m.match(empty);
  assert.equal(counts["raised"], 0);
  assert.equal((await m.rows("select id from finding where state = 'open' order by id")).length, open);
  await m.rows("insert into match_run (county, id, area, batch_id, department, campaign_id, asked_by) select county, $1, area, id, department, campaign_id, 'test' from import_batch where id = $2", [newId(), batch]);
  await assert.rejects(m.as("countyLead", (tx) => startMatch(tx, m.w.platform, batch)), refused("move-not-possible"));
  await m.rows("update import_batch set purpose = '' where id = $1", [empty]);
  await assert.rejects(m.as("countyLead", (tx) => startMatch(tx, m.w.platform, empty)), refused("purpose-missing"));
  await assert.rejects(m.as("countyLead", (tx) => startMatch(tx, m.w.platform, newId())), refused("not-found"));
});

test("the county's word closes the pair of values that stands now, in one check; what agrees by now needs nobody's word", async () => {
  const names = (): Promise<Record<string, unknown>[]> => m.rows("select id, state, closed_because, confirmed_by, confirmed_pair is not null as paired, case_id from finding where class = 'P02' and record_id = any ($1) order by record_id = $2 desc", [[records[6], records[0]], records[6]]);
  batch = await m.bring("public_security", [HEADINGS, line(0, { name: "陈另名" }), line(1), line(2), line(3), line(4), line(5), line(6, { name: "张文武" }), line(7)].join("\n"));
  await m.match(batch);
  const open = (await names()).filter((row) => row["state"] === "open");
  assert.equal(open.length, 2);
  await m.revise(records[0]!, person(0, { name: "陈另名" }));
  await m.revise(records[6]!, person(6, { name: "张文斋" }));
  const checked = await m.as("countyReviewer", (tx) => recheck(tx, m.w.platform, { county, findingIds: open.map((row) => String(row["id"])), confirmed: true }));
  assert.equal(checked.closed.length, 2);
  const word = { state: "closed", closed_because: "confirmed-ours", confirmed_by: m.w.actors.countyReviewer.account, paired: true };
  assert.deepEqual((await names()).filter((row) => open.some((each) => each["id"] === row["id"])).map(({ id: _, case_id: __, ...row }) => row), [word, { state: "closed", closed_because: "agrees", confirmed_by: null, paired: false }]);
  // The word held for the name that stood in the register then: the same list says nothing new, another name of ours is another difference.
  await m.match(batch);
  assert.equal((await names()).filter((row) => row["state"] === "open").length, 0);
  await m.revise(records[6]!, person(6, { name: "张文赋" }));
  await m.match(batch);
  assert.equal((await names()).filter((row) => row["state"] === "open").length, 1);
});

test("findings stay closed to change from outside the check", async () => {
  await assert.rejects(m.as("countyLead", (tx) => tx.deleteFrom("finding").execute()), /permission denied/);
  await assert.rejects(m.rows("update finding set state = 'closed', closed_because = 'confirmed-ours' where state = 'open'"), /finding_confirmed_by_the_county/);
  await assert.rejects(m.rows("update finding set state = 'closed' where state = 'open'"), /finding_closes_with_a_reason/);
});
