// What stands between a capture and its submission, asked before the server is.
import type { Issue } from "../../../core/issue.ts";

export type Standstill =
  | { readonly kind: "faults"; readonly count: number; readonly path: string | undefined }
  | { readonly kind: "remarks"; readonly count: number; readonly path: string | undefined }
  | { readonly kind: "reason" };

type Remark = { readonly path: string; readonly answer?: string | undefined };

/** A fault the collector cannot settle: it goes to the county with the record. */
const SETTLED_ELSEWHERE: ReadonlySet<string> = new Set(["duplicate-person"]);

/** Faults that stop submission. */
export function stopping(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter((issue) => issue.severity === "block" && !SETTLED_ELSEWHERE.has(issue.code));
}

/** The first reason why the record cannot be submitted; undefined when it can. `correction`: an accepted record is being changed. */
export function standstill(issues: readonly Issue[], remarks: readonly Remark[], reason: string, correction: boolean): Standstill | undefined {
  const faults = stopping(issues);
  if (faults.length > 0) return { kind: "faults", count: faults.length, path: faults[0]?.paths[0] };
  const open = remarks.filter((remark) => remark.answer === undefined);
  if (open.length > 0) return { kind: "remarks", count: open.length, path: open[0]?.path };
  const asked = correction || issues.some((issue) => issue.severity === "explain");
  return asked && reason.trim() === "" ? { kind: "reason" } : undefined;
}
