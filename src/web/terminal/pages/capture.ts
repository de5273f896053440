// Decisions of capturing one person: what is asked, what is known, where values come from and which a card holds.
import type { PersonEntry, RemarkEntry } from "../../../bundle/contents.ts";
import { newId } from "../../../core/ids.ts";
import type { Issue } from "../../../core/issue.ts";
import { changedPaths } from "../../../scheme/differences.ts";
import { answerAt, placesOf } from "../../../scheme/layout.ts";
import type { Answers, Scheme } from "../../../scheme/model.ts";
import type { DrawnForm, Field } from "../../office/form/form-layout.ts";
import type { PersonFile, Work } from "../ports.ts";

/** The office's answers as the form takes them; bundles hold the same data under a wider type. */
export const answersOf = (person: PersonEntry): Answers => person.answers as Answers;

/** Work on a person as it stands when the page opens: the draft, or a new piece from what is known. */
export function workOf(file: PersonFile, now: string): Work {
  const { draft, person } = file;
  if (draft) return draft;
  return { entry: newId(), record: person.record, answers: answersOf(person), provenance: {}, channel: "station", remarkAnswers: {}, toJudge: [], startedAt: now };
}

/** First item of kind signature outside rows that is drawn: the person's own. */
export function signaturePath(forms: readonly DrawnForm[]): string | undefined {
  for (const { sections } of forms) for (const { section, rows } of sections) if (!section.repeats) for (const field of rows[0] ?? []) if (field.item.kind === "signature") return field.path;
  return undefined;
}

/** Path of the item that says an agent declares, when the scheme has one. */
export function agentPath(scheme: Scheme): string | undefined {
  return placesOf(scheme).find(({ item, section }) => item.key === "agent_flag" && item.kind === "yes-no" && !section.repeats)?.path;
}

const isBlank = (field: Field): boolean => field.value === undefined || field.value === "" || (Array.isArray(field.value) && field.value.length === 0);

/**
 * Paths that must be asked: required and unanswered, at fault, or with a remark. What was asked once stays asked, so that nothing vanishes
 * while one types; `before` holds that. Items of kind computed and the signature are never among them.
 */
export function askedPaths(forms: readonly DrawnForm[], issues: readonly Issue[], remarked: ReadonlySet<string>, before: ReadonlySet<string>): ReadonlySet<string> {
  const faulty = new Set(issues.filter((issue) => issue.severity !== "note").flatMap((issue) => issue.paths));
  const asked = new Set(before);
  for (const { form, sections } of forms) {
    if (faulty.has(form.key) || remarked.has(form.key)) asked.add(form.key);
    for (const { path, rows } of sections) {
      if (faulty.has(path) || remarked.has(path)) asked.add(path);
      for (const field of rows.flat()) {
        if (field.item.kind === "computed" || field.item.kind === "signature") continue;
        if ((field.required && isBlank(field)) || faulty.has(field.path) || remarked.has(field.path)) asked.add(field.path);
      }
    }
  }
  return asked.size === before.size ? before : asked;
}

/** The forms with only what is asked; a section that is asked itself, or one row of it, stays whole. */
export function onlyAsked(forms: readonly DrawnForm[], asked: ReadonlySet<string>): readonly DrawnForm[] {
  return forms.flatMap((drawn) => {
    const sections = drawn.sections.flatMap((section) => {
      const whole = asked.has(section.path) || (section.section.repeats !== undefined && section.rows.flat().some((field) => asked.has(field.path)));
      if (whole) return [section];
      if (section.section.repeats) return [];
      const rows = section.rows.map((fields) => fields.filter((field) => asked.has(field.path)));
      return rows.flat().length > 0 ? [{ ...section, rows }] : [];
    });
    return sections.length > 0 || asked.has(drawn.form.key) ? [{ ...drawn, sections }] : [];
  });
}

/** The forms without the item at the path (the signature has a place of its own at the end). */
export function without(forms: readonly DrawnForm[], path: string | undefined): readonly DrawnForm[] {
  if (path === undefined) return forms;
  return forms.map((drawn) => ({
    ...drawn,
    sections: drawn.sections.flatMap((section) => {
      const rows = section.rows.map((fields) => fields.filter((field) => field.path !== path));
      return rows.flat().length > 0 || section.section.repeats ? [{ ...section, rows }] : [];
    }),
  }));
}

/** What is known and not asked, by section, for going through with the person. */
export function knownParts(forms: readonly DrawnForm[], asked: ReadonlySet<string>): readonly { readonly key: string; readonly form: DrawnForm["form"]; readonly section: DrawnForm["sections"][number]["section"]; readonly fields: readonly Field[] }[] {
  return forms.flatMap(({ form, sections }) =>
    sections.flatMap(({ path, section, rows }) => {
      const fields = rows.flat().filter((field) => !asked.has(field.path) && !isBlank(field));
      return fields.length > 0 ? [{ key: path, form, section, fields }] : [];
    }),
  );
}

/** Paths that differ from what the office knows, the signature left out: a new signature alone is no change. */
export function changedBy(scheme: Scheme, before: Answers, now: Answers, signature: string | undefined): readonly string[] {
  return changedPaths(scheme, before, now).filter((path) => path !== signature);
}

/** Of what changed, that which somebody typed or chose here: neither a card's nor a default's. */
export function byHand(changed: readonly string[], provenance: Readonly<Record<string, string>>): readonly string[] {
  return changed.filter((path) => ["declared", "paper", "manual"].includes(provenance[path] ?? ""));
}

/** Provenance after an answer was typed by hand: no longer the card's, and marked as changed against the card. */
export function typedByHand(provenance: Readonly<Record<string, string>>, path: string, paper: boolean): Readonly<Record<string, string>> {
  return { ...provenance, [path]: provenance[path] === "card" || provenance[path] === "manual" ? "manual" : paper ? "paper" : "declared" };
}

/** A reason given for changing one item by hand, put to those given before; the same one is not said twice. */
export function withReason(reason: string, more: string): string {
  const before = reason.trim();
  return before.includes(more) ? before : before === "" ? more : `${before}；${more}`;
}

/** Remarks with the answers given here, as the form shows them. */
export function remarksWith(remarks: readonly RemarkEntry[], answers: Readonly<Record<string, string>>): readonly RemarkEntry[] {
  return remarks.map((remark) => {
    const answer = answers[remark.id] ?? remark.answer;
    return answer === undefined ? remark : { ...remark, answer };
  });
}

/** Ids of pictures that the answers name, out of `ids`. */
export function stillNamed(ids: readonly string[], answers: Answers): readonly string[] {
  const words = JSON.stringify(answers);
  return ids.filter((id) => words.includes(id));
}

export const textAt = (answers: Answers, path: string | undefined): string => {
  const value = path === undefined ? undefined : answerAt(answers, path);
  return typeof value === "string" ? value : "";
};
