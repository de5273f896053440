// Cross-tables of the thirteen axes and the map over generated people, beside DuckDB on a bare flat file of the same columns and PostgreSQL; an index over
// households; a snapshot of which one county of a hundred has changed. `BENCH_PEOPLE=10000000`, `BENCH_HOUSEHOLDS=1000000`, `BENCH_POSTGRES=1000000`.
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { lowIncomeInsight } from "../../schemes/low-income/insights.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { shippedInsights } from "../../schemes/shipped.ts";
import { openSession } from "../../src/linkage/duckdb.ts";
import { text } from "../../src/linkage/sql.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import { crossSql, crossTable, type Question } from "../../src/modules/insight/cross.ts";
import { measure, resultDigest } from "../../src/modules/insight/indices.ts";
import { closeReaders, takeSnapshot } from "../../src/modules/insight/service.ts";
import { snapshotFolder } from "../../src/modules/insight/store.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { systemActor } from "../../src/platform/database.ts";
import { Problem } from "../../src/core/problem.ts";
import { storeHouseholds } from "../../test/low-income-households.ts";
import { testDatabase } from "../../test/database.ts";
import { smallWorld } from "../../test/world.ts";
import { quantile } from "../county.ts";
import type { Bench, Figure } from "../run.ts";
import { counties, generate } from "./generated.ts";

const people = Number(process.env["BENCH_PEOPLE"] ?? 1_000_000);
const households = Number(process.env["BENCH_HOUSEHOLDS"] ?? 200_000);
const postgres = Number(process.env["BENCH_POSTGRES"] ?? 300_000);
const perCounty = Number(process.env["BENCH_COUNTY"] ?? 30);
const turns = Number(process.env["BENCH_TURNS"] ?? 3);
const province = 350000000000;

const said = (n: number): string => n.toLocaleString("en");
const ms = (n: number): string => `${n.toFixed(0)} ms`;
async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

/** Every axis by itself, every two of them, the map: as a page asks. */
const axes = ["area", ...lowIncomeInsight.axes.map(({ key }) => key)];
const questions: readonly Question[] = axes.flatMap((first, i) => [[first], ...axes.slice(i + 1).map((second) => [first, second])]).map((asked) => ({ axes: asked, of: "people", area: province, filter: {} }));

async function run(): Promise<Figure[]> {
  const t = await testDatabase();
  const world = await smallWorld(t, { now: "2019-09-10T02:00:00Z" });
  const figures: Figure[] = [];
  const folder = snapshotFolder(world.platform);
  await fs.mkdir(folder, { recursive: true });
  const maker = await openSession({ folder, memoryLimitMb: 1024, threads: 2 });
  try {
    const { snapshot, flat } = await generate(maker, folder, people, households);
    const actor = { ...systemActor("bench", province, province + 9_999_999_999), area: province };
    const within = <T>(work: Parameters<typeof t.database.read<T>>[1]): Promise<T> => t.database.read(actor, work);
    const ask = (question: Question): Promise<unknown> => within((tx) => crossTable(tx, world.platform, snapshot, lowIncomeInsight, question)).catch((error: unknown) => (error instanceof Problem && error.code === "search-too-wide" ? undefined : Promise.reject(error)));
    await ask(questions[0]!);
    const [ours, bare]: [number[], number[]] = [[], []];
    const ratios: number[] = [];
    // In turn, so that a ratio is of the same minute; the quickest of some turns on either side, because one turn beside other work says little.
    const whole = `(SELECT * FROM read_parquet(${text(flat)}))`;
    const [spent, bareSpent] = [{ seconds: 0 }, { seconds: 0 }];
    const measured = async (into: number[], by: { seconds: number }, act: () => Promise<unknown>): Promise<void> => {
      const from = process.cpuUsage();
      into.push(await timed(act));
      const { user, system } = process.cpuUsage(from);
      by.seconds += (user + system) / 1e6;
    };
    for (const question of questions) {
      for (let turn = 0; turn < turns; turn += 1) {
        await measured(ours, spent, () => ask(question));
        await measured(bare, bareSpent, () => maker.rows(crossSql(question, whole)));
      }
      ratios.push(Math.min(...ours.slice(-turns)) / Math.min(...bare.slice(-turns)));
      if (process.env["BENCH_EACH"] !== undefined) console.log(question.axes.join(" × "), ms(Math.min(...ours.slice(-turns))), `× ${ratios.at(-1)!.toFixed(2)}`);
    }
    figures.push({ what: `${questions.length} tables over ${said(people)} people, ${counties} counties, ${turns} turns, p95`, value: ms(quantile(ours, 0.95)), beside: `median ${ms(quantile(ours, 0.5))}, CPU ${(spent.seconds / ours.length).toFixed(3)} s a table` });
    figures.push({ what: "the same of DuckDB on one bare flat file, p95", value: ms(quantile(bare, 0.95)), beside: `ours × ${quantile(ratios, 0.5).toFixed(2)} median, × ${quantile(ratios, 0.95).toFixed(2)} p95, in CPU × ${(spent.seconds / bareSpent.seconds).toFixed(2)}` });
    figures.push({ what: "the map (counties of the province)", value: ms(ours[0]!) });
    figures.push({ what: "memory of the process after all of them", value: `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB` });
    figures.push(await besidePostgres(t.owner, maker, folder, flat));
    const digests: string[] = [];
    const index = await timed(() => within(async (tx) => digests.push(resultDigest(await measure(tx, world.platform, snapshot, { insight: lowIncomeInsight, development: shippedInsights[0]!.development, set: shippedInsights[0]!.sets[0]!, area: province, group: "cause" })))));
    await within(async (tx) => digests.push(resultDigest(await measure(tx, world.platform, snapshot, { insight: lowIncomeInsight, development: shippedInsights[0]!.development, set: shippedInsights[0]!.sets[0]!, area: province, group: "cause" }))));
    figures.push({ what: `index of ${said(households)} households, by area and cause`, value: ms(index), beside: digests[0] === digests[1] ? "the same bytes again" : "OTHER BYTES" });
  } finally {
    maker.close();
    await closeReaders();
    await fs.rm(folder, { recursive: true, force: true });
  }
  figures.push(...(await incremental(t, world)));
  await world.close();
  await t.close();
  return figures;
}

/** The same question of a table in PostgreSQL, and of the files at that size. */
async function besidePostgres(owner: pg.ClientConfig, session: Awaited<ReturnType<typeof openSession>>, folder: string, flat: string): Promise<Figure> {
  const some = path.join(folder, "some.parquet");
  const lines = path.join(folder, "some.csv");
  await session.run(`COPY (SELECT * FROM read_parquet(${text(flat)}) LIMIT ${postgres}) TO ${text(some)} (FORMAT parquet)`);
  await session.run(`COPY (SELECT * FROM read_parquet(${text(some)})) TO ${text(lines)} (FORMAT csv, HEADER false)`);
  const client = new pg.Client(owner);
  await client.connect();
  const names = ["area", ...lowIncomeInsight.axes.map(({ key }) => `by_${key}`)];
  await client.query(`create unlogged table bench_people (${names.map((name) => `${name} ${name === "area" ? "bigint" : "smallint"}`).join(", ")})`);
  await pipeline(createReadStream(lines), client.query(copyFrom("copy bench_people from stdin (format csv)")));
  await client.query("analyze bench_people");
  const question: Question = { axes: ["cause", "age"], of: "people", area: province, filter: {} };
  const theirs = await timed(() => client.query("select by_cause, by_age, count(*) from bench_people where area between $1 and $2 group by 1, 2", [province, province + 9_999_999_999]));
  const own = await timed(() => session.rows(crossSql(question, `(SELECT * FROM read_parquet(${text(some)}))`)));
  await client.end();
  return { what: `cause × age of ${said(Math.min(postgres, people))} people: PostgreSQL`, value: ms(theirs), beside: `files ${ms(own)}: × ${(theirs / own).toFixed(1)}` };
}

/** A hundred counties of real records; one household of one of them is written anew. */
async function incremental(t: Awaited<ReturnType<typeof testDatabase>>, world: Awaited<ReturnType<typeof smallWorld>>): Promise<Figure[]> {
  const actor = { ...systemActor("bench", province, province + 9_999_999_999), area: province };
  const round = await t.database.write(actor, async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme, version, name: { zh: "测量", en: "Bench" }, area: province, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" });
  });
  const villageOf = (n: number): number => (350101 + ((n % counties) % 20) + 100 * Math.floor((n % counties) / 20)) * 1e6 + 1001;
  await storeHouseholds(t.owner, round, counties * perCounty, villageOf);
  await t.database.write(actor, (tx) => sql`select security.refresh_statistics()`.execute(tx));
  const take = (): ReturnType<typeof takeSnapshot> => takeSnapshot(world.platform, shippedInsights, actor, { campaign: round.id }, () => Promise.resolve());
  const first = await timed(take);
  await storeHouseholds(t.owner, round, 1, () => villageOf(3), counties * perCounty);
  let changed = 0;
  const again = await timed(async () => void ({ changed } = await take()));
  return [
    { what: `first snapshot, ${said(counties * perCounty)} households in ${counties} counties`, value: ms(first), beside: `${os.availableParallelism()} processors` },
    { what: "again with one county changed", value: ms(again), beside: `${changed} county made anew, ${(first / again).toFixed(0)} × less` },
  ];
}

export const bench: Bench = { summary: "cross-tables, map, index and snapshots", run };
