// What time it is for leases: never earlier than any moment the terminal has seen, and corrected by what the office's signed bundles said.

/** `latest`: highest moment seen, by the office's clock; `skew`: the terminal's clock minus the office's. Milliseconds. */
export type Clock = { readonly latest: number; readonly skew: number };

/** A clock set back by less than this is taken as imprecise, not as wrong. */
export const TOLERATED_MS = 24 * 3_600_000;

/** The moment by the office's clock, never before what was seen. */
export const momentOf = (clock: Clock, now: number): number => Math.max(clock.latest, now - clock.skew);

/** The date in China at a moment, as YYYY-MM-DD. */
export const chineseDate = (moment: number): string => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);

/** True when the machine's clock stands so far back that time would not pass for the lease. */
export const isSetBack = (clock: Clock, now: number): boolean => now - clock.skew < clock.latest - TOLERATED_MS;

/** The clock after looking at it. */
export const seen = (clock: Clock, now: number): Clock => ({ ...clock, latest: momentOf(clock, now) });

/**
 * The clock after a bundle that is newer than all before. The office's moment takes the place of what a wrong clock of the terminal may have
 * claimed, so that a terminal once set ten years ahead can be opened again; fetched over the network just now it also tells the skew.
 */
export function toldBy(clock: Clock, created: number, now: number, fresh: boolean): Clock {
  const skew = fresh ? now - created : now - clock.skew < created ? now - created : clock.skew;
  return { latest: created, skew };
}
