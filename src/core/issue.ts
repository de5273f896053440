// A fault in data. Issues are rows that people read and settle; they are never thrown.

/** Wording in both interface languages; Chinese is the language of record. */
export type Text = { readonly zh: string; readonly en: string };

/** `block` stops submission, `explain` asks for a reason that is kept with the record, `note` only informs. */
export type Severity = "block" | "explain" | "note";

/** One fault found in one record, row or file. */
export type Issue = {
  readonly severity: Severity;
  /** Stable key of the rule that found it, e.g. `id-check-digit` or `general.enlist_before_leave`. */
  readonly code: string;
  /** Item paths such as `general.birth_date` or `retired_soldier.awards[0].year`; a column heading for file rows. */
  readonly paths: readonly string[];
  readonly message: Text;
};

/** True when at least one issue stops the record from going on. */
export function blocks(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === "block");
}
