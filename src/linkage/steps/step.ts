// A run is a list of named steps; each keeps how many rows it made and how long it took, and says so while it runs.
import type { Session } from "../duckdb.ts";
import type { LinkageProgress, LinkageSettings, StepReport } from "../model.ts";

export const STEPS = ["read", "normalise", "trust", "exact", "weights", "accept", "candidates", "compare", "decide", "repeats", "write"] as const;
export type StepName = (typeof STEPS)[number];

export type StepResult = { readonly rows: number; readonly notes?: Readonly<Record<string, number>> };

/** What every step works on. */
export type Work = { readonly db: Session; readonly settings: LinkageSettings };

export type Recorder = {
  readonly steps: StepReport[];
  readonly step: (name: StepName, work: () => Promise<StepResult>) => Promise<StepResult>;
};

export function recorder(onProgress: ((progress: LinkageProgress) => void) | undefined): Recorder {
  const steps: StepReport[] = [];
  return {
    steps,
    step: async (name, work) => {
      const before = performance.now();
      const result = await work();
      const seconds = Math.round(performance.now() - before) / 1000;
      steps.push({ step: name, rows: result.rows, seconds, ...(result.notes === undefined ? {} : { notes: result.notes }) });
      onProgress?.({ step: name, done: steps.length, of: STEPS.length, rows: result.rows, seconds });
      return result;
    },
  };
}
