// Cross-tables, portraits, tags and boundaries over a small county of fictional households: what is counted, what is hidden, what is refused.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { shippedInsights } from "../../../schemes/shipped.ts";
import { areas, countyArea, type World } from "../../../test/world.ts";
import { Problem } from "../../core/problem.ts";
import type { Actor } from "../../platform/database.ts";
import { readBoundaries } from "./geojson.ts";
import type { Made } from "../../../test/low-income-households.ts";
import { loadBoundary, shapesUnder } from "./maps.ts";
import { listTags, writeTag } from "./portraits.ts";
import { newestSnapshot } from "./queries.ts";
import { openPortrait } from "./service.ts";
import { crossCsv } from "./workbook.ts";
import { type Looking, lookingWorld, refused, scheme } from "../../../test/looking-world.ts";

let looking: Looking;
let world: World;
let made: readonly Made[];
let as: Looking["as"];
let take: Looking["take"];
let table: Looking["table"];
const lead = (): Actor => looking.lead;
before(async () => {
  looking = await lookingWorld();
  ({ world, made, as, take, table } = looking);
  await take();
});
after(() => looking.close());

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

test("a portrait says of every axis what the table of that axis says by the same filter, hidden counts and all", async () => {
  const all = (await table(["sex"])).base;
  const filters: readonly Record<string, number[]>[] = [{}, { urgency: [3] }, { cause: [1, 2], sex: [2], employed: [0, 1, 2] }];
  const hidden = filters.map(() => 0);
  for (const [i, filter] of filters.entries()) {
    const found = await as(lead(), (tx) => openPortrait(tx, world.platform, shippedInsights, { scheme, filter }));
    assert.equal(found.of, all);
    for (const { key, values } of found.axes) {
      const { rows, cells } = await table([key], { filter });
      assert.deepEqual(values, rows.map(({ label }, row) => ({ label, count: cells[row]!.at(-1)! })), key);
      hidden[i]! += values.filter(({ count }) => count === null).length;
    }
  }
  assert.ok(hidden[1]! > 0, "some are hidden");
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

test("a boundary file made to hold up the server is refused or read soon: no extent, countless pieces, rings that divide badly, brackets without end", () => {
  const read = (polygons: unknown) => readBoundaries({ type: "FeatureCollection", features: [{ properties: { code: areas.A }, geometry: { type: "MultiPolygon", coordinates: polygons } }] }, new Set([areas.A]));
  const speck = (x: number): number[][][] => [[[x, 0], [x + 1, 0], [x, 1], [x, 0]]];
  assert.match(read(Array.from({ length: 20_000 }, () => [[[117, 25], [117, 25], [117, 25], [117, 25]]])).faults[0]!.en, /no extent/);
  assert.match(read([speck(-1e308), speck(1e308)]).faults[0]!.en, /no extent/);
  assert.match(read(Array.from({ length: 20_000 }, (_, i) => speck(i))).faults[0]!.en, /80000 points are left/);
  const tooth = Array.from({ length: 40_000 }, (_, i) => [i / 80_000, ((i % 2 === 0 ? 1 : -1) * (40_000 - i)) / 40_000]);
  const [spent, found] = [process.cpuUsage(), read([[[...tooth, tooth[0]]]])];
  // Seconds of the processor, far from what it takes: half a minute and more where each division leaves all points but one.
  assert.ok(found.points.after <= 60_000 && process.cpuUsage(spent).user < 8_000_000);
  assert.match(read(JSON.parse("[".repeat(200_000) + "]".repeat(200_000))).faults[0]!.en, /cannot be read/);
});
