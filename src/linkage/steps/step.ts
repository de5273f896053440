// A run is a list of named steps; each keeps how many rows it made and how long it took, and says so while it runs.
import type { Session } from "../duckdb.ts";
import { text } from "../sql.ts";
import type { LinkageProgress, LinkageSettings, StepReport } from "../model.ts";

/** Two lists; one list against itself. */
export const STEPS = ["read", "normalise", "trust", "exact", "weights", "accept", "candidates", "compare", "decide", "repeats", "write"] as const;
export const STEPS_OF_ONE_LIST = ["read", "normalise", "trust", "exact", "weights", "candidates", "compare", "clusters", "write"] as const;
export type StepName = (typeof STEPS)[number] | (typeof STEPS_OF_ONE_LIST)[number];

export type StepResult = { readonly rows: number; readonly notes?: Readonly<Record<string, number>> };

/**
 * Part of a run: the pairs whose left row number leaves `number` (from 0) when divided by `of`; or those whose rows both have
 * the value in tables `piece_l` and `piece_r`, and with null the rest: pairs across values, and without any. */
export type Piece = { readonly number: number; readonly of: number } | { readonly value: string | null };

/** SQL: the pair of these row numbers belongs to the piece; `where` names the database of the tables. */
export function pieceSql(piece: Piece, left: string, right: string, where = ""): string {
  if (!("value" in piece)) return `${left} % ${piece.of} = ${piece.number}`;
  const of = (table: string, n: string): string => `(SELECT p.v FROM ${where}piece_${table} p WHERE p.n = ${n})`;
  if (piece.value === null) return `(${of("l", left)} = ${of("r", right)}) IS NOT TRUE`;
  return `${left} IN (SELECT n FROM ${where}piece_l WHERE v = ${text(piece.value)}) AND ${right} IN (SELECT n FROM ${where}piece_r WHERE v = ${text(piece.value)})`;
}

/** What every step works on. */
export type Work = {
  readonly db: Session;
  readonly settings: LinkageSettings;
  /** Both sides are one list: duplicates are sought, and a pair is compared once, with left_n < right_n. */
  readonly sameList?: boolean;
  readonly piece?: Piece;
  /** Rejected candidates kept for each left row. */
  readonly rejectedPerRow?: number | undefined;
  /** Links are also written as CSV, each with its sentence. */
  readonly sentences?: boolean | undefined;
  /** What learning has made already and later steps need not make again. */
  readonly cache: { blocked?: StepResult & { readonly skippedBlocks: number; readonly skippedPairs: number }; levelsOfAll?: boolean };
};

export type Recorder = {
  readonly steps: StepReport[];
  readonly step: (name: StepName, work: () => Promise<StepResult>) => Promise<StepResult>;
};

/** `before`: steps of an earlier part of the run. */
export function recorder(onProgress: ((progress: LinkageProgress) => void) | undefined, of: number, before: readonly StepReport[] = []): Recorder {
  const steps: StepReport[] = [...before];
  return {
    steps,
    step: async (name, work) => {
      const before = performance.now();
      const result = await work();
      const seconds = Math.round(performance.now() - before) / 1000;
      steps.push({ step: name, rows: result.rows, seconds, ...(result.notes === undefined ? {} : { notes: result.notes }) });
      onProgress?.({ step: name, done: steps.length, of, rows: result.rows, seconds });
      return result;
    },
  };
}
