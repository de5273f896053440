// What the worker does for the exchange without being asked: takes the inbox, goes on with machines' lists, wipes what has ended, and what of others has.
import { Problem } from "../../core/problem.ts";
import type { Platform } from "../../platform/platform.ts";
import { type Resting, restingPlace } from "../../platform/resting.ts";
import { workOffLeft } from "./deliver.ts";
import { clearReturned, SETTLE_MS, takeInbox } from "./inbox.ts";
import { wipeEnded } from "./retention.ts";

export type Duties = { readonly stop: () => Promise<void> };
const ROUND_MS = 3_000;
const WIPE_EVERY_MS = 10 * 60_000;

/** The inbox, unless it rests: while the scanner is away nothing of it is taken, and it is looked at once a minute. Whatever stands in its way keeps nothing else from being done. */
export async function takeInboxUnlessResting(platform: Platform, signal: AbortSignal, settleMs: number, resting: Resting, log: (error: unknown) => void): Promise<void> {
  if (resting.now().includes("inbox")) return;
  await takeInbox(platform, signal, settleMs).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "scanner-away") resting.rest("inbox");
    log(error);
  });
}

/** @param log gets what went wrong in a round, without content; the next round tries again. @param alsoWipe what later modules have that ends on its day */
export function startDuties(platform: Platform, log: (line: Readonly<Record<string, unknown>>) => void, alsoWipe: readonly (() => Promise<unknown>)[] = []): Duties {
  const stopping = new AbortController();
  const resting = restingPlace();
  const wrong = (error: unknown): void => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (!stopping.signal.aborted && resting.isNews(text)) log({ level: "error", where: "exchange duties", error: text });
  };
  let wiped = 0;
  const round = async (): Promise<void> => {
    await takeInboxUnlessResting(platform, stopping.signal, SETTLE_MS, resting, wrong);
    await workOffLeft(platform, stopping.signal);
    if (Date.now() - wiped < WIPE_EVERY_MS) return;
    wiped = Date.now();
    await wipeEnded(platform);
    await clearReturned(platform);
    for (const wipe of alsoWipe) await wipe();
  };
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await round().catch(wrong);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ROUND_MS);
        stopping.signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
