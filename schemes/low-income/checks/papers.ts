// A category without its paper is noted: help may not wait for a certificate, but the paper is still to be brought.
import { and, note, ref } from "../../../src/scheme/define.ts";
import type { Check } from "../../../src/scheme/define.ts";
import { categories, paperOf, ticked } from "../categories.ts";
import { h } from "../forms/rows.ts";

/** One rule a category. */
export const paperChecks: readonly Check[] = categories.map(({ key, label }) =>
  note(
    `papers.${key}`,
    and(ticked(key), ["is-missing", ref(h(paperOf(key)))]),
    [h(paperOf(key))],
    `选了${label.zh}，请补拍证明材料`,
    `“${label.en}” is ticked: please add a picture of the paper that shows it`,
    ["R"],
  ),
);
