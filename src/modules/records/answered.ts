// Every answered item of a record with its path, for work that must touch each answer once.
import { indexOf, isRows } from "../../scheme/layout.ts";
import type { Answers, FormAnswers, Group, Item, Scheme, Value } from "../../scheme/model.ts";

export type Answered = { readonly path: string; readonly item: Item; readonly value: Value };

const isAnswer = (value: FormAnswers[string]): value is Value => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0) && !isRows(value);

/** In the order of the scheme's forms; row numbers stand in the paths. @param wanted items that are left out otherwise */
export function answeredItems(scheme: Scheme, answers: Answers, wanted: (item: Item) => boolean = () => true): Answered[] {
  const found: Answered[] = [];
  for (const [key, form] of indexOf(scheme).forms) {
    const given = answers[key];
    if (given === undefined) continue;
    for (const section of form.sections) {
      if (!section.repeats) {
        for (const item of section.items) {
          const value = given[item.key];
          if (isAnswer(value) && wanted(item)) found.push({ path: `${key}.${item.key}`, item, value });
        }
        continue;
      }
      const rows = given[section.key];
      if (!isRows(rows)) continue;
      for (const [i, row] of rows.entries()) {
        for (const item of section.items) {
          const value = row[item.key];
          if (isAnswer(value) && wanted(item)) found.push({ path: `${key}.${section.key}[${i}].${item.key}`, item, value });
        }
      }
    }
  }
  return found;
}

export const isPicture = ({ kind }: Item): boolean => kind === "photo" || kind === "document" || kind === "signature";
const without = <T extends Group | FormAnswers>(given: T, gone: ReadonlySet<string>): T => Object.fromEntries(Object.entries(given).filter(([key]) => !gone.has(key))) as T;

/** The answers less pictures, papers and signatures: those lie with their own record, and another round takes new ones. */
export function withoutPictures(scheme: Scheme, answers: Answers): Answers {
  const kept: { [form: string]: FormAnswers } = {};
  for (const [key, form] of indexOf(scheme).forms) {
    const given = answers[key];
    if (given === undefined) continue;
    const picturesOf = (repeats: boolean): ReadonlySet<string> => new Set(form.sections.filter((section) => (section.repeats !== undefined) === repeats).flatMap((section) => section.items.filter(isPicture).map((item) => item.key)));
    const inRows = picturesOf(true);
    kept[key] = Object.fromEntries(Object.entries(without(given, picturesOf(false))).map(([item, value]) => [item, isRows(value) ? value.map((row) => without(row, inRows)) : value]));
  }
  return kept;
}
