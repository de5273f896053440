// The three stages of a run, which two lists (lists.ts) and one list (dedupe.ts) fill with their steps: what must see all
// rows (prepare), what can be done in pieces by different processes (pairs), and what must see all pairs again (finish).
import type { LinkageTask, LinkCounts } from "./model.ts";
import type { Recorder, Work } from "./steps/step.ts";
import type { Scoring } from "./steps/weights.ts";

export type Prepared = { readonly scoring: Scoring; readonly untrustedIdentifiers: number };
/** Blocks left out as too large, and the pairs they would have made. */
export type Skipped = { readonly skippedBlocks: number; readonly skippedPairs: number };
export type Finished = Skipped & { readonly counts: Omit<LinkCounts, keyof Skipped | "untrustedIdentifiers"> };

export type Stages = {
  readonly oneList: boolean;
  readonly steps: number;
  /** Files that a finished run has beside steps.json. */
  readonly results: readonly string[];
  /** Reads the lists and learns; the database is locked to its folder afterwards. */
  readonly prepare: (work: Work, task: LinkageTask, step: Recorder["step"]) => Promise<Prepared>;
  /** Makes table `scored` from the candidates of the work's piece, or of the whole. */
  readonly pairs: (work: Work, scoring: Scoring, step: Recorder["step"]) => Promise<Skipped>;
  /** Decides over all of `scored` and writes the results into the folder. */
  readonly finish: (work: Work, scoring: Scoring, folder: string, step: Recorder["step"]) => Promise<Finished>;
};

export const NOTHING_SKIPPED: Skipped = { skippedBlocks: 0, skippedPairs: 0 };
