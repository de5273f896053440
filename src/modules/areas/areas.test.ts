// The tree: loaded once however often it is asked for, one level at a time, found by name, pinyin, initials or code.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { loadAreas } from "./load.ts";
import { areasUnder, areaWithPath, findAreas } from "./service.ts";

let t: TestDatabase;
before(async () => {
  t = await testDatabase();
  await loadAreas(t.owner, () => {}, ["35", "46"]);
});
after(() => t.close());
const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => t.database.read(systemActor("test"), work);
const anxi = 350524000000;

test("a load that was done is not done again; one that was stopped goes on", async () => {
  assert.equal(await loadAreas(t.owner, () => {}, ["35", "46"]), 0);
  const added = await loadAreas(t.owner, () => {}, ["35", "46", "54"]);
  assert.ok(added > 5000, `${added} areas of the third province`);
});

test("provinces, then cities, then counties, towns and villages, one level at a time", async () => {
  const provinces = await read((tx) => areasUnder(tx));
  assert.deepEqual(provinces.map((area) => area.name), ["福建省", "海南省", "西藏自治区"]);
  const towns = await read((tx) => areasUnder(tx, anxi));
  assert.equal(towns.length, 24, "安溪县 has 24 townships");
  assert.ok(towns.every((area) => area.level === 4 && area.hasChildren));
  const villages = await Promise.all(towns.map((town) => read((tx) => areasUnder(tx, town.code))));
  assert.equal(villages.flat().length, 492, "and 492 villages");
  assert.ok(villages.flat().every((area) => area.level === 5 && !area.hasChildren));
});

test("an area is found by name, pinyin, initials and code", async () => {
  for (const q of ["安溪县", "安溪", "anxi", "axx", "350524"]) {
    const found = await read((tx) => findAreas(tx, q));
    assert.ok(found.some((area) => area.code === anxi), `${q}: ${found.map((area) => area.name).join(", ")}`);
  }
  const inside = await read((tx) => findAreas(tx, "凤城", anxi));
  assert.ok(inside.length > 0 && inside.every((area) => area.code >= anxi && area.code <= anxi + 999_999));
  assert.deepEqual(await read((tx) => findAreas(tx, "没有这个地方")), []);
});

test("the path of a village names every level above it", async () => {
  const { area, above } = await read((tx) => areaWithPath(tx, 350524100001));
  assert.deepEqual(above.map((each) => each.level), [1, 2, 3, 4]);
  assert.ok(area.fullName.startsWith("福建省泉州市安溪县"), area.fullName);
  await assert.rejects(read((tx) => areaWithPath(tx, 999999999999)), /not-found/);
});

test("a city without counties stands once, with its towns below it", async () => {
  const danzhou = await read((tx) => areasUnder(tx, 460400000000));
  assert.ok(danzhou.length > 10 && danzhou.every((area) => area.level === 4));
});
