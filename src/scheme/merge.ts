// Merging answers by field against the version both sides started from. Whatever both changed to different things is a conflict and stays
// as the office has it; nobody's value is overwritten unless its writer had seen it.
import { sameAnswer } from "./differences.ts";
import type { Answers, FormAnswers, Scheme, Section } from "./model.ts";

type Answer = FormAnswers[string];

/** A value that can only be chosen as a whole: an item, or all rows of a repeating section. */
export type Unit = { readonly path: string; readonly form: string; readonly key: string };
/** Both sides changed the unit to different things, or the other side wrote over what it had never been given. */
export type FieldConflict = Unit & { readonly ours: Answer; readonly theirs: Answer };
export type Merged = {
  /** Ours with what only they changed. */
  readonly answers: Answers;
  /** Paths taken from them. */
  readonly taken: readonly string[];
  readonly conflicts: readonly FieldConflict[];
};
/** The three versions: what the office had when they began, of it what they were given, what the office has now, and what they have made of it. */
export type MergeInput = { readonly start: Answers; readonly given: Answers; readonly ours: Answers; readonly theirs: Answers };

const units = new WeakMap<Scheme, readonly Unit[]>();

/** All units of a scheme in the order of its forms. What the scheme computes follows from the rest and is left out. */
export function unitsOf(scheme: Scheme): readonly Unit[] {
  const known = units.get(scheme);
  if (known) return known;
  const keysOf = (section: Section): string[] => (section.repeats ? [section.key] : section.items.filter((item) => item.kind !== "computed").map((item) => item.key));
  const made = scheme.forms.flatMap((form) => form.sections.flatMap((section) => keysOf(section).map((key) => ({ path: `${form.key}.${key}`, form: form.key, key }))));
  units.set(scheme, made);
  return made;
}

const isBlank = (answer: Answer): boolean => sameAnswer(answer, undefined);

/** Units that say something else in the two versions. */
export const unlike = (scheme: Scheme, a: Answers, b: Answers): readonly Unit[] => unitsOf(scheme).filter(({ form, key }) => !sameAnswer(a[form]?.[key], b[form]?.[key]));

/** Units of what was given that the office never had so: what they started from is not what the office gave. */
export const misgiven = (scheme: Scheme, start: Answers, given: Answers): readonly Unit[] =>
  unitsOf(scheme).filter(({ form, key }) => !isBlank(given[form]?.[key]) && !sameAnswer(given[form]?.[key], start[form]?.[key]));

/**
 * Three-way merge. A unit they were not given counts as untouched while they left it empty; filling it in with something else than the office
 * had is a conflict, for they could not know.
 */
export function mergeAnswers(scheme: Scheme, { start, given, ours, theirs }: MergeInput): Merged {
  const answers: { [form: string]: FormAnswers | undefined } = { ...ours };
  const taken: string[] = [];
  const conflicts: FieldConflict[] = [];
  for (const unit of unitsOf(scheme)) {
    const { form, key, path } = unit;
    const [had, knew, mine, their] = [start[form]?.[key], given[form]?.[key], ours[form]?.[key], theirs[form]?.[key]];
    const hidden = isBlank(knew) && !isBlank(had);
    if (sameAnswer(mine, their) || sameAnswer(their, knew)) continue;
    if (hidden || !sameAnswer(mine, had)) {
      conflicts.push({ ...unit, ours: mine, theirs: their });
      continue;
    }
    taken.push(path);
    answers[form] = { ...answers[form], [key]: their };
  }
  return { answers, taken, conflicts };
}

/** Ours with the named units as they have them. */
export function withTheirs(scheme: Scheme, ours: Answers, theirs: Answers, paths: ReadonlySet<string>): Answers {
  const answers: { [form: string]: FormAnswers | undefined } = { ...ours };
  for (const { form, key, path } of unitsOf(scheme)) if (paths.has(path)) answers[form] = { ...answers[form], [key]: theirs[form]?.[key] };
  return answers;
}
