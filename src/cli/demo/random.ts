// Seeded randomness of the demo county: the same seed and name give the same stream on every machine, whatever else was drawn before.

/** A stream of draws; every method advances it. */
export type Random = {
  /** Uniform in [0, 1). */
  readonly unit: () => number;
  /** Whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly weighted: <T>(table: Weighted<T>) => T;
};

/** A table to draw from: the values and the running sums of their weights. */
export type Weighted<T> = { readonly values: readonly T[]; readonly sums: readonly number[] };

/** Makes a table from pairs of value and weight (weights at least 0, not all 0). */
export function weightedTable<T>(rows: readonly (readonly [T, number])[]): Weighted<T> {
  let sum = 0;
  return { values: rows.map(([value]) => value), sums: rows.map(([, weight]) => (sum += weight)) };
}

/** FNV-1a over the UTF-16 units of a name, mixed with a number: 32 bits. */
function hash(text: string, start: number): number {
  let h = (start ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}

/** The stream of that name (and number) under a seed: sfc32, started from hashes of all three. */
export function randomOf(seed: number, name: string, index = 0): Random {
  const base = hash(name, seed >>> 0);
  let a = hash("a", (base ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0);
  let b = hash("b", base);
  let c = hash("c", (seed + index) >>> 0);
  let counter = 1;
  const next = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next();
  const unit = (): number => next() / 4294967296;
  const between = (from: number, to: number): number => from + Math.floor(unit() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(unit() * list.length)];
    if (found === undefined) throw new RangeError("pick: empty list");
    return found;
  };
  const weighted = <T>(table: Weighted<T>): T => {
    const at = unit() * (table.sums.at(-1) ?? 0);
    let low = 0;
    let high = table.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((table.sums[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    const found = table.values[low];
    if (found === undefined) throw new RangeError("weighted: empty table");
    return found;
  };
  return { unit, between, chance: (probability) => unit() < probability, pick, weighted };
}

/** A random permutation of 0 … n-1. */
export function shuffled(random: Random, n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = random.between(0, i);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}
