// States of a fusion and what can be done in which, in words; pure, shared with the pages.
import type { Text } from "../../core/issue.ts";

export const fusionStates = ["waiting", "running", "proposed", "accepting", "accepted", "discarded", "failed"] as const;
export type FusionState = (typeof fusionStates)[number];
export const personStates = ["proposed", "registered", "added", "left-out", "merged"] as const;
export type PersonState = (typeof personStates)[number];
export const blindStates = ["waiting", "made", "taking", "returned", "failed"] as const;
export const doubtDecisions = ["undecided", "same", "different"] as const;

const moves = {
  decide: ["proposed"],
  accept: ["proposed"],
  discard: ["proposed", "failed"],
  report: ["proposed", "accepting", "accepted", "discarded"],
} as const satisfies Readonly<Record<string, readonly FusionState[]>>;
export const mayMove = (move: keyof typeof moves, state: string): boolean => (moves[move] as readonly string[]).includes(state);

/** What was made of lists goes with the first of them. */
export const wipedWithList: Text = { zh: "所用名单已按期清除，融合内容随之清除，只保留统计数", en: "One of its lists was wiped, and what was made of them with it; only the figures remain" };
export const exchangeWiped: Text = { zh: "标记文件和密钥已按期清除", en: "The tokens and the key were wiped when their time ended" };

/** Why the proposal cannot be accepted now; undefined when it can. People of undecided links wait: the others are taken in. */
export function whyNotAcceptable(state: string, certain: number, wiped = false): Text | undefined {
  if (state === "accepted") return { zh: "已全部采纳", en: "Everything has been taken in" };
  if (state === "discarded") return { zh: "已放弃", en: "It was discarded" };
  if (wiped) return wipedWithList;
  if (!mayMove("accept", state)) return { zh: "融合尚未完成", en: "The fusion has not ended yet" };
  return certain > 0 ? undefined : { zh: "没有可采纳的人员：请先判断存疑的关联", en: "Nobody can be taken in yet: decide the doubtful links first" };
}

export const reasonLabels: Readonly<Record<string, Text>> = {
  "not-expected": { zh: "按本业务规则不属于登记对象", en: "By the programme's rules not a person to register" },
  barred: { zh: "名单显示已死亡或已注销", en: "A list says that the person has died or left" },
  "no-name": { zh: "没有姓名", en: "No name" },
  "no-valid-number": { zh: "各名单均无有效身份证号", en: "No list has a valid ID number" },
  "no-place": { zh: "各名单均无户籍区划，无法落到本县", en: "No list says the area of registration" },
  "other-county": { zh: "户籍不在本县", en: "Registered in another county" },
};

export const choiceLabels: Readonly<Record<string, Text>> = {
  only: { zh: "只有此名单提供", en: "only this list says it" },
  agreed: { zh: "各名单一致", en: "the lists agree" },
  "valid-number": { zh: "号码校验有效", en: "its number passes the check" },
  authority: { zh: "该部门为此项的权威来源", en: "the department is the authority for this item" },
  fresher: { zh: "数据时点较新", en: "its list is newer" },
  order: { zh: "按方案中的部门次序", en: "by the order of departments in the scheme" },
};
