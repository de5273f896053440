// A word from the doors to the worker of the same process that there is something to do; another process finds it at its next round.
import { EventEmitter } from "node:events";
import type { Platform } from "../../platform/platform.ts";

const bells = new WeakMap<Platform["database"], EventEmitter>();
export function bellOf(platform: Platform): EventEmitter {
  const known = bells.get(platform.database) ?? new EventEmitter().setMaxListeners(0);
  bells.set(platform.database, known);
  return known;
}

/** Rings once the transaction that made the work had time to commit; a ring too early costs one empty look. */
export const wake = (platform: Platform): void => void setImmediate(() => bellOf(platform).emit("work"));

/** Says that a bundle was looked at: applied, refused, or left waiting for an earlier one. */
export const tellLooked = (platform: Platform, bundle: string): void => void bellOf(platform).emit(`looked ${bundle}`);

/** Hears of a bundle from now on. `until` resolves when somebody has looked at it or the milliseconds are over; `end` forgets it. */
export function hearOf(platform: Platform, bundle: string): { readonly until: (ms: number) => Promise<void>; readonly end: () => void } {
  const bell = bellOf(platform);
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  bell.once(`looked ${bundle}`, resolve);
  return {
    until(ms) {
      timer = setTimeout(resolve, ms);
      timer.unref();
      return promise;
    },
    end() {
      clearTimeout(timer);
      bell.off(`looked ${bundle}`, resolve);
    },
  };
}
