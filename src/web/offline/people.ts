// The people of the opened work file: who stands in the list, what is changed, and whom a unit designation keeps from being saved.
import { newId } from "../../core/ids.ts";
import type { Issue } from "../../core/issue.ts";
import { type Checker, checker } from "../../scheme/check.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import type { WorkMedia, WorkPerson } from "../shared/work-file.ts";

export const newPerson = (): WorkPerson => ({ id: newId(), answers: {}, media: new Map(), changedAt: new Date().toISOString() });

const textAt = (answers: Answers, path: string | undefined): string => {
  const value = path === undefined ? undefined : answerAt(answers, path);
  return typeof value === "string" ? value : "";
};
export const nameOf = (scheme: Scheme, person: WorkPerson): string => textAt(person.answers, scheme.identity?.name);
export const numberOf = (scheme: Scheme, person: WorkPerson): string => textAt(person.answers, scheme.identity?.idNumber);

/** True when nothing was answered. */
export function isEmpty(answers: Answers): boolean {
  return Object.values(answers).every((group) => Object.values(group ?? {}).every((value) => value === undefined));
}

/** The person with other answers; pictures that no answer names any more are let go. */
export function changed(person: WorkPerson, answers: Answers, media: ReadonlyMap<string, WorkMedia>): WorkPerson {
  const words = JSON.stringify(answers);
  return { ...person, answers, media: new Map([...media].filter(([id]) => words.includes(id))), changedAt: new Date().toISOString() };
}

/** Faults of a person under the scheme's own check. */
export function issuesOf(scheme: Scheme, person: WorkPerson, today: string, check: Checker = checker(scheme)): readonly Issue[] {
  return check(person.answers, { today, referenceDate: scheme.referenceDate }).issues;
}

/** The first person whose answers name a unit designation, with the fault: such a text is not stored, not even sealed. */
export function designated(scheme: Scheme, people: readonly WorkPerson[], today: string): { readonly person: WorkPerson; readonly issue: Issue } | undefined {
  for (const person of people) {
    const issue = issuesOf(scheme, person, today).find((one) => one.code === "unit-designation");
    if (issue) return { person, issue };
  }
  return undefined;
}

/** Name of a file saved now: `离线表-2018.1-20260131-0915.qcw`; no person is named in it. */
export function fileName(scheme: Scheme, at: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${scheme.label.zh}-${scheme.version}-${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}.qcw`;
}
