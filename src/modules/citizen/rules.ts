// Self-declaration as decisions: its kinds and states, who moves it where, how often one person or one address may ask. Pure: pages ask it too.
import type { Text } from "../../core/issue.ts";

const t = (zh: string, en: string): Text => ({ zh, en });

export const kinds = ["apply", "correct"] as const;
export type Kind = (typeof kinds)[number];
export const kindLabels: Readonly<Record<Kind, Text>> = { apply: t("申请登记", "Application"), correct: t("更正", "Correction") };

export const states = ["sent", "asked", "accepted", "rejected", "withdrawn"] as const;
export type DeclarationState = (typeof states)[number];
export const stateLabels: Readonly<Record<DeclarationState, Text>> = {
  sent: t("待乡镇受理", "Waits for the township"),
  asked: t("待本人补充", "Waits for the person's answer"),
  accepted: t("已受理，进入审核", "Taken in, under review"),
  rejected: t("未受理", "Not taken in"),
  withdrawn: t("本人已撤回", "Withdrawn"),
};

export const acts = ["sent", "asked", "answered", "accepted", "rejected", "withdrawn"] as const;
export type Act = (typeof acts)[number];
export const actLabels: Readonly<Record<Act, Text>> = {
  sent: t("本人提交", "Sent by the person"),
  asked: t("请本人补充", "The township asked"),
  answered: t("本人已补充", "The person answered"),
  accepted: t("已受理", "Taken in"),
  rejected: t("未受理", "Not taken in"),
  withdrawn: t("本人撤回", "Withdrawn by the person"),
};

export const decisions = ["accept", "reject", "ask"] as const;
export type Decision = (typeof decisions)[number];
/** From which states the office decides so, and where it leads. The same table is a trigger of the database. */
export const officeMoves: Readonly<Record<Decision, { readonly from: readonly DeclarationState[]; readonly to: DeclarationState; readonly act: Act; readonly needsWords: boolean; readonly label: Text }>> = {
  accept: { from: ["sent"], to: "accepted", act: "accepted", needsWords: false, label: t("受理", "Take in") },
  ask: { from: ["sent"], to: "asked", act: "asked", needsWords: true, label: t("请本人补充", "Ask back") },
  reject: { from: ["sent", "asked"], to: "rejected", act: "rejected", needsWords: true, label: t("不受理", "Do not take in") },
};
export const ownMoves = ["answer", "withdraw"] as const;
export type OwnMove = (typeof ownMoves)[number];
export const selfMoves: Readonly<Record<OwnMove, { readonly from: readonly DeclarationState[]; readonly to: DeclarationState; readonly act: Act; readonly label: Text }>> = {
  answer: { from: ["asked"], to: "sent", act: "answered", label: t("补充说明", "Answer") },
  withdraw: { from: ["sent", "asked"], to: "withdrawn", act: "withdrawn", label: t("撤回", "Withdraw") },
};

/** Most times a day, tries that are refused among them: one person declares, one person moves what they declared, one person reads what is held, one address proves who it is, one address asks what needs no proof. */
export const mostADay = { declare: 20, move: 30, read: 60, prove: 30, ask: 600 } as const;
export type Use = keyof typeof mostADay;
/** A person is asked to prove who they are again after this many minutes. */
export const SESSION_MINUTES = 30;

/** What no engine ships for: the page says so plainly, and typing is always beside it. */
export const noEngines: Text = t("本系统不附带证件识别和语音识别组件；安装单位可按接口接入。现在请直接填写。", "No engine for reading cards or for dictation ships with this product; an installation may connect one. Please type.");
