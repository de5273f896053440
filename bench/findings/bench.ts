// From links to findings and cases in PostgreSQL, the re-check of answered cases, and one case's page among many findings; beside a
// bare COPY of the same rows into tables without indexes. `BENCH_LINKS=200000,1000000` and `BENCH_FINDINGS=5000000` set the sizes; `BENCH_PAGES=5000000` adds the pages of offices.
import os from "node:os";
import { sql } from "kysely";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { getCase } from "../../src/modules/dispatch/case-view.ts";
import { decideCases } from "../../src/modules/dispatch/decisions.ts";
import { openCases } from "../../src/modules/dispatch/open-cases.ts";
import { pieces } from "../../src/modules/dispatch/queries.ts";
import { judgeInTurns, saidCounts } from "../../src/modules/matching/judge.ts";
import { replaceLinks } from "../../src/modules/matching/queries.ts";
import { raise } from "../../src/modules/matching/raise.ts";
import { tellDuplicates } from "../../src/modules/matching/service.ts";
import { refreshStatistics } from "../../src/platform/database.ts";
import { recordVouchLists } from "../../src/modules/records/service.ts";
import { quantile } from "../county.ts";
import type { Bench, Figure } from "../run.ts";
import { measured, type Measured } from "./cpu.ts";
import { pagesAmongMany } from "./pages.ts";
import { actor, county, fields, plant, type Planted } from "./planted.ts";

const sizes = (process.env["BENCH_LINKS"] ?? "50000,200000").split(",").map(Number);
const manyFindings = Number(process.env["BENCH_FINDINGS"] ?? 500_000);
/** Absent or 0: the pages among that many findings are not measured. */
const pages = Number(process.env["BENCH_PAGES"] ?? 0);
const answered = 10_000;

const said = (n: number): string => n.toLocaleString("en");
const per = (seconds: number, rows: number): string => `${((seconds / rows) * 1e6).toFixed(1)} µs a link`;

async function timed<T>(act: () => Promise<T> | T): Promise<{ result: T; seconds: number }> {
  const from = performance.now();
  const result = await act();
  return { result, seconds: (performance.now() - from) / 1000 };
}

const stored = ["link", "finding", "case_file", "vouch_list"] as const;

/** The rows that were stored, copied as texts into tables without indexes, and as they are into tables with the same indexes and references: what the database can do at most. */
async function bareCopy(owner: pg.Client, postmaster: number | undefined): Promise<{ readonly seconds: number; readonly indexed: number; readonly indexedProcessor: number }> {
  const all = { seconds: 0, indexed: 0, indexedProcessor: 0 };
  for (const table of stored) {
    const file: string[] = [];
    for await (const chunk of owner.query(copyTo(`copy ${table} to stdout`)) as AsyncIterable<Buffer>) file.push(chunk.toString("latin1"));
    const chunks = (): Readable => Readable.from(file.map((text) => Buffer.from(text, "latin1")));
    const { rows } = await owner.query<{ line: string }>(`select x::text as line from ${table} x`);
    await owner.query(`create unlogged table bare_${table} (line text)`);
    await owner.query(`alter table bare_${table} set logged`);
    const lines = rows.map((row) => `${row.line.replaceAll("\\", "\\\\")}\n`);
    all.seconds += (await timed(() => pipeline(Readable.from(lines), owner.query(copyFrom(`copy bare_${table} from stdin`))))).seconds;
    await owner.query(`create table same_${table} (like ${table} including all)`);
    for (const { definition } of (await owner.query<{ definition: string }>("select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'f'", [table])).rows) await owner.query(`alter table same_${table} add ${definition}`);
    const whole = await measured(postmaster, () => pipeline(chunks(), owner.query(copyFrom(`copy same_${table} from stdin`))));
    all.indexed += whole.seconds;
    all.indexedProcessor += whole.database;
    await owner.query(`drop table bare_${table}, same_${table}`);
  }
  return all;
}

export async function findingsAndCases(planted: Planted, count: number, owner: pg.Client): Promise<{ figures: Figure[]; seconds: number }> {
  const { installation, ground, run, heads, rows, people, links, joined } = planted;
  const { platform } = installation;
  const postmaster = installation.postgresPid();
  // As a run does it: fields are compared while the database stores the links.
  const compared = await measured(postmaster, () =>
    platform.database.write(actor, async (tx) => (await Promise.all([judgeInTurns({ ground, keys: platform.keys, heads, rows, people, links: joined }), replaceLinks(tx, county, run, links)]))[0]),
  );
  const judged = compared.result;
  const raised = await measured(postmaster, () =>
    platform.database.write(actor, async (tx) => {
      const result = await raise(tx, platform, ground, run, judged, true);
      await sql`update match_run set state = 'done', finished_at = now() where county = ${county} and id = ${run}`.execute(tx);
      return result;
    }),
  );
  const vouched = await measured(postmaster, () =>
    platform.database.write(actor, (tx) => recordVouchLists(tx, { county, department: "twelve", extractId: run, asOf: "2018-10-31", records: judged.said })),
  );
  await owner.query("analyze finding, link");
  const told = await measured(postmaster, () => tellDuplicates(platform, [county]));
  const cases = await measured(postmaster, () => platform.database.write(actor, (tx) => openCases(tx, platform, { county })));
  await platform.database.write(actor, refreshStatistics);
  const parts = [compared, raised, vouched, told, cases];
  const sum = (of: (part: Measured<unknown>) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const seconds = sum((part) => part.seconds);
  const bare = await bareCopy(owner, postmaster);
  const processor = ({ ours, database }: Pick<Measured<unknown>, "ours" | "database">): string => `processor ${((ours / count) * 1e6).toFixed(1)} + ${((database / count) * 1e6).toFixed(1)} µs a link (ours + the database's)`;
  const part = (what: string, each: Measured<unknown>): Figure => ({ what: `    ${what}`, value: `${each.seconds.toFixed(2)} s`, beside: processor(each) });
  return {
    seconds,
    figures: [
      { what: `${said(count)} links × ${fields.length} compared fields → findings and cases`, value: `${seconds.toFixed(1)} s`, beside: `${per(seconds, count)}; ${said(raised.result.added)} findings, ${said(cases.result.opened)} cases; load ${os.loadavg()[0]?.toFixed(1)}` },
      { what: "    processor, ours + the database's", value: `${(sum((each) => each.ours) + sum((each) => each.database)).toFixed(1)} s`, beside: processor({ ours: sum((each) => each.ours), database: sum((each) => each.database) }) },
      part(`${said(saidCounts(judged.said).compared)} values compared, links stored`, compared),
      part("findings stored", raised),
      part("vouches of values stored", vouched),
      part("other counties asked", told),
      part("cases opened", cases),
      { what: "    bare COPY of the same rows, no indexes", value: `${bare.seconds.toFixed(2)} s`, beside: `ours takes ${(seconds / bare.seconds).toFixed(1)} ×` },
      { what: "    COPY into the same tables with their indexes (limit)", value: `${bare.indexed.toFixed(2)} s`, beside: `ours takes ${(seconds / bare.indexed).toFixed(1)} ×; processor of the database ${(sum((each) => each.database) / bare.indexedProcessor).toFixed(2)} ×` },
    ],
  };
}

/** Ten thousand answers “ours is right” with a paper: the county decides, the check runs on what stands now and closes. */
export async function recheckAnswered(planted: Planted, owner: pg.Client): Promise<Figure> {
  const { platform } = planted.installation;
  const { rows } = await owner.query<{ id: string }>("select id from case_file where state = 'open' order by id limit $1", [answered]);
  const ids = rows.map((row) => row.id);
  await owner.query("update case_file set state = 'answered', answer = 'confirm-ours', answer_note = 'x', answered_by = 'x', answered_at = now(), proof_sha256 = 'x', proof_mime = 'application/pdf' where id = any ($1)", [ids]);
  const { seconds, result, ours, database } = await measured(planted.installation.postgresPid(), async () => {
    let closed = 0;
    for (const part of pieces(ids, 500)) closed += (await platform.database.write(actor, (tx) => decideCases(tx, platform, county, { cases: part, accept: true }))).results.filter((each) => each.state === "closed").length;
    return closed;
  });
  return { what: `re-check of ${said(ids.length)} answered cases, 500 a transaction`, value: `${seconds.toFixed(2)} s`, beside: `${said(result)} closed by the check; limit 10 s; processor ${(ours + database).toFixed(1)} s; load ${os.loadavg()[0]?.toFixed(1)}` };
}

type Plan = { readonly "Node Type": string; readonly "Relation Name"?: string; readonly "Index Name"?: string; readonly Plans?: readonly Plan[] };
const scansOf = (plan: Plan): string[] => [
  ...(plan["Node Type"] === "Seq Scan" ? [`whole ${plan["Relation Name"]}`] : plan["Index Name"] === undefined ? [] : [plan["Index Name"]]),
  ...(plan.Plans ?? []).flatMap(scansOf),
];

/** How the page's statements find their rows: names of the indexes, and tables that are read whole. */
async function scansOfPage(planted: Planted, id: string): Promise<string[]> {
  const { platform } = planted.installation;
  return platform.database.copy(actor, async (client, tx) => {
    const statements: { readonly text: string; readonly values: unknown[] }[] = [];
    const query = client.query.bind(client) as (text: string, values: unknown[]) => Promise<pg.QueryResult<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>>;
    const listening = (text: string | { readonly text: string }, values: unknown[]): unknown => {
      statements.push({ text: typeof text === "string" ? text : text.text, values });
      return query(text as string, values);
    };
    Object.assign(client, { query: listening });
    await getCase(tx, platform, county, id);
    Reflect.deleteProperty(client, "query");
    const scans = new Set<string>();
    for (const { text, values } of statements.filter((each) => /^\s*select/i.test(each.text) && /finding|case_/.test(each.text))) {
      const { rows } = await query(`explain (format json) ${text}`, values);
      for (const scan of scansOf(rows[0]!["QUERY PLAN"][0]!.Plan)) scans.add(scan);
    }
    return [...scans].sort();
  });
}

async function pageAmongMany(planted: Planted, owner: pg.Client): Promise<Figure[]> {
  const { platform } = planted.installation;
  const { rows: standing } = await owner.query<{ n: string }>("select count(*)::text as n from finding");
  const times = Math.ceil(manyFindings / Number(standing[0]?.n ?? 1)) - 1;
  if (times > 0) {
    // Closed findings of earlier rounds, of the same people, with cases of their own.
    await owner.query(
      `insert into finding (county, campaign_id, id, area, key, class, department, path, record_id, subject_id, person_key, run_id, row_no, sealed, state, closed_because, closed_at, case_id)
       select county, campaign_id, gen_random_uuid(), area, key || '-' || g, class, department, path, record_id, subject_id, person_key, run_id, row_no, sealed, 'closed', 'agrees', now(), gen_random_uuid() from finding, generate_series(1, $1::int) g`,
      [times],
    );
    await owner.query("analyze finding");
  }
  const { rows } = await owner.query<{ id: string }>("select id from case_file order by state = 'closed', md5(id::text) limit 220");
  const { rows: all } = await owner.query<{ n: string }>("select count(*)::text as n from finding");
  const samples: number[] = [];
  for (const { id } of rows) samples.push((await timed(() => platform.database.write(actor, (tx) => getCase(tx, platform, county, id)))).seconds * 1000);
  const warm = samples.slice(20);
  const scans = await scansOfPage(planted, rows[0]!.id);
  const page: Figure = { what: `a case's page among ${said(Number(all[0]?.n))} findings, p50 / p95`, value: `${quantile(warm, 0.5).toFixed(1)} / ${quantile(warm, 0.95).toFixed(1)} ms`, beside: `limit 50 ms; load ${os.loadavg()[0]?.toFixed(1)}` };
  return [page, { what: "    found by", value: `${scans.length} ways`, beside: scans.join(", ") }];
}

export const bench: Bench = {
  summary: `findings and cases of ${sizes.map(said).join(" and ")} links with ${fields.length} compared fields, one value in fifty differing`,
  async run() {
    const figures: Figure[] = [];
    const each: number[] = [];
    for (const [index, size] of sizes.entries()) {
      const planted = await plant(size);
      const owner = new pg.Client(planted.installation.owner);
      await owner.connect();
      try {
        const made = await findingsAndCases(planted, size, owner);
        each.push(made.seconds / size);
        figures.push(...made.figures);
        if (index === sizes.length - 1) figures.push(await recheckAnswered(planted, owner), ...(await pageAmongMany(planted, owner)), ...(pages > 0 ? await pagesAmongMany(planted, owner, pages) : []));
      } finally {
        await owner.end();
        await planted.stop();
      }
    }
    if (each.length > 1) figures.push({ what: `time per link, ${said(sizes.at(-1)!)} : ${said(sizes[0]!)}`, value: `${(each.at(-1)! / each[0]!).toFixed(2)} ×`, beside: `1.00 is flat; at that cost 1 M links take ${(each.at(-1)! * 1e6).toFixed(0)} s (limit 60 s)` });
    return figures;
  },
};
