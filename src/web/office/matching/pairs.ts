// Deciding pairs one after another: what a key does, which pair comes next, which pairs fall with a decision, and how bars are drawn.
import type { Text } from "../../../core/issue.ts";

export type PairKey = { readonly run: string; readonly row: number; readonly record: string };
export type Queued = PairKey & { readonly state: string };
/** What was said on this page, by `nameOf` of the pair; `fallen` with another pair of its row, `later` put off. */
export type Said = "same" | "different" | "fallen" | "later";
export type Sayings = ReadonlyMap<string, Said>;

export const nameOf = (pair: PairKey): string => `${pair.run}-${pair.row}-${pair.record}`;

/** The sayings with one more: when a row belongs to one record, its other pairs fall, as on the server. */
export function said(queue: readonly Queued[], sayings: Sayings, pair: PairKey, what: Said): Sayings {
  const next = new Map(sayings).set(nameOf(pair), what);
  if (what !== "same") return next;
  for (const other of queue) {
    const known = next.get(nameOf(other));
    if (other.run === pair.run && other.row === pair.row && (known === undefined || known === "later")) next.set(nameOf(other), "fallen");
  }
  return next;
}

/** The sayings without those of a pair that was not accepted, and of what fell with it. */
export function unsaid(queue: readonly Queued[], sayings: Sayings, pair: PairKey): Sayings {
  const next = new Map(sayings);
  next.delete(nameOf(pair));
  for (const other of queue) if (other.run === pair.run && other.row === pair.row && next.get(nameOf(other)) === "fallen") next.delete(nameOf(other));
  return next;
}

/** Place of the next pair behind `from` on which nothing was said, beginning again at the front, then those put off; `from` itself when none is left. */
export function nextOpen(queue: readonly Queued[], sayings: Sayings, from: number): number {
  for (const wanted of [undefined, "later"] as const) {
    for (let step = 1; step <= queue.length; step += 1) {
      const at = (from + step) % queue.length;
      const pair = queue[at];
      if (pair && at !== from && sayings.get(nameOf(pair)) === wanted) return at;
    }
  }
  return from;
}

export type PairMove = "back" | "forth" | "same" | "different" | "later" | "undo";
const keys: Readonly<Record<string, PairMove>> = { ArrowLeft: "back", K: "back", ArrowRight: "forth", J: "forth", Y: "same", N: "different", S: "later", U: "undo" };

/** What a combination of keys does on the page of pairs. */
export const pairMove = (combo: string): PairMove | undefined => keys[combo];

/** The lines of a pair, as the register calls them. */
export const lineLabels: Readonly<Record<string, Text>> = {
  name: { zh: "姓名", en: "Name" },
  idNumber: { zh: "身份证号", en: "ID number" },
  birth: { zh: "出生日期", en: "Date of birth" },
  sex: { zh: "性别", en: "Sex" },
  area: { zh: "户籍地", en: "Registered in" },
  phone: { zh: "联系电话", en: "Phone" },
};

export const pairStates = ["undecided", "second-needed", "disputed", "confirmed", "rejected"] as const;
export type PairState = (typeof pairStates)[number];
export const pairStateLabels: Readonly<Record<PairState, Text>> = {
  undecided: { zh: "待判断", en: "To decide" },
  "second-needed": { zh: "待第二人", en: "Second person" },
  disputed: { zh: "有分歧", en: "Disputed" },
  confirmed: { zh: "是同一人", en: "Same person" },
  rejected: { zh: "不是同一人", en: "Different people" },
};

export const bands = ["all", "low", "middle", "high", "top"] as const;
export type Band = (typeof bands)[number];
/** Weights in bits, from (included) to (not included). */
export const bandLimits: Readonly<Record<Band, { readonly from?: number; readonly to?: number }>> = { all: {}, low: { to: 2 }, middle: { from: 2, to: 4 }, high: { from: 4, to: 6 }, top: { from: 6 } };
export const bandLabels: Readonly<Record<Band, Text>> = {
  all: { zh: "全部权重", en: "All weights" },
  low: { zh: "权重低于2", en: "Weights below 2" },
  middle: { zh: "权重2至4", en: "Weights 2 to 4" },
  high: { zh: "权重4至6", en: "Weights 4 to 6" },
  top: { zh: "权重6及以上", en: "Weights of 6 and more" },
};

/** `+3.20`, `−1.05`. */
export const bits = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

export type Span = { readonly left: number; readonly width: number };
/** Where bars begin and how wide they are, in percent of the width that holds all sums and the limits. */
export function spansOf(bars: readonly { readonly bits: number; readonly sum: number }[], limits: readonly number[]): { readonly spans: readonly Span[]; readonly limits: readonly number[] } {
  const ends = [0, ...limits, ...bars.map((bar) => bar.sum)];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const place = (value: number): number => (most === least ? 0 : ((value - least) / (most - least)) * 100);
  return {
    spans: bars.map((bar) => {
      const [a, b] = [place(bar.sum - bar.bits), place(bar.sum)].toSorted((x, y) => x - y);
      return { left: a ?? 0, width: Math.max((b ?? 0) - (a ?? 0), 0.6) };
    }),
    limits: limits.map(place),
  };
}

/** A masked value in pieces, those at the marked places apart. */
export function markedPieces(value: string, marks: readonly number[]): readonly { readonly text: string; readonly marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = [];
  for (const [i, char] of [...value].entries()) {
    const marked = marks.includes(i);
    const last = pieces.at(-1);
    if (last?.marked === marked) last.text += char;
    else pieces.push({ text: char, marked });
  }
  return pieces;
}
