// The one check of a record, the same in the browser, on terminals, at import, on the server and when a case is to be closed:
// shape, kinds, required items, categories and their sub-forms, unit designations, and the scheme's own rules across items.
import type { Issue, Text } from "../core/issue.ts";
import { brokenRules } from "./categories.ts";
import { MAX_ISSUES, structurer } from "./check-structure.ts";
import { type ValueCheck, valueCheck, type ValueContext } from "./check-values.ts";
import type { EvaluationContext, Result } from "./compile-expression.ts";
import { draftSettler } from "./derive.ts";
import { type Draft, type FormSlots, type RowsSlot, slotsOf } from "./draft.ts";
import type { Expression } from "./expression.ts";
import { indexOf } from "./layout.ts";
import type { Answers, Check, Item, Scheme, Section, Value } from "./model.ts";
import { neededPaths, neverTrueWithout } from "./never-true.ts";
import { type DraftCompiler, type DraftCondition, draftCompiler } from "./slot-expressions.ts";
import { idTidier } from "./tidy.ts";
import * as say from "./wording.ts";

/** `today` as `YYYY-MM-DD`; `referenceDate` of the campaign (default: the scheme's); `known` facts from outside the record. */
export type CheckOptions = { readonly today: string; readonly referenceDate?: string; readonly known?: { readonly area?: (code: number) => boolean } };
/** `answers` settled (held and computed values filled, hidden items left out); `archived` what was put aside; `issues` in form order. */
export type Checked = { readonly answers: Answers; readonly archived: Answers; readonly issues: readonly Issue[] };
export type Checker = (answers: unknown, options: CheckOptions) => Checked;

type Env = { readonly draft: Draft; readonly context: EvaluationContext; readonly values: ValueContext; readonly refused: ReadonlySet<string>; readonly issues: Issue[] };
/** `at` and `path` only outside rows. */
type ItemCheck = {
  readonly item: Item;
  readonly at: number;
  readonly path: string;
  readonly required: boolean;
  readonly requiredIf?: DraftCondition;
  readonly shown?: DraftCondition;
  readonly value?: ValueCheck;
  readonly closed: readonly ClosedCheck[];
};
type ClosedCheck = { readonly codes: ReadonlySet<string>; readonly when: DraftCondition; readonly message: Text };

const itemCheck = (scheme: Scheme, item: Item, path: string, compiler: DraftCompiler): ItemCheck => ({
  item,
  at: slotsOf(scheme).items.get(path)?.at ?? -1,
  path,
  required: item.required !== undefined && item.kind !== "computed",
  requiredIf: item.required === undefined || item.required === true ? undefined : compiler.condition(item.required),
  shown: item.shownIf === undefined ? undefined : compiler.condition(item.shownIf),
  value: valueCheck(scheme, item),
  closed: (item.closed ?? []).map((rule) => ({ codes: new Set(rule.codes), when: compiler.condition(rule.when), message: rule.message })),
});

/** Options chosen although other answers close them. */
const closedFaults = (scheme: Scheme, check: ItemCheck, value: Value, path: string, context: EvaluationContext, env: Env): void => {
  for (const rule of check.closed) {
    const code = (typeof value === "object" ? value : [value]).find((each) => rule.codes.has(String(each)));
    if (code === undefined || !rule.when(env.draft, context)) continue;
    const label = indexOf(scheme).options.get(check.item.codeSet ?? "")?.get(String(code))?.label;
    if (label !== undefined) env.issues.push(say.closedOption(path, check.item.label, label, rule.message));
  }
};

const runValue = (scheme: Scheme, check: ItemCheck, value: Value, path: string, context: EvaluationContext, env: Env): void => {
  if (check.value === undefined) return;
  const issues = check.value(value, path, env.values);
  for (let i = 0; i < issues.length; i += 1) env.issues.push(issues[i] as Issue);
  if (check.closed.length > 0) closedFaults(scheme, check, value, path, context, env);
};

const isRequired = ({ required, requiredIf, shown }: ItemCheck, draft: Draft, context: EvaluationContext): boolean =>
  required && (shown === undefined || shown(draft, context)) && (requiredIf === undefined || requiredIf(draft, context));

type SectionCheck = { readonly rows?: RowsSlot; readonly form: FormSlots; readonly shown?: DraftCondition; readonly items: readonly ItemCheck[] };

const runSection = (scheme: Scheme, check: SectionCheck, env: Env): void => {
  const { draft, context } = env;
  if (check.shown !== undefined && !check.shown(draft, context)) return;
  const { items, rows, form } = check;
  if (rows !== undefined) {
    (draft.rows[rows.at] ?? []).forEach((row, i) => {
      const inRow = { today: context.today, referenceDate: context.referenceDate, row };
      for (const item of items) {
        const value = row[item.item.key];
        const path = `${rows.path}[${i}].${item.item.key}`;
        if (value !== undefined) runValue(scheme, item, value, path, inRow, env);
        else if (isRequired(item, draft, inRow) && !env.refused.has(path)) env.issues.push(say.required(path, item.item.label));
      }
    });
    return;
  }
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i] as ItemCheck;
    const value = draft.values[item.at] as Result;
    if (value !== null) runValue(scheme, item, value, item.path, context, env);
    else if (item.item.kind === "id-number" && draft.groups[form.at]?.[item.item.key] === "") runValue(scheme, item, "", item.path, context, env);
    else if (isRequired(item, draft, context) && !env.refused.has(item.path)) env.issues.push(say.required(item.path, item.item.label));
  }
};

/** Runs a rule; the caller leaves out rules about items that are already faulty by themselves. A rule of the form `any row …` names the rows at fault: `at` paths beginning with `.` stand for the row's own items. */
const ruleCheck = (scheme: Scheme, check: Check, compiler: DraftCompiler): ((env: Env) => void) => {
  const fault = (env: Env, paths: readonly string[]): number => env.issues.push({ severity: check.severity, code: check.key, paths, message: check.message });
  const when: Expression = check.when;
  if (when[0] === "any" && check.at.some((path) => path.startsWith("."))) {
    const [, section, inner] = when;
    const broken = compiler.condition(inner);
    const slot = slotsOf(scheme).rows.get(section)?.at ?? -1;
    return (env) => {
      (env.draft.rows[slot] ?? []).forEach((row, i) => {
        if (!broken(env.draft, { ...env.context, row })) return;
        fault(env, check.at.map((path) => (path.startsWith(".") ? `${section}[${i}]${path}` : path)));
      });
    };
  }
  const broken = compiler.condition(when);
  return (env) => {
    if (broken(env.draft, env.context)) fault(env, check.at);
  };
};

const NO_CATEGORIES: readonly string[] = [];

const categoryCheck = (scheme: Scheme): ((draft: Draft, issues: Issue[]) => readonly string[]) => {
  const { categoryItem } = scheme;
  if (categoryItem === undefined) return () => NO_CATEGORIES;
  const at = slotsOf(scheme).items.get(categoryItem)?.at ?? -1;
  const known = new Set(scheme.categories.map((category) => category.key));
  return (draft, issues) => {
    const answer = draft.values[at] ?? null;
    const chosen = answer !== null && typeof answer === "object" ? answer : NO_CATEGORIES;
    if (chosen.some((key) => !known.has(key))) issues.push(say.unknownCategory(categoryItem));
    for (const rule of brokenRules(scheme, chosen)) issues.push(say.combination(categoryItem, rule.message));
    return chosen;
  };
};

/** `items` and `rows`: slots without an answer in any of which the rule cannot hold; looking there is quicker than running it. */
type Rule = { readonly check: Check; readonly run: (env: Env) => void; readonly forms: number; readonly items: readonly number[]; readonly rows: readonly number[] };
const CACHED_SETS = 512;

const hasAll = (draft: Draft, { items, rows }: Rule): boolean => {
  for (let i = 0; i < items.length; i += 1) if (draft.values[items[i] as number] === null) return false;
  for (let i = 0; i < rows.length; i += 1) if (draft.rows[rows[i] as number]?.length === 0) return false;
  return true;
};

/**
 * The rules that can hold when these forms are answered (a number with one bit a form): a record opens two or three of a dozen forms, and
 * most rules cannot hold without their own.
 */
const rulesByForms = (scheme: Scheme, compiler: DraftCompiler): ((answers: Answers) => readonly Rule[]) => {
  const keys = scheme.forms.map((form) => form.key).slice(0, 50);
  const slots = slotsOf(scheme);
  const rules = scheme.checks.map((check): Rule => {
    const needed = neededPaths(check.when);
    return {
      check,
      run: ruleCheck(scheme, check, compiler),
      forms: keys.reduce((bits, key, i) => bits + (neverTrueWithout(key, check.when) ? 2 ** i : 0), 0),
      items: needed.flatMap((path) => slots.items.get(path)?.at ?? []),
      rows: needed.flatMap((path) => slots.rows.get(path)?.at ?? []),
    };
  });
  const cached = new Map<number, readonly Rule[]>();
  const within = (needs: number, open: number): boolean => keys.every((_, i) => Math.floor(needs / 2 ** i) % 2 === 0 || Math.floor(open / 2 ** i) % 2 === 1);
  return (answers) => {
    let open = 0;
    for (let i = 0, bit = 1; i < keys.length; i += 1, bit *= 2) if (answers[keys[i] as string] !== undefined) open += bit;
    const known = cached.get(open);
    if (known !== undefined) return known;
    if (cached.size >= CACHED_SETS) cached.clear();
    const found = rules.filter((rule) => within(rule.forms, open));
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

const sectionCheck = (scheme: Scheme, form: FormSlots, section: Section, compiler: DraftCompiler): SectionCheck => ({
  form,
  rows: section.repeats === undefined ? undefined : form.rows.get(section.key),
  shown: section.shownIf === undefined ? undefined : compiler.condition(section.shownIf),
  items: section.items
    .map((item) => itemCheck(scheme, item, section.repeats ? "" : `${form.form.key}.${item.key}`, compiler))
    .filter((check) => check.value !== undefined || check.required),
});

const make = (scheme: Scheme): Checker => {
  const slots = slotsOf(scheme);
  const compiler = draftCompiler(slots, { settled: true });
  const read = structurer(scheme);
  const settle = draftSettler(scheme);
  const tidy = idTidier(scheme);
  const categories = categoryCheck(scheme);
  const forms = slots.forms.map((form) => ({
    slots: form,
    form: form.form,
    category: scheme.categories.find((category) => category.key === form.form.category),
    sections: form.form.sections.map((section) => sectionCheck(scheme, form, section, compiler)),
  }));
  const rulesFor = rulesByForms(scheme, compiler);
  return (given, options) => {
    const { draft, issues, refused } = read(given);
    const context: EvaluationContext = { today: options.today, referenceDate: options.referenceDate ?? scheme.referenceDate };
    tidy(draft, issues);
    const answered = draft.answeredForms();
    const archived = settle(draft, context);
    const answers = draft.answers();
    const values: ValueContext = { today: options.today, knownArea: options.known?.area };
    const env: Env = { draft, context, values, refused, issues };
    const chosen = categories(draft, issues);
    for (const { slots: { at }, form, category, sections } of forms) {
      if (form.category !== undefined && !chosen.includes(form.category)) continue;
      if (category !== undefined && answered[at] !== true) {
        issues.push(say.formMissing(form.key, form.label, category.label));
        continue;
      }
      for (const section of sections) runSection(scheme, section, env);
    }
    const faulty = blockedPaths(issues);
    for (const rule of rulesFor(answers)) if (hasAll(draft, rule) && (faulty === undefined || !isBlocked(rule.check.at, faulty))) rule.run(env);
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

