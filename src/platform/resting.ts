// What cannot be done for now, because a program or a disk is away, is left alone for a minute; and why is told once in that minute, not with every round.
const restMs = 60_000;

export type Resting = {
  /** What is left alone at this moment. */
  readonly now: () => string[];
  readonly rest: (what: string) => void;
  /** Whether a cause has not been told for a minute; it counts as told then. */
  readonly isNews: (cause: string) => boolean;
};

export function restingPlace(clock: () => number = Date.now): Resting {
  const [until, told] = [new Map<string, number>(), new Map<string, number>()];
  const forget = (of: Map<string, number>): void => {
    for (const [key, at] of of) if (at <= clock()) of.delete(key);
  };
  return {
    now() {
      forget(until);
      return [...until.keys()];
    },
    rest: (what) => void until.set(what, clock() + restMs),
    isNews(cause) {
      forget(told);
      if (told.has(cause)) return false;
      told.set(cause, clock() + restMs);
      return true;
    },
  };
}
