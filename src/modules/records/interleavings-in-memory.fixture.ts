// The office of the merge model in memory: revisions in a list, decided by the same pure rule as the real one.
import type { Answers, Scheme } from "../../scheme/model.ts";
import { decideBrought } from "./brought.ts";
import type { Office, Write } from "./interleavings.fixture.ts";

export const FIELDS = ["a", "b", "c", "d"] as const;
const HIDDEN = "d";
const item = (key: string) => ({ key, no: key, label: { zh: key, en: key }, kind: "text" as const, sensitivity: "plain" as const, source: "R" });

/** Four text items; the terminal is not given the last one. Only its shape matters to merging. */
export const merged = {
  key: "merge_model",
  version: "1",
  generalForm: "general",
  forms: [{ key: "general", label: { zh: "表", en: "Form" }, sections: [{ key: "one", label: { zh: "节", en: "Section" }, items: FIELDS.map(item) }] }],
  categories: [],
  codeSets: [],
  checks: [],
} as unknown as Scheme;

const answers = (values: Write): Answers => ({ general: values });
const values = (from: Answers): Write => from["general"] as Write;
const without = (all: Write): Write => Object.fromEntries(Object.entries(all).filter(([field]) => field !== HIDDEN));

/** `unsafe` takes every capture as it comes, as a register without merging would: the model must notice. */
export function officeInMemory(unsafe = false): Office {
  const revisions: Write[] = [Object.fromEntries(FIELDS.map((field) => [field, `base:${field}`]))];
  const kept: Write[] = [];
  const head = (): Write => revisions.at(-1) as Write;
  return {
    give: async () => ({ revision: revisions.length - 1, values: without(head()) }),
    open: async () => ({ revision: revisions.length - 1, values: head() }),
    save: async (from, now) => {
      if (from.revision !== revisions.length - 1) return false;
      revisions.push(now);
      return true;
    },
    bring: async (_, from, now) => {
      if (unsafe) {
        revisions.push({ ...head(), ...now });
        return "taken";
      }
      const decision = decideBrought(merged, { start: answers(revisions[from.revision] as Write), given: answers(from.values), ours: answers(head()), theirs: answers(now), open: true, dropped: [] });
      if (decision.kind === "not-ours") return "refused";
      if (decision.kind === "keep-apart") kept.push(now);
      if (decision.kind !== "save") return "kept";
      revisions.push(values(decision.answers));
      return "taken";
    },
    history: async () => ({ revisions, kept }),
  };
}
