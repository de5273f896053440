// Facts about matching.
export const matchEvents = {
  /** A run ended: data {run, department, raised}. Its findings wait for cases. */
  finished: "match.finished",
  /** Findings closed by the check: data {findings: ids, cases: ids}. */
  closed: "finding.closed",
  /** A person said whether a pair is one person: data {run, row, kind, same, state}. */
  pairDecided: "match.pair-decided",
  /** A decision was taken back: data {run, row, from, links}. */
  pairRevoked: "match.pair-revoked",
} as const;
