// Nothing comes in without an agreement in force, nothing outside of it is read, and economic checks see only people who signed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import { systemActor } from "../../platform/database.ts";
import { county, countyArea, fictionalId } from "../../../test/world.ts";
import { createCampaign } from "../campaigns/service.ts";
import { startMatch } from "../matching/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { expectAgreement, listAgreements, revokeAgreement, signAgreement } from "./agreements.ts";
import { enterAuthorisations, revokeAuthorisations, signedIn } from "./authorisations.ts";
import { type Lists, listsWorld, person, policeList } from "../../../test/lists-world.ts";
import { expectMatchable, preparedExtract, startRun } from "./service.ts";

let l: Lists;
before(async () => void (l = await listsWorld()));
after(() => l.close());

const refuses = (code: ProblemCode) => (error: unknown): boolean => error instanceof Problem && error.code === code;
const terms = (more: object = {}) => ({ campaign: l.world.campaign.id, department: "public_security", purpose: "核对户籍信息", fromOn: "2018-01-01", toOn: "2018-12-31", document: "协〔2018〕9号", ...more });
const sign = (more: object = {}) => l.t.database.write(l.lead, (tx) => signAgreement(tx, l.platform, terms(more)));
const revokeAll = async (): Promise<void> => {
  const { rows } = await l.t.database.read(l.lead, (tx) => listAgreements(tx, l.platform, l.world.campaign.id));
  for (const row of rows) if (row.state !== "revoked" && row.department === "public_security") await l.t.database.write(l.lead, (tx) => revokeAgreement(tx, l.platform, row, "测试撤销"));
};

test("without an agreement in force a list is neither taken in, nor run, nor matched", async () => {
  const sent = await l.send(policeList([person(1)]));
  const done = await l.run(await l.send(policeList([person(2)])));
  await revokeAll();
  await assert.rejects(l.send(policeList([person(3)])), (error) => error instanceof Problem && error.code === "agreement-missing" && error.detail?.zh === "数据共享协议已撤销");
  await assert.rejects(l.t.database.write(l.police, (tx) => startRun(tx, l.platform, sent)), refuses("agreement-missing"));
  await assert.rejects(l.t.database.write(l.lead, (tx) => startMatch(tx, l.platform, done.id)), refuses("agreement-missing"));
  await sign({ fromOn: "2018-11-02" });
  await assert.rejects(l.send(policeList([person(3)])), (error) => error instanceof Problem && error.detail?.zh === "数据共享协议尚未生效");
  await revokeAll();
  await sign({ toOn: "2018-10-31" });
  await assert.rejects(l.send(policeList([person(3)])), (error) => error instanceof Problem && /到期/.test(error.detail?.zh ?? ""));
  assert.deepEqual((await l.sql("select count(*)::int as n from import_batch where file_name = '公安.csv'"))[0]?.["n"], 2);
  await sign({ fromOn: "2018-11-01", toOn: "2018-11-01" });
  assert.equal((await l.run(sent)).accepted, 1);
});

test("columns outside of the agreement are not read, and are counted with their reason", async () => {
  await revokeAll();
  await sign({ fields: ["id_number", "name", "death_date"] });
  const sent = await l.send(policeList([person(5, "汉族", "2018-01-02", "x"), person(6, "火星族", "", "y")], ["民族", "死亡日期", "内部编号"]));
  assert.deepEqual(sent.columns.filter((column) => column.target !== undefined).map((column) => column.target), ["name", "id_number", "death_date"]);
  const done = await l.run(sent);
  assert.deepEqual(done.unread, [{ heading: "民族", because: "outside-agreement" }, { heading: "内部编号", because: "not-asked" }]);
  assert.equal(done.accepted, 2);
  const prepared = (await l.t.database.read(l.lead, (tx) => preparedExtract(tx, l.platform, county, done.id))).toString("utf8");
  assert.doesNotMatch(prepared, /汉族|火星|01,/);
  assert.match(prepared, /2018-01-02/);
});

test("only the county's lead signs; an agreement covers name and number, names known fields, and ends after it begins", async () => {
  await assert.rejects(l.t.database.write(l.police, (tx) => signAgreement(tx, l.platform, terms())), refuses("not-allowed"));
  for (const wrong of [{ fields: ["name"] }, { fields: ["name", "id_number", "shoe_size"] }, { toOn: "2017-01-01" }, { department: "nobody" }]) await assert.rejects(sign(wrong), refuses("bad-request"));
  const mine = await l.t.database.read(l.police, (tx) => listAgreements(tx, l.platform, l.world.campaign.id));
  assert.ok(mine.rows.length > 0 && mine.rows.every((row) => row.department === "public_security"));
  await assert.rejects(l.t.database.read(l.lead, (tx) => expectAgreement(tx, l.platform, { county, scheme: "veterans", department: "nobody" })), refuses("agreement-missing"));
});

test("of a list for an economic check only people whose authorisation is in force are matched; the others are left out and counted", async () => {
  const campaign = await l.t.database.write(systemActor("world"), async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme, version, name: { zh: "低收入", en: "Low income" }, area: countyArea, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2019-01-31" });
  });
  await sign({ campaign: campaign.id, department: "housing" });
  const housing = { ...l.police, department: "housing" };
  const csv = policeList([person(20), person(21), person(22), ["无号", ""]]);
  const done = await l.run(await l.send(csv, { department: "housing", campaign: campaign.id, actor: housing }), housing);
  assert.equal(done.accepted, 4);
  const matchable = () => l.t.database.write(l.lead, (tx) => expectMatchable(tx, l.platform, county, done.id));
  await assert.rejects(matchable(), refuses("authorisation-missing"));
  const enter = (document: string, numbers: readonly number[], toOn = "2019-10-31") => l.t.database.write(l.lead, (tx) => enterAuthorisations(tx, l.platform, { campaign: campaign.id, document, fromOn: "2018-10-01", toOn, idNumbers: numbers.map((n) => fictionalId(n)) }));
  await enter("授权书1", [20, 23]);
  await enter("授权书2", [21]);
  await enter("授权书3", [22], "2018-10-31");
  assert.deepEqual(await matchable(), { leftOut: 2 });
  assert.equal((await l.view(done)).leftOut, 2);
  const rows = async (): Promise<readonly string[]> => (await l.t.database.read(l.lead, (tx) => preparedExtract(tx, l.platform, county, done.id))).toString("utf8").trim().split("\n").slice(1).map((line) => line.split(",")[0] ?? "");
  assert.deepEqual(await rows(), ["2", "3"]);
  await l.t.database.write(l.lead, (tx) => revokeAuthorisations(tx, { campaign: campaign.id, document: "授权书2", reason: "本人撤回" }));
  assert.deepEqual(await rows(), ["2"]);
  assert.deepEqual(await matchable(), { leftOut: 3 });
  assert.doesNotMatch(JSON.stringify(await l.sql("select to_jsonb(a) from authorisation a")), new RegExp(fictionalId(20)));
  await assert.rejects(enter("授权书4", [20].map(() => Number.NaN)), refuses("bad-request"));
});

test("authorisations are read from the households' own signatures", () => {
  const members = [{ member_no: 1, id_number: fictionalId(30) }, { member_no: 2, id_number: fictionalId(31) }, { member_no: 3, id_number: "无" }];
  const row = { signed_on: "2018-09-01", expires_on: "2019-08-31", signature: "m1" };
  const authorisations = [{ ...row, member_no: 1 }, { ...row, member_no: 2, signature: "" }, { ...row, member_no: 3 }, { ...row, member_no: 9 }, { ...row, member_no: 2, expires_on: "2018-01-01" }];
  assert.deepEqual(signedIn({ household: { members, authorisations } }), [{ no: 1, idNumber: fictionalId(30), from: "2018-09-01", to: "2019-08-31" }]);
  assert.deepEqual(signedIn({}), []);
});
