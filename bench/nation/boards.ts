// Every board at the size of the nation: of the whole, of a province, a county and a township. And the area picker over the whole country, a key at a time.
import { actorAt, countyArea, townshipArea, villageArea } from "../../src/cli/simulate/nation.ts";
import { loadAreas } from "../../src/modules/areas/load.ts";
import { findAreas } from "../../src/modules/areas/service.ts";
import { getProgress, takeCounts } from "../../src/modules/campaigns/service.ts";
import { getLeague } from "../../src/modules/dispatch/league.ts";
import { gatherSignals, getPassport, getReconciliation, getSupervision, listSignals } from "../../src/modules/supervision/service.ts";
import { type Actor, systemActor, type Tx } from "../../src/platform/database.ts";
import { quantile } from "../county.ts";
import type { Figure } from "../run.ts";
import { everywhere, type Ground, inFolder, say } from "./ground.ts";

async function slowest(ground: Ground, actor: Actor, look: (tx: Tx) => Promise<unknown>): Promise<readonly [first: number, median: number]> {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const started = performance.now();
    await ground.installation.platform.database.write(actor, look);
    times.push(performance.now() - started);
  }
  return [times[0]!, quantile(times, 0.5)];
}

export async function boards(ground: Ground): Promise<Figure[]> {
  const { platform } = ground.installation;
  const campaign = ground.campaign.id;
  const places: readonly (readonly [string, number, Actor])[] = [
    ["the nation", 0, everywhere],
    ["a province", Math.floor(countyArea(0) / 1e10) * 1e10, everywhere],
    ["a county", countyArea(0), actorAt(countyArea(0), "县", "county-lead")],
    ["a township", townshipArea(0, 0), actorAt(townshipArea(0, 0), "镇", "township-reviewer")],
  ];
  const looks: readonly (readonly [string, (tx: Tx, area: number) => Promise<unknown>])[] = [
    ["progress and outcomes", (tx, area) => getProgress(tx, platform, { campaign, area })],
    ["heartbeat, rates, overdue", (tx, area) => getSupervision(tx, { campaign, area })],
    ["nobody missed", (tx, area) => getReconciliation(tx, { campaign, area })],
    ["league", (tx, area) => getLeague(tx, platform, area === 0 ? {} : { area })],
  ];
  await takeCounts(platform.database);
  const figures: Figure[] = [];
  const { whole } = await platform.database.write(everywhere, (tx) => getProgress(tx, platform, { campaign, area: 0 }));
  if (whole.total !== ground.people) throw new Error(`the nation's board shows ${whole.total} people, not ${ground.people}`);
  const add = async (what: string, actor: Actor, look: (tx: Tx) => Promise<unknown>): Promise<void> => {
    const [first, median] = await slowest(ground, actor, look);
    say(`${what}: ${median.toFixed(0)} ms`);
    figures.push({ what: `${what}, ${ground.people.toLocaleString("en")} records`, value: `${median.toFixed(0)} ms`, beside: `the first look ${first.toFixed(0)} ms, aim ≤ 1,000` });
  };
  for (const [name, look] of looks) for (const [place, area, actor] of places) await add(`${name} of ${place}`, actor, (tx) => look(tx, area));
  await add("a village's passport", everywhere, (tx) => getPassport(tx, { campaign, area: villageArea(0, 0, 0) }));
  // The longest last: what was measured before it stands.
  const started = performance.now();
  const gathered = await gatherSignals(platform);
  const seconds = (performance.now() - started) / 1000;
  figures.push({ what: `signals gathered by the duty, ${ground.people.toLocaleString("en")} records`, value: `${seconds.toFixed(0)} s`, beside: `${gathered.toLocaleString("en")} townships` });
  say(`signals of ${gathered.toLocaleString("en")} townships are gathered after ${seconds.toFixed(0)} s`);
  for (const [place, area, actor] of places) await add(`signals per collector of ${place}`, actor, (tx) => listSignals(tx, platform, { campaign, area }));
  return figures;
}

const keys = ["a", "x", "安", "安溪", "凤城", "axx", "anxi", "湖", "北京", "xinj", "350524"];

/** Milliseconds of each key typed into the area picker, over the areas of the whole country. */
export async function picker(): Promise<Figure[]> {
  const times = await inFolder(async ({ owner, platform }) => {
    await loadAreas(owner);
    const byKey = new Map<string, number[]>(keys.map((key) => [key, []]));
    for (let turn = 0; turn < 12; turn += 1) {
      for (const key of keys) {
        const started = performance.now();
        await platform.database.read(systemActor("bench"), (tx) => findAreas(tx, key));
        if (turn > 1) byKey.get(key)!.push(performance.now() - started);
      }
    }
    return byKey;
  });
  for (const [key, ms] of times) say(`area picker, “${key}”: ${quantile(ms, 0.5).toFixed(1)} ms`);
  const all = [...times.values()].flat();
  return [{ what: "area picker over the whole country, a key", value: `${quantile(all, 0.5).toFixed(1)} ms`, beside: `p95 ${quantile(all, 0.95).toFixed(1)} ms, aim ≤ 50 ms` }];
}
