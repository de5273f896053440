// From a list to closed cases on a real database: planted differences are found, go to the right township, and close only when
// the same check passes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, completeAnswers, county, fictionalId } from "../../../test/world.ts";
import { Problem } from "../../core/problem.ts";
import type { FormAnswers } from "../../scheme/model.ts";
import { listFindings } from "../matching/service.ts";
import { getCase, listCases } from "./case-view.ts";
import { answerCase, caseCounts, decideCase, onHandedOver, onMatchFinished } from "./service.ts";

let m: MatchWorld;
before(async () => void (m = await matchWorld()));
after(() => m.close());

const NAMES = ["陈建国", "林志强", "黄丽华", "吴金水", "王国华", "李明辉", "张文斌", "苏海燕"];
const person = (n: number, more: FormAnswers = {}) => completeAnswers(n, { name: NAMES[n - 1] ?? `陈虚${n}`, ...more });
const HEADINGS = "公民身份号码,姓名,性别,民族,出生日期,户籍地行政区划,死亡日期,曾服兵役";
const line = (n: number, more: { name?: string; ethnic?: string; region?: number; died?: string; served?: string } = {}): string =>
  [fictionalId(n), more.name ?? NAMES[n - 1], "男", more.ethnic ?? "汉族", "1958-03-12", more.region ?? areas.A1, more.died ?? "", more.served ?? ""].join(",");
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const pdf = { fileName: "proof.pdf", mime: "application/pdf", bytes: Buffer.from("%PDF-1.4 fictional") };

let records: string[];
let batch: string;
const caseOf = async (record: string): Promise<string> => String((await m.rows("select id from case_file where record_id = $1", [record]))[0]?.["id"]);
const stateOf = async (id: string): Promise<string> => String((await m.rows("select state from case_file where id = $1", [id]))[0]?.["state"]);
const classes = async (where = "true"): Promise<string[]> => (await m.rows(`select class from finding where ${where} order by class`)).map((row) => String(row["class"]));
const at = (id: string) => ({ county, id });

test("findings are exactly the planted differences", async () => {
  records = await m.accept([
    person(1), // agrees, the name written wide and in traditional characters
    person(2), // another name: P02
    person(3, { domicile_region: String(areas.B1) }), // registered in B1, they say A1: P03
    person(4), // dead: P04
    person(5), // not on the list: P01
    person(6), // another ethnic group: P08, and another name: P02 – one case
    person(7), // agrees; area within the township
  ]);
  batch = await m.bring("public_security", [
    HEADINGS,
    line(1, { name: "陳 建國" }),
    line(2, { name: "林自强" }),
    line(3),
    line(4, { died: "2018-08-01" }),
    line(6, { ethnic: "畲族", name: "李明灰" }),
    line(7, { region: areas.A2 }),
    line(8, { served: "是", region: areas.B2 }), // has served, not registered here: P06
    line(9, { name: "郑无关", served: "否" }), // has not served
    line(10, { name: "周已故", served: "是", died: "2001-01-01" }), // has served, dead long ago
  ].join("\n"));
  const { counts, id } = await m.match(batch);
  assert.deepEqual(await classes(), ["P01", "P02", "P02", "P03", "P04", "P06", "P08"]);
  assert.equal(counts["raised"], 7);
  const listed = await m.as("countyReviewer", (tx) => listFindings(tx, m.w.platform, { run: id }));
  assert.equal(listed.total, 7);
  const missing = listed.rows.find((row) => row.class === "P06");
  assert.equal(missing?.theirs?.zh, `苏** ${fictionalId(8).slice(0, 6)}********${fictionalId(8).slice(-4)}`, "who is only on the list is masked outside a case");
});

test("cases go to the township of the registration, one for each person and group, due in working days", async () => {
  await m.settle();
  const cases = await m.rows("select record_id, class_group, area::bigint as area, due_on::text, (select count(*)::int from finding f where f.case_id = c.id) as n from case_file c");
  assert.equal(cases.length, 6);
  const of = (record: string | undefined) => cases.filter((row) => row["record_id"] === record);
  assert.deepEqual(of(records[2]).map((row) => Number(row["area"])), [areas.B]);
  assert.deepEqual(of(records[5]).map((row) => [row["class_group"], row["n"], Number(row["area"]), row["due_on"]]), [["identity", 2, areas.A, "2018-11-22"]]);
  assert.deepEqual(cases.filter((row) => row["record_id"] === null).map((row) => Number(row["area"])), [areas.B]);
  const seen = (actor: "collectorA" | "collectorB") => m.as(actor, (tx) => listCases(tx, m.w.platform, {}));
  assert.equal((await seen("collectorA")).total, 4);
  assert.equal((await seen("collectorB")).total, 2);
});

test("the case shows both sides in full and who is the authority", async () => {
  const view = await m.as("collectorA", async (tx) => getCase(tx, m.w.platform, county, await caseOf(records[1]!)));
  assert.deepEqual([view.findings[0]?.ours?.zh, view.findings[0]?.theirs?.zh, view.findings[0]?.authority], ["林志强", "林自强", "public_security"]);
  assert.deepEqual(view.moves.map(({ move, open }) => [move, open]), [["answer", true], ["decide", false], ["reroute", true]]);
});

test("running the same list again, and opening cases again, adds nothing", async () => {
  const before = await m.rows("select id, key, class, state, case_id, run_id from finding order by id");
  const { counts } = await m.match(batch);
  await m.settle();
  await onMatchFinished(m.w.platform, [{ id: 0, txid: "0", at: new Date(), actor: "", kind: "match.finished", area: 350524000000, county, data: {} }]);
  assert.equal(counts["raised"], 0);
  assert.deepEqual(await m.rows("select id, key, class, state, case_id, run_id from finding order by id"), before);
  assert.equal((await m.rows("select from case_file")).length, 6);
});

test("“corrected” without a correction, “ours is right” without a paper, and a unit designation are refused", async () => {
  const id = await caseOf(records[1]!);
  const answer = (input: Parameters<typeof answerCase>[3], file?: typeof pdf) => m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(id), input, file));
  await assert.rejects(answer({ answer: "correct-ours", note: "已改" }), refused("move-not-possible"));
  await assert.rejects(answer({ answer: "confirm-ours", note: "无误" }), refused("proof-missing"));
  await assert.rejects(answer({ answer: "confirm-ours", note: "无误" }, { ...pdf, bytes: Buffer.from("not a paper") }), refused("proof-missing"));
  await assert.rejects(answer({ answer: "cannot-tell", note: "在第54集团军服役" }), refused("unit-designation"));
  await assert.rejects(m.as("collectorB", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "unreachable", note: "无" }, undefined)), refused("not-found"));
  assert.equal(await stateOf(id), "open");
});

test("a correction under review closes nothing; one that still differs is opened again; the right one closes the case", async () => {
  const [record, id] = [records[1]!, await caseOf(records[1]!)];
  const answer = () => m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "correct-ours", note: "已修订" }, undefined));
  const decide = () => m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at(id), { accept: true }));
  await m.revise(record, person(2, { name: "林自强" }), "submitted");
  await answer();
  assert.equal((await decide()).case.state, "answered", "the correction is not in the register yet");
  await m.revise(record, person(2, { name: "林自墙" }));
  await m.settle();
  assert.equal(await stateOf(id), "open", "it still differs");
  assert.equal((await m.rows("select times_reopened from case_file where id = $1", [id]))[0]?.["times_reopened"], 1);
  await answer();
  assert.equal((await decide()).case.state, "open", "decided on the same values, opened again");
  await m.revise(record, person(2, { name: "林自强" }));
  await m.settle();
  assert.equal(await stateOf(id), "closed");
  assert.deepEqual(await m.rows("select state, closed_because from finding where record_id = $1", [record]), [{ state: "closed", closed_because: "agrees" }]);
  await assert.rejects(answer(), refused("move-not-possible"));
});

test("“ours is right” with proof closes after the county decided, not before, and not by who answered", async () => {
  const [record, id] = [records[3]!, await caseOf(records[3]!)];
  const view = await m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "confirm-ours", note: "本人健在" }, pdf));
  assert.deepEqual([view.case.state, view.hasProof, view.case.openFindings], ["answered", true, 1]);
  const both = { ...m.w.actors.collectorA, roles: ["collector", "county-reviewer"] };
  await assert.rejects(m.t.database.write(both, (tx) => decideCase(tx, m.w.platform, at(id), { accept: true })), refused("same-person"));
  const back = await m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at(id), { accept: false, note: "证明不清" }));
  assert.deepEqual([back.case.state, back.case.timesReopened], ["open", 1]);
  await m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "confirm-ours", note: "本人健在，附新证明" }, pdf));
  const done = await m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at(id), { accept: true }));
  assert.deepEqual([done.case.state, done.findings[0]?.closedBecause], ["closed", "confirmed-ours"]);
  assert.deepEqual(done.history.map((step) => step.kind), ["opened", "answered", "sent-back", "answered", "accepted", "closed"]);
  // The same pair again raises nothing, another value of theirs does.
  await m.match(batch);
  assert.equal((await m.rows("select from finding where record_id = $1", [record])).length, 1);
});

test("“cannot tell” accepted by the county stays open work and is not counted as closed", async () => {
  const id = await caseOf(records[4]!);
  await m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "cannot-tell", note: "多次走访未能核实" }, undefined));
  const view = await m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at(id), { accept: true }));
  assert.deepEqual([view.case.state, view.case.openFindings], ["answered", 1]);
  const counts = await m.as("countyReviewer", (tx) => caseCounts(tx, county));
  assert.deepEqual([counts.unsettled, counts.closed], [1, 2]);
});

test("the case goes along when its person is handed over", async () => {
  const [record, id] = [records[4]!, await caseOf(records[4]!)];
  await m.rows("update record set area = $2 where id = $1", [record, areas.B1]);
  await onHandedOver(m.w.platform, [{ id: 0, txid: "0", at: new Date(), actor: "", kind: "record.handed-over", area: areas.B1, county, recordId: record, data: {} }]);
  await assert.rejects(m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, id)), refused("not-found"));
  const view = await m.as("collectorB", (tx) => getCase(tx, m.w.platform, county, id));
  assert.deepEqual([view.case.area.code, view.findings.length, view.history.length, view.case.unsettled], [areas.B, 1, 3, true]);
});

test("a person missing so far is found collected when recorded under the same number", async () => {
  const [missing] = await m.rows("select id, case_id from finding where class = 'P06'");
  const [record] = await m.accept([person(8)], "draft");
  await m.settle();
  assert.deepEqual(await classes("class = 'P06' and state = 'open'"), ["P06"], "a draft is not the register");
  await m.revise(record!, person(8));
  await m.settle();
  assert.equal(await stateOf(String(missing?.["case_id"])), "closed");
  assert.deepEqual(await m.rows("select closed_because from finding where class = 'P06'"), [{ closed_because: "collected" }]);
});

test("a newer list that agrees closes what the older one raised, and a difference that comes back is a new finding", async () => {
  const agreeing = await m.bring("public_security", [HEADINGS, ...[1, 2, 4, 5, 6, 7, 8].map((n) => line(n, n === 2 ? { name: "林自强" } : {})), line(3, { region: areas.B1 })].join("\n"));
  await m.match(agreeing);
  await m.settle();
  assert.deepEqual(await classes("state = 'open'"), []);
  assert.deepEqual(await m.rows("select distinct state from case_file"), [{ state: "closed" }]);
  const { counts } = await m.match(batch);
  await m.settle();
  assert.deepEqual(await classes("state = 'open'"), ["P01", "P02", "P03", "P03", "P08"], "P04 stays confirmed, and the person collected since is compared too");
  assert.equal(counts["raised"], 5);
});
