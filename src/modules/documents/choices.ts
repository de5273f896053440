// The choices that workbooks offer: for each code set the texts that an import reads back as exactly that code, one column each on a sheet of their own.
import type { Cell } from "../../platform/sheet-row.ts";
import { columnName, type OutSheet } from "../../platform/spreadsheet.ts";
import { codeOfLabel } from "../../scheme/labels.ts";
import { codeSetOf } from "../../scheme/layout.ts";
import type { CodeSet, Item, Option, Scheme } from "../../scheme/model.ts";

export type Choices = { readonly key: string; readonly heading: string; readonly texts: readonly string[] };
type Rule = NonNullable<OutSheet["choices"]>[number];

const YES_NO: Choices = { key: "yes-no", heading: "是/否", texts: ["是", "否"] };
const SEPARATORS = /[、,，;；|\n]/u;

/** How an option is written in a cell: its label, or its code where the label is shared by another option or would be taken apart. */
export function writtenOption(set: CodeSet, option: Option, several: boolean): string {
  const label = option.label.zh;
  return codeOfLabel(set, label) === option.code && !(several && SEPARATORS.test(label)) ? label : option.code;
}

/** Options that may be chosen in an item: none withdrawn; where one is chosen alone, none that needs a sub-option. */
export const offered = (item: Item, set: CodeSet): readonly Option[] => set.options.filter((option) => option.replacedBy === undefined && !(item.kind === "code" && option.needsSub === true));

/** The choices of an item; undefined when it has none. */
export function choicesOf(set: CodeSet | undefined, item: Item): Choices | undefined {
  if (item.kind === "yes-no") return YES_NO;
  if (set === undefined || (item.kind !== "code" && item.kind !== "codes")) return undefined;
  const texts = offered(item, set).map((option) => writtenOption(set, option, item.kind === "codes"));
  return { key: `${item.kind} ${set.key}`, heading: set.label.zh, texts };
}

export const choicesOfItem = (scheme: Scheme, item: Item): Choices | undefined => choicesOf(codeSetOf(scheme, item), item);

/** A sheet with one column of texts for each set of choices, and for each item the rule that points to its column. */
export function choiceSheet(name: string, items: readonly (Choices | undefined)[], look: Pick<OutSheet, "hidden"> = {}): { readonly sheet: OutSheet | undefined; readonly ruleOf: (choices: Choices, column: number, several: boolean, lastRow?: number) => Rule } {
  const sets = [...new Map(items.flatMap((choices) => (choices ? [[choices.key, choices] as const] : []))).values()];
  const longest = Math.max(0, ...sets.map((set) => set.texts.length));
  const rows: Cell[][] = [sets.map((set) => set.heading), ...Array.from({ length: longest }, (_, i) => sets.map((set) => set.texts[i] ?? null))];
  const at = new Map(sets.map((set, i) => [set.key, i]));
  return {
    sheet: sets.length === 0 ? undefined : { name, rows, headRows: 1, widths: sets.map(() => 24), ...look },
    ruleOf: (choices, column, several, lastRow) => {
      const letter = columnName(at.get(choices.key) ?? 0);
      return { column, fromRow: 1, range: `'${name}'!$${letter}$2:$${letter}$${choices.texts.length + 1}`, strict: !several, ...(lastRow !== undefined && { lastRow }) };
    },
  };
}
