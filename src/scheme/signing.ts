// What a person signs: the answers as shown, without pictures, the signature itself and what the scheme computes.
// Browser, terminal and server make the same digest from the same answers, so a later change shows.
import { indexOf, isRows } from "./layout.ts";
import type { Answers, FormAnswers, Group, Item, Scheme } from "./model.ts";
import { canonicalJson } from "../core/json.ts";

const unsigned = new Set(["photo", "document", "signature", "computed"]);
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
const signedOf = (items: readonly Item[], group: FormAnswers | Group): Record<string, unknown> =>
  Object.fromEntries(items.filter((item) => !unsigned.has(item.kind) && !isEmpty(group[item.key])).map((item) => [item.key, group[item.key]]));

/** Canonical JSON of what is signed; `answers` settled, as the check gives them. */
export function signedText(scheme: Scheme, answers: Answers): string {
  const forms: Record<string, unknown> = {};
  for (const [key, form] of indexOf(scheme).forms) {
    const given = answers[key];
    if (given === undefined) continue;
    const signed: Record<string, unknown> = {};
    for (const section of form.sections) {
      if (!section.repeats) Object.assign(signed, signedOf(section.items, given));
      const rows = section.repeats ? given[section.key] : undefined;
      if (isRows(rows)) signed[section.key] = rows.map((row) => signedOf(section.items, row));
    }
    if (Object.keys(signed).length > 0) forms[key] = signed;
  }
  return canonicalJson(forms);
}
