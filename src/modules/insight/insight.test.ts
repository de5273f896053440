// Snapshots, cross-tables, indices, what-if and maps over a small county of fictional households; what goes wrong with files, areas and boundaries.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type pg from "pg";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { shippedInsights } from "../../../schemes/shipped.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, countyArea, smallWorld, type World } from "../../../test/world.ts";
import { countyOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { addYears } from "../../core/time.ts";
import { Problem } from "../../core/problem.ts";
import { openSession } from "../../linkage/duckdb.ts";
import { projectRoot } from "../../platform/config.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import { systemActor } from "../../platform/database.ts";
import { type Campaign, createCampaign } from "../campaigns/service.ts";
import { endRestriction, restrict } from "../records/service.ts";
import { approveAssessment, writeAssessment } from "../safeguards/service.ts";
import { publishScheme } from "../schemes/service.ts";
import { crossTable } from "./cross.ts";
import { readBoundaries } from "./geojson.ts";
import { resultDigest } from "./indices.ts";
import { householdParts, partsOfHousehold } from "./household.ts";
import { type Made, storeHouseholds } from "../../../test/low-income-households.ts";
import { loadBoundary, shapesUnder } from "./maps.ts";
import { listTags, writeTag } from "./portraits.ts";
import { newestSnapshot } from "./queries.ts";
import { approve, closeReaders, compute, cross, indices, openPortrait, takeSnapshot, trial, tryOut, write } from "./service.ts";
import { snapshotFolder } from "./store.ts";
import { crossCsv } from "./workbook.ts";

let t: TestDatabase;
let world: World;
let round: Campaign;
let made: Made[];
const scheme = "low-income";
const villages = [areas.A1, areas.A2, areas.B1, areas.B2];
const lead = (): Actor => world.actors.countyLead;
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(actor, work);
const take = (actor = lead()) => takeSnapshot(world.platform, shippedInsights, actor, { campaign: round.id }, () => Promise.resolve());
const refused = (code: string) => (error: unknown): boolean => error instanceof Problem && error.code === code;
const table = (axes: string[], more: object = {}) => as(lead(), (tx) => cross(tx, world.platform, shippedInsights, { scheme, axes, of: "people", ...more }));
const files = (): string[] => fs.readdirSync(snapshotFolder(world.platform), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".parquet"));

before(async () => {
  t = await testDatabase();
  world = await smallWorld(t, { now: "2019-09-10T02:00:00Z" });
  round = await as(systemActor("world"), async (tx) => {
    const { scheme: key, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme: key, version, name: { zh: "低收入轮次", en: "Low-income round" }, area: countyArea, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" });
  });
  // One household of the four villages in turn; a fifth of B2's share goes to A1, so that areas differ in size.
  made = await storeHouseholds(t.owner, round, 240, (n) => villages[n % 20 === 3 ? 0 : n % 4]!);
});
after(async () => {
  await closeReaders();
  await world.close();
  await t.close();
});

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

test("small cells are hidden with those that would give them away, on the page and in the file", async () => {
  const found = await table(["urgency", "degree", "area"], { filter: { cause: [1] } });
  assert.ok(found.hidden > 0);
  const shown = found.cells.flat().filter((n) => n !== null);
  assert.ok(shown.every((n) => n === 0 || n >= 5));
  for (const row of found.cells.slice(0, -1)) assert.ok(row.at(-1) === null || row.slice(0, -1).filter((n) => n === null).length !== 1 || row.slice(0, -1).every((n) => n !== null));
  const text = crossCsv(found, "zh").toString("utf8");
  assert.match(text, /数据时点/);
  assert.equal((text.match(/\*/g) ?? []).length >= found.hidden, true);
});

test("whoever takes one filtered table from another learns of no group below five, and filters still tell what is no secret", async () => {
  // Urgency 3 by degree: two households each, which the tables with the other urgencies would give away.
  const secret = made.filter(({ answers }) => answers["household"]!["urgency"] === "3" && answers["household"]!["degree"] === "1").length;
  assert.ok(secret > 0 && secret < 5);
  const told: { readonly set: readonly number[]; readonly rows: ReadonlyMap<string, number | null> }[] = [];
  for (const set of [[1, 2, 3], [1, 2], [1, 3], [2, 3], [1], [2], [3]]) {
    const { rows, cells } = await table(["degree"], { of: "households", filter: { urgency: set } });
    told.push({ set, rows: new Map([...rows.map(({ key }, i): [string, number | null] => [key, cells[i]!.at(-1)!]), ["all", cells.at(-1)?.at(-1) ?? 0]]) });
  }
  const differences = told.flatMap((wide) => told.filter(({ set }) => set.every((n) => wide.set.includes(n))).flatMap((narrow) => [...wide.rows].map(([key, n]) => (n === null || narrow.rows.get(key) === null ? null : n - (narrow.rows.get(key) ?? 0)))));
  assert.deepEqual(differences.filter((n) => n !== null && n > 0 && n < 5), []);
  assert.ok(told[0]!.rows.get("all")! > 0 && told[6]!.rows.get("all")! >= 6 && told[6]!.rows.get("1") === null);
  assert.ok((await table(["area"], { filter: { degree: [1] } })).cells.every(([n]) => n !== null));
});

test("a table takes one to three different axes that it has, within the office's area", async () => {
  await assert.rejects(table(["sex", "sex"]), refused("bad-request"));
  await assert.rejects(table(["sex; drop table"]), refused("bad-request"));
  await assert.rejects(table(["sex"], { filter: { cause: [99] } }), refused("bad-request"));
  await assert.rejects(table(["sex"], { of: "households" }), refused("bad-request"));
  await assert.rejects(table(["sex"], { area: 350525000000 }), refused("not-found"));
  await assert.rejects(table(["cause", "income", "age"]), refused("search-too-wide"));
});

const scored = (): Promise<unknown> => as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register" }));

test("no index without an impact assessment in force", async () => {
  await assert.rejects(scored(), refused("assessment-missing"));
  const { id } = await as(lead(), (tx) => writeAssessment(tx, world.platform, { matter: "automated", title: "指数评估", purpose: "测试", effect: "测试", measures: "测试", risk: "low", madeOn: world.platform.clock.today(), untilOn: addYears(world.platform.clock.today(), 3)! }));
  await as(world.actors.approver, (tx) => approveAssessment(tx, world.platform, id));
});

test("an index tells its parts, and the same files give the same bytes", async () => {
  const first = await as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register", group: "cause" }));
  const second = await as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register", group: "cause" }));
  assert.equal(second.digest, first.digest);
  assert.equal(second.inputsDigest, first.inputsDigest);
  const { whole, areas: parts, groups, missing } = first.result;
  assert.ok(whole.m0.value > 0 && Math.abs(whole.m0.value - whole.h.value * whole.a.value) < 1e-12);
  assert.equal(missing.households, whole.households);
  for (const list of [parts, groups!.parts]) assert.ok(Math.abs(list.reduce((sum, { ofM0 }) => sum + ofM0!, 0) - 1) < 1e-9);
  assert.ok(Math.abs(whole.dimensions.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
  assert.ok(first.result.development!.whole!.value > 0 && first.result.development!.whole!.value < 1);
  assert.deepEqual(parts.map(({ place }) => place!.from <= place!.to), [true, true]);
});

test("an index of an area without households is refused, not nought", async () => {
  await assert.rejects(as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register", area: 350524109000 })), refused("nothing-to-measure"));
});

test("a local set is drafted, tried, approved by another and then computed with; one without its cutoff is refused", async () => {
  const [register] = shippedInsights[0]!.sets;
  const local = JSON.parse(JSON.stringify(register)) as Parameters<typeof write>[3]["set"];
  const broken = { ...local, indicators: local.indicators.map((each, i) => (i === 0 ? { ...each, cutoff: Number.NaN } : each)) };
  await assert.rejects(as(lead(), (tx) => write(tx, world.platform, shippedInsights, { scheme, set: broken })), (error: unknown) => error instanceof Problem && /缺少剥夺临界值/.test(error.detail?.zh ?? ""));
  const draft = await as(lead(), (tx) => write(tx, world.platform, shippedInsights, { scheme, set: { ...local, indicators: local.indicators.map((each) => (each.key === "income" ? { ...each, cutoff: 20_000 } : each)) } }));
  assert.deepEqual([draft.state, draft.set.version], ["draft", 2]);
  await assert.rejects(as(world.actors.approver, (tx) => approve(tx, world.platform, draft.id!)), refused("move-not-possible"));
  const tried = await as(lead(), (tx) => trial(tx, world.platform, shippedInsights, draft.id!, scheme));
  assert.ok(tried.state === "tried" && tried.tried!.after > tried.tried!.before);
  await assert.rejects(as(lead(), (tx) => approve(tx, world.platform, draft.id!)), refused("second-person-needed"));
  assert.equal((await as(world.actors.approver, (tx) => approve(tx, world.platform, draft.id!))).state, "in-force");
  const value = await as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, set: "register" }));
  assert.equal(value.result.set.version, 2);
  assert.equal(value.result.whole.m0.value, tried.tried!.after);
});

test("the trend between two rounds is the change of their newest values, with the error of both; the same round again is no trend", async () => {
  const { insight } = shippedInsights[0]!;
  const set = shippedInsights[0]!.sets.find(({ key }) => key === "shaanxi-2018")!;
  /** M0 by hand: each household's own parts, weighted by its people. */
  const byHand = (households: readonly Made[]): number => {
    const scored = households.map(({ answers }) => ({ people: (answers["household"]!["members"] as unknown[]).length, ...partsOfHousehold(set, insight, answers, { today: world.platform.clock.today(), referenceDate: "2019-08-01" }) }));
    return scored.reduce((sum, { people, score, poor }) => sum + (poor ? score * people : 0), 0) / scored.reduce((sum, { people }) => sum + people, 0);
  };
  const rounds = await as(systemActor("world"), (tx) => Promise.all(["甲轮", "乙轮"].map((zh) => createCampaign(tx, { scheme, version: lowIncome.version, name: { zh, en: zh }, area: countyArea, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" }))));
  const [first, second] = [await storeHouseholds(t.owner, rounds[0]!, 120, (n) => villages[n % 4]!, 2000), await storeHouseholds(t.owner, rounds[1]!, 60, (n) => villages[n % 4]!, 2040)];
  const value = async (campaign: Campaign) => {
    await takeSnapshot(world.platform, shippedInsights, lead(), { campaign: campaign.id }, () => Promise.resolve());
    return as(lead(), (tx) => compute(tx, world.platform, shippedInsights, { scheme, campaign: campaign.id, set: set.key }));
  };
  const before = await value(rounds[0]!);
  const [since] = [await value(rounds[1]!), await value(rounds[1]!)];
  assert.ok(Math.abs(before.result.whole.m0.value - byHand(first)) < 1e-12 && Math.abs(since.result.whole.m0.value - byHand(second)) < 1e-12);
  const heads = (await as(lead(), (tx) => indices(tx, scheme))).rows.filter(({ setKey }) => setKey === set.key);
  assert.deepEqual(heads.map(({ change }) => change !== undefined), [true, true, false]);
  for (const { change } of heads.slice(0, 2)) {
    assert.ok(Math.abs(change!.change - (byHand(second) - byHand(first))) < 1e-12);
    assert.ok(Math.abs(change!.error - Math.hypot(before.result.whole.m0.error, since.result.whole.m0.error)) < 1e-12);
    assert.equal(change!.told, Math.abs(change!.change) > 1.959963984540054 * change!.error);
  }
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

test("what-if says who enters and leaves, what it costs and where the cliff is, and leaves register and values alone", async () => {
  const before = await as(lead(), (tx) => tx.selectFrom("indexValue").select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow());
  const found = await as(lead(), (tx) => tryOut(tx, world.platform, shippedInsights, { scheme, set: "register", cutoffs: { income: 30_000 }, line: { from: 6000, to: 9000, attached: 5000 } }));
  assert.ok(found.whole.enter! > 0 && found.whole.leave === 0);
  assert.ok(found.money!.after.topUp > found.money!.before.topUp);
  // Counted by hand from the households: at or above the line, and by less than what is lost with it.
  const incomes = [...made.map(({ answers }) => answers["household"]!)].map((form) => ({ income: Math.floor((form["income_per_head"] as number) / 100) * 100, people: form["member_count"] as number }));
  const cliff = incomes.filter(({ income, people }) => income >= 9000 && (income - 9000) * people < 5000).length;
  assert.ok(Math.abs((found.money!.cliff.households ?? 0) - cliff) <= 4, `${found.money!.cliff.households} ${cliff}`);
  assert.deepEqual(await as(lead(), (tx) => tx.selectFrom("indexValue").select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow()), before);
  await assert.rejects(as(lead(), (tx) => tryOut(tx, world.platform, shippedInsights, { scheme, set: "register", cutoffs: { nothing: 1 } })), refused("bad-request"));
});

test("a household sees its parts in words, in both languages", async () => {
  const { id } = made[0]!;
  const parts = await as(world.actors.countyReviewer, (tx) => householdParts(tx, world.platform, shippedInsights, { county: 350524, id }, undefined));
  assert.equal(parts.parts.length, 9);
  assert.match(parts.words.zh, /只供参考/);
  assert.match(parts.words.en, /decides nothing by itself/);
  assert.equal(parts.parts.find(({ key }) => key === "illness")!.standing, "deprived");
  assert.ok(!JSON.stringify(parts).includes("虚0构"));
});

test("a portrait tells a group along every axis and nothing of a group below five; tags count by rule until they end", async () => {
  const found = await as(lead(), (tx) => openPortrait(tx, world.platform, shippedInsights, { scheme, filter: { sex: [1] } }));
  assert.equal(found.axes.length, 12);
  assert.ok(found.people! > 0 && found.people! < found.of);
  const { id } = await as(lead(), (tx) => writeTag(tx, world.platform, shippedInsights[0]!.insight, { label: "因残男性", filter: { sex: [1], cause: [2] }, expiresOn: "2019-12-31" }));
  const snapshot = await as(lead(), (tx) => newestSnapshot(tx, { scheme }));
  const [tag] = await as(lead(), (tx) => listTags(tx, world.platform, snapshot, shippedInsights[0]!.insight));
  assert.ok(tag!.id === id && tag!.people! > 0);
  assert.equal(tag!.rule.zh, "性别：男；贫困原因：因残");
  await assert.rejects(as(lead(), (tx) => writeTag(tx, world.platform, shippedInsights[0]!.insight, { label: "旧的", filter: { sex: [1] }, expiresOn: "2019-01-01" })), refused("bad-request"));
});

const square = (x: number, y: number, code: number) => ({ type: "Feature", properties: { adcode: String(code) }, geometry: { type: "Polygon", coordinates: [[[x, y], ...Array.from({ length: 400 }, (_, i) => [x + i / 400, y]), [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]] } });
const collection = (...features: object[]): Buffer => Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));

test("a boundary file is checked against the office's areas and simplified; one of another country is refused", async () => {
  const load = (bytes: Buffer) => as(lead(), (tx) => loadBoundary(tx, world.platform, { fileName: "边界.geojson", bytes }));
  await assert.rejects(load(Buffer.from("{")), refused("file-not-readable"));
  await assert.rejects(load(collection(square(2, 48, 75056), square(3, 48, 440100000000))), (error: unknown) => refused("file-not-readable")(error) && /别处/.test((error as Problem).detail!.zh));
  const loaded = await load(collection(square(118, 25, areas.A), square(119, 25, areas.B), square(120, 25, 350525000000)));
  assert.deepEqual([loaded.shapes, loaded.of], [2, 2]);
  assert.ok(loaded.points.after < loaded.points.before / 10);
  assert.equal(loaded.notes.length, 1);
  assert.deepEqual((await as(lead(), (tx) => shapesUnder(tx, countyArea))).shapes.map(({ code }) => code), [areas.A, areas.B]);
  // A ring that is not closed is no polygon.
  assert.match(readBoundaries({ type: "FeatureCollection", features: [{ properties: { code: areas.A }, geometry: { type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] } }] }, new Set([areas.A])).faults[0]!.en, /cannot be read/);
});

test("the program takes a snapshot, checks its files and tells an index, in JSON for other programs; a damaged file ends it with a sentence", async () => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-snapshots-"));
  try {
    fs.mkdirSync(path.join(data, "keys"), { mode: 0o700 });
    fs.writeFileSync(path.join(data, "keys/master"), Buffer.alloc(32, 7), { mode: 0o600 });
    fs.writeFileSync(path.join(data, "keys/runtime-password"), String(t.app.password), { mode: 0o600 });
    const address = ({ user, password, host, port, database }: pg.ClientConfig): string => `postgresql://${user}:${encodeURIComponent(String(password))}@localhost/${database}?host=${encodeURIComponent(host!)}&port=${port}`;
    const run = (...words: string[]) => spawnSync(process.execPath, [path.join(projectRoot, "src/cli/main.ts"), ...words, "--data", data, "--round", round.id, "--json"], { encoding: "utf8", env: { PATH: process.env["PATH"], DATABASE_URL: address(t.app), DATABASE_OWNER_URL: address(t.owner) } });
    const told = (...words: string[]): Record<string, unknown> => {
      const { status, stdout, stderr } = run(...words);
      assert.equal(status, 0, stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const taken = told("snapshot", "take");
    const { records } = (await as(lead(), (tx) => newestSnapshot(tx, { scheme, campaign: round.id })))!;
    assert.deepEqual([taken["records"], taken["counties"], taken["changed"]], [records, 1, 1]);
    const checked = told("snapshot", "check");
    assert.deepEqual([checked["id"], checked["whole"], checked["counties"]], [taken["id"], true, 1]);
    const { result } = await as(lead(), (tx) => compute(tx, { ...world.platform, dataFolder: data }, shippedInsights, { scheme, campaign: round.id, set: "global-mpi" }));
    const index = told("index", "--set", "global-mpi");
    assert.deepEqual([index["digest"], index["whole"]], [resultDigest(result), JSON.parse(JSON.stringify(result.whole))]);
    const [file] = fs.readdirSync(path.join(data, "snapshots"), { recursive: true, encoding: "utf8" }).filter((name) => name.includes("households") && name.endsWith(".parquet"));
    fs.truncateSync(path.join(data, "snapshots", file!), 40);
    const damaged = run("snapshot", "check");
    assert.equal(damaged.status, 1);
    assert.match(damaged.stderr, /快照文件缺失或已损坏[\s\S]*missing or damaged/);
    assert.doesNotMatch(damaged.stderr, /\n\s+at /);
  } finally {
    fs.rmSync(data, { recursive: true, force: true });
  }
});
