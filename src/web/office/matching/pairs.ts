// Deciding pairs one after another: what a key does, which pair comes next, and which pairs fall with a decision.
import type { Text } from "../../../core/issue.ts";

export type PairKey = { readonly row: number; readonly record: string };
export type Pair = PairKey & { readonly decision: string };
export type Decision = "confirmed" | "rejected";
/** Decisions made on this page, by `nameOf` of the pair. */
export type Decisions = ReadonlyMap<string, Decision>;

export const nameOf = (pair: PairKey): string => `${pair.row}-${pair.record}`;

/** What has been decided about a pair: here, or before. */
export function decisionOf(pair: Pair, decisions: Decisions): Decision | undefined {
  return decisions.get(nameOf(pair)) ?? (pair.decision === "confirmed" || pair.decision === "rejected" ? pair.decision : undefined);
}

/** The decisions with one more: when a row belongs to one record, its other undecided pairs fall, as on the server. */
export function decided(pairs: readonly Pair[], decisions: Decisions, pair: Pair, same: boolean): Decisions {
  const next = new Map(decisions).set(nameOf(pair), same ? "confirmed" : "rejected");
  if (same) for (const other of pairs) if (other.row === pair.row && nameOf(other) !== nameOf(pair) && decisionOf(other, next) === undefined) next.set(nameOf(other), "rejected");
  return next;
}

/** Place of the next undecided pair behind `from`, beginning again at the front; `from` itself when none is left. */
export function nextUndecided(pairs: readonly Pair[], decisions: Decisions, from: number): number {
  for (let step = 1; step <= pairs.length; step += 1) {
    const at = (from + step) % pairs.length;
    const pair = pairs[at];
    if (pair && decisionOf(pair, decisions) === undefined) return at;
  }
  return from;
}

export type PairMove = "back" | "forth" | "same" | "different" | "undo";
const keys: Readonly<Record<string, PairMove>> = { ArrowLeft: "back", K: "back", ArrowRight: "forth", J: "forth", S: "same", D: "different", U: "undo" };

/** What a combination of keys does on the page of pairs. */
export const pairMove = (combo: string): PairMove | undefined => keys[combo];

/** The lines of a pair in their order, as the register calls them; others follow under their own name. */
export const sideLabels: Readonly<Record<string, Text>> = {
  name: { zh: "姓名", en: "Name" },
  idNumber: { zh: "身份证号", en: "ID number" },
  birth: { zh: "出生日期", en: "Date of birth" },
  sex: { zh: "性别", en: "Sex" },
  area: { zh: "户籍地", en: "Registered in" },
  phone: { zh: "联系电话", en: "Phone" },
};
type Side = Readonly<Record<string, string | null>>;

/** Lines shown for a pair: known ones in order, then the rest; lines empty on both sides are left out. */
export function linesOf(ours: Side, theirs: Side): readonly string[] {
  const known = Object.keys(sideLabels);
  const rest = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((key) => !known.includes(key));
  return [...known, ...rest].filter((key) => (ours[key] ?? "") !== "" || (theirs[key] ?? "") !== "");
}
