// Members of households on a real database: matched like any person, found again wherever their row stands, missed and met, settled
// only by the same check; and a member whom two counties hold is told to both, neither seeing the other's data. Everybody is made up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, county, countyArea, fictionalId } from "../../../test/world.ts";
import { newId } from "../../core/ids.ts";
import { systemActor } from "../../platform/database.ts";
import { seal } from "../../platform/field-cipher.ts";
import { emit } from "../../platform/journal.ts";
import { sealSplit } from "../../scheme/differences.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { createCampaign, type Campaign } from "../campaigns/service.ts";
import { getAuthority } from "../dispatch/authority.ts";
import { getCase } from "../dispatch/case-view.ts";
import { openCases } from "../dispatch/open-cases.ts";
import { makeReturn } from "../dispatch/returns.ts";
import { setMapping, signAgreement, startRun, takeUpload } from "../exchange/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { openRecord } from "../records/service.ts";
import { proposalsOf, startMatch, takenValues, tellDuplicates } from "./service.ts";

const other = 350525;
let m: MatchWorld;
let campaign: Campaign;
let otherCampaign: Campaign;

before(async () => {
  m = await matchWorld();
  const round = { scheme: "low-income", version: lowIncome.version, name: { zh: "低收入轮次", en: "Households" }, referenceDate: "2019-08-01", startsOn: "2018-10-01", endsOn: "2019-01-31" };
  [campaign, otherCampaign] = await m.t.database.write(systemActor("world"), async (tx) => {
    await publishScheme(tx, lowIncome);
    return [await createCampaign(tx, { ...round, area: countyArea }), await createCampaign(tx, { ...round, area: other * 1e6 })];
  });
  for (const department of ["public_security", "civil_affairs"]) await m.as("countyLead", (tx) => signAgreement(tx, m.w.platform, { campaign: campaign.id, department, purpose: "测试", fromOn: "2000-01-01", toOn: "2099-12-31", document: `测试协议 ${department}` }));
});
after(() => m.close());

const birth = (n: number): string => `19${50 + n}-03-12`;
const number = (n: number): string => fictionalId(n, birth(n).replaceAll("-", ""));
const row = (n: number, name: string, more: Group = {}): Group => ({ member_no: n, name, id_kind: "1", id_number: number(n), sex: "1", birth_date: birth(n), person_state: "01", ...more });
const head = row(1, "曾虚构");
const [spouse, son, mother] = [row(2, "李假设"), row(3, "曾虚拟"), row(4, "王虚名")];
const answersOf = (members: readonly Group[], first: Group = head): Answers => ({
  household: { householder_name: first["name"], householder_id: first["id_number"], householder_sex: "1", householder_birth: first["birth_date"], region: String(areas.A1), assistance: ["0"], member_count: members.length, members },
});

async function plant(of: number, area: number, round: Campaign, answers: Answers): Promise<string> {
  const [subject, record] = [newId(), newId()];
  const household = answers["household"];
  await m.rows("insert into subject (county, id, area, name, pinyin, initials, id_digest) values ($1, $2, $3, $4, '', '', $5)", [of, subject, area, household?.["householder_name"], m.t.keys.blind(String(household?.["householder_id"]))]);
  await m.rows("insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state, head) values ($1, $2, $3, $4, $5, $6, $7, 'added', 'accepted', 0)", [of, record, subject, area, round.scheme, round.version, round.id]);
  await revise(record, answers);
  return record;
}
/** A newer revision; what it makes of the record is told. */
async function revise(record: string, answers: Answers, state = "accepted"): Promise<void> {
  const [of] = await m.rows("select county, area from record where id = $1", [record]);
  const at = Number(of?.["county"]);
  const { plain, sealed } = sealSplit(lowIncome, answers);
  await m.rows(
    `insert into revision (county, record_id, no, based_on, area, kind, answers, sealed, author)
     select county, id, head + 1, head, area, 'correction', $2, $3, 'test' from record where county = $4 and id = $1`,
    [record, JSON.stringify(plain), seal(m.t.keys, at, record, sealed), at],
  );
  await m.rows("update record set head = head + 1, state = $2, updated_at = now() where county = $3 and id = $1", [record, state, at]);
  if (state === "accepted") await m.t.database.write(systemActor("test"), (tx) => emit(tx, [{ kind: "record.accepted", area: Number(of?.["area"]), county: at, recordId: record, data: {} }]));
  await m.settle();
}

/** Brings a list of the round's department in and matches it. */
async function list(department: string, csv: readonly string[], asOf = "2018-10-31"): Promise<Record<string, number>> {
  const { platform } = m.w;
  const contact = { ...m.w.actors.contact, department };
  const sent = await m.t.database.write(contact, (tx) => takeUpload(tx, platform, { kind: "extract", department, purpose: "测试", asOf, campaign: campaign.id }, { fileName: "list.csv", mime: "text/csv", bytes: Buffer.from(csv.join("\n")) }));
  await m.t.database.write(contact, (tx) => setMapping(tx, platform, { county, id: sent.id }, { columns: sent.columns.map(({ column, target }) => ({ column, ...(target && { target }) })) }));
  const started = await m.t.database.write(contact, (tx) => startRun(tx, platform, { county, id: sent.id }));
  assert.equal((await platform.queue.wait(contact, started.task!)).state, "done");
  const run = await m.as("countyLead", (tx) => startMatch(tx, platform, sent.id));
  const done = await platform.queue.wait(m.w.actors.countyLead, run.task!);
  assert.equal(done.state, "done", JSON.stringify(done.problem));
  await m.settle();
  const [counts] = await m.rows("select counts from match_run where id = $1", [run.id]);
  return counts?.["counts"] as Record<string, number>;
}
const HEADINGS = "公民身份号码,姓名,性别,出生日期,户籍地行政区划,死亡日期";
const line = (of: Group, more: { readonly name?: string; readonly died?: string } = {}): string => [of["id_number"], more.name ?? of["name"], "男", of["birth_date"], areas.A1, more.died ?? ""].join(",");
const police = (...rows: readonly string[]): Promise<Record<string, number>> => list("public_security", [HEADINGS, ...rows]);
const found = async (record: string): Promise<string[]> => (await m.rows("select class, state, closed_because from finding where record_id = $1 and department <> 'register' order by class, key", [record])).map((each) => `${each["class"]} ${each["closed_because"] ?? each["state"]}`);
const digest = (of: Group): string => m.t.keys.blind(String(of["id_number"])).toString("hex");

/** What departments say of the members' names, where the rows stand now. */
async function vouchedNames(): Promise<Record<string, string>> {
  const view = await m.as("collectorA", (tx) => openRecord(tx, m.w.platform, { county, id: record }));
  return Object.fromEntries(view.sources.flatMap(({ path, vouches }) => (path.endsWith("].name") ? vouches.map((vouch) => [path, `${vouch.department} ${vouch.agrees} ${vouch.asOf}`]) : [])));
}

let record: string;

test("each member is linked by itself, and each has findings and cases of its own", async () => {
  record = await plant(county, areas.A1, campaign, answersOf([head, spouse, son, mother]));
  await police(line(head), line(spouse, { name: "李另设" }), line(son, { died: "2018-05-04" }));
  const links = await m.rows("select row_no, member, decision from link where record_id = $1 order by row_no", [record]);
  assert.deepEqual(links.map((each) => [each["member"], each["decision"]]), [["", "automatic"], [digest(spouse), "automatic"], [digest(son), "automatic"]]);
  assert.deepEqual(await found(record), ["P11 open", "P12 open", "P14 open"]);
  const cases = await m.rows("select id, class_group, person_name, person_key from case_file where record_id = $1 order by class_group", [record]);
  assert.deepEqual(cases.map((each) => [each["class_group"], each["person_name"], String(each["person_key"]).split("#")[1]]), [["absence", "王虚名", digest(mother)], ["identity", "李假设", digest(spouse)], ["life", "曾虚拟", digest(son)]]);
  const view = await m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, String(cases[1]?.["id"])));
  assert.deepEqual(view.findings.map(({ path, member, ours, theirs }) => [path, member?.name, ours?.zh, theirs?.en]), [["household.members[].name", "李**", "李假设", "李另设"]]);
  assert.match(view.findings[0]?.member?.idNumber ?? "", /^\d+\*+[\dX]+$/u);
  assert.deepEqual(view.proposals.map(({ path, why }) => [path, why]), [["household.members[1].name", undefined]]);
  assert.deepEqual(await vouchedNames(), { "household.members[1].name": "public_security false 2018-10-31", "household.members[2].name": "public_security true 2018-10-31" }, "who vouches stands at the member; nobody does for who is not listed");
});

test("the same list again changes nothing, and moved rows are the same members", async () => {
  const before = await m.rows("select id, key, class, state from finding where record_id = $1 order by id", [record]);
  await police(line(head), line(spouse, { name: "李另设" }), line(son, { died: "2018-05-04" }));
  await revise(record, answersOf([mother, son, head, spouse]));
  await police(line(head), line(spouse, { name: "李另设" }), line(son, { died: "2018-05-04" }));
  assert.deepEqual(await m.rows("select id, key, class, state from finding where record_id = $1 order by id", [record]), before);
  const [file] = await m.rows("select id from case_file where record_id = $1 and class_group = 'identity'", [record]);
  const view = await m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, String(file?.["id"])));
  assert.deepEqual(view.proposals.map(({ path }) => path), ["household.members[3].name"], "offered where the row stands now");
  assert.deepEqual(await vouchedNames(), { "household.members[1].name": "public_security true 2018-10-31", "household.members[3].name": "public_security false 2018-10-31" });
});

test("a correction of one member closes that member's finding and no other's", async () => {
  const named = { ...spouse, name: "李另设" };
  await revise(record, answersOf([mother, { ...son, name: "曾另拟" }, head, named]));
  assert.deepEqual(await found(record), ["P11 open", "P12 agrees", "P14 open"]);
  assert.equal((await vouchedNames())["household.members[3].name"], "public_security true 2018-10-31", "what was put right agrees with the list");
  await revise(record, answersOf([mother, { ...son, person_state: "04", state_since: "2018-05-04" }, head, named]));
  assert.deepEqual(await found(record), ["P11 open", "P12 agrees", "P14 open"], "a day of marriage is no day of death");
});

test("a member whose number was put right is the same member: no finding is lost or doubled", async () => {
  const right = { ...mother, id_number: fictionalId(77, "19540312") };
  await revise(record, answersOf([right, son, head, spouse]));
  assert.deepEqual((await found(record)).filter((each) => each.startsWith("P11")), ["P11 open"]);
  await police(line(head), line(spouse), line(son, { died: "2018-05-04" }));
  assert.deepEqual((await found(record)).filter((each) => each.startsWith("P11")), ["P11 open"]);
  await police(line(head), line(spouse), line(son, { died: "2018-05-04" }), line(right));
  assert.deepEqual((await found(record)).filter((each) => each.startsWith("P11")), ["P11 agrees"]);
});

test("who is taken out of the household is settled by the check alone, and only once the register says so", async () => {
  const without = answersOf([mother, head, spouse]);
  await revise(record, without, "submitted");
  assert.equal((await found(record)).at(-1), "P14 open");
  await revise(record, without);
  assert.equal((await found(record)).at(-1), "P14 no-longer-member");
  assert.deepEqual(await m.rows("select c.state from case_file c where c.record_id = $1 and c.class_group = 'life'", [record]), [{ state: "closed" }]);
  assert.deepEqual(Object.keys(await vouchedNames()), ["household.members[2].name"], "nobody's word is shown at another's row");
  await revise(record, answersOf([mother, head, spouse, son]));
  await police(line(head), line(spouse), line(mother), line(son, { died: "2018-05-04" }));
  assert.deepEqual((await found(record)).filter((each) => each.startsWith("P14")), ["P14 no-longer-member", "P14 open"], "back in the household, found again");
});

test("what the list says of a member is taken over into the row of that member", async () => {
  await police(line(head), line(spouse), line(mother, { name: "王另名" }), line(son));
  const [file] = await m.rows("select c.id from case_file c join finding f on f.case_id = c.id where c.record_id = $1 and f.class = 'P12' and f.state = 'open'", [record]);
  const [finding] = await m.rows("select id from finding where case_id = $1 and state = 'open'", [file?.["id"]]);
  const proposals = await m.as("collectorA", (tx) => proposalsOf(tx, m.w.platform, county, [String(finding?.["id"])]));
  const { answers, vouchedBy } = takenValues(answersOf([mother, head, spouse, son]), proposals);
  assert.deepEqual(answers, answersOf([{ ...mother, name: "王另名" }, head, spouse, son]));
  assert.deepEqual(vouchedBy, { "household.members[0].name": "public_security" });
});

test("whose word counts for a member stands in the table of sources, and members' errors count in a department's rates", async () => {
  const { rows } = await m.as("countyLead", (tx) => getAuthority(tx, m.w.platform, { campaign: campaign.id }));
  assert.deepEqual(rows.filter(({ path }) => path === "household.members[].name").map(({ item, department, classes }) => [item.zh, department, classes.map(({ key }) => key)]), [["家庭成员：姓名", "public_security", ["P12"]]]);
  const { rates } = await m.as("countyLead", (tx) => makeReturn(tx, m.w.platform, { county, campaign: campaign.id, department: "public_security" }));
  assert.deepEqual(rates.filter(({ field }) => field === "name").map(({ errors, compared }) => [errors, compared]), [[0, 5]], "the head and four people who are or were members");
});

test("a listed person who becomes a member of a household has been met", async () => {
  await list("civil_affairs", ["公民身份号码,姓名,救助类型", `${number(8)},赵虚设,低保`, `${number(2)},李假设,低保`]);
  const open = async () => (await m.rows("select person_key, state, closed_because from finding where class = 'M04'")).map((each) => [each["person_key"], each["closed_because"] ?? each["state"]]);
  assert.deepEqual(await open(), [[`id:${digest(row(8, ""))}`, "open"]], "a member is no stranger, a stranger is missed");
  await revise(record, answersOf([mother, head, spouse, son, row(8, "赵虚设")]));
  assert.deepEqual(await open(), [[`id:${digest(row(8, ""))}`, "collected"]]);
});

test("a member whom two counties hold is told to both, neither shown the other's data, and both close when one lets go", async () => {
  const theirs = await plant(other, areas.elsewhere, otherCampaign, answersOf([row(20, "邻县户主"), { ...spouse, name: "邻县秘密" }], row(20, "邻县户主")));
  await tellDuplicates(m.w.platform, [county]);
  await m.t.database.write(systemActor("cases", countyArea, countyArea + 999_999), (tx) => openCases(tx, m.w.platform, { county }));
  const told = await m.rows("select county, record_id, state, closed_because from finding where class = 'DUP' order by county", []);
  assert.deepEqual(told.map((each) => [each["county"], each["record_id"], each["state"]]), [[county, record, "open"], [other, theirs, "open"]]);
  const [file] = await m.rows("select case_id from finding where class = 'DUP' and county = $1", [county]);
  const view = await m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, String(file?.["case_id"])));
  assert.equal(view.findings[0]?.member?.name, "李**");
  assert.ok(!JSON.stringify(view).includes("秘密") && !JSON.stringify(view).includes(theirs));
  const neighbour = systemActor("other", other * 1e6, other * 1e6 + 999_999);
  const seen = await m.t.database.read(neighbour, async (tx) => [...(await tx.selectFrom("memberClaim").select("county").execute()), ...(await tx.selectFrom("finding").select("county").execute())]);
  assert.deepEqual([...new Set(seen.map((each) => each.county))], [other]);
  await revise(theirs, answersOf([row(20, "邻县户主")], row(20, "邻县户主")));
  assert.deepEqual((await m.rows("select closed_because from finding where class = 'DUP'")).map((each) => each["closed_because"]), ["agrees", "agrees"]);
});
