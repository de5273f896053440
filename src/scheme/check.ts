// The one check of a record, the same in the browser, on terminals, at import, on the server and when a case is to be closed:
// shape, kinds, required items, categories and their sub-forms, unit designations, and the scheme's own rules across items.
import type { Issue, Text } from "../core/issue.ts";
import { brokenRules } from "./categories.ts";
import { MAX_ISSUES, structurer } from "./check-structure.ts";
import { type ValueCheck, valueCheck, type ValueContext } from "./check-values.ts";
import { settler } from "./derive.ts";
import { compileCondition, type Condition, type EvaluationContext, rowsAt } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { chosenCategories, indexOf, isRows } from "./layout.ts";
import { neededPaths, neverTrueWithout } from "./never-true.ts";
import type { Answers, Check, FormAnswers, Item, Scheme, Section, Value } from "./model.ts";
import { idTidier } from "./tidy.ts";
import * as say from "./wording.ts";

/** `today` as `YYYY-MM-DD`; `referenceDate` of the campaign (default: the scheme's); `known` facts from outside the record. */
export type CheckOptions = { readonly today: string; readonly referenceDate?: string; readonly known?: { readonly area?: (code: number) => boolean } };
/** `answers` settled (held and computed values filled, hidden items left out); `archived` what was put aside; `issues` in form order. */
export type Checked = { readonly answers: Answers; readonly archived: Answers; readonly issues: readonly Issue[] };
export type Checker = (answers: unknown, options: CheckOptions) => Checked;

type Env = { readonly answers: Answers; readonly context: EvaluationContext; readonly values: ValueContext; readonly refused: ReadonlySet<string>; readonly issues: Issue[] };
type ItemCheck = { readonly item: Item; readonly path?: string; readonly required?: true | Condition; readonly shown?: Condition; readonly value?: ValueCheck; readonly closed: readonly ClosedCheck[] };
type ClosedCheck = { readonly codes: ReadonlySet<string>; readonly when: Condition; readonly message: Text };

const itemCheck = (scheme: Scheme, item: Item, form: string | undefined): ItemCheck => ({
  item,
  path: form === undefined ? undefined : `${form}.${item.key}`,
  required: item.required === undefined || item.required === true ? item.required : compileCondition(item.required),
  shown: item.shownIf === undefined ? undefined : compileCondition(item.shownIf),
  value: valueCheck(scheme, item),
  closed: (item.closed ?? []).map((rule) => ({ codes: new Set(rule.codes), when: compileCondition(rule.when), message: rule.message })),
});

/** Options chosen although other answers close them. */
const closedFaults = (scheme: Scheme, check: ItemCheck, value: Value, path: string, context: EvaluationContext, env: Env): void => {
  for (const rule of check.closed) {
    const code = (typeof value === "object" ? value : [value]).find((each) => rule.codes.has(String(each)));
    if (code === undefined || rule.when(env.answers, context) !== true) continue;
    const label = indexOf(scheme).options.get(check.item.codeSet ?? "")?.get(String(code))?.label;
    if (label !== undefined) env.issues.push(say.closedOption(path, check.item.label, label, rule.message));
  }
};

const runItem = (scheme: Scheme, check: ItemCheck, value: Value | undefined, prefix: string, context: EvaluationContext, env: Env): void => {
  const { item, required, shown } = check;
  if (value !== undefined) {
    if (check.value === undefined) return;
    const issues = check.value(value, check.path ?? `${prefix}.${item.key}`, env.values);
    if (issues.length > 0) env.issues.push(...issues);
    if (check.closed.length > 0) closedFaults(scheme, check, value, check.path ?? `${prefix}.${item.key}`, context, env);
    return;
  }
  if (required === undefined || item.kind === "computed") return;
  if (shown !== undefined && shown(env.answers, context) !== true) return;
  if (required !== true && required(env.answers, context) !== true) return;
  const path = check.path ?? `${prefix}.${item.key}`;
  if (!env.refused.has(path)) env.issues.push(say.required(path, item.label));
};

type SectionCheck = { readonly section: Section; readonly shown?: Condition; readonly items: readonly ItemCheck[] };

const single = (answer: FormAnswers[string]): Value | undefined => (isRows(answer) ? undefined : answer);

const runSection = (scheme: Scheme, check: SectionCheck, form: string, answers: FormAnswers, env: Env): void => {
  if (check.shown !== undefined && check.shown(env.answers, env.context) !== true) return;
  if (!check.section.repeats) {
    for (const item of check.items) runItem(scheme, item, single(answers[item.item.key]), form, env.context, env);
    return;
  }
  rowsAt(env.answers, `${form}.${check.section.key}`).forEach((row, i) => {
    const context = { ...env.context, row };
    for (const item of check.items) runItem(scheme, item, row[item.item.key], `${form}.${check.section.key}[${i}]`, context, env);
  });
};

/** Runs a rule; the caller leaves out rules about items that are already faulty by themselves. A rule of the form `any row …` names the rows at fault: `at` paths beginning with `.` stand for the row's own items. */
const ruleCheck = (check: Check): ((env: Env) => void) => {
  const fault = (env: Env, paths: readonly string[]): number => env.issues.push({ severity: check.severity, code: check.key, paths, message: check.message });
  const when: Expression = check.when;
  if (when[0] === "any" && check.at.some((path) => path.startsWith("."))) {
    const [, section, inner] = when;
    const broken = compileCondition(inner);
    return (env) => {
      rowsAt(env.answers, section).forEach((row, i) => {
        if (broken(env.answers, { ...env.context, row }) !== true) return;
        fault(env, check.at.map((path) => (path.startsWith(".") ? `${section}[${i}]${path}` : path)));
      });
    };
  }
  const broken = compileCondition(when);
  return (env) => {
    if (broken(env.answers, env.context) === true) fault(env, check.at);
  };
};

const categoryIssues = (scheme: Scheme, answers: Answers, issues: Issue[]): readonly string[] => {
  if (scheme.categoryItem === undefined) return [];
  const chosen = chosenCategories(scheme, answers);
  if (chosen.some((key) => !scheme.categories.some((category) => category.key === key))) issues.push(say.unknownCategory(scheme.categoryItem));
  for (const rule of brokenRules(scheme, chosen)) issues.push(say.combination(scheme.categoryItem, rule.message));
  return chosen;
};

type Rule = { readonly check: Check; readonly run: (env: Env) => void; readonly needs: number; readonly answers: readonly Need[] };
/** An answer without which the rule cannot hold; looking for it is quicker than running the rule. */
type Need = { readonly form: string; readonly key: string };
const CACHED_SETS = 512;

const needsOf = (when: Expression): Need[] =>
  neededPaths(when).map((path): Need => {
    const dot = path.indexOf(".");
    return { form: path.slice(0, dot), key: path.slice(dot + 1) };
  });
const hasAll = (answers: Answers, needs: readonly Need[]): boolean => {
  for (const { form, key } of needs) if (answers[form]?.[key] === undefined) return false;
  return true;
};

/**
 * The rules that can hold when these forms are answered (a number with one bit a form): a record opens two or three of a dozen forms, and
 * most rules cannot hold without their own.
 */
const rulesByForms = (scheme: Scheme): ((answers: Answers) => readonly Rule[]) => {
  const keys = scheme.forms.map((form) => form.key).slice(0, 50);
  const rules = scheme.checks.map((check): Rule => ({ check, run: ruleCheck(check), answers: needsOf(check.when), needs: keys.reduce((bits, key, i) => bits + (neverTrueWithout(key, check.when) ? 2 ** i : 0), 0) }));
  const cached = new Map<number, readonly Rule[]>();
  const within = (needs: number, open: number): boolean => keys.every((_, i) => Math.floor(needs / 2 ** i) % 2 === 0 || Math.floor(open / 2 ** i) % 2 === 1);
  return (answers) => {
    let open = 0;
    for (let i = 0, bit = 1; i < keys.length; i += 1, bit *= 2) if (answers[keys[i] as string] !== undefined) open += bit;
    const known = cached.get(open);
    if (known !== undefined) return known;
    if (cached.size >= CACHED_SETS) cached.clear();
    const found = rules.filter((rule) => within(rule.needs, open));
    cached.set(open, found);
    return found;
  };
};

/** Paths with a fault that blocks; undefined when there are none. */
const blockedPaths = (issues: readonly Issue[]): ReadonlySet<string> | undefined => {
  let paths: Set<string> | undefined;
  for (const found of issues) if (found.severity === "block") for (const path of found.paths) (paths ??= new Set()).add(path);
  return paths;
};
const isBlocked = (at: readonly string[], paths: ReadonlySet<string>): boolean => {
  for (const path of at) if (paths.has(path)) return true;
  return false;
};

const make = (scheme: Scheme): Checker => {
  const read = structurer(scheme);
  const settle = settler(scheme);
  const tidy = idTidier(scheme);
  const forms = scheme.forms.map((form) => ({
    form,
    category: scheme.categories.find((category) => category.key === form.category),
    sections: form.sections.map((section) => ({
      section,
      shown: section.shownIf === undefined ? undefined : compileCondition(section.shownIf),
      items: section.items
        .map((item) => itemCheck(scheme, item, section.repeats ? undefined : form.key))
        .filter((check) => check.value !== undefined || check.required !== undefined),
    })),
  }));
  const rulesFor = rulesByForms(scheme);
  return (given, options) => {
    const structured = read(given);
    const context: EvaluationContext = { today: options.today, referenceDate: options.referenceDate ?? scheme.referenceDate };
    const tidied = tidy(structured.answers);
    const { answers, archived } = settle(tidied.answers, context);
    const issues = [...structured.issues, ...tidied.notes];
    const values: ValueContext = { today: options.today, knownArea: options.known?.area };
    const env: Env = { answers, context, values, refused: structured.refused, issues };
    const chosen = categoryIssues(scheme, answers, issues);
    for (const { form, category, sections } of forms) {
      if (form.category !== undefined && !chosen.includes(form.category)) continue;
      if (category !== undefined && Object.keys(structured.answers[form.key] ?? {}).length === 0) {
        issues.push(say.formMissing(form.key, form.label, category.label));
        continue;
      }
      for (const section of sections) runSection(scheme, section, form.key, answers[form.key] ?? {}, env);
    }
    const faulty = blockedPaths(issues);
    for (const { check, run, answers: needs } of rulesFor(answers)) if (hasAll(answers, needs) && (faulty === undefined || !isBlocked(check.at, faulty))) run(env);
    return { answers, archived, issues: issues.length > MAX_ISSUES ? limited(scheme, issues) : issues };
  };
};

/** The gravest of very many issues; that there were more is itself an issue, unless only notes are left out. */
const limited = (scheme: Scheme, issues: readonly Issue[]): Issue[] => {
  const grave = [...issues.filter((found) => found.severity === "block"), ...issues.filter((found) => found.severity === "explain"), ...issues.filter((found) => found.severity === "note")];
  const kept = grave.slice(0, MAX_ISSUES);
  const more = grave[MAX_ISSUES]?.severity !== "note" && !kept.some((found) => found.code === "too-many-faults");
  return more ? [...kept, say.tooManyFaults(scheme.generalForm)] : kept;
};

const made = new WeakMap<Scheme, Checker>();

/** The check of a scheme, compiled once for each scheme object. It never throws for what is in the answers. */
export function checker(scheme: Scheme): Checker {
  const known = made.get(scheme);
  if (known) return known;
  const check = make(scheme);
  made.set(scheme, check);
  return check;
}

