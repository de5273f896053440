// A word from the doors to the worker of the same process that there is something to do; another process finds it at its next round.
import { EventEmitter } from "node:events";
import type { Platform } from "../../platform/platform.ts";

const bells = new WeakMap<Platform["database"], EventEmitter>();
export function bellOf(platform: Platform): EventEmitter {
  const known = bells.get(platform.database) ?? new EventEmitter();
  bells.set(platform.database, known);
  return known;
}

/** Rings once the transaction that made the work had time to commit; a ring too early costs one empty look. */
export const wake = (platform: Platform): void => void setImmediate(() => bellOf(platform).emit("work"));
