// Every answered item of a record with its path, for work that must touch each answer once.
import { indexOf, isRows } from "../../scheme/layout.ts";
import type { Answers, Item, Scheme, Value } from "../../scheme/model.ts";

export type Answered = { readonly path: string; readonly item: Item; readonly value: Value };

/** In the order of the scheme's forms; row numbers stand in the paths. */
export function answeredItems(scheme: Scheme, answers: Answers): Answered[] {
  const found: Answered[] = [];
  for (const [key, form] of indexOf(scheme).forms) {
    const given = answers[key];
    if (given === undefined) continue;
    for (const section of form.sections) {
      const rows = section.repeats ? given[section.key] : undefined;
      if (section.repeats) {
        if (isRows(rows)) rows.forEach((row, i) => section.items.forEach((item) => note(`${key}.${section.key}[${i}].${item.key}`, item, row[item.key])));
        continue;
      }
      for (const item of section.items) {
        const value = given[item.key];
        if (!isRows(value)) note(`${key}.${item.key}`, item, value);
      }
    }
  }
  return found;
  function note(path: string, item: Item, value: Value | undefined): void {
    if (value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0)) found.push({ path, item, value });
  }
}
