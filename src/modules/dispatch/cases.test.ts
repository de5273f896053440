// Cases beyond the first round on a real database: late ones climb, wrong ones move, equal ones are answered together, values are
// taken over with their source, confirmed errors go back signed; and none of these ways closes a case falsely.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { withPictures } from "../../../test/people.ts";
import { areas, completeAnswers, county, countyArea, fictionalId , type WorldActor } from "../../../test/world.ts";
import { Problem } from "../../core/problem.ts";
import { fixedClock } from "../../platform/clock.ts";
import { systemActor } from "../../platform/database.ts";
import { openSpreadsheet } from "../../platform/spreadsheet.ts";
import type { FormAnswers } from "../../scheme/model.ts";
import { listFindings, recheck } from "../matching/service.ts";
import { decideRecord } from "../review/service.ts";
import { listAlike } from "./alike.ts";
import { getAuthority } from "./authority.ts";
import { getCase, listCases } from "./case-view.ts";
import { listHolidays, setHolidays } from "./holidays.ts";
import { listUrgentCases } from "./urgent.ts";
import { getLeague, getLeagueFile } from "./league.ts";
import { listRepeats } from "./repeats.ts";
import { listReroutes, rerouteCase, settleReroute } from "./reroute.ts";
import { confirmReturn, listReturns, makeReturn, returnFile, returnSignature, verifyReturn } from "./returns.ts";
import { answerCase, answerCases, climbCases, decideCase, decideCases } from "./service.ts";
import { foldCounts } from "./queries.ts";
import { takeValues } from "./take-values.ts";

let m: MatchWorld;
before(async () => void (m = await matchWorld()));
after(() => m.close());

const person = (n: number, more: FormAnswers = {}) => completeAnswers(n, { name: `陈建${"一二三四五六七八九十"[n - 1]}`, ...more });
const HEADINGS = "公民身份号码,姓名,性别,民族,出生日期,户籍地行政区划,死亡日期,曾服兵役";
const line = (n: number, more: { name?: string; ethnic?: string; died?: string } = {}): string =>
  [fictionalId(n), more.name ?? `陈建${"一二三四五六七八九十"[n - 1]}`, "男", more.ethnic ?? "汉族", "1958-03-12", areas.A1, more.died ?? "", ""].join(",");
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const pdf = { fileName: "proof.pdf", mime: "application/pdf", bytes: Buffer.from("%PDF-1.4 fictional") };
const at = (id: string) => ({ county, id });
const caseOf = async (record: string): Promise<string> => String((await m.rows("select id from case_file where record_id = $1 order by opened_at desc", [record]))[0]?.["id"]);
const stateOf = async (id: string): Promise<string> => String((await m.rows("select state from case_file where id = $1", [id]))[0]?.["state"]);
const on = (day: string) => ({ ...m.w.platform, clock: fixedClock(`${day}T02:00:00Z`) });

let records: string[];
let ids: string[];

test("equal cases are those with the same findings and, where theirs is a code, the same value", async () => {
  records = await m.accept(Array.from({ length: 9 }, (_, index) => person(index + 1)));
  // 1–5: another ethnic group, the same one; 6: another one still; 7: dead; 8: another name; 9 is not on the list.
  const batch = await m.bring("public_security", [HEADINGS, ...[1, 2, 3, 4, 5].map((n) => line(n, { ethnic: "畲族" })), line(6, { ethnic: "回族" }), line(7, { died: "2018-08-01" }), line(8, { name: "陈建设" })].join("\n"));
  await m.match(batch);
  await m.settle();
  ids = await Promise.all(records.map(caseOf));
  const alike = await m.as("collectorA", (tx) => listAlike(tx, m.w.platform, county, ids[0]!));
  assert.deepEqual(alike.rows.map((row) => row.id).toSorted(), ids.slice(0, 5).toSorted());
  assert.equal(alike.rows[0]?.id, ids[0]);
  assert.deepEqual(alike.pattern.map((part) => part.theirs), [{ zh: "畲族", en: "She" }]);
  assert.equal((await m.as("collectorA", (tx) => listAlike(tx, m.w.platform, county, ids[7]!))).rows.length, 1);
  await assert.rejects(m.as("collectorB", (tx) => listAlike(tx, m.w.platform, county, ids[0]!)), refused("not-found"));
});

const many = (cases: readonly string[], answer: "correct-ours" | "confirm-ours" | "cannot-tell", file?: typeof pdf) =>
  m.as("collectorA", (tx) => answerCases(tx, m.w.platform, county, { cases: cases.join(","), answer, note: "统一核对户口簿" }, file));

test("many answers at once are checked singly: unequal, foreign and uncorrected cases are named and stay open", async () => {
  await assert.rejects(many(ids.slice(0, 2), "confirm-ours"), refused("proof-missing"));
  await assert.rejects(many(["no id"], "cannot-tell"), refused("bad-request"));
  const corrected = await many(ids.slice(0, 3), "correct-ours");
  assert.deepEqual([corrected.done, corrected.results.map((each) => each.problem?.code)], [0, Array(3).fill("move-not-possible")], "nobody corrected anything");
  const unknown = "00000000-0000-4000-8000-000000000000";
  const outcome = await many([...ids.slice(0, 4), ids[5]!, ids[6]!, unknown], "confirm-ours", pdf);
  assert.equal(outcome.done, 4);
  assert.deepEqual(outcome.results.slice(4).map((each) => each.problem?.code), ["move-not-possible", "move-not-possible", "not-found"]);
  assert.deepEqual(outcome.results.slice(4).map((each) => each.state), ["open", "open", undefined]);
  assert.deepEqual(await Promise.all(ids.slice(0, 7).map(stateOf)), ["answered", "answered", "answered", "answered", "open", "open", "open"]);
  assert.equal((await many(ids.slice(0, 1), "cannot-tell")).done, 0, "what is answered is not changed with others");
});

test("no way of answering many closes a case; deciding many runs the check for each, and who answered cannot decide", async () => {
  const both = { ...m.w.actors.collectorA, roles: ["collector", "county-reviewer"] };
  const own = await m.t.database.write(both, (tx) => decideCases(tx, m.w.platform, county, { cases: ids.slice(0, 4), accept: true }));
  assert.deepEqual(own.results.map((each) => each.problem?.code), Array(4).fill("same-person"));
  // One record is corrected after the answer: “ours is right” no longer speaks of what stands there.
  await m.revise(records[3]!, person(4, { political: "01" }));
  const decided = await m.as("countyReviewer", (tx) => decideCases(tx, m.w.platform, county, { cases: ids.slice(0, 5), accept: true }));
  assert.deepEqual(decided.results.map((each) => each.problem?.code), [undefined, undefined, undefined, "changed-meanwhile", "move-not-possible"]);
  assert.deepEqual(decided.results.map((each) => each.state), ["closed", "closed", "closed", "answered", "open"]);
  assert.deepEqual(await m.rows("select distinct closed_because from finding where state = 'closed'"), [{ closed_because: "confirmed-ours" }]);
  const back = await m.as("countyReviewer", (tx) => decideCases(tx, m.w.platform, county, { cases: [ids[3]!], accept: false, note: "请重新核对" }));
  assert.deepEqual(back.results.map((each) => each.state), ["open"]);
});

test("a value of theirs is taken over only as a correction with its source, which review and the check decide on", async () => {
  const id = ids[4]!;
  const view = await m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, id));
  assert.deepEqual(view.proposals.map(({ path, department, why }) => [path, department, why]), [["general.ethnic", "public_security", undefined]]);
  const take = (findings: string[]) => m.as("collectorA", (tx) => takeValues(tx, m.w.platform, at(id), { findings, reason: "户口簿为畲族，采用公安数据" }));
  const foreign = (await m.rows("select id from finding where record_id = $1", [records[5]]))[0]?.["id"];
  await assert.rejects(take([String(foreign)]), refused("move-not-possible"), "another case's finding offers nothing here");
  await assert.rejects(take(view.findings.map((finding) => finding.id)), refused("record-has-issues"), "a correction must be whole like every other");
  assert.equal(await stateOf(id), "open");
});

test("a case is offered with a reason, declined or taken by the other office, and its history tells", async () => {
  const id = ids[5]!;
  const offer = (toArea: number) => m.as("collectorA", (tx) => rerouteCase(tx, m.w.platform, at(id), { toArea, reason: "本人长期住乙镇" }));
  await assert.rejects(offer(areas.elsewhere), refused("move-not-possible"));
  await assert.rejects(offer(areas.B1), refused("move-not-possible"), "villages answer no cases");
  await assert.rejects(m.as("collectorB", (tx) => rerouteCase(tx, m.w.platform, at(id), { toArea: areas.B, reason: "要来" })), refused("not-found"), "nobody pulls a case over");
  const offered = await offer(areas.B);
  assert.equal(offered.reroute?.toArea.code, areas.B);
  await assert.rejects(offer(countyArea), refused("already-exists"));
  const seen = await m.as("collectorB", (tx) => listReroutes(tx));
  assert.deepEqual(seen.rows.map((row) => [row.person, row.mine, row.state]), [["陈**", true, "asked"]]);
  await assert.rejects(m.as("collectorB", (tx) => getCase(tx, m.w.platform, county, id)), refused("not-found"), "the case itself is read only after it was taken");
  const settle = (actor: "collectorA" | "collectorB" | "countyReviewer", accept: boolean) => m.as(actor, (tx) => settleReroute(tx, { county, id: seen.rows[0]!.id }, { accept, reason: accept ? "同意接收" : "不在本镇" }));
  await assert.rejects(settle("collectorA", true), refused("not-found"));
  await settle("collectorB", false);
  await assert.rejects(settle("collectorB", true), refused("not-found"), "settled once");
  await offer(areas.B);
  const again = (await m.as("collectorB", (tx) => listReroutes(tx))).rows.find((row) => row.state === "asked")!;
  await m.as("collectorB", (tx) => settleReroute(tx, { county, id: again.id }, { accept: true, reason: "同意接收" }));
  await assert.rejects(m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, id)), refused("not-found"));
  const taken = await m.as("collectorB", (tx) => getCase(tx, m.w.platform, county, id));
  assert.deepEqual([taken.case.area.code, taken.routedBy, taken.findings.length], [areas.B, "person", 1]);
  assert.deepEqual(taken.history.map((step) => step.kind), ["opened", "reroute-asked", "reroute-declined", "reroute-asked", "rerouted"]);
});

test("moving a case closes nothing: the new office cannot call it corrected, and an answered case is not moved", async () => {
  const id = ids[5]!;
  await assert.rejects(m.as("collectorB", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "correct-ours", note: "已改" }, undefined)), refused("move-not-possible"));
  await m.t.database.write(systemActor("test"), (tx) => recheck(tx, m.w.platform, { county, findingIds: [] }));
  assert.equal(await stateOf(id), "open");
  await m.as("collectorB", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "cannot-tell", note: "核对不了" }, undefined));
  await assert.rejects(m.as("collectorB", (tx) => rerouteCase(tx, m.w.platform, at(id), { toArea: areas.A, reason: "退回" })), refused("move-not-possible"));
  const view = await m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at(id), { accept: true }));
  assert.deepEqual([view.case.state, view.case.unsettled], ["answered", true]);
});

test("a case that is answered while an offer waits stays where it is; the offer can only be declined", async () => {
  const id = ids[7]!;
  await m.as("collectorA", (tx) => rerouteCase(tx, m.w.platform, at(id), { toArea: areas.B, reason: "住乙镇" }));
  await m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(id), { answer: "unreachable", note: "三次未遇" }, undefined));
  const offer = (await m.as("collectorB", (tx) => listReroutes(tx))).rows.find((row) => row.case === id)!;
  await assert.rejects(m.as("collectorB", (tx) => settleReroute(tx, { county, id: offer.id }, { accept: true, reason: "接收" })), refused("move-not-possible"));
  await m.as("collectorB", (tx) => settleReroute(tx, { county, id: offer.id }, { accept: false, reason: "已答复" }));
  assert.deepEqual((await m.rows("select area::bigint as area, state from case_file where id = $1", [id])).map((row) => [Number(row["area"]), row["state"]]), [[areas.A, "answered"]]);
});

test("late cases climb to the county and then to the city, once for each level, on working days", async () => {
  const levels = async () => (await m.rows("select climbed, climb_due_on::text, count(*)::int as n from case_file where state <> 'closed' group by 1, 2 order by 1")).map((row) => [row["climbed"], row["climb_due_on"], row["n"]]);
  assert.deepEqual(await climbCases(on("2018-11-15")), { toCounty: 0, toCity: 0 }, "the day itself is in time");
  // The dead person's case was due after 10 working days, the others after 15.
  assert.deepEqual(await climbCases(on("2018-11-16")), { toCounty: 1, toCity: 0 });
  assert.deepEqual(await climbCases(on("2018-11-16")), { toCounty: 0, toCity: 0 }, "running it again changes nothing");
  assert.deepEqual(await levels(), [[0, null, 5], [1, "2018-11-23", 1]]);
  assert.deepEqual(await climbCases(on("2018-11-26")), { toCounty: 5, toCity: 1 });
  assert.deepEqual(await levels(), [[1, "2018-12-03", 5], [2, "2018-12-03", 1]]);
  const climbed = await m.as("countyReviewer", (tx) => listCases(tx, m.w.platform, { climbed: 2 }));
  assert.deepEqual(climbed.rows.map((row) => [row.id, row.climbed, row.climbDueOn]), [[ids[6], 2, "2018-12-03"]]);
  const steps = await m.as("countyReviewer", (tx) => getCase(tx, m.w.platform, county, ids[6]!));
  assert.deepEqual(steps.history.map((step) => step.kind), ["opened", "climbed", "climbed"]);
});

test("the clock counts by the table of holidays, which an administrator keeps", async () => {
  await assert.rejects(m.as("countyLead", (tx) => setHolidays(tx, 2019, { source: "国办发明电〔2018〕15号", days: [{ day: "2018-12-31", worked: false }] })), refused("bad-request"));
  await m.as("countyLead", (tx) => setHolidays(tx, 2018, { source: "测试", days: [{ day: "2018-12-03", worked: false }, { day: "2018-12-08", worked: true }] }));
  assert.deepEqual(await climbCases(on("2018-12-04")), { toCounty: 0, toCity: 5 });
  // Five working days after 4 December with Saturday the 8th worked.
  assert.deepEqual(await m.rows("select distinct climb_due_on::text as due from case_file where climbed = 2 and climbed_on = '2018-12-04'"), [{ due: "2018-12-10" }]);
});

test("shipped years name their notice and are held against it; a year that is entered says by whom, and whether", async () => {
  const shipped = (await m.as("countyLead", (tx) => listHolidays(tx))).years;
  assert.deepEqual(shipped.map(({ year, notice, verified, free, worked }) => [year, notice, verified, free, worked]), [
    [2026, "国办发明电〔2025〕7号", true, 19, 6],
    [2025, "国办发明电〔2024〕12号", true, 18, 5],
    [2019, "国办发明电〔2018〕15号", true, 17, 6],
    [2018, "测试", false, 1, 1],
  ]);
  const set = (days: { day: string; worked: boolean }[], more: object = {}) => m.as("countyLead", (tx) => setHolidays(tx, 2027, { source: "国办发明电〔2026〕1号", days, ...more }));
  await assert.rejects(set([{ day: "2027-01-02", worked: false }]), refused("bad-request"));
  await assert.rejects(set([{ day: "2027-01-04", worked: true }]), refused("bad-request"));
  await set([{ day: "2027-01-01", worked: false }], { verified: true, publishedOn: "2026-11-03" });
  const { years } = await m.as("countyLead", (tx) => listHolidays(tx));
  assert.deepEqual(years[0] && [years[0].year, years[0].verified, years[0].publishedOn, years[0].enteredBy, years[0].free], [2027, true, "2026-11-03", "countyLead", 1]);
  await m.rows("delete from holiday where day >= '2027-01-01'");
  await m.rows("delete from holiday_year where year = 2027");
});

test("what a lead looks at first: the latest first with working days, every rate with its base, and years nobody entered", async () => {
  const urgent = await m.as("countyLead", (tx) => listUrgentCases(tx, on("2018-12-04")));
  const all = await m.rows("select due_on::text as due, id from case_file where state <> 'closed' order by due_on, id");
  assert.deepEqual(urgent.rows.map((row) => row.id), all.slice(0, 12).map((row) => row["id"]));
  assert.equal(urgent.late.count, all.filter((row) => String(row["due"]) < "2018-12-04").length);
  assert.deepEqual([urgent.late.base, urgent.soon.base, urgent.open], [all.length, all.length, all.length]);
  const [first] = urgent.rows;
  assert.ok(first && first.overdue && first.workingDays < 0);
  assert.deepEqual(urgent.years, [{ year: 2018, entered: true, verified: false }]);
  const later = await m.as("countyLead", (tx) => listUrgentCases(tx, on("2030-01-02")));
  assert.deepEqual(later.years, [{ year: 2030, entered: false, verified: false }]);
  const league = await m.as("countyLead", (tx) => getLeague(tx, on("2018-12-04"), {}));
  assert.deepEqual(urgent.all, league.all);
});

test("no case is without an owner: each has an office of its county, whatever moved", async () => {
  const lost = await m.rows("select c.id from case_file c where not exists (select from area a where a.code = c.area and a.level in (3, 4)) or c.area / 1000000 <> c.county");
  assert.deepEqual(lost, []);
  const apart = await m.rows("select f.id from finding f join case_file c on c.county = f.county and c.id = f.case_id where f.area / 1000 * 1000 <> c.area and c.area % 1000000 <> 0");
  assert.deepEqual(apart, [], "who has the case sees its findings");
});

test("the table of offices gives each rate with its base, and the file says the same", async () => {
  const league = await m.as("countyReviewer", (tx) => getLeague(tx, on("2018-12-04"), {}));
  const a = league.rows.find((row) => row.area.code === areas.A)!;
  const opened = await m.rows("select count(*)::int as n from case_file where area = $1", [areas.A]);
  assert.equal(a.opened, opened[0]?.["n"]);
  assert.deepEqual([league.all.opened, league.all.closedByCheck, league.all.reopened.count], [9, { count: 3, base: 9 }, 1]);
  assert.deepEqual(league.all.overdue, { count: 6, base: 6 });
  assert.equal(league.all.medianDays, 0);
  const own = await m.as("collectorB", (tx) => getLeague(tx, on("2018-12-04"), {}));
  assert.deepEqual(own.rows.map((row) => row.area.code), [areas.B], "an office sees itself");
  const csv = await m.as("countyReviewer", (tx) => getLeagueFile(tx, on("2018-12-04"), { format: "csv" }));
  assert.match(Buffer.from(csv.bytes).toString("utf8"), /"合计 All","9",/u);
  const xlsx = await m.as("countyReviewer", (tx) => getLeagueFile(tx, on("2018-12-04"), { format: "xlsx" }));
  assert.equal(openSpreadsheet(Buffer.from(xlsx.bytes)).sheets[0], "办理情况");
});

test("what comes back twice is listed by person, item, collector and office with its base", async () => {
  const back = () => m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at(ids[7]!), { accept: false, note: "再查" }));
  await back();
  await m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at(ids[7]!), { answer: "cannot-tell", note: "仍无法判断" }, undefined));
  await back();
  const by = (kind: "person" | "item" | "collector" | "office") => m.as("countyReviewer", (tx) => listRepeats(tx, m.w.platform, { by: kind }));
  assert.deepEqual((await by("person")).rows.map((row) => [row.label.zh, row.cases, row.reopened]), [["陈建八", 1, 2]]);
  assert.deepEqual((await by("office")).rows.map((row) => [row.key, row.reopened]), [[String(areas.A), 3]]);
  assert.deepEqual((await by("collector")).rows.map((row) => row.label.zh), ["（无采集人）"]);
  assert.deepEqual((await by("item")).rows.map((row) => row.label.zh), [], "each item's cases came back once");
});

test("a department gets its confirmed errors in a signed file: its own rows, no more of ours than the field", async () => {
  const made = await m.as("countyLead", (tx) => makeReturn(tx, m.w.platform, { county, campaign: m.w.campaign.id, department: "public_security" }));
  assert.equal(made.rows, 3);
  assert.deepEqual(made.rates.find((rate) => rate.field === "ethnic"), { field: "ethnic", label: { zh: "民族", en: "Ethnic group" }, errors: 3, compared: 8 });
  await assert.rejects(m.as("reviewerA", (tx) => makeReturn(tx, m.w.platform, { county, campaign: m.w.campaign.id, department: "public_security" })), refused("not-found"));
  await assert.rejects(m.as("countyLead", (tx) => makeReturn(tx, m.w.platform, { county, campaign: m.w.campaign.id, department: "none" })), refused("not-found"));
  const take = () => m.as("countyLead", (tx) => returnFile(tx, m.w.platform, county, made.id));
  const confirm = (who: WorldActor, sha256 = made.sha256) => m.as(who, (tx) => confirmReturn(tx, m.w.platform, county, made.id, { sha256 }));
  await assert.rejects(take(), refused("second-person-needed"), "nothing leaves before");
  await assert.rejects(confirm("countyLead"), refused("second-person-needed"), "nobody confirms what they made");
  await assert.rejects(confirm("reviewerA"), refused("not-found"));
  await assert.rejects(confirm("approver", "0".repeat(64)), refused("changed-meanwhile"), "a word for other content counts for nothing");
  const set = (column: string, value: string): Promise<unknown> => m.rows(`update return_file set ${column} = ${value} where id = $1`, [made.id]);
  await set("valid_until", "'2018-10-31'");
  await assert.rejects(confirm("approver"), refused("move-not-possible"), "too late");
  await set("valid_until", "'2018-11-10'");
  const [one] = await m.rows("select id from finding where closed_because = 'confirmed-ours' limit 1");
  const closed = (because: string): Promise<unknown> => m.rows("update finding set closed_because = $2 where id = $1", [one?.["id"], because]);
  await closed("explained");
  await assert.rejects(confirm("approver"), refused("changed-meanwhile"), "what it says is no longer what was found");
  await closed("confirmed-ours");
  const inTheDatabase = (by: string) => m.as("countyLead", (tx) => tx.updateTable("returnFile").set({ confirmedBy: by, confirmedAt: new Date(), confirmedSha256: made.sha256 }).where("id", "=", made.id).execute());
  await assert.rejects(inTheDatabase(m.w.actors.countyLead.account), /return_file_confirmed_by_another/);
  await assert.rejects(inTheDatabase(m.w.actors.approver.account), /in the name of another/);
  assert.deepEqual([(await confirm("approver")).state, (await m.as("countyLead", (tx) => listReturns(tx, m.w.platform))).rows[0]?.confirmedBy], ["confirmed", "approver"]);
  await assert.rejects(confirm("approver"), refused("move-not-possible"));
  const file = await take();
  const signature = Buffer.from((await m.as("countyLead", (tx) => returnSignature(tx, county, made.id))).bytes).toString("utf8");
  const book = openSpreadsheet(Buffer.from(file.bytes));
  const cells: unknown[][] = [];
  for await (const part of book.rows("确认有误的数据")) cells.push(...part.map((row) => [...row.cells]));
  assert.deepEqual(cells[1]?.slice(0, 6), ["list.csv", cells[1]?.[1], "民族", "畲族", "经核实为：汉族", "有，存于本机构 Held by us"]);
  const text = cells.flat().join("\n");
  for (const secret of [fictionalId(1), "陈建一", "13800000000", "甲一村1号"]) assert.ok(!text.includes(secret), `the file holds ${secret}`);
  const verdict = (bytes: Uint8Array, given: string) => verifyReturn(m.w.platform, { signature: given }, { fileName: "x", mime: "", bytes: Buffer.from(bytes) });
  const { valid, ours } = await verdict(file.bytes, signature);
  assert.deepEqual([valid, ours], [true, true]);
  const altered = Buffer.from(file.bytes);
  altered[altered.length - 1]! ^= 1;
  assert.equal((await verdict(altered, signature)).valid, false);
  const forged = { ...(JSON.parse(signature) as Record<string, string>), signedAt: "2030-01-01T00:00:00.000Z" };
  assert.equal((await verdict(file.bytes, JSON.stringify(forged))).valid, false);
  assert.equal((await verdict(file.bytes, "{}")).valid, false);
  assert.equal((await m.as("countyLead", (tx) => listReturns(tx, m.w.platform))).rows.length, 1);
  assert.equal((await m.rows("select from audit_entry where action in ('return.make', 'return.confirm', 'return.download')")).length, 3);
});

test("an older list neither raises nor closes what a newer one said, and the table of authority says how fresh each is", async () => {
  const before = await m.rows("select id, state from finding order by id");
  const newer = await m.bring("public_security", [HEADINGS, ...[1, 2, 3, 4, 5].map((n) => line(n, { ethnic: "畲族" })), line(6, { ethnic: "回族" }), line(7, { died: "2018-08-01" }), line(8, { name: "陈建设" })].join("\n"));
  await m.rows("update import_batch set as_of = '2018-11-20' where id = $1", [newer]);
  await m.match(newer);
  const older = await m.bring("public_security", [HEADINGS, line(9), line(7, { name: "陈建错" }), ...[1, 2, 3, 4, 5, 6].map((n) => line(n))].join("\n"));
  await m.rows("update import_batch set as_of = '2018-06-30' where id = $1", [older]);
  const { counts } = await m.match(older);
  await m.settle();
  assert.deepEqual([counts["outdated"], counts["raised"], counts["closed"]], [1, 0, 0]);
  assert.deepEqual(await m.rows("select id, state from finding order by id"), before);
  assert.deepEqual(await m.rows("select distinct as_of::text from vouch"), [{ as_of: "2018-11-20" }]);
  const { rows, lists } = await m.as("collectorA", (tx) => getAuthority(tx, on("2018-12-04"), { campaign: m.w.campaign.id }));
  const area = rows.find((row) => row.path === "general.housing_area");
  assert.deepEqual([area?.authority, area?.tolerance, area?.classes.map((each) => each.key)], ["housing", 0.05, ["Z02"]]);
  assert.deepEqual(rows.filter((row) => row.rule === "once").map((row) => [row.authority, row.classes[0]?.key]), [["register", "DUP"]]);
  const police = (await m.as("countyLead", (tx) => getAuthority(tx, on("2018-12-04"), { campaign: m.w.campaign.id }))).lists.find((list) => list.department === "public_security");
  assert.deepEqual([police?.asOf, police?.ageDays, police?.older], ["2018-11-20", 14, 2]);
  assert.equal(lists.find((list) => list.department === "housing")?.asOf, undefined, "no list yet is said as such");
});

test("a whole record takes their value over: a correction with its source, and the case closes once it is accepted and agrees", async () => {
  const id = ids[4]!;
  const view = await m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, id));
  const record = { county, id: records[4]! };
  const headOf = async (): Promise<number> => Number((await m.rows("select head from record where id = $1", [record.id]))[0]?.["head"]);
  await m.revise(record.id, await withPictures(m.w, { ...record, head: await headOf() }, person(5)));
  await m.as("collectorA", (tx) => takeValues(tx, m.w.platform, at(id), { findings: view.findings.map((finding) => finding.id), reason: "户口簿为畲族，采用公安数据" }));
  const [revision] = await m.rows("select v.answers, v.provenance, v.kind, r.state from record r join revision v on v.record_id = r.id and v.no = r.head where r.id = $1", [record.id]);
  assert.equal((revision?.["answers"] as { general: { ethnic: string } }).general.ethnic, "22");
  assert.equal((revision?.["provenance"] as Record<string, string>)["general.ethnic"], "department:public_security");
  assert.deepEqual([revision?.["kind"], revision?.["state"]], ["correction", "submitted"]);
  await m.settle();
  assert.notEqual(await stateOf(id), "closed", "a proposal that nobody reviewed closes nothing");
  for (const actor of ["reviewerA", "countyReviewer"] as const) {
    const head = await headOf();
    await m.as(actor, (tx) => decideRecord(tx, m.w.platform, { ...record, basedOn: head, decision: "approve" }));
  }
  await m.settle();
  assert.deepEqual(await m.rows("select distinct closed_because from finding where record_id = $1 and path = 'general.ethnic'", [record.id]), [{ closed_because: "agrees" }]);
  assert.equal(await stateOf(id), "closed");
});

/** The same counts from the cases themselves, as they were made before they were kept. */
const recount = (today: string) => m.rows(`
  with chosen as (select c.*, (c.opened_at at time zone 'Asia/Shanghai')::date as opened_on, (c.closed_at at time zone 'Asia/Shanghai')::date as closed_on from case_file c),
    answered as (select county, case_id, (min(at) at time zone 'Asia/Shanghai')::date as on_day from case_step where kind = 'answered' group by 1, 2),
    calendar as (select d::date as day, sum(case when h.day is not null then h.worked::int when extract(isodow from d) < 6 then 1 else 0 end) over (order by d) as nth
      from generate_series((select min(opened_on) from chosen), greatest((select max(closed_on) from chosen), (select max(opened_on) from chosen)), interval '1 day') d left join holiday h on h.day = d::date)
  select c.area, count(*)::int as opened, array[count(*) filter (where a.on_day <= c.due_on), count(*) filter (where a.on_day is not null or c.due_on < $1::date)]::int[] as answered,
    (count(*) filter (where c.state = 'closed'))::int as closed, (count(*) filter (where c.times_reopened > 0))::int as reopened,
    array[count(*) filter (where c.state <> 'closed' and c.due_on < $1::date), count(*) filter (where c.state <> 'closed')]::int[] as overdue, (count(*) filter (where c.climbed > 0))::int as climbed,
    percentile_cont(0.5) within group (order by (z.nth - b.nth)) filter (where c.state = 'closed')::float8 as median
  from chosen c left join answered a on a.county = c.county and a.case_id = c.id join calendar b on b.day = c.opened_on left join calendar z on z.day = c.closed_on group by grouping sets ((c.area), ()) order by c.area nulls last`, [today]);

test("the kept counts are what a recount gives, after any moves and before and after they are folded", async () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  const some = (): string => `(county, id) in (select county, id from case_file order by md5(id::text || '${random(1e6)}') limit ${1 + random(40)})`;
  const day = (): string => `timestamptz '2018-10-01 20:00+00' + ${random(80)} * interval '1 day'`;
  const place = (): string => String([areas.A, areas.B, countyArea][random(3)]);
  const moves = [
    () => `insert into case_file (county, id, area, class_group, person_key, person_name, routed_by, opened_at, due_on) select ${county}, gen_random_uuid(), ${place()}, 'g${random(3)}', 'x:' || gen_random_uuid(), 'x', 'county', ${day()}, date '2018-10-10' + ${random(60)} from generate_series(1, ${1 + random(30)})`,
    () => `update case_file set area = ${place()} where ${some()}`,
    () => `update case_file set state = 'closed', closed_at = opened_at + ${random(30)} * interval '1 day' where ${some()}`,
    () => `update case_file set state = 'open', times_reopened = times_reopened + 1 where state <> 'open' and ${some()}`,
    () => `update case_file set due_on = due_on + ${random(9)} where ${some()}`,
    () => `update case_file set climbed = ${1 + random(2)}, climbed_on = '2018-11-01', climb_due_on = '2018-11-09' where ${some()}`,
    () => `insert into case_step (county, id, case_id, area, kind, actor, at) select county, gen_random_uuid(), id, area, 'answered', 'x', ${day()} from case_file where ${some()}`,
    () => `delete from case_file c where not exists (select from case_step s where s.county = c.county and s.case_id = c.id) and not exists (select from finding f where f.county = c.county and f.case_id = c.id) and not exists (select from case_reroute r where r.county = c.county and r.case_id = c.id) and ${some()}`,
  ];
  const today = "2018-11-05";
  const same = async (): Promise<void> => {
    const league = await m.as("countyLead", (tx) => getLeague(tx, on(today), {}));
    const kept = [...league.rows.map((row) => ({ ...row, at: row.area.code })), { ...league.all, at: null }].map((row) => ({ area: row.at, opened: row.opened, answered: [row.answeredInTime.count, row.answeredInTime.base], closed: row.closedByCheck.count, reopened: row.reopened.count, overdue: [row.overdue.count, row.overdue.base], climbed: row.climbed.count, median: row.medianDays ?? null }));
    assert.deepEqual(kept, (await recount(today)).map((row) => ({ ...row, area: row["area"] === null ? null : Number(row["area"]) })));
    const filters: readonly Parameters<typeof listCases>[2][] = [{}, { state: "open" }, { state: "closed" }, { overdue: true }, { climbed: 1 }, { group: "g1" }, { area: areas.B }];
    for (const filter of filters) {
      const listed = await m.as("countyLead", (tx) => listCases(tx, on(today), filter));
      const { area, group, state, overdue, climbed } = filter;
      const rows = await m.rows(`select id from case_file where ($1::bigint is null or area = $1) and ($2::text is null or class_group = $2) and ($3::text is null or state = $3) and ($4::boolean is null or (state <> 'closed' and due_on < $6::date)) and ($5::int is null or (climbed >= $5 and state <> 'closed')) order by due_on, id`, [area ?? null, group ?? null, state ?? null, overdue ?? null, climbed ?? null, today]);
      assert.deepEqual([listed.total, listed.rows.map((row) => row.id)], [rows.length, rows.slice(0, 100).map((row) => row["id"])], JSON.stringify(filter));
    }
  };
  for (const state of [undefined, "open", "closed"] as const) {
    const { total } = await m.as("countyLead", (tx) => listFindings(tx, m.w.platform, state === undefined ? {} : { state }));
    assert.equal(total, Number((await m.rows("select count(*)::int as n from finding where $1::text is null or state = $1", [state ?? null]))[0]?.["n"]), `findings ${state ?? "in all"}`);
  }
  const fold = () => m.w.platform.database.write(systemActor("cases"), foldCounts);
  for (let round = 0; round < 4; round += 1) {
    for (let n = 0; n < 40; n += 1) await m.rows(moves[random(moves.length)]!());
    await same();
    if ((await fold()) > 0) await same();
  }
  const [{ rows, folded } = { rows: 0, folded: false }] = await m.rows("select count(*)::int as rows, bool_or(folded) as folded from case_tally");
  assert.ok(folded === true && Number(rows) > 20, "something was folded");
});
