// The shipped rules of warnings over households with twelve months of events, as the duty of the day looks for them, county by county under row-level security;
// beside one bare reading of the same events by the owner. `BENCH_HOUSEHOLDS=1000000` sets the size, `BENCH_COUNTIES=1` puts all into one county. All made up.
import os from "node:os";
import pg from "pg";
import { lowIncomeAid } from "../../schemes/low-income/aid.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import { aidDuties, listRules, listWarnings, takePlan, tryRule } from "../../src/modules/aid/service.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { fixedClock } from "../../src/platform/clock.ts";
import { type Actor, systemActor } from "../../src/platform/database.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { testDatabase } from "../../test/database.ts";
import { type Measured, measured, serverOf } from "../findings/cpu.ts";
import type { Bench, Figure } from "../run.ts";

const households = Number(process.env["BENCH_HOUSEHOLDS"] ?? 100_000);
/** Ten thousand households of low income is what a county of half a million people has. */
const counties = Number(process.env["BENCH_COUNTIES"] ?? Math.max(1, Math.round(households / 10_000)));
const today = "2019-09-10";
const province = 350_000_000_000;
const countyAt = (n: number): number => 350_101 + Math.floor(n / 99) * 100 + (n % 99);
const tables = ["household", "household_member", "household_event", "aid_delivery"] as const;

/** Households in 200 villages of each county, three people each, and one event a month: costs, incomes and, of some, what befalls people. */
const planted: readonly string[] = [
  `insert into household (county, id, area, scheme, campaign_id, formed_on, people, hardships, period_from, period_to, income_fen, rigid_fen, degree, urgency)
    select c.county, md5('h' || n)::uuid, c.county * 1000000::bigint + 100000 + (n % 200 / 20) * 1000 + 201 + n % 20, 'low-income', $1, '2018-08-01', 3, n % 3, '2018-08-01', '2019-07-31', 600000 + n % 977 * 3000, n % 613 * 1000, 1 + n % 3, 1 + n % 3
    from generate_series(0, ${households - 1}) n cross join lateral (select n / ${Math.ceil(households / counties)} as c) at cross join lateral (select 350101 + at.c / 99 * 100 + at.c % 99 as county) c`,
  `insert into household_member (county, household_id, no, area, scheme, relation, birth_date, since)
    select h.county, h.id, m, h.area, h.scheme, '99', date '1940-01-01' + (hashtext(h.id::text || m) & 32767) % 28000, '2018-08-01' from household h cross join generate_series(1, 3) m`,
  `insert into household_event (county, id, household_id, area, scheme, kind, happened_on, amount_fen, source, source_no, taken_by)
    select h.county, uuidv7(), h.id, h.area, h.scheme, k.kind, (date '2018-09-15' + make_interval(months => m))::date - (x.r & 7), case when k.money then 2000 + x.r % 90000 + case when x.r % 211 = 0 then 400000 else 0 end end, 'bench', h.id || '-' || m, 'bench'
    from household h cross join generate_series(0, 11) m cross join lateral (select hashtext(h.id::text || m) & 1048575 as r) x
      cross join lateral (select case when x.r % 100 < 60 then 'medical-cost' when x.r % 100 < 80 then 'income' when x.r % 100 < 94 then 'education-cost' else (array['unemployment','insurance-stopped','disability-certificate','death','accident','left-allowance'])[1 + x.r % 6] end as kind, x.r % 100 < 94 as money) k`,
  `insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no)
    select h.county, uuidv7(), gen_random_uuid(), h.id, h.area, h.scheme, 'allowance', 'cash', 'civil_affairs', date_trunc('month', date '2019-09-01' - m * 31)::date, date '2019-09-01' - m * 31, 50000, 'bench', h.id || '-' || m from household h cross join generate_series(0, 3) m where hashtext(h.id::text) % 2 = 0`,
  "insert into aid_duty (county, scheme, kind, on_day, area, outcome) select distinct h.county, h.scheme, k.kind, k.day::date, h.county * 1000000::bigint, '{}'::jsonb from household h cross join (values ('results', '2019-09-10'), ('check', '2019-09-10')) k (kind, day)",
];
/** Rows first, then the indexes that are no constraint: a fifth of the time, and the same tables. */
async function plant(owner: pg.Client, campaign: string): Promise<void> {
  const { rows } = await owner.query<{ name: string; text: string }>(
    "select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i where i.indrelid = any ($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)",
    [tables],
  );
  await owner.query("set session_replication_role = replica; set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2");
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  for (const text of planted) await owner.query(text, text.includes("$1") ? [campaign] : []);
  for (const { text } of rows) await owner.query(text);
  await owner.query("set session_replication_role = origin");
  await owner.query(`vacuum analyze ${tables.join(", ")}`);
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

export const bench: Bench = {
  summary: `warnings over ${households.toLocaleString("en")} households in ${counties} ${counties === 1 ? "county" : "counties"}, with twelve months of events (made up)`,
  run: async (): Promise<readonly Figure[]> => {
    const t = await testDatabase();
    const owner = new pg.Client(t.owner);
    await owner.connect();
    try {
      const platform = { database: t.database, keys: t.keys, blobs: t.blobs, clock: fixedClock(`${today}T02:00:00Z`) } as unknown as Platform;
      const areas = [{ code: province, level: 1, hi: province + 9_999_999_999 }, ...Array.from({ length: counties }, (_, n) => ({ code: countyAt(n) * 1e6, level: 3, hi: countyAt(n) * 1e6 + 999_999 }))];
      for (const { code, level, hi } of areas) await owner.query("insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values ($1, $2, 0, $3, '虚构', '虚构', '', '', 'bench', '2018-01-01')", [code, level, hi]);
      const whole: Actor = { ...systemActor("bench", province, province + 9_999_999_999), area: province };
      const lead: Actor = { ...systemActor("bench", countyAt(0) * 1e6, countyAt(0) * 1e6 + 999_999), area: countyAt(0) * 1e6 };
      const campaign = await t.database.write(whole, async (tx) => {
        const { scheme, version } = await publishScheme(tx, lowIncome);
        await takePlan(tx, lowIncomeAid, { area: counties === 1 ? lead.area : province, from: "2018-01-01" });
        return createCampaign(tx, { scheme, version, name: { zh: "测量", en: "Bench" }, area: province, referenceDate: "2018-08-01", startsOn: "2018-08-01", endsOn: "2020-12-31" });
      });
      for (const [key, value] of [["allowance-line", 720_000], ["medical-month-line", 300_000]]) await owner.query("insert into aid_standard (scheme, key, lo, hi, from_on, value, set_by) values ('low-income', $1, $2, $3, '2018-01-01', $4, 'bench')", [key, province, province + 9_999_999_999, value]);
      await owner.query("update warning_rule set state = 'on', tried = '{\"byPlace\":[]}', switched_by = 'bench'");
      await owner.query("insert into assessment (id, area, hi, matter, title, purpose, effect, measures, risk, made_on, until_on, written_by, approved_by, approved_at) values (gen_random_uuid(), $1, $2, 'automated', '测量', '测量', '测量', '测量', 'low', '2019-01-01', '2019-12-31', 'bench', 'bench-2', now())", [province, province + 9_999_999_999]);
      const planting = await seconds(() => plant(owner, campaign.id));
      console.log(`  planted in ${planting.toFixed(0)} s`);
      const { rows } = await owner.query<{ n: string }>("select count(*) as n from household_event");
      /** The duty's one round over all counties. @returns warnings raised */
      const evaluate = async (): Promise<number> => {
        const { done } = await aidDuties(platform, [lowIncomeAid]);
        if (done.length !== counties) throw new Error(`only ${done.length} of ${counties} counties were looked at`);
        return done.reduce((sum, { outcome }) => sum + Number(outcome["raised"]), 0);
      };
      const backend = await owner.query<{ pid: number }>("select pg_backend_pid() as pid");
      const server = serverOf(backend.rows[0]!.pid);
      const processor = ({ ours, database }: Measured<number>): string => `processor ${ours.toFixed(1)} + ${database.toFixed(1)} s`;
      const first = await measured(server, evaluate);
      await owner.query("delete from aid_duty where kind = 'warnings'");
      const again = await measured(server, evaluate);
      const rules = await t.database.read(lead, (tx) => listRules(tx, "low-income"));
      const trials: { readonly key: string; readonly took: number }[] = [];
      for (const { id, key } of rules.rules) trials.push({ key, took: await seconds(() => t.database.write(counties === 1 ? lead : whole, (tx) => tryRule(tx, platform, id, { on: today }))) });
      const slowest = trials.toSorted((a, b) => b.took - a.took)[0]!;
      const board = async (actor: Actor): Promise<string> => {
        const pages: number[] = [];
        for (let n = 0; n < 40; n += 1) pages.push(await seconds(() => t.database.write(actor, (tx) => listWarnings(tx, platform, { scheme: "low-income", ...(n % 2 === 0 ? {} : { rule: "W4" }) }))));
        return `${(pages.toSorted((a, b) => a - b)[37]! * 1000).toFixed(0)} ms`;
      };
      const bare = await seconds(() => owner.query("select household_id, date_trunc('month', happened_on), kind, sum(amount_fen) from household_event group by 1, 2, 3 offset 100000000"));
      return [
        { what: "events", value: Number(rows[0]?.n).toLocaleString("en") },
        { what: "all twelve rules, with what they raise stored", value: `${first.seconds.toFixed(1)} s`, beside: `${first.result.toLocaleString("en")} warnings, ${os.availableParallelism()} processors, ${processor(first)}; goal 30 s at 1,000,000` },
        { what: "the same again: nothing new", value: `${again.seconds.toFixed(1)} s`, beside: `${again.result} new; ${processor(again)}` },
        { what: "a trial of one rule over all of them, the slowest of twelve", value: `${slowest.took.toFixed(1)} s`, beside: `${slowest.key}; goal 10 s at 1,000,000` },
        { what: "the board of a county: first page and counts, p95 of 40", value: await board(lead), beside: "goal 300 ms" },
        { what: "the board of the province, p95 of 40", value: await board(whole), beside: "goal 300 ms" },
        { what: "one bare sum of the events by household, month and kind", value: `${bare.toFixed(1)} s`, beside: `all rules ${(first.seconds / bare).toFixed(1)} ×` },
      ];
    } finally {
      await owner.end();
      await t.close();
    }
  },
};
