// What the worker does about cases without being asked: late ones climb, people whom two counties hold are told to both.
import { Problem } from "../../core/problem.ts";
import { systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { countiesAtWork, tellDuplicates } from "../matching/service.ts";
import { climbCases, type Climbed } from "./climb.ts";
import { openCases } from "./open-cases.ts";

const EVERY_MS = 10 * 60_000;

/** One round of all duties; doing it again changes nothing. @returns how many cases climbed */
export async function caseDuties(platform: Platform): Promise<Climbed> {
  const counties = await platform.database.read(systemActor("cases"), countiesAtWork);
  for (const county of await tellDuplicates(platform, counties)) {
    await platform.database.write(systemActor("cases", county * 1e6, county * 1e6 + 999_999), (tx) => openCases(tx, platform, { county }));
  }
  return climbCases(platform);
}

/** @param log gets what went wrong in a round, without content; the next round tries again */
export function startCaseDuties(platform: Platform, log: (line: Readonly<Record<string, unknown>>) => void): { readonly stop: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const round = (): void => {
    running = caseDuties(platform).catch((error: unknown) => {
      if (!(error instanceof Problem && error.code === "database-away")) log({ level: "error", where: "case duties", error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    });
  };
  const timer = setInterval(round, EVERY_MS);
  round();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
