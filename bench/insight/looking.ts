// What somebody at a page waits for: tables over three axes with filters, portraits, and the map with all requests that its page sends, over HTTP.
import assert from "node:assert/strict";
import { lowIncomeInsight } from "../../schemes/low-income/insights.ts";
import type { ReplyOf } from "../../src/core/route.ts";
import type { crossTable, getPortrait, getShapes, loadBoundary } from "../../src/modules/insight/contract.ts";
import { quantile } from "../county.ts";
import type { Figure } from "../run.ts";
import { type Place, TOWNSHIPS, villageOf } from "./generated.ts";
import type { Office } from "./office.ts";
import { ms, said, timed } from "./say.ts";

type Filter = Readonly<Record<string, readonly number[]>>;
const axes = lowIncomeInsight.axes.map(({ key, values }) => ({ key, many: values.length }));
const keys = axes.map(({ key }) => key);
const manyOf = (key: string): number => axes.find((axis) => axis.key === key)!.many;
/** The first half of an axis' values. */
const halfOf = (key: string): readonly number[] => Array.from({ length: Math.ceil(manyOf(key) / 2) }, (_, i) => i + 1);
/** Counts that the question is told from and cells of its table: within what a table may have. */
const fits = (asked: readonly string[], filters: readonly string[]): boolean => {
  const product = (of: readonly string[]): number => of.reduce((all, key) => all * (manyOf(key) + 1), 1);
  return product(asked) <= 1000 && product([...asked, ...filters]) <= 50_000;
};

/** Every three axes that a table may have, each narrowed by the next one or two that fit. */
const questions = ((): readonly { readonly axes: readonly string[]; readonly filter: Filter }[] => {
  const found: { axes: readonly string[]; filter: Filter }[] = [];
  for (const [i, first] of keys.entries()) for (const [j, second] of keys.entries()) for (const [k, third] of keys.entries()) {
    if (i >= j || j >= k || !fits([first, second, third], [])) continue;
    const filters: string[] = [];
    for (let n = 1; n < keys.length && filters.length < 1 + (found.length % 2); n += 1) {
      const next = keys[(k + n) % keys.length]!;
      if (![first, second, third].includes(next) && fits([first, second, third], [...filters, next])) filters.push(next);
    }
    if (filters.length > 0) found.push({ axes: [first, second, third], filter: Object.fromEntries(filters.map((key) => [key, halfOf(key)])) });
  }
  return found;
})();
/** Portraits of everybody, of each axis' first half, and of two such halves. */
const groups: readonly Filter[] = [{}, ...keys.map((key) => ({ [key]: halfOf(key) })), ...keys.map((key, i) => [key, keys[(i + 5) % keys.length]!]).filter((pair) => fits([], pair)).map((pair) => Object.fromEntries(pair.map((key) => [key, halfOf(key)])))];

const line = (what: string, times: readonly number[]): Figure => ({ what, value: ms(quantile(times, 0.95)), beside: `median ${ms(quantile(times, 0.5))}, most ${ms(Math.max(...times))}; aim p95 ≤ 1,000 ms` });

/** `most`: how many of the questions are asked, evenly chosen; the figure says how many. */
export async function looks(office: Office, people: number, most: number): Promise<Figure[]> {
  const body = { scheme: "low-income", campaign: office.campaign };
  const every = Math.max(1, Math.floor(questions.length / most));
  const asked = questions.filter((_, i) => i % every === 0);
  const [tables, portraits]: [number[], number[]] = [[], []];
  for (const question of asked) {
    tables.push(await timed(() => office.ask("POST", "/api/cross-tables", { ...body, of: "people", ...question })));
    if (process.env["BENCH_EACH"] !== undefined) console.log(question.axes.join(" × "), Object.keys(question.filter).join(", "), ms(tables.at(-1)!));
  }
  for (const filter of groups) {
    portraits.push(await timed(async () => {
      const { axes: told } = await office.ask<ReplyOf<typeof getPortrait>>("POST", "/api/portraits", { ...body, filter });
      assert.equal(told.length, keys.length);
    }));
    if (process.env["BENCH_EACH"] !== undefined) console.log("portrait", Object.keys(filter).join(", "), ms(portraits.at(-1)!));
  }
  return [line(`${tables.length} tables over three axes with one or two filters, ${said(people)} people, p95`, tables), line(`${portraits.length} portraits, p95`, portraits)];
}

/** A square of 40 points with a corner cut off, in a grid of 60 a row. */
const shape = (code: number, n: number): object => {
  const [x, y] = [118 + (n % 60) / 60, 25 + Math.floor(n / 60) / 60];
  const side = (dx: number, dy: number, from: readonly [number, number]): [number, number][] => Array.from({ length: 10 }, (_, i) => [from[0] + (dx * i) / 600, from[1] + (dy * i) / 600 + ((i % 3) - 1) / 20_000]);
  const ring = [...side(1, 0, [x, y]), ...side(0, 1, [x + 1 / 60, y]), ...side(-1, 0, [x + 1 / 60, y + 1 / 60]), ...side(0, -1, [x, y + 1 / 60])];
  return { type: "Feature", properties: { adcode: String(code) }, geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] } };
};

/** The map of each area of a county that has parts, as its page asks, on a boundary file of all its townships and villages. */
export async function maps(office: Office, place: Place, people: number): Promise<Figure[]> {
  const [county] = place.counties;
  const townships = Array.from({ length: TOWNSHIPS }, (_, i) => villageOf(county!, i, -1));
  const codes = [...townships, ...townships.flatMap((township) => Array.from({ length: place.villages }, (_, i) => township + 1 + i))];
  const file = Buffer.from(JSON.stringify({ type: "FeatureCollection", features: codes.map(shape) }));
  let loaded: ReplyOf<typeof loadBoundary> | undefined;
  const upload = await timed(async () => void (loaded = (await office.upload("/api/boundaries", "边界.geojson", file)) as ReplyOf<typeof loadBoundary>));
  assert.equal(loaded?.shapes, townships.length);
  const query = `scheme=low-income&campaign=${office.campaign}`;
  const page = async (area: number): Promise<void> => {
    await office.ask("GET", `/api/insight?${query}`);
    const [{ shapes }, { rows }] = await Promise.all([office.ask<ReplyOf<typeof getShapes>>("GET", `/api/boundaries?area=${area}`), office.ask<ReplyOf<typeof crossTable>>("POST", "/api/cross-tables", { scheme: "low-income", campaign: office.campaign, axes: ["area"], of: "people", area })]);
    assert.ok(shapes.length === (area === county! * 1e6 ? townships.length : place.villages) && rows.length === shapes.length, `${area}: ${shapes.length} shapes, ${rows.length} rows`);
  };
  const first = await timed(() => page(county! * 1e6));
  const times: number[] = [];
  for (let turn = 0; turn < 10; turn += 1) for (const area of [county! * 1e6, ...townships]) times.push(await timed(() => page(area)));
  const { points } = loaded!;
  return [
    { what: `boundary file of ${said(codes.length)} shapes (${(file.length / 2 ** 20).toFixed(1)} MB) checked, simplified, kept`, value: ms(upload), beside: `${said(points.before)} points, ${said(points.after)} kept` },
    { ...line(`${times.length} maps of a county of ${said(people)} people, townships and villages, whole page, p95`, times), beside: `the first ${ms(first)}; median ${ms(quantile(times, 0.5))}, most ${ms(Math.max(...times))}; aim p95 ≤ 1,000 ms` },
  ];
}
