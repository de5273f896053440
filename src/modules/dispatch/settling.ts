// What follows from findings: a case whose findings are all closed is closed; an accepted “corrected” that still differs is open again.
import type { Tx } from "../../platform/database.ts";
import { emit, type Fact } from "../../platform/journal.ts";
import { caseEvents } from "./events.ts";
import * as queries from "./queries.ts";

export const factOf = (file: queries.Moved, county: number, kind: string, data: Readonly<Record<string, unknown>> = {}): Fact => ({
  kind,
  area: file.area,
  county,
  ...(file.subjectId !== null && { subjectId: file.subjectId }),
  ...(file.recordId !== null && { recordId: file.recordId }),
  data: { case: file.id, ...data },
});

/** Closes those of the cases whose findings are all closed. @returns how many */
export async function closeSettledCases(tx: Tx, county: number, caseIds: readonly string[]): Promise<number> {
  const closed = await queries.closeSettled(tx, county, caseIds);
  await queries.addSteps(tx, county, closed.map((file) => ({ case: file.id, area: file.area, kind: "closed" as const })));
  await emit(tx, closed.map((file) => factOf(file, county, caseEvents.closed)));
  return closed.length;
}

/** Opens again what was called corrected, was accepted as such, and still differs. @returns how many */
export async function reopenContradicted(tx: Tx, county: number, which: { readonly cases?: readonly string[]; readonly records?: readonly string[] }): Promise<number> {
  const moved = await queries.reopenContradicted(tx, county, which);
  await queries.addSteps(tx, county, moved.map((file) => ({ case: file.id, area: file.area, kind: "reopened" as const })));
  await emit(tx, moved.map((file) => factOf(file, county, caseEvents.reopened)));
  return moved.length;
}
