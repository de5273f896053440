// Duplicates across counties on a real database: both counties get a case, neither sees the other's data, and only the end of the
// duplicate closes them. And the way a case takes to its office when little is known of the person.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type MatchWorld, matchWorld } from "../../../test/match-world.ts";
import { areas, completeAnswers, county, countyArea, fictionalId } from "../../../test/world.ts";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { createCampaign } from "../campaigns/service.ts";
import { sealContent } from "../matching/finding-content.ts";
import { tellDuplicates } from "../matching/service.ts";
import { type Actor, systemActor } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import { getCase } from "./case-view.ts";
import { openCases } from "./open-cases.ts";
import { answerCase, decideCase, onMatchFinished } from "./service.ts";

let m: MatchWorld;
let otherCampaign: string;
const other = 350525;
const over = (lo: number, hi: number, roles: readonly string[]): Actor => ({ ...systemActor("other"), account: m.w.actors.countyReviewer.account, roles, area: lo, lo, hi });
before(async () => {
  m = await matchWorld();
  await m.rows("insert into office (id, area, department, name) values ($1, $2, 'county-office', '邻县退役军人事务局')", [newId(), other * 1e6]);
  otherCampaign = await m.t.database.write(systemActor("world"), async (tx) => (await createCampaign(tx, { scheme: m.w.campaign.scheme, version: m.w.campaign.version, name: { zh: "邻县轮次", en: "Other" }, area: other * 1e6, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2019-01-31" })).id);
});
after(() => m.close());

const elsewhere = async (idNumber: string, name: string): Promise<string> => {
  const [subject, record] = [newId(), newId()];
  await m.rows("insert into subject (county, id, area, name, pinyin, initials, id_digest) values ($1, $2, $3, $4, '', '', $5)", [other, subject, areas.elsewhere, name, m.t.keys.blind(idNumber)]);
  await m.rows("insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state) values ($1, $2, $3, $4, $5, $6, $7, 'added', 'submitted')", [other, record, subject, areas.elsewhere, m.w.campaign.scheme, m.w.campaign.version, otherCampaign]);
  return record;
};
const finished = (of: number) => [{ id: 0, txid: "0", at: new Date(), actor: "", kind: "match.finished", area: of * 1e6, county: of, data: {} }];
const open = async () => (await m.rows("select county, record_id, state, closed_because from finding where class = 'DUP' order by county, record_id")).map((row) => [row["county"], row["state"], row["closed_because"]]);

let ours: string[];
let theirs: string;

test("the same number under two subjects becomes a case in both counties", async () => {
  ours = await m.accept([completeAnswers(1), completeAnswers(2)]);
  theirs = await elsewhere(fictionalId(1), "邻县秘密");
  await onMatchFinished(m.w.platform, finished(county));
  assert.deepEqual(await open(), [[county, "open", null], [other, "open", null]]);
  const cases = await m.rows("select county, class_group, record_id, area::bigint as area from case_file order by county");
  assert.deepEqual(cases.map((row) => [row["county"], row["class_group"], row["record_id"], Number(row["area"])]), [[county, "duplicate", ours[0], areas.A], [other, "duplicate", theirs, other * 1e6]]);
  await onMatchFinished(m.w.platform, finished(other));
  assert.equal((await m.rows("select from finding where class = 'DUP'")).length, 2, "telling again adds nothing");
});

test("each county is told which county holds the other and whom to call, and nothing of its data", async () => {
  const [file] = await m.rows("select id from case_file where county = $1", [county]);
  const view = await m.as("collectorA", (tx) => getCase(tx, m.w.platform, county, String(file?.["id"])));
  assert.match(view.findings[0]?.theirs?.zh ?? "", /邻县.*请联系：邻县退役军人事务局/u);
  assert.ok(!JSON.stringify(view).includes("秘密") && !JSON.stringify(view).includes(theirs), "neither the name nor the record of the other side");
  const neighbour = over(other * 1e6, other * 1e6 + 999_999, ["county-reviewer"]);
  const seen = await m.t.database.read(neighbour, async (tx) => [await tx.selectFrom("finding").select("id").execute(), await tx.selectFrom("record").select("id").execute()]);
  assert.deepEqual(seen.map((rows) => rows.length), [1, 1]);
});

test("only a scope that covers the county may ask what is held elsewhere", async () => {
  const { lo, hi } = areaRange(areas.A);
  for (const actor of [over(lo, hi, ["collector"]), over(other * 1e6, other * 1e6 + 999_999, ["county-reviewer"])]) {
    await assert.rejects(m.t.database.read(actor, (tx) => tx.selectFrom("campaign").select((e) => e.fn("security.held_elsewhere", [e.val("veterans"), e.val(county)]).as("x")).execute()), /outside the scope/);
  }
});

test("a county cannot close its side by confirming: both cannot be right", async () => {
  const [file] = await m.rows("select id from case_file where county = $1", [county]);
  const at = { county, id: String(file?.["id"]) };
  await m.as("collectorA", (tx) => answerCase(tx, m.w.platform, at, { answer: "confirm-ours", note: "本人在我县" }, { fileName: "p.pdf", mime: "application/pdf", bytes: Buffer.from("%PDF-1.4 x") }));
  const view = await m.as("countyReviewer", (tx) => decideCase(tx, m.w.platform, at, { accept: true }));
  assert.equal(view.case.state, "answered");
  assert.deepEqual(await open(), [[county, "open", null], [other, "open", null]]);
});

test("when one county gives its record up, the check closes both sides", async () => {
  await m.rows("update record set state = 'moved' where id = $1", [theirs]);
  await m.t.database.write(systemActor("test"), (tx) => emit(tx, [{ kind: "record.outcome", area: areas.elsewhere, county: other, recordId: theirs, data: { outcome: "moved" } }]));
  await m.settle();
  assert.deepEqual(await open(), [[county, "closed", "agrees"], [other, "closed", "agrees"]]);
  assert.deepEqual((await m.rows("select distinct state from case_file")).map((row) => row["state"]), ["closed"]);
});

test("a list's row that both counties claim is told to both, whatever numbers their records have", async () => {
  const wrongNumber = await elsewhere(fictionalId(90), "林志强");
  await m.rows("insert into row_claim (county, campaign_id, department, record_id, id_digest, area) values ($1, $2, 'public_security', $3, $4, $5)", [other, otherCampaign, wrongNumber, m.t.keys.blind(fictionalId(2)), areas.elsewhere]);
  assert.deepEqual((await tellDuplicates(m.w.platform, [county])).toSorted(), [county, other]);
  assert.deepEqual((await open()).filter(([, state]) => state === "open"), [[county, "open", null], [other, "open", null]]);
});

test("cases go by registration, else residence, else the collector's office, else the county: never nowhere", async () => {
  const records = await m.accept([51, 52, 53, 54].map((n) => completeAnswers(n, n === 51 ? {} : { domicile_region: undefined, ...(n === 52 ? { residence_region: String(areas.B2) } : { residence_region: undefined }) })));
  const [placed, lives, collected, unknown] = records;
  await m.rows("update record set area = $2 where id = any ($1)", [[lives, collected, unknown], countyArea]);
  await m.rows("update record set collector = $2 where id = $1", [collected, m.w.actors.collectorB.account]);
  for (const record of records) {
    await m.rows(
      `insert into finding (county, campaign_id, id, area, key, class, department, record_id, subject_id, person_key, run_id, sealed)
       select $2, campaign_id, id, area, id::text, 'DUP', 'register', id, subject_id, 'subject:' || subject_id, id, sealed from record r, lateral (select sealed from finding where class = 'DUP' limit 1) f where r.id = $1`,
      [record, county],
    );
    // The content is bound to the finding: each gets its own.
    await m.rows("update finding set sealed = $2 where id = $1", [record, sealContent(m.t.keys, county, record, { name: "某人", other })]);
  }
  await m.t.database.write(systemActor("cases", countyArea, countyArea + 999_999), (tx) => openCases(tx, m.w.platform, { county }));
  const routed = await m.rows("select record_id, area::bigint as area, routed_by from case_file where record_id = any ($1)", [records]);
  const of = (record: string | undefined) => routed.filter((row) => row["record_id"] === record).map((row) => [Number(row["area"]), row["routed_by"]]);
  assert.deepEqual([of(placed), of(lives), of(collected), of(unknown)], [[[areas.A, "registration"]], [[areas.B, "residence"]], [[areas.B, "collector"]], [[countyArea, "county"]]]);
});
