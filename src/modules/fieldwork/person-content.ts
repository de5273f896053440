// Which answers a terminal gets of a person: all while it works on them, else the base list's items and who it is.
import { indexOf, isRows } from "../../scheme/layout.ts";
import type { Answers, FormAnswers, Group, Scheme } from "../../scheme/model.ts";
import type { State } from "../records/rules.ts";

type Kept = ReadonlyMap<string, { readonly items: ReadonlySet<string>; readonly rows: ReadonlyMap<string, ReadonlySet<string>> }>;
const known = new WeakMap<Scheme, Kept>();

/** Items of the base list and of the person's identity, by form and by repeating section. */
function keptOf(scheme: Scheme): Kept {
  const found = known.get(scheme);
  if (found) return found;
  const identity = new Set(Object.values(scheme.identity ?? {}));
  const made = new Map<string, { items: Set<string>; rows: Map<string, Set<string>> }>();
  for (const [key, form] of indexOf(scheme).forms) {
    const of = { items: new Set<string>(), rows: new Map<string, Set<string>>() };
    for (const section of form.sections) {
      const kept = section.items.filter((item) => item.fromBaseList === true || identity.has(`${key}.${item.key}`)).map((item) => item.key);
      if (kept.length === 0) continue;
      if (section.repeats) of.rows.set(section.key, new Set(kept));
      else for (const item of kept) of.items.add(item);
    }
    made.set(key, of);
  }
  known.set(scheme, made);
  return made;
}

const whole = new Set<State>(["draft", "returned"]);
/** States in which a terminal works on the whole record. */
export const isOpen = (state: State): boolean => whole.has(state);

/** The answers a terminal may have of a record in this state (data minimisation: GB/T 35273 5.2). */
export function contentFor(scheme: Scheme, state: State, answers: Answers): Answers {
  if (isOpen(state)) return answers;
  const kept = keptOf(scheme);
  const shown: { [form: string]: FormAnswers } = {};
  for (const [form, given] of Object.entries(answers)) {
    const of = kept.get(form);
    if (!of || !given) continue;
    const part: { [item: string]: FormAnswers[string] } = {};
    for (const [key, value] of Object.entries(given)) {
      const row = of.rows.get(key);
      if (row && isRows(value)) part[key] = value.map((one): Group => Object.fromEntries(Object.entries(one).filter(([item]) => row.has(item))));
      else if (of.items.has(key)) part[key] = value;
    }
    if (Object.keys(part).length > 0) shown[form] = part;
  }
  return shown;
}
