// Taking snapshots: one moment, only what changed, slices, packs, what is never in a file, damaged files, who may only be stored.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { shippedInsights } from "../../../schemes/shipped.ts";
import { type TestDatabase } from "../../../test/database.ts";
import { areas, countyArea, type World } from "../../../test/world.ts";
import { countyOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { openSession } from "../../linkage/duckdb.ts";
import type { Actor } from "../../platform/database.ts";
import { systemActor } from "../../platform/database.ts";
import { type Campaign, createCampaign } from "../campaigns/service.ts";
import { endRestriction, restrict } from "../records/service.ts";
import { crossTable } from "./cross.ts";
import { type Made, storeHouseholds } from "../../../test/low-income-households.ts";
import { newestSnapshot } from "./queries.ts";
import { takeSnapshot, write } from "./service.ts";
import { snapshotFolder } from "./store.ts";
import { type Looking, lookingWorld, refused, scheme } from "../../../test/looking-world.ts";

let looking: Looking;
let t: TestDatabase;
let world: World;
let round: Campaign;
let made: readonly Made[];
let as: Looking["as"];
let take: Looking["take"];
let table: Looking["table"];
let files: Looking["files"];
const lead = (): Actor => looking.lead;
before(async () => {
  looking = await lookingWorld();
  ({ t, world, round, made, as, take, table, files } = looking);
});
after(() => looking.close());

test("without a snapshot a table says so; with one it counts every member of every household at one moment", async () => {
  await assert.rejects(table(["sex"]), refused("snapshot-missing"));
  const taken = await take();
  const people = made.reduce((sum, { answers }) => sum + (answers["household"]!["members"] as unknown[]).length, 0);
  assert.deepEqual([taken.counties, taken.changed, taken.records, taken.people], [1, 1, 240, people]);
  const found = await table(["sex", "area"]);
  assert.equal(found.base, people);
  assert.deepEqual(found.axes.map(({ key }) => key), ["sex", "area"]);
  assert.deepEqual(found.columns.map(([value]) => value!.label.zh), ["甲镇", "乙镇"]);
  assert.equal(found.cells.at(-1)!.slice(0, 2).reduce((sum: number, n) => sum + (n ?? 0), 0), people);
});

test("names, numbers, addresses and exact amounts have no column and stand in no file", async () => {
  const snapshot = (await as(lead(), (tx) => newestSnapshot(tx, { scheme })))!;
  const names = Object.values(snapshot.manifest.columns).flat().map(({ name }) => name);
  for (const word of ["name", "id_number", "householder_id", "address", "phone", "health", "incomes", "situation"]) assert.ok(!names.some((name) => name.endsWith(word)), word);
  for (const file of files()) assert.ok(!fs.readFileSync(path.join(snapshotFolder(world.platform), file)).includes("虚"), file);
});

test("a snapshot of unchanged counties writes nothing; a changed record makes its county anew", async () => {
  const before = files().toSorted();
  assert.equal((await take()).changed, 0);
  assert.deepEqual(files().toSorted(), before);
  await storeHouseholds(t.owner, round, 1, () => areas.A1, 240);
  const taken = await take();
  assert.deepEqual([taken.changed, taken.records], [1, 241]);
});

test("of a county only the slices of changed records are read again and the rest of its rows is taken over; of many changes the whole is", async () => {
  type Row = { readonly slice: number; readonly unit: string };
  const newest = async () => (await as(lead(), (tx) => newestSnapshot(tx, { scheme })))!.manifest.counties[0]!;
  const rowsOf = async (file: string): Promise<Row[]> => {
    const session = await openSession({ folder: snapshotFolder(world.platform), memoryLimitMb: 256, threads: 1 });
    const rows = await session.rows(`SELECT * FROM read_parquet('${snapshotFolder(world.platform)}/${file}', hive_partitioning = false)`);
    session.close();
    return rows as unknown as Row[];
  };
  const touched = async (records: readonly Made[]) => as(systemActor("world"), (tx) => tx.updateTable("record").set({ updatedAt: sql`clock_timestamp()` }).where("id", "in", records.map(({ id }) => id)).execute());
  const before = await newest();
  await touched(made.slice(0, 2));
  assert.deepEqual([(await take()).changed, (await newest()).records], [1, before.records]);
  const after = await newest();
  const changed = after.slices!.flatMap((mark, i) => (mark === before.slices![i] ? [] : [i]));
  assert.deepEqual(changed, [...new Set(made.slice(0, 2).map(({ id }) => Number.parseInt(id.slice(-2), 16) & 63))].toSorted((a, b) => a - b));
  for (const dataset of ["register", "households", "people"] as const) {
    const [was, is] = [await rowsOf(before.files[dataset]!.path), await rowsOf(after.files[dataset]!.path)];
    const [kept, read] = [(rows: Row[]) => rows.filter(({ slice }) => !changed.includes(slice)), (rows: Row[]) => rows.filter(({ slice }) => changed.includes(slice))];
    assert.deepEqual(kept(is), kept(was), `${dataset}: what stands is taken over, pseudonyms and all`);
    assert.deepEqual([read(is).length, is.length, after.files[dataset]!.rows], [read(was).length, was.length, was.length]);
    // A pseudonym is made under a key of its file: another one says that the row was read again.
    const known = new Set(was.map(({ unit }) => unit));
    assert.ok(read(is).length > 0 && read(is).every(({ unit }) => !known.has(unit)), `${dataset}: the changed slices are read again`);
  }
  await touched(made);
  await take();
  const whole = await newest();
  const known = new Set((await rowsOf(after.files.households!.path)).map(({ unit }) => unit));
  assert.ok((await rowsOf(whole.files.households!.path)).every(({ unit }) => !known.has(unit)));
  assert.deepEqual([whole.records, whole.people], [after.records, after.people]);
});

test("what is written while a snapshot is taken is in none of its files, and a second taking waits its turn", async () => {
  let stored = 0;
  // Between the counties and the end: others write, others ask.
  const taken = await takeSnapshot(world.platform, shippedInsights, lead(), { campaign: round.id }, async () => {
    if (stored++ > 0) return;
    await storeHouseholds(t.owner, round, 3, () => areas.B1, 241);
    await assert.rejects(take(), refused("move-not-possible"));
  });
  assert.deepEqual([stored, taken.records], [1, 241]);
  assert.equal((await take()).records, 244);
});

test("a snapshot of several counties shows one moment: what is written between two of them is in neither", async () => {
  const city: Actor = { ...systemActor("world", 350500000000, 350599999999), area: 350500000000 };
  await storeHouseholds(t.owner, round, 1, () => areas.elsewhere, 400);
  let told = 0;
  const taken = await takeSnapshot(world.platform, shippedInsights, city, { campaign: round.id }, async () => {
    if (told++ === 0) await storeHouseholds(t.owner, round, 2, () => areas.elsewhere, 401);
  });
  assert.deepEqual([taken.counties, taken.records], [2, 245]);
});

test("a damaged or missing file is refused by its digest and made anew by the next snapshot", async () => {
  const snapshot = (await as(lead(), (tx) => newestSnapshot(tx, { scheme })))!;
  const file = path.join(snapshotFolder(world.platform), snapshot.manifest.counties[0]!.files.people!.path);
  const bytes = fs.readFileSync(file);
  const bad = Buffer.from(bytes);
  bad[100] = bad[100]! ^ 1;
  fs.rmSync(file);
  await assert.rejects(table(["sex"]), refused("snapshot-damaged"));
  fs.writeFileSync(file, bad);
  await assert.rejects(table(["sex"]), refused("snapshot-damaged"));
  assert.equal((await take()).changed, 1);
  assert.ok((await table(["sex"])).base! > 0);
});

test("many counties are read from one file, a changed one from its own until the next packing; the answer is the same, and a damaged file is refused", async () => {
  const province: Actor = { ...systemActor("world", 360000000000, 369999999999), area: 360000000000 };
  const wide = await as(province, async (tx) => createCampaign(tx, { scheme, version: lowIncome.version, name: { zh: "省轮次", en: "Round of a province" }, area: province.area, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" }));
  const store = (n: number, villageOf: (n: number) => number, from: number) => storeHouseholds(t.owner, wide, n, villageOf, from);
  const taken = () => takeSnapshot(world.platform, shippedInsights, province, { campaign: wide.id }, () => Promise.resolve());
  const codes = Array.from({ length: 10 }, (_, i) => (360101 + i) * 1e6);
  await store(100, (n) => codes[n % 10]! + 1001, 1000);
  const counted = async (): Promise<number> => {
    const { cells } = await as(province, async (tx) => crossTable(tx, world.platform, (await newestSnapshot(tx, { scheme }))!, shippedInsights[0]!.insight, { axes: ["area", "degree"], of: "households", area: 360100000000, filter: {} }));
    return cells.at(-1)!.at(-1)!;
  };
  const newest = async () => (await as(province, (tx) => newestSnapshot(tx, { scheme })))!.manifest;
  await taken();
  const before = await newest();
  assert.deepEqual([before.packs!.people!.rows, Object.keys(before.packs!.households!.of).length, await counted()], [before.counties.reduce((sum, { people }) => sum + people, 0), 10, 100]);
  await store(2, () => codes[3]! + 1002, 1100);
  assert.equal((await taken()).changed, 1);
  const after = await newest();
  assert.deepEqual([after.packs, await counted()], [before.packs, 102]);
  // Only the pack is left of the other counties: they are read from it.
  const folder = snapshotFolder(world.platform);
  const others = after.counties.filter(({ county }) => county * 1e6 !== codes[3]).map(({ files: of }) => path.join(folder, of.households!.path));
  for (const file of others) fs.renameSync(file, `${file}.away`);
  assert.equal(await counted(), 102);
  for (const file of others) fs.renameSync(`${file}.away`, file);
  const pack = path.join(folder, after.packs!.households!.path);
  const bytes = fs.readFileSync(pack);
  bytes[bytes.length >> 1]! ^= 1;
  fs.writeFileSync(pack, bytes);
  await assert.rejects(counted(), refused("snapshot-damaged"));
  assert.equal((await taken()).changed, 0);
  assert.equal(await counted(), 102);
  await store(2, (n) => codes[5 + (n % 2)]! + 1002, 1102);
  await taken();
  assert.deepEqual([Object.keys((await newest()).packs!.people!.of).length, (await newest()).packs!.people!.path === after.packs!.people!.path, await counted()], [10, false, 104]);
});

test("the axes of asking and help say what the aid line says where it says more than the form; what is given or taken back makes its slices anew and no others", async () => {
  const helped = made.slice(20, 30);
  const client = new pg.Client(t.owner);
  await client.connect();
  // The chain that leads to a delivery is no matter of this test: households and decisions are stored without its triggers.
  await client.query("set session_replication_role = replica");
  const given = (sql: string, list: readonly Made[] = helped) => client.query(sql, [list.map(({ id }) => id), list.map(({ area }) => area), countyOf(areas.A1)]);
  await given(`insert into household (county, id, area, scheme, campaign_id, record_id, formed_on) select $3, id, area, 'low-income', '${round.id}', id, '2019-08-01' from unnest($1::uuid[], $2::bigint[]) as t (id, area)`);
  await given("insert into aid_decision (county, id, application_id, household_id, area, scheme, item, decision, decided_on, from_on, basis, decided_by) select $3, id, id, id, area, 'low-income', 'allowance', 'grant', '2018-01-01', '2018-01-01', '{home-visit}', 'test' from unnest($1::uuid[], $2::bigint[]) as t (id, area)");
  await client.query("set session_replication_role = origin");
  const told = async (axis: string, label: string): Promise<number> => {
    const { rows, cells } = await table([axis], { of: "households" });
    return cells[rows.findIndex((row) => row.label.zh === label)]?.[0] ?? 0;
  };
  const part = async () => (await as(lead(), (tx) => newestSnapshot(tx, { scheme })))!.manifest.counties[0]!;
  const slices = async () => (await part()).slices!;
  const aidFile = async () => (await part()).files.aid;
  await take();
  const form = { asked: await told("asked", "2019年"), helped: await told("helped", "2019年"), none: await told("amount", "10,000至不足30,000元") };
  assert.ok(form.asked >= helped.length && form.helped >= helped.length, "the form tells of both");
  const before = await slices();
  await given("insert into aid_application (county, id, household_id, area, scheme, item, via, department, applied_on, due_on, source_no, entered_by) select $3, id, id, area, 'low-income', 'allowance', 'window', 'civil_affairs', '2020-01-05', '2020-02-05', id, 'test' from unnest($1::uuid[], $2::bigint[]) as t (id, area)");
  await given("insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no) select $3, gen_random_uuid(), id, id, area, 'low-income', 'allowance', 'cash', 'civil_affairs', day, day, 600050, 'test', id || day::text from unnest($1::uuid[], $2::bigint[]) as t (id, area), unnest('{2018-03-01,2021-02-01}'::date[]) as day");
  assert.equal((await take()).changed, 1);
  const after = await slices();
  const given20 = await aidFile();
  assert.equal(given20!.rows, 2 * new Set(helped.map(({ area }) => area)).size, "two months in each village");
  const own = new Set(helped.map(({ id }) => Number.parseInt(id.slice(-2), 16) & 63));
  assert.deepEqual(after.flatMap((mark, i) => (mark === before[i] ? [] : [i])), [...own].toSorted((a, b) => a - b));
  assert.deepEqual([await told("asked", "2020年"), await told("helped", "2021年"), await told("amount", "10,000至不足30,000元")], [10, 10, form.none + 10]);
  assert.deepEqual([await told("asked", "2019年"), await told("helped", "2019年")], [form.asked - 10, form.helped - 10]);
  await given("update aid_delivery set taken_back = true where delivered_on > '2020-01-01' and household_id = any($1) and area = any($2) and county = $3");
  assert.equal((await take()).changed, 1);
  assert.deepEqual([await told("helped", "2021年"), await told("helped", "2019年"), await told("amount", "10,000至不足30,000元"), await told("asked", "2020年")], [0, form.helped, form.none, 10]);
  const given10 = await aidFile();
  assert.equal(given10!.rows, given20!.rows / 2);
  await client.query("update record set updated_at = clock_timestamp() where id = $1", [made[100]!.id]);
  assert.deepEqual([(await take()).changed, await aidFile()], [1, given10], "aid that has not changed is taken over");
  const request = newId();
  const at = { county: countyOf(helped[0]!.area), recordId: helped[0]!.id };
  const owner = systemActor("rights", countyArea, countyArea + 999_999);
  await as(owner, (tx) => restrict(tx, at, request));
  await take();
  assert.notEqual((await aidFile())!.digest, given10!.digest, "nor is aid of whose data may only be stored told");
  await as(owner, (tx) => endRestriction(tx, at, "test"));
  await client.end();
});

test("a record that may only be stored is in no file from the next snapshot on, and again when the restriction ends", async () => {
  const one = made[7]!;
  const at = { county: countyOf(one.area), recordId: one.id };
  const records = async (): Promise<number> => (await take()).records;
  const all = await records();
  const owner = systemActor("rights", countyArea, countyArea + 999_999);
  const request = newId();
  await as(owner, (tx) => restrict(tx, at, request));
  assert.equal(await records(), all - 1);
  await as(owner, (tx) => endRestriction(tx, at, "test"));
  assert.equal(await records(), all);
});
