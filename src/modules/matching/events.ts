// Facts about matching.
export const matchEvents = {
  /** A run ended: data {run, department, raised}. Its findings wait for cases. */
  finished: "match.finished",
  /** Findings closed by the check: data {findings: ids, cases: ids}. */
  closed: "finding.closed",
} as const;
