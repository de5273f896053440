// Settles a record by its scheme's own rules: held and computed items are filled, what is not shown is put aside (archived, not lost).
// Items are settled after those they depend on, so one pass is enough.
import { compile, compileCondition, type Condition, type EvaluationContext, type Evaluator, referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { indexOf, isRows } from "./layout.ts";
import type { Answers, Form, Group, Item, Scheme, Section, Value } from "./model.ts";

export type Settled = { readonly answers: Answers; readonly archived: Answers };

type OpenGroup = { [item: string]: Value | undefined };
type OpenForm = { [itemOrSection: string]: Value | readonly Group[] | undefined };
type OpenAnswers = { [form: string]: OpenForm | undefined };

type ItemStep = { readonly key: string; readonly shown?: Condition; readonly forced?: Evaluator; readonly computed?: Evaluator; readonly isComputed: boolean };
/** What is done, in this order of needs: forms are opened or put aside whole, then conditional sections, then the items that have a rule of their own. */
type Step =
  | { readonly kind: "form"; readonly form: string; readonly category: string; readonly computed: ReadonlySet<string> }
  | { readonly kind: "section"; readonly form: string; readonly at: number; readonly shown: Condition; readonly keys: readonly string[]; readonly computed: ReadonlySet<string> }
  | { readonly kind: "item"; readonly form: string; readonly at: number; readonly item: ItemStep }
  | { readonly kind: "rows"; readonly form: string; readonly at: number; readonly section: string; readonly rows: readonly ItemStep[] };

/** Orders nodes after the nodes they need; members of a cycle keep their written order (a cycle is a fault of the definition). */
export function afterNeeds(nodes: readonly string[], needs: (node: string) => readonly string[]): string[] {
  const known = new Set(nodes);
  const done = new Set<string>();
  const ordered: string[] = [];
  const visit = (node: string): void => {
    if (done.has(node) || !known.has(node)) return;
    done.add(node);
    for (const need of needs(node)) visit(need);
    ordered.push(node);
  };
  for (const node of nodes) visit(node);
  return ordered;
}

const refs = (...expressions: (Expression | undefined)[]): string[] => expressions.flatMap((e) => (e === undefined ? [] : referencesOf(e)));
const itemRefs = (item: Item): string[] => refs(item.shownIf, item.forced, item.computed);
const maybe = (e: Expression | undefined): Evaluator | undefined => (e === undefined ? undefined : compile(e));

const itemStep = (item: Item): ItemStep => ({
  key: item.key,
  shown: item.shownIf && compileCondition(item.shownIf),
  forced: maybe(item.forced),
  computed: maybe(item.computed),
  isComputed: item.kind === "computed",
});

const rowSteps = (section: Section): ItemStep[] => {
  const byKey = new Map(section.items.map((item) => [item.key, item]));
  const needs = (key: string): string[] => itemRefs(byKey.get(key) as Item).flatMap((ref) => (ref.startsWith(".") ? [ref.slice(1)] : []));
  return afterNeeds([...byKey.keys()], needs).map((key) => itemStep(byKey.get(key) as Item));
};

const hasRule = (step: ItemStep): boolean => step.shown !== undefined || step.forced !== undefined || step.isComputed;
const computedKeys = (items: readonly Item[]): Set<string> => new Set(items.filter((item) => item.kind === "computed").map((item) => item.key));

const stepsOf = (scheme: Scheme): Step[] => {
  const steps = new Map<string, Step>();
  const needs = new Map<string, readonly string[]>();
  let at = 0;
  const add = (node: string, needed: readonly string[], step: Step | undefined): void => {
    needs.set(node, needed);
    if (step !== undefined) steps.set(node, step);
  };
  const addSection = (form: Form, section: Section, formNode: string): void => {
    at += 1;
    const keys = section.repeats ? [section.key] : section.items.map((item) => item.key);
    const shown = section.shownIf && compileCondition(section.shownIf);
    const node = `section ${at}`;
    add(node, [formNode, ...refs(section.shownIf)], shown && { kind: "section", form: form.key, at, shown, keys, computed: computedKeys(section.items) });
    if (section.repeats) {
      const rows = rowSteps(section).filter(hasRule);
      add(`${form.key}.${section.key}`, [node, ...section.items.flatMap(itemRefs)], rows.length === 0 ? undefined : { kind: "rows", form: form.key, at, section: section.key, rows });
      return;
    }
    for (const item of section.items) {
      const step = itemStep(item);
      add(`${form.key}.${item.key}`, [node, ...itemRefs(item)], hasRule(step) ? { kind: "item", form: form.key, at, item: step } : undefined);
    }
  };
  for (const form of scheme.forms) {
    const node = `form ${form.key}`;
    const computed = computedKeys(form.sections.flatMap((section) => (section.repeats ? [] : section.items)));
    add(node, form.category === undefined || scheme.categoryItem === undefined ? [] : [scheme.categoryItem], form.category === undefined ? undefined : { kind: "form", form: form.key, category: form.category, computed });
    for (const section of form.sections) addSection(form, section, node);
  }
  return afterNeeds([...needs.keys()], (node) => needs.get(node) ?? []).flatMap((node) => steps.get(node) ?? []);
};

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Settles one item in its group; gives back the value that was put aside, if any. */
const settleItem = (step: ItemStep, group: OpenForm | OpenGroup, answers: Answers, context: EvaluationContext): OpenForm[string] => {
  const before = group[step.key];
  if (step.shown !== undefined && step.shown(answers, context) !== true) {
    if (before === undefined) return undefined;
    group[step.key] = undefined;
    return isMissing(before) || step.isComputed ? undefined : before;
  }
  const value = step.computed?.(answers, context) ?? step.forced?.(answers, context) ?? null;
  if (value !== null) group[step.key] = value;
  else if (before !== undefined && (step.isComputed || isMissing(before))) group[step.key] = undefined;
  return undefined;
};

/** The group without the members that were emptied (deleting them one by one would slow every later reading). */
const withoutEmptied = <G extends OpenForm | OpenGroup>(group: G): G => Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as G;
const isEmptied = (group: OpenForm | OpenGroup, keys: readonly { readonly key: string }[]): boolean => keys.some(({ key }) => key in group && group[key] === undefined);

const isOpen = (chosen: OpenForm[string], category: string): boolean => Array.isArray(chosen) && (chosen as readonly unknown[]).includes(category);

type Plan = { readonly forms: readonly string[]; readonly steps: readonly Step[] };
const CACHED_PLANS = 512;

/** The forms that are answered or may be opened, and their steps: a record has two or three of a dozen. */
const plansOf = (scheme: Scheme, steps: readonly Step[], isChosen: (answers: Answers, category: string) => boolean): ((given: Answers) => Plan) => {
  const forms = scheme.forms.slice(0, 50);
  const beyond = scheme.forms.slice(50).map((form) => form.key);
  // A category item with a rule of its own may open a form that nobody ticked; then every form has its steps.
  const ruled = indexOf(scheme).byPath.get(scheme.categoryItem ?? "")?.item;
  const open = ruled?.forced === undefined && ruled?.computed === undefined;
  const cached = new Map<number, Plan>();
  return (given) => {
    let key = 0;
    for (let i = 0, bit = 1; i < forms.length; i += 1, bit *= 2) {
      const form = forms[i] as Form;
      if (!open || form.category === undefined || given[form.key] !== undefined || isChosen(given, form.category)) key += bit;
    }
    const known = cached.get(key);
    if (known !== undefined) return known;
    if (cached.size >= CACHED_PLANS) cached.clear();
    const keys = new Set([...forms.flatMap((form, i) => (Math.floor(key / 2 ** i) % 2 === 1 ? [form.key] : [])), ...beyond]);
    const plan = { forms: [...keys], steps: steps.filter((step) => keys.has(step.form)) };
    cached.set(key, plan);
    return plan;
  };
};

/** A function that settles answers by the scheme; the answers given are left untouched. */
export function settler(scheme: Scheme): (answers: Answers, context: EvaluationContext) => Settled {
  const [categoryForm = "", categoryKey = ""] = (scheme.categoryItem ?? "").split(".");
  const planFor = plansOf(scheme, stepsOf(scheme), (answers, category) => isOpen(answers[categoryForm]?.[categoryKey], category));
  return (given, context) => {
    const answers: OpenAnswers = {};
    const { forms, steps } = planFor(given);
    for (const key of forms) answers[key] = { ...given[key] };
    const archived: OpenAnswers = {};
    const hidden = new Set<number>();
    const emptied = new Set<string>();
    const shelve = (form: string, key: string, value: OpenForm[string]): void => {
      if (!isMissing(value)) (archived[form] ??= {})[key] = value;
    };
    for (const step of steps) {
      const form = answers[step.form];
      if (form === undefined) continue;
      if (step.kind === "form") {
        if (isOpen(answers[categoryForm]?.[categoryKey], step.category)) continue;
        for (const [key, value] of Object.entries(form)) if (!step.computed.has(key)) shelve(step.form, key, value);
        answers[step.form] = undefined;
      } else if (step.kind === "section") {
        if (step.shown(answers, context) === true) continue;
        hidden.add(step.at);
        for (const key of step.keys) {
          if (form[key] === undefined) continue;
          if (!step.computed.has(key)) shelve(step.form, key, form[key]);
          form[key] = undefined;
          emptied.add(step.form);
        }
      } else if (hidden.has(step.at)) {
        continue;
      } else if (step.kind === "item") {
        const before = form[step.item.key];
        const aside = settleItem(step.item, form, answers, context);
        if (before !== undefined && form[step.item.key] === undefined) emptied.add(step.form);
        shelve(step.form, step.item.key, aside);
      } else {
        const rows = form[step.section];
        if (!isRows(rows)) continue;
        const asideRows: OpenGroup[] = rows.map(() => ({}));
        form[step.section] = rows.map((row, i) => {
          const copy: OpenGroup = { ...row };
          for (const item of step.rows) {
            const aside = settleItem(item, copy, answers, { today: context.today, referenceDate: context.referenceDate, row: copy });
            if (aside !== undefined && !isRows(aside)) (asideRows[i] as OpenGroup)[item.key] = aside;
          }
          return isEmptied(copy, step.rows) ? withoutEmptied(copy) : copy;
        });
        if (asideRows.some((row) => Object.keys(row).length > 0)) shelve(step.form, step.section, asideRows);
      }
    }
    return { answers: finished(scheme, answers, emptied), archived };
  };
}

const isBare = (group: OpenForm): boolean => {
  for (const _ in group) return false;
  return true;
};

const finished = (scheme: Scheme, answers: OpenAnswers, emptied: ReadonlySet<string>): Answers => {
  const out: OpenAnswers = {};
  for (const { key } of scheme.forms) {
    const form = answers[key];
    if (form === undefined) continue;
    const whole = emptied.has(key) ? withoutEmptied(form) : form;
    if (!isBare(whole)) out[key] = whole;
  }
  return out;
};
