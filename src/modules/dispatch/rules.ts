// The life of a case: opened by findings, answered by the office it went to, closed only by the same check.
import type { Text } from "../../core/issue.ts";

export const caseStates = ["open", "answered", "closed"] as const;
export type CaseState = (typeof caseStates)[number];
export const caseAnswers = ["correct-ours", "confirm-ours", "cannot-tell", "unreachable"] as const;
export type CaseAnswer = (typeof caseAnswers)[number];

export const answerLabels: Readonly<Record<CaseAnswer, Text>> = {
  "correct-ours": { zh: "我方有误，已修订档案", en: "Ours was wrong; the record is corrected" },
  "confirm-ours": { zh: "我方无误，附证明", en: "Ours is right; proof attached" },
  "cannot-tell": { zh: "无法核实", en: "Cannot tell" },
  unreachable: { zh: "联系不上本人", en: "The person cannot be reached" },
};
/** Answers that mean nothing without a paper. */
export const needsProof: readonly CaseAnswer[] = ["confirm-ours"];

/** Class groups as people read them. */
export const groupLabels: Readonly<Record<string, Text>> = {
  identity: { zh: "身份信息", en: "Identity" },
  benefit: { zh: "救助", en: "Assistance" },
  insurance: { zh: "就业和保险", en: "Work and insurance" },
  housing: { zh: "住房", en: "Housing" },
  service: { zh: "服役", en: "Service" },
  life: { zh: "生存状况", en: "Life and death" },
  absence: { zh: "缺失", en: "Missing on one side" },
};

/** An accepted answer that settles nothing: the case stays `answered`, is listed as unsettled and never counts as closed. */
export const unsettling: readonly CaseAnswer[] = ["cannot-tell", "unreachable"];

/** Where a case goes: the township of the registration when it is known, else the county (both as 12-digit codes). */
export function townshipOf(area: number, townships: ReadonlySet<number>): number {
  const township = Math.floor(area / 1000) * 1000;
  return township % 1e6 !== 0 && townships.has(township) ? township : Math.floor(area / 1e6) * 1e6;
}

export function closedCaseMove(move: "answer" | "decide", state: CaseState): Text | undefined {
  if (state === "closed") return { zh: "任务已办结", en: "The case is closed" };
  if (move === "decide" && state !== "answered") return { zh: "尚未答复", en: "Not answered yet" };
  return undefined;
}
