// What looking costs: cross-tables over generated people beside a bare flat file, what somebody waits for at a page, the map of a county, a snapshot of which
// one county of a hundred has changed. `BENCH_PEOPLE=10000000`, `BENCH_HOUSEHOLDS=1000000`, `BENCH_POSTGRES=1000000` is the whole; `BENCH_PARTS` takes some
// of tables, pages, county, snapshot.
import fs from "node:fs/promises";
import { openSession, type Session } from "../../src/linkage/duckdb.ts";
import { closeReaders } from "../../src/modules/insight/service.ts";
import { snapshotFolder } from "../../src/modules/insight/store.ts";
import { testDatabase } from "../../test/database.ts";
import { countyArea, smallWorld } from "../../test/world.ts";
import type { Bench, Figure } from "../run.ts";
import { generate, type Place, province } from "./generated.ts";
import { incremental } from "./incremental.ts";
import { looks, maps } from "./looking.ts";
import { openOffice } from "./office.ts";
import { tables } from "./tables.ts";

const people = Number(process.env["BENCH_PEOPLE"] ?? 1_000_000);
const households = Number(process.env["BENCH_HOUSEHOLDS"] ?? 200_000);
const parts = new Set((process.env["BENCH_PARTS"] ?? "tables,pages,county,snapshot").split(","));
/** A county with as many villages as a boundary file has shapes. */
const oneCounty: Place = { area: countyArea, counties: [countyArea / 1e6], villages: 150 };
const OF_A_COUNTY = 100_000;
/** Questions over three axes that are asked of all people. */
const SOME = 60;

async function run(): Promise<Figure[]> {
  const t = await testDatabase();
  const world = await smallWorld(t, { now: "2019-09-10T02:00:00Z", queue: true });
  const figures: Figure[] = [];
  const folder = snapshotFolder(world.platform);
  /** Generates a place, and takes it away. */
  const over = async (place: Place, many: number, work: (ground: Awaited<ReturnType<typeof generate>> & { readonly maker: Session }) => Promise<void>): Promise<void> => {
    await fs.mkdir(folder, { recursive: true });
    const maker = await openSession({ folder, memoryLimitMb: 1024, threads: 2 });
    try {
      await work({ ...(await generate(maker, folder, place, many, Math.min(households, many))), maker });
    } finally {
      maker.close();
      await closeReaders();
      await fs.rm(folder, { recursive: true, force: true });
    }
  };
  if (parts.has("tables") || parts.has("pages")) await over(province, people, async ({ snapshot, flat, maker }) => {
    if (parts.has("tables")) figures.push(...(await tables({ t, world, maker, folder, snapshot, flat })));
    if (!parts.has("pages")) return;
    const office = await openOffice(t, world, province, snapshot);
    figures.push(...(await looks(office, people, SOME)));
    await office.stop();
  });
  if (parts.has("county")) await over(oneCounty, OF_A_COUNTY, async ({ snapshot }) => {
    const office = await openOffice(t, world, oneCounty, snapshot);
    figures.push(...(await maps(office, oneCounty, OF_A_COUNTY)), ...(await looks(office, OF_A_COUNTY, SOME)));
    await office.stop();
  });
  if (parts.has("snapshot")) figures.push(...(await incremental(t, world)));
  await world.close();
  await t.close();
  return figures;
}

export const bench: Bench = { summary: "cross-tables, portraits, maps, index and snapshots", run };
