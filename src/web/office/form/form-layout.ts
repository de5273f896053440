// What a form draws for given answers: open forms, their visible sections, rows and items, each item with its path.
import { rowsAt, type EvaluationContext } from "../../../scheme/evaluate.ts";
import type { Text } from "../../../core/issue.ts";
import { answerAt, closedOptions, isRequired, openForms, visibleItems, visibleSections } from "../../../scheme/layout.ts";
import type { Answers, Form, Item, Scheme, Section, Value } from "../../../scheme/model.ts";

export type Field = { readonly path: string; readonly item: Item; readonly required: boolean; readonly value: Value | undefined; readonly closed: ReadonlyMap<string, Text> };
export type DrawnSection = { readonly path: string; readonly section: Section; readonly rows: readonly (readonly Field[])[] };
export type DrawnForm = { readonly form: Form; readonly sections: readonly DrawnSection[] };

const NOTHING_CLOSED: ReadonlyMap<string, Text> = new Map();

/**
 * `settled` decides what is shown and what computed items say; `typed` (default the same) gives the values in the fields.
 * A section that does not repeat has exactly one row.
 */
export function drawnForms(scheme: Scheme, settled: Answers, context: EvaluationContext, typed: Answers = settled): readonly DrawnForm[] {
  const fieldsOf = (section: Section, prefix: string, at: EvaluationContext): readonly Field[] =>
    visibleItems(section, settled, at).map((item) => {
      const path = `${prefix}.${item.key}`;
      const derived = item.kind === "computed" || item.forced !== undefined ? answerAt(settled, path) : undefined;
      const closed = item.closed !== undefined || path === scheme.categoryItem ? closedOptions(scheme, path, item, settled, at) : NOTHING_CLOSED;
      return { path, item, required: isRequired(item, settled, at), value: derived ?? answerAt(typed, path), closed };
    });
  return openForms(scheme, settled).map((form) => ({
    form,
    sections: visibleSections(form, settled, context).flatMap((section) => {
      const path = `${form.key}.${section.key}`;
      if (!section.repeats) {
        const fields = fieldsOf(section, form.key, context);
        return fields.length > 0 ? [{ path, section, rows: [fields] }] : [];
      }
      const rows = rowsAt(typed, path).map((row, i) => fieldsOf(section, `${path}[${i}]`, { ...context, row: rowsAt(settled, path)[i] ?? row }));
      return [{ path, section, rows }];
    }),
  }));
}

/** True when nothing in the section was answered (reading leaves it out on demand). */
export function isBlank(section: DrawnSection): boolean {
  return section.rows.every((fields) => fields.every((field) => field.value === undefined || field.value === ""));
}
