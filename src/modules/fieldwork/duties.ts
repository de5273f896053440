// What the worker does for terminals without being asked: opens bundles that came in, makes those that go out, clears what nobody finishes.
import fs from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../core/problem.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { type Resting, restingPlace } from "../../platform/resting.ts";
import { isPassing } from "./apply-entry.ts";
import { type Log, workOffBundle } from "./arrival.ts";
import { bundlesToWork } from "./bundle-rows.ts";
import { makeDown } from "./down-make.ts";
import { downToMake } from "./down-rows.ts";
import { limits } from "./rules.ts";
import { bundleFolder, fileOf } from "./upload-files.ts";
import { bellOf } from "./wake.ts";

export type Duties = { readonly stop: () => Promise<void> };
const ROUND_MS = 1_000;
const CLEAR_EVERY_MS = 10 * 60_000;
/** Devices whose bundles are applied at a time; the bundles of one device come one after another. */
const AT_A_TIME = 3;
const PIECE = 500;
/** Files for terminals are made anew when they are gone. */
const OUT_DAYS = 3;
const duty = systemActor("terminals");
const day = 86_400_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/**
 * Works off what is there now, and what that sets free; resolves when nothing is left. While the scanner is away or the disk full, a bundle that needs them is
 * tried once a minute and that is logged once a minute, however many wait.
 */
export async function workOffBundles(platform: Platform, log: Log, stopping?: AbortSignal, resting: Resting = restingPlace()): Promise<void> {
  for (;;) {
    const found = await platform.database.read(duty, (tx) => bundlesToWork(tx, PIECE, resting.now()));
    if (found.length === 0 || stopping?.aborted) return;
    const byDevice = [...Map.groupBy(found, (one) => one.deviceId).values()];
    let failed = 0;
    const work = async (): Promise<void> => {
      for (let line = byDevice.shift(); line && !stopping?.aborted; line = byDevice.shift()) {
        for (const { id } of line) {
          await workOffBundle(platform, id, log).catch((error: unknown) => {
            failed += 1;
            if (error instanceof Problem && error.code === "database-away") return;
            const passing = isPassing(error);
            if (passing) resting.rest(id);
            const text = error instanceof Error ? error.stack : String(error);
            if (resting.isNews(passing ? error.code : `${id} ${text}`)) log({ level: "error", where: "terminal bundles", bundle: id, error: passing ? error.message : text });
          });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    // What could not be done stays queued for the next round.
    if (failed > 0) return;
  }
}

async function makeBundles(platform: Platform, log: Log): Promise<void> {
  for (const row of await platform.database.read(duty, (tx) => downToMake(tx, 50))) {
    await makeDown(platform, row).catch((error: unknown) => log({ level: "error", where: "bundles for terminals", bundle: row.id, error: error instanceof Error ? error.stack : String(error) }));
  }
}

/** Begun uploads end after seven days, and files that went out after three. */
export async function clearOld(platform: Platform): Promise<void> {
  const before = new Date(platform.clock.now().getTime() - limits.uploadDays * day);
  const old = await platform.database.write(duty, (tx) => tx.deleteFrom("upBundle").where("state", "=", "receiving").where("at", "<", before).returning(["county", "id"]).execute());
  for (const one of old) await fs.rm(fileOf(platform, one), { force: true });
  await clearOrphans(platform);
  const out = path.join(bundleFolder(platform), "out");
  for (const name of await fs.readdir(out, { recursive: true }).catch(() => [])) {
    const file = path.join(out, name);
    const stat = await fs.stat(file).catch(() => undefined);
    if (stat?.isFile() && Date.now() - stat.mtimeMs > OUT_DAYS * day) await fs.rm(file, { force: true });
  }
}

/** Files of uploads that no row knows, a day after they were written: what a transaction left that did not come about. */
export async function clearOrphans(platform: Platform): Promise<number> {
  const folder = path.join(bundleFolder(platform), "in");
  const old: { readonly id: string; readonly file: string }[] = [];
  for (const name of await fs.readdir(folder, { recursive: true }).catch(() => [])) {
    const [file, id] = [path.join(folder, name), path.basename(name)];
    const stat = await fs.stat(file).catch(() => undefined);
    if (stat?.isFile() && uuid.test(id) && platform.clock.now().getTime() - stat.mtimeMs > day) old.push({ id, file });
  }
  if (old.length === 0) return 0;
  const rows = await platform.database.read(duty, (tx) => tx.selectFrom("upBundle").select("id").where("id", "in", old.map((one) => one.id)).execute());
  const known = new Set(rows.map((row) => row.id));
  const orphans = old.filter((one) => !known.has(one.id));
  for (const { file } of orphans) await fs.rm(file, { force: true });
  return orphans.length;
}

/** @param log gets what went wrong, without content; the next round tries again */
export function startFieldworkDuties(platform: Platform, log: Log): Duties {
  const stopping = new AbortController();
  const bell = bellOf(platform);
  const resting = restingPlace();
  let cleared = 0;
  let rung = true;
  const ring = (): void => void (rung = true);
  bell.on("work", ring);
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        bell.off("work", done);
        stopping.signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ROUND_MS);
      if (rung || stopping.signal.aborted) return done();
      bell.once("work", done);
      stopping.signal.addEventListener("abort", done, { once: true });
    });
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      rung = false;
      try {
        await Promise.all([workOffBundles(platform, log, stopping.signal, resting), makeBundles(platform, log)]);
        if (Date.now() - cleared > CLEAR_EVERY_MS) {
          cleared = Date.now();
          await clearOld(platform);
        }
      } catch (error) {
        const away = error instanceof Problem && error.code === "database-away";
        if (!away && !stopping.signal.aborted) log({ level: "error", where: "terminal duties", error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
      }
      await rest();
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await loop;
      bell.off("work", ring);
    },
  };
}
