// Settles a record by its scheme's own rules: held and computed items are filled, what is not shown is put aside (archived, not lost).
// Items are settled after those they depend on, so one pass is enough.
import type { EvaluationContext, Result } from "./compile-expression.ts";
import { type Draft, draftOf, type FormSlots, type ItemSlot, type OpenForm, type RowsSlot, slotsOf, withoutEmptied } from "./draft.ts";
import { referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { indexOf } from "./layout.ts";
import type { Answers, Item, Scheme, Section, Value } from "./model.ts";
import { type DraftCompiler, type DraftCondition, draftCompiler, type DraftEvaluator } from "./slot-expressions.ts";

export type Settled = { readonly answers: Answers; readonly archived: Answers };

type OpenGroup = { [item: string]: Value | undefined };
type OpenAnswers = { [form: string]: OpenForm | undefined };

type ItemRule = { readonly key: string; readonly shown?: DraftCondition; readonly forced?: DraftEvaluator; readonly computed?: DraftEvaluator; readonly isComputed: boolean };
type SectionNode = { readonly form: FormSlots; readonly at: number };
/** What is done, in this order of needs: forms are opened or put aside whole, then conditional sections, then the items that have a rule of their own. */
type Step =
  | { readonly kind: "form"; readonly form: FormSlots; readonly category: string }
  | ({ readonly kind: "section"; readonly shown: DraftCondition; readonly items: readonly ItemSlot[]; readonly rows?: RowsSlot } & SectionNode)
  | ({ readonly kind: "item"; readonly slot: ItemSlot; readonly rule: ItemRule } & SectionNode)
  | ({ readonly kind: "rows"; readonly slot: RowsSlot; readonly rules: readonly ItemRule[] } & SectionNode);

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

const itemRule = (item: Item, compiler: DraftCompiler): ItemRule => ({
  key: item.key,
  shown: item.shownIf && compiler.condition(item.shownIf),
  forced: item.forced && compiler.evaluator(item.forced),
  computed: item.computed && compiler.evaluator(item.computed),
  isComputed: item.kind === "computed",
});

const rowRules = (section: Section, compiler: DraftCompiler): ItemRule[] => {
  const byKey = new Map(section.items.map((item) => [item.key, item]));
  const needs = (key: string): string[] => itemRefs(byKey.get(key) as Item).flatMap((ref) => (ref.startsWith(".") ? [ref.slice(1)] : []));
  return afterNeeds([...byKey.keys()], needs).map((key) => itemRule(byKey.get(key) as Item, compiler));
};

const hasRule = (rule: ItemRule): boolean => rule.shown !== undefined || rule.forced !== undefined || rule.isComputed;

const stepsOf = (scheme: Scheme): Step[] => {
  const slots = slotsOf(scheme);
  const compiler = draftCompiler(slots, { settled: false });
  const steps = new Map<string, Step>();
  const needs = new Map<string, readonly string[]>();
  let at = 0;
  const add = (node: string, needed: readonly string[], step: Step | undefined): void => {
    needs.set(node, needed);
    if (step !== undefined) steps.set(node, step);
  };
  const addSection = (form: FormSlots, section: Section, formNode: string): void => {
    at += 1;
    const items = section.repeats ? [] : section.items.map((item) => form.items.get(item.key) as ItemSlot);
    const rows = section.repeats ? form.rows.get(section.key) : undefined;
    const shown = section.shownIf && compiler.condition(section.shownIf);
    const node = `section ${at}`;
    add(node, [formNode, ...refs(section.shownIf)], shown && { kind: "section", form, at, shown, items, rows });
    if (rows !== undefined) {
      const rules = rowRules(section, compiler).filter(hasRule);
      add(rows.path, [node, ...section.items.flatMap(itemRefs)], rules.length === 0 ? undefined : { kind: "rows", form, at, slot: rows, rules });
    }
    for (const slot of items) {
      const rule = itemRule(slot.item, compiler);
      add(slot.path, [node, ...itemRefs(slot.item)], hasRule(rule) ? { kind: "item", form, at, slot, rule } : undefined);
    }
  };
  for (const form of slots.forms) {
    const { key, category, sections } = form.form;
    const node = `form ${key}`;
    add(node, category === undefined || scheme.categoryItem === undefined ? [] : [scheme.categoryItem], category === undefined ? undefined : { kind: "form", form, category });
    for (const section of sections) addSection(form, section, node);
  }
  return afterNeeds([...needs.keys()], (node) => needs.get(node) ?? []).flatMap((node) => steps.get(node) ?? []);
};

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Settles one item; gives back the value that was put aside, if any. */
const settleItem = (rule: ItemRule, slot: ItemSlot, draft: Draft, context: EvaluationContext): Result => {
  const before = draft.values[slot.at] as Result;
  if (rule.shown !== undefined && !rule.shown(draft, context)) {
    if (before !== null || draft.isBlank(slot)) draft.set(slot, null);
    return rule.isComputed ? null : before;
  }
  if (rule.computed === undefined && rule.forced === undefined && !rule.isComputed) {
    if (before === null && draft.isBlank(slot)) draft.set(slot, null);
    return null;
  }
  const value = rule.computed?.(draft, context) ?? rule.forced?.(draft, context) ?? null;
  if (value !== null) {
    if (value !== before) draft.set(slot, value);
  } else if (before === null ? draft.isBlank(slot) : rule.isComputed) draft.set(slot, null);
  return null;
};

/** The same in a row; `row` is a copy that may be written to. */
const settleInRow = (rule: ItemRule, row: OpenGroup, draft: Draft, context: EvaluationContext): Value | undefined => {
  const before = row[rule.key];
  if (rule.shown !== undefined && !rule.shown(draft, context)) {
    if (before === undefined) return undefined;
    row[rule.key] = undefined;
    return isMissing(before) || rule.isComputed ? undefined : before;
  }
  const value = rule.computed?.(draft, context) ?? rule.forced?.(draft, context) ?? null;
  if (value !== null) row[rule.key] = value;
  else if (before !== undefined && (rule.isComputed || isMissing(before))) row[rule.key] = undefined;
  return undefined;
};

const isEmptied = (group: OpenGroup, keys: readonly { readonly key: string }[]): boolean => keys.some(({ key }) => key in group && group[key] === undefined);

type Shelve = (form: FormSlots, key: string, value: OpenForm[string]) => void;

const settleRows = ({ form, slot, rules }: Extract<Step, { readonly kind: "rows" }>, draft: Draft, context: EvaluationContext, shelve: Shelve): void => {
  const rows = draft.rows[slot.at] ?? [];
  if (rows.length === 0) return;
  const aside: OpenGroup[] = rows.map(() => ({}));
  const settled = rows.map((row, i) => {
    const copy: OpenGroup = { ...row };
    const inRow = { today: context.today, referenceDate: context.referenceDate, row: copy };
    for (const rule of rules) {
      const value = settleInRow(rule, copy, draft, inRow);
      if (value !== undefined) (aside[i] as OpenGroup)[rule.key] = value;
    }
    return isEmptied(copy, rules) ? withoutEmptied(copy) : copy;
  });
  draft.setRows(slot, settled);
  if (aside.some((row) => Object.keys(row).length > 0)) shelve(form, slot.key, aside);
};

type Plan = { readonly steps: readonly Step[] };
const CACHED_PLANS = 512;

/** The steps of the forms that are answered or may be opened: a record has two or three of a dozen. */
const plansOf = (scheme: Scheme, isChosen: (draft: Draft, category: string) => boolean): ((draft: Draft) => Plan) => {
  const steps = stepsOf(scheme);
  const forms = scheme.forms.slice(0, 50);
  // A category item with a rule of its own may open a form that nobody ticked; then every form has its steps.
  const ruled = indexOf(scheme).byPath.get(scheme.categoryItem ?? "")?.item;
  const open = ruled?.forced === undefined && ruled?.computed === undefined;
  const cached = new Map<number, Plan>();
  return (draft) => {
    let key = 0;
    for (let i = 0, bit = 1; i < forms.length; i += 1, bit *= 2) {
      const category = forms[i]?.category;
      if (!open || category === undefined || draft.groups[i] !== undefined || isChosen(draft, category)) key += bit;
    }
    const known = cached.get(key);
    if (known !== undefined) return known;
    if (cached.size >= CACHED_PLANS) cached.clear();
    const plan = { steps: steps.filter((step) => step.form.at >= forms.length || Math.floor(key / 2 ** step.form.at) % 2 === 1) };
    cached.set(key, plan);
    return plan;
  };
};

/** A function that settles a draft by the scheme and gives back what was put aside. */
export function draftSettler(scheme: Scheme): (draft: Draft, context: EvaluationContext) => Answers {
  const categories = slotsOf(scheme).items.get(scheme.categoryItem ?? "")?.at;
  const isChosen = (draft: Draft, category: string): boolean => {
    const chosen = categories === undefined ? null : draft.values[categories];
    return Array.isArray(chosen) && chosen.includes(category);
  };
  const planFor = plansOf(scheme, isChosen);
  return (draft, context) => {
    const archived: OpenAnswers = {};
    const shelve: Shelve = ({ form }, key, value) => {
      if (!isMissing(value)) (archived[form.key] ??= {})[key] = value;
    };
    let closed: Set<FormSlots> | undefined;
    let hidden: Set<number> | undefined;
    for (const step of planFor(draft).steps) {
      if (closed?.has(step.form) === true) continue;
      if (step.kind === "form") {
        if (isChosen(draft, step.category)) continue;
        for (const [key, value] of Object.entries(draft.groups[step.form.at] ?? {})) if (step.form.items.get(key)?.item.kind !== "computed") shelve(step.form, key, value);
        draft.close(step.form);
        (closed ??= new Set()).add(step.form);
      } else if (step.kind === "section") {
        if (step.shown(draft, context)) continue;
        (hidden ??= new Set()).add(step.at);
        for (const slot of step.items) {
          const value = draft.values[slot.at] as Result;
          if (value === null && !draft.isBlank(slot)) continue;
          if (value !== null && slot.item.kind !== "computed") shelve(step.form, slot.key, value);
          draft.set(slot, null);
        }
        const rows = step.rows === undefined ? undefined : draft.rows[step.rows.at];
        if (step.rows === undefined || rows === undefined || rows.length === 0) continue;
        shelve(step.form, step.rows.key, rows);
        draft.setRows(step.rows, undefined);
      } else if (hidden?.has(step.at) === true) continue;
      else if (step.kind === "rows") settleRows(step, draft, context, shelve);
      else {
        const aside = settleItem(step.rule, step.slot, draft, context);
        if (aside !== null) shelve(step.form, step.slot.key, aside);
      }
    }
    return archived;
  };
}

/** A function that settles answers by the scheme; the answers given are left untouched. */
export function settler(scheme: Scheme): (answers: Answers, context: EvaluationContext) => Settled {
  const slots = slotsOf(scheme);
  const settle = draftSettler(scheme);
  return (given, context) => {
    const draft = draftOf(slots, given);
    const archived = settle(draft, context);
    return { answers: draft.answers(), archived };
  };
}
