// The states of a draft and the moves between them: one table that the server decides by and the buttons ask. Two persons:
// nobody approves a draft in which they had a hand. Also which constants of a check are thresholds that may be edited.
import type { Text } from "../../core/issue.ts";
import { isDate } from "../../core/time.ts";
import type { Expression } from "../../scheme/expression.ts";

export const draftStates = ["editing", "submitted", "approved", "published", "withdrawn"] as const;
export type DraftState = (typeof draftStates)[number];

export const draftStateLabels: Readonly<Record<DraftState, Text>> = {
  editing: { zh: "编辑中", en: "Being edited" },
  submitted: { zh: "待第二人批准", en: "Waiting for a second person" },
  approved: { zh: "已批准，待发布", en: "Approved, not yet published" },
  published: { zh: "已发布", en: "Published" },
  withdrawn: { zh: "已作废", en: "Withdrawn" },
};

export const draftMoves = ["edit", "dry-run", "submit", "approve", "return", "publish", "withdraw"] as const;
export type DraftMove = (typeof draftMoves)[number];
type Rule = { readonly from: readonly DraftState[]; readonly permission: "scheme.draft" | "scheme.approve"; readonly to?: DraftState; readonly label: Text };

/** From which states a move is possible, by which permission, and where it leads (absent: it stays). */
export const moves: Readonly<Record<DraftMove, Rule>> = {
  edit: { from: ["editing"], permission: "scheme.draft", label: { zh: "修改", en: "Edit" } },
  "dry-run": { from: ["editing"], permission: "scheme.draft", label: { zh: "试运行", en: "Dry run" } },
  submit: { from: ["editing"], permission: "scheme.draft", to: "submitted", label: { zh: "提交审批", en: "Submit for approval" } },
  approve: { from: ["submitted"], permission: "scheme.approve", to: "approved", label: { zh: "批准", en: "Approve" } },
  return: { from: ["submitted"], permission: "scheme.approve", to: "editing", label: { zh: "退回修改", en: "Send back" } },
  publish: { from: ["approved"], permission: "scheme.draft", to: "published", label: { zh: "发布", en: "Publish" } },
  withdraw: { from: ["editing", "submitted", "approved"], permission: "scheme.draft", to: "withdrawn", label: { zh: "作废草案", en: "Withdraw the draft" } },
};

/** How somebody stands to a draft. `dryRun`: how the newest dry run over exactly this definition stands, in the caller's area. */
export type DraftStanding = {
  readonly state: DraftState;
  readonly permissions: readonly string[];
  /** The caller is the author, an editor, or submitted it. */
  readonly hadAHand: boolean;
  readonly faults: number;
  readonly edits: number;
  readonly dryRun: "none" | "under-way" | "done";
  /** Options that stored records use, that the draft no longer has and that nothing replaces. */
  readonly optionsWithoutMapping: number;
};

export type DraftRefusalCode = "not-allowed" | "move-not-possible" | "second-person-needed" | "definition-has-faults" | "dry-run-needed" | "option-in-use";
export type DraftRefusal = { readonly code: DraftRefusalCode; readonly why: Text };
const refuse = (code: DraftRefusalCode, zh: string, en: string): DraftRefusal => ({ code, why: { zh, en } });

const refusedSubmission = ({ faults, edits, dryRun, optionsWithoutMapping }: DraftStanding): DraftRefusal | undefined => {
  if (edits === 0) return refuse("move-not-possible", "草案与原版本没有区别", "The draft does not differ from its base");
  if (faults > 0) return refuse("definition-has-faults", `定义有 ${faults} 处错误，请先改正`, `The definition has ${faults} faults; mend them first`);
  if (dryRun === "under-way") return refuse("dry-run-needed", "试运行尚未结束", "The dry run is still under way");
  if (dryRun === "none") return refuse("dry-run-needed", "请先对当前内容试运行，看清对已有档案的影响", "Run this content over stored records first, to see what it does to them");
  if (optionsWithoutMapping > 0) return refuse("option-in-use", `有 ${optionsWithoutMapping} 个已被档案使用的选项被删除而没有替代项，请为其指定替代项`, `${optionsWithoutMapping} options that records use were removed with nothing in their place; name what replaces them`);
  return undefined;
};

/** Why the move is closed to the caller now, with the problem's code; undefined when it is open. */
export function refusedDraftMove(move: DraftMove, standing: DraftStanding): DraftRefusal | undefined {
  const rule = moves[move];
  if (!standing.permissions.includes(rule.permission)) return refuse("not-allowed", "您的岗位没有此项权限", "Your role does not include this");
  if (!rule.from.includes(standing.state)) {
    return refuse("move-not-possible", `“${draftStateLabels[standing.state].zh}”状态下不能${rule.label.zh}`, `Not possible while the draft is “${draftStateLabels[standing.state].en}”`);
  }
  if (move === "approve" && standing.hadAHand) return refuse("second-person-needed", "参与编制的人不能批准，须由另一人批准", "Whoever had a hand in the draft cannot approve it; another person must");
  return move === "submit" ? refusedSubmission(standing) : undefined;
}

/** A constant of an expression. `at` counts all constants in reading order; a threshold is a number or a date that a rule compares with. */
export type Constant = { readonly at: number; readonly value: string | number | boolean; readonly threshold: boolean };

const isThreshold = (value: unknown, counting: boolean): boolean => (typeof value === "number" && !counting) || (typeof value === "string" && isDate(value));

/** Visits the constants in reading order (`const` and the years of `add-years`); what `change` returns takes their place. */
export function mapConstants(expression: Expression, change: (constant: Constant) => string | number | boolean): Expression {
  let at = -1;
  const visit = (part: unknown, counting: boolean): unknown => {
    if (!Array.isArray(part) || typeof part[0] !== "string") return part;
    const given: readonly unknown[] = part;
    const next = (value: string | number | boolean): string | number | boolean => change({ at: (at += 1), value, threshold: isThreshold(value, counting) });
    if (given[0] === "const") return ["const", next(given[1] as string | number | boolean)];
    if (given[0] === "add-years") return ["add-years", visit(given[1], false), next(given[2] as number)];
    // Rows that count as 1 or 0 in a sum are the way counting is written, not thresholds.
    if (given[0] === "if" && counting) return ["if", visit(given[1], false), visit(given[2], true), visit(given[3], true)];
    return given.map((operand, i) => (i === 0 ? operand : visit(operand, given[0] === "sum")));
  };
  return visit(expression, false) as Expression;
}

/** The constants of an expression in reading order. */
export function constantsOf(expression: Expression): Constant[] {
  const found: Constant[] = [];
  mapConstants(expression, (constant) => {
    found.push(constant);
    return constant.value;
  });
  return found;
}
