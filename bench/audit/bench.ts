// The audit under load: many clients read at once and each reading has its row; what the row costs a reader; how fast rows are chained and
// verified; how long a value in full takes. `QINGCE_BENCH_READS` (default 10,000) and `QINGCE_BENCH_ROWS` (default 200,000) make it larger: 100000 and 1000000 for the full run.
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { openRecord, revealValue } from "../../src/modules/records/service.ts";
import { verifyDatabase } from "../../src/modules/auditing/verify-database.ts";
import { settleAudit } from "../../src/platform/audit-chain.ts";
import { chainDigest, chainStart } from "../../src/platform/audit-digest.ts";
import { chainOptions } from "../../src/platform/audit-duty.ts";
import { benchCounty, quantile } from "../county.ts";
import { measured } from "../findings/cpu.ts";
import type { Bench, Figure } from "../run.ts";

const reads = Number(process.env["QINGCE_BENCH_READS"] ?? 10_000);
const rows = Number(process.env["QINGCE_BENCH_ROWS"] ?? 200_000);
const clients = 200;

const idle = `create or replace function security.write_audit(entry_office text, entry_action text, entry_purpose text, entry_county integer, entry_area bigint, entry_record uuid, entry_people integer, entry_detail jsonb)
  returns void language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$ begin end $$`;

export const bench: Bench = {
  summary: `${reads.toLocaleString("en")} readings by ${clients} clients at once, ${rows.toLocaleString("en")} rows chained and verified`,
  async run() {
    const { installation, world, stop } = await benchCounty(1_000);
    const { platform } = installation;
    const owner = new pg.Client(installation.owner);
    await owner.connect();
    const records = (await owner.query<{ id: string; county: number }>("select id, county from record order by id")).rows;
    const reviewer = world.countyReviewer;
    const read = (n: number): Promise<unknown> => platform.database.write(reviewer, (tx) => openRecord(tx, platform, { county: records[n % records.length]!.county, id: records[n % records.length]!.id }));
    const opened = async (): Promise<number> => Number((await owner.query<{ n: string }>("select count(*) as n from audit_entry where action = 'record.open'")).rows[0]?.n);

    // Connections and plans are there before everybody comes at once.
    await Promise.all(Array.from({ length: 12 }, (_, n) => read(n)));

    // Everybody at once: exactly one row each.
    const before = await opened();
    let next = 0;
    const client = async (): Promise<void> => {
      for (let n = next++; n < reads; n = next++) await read(n);
    };
    const logEnd = async (): Promise<number> => Number((await owner.query<{ n: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as n")).rows[0]?.n);
    const logBefore = await logEnd();
    const storm = await measured(installation.postgresPid(), () => Promise.all(Array.from({ length: clients }, client)));
    const written = (await opened()) - before;
    const logged = (await logEnd()) - logBefore;

    // What the row adds to one reading: the same readings in turns, with a function that writes nothing, with one whose commit does not wait for the
    // disk, and as it is. Beside them in the same turns the least that a durable row can cost here: a bare row and its commit.
    const { rows: source } = await owner.query<{ text: string }>("select pg_get_functiondef('security.write_audit'::regproc) as text");
    const real = source[0]!.text;
    const unhurried = real.replace(/\bbegin\n/u, "begin perform set_config('synchronous_commit', 'off', true);\n");
    if (unhurried === real) throw new Error("the function that writes the audit is written otherwise than this bench expects");
    const bare = new pg.Client(installation.owner);
    await bare.connect();
    await bare.query("create table bench_bare (id bigint generated always as identity primary key, account text, detail jsonb)");
    const times = async (count: number, work: (n: number) => Promise<unknown>, skip = 0): Promise<number[]> => {
      const each: number[] = [];
      for (let n = -skip; n < count; n += 1) {
        const started = performance.now();
        await work(n + skip);
        if (n >= 0) each.push(performance.now() - started);
      }
      return each;
    };
    // The first readings after a function was replaced plan their statements anew.
    const lone = (): Promise<number[]> => times(50, read, 5);
    // So many a second from as many hands as it takes, whatever the answers take: what somebody waits while others work.
    const rate = Math.max(5, Math.round((reads / storm.seconds) * 0.4));
    const paced = async (count: number): Promise<number[]> => {
      const from = performance.now();
      return Promise.all(Array.from({ length: count }, async (_, n) => {
        const due = (n * 1000) / rate;
        await setTimeout(Math.max(0, from + due - performance.now()));
        const started = performance.now();
        await read(n);
        return performance.now() - started;
      }));
    };
    const alone = { none: [] as number[], unhurried: [] as number[], row: [] as number[], bare: [] as number[] };
    const many = { none: [] as number[], row: [] as number[] };
    for (let turn = 0; turn < 20; turn += 1) {
      await owner.query(idle);
      alone.none.push(...(await lone()));
      many.none.push(...(await paced(rate)));
      await owner.query(unhurried);
      alone.unhurried.push(...(await lone()));
      await owner.query(real);
      alone.row.push(...(await lone()));
      many.row.push(...(await paced(rate)));
      alone.bare.push(...(await times(50, () => bare.query("insert into bench_bare (account, detail) values ($1, $2)", [reviewer.account, { revision: turn }]))));
    }
    await bare.end();
    const difference = (on: readonly number[], off: readonly number[], share: number): number => quantile(on, share) - quantile(off, share);

    // One value in full, with its row and its count of the day; the count is forgotten in between.
    const reveals: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      if (n % 10 === 0) await owner.query("delete from reveal_count");
      const record = records[n % records.length]!;
      const started = performance.now();
      await platform.database.write(reviewer, (tx) => revealValue(tx, platform, { county: record.county, id: record.id, path: "general.id_number", purpose: "verify-identity" }));
      reveals.push(performance.now() - started);
    }

    // Many rows, chained and verified.
    const options = { ...chainOptions(platform), now: () => new Date() };
    await settleAudit(platform.database, options);
    await owner.query(`insert into audit_entry (account, office, action, purpose, county, area, record_id, people, detail)
      select 'b0a4c1de-0000-7000-8000-000000000001', 'b0a4c1de-0000-7000-8000-000000000002', 'record.open', 'view', 350524, 350524100201, gen_random_uuid(), 1, jsonb_build_object('revision', n) from generate_series(1, $1::int) n`, [rows]);
    await owner.query("analyze audit_entry");
    const chained = await measured(installation.postgresPid(), () => settleAudit(platform.database, options));
    await owner.query("analyze audit_chain");
    await owner.query("begin isolation level repeatable read read only");
    const verified = await measured(installation.postgresPid(), () => verifyDatabase(owner, { folders: options.folders, through: "tables" }));
    await owner.query("rollback");
    // What no verifier can beat on this machine: the digests alone, of lines of the same length.
    const line = "1234567\t1795333333123456\t987654\tb0a4c1de-0000-7000-8000-000000000001\tb0a4c1de-0000-7000-8000-000000000002\trecord.open\tview\t350524\t350524100201\tb0a4c1de-0000-7000-8000-000000000003\t1\t{\"revision\": 123456}";
    const limit = await measured(undefined, () => {
      let digest: Buffer = chainStart;
      for (let n = 1; n <= 200_000; n += 1) digest = chainDigest("sha-256", digest, n, line);
      return digest;
    });
    await owner.end();
    await stop();
    const ms = (value: number): string => `${value.toFixed(2)} ms`;
    const perSecond = (n: number, seconds: number): string => `${Math.round(n / seconds).toLocaleString("en")}/s`;
    const verdict = verified.result;
    const figures: Figure[] = [
      { what: `${clients} clients read at once: rows for readings`, value: `${written.toLocaleString("en")} / ${reads.toLocaleString("en")}`, beside: `${written === reads ? "exactly one each" : "NOT one each"}; ${perSecond(reads, storm.seconds)}; processor ${storm.ours.toFixed(1)} + ${storm.database.toFixed(1)} s of ${storm.seconds.toFixed(1)} s` },
      { what: "added by the row to a reading while others read, half of them", value: ms(difference(many.row, many.none, 0.5)), beside: `${rate} readings a second: ${ms(quantile(many.row, 0.5))} with the row, ${ms(quantile(many.none, 0.5))} without` },
      { what: "added by the row to a reading while others read, 99 in 100", value: ms(difference(many.row, many.none, 0.99)), beside: `${ms(quantile(many.row, 0.99))} with, ${ms(quantile(many.none, 0.99))} without; aim < 10 ms` },
      { what: "added by the row to a reading alone, half / 99 in 100", value: `${ms(difference(alone.row, alone.none, 0.5))} / ${ms(difference(alone.row, alone.none, 0.99))}`, beside: `of it without waiting for the disk ${ms(difference(alone.unhurried, alone.none, 0.5))} / ${ms(difference(alone.unhurried, alone.none, 0.99))}` },
      { what: "a bare row and its commit, half / 99 in 100", value: `${ms(quantile(alone.bare, 0.5))} / ${ms(quantile(alone.bare, 0.99))}`, beside: `the limit of this disk; the audit adds ${(difference(alone.row, alone.none, 0.5) / quantile(alone.bare, 0.5)).toFixed(2)} × of it` },
      { what: "written to the disk's log for one reading", value: `${Math.round(logged / reads).toLocaleString("en")} bytes` },
      { what: "a value shown in full, half of them / 95 in 100", value: `${quantile(reveals, 0.5).toFixed(1)} / ${quantile(reveals, 0.95).toFixed(1)} ms`, beside: "300 of different people" },
      { what: "chained by the sequencer", value: perSecond(rows, chained.seconds), beside: `processor ${chained.ours.toFixed(1)} + ${chained.database.toFixed(1)} s of ${chained.seconds.toFixed(1)} s` },
      { what: `verified (${verdict.clean ? "clean" : `WRONG: ${verdict.fault?.message.en}`})`, value: perSecond(verdict.rows, verified.seconds), beside: `processor ${verified.ours.toFixed(1)} + ${verified.database.toFixed(1)} s of ${verified.seconds.toFixed(1)} s; aim ≥ 100,000/s` },
      { what: "digests alone, the limit of this machine", value: perSecond(200_000, limit.seconds), beside: `the verifier reaches ${((verdict.rows / verified.seconds / (200_000 / limit.seconds)) * 100).toFixed(0)}%; ${path.basename(options.folders[0] ?? "")} held ${verdict.outside}` },
    ];
    return figures;
  },
};
