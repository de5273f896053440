// Chance that is the same for the same seed (mulberry32).
export type Dice = { /** From 0 to below 1. */ readonly next: () => number; readonly below: (n: number) => number; readonly chance: (p: number) => boolean; readonly pick: <T>(of: readonly T[]) => T };

export function dice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, chance: (p) => next() < p, pick: (of) => of[below(of.length)] as (typeof of)[number] };
}
