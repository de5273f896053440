// A record while it is checked. Every item and repeating section has a number, its slot, given once for a scheme; its answer is found by
// that number, not by form and key, which costs several times as much. What the check changes is written to the slot and to the answers handed on;
// the answers that were given stay as they are.
import { valueOrNull, type Result } from "./compile-expression.ts";
import { isRows } from "./layout.ts";
import type { Answers, Form, FormAnswers, Group, Item, Scheme, Section, Value } from "./model.ts";

export type OpenForm = { [itemOrSection: string]: Value | readonly Group[] | undefined };
/** `form` is the form's place in the scheme. */
export type ItemSlot = { readonly at: number; readonly form: number; readonly key: string; readonly path: string; readonly item: Item };
export type RowsSlot = { readonly at: number; readonly form: number; readonly key: string; readonly path: string; readonly section: Section };
export type FormSlots = { readonly form: Form; readonly at: number; readonly items: ReadonlyMap<string, ItemSlot>; readonly rows: ReadonlyMap<string, RowsSlot> };
export type Slots = {
  readonly forms: readonly FormSlots[];
  readonly byForm: ReadonlyMap<string, FormSlots>;
  /** By `form.key` and `form.section`. */
  readonly items: ReadonlyMap<string, ItemSlot>;
  readonly rows: ReadonlyMap<string, RowsSlot>;
  /** Nothing answered, to be copied. */
  readonly noValues: readonly Result[];
  readonly noRows: readonly (readonly Group[])[];
};

const NO_ROWS: readonly Group[] = [];
const made = new WeakMap<Scheme, Slots>();

/** The slots of a scheme, numbered once for each scheme object. */
export function slotsOf(scheme: Scheme): Slots {
  const known = made.get(scheme);
  if (known) return known;
  const items = new Map<string, ItemSlot>();
  const rows = new Map<string, RowsSlot>();
  const forms = scheme.forms.map((form, at): FormSlots => {
    const [own, repeating] = [new Map<string, ItemSlot>(), new Map<string, RowsSlot>()];
    for (const section of form.sections) {
      if (section.repeats) {
        const path = `${form.key}.${section.key}`;
        const slot: RowsSlot = { at: rows.size, form: at, key: section.key, path, section };
        repeating.set(section.key, slot);
        rows.set(path, slot);
      }
      for (const item of section.repeats ? [] : section.items) {
        const path = `${form.key}.${item.key}`;
        const slot: ItemSlot = { at: items.get(path)?.at ?? items.size, form: at, key: item.key, path, item };
        own.set(item.key, slot);
        items.set(path, slot);
      }
    }
    return { form, at, items: own, rows: repeating };
  });
  const slots: Slots = { forms, byForm: new Map(forms.map((each) => [each.form.key, each])), items, rows, noValues: Array.from(items, () => null), noRows: Array.from(rows, () => NO_ROWS) };
  made.set(scheme, slots);
  return slots;
}

/** The group without the members that were emptied (deleting them one by one would slow every later reading). */
export function withoutEmptied<G extends OpenForm | Group>(group: G): G {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as G;
}

const isBare = (group: FormAnswers): boolean => {
  for (const _ in group) return false;
  return true;
};

export class Draft {
  /** By slot; null is missing. */
  readonly values: Result[];
  readonly rows: (readonly Group[])[];
  /** What several rules ask for and one has found out: valid once nothing changes any more. */
  readonly memo: (Result | undefined)[] = [];
  /** The answers by the place of their form. */
  readonly groups: (FormAnswers | undefined)[];
  private readonly own: (OpenForm | undefined)[] = [];
  private readonly emptied: boolean[] = [];
  private readonly slots: Slots;

  constructor(slots: Slots) {
    this.slots = slots;
    this.values = slots.noValues.slice();
    this.rows = slots.noRows.slice();
    this.groups = slots.forms.map(() => undefined);
  }

  /** The form's answers as something that may be written to. */
  private opened(form: number): OpenForm {
    const own = this.own[form];
    if (own !== undefined) return own;
    const copy: OpenForm = { ...this.groups[form] };
    this.groups[form] = copy;
    this.own[form] = copy;
    return copy;
  }

  set(slot: ItemSlot, value: Result): void {
    this.values[slot.at] = value;
    this.opened(slot.form)[slot.key] = value ?? undefined;
    if (value === null) this.emptied[slot.form] = true;
  }

  /** A text of which nothing may be left: no rule sees it then, but it was answered, and its own check says what is wrong with it. */
  setText(slot: ItemSlot, text: string): void {
    this.values[slot.at] = valueOrNull(text);
    this.opened(slot.form)[slot.key] = text;
  }

  isBlank(slot: ItemSlot): boolean {
    return this.groups[slot.form]?.[slot.key] === "";
  }

  setRows(slot: RowsSlot, rows: readonly Group[] | undefined): void {
    this.rows[slot.at] = rows ?? NO_ROWS;
    this.opened(slot.form)[slot.key] = rows;
    if (rows === undefined) this.emptied[slot.form] = true;
  }

  /** Takes a form out of the record, with all its answers. */
  close(form: FormSlots): void {
    const group = this.groups[form.at] ?? {};
    for (const key of Object.keys(group)) {
      const [item, rows] = [form.items.get(key), form.rows.get(key)];
      if (item !== undefined) this.values[item.at] = null;
      if (rows !== undefined) this.rows[rows.at] = NO_ROWS;
    }
    this.groups[form.at] = undefined;
    this.own[form.at] = undefined;
  }

  /** By the place of the form: whether anything in it is answered. */
  answeredForms(): readonly boolean[] {
    return this.groups.map((group) => group !== undefined && !isBare(group));
  }

  /** The answers as they are now, apart from those given (who gave them may go on writing to them): forms without any are left out. */
  answers(): Answers {
    const out: { [form: string]: FormAnswers } = {};
    for (let i = 0; i < this.groups.length; i += 1) {
      if (this.groups[i] === undefined) continue;
      const group = this.opened(i);
      const whole = this.emptied[i] === true ? withoutEmptied(group) : group;
      if (!isBare(whole)) out[(this.slots.forms[i] as FormSlots).form.key] = whole;
    }
    return out;
  }
}

/** Answers that are known to have the scheme's shape, as a draft. */
export function draftOf(slots: Slots, answers: Answers): Draft {
  const draft = new Draft(slots);
  for (const { form, at, items, rows } of slots.forms) {
    const group = answers[form.key];
    if (group === undefined) continue;
    draft.groups[at] = group;
    for (const [key, value] of Object.entries(group)) {
      const [item, section] = [items.get(key), rows.get(key)];
      if (item !== undefined) draft.values[item.at] = valueOrNull(value);
      else if (section !== undefined && isRows(value)) draft.rows[section.at] = value;
    }
  }
  return draft;
}
