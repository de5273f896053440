// The shipped rules of warnings over one county's households with twelve months of events, under row-level security; beside one bare reading of the same
// events by the owner. `BENCH_HOUSEHOLDS=1000000` sets the size. Everybody is made up.
import pg from "pg";
import { lowIncomeAid } from "../../schemes/low-income/aid.ts";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import { evaluateRules, listRules, listWarnings, takePlan, tryRule } from "../../src/modules/aid/service.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { fixedClock } from "../../src/platform/clock.ts";
import { type Actor, systemActor } from "../../src/platform/database.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { testDatabase } from "../../test/database.ts";
import type { Bench, Figure } from "../run.ts";

const households = Number(process.env["BENCH_HOUSEHOLDS"] ?? 100_000);
const county = 350524;
const today = "2019-09-10";
const area = county * 1e6;

/** Households in 200 villages, three people each, and one event a month: costs, incomes and, of some, what befalls people. */
const planted: readonly string[] = [
  `insert into household (county, id, area, scheme, campaign_id, formed_on, people, hardships, period_from, period_to, income_fen, rigid_fen, degree, urgency)
    select ${county}, md5('h' || n)::uuid, ${area} + 100000 + (n % 200 / 20) * 1000 + 201 + n % 20, 'low-income', $1, '2018-08-01', 3, n % 3, '2018-08-01', '2019-07-31', 600000 + n % 977 * 3000, n % 613 * 1000, 1 + n % 3, 1 + n % 3 from generate_series(1, ${households}) n`,
  `insert into household_member (county, household_id, no, area, scheme, relation, birth_date, since)
    select h.county, h.id, m, h.area, h.scheme, '99', date '1940-01-01' + (hashtext(h.id::text || m) & 32767) % 28000, '2018-08-01' from household h cross join generate_series(1, 3) m`,
  `insert into household_event (county, id, household_id, area, scheme, kind, happened_on, amount_fen, source, source_no, taken_by)
    select h.county, gen_random_uuid(), h.id, h.area, h.scheme, k.kind, (date '2018-09-15' + make_interval(months => m))::date - (x.r & 7), case when k.money then 2000 + x.r % 90000 + case when x.r % 211 = 0 then 400000 else 0 end end, 'bench', h.id || '-' || m, 'bench'
    from household h cross join generate_series(0, 11) m cross join lateral (select hashtext(h.id::text || m) & 1048575 as r) x
      cross join lateral (select case when x.r % 100 < 60 then 'medical-cost' when x.r % 100 < 80 then 'income' when x.r % 100 < 94 then 'education-cost' else (array['unemployment','insurance-stopped','disability-certificate','death','accident','left-allowance'])[1 + x.r % 6] end as kind, x.r % 100 < 94 as money) k`,
  `insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no)
    select h.county, gen_random_uuid(), gen_random_uuid(), h.id, h.area, h.scheme, 'allowance', 'cash', 'civil_affairs', date_trunc('month', date '2019-09-01' - m * 31)::date, date '2019-09-01' - m * 31, 50000, 'bench', h.id || '-' || m from household h cross join generate_series(0, 3) m where hashtext(h.id::text) % 2 = 0`,
];

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

export const bench: Bench = {
  summary: `warnings over ${households.toLocaleString("en")} households with twelve months of events (made up)`,
  run: async (): Promise<readonly Figure[]> => {
    const t = await testDatabase();
    const owner = new pg.Client(t.owner);
    await owner.connect();
    try {
      const platform = { database: t.database, keys: t.keys, blobs: t.blobs, clock: fixedClock(`${today}T02:00:00Z`) } as unknown as Platform;
      await owner.query("insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values ($1, 3, 350500000000, $2, '虚构县', '虚构县', '', '', 'bench', '2018-01-01')", [area, area + 999_999]);
      const actor: Actor = { ...systemActor("bench", area, area + 999_999), area };
      const campaign = await t.database.write(actor, async (tx) => {
        const { scheme, version } = await publishScheme(tx, lowIncome);
        await takePlan(tx, lowIncomeAid, { area, from: "2018-01-01" });
        return createCampaign(tx, { scheme, version, name: { zh: "测量", en: "Bench" }, area, referenceDate: "2018-08-01", startsOn: "2018-08-01", endsOn: "2020-12-31" });
      });
      for (const [key, value] of [["allowance-line", 720_000], ["medical-month-line", 300_000]]) await owner.query("insert into aid_standard (scheme, key, lo, hi, from_on, value, set_by) values ('low-income', $1, $2, $3, '2018-01-01', $4, 'bench')", [key, area, area + 999_999, value]);
      await owner.query("update warning_rule set state = 'on', tried = '{\"byTownship\":[]}', switched_by = 'bench'");
      await owner.query("set session_replication_role = replica");
      for (const text of planted) await owner.query(text, text.includes("$1") ? [campaign.id] : []);
      await owner.query("set session_replication_role = origin");
      await owner.query("vacuum analyze household, household_member, household_event, aid_delivery");
      const { rows } = await owner.query<{ n: string }>("select count(*) as n from household_event");
      let raised = 0;
      const evaluate = () => t.database.write(actor, async (tx) => void (raised = (await evaluateRules(tx, platform, { county, lo: area, hi: area + 999_999, scheme: "low-income", on: today })).rules.reduce((sum, rule) => sum + rule.raised, 0)));
      const first = await seconds(evaluate);
      const found = raised;
      const again = await seconds(evaluate);
      const rules = await t.database.read(actor, (tx) => listRules(tx, "low-income"));
      const trials: { readonly key: string; readonly took: number }[] = [];
      for (const { id, key } of rules.rules) trials.push({ key, took: await seconds(() => t.database.write(actor, (tx) => tryRule(tx, platform, id, { on: today }))) });
      const slowest = trials.toSorted((a, b) => b.took - a.took)[0]!;
      const pages: number[] = [];
      for (let n = 0; n < 40; n += 1) pages.push(await seconds(() => t.database.write(actor, (tx) => listWarnings(tx, platform, { scheme: "low-income", ...(n % 2 === 0 ? {} : { rule: "W4" }) }))));
      const bare = await seconds(() => owner.query("select household_id, date_trunc('month', happened_on), kind, sum(amount_fen) from household_event group by 1, 2, 3 offset 100000000"));
      return [
        { what: "events", value: Number(rows[0]?.n).toLocaleString("en") },
        { what: "all eleven rules, with what they raise stored", value: `${first.toFixed(1)} s`, beside: `${found.toLocaleString("en")} warnings; goal 30 s at 1,000,000` },
        { what: "the same again: nothing new", value: `${again.toFixed(1)} s`, beside: `${raised} new` },
        { what: "a trial of one rule, the slowest of eleven", value: `${slowest.took.toFixed(1)} s`, beside: `${slowest.key}; goal 10 s at 1,000,000` },
        { what: "the board: first page and counts, p95 of 40", value: `${(pages.toSorted((a, b) => a - b)[37]! * 1000).toFixed(0)} ms`, beside: "goal 300 ms" },
        { what: "one bare sum of the events by household, month and kind", value: `${bare.toFixed(1)} s`, beside: `all rules ${(first / bare).toFixed(1)} ×` },
      ];
    } finally {
      await owner.end();
      await t.close();
    }
  },
};
