// What becomes of answers that a terminal brings: taken, merged, kept apart, or nothing to do. Pure, so that a model can be held against it.
import { mergeAnswers, misgiven } from "../../scheme/merge.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import type { KeptReason } from "./rules.ts";

export type Brought = {
  /** Answers of the revision the terminal began from. */
  readonly start: Answers;
  /** What of it the terminal was given. */
  readonly given: Answers;
  /** What the office has now. */
  readonly ours: Answers;
  readonly theirs: Answers;
  /** The record is in a state that takes captures. */
  readonly open: boolean;
  /** Items of the terminal's version of the scheme that have no place in the record's. */
  readonly dropped: readonly string[];
};
export type BroughtDecision =
  | { readonly kind: "not-ours"; readonly paths: readonly string[] }
  | { readonly kind: "nothing-new" }
  | { readonly kind: "keep-apart"; readonly why: KeptReason; readonly paths: readonly string[] }
  | { readonly kind: "save"; readonly answers: Answers; readonly taken: readonly string[] };

/** Decides by field; never gives answers to save in which a value of ours that the terminal had not seen is gone. */
export function decideBrought(scheme: Scheme, brought: Brought): BroughtDecision {
  const { start, given, ours, theirs, open, dropped } = brought;
  const strange = misgiven(scheme, start, given);
  if (strange.length > 0) return { kind: "not-ours", paths: strange.map((unit) => unit.path) };
  const merged = mergeAnswers(scheme, { start, given, ours, theirs });
  const contradicted = merged.conflicts.map((conflict) => conflict.path);
  if (!open) {
    const differs = [...merged.taken, ...contradicted];
    return differs.length === 0 && dropped.length === 0 ? { kind: "nothing-new" } : { kind: "keep-apart", why: "late", paths: [...differs, ...dropped] };
  }
  if (contradicted.length > 0) return { kind: "keep-apart", why: "conflict", paths: contradicted };
  if (dropped.length > 0) return { kind: "keep-apart", why: "version", paths: dropped };
  return { kind: "save", answers: merged.answers, taken: merged.taken };
}
