// A snapshot of a hundred counties of stored records with a year of monthly aid, and the next one after one household of one of them was written anew. `BENCH_COUNTY`: households of
// each county; `BENCH_LARGE`: how many more the county has in which something changes.
import os from "node:os";
import { sql } from "kysely";
import pg from "pg";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { shippedInsights } from "../../schemes/shipped.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import { takeSnapshot } from "../../src/modules/insight/service.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { systemActor } from "../../src/platform/database.ts";
import type { TestDatabase } from "../../test/database.ts";
import { storeHouseholds } from "../../test/low-income-households.ts";
import type { World } from "../../test/world.ts";
import type { Figure } from "../run.ts";
import { province, villageOf } from "./generated.ts";
import { ms, said, timed } from "./say.ts";

const each = Number(process.env["BENCH_COUNTY"] ?? 30);
const large = Number(process.env["BENCH_LARGE"] ?? 0);
const { area, counties } = province;
const CHANGED = 3;
/** Households that are stored at once. */
const LOT = 5000;

/** Each record's household, its application and a delivery for each of twelve months. */
const aided: readonly string[] = [
  "insert into household (county, id, area, scheme, campaign_id, record_id, formed_on, applied_on, helped_on, given_fen, deliveries) select county, id, area, scheme, campaign_id, id, '2018-08-01', '2018-08-05', '2019-07-10', 600000, 12 from record where campaign_id = $1",
  "insert into aid_application (county, id, household_id, area, scheme, item, via, department, applied_on, due_on, source_no, entered_by) select county, id, id, area, scheme, 'allowance', 'window', 'civil_affairs', '2018-08-05', '2018-09-05', id, 'bench' from household where campaign_id = $1",
  "insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no) select h.county, uuidv7(), h.id, h.id, h.area, h.scheme, 'allowance', 'cash', 'civil_affairs', (date '2018-08-01' + make_interval(months => m))::date, (date '2018-08-10' + make_interval(months => m))::date, 50000, 'bench', h.id || '-' || m from household h cross join generate_series(0, 11) m where campaign_id = $1",
];
async function giveAid(owner: pg.ClientConfig, campaign: string): Promise<number> {
  const client = new pg.Client(owner);
  await client.connect();
  await client.query("set session_replication_role = replica");
  let given = 0;
  for (const text of aided) given = (await client.query(text, [campaign])).rowCount ?? 0;
  await client.query("vacuum analyze household, aid_application, aid_delivery");
  await client.end();
  return given;
}

export async function incremental(t: TestDatabase, world: World): Promise<Figure[]> {
  const actor = { ...systemActor("bench", area, area + 9_999_999_999), area };
  const round = await t.database.write(actor, async (tx) => {
    const { scheme, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme, version, name: { zh: "测量", en: "Bench" }, area, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" });
  });
  let stored = 0;
  const store = async (count: number, countyOf: (n: number) => number): Promise<void> => {
    for (const end = stored + count; stored < end; ) {
      const lot = Math.min(LOT, end - stored);
      await storeHouseholds(t.owner, round, lot, (n) => villageOf(countyOf(n), 0, 0), stored);
      stored += lot;
    }
  };
  await store(counties.length * each, (n) => counties[n % counties.length]!);
  await store(large, () => counties[CHANGED]!);
  const given = await giveAid(t.owner, round.id);
  await t.database.write(actor, (tx) => sql`select security.refresh_statistics()`.execute(tx));
  const take = (): ReturnType<typeof takeSnapshot> => takeSnapshot(world.platform, shippedInsights, actor, { campaign: round.id }, () => Promise.resolve());
  const first = await timed(take);
  const figures: Figure[] = [{ what: `first snapshot, ${said(stored)} households in ${counties.length} counties, ${said(given)} deliveries of aid`, value: ms(first), beside: `${os.availableParallelism()} processors` }];
  const pay = async (): Promise<void> => {
    const client = new pg.Client(t.owner);
    await client.connect();
    await client.query("set session_replication_role = replica");
    await client.query("update household set deliveries = deliveries + 1, given_fen = given_fen + 50000 where id = (select id from household where county = $1 limit 1)", [counties[CHANGED]!]);
    await client.end();
  };
  const changes = [["with one record more in one county", () => store(1, () => counties[CHANGED]!)], ["the same once more", () => store(1, () => counties[CHANGED]!)], ["with one household of it helped once more", pay]] as const;
  for (const [turn, change] of changes) {
    await change();
    let changed = 0;
    const spent = process.cpuUsage();
    const again = await timed(async () => void ({ changed } = await take()));
    const { user, system } = process.cpuUsage(spent);
    figures.push({ what: `again ${turn}`, value: ms(again), beside: `${changed} county made anew, ${(first / again).toFixed(0)} × less, processor ${ms((user + system) / 1000)}` });
  }
  return figures;
}
