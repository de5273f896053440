// The state of a form being filled in, as a reducer: answers, what was last saved, and which items were visited.
import { changedPaths } from "../../../scheme/differences.ts";
import { answerAt } from "../../../scheme/layout.ts";
import type { Answers, Scheme, Value } from "../../../scheme/model.ts";
import { withAnswer, withoutRow, withRow } from "./answers.ts";

export type FormState = {
  readonly answers: Answers;
  readonly saved: Answers;
  /** Items left at least once: only they show that they are unanswered, until submission is asked for. */
  readonly visited: ReadonlySet<string>;
  readonly submitAsked: boolean;
};

export type FormAction =
  | { readonly kind: "answer"; readonly path: string; readonly value: Value | undefined }
  /** Sets what has no answer yet (birth date and sex from an identity number). */
  | { readonly kind: "fill-missing"; readonly values: readonly (readonly [path: string, value: Value])[] }
  | { readonly kind: "visit"; readonly path: string }
  | { readonly kind: "add-row"; readonly section: string }
  | { readonly kind: "remove-row"; readonly section: string; readonly index: number }
  | { readonly kind: "saved"; readonly answers: Answers }
  | { readonly kind: "submit-asked" };

export const startState = (answers: Answers, saved: Answers = answers): FormState => ({ answers, saved, visited: new Set(), submitAsked: false });

const withoutVisits = (visited: ReadonlySet<string>, prefix: string): ReadonlySet<string> => new Set([...visited].filter((path) => !path.startsWith(prefix)));

export function reduceForm(state: FormState, action: FormAction): FormState {
  switch (action.kind) {
    case "answer":
      return { ...state, answers: withAnswer(state.answers, action.path, action.value) };
    case "fill-missing": {
      const answers = action.values.reduce((filled, [path, value]) => (answerAt(filled, path) === undefined ? withAnswer(filled, path, value) : filled), state.answers);
      return answers === state.answers ? state : { ...state, answers };
    }
    case "visit":
      return state.visited.has(action.path) ? state : { ...state, visited: new Set([...state.visited, action.path]) };
    case "add-row":
      return { ...state, answers: withRow(state.answers, action.section) };
    case "remove-row":
      return { ...state, answers: withoutRow(state.answers, action.section, action.index), visited: withoutVisits(state.visited, `${action.section}[`) };
    case "saved":
      return { ...state, saved: action.answers };
    case "submit-asked":
      return { ...state, submitAsked: true };
  }
}

/** Paths of the items that differ from what was saved. */
export function unsaved(scheme: Scheme, state: FormState): readonly string[] {
  return state.answers === state.saved ? [] : changedPaths(scheme, state.saved, state.answers);
}
