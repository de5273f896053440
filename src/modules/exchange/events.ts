// Facts about files that came in.
export const importEvents = {
  /** A file was worked off: data {batch, kind, department?, rows, accepted, returned, refused}. */
  finished: "import.finished",
} as const;
