// Brings identity numbers into their stored form before anything is compared: half-width, upper-case X, eighteen digits.
import { checkCitizenId, normaliseCitizenId } from "../core/citizen-id.ts";
import type { Issue } from "../core/issue.ts";
import { rowsAt } from "./evaluate.ts";
import type { Answers, FormAnswers, Group, Item, Scheme } from "./model.ts";
import { idConverted } from "./wording.ts";

type Found = Issue[];
const stored = (item: Item, text: string, path: string, notes: Found): string => {
  const result = checkCitizenId(text);
  if (result.ok && result.converted === true) notes.push(idConverted(path, item.label));
  return result.ok ? result.id : normaliseCitizenId(text);
};

const tidyGroup = <G extends FormAnswers | Group>(group: G, items: readonly Item[], prefix: string, notes: Found): G => {
  let out = group;
  for (const item of items) {
    const text: unknown = group[item.key];
    if (typeof text !== "string") continue;
    const kept = stored(item, text, `${prefix}.${item.key}`, notes);
    if (kept !== text) out = { ...out, [item.key]: kept };
  }
  return out;
};

const idItems = (items: readonly Item[]): Item[] => items.filter((item) => item.kind === "id-number");

/** A function giving the answers with their identity numbers in stored form, and a note for each that was converted from 15 digits. */
export function idTidier(scheme: Scheme): (answers: Answers) => { readonly answers: Answers; readonly notes: readonly Issue[] } {
  const forms = scheme.forms.map((form) => ({
    key: form.key,
    flat: form.sections.flatMap((section) => (section.repeats ? [] : idItems(section.items))),
    rows: form.sections.flatMap((section) => (section.repeats && idItems(section.items).length > 0 ? [{ key: section.key, items: idItems(section.items) }] : [])),
  }));
  const concerned = forms.filter((form) => form.flat.length > 0 || form.rows.length > 0);
  return (answers) => {
    const notes: Found = [];
    const out: { [form: string]: FormAnswers | undefined } = { ...answers };
    for (const { key, flat, rows } of concerned) {
      const form = answers[key];
      if (form === undefined) continue;
      let next: FormAnswers = tidyGroup(form, flat, key, notes);
      for (const section of rows) {
        const path = `${key}.${section.key}`;
        if (form[section.key] !== undefined) next = { ...next, [section.key]: rowsAt(answers, path).map((row, i) => tidyGroup(row, section.items, `${path}[${i}]`, notes)) };
      }
      out[key] = next;
    }
    return { answers: out, notes };
  };
}
