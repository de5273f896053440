// Settles a record by its scheme's own rules: held and computed items are filled, what is not shown is put aside (archived, not lost).
// Items are settled after those they depend on, so one pass is enough.
import { compile, type EvaluationContext, type Evaluator, referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { isRows } from "./layout.ts";
import type { Answers, Form, Group, Item, Scheme, Section, Value } from "./model.ts";

export type Settled = { readonly answers: Answers; readonly archived: Answers };

type OpenGroup = { [item: string]: Value | undefined };
type OpenForm = { [itemOrSection: string]: Value | readonly Group[] | undefined };
type OpenAnswers = { [form: string]: OpenForm | undefined };

type ItemStep = { readonly key: string; readonly shown?: Evaluator; readonly forced?: Evaluator; readonly computed?: Evaluator; readonly isComputed: boolean };
type Step = { readonly path: string; readonly form: string; readonly category?: string; readonly sectionShown?: Evaluator } & (
  | { readonly item: ItemStep }
  | { readonly section: string; readonly rows: readonly ItemStep[] }
);

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
  shown: maybe(item.shownIf),
  forced: maybe(item.forced),
  computed: maybe(item.computed),
  isComputed: item.kind === "computed",
});

const rowSteps = (section: Section): ItemStep[] => {
  const byKey = new Map(section.items.map((item) => [item.key, item]));
  const needs = (key: string): string[] => itemRefs(byKey.get(key) as Item).flatMap((ref) => (ref.startsWith(".") ? [ref.slice(1)] : []));
  return afterNeeds([...byKey.keys()], needs).map((key) => itemStep(byKey.get(key) as Item));
};

const stepsOf = (scheme: Scheme): Step[] => {
  const steps = new Map<string, Step>();
  const needs = new Map<string, readonly string[]>();
  const add = (form: Form, section: Section): void => {
    const around = [...refs(section.shownIf), ...(form.category === undefined ? [] : [scheme.categoryItem])];
    const common = { form: form.key, category: form.category, sectionShown: maybe(section.shownIf) };
    if (section.repeats) {
      const path = `${form.key}.${section.key}`;
      steps.set(path, { ...common, path, section: section.key, rows: rowSteps(section) });
      needs.set(path, [...around, ...section.items.flatMap(itemRefs)]);
      return;
    }
    for (const item of section.items) {
      const path = `${form.key}.${item.key}`;
      steps.set(path, { ...common, path, item: itemStep(item) });
      needs.set(path, [...around, ...itemRefs(item)]);
    }
  };
  for (const form of scheme.forms) for (const section of form.sections) add(form, section);
  return afterNeeds([...steps.keys()], (path) => needs.get(path) ?? []).map((path) => steps.get(path) as Step);
};

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Settles one item in its group; gives back the value that was put aside, if any. */
const settleItem = (step: ItemStep, group: OpenForm | OpenGroup, visible: boolean, answers: Answers, context: EvaluationContext): OpenForm[string] => {
  const before = group[step.key];
  if (!visible || (step.shown !== undefined && step.shown(answers, context) !== true)) {
    if (before === undefined) return undefined;
    group[step.key] = undefined;
    return isMissing(before) || step.isComputed ? undefined : before;
  }
  const value = step.computed?.(answers, context) ?? step.forced?.(answers, context) ?? null;
  if (value !== null) group[step.key] = value;
  else if (before !== undefined && (step.isComputed || isMissing(before))) group[step.key] = undefined;
  return undefined;
};

/** The group without the members that were emptied (a copy only when there are any: deleting would slow every later reading). */
const closed = <G extends OpenForm | OpenGroup>(group: G): G => {
  const keys = Object.keys(group);
  return keys.every((key) => group[key] !== undefined) ? group : (Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as G);
};

const finished = (scheme: Scheme, answers: OpenAnswers): Answers => {
  const out: OpenAnswers = {};
  for (const { key } of scheme.forms) {
    const form = closed(answers[key] ?? {});
    if (Object.keys(form).length > 0) out[key] = form;
  }
  return out;
};

/** A function that settles answers by the scheme; the answers given are left untouched. */
export function settler(scheme: Scheme): (answers: Answers, context: EvaluationContext) => Settled {
  const steps = stepsOf(scheme);
  const [categoryForm = "", categoryKey = ""] = scheme.categoryItem.split(".");
  return (given, context) => {
    const answers: OpenAnswers = {};
    for (const form of scheme.forms) answers[form.key] = { ...given[form.key] };
    const archived: OpenAnswers = {};
    const shelf = (form: string): OpenForm => (archived[form] ??= {});
    for (const step of steps) {
      const form = answers[step.form] as OpenForm;
      const chosen = step.category === undefined ? undefined : answers[categoryForm]?.[categoryKey];
      const open = step.category === undefined || (Array.isArray(chosen) && (chosen as readonly unknown[]).includes(step.category));
      const visible = open && (step.sectionShown === undefined || step.sectionShown(answers, context) === true);
      if ("item" in step) {
        const aside = settleItem(step.item, form, visible, answers, context);
        if (aside !== undefined) shelf(step.form)[step.item.key] = aside;
        continue;
      }
      const rows = form[step.section];
      if (rows === undefined) continue;
      if (!visible || !isRows(rows)) {
        form[step.section] = undefined;
        if (isRows(rows)) shelf(step.form)[step.section] = rows;
        continue;
      }
      const asideRows: OpenGroup[] = rows.map(() => ({}));
      form[step.section] = rows.map((row, i) => {
        const copy: OpenGroup = { ...row };
        for (const item of step.rows) {
          const aside = settleItem(item, copy, true, answers, { today: context.today, referenceDate: context.referenceDate, row: copy });
          if (aside !== undefined && !isRows(aside)) (asideRows[i] as OpenGroup)[item.key] = aside;
        }
        return closed(copy);
      });
      if (asideRows.some((row) => Object.keys(row).length > 0)) shelf(step.form)[step.section] = asideRows;
    }
    return { answers: finished(scheme, answers), archived };
  };
}
