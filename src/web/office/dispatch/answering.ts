// Answering a case: what each answer means and asks for, and what is still missing before it can be sent.
import type { Text } from "../../../core/issue.ts";
import { type CaseAnswer, type CaseState, needsProof } from "../../../modules/dispatch/rules.ts";

export const answerHelp: Readonly<Record<CaseAnswer, Text>> = {
  "correct-ours": { zh: "对方的数据是对的。请先修订档案并提交，再回来答复；修订经审核入库后自动复核。", en: "Theirs is right. Correct and submit the record first, then answer; once the correction is accepted the check runs again by itself." },
  "confirm-ours": { zh: "档案是对的。须附上证件、证明等材料的照片或 PDF，由县级认定。", en: "The record is right. Attach a photo or PDF of the paper that shows it; the county decides." },
  "cannot-tell": { zh: "查过但无法判断谁对。请写明查了什么；任务会保留为未解决，不算办结。", en: "Looked into, but it cannot be told who is right. Say what was looked into; the case stays unsettled and does not count as closed." },
  unreachable: { zh: "多次联系不上本人或家属。请写明联系的时间和方式；任务会保留为未解决，不算办结。", en: "Neither the person nor the family could be reached. Say when and how it was tried; the case stays unsettled and does not count as closed." },
};

export type Answer = { readonly answer: CaseAnswer | undefined; readonly note: string; readonly proof: { readonly name: string; readonly size: number } | undefined };
export type AnswerFault = { readonly field: "answer" | "note" | "proof"; readonly message: Text };

/** Largest proof in bytes. */
const MAX_PROOF = 20 * 1024 * 1024;

/** Why the answer cannot be sent yet, field by field. */
export function answerFaults({ answer, note, proof }: Answer): readonly AnswerFault[] {
  const faults: AnswerFault[] = [];
  const add = (field: AnswerFault["field"], zh: string, en: string): void => void faults.push({ field, message: { zh, en } });
  if (answer === undefined) add("answer", "请选择一项答复", "Choose an answer");
  if (note.trim() === "") add("note", "请写明核查情况", "Say what was found out");
  if (answer !== undefined && needsProof.includes(answer) && !proof) add("proof", "请附上证明材料", "Attach the proof");
  if (proof && !/\.(jpe?g|png|pdf)$/iu.test(proof.name)) add("proof", "证明材料须为 JPEG、PNG 图片或 PDF", "The proof must be a JPEG or PNG picture or a PDF");
  if (proof && proof.size > MAX_PROOF) add("proof", "证明材料不能超过 20 MB", "The proof can be 20 MB at most");
  return faults;
}

/** What happens next, in one sentence for whoever opens the case. */
export function whatNext(state: CaseState, answer: CaseAnswer | undefined, decided: boolean): Text {
  if (state === "closed") return { zh: "复核已通过，任务已自动办结。", en: "The check passed and the case is closed." };
  if (state === "open") return { zh: "请核实后答复。", en: "Find out what is right and answer." };
  if (!decided) return { zh: "已答复，等待县级认定；认定前仍可更改答复。", en: "Answered; the county decides. Until then the answer can be changed." };
  if (answer === "cannot-tell" || answer === "unreachable") return { zh: "县级已认定答复，但差异仍未解决，任务保留为未办结。", en: "The county accepted the answer, but the difference is not settled; the case is not closed." };
  return { zh: "县级已认定，等待修订入库后的复核。", en: "Accepted by the county; waiting for the check once the correction is in the register." };
}

type Step = { readonly kind: string };
/** True when the county accepted the answer that stands now. */
export function isDecided(history: readonly Step[]): boolean {
  const last = history.findLast((step) => step.kind !== "closed");
  return last?.kind === "accepted";
}
