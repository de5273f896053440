// What an offline form says beside what the office has: empty items are filled, equal ones left, and where both speak a person decides.
import type { Text } from "../../../core/issue.ts";
import { sameAnswer } from "../../../scheme/differences.ts";
import { isRows } from "../../../scheme/layout.ts";
import type { Answers, Form, FormAnswers, Item, Scheme, Section } from "../../../scheme/model.ts";

type Answer = FormAnswers[string];
/** Both say something, and not the same; a repeating section is decided as a whole. */
export type Conflict = { readonly path: string; readonly label: Text; readonly item: Item | undefined; readonly office: Answer; readonly brought: Answer };
export type Choice = "office" | "brought";
export type Merged = { readonly answers: Answers; readonly filled: readonly string[]; readonly taken: readonly string[]; readonly conflicts: readonly Conflict[] };

const isBlank = (answer: Answer): boolean => answer === undefined || answer === "" || (Array.isArray(answer) && answer.length === 0);
/** Computed and held values follow from the others. */
const follows = (item: Item): boolean => item.kind === "computed" || item.forced !== undefined;

type Part = { readonly key: string; readonly label: Text; readonly item: Item | undefined };
const partsOf = (section: Section): readonly Part[] => (section.repeats ? [{ key: section.key, label: section.label, item: undefined }] : section.items.filter((item) => !follows(item)).map((item) => ({ key: item.key, label: item.label, item })));

/** The office's answers with what the offline form adds; conflicts stay as the office has them unless the choice says otherwise. */
export function mergeBrought(scheme: Scheme, office: Answers, brought: Answers, choices: ReadonlyMap<string, Choice>): Merged {
  const [filled, taken, conflicts]: [string[], string[], Conflict[]] = [[], [], []];
  const mergeForm = (form: Form, ours: FormAnswers, theirs: FormAnswers): FormAnswers => {
    const now: { [key: string]: Answer } = { ...theirs };
    for (const { key, label, item } of form.sections.flatMap(partsOf)) {
      const path = `${form.key}.${key}`;
      const [a, b] = [theirs[key], ours[key]];
      if (isBlank(b) || sameAnswer(a, b)) continue;
      if (isBlank(a)) filled.push(path);
      else {
        conflicts.push({ path, label, item, office: a, brought: b });
        if (choices.get(path) !== "brought") continue;
        taken.push(path);
      }
      now[key] = b;
    }
    return now;
  };
  const answers: { [form: string]: FormAnswers } = {};
  for (const form of scheme.forms) {
    const [theirs, ours] = [office[form.key], brought[form.key]];
    if (ours === undefined && theirs === undefined) continue;
    answers[form.key] = ours === undefined ? (theirs ?? {}) : mergeForm(form, ours, theirs ?? {});
  }
  return { answers, filled, taken, conflicts };
}

const PICTURES: ReadonlySet<string> = new Set(["photo", "document", "signature"]);

/** Answers with each picture's id changed by `change` (undefined takes the answer away); `change` is told the item's path. */
export function withPictures(scheme: Scheme, answers: Answers, change: (path: string, id: string) => string | undefined): Answers {
  const changed: { [form: string]: FormAnswers } = {};
  for (const form of scheme.forms) {
    const given = answers[form.key];
    if (given === undefined) continue;
    const now: { [key: string]: Answer } = { ...given };
    for (const section of form.sections) {
      const items = section.items.filter((item) => PICTURES.has(item.kind));
      if (items.length === 0) continue;
      if (!section.repeats) {
        for (const { key } of items) if (typeof now[key] === "string") now[key] = change(`${form.key}.${key}`, String(now[key]));
        continue;
      }
      const rows = now[section.key];
      if (!isRows(rows)) continue;
      now[section.key] = rows.map((row, i) => ({ ...row, ...Object.fromEntries(items.flatMap(({ key }) => (typeof row[key] === "string" ? [[key, change(`${form.key}.${section.key}[${i}].${key}`, String(row[key]))]] : []))) }));
    }
    changed[form.key] = now;
  }
  return changed;
}
