// For tests of this scheme: a sound record of every category, and changes written as paths.
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { soundRecords } from "./sample-others.ts";
import { soundRecord } from "./sample-records.ts";

export type Changes = { readonly [path: string]: FormAnswers[string] };

/** A record without fault that has this sub-form. */
export function recordWith(form: string): Answers {
  if (form === "general" || soundRecord[form] !== undefined) return soundRecord;
  const own = soundRecords[form];
  if (own !== undefined) return own;
  const bereaved = soundRecords["illness_death_family"];
  if (form !== "duty_death_family" || bereaved === undefined) throw new RangeError(`no sample of ${form}`);
  const { illness_death_family: sub, general, ...rest } = bereaved;
  return { ...rest, general: { ...general, categories: [form] }, [form]: sub };
}

/** The record with items changed; `undefined` takes an answer away. */
export function withChanges(record: Answers, changes: Changes): Answers {
  const out: { [form: string]: { [item: string]: FormAnswers[string] } } = {};
  for (const [form, items] of Object.entries(record)) out[form] = { ...items };
  for (const [path, value] of Object.entries(changes)) {
    const [form = "", key = ""] = path.split(".");
    (out[form] ??= {})[key] = value;
  }
  return out;
}
