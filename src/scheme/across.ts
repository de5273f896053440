// Rules across records, the part that one record can say by itself: which marks it makes that no other record may make too.
import { matchName } from "../core/names.ts";
import { compile, type EvaluationContext, rowsAt } from "./evaluate.ts";
import { answerAt } from "./layout.ts";
import type { AcrossCheck, Answers, Scheme, Value } from "./model.ts";

export type AtMostOne = AcrossCheck & { readonly kind: "at-most-one" };
export type CountEquals = AcrossCheck & { readonly kind: "count-equals" };
/** Values that no two records may share under the rule, folded so that spaces, width and case do not matter. */
export type Mark = { readonly rule: AtMostOne; readonly values: readonly string[] };

const folded = (value: Value | undefined): string | undefined => {
  if (value === undefined || value === "" || typeof value === "object") return undefined;
  return matchName(String(value).normalize("NFKC").toUpperCase());
};

const rowPath = /^([^.]+\.[^.[]+)\[\]\.([^.]+)$/u;

/** The values of each row, or the one set of values of items outside rows; nothing where one of them is missing. */
const valueSets = (paths: readonly string[], answers: Answers): string[][] => {
  const inRows = paths.map((path) => rowPath.exec(path));
  const section = inRows.find((found) => found !== null)?.[1];
  const one = (values: readonly (string | undefined)[]): string[][] => {
    const known = values.filter((value) => value !== undefined);
    return known.length === paths.length ? [known] : [];
  };
  if (section === undefined) return one(paths.map((path) => folded(answerAt(answers, path))));
  return rowsAt(answers, section).flatMap((row) => one(paths.map((path, i) => folded(inRows[i] ? row[inRows[i][2] ?? ""] : answerAt(answers, path)))));
};

/** Every mark of a record under the scheme's `at-most-one` rules, each once. */
export function marksOf(scheme: Scheme, answers: Answers, context: EvaluationContext): Mark[] {
  return (scheme.acrossRecords ?? []).flatMap((rule) => {
    if (rule.kind !== "at-most-one" || (rule.when !== undefined && compile(rule.when)(answers, context) !== true)) return [];
    const sets = new Map(valueSets(rule.same, answers).map((values) => [JSON.stringify(values), values]));
    return [...sets.values()].map((values) => ({ rule, values }));
  });
}

/** The scheme's rules that count other records in this record's area. */
export function countsOf(scheme: Scheme): CountEquals[] {
  return (scheme.acrossRecords ?? []).filter((rule) => rule.kind === "count-equals");
}
