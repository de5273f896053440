// Nothing comes in without an agreement in force, nothing outside of it is read, and economic checks see only people who signed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import { systemActor } from "../../platform/database.ts";
import { areas, county, countyArea, fictionalId } from "../../../test/world.ts";
import { createCampaign } from "../campaigns/service.ts";
import { addBasePeople } from "../records/service.ts";
import { startMatch } from "../matching/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { expectAgreement, listAgreements, revokeAgreement, signAgreement } from "./agreements.ts";
import { enterAuthorisations, enterPaper, listAuthorisations, paperOf, revokeAuthorisations } from "./authorisations.ts";
import { type Lists, listsWorld, person, policeList } from "../../../test/lists-world.ts";
import { expectMatchable, gatherAuthorisations, listOutcomes, openBatch, preparedExtract, startRun } from "./service.ts";
import { signedIn } from "./signatures.ts";

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
  const outs = await l.t.database.read(l.lead, (tx) => listOutcomes(tx, { county, id: done.id }, { outcome: "left-out" }));
  assert.deepEqual(outs.rows.map((row) => [row.row, row.issues[0]?.code]), [[3, "authorisation-revoked"], [4, "authorisation-expired"], [5, "authorisation-no-number"]]);
  assert.equal(outs.total, 3);
  const seen = await l.t.database.read(l.lead, (tx) => openBatch(tx, { county, id: done.id }));
  assert.equal(seen.leftOutBecause?.reduce((sum, one) => sum + one.rows, 0), seen.leftOut);
  await assert.rejects(enter("授权书4", [20].map(() => Number.NaN)), refuses("bad-request"));
});

const member = (no: number, n: number, birth: string, more: object = {}) => ({ member_no: no, id_number: fictionalId(n, birth), birth_date: `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`, person_state: "01", ...more });
const signature = (no: number, more: object = {}) => ({ member_no: no, signature: `m${no}`, signed_on: "2018-09-01", expires_on: "2019-08-31", ...more });

test("signatures are read from where the scheme says: members, supporters, and who needs whose", () => {
  const keys = l.t.keys;
  const digest = (idNumber: string): string => keys.blind(idNumber).toString("hex");
  const [head, wife, child, gone] = [member(1, 30, "19700101"), member(2, 31, "19720101"), member(3, 32, "20120101"), member(4, 33, "19500101", { person_state: "04" })];
  const household = {
    members: [head, wife, child, gone],
    authorisations: [signature(1), signature(2, { signature: "" }), signature(9), signature(2, { expires_on: "2018-01-01" })],
    supporters: [{ supports_member_no: 1, id_number: fictionalId(40), signature: "s" }, { supports_member_no: 2, id_number: fictionalId(41), signature: "s" }, { supports_member_no: 1, id_number: fictionalId(42) }],
  };
  const read = signedIn(lowIncome, keys, "r", { household }, "2018-11-01");
  assert.deepEqual(read.signed.map(({ digest: who, from, to }) => [who, from, to]), [[digest(head.id_number), "2018-09-01", "2019-08-31"], [digest(fictionalId(40)), "2018-09-01", "2019-08-31"]], "who died signs nothing; a supporter's signature holds as long as that of the person supported");
  const adults = [digest(head.id_number), digest(wife.id_number)];
  assert.deepEqual(read.needs, [head, wife, child].map((one) => ({ person: digest(one.id_number), adults })));
  assert.deepEqual(signedIn(lowIncome, keys, "r", { household: { members: [child] } }, "2018-11-01").needs, [{ person: digest(child.id_number), adults: [digest(child.id_number)] }]);
  assert.equal(signedIn(lowIncome, keys, "r", { household: { members: [child] } }, "2030-01-01").needs[0]?.adults.length, 1);
  assert.deepEqual(signedIn(lowIncome, keys, "r", {}, "2018-11-01"), { signed: [], needs: [] });
});

test("a row is matched only when every adult of the household signed; each other row says why, and a paper fills what is missing", async () => {
  const campaign = await l.t.database.read(l.lead, async (tx) => (await tx.selectFrom("campaign").selectAll().where("scheme", "=", "low-income").executeTakeFirstOrThrow()));
  const house = (n: number, authorisations: readonly object[], supporters: readonly object[] = []) => ({
    household: {
      householder_name: `户主${n}`, householder_id: fictionalId(n, "19700101"), householder_sex: "1", householder_birth: "1970-01-01", region: String(areas.A1),
      members: [member(1, n, "19700101"), member(2, n + 1, "19720101"), member(3, n + 2, "20120101")], authorisations, supporters,
    },
  });
  const people = [house(100, [signature(1), signature(2)], [{ supports_member_no: 1, id_number: fictionalId(104), signature: "s" }, { supports_member_no: 1, id_number: fictionalId(105) }]), house(110, [signature(1)]), house(120, [signature(1, { expires_on: "2018-10-31" }), signature(2)])];
  const { added } = await l.t.database.write(l.lead, (tx) => addBasePeople(tx, l.platform, { campaign: campaign as never, batchId: "00000000-0000-7000-8000-000000000001", people: people.map((answers, index) => ({ index, area: areas.A1, answers: answers as never })) }));
  assert.equal(added.length, 3);
  const bank = { ...l.police, department: "banks" };
  await sign({ campaign: campaign.id, department: "banks" });
  const row = (n: number, birth = "19580312"): readonly string[] => [`虚构${n}`, fictionalId(n, birth)];
  const rows = [row(100, "19700101"), row(102, "20120101"), row(104), row(105), row(110, "19700101"), row(112, "20120101"), row(120, "19700101"), row(121, "19720101"), row(130)];
  const done = await l.run(await l.send(policeList(rows), { department: "banks", campaign: campaign.id, actor: bank }), bank);
  assert.equal(done.accepted, rows.length);
  const judge = async () => {
    await gatherAuthorisations(l.platform, l.lead, { county, campaign: campaign.id, department: "banks", batch: done.id });
    const outs = await l.t.database.read(l.lead, (tx) => listOutcomes(tx, { county, id: done.id }, { outcome: "left-out" }));
    return Object.fromEntries(outs.rows.map((one) => [one.row - 1, one.issues[0]?.code.replace("authorisation-", "")]));
  };
  const none = { 4: "not-signed", 5: "adult-not-signed", 6: "adult-not-signed", 7: "expired", 8: "adult-not-signed", 9: "not-signed" };
  assert.deepEqual(await judge(), none);
  const paper = { fileName: "授权书.pdf", mime: "", bytes: Buffer.from("%PDF-1.4 fictional") };
  const give = (more: object = {}, file: typeof paper | undefined = paper, actor = l.lead) => l.t.database.write(actor, (tx) => enterPaper(tx, l.platform, { campaign: campaign.id, document: "纸质1", fromOn: "2018-10-30", toOn: "2019-10-29", idNumbers: `${fictionalId(111, "19720101")}，\n${fictionalId(105)}`, ...more }, file));
  await assert.rejects(give({}, paper, bank), refuses("not-allowed"));
  await assert.rejects(give({}, { ...paper, bytes: Buffer.from("MZ") }), refuses("file-not-readable"));
  for (const wrong of [{ idNumbers: "1" }, { idNumbers: " " }, { fromOn: "2018-11-02" }, { toOn: "2018-10-01" }, { fromOn: "2018-13-01" }]) await assert.rejects(give(wrong), refuses("bad-request"));
  assert.deepEqual(await give(), { entered: 2 });
  assert.deepEqual(await judge(), { 7: none[7], 8: none[8], 9: none[9] });
  const { rows: papers, records } = await l.t.database.write(l.lead, (tx) => listAuthorisations(tx, l.platform, campaign.id));
  assert.deepEqual(papers.filter((one) => one.document === "纸质1").map(({ people: n, state, paper: scanned, masked }) => [n, state, scanned, masked.length]), [[2, "in-force", true, 2]]);
  assert.deepEqual(records, { signed: 6, inForce: 5 });
  assert.doesNotMatch(JSON.stringify(papers), new RegExp(fictionalId(105)));
  assert.equal((await l.t.database.write(l.lead, (tx) => paperOf(tx, l.platform, { campaign: campaign.id, document: "纸质1" }))).bytes.length, paper.bytes.length);
  await l.t.database.write(l.lead, (tx) => revokeAuthorisations(tx, { campaign: campaign.id, document: "纸质1", reason: "本人撤回" }));
  assert.equal((await judge())[4], "revoked");
  // A list of which nothing may be matched is refused as a whole, and its rows still say why.
  const barred = await l.run(await l.send(policeList([row(130)]), { department: "banks", campaign: campaign.id, actor: bank }), bank);
  await gatherAuthorisations(l.platform, l.lead, { county, campaign: campaign.id, department: "banks", batch: barred.id });
  await assert.rejects(l.t.database.write(l.lead, (tx) => expectMatchable(tx, l.platform, county, barred.id)), refuses("authorisation-missing"));
  assert.equal((await l.t.database.read(l.lead, (tx) => openBatch(tx, { county, id: barred.id }))).leftOutBecause?.[0]?.reason, "not-signed");
  assert.deepEqual((await l.sql("select distinct action from audit_entry where action like 'authorisation.%' order by 1")).map((one) => one["action"]), ["authorisation.enter", "authorisation.list", "authorisation.paper", "authorisation.revoke"]);
});
