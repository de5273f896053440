// Words of match runs and findings that stand in data: steps, reasons of closing; and which of a run's counts are findings by class.
import type { Text } from "../../../core/issue.ts";

export const runStateLabels: Readonly<Record<"waiting" | "running" | "done" | "failed", Text>> = {
  waiting: { zh: "排队中", en: "Waiting" },
  running: { zh: "正在比对", en: "Running" },
  done: { zh: "已完成", en: "Done" },
  failed: { zh: "未完成", en: "Not finished" },
};

const steps: Readonly<Record<string, Text>> = {
  list: { zh: "读取比对数据", en: "Read the list" },
  register: { zh: "读取档案", en: "Read the register" },
  prepare: { zh: "整理名单", en: "Prepare the list" },
  read: { zh: "载入两份名单", en: "Load both lists" },
  normalise: { zh: "统一写法", en: "Normalise" },
  trust: { zh: "识别不可信的证件号", en: "Set aside unreliable numbers" },
  exact: { zh: "证件号和姓名都相同", en: "Same number and name" },
  weights: { zh: "计算权重", en: "Weights" },
  accept: { zh: "直接关联", en: "Link the certain ones" },
  candidates: { zh: "找出候选配对", en: "Find candidates" },
  compare: { zh: "比较候选配对", en: "Compare candidates" },
  decide: { zh: "判定", en: "Decide" },
  repeats: { zh: "同一人的其他行", en: "More rows of the same person" },
  write: { zh: "写出结果", en: "Write the results" },
  links: { zh: "整理关联", en: "Gather the links" },
  items: { zh: "逐项比对", en: "Compare item by item" },
  store: { zh: "保存结果", en: "Store the results" },
};

/** Labels of a run's steps in their order; the second `compare` is the comparison of the items. */
export function stepLabels(names: readonly string[]): readonly Text[] {
  return names.map((name, i) => steps[name === "compare" && names.indexOf("compare") < i ? "items" : name] ?? { zh: name, en: name });
}

const known = new Set(["records", "rows", "automatic", "review", "pairs", "reusedSame", "reusedDifferent", "unmatchedRecords", "unmatchedRows", "compared", "agreed", "differing", "raised", "closed"]);

/** Findings by class among a run's counts, in the order of their codes. */
export function classCounts(counts: Readonly<Record<string, number>>): readonly { readonly class: string; readonly count: number }[] {
  return Object.entries(counts)
    .filter(([key]) => !known.has(key))
    .map(([key, count]) => ({ class: key, count }))
    .toSorted((a, b) => (a.class < b.class ? -1 : 1));
}

export const closingLabels: Readonly<Record<string, Text>> = {
  agrees: { zh: "复核已一致", en: "The check finds both sides equal" },
  collected: { zh: "已采集", en: "Captured since" },
  "confirmed-ours": { zh: "县级认定我方无误", en: "The county confirmed ours" },
  explained: { zh: "已说明", en: "Explained" },
  "no-longer-member": { zh: "已不是家庭成员", en: "No longer a member of the household" },
  withdrawn: { zh: "档案已合并，或关联已撤销", en: "The record was merged, or the link taken back" },
};

/** What stands in place of a value that a finding does not have on our side, and on theirs. */
export function absentWords(finding: { readonly path?: string; readonly record?: string }): { readonly ours: "noRecord" | "inRegister" | "notGiven"; readonly theirs: "notOnList" | "notGiven" } {
  if (finding.record === undefined) return { ours: "noRecord", theirs: "notGiven" };
  return finding.path === undefined ? { ours: "inRegister", theirs: "notOnList" } : { ours: "notGiven", theirs: "notGiven" };
}
