// Cross-tables of the thirteen axes and the map over generated people, beside DuckDB on a bare flat file of the same columns and PostgreSQL; an index over
// households. `BENCH_EACH=1` prints each question, `BENCH_TURNS` how often each is asked.
import path from "node:path";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { lowIncomeInsight } from "../../schemes/low-income/insights.ts";
import { shippedInsights } from "../../schemes/shipped.ts";
import { Problem } from "../../src/core/problem.ts";
import type { Session } from "../../src/linkage/duckdb.ts";
import { text } from "../../src/linkage/sql.ts";
import { crossSql, crossTable, type Question } from "../../src/modules/insight/cross.ts";
import { measure, resultDigest } from "../../src/modules/insight/indices.ts";
import type { SnapshotRow } from "../../src/modules/insight/queries.ts";
import { systemActor } from "../../src/platform/database.ts";
import type { TestDatabase } from "../../test/database.ts";
import type { World } from "../../test/world.ts";
import { quantile } from "../county.ts";
import type { Figure } from "../run.ts";
import { province } from "./generated.ts";
import { ms, said, timed } from "./say.ts";

const postgres = Number(process.env["BENCH_POSTGRES"] ?? 300_000);
const turns = Number(process.env["BENCH_TURNS"] ?? 3);
const { area, counties } = province;

/** Every axis by itself, every two of them, the map: as a page asks. */
const axes = ["area", ...lowIncomeInsight.axes.map(({ key }) => key)];
const questions: readonly Question[] = axes.flatMap((first, i) => [[first], ...axes.slice(i + 1).map((second) => [first, second])]).map((asked) => ({ axes: asked, of: "people", area, filter: {} }));

export type Ground = { readonly t: TestDatabase; readonly world: World; readonly maker: Session; readonly folder: string; readonly snapshot: SnapshotRow; readonly flat: string };

export async function tables({ t, world, maker, folder, snapshot, flat }: Ground): Promise<Figure[]> {
  const figures: Figure[] = [];
  const actor = { ...systemActor("bench", area, area + 9_999_999_999), area };
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
  figures.push({ what: `${questions.length} tables over ${said(snapshot.people)} people, ${counties.length} counties, ${turns} turns, p95`, value: ms(quantile(ours, 0.95)), beside: `median ${ms(quantile(ours, 0.5))}, CPU ${(spent.seconds / ours.length).toFixed(3)} s a table` });
  figures.push({ what: "the same of DuckDB on one bare flat file, p95", value: ms(quantile(bare, 0.95)), beside: `ours × ${quantile(ratios, 0.5).toFixed(2)} median, × ${quantile(ratios, 0.95).toFixed(2)} p95, in CPU × ${(spent.seconds / bareSpent.seconds).toFixed(2)}` });
  figures.push({ what: "the map (parts of the province)", value: ms(ours[0]!) });
  figures.push({ what: "memory of the process after all of them", value: `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB` });
  if (postgres > 0) figures.push(await besidePostgres(t.owner, maker, folder, flat, snapshot.people));
  const digests: string[] = [];
  const index = (): Promise<unknown> => within(async (tx) => digests.push(resultDigest(await measure(tx, world.platform, snapshot, { insight: lowIncomeInsight, development: shippedInsights[0]!.development, set: shippedInsights[0]!.sets[0]!, area, group: "cause" }))));
  const first = await timed(index);
  await index();
  figures.push({ what: `index of ${said(snapshot.records)} households, by area and cause`, value: ms(first), beside: digests[0] === digests[1] ? "the same bytes again" : "OTHER BYTES" });
  return figures;
}

/** The same question of a table in PostgreSQL, and of the files at that size. */
async function besidePostgres(owner: pg.ClientConfig, session: Session, folder: string, flat: string, people: number): Promise<Figure> {
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
  const question: Question = { axes: ["cause", "age"], of: "people", area, filter: {} };
  const theirs = await timed(() => client.query("select by_cause, by_age, count(*) from bench_people where area between $1 and $2 group by 1, 2", [area, area + 9_999_999_999]));
  const own = await timed(() => session.rows(crossSql(question, `(SELECT * FROM read_parquet(${text(some)}))`)));
  await client.end();
  return { what: `cause × age of ${said(Math.min(postgres, people))} people: PostgreSQL`, value: ms(theirs), beside: `files ${ms(own)}: × ${(theirs / own).toFixed(1)}` };
}
