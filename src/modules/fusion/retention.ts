// Tokens and keys of exchanges end on their day, whether hits came back or not. What was made of a list goes with the list itself.
import { audit } from "../../platform/audit.ts";
import { systemActor } from "../../platform/database.ts";
import { type Duty, type Log, startDuty } from "../../platform/duty.ts";
import type { Platform } from "../../platform/platform.ts";
import * as queries from "./blind-queries.ts";

const EVERY_MS = 10 * 60_000;

/** Wipes tokens, record ids and key of every exchange whose time has ended, each in a transaction of its own. @returns how many */
export async function wipeEndedExchanges(platform: Platform): Promise<number> {
  const duty = systemActor("retention");
  const today = platform.clock.today();
  const ended = await platform.database.read(duty, (tx) => queries.endedExchanges(tx, today));
  let wiped = 0;
  for (const key of ended) {
    wiped += await platform.database.write(duty, async (tx) => {
      await queries.lock(tx, key);
      const exchange = await queries.exchangeOf(tx, key);
      if (!exchange || exchange.wipedAt !== null || exchange.state === "taking" || exchange.state === "waiting") return 0;
      // The content goes before the state says so. A file of hits that came back belongs to its list.
      for (const sha256 of [exchange.tokensSha256, exchange.recordsSha256]) if (sha256 !== null) await platform.blobs.remove(key.county, sha256);
      await queries.markWiped(tx, key);
      await audit(tx, { action: "blind.wipe", county: key.county, area: exchange.area, people: exchange.people, detail: { exchange: key.id, because: "retention" } });
      return 1;
    });
  }
  return wiped;
}

/** Now and every ten minutes. @param log gets what went wrong, without content */
export const startFusionDuties = (platform: Platform, log: Log): Duty => startDuty({ name: "fusion duties", everyMs: EVERY_MS, log, work: () => wipeEndedExchanges(platform) });
