// The time of day as the product sees it; a rehearsal or a test may run on another.

export type Clock = {
  now(): Date;
  /** Calendar date in China Standard Time (UTC+8, no daylight saving), `YYYY-MM-DD`. */
  today(): string;
};

export const systemClock: Clock = { now: () => new Date(), today: () => chinaDate(new Date()) };

/** A clock that stands still at an instant, for rehearsals and tests. */
export const fixedClock = (instant: string): Clock => ({ now: () => new Date(instant), today: () => chinaDate(new Date(instant)) });

/** Date and time to the minute in China Standard Time, for papers and files that are read without a browser. */
export const chinaMoment = (at: Date): string => new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 16).replace("T", " ");

/** Calendar date in China Standard Time. */
export const chinaDate = (at: Date): string => new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 10);
