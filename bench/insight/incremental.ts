// A snapshot of a hundred counties of real records, and the next one after one household of one of them was written anew. `BENCH_COUNTY`: households of
// each county; `BENCH_LARGE`: how many more the county has in which something changes.
import os from "node:os";
import { sql } from "kysely";
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
  await t.database.write(actor, (tx) => sql`select security.refresh_statistics()`.execute(tx));
  const take = (): ReturnType<typeof takeSnapshot> => takeSnapshot(world.platform, shippedInsights, actor, { campaign: round.id }, () => Promise.resolve());
  const first = await timed(take);
  const figures: Figure[] = [{ what: `first snapshot, ${said(stored)} households in ${counties.length} counties`, value: ms(first), beside: `${os.availableParallelism()} processors` }];
  for (const turn of ["", ", once more"]) {
    await store(1, () => counties[CHANGED]!);
    let changed = 0;
    const spent = process.cpuUsage();
    const again = await timed(async () => void ({ changed } = await take()));
    const { user, system } = process.cpuUsage(spent);
    figures.push({ what: `again with one county changed${turn}`, value: ms(again), beside: `${changed} county made anew, ${(first / again).toFixed(0)} × less, processor ${ms((user + system) / 1000)}` });
  }
  return figures;
}
