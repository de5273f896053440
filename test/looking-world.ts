// For tests of looking: a small county of fictional low-income households in one round, its lead, and what is asked most.
import fs from "node:fs";
import { lowIncome } from "../schemes/low-income/scheme.ts";
import { shippedInsights } from "../schemes/shipped.ts";
import { Problem } from "../src/core/problem.ts";
import { type Campaign, createCampaign } from "../src/modules/campaigns/service.ts";
import { closeReaders, cross, takeSnapshot } from "../src/modules/insight/service.ts";
import { snapshotFolder } from "../src/modules/insight/store.ts";
import { publishScheme } from "../src/modules/schemes/service.ts";
import { type Actor, systemActor, type Tx } from "../src/platform/database.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { type Made, storeHouseholds } from "./low-income-households.ts";
import { areas, countyArea, smallWorld, type World } from "./world.ts";

export const scheme = "low-income";
export const villages = [areas.A1, areas.A2, areas.B1, areas.B2];
export const refused = (code: string) => (error: unknown): boolean => error instanceof Problem && error.code === code;

export type Looking = {
  readonly t: TestDatabase;
  readonly world: World;
  readonly round: Campaign;
  readonly made: readonly Made[];
  readonly lead: Actor;
  readonly as: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly take: () => ReturnType<typeof takeSnapshot>;
  readonly table: (axes: string[], more?: object) => ReturnType<typeof cross>;
  /** Of all snapshots, in their folder. */
  readonly files: () => string[];
  readonly close: () => Promise<void>;
};

export async function lookingWorld(): Promise<Looking> {
  const t = await testDatabase();
  const world = await smallWorld(t, { now: "2019-09-10T02:00:00Z" });
  const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(actor, work);
  const round = await as(systemActor("world"), async (tx) => {
    const { scheme: key, version } = await publishScheme(tx, lowIncome);
    return createCampaign(tx, { scheme: key, version, name: { zh: "低收入轮次", en: "Low-income round" }, area: countyArea, referenceDate: "2019-08-01", startsOn: "2019-08-01", endsOn: "2020-07-31" });
  });
  // One household of the four villages in turn; a fifth of B2's share goes to A1, so that areas differ in size.
  const made = await storeHouseholds(t.owner, round, 240, (n) => villages[n % 20 === 3 ? 0 : n % 4]!);
  const lead = world.actors.countyLead;
  return {
    t, world, round, made, lead, as,
    take: () => takeSnapshot(world.platform, shippedInsights, lead, { campaign: round.id }, () => Promise.resolve()),
    table: (axes, more = {}) => as(lead, (tx) => cross(tx, world.platform, shippedInsights, { scheme, axes, of: "people", ...more })),
    files: () => fs.readdirSync(snapshotFolder(world.platform), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".parquet")),
    close: async () => {
      await closeReaders();
      await world.close();
      await t.close();
    },
  };
}
