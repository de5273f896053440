// The life of a decision about a pair: who may say what at which point. One table that the server decides by and the buttons ask.
import type { Text } from "../../core/issue.ts";

export const pairStates = ["undecided", "second-needed", "disputed", "confirmed", "rejected"] as const;
export type PairState = (typeof pairStates)[number];

export const pairStateLabels: Readonly<Record<PairState, Text>> = {
  undecided: { zh: "待判断", en: "To decide" },
  "second-needed": { zh: "待第二人判断", en: "Waits for a second person" },
  disputed: { zh: "两人意见不一，待负责人裁定", en: "Disputed: the county lead decides" },
  confirmed: { zh: "是同一人", en: "The same person" },
  rejected: { zh: "不是同一人", en: "Different people" },
};

/** Why two people must agree on a pair. */
export const hardReasons = ["two-valid-numbers", "veto", "rival", "decided-otherwise"] as const;
export type HardReason = (typeof hardReasons)[number];
export const hardLabels: Readonly<Record<HardReason, Text>> = {
  "two-valid-numbers": { zh: "两个身份证号都有效但不同", en: "both ID numbers are valid and differ" },
  veto: { zh: "触发须人工判断的规则", en: "a rule demands a person" },
  rival: { zh: "与另一配对的权重相差不足", en: "another pair weighs nearly as much" },
  "decided-otherwise": { zh: "此前已有人判断该行是另一人", en: "people decided before that the row is another person's" },
};

export type PairMove = "decide" | "second" | "settle" | "take-back" | "revoke";
export const pairMoves: Readonly<Record<PairMove, { readonly from: readonly PairState[]; readonly permission: "match.decide" | "match.settle"; readonly label: Text }>> = {
  /** The first opinion; it settles a pair that is not hard. */
  decide: { from: ["undecided"], permission: "match.decide", label: { zh: "判断", en: "Decide" } },
  /** Another person's opinion on a hard pair. */
  second: { from: ["second-needed"], permission: "match.decide", label: { zh: "作第二人判断", en: "Give the second opinion" } },
  /** The county lead ends a dispute. */
  settle: { from: ["disputed"], permission: "match.settle", label: { zh: "裁定", en: "Settle" } },
  /** The first person takes the opinion back before a second one has spoken. */
  "take-back": { from: ["second-needed"], permission: "match.decide", label: { zh: "撤回本人意见", en: "Take my opinion back" } },
  /** With a reason; what followed from the decision is judged anew. */
  revoke: { from: ["confirmed", "rejected"], permission: "match.decide", label: { zh: "撤销判断", en: "Revoke the decision" } },
};

export type PairStanding = {
  readonly state: PairState;
  readonly hard: boolean;
  readonly permissions: readonly string[];
  /** Accounts that have spoken on the pair. */
  readonly spoken: readonly string[];
  readonly me: string;
  /** False for a pair that fell because its row belongs to another record: it stands or falls with that one. */
  readonly own: boolean;
};

export type PairRefusal = { readonly code: "not-allowed" | "move-not-possible" | "same-person"; readonly why: Text };
const refuse = (code: PairRefusal["code"], zh: string, en: string): PairRefusal => ({ code, why: { zh, en } });

/** Why the move is closed to the caller now; undefined when it is open. */
export function refusedPairMove(move: PairMove, standing: PairStanding): PairRefusal | undefined {
  const { state, hard, permissions, spoken, me, own } = standing;
  const rule = pairMoves[move];
  const permission = move === "revoke" && hard ? "match.settle" : rule.permission;
  const allowed = permissions.includes(permission) || (move === "revoke" && permissions.includes("match.settle"));
  if (!rule.from.includes(state)) return refuse("move-not-possible", `“${pairStateLabels[state].zh}”的配对不能${rule.label.zh}`, `Not possible while the pair is “${pairStateLabels[state].en}”`);
  if (!allowed) return move === "revoke" && hard ? refuse("not-allowed", "两人判断的配对由县级负责人撤销", "What two people decided is revoked by the county lead") : refuse("not-allowed", "您的岗位没有此项权限", "Your role does not include this");
  if ((move === "second" || move === "settle") && spoken.includes(me)) return refuse("same-person", "您已对该配对发表意见，须由另一人判断", "You have spoken on this pair; another person decides");
  if (move === "take-back" && !spoken.includes(me)) return refuse("not-allowed", "只能撤回本人的意见", "Only your own opinion can be taken back");
  if (move === "revoke" && !own) return refuse("move-not-possible", "该行已认定是另一份档案的人；请撤销那一对的判断", "The row belongs to another record; revoke the decision on that pair");
  return undefined;
}

/** The move by which the next opinion on a pair in this state is given. */
export const opinionMove = (state: PairState): "decide" | "second" | "settle" => (state === "second-needed" ? "second" : state === "disputed" ? "settle" : "decide");

/** State after an opinion. `first`: what the first person said. */
export function afterOpinion(state: PairState, hard: boolean, same: boolean, first: boolean | undefined): Exclude<PairState, "undecided"> {
  const settled = same ? "confirmed" : "rejected";
  if (state === "undecided") return hard ? "second-needed" : settled;
  if (state === "second-needed") return first === same ? settled : "disputed";
  return settled;
}
