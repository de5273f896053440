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

export function closedCaseMove(move: "answer" | "decide", state: CaseState): Text | undefined {
  if (state === "closed") return { zh: "任务已办结", en: "The case is closed" };
  if (move === "decide" && state !== "answered") return { zh: "尚未答复", en: "Not answered yet" };
  return undefined;
}
