// A county for benchmarks: an installation in a folder of its own with a base list of N people imported, and everybody who acts on it.
import fs from "node:fs";
import path from "node:path";
import { veterans } from "../schemes/veterans/scheme.ts";
import { generateCounty, type County } from "../src/cli/demo/county.ts";
import { geographyFromPackage } from "../src/cli/demo/geography.ts";
import { bringIn } from "../src/cli/demo/loop-match.ts";
import { openWorld, type World } from "../src/cli/demo/world.ts";
import { prepare } from "../src/cli/serve.ts";
import type { ImportView } from "../src/modules/exchange/service.ts";
import { projectRoot, readConfig } from "../src/platform/config.ts";
import { openInstallation, type Installation } from "../src/platform/start.ts";
import { startWorker } from "../src/worker.ts";

export type BenchCounty = { readonly installation: Installation; readonly world: World; readonly county: County; readonly imported: ImportView; readonly importSeconds: number; readonly stop: () => Promise<void> };

/** Makes it anew in `.cache/bench` and removes it at the end. */
export async function benchCounty(people: number): Promise<BenchCounty> {
  const folder = path.join(projectRoot, ".cache", "bench", `county-${process.pid}`);
  fs.rmSync(folder, { recursive: true, force: true });
  const installation = await openInstallation(readConfig({ data: folder }));
  await prepare(installation, ["35"]);
  const worker = await startWorker(installation.platform, (line) => console.error(JSON.stringify(line)));
  const geography = geographyFromPackage();
  const world = await openWorld(installation.platform, worker, veterans, geography);
  const county = generateCounty({ seed: 1, people, geography, scheme: veterans });
  const file = await county.baseListFile();
  const started = performance.now();
  const imported = await bringIn(world, world.countyLead, file);
  const importSeconds = (performance.now() - started) / 1000;
  return {
    installation,
    world,
    county,
    imported,
    importSeconds,
    stop: async () => {
      await worker.stop();
      await installation.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
